"""A step of a client in an action command: which one is meant, what is written into it, and what is said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, NamedTuple

import typer

from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.naming import named, only
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.typed_time import read_typed
from coachlog.model.words import day_words
from coachlog.store.emit import Value
from coachlog.store.layout import ACTIONS_FILE, client_file
from coachlog.store.splice import insert_record, set_value

KEY = "actions"
ALL = "`coachlog action list --all` shows them all."
Way = tuple[str | int, ...]

Id = Annotated[str | None, typer.Argument(metavar="[ID]", help="Which step; default: the only one that is open.")]
When = Annotated[list[str] | None, typer.Argument(metavar="[WHEN]...", help="The day; default: today.")]


class Did(NamedTuple):
    """What was done with a step: the words before its id, and those behind it."""

    verb: str
    more: str


@dataclass(frozen=True)
class Step:
    """A step on the desk: the client's file, the step, and the way to it in its own file."""

    desk: Desk
    file: ClientFile
    action: Action

    @property
    def way(self) -> Way:
        """The way to the step: by its id, or by its place where it has none yet."""
        return KEY, self.action.id or self.action.origin.position - 1

    def setting(self, key: str, value: Value) -> Change:
        """Write a field of the step."""
        return self._change(lambda data: set_value(data, (*self.way, key), value))

    def adding(self, key: str, value: Value) -> Change:
        """Add to a list of the step."""
        return self._change(lambda data: insert_record(data, (*self.way, key), value))

    def _change(self, alter: Callable[[bytes], bytes]) -> Change:
        return Change(client_file(self.file.code, ACTIONS_FILE), alter)

    def carry_out(self, changes: Sequence[Change], did: Did, *, dry_run: bool, as_json: bool) -> None:
        """Write what became of the step, and say so, with whose it is."""
        outcome = self.desk.carry_out(self.file.code, changes, Manner(dry_run=dry_run))
        whose = did._replace(more=f" ({self.file.client.name}){did.more}")
        tell_step(self.desk, outcome, self.action.origin.position, whose, as_json=as_json)


def tell_step(desk: Desk, outcome: Outcome, position: int, did: Did, *, as_json: bool) -> None:
    """Say what became of a step, which is known by its place in the file and named by its id."""
    actions = outcome.file.actions if outcome.file else ()
    records = [one for one in actions if one.origin.position == position]
    line = f"{did.verb} {records[0].label if records else ''}{did.more}"
    tell(desk, outcome, Telling(line, KEY, records), as_json=as_json)


def step_of(desk: Desk, client: str, wanted: str | None) -> Step:
    """Find the step that is meant: the one that is named, else the only one that is open.

    Raises WrongCall, and CannotWrite with the line where the steps can't be read.
    """
    file = desk.readable(desk.code(client), ACTIONS_FILE)
    if wanted is not None:
        return Step(desk, file, named(file.actions, wanted, desk.now))
    return Step(desk, file, only([one for one in file.actions if one.is_open], "step is open", ALL))


def refuse_closed(action: Action) -> None:
    """Refuse to close a step again. Raises WrongCall."""
    if action.is_open:
        return
    closed = action.done or (action.dropped.date if action.dropped else None)
    how = "done" if action.done else "dropped"
    what = f"{action.label} is {how} already{f', since {day_words(closed)}' if closed else ''}."
    raise WrongCall(what, "Correct it in the file if that is wrong.")


def day_of(words: Sequence[str] | None, now: Instant) -> date:
    """Read the day on which something happened; without a word it is today."""
    return read_typed(" ".join(words), now, "fact").day if words else now.day


def next_session(file: ClientFile, now: Instant) -> Session | None:
    """Give the next booked session."""
    return next((one for one in file.attendance.sessions if one.is_booked and one.at > now), None)


def due_day(file: ClientFile, text: str | None, now: Instant) -> date | None:
    """Read on which day a step is due; without a word it is that of the next booked session, where there is one."""
    if text:
        return read_typed(text, now, "plan").day
    ahead = next_session(file, now)
    return ahead.day if ahead else None


def latest_session(file: ClientFile, now: Instant) -> Session | None:
    """Give the latest session that was held, or is booked and has begun."""
    begun = (one for one in reversed(file.attendance.sessions) if one.at <= now)
    return next((one for one in begun if one.is_held or one.is_booked), None)
