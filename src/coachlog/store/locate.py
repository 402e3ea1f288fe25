"""The way to a record in a file by what it is called: its id or its place, and behind a slash one inside it."""

from collections.abc import Iterator
from typing import NamedTuple

from coachlog.store.nodes import Mapping, Node, Scalar, Sequence
from coachlog.store.prove import Step


class Way(NamedTuple):
    """The steps to a record from the top of its file, and the record."""

    path: tuple[Step, ...]
    node: Mapping


def locate(root: Node | None, label: str) -> Way | None:
    """Find a record of a file by its label, as a finding or an origin gives it (`b3xew`, `3`, `2026a/p1`)."""
    ways: list[Way] = [Way((), root)] if isinstance(root, Mapping) else []
    for part in label.split("/"):
        ways = [below for way in ways for below in _called(way, part)][:1]
    return ways[0] if ways else None


def records(root: Node | None) -> Iterator[tuple[str, Way]]:
    """Walk over every record of a file's lists with its label, nested ones too, in the file's order."""
    if isinstance(root, Mapping):
        yield from _labelled(Way((), root), "")


def _labelled(way: Way, prefix: str) -> Iterator[tuple[str, Way]]:
    for one, place in _below(way):
        label = f"{prefix}{_id(one.node) or place}"
        yield label, one
        yield from _labelled(one, f"{label}/")


def _called(way: Way, name: str) -> Iterator[Way]:
    """Give the records of the lists below that have an id, else those at a place."""
    below = list(_below(way))
    yield from (one for one, _ in below if _id(one.node) == name)
    yield from (one for one, place in below if name.isdigit() and place == int(name) and _id(one.node) is None)


def _below(way: Way) -> Iterator[tuple[Way, int]]:
    for key, value in way.node.entries:
        if isinstance(value, Sequence) and key.text != "waive":
            for at, item in enumerate(value.items):
                if isinstance(item, Mapping):
                    yield Way((*way.path, key.text, at), item), at + 1
        elif isinstance(value, Mapping):
            yield from _below(Way((*way.path, key.text), value))


def _id(node: Mapping) -> str | None:
    value = next((value for key, value in node.entries if key.text == "id"), None)
    return value.text if isinstance(value, Scalar) else None
