"""All that is kept of one client, and the questions that concern more than one of its parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from coachlog.model.action import Action
from coachlog.model.agreements import Agreements
from coachlog.model.attendance import Attendance
from coachlog.model.care import Concern, Consent, Disclosure, Feedback, LeaderUpdate, Referral
from coachlog.model.client import Client
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.model.correspondence import Correspondence
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.record import Entry, Record
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision


@dataclass(frozen=True)
class Care:
    """What the duty of care asks a coach to keep."""

    consents: tuple[Consent, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    concerns: tuple[Concern, ...] = ()
    referrals: tuple[Referral, ...] = ()
    leader_updates: tuple[LeaderUpdate, ...] = ()
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True)
class Premature:
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
    def correspondence(self) -> Correspondence:
        """The contacts, as questions."""
        return Correspondence(self.contacts, self.agreements, self.attendance, self.actions, self.practice)

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

    def same_person(self, one: str, other: str) -> bool:
        """Tell whether two mentions mean one person: an id stands for its name, and case does not matter."""
        return bool(self._names(one) & self._names(other))

    def _names(self, mention: str) -> set[str]:
        known = {sponsor.id: sponsor.name for sponsor in reversed(self.client.sponsors)}
        known |= {person.id: person.name for person in reversed(self.practice.directory)}
        name = known.get(mention)
        return {mention.casefold(), *([name.casefold()] if name else [])}
