"""One record with all its fields in plain words: what stands in the file, and what follows from it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Terms
from coachlog.model.instant import Instant
from coachlog.model.record import Entry, Record, Waiver
from coachlog.model.session import Session
from coachlog.model.when import BesideSession
from coachlog.model.words import day_words, listed, moment_words, value_words
from coachlog.views.agreed_words import agreed_words
from coachlog.views.fields import PRIVATE, WAIVERS
from coachlog.views.masking import HIDDEN
from coachlog.views.unsaid import without_words
from coachlog.views.verdict import ShownFinding

_NOT_TOLD = frozenset({"id", PRIVATE})


class Fact(NamedTuple):
    """A field by its name in the file, and what it says: each record or line of it by itself."""

    name: str
    words: tuple[str, ...]


class Link(NamedTuple):
    """Another record that this one names, or that names this one: in which field, whose it is, and what it is.

    `client` is None for a record of the practice. `words` are the program's, `text` is what was said in it.
    """

    field: str
    client: str | None
    noun: str
    record: str
    words: str
    text: str


class RecordPage(NamedTuple):
    """Everything about one record; `client` is None for one of the practice, `name` is what its owner is called."""

    noun: str
    record: str
    client: str | None
    name: str
    file: str
    line: int
    facts: tuple[Fact, ...]
    names: tuple[Link, ...]
    named_by: tuple[Link, ...]
    findings: tuple[ShownFinding, ...]


def facts_of(record: Record) -> Iterator[Fact]:
    """Give every field that is written, in the order of the format, but what is private."""
    fields = type(record).model_fields
    for name in (*(one for one in fields if one != WAIVERS), *(one for one in fields if one == WAIVERS)):
        words = () if name in _NOT_TOLD else tuple(_field_words(record, name))
        if words:
            yield Fact((fields[name].alias or name).replace("_", " "), words)


def masked_facts(record: Record) -> Iterator[Fact]:
    """Give the same with a mask in place of every field that holds somebody's words, a name or money."""
    bare, fields = without_words(record), type(record).model_fields
    said = {
        (info.alias or name).replace("_", " ")
        for name, info in fields.items()
        if getattr(bare, name) != getattr(record, name)
    }
    return (one._replace(words=(HIDDEN,)) if one.name in said else one for one in facts_of(record))


def derived_facts(record: Record, file: ClientFile, now: Instant) -> Iterator[Fact]:
    """Say what follows from a session, a contact or a step and the rest of the client's file."""
    if isinstance(record, Session):
        yield from _of_session(record, file)
    elif isinstance(record, Contact):
        yield from _of_contact(record, file, now)
    elif isinstance(record, Action) and record.is_open and record.due and record.due < now.day:
        yield Fact("state", ("open, and overdue",))
    elif isinstance(record, Action) and record.is_open:
        yield Fact("state", ("open",))


def _of_session(session: Session, file: ClientFile) -> Iterator[Fact]:
    contract = file.attendance.contract_of(session)
    belongs = f"belongs to contract {contract.label}" if contract else "belongs to no contract"
    yield Fact("counted", (f"{'counts' if session.counted else 'does not count'}, {belongs}",))
    if session.length is None:
        yield Fact("planned", (str(file.attendance.planned_length(session)),))


def _of_contact(contact: Contact, file: ClientFile, now: Instant) -> Iterator[Fact]:
    letters = file.correspondence
    answer = letters.reply_to_anybody(contact)
    if answer:
        yield Fact("answered", (f"by {answer.label}, {moment_words(answer.at)}",))
    elif letters.waits_for_answer(contact) and contact.at <= now:
        due = letters.deadline(contact)
        yield Fact("answered", (f"not yet{f', due {moment_words(due.at)}' if due else ''}",))


def _field_words(record: Record, name: str) -> Iterator[str]:
    value = getattr(record, name)
    if isinstance(record, Terms) and name in Terms.model_fields:
        yield from agreed_words(record, name)
    elif isinstance(value, tuple) and any(map(_wants_a_line, value)) and not isinstance(value, BesideSession):
        yield from map(_said, value)
    elif value is not None and value not in ((), {}):
        yield from _said(value).splitlines()


def _wants_a_line(item: object) -> bool:
    """Tell whether an item of a list is a record or a sentence, and no single word."""
    return isinstance(item, Record) or " " in str(item)


def _said(value: object) -> str:
    """Say a value as a sentence does."""
    if isinstance(value, Waiver):
        return _waiver(value)
    if isinstance(value, Record):
        return _inner(value)
    if isinstance(value, BesideSession):
        return f"{value.span} {value.side} the session"
    if isinstance(value, tuple):
        return listed(list(map(_said, value))) if value else ""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(one)}".strip() for key, one in value.items())
    return "" if value is None else value_words(value)


def _inner(record: Record) -> str:
    """Say a record that lies in another one by its fields, its id in front."""
    named = f"{record.id}: " if isinstance(record, Entry) and record.id else ""
    return named + ", ".join(f"{name} {'; '.join(words)}" for name, words in facts_of(record))


def _waiver(waiver: Waiver) -> str:
    until = f", until {day_words(waiver.until)}" if waiver.until else ""
    noted = f" (noted {day_words(waiver.date)}{until})" if waiver.date else until
    return f"{waiver.rule}: {waiver.why or 'no reason given'}{noted}"
