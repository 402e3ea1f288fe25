"""`coachlog concern`: what you noticed that coaching alone may not answer, and what is done about it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, get_args

import typer

from coachlog.commands.care.kept import (
    Did,
    Kept,
    Said,
    care_files,
    id_and_day,
    new_record,
    tell_care,
)
from coachlog.commands.desk.asking_for import ask, offer, one_of
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.listing import Listed, show_list
from coachlog.commands.desk.naming import named, only
from coachlog.commands.desk.options import AsJson, Client, DryRun, FieldsAsJson, OneOrEvery
from coachlog.errors import WrongCall
from coachlog.model.care import BEYOND_COACHING, FOR_SUPERVISION, Concern, ConcernKind, Decision
from coachlog.model.words import day_words
from coachlog.store.emit import Word

LIST = "concerns"
OPEN = "`coachlog concern list --all` shows them all."
KINDS = get_args(ConcernKind)
DECISIONS = get_args(Decision)
HEADINGS = ("ID", "NOTICED", "KIND", "STATE")
NEXT = {
    "refer": "next, give them names: coachlog refer",
    "pause": "next: coachlog contract pause",
    "end": "next: coachlog contract end",
}
"""What follows from a decision."""

Which = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID] [DAY]...", help="Which one, and the day; default: the only one, today."),
]
Consulted = Annotated[
    str | None, typer.Option("--consulted", metavar="ID", help="The supervision in which you talked it over.")
]


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND] [NOTE]...", help="What kind, and what you noticed.")
    ] = None,
    *,
    kind: Annotated[
        ConcernKind | None, typer.Option("--kind", metavar="KIND", help=f"One of {', '.join(KINDS)}.")
    ] = None,
    noticed: Annotated[str | None, typer.Option("--noticed", metavar="DAY", help="Default: today.")] = None,
    raised: Annotated[
        str | None, typer.Option("--raised", metavar="DAY", help="When you talked about it with the client.")
    ] = None,
    consulted: Consulted = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note a concern: signs that a client needs other help, or that something between you is not right.

    What is to be done next is said behind it. The kind may be typed in part, such as psy.

    Examples:
      coachlog concern add jane psychological sleepless for weeks
      coachlog concern add jane dependency --noticed fri --consulted q8rtw
      coachlog concern add jane --kind engagement --raised today says she has no time for the steps
    """
    kept = Kept.open(ctx.obj, client)
    kind_of_it, note = _kind_and_note(kept, kind, words or ())
    day, talked = kept.day(noticed), kept.day_if_any(raised)
    _refuse_before(day, talked)
    said: Said = {
        "noticed": written_day(day),
        "kind": Word(kind_of_it),
        "note": note,
        "raised": written_day(talked) if talked else None,
        "consulted": _consulted(kept, consulted),
    }
    record = new_record(kept.file.care.concerns, said)
    outcome = kept.desk.carry_out(kept.code, [kept.adding(LIST, record)], Manner(dry_run=dry_run))
    more = f": a concern of kind {kind_of_it} about {kept.name}, noticed {kept.told(day)}"
    did = Did("noted", more, _next(kept.code, record["id"], kind_of_it, day, raised=talked is not None))
    tell_care(kept, outcome, LIST, did, record["id"], as_json=as_json)


def raise_(
    ctx: typer.Context,
    client: Client,
    which: Which = None,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that you talked about a concern with the client.

    Examples:
      coachlog concern raise jane
      coachlog concern raise jane h5ttw yesterday
    """
    kept = Kept.open(ctx.obj, client)
    concern, day = id_and_day(kept, kept.file.care.concerns, which)
    concern = concern or only([one for one in _open(kept) if not one.raised], "concern is left to raise", OPEN)
    did = Did("raised", f" ({concern.kind}) with {kept.name}: {kept.told(day)}")
    _set(kept, concern, {"raised": written_day(day)}, did, day, dry_run=dry_run, as_json=as_json)


def decide(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID] [DECISION]", help=f"Which one, and {', '.join(DECISIONS)}."),
    ] = None,
    *,
    decision: Annotated[Decision | None, typer.Option("--decision", help="What becomes of the coaching.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day; default: today.")] = None,
    consulted: Consulted = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note what you decided about a concern: to continue, to refer, to pause, or to end.

    With --consulted alone it notes that you talked it over in supervision, and leaves open what you decide.

    Examples:
      coachlog concern decide jane refer
      coachlog concern decide jane h5ttw continue --consulted q8rtw
      coachlog concern decide jane h5ttw --decision end --on yesterday
      coachlog concern decide jane h5ttw --consulted q8rtw
    """
    kept = Kept.open(ctx.obj, client)
    wanted, typed = _wanted_and_decision(words or ())
    left = [one for one in _open(kept) if one.decision is None]
    concern = _named(kept, wanted) if wanted else only(left, "concern is undecided", OPEN)
    day = kept.day(on)
    about: Said = {"consulted": _consulted(kept, consulted)}
    decided = decision or typed or _decision(kept, needed=consulted is None)
    if decided is None:
        did = Did("noted on", f" ({concern.kind}, {kept.name}): talked over in supervision")
        _set(kept, concern, about, did, day, dry_run=dry_run, as_json=as_json)
        return
    follows = f"{NEXT[decided]} {kept.code}" if decided in NEXT else ""
    did = Did("decided", f" ({concern.kind}, {kept.name}): {decided}, {kept.told(day)}", [follows])
    said: Said = {**about, "decision": Word(decided), "decided": written_day(day)}
    _set(kept, concern, said, did, day, dry_run=dry_run, as_json=as_json)


def resolve(
    ctx: typer.Context,
    client: Client,
    which: Which = None,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that a concern has passed, or is in good hands.

    Examples:
      coachlog concern resolve jane
      coachlog concern resolve jane h5ttw 1 apr
    """
    kept = Kept.open(ctx.obj, client)
    concern, day = id_and_day(kept, kept.file.care.concerns, which)
    concern = concern or only(_open(kept), "concern is open", OPEN)
    did = Did("resolved", f" ({concern.kind}, {kept.name}): {kept.told(day)}")
    _set(kept, concern, {"resolved": written_day(day)}, did, day, dry_run=dry_run, as_json=as_json)


def list_concerns(
    ctx: typer.Context,
    client: OneOrEvery = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Those that are resolved, too.")] = False,
    as_json: FieldsAsJson = False,
) -> None:
    """List the concerns that are open, with what was done last about each.

    Examples:
      coachlog concern list
      coachlog concern list jane --all
      coachlog concern list --json
    """
    desk = Desk.open(ctx.obj)
    every_one = [(file.code, one) for file in care_files(desk, client, LIST) for one in file.care.concerns]
    shown = [_listed(code, one) for code, one in every_one if every or one.resolved is None]
    show_list(desk, LIST, HEADINGS, shown, of_one=client is not None, as_json=as_json)


def _set(  # noqa: PLR0913 — what is set, and how it is told
    kept: Kept, concern: Concern, said: Said, did: Did, day: date, *, dry_run: bool, as_json: bool
) -> None:
    """Write into a concern what became of it on a day, and say so. Raises WrongCall for a day before it was noticed."""
    _refuse_before(concern.noticed, day)
    outcome = kept.desk.carry_out(kept.code, kept.setting(LIST, concern, said), Manner(dry_run=dry_run))
    tell_care(kept, outcome, LIST, did, concern.origin.position, as_json=as_json)


def _kind_and_note(kept: Kept, kind: str | None, words: Sequence[str]) -> tuple[str, str | None]:
    """Read what kind of concern it is, and what was noticed; on a terminal both are asked for."""
    wishes = kept.desk.wishes
    if kind is None and words:
        kind, words = _kind(words[0]), words[1:]
    kind = kind or ask(wishes, f"What kind ({', '.join(KINDS)})", "--kind", _kind)
    return kind, kept.text(words) or offer(wishes, "What you noticed", str)


def _kind(text: str) -> str:
    """Read a kind of concern, or the beginning of one alone. Raises WrongCall."""
    try:
        return one_of(KINDS)(text)
    except WrongCall:
        what = "That is no kind of concern."
        raise WrongCall(what, f"Write {', '.join(KINDS)}.") from None


def _wanted_and_decision(words: Sequence[str]) -> tuple[str | None, str | None]:
    """Read which concern is meant and what was decided; a word that is a decision is one. Raises WrongCall."""
    typed = next((one for one in words if one in DECISIONS), None)
    others = [one for one in words if one != typed]
    if len(others) > 1:
        what = "More is said than which concern and what was decided."
        raise WrongCall(what, f"Write its id, then one of {', '.join(DECISIONS)}.")
    return others[0] if others else None, typed


def _decision(kept: Kept, *, needed: bool) -> str | None:
    """Ask what was decided; where it is not needed, it may be skipped. Raises WrongCall."""
    question = f"What you decided ({', '.join(DECISIONS)})"
    if needed:
        return ask(kept.desk.wishes, question, "--decision", one_of(DECISIONS))
    return offer(kept.desk.wishes, question, one_of(DECISIONS))


def _named(kept: Kept, wanted: str) -> Concern:
    return named(kept.file.care.concerns, wanted, kept.desk.now)


def _open(kept: Kept) -> list[Concern]:
    return [one for one in kept.file.care.concerns if one.resolved is None]


def _consulted(kept: Kept, wanted: str | None) -> Word | None:
    """Find the supervision that is named. Raises WrongCall."""
    return Word(lasting_id(kept.desk, named(kept.desk.supervision, wanted, kept.desk.now))) if wanted else None


def _refuse_before(noticed: date, day: date | None) -> None:
    if day is None or day >= noticed:
        return
    what = f"{day_words(day)} lies before the day on which it was noticed, {day_words(noticed)}."
    raise WrongCall(what, "Write the year, or mend the day on which it was noticed.")


def _next(code: str, made: object, kind: str, noticed: date, *, raised: bool) -> list[str]:
    """Say what a concern of this kind calls for first (S1, S4, SUP104)."""
    if kind == "harm":
        by = day_words(noticed + timedelta(days=1))
        return [f"by {by}: coachlog refer {code}, coachlog disclose {code}, or coachlog concern decide {code} {made}"]
    if kind in FOR_SUPERVISION:
        return ["next, take it to supervision: coachlog supervision agenda"]
    if kind in BEYOND_COACHING and not raised:
        return [f"next, talk about it with the client: coachlog concern raise {code} {made}"]
    return [f"next: coachlog concern decide {code} {made}"] if kind in BEYOND_COACHING else []


def _listed(code: str, concern: Concern) -> Listed:
    cells = (concern.label or "", day_words(concern.noticed), concern.kind, _state(concern))
    return Listed(code, concern, cells, concern.note or "", {})


def _state(concern: Concern) -> str:
    """Say what was done about it last."""
    if concern.resolved:
        return f"resolved {day_words(concern.resolved)}"
    if concern.decision:
        return f"{concern.decision}{f' {day_words(concern.decided)}' if concern.decided else ''}"
    return f"raised {day_words(concern.raised)}" if concern.raised else "not raised"
