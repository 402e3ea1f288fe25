"""The practice's diary: what of every client's file matters to the practice as a whole."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.record import Origin, Waiver
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision

CALLS = frozenset({"phone", "video"})
"""The media by which a client's contact keeps the coach on call (rules.md, PRA101)."""


class Appointment(NamedTuple):
    """A session in the diary: whose it is, and from when to when it is planned.

    `end_known` is False where the planned length stands in a contract that could not be read. `minutes` is how long it
    really took, `energy` how the coach rated their own, from 0 to 3; None where nobody noted it.
    """

    client: str
    origin: Origin
    start: Instant
    end: Instant
    waive: tuple[Waiver, ...] = ()
    end_known: bool = True
    held: bool = False
    coaching: bool = False
    minutes: int | None = None
    energy: int | None = None

    @property
    def label(self) -> str | None:
        """What the session is called in its client's file."""
        return self.origin.label

    @property
    def day(self) -> date:
        """The date of its start on the practice's wall clock."""
        return self.start.day

    @property
    def took(self) -> int:
        """The minutes that it took, else those that were planned; none where neither is known."""
        if self.minutes is not None:
            return self.minutes
        return int((self.end - self.start).total_seconds() // 60) if self.end_known else 0


class OnCall(NamedTuple):
    """Minutes of contact outside the contact hours, on the day on which it began."""

    day: date
    minutes: int


class CancelledByCoach(NamedTuple):
    """A session that the coach cancelled, other than for a technical reason: its place in the diary, and when."""

    appointment: Appointment
    at: Instant


class Diary(NamedTuple):
    """The practice over all clients.

    `concerns` holds the ids of each client's concerns; a client whose concerns could not all be read has none here.
    """

    practice: Practice
    supervision: tuple[Supervision, ...]
    appointments: tuple[Appointment, ...]
    concerns: Mapping[str, frozenset[str] | None]
    gaps: frozenset[str] = frozenset()
    on_call: tuple[OnCall, ...] = ()
    cancelled_by_coach: tuple[CancelledByCoach, ...] = ()

    @property
    def held_coaching(self) -> tuple[Appointment, ...]:
        """The coaching sessions that took place, in order of time."""
        return tuple(one for one in self.appointments if one.held and one.coaching)

    def supervised(self, after: date | None, until: date) -> tuple[Supervision, ...]:
        """Give the supervision of the days after one day (None: of all days), up to another."""
        return tuple(one for one in self.supervision if (after is None or one.date > after) and one.date <= until)


def appointments_of(file: ClientFile) -> Iterator[Appointment]:
    """Give a client's sessions that take time in the diary: booked or held, over their planned length."""
    for session in file.sessions:
        if session.is_booked or session.is_held:
            yield _appointment(file, session)


def on_call_of(file: ClientFile) -> Iterator[OnCall]:
    """Give the coach's contacts, and the client's calls, outside the contact hours; one takes a minute at least.

    Of a client whose contract could not be read there are none: it may have hours of its own.
    """
    if "contract" in file.gaps:
        return
    for contact in file.contacts:
        if _keeps_on_call(contact) and file.correspondence.is_while_closed(contact):
            yield OnCall(contact.day, max(contact.minutes or 0, 1))


def cancelled_by_coach(file: ClientFile) -> Iterator[CancelledByCoach]:
    """Give a client's sessions that the coach cancelled, at a moment that was noted and for no technical reason."""
    for session in file.sessions:
        says = session.cancelled
        if session.is_cancelled and says and says.at and says.by == "coach" and says.reason != "technical":
            yield CancelledByCoach(_appointment(file, session), says.at)


def concerns_of(file: ClientFile) -> frozenset[str] | None:
    """Give the ids of a client's concerns; None where some could not be read."""
    if file.gaps & {"care", "care.concerns"}:
        return None
    return frozenset(concern.id for concern in file.care.concerns if concern.id)


def in_order(appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Sort by start; of two that start together the later client code, then the later in the file, comes last."""
    return tuple(sorted(appointments, key=lambda one: (one.start, one.client, one.origin.position)))


def monday_of(day: date) -> date:
    """Give the day on which the week of a day begins."""
    return day - timedelta(days=day.weekday())


def _keeps_on_call(contact: Contact) -> bool:
    return contact.by_coach or (contact.by_client and contact.via in CALLS)


def _appointment(file: ClientFile, session: Session) -> Appointment:
    end = file.attendance.planned_end(session)
    end_known = session.length is not None or file.gaps.isdisjoint({"contract", "contract.ended"})
    return Appointment(
        client=file.code,
        origin=session.origin,
        start=session.at,
        end=end,
        waive=session.waive,
        end_known=end_known,
        held=session.is_held,
        coaching=session.is_coaching,
        minutes=session.minutes,
        energy=session.energy,
    )
