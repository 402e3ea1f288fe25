"""How the log of a session is written and told, whether it was asked for or typed while the session went on."""

from collections.abc import Sequence

from coachlog.commands.desk.desk import Manner, Outcome
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.telling import Telling, tell, told_plainly
from coachlog.commands.session.appointments import (
    Booking,
    by_id,
    inserted,
    number_words,
    remark_holidays,
    when_words,
)
from coachlog.commands.session.debrief import FATES
from coachlog.commands.session.held import Held
from coachlog.commands.session.rebooking import record_and_plan
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.words import counted, day_words, listed
from coachlog.store.layout import SESSIONS_FILE

_PAST = {"done": "done", "part": "partly done", "carry": "carried", "drop": "dropped"}


def write_log(held: Held, following: Instant | None, manner: Manner, *, as_json: bool) -> None:
    """Write the log; a next booking that would cross a boundary is refused, and the log is written without it.

    Raises PlanRefused once that is done.
    """
    desk, booked = held.desk, held.next_booked
    facts = held.changes(booked)
    if following is None:
        outcome = desk.carry_out(held.code, facts, Manner(dry_run=manner.dry_run, everyone=True))
        _tell(held, outcome, booked, None, as_json=as_json)
        return
    like = Booking(held.session.length, held.session.via) if held.session else Booking()
    record = like.record(following, desk.present, {*ids_of(held.file.sessions), held.name})
    due = min(following, booked) if booked else following
    planned = [inserted(held.code, SESSIONS_FILE, record), *held.changes(due)]
    outcome, refusal = record_and_plan(desk, held.code, facts, planned, manner)
    _tell(held, outcome, booked if refusal else due, None if refusal else str(record["id"]), as_json=as_json)
    if refusal:
        raise refusal


def _tell(held: Held, outcome: Outcome, due: Instant | None, new: str | None, *, as_json: bool) -> None:
    desk, file = held.desk, outcome.file
    sessions = by_id(file, [held.name, *([new] if new else [])])
    if held.steps and due is None:
        desk.remarks.append("No next session is booked, so the new steps have no due day.")
    remark_holidays(desk, sessions[1:])
    said = _said(held, file, sessions, due) if file else ""
    also = {
        "actions": told_plainly(held.actions_in(file) if file else (), outcome, desk.wishes),
        "contacts": told_plainly(held.contacts_in(file) if file else (), outcome, desk.wishes),
    }
    tell(desk, outcome, Telling(said, "sessions", sessions, also=also), as_json=as_json)


def _said(held: Held, file: ClientFile, sessions: Sequence[Session], due: Instant | None) -> str:
    one, *booked = sessions
    now = held.desk.now
    number = number_words(file, one)
    parts = [f"logged {one.label}: {number} with {file.client.name}, {when_words(one.at, now)}"]
    parts[0] += f", {one.minutes} min" if one.minutes is not None else ""
    parts += [_steps_words(held, due)] if held.fates or held.steps else []
    parts += [f"answered {listed([str(told.label) for told in held.answered])} in it"] if held.answered else []
    parts += [f"booked {one.label}: {when_words(one.at, now)}, {number_words(file, one)}" for one in booked]
    return "; ".join(parts)


def _steps_words(held: Held, due: Instant | None) -> str:
    fates = [fate for _, fate in held.fates]
    parts = [f"{counted(fates.count(fate), 'step')} {_PAST[fate]}" for fate in FATES if fate in fates]
    if held.steps:
        parts.append(f"{counted(len(held.steps), 'new step')}{f', due {day_words(due.day)}' if due else ''}")
    return ", ".join(parts)
