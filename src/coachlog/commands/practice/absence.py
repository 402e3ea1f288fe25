"""`coachlog absence`: leave and illness, which close the office."""

from datetime import date
from functools import partial
from typing import Annotated, Any

import typer

from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.days import day_told, written_day
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.options import AsJson, DryRun, FieldsAsJson
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.practice import Absence
from coachlog.model.typed_time import read_typed
from coachlog.model.words import day_words
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Span, line, record
from coachlog.render.measure import table
from coachlog.render.output import screen, show
from coachlog.store.emit import Value, Word
from coachlog.store.layout import PRACTICE_FILE
from coachlog.store.splice import insert_record, set_value
from coachlog.views.fields import fields_of
from coachlog.views.unsaid import without_words

LIST = "absences"
_HEADINGS = ("ID", "FROM", "TO", "REASON", "CLIENTS TOLD")


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    when: Annotated[
        list[str] | None, typer.Argument(metavar="DAY [to DAY]", help="The first day and the last.")
    ] = None,
    *,
    to: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day; default: the first.")] = None,
    is_open: Annotated[bool, typer.Option("--open", help="The last day is not known yet.")] = False,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="leave, illness, …")] = None,
    told: Annotated[str | None, typer.Option("--told", metavar="DAY", help="When you told the clients.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note leave or illness in coachlog.yaml: it closes the office, and sessions in it are a conflict.

    A day alone is one day away. Days are the nearest to come unless you say otherwise.

    Examples:
      coachlog absence add 3 aug to 14 aug --reason leave --told today
      coachlog absence add tomorrow --reason illness
      coachlog absence add yesterday --open --reason illness
    """
    desk = Desk.open(ctx.obj)
    read = partial(_days, to=to, now=desk.now, is_open=is_open)
    typed = " ".join(when or ())
    first, last = read(typed) if typed else ask(desk.wishes, "First day (and last: 3 aug to 14 aug)", "DAY", read)
    told_on = read_typed(told, desk.now, "fact").day if told else None
    fields: dict[str, Any] = {
        "id": Word(new_id(ids_of(desk.practice.absences))),
        "from": _day(first),
        "to": _day(last),
        "reason": reason,
        "told": _day(told_on),
    }
    made: dict[str, Value] = {key: value for key, value in fields.items() if value}
    change = Change(PRACTICE_FILE, lambda data: insert_record(data, (LIST,), made, line=True))
    outcome = desk.carry_out(None, [change], Manner(dry_run=dry_run))
    _tell(desk, outcome, str(made["id"]), "noted absence", as_json=as_json)


def told(
    ctx: typer.Context,
    absence: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Which one; default: the only one not told of.")
    ] = None,
    when: Annotated[list[str] | None, typer.Argument(metavar="[DAY]", help="When; default: today.")] = None,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that the clients were told of an absence.

    Examples:
      coachlog absence told
      coachlog absence told k2mdw
      coachlog absence told k2mdw 30 jun
    """
    desk = Desk.open(ctx.obj)
    meant = _meant(desk, absence)
    day = read_typed(" ".join(when), desk.now, "fact").day if when else desk.now.day
    step = meant.id or meant.origin.position - 1
    change = Change(PRACTICE_FILE, lambda data: set_value(data, (LIST, step, "told"), written_day(day)))
    outcome = desk.carry_out(None, [change], Manner(dry_run=dry_run))
    _tell(desk, outcome, meant.origin.position, "noted that the clients were told of absence", as_json=as_json)


def list_absences(
    ctx: typer.Context,
    *,
    as_json: FieldsAsJson = False,
) -> None:
    """List leave and illness, in the order of coachlog.yaml.

    Examples:
      coachlog absence list
      coachlog absence list --json
    """
    wishes: Wishes = ctx.obj
    absences = Desk.open(wishes).practice.absences
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if as_json:
        show(object_lines({"schema": SCHEMA, "absences": [_fields(one, wishes) for one in absences]}), sheet)
    elif not sheet.terminal:
        show((record(*_cells(one, wishes)) for one in absences), sheet)
    elif absences:
        rows = [tuple(map(Span, _cells(one, wishes))) for one in absences]
        show(table([tuple(Span(one, "dim") for one in _HEADINGS), *rows]), sheet)
    else:
        show([line("No absences.")], sheet)


def _days(typed: str, *, to: str | None, now: Instant, is_open: bool) -> tuple[date, date | None]:
    """Read the first day and the last; None where the last is not known yet. Raises WrongCall, NotATime."""
    start, _, end = typed.partition(" to ")
    end = to or end
    if is_open and end:
        what = "An absence with a last day is not open."
        raise WrongCall(what, "Leave out --open, or the last day.")
    first = read_typed(start, now, "plan").day
    if not end:
        return first, None if is_open else first
    last = read_typed(end, now, "plan").day
    if last < first:
        what = f"The last day, {day_words(last)}, comes before the first, {day_words(first)}."
        raise WrongCall(what, "Write the years: 2026-12-22 to 2027-01-02.")
    return first, last


def _day(day: date | None) -> Word | None:
    return written_day(day) if day else None


def _meant(desk: Desk, wanted: str | None) -> Absence:
    """Find the absence that is meant; without a word it is the only one to come, or going on, that is not told of."""
    absences = desk.practice.absences
    if wanted is not None:
        return named(absences, wanted, desk.now)
    left = [one for one in absences if one.told is None and (one.to is None or one.to >= desk.now.day)]
    if len(left) == 1:
        return left[0]
    several = ", ".join(f"{one.label} (from {day_words(one.from_)})" for one in left)
    what = f"Several absences are not told of: {several}." if left else "No absence is left to tell of."
    raise WrongCall(what, "Name one by its id: coachlog absence list shows them.")


def _tell(desk: Desk, outcome: Outcome, which: str | int, said: str, *, as_json: bool) -> None:
    """Say what was noted; a record without an id has been given one, and is found by its place."""
    made = next(one for one in outcome.practice.absences if which in {one.id, one.origin.position})
    words = f"{said} {made.label}: {_span(made, desk.now)}{_told(made, desk.now)}"
    tell(desk, outcome, Telling(words, LIST, [made]), as_json=as_json)


def _span(absence: Absence, now: Instant) -> str:
    first = day_told(absence.from_, now.day)
    if absence.to is None:
        return f"from {first} on"
    return first if absence.to == absence.from_ else f"{first} to {day_words(absence.to)}"


def _told(absence: Absence, now: Instant) -> str:
    if absence.told:
        return f", clients told {day_told(absence.told, now.day)}"
    return f"; when the clients know: coachlog absence told {absence.label}"


def _fields(absence: Absence, wishes: Wishes) -> dict[str, Any]:
    return {"record": absence.label, **fields_of(without_words(absence) if wishes.incognito else absence)}


def _cells(absence: Absence, wishes: Wishes) -> tuple[str, ...]:
    days = [day_words(day) if day else "-" for day in (absence.from_, absence.to, absence.told)]
    reason = "…" if absence.reason and wishes.incognito else absence.reason or "-"
    return (absence.label or "-", days[0], days[1], reason, days[2])
