"""`coachlog session log`: what became of a session, of the steps before it, and what comes next."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

import typer

from coachlog.commands.desk.asking_for import ask, can_ask, read_text
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import tell
from coachlog.commands.session.appointments import (
    Booking,
    altered,
    booked_one,
    by_id,
    day_written,
    file_of,
    id_of,
    ids_of,
    inserted,
    moment_asked,
    number_words,
    oldest_begun,
    present,
    record_and_plan,
    to_come,
    when_words,
    written,
)
from coachlog.errors import WrongCall
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.words import counted, day_words, moment_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import ACTIONS_FILE, SESSIONS_FILE

RATED = ("prepared", "engaged", "progress", "energy")
_RATINGS = re.compile(r"[0-3]{4}")
FATES = ("done", "part", "carry", "drop")
_PAST = {"done": "done", "part": "partly done", "carry": "carried", "drop": "dropped"}
Answer = TypeVar("Answer")


@dataclass
class Log:
    """What a session log says, before it is written."""

    desk: Desk
    code: str
    file: ClientFile
    session: Session | None
    at: Instant
    name: str
    fields: dict[str, Value] = field(default_factory=dict)
    fates: list[tuple[Action, str]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def next_booked(self) -> Instant | None:
        """Give the start of the next booked session."""
        starts = (one.at for one in self.file.attendance.sessions if one.is_booked and one is not self.session)
        return next((at for at in starts if at > self.at and at > self.desk.now), None)

    def changes(self, due: Instant | None) -> list[Change]:
        """Give the whole change: the session first, which the steps then name."""
        taken = ids_of(self.file.actions)
        step_changes = [self._settled(action, fate, due) for action, fate in self.fates]
        return [self._session(), *step_changes, *(self._new_step(text, due, taken) for text in self.steps)]

    def _session(self) -> Change:
        if self.session:
            return altered(self.code, SESSIONS_FILE, self.session, {"status": Word("held"), **self.fields})
        record = {"id": Word(self.name), "at": written(self.at), "status": Word("held"), **self.fields}
        return inserted(self.code, SESSIONS_FILE, record)

    def _settled(self, action: Action, fate: str, due: Instant | None) -> Change:
        """Write what became of a step: on the day of the session, and looked at in it."""
        day, looked_at = day_written(self.at.day), {"reviewed": Word(self.name)}
        if fate == "carry":
            carried = [Word(one) for one in (*action.carried, self.name)]
            new_due: dict[str, Value] = {"due": day_written(due.day)} if due else {}
            return altered(self.code, ACTIONS_FILE, action, {"carried": carried, **new_due})
        values: dict[str, Value] = {"dropped": {"date": day}} if fate == "drop" else {fate: day}
        return altered(self.code, ACTIONS_FILE, action, {**values, **looked_at})

    def _new_step(self, text: str, due: Instant | None, taken: set[str]) -> Change:
        made = new_id(taken)
        taken.add(made)
        record: dict[str, Value] = {"id": Word(made), "step": text, "session": Word(self.name)}
        return inserted(self.code, ACTIONS_FILE, {**record, **({"due": day_written(due.day)} if due else {})})


def log(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Id or day; default: the oldest booking that has begun.")
    ] = None,
    *,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="Log one that was not booked.")] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", min=0, metavar="N", help="How long it took.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TEXT", help="What it was about.")] = None,
    goal: Annotated[str | None, typer.Option("--goal", metavar="ID", help="The goal that it served.")] = None,
    done: Annotated[list[str] | None, typer.Option("--done", metavar="ID", help="A step that is done.")] = None,
    part: Annotated[list[str] | None, typer.Option("--part", metavar="ID", help="One that is partly done.")] = None,
    carry: Annotated[list[str] | None, typer.Option("--carry", metavar="ID", help="One that goes on.")] = None,
    drop: Annotated[list[str] | None, typer.Option("--drop", metavar="ID", help="One that is given up.")] = None,
    step: Annotated[
        list[str] | None, typer.Option("--step", metavar="TEXT", help="A new step, due at the next session.")
    ] = None,
    ratings: Annotated[
        str | None, typer.Option("--ratings", metavar="3322", help="Prepared, engaged, progress, your energy: 0 to 3.")
    ] = None,
    notes: Annotated[str | None, typer.Option("--notes", metavar="TEXT", help="May be shared; - reads it.")] = None,
    private: Annotated[
        str | None, typer.Option("--private", metavar="TEXT", help="Your own notes; - reads them.")
    ] = None,
    following: Annotated[str | None, typer.Option("--next", metavar="WHEN", help="Book the next one.")] = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Log a session: closes the oldest booking that has begun, or with --at one that was not booked.

    On a terminal it asks for the rest in turn; Enter skips. New steps, and those that are carried over, are due on the
    day of the next booked session. --anyway and --waive are for the booking of --next alone; what was held is recorded.

    Examples:
      coachlog session log jane
      coachlog session log jane --minutes 65 --topic Delegation --goal g1 --done a7kqw --ratings 3322
      coachlog session log jane --step "Hand over the draft" --step "Ask the team" --next 28 jan
      coachlog session log jane --at "yesterday 15:00" --minutes 50
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    told = _told(desk, code, session, at)
    given = {"done": done, "part": part, "carry": carry, "drop": drop}
    told.fates = _fates(told, {fate: ids or [] for fate, ids in given.items()})
    _fill(told, minutes, topic, goal)
    _ask_fates(told)
    told.steps = list(step or []) or _asked_steps(told)
    _rate(told, ratings)
    for key, text in (("notes", notes), ("private", private)):
        told.fields |= {key: words} if (words := read_text([text] if text else None)) else {}
    following = following or _offer(desk, "The next booking", str) or None
    _write(told, following, Manner(anyway=anyway, waive=waive, dry_run=dry_run), as_json=as_json)


def _told(desk: Desk, code: str, wanted: str | None, at: str | None) -> Log:
    """Find which session is logged: the one that is named, one at a moment, else the oldest booking that has begun."""
    file = file_of(desk, code)
    found = booked_one(file, wanted, desk.now) if wanted else None
    if found is None and at is None:
        found = oldest_begun(file, desk.now)
    if found and at is None:
        return _begun(Log(desk, code, file, found, found.at, id_of(desk, code, found)))
    when = moment_asked(
        desk, at, "fact", question="When it began", flag="--at", clock=found.at.clock if found else None
    )
    found = found or next((one for one in file.sessions if one.is_booked and one.at == when), None)
    if found is None:
        desk.remarks.extend(_still_booked(file, when))
        return _begun(Log(desk, code, file, None, when, new_id(ids_of(file.sessions))))
    told = Log(desk, code, file, found, when, id_of(desk, code, found))
    if when != found.at:
        told.fields["at"] = written(when)
    return _begun(told)


def _begun(told: Log) -> Log:
    if told.at <= told.desk.now:
        return told
    what = f"The session of {moment_words(told.at)} has not begun."
    raise WrongCall(what, "It can be moved or cancelled: coachlog session move, coachlog session cancel.")


def _still_booked(file: ClientFile, at: Instant) -> list[str]:
    same_day = (one for one in file.sessions if one.is_booked and one.day == at.day)
    return [f"{one.label} is still booked for {moment_words(one.at)}." for one in same_day]


def _offer(desk: Desk, question: str, parse: Callable[[str], Answer]) -> Answer | None:
    """Ask for what may be left out, where somebody can answer; Enter skips it."""
    if not can_ask(desk.wishes):
        return None
    return ask(desk.wishes, question, "", lambda text: parse(text) if text else None)


def _fill(told: Log, minutes: int | None, topic: str | None, goal: str | None) -> None:
    """Note minutes, topic and goal, as they are said or asked for."""
    desk = told.desk
    took = minutes if minutes is not None else _offer(desk, "Minutes", _minutes)
    about = topic or _offer(desk, "Topic", str)
    served = _goal(told, goal) if goal else _offer(desk, "Goal", lambda text: _goal(told, text))
    said = {"minutes": took is not None and Word(str(took)), "topic": about, "goal": served and Word(served)}
    told.fields |= {key: value for key, value in said.items() if value}


def _minutes(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len("1440"):
        return int(text)
    what = "The minutes are not understood."
    raise WrongCall(what, "Write a whole number.")


def _goal(told: Log, wanted: str) -> str | None:
    contract = told.file.attendance.terms_of(told.session) if told.session else None
    terms = contract or told.file.agreements.terms_on(told.at.day)
    return named(terms.goals if terms else (), wanted, told.desk.now).id


def _fates(told: Log, given: dict[str, list[str]]) -> list[tuple[Action, str]]:
    """Find the steps that are named, each with what became of it. Raises WrongCall where one is named twice."""
    opened = [one for one in told.file.actions if one.is_open]
    found = [(named(opened, wanted, told.desk.now), fate) for fate, ids in given.items() for wanted in ids]
    twice = {one.label for one, _ in found if sum(one is other for other, _ in found) > 1}
    if twice:
        what = f"{' and '.join(sorted(map(str, twice)))} is named twice."
        raise WrongCall(what, "A step is done, partly done, carried over or dropped.")
    return found


def _ask_fates(told: Log) -> None:
    """Ask what became of each open step that nothing is said of."""
    settled = {id(one) for one, _ in told.fates}
    for action in told.file.actions:
        if action.is_open and id(action) not in settled:
            fate = _offer(told.desk, f"{action.label} {action.step} (done, part, carry, drop)", _fate)
            told.fates += [(action, fate)] if fate else []


def _fate(text: str) -> str:
    """Read what became of a step, from its first letters on; a lone `d` is done."""
    found = next((one for one in FATES if one.startswith(text)), None)
    if found:
        return found
    what = "That is nothing that can become of a step."
    raise WrongCall(what, f"Write {', '.join(FATES)}, or how they begin.")


def _asked_steps(told: Log) -> list[str]:
    steps: list[str] = []
    while text := _offer(told.desk, "New step", str):
        steps.append(text)
    return steps


def _rate(told: Log, ratings: str | None) -> None:
    digits = _four(ratings) if ratings else _offer(told.desk, f"Ratings 0 to 3 ({', '.join(RATED)})", _four)
    told.fields |= {name: Word(digit) for name, digit in zip(RATED, digits or "", strict=False)}


def _four(text: str) -> str:
    if _RATINGS.fullmatch(text):
        return text
    what = "The ratings are not understood."
    raise WrongCall(what, f"Write four digits from 0 to 3 ({', '.join(RATED)}), such as 3322.")


def _write(told: Log, following: str | None, manner: Manner, *, as_json: bool) -> None:
    """Write the log; a next booking that would cross a boundary is refused, and the log is written without it."""
    desk, booked = told.desk, told.next_booked()
    facts = told.changes(booked)
    if following is None:
        outcome = desk.carry_out(told.code, facts, Manner(dry_run=manner.dry_run, everyone=True))
        _tell(told, outcome, booked, None, as_json=as_json)
        return
    new = to_come(
        desk, moment_asked(desk, following, "plan", question="The next one", flag="--next", clock=told.at.clock)
    )
    like = Booking(told.session.length, told.session.via) if told.session else Booking()
    record = like.record(new, present(desk), {*ids_of(told.file.sessions), told.name})
    due = min(new, booked) if booked else new
    planned = [inserted(told.code, SESSIONS_FILE, record), *told.changes(due)]
    outcome, refusal = record_and_plan(desk, told.code, facts, planned, manner)
    _tell(told, outcome, booked if refusal else due, None if refusal else str(record["id"]), as_json=as_json)
    if refusal:
        raise refusal


def _tell(told: Log, outcome: Outcome, due: Instant | None, new: str | None, *, as_json: bool) -> None:
    desk, ids = told.desk, [told.name, *([new] if new else [])]
    sessions = by_id(outcome.file, ids)
    if told.steps and due is None:
        desk.remarks.append("No next session is booked, so the new steps have no due day.")
    said = _said(told, outcome.file, sessions, due) if outcome.file else ""
    tell(desk.wishes, outcome, said, noun="sessions", records=sessions, as_json=as_json, remarks=desk.remarks)


def _said(told: Log, file: ClientFile, sessions: Sequence[Session], due: Instant | None) -> str:
    held, *booked = sessions
    now = told.desk.now
    number = number_words(file, held)
    parts = [f"logged {held.label}: {number} with {file.client.name}, {when_words(held.at, now)}"]
    parts[0] += f", {held.minutes} min" if held.minutes is not None else ""
    parts += [_steps_words(told, due)] if told.fates or told.steps else []
    parts += [f"booked {one.label}: {when_words(one.at, now)}, {number_words(file, one)}" for one in booked]
    return "; ".join(parts)


def _steps_words(told: Log, due: Instant | None) -> str:
    fates = [fate for _, fate in told.fates]
    parts = [f"{counted(fates.count(fate), 'step')} {_PAST[fate]}" for fate in FATES if fate in fates]
    if told.steps:
        parts.append(f"{counted(len(told.steps), 'new step')}{f', due {day_words(due.day)}' if due else ''}")
    return ", ".join(parts)
