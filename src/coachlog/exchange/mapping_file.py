"""The mapping of a table: which column is which field, how days are written, and which client a row belongs to."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, NamedTuple, cast
from zoneinfo import ZoneInfo

from coachlog.errors import WrongCall
from coachlog.model.fields import Expected
from coachlog.model.practice import read_zone
from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Node, Scalar, Unreadable, is_empty
from coachlog.store.nodes import Sequence as ListNode

What = Literal["sessions", "contacts"]
By = Literal["name", "email", "code"]

SESSION_FIELDS = (
    *("at", "end", "status", "kind", "length", "minutes", "cut", "booked", "via", "late", "topic", "goal", "outcome"),
    *("importance", "prepared", "engaged", "progress", "energy", "notes", "private", "pro_bono", "counts", "contract"),
    *("cancelled.at", "cancelled.by", "cancelled.reason", "cancelled.told", "cancelled.via", "cancelled.charge"),
    *("cancelled.note", "prep.sent", "prep.received", "prep.since", "prep.well", "prep.want"),
)
CONTACT_FIELDS = ("at", "from", "via", "to", "for", "about", "minutes", "answer", "charged", "uncharged")
FIELDS: Mapping[What, Sequence[str]] = {"sessions": SESSION_FIELDS, "contacts": CONTACT_FIELDS}
"""The fields that a column may fill, in the order in which they are written.

`end` is none of the journal's: with `at` it says how long a session took.
"""
NEEDED: Mapping[What, Sequence[str]] = {"sessions": ("at",), "contacts": ("at", "from", "via")}
MOMENTS = frozenset({"at", "end", "booked", "cancelled.at", "cancelled.told", "prep.sent", "prep.received"})
_KEYS = ("what", "client", "fields", "key", "dates", "zone", "skip", "encoding", "delimiter")
_COLUMN_KEYS = ("column", "columns", "values", "otherwise", "always", "unit")
_CLIENT_KEYS = (*_COLUMN_KEYS, "by")
_LETTERS = frozenset("YymdbBaAHIMSpz")
"""What days and times are made of, by the letters of strptime, with or without its %."""
_PARTS = {"the day": "d", "the month": "mbB", "the year": "Yy", "the hour": "HI", "the minute": "M"}
"""What a moment can't do without, and the letters of each; `c` and its like, which mean all of it, are none."""
ISO = "iso"
TO_FILL_IN = "fill-in"
"""What stands in a first mapping where only the coach knows."""
DELIMITERS = {"tab": "\t", "comma": ",", "semicolon": ";"}


class Column(NamedTuple):
    """Where a field comes from: columns, joined by a blank; a table of values; or always the same."""

    line: int
    names: tuple[str, ...] = ()
    values: Mapping[str, str] | None = None
    otherwise: str | None = None
    always: str = ""
    unit: str = ""


@dataclass(frozen=True)
class TableMap:
    """A mapping as it is written."""

    name: str
    what: What
    fields: Mapping[str, Column]
    client: Column | None = None
    by: By = "name"
    key: Column | None = None
    dates: tuple[str, ...] = (ISO,)
    zone: ZoneInfo | None = None
    skip: Mapping[str, frozenset[str]] = field(default_factory=dict)
    skip_lines: Mapping[str, int] = field(default_factory=dict)
    encoding: str = ""
    delimiter: str = ""

    @property
    def columns(self) -> dict[str, int]:
        """The columns that it names, each with the line of the mapping."""
        parts = [*self.fields.values(), *filter(None, (self.client, self.key))]
        return {**self.skip_lines, **{name: one.line for one in parts for name in one.names}}


class BadMapping(WrongCall):
    """A mapping says something that can't be meant (exit 2)."""

    def __init__(self, name: str, line: int, what: str, remedy: str) -> None:
        """Name the file and the line."""
        super().__init__(f"{name}:{line}: {what}.", remedy)


def read_mapping(path: Path, what: What | None = None) -> TableMap:
    """Read a mapping for sessions or contacts; what it says itself must be what is asked for. Raises BadMapping."""
    return _Reading(str(path)).whole(_root(path), what)


def refuse_missing(mapping: TableMap, head: Sequence[str], table: str) -> None:
    """Refuse a mapping that names a column which the table lacks, or has twice. Raises BadMapping."""
    for name, line in sorted(mapping.columns.items(), key=lambda one: one[1]):
        if name not in head:
            raise BadMapping(mapping.name, line, f"`{name}` is no column of {table}", _nearest(name, head))
        if head.count(name) > 1:
            what = f"`{name}` heads two columns of {table}"
            raise BadMapping(mapping.name, line, what, "Give one of them another name in the table.")


def _root(path: Path) -> MappingNode:
    try:
        root = compose(read_bytes(path))
    except FileNotFoundError:
        what = f"{path} is not there."
        raise WrongCall(what, "`coachlog import csv FILE --write-map` writes a first one.") from None
    except Unreadable as refusal:
        fault = refusal.fault
        remedy = f"{fault.remedy[:1].upper()}{fault.remedy[1:]}."
        raise BadMapping(str(path), fault.line, fault.reason, remedy) from None
    except OSError as error:
        what = f"{path} can't be read ({os.strerror(error.errno or 0)})."
        raise WrongCall(what) from None
    if isinstance(root, MappingNode):
        return root
    what = "a mapping begins with keys, such as what: and fields:"
    raise BadMapping(str(path), 1, what, "`coachlog help import csv` names an example.")


class _Reading:
    """The reading of one mapping: every mistake is told with its line."""

    def __init__(self, name: str) -> None:
        self.name = name

    def whole(self, root: MappingNode, asked: What | None) -> TableMap:
        found = self._entries(root, _KEYS)
        what = self._what(found, asked)
        client, by = self._client(found)
        key, skip = found.get("key"), found.get("skip")
        return TableMap(
            name=self.name,
            what=what,
            fields=self._fields(root, found, what),
            client=client,
            by=by,
            key=self._column(*key) if key else None,
            dates=self._dates(found),
            zone=self._zone(found),
            skip={column: values for column, _, values in self._skipped(*skip)} if skip else {},
            skip_lines={column: line for column, line, _ in self._skipped(*skip)} if skip else {},
            encoding=self._plain(found, "encoding"),
            delimiter=self._delimiter(found),
        )

    def _entries(self, node: Node, known: Sequence[str]) -> dict[str, tuple[Scalar, Node]]:
        """Give keys with what stands behind them; one that is not known names the nearest."""
        if not isinstance(node, MappingNode):
            raise self._wrong(node, "keys with values are expected here", f"It may hold {', '.join(known)}.")
        for key, _ in node.entries:
            if key.text not in known:
                raise self._wrong(key, f"`{key.text}` is not known here", _nearest(key.text, known))
        return {key.text: (key, value) for key, value in node.entries if not is_empty(value)}

    def _what(self, found: Mapping[str, tuple[Scalar, Node]], asked: What | None) -> What:
        said = self._word(found, "what", tuple(FIELDS)) or asked or "sessions"
        if asked and said != asked:
            remedy = "Call `coachlog contact import` for contacts, and `coachlog import csv` for either."
            raise self._wrong(found["what"][0], f"this mapping is for {said}, and {asked} are asked for", remedy)
        return cast("What", said)

    def _client(self, found: Mapping[str, tuple[Scalar, Node]]) -> tuple[Column | None, By]:
        if "client" not in found:
            return None, "name"
        key, node = found["client"]
        inner = self._entries(node, _CLIENT_KEYS) if isinstance(node, MappingNode) else {}
        by = self._word(inner, "by", ("name", "email", "code")) or "name"
        return self._column(key, node, _CLIENT_KEYS), cast("By", by)

    def _fields(self, root: Node, found: Mapping[str, tuple[Scalar, Node]], what: What) -> dict[str, Column]:
        if "fields" not in found:
            raise self._wrong(root, "`fields` is missing", "It says which column is which field, such as at: Date.")
        fields = {key: self._column(*one) for key, one in self._entries(found["fields"][1], FIELDS[what]).items()}
        for needed in NEEDED[what]:
            if needed not in fields:
                remedy = f"Name its column, or say what it is in every row: {needed}: {{always: …}}."
                raise self._wrong(found["fields"][0], f"`fields` lacks `{needed}`", remedy)
        return fields

    def _column(self, key: Scalar, node: Node, known: Sequence[str] = _COLUMN_KEYS) -> Column:
        line = key.start.line + 1
        if not isinstance(node, MappingNode):
            return Column(line, self._names(node))
        found = self._entries(node, known)
        if sum(one in found for one in ("column", "columns", "always")) != 1:
            raise self._wrong(key, f"`{key.text}` wants a column", "Write its name, or {column: Name}, or {always: …}.")
        named = found.get("column") or found.get("columns")
        return Column(
            line,
            self._names(named[1]) if named else (),
            dict(self._values(found["values"][1])) if "values" in found else None,
            self._plain(found, "otherwise") if "otherwise" in found else None,
            self._plain(found, "always"),
            self._word(found, "unit", ("min", "h")),
        )

    def _names(self, node: Node) -> tuple[str, ...]:
        items = node.items if isinstance(node, ListNode) else (node,)
        return tuple(self._text(one) for one in items)

    def _values(self, node: Node) -> Iterator[tuple[str, str]]:
        if not isinstance(node, MappingNode):
            raise self._wrong(node, "`values` says what each value means", "Write {Completed: held}.")
        for key, value in node.entries:
            yield key.text.strip().casefold(), "" if is_empty(value) else self._text(value)

    def _skipped(self, key: Scalar, node: Node) -> Iterator[tuple[str, int, frozenset[str]]]:
        if not isinstance(node, MappingNode):
            raise self._wrong(
                key, "`skip` names columns, and the values whose rows are left out", "{Status: [Deleted]}"
            )
        for column, values in node.entries:
            names = () if is_empty(values) else self._names(values)
            yield column.text, column.start.line + 1, frozenset(one.casefold() for one in names) or frozenset({""})

    def _dates(self, found: Mapping[str, tuple[Scalar, Node]]) -> tuple[str, ...]:
        if "dates" not in found:
            return (ISO,)
        key, node = found["dates"]
        return tuple(one if one.lower() == ISO else self._form(key, one) for one in self._names(node))

    def _form(self, key: Scalar, written: str) -> str:
        """Turn d/m/Y into what Python reads; T parts a day from a time."""
        letters = frozenset(re.findall(r"%?([A-Za-z])", written))
        remedy = "Write d/m/Y H:M, m/d/Y I:M p, d b Y H:M (4 Mar 2026 15:00), or iso (2026-03-04 15:00)."
        if not letters <= _LETTERS | {"T"}:
            raise self._wrong(key, "`dates` is made of letters for the parts of a day", remedy)
        lacking = next((part for part, ones in _PARTS.items() if letters.isdisjoint(ones)), "")
        if lacking:
            raise self._wrong(key, f"`dates` lacks {lacking}, and it is not guessed", remedy)
        if ("p" in letters) != ("I" in letters):
            raise self._wrong(key, "`dates` has one of I (an hour of twelve) and p (am, pm) without the other", remedy)
        return re.sub(r"%?([YymdbBaAHIMSpz])", r"%\1", written)

    def _zone(self, found: Mapping[str, tuple[Scalar, Node]]) -> ZoneInfo | None:
        if "zone" not in found:
            return None
        key, node = found["zone"]
        try:
            return read_zone(self._text(node))
        except Expected:
            raise self._wrong(key, "`zone` is no time zone", "Write one such as Europe/London.") from None

    def _delimiter(self, found: Mapping[str, tuple[Scalar, Node]]) -> str:
        if "delimiter" not in found:
            return ""
        said = found["delimiter"][1].text if isinstance(found["delimiter"][1], Scalar) else ""
        said = DELIMITERS.get(said.strip() or said, said)
        if len(said) != 1:
            raise self._wrong(found["delimiter"][0], "`delimiter` is one character", 'Write ",", ";", "|" or tab.')
        return said

    def _word(self, found: Mapping[str, tuple[Scalar, Node]], key: str, words: Sequence[str]) -> str:
        said = self._plain(found, key)
        if said and said not in words:
            raise self._wrong(found[key][0], f"`{key}` is one of {', '.join(words)}", _nearest(said, words))
        return said

    def _plain(self, found: Mapping[str, tuple[Scalar, Node]], key: str) -> str:
        return self._text(found[key][1]) if key in found else ""

    def _text(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            raise self._wrong(node, "one word or name is expected here", "Put a text with a comma in double quotes.")
        if node.text == TO_FILL_IN:
            raise self._wrong(node, f"`{TO_FILL_IN}` still stands here", "Write what is meant, or cut the line.")
        return node.text.strip()

    def _wrong(self, node: Node, what: str, remedy: str) -> BadMapping:
        return BadMapping(self.name, node.start.line + 1, what, remedy)


def _nearest(name: str, known: Sequence[str]) -> str:
    lower = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), lower, n=1, cutoff=0.5)
    return f"Did you mean `{lower[near[0]]}`?" if near else f"There is {', '.join(known)}."
