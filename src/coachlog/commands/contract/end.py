"""`coachlog contract end`: an ending that is explained, talked over and complete."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Annotated, NamedTuple, get_args

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
from coachlog.commands.contract.checklist import (
    ASKED_ALREADY,
    SHORT_NOTICE,
    UNSUPERVISED,
    calls_for,
    closing_changes,
    foreseen,
    lacking,
    referral_changes,
)
from coachlog.commands.contract.left_open import Steps, dropped_steps, left_open
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.asking_for import ask, offer, one_of
from coachlog.commands.desk.boundaries import PlanRefused, crossed_words
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Manner, Outcome
from coachlog.commands.desk.lasting import lasting_id, naming
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.contract import EndingReason, Party
from coachlog.model.supervision import Supervision
from coachlog.model.words import counted, day_words, listed
from coachlog.store.emit import Value, Word
from coachlog.store.splice import Path, add_key

REASONS = get_args(EndingReason)
PARTIES = get_args(Party)


class _Typed(NamedTuple):
    """What the call says of an ending; what it leaves out is asked for."""

    by: str | None
    reason: str | None
    explained: str | None
    supervision: str | None
    summary: str | None


class _Ended(NamedTuple):
    """An ending: its last day, who ends it and why, when that was explained and talked over, and what was reached."""

    day: date
    by: str
    reason: str
    explained: date | None
    supervision: Supervision | None
    summary: str | None

    @property
    def day_after(self) -> date:
        """The first day on which the contract is over."""
        return self.day + timedelta(days=1)

    @property
    def cause(self) -> Cause:
        """Why the sessions booked after it fall away."""
        return Cause(self.by, CANCELLED_FOR.get(self.reason, "other"), "the contract has ended", self.explained)

    @property
    def as_plain(self) -> dict[str, Value]:
        """What is written of it, with the supervision by the name it has now."""
        return self._record(self.supervision.label if self.supervision else None)

    def added(self, at: AtHand) -> Callable[[bytes, Path], bytes]:
        """Give the change of a contract that writes the ending into it. Raises CannotWrite."""
        record = self._record(lasting_id(at.desk, self.supervision) if self.supervision else None)
        return lambda data, way: add_key(data, (*way, "ended"), record)

    def _record(self, supervision: str | None) -> dict[str, Value]:
        fields: dict[str, Value | None] = {
            "date": written_day(self.day),
            "by": Word(self.by),
            "reason": Word(self.reason),
            "explained": written_day(self.explained) if self.explained else None,
            "supervision": Word(supervision) if supervision else None,
            "summary": self.summary,
        }
        return {key: value for key, value in fields.items() if value}


def end(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The last day; default: today.")] = None,
    reason: Annotated[
        EndingReason | None, typer.Option("--reason", metavar="WORD", help=f"One of {', '.join(REASONS)}.")
    ] = None,
    by: Annotated[Party | None, typer.Option("--by", help="Who ended it.")] = None,
    explained: Annotated[
        str | None, typer.Option("--explained", metavar="DAY", help="The day on which you told the client why.")
    ] = None,
    supervision: Annotated[
        str | None, typer.Option("--supervision", metavar="ID", help="The supervision in which you talked it over.")
    ] = None,
    refer: Annotated[
        list[str] | None,
        typer.Option("--refer", metavar="WHO", help="Whom you pointed the client to: a directory id, or a name."),
    ] = None,
    closing: Annotated[
        str | None, typer.Option("--closing", metavar="ID", help="The session that closed it, or is to: id or day.")
    ] = None,
    summary: Annotated[str | None, typer.Option("--summary", metavar="TEXT", help="What was reached.")] = None,
    booked: Booked = None,
    told: Told = None,
    steps: Steps = None,
    contract: Which = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End a contract: walks through what an ending needs, and says what it still lacks.

    That is the reason, that you explained it, supervision, two others to turn to, a closing session, a summary, and
    what becomes of the sessions booked after it, and of open steps. On a terminal you are asked for what you did not
    say. What is still missing or open, what is not paid, and what is agreed for afterwards is told and stops nothing;
    a session that is kept after the ending, or a notice cut short, asks for --anyway. A day that is past is noted as a
    fact.

    Examples:
      coachlog contract end jane --reason completed --by both --summary "Goals met; plan agreed."
      coachlog contract end jane --by coach --reason dependency --explained today --on +1w --refer mw3xw --refer brennan
      coachlog contract end jane --by coach --reason relationship --explained "1 week ago" --supervision q8rtw
      coachlog contract end jane --on "10 jul" --reason completed --by both --closing last --booked cancel
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    day = at.day(on, "plan")
    _refuse_ending(at, day)
    is_plan = day >= at.today
    told_only = ASKED_ALREADY | DECIDED_AFTERWARDS
    manner = Manner(is_plan, anyway, waive, dry_run, everyone=is_plan, told_only=told_only)
    ended = _ended(at, day, _Typed(by, reason, explained, supervision, summary))
    _refuse_short_notice(at, ended, manner)
    referred = referral_changes(at, refer, ended.as_plain)
    closed = closing_changes(at, closing, day)
    falling = chosen(at, booked_ahead(at, ended.day_after, None), booked, manner)
    gone = fallen(at, falling, ended.cause, told)
    dropped = dropped_steps(at, steps)
    ending = at.change(ended.added(at))
    changes = [*naming(ended.supervision), *closed, *cancellations(at, gone), *dropped, *referred, ending]
    outcome = at.desk.carry_out(at.code, changes, manner)
    tell(at.desk, outcome, _telling(at, outcome, ended, len(referred), gone), as_json=as_json)


def _telling(at: AtHand, outcome: Outcome, ended: _Ended, referred: int, gone: Sequence[Fallen]) -> Telling:
    """Say how it was ended, what became of the sessions booked after it, and what is still missing."""
    written = at.written(outcome)
    said = f"ended {written.label}: last day {at.told(ended.day)}, by {ended.by}, {ended.reason}"
    said += f"; {counted(referred, 'referral')} noted" if referred else ""
    said += fates_told(booked_between(at.file, ended.day_after, None), gone, "after it")
    now = AtHand(at.desk, at.code, outcome.file or at.file, written)
    lacks = lacking(now, ended.day)
    said += f"; still missing: {listed(lacks)}" if lacks else ""
    return Telling(said, "contracts", [written], left_open(now, ended.day), also=as_fields(at, outcome, gone))


def _refuse_short_notice(at: AtHand, ended: _Ended, manner: Manner) -> None:
    """Refuse shorter notice than was agreed before anything else is asked; a waiver of today the desk writes."""
    ahead = foreseen(at, ended.as_plain) if manner.plan else ()
    crossed = [one for one in ahead if one.code == SHORT_NOTICE]
    if crossed and manner.waive is not None and ended.day > at.today:
        told = f"{SHORT_NOTICE} {crossed[0].name} will be found on the last day: waive it then"
        at.desk.remarks.append(f"{told}: coachlog waive {at.code} {at.contract.label} {SHORT_NOTICE}.")
    elif crossed and manner.waive is None and not manner.anyway:
        what = f"Not planned: {crossed_words(crossed)}"
        remedy = "add --anyway" if ended.day > at.today else "add --anyway, or --waive REASON to note why"
        raise PlanRefused(what, f"Say a later day with --on, or {remedy}.")


def _refuse_ending(at: AtHand, day: date) -> None:
    contract = at.contract
    if contract.agreed is None:
        what = f"{contract.label} is a draft, in force for nothing."
        raise WrongCall(what, "There is nothing to end.")
    if contract.ended:
        ends = "ends" if contract.ended.date >= at.today else "ended"
        what = f"{contract.label} {ends} on {at.told(contract.ended.date)}."
        raise WrongCall(what, f"Name another with --contract ID, or change the day: coachlog edit {at.code} contract.")
    if contract.finished(day) and contract.terms(day).ends:
        what = f"{contract.label} had run out before {at.told(day)}."
        raise WrongCall(what, "Say a day on which it was in force with --on.")
    if day < contract.agreed:
        what = f"{at.told(day)} lies before {contract.label} was agreed, on {day_words(contract.agreed)}."
        raise WrongCall(what, "Say the last day with --on.")


def _ended(at: AtHand, day: date, typed: _Typed) -> _Ended:
    """Put the ending together, and ask for what was not typed."""
    wishes = at.desk.wishes
    question = f"The reason ({', '.join(REASONS)})"
    reason = typed.reason or ask(wishes, question, "--reason", one_of(REASONS), "completed")
    by = typed.by or ask(wishes, f"Who ends it ({', '.join(PARTIES)})", "--by", one_of(PARTIES), "both")
    ended = _Ended(day, by, reason, _explained(at, typed.explained), None, None)
    wanted = typed.supervision is not None or calls_for(at, ended._replace(explained=None).as_plain, UNSUPERVISED)
    talked = _supervision(at, typed.supervision, wanted=wanted)
    return ended._replace(supervision=talked, summary=typed.summary or offer(wishes, "What was reached", str))


def _explained(at: AtHand, text: str | None) -> date | None:
    if text is not None:
        return at.day(text, "fact")
    return offer(at.desk.wishes, "When you explained it", lambda answer: at.day(answer, "fact"))


def _supervision(at: AtHand, text: str | None, *, wanted: bool) -> Supervision | None:
    """Find the supervision that is named, or is asked for where an ending wants one. Raises WrongCall."""

    def find(answer: str) -> Supervision:
        return named(at.desk.supervision, answer, at.desk.now)

    if text is not None:
        return find(text)
    return offer(at.desk.wishes, "The supervision on it (its id)", find) if wanted else None
