"""From the rows of a table to sessions and contacts, each read as the journal itself would read it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from email.utils import parseaddr
from functools import cached_property
from typing import NamedTuple

from coachlog.exchange.arrived import OF_NO_CLIENT, THERE, Arrived, known_id, was_brought_in
from coachlog.exchange.mapping_file import FIELDS, ISO, MOMENTS, Column, TableMap
from coachlog.exchange.post import OUTSIDE, SAME_MOMENT, TWICE
from coachlog.exchange.table_file import Row, Table
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.duration import Duration
from coachlog.model.instant import FIRST_YEAR, LAST_YEAR, Instant
from coachlog.model.names import unaccented
from coachlog.model.record import Entry
from coachlog.model.session import Session
from coachlog.store import emit
from coachlog.store.compose import compose
from coachlog.store.emit import UnwritableCharacter, Value, Word
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Unreadable
from coachlog.store.records import Subject, read_record

SKIPPED = "left out by the mapping"
KINDS: Mapping[str, type[Entry]] = {"sessions": Session, "contacts": Contact}
TEXTS = frozenset(
    {"topic", "outcome", "importance", "notes", "private", "about", "to", "uncharged"}
    | {"cancelled.note", "prep.since", "prep.well", "prep.want"}
)
"""The fields that hold somebody's words; all others are fixed words, numbers and moments."""
SPANS = frozenset({"length", "late"})
WORDS = frozenset(
    {"status", "kind", "via", "from", "for", "answer", "cut", "pro_bono", "counts"}
    | {"cancelled.by", "cancelled.reason", "cancelled.via", "cancelled.charge"}
)
"""The fields that hold a fixed word: `No Show` is read as no-show."""
_HOURS = re.compile(r"(?<![a-z])(?:hours?|hrs?\.?|h)(?![a-z])")
_MINUTES = re.compile(r"(?<![a-z])(?:minutes?|mins?\.?|m)(?![a-z])")
"""How tables write the units of a time that something took."""
_VALUE_SAID = re.compile(r"(?<=`) is [^:]*(?=: )")
"""What stands in a row, in what the journal would say of it."""
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
_HAS_TIME = re.compile(r"%[HI]")
_MOST_NAMED = 10
_WHOLE_DAY = 10
"""Characters of an ISO day without a time."""


class BadRow(Exception):
    """A row can't be used; the message says why, without any word of it."""


class Span(NamedTuple):
    """From when until when rows are asked for."""

    since: Instant | None = None
    until: Instant | None = None

    def holds(self, at: Instant) -> bool:
        """Tell whether a moment lies in it."""
        return not ((self.since and at < self.since) or (self.until and at > self.until))


@dataclass
class Rows:
    """A table that is read with its mapping, for the clients of a journal."""

    files: Mapping[str, ClientFile]
    mapping: TableMap
    now: Instant
    client: str = ""
    span: Span = field(default_factory=Span)
    arrived: Arrived = field(default_factory=lambda: Arrived("row"))
    _made: Counter[str] = field(default_factory=Counter)
    _taken: set[tuple[str, str]] = field(default_factory=set)
    _by_hand: dict[str, list[Contact]] = field(default_factory=dict)
    _strangers: list[int] = field(default_factory=list)

    def sort(self, table: Table) -> Arrived:
        """Tell what of the table is new for each client."""
        for row in table.rows:
            self.arrived.read += 1
            try:
                why_not = self._put(row)
            except BadRow as fault:
                self.arrived.faults.append(f"{table.name}:{row.line}: {fault}.")
            else:
                self.arrived.others.update([why_not] if why_not else [])
        if self._strangers:
            self.arrived.remarks.append(_of_strangers(table.name, self._strangers))
        for code, records in self.arrived.new.items():
            records.sort(key=lambda one: str(one["at"]))
            self.arrived.moments[code].sort()
        return self.arrived

    def _put(self, row: Row) -> str:
        """Take a row in, or say why it is left out. Raises BadRow."""
        if row.fault:
            raise BadRow(row.fault)
        if self._is_skipped(row):
            return SKIPPED
        code = self._client(row)
        if not code:
            self._strangers.append(row.line)
            return OF_NO_CLIENT
        at = self._moment(row, "at")
        if at is None:
            what = "it has no day and time"
            raise BadRow(what)
        if not self.span.holds(at):
            return OUTSIDE
        said = self._said(row, at)
        id_ = self._id(row, code, said)
        if (code, id_) in self._taken:
            return TWICE
        self._taken.add((code, id_))
        record = {"id": Word(id_), **said}
        entry = self._read(record)
        if self._is_there(self.files[code], id_, entry, at):
            return THERE
        self.arrived.add(code, record, at)
        return ""

    def _is_skipped(self, row: Row) -> bool:
        return any(row.cells[name].casefold() in values for name, values in self.mapping.skip.items())

    def _client(self, row: Row) -> str:
        """Give the code of the client a row belongs to; nothing where the journal has no such client."""
        column = self.mapping.client
        if column is None:
            return self.client
        said = self._value(row, "client", column)
        if self.mapping.by == "email":
            said = parseaddr(said)[1] or said
        last, comma, first = said.partition(",")
        found = self._clients.get(_folded(said)) or self._clients.get(_folded(f"{first} {last}") if comma else "", ())
        if len(found) > 1:
            what = "several clients of the journal are called so"
            raise BadRow(what)
        code = next(iter(found), "")
        return code if not self.client or code == self.client else ""

    @cached_property
    def _clients(self) -> dict[str, tuple[str, ...]]:
        """Each client's code under all that the mapping may call them."""
        called: dict[str, set[str]] = {}
        for code, file in self.files.items():
            for name in (code, *self._names(file)):
                called.setdefault(_folded(name), set()).add(code)
        return {name: tuple(sorted(codes)) for name, codes in called.items() if name}

    def _names(self, file: ClientFile) -> Iterable[str]:
        if self.mapping.by == "email":
            return filter(None, (file.client.email, *file.client.addresses))
        return (file.client.name,) if self.mapping.by == "name" else ()

    def _said(self, row: Row, at: Instant) -> dict[str, Value]:
        """Give what a row says, as it stands in a record."""
        said: dict[str, Value] = {"at": Word(f"{at.wall:%Y-%m-%d %H:%M}")}
        for name, column in self.mapping.fields.items():
            if name in {"at", "end"}:
                continue
            value = self._written(row, name, column)
            if value:
                _nest(said, name, value)
        if self.mapping.what == "sessions":
            said.setdefault("status", Word("held" if at <= self.now else "booked"))
            self._measure(row, at, said)
            if said["status"] != "held" and "minutes" in said:
                said.setdefault("length", Word(f"{said.pop('minutes')} min"))
        order = dict.fromkeys(name.partition(".")[0] for name in FIELDS[self.mapping.what])
        return {key: said[key] for key in order if key in said}

    def _written(self, row: Row, name: str, column: Column) -> Value:
        if name in MOMENTS:
            moment = self._moment(row, name)
            return Word(f"{moment.wall:%Y-%m-%d %H:%M}") if moment else ""
        text = self._value(row, name, column)
        if not text or name in TEXTS:
            return text
        if name == "minutes" or name in SPANS:
            minutes = _minutes(text, column.unit)
            if minutes is None:
                what = f"`{name}` is no whole number of minutes, such as 60, 1:00 or 1 h (1.5 wants unit: h)"
                raise BadRow(what)
            return Word(str(minutes) if name == "minutes" else f"{minutes} min")
        return Word("-".join(text.lower().split()) if name in WORDS else text)

    def _measure(self, row: Row, at: Instant, said: dict[str, Value]) -> None:
        """Work out how long a session took from its end, where nothing else says so."""
        end = self._moment(row, "end") if "end" in self.mapping.fields else None
        if end is None or "minutes" in said or "length" in said:
            return
        minutes = int((end - at).total_seconds() // 60)
        if minutes < 0:
            what = "it ends before it begins"
            raise BadRow(what)
        said["minutes"] = Word(str(minutes))

    def _value(self, row: Row, name: str, column: Column) -> str:
        """Give what stands in the columns of a field, through its table of values."""
        text = column.always or " ".join(cell for one in column.names if (cell := row.cells[one]))
        if column.values is None or not (text or "" in column.values):
            return text
        meant = column.values.get(text.casefold(), column.otherwise)
        if meant is None:
            what = f"`{name}` is none of the values of the mapping ({self.mapping.name}:{column.line})"
            raise BadRow(what)
        return meant

    def _moment(self, row: Row, name: str) -> Instant | None:
        """Read a day and time as the mapping says that they are written; nothing where nothing stands."""
        column = self.mapping.fields[name]
        text = self._value(row, name, column)
        if not text:
            return None
        readings = {moment for form in self.mapping.dates if (moment := _read(text, form))}
        if len(readings) > 1:
            what = f"`{name}` is read differently by two of the ways that the mapping says days are written in"
            raise BadRow(what)
        found = next(iter(readings), None)
        if found is None or not FIRST_YEAR < found.year < LAST_YEAR:
            forms = ", ".join(one.replace("%", "") for one in self.mapping.dates)
            what = f"`{name}` is no day and time as the mapping says that they are written ({forms})"
            raise BadRow(what)
        aware = found if found.tzinfo else found.replace(tzinfo=self.mapping.zone or self.now.zone)
        return Instant(aware, self.now.zone)

    def _id(self, row: Row, code: str, said: Mapping[str, Value]) -> str:
        """Make the id from the key of the row, else from who and when, and its place among equal ones."""
        key = self._value(row, "key", self.mapping.key) if self.mapping.key else ""
        if key:
            return known_id(self.mapping.what, key)
        seed = "\n".join([self.mapping.what, code, *(str(said.get(one, "")) for one in ("at", "from", "via"))])
        if self.mapping.what == "contacts":
            self._made[seed] += 1
            seed = f"{seed}\n{self._made[seed]}"
        return known_id(seed)

    def _read(self, record: Mapping[str, Value]) -> Entry:
        """Read a record as the journal will. Raises BadRow with what the journal would say of it."""
        kind = KINDS[self.mapping.what]
        try:
            node = compose("\n".join([*emit.fields(record, emit.Habit()), ""]).encode())
        except (Unreadable, UnwritableCharacter):
            what = "it holds a character that no file of a journal may hold"
            raise BadRow(what) from None
        outcome = read_record(kind, node, Subject("", self.now.zone)) if isinstance(node, MappingNode) else None
        if outcome is None or outcome.problems or outcome.record is None:
            what = outcome.problems[0].message.rstrip(".") if outcome and outcome.problems else "it can't be read"
            raise BadRow(_VALUE_SAID.sub("", what))
        return outcome.record

    def _is_there(self, file: ClientFile, id_: str, entry: Entry, at: Instant) -> bool:
        """Tell whether a record is on file: by its id, or written by hand at that time."""
        entries: Iterable[Entry] = file.sessions if self.mapping.what == "sessions" else file.contacts
        if any(one.id == id_ for one in entries):
            return True
        if isinstance(entry, Contact):
            return self._was_logged(file, entry)
        return any(one.at.utc.replace(second=0) == at.utc.replace(second=0) for one in file.sessions)

    def _was_logged(self, file: ClientFile, contact: Contact) -> bool:
        """Tell whether a contact was logged by hand: each of those stands for one row alone."""
        if file.code not in self._by_hand:
            self._by_hand[file.code] = [one for one in file.contacts if not was_brought_in(one.id)]
        found = next((one for one in self._by_hand[file.code] if _is_alike(one, contact)), None)
        if found:
            self._by_hand[file.code].remove(found)
        return found is not None


def _of_strangers(table: str, lines: Sequence[int]) -> str:
    """Name the rows of nobody, so that a name that is written otherwise is found."""
    shown, more = lines[:_MOST_NAMED], len(lines) - _MOST_NAMED
    rest = f" and {more} more" if more > 0 else ""
    named = f"line{'s' if len(lines) > 1 else ''} {', '.join(map(str, shown))}{rest}"
    return f"{table}, {named}: no client of the journal is called so."


def _is_alike(one: Contact, other: Contact) -> bool:
    near = abs(one.at - other.at) <= SAME_MOMENT
    return near and one.from_ == other.from_ and one.via == other.via


def _nest(said: dict[str, Value], name: str, value: Value) -> None:
    """Put a value behind its key; `cancelled.by` is a key inside another one."""
    outer, _, inner = name.partition(".")
    if not inner:
        said[name] = value
        return
    held = said.get(outer)
    said[outer] = {**(held if isinstance(held, Mapping) else {}), inner: value}


def _folded(name: str) -> str:
    return " ".join(unaccented(name).split())


def _read(text: str, form: str) -> datetime | None:
    """Read a moment in one form; a day without a time is none."""
    try:
        if form == ISO:
            return datetime.fromisoformat(text) if len(text) > _WHOLE_DAY else None
        return datetime.strptime(text, form) if _HAS_TIME.search(form) else None  # noqa: DTZ007 — the zone comes after
    except ValueError:
        return None


def _minutes(text: str, unit: str) -> int | None:
    """Read how long something took: `60`, `1:30`, `1 h 30 min`; with the unit h also `1.5`."""
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2])
    spelled = _MINUTES.sub("min", _HOURS.sub("h", text.lower()))
    if found := Duration.parse(spelled):
        return found.total_minutes
    number, _, said = spelled.partition(" ")
    return _number(number, said or unit) if said in {"", "h", "min"} else None


def _number(text: str, unit: str) -> int | None:
    """Read a number of hours or minutes; a part of something without a unit is not guessed to be either."""
    try:
        number = Decimal(text.replace(",", ".")) * (60 if unit == "h" else 1)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or (not unit and number != int(number)):
        return None
    return round(number)
