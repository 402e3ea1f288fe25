"""`coachlog consent`: what a client agreed to have passed on, to whom, for what, and until when."""

from datetime import date
from typing import Annotated, get_args

import typer

from coachlog.commands.care.kept import (
    Did,
    Kept,
    Said,
    care_files,
    id_and_day,
    new_record,
    one_or_several,
    parts,
    tell_care,
)
from coachlog.commands.care.whom import whom_said
from coachlog.commands.desk.asking_for import ask, offer, one_of
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.listing import Listed, show_list
from coachlog.commands.desk.naming import only
from coachlog.commands.desk.options import AsJson, Client, DryRun, FieldsAsJson, OneOrEvery
from coachlog.errors import WrongCall
from coachlog.model.care import IN_WRITING, Consent, Form, Purpose
from coachlog.model.instant import Instant
from coachlog.model.typed_time import read_typed
from coachlog.model.words import day_words, listed
from coachlog.store.emit import Word
from coachlog.views.derived import of_consent
from coachlog.views.masking import HIDDEN

LIST = "consents"
PURPOSES, FORMS = get_args(Purpose), get_args(Form)
HEADINGS = ("ID", "GIVEN", "TO", "FOR", "STATE")


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="WHOM", help="Who may be told: a sponsor, the directory, or a name.")
    ] = None,
    for_: Annotated[Purpose | None, typer.Option("--for", help="What it is for.")] = None,
    form: Annotated[Form | None, typer.Option("--form", help="How it was given; verbal is not valid.")] = None,
    scope: Annotated[
        str | None, typer.Option("--scope", metavar="WORDS", help="What may be told, with commas; default: all.")
    ] = None,
    given: Annotated[str | None, typer.Option("--given", metavar="DAY", help="Default: today.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="The last day; default: open.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note what the client consents to have passed on: to one person, for one purpose, and only as far as it says.

    It is valid in writing: written, signed, or in a mail. Without a scope it covers everything.

    Examples:
      coachlog consent add jane --to pat --for leader-update --form written --scope attendance,goals
      coachlog consent add jane --to okafor --for referral --form email --until "12 jul"
      coachlog consent add jane --to "Dr Lee" --for disclosure --form signed --given yesterday
    """
    kept = Kept.open(ctx.obj, client)
    wishes = kept.desk.wishes
    person = whom_said(wishes, kept.file, to, "Who may be told")
    purpose: str = for_ or ask(wishes, f"What for ({', '.join(PURPOSES)})", "--for", one_of(PURPOSES))
    how: str = form or ask(wishes, f"How it was given ({', '.join(FORMS)})", "--form", one_of(FORMS))
    what = parts(scope if scope is not None else offer(wishes, "What may be told (attendance, goals; or all)", str))
    what = [] if what == ["all"] else what
    day, last = kept.day(given), _last_day(until, kept.desk.now)
    if last and last < day:
        wrong = f"The last day, {day_words(last)}, comes before the day on which it was given, {day_words(day)}."
        raise WrongCall(wrong, "Write the year with --until.")
    said: Said = {
        "given": written_day(day),
        "form": Word(how),
        "to": person.value,
        "for": Word(purpose),
        "scope": one_or_several(what),
        "until": written_day(last) if last else None,
    }
    record = new_record(kept.file.care.consents, said)
    outcome = kept.desk.carry_out(kept.code, [kept.adding(LIST, record)], Manner(dry_run=dry_run))
    reach = f"on {listed(what)}" if what else "without a limit on what"
    ends = f", until {kept.told(last)}" if last else ""
    more = f": {kept.name} lets {person.called} be told, for {purpose}, {reach}, given {kept.told(day)}{ends}"
    spoken = "" if how in IN_WRITING else "it is not valid before it is in writing: a mail will do"
    tell_care(kept, outcome, LIST, Did("noted consent", more, [spoken]), record["id"], as_json=as_json)


def revoke(
    ctx: typer.Context,
    client: Client,
    which: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID] [DAY]...", help="Which one, and the day; default: the only valid one, today."),
    ] = None,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that the client took a consent back: from that day on nothing may be told by it.

    Examples:
      coachlog consent revoke jane
      coachlog consent revoke jane n2vdw yesterday
    """
    kept = Kept.open(ctx.obj, client)
    consent, day = id_and_day(kept, kept.file.care.consents, which)
    valid = [one for one in kept.file.care.consents if one.valid_on(day)]
    consent = consent or only(valid, "consent is valid", "`coachlog consent list` shows them all.")
    if consent.revoked or day < consent.given:
        when = f"was revoked on {day_words(consent.revoked)} already" if consent.revoked else "was given later"
        what = f"{consent.label} {when}."
        raise WrongCall(what, f"Correct it in the file if that is wrong: coachlog edit {kept.code} care.")
    changes = kept.setting(LIST, consent, {"revoked": written_day(day)})
    outcome = kept.desk.carry_out(kept.code, changes, Manner(dry_run=dry_run))
    did = Did("revoked consent", f" ({kept.name}, for {consent.for_}): from {kept.told(day)} on nothing is told by it")
    tell_care(kept, outcome, LIST, did, consent.origin.position, as_json=as_json)


def list_consents(
    ctx: typer.Context,
    client: OneOrEvery = None,
    *,
    valid: Annotated[bool, typer.Option("--valid", help="Only those that are valid today.")] = False,
    as_json: FieldsAsJson = False,
) -> None:
    """List what clients consented to, whether it is valid today, and how far it reaches.

    Examples:
      coachlog consent list jane
      coachlog consent list --valid
      coachlog consent list --json
    """
    desk = Desk.open(ctx.obj)
    every = [(file, one) for file in care_files(desk, client, LIST) for one in file.care.consents]
    shown = [
        Listed(file.code, one, _cells(desk, one), ", ".join(one.scope) or "all", of_consent(one, file, desk.now))
        for file, one in every
        if not valid or one.valid_on(desk.now.day)
    ]
    show_list(desk, LIST, HEADINGS, shown, of_one=client is not None, as_json=as_json)


def _last_day(text: str | None, now: Instant) -> date | None:
    return read_typed(text, now, "plan").day if text else None


def _cells(desk: Desk, consent: Consent) -> tuple[str, ...]:
    until = f"valid until {day_words(consent.until)}" if consent.until else "valid"
    to = HIDDEN if desk.wishes.incognito else consent.to
    given = day_words(consent.given)
    return (consent.label or "", given, to, consent.for_, consent.flaw(desk.now.day) or until)
