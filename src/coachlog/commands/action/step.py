"""A step of a client in an action command: which one is meant, what is written into it, and what is said of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome, client_file
from coachlog.commands.desk.lasting import lasting_ids, naming
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.telling import tell
from coachlog.errors import WrongCall
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.typed_time import read_typed
from coachlog.model.words import ago_words, day_words, listed
from coachlog.store.emit import Value, Word
from coachlog.store.layout import ACTIONS_FILE, SESSIONS_FILE
from coachlog.store.splice import insert_record, set_value

KEY = "actions"
Way = tuple[str | int, ...]

Id = Annotated[str | None, typer.Argument(metavar="[ID]", help="Which step; default: the only one that is open.")]
When = Annotated[list[str] | None, typer.Argument(metavar="[WHEN]...", help="The day; default: today.")]


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

    def session_id(self, session: Session) -> str:
        """Give the id by which the step may name a session."""
        name = client_file(self.file.code, SESSIONS_FILE)
        return lasting_ids(self.desk, name, "sessions", [session])[0]

    def naming(self, session: Session | None) -> list[Change]:
        """Give the change that names a session that has no id yet."""
        return naming(client_file(self.file.code, SESSIONS_FILE), session)

    def carry_out(self, changes: Sequence[Change], said: str, *, dry_run: bool, as_json: bool) -> None:
        """Write what became of the step, and say so."""
        outcome = self.desk.carry_out(self.file.code, changes, Manner(dry_run=dry_run))
        position = self.action.origin.position
        whose = said.replace("{}", f"{{}} ({self.file.client.name})")
        tell_step(self.desk, outcome, position, whose, as_json=as_json)


def tell_step(desk: Desk, outcome: Outcome, position: int, said: str, *, as_json: bool) -> None:
    """Say what became of a step, by its place in the file: `{}` in what is said stands for its id."""
    actions = outcome.file.actions if outcome.file else ()
    records = [one for one in actions if one.origin.position == position]
    line = said.replace("{}", records[0].label or "" if records else "")
    tell(desk.wishes, outcome, line, noun=KEY, records=records, as_json=as_json, remarks=desk.remarks)


def step_of(desk: Desk, client: str, wanted: str | None) -> Step:
    """Find the step that is meant: the one that is named, else the only one that is open. Raises WrongCall."""
    code = desk.code(client)
    file = desk.file(code)
    if wanted is not None:
        return Step(desk, file, named(file.actions, wanted, desk.now))
    return Step(desk, file, only([one for one in file.actions if one.is_open], "step is open"))


def only(actions: Sequence[Action], what: str) -> Action:
    """Give the one step that there is. Raises WrongCall where there is none, or which there are."""
    if len(actions) == 1:
        return actions[0]
    if not actions:
        none = f"No {what}."
        raise WrongCall(none, "`coachlog action list --all` shows them all.")
    several = f"More than one {what}: {listed([one.label or '' for one in actions])}."
    raise WrongCall(several, "Write its id behind the client.")


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


def day(one: date) -> Word:
    """Write a day."""
    return Word(one.isoformat())


def day_said(one: date, now: Instant) -> str:
    """Say a day and how far it is from now: `Fri 16 Jan 2026 (3 days ago)`."""
    if one == now.day:
        return f"{day_words(one)} (today)"
    if abs((one - now.day).days) == 1:
        return f"{day_words(one)} ({'tomorrow' if one > now.day else 'yesterday'})"
    return f"{day_words(one)} ({ago_words(Instant.on(one, now.zone), now)})"


def next_session(file: ClientFile, now: Instant) -> Session | None:
    """Give the next booked session."""
    return next((one for one in file.attendance.sessions if one.is_booked and one.at > now), None)


def latest_session(file: ClientFile, now: Instant) -> Session | None:
    """Give the latest session that was held, or is booked and has begun."""
    begun = (one for one in reversed(file.attendance.sessions) if one.at <= now)
    return next((one for one in begun if one.is_held or one.is_booked), None)
