"""Which session goes on: the one whose notes were left, the one that is booked for now, or one that was not booked."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from coachlog.commands.desk.asking_for import ask, can_ask, yes_or_no
from coachlog.commands.desk.boundaries import crossed, crossed_words
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.lasting import ids_of, lasting_id
from coachlog.commands.session.appointments import Booking, booked_one, inserted
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.session_notes import Opened, SessionNotes, all_there
from coachlog.model.words import counted, moment_words
from coachlog.store.layout import SESSIONS_FILE
from coachlog.store.running_notes import OpenElsewhere, RunningNotes, notes_of, read_notes

SOON = timedelta(hours=1)
"""How long before its start, and after its planned end, a booking is the one that is meant."""
LATELY = timedelta(hours=12)
"""Notes that were begun since then are gone on with before anything else is begun."""


class Left(NamedTuple):
    """Notes that are open: the file they lie in, what they say, and the session on file, None where it is not."""

    name: str
    notes: SessionNotes
    session: Session | None

    @property
    def is_open(self) -> bool:
        """Tell whether their session is still to be logged."""
        return self.session is None or self.session.is_booked

    @property
    def words(self) -> str:
        """Say of when they are, and how much it is."""
        return f"{moment_words(self.notes.opened.starts)} ({counted(len(self.notes.lines), 'line')})"


class Chosen(NamedTuple):
    """The session that goes on: its booking, None where it was not booked; and its notes, ready for more."""

    session: Session | None
    running: RunningNotes
    again: bool


def left_open(desk: Desk, file: ClientFile) -> list[Left]:
    """Give the notes of a client that are open, in the order in which they were begun."""
    found = []
    for name in notes_of(desk.root, file.code):
        notes = read_notes(desk.root, name, desk.practice.timezone)
        if notes and (notes.opened.client == file.code or notes.opened.session in ids_of(file.sessions)):
            found.append(Left(name, notes, noted_session(desk, file, notes.opened)))
    return sorted(found, key=lambda one: one.notes.opened.begun)


def noted_session(desk: Desk, file: ClientFile, opened: Opened) -> Session | None:
    """Find the session that notes are of: by its id, or by its start where its hand-written record changed."""
    by_id = next((one for one in file.sessions if one.id == opened.session), None)
    nameless = (one for one in file.sessions if one.id is None)
    by_name = by_id or next((one for one in nameless if lasting_id(desk, one) == opened.session), None)
    return by_name or next((one for one in file.sessions if one.is_booked and one.at == opened.starts), None)


def cleared(desk: Desk, file: ClientFile, left: Sequence[Left]) -> Iterator[str]:
    """Clear away notes that are all written, as a call left them that was killed; say what became of the others."""
    for one in (one for one in left if not one.is_open):
        where = desk.root / one.name
        if one.session and is_written(one.notes, one.session, file):
            running = RunningNotes.take_up(desk.root, one.name, desk.practice.timezone, desk.now)
            if running:
                running.discard()
            yield f"The session of {one.words} is logged already; its notes are cleared away."
        else:
            yield (
                f"The session of {one.words} was closed without its notes. They are kept in {where}: "
                f"put them in with coachlog edit {file.code} {one.notes.opened.session}, and delete that file."
            )


def is_written(notes: SessionNotes, session: Session, file: ClientFile) -> bool:
    """Tell whether all that notes say stands in the journal."""
    texts = ("topic", "outcome", "importance")
    lists = {"insights": session.insights, "options": session.options}
    lists["steps"] = tuple(one.step for one in file.actions if one.session and one.session == session.id)
    return (
        session.is_held
        and all(notes.latest(one) in {None, getattr(session, one)} for one in texts)
        and all(set(notes.under(one)) <= set(there) for one, there in lists.items())
        and all(all_there(notes.under(one), getattr(session, one)) for one in ("notes", "private"))
    )


def choose(desk: Desk, file: ClientFile, left: Sequence[Left], wanted: str | None, *, unbooked: bool) -> Chosen:
    """Find the session that goes on, and open its notes. Raises WrongCall, OpenElsewhere, CannotWrite."""
    opened = [one for one in left if one.is_open]
    if wanted:
        named = next((one for one in opened if one.notes.opened.session == wanted), None)
        return _again(desk, named) if named else _begun(desk, file, opened, booked_one(file, wanted, desk.now))
    lately = [one for one in opened if desk.now - one.notes.opened.begun < LATELY]
    if lately and not unbooked:
        return _again(desk, lately[-1])
    session = None if unbooked else now_booked(file, desk.now)
    if session:
        return _begun(desk, file, opened, session)
    if opened and not unbooked:
        return _again(desk, opened[-1])
    _unbooked_agreed(desk, file, unbooked=unbooked)
    return _new(desk, file.code, None, new_id(ids_of(file.sessions)), desk.now)


def now_booked(file: ClientFile, now: Instant) -> Session | None:
    """Give the booking that is nearest, among those that begin within an hour or ended not longer ago."""
    there = (one for one in file.attendance.sessions if one.is_booked)
    near = [one for one in there if one.at.after(-SOON) <= now <= file.attendance.planned_end(one).after(SOON)]
    return min(near, key=lambda one: abs(one.at - now), default=None)


def _begun(desk: Desk, file: ClientFile, left: Sequence[Left], session: Session) -> Chosen:
    notes = next((one for one in left if one.session is session), None)
    if notes:
        return _again(desk, notes)
    return _new(desk, file.code, session, lasting_id(desk, session), session.at)


def _new(desk: Desk, code: str, session: Session | None, name: str, starts: Instant) -> Chosen:
    opened = Opened(code, name, starts, desk.now)
    return Chosen(session, RunningNotes.begin(desk.root, opened), again=False)


def _again(desk: Desk, left: Left) -> Chosen:
    running = RunningNotes.take_up(desk.root, left.name, desk.practice.timezone, desk.now)
    if running is None:
        raise OpenElsewhere(left.name)
    return Chosen(left.session, running, again=True)


def _unbooked_agreed(desk: Desk, file: ClientFile, *, unbooked: bool) -> None:
    """Say what a session that was not booked would cross, and ask whether it shall be. Raises WrongCall."""
    record = Booking().record(desk.now, desk.present, ids_of(file.sessions))
    trial = desk.carry_out(file.code, [inserted(file.code, SESSIONS_FILE, record)], Manner(dry_run=True, everyone=True))
    crossing = crossed(trial.brought)
    crossed_told = f" A session now: {crossed_words(crossing)}" if crossing else ""
    if unbooked:
        desk.remarks += [crossed_told.strip()] if crossing else []
        return
    none_booked = _none_booked(file, desk.now)
    if not can_ask(desk.wishes):
        raise WrongCall(none_booked, "Name its id or day, or start one that was not booked with --unbooked.")
    question = f"{none_booked}{crossed_told} Start one that was not booked? yes or no"
    if not ask(desk.wishes, question, "--unbooked", yes_or_no, "no"):
        what = "Nothing was begun."
        raise WrongCall(what, "What was held is logged with coachlog session log.")


def _none_booked(file: ClientFile, now: Instant) -> str:
    coming = next((one for one in file.attendance.sessions if one.is_booked and one.at > now), None)
    return f"No session is booked for now{f'; the next is on {moment_words(coming.at)}' if coming else ''}."
