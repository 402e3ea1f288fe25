"""What a record names, and what names it: the session a step was committed to in, the contact that one answers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.care import Concern, Consent, Disclosure, Referral
from coachlog.model.client import Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract, FollowUp, Goal
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.practice import Colleague
from coachlog.model.record import Entry, Record
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision
from coachlog.model.words import day_words, moment_words
from coachlog.rules.references import (
    CONCERN,
    CONSENT,
    CONTACT,
    CONTRACT,
    FOLLOWED_UP,
    GOAL,
    SESSION,
    SPONSOR,
    SUPERVISION,
    Named,
    references_of,
)
from coachlog.views.record_page import Link
from coachlog.views.timeline import events_of, noun_of

_KINDS: Mapping[Named, tuple[type[Entry], ...]] = {
    CONCERN: (Concern,),
    CONSENT: (Consent,),
    CONTACT: (Contact,),
    CONTRACT: (Contract,),
    FOLLOWED_UP: (FollowUp, Action),
    GOAL: (Goal,),
    SESSION: (Session,),
    SPONSOR: (Sponsor,),
    SUPERVISION: (Supervision,),
}
"""What each kind of reference can name."""
_PEOPLE = (Sponsor, Colleague)
_ADDRESSED = (Contact, Consent, Disclosure, Referral)


class Held(NamedTuple):
    """A record, and whose it is; None for the practice's own."""

    file: ClientFile | None
    record: Entry

    @property
    def code(self) -> str | None:
        """The code of the client whose it is."""
        return self.file.code if self.file else None


class _Mention(NamedTuple):
    """An id in a field, and the kinds of record that it can stand for."""

    field: str
    id: str
    kinds: tuple[type[Entry], ...]
    client: str | None = None


def held_by(file: ClientFile) -> list[Held]:
    """Give every record of a client that can be called by an id or a place, nested ones too."""
    return [Held(file, one) for one in file.records() if isinstance(one, Entry)]


def held_by_practice(journal: Journal) -> list[Held]:
    """Give the absences, the directory and the supervision."""
    own = (*journal.practice.absences, *journal.practice.directory, *journal.supervision)
    return [Held(None, one) for one in own]


def names_of(held: Held, journal: Journal, now: Instant) -> tuple[Link, ...]:
    """Give what a record names, in the order of its fields."""
    everything = list(_everything(journal))
    return tuple(
        _link(mention.field, target, now)
        for mention in _mentions(held.record)
        for target in _meant(mention, held, everything)
    )


def named_by(held: Held, journal: Journal, now: Instant) -> tuple[Link, ...]:
    """Give what names a record, in the order of the files."""
    everything = list(_everything(journal))
    return tuple(
        _link(mention.field, other, now)
        for other in everything
        for mention in _mentions(other.record)
        if _may_name(mention, other, held)
        and any(one.record is held.record for one in _meant(mention, other, everything))
    )


def _everything(journal: Journal) -> Iterator[Held]:
    for file in journal.clients:
        yield from held_by(file)
    yield from held_by_practice(journal)


def _mentions(record: Record) -> Iterator[_Mention]:
    for reference in references_of(type(record)):
        yield from (_Mention(reference.field, name, _KINDS[reference.named]) for name in reference.names(record))
    if isinstance(record, _ADDRESSED) and isinstance(record.to, str):
        yield _Mention("to", record.to, _PEOPLE)
    if isinstance(record, Session):
        yield from (_Mention("with", name, _PEOPLE) for name in record.with_)
    if isinstance(record, Supervision):
        concerns = [topic for topic in record.topics if topic.concern]
        yield from (_Mention("topics", str(one.concern), (Concern,), one.client) for one in concerns)


def _may_name(mention: _Mention, other: Held, held: Held) -> bool:
    """Look at a mention closer only where its kind, its name and its owner fit."""
    is_near = other.file is held.file or other.file is None or held.file is None
    return is_near and isinstance(held.record, mention.kinds) and _is_called(held.record, mention.id)


def _meant(mention: _Mention, holder: Held, everything: Iterable[Held]) -> list[Held]:
    """Find the record that a mention means: of several with its id the first; an id of another client is none."""
    whose = {holder.code, None} if holder.file else {mention.client} if mention.client else None
    fitting = (
        one for one in everything if isinstance(one.record, mention.kinds) and _is_called(one.record, mention.id)
    )
    return next(([one] for one in fitting if whose is None or one.code in whose), [])


def _is_called(record: Entry, name: str) -> bool:
    if isinstance(record, _PEOPLE):
        return name.casefold() in {one.casefold() for one in (record.id, record.name) if one}
    return record.id == name


def _link(field: str, target: Held, now: Instant) -> Link:
    record = target.record
    when, text = _gist(target, now)
    return Link(field, target.code, noun_of(record), record.label or "", when, text)


def _gist(held: Held, now: Instant) -> tuple[str, str]:
    """Say when it was, and what was said."""
    record = held.record
    if isinstance(record, _PEOPLE):
        return "", record.name or ""
    if isinstance(record, Goal):
        return "", record.text
    if isinstance(record, FollowUp):
        return record.kind, ""
    if isinstance(record, Supervision):
        return day_words(record.date), ""
    first = next(events_of(record, held.file, now), None) if held.file else None
    if first is None:
        return "", ""
    return (moment_words(first.at) if first.at else day_words(first.day) if first.day else ""), first.text
