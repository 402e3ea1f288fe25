"""Records that the coach finishes in the editor before they are written, with what else they may say as a template."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from zoneinfo import ZoneInfo

from coachlog.commands.desk.in_editor import EditedMeanwhile, Wrong
from coachlog.model.instant import Instant, parse_day
from coachlog.model.problem import Problem
from coachlog.model.record import Record
from coachlog.model.words import day_words, moment_words
from coachlog.store.compose import compose
from coachlog.store.draft import Rewrite
from coachlog.store.identify import LIST_FILES, WHOLE_FILES, identified
from coachlog.store.locate import Way, records
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Node, Scalar, Unreadable
from coachlog.store.nodes import Sequence as ListNode
from coachlog.store.prove import CannotProve, Step, plain
from coachlog.store.records import inner_kinds
from coachlog.store.splice import lift_record, put_record
from coachlog.views.template import Blank, blanks

Path = tuple[Step, ...]
Put = tuple[str, Callable[[bytes], bytes]]
HEADER = "# Closing this writes it; emptied, nothing is written. A field counts without the # before it."
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")


class Misfit(Exception):
    """An answer is not what was put into the editor: on which line, counted from 1, and how."""

    def __init__(self, line: int, reason: str) -> None:
        """Keep the line and the reason."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


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
        return _id(self._item)

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


@dataclass(frozen=True)
class Sheet:
    """What is put into the editor: the records of a change, one below the other."""

    leaves: tuple[Leaf, ...]

    @property
    def label(self) -> str:
        """What its draft is called."""
        return draft_label(self.leaves[0].file)

    @cached_property
    def text(self) -> str:
        """The whole text, with the template behind each record."""
        parts = [f"{HEADER}\n"]
        for one in self.leaves:
            parts += [one.shown, "" if one.shown.endswith(("\n", "\r")) else "\n"]
            parts += [f"{line}\n" for line in one.template]
        return "".join(parts)

    def own(self, answer: str) -> str:
        """Give an answer without what is left of the template."""
        return "".join(line for _, line in self._own(answer))

    def said(self, answer: str) -> str:
        """Give what is left of an answer without any comment; where that is nothing, the coach gave up."""
        return "".join(line for _, line in self._own(answer) if not line.lstrip().startswith("#"))

    def _own(self, answer: str) -> Iterator[tuple[int, str]]:
        template = {HEADER, *(line.strip() for one in self.leaves for line in one.template)}
        hints = [(f"{blank.key}:", f"# {blank.hint}") for one in self.leaves for blank in one.blanks]
        for number, line in enumerate(_LINE.findall(answer), start=1):
            said = line.strip()
            if said in template:
                continue
            behind = next((hint for key, hint in hints if said.startswith(key) and said.endswith(hint)), "")
            yield number, f"{line.rstrip().removesuffix(behind).rstrip()}\n" if behind else line

    def texts(self, own: str) -> list[str]:
        """Part an answer into the texts of its records. Raises Unreadable, CannotProve and Misfit."""
        root = compose(own.encode())
        _refuse_shared(root)
        if not self.leaves[0].path:
            if not isinstance(root, MappingNode):
                raise Misfit(1, "the keys of a file are expected, each with its value")
            return [own]
        items = root.items if isinstance(root, ListNode) and not root.flow else ()
        if len(items) != len(self.leaves) or not all(isinstance(one, MappingNode) for one in items):
            number = "one record is" if len(self.leaves) == 1 else f"{len(self.leaves)} records are"
            raise Misfit(1, f"{number} expected, each behind a dash")
        for leaf, item in zip(self.leaves, items, strict=True):
            if _id(item) != leaf.id:
                raise Misfit(item.start.line + 1, f"the id stays {leaf.id}, as other records may name it")
        return [lift_record(own.encode(), (at,)).text for at in range(len(items))] if len(items) > 1 else [own]

    def puts(self, own: str) -> list[Put]:
        """Give what is to become of the files, for each record that was changed. Raises what `texts` raises."""
        texts = zip(self.leaves, self.texts(own), strict=True)
        return [(leaf.file, partial(leaf.put, text=text)) for leaf, text in texts if text != leaf.shown]

    def changed(self, own: str, zone: ZoneInfo) -> list[str]:
        """Name the fields that were changed, days and moments with what they are now."""
        root = compose(own.encode())
        items = root.items if isinstance(root, ListNode) else (root,)
        pairs = [(leaf.says, says_of(item)) for leaf, item in zip(self.leaves, items, strict=True)]
        changed = [(key, now.get(key)) for was, now in pairs for key in {**was, **now} if was.get(key) != now.get(key)]
        return [f"{key}{_day_told(value, zone)}" for key, value in changed]

    def wrong(
        self,
        answer: str,
        work_out: Callable[[Sequence[Put]], Mapping[str, bytes]],
        problems: Callable[[str, bytes], Sequence[Problem]],
    ) -> list[Wrong]:
        """Tell what can't be read of an answer, on its own lines, which are counted from 1."""
        parts = list(self._own(answer))
        own = "".join(line for _, line in parts)
        numbers = [number for number, _ in parts] or [1]
        return [
            Wrong(numbers[min(max(one.line, 1), len(numbers)) - 1], one.message)
            for one in self._wrong(own, work_out, problems)
        ]

    def _wrong(
        self,
        own: str,
        work_out: Callable[[Sequence[Put]], Mapping[str, bytes]],
        problems: Callable[[str, bytes], Sequence[Problem]],
    ) -> list[Wrong]:
        try:
            texts, files = self.texts(own), work_out(self.puts(own))
        except Unreadable as refusal:
            return [Wrong(refusal.fault.line, f"{refusal.fault.reason}; {refusal.fault.remedy}")]
        except Misfit as misfit:
            return [Wrong(misfit.line, f"{misfit.reason[:1].upper()}{misfit.reason[1:]}.")]
        except CannotProve as refusal:
            return [Wrong(1, refusal.what.partition(": ")[2])]
        found: list[Wrong] = []
        for at, (leaf, text) in enumerate(zip(self.leaves, texts, strict=True)):
            data = files[leaf.file]
            start = leaf.line_in(data)
            first = lift_record(own.encode(), (at,)).line if len(texts) > 1 else 1
            height = len(_LINE.findall(text))
            near = (one for one in problems(leaf.file, data) if start <= one.place.line < start + height)
            found += [Wrong(one.place.line - start + first, one.message) for one in near]
        return found


def sheet_of(before: Mapping[str, bytes], rewrites: Sequence[Rewrite]) -> Sheet | None:
    """Put the records on a sheet that a change writes into the first of its files; None where it writes none.

    Raises CannotProve where a record stands so that it can't be edited alone.
    """
    for one in rewrites:
        leaves = _leaves(one.name, identified(before.get(one.name, b""), one.name), one.data)
        if leaves:
            return Sheet(leaves)
    return None


def _day_told(value: object, zone: ZoneInfo) -> str:
    text = value if isinstance(value, str) else ""
    day, at = parse_day(text), Instant.parse(text, zone)
    told = day_words(day) if day else moment_words(at) if at else ""
    return f" ({told})" if told else ""


def draft_label(file: str) -> str:
    """Name the draft of what goes into a file of the journal."""
    return file.removeprefix("clients/").removesuffix(".yaml").replace("/", "-")


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
        if was.get(label) != plain(way.node) and (_id(way.node) or len(way.path) <= len(("list", 0)))
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
    shown = _in_lines(data, text, _at(root, path))
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
            kinds = dict(inner_kinds(kind)) if kind else LIST_FILES[leaf].kinds
            kind = kinds.get(step)
    return kind


def _at(root: Node | None, path: Path) -> Node | None:
    node = root
    for step in path:
        node = _below(node, step)
    return node


def _below(node: Node | None, step: Step) -> Node | None:
    if isinstance(node, ListNode) and isinstance(step, int):
        return node.items[step]
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((value for key, value in entries if key.text == step), None)


def _by_ids(root: Node | None, path: Path) -> Path:
    """Name the records on a way by their ids, which stay where others come and go."""
    return tuple(
        (_id(_at(root, path[: at + 1])) or step) if isinstance(step, int) else step for at, step in enumerate(path)
    )


def _refuse_shared(node: Node | None) -> None:
    """Refuse an anchor: in the file it could be another's. Raises Misfit."""
    if node is None:
        return
    if node.anchor is not None:
        raise Misfit(node.start.line + 1, "an anchor (&) is not taken here: write the value out at each place")
    for one in _inside(node):
        _refuse_shared(one)


def _inside(node: Node) -> Iterator[Node]:
    if isinstance(node, MappingNode):
        yield from (value for _, value in node.entries)
    elif isinstance(node, ListNode):
        yield from node.items


def _only(root: Node | None) -> Node | None:
    return root.items[0] if isinstance(root, ListNode) and root.items else None


def _id(node: Node | None) -> str | None:
    entries = node.entries if isinstance(node, MappingNode) else ()
    return next((value.text for key, value in entries if key.text == "id" and isinstance(value, Scalar)), None)


def says_of(node: Node | None) -> dict[str, Any]:
    """Give the fields of a record as they are written."""
    said = plain(node)
    return said if isinstance(said, dict) else {}
