"""What is written in a file: texts, lists and mappings, each with its place, and nothing yet of what they mean.

Every scalar is text. Whether `no`, `09:30` or `12` is a word, a time or a number is for the field to say.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from coachlog.store.limits import MAX_DEPTH

Style: TypeAlias = Literal["plain", "single", "double", "literal", "folded"]


class Mark(NamedTuple):
    """A place in a file's text: all three count from 0, in characters, and a BOM is not counted."""

    line: int
    column: int
    index: int  # type: ignore[assignment]  # a place in a text is its index, whatever tuples call their search


START = Mark(0, 0, 0)
_EMPTY = frozenset({"", "~", "null"})

PRINTABLE_KEY = re.compile(r"[a-z_]{1,24}")
"""A key of this form is the journal's own kind and may be printed; any other may be a client's words."""


class Scalar(NamedTuple):
    """A piece of text, without its quotes; its place is the value's, with any anchor or tag before it.

    `end` is just behind the last character. A block text (`|`, `>`) ends where the next line begins that is not its
    own, so behind the blank lines that follow it. A value that is not written is an empty plain text right
    behind its key's colon.
    """

    text: str
    style: Style
    start: Mark
    end: Mark
    anchor: str | None = None


class Sequence(NamedTuple):
    """A list; `flow` when it is written in brackets. It ends where its last item or its bracket ends."""

    items: tuple["Node", ...]
    flow: bool
    start: Mark
    end: Mark
    anchor: str | None = None


class Mapping(NamedTuple):
    """Keys and their values in the file's order; `flow` when written in braces. It ends as a list does.

    A value that is written as an alias is the very node that it points at, so its place is the anchor's.
    A key that is written as an alias stands where the alias stands.
    """

    entries: tuple[tuple[Scalar, "Node"], ...]
    flow: bool
    start: Mark
    end: Mark
    anchor: str | None = None


Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file can't be read: where (both count from 1), what is wrong, and what to do about it.

    `reason` and `remedy` are each one sentence without capital and full stop, and hold nothing of what the file says.
    """

    line: int
    column: int
    reason: str
    remedy: str


class Unreadable(Exception):
    """A file can't be read as a part of the journal; `fault` says where, why, and what to do."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault; the message is its place and sentences."""
        super().__init__(f"{fault.line}:{fault.column}: {fault.reason}; {fault.remedy}")
        self.fault = fault


def unreadable(place: Mark, reason: str, remedy: str) -> Unreadable:
    """Say that a file can't be read because of what stands at this place."""
    return Unreadable(Fault(place.line + 1, place.column + 1, reason, remedy))


def too_deep(place: Mark) -> Unreadable:
    """Say that lists and mappings are nested deeper than any record is."""
    return unreadable(
        place, f"lists and mappings are nested more than {MAX_DEPTH} deep", "check the brackets and the indentation"
    )


def is_empty(node: Node) -> bool:
    """Tell whether nothing was written as a value: nothing at all, `~` or `null`, without quotes."""
    return isinstance(node, Scalar) and node.text in _EMPTY and node.style == "plain"


def behind(node: Node | None, key: str) -> Node | None:
    """Give what stands behind a key of a mapping; None where the key is not there, or no mapping is."""
    entries = node.entries if isinstance(node, Mapping) else ()
    return next((value for one, value in entries if one.text == key), None)


def text_behind(node: Node | None, key: str) -> str | None:
    """Give the text that stands behind a key of a mapping; None where no text does."""
    value = behind(node, key)
    return value.text if isinstance(value, Scalar) else None


def place_of_first_key(node: Node) -> Mark:
    """Give the place that a coach would call the beginning of a record: its first key, else where the value begins."""
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0][0].start
    return node.start
