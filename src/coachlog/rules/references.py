"""What names what: every field of a journal that holds the id of another record, and where that record stands."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.care import Concern, Disclosure, LeaderUpdate, Referral
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Amendment, Contract, Goal, Terms
from coachlog.model.record import Entry, Record
from coachlog.model.session import Session


class Named(NamedTuple):
    """What an id can name: how it is called, the ids that there are, and the gaps in which one more may stand."""

    noun: str
    ids: Callable[[ClientFile], Iterator[str | None]]
    may_stand_in: frozenset[str]

    def on_file(self, file: ClientFile) -> frozenset[str | None] | None:
        """Give the ids that there are; None where one more may stand in what could not be read."""
        return None if self.may_stand_in & file.gaps else frozenset(self.ids(file))


class Reference(NamedTuple):
    """A field that names a record: of which kind of record, under which name, and the way to it."""

    kind: type[Record]
    field: str
    path: tuple[str, ...]
    named: Named

    def names(self, record: Record) -> tuple[str, ...]:
        """Give the ids that the field holds; none where it is not written."""
        value: object = record
        for step in self.path:
            value = getattr(value, step, None)
        if not value:
            return ()
        found = value if isinstance(value, tuple) else (value,)
        return tuple(str(name) for name in found if name)


def _ids(entries: tuple[Entry, ...]) -> Iterator[str | None]:
    return (entry.id for entry in entries)


def _terms(file: ClientFile) -> Iterator[Terms]:
    """Walk over all that was ever agreed: the contracts, and what their amendments set."""
    for contract in file.contracts:
        yield contract
        yield from (amendment.set for amendment in contract.amendments)


def _goals(file: ClientFile) -> Iterator[str | None]:
    return (goal.id for terms in _terms(file) for goal in terms.goals)


def _followed_up(file: ClientFile) -> Iterator[str | None]:
    yield from (follow_up.id for terms in _terms(file) for follow_up in terms.follow_up)
    yield from _ids(file.actions)


def _sponsors(file: ClientFile) -> Iterator[str | None]:
    """Give the ids of the sponsors; a sponsor without one can be named by nothing but the name."""
    return (sponsor.id or sponsor.name for sponsor in file.client.sponsors)


SESSION = Named("session", lambda file: _ids(file.sessions), frozenset({"sessions"}))
CONTRACT = Named("contract", lambda file: _ids(file.contracts), frozenset({"contract"}))
GOAL = Named("goal", _goals, frozenset({"contract", "contract.goals"}))
FOLLOWED_UP = Named("follow-up or action", _followed_up, frozenset({"contract", "contract.follow_up", "actions"}))
CONTACT = Named("contact", lambda file: _ids(file.contacts), frozenset({"contacts"}))
CONSENT = Named("consent", lambda file: _ids(file.care.consents), frozenset({"care", "care.consents"}))
CONCERN = Named("concern", lambda file: _ids(file.care.concerns), frozenset({"care", "care.concerns"}))
SUPERVISION = Named("supervision", lambda file: _ids(file.supervision), frozenset({"supervision"}))
SPONSOR = Named("sponsor", _sponsors, frozenset({"client", "client.sponsors"}))

REFERENCES: tuple[Reference, ...] = (
    Reference(Contract, "renews", ("renews",), CONTRACT),
    Reference(Contract, "ended.supervision", ("ended", "supervision"), SUPERVISION),
    Reference(Contract, "sharing.with", ("sharing", "with_"), SPONSOR),
    Reference(Amendment, "sharing.with", ("set", "sharing", "with_"), SPONSOR),
    Reference(Goal, "replaces", ("replaces",), GOAL),
    Reference(Session, "goal", ("goal",), GOAL),
    Reference(Session, "contract", ("contract",), CONTRACT),
    Reference(Session, "rebooked", ("cancelled", "rebooked"), SESSION),
    Reference(Action, "session", ("session",), SESSION),
    Reference(Action, "goal", ("goal",), GOAL),
    Reference(Action, "reviewed", ("reviewed",), SESSION),
    Reference(Action, "carried", ("carried",), SESSION),
    Reference(Contact, "reply_to", ("reply_to",), CONTACT),
    Reference(Contact, "follow_up", ("follow_up",), FOLLOWED_UP),
    Reference(Contact, "session", ("session",), SESSION),
    Reference(Disclosure, "consent", ("consent",), CONSENT),
    Reference(Concern, "consulted", ("consulted",), SUPERVISION),
    Reference(Referral, "concern", ("concern",), CONCERN),
    Reference(Referral, "consent", ("consent",), CONSENT),
    Reference(LeaderUpdate, "to", ("to",), SPONSOR),
    Reference(LeaderUpdate, "goal_change", ("goal_change",), GOAL),
)
"""The references inside a client's files, in the order of rules.md; a topic of supervision names a client instead."""


@cache
def references_of(kind: type[Record]) -> tuple[Reference, ...]:
    """Give the references that a kind of record can hold."""
    return tuple(reference for reference in REFERENCES if issubclass(kind, reference.kind))


class Dangling(NamedTuple):
    """A field of a record that names what is not there: the record, the field's reference, and the ids."""

    record: Record
    reference: Reference
    names: tuple[str, ...]


def dangling_in(file: ClientFile) -> Iterator[Dangling]:
    """Find what dangles in a client's files, record by record; the ids that there are are gathered once."""
    on_file = {reference.named.noun: reference.named.on_file(file) for reference in REFERENCES}
    for record in file.records():
        for reference in references_of(type(record)):
            known = on_file[reference.named.noun]
            names = reference.names(record) if known is not None else ()
            missing = tuple(name for name in names if known is not None and name not in known)
            if missing:
                yield Dangling(record, reference, missing)
