"""`coachlog contract pause` and `hold`: coaching that stops for a while."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal, NamedTuple, get_args

import typer

from coachlog.commands.contract.at_hand import AtHand, booked_between
from coachlog.commands.contract.booked import (
    CANCELLED_FOR,
    DECIDED_AFTERWARDS,
    Booked,
    Cause,
    Fallen,
    Told,
    as_fields,
    booked_ahead,
    cancellations,
    chosen,
    fallen,
    fates_told,
)
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Manner
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.contract import Party, PauseReason
from coachlog.model.ids import new_id
from coachlog.model.words import day_words
from coachlog.store.emit import Value, Word
from coachlog.store.splice import insert_record

Kind = Literal["pause", "hold"]
REASONS = ", ".join(get_args(PauseReason))
TO_BE_DISCUSSED = frozenset({"END108"})
"""A hold that is still to be talked over is a hold all the same: the coach is told, and `check` remembers it."""

From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="The first day; default: today.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day; default: until further notice.")]
Reason = Annotated[PauseReason | None, typer.Option("--reason", metavar="WORD", help=f"One of {REASONS}.")]
By = Annotated[Party | None, typer.Option("--by", help="Whose wish it is.")]
Discussed = Annotated[
    str | None, typer.Option("--discussed", metavar="DAY", help="The day on which you talked about it.")
]
Steps = Annotated[
    list[str] | None, typer.Option("--step", metavar="TEXT", help="What has to happen first; may be repeated.")
]


class Stretch(NamedTuple):
    """From which day to which the coaching stops, both included; without a last one until further notice."""

    first: date
    last: date | None


class _Stop(NamedTuple):
    """A pause or hold, and what is said of the sessions that are booked meanwhile (`booked`, `told`)."""

    kind: Kind
    days: Stretch
    by: str | None
    reason: str | None
    discussed: date | None
    steps: list[str] | None
    booked: str | None
    told: str | None

    @property
    def until(self) -> date | None:
        """The last day on which no session can be: a hold has none, whatever the coach expects."""
        return None if self.kind == "hold" else self.days.last


def pause(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    first: From = None,
    last: To = None,
    reason: Reason = None,
    by: By = None,
    discussed: Discussed = None,
    steps: Steps = None,
    booked: Booked = None,
    told: Told = None,
    contract: Which = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Pause the coaching for a while, as the two of you want it; says what becomes of the sessions booked meanwhile.

    --booked cancel cancels them in the same change; one that is kept within a pause is a plan that crosses a boundary.

    Examples:
      coachlog contract pause jane --from "20 apr" --to "11 may" --by client --reason circumstances --discussed today
      coachlog contract pause jane --by both --discussed yesterday --booked cancel
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    talked = at.day(discussed, "fact") if discussed else None
    stop = _Stop("pause", _days(at, first, last), by, reason, talked, steps, booked, told)
    _stopped(at, stop, Manner(anyway=anyway, waive=waive, dry_run=dry_run), as_json=as_json)


def hold(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    first: From = None,
    last: To = None,
    reason: Reason = None,
    by: By = "coach",
    discussed: Discussed = None,
    steps: Steps = None,
    booked: Booked = None,
    told: Told = None,
    contract: Which = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Put the coaching on hold until something is resolved; says what becomes of the sessions booked from then on.

    A hold goes on until `contract lift`; its --to is only when you expect that. --booked cancel cancels the sessions in
    the same change; within the notice that you agreed on that asks for --anyway. That you still have to talk about it
    is told, and stops nothing.

    Examples:
      coachlog contract hold jane --reason non-payment --discussed today --step "pay invoice 7" --booked cancel
      coachlog contract hold jane --reason missed-sessions --from "1 jun"
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    talked = at.day(discussed, "fact") if discussed else None
    stop = _Stop("hold", _days(at, first, last), by, reason, talked, steps, booked, told)
    _stopped(at, stop, Manner(anyway=anyway, waive=waive, dry_run=dry_run), as_json=as_json)


def _days(at: AtHand, first: str | None, last: str | None) -> Stretch:
    """Read from when to when the coaching stops. Raises NotATime, and WrongCall where it can't stop then."""
    days = Stretch(at.day(first, "plan"), at.day(last, "plan") if last else None)
    _refuse_stopping(at, days)
    return days


def _stopped(at: AtHand, stop: _Stop, manner: Manner, *, as_json: bool) -> None:
    """Write a pause or hold: a plan where it is still to run, a fact where it is over already."""
    first, last = stop.days
    gone = _gone(at, stop, manner)
    record = _record(stop, new_id(ids_of(at.contract.pauses)))
    stopping = at.change(lambda data, way: insert_record(data, (*way, "pauses"), record))
    is_plan = first >= at.today or last is None or last >= at.today
    changes = [*cancellations(at, gone), stopping]
    outcome = at.desk.carry_out(at.code, changes, _planned(manner, is_plan=is_plan))
    written = at.written(outcome)
    verb = "paused" if stop.kind == "pause" else "put on hold"
    said = f"{verb} {written.label} ({record['id']}): {_span_told(at, stop.days)}"
    said += fates_told(booked_between(at.file, first, stop.until), gone, "in that time")
    pauses = [one for one in written.pauses if one.id == record["id"]]
    tell(at.desk, outcome, Telling(said, "pauses", pauses, also=as_fields(at, outcome, gone)), as_json=as_json)


def _gone(at: AtHand, stop: _Stop, manner: Manner) -> list[Fallen]:
    """Find out which of the booked sessions are cancelled with it, and say so of each."""
    so = "the coaching is paused" if stop.kind == "pause" else "the coaching is on hold"
    cause = Cause(stop.by, CANCELLED_FOR.get(stop.reason or "", "other"), so, stop.discussed)
    booked = booked_ahead(at, stop.days.first, stop.until)
    return fallen(at, chosen(at, booked, stop.booked, manner), cause, stop.told)


def _planned(manner: Manner, *, is_plan: bool) -> Manner:
    return replace(manner, plan=is_plan, everyone=is_plan, told_only=DECIDED_AFTERWARDS | TO_BE_DISCUSSED)


def _record(stop: _Stop, made: str) -> dict[str, Value]:
    first, last = stop.days
    fields: dict[str, Value | None] = {
        "id": Word(made),
        "from": written_day(first),
        "to": written_day(last) if last else None,
        "kind": Word(stop.kind) if stop.kind == "hold" else None,
        "by": stop.by and Word(stop.by),
        "reason": stop.reason and Word(stop.reason),
        "discussed": written_day(stop.discussed) if stop.discussed else None,
        "steps": stop.steps or None,
    }
    return {key: value for key, value in fields.items() if value}


def _span_told(at: AtHand, days: Stretch) -> str:
    first, last = days
    return f"from {at.told(first)} {f'to {day_words(last)}' if last else 'until further notice'}"


def _refuse_stopping(at: AtHand, days: Stretch) -> None:
    first, last = days
    if at.contract.agreed is None:
        what = f"{at.contract.label} is a draft: there is nothing to stop yet."
        raise WrongCall(what, f"Agree on it first: coachlog contract agree {at.code}.")
    if at.contract.finished(first):
        what = f"{at.contract.label} is over before {at.told(first)}."
        raise WrongCall(what, "Name another contract with --contract ID, or an earlier day with --from.")
    if last and last < first:
        what = f"{at.told(last)} lies before {at.told(first)}."
        raise WrongCall(what, "Write the last day with its year: --to 2026-05-11.")
