"""`coachlog refer` and `concern handover`: a client is pointed to somebody who can help, by name and number."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, NamedTuple

import typer

from coachlog.commands.care.checked_first import (
    ConsentId,
    asking_for_consent,
    carried_out,
    consent_link,
    consent_named,
    flaws_of,
    manner_of,
)
from coachlog.commands.care.kept import Did, Kept, Said, id_and_day, new_record, tell_care, written
from coachlog.commands.care.whom import Whom, whom, whom_said
from coachlog.commands.contact.made import amount
from coachlog.commands.desk.asking_for import offer
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change, Manner
from coachlog.commands.desk.lasting import lasting_id, naming
from coachlog.commands.desk.naming import label_of, named, only
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.errors import WrongCall
from coachlog.model.care import Answer, Concern, Person, Referral
from coachlog.model.names import unaccented
from coachlog.model.words import listed
from coachlog.store.emit import Value, Word

LIST, CONCERNS = "referrals", "concerns"
A_CHOICE = 2
"""How many people are a choice (rules.md, REF105)."""
WAYS = ("phone", "email", "url")
"""How somebody is reached (rules.md, REF104)."""


class _Card(NamedTuple):
    """What is said of somebody who is not in the directory."""

    role: str | None
    phone: str | None
    email: str | None
    url: str | None

    @property
    def said(self) -> dict[str, Value]:
        """What is said, by its keys."""
        return {key: value for key, value in self._asdict().items() if value}


def refer(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    referral: Annotated[
        str | None, typer.Argument(metavar="[REFERRAL]", help="An earlier one, by id or whom it is to.")
    ] = None,
    *,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="WHO", help="Somebody of the directory, or a name; repeat for a choice."),
    ] = None,
    role: Annotated[str | None, typer.Option("--role", metavar="TEXT", help="What they are.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Where they are called.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Where they are written to.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Their page.")] = None,
    concern: Annotated[
        str | None, typer.Option("--concern", metavar="ID", help="The concern; default: the only one that is open.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why they can help.")] = None,
    consent: ConsentId = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="When you named them; default: today.")] = None,
    compensation: Annotated[
        str | None, typer.Option("--compensation", metavar="AMOUNT", help="What you are paid for it.")
    ] = None,
    compensation_told: Annotated[
        str | None, typer.Option("--compensation-told", metavar="DAY", help="When you told the client of that.")
    ] = None,
    answer: Annotated[Answer | None, typer.Option("--answer", help="What the client made of it.")] = None,
    answered: Annotated[str | None, typer.Option("--answered", metavar="DAY", help="When; default: today.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note whom you pointed a client to: a name, and how to reach them. Two or three are a choice.

    With the id of an earlier referral it notes what came of that one. To talk the client over with somebody is another
    step, for which the client has to consent: `coachlog concern handover`.

    Examples:
      coachlog refer jane --to okafor --to "Maeve Brennan" --concern h5ttw
      coachlog refer jane --to "Dr Lee" --role psychologist --phone "+44 20 7946 0101" --why "works with sleep"
      coachlog refer jane okafor --answer taken --answered yesterday
    """
    kept = Kept.open(ctx.obj, client)
    linked = consent_named(kept, consent)
    about = named(kept.file.care.concerns, concern, kept.desk.now) if concern else None
    said: Said = {
        "why": why,
        **consent_link(kept, linked),
        "compensation": Word(amount(compensation)) if compensation else None,
        "compensation_told": written_day(kept.day(compensation_told)) if compensation_told else None,
        "answer": Word(answer) if answer else None,
        "answered": written_day(kept.day(answered)) if answer or answered else None,
    }
    told = _Told(kept, kept.day(on), about or (None if referral else _likely(kept)), said)
    named_first = [*naming(linked), *naming(told.concern)]
    card = _Card(role, phone, email, url)
    if referral is None:
        people = _people(kept, to)
        done = _new(told, people, _card_for(kept, people, card))
    else:
        earlier = _of_person(kept, referral) or named(kept.file.care.referrals, referral, kept.desk.now)
        done = _more(told, earlier, _person(kept, earlier, to, card))
    outcome = kept.desk.carry_out(kept.code, [*named_first, *done.changes], Manner(dry_run=dry_run))
    decided = written(outcome, CONCERNS, done.decided)
    tell_care(kept, outcome, LIST, done.did, *done.which, also={CONCERNS: decided}, as_json=as_json)


def hand_over(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    which: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID] [DAY]...", help="The referral, by id or whom it is to, or its concern; and the day."
        ),
    ] = None,
    *,
    consent: ConsentId = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that you talk a client over with the person whom you referred them to; type it before you do.

    It wants the client's consent in writing, for a referral, to that person. Without one it is refused, with what would
    make it right; what happened on an earlier day is recorded, and answered with what it brings.

    Examples:
      coachlog concern handover jane
      coachlog concern handover jane okafor
      coachlog concern handover jane z4ppw "9 mar" --consent t5okw
    """
    kept = Kept.open(ctx.obj, client)
    referral, day = _handed(kept, which or ())
    to = referral.mention
    linked = consent_named(kept, consent) or (kept.file.valid_consent(["referral"], to, day) if to else None)
    link = consent_link(kept, linked) if consent or not referral.consent else {}
    changes = [*naming(linked), *kept.setting(LIST, referral, {**link, "handover": written_day(day)})]
    person = whom(kept.file, to) if to else None
    manner = manner_of(kept, day, anyway=anyway, waive=waive, dry_run=dry_run)
    outcome = carried_out(kept, changes, manner, _what_would_do(kept, referral, person, day))
    who = person.called if person else "somebody who is not named"
    did = Did("handed over", f": {kept.name} talked over with {who}, {kept.told(day)}")
    tell_care(kept, outcome, LIST, did, referral.origin.position, as_json=as_json)


class _Told(NamedTuple):
    """What is said of a referral: whose it is, of which day, for which concern, and its other fields."""

    kept: Kept
    day: date
    concern: Concern | None
    said: Said

    @property
    def link(self) -> Said:
        """The concern, by the id that lasts."""
        return {"concern": Word(lasting_id(self.kept.desk, self.concern)) if self.concern else None}

    @property
    def deciding(self) -> list[Change]:
        """Who refers has decided: where that is not noted on the concern yet, it is now."""
        concern = self.concern
        if concern is None or concern.decision or self.day < concern.noticed:
            return []
        return self.kept.setting(CONCERNS, concern, {"decision": Word("refer"), "decided": written_day(self.day)})


class _Done(NamedTuple):
    """The changes that note a referral, what is said of them, which records they write, and the concern they decide."""

    changes: list[Change]
    did: Did
    which: list[object]
    decided: int | None = None


def _new(told: _Told, people: Sequence[Whom], card: Mapping[str, Value]) -> _Done:
    """Note a referral to each of these people."""
    kept, deciding = told.kept, told.deciding
    records = [_record(told, one, card) for one in people]
    about = f" for {told.concern.label}" if told.concern and told.concern.id else ""
    more = f": {kept.name} referred to {listed([one.called for one in people])}{about}, {kept.told(told.day)}"
    place = told.concern.origin.position if deciding and told.concern else None
    decided = f"{told.concern.label}: decided to refer" if place and told.concern else ""
    did = Did("noted", more, [decided, _for_none(told), _too_few(told, people)])
    changes = [*deciding, *(kept.adding(LIST, one) for one in records)]
    return _Done(changes, did, [one["id"] for one in records], place)


def _record(told: _Told, person: Whom, card: Mapping[str, Value]) -> dict[str, Value]:
    care = told.kept.file.care
    valid = told.kept.file.valid_consent(["referral"], person.mention, told.day)
    consent = {"consent": told.said["consent"] or (Word(valid.id) if valid and valid.id else None)}
    to: Value = person.value if person.card else {"name": person.mention, **card}
    return new_record(care.referrals, {"date": written_day(told.day), **told.link, "to": to, **told.said, **consent})


def _more(told: _Told, earlier: Referral, person: Said) -> _Done:
    """Note what came of an earlier referral. Raises WrongCall where nothing is said."""
    changes = told.kept.setting(LIST, earlier, {**told.link, **person, **told.said})
    if not changes:
        what = f"Nothing is said of {earlier.label}."
        raise WrongCall(what, "Say what came of it: --answer taken, or whom you meant: --to WHO.")
    keys = [key.removeprefix("to.") for key, value in {**told.link, **person, **told.said}.items() if value]
    did = Did("noted on", f" (a referral of {told.kept.name}): {listed(keys)}")
    return _Done(changes, did, [earlier.origin.position])


def _people(kept: Kept, typed: Sequence[str] | None) -> list[Whom]:
    """Find whom the client was pointed to; on a terminal ask for the first, and go on until Enter."""
    if typed:
        return [whom(kept.file, one) for one in typed]
    wishes = kept.desk.wishes
    people = [whom_said(wishes, kept.file, None, "Whom you pointed the client to")]
    while more := offer(wishes, "Another (two or three are a choice)", lambda answer: whom(kept.file, answer)):
        people.append(more)
    return people


def _card_for(kept: Kept, people: Sequence[Whom], card: _Card) -> dict[str, Value]:
    """Give what is known of the one person who is not on file; on a terminal it is asked for. Raises WrongCall."""
    strangers = [one for one in people if one.card is None]
    if card.said and len(strangers) != 1:
        what = "--role, --phone, --email and --url are of one person who is not in the directory."
        raise WrongCall(what, "Name that one alone with --to, or add them first: coachlog directory add NAME.")
    if len(strangers) != 1 or any(one in card.said for one in WAYS):
        return card.said
    asked = {key: offer(kept.desk.wishes, f"{strangers[0].called}, {key}", str) for key in WAYS[:2]}
    return {**card.said, **{key: value for key, value in asked.items() if value}}


def _person(kept: Kept, earlier: Referral, typed: Sequence[str] | None, card: _Card) -> Said:
    """Say who an earlier referral is to: another person, or how that one is reached. Raises WrongCall."""
    if typed:
        meant = whom(kept.file, typed[-1])
        known = _card_for(kept, [meant], card)
        return {"to": meant.value if meant.card else {"name": meant.mention, **known}}
    if not card.said:
        return {}
    if isinstance(earlier.to, Person):
        return {f"to.{key}": value for key, value in card.said.items()}
    if earlier.to and whom(kept.file, earlier.to).card is None:
        return {"to": {"name": earlier.to, **card.said}}
    what = f"{earlier.label} names {'somebody who is on file' if earlier.to else 'nobody'}."
    raise WrongCall(what, "Change the directory: coachlog edit practice." if earlier.to else "Say who with --to.")


def _likely(kept: Kept) -> Concern | None:
    """Give the concern that a referral is for: the only one that calls for it; of several, the one that is answered."""
    could = _calling(kept)
    if len(could) < A_CHOICE:
        return could[0] if could else None
    question = f"For which concern ({', '.join(f'{one.label} {one.kind}' for one in could)})"
    return offer(kept.desk.wishes, question, lambda answer: named(could, answer, kept.desk.now))


def _calling(kept: Kept) -> list[Concern]:
    """Give the open concerns that were decided so, else those that are undecided."""
    open_ones = [one for one in kept.file.care.concerns if one.resolved is None]
    decided = [one for one in open_ones if one.decision == "refer"]
    return decided or [one for one in open_ones if one.decision is None]


def _for_none(told: _Told) -> str:
    """Say that a referral names no concern, where it could name one of several."""
    could = _calling(told.kept) if told.concern is None else []
    return f"for which concern is not said: {listed([one.label or '' for one in could])}" if could else ""


def _too_few(told: _Told, people: Sequence[Whom]) -> str:
    """Say that one person is no choice, where there is no other for that concern yet."""
    file, concern = told.kept.file, told.concern
    earlier = file.care.referrals_for(concern) if concern else ()
    named_all = [*(one.mention for one in earlier if one.mention), *(one.mention for one in people)]
    return "" if len(file.people.different(named_all)) >= A_CHOICE else "one person so far; two or three are a choice"


def _handed(kept: Kept, words: Sequence[str]) -> tuple[Referral, date]:
    """Find the referral by which the client is handed over, named by itself or by its concern. Raises WrongCall."""
    care, remedy = kept.file.care, f"Note it first: coachlog refer {kept.code} --to WHO."
    concern = next((one for one in care.concerns if words and one.id == words[0]), None)
    if concern:
        referral, day = None, kept.day(" ".join(words[1:]))
    else:
        named_by = _of_person(kept, words[0]) if words else None
        referral, day = id_and_day(kept, care.referrals, [label_of(named_by), *words[1:]] if named_by else words)
    could = care.referrals_for(concern) if concern else care.referrals
    left = [one for one in could if one.handover is None and one.answer != "declined"]
    referral = referral or only(left, "referral is left to hand over", remedy, partial(_told, kept))
    if referral.handover is None:
        return referral, day
    what = f"{referral.label} was handed over on {kept.told(referral.handover)}."
    raise WrongCall(what, f"Correct it in the file if that is wrong: coachlog edit {kept.code} care.")


def _of_person(kept: Kept, word: str) -> Referral | None:
    """Find the only referral to somebody: by their id, or the beginning of any word of their name."""
    start, referrals = unaccented(word), kept.file.care.referrals
    if not start or any(one.id == word for one in referrals):
        return None
    fits = [one for one in referrals if any(part.startswith(start) for part in _names(kept, one))]
    return fits[0] if len(fits) == 1 else None


def _names(kept: Kept, referral: Referral) -> list[str]:
    return unaccented(f"{referral.mention or ''} {_called(kept, referral)}").split()


def _called(kept: Kept, referral: Referral) -> str:
    return whom(kept.file, referral.mention).called if referral.mention else ""


def _told(kept: Kept, referral: Referral) -> str:
    """Tell a referral by its id, and by whom it is to unless names are masked."""
    name = "" if kept.desk.wishes.incognito else _called(kept, referral)
    return f"{label_of(referral)} to {name}" if name else label_of(referral)


def _what_would_do(kept: Kept, referral: Referral, person: Whom | None, day: date) -> str:
    if person is None:
        return f"Say whom: coachlog refer {kept.code} {referral.label} --to WHO."
    return f"{flaws_of(kept, person, day)}{asking_for_consent(kept, person, 'referral')}"
