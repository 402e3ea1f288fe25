"""`coachlog contract pause`, `resume`, `hold` and `lift`: coaching that stops for a while."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args

import typer

from coachlog.commands.contract.at_hand import AtHand, booked_between, written_day
from coachlog.commands.contract.booked import (
    CANCELLED_FOR,
    DECIDED_AFTERWARDS,
    Booked,
    Cause,
    Fallen,
    Told,
    as_fields,
    changes,
    chosen,
    fallen,
    to_come,
    words,
)
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.desk import Manner, Outcome
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import tell
from coachlog.errors import WrongCall
from coachlog.model.contract import Contract, Party, Pause, PauseReason
from coachlog.model.ids import new_id
from coachlog.model.session import Session
from coachlog.model.words import day_words
from coachlog.store.emit import Value, Word
from coachlog.store.splice import Path, insert_record, set_value

Kind = Literal["pause", "hold"]
REASONS = ", ".join(get_args(PauseReason))
NOTHING: Mapping[str, Any] = {}
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
Stopped = Annotated[str | None, typer.Argument(metavar="[ID]", help="Which one; default: the one that runs.")]
Resolution = Annotated[str | None, typer.Option("--resolution", metavar="TEXT", help="What came of it.")]


@dataclass(frozen=True)
class _Stop:
    """A pause or hold as it was typed; days are still text."""

    kind: Kind
    first: str | None
    last: str | None
    reason: str | None
    by: str | None
    discussed: str | None
    steps: list[str] | None
    booked: str | None
    told: str | None


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
    stop = _Stop("pause", first, last, reason, by, discussed, steps, booked, told)
    _stop(at, stop, Manner(anyway=anyway, waive=waive, dry_run=dry_run), as_json=as_json)


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
    stop = _Stop("hold", first, last, reason, by, discussed, steps, booked, told)
    _stop(at, stop, Manner(anyway=anyway, waive=waive, dry_run=dry_run), as_json=as_json)


def resume(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Stopped = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The first day again; default: today.")] = None,
    resolution: Resolution = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Go on after a pause: its last day becomes the day before.

    Examples:
      coachlog contract resume jane
      coachlog contract resume jane p1 --on "next mon" --resolution "back from leave"
    """
    at, stopped = _running(
        AtHand.open(ctx.obj, client, contract, agreed=True), wanted, "pause", narrowed=contract is not None
    )
    day = at.day(on, "plan")
    _refuse_before(stopped, day)
    fields = {"to": written_day(day - timedelta(days=1)), "resolution": resolution}
    outcome = _set(at, stopped, fields, dry_run=dry_run)
    _tell_again(at, outcome, stopped, f"resumed from {at.told(day)}", as_json=as_json)


def lift(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Stopped = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The first day again; default: today.")] = None,
    resolution: Resolution = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Lift a hold, and say how it was resolved.

    Examples:
      coachlog contract lift jane --resolution paid
      coachlog contract lift jane p2 --on yesterday --resolution "invoice 7 is paid"
    """
    at, stopped = _running(
        AtHand.open(ctx.obj, client, contract, agreed=True), wanted, "hold", narrowed=contract is not None
    )
    day = at.day(on, "fact")
    _refuse_before(stopped, day, may_equal=True)
    resolved = resolution or ask(ctx.obj, "How the hold was resolved", "--resolution", _something)
    outcome = _set(at, stopped, {"lifted": written_day(day), "resolution": resolved}, dry_run=dry_run)
    _tell_again(at, outcome, stopped, f"lifted on {at.told(day)}", as_json=as_json)


def _stop(at: AtHand, stop: _Stop, manner: Manner, *, as_json: bool) -> None:
    """Write a pause or hold: a plan where it is still to run, a fact where it is over already."""
    first = at.day(stop.first, "plan")
    last = at.day(stop.last, "plan") if stop.last else None
    _refuse_stopping(at, first, last)
    until = None if stop.kind == "hold" else last
    gone = _gone(at, stop, to_come(at, first, until), manner)
    made = new_id({one.id or "" for one in at.contract.pauses})
    record = _record(at, stop, made, first, last)
    stopping = at.change(lambda data, way: insert_record(data, (*way, "pauses"), record))
    is_plan = first >= at.today or last is None or last >= at.today
    outcome = at.desk.carry_out(at.code, [*changes(at, gone), stopping], _planned(manner, is_plan=is_plan))
    written = at.written(outcome)
    verb = "paused" if stop.kind == "pause" else "put on hold"
    said = f"{verb} {written.label} ({made}): {_span_told(at, first, last)}"
    said += words(booked_between(at.file, first, until), gone, "in that time")
    pauses = [one for one in written.pauses if one.id == made]
    _tell(at.desk.wishes, at, outcome, said, pauses, as_json=as_json, also=as_fields(at, outcome, gone))


def _gone(at: AtHand, stop: _Stop, booked: list[Session], manner: Manner) -> list[Fallen]:
    """Find out which of the booked sessions are cancelled with it, and say so of each."""
    talked = at.day(stop.discussed, "fact") if stop.discussed else None
    so = "the coaching is paused" if stop.kind == "pause" else "the coaching is on hold"
    cause = Cause(stop.by, CANCELLED_FOR.get(stop.reason or "", "other"), so, talked)
    return fallen(at, chosen(at, booked, stop.booked, manner), cause, stop.told)


def _planned(manner: Manner, *, is_plan: bool) -> Manner:
    return replace(manner, plan=is_plan, everyone=is_plan, told_only=DECIDED_AFTERWARDS | TO_BE_DISCUSSED)


def _record(at: AtHand, stop: _Stop, made: str, first: date, last: date | None) -> dict[str, Value]:
    fields: dict[str, Value | None] = {
        "id": Word(made),
        "from": written_day(first),
        "to": written_day(last) if last else None,
        "kind": Word(stop.kind) if stop.kind == "hold" else None,
        "by": stop.by and Word(stop.by),
        "reason": stop.reason and Word(stop.reason),
        "discussed": written_day(at.day(stop.discussed, "fact")) if stop.discussed else None,
        "steps": stop.steps or None,
    }
    return {key: value for key, value in fields.items() if value}


def _span_told(at: AtHand, first: date, last: date | None) -> str:
    return f"from {at.told(first)} {f'to {day_words(last)}' if last else 'until further notice'}"


def _refuse_stopping(at: AtHand, first: date, last: date | None) -> None:
    if at.contract.agreed is None:
        what = f"{at.contract.label} is a draft: there is nothing to stop yet."
        raise WrongCall(what, f"Agree on it first: coachlog contract agree {at.code}.")
    if at.contract.finished(first):
        what = f"{at.contract.label} is over before {at.told(first)}."
        raise WrongCall(what, "Name another contract with --contract ID, or an earlier day with --from.")
    if last and last < first:
        what = f"{at.told(last)} lies before {at.told(first)}."
        raise WrongCall(what, "Write the last day with its year: --to 2026-05-11.")


def _running(at: AtHand, wanted: str | None, kind: Kind, *, narrowed: bool) -> tuple[AtHand, Pause]:
    """Find the pause or hold that is named, else the one that runs today."""
    contracts = [at.contract] if narrowed else [at.contract, *at.file.contracts]
    if wanted is not None:
        holder, stopped = _named(at, contracts, wanted, kind)
        return AtHand(at.desk, at.code, at.file, holder), stopped
    for contract in contracts:
        for one in reversed(contract.pauses):
            if one.kind == kind and one.covers(at.today):
                return AtHand(at.desk, at.code, at.file, contract), one
    what = f"No {kind} of {at.file.client.name} runs today."
    raise WrongCall(what, f"Name one by its id; coachlog contract show {at.code} lists them.")


def _named(at: AtHand, contracts: list[Contract], wanted: str, kind: Kind) -> tuple[Contract, Pause]:
    """Find a pause by its id, alone or behind that of its contract (`2026a/p1`)."""
    before, _, own = wanted.rpartition("/")
    holder = named(at.file.contracts, before, at.desk.now) if before else contracts[0]
    stopped = named(holder.pauses, own, at.desk.now)
    if stopped.kind != kind:
        what = f"{stopped.label} is a {stopped.kind}."
        raise WrongCall(what, f"End it with coachlog contract {'lift' if stopped.is_hold else 'resume'} {at.code}.")
    return holder, stopped


def _refuse_before(stopped: Pause, day: date, *, may_equal: bool = False) -> None:
    if day < stopped.from_ or (day == stopped.from_ and not may_equal):
        what = f"{stopped.label} only begins on {day_words(stopped.from_)}."
        raise WrongCall(what, "Say a later day with --on.")


def _set(at: AtHand, stopped: Pause, fields: dict[str, str | None], *, dry_run: bool) -> Outcome:
    def alter(data: bytes, way: Path) -> bytes:
        for key, value in fields.items():
            data = set_value(data, (*way, key), value) if value else data
        return data

    return at.desk.carry_out(at.code, [at.change(alter, stopped.label)], Manner(dry_run=dry_run))


def _something(text: str) -> str:
    if text:
        return text
    what = "Something has to stand here."
    raise WrongCall(what, "Write a few words.")


def _tell_again(at: AtHand, outcome: Outcome, stopped: Pause, did: str, *, as_json: bool) -> None:
    """Say that a pause or hold is over, and how long it took."""
    place = stopped.origin.position
    written = [one for one in at.written(outcome).pauses if one.origin.position == place]
    label = written[0].label if written else stopped.label
    said = f"{did}: {label}, the {stopped.kind} of {day_words(stopped.from_)}"
    _tell(at.desk.wishes, at, outcome, said, written, as_json=as_json)


def _tell(  # noqa: PLR0913 — what is said, and of what
    wishes: Wishes,
    at: AtHand,
    outcome: Outcome,
    said: str,
    pauses: list[Pause],
    *,
    as_json: bool,
    also: Mapping[str, Any] = NOTHING,
) -> None:
    tell(wishes, outcome, said, noun="pauses", records=pauses, as_json=as_json, remarks=at.desk.remarks, also=also)
