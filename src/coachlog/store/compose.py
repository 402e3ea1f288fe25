"""From a file's bytes to its nodes: the one boundary behind which any failure of a parser is a fault with a place."""

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import NamedTuple, TypeAlias

from coachlog.store.characters import Source, escaped_control, mark_at, read_text, source
from coachlog.store.limits import MAX_ALIASES, MAX_BYTES_TWICE, MAX_DEPTH, MAX_EVENTS_TWICE, MAX_EXPANSION, MAX_NODES
from coachlog.store.nodes import (
    PRINTABLE_KEY,
    START,
    Mapping,
    Mark,
    Node,
    Scalar,
    Sequence,
    Unreadable,
    too_deep,
    unreadable,
)
from coachlog.store.reread import kept
from coachlog.store.yaml_events import HAS_LIBYAML, Event, Refused, fast_events

Parser: TypeAlias = Callable[[str], Iterator[Event]]

_COLON = re.compile(r"[ \t]*:")
REMEMBERED = 6
"""How many files are known again by their bytes: a command that writes reads each of a client's files several times."""


class _Reading(NamedTuple):
    """What was read of a text; `is_plain` when by the fast parser, without anchors, as it is written."""

    text: str
    root: Node | None
    values: int = 0
    is_plain: bool = False


_KEPT: dict[bytes, _Reading] = {}
"""The last readings, the latest at the end."""


def compose(data: bytes, came_of: bytes = b"") -> Node | None:
    """Read the one document of a file as nodes; None where nothing is written but comments.

    `came_of` is the file before an edit: of that, what stands ahead of the edit is not read twice where it is known.
    Raises Unreadable, and nothing else, for whatever the file may hold.
    """
    reading = _KEPT.pop(data, None) or _answered(data, _KEPT.get(came_of))
    _KEPT[data] = reading
    if len(_KEPT) > REMEMBERED:
        del _KEPT[next(iter(_KEPT))]
    return reading.root


def _answered(data: bytes, before: _Reading | None) -> _Reading:
    try:
        with _undisturbed():
            text = source(read_text(data))
            return (before and _read_on(text, before)) or _read(text)
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001  (the promise of this boundary: any exception is one line)
        raise unreadable(
            START, "the file can't be read as YAML", "compare it with an earlier version, or write it anew"
        ) from None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the garbage collector away: a tree of nodes has no cycles, and looking for them takes longer than reading.

    98,000 values took 1.3 s with it and 0.5 s without.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def compose_with(parser: Parser, text: Source) -> Node | None:
    """Read a text with this parser alone. Raises Refused where it is no YAML to it, Unreadable for any other fault."""
    return _composed(parser, text).root


def _composed(parser: Parser, text: Source) -> _Reading:
    return _Composer(parser(text.text), text).reading(is_plain=parser is fast_events and not text.stand_ins)


def slow(text: str) -> Iterator[Event]:
    """Ask the slow parser, which is loaded only now: few journals ever need it."""
    events: Iterator[Event] = import_module("coachlog.store.slow_events").slow_events(text)
    return events


def _read_on(text: Source, before: _Reading) -> _Reading | None:
    """Read a text from the record on that an edit concerns; None where the whole text must be read."""
    known = kept(before.root, before.text, text.text) if before.is_plain and not text.stand_ins else None
    if known is None:
        return None
    try:
        rest = _composed(fast_events, Source(known.rest(text.text), {}))
    except (Refused, Unreadable):
        return None  # what is wrong is told with its place in the whole text
    root = known.joined(rest.root) if rest.is_plain else None
    values = before.values + rest.values
    return _Reading(text.text, root, values, is_plain=True) if root and values <= MAX_NODES else None


def _read(text: Source) -> _Reading:
    """Ask the fast parser, and before a file is called unreadable the slow one too."""
    try:
        return _composed(fast_events if HAS_LIBYAML else slow, text)
    except Refused as refused:
        if not HAS_LIBYAML or len(text.text) > MAX_BYTES_TWICE:
            raise _diagnosed(text.text, refused) from None
        return _read_again(text, refused)


def _read_again(text: Source, first: Refused) -> _Reading:
    """Ask the slow parser; where it refuses too, the one that came further knows what is truly wrong."""
    try:
        return _composed(lambda asked: _at_most(MAX_EVENTS_TWICE, slow(asked), first), text)
    except Refused as second:
        further = second if second.place.index > first.place.index else first
        raise _diagnosed(text.text, further) from None


def _diagnosed(text: str, refused: Refused) -> Unreadable:
    """Ask what was most likely mistyped; what knows that is imported only now."""
    fault: Unreadable = import_module("coachlog.store.diagnosis").diagnose(text, refused)
    return fault


def _at_most(most: int, events: Iterator[Event], refused: Refused) -> Iterator[Event]:
    """Pass on so many events, then leave it at the first refusal."""
    for count, event in enumerate(events):
        if count == most:
            raise refused
        yield event


_make = tuple.__new__
"""Most of a file are texts, so their tuples are made without the detour of the class's signature."""


class _Anchored(NamedTuple):
    """What an alias may point at: a node, how many values it is when written out, and how deep."""

    node: Node
    weight: int
    height: int


class _Composer:
    """One reading of one text: takes events, gives nodes, and counts as it goes."""

    def __init__(self, events: Iterator[Event], text: Source) -> None:
        self._events = events
        self._text = text
        self._anchors: dict[str, _Anchored | None] = {}  # None while the anchored node is still being read
        self._aliases: list[tuple[Mark, int]] = []
        self._values = 0
        self._borrowed = 0
        self._depth = 0
        self._deepest = 0
        self._end = START

    def reading(self, *, is_plain: bool) -> _Reading:
        """Read the only document there may be."""
        root = self._document()
        return _Reading(self._text.text, root, self._values, is_plain and not self._anchors)

    def _document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            documents += event.kind == "document"
            if documents > 1:
                raise unreadable(
                    event.start, "a second document begins here", "keep one document: delete the line of --- or ..."
                )
            if event.kind not in {"document", "other"}:
                root = self._node(event)
        self._refuse_expansion()
        return None if _is_unwritten(root) else root

    def _node(self, event: Event) -> Node:
        if event.kind == "alias":
            return self._alias(event)
        self._values += 1
        if self._values > MAX_NODES:
            raise unreadable(
                event.start, f"the file holds more than {MAX_NODES:,} values", "move older records to another file"
            )
        if event.anchor is not None:
            return self._anchored(event, event.anchor)
        return self._scalar(event) if event.kind == "scalar" else self._nested(event)

    def _nested(self, event: Event) -> Node:
        self._descend(event.start, 1)
        self._depth += 1
        node = self._sequence(event) if event.kind == "sequence" else self._mapping(event)
        self._depth -= 1
        return node

    def _anchored(self, event: Event, name: str) -> Node:
        self._anchors[name] = None
        before, deepest = self._values + self._borrowed, self._deepest
        self._deepest = self._depth
        node = self._scalar(event) if event.kind == "scalar" else self._nested(event)
        weight = self._values + self._borrowed - before + 1
        self._anchors[name] = _Anchored(node, weight, self._deepest - self._depth)
        self._deepest = max(deepest, self._deepest)
        return node

    def _alias(self, event: Event) -> Node:
        name = event.anchor or ""
        if name not in self._anchors:
            raise unreadable(
                event.start,
                "a word that begins with * points at an anchor that does not exist",
                "put text that begins with * in quotes",
            )
        anchored = self._anchors[name]
        if anchored is None:
            raise unreadable(event.start, "an alias (*) points at what it is itself a part of", "write the value out")
        self._descend(event.start, anchored.height)
        self._borrow(event.start, anchored.weight)
        self._end = event.end
        return anchored.node

    def _borrow(self, place: Mark, weight: int) -> None:
        self._aliases.append((place, weight))
        self._borrowed += weight
        if len(self._aliases) > MAX_ALIASES:
            raise unreadable(place, f"there are more than {MAX_ALIASES} aliases (*)", "write some of the values out")

    def _descend(self, place: Mark, levels: int) -> None:
        self._deepest = max(self._deepest, self._depth + levels)
        if self._depth + levels > MAX_DEPTH:
            raise too_deep(place)

    def _refuse_expansion(self) -> None:
        room = self._values * (MAX_EXPANSION - 1)
        for place, weight in self._aliases:
            room -= weight
            if room < 0:
                raise unreadable(
                    place,
                    f"aliases (*) make the file more than {MAX_EXPANSION} times larger than it is written",
                    "write the values out where they are meant",
                )

    def _sequence(self, event: Event) -> Sequence:
        items: list[Node] = []
        for step in self._events:
            if step.kind == "end":
                return Sequence(tuple(items), event.flow, event.start, self._close(event, step), event.anchor)
            items.append(self._node(step))
        raise _cut_off(event)

    def _mapping(self, event: Event) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Mark] = {}
        for step in self._events:
            if step.kind == "end":
                return Mapping(tuple(entries), event.flow, event.start, self._close(event, step), event.anchor)
            key = self._key(step)
            first = seen.setdefault(key.text, key.start)
            if first is not key.start:
                raise _twice(key, first)
            entries.append((key, self._value(key, next(self._events))))
        raise _cut_off(event)

    def _key(self, event: Event) -> Scalar:
        key = self._node(event)
        if not isinstance(key, Scalar):
            raise unreadable(event.start, "a list or mapping stands where a key is expected", "make the key a word")
        return key._replace(start=event.start, end=event.end) if event.kind == "alias" else key

    def _value(self, key: Scalar, event: Event) -> Node:
        if not event.text and event.kind == "scalar" and event.start == event.end:
            place = self._behind_colon(key)
            event = event._replace(start=place, end=place)
        return self._node(event)

    def _behind_colon(self, key: Scalar) -> Mark:
        # Where nothing is written, the parsers name different places, some of them lines below.
        found = _COLON.match(self._text.text, key.end.index)
        length = found.end() - key.end.index if found else 0
        return Mark(key.end.line, key.end.column + length, key.end.index + length)

    def _close(self, begun: Event, ended: Event) -> Mark:
        # The parsers end a block where the next thing begins, comments and blank lines included.
        if begun.flow:
            self._end = ended.end
        return self._end

    def _scalar(self, event: Event) -> Scalar:
        _, start, end, text, style, anchor, _ = event
        self._end = end
        if style == "double":
            self._refuse_control(event)
        if self._text.stand_ins:
            text = self._text.restored(text)
        return _make(Scalar, (text, style, start, end, anchor))

    def _refuse_control(self, event: Event) -> None:
        found = escaped_control(self._text.text[event.start.index : event.end.index], event.text)
        if found is not None:
            raise unreadable(
                mark_at(self._text.text, event.start.index + found),
                "an escape in this text stands for a control character",
                "delete the escape",
            )


def _is_unwritten(root: Node | None) -> bool:
    """Tell whether a document has no value at all, as one of `---` alone."""
    return isinstance(root, Scalar) and root.style == "plain" and not root.text


def _cut_off(event: Event) -> Unreadable:
    return unreadable(event.start, "what begins here never ends", "check the brackets and the indentation")


def _twice(key: Scalar, first: Mark) -> Unreadable:
    """Name both lines of a key that a mapping has twice, and the key if it is one of the journal's own kind."""
    name = f"the key {key.text}" if PRINTABLE_KEY.fullmatch(key.text) else "a key"
    reason = f"{name} is there twice, in lines {first.line + 1} and {key.start.line + 1}"
    return unreadable(key.start, reason, "keep one of the two")
