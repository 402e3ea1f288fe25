"""What became of a client's sessions: which contract each belongs to, which count, and how far they lie apart."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from itertools import accumulate, pairwise

from coachlog.model.agreements import Agreements
from coachlog.model.contract import Contract
from coachlog.model.duration import Duration
from coachlog.model.instant import Instant
from coachlog.model.session import DEFAULT_LENGTH, Session

NEAR = timedelta(minutes=15)
"""How close to a session a contact belongs to it: "two minutes late", "I can't hear you" (rules.md, Sessions)."""
CANCELLED_AT_THE_LAST = timedelta(hours=24)
"""A session cancelled this shortly before its start still has contacts near it (rules.md, Sessions)."""


class Attendance:
    """The sessions of one client, read with what was agreed."""

    def __init__(self, sessions: Sequence[Session], agreements: Agreements) -> None:
        """Take the sessions in the order of the file."""
        self._by_id = {session.id: session for session in reversed(sessions) if session.id}
        self.sessions = tuple(sorted(sessions, key=lambda session: session.at))
        self.agreements = agreements

    def named(self, name: str | None) -> Session | None:
        """Give the first session of the file with an id."""
        return self._by_id.get(name) if name else None

    def in_place_of(self, session: Session) -> tuple[Session, ...]:
        """Give the cancelled sessions that one was rebooked for, the one before it first; each once."""
        found: list[Session] = []
        before = self._rebooked_as.get(session.id or "")
        while before is not None and before is not session and before not in found:
            found.append(before)
            before = self._rebooked_as.get(before.id or "")
        return tuple(found)

    @cached_property
    def _rebooked_as(self) -> dict[str, Session]:
        """The cancelled session by the id of the one that was booked instead."""
        called_off = ((one, one.cancelled.rebooked) for one in self.sessions if one.cancelled)
        return {new: one for one, new in called_off if new}

    def contract_of(self, session: Session) -> Contract | None:
        """Give the contract that a session belongs to: the one that it names, else the one in force on its day."""
        return self.agreements.named(session.contract) or self.agreements.on(session.day)

    def terms_of(self, session: Session) -> Contract | None:
        """Give the terms, as of its own day, of the contract that a session belongs to."""
        contract = self.contract_of(session)
        return contract and contract.terms(session.day)

    def agreed_length(self, session: Session) -> Duration | None:
        """Give the planned length that is written down: the session's own, else the contract's."""
        terms = self.terms_of(session)
        return session.length or (terms.length if terms else None)

    def planned_length(self, session: Session) -> Duration:
        """Give the planned length; an hour where neither the session nor the contract says."""
        return self.agreed_length(session) or DEFAULT_LENGTH

    def planned_end(self, session: Session) -> Instant:
        """Give the start plus the planned length."""
        return session.at.after(self.planned_length(session).elapsed)

    @cached_property
    def _by_contract(self) -> dict[int, tuple[Session, ...]]:
        found: dict[int, tuple[Session, ...]] = {}
        for session in self.sessions:
            contract = self.contract_of(session)
            if contract:
                found[id(contract.origin)] = (*found.get(id(contract.origin), ()), session)
        return found

    def of(self, contract: Contract) -> tuple[Session, ...]:
        """Give the sessions that belong to a contract, by whatever day's terms it is seen, in order of time."""
        return self._by_contract.get(id(contract.origin), ())

    @cached_property
    def held_coaching(self) -> tuple[Session, ...]:
        """The coaching sessions that took place, in order of time."""
        return tuple(session for session in self.sessions if session.is_held and session.is_coaching)

    def held_coaching_of(self, contract: Contract) -> tuple[Session, ...]:
        """Give the coaching sessions of a contract that took place, in order of time."""
        return tuple(session for session in self.of(contract) if session.is_held and session.is_coaching)

    def gaps(self) -> Iterator[tuple[Session, Session]]:
        """Give each held coaching session with the next one."""
        return pairwise(self.held_coaching)

    def is_near(self, moment: Instant) -> bool:
        """Tell whether a moment lies near a session: from 15 minutes before its start to 15 after its end.

        Near counts what was held or missed, what was cancelled within a day of its start, and a booking that
        nobody has closed yet.
        """
        starts, ends = self._times_near
        begun = bisect_right(starts, moment)
        return begun > 0 and moment <= ends[begun - 1]

    @cached_property
    def _times_near(self) -> tuple[list[Instant], list[Instant]]:
        """When each session begins to be near, and the latest end of it and of those that began before."""
        counting = [session for session in self.sessions if not _cancelled_at_another_time(session)]
        ends = (session.end(self.planned_length(session)).after(NEAR) for session in counting)
        return [session.at.after(-NEAR) for session in counting], list(accumulate(ends, max))

    def meets(self, moment: Instant) -> bool:
        """Tell whether the two met then, or within 15 minutes: a session was held that had not ended yet."""
        return any(
            session.at.after(-NEAR) <= moment <= session.end(self.planned_length(session))
            for session in self.sessions
            if session.is_held
        )

    def within_a_day_of_session(self, moment: Instant, session: Session | None) -> bool:
        """Tell whether a moment lies within 24 h before or after a session, or any where none is named."""
        day = timedelta(hours=24)
        return any(
            one.at.after(-day) <= moment <= one.end(self.planned_length(one)).after(day)
            for one in ((session,) if session else self.sessions)
        )


def _cancelled_at_another_time(session: Session) -> bool:
    if session.status != "cancelled" or session.cancelled is None or session.cancelled.at is None:
        return session.status == "cancelled"
    return abs(session.at - session.cancelled.at) > CANCELLED_AT_THE_LAST
