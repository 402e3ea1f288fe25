"""The practice's diary: what of every client's file matters to the practice as a whole."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.record import Origin, Waiver
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision


@dataclass(frozen=True)
class Appointment:
    """A session in the diary: whose it is, and from when to when it is planned.

    `end_known` is False where the planned length stands in a contract that could not be read.
    """

    client: str
    origin: Origin
    start: Instant
    end: Instant
    waive: tuple[Waiver, ...] = ()
    end_known: bool = True

    @property
    def label(self) -> str | None:
        """What the session is called in its client's file."""
        return self.origin.label


@dataclass(frozen=True)
class Diary:
    """The practice over all clients.

    `concerns` holds the ids of each client's concerns; a client whose concerns could not all be read has none here.
    """

    practice: Practice
    supervision: tuple[Supervision, ...]
    appointments: tuple[Appointment, ...]
    concerns: Mapping[str, frozenset[str] | None]
    gaps: frozenset[str] = frozenset()


def appointments_of(file: ClientFile) -> Iterator[Appointment]:
    """Give a client's sessions that take time in the diary: booked or held, over their planned length."""
    for session in file.sessions:
        if session.is_booked or session.is_held:
            yield _appointment(file, session)


def concerns_of(file: ClientFile) -> frozenset[str] | None:
    """Give the ids of a client's concerns; None where some could not be read."""
    if file.gaps & {"care", "care.concerns"}:
        return None
    return frozenset(concern.id for concern in file.care.concerns if concern.id)


def in_order(appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Sort by start; of two that start together the later client code, then the later in the file, comes last."""
    return tuple(sorted(appointments, key=lambda one: (one.start, one.client, one.origin.position)))


def _appointment(file: ClientFile, session: Session) -> Appointment:
    end = file.attendance.planned_end(session)
    end_known = session.length is not None or file.gaps.isdisjoint({"contract", "contract.ended"})
    return Appointment(file.code, session.origin, session.at, end, session.waive, end_known)
