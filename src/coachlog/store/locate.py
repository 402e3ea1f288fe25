"""The way to a record in a file by what it is called: its id or its place, and behind a slash one inside it."""

from collections.abc import Iterator
from typing import NamedTuple

from coachlog.errors import CannotWrite
from coachlog.store.compose import compose
from coachlog.store.nodes import Mapping, Node, Sequence, behind, text_behind
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


def way_to(data: bytes, label: str) -> Way:
    """Give the way to a record that was in a file when it was looked up. Raises CannotWrite where it is gone."""
    way = locate(compose(data), label)
    if way is None:
        what = f"The record {label} is no longer in its file."
        raise CannotWrite(what, "Look it up again, then try again.")
    return way


def records(root: Node | None) -> Iterator[tuple[str, Way]]:
    """Walk over every record of a file's lists with its label, nested ones too, in the file's order."""
    if isinstance(root, Mapping):
        yield from _labelled(Way((), root), "")


def at(root: Node | None, path: tuple[Step, ...]) -> Node | None:
    """Give what stands at the end of a way, each step of which is a key or a place counted from 0; None for nothing."""
    node = root
    for step in path:
        items = node.items if isinstance(node, Sequence) else ()
        node = (items[step] if step < len(items) else None) if isinstance(step, int) else behind(node, step)
    return node


def path_label(root: Node | None, path: tuple[Step, ...]) -> str:
    """Say what the record at the end of a way is called: an id or a place for each record on it."""
    ways = [path[: count + 1] for count, step in enumerate(path) if isinstance(step, int)]
    return "/".join(text_behind(at(root, way), "id") or str(int(way[-1]) + 1) for way in ways)


def _labelled(way: Way, prefix: str) -> Iterator[tuple[str, Way]]:
    for one, place in _below(way):
        label = f"{prefix}{text_behind(one.node, 'id') or place}"
        yield label, one
        yield from _labelled(one, f"{label}/")


def _called(way: Way, name: str) -> Iterator[Way]:
    """Give the records of the lists below that have an id, else those at a place."""
    below = [(one, place, text_behind(one.node, "id")) for one, place in _below(way)]
    yield from (one for one, _, own in below if own == name)
    yield from (one for one, place, own in below if name.isdigit() and place == int(name) and own is None)


def _below(way: Way) -> Iterator[tuple[Way, int]]:
    for key, value in way.node.entries:
        if isinstance(value, Sequence) and key.text != "waive":
            for at, item in enumerate(value.items):
                if isinstance(item, Mapping):
                    yield Way((*way.path, key.text, at), item), at + 1
        elif isinstance(value, Mapping):
            yield from _below(Way((*way.path, key.text), value))
