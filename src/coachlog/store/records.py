"""From nodes to records: each field reads its own text, and what can't be read is named and left out.

An unknown key is left out alone. A wrong value leaves out the innermost record of a list that holds it; in a file
that is one record (coachlog.yaml, client.yaml) it leaves out its field.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Generic, NamedTuple, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from coachlog.model.fields import ID
from coachlog.model.problem import UNNAMED_KEY, Problem
from coachlog.model.record import Place, Record, nesting, records_in
from coachlog.store.limits import MAX_FAULTS
from coachlog.store.nodes import PRINTABLE_KEY, Mapping, Node, Scalar, Sequence, is_empty, place_of_first_key
from coachlog.store.origin import ReadFrom, as_place

AnyRecord = TypeVar("AnyRecord", bound=Record)
Plain = str | None | list["Plain"] | dict[str, "Plain"]

_WANTS_QUOTES = (
    "A key is not known here; if it belongs to a text with a comma or colon, put that text in double quotes."
)
_LONGEST_VALUE = 40
_UNITS = "min|minutes?|h|hours?|working|days?|weeks?|months?|years?|per|before|after|session|off"
_PART_OF_A_VALUE = rf"(?:\S*\d\S*|[A-Z]{{2,3}}|[MTWFS][a-z](?:-[MTWFS][a-z])?[,;]?|(?:{_UNITS})[,;]?)"
_LIKE_A_VALUE = re.compile(rf"\S*|{_PART_OF_A_VALUE}(?: {_PART_OF_A_VALUE})*")
"""One word, or numbers with units, days and currencies; anything else may be a sentence about the client."""
_MAY_BE_EMPTY = frozenset({"via"})
"""A medium of the contact clause may be written with nothing behind it."""
TOO_MANY_FAULTS = (
    f"More than {MAX_FAULTS} faults are too many to tell one by one: the rest is not read; "
    "compare it with an earlier version."
)
_NESTED = frozenset({"model_type", "model_attributes_type"})
"""What pydantic calls an item of a list that should have been a record."""
_LISTS = frozenset({"tuple_type", "list_type"})
_MAPPINGS = _NESTED | {"dict_type", "mapping_type"}
_KEY = "[key]"
"""What pydantic adds to the location of a key that is wrong itself."""
_NEAR_IN_CASE = 0.85
"""How near a key must be to a known one to be taken for it when it can't be printed: `Status`, `Follow-up`."""


class Subject(NamedTuple):
    """Whose record is read, and from which file: what every problem with it has in common."""

    file: str
    zone: ZoneInfo | None
    client: str | None = None


@dataclass
class Outcome(Generic[AnyRecord]):
    """A record, if enough of it could be read, and the problems with the rest.

    `gaps` names the lists inside the record that lost an item.
    """

    record: AnyRecord | None
    problems: list[Problem] = field(default_factory=list)
    gaps: set[str] = field(default_factory=set)
    _unnamed: set[tuple[str | None, str | None]] = field(default_factory=set)

    def tell(self, problem: Problem) -> None:
        """Take a problem in; of the keys of one record that can't be named, the first stands for all."""
        about = (problem.record, problem.subject)
        if (problem.subject or "").endswith(UNNAMED_KEY):
            if about in self._unnamed:
                return
            self._unnamed.add(about)
        self.problems.append(problem)


@dataclass
class _Trouble:
    """One complaint of the model about a record, with the nodes on the way to it as they stood then."""

    details: ErrorDetails
    left: "_Left"
    trail: list[tuple[str | int, Node]]

    @property
    def path(self) -> list[str]:
        return [step for step, _ in self.trail if isinstance(step, str)]

    @property
    def node(self) -> Node | None:
        return self.trail[-1][1] if self.trail else None

    @property
    def is_missing(self) -> bool:
        return self.details["type"] == "missing"

    def in_nested_record(self, index: int) -> bool:
        """Tell whether a step of the way is a record of a list; a mapping in a list of texts is none."""
        step, node = self.trail[index]
        innermost = index == len(self.trail) - 1
        return isinstance(step, int) and (
            self.details["type"] in _NESTED or self.is_missing if innermost else isinstance(node, Mapping)
        )

    def innermost_field(self, record: Node) -> tuple[Node, str]:
        """Give the innermost field on the way, and the mapping that holds it."""
        index = max(index for index, (step, _) in enumerate(self.trail) if isinstance(step, str))
        return (self.trail[index - 1][1] if index else record), str(self.trail[index][0])

    @property
    def of_key(self) -> bool:
        """Tell whether the key itself is wrong, not what stands behind it."""
        return self.details["loc"][-1:] == (_KEY,)

    def field_of(self, record: Node) -> tuple[int, str]:
        """Say which field of which mapping it is about: one field is found once."""
        above = self.trail if self.is_missing else self.trail[:-1]
        holder = above[-1][1] if above else record
        return id(holder), str(self.details["loc"][-1]) if self.is_missing or not self.trail else str(self.trail[-1][0])


class _Left:
    """The nodes of a record that are left when what could not be read is taken out."""

    def __init__(self, node: Mapping) -> None:
        self.node = node
        self.out: set[int] = set()
        self._found: dict[int, dict[str, tuple[Scalar, Node]]] = {}
        self._positions: dict[int, dict[int, int]] = {}
        self._items: dict[int, list[Node]] = {}

    def entries(self, node: Mapping, *, keep_empty: bool = False) -> Iterator[tuple[Scalar, Node]]:
        for key, value in node.entries:
            if id(key) in self.out or key.text.startswith("x-"):
                continue
            if keep_empty or not is_empty(value):
                yield key, value

    def items(self, node: Sequence) -> list[Node]:
        if id(node) not in self._items:
            self._items[id(node)] = [one for one in node.items if id(one) not in self.out and not is_empty(one)]
        return self._items[id(node)]

    def plain(self, node: Node, name: str = "") -> Plain:
        if isinstance(node, Scalar):
            return None if is_empty(node) else node.text
        if isinstance(node, Sequence):
            return [self.plain(item) for item in self.items(node)]
        if name in _MAY_BE_EMPTY:
            return {key.text: self.plain(value, key.text) for key, value in self.entries(node, keep_empty=True)}
        return {  # most of a file are texts, and what is empty is left out
            key.text: value.text if isinstance(value, Scalar) else self.plain(value, key.text)
            for key, value in self.entries(node)
        }

    def trail(self, location: tuple[str | int, ...]) -> list[tuple[str | int, Node]]:
        """Follow a location of the model's; a step that names a branch of a union is not in the file."""
        node: Node = self.node
        trail: list[tuple[str | int, Node]] = []
        for step in location:
            found = self._step(node, step)
            if found is not None:
                node = found
                trail.append((step, node))
        return trail

    def _step(self, node: Node, step: str | int) -> Node | None:
        if isinstance(node, Mapping) and isinstance(step, str):
            key, value = self.entry(node, step)
            return value if key and id(key) not in self.out else None
        if isinstance(node, Sequence) and isinstance(step, int):
            items = self.items(node)
            return items[step] if step < len(items) else None
        return None

    def entry(self, node: Node, name: str) -> tuple[Scalar, Node] | tuple[None, None]:
        """Give a key of a mapping with its value, taken out or not."""
        if not isinstance(node, Mapping):
            return None, None
        if id(node) not in self._found:
            self._found[id(node)] = {key.text: (key, value) for key, value in node.entries}
        return self._found[id(node)].get(name, (None, None))

    def position(self, listing: Node, node: Node) -> int:
        """Give the place of a node in the list as it is written, counted from 1."""
        if id(listing) not in self._positions:
            items = listing.items if isinstance(listing, Sequence) else (node,)
            backwards = reversed(list(enumerate(items, start=1)))
            self._positions[id(listing)] = {id(item): position for position, item in backwards}
        return self._positions[id(listing)][id(node)]

    def take_out(self, node: Node) -> None:
        self.out.add(id(node))
        self._items.clear()

    def take_out_key(self, node: Node, name: str) -> None:
        key, _ = self.entry(node, name)
        if key:
            self.take_out(key)


def read_record(  # noqa: PLR0913 — the record's kind, its node, and the four things that name it
    kind: type[AnyRecord],
    node: Mapping,
    subject: Subject,
    *,
    label: str | None = None,
    position: int = 1,
    whole_file: bool = False,
) -> Outcome[AnyRecord]:
    """Read one record; what can't be read of it becomes problems with their places."""
    left = _Left(node)
    outcome: Outcome[AnyRecord] = Outcome(None)
    for problem in _loose_words(node, kind, subject, label):
        outcome.tell(problem)
        if len(outcome.problems) > MAX_FAULTS:
            return _given_up(node, subject, label)
    found: set[tuple[int, str]] = set()
    while True:
        try:
            record = kind.model_validate(left.plain(node), context={"zone": subject.zone})
        except ValidationError as refusal:
            if len(outcome.problems) + refusal.error_count() > MAX_FAULTS:
                return _given_up(node, subject, label)
            troubles = [
                _Trouble(details, left, left.trail(details["loc"]))
                for details in refusal.errors(include_url=False, include_input=False)
            ]
            for trouble in troubles:
                about = trouble.field_of(node)
                if about not in found:
                    outcome.tell(_problem(trouble, kind, node, subject, label))
                found.add(about)
            taken = [_take_out(trouble, left, outcome, whole_file=whole_file) for trouble in troubles]
            if not all(taken):
                return outcome
        else:
            _attach(record, node, left, ReadFrom(subject.file, node, label, position))
            outcome.record = record
            return outcome


def _given_up(node: Mapping, subject: Subject, label: str | None) -> Outcome[AnyRecord]:
    place = as_place(subject.file, place_of_first_key(node))
    return Outcome(None, [Problem("JRN102", place, TOO_MANY_FAULTS, subject.client, label)])


def _take_out(trouble: _Trouble, left: _Left, outcome: Outcome[AnyRecord], *, whole_file: bool) -> bool:
    """Take out as little as the rest can be read without; False when that is the whole record."""
    location = trouble.details["loc"]
    if trouble.details["type"] == "extra_forbidden":
        parent = trouble.trail[-2][1] if len(trouble.trail) > 1 else left.node
        left.take_out_key(parent, str(location[-1]))
        return True
    for index in range(len(trouble.trail) - 1, 0, -1):
        if trouble.in_nested_record(index):
            left.take_out(trouble.trail[index][1])
            outcome.gaps.add(str(trouble.trail[index - 1][0]))
            return True
    if whole_file and trouble.trail:
        holder, name = trouble.innermost_field(left.node)
        left.take_out_key(holder, name)
        outcome.gaps.add(str(location[0]))
        return True
    return False


def _problem(trouble: _Trouble, kind: type[Record], node: Mapping, subject: Subject, label: str | None) -> Problem:
    details = trouble.details
    name = str(details["loc"][-1]) if details["loc"] else ""
    nested, path = _innermost(trouble, label)
    if details["type"] == "extra_forbidden":
        parent = trouble.trail[-2][1] if len(trouble.trail) > 1 else node
        place = _key_place(trouble, parent, name, subject.file)
        message = _unknown_key(name, trouble, kind)
        shown = name if PRINTABLE_KEY.fullmatch(name) else UNNAMED_KEY
        return Problem("JRN102", place, message, subject.client, nested, ".".join((*path[:-1], shown)))
    if trouble.is_missing:
        holder = trouble.trail[-1][1] if trouble.trail else node
        place = as_place(subject.file, place_of_first_key(holder))
        message = f"`{name}` is missing; it is required here."
        return Problem("JRN102", place, message, subject.client, nested, ".".join((*path, name)))
    holder, field_name = _holder(trouble, node)
    place = _key_place(trouble, holder, field_name, subject.file)
    if trouble.of_key:
        message = f"A key here is not understood: {_expected(details)}."
        return Problem("JRN102", place, message, subject.client, nested, ".".join((*path[:-1], UNNAMED_KEY)))
    return Problem("JRN102", place, _wrong_value(trouble, field_name), subject.client, nested, ".".join(path) or None)


def _loose_words(
    node: Mapping, kind: type[Record], subject: Subject, label: str | None, path: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Find what is written in braces without a colon and is no key: it belongs to a text that wants quotes."""
    known = _keys(kind)
    kinds = inner_kinds(kind)
    for key, value in node.entries:
        if node.flow and key.text not in known and is_empty(value) and not key.text.startswith("x-"):
            place = as_place(subject.file, key.start)
            yield Problem("JRN102", place, _WANTS_QUOTES, subject.client, label, ".".join((*path, UNNAMED_KEY)))
        inner = kinds.get(key.text)
        if inner:
            yield from _loose_words_below(value, inner, subject, label, (*path, key.text))


def _loose_words_below(
    node: Node, kind: type[Record], subject: Subject, label: str | None, path: tuple[str, ...]
) -> Iterator[Problem]:
    if isinstance(node, Mapping):
        yield from _loose_words(node, kind, subject, label, path)
    elif isinstance(node, Sequence):
        for position, item in enumerate(node.items, start=1):
            if isinstance(item, Mapping):
                named = "/".join(filter(None, (label, _label(item, position))))
                yield from _loose_words(item, kind, subject, named)


def _innermost(trouble: _Trouble, label: str | None) -> tuple[str | None, list[str]]:
    """Name the innermost record of a list that holds the trouble, and the path to the field inside it."""
    names = [label] if label else []
    path: list[str] = []
    for index, (step, node) in enumerate(trouble.trail):
        if isinstance(step, str):
            path.append(step)
        elif isinstance(node, Mapping) and trouble.in_nested_record(index):
            listing = trouble.trail[index - 1][1] if index else node
            names.append(_label(node, trouble.left.position(listing, node)))
            path = []
    return "/".join(names) or None, path


def _label(node: Mapping, position: int) -> str:
    named = next((value for key, value in node.entries if key.text == "id"), None)
    return named.text if isinstance(named, Scalar) and ID.fullmatch(named.text) else str(position)


def record_label(node: Node, position: int) -> str:
    """Name a record of a list before it is read: by its id, else by its place."""
    return _label(node, position) if isinstance(node, Mapping) else str(position)


def _holder(trouble: _Trouble, node: Mapping) -> tuple[Node, str]:
    """Find the innermost mapping on the way, and the key in it that leads on."""
    holder: Node = node
    name = ""
    for step, below in trouble.trail:
        if isinstance(step, str):
            name = step
        if isinstance(below, Mapping) and below is not trouble.node:
            holder = below
    return holder, name


def _key_place(trouble: _Trouble, holder: Node, name: str, file: str) -> Place:
    key, _ = trouble.left.entry(holder, name)
    return as_place(file, key.start if key else place_of_first_key(trouble.node or holder))


def _unknown_key(name: str, trouble: _Trouble, kind: type[Record]) -> str:
    if name == "<<":
        return "Merge keys (<<) are not read here: write the fields out."
    known = known_keys(kind, trouble.path[:-1])
    if PRINTABLE_KEY.fullmatch(name):
        return f"`{name}` is not known here; {nearest(name, known)}"
    near = get_close_matches(name.lower().replace("-", "_"), sorted(known), n=1, cutoff=_NEAR_IN_CASE)
    return f"A key is not known here; did you mean `{near[0]}`?" if near else _WANTS_QUOTES


def nearest(name: str, known: Iterable[str]) -> str:
    """Advise on an unknown key: the nearest that is known, else how a key of the coach's own is written."""
    near = get_close_matches(name, sorted(known), n=1)
    return f"did you mean `{near[0]}`?" if near else "a key of your own begins with x-."


def known_keys(kind: type[Record], path: list[str]) -> set[str]:
    """Give the keys that a record knows, or those of the record inside it that a path of keys leads to."""
    for step in path:
        inner = inner_kinds(kind).get(step)
        if inner is None:
            return set()
        kind = inner
    return set(_keys(kind))


@cache
def _keys(kind: type[Record]) -> frozenset[str]:
    return frozenset(info.alias or name for name, info in kind.model_fields.items())


@cache
def inner_kinds(kind: type[Record]) -> dict[str, type[Record]]:
    """Give the kinds of the records inside a record by their keys."""
    fields = kind.model_fields.items()
    return {info.alias or name: inner for name, info in fields for inner in records_in(info.annotation)}


def _wrong_value(trouble: _Trouble, name: str) -> str:
    expected = _expected(trouble.details)
    may_be_text = expected.startswith("expected text") or trouble.details["type"] in _LISTS | _MAPPINGS
    shown = "" if may_be_text else _shown(trouble.node)
    told = f"{expected}{_meant(trouble)}"
    return f"`{name}`{shown}: {told}" if name else f"{told[:1].upper()}{told[1:]}"


def _meant(trouble: _Trouble) -> str:
    """End the sentence on a word that none of the fixed ones is with the nearest of them."""
    node, context = trouble.node, trouble.details.get("ctx", {})
    if trouble.details["type"] != "literal_error" or not isinstance(node, Scalar):
        return "."
    known = re.findall(r"'([^']+)'", str(context["expected"]))
    near = get_close_matches(node.text.lower(), known, n=1, cutoff=0.5)
    return f"; did you mean `{near[0]}`?" if near else "."


def _shown(node: Node | None) -> str:
    """Show a value that looks like one; several words without a digit may be a sentence about the client."""
    if not isinstance(node, Scalar) or len(node.text) > _LONGEST_VALUE or not _LIKE_A_VALUE.fullmatch(node.text):
        return ""
    return f" is {node.text}" if node.text else " is empty"


def _expected(details: ErrorDetails) -> str:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "expected":
        return str(context["what"])
    if kind == "literal_error":
        return f"expected {str(context['expected']).replace(chr(39), '')}"
    if kind in _LISTS:
        return "expected a list, such as [one, another]"
    if kind in _MAPPINGS:
        return "expected a mapping: fields with their values, in braces or indented below it"
    return "expected something else here"


def _attach(record: Record, node: Mapping, left: _Left, origin: ReadFrom) -> None:
    """Tell a record and every record inside it where it stands."""
    record.place_at(origin)
    held = [(key, value) for name, key in nesting(type(record)) if (value := record.__dict__[name])]
    if not held:
        return
    written = {key.text: value for key, value in left.entries(node)}
    for key, value in held:
        below = written.get(key)
        if isinstance(value, Record) and isinstance(below, Mapping):
            _attach(value, below, left, ReadFrom(origin.file, below, origin.label))
        elif isinstance(value, tuple) and isinstance(value[0], Record) and isinstance(below, Sequence):
            _attach_all(cast("tuple[Record, ...]", value), below, left, origin)


def _attach_all(records: tuple[Record, ...], listing: Sequence, left: _Left, origin: ReadFrom) -> None:
    for record, node in zip(records, left.items(listing), strict=True):
        if isinstance(node, Mapping):
            position = left.position(listing, node)
            label = "/".join(filter(None, (origin.label, _label(node, position))))
            _attach(record, node, left, ReadFrom(origin.file, node, label, position))
