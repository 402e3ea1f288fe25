"""All that is kept of one client, and the questions that concern more than one of its parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.agreements import Agreements
from coachlog.model.attendance import Attendance
from coachlog.model.cancelling import Cancelling
from coachlog.model.care import Concern, Consent, Disclosure, Feedback, LeaderUpdate, Referral
from coachlog.model.charges import Charges
from coachlog.model.client import Client, Sponsor
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.model.correspondence import Correspondence
from coachlog.model.follow_through import FollowThrough
from coachlog.model.follow_ups import FollowUps
from coachlog.model.instant import Instant
from coachlog.model.people import People
from coachlog.model.practice import Practice
from coachlog.model.record import Entry, Record
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision
from coachlog.model.updates import Updates


@dataclass(frozen=True)
class Care:
    """What the duty of care asks a coach to keep."""

    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    concerns: tuple[Concern, ...] = ()
    referrals: tuple[Referral, ...] = ()
    leader_updates: tuple[LeaderUpdate, ...] = ()
    feedback: tuple[Feedback, ...] = ()

    def referrals_for(self, concern: Concern) -> tuple[Referral, ...]:
        """Give the referrals that name a concern; where it is the only one decided so, those that name none, too."""
        named = next((one for one in self.concerns if one.id == concern.id), None) is concern and concern.id
        alone = [one for one in self.concerns if one.decision == "refer"]
        unnamed = len(alone) == 1 and alone[0] is concern
        return tuple(one for one in self.referrals if (one.concern == named if one.concern else unnamed))


CARE_LISTS: Mapping[str, type[Entry]] = {
    "consents": Consent,
    "disclosures": Disclosure,
    "concerns": Concern,
    "referrals": Referral,
    "leader_updates": LeaderUpdate,
    "feedback": Feedback,
}
"""The lists of care by their names, and the kind of record that each holds."""


class Premature(NamedTuple):
    """A record that claims to have happened after the instant of the check; it is left out of the other rules."""

    record: Record
    what: str
    when: date | Instant


@dataclass(frozen=True)
class ClientFile:
    """All that is kept of one client.

    `gaps` names what could not be read: a file (`contacts`), one of its lists (`care.consents`), or a list inside
    a record (`contract.payments`). A rule that would miss what stood there is silent.
    """

    code: str
    practice: Practice
    client: Client
    contracts: tuple[Contract, ...] = ()
    sessions: tuple[Session, ...] = ()
    actions: tuple[Action, ...] = ()
    contacts: tuple[Contact, ...] = ()
    care: Care = field(default_factory=Care)
    supervision: tuple[Supervision, ...] = ()
    gaps: frozenset[str] = frozenset()
    premature: tuple[Premature, ...] = ()

    @cached_property
    def agreements(self) -> Agreements:
        """The contracts, as questions."""
        return Agreements(self.contracts)

    @cached_property
    def attendance(self) -> Attendance:
        """The sessions, as questions."""
        return Attendance(self.sessions, self.agreements)

    @cached_property
    def cancelling(self) -> Cancelling:
        """What was cancelled, missed and moved, as questions."""
        return Cancelling(self.attendance, self.practice)

    @cached_property
    def correspondence(self) -> Correspondence:
        """The contacts, as questions."""
        return Correspondence(self.contacts, self.agreements, self.attendance, self.actions, self.practice)

    @cached_property
    def follow_through(self) -> FollowThrough:
        """The steps and promises, as questions."""
        return FollowThrough(self.actions, self.attendance)

    @cached_property
    def follow_ups(self) -> FollowUps:
        """What is contracted to be sent, as questions."""
        return FollowUps(self.agreements, self.attendance, self.contacts, self.practice)

    @cached_property
    def updates(self) -> Updates:
        """The updates on the steps, and the nudges, as questions."""
        return Updates(self.correspondence)

    @cached_property
    def charges(self) -> Charges:
        """What the client owes, as questions."""
        return Charges(self.agreements, self.attendance, self.contacts, self.practice)

    @cached_property
    def people(self) -> People:
        """The people whom the file may mention, as questions."""
        return People(self.client.sponsors, self.practice.directory)

    @property
    def lists(self) -> tuple[tuple[Entry, ...], ...]:
        """The lists of the client's files, in the order in which findings are told; a nested one lies in its record."""
        return (self.contracts, self.sessions, self.actions, self.contacts, *vars(self.care).values())

    def records(self) -> tuple[Record, ...]:
        """Give every record that is kept of the client, nested ones too."""
        return self._records

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        outer = (self.client, *(record for listing in self.lists for record in listing))
        return tuple(inner for record in outer for inner in record.within())

    @property
    def record_count(self) -> int:
        """How many records are kept of the client, nested ones not counted."""
        return sum(map(len, self.lists))

    def discussed_since(self, day: date) -> bool:
        """Tell whether a pattern was talked about on or after a day.

        A pause with `discussed` says so, a concern of kind engagement with `raised`, or a review session held.
        """
        pauses = (pause.discussed for contract in self.contracts for pause in contract.pauses)
        concerns = (concern.raised for concern in self.care.concerns if concern.kind == "engagement")
        reviews = (session.day for session in self.sessions if session.is_held and session.kind == "review")
        return any(talked and talked >= day for talked in (*pauses, *concerns, *reviews))

    def supervised_between(self, first: date, last: date) -> bool:
        """Tell whether the client, or one of their concerns, was brought to supervision from one day to another.

        Where concerns can't be read, a topic that names one and no client may be on this one.
        """
        lately = (entry for entry in self.supervision if first <= entry.date <= last)
        topics = [topic for entry in lately for topic in entry.topics]
        concerns = {topic.concern for topic in topics if topic.concern and not topic.client}
        unread = bool(self.gaps & {"care", "care.concerns"})
        own = bool(concerns) if unread else any(concern.id in concerns for concern in self.care.concerns)
        return own or any(topic.client == self.code for topic in topics)

    def valid_consents(self, purposes: Sequence[str], person: str, day: date) -> Iterator[Consent]:
        """Give the consents that are valid on a day, for one of the purposes (none named: any), to one person."""
        return (
            consent
            for consent in self.care.consents
            if (not purposes or consent.for_ in purposes)
            and consent.valid_on(day)
            and self.same_person(consent.to, person)
        )

    def valid_consent(
        self, purposes: Sequence[str], person: str, day: date, what: Sequence[str] = ()
    ) -> Consent | None:
        """Give a consent that is valid on a day, for one of the purposes, to one person, and covers what is passed on.

        No purpose named means any; where nothing is said of what is passed on, any scope will do.
        """
        valid = self.valid_consents(purposes, person, day)
        return next((consent for consent in valid if consent.covers(what)), None)

    def sponsors_in(self, session: Session) -> tuple[Sponsor, ...]:
        """Give the sponsors who took part in a session, whether it names them by id or by name."""
        return tuple(
            sponsor
            for sponsor in self.client.sponsors
            for called in [sponsor.id or sponsor.name]
            if called and any(self.same_person(called, present) for present in session.with_)
        )

    def same_person(self, one: str, other: str) -> bool:
        """Tell whether two mentions mean one person: an id stands for its name, and case does not matter."""
        return self.people.same(one, other)
