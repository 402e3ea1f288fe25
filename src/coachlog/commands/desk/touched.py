"""The records that a change writes: which they are, where they stand, and what else each of them may say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coachlog.commands.desk.in_editor import EditedMeanwhile
from coachlog.model.record import Record
from coachlog.store.compose import compose
from coachlog.store.draft import Rewrite
from coachlog.store.identify import LIST_FILES, WHOLE_FILES, identified
from coachlog.store.lift import lift_record, put_record
from coachlog.store.locate import Way, records
from coachlog.store.locate import at as node_at
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Node, text_behind
from coachlog.store.nodes import Sequence as ListNode
from coachlog.store.prove import CannotProve, Step, plain
from coachlog.store.records import inner_kinds
from coachlog.views.template import Blank, blanks

Path = tuple[Step, ...]


@dataclass(frozen=True)
class Leaf:
    """A record as a change would write it, and as it is shown: each field on a line of its own, without margin.

    Without a path it is a whole file. `kind` is None where no template can stand behind it.
    """

    file: str
    path: Path
    stands: str
    shown: str
    kind: type[Record] | None = None

    @cached_property
    def _item(self) -> Node | None:
        return _only(compose(self.shown.encode())) if self.path else compose(self.shown.encode())

    @property
    def id(self) -> str | None:
        """The id of the record, which the editor does not change."""
        return text_behind(self._item, "id")

    @property
    def says(self) -> dict[str, Any]:
        """What the record says."""
        return says_of(self._item)

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What else it may say."""
        return blanks(self.kind, self.says) if self.kind else ()

    @property
    def template(self) -> list[str]:
        """The lines of what else it may say."""
        entries = self._item.entries if isinstance(self._item, MappingNode) else ()
        margin = " " * (entries[0][0].start.column if entries else 0)
        return [one.line(margin) for one in self.blanks]

    def text_in(self, data: bytes) -> str:
        """Give the text of the record in a file."""
        return lift_record(data, self.path).text if self.path else data.decode()

    def line_in(self, data: bytes) -> int:
        """Give the first line of the record in a file, counted from 1."""
        return lift_record(data, self.path).line if self.path else 1

    def put(self, data: bytes, text: str) -> bytes:
        """Give the file with another text in its place. Raises Unreadable, CannotProve, EditedMeanwhile."""
        if self.text_in(data) != self.stands:
            raise EditedMeanwhile(self.file)
        return put_record(data, self.path, text) if self.path else text.encode()


def touched(before: Mapping[str, bytes], rewrites: Sequence[Rewrite]) -> tuple[Leaf, ...]:
    """Give the records that a change writes into the first of its files that it writes one into.

    Raises CannotProve where a record stands so that it can't be edited alone.
    """
    for one in rewrites:
        leaves = _leaves(one.name, identified(before.get(one.name, b""), one.name), one.data)
        if leaves:
            return leaves
    return ()


def _leaves(name: str, old: bytes, new: bytes) -> tuple[Leaf, ...]:
    root = compose(new)
    ways = [way.path for way in _touched(compose(old) if old else None, root)]
    if not ways:
        whole = WHOLE_FILES.get(name.rpartition("/")[2])
        text = new.decode()
        return (Leaf(name, (), text, text, whole),) if whole and plain(compose(old)) != plain(root) else ()
    return tuple({leaf.path: leaf for way in ways for leaf in [_leaf(name, new, root, way)]}.values())


def _touched(old: Node | None, new: Node | None) -> list[Way]:
    """Find the records that are new, each as a whole, and the innermost ones that say something else."""
    was = {label: plain(way.node) for label, way in records(old)}
    changed = [
        (way, label not in was)
        for label, way in records(new)
        if was.get(label) != plain(way.node) and (text_behind(way.node, "id") or len(way.path) <= len(("list", 0)))
    ]
    return [way for way, is_new in changed if not any(_hides(other, way, is_new, newer) for other, newer in changed)]


def _hides(other: Way, way: Way, is_new: bool, other_is_new: bool) -> bool:  # noqa: FBT001 — two of a kind
    """Tell whether a record is shown with another one: inside a new one, or for the sake of one inside it."""
    if len(other.path) < len(way.path):
        return other_is_new and way.path[: len(other.path)] == other.path
    return not is_new and len(other.path) > len(way.path) and other.path[: len(way.path)] == way.path


def _leaf(name: str, data: bytes, root: Node | None, path: Path) -> Leaf:
    """Lift a record, or where it can't be edited alone the one around it. Raises CannotProve."""
    try:
        text = lift_record(data, path).text
    except CannotProve as refusal:
        outer = _outer(path)
        if outer:
            return _leaf(name, data, root, outer)
        raise refusal.in_file(name) from None
    shown = _in_lines(data, text, node_at(root, path))
    return Leaf(name, _by_ids(root, path), text, shown or text, _kind(name, path) if shown else None)


def _outer(path: Path) -> Path:
    path = path[:-1]
    while path and not isinstance(path[-1], int):
        path = path[:-1]
    return path


def _in_lines(data: bytes, text: str, node: Node | None) -> str:
    """Show a record in lines of its own; one in braces only where nothing stands beside it, else give nothing."""
    if not isinstance(node, MappingNode) or not node.flow:
        return text
    source = data.decode().removeprefix("\ufeff")
    parts = [(source[key.start.index : key.end.index], _source(source, value)) for key, value in node.entries]
    alone = text.strip().removeprefix("-").strip() == source[node.start.index : node.end.index]
    lines = "\n  ".join(f"{key}: {value}".rstrip() for key, value in parts)
    if not alone or "\r" in text or text.strip().count("\n"):
        return ""
    return f"- {lines}\n" if plain(compose(f"- {lines}\n".encode())) == [plain(node)] else ""


def _source(text: str, node: Node) -> str:
    return text[node.start.index : node.end.index]


def _kind(name: str, path: Path) -> type[Record] | None:
    """Find what kind of record stands at the end of a way."""
    leaf = name.rpartition("/")[2]
    kind: type[Record] | None = WHOLE_FILES.get(leaf)
    for step in path:
        if isinstance(step, str):
            kinds = inner_kinds(kind) if kind else LIST_FILES[leaf].kinds
            kind = kinds.get(step)
    return kind


def _by_ids(root: Node | None, path: Path) -> Path:
    """Name the records on a way by their ids, which stay where others come and go."""
    return tuple(
        (text_behind(node_at(root, path[: at + 1]), "id") or step) if isinstance(step, int) else step
        for at, step in enumerate(path)
    )


def _only(root: Node | None) -> Node | None:
    return root.items[0] if isinstance(root, ListNode) and root.items else None


def says_of(node: Node | None) -> dict[str, Any]:
    """Give the fields of a record as they are written."""
    said = plain(node)
    return said if isinstance(said, dict) else {}
