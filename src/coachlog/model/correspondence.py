"""Contact between sessions, read with what was agreed: replies and deadlines, hours, what a contact belongs to."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.agreements import Agreements
from coachlog.model.attendance import Attendance
from coachlog.model.contact import Contact
from coachlog.model.contract import Clause, FollowUp
from coachlog.model.duration import Duration
from coachlog.model.hours import ContactHours
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.session import Session

BESIDE_THE_COACHING = frozenset({"logistics", "redirect", "crisis"})
"""Contacts for these are outside the rules on contracted contact (rules.md, CTC)."""

BUSINESS = frozenset({"welcome", "logistics", "admin"})
"""What a coach sends for these is no outreach: the welcome pack, the next session, an invoice (rules.md, CTC109)."""


class ResponseTime(NamedTuple):
    """How soon a medium promises an answer, and the clause that says so."""

    promised: Duration
    clause: Clause


class Deadline(NamedTuple):
    """When an answer is due, and the promise behind it."""

    at: Instant
    promised: Duration
    clause: Clause


class Correspondence:
    """The contacts of one client."""

    def __init__(
        self,
        contacts: Sequence[Contact],
        agreements: Agreements,
        attendance: Attendance,
        actions: Sequence[Action],
        practice: Practice,
    ) -> None:
        """Take the contacts in the order of the file."""
        self._in_file_order = tuple(contacts)
        self.contacts = tuple(sorted(contacts, key=lambda contact: contact.at))
        self.agreements = agreements
        self.attendance = attendance
        self.actions = tuple(actions)
        self.practice = practice

    @cached_property
    def _by_id(self) -> dict[str, Contact]:
        return {contact.id: contact for contact in reversed(self._in_file_order) if contact.id}

    def named(self, contact: Contact) -> tuple[Contact, ...]:
        """Give the contacts that a contact says it answers."""
        if not contact.reply_to:
            return ()
        return tuple(self._by_id[name] for name in contact.reply_to if name in self._by_id)

    def with_client(self, contact: Contact) -> bool:
        """Tell whether a contact by the coach is with the client: it names nobody else and answers nobody else."""
        elsewhere = any(answered.from_ in {"sponsor", "other"} for answered in self.named(contact))
        return contact.by_coach and contact.to is None and not elsewhere

    @cached_property
    def by_coach(self) -> tuple[Contact, ...]:
        """The contacts by the coach that are with the client, in order of time."""
        return tuple(contact for contact in self.contacts if self.with_client(contact))

    @cached_property
    def taken_calls(self) -> tuple[Contact, ...]:
        """The client's calls and visits that the coach took."""
        return tuple(contact for contact in self.contacts if contact.is_taken_call)

    @cached_property
    def replies(self) -> tuple[Contact, ...]:
        """The coach's contacts with the client that say that they answer something, in order of time."""
        return tuple(contact for contact in self.by_coach if contact.reply_to)

    @cached_property
    def _first_replies(self) -> dict[int, Contact]:
        """Each client's contact with the first reply to it.

        A reply answers the contacts that it names, and every earlier open one of the client on its medium.
        """
        first: dict[int, Contact] = {}
        replies = set(map(id, self.replies))
        waiting: dict[str, list[Contact]] = {}
        for contact in self.contacts:
            on_medium = waiting.setdefault(contact.via, [])
            if contact.by_client:
                on_medium.append(contact)
            elif id(contact) in replies:
                earlier = [one for one in on_medium if one.at < contact.at]
                for answered in (*self.named(contact), *earlier):
                    if answered.by_client:
                        first.setdefault(id(answered), contact)
                del on_medium[: len(earlier)]
        return first

    @cached_property
    def _answered_first(self) -> dict[int, tuple[Contact, ...]]:
        answered: dict[int, tuple[Contact, ...]] = {}
        for contact in self.contacts:
            reply = self.first_reply(contact)
            if reply:
                answered[id(reply)] = (*answered.get(id(reply), ()), contact)
        return answered

    def first_reply(self, contact: Contact) -> Contact | None:
        """Give the coach's first reply to a contact of the client."""
        return self._first_replies.get(id(contact))

    def answered_first_by(self, reply: Contact) -> tuple[Contact, ...]:
        """Give the client's contacts to which a reply was the first answer, in order of time."""
        return self._answered_first.get(id(reply), ())

    @cached_property
    def first_replies(self) -> tuple[Contact, ...]:
        """The replies that were the first to a contact that they name; a later message of a reply is not another."""
        return tuple(
            reply
            for reply in self.replies
            if any(self.first_reply(answered) is reply for answered in self.named(reply))
        )

    @cached_property
    def _first_naming(self) -> dict[int, Contact]:
        """Each contact with the first of the coach's that names it as answered, to whomever that went."""
        first: dict[int, Contact] = {}
        for contact in self.contacts:
            for answered in self.named(contact) if contact.by_coach else ():
                first.setdefault(id(answered), contact)
        return first

    def reply_to_anybody(self, contact: Contact) -> Contact | None:
        """Give the coach's first answer to a contact of the client or of somebody else, to whomever it went."""
        answers = [self.first_reply(contact), self._first_naming.get(id(contact))]
        return min((one for one in answers if one), key=lambda one: one.at, default=None)

    def hours_on(self, contact: Contact) -> tuple[ContactHours | None, Clause]:
        """Give the contact hours for a contact's day, and where they were agreed: the clause, else the practice."""
        terms = self.agreements.terms_on(contact.day)
        clause = terms.contact_clause if terms else None
        if terms and clause and clause.hours:
            return self.practice.contact_hours(clause.hours), terms.clause("between_sessions", "hours")
        return self.practice.contact_hours(None), Clause(self.practice, ("office_hours",))

    def _hours_of(self, contact: Contact) -> ContactHours | None:
        return self.practice.hours_under(self.agreements.terms_on(contact.day))

    def response_time(self, contact: Contact) -> ResponseTime | None:
        """Give the response time of a contact's medium by the terms on its day; None where none is promised."""
        terms, promised = self.agreements.terms_on(contact.day), self._promised(contact)
        if terms is None or promised is None:
            return None
        return ResponseTime(promised, terms.clause("between_sessions", "via", contact.via))

    def _promised(self, contact: Contact) -> Duration | None:
        terms = self.agreements.terms_on(contact.day)
        clause = terms.contact_clause if terms else None
        return clause.via.get(contact.via) if clause else None

    def is_soon(self, asked: Contact, reply: Contact) -> bool:
        """Tell whether a reply came within the hours promised, read as plain elapsed time.

        Then it is in time whatever the contact hours are, which only ever give longer: no calendar is needed.
        """
        promised = self._promised(asked)
        return promised is not None and reply.at - asked.at <= timedelta(minutes=promised.minutes)

    def deadline(self, contact: Contact) -> Deadline | None:
        """Give the moment by which a contact of the client is to be answered; None where no time is promised."""
        response = self.response_time(contact)
        if response is None:
            return None
        hours = self._hours_of(contact)
        due = hours.deadline(contact.at, response.promised) if hours else contact.at.plus(response.promised)
        return Deadline(due, *response) if due else None

    def is_out_of_hours(self, contact: Contact, tolerance: timedelta) -> bool:
        """Tell whether the coach was in contact more than a tolerance away from the contact hours.

        In an absence there is no tolerance. A crisis, the logistics of a session within a day of it or of one that
        the absence itself calls off, and what lies near a session may come at any hour.
        """
        hours = self._hours_of(contact)
        if hours is None or self._may_come_at_any_hour(contact):
            return False
        if self.practice.absent(contact.day):
            return True
        distance = hours.distance(contact.at)
        return distance is None or distance > tolerance

    def is_while_closed(self, contact: Contact) -> bool:
        """Tell whether a contact began outside the contact hours, or in an absence; nothing is excepted."""
        hours = self._hours_of(contact)
        return hours is not None and not hours.is_open(contact.at)

    def _may_come_at_any_hour(self, contact: Contact) -> bool:
        if contact.for_ == "crisis" or self.is_near_session(contact):
            return True
        session = self.attendance.named(contact.session)
        return contact.for_ == "logistics" and (
            self.attendance.within_a_day_of_session(contact.at, session) or self._calls_off(contact, session)
        )

    def _calls_off(self, contact: Contact, session: Session | None) -> bool:
        """Tell whether a contact is about a session on a day of the absence in which it is made: somebody fell ill."""
        absence = self.practice.absent(contact.day)
        return absence is not None and any(
            absence.covers(start.day)
            for one in ((session,) if session else self.attendance.sessions)
            for start in (one.at, *(move.from_ for move in one.moved if move.from_))
        )

    def belongs_to(self, contact: Contact) -> FollowUp | Action | None:
        """Give the contracted follow-up, else the action, that a contact names as its `follow_up`."""
        if contact.follow_up is None:
            return None
        contracted = self.agreements.follow_up(contact.follow_up, contact.day)
        return contracted or next((action for action in self.actions if action.id == contact.follow_up), None)

    def belongs_to_follow_up(self, contact: Contact) -> bool:
        """Tell whether a contact belongs to a contracted follow-up, or to an action that has one."""
        followed = self.belongs_to(contact)
        return isinstance(followed, FollowUp) or (isinstance(followed, Action) and followed.follow_up is not None)

    def keeps_promise(self, contact: Contact) -> bool:
        """Tell whether a contact keeps a promise that the coach made."""
        followed = self.belongs_to(contact)
        return isinstance(followed, Action) and followed.is_promise

    def follow_up_medium(self, contact: Contact) -> str | None:
        """Give the medium that the follow-up names to which a contact belongs; None where it names none."""
        followed = self.belongs_to(contact)
        agreed = followed.follow_up if isinstance(followed, Action) else followed
        return agreed.via if agreed else None

    def is_outreach(self, contact: Contact) -> bool:
        """Tell whether the coach reached out with it: nothing had asked for it, and it was no matter of business."""
        asked_for = contact.reply_to or self.belongs_to_follow_up(contact)
        return not asked_for and contact.for_ not in BUSINESS and not self.is_near_session(contact)

    @cached_property
    def _near_sessions(self) -> frozenset[int]:
        return frozenset(id(contact) for contact in self.contacts if self.attendance.is_near(contact.at))

    def is_near_session(self, contact: Contact) -> bool:
        """Tell whether a contact lies near a session: "two minutes late", "I can't hear you"."""
        return id(contact) in self._near_sessions

    def is_beside_the_coaching(self, contact: Contact) -> bool:
        """Tell whether a contact is for logistics, redirect or crisis, or lies near a session."""
        return contact.for_ in BESIDE_THE_COACHING or self.is_near_session(contact)

    def waits_for_answer(self, contact: Contact) -> bool:
        """Tell whether the client waits for an answer: it wants one, and no session gave it on the spot.

        What comes in the quarter of an hour before a session that was held, or while it lasts, is said in it.
        """
        met = self.is_near_session(contact) and self.attendance.meets(contact.at)
        return contact.wants_answer and not met

    def waiting_at(self, moment: Instant) -> tuple[Contact, ...]:
        """Give the client's contacts that came by a moment and that nobody has answered yet, the oldest first."""
        waiting = (one for one in self.contacts if one.at <= moment and self.waits_for_answer(one))
        return tuple(one for one in waiting if not self.reply_to_anybody(one))

    @cached_property
    def started_by_client(self) -> tuple[Contact, ...]:
        """What the client started, as it is counted: no replies, follow-ups, forms, updates or logistics."""
        return tuple(
            contact
            for contact in self.contacts
            if contact.by_client
            and not contact.reply_to
            and contact.follow_up is None
            and contact.for_ not in {"prep", "update"}
            and not self.is_beside_the_coaching(contact)
        )

    def started_between(self, start: Instant, end: Instant | None = None) -> tuple[Contact, ...]:
        """Give what the client started after one moment and before another; without an end, ever since."""
        return tuple(one for one in self.started_by_client if start < one.at and (end is None or one.at < end))
