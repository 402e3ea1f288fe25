"""Where a record stands: the file, and the node that it was read from."""

from typing import NamedTuple

from coachlog.model.record import Place
from coachlog.store.nodes import Mapping, Mark, Node, place_of_first_key


class ReadFrom(NamedTuple):
    """The file and the mapping that a record was read from; `label` is what the record is called."""

    file: str
    node: Mapping
    label: str | None = None
    position: int = 1

    def place(self, *path: str) -> Place:
        """Give the place of the first key, or of the field that the path leads to, as far as it is written there."""
        node: Node = self.node
        mark = place_of_first_key(node)
        for name in path:
            entry = _entry(node, name)
            if entry is None:
                break
            mark, node = entry
        return as_place(self.file, mark)


def as_place(file: str, mark: Mark) -> Place:
    """Turn a mark, counted from 0, into a place, counted from 1."""
    return Place(file, mark.line + 1, mark.column + 1)


def _entry(node: Node, name: str) -> tuple[Mark, Node] | None:
    entries = node.entries if isinstance(node, Mapping) else ()
    return next(((key.start, value) for key, value in entries if key.text == name), None)
