"""From the notes of a session to its log: what was typed is filled in, the rest is asked as `session log` asks it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from coachlog.commands.companion.blueprint import NOTES, PRIVATE, STEPS, how_often
from coachlog.commands.companion.which import noted_session
from coachlog.commands.desk.answers import Answered, RunAgain, Typed
from coachlog.commands.desk.asking_for import ask, can_ask
from coachlog.commands.desk.boundaries import PlanRefused
from coachlog.commands.desk.days import written_moment
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.session.appointments import file_of
from coachlog.commands.session.debrief import answer, fit, goal_of, minutes_of, next_session, rate, serve, settle
from coachlog.commands.session.held import Held
from coachlog.commands.session.logged import write_log
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import DEFAULT_LENGTH, Session
from coachlog.model.session_notes import SessionNotes
from coachlog.store.emit import Value, Word
from coachlog.store.running_notes import RunningNotes

_LINES = ("topic", "outcome", "importance")
_LISTS = ("insights", "options")
_TEXTS = (NOTES, PRIVATE)


def closed(  # noqa: PLR0913 — what a log is made of
    desk: Desk, code: str, over: Instant, running: RunningNotes, manner: Manner, *, as_json: bool
) -> None:
    """Log the session as of when it was over; who goes back at a question is asked from the one before on.

    Raises PlanRefused once it is logged, and WrongCall where somebody closed it meanwhile.
    """
    again: RunAgain | None = RunAgain(())
    while again:
        held = _held(_desk_when_over(desk, over, again.answers), code, running.notes)
        again = None
        try:
            _logged(held, running, manner, as_json=as_json)
        except RunAgain as back:
            again = back


def _desk_when_over(desk: Desk, over: Instant, answers: Sequence[Answered]) -> Desk:
    """Give the desk as of the end of the session, with what is answered already."""
    now = over.aware.isoformat(sep=" ", timespec="seconds")
    return Desk.open(replace(desk.wishes, now=now, typed=Typed(ahead=[*answers])))


def planned_end(file: ClientFile, session: Session | None, began: Instant) -> Instant:
    """Give when a session should be over: as booked, else after the length that is agreed."""
    if session:
        return file.attendance.planned_end(session)
    terms = file.agreements.terms_on(began.day)
    return began.after(((terms and terms.length) or DEFAULT_LENGTH).elapsed)


def _logged(held: Held, running: RunningNotes, manner: Manner, *, as_json: bool) -> None:
    """Ask for the rest, write the log, and clear the notes away once it is written. Raises PlanRefused once it is."""
    take_in(held, running.notes)
    _ask_the_rest(held, running.notes)
    following = next_session(held, None)
    held.fields = {key: held.fields[key] for key in Session.model_fields if key in held.fields}
    with cleared_once_written(running, manner):
        write_log(held, following, manner, as_json=as_json)


def _held(desk: Desk, code: str, notes: SessionNotes) -> Held:
    """Look the session up as it stands when it is over. Raises WrongCall where somebody closed it meanwhile."""
    opened, file = notes.opened, file_of(desk, code)
    session = noted_session(desk, file, opened)
    if session and not session.is_booked:
        what = f"{session.label} is {session.status} by now, so it can't be logged once more."
        raise WrongCall(what, "What is noted can be put into it with coachlog edit.")
    return Held(desk, code, file, session, session.at if session else opened.starts, opened.session)


def take_in(held: Held, notes: SessionNotes) -> None:
    """Fill in what was typed; what the record says already stays beside it."""
    session = held.session
    own = {one: notes.latest(one) for one in _LINES}
    held.fields |= {key: text for key, text in own.items() if text}
    for key in _LISTS:
        there = [*(getattr(session, key) if session else ()), *notes.under(key)]
        held.fields |= {key: there} if notes.under(key) else {}
    read = {"goal": _goal(held, notes), "follow_up": _news(held, notes)}
    for key in _TEXTS:
        before = (getattr(session, key) if session else None) or ""
        noted = [*notes.under(key), *(_unread(held, notes, read) if key == NOTES else ())]
        whole = "\n".join([*([before.rstrip("\n")] if before else []), *noted])
        held.fields |= {key: whole} if noted else {}
    held.steps = notes.under(STEPS)


def minutes_noted(held: Held, notes: SessionNotes) -> int:
    """Give the minutes that the session took by its notes."""
    return notes.minutes(held.desk.now, planned_end(held.file, held.session, held.at))


def _goal(held: Held, notes: SessionNotes) -> bool:
    """Note which goal it served, and tell whether that could be read: the contract may have changed since."""
    goal = notes.latest("goal")
    try:
        serve(held, goal_of(held, goal) if goal else None)
    except WrongCall:
        return False
    return True


def _news(held: Held, notes: SessionNotes) -> bool:
    """Note how often the client sends news of the steps, by the first medium that is agreed; tell if it was read."""
    try:
        every = how_often(notes.latest("follow_up") or "no")
    except WrongCall:
        return False
    clause = held.terms.contact_clause if held.terms else None
    via = next(iter(clause.via), None) if clause else None
    said: dict[str, Value] = {**({"via": Word(via)} if via else {}), "every": Word(every)}
    held.follow_up = {} if every == "no" else said
    return True


def _unread(held: Held, notes: SessionNotes, read: Mapping[str, bool]) -> list[str]:
    """Give what could not be read where it was noted, so that no word of it is lost."""
    unread = [place for place, was_read in read.items() if not was_read]
    held.desk.remarks += [f"The {one.replace('_', ' ')} that was noted stands in the notes." for one in unread]
    return [f"{one.replace('_', ' ')}: {notes.latest(one)}" for one in unread]


def _ask_the_rest(held: Held, notes: SessionNotes) -> None:
    wishes, minutes = held.desk.wishes, minutes_noted(held, notes)
    if can_ask(wishes):
        minutes = ask(wishes, "Minutes that it took", "session log", minutes_of, str(minutes))
    held.fields |= {"minutes": Word(str(minutes))} if minutes else {}
    if held.session and held.desk.now < held.session.at:  # it was held before its time
        held.at = notes.opened.begun
        held.fields["at"] = written_moment(held.at)
    fit(held)
    settle(held, {})
    rate(held, None)
    answer(held, ())


@contextmanager
def cleared_once_written(running: RunningNotes | None, manner: Manner) -> Iterator[None]:
    """Clear notes away once the log is written, which it is even where the next booking is refused."""
    refusal: PlanRefused | None = None
    try:
        yield
    except PlanRefused as refused:
        refusal = refused
    if running and not manner.dry_run:
        running.discard()
    if refusal:
        raise refusal
