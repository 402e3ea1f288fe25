"""What was called off: sessions that were cancelled, missed or moved, and the notice that was agreed for it."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from coachlog.model.attendance import Attendance
from coachlog.model.contract import Contract, Party
from coachlog.model.duration import Duration
from coachlog.model.instant import Instant, add_to_day
from coachlog.model.practice import Practice
from coachlog.model.session import Cancellation, CancellationReason, Move, Session

EMERGENCIES = frozenset({"illness", "family", "bereavement"})
"""Reasons that no client can plan for: they are no strike, and to charge them is worth a thought (rules.md, CAN107)."""
STRIKES = 2
"""How often a client may miss or cancel late before it is talked about, where the contract does not say."""
WINDOW = 6
"""Among how many of the last sessions a client's missing is counted."""


class CalledOff(NamedTuple):
    """A start that was called off: the session was cancelled, or moved away from it.

    `session` is the record, `as_booked` the session as it stood until then. `told` may be a plain day.
    """

    session: Session
    as_booked: Session
    at: Instant | None
    by: Party | None
    reason: CancellationReason | None
    told: date | Instant | None

    @property
    def moved(self) -> bool:
        """Tell whether another start took its place in the same record."""
        return self.as_booked is not self.session

    @property
    def start(self) -> Instant:
        """The start that was called off."""
        return self.as_booked.at

    @property
    def told_at(self) -> Instant | None:
        """When the other side was told; a day counts from its beginning."""
        return Instant.on(self.told, self.start.zone) if isinstance(self.told, date) else self.told


class Late(NamedTuple):
    """A start that was called off too late: by which contract, its terms of that day, and until when it was time."""

    contract: Contract
    terms: Contract
    notice: Duration
    latest: Instant


class Missed(NamedTuple):
    """What a client missed or cancelled late, in order of time, and how often the contract allows for that.

    `strikes` is None where the contract does not say.
    """

    sessions: tuple[Session, ...]
    strikes: int | None

    @property
    def last(self) -> Session:
        """The last of them."""
        return self.sessions[-1]


class Cancelling:
    """The cancellations, moves and missed sessions of one client."""

    def __init__(self, attendance: Attendance, practice: Practice) -> None:
        """Take the sessions, as questions, and the practice, by whose hours a notice in working days is counted."""
        self.attendance = attendance
        self.practice = practice

    @cached_property
    def cancelled(self) -> tuple[CalledOff, ...]:
        """The sessions that were cancelled, in order of time."""
        return tuple(_cancelled(session) for session in self.attendance.sessions if session.is_cancelled)

    @cached_property
    def moved(self) -> tuple[CalledOff, ...]:
        """The starts from which sessions were moved; a session that was moved twice has two."""
        sessions = self.attendance.sessions
        return tuple(_moved(one, move, move.from_) for one in sessions for move in one.moved if move.from_)

    def latest_in_time(self, session: Session) -> Instant | None:
        """Give the last moment that keeps the contracted notice; None where none is contracted."""
        terms = self.attendance.terms_of(session)
        notice = terms.cancellation.notice if terms and terms.cancellation else None
        if terms is None or notice is None:
            return None
        hours = self.practice.contact_hours(terms.contact_clause.hours if terms.contact_clause else None)
        return session.ahead(notice, hours)

    def late(self, one: CalledOff) -> Late | None:
        """Tell by which contract a start was called off too late; None where it was not, or nobody can tell.

        Less than the notice before the start is late. At the start or after it always is, where a notice is contracted.
        """
        contract, latest = self.attendance.contract_of(one.as_booked), self.latest_in_time(one.as_booked)
        terms = contract.terms(one.as_booked.day) if contract else None
        notice = terms.cancellation.notice if terms and terms.cancellation else None
        if contract is None or terms is None or notice is None or latest is None or one.at is None:
            return None
        in_time = one.at <= latest and one.at < one.start
        return None if in_time else Late(contract, terms, notice, latest)

    @cached_property
    def _strikes(self) -> frozenset[int]:
        """What counts as missing: a no-show, and a late cancellation by the client that was no emergency."""
        by_client = (one for one in self.cancelled if one.by == "client" and one.reason not in EMERGENCIES)
        late = {id(one.session) for one in by_client if self.late(one)}
        return frozenset(late | {id(session) for session in self.attendance.sessions if session.is_missed})

    def repeated_missing(self, contract: Contract, window: int = WINDOW, strikes: int = STRIKES) -> Missed | None:
        """Give what the client missed or cancelled late among the last sessions of a contract, where it is too often.

        Looked at are coaching sessions that were held, missed or cancelled. Too often is as often as the contract says
        on the day of the last one; `strikes`, where it does not say. Emergencies are left out.
        """
        over = [one for one in self.attendance.of(contract) if one.is_coaching and not one.is_booked]
        missed = tuple(one for one in over[max(len(over) - window, 0) :] if id(one) in self._strikes)
        terms = contract.terms(missed[-1].day).cancellation if missed else None
        agreed = terms.strikes if terms else None
        return Missed(missed, agreed) if missed and len(missed) >= (agreed or strikes) else None


def _cancelled(session: Session) -> CalledOff:
    says = session.cancelled or Cancellation()
    return CalledOff(session, session, says.at, says.by, says.reason, says.told)


def _moved(session: Session, move: Move, start: Instant) -> CalledOff:
    as_booked = session.model_copy(update={"at": start})
    return CalledOff(session, as_booked, move.at, move.by, move.reason, move.told)


def last_run(days: Sequence[date], times: int, within: Duration) -> int | None:
    """Give the place of the last of some days, in order, with which so many lie within a time; None where none do."""
    before = max(times, 1) - 1
    ends = range(len(days) - 1, before - 1, -1)
    return next((end for end in ends if days[end] <= add_to_day(days[end - before], within)), None)
