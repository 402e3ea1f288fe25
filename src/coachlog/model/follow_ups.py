"""Contracted follow-ups: which are owed for which session or day, when each is due, and which contacts keep it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from coachlog.model.agreements import Agreements
from coachlog.model.attendance import Attendance
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract, FollowUp
from coachlog.model.duration import Duration
from coachlog.model.hours import ContactHours
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.session import Session
from coachlog.model.when import BesideSession

FORM_SENT_FOR = frozenset({"coaching", "review"})
"""The kinds of session that a prep form is sent before (rules.md, FUP102)."""


@dataclass(frozen=True, eq=False)
class Due:
    """A follow-up that is owed: by which contract, for which session (None: by its own day), and at what time.

    The time lies within the contact hours. What is owed by the end of a day is due when they open next.
    """

    contract: Contract
    follow_up: FollowUp
    session: Session | None
    at: Instant

    @property
    def day(self) -> date:
        """The day on which it is due: the agreed one, else that of its time."""
        when = self.follow_up.when
        return self.at.day if isinstance(when, BesideSession) else when

    @property
    def by_coach(self) -> bool:
        """Tell whether it is the coach who sends it."""
        return self.follow_up.from_ == "coach"

    @property
    def is_form(self) -> bool:
        """Tell whether it is the form that the coach sends before a session."""
        when = self.follow_up.when
        before = isinstance(when, BesideSession) and when.side == "before"
        return before and self.by_coach and self.follow_up.kind == "prep-form"


class FollowUps:
    """The contracted follow-ups of one client, from either side."""

    def __init__(
        self,
        agreements: Agreements,
        attendance: Attendance,
        contacts: Sequence[Contact],
        practice: Practice,
    ) -> None:
        """Take what was agreed, the sessions as questions, and the contacts in the order of the file."""
        self.agreements = agreements
        self.attendance = attendance
        self.contacts = tuple(contacts)
        self.practice = practice

    @cached_property
    def owed(self) -> tuple[Due, ...]:
        """Every follow-up that is owed, of the past and of what is booked, in order of time.

        It is owed where its contract is in force on its day, not paused, and still asks for it then. A booking whose
        start has passed is among them, too: whoever asks knows what time it is.
        """
        beside = (due for session in self.attendance.sessions for due in self._beside(session))
        dated = (due for contract in self.agreements.agreed for due in self._dated(contract))
        return tuple(sorted(filter(_stands, (*beside, *dated)), key=lambda due: due.at))

    def of(self, session: Session) -> tuple[Due, ...]:
        """Give the follow-ups that are owed for a session, in order of time."""
        return self._by_session.get(id(session), ())

    @cached_property
    def _by_session(self) -> dict[int, tuple[Due, ...]]:
        found: dict[int, tuple[Due, ...]] = {}
        for due in self.owed:
            found[id(due.session)] = (*found.get(id(due.session), ()), due)
        return found

    def _beside(self, session: Session) -> Iterator[Due]:
        """Give what is to be sent before a session or after it, by the terms of its day."""
        contract = self.attendance.contract_of(session)
        for follow_up in contract.terms(session.day).follow_up if contract else ():
            at = self._time(contract, follow_up, session) if contract else None
            if contract and at:
                yield Due(contract, follow_up, session, at)

    def _time(self, contract: Contract, follow_up: FollowUp, session: Session) -> Instant | None:
        """Give when a follow-up is due beside a session; None where none is owed for it."""
        when, hours = follow_up.when, self._hours(contract, session.day)
        if not isinstance(when, BesideSession) or not session.is_coaching:
            return None
        if when.side == "before":
            return session.due_before(when.span, hours) if _is_sent_before(session, follow_up) else None
        end = session.end(self.attendance.planned_length(session))
        at = _opening(_later(end, when.span, hours), hours)
        following = self._held_after.get(id(session))
        met_before = following is not None and following.at < at
        return at if session.is_held and session.kind != "closing" and not met_before else None

    @cached_property
    def _held_after(self) -> dict[int, Session]:
        return {id(session): following for session, following in self.attendance.gaps()}

    def _dated(self, contract: Contract) -> Iterator[Due]:
        """Give what is to be sent by the end of a day, by the terms of that day."""
        written = (*contract.follow_up, *(one for amendment in contract.amendments for one in amendment.set.follow_up))
        for follow_up in written:
            day = follow_up.when
            if not isinstance(day, BesideSession) and any(one is follow_up for one in contract.terms(day).follow_up):
                end = Instant.on(day + timedelta(days=1), self.practice.timezone)
                yield Due(contract, follow_up, None, _opening(end, self._hours(contract, day)))

    def _hours(self, contract: Contract, day: date) -> ContactHours | None:
        return self.practice.hours_under(contract.terms(day))

    @cached_property
    def _kept(self) -> dict[Due, list[Contact]]:
        kept: dict[Due, list[Contact]] = {}
        named: dict[tuple[str, str], list[Due]] = {}
        for due in self.owed:
            named.setdefault((due.follow_up.from_, _name(due.follow_up)), []).append(due)
        for contact in self.contacts if named else ():
            name = contact.follow_up or _purpose(contact.for_)
            for due in self._meant(contact, named.get((contact.from_, name), [])):
                kept.setdefault(due, []).append(contact)
        return kept

    def _meant(self, contact: Contact, owed: list[Due]) -> list[Due]:
        """Tell which of several of one name a contact keeps: that of its session, else the nearest in time."""
        session = self.attendance.named(contact.session)
        if session is None:
            return _nearest(owed, contact.at)
        own = [due for due in owed if due.session is session or (due.is_form and session in self._before(due))]
        return own or _nearest([due for due in owed if due.session is None], contact.at)

    def kept_by(self, due: Due) -> tuple[Contact, ...]:
        """Give the contacts that keep a follow-up, at whatever time, in the order of the file.

        They name it and its session; one that names no session belongs to the time that it is nearest to. A
        follow-up without an id can't be named: what is for its purpose and names none keeps it.
        """
        return tuple(self._kept.get(due, ()))

    def _before(self, due: Due) -> tuple[Session, ...]:
        """Give the cancelled sessions in whose place the one was booked that a follow-up is owed for."""
        return self.attendance.in_place_of(due.session) if due.session else ()

    def was_kept(self, due: Due, by: Instant) -> bool:
        """Tell whether a follow-up was sent by a moment: a contact keeps it, or the session notes it.

        A form has to name its session, or a cancelled one in whose place that was booked: the client has it already,
        and needs no second one. One that came back had been sent.
        """
        sessions = (due.session, *self._before(due)) if due.session and due.follow_up.kind == "prep-form" else ()
        preps = [one.prep for one in sessions if one and one.prep]
        noted = [moment for prep in preps for moment in (prep.received, prep.sent if due.by_coach else None)]
        contacts = [one.at for one in self.kept_by(due) if one.session or not due.is_form]
        return any(moment is not None and moment <= by for moment in (*noted, *contacts))

    def form_missed(self, session: Session) -> bool:
        """Tell whether the coach did not send a form that is agreed on for a session by its time."""
        return any(due.is_form and not self.was_kept(due, due.at) for due in self.of(session))


def _stands(due: Due) -> bool:
    """Tell whether what was agreed for a session or a day still asks for it on the day on which it is due."""
    contract = due.contract
    paused = contract.paused(due.day) or (due.is_form and due.session and contract.paused(due.session.day))
    return _asks_for(due, due.day) and not paused and not _was_due_as_it_was_agreed(due)


def _asks_for(due: Due, day: date) -> bool:
    """Tell whether a contract is in force on a day and has a follow-up then."""
    asked = due.contract.terms(day).follow_up
    return due.contract.in_force(day) and any(_name(one) == _name(due.follow_up) for one in asked)


def _was_due_as_it_was_agreed(due: Due) -> bool:
    """Tell whether what is sent before a session was due on the very day since which it is agreed: too soon to be owed.

    Two people who agree in the afternoon on a reminder two days ahead do not mean the one of that morning.
    """
    when = due.follow_up.when
    before = isinstance(when, BesideSession) and when.side == "before"
    return before and due.contract.renews is None and not _asks_for(due, due.day - timedelta(days=1))


def _nearest(owed: list[Due], moment: Instant) -> list[Due]:
    """Give the one of some follow-ups, in order of time, that is due nearest to a moment."""
    later = bisect_left(owed, moment, key=lambda due: due.at)
    return sorted(owed[max(later - 1, 0) : later + 1], key=lambda due: abs(due.at - moment))[:1]


def _is_sent_before(session: Session, follow_up: FollowUp) -> bool:
    takes_place = session.is_held or session.is_booked
    return takes_place and (follow_up.kind != "prep-form" or session.kind in FORM_SENT_FOR)


def _name(follow_up: FollowUp) -> str:
    return follow_up.id or _purpose("prep" if follow_up.kind == "prep-form" else follow_up.kind)


def _purpose(purpose: str) -> str:
    return f"for {purpose}"


def _opening(moment: Instant, hours: ContactHours | None) -> Instant:
    return (hours.next_opening(moment) if hours else None) or moment


def _later(moment: Instant, span: Duration, hours: ContactHours | None) -> Instant:
    """Go on so long; a working day is one on which the contact hours open."""
    if hours is None or not span.working_days:
        return moment.plus(span)
    day = hours.working_day(moment.day, span.working_days)
    rest = replace(span, working_days=0)
    return (Instant.on(day, moment.zone, moment.clock) if day else moment).plus(rest)
