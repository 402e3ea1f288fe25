"""`coachlog action add`: what was committed to."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, NamedTuple

import typer

from coachlog.commands.action.step import KEY, Did, due_day, latest_session, tell_step
from coachlog.commands.desk.asking_for import ask, read_text, some_words
from coachlog.commands.desk.days import day_told, written_day
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.lasting import ids_of, lasting_id, naming, session_named
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Goal
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.typed_time import read_typed
from coachlog.model.words import day_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import ACTIONS_FILE, CONTRACT_FILE, SESSIONS_FILE, client_file
from coachlog.store.splice import insert_record

Kind = Literal["step", "experiment", "habit", "deliverable", "promise"]
_FOLLOW_UP = ("via", "every", "by", "until", "nudge", "asked_by")
"""What a follow-up says, in the order in which it is written."""
_STEP = some_words("Nothing was written.", "Say in a few words what was committed to.")


class _NewStep(NamedTuple):
    """A step that is to be written, as it is said: where it was committed to, what it serves, and when it is due."""

    step: str
    kind: Kind
    session: Session | None
    goal: Goal | None
    due: date | None
    stretch: bool
    follow_up: Mapping[str, Value]

    def record(self, desk: Desk, made: str) -> dict[str, Value]:
        """Give it as it stands in a file, by the id that is made for it. Raises CannotWrite."""
        fields: dict[str, Value | None] = {
            "id": Word(made),
            "step": self.step,
            "session": Word(lasting_id(desk, self.session)) if self.session else None,
            "due": written_day(self.due) if self.due else None,
            "kind": Word(self.kind) if self.kind != "step" else None,
            "goal": Word(lasting_id(desk, self.goal)) if self.goal else None,
            "stretch": Word("yes") if self.stretch else None,
            "follow_up": self.follow_up or None,
        }
        return {key: value for key, value in fields.items() if value is not None}

    def did(self, file: ClientFile, today: date) -> Did:
        """Say whose it is, where it was committed to, and when it is due."""
        owner = f"yours to {file.client.name}" if self.kind == "promise" else file.client.name
        about = f", from the session of {day_words(self.session.day)}" if self.session else ""
        when = f", due {day_told(self.due, today)}" if self.due else ", without a day: nothing is booked"
        return Did("added", f": {self.kind} of {owner}{about}{when}")


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    text: Annotated[list[str] | None, typer.Argument(metavar="STEP...", help="What was committed to.")] = None,
    *,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DAY", help="Default: the day of the next booked session.")
    ] = None,
    session: Annotated[
        str | None, typer.Option("--session", metavar="ID", help="Where it was committed to; default: today's session.")
    ] = None,
    kind: Annotated[Kind, typer.Option("--kind", help="What kind of step; a promise is your own.")] = "step",
    goal: Annotated[str | None, typer.Option("--goal", metavar="ID", help="The goal that it serves.")] = None,
    stretch: Annotated[bool, typer.Option("--stretch", help="It is more than the client would dare alone.")] = False,
    via: Annotated[str | None, typer.Option("--via", metavar="MEDIUM", help="An update comes by this medium.")] = None,
    every: Annotated[Literal["day", "week"] | None, typer.Option("--every", help="How often it comes.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="TIME", help="By what time of the day: 18:00.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="The last day of the updates.")] = None,
    nudge: Annotated[bool, typer.Option("--nudge", help="The client asked to be nudged for a missing update.")] = False,
    asked_by: Annotated[Literal["client", "coach"] | None, typer.Option("--asked-by", help="Who asked for it.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write down a step of the client, or a promise of your own.

    It is due on the day of the next booked session unless you say otherwise, and belongs to the session of today where
    there is one that has begun.

    Examples:
      coachlog action add jane hand the draft to Lee
      coachlog action add jane send the article --kind promise --due fri
      coachlog action add jane write every day --kind habit --via email --every day --by 18:00 --nudge --session last
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    typed = read_text(desk.wishes, text)
    file = desk.readable(code, ACTIONS_FILE, SESSIONS_FILE)
    new = _NewStep(
        step=typed or ask(desk.wishes, "What was committed to", "STEP, behind the client", _STEP),
        kind=kind,
        session=session_named(desk, code, session) or _todays(file, desk.now),
        goal=_goal(desk, code, goal),
        due=due_day(file, due, desk.now),
        stretch=stretch,
        follow_up=_follow_up(desk.now, by, until, via=via, every=every, nudge=nudge and "yes", asked_by=asked_by),
    )
    record = new.record(desk, new_id(ids_of(file.actions)))
    change = Change(client_file(code, ACTIONS_FILE), lambda data: insert_record(data, (KEY,), record))
    outcome = desk.carry_out(code, [*naming(new.goal), *naming(new.session), change], Manner(dry_run=dry_run))
    tell_step(desk, outcome, _last_place(outcome), new.did(file, desk.now.day), as_json=as_json)


def _follow_up(
    now: Instant, by: str | None, until: str | None, **says: str | Literal[False] | None
) -> dict[str, Value]:
    """Write down which updates were agreed on: until which day, and by what time of the day."""
    whole = {**says, "by": by and _clock(by, now), "until": until and _day(until, now)}
    return {key: Word(value) for key in _FOLLOW_UP if (value := whole[key])}


def _last_place(outcome: Outcome) -> int:
    return max((one.origin.position for one in outcome.file.actions), default=0) if outcome.file else 0


def _todays(file: ClientFile, now: Instant) -> Session | None:
    latest = latest_session(file, now)
    return latest if latest and latest.day == now.day else None


def _day(text: str, now: Instant) -> str:
    return read_typed(text, now, "plan").day.isoformat()


def _clock(text: str, now: Instant) -> str:
    typed = read_typed(f"{now.day.isoformat()} {text}", now, "plan")
    if typed.moment is None:
        what = "--by wants a time of day."
        raise WrongCall(what, "Write it as 18:00 or 6pm.")
    return f"{typed.moment.wall:%H:%M}"


def _goal(desk: Desk, code: str, wanted: str | None) -> Goal | None:
    """Find a goal of the contract in force, else of any. Raises CannotWrite where the contracts can't be read."""
    if wanted is None:
        return None
    file = desk.readable(code, CONTRACT_FILE)
    terms = file.agreements.terms_on(desk.now.day)
    goals = [goal for one in ((terms,) if terms else file.contracts) for goal in one.goals]
    return named(goals, wanted, desk.now)
