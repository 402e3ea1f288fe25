"""The proof before anything is written: the new text holds the old records plus exactly the intended change."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from coachlog.errors import CannotWrite
from coachlog.store.characters import LINE_BREAK
from coachlog.store.compose import compose
from coachlog.store.emit import Value, Word
from coachlog.store.limits import MAX_BYTES
from coachlog.store.nodes import Node, Scalar, Sequence, Unreadable, is_empty
from coachlog.store.reread import same_until

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"
"""What a file says, without its places: texts, lists, mappings, and None where nothing is written."""
Step: TypeAlias = "str | int"
"""One step of the way to a value: a key of a mapping, or the place in a list, counted from 0."""


BY_HAND = "Make the change in an editor: coachlog edit"
"""What is offered where a change can't be proved; the words that open the file follow."""


class CannotProve(CannotWrite):
    """A change can't be made in a file without a risk to what stands around it (exit 3)."""

    def __init__(self, line: int, reason: str, remedy: str = "") -> None:
        """Name the line, counted from 1, why the change is not made, and what to do instead."""
        super().__init__(f"Line {line}: {reason}.", remedy or f"{BY_HAND}.")
        self.line = line

    def in_file(self, name: str) -> "CannotProve":
        """Name the file too, and the call that opens it."""
        self.what = f"{name}, {self.what[:1].lower()}{self.what[1:]}"
        folder, _, leaf = name.rpartition("/")
        if self.remedy == f"{BY_HAND}.":
            self.remedy = f"{BY_HAND} {folder.rpartition('/')[2] or 'practice'} {leaf.removesuffix('.yaml')}."
        return self


def plain(node: Node | None) -> Plain:
    """Give what a node says, in order and without its places."""
    if node is None or is_empty(node):
        return None
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def as_plain(value: Value) -> Plain:
    """Give what a value that is to be written says."""
    if isinstance(value, str):
        return None if isinstance(value, Word) and not value else str(value)
    if isinstance(value, Mapping):
        return {key: as_plain(one) for key, one in value.items()}
    return [as_plain(one) for one in value]


def with_items(tree: Plain, path: tuple[Step, ...], values: Iterable[Value]) -> Plain:
    """Give what a file says once a list has more items at its end; the list is begun where it is absent."""
    return _at(tree, path, lambda found: [*(found if isinstance(found, list) else []), *map(as_plain, values)])


def with_value(tree: Plain, path: tuple[Step, ...], value: Value) -> Plain:
    """Give what a file says once a key or item has another value; a new key stands last in its mapping."""
    return _at(tree, path, lambda _: as_plain(value))


def with_plain(tree: Plain, path: tuple[Step, ...], said: Plain) -> Plain:
    """Give what a file says once something else, read from a text, stands at the end of a way."""
    return _at(tree, path, lambda _: said)


def without(tree: Plain, path: tuple[Step, ...]) -> Plain:
    """Give what a file says once a key or an item is gone; a list or mapping that held no other is empty."""
    *way, last = path
    return _at(tree, tuple(way), lambda found: _less(found, last))


def prove(old: bytes, new: bytes, intended: Plain) -> None:
    """Read a new text with the strict reader and compare it, in order, with what it is to say. Raises CannotProve."""
    if len(new) > MAX_BYTES:
        reason = f"the file would become larger than {MAX_BYTES // 1_000_000} MB"
        raise CannotProve(_line_of_change(old, new), reason, "Move older records to another file.")
    try:
        says = plain(compose(new, came_of=old))
    except Unreadable as refusal:
        reason = "the change can't be made here without breaking what stands around it"
        raise CannotProve(min(_line_of_change(old, new), refusal.fault.line), reason) from None
    if _in_order(says) != _in_order(intended):
        reason = "the change can't be made here without altering what stands around it"
        raise CannotProve(_line_of_change(old, new), reason)


def _at(tree: Plain, path: tuple[Step, ...], change: Callable[[Plain], Plain]) -> Plain:
    """Change what stands at the end of a way; mappings are begun where it leads through nothing."""
    if not path:
        return change(tree)
    step, rest = path[0], path[1:]
    if isinstance(tree, list):
        return [_at(one, rest, change) if place == step else one for place, one in enumerate(tree)]
    held = tree if isinstance(tree, dict) else {}
    return {**held, str(step): _at(held.get(str(step)), rest, change)}


def _less(found: Plain, last: Step) -> Plain:
    if isinstance(found, list):
        return [one for place, one in enumerate(found) if place != last]
    return {key: one for key, one in found.items() if key != last} if isinstance(found, dict) else found


def _in_order(tree: Plain) -> str:
    """Make the order of keys count, which it does not for two dicts."""
    return json.dumps(tree, ensure_ascii=True)


def _line_of_change(old: bytes, new: bytes) -> int:
    """Count the lines up to where two texts differ first."""
    return len(LINE_BREAK.findall(old[: same_until(old, new)].decode(errors="replace"))) + 1
