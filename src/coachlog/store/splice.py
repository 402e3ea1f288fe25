"""Changing one place of a file, and not a byte beside it: a record goes in, a value changes, a key or record is cut.

Every function takes a file's bytes (none for a file that is absent) and gives the new ones once they are proved. A path
leads from the top of the file: a key, and in a list either a place (counted from 0) or the id of a record, as in
`("contracts", "2026a", "payments")`. All raise CannotProve where the change is better made by hand.
"""

from collections.abc import Callable
from collections.abc import Sequence as Items
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from coachlog.store import emit
from coachlog.store.emit import Value
from coachlog.store.nodes import Mapping, Node, Scalar, Sequence, is_empty, text_behind
from coachlog.store.page import Edit, Page
from coachlog.store.prove import CannotProve, Plain, Step, with_items, with_value, without

Path: TypeAlias = tuple[Step, ...]
Plan: TypeAlias = tuple[list[Edit], Plain]


def insert_record(data: bytes, path: Path, record: Value, *, line: bool | None = None) -> bytes:
    """Add a record, or any item, at the end of a list, in the list's own manner; an absent list is begun.

    `line` says whether the first record of a list is one line; else it is so for a list inside a record.
    """
    return insert_records(data, path, [record], line=line)


def insert_records(data: bytes, path: Path, records: Items[Value], *, line: bool | None = None) -> bytes:
    """Add several records at the end of a list as `insert_record` does one after the other, with a single proof."""
    return made(data, lambda page: _inserted(page, _way(page, path), records, line=line)) if records else data


def replace_value(data: bytes, path: Path, value: Value) -> bytes:
    """Write another value behind a key, or in place of an item of a list."""
    return made(data, lambda page: _replaced(page, found(page, path), value))


def add_key(data: bytes, path: Path, value: Value) -> bytes:
    """Add a key, the last step of the path, with its value at the end of a mapping; absent mappings are begun."""
    return made(data, lambda page: _added(page, _absent(page, path), value))


def set_value(data: bytes, path: Path, value: Value) -> bytes:
    """Write a value behind a key, whether the key is there or not."""
    return made(data, lambda page: _set(page, _way(page, path), value))


def cut_key(data: bytes, path: Path) -> bytes:
    """Cut a key with its value, the comment behind it, and the deeper comments below it."""
    return made(data, lambda page: _key_cut(page, found(page, path)))


def cut_record(data: bytes, path: Path) -> bytes:
    """Cut a record of a list, from the comment lines directly above it through the blank lines that follow it."""
    return made(data, lambda page: _record_cut(page, found(page, path)))


class Way(NamedTuple):
    """The nodes from the top of a file to where a path leads, as far as they are there."""

    nodes: tuple[Node, ...]
    steps: Path
    missing: tuple[str, ...]

    @property
    def node(self) -> Node | None:
        """The node that it leads to, or the last one that is there."""
        return self.nodes[-1] if self.nodes else None

    @property
    def holder(self) -> Node | None:
        """The node in which that one stands."""
        return self.nodes[-2] if len(self.nodes) > 1 else None

    @property
    def path(self) -> Path:
        """The whole path, with what is missing."""
        return self.steps + self.missing

    @property
    def in_braces(self) -> bool:
        """Tell whether the last node stands inside braces or brackets."""
        return any(not isinstance(node, Scalar) and node.flow for node in self.nodes[:-1])

    @property
    def place(self) -> int:
        """Where in the text the last node begins."""
        return self.nodes[-1].start.index if self.nodes else 0

    def key(self) -> Scalar | None:
        """Give the key that the last node stands behind; None for an item of a list."""
        if not isinstance(self.holder, Mapping):
            return None
        return next(key for key, _ in self.holder.entries if key.text == self.steps[-1])


def made(data: bytes, plan: Callable[[Page], Plan]) -> bytes:
    """Plan the edits and make them; a last line without an end gets one before other lines follow it."""
    page = Page(data)
    edits, intended = plan(page)
    if page.is_unfinished and any(edit.end == len(page.text) and edit.text for edit in edits):
        page = Page(data + page.line_end.encode())
        edits, intended = plan(page)
    return page.spliced(edits, intended)


def _way(page: Page, path: Path) -> Way:
    """Follow a path; what is missing at its end is for the caller to judge."""
    nodes: list[Node] = [] if page.root is None else [page.root]
    steps: list[Step] = []
    for count, step in enumerate(path):
        node = nodes[-1] if nodes else None
        if node is not None:
            _refuse_delicate(page, node)
        found = None if node is None or is_empty(node) else _step(page, node, step)
        if found is None:
            return Way(tuple(nodes), tuple(steps), _keys(page, node, path[count:]))
        steps.append(found[0])
        nodes.append(found[1])
    way = Way(tuple(nodes), tuple(steps), ())
    if nodes:
        _refuse_delicate(page, nodes[-1])
    return way


def _step(page: Page, node: Node, step: Step) -> tuple[Step, Node] | None:
    if isinstance(node, Mapping):
        return next(((step, value) for key, value in node.entries if key.text == step), None)
    if isinstance(node, Scalar):
        raise page.refuse(node.start.index, "a text stands where a list or mapping is expected")
    places = [place for place, item in enumerate(node.items) if step in {place, text_behind(item, "id")}]
    if len(places) != 1:
        raise page.refuse(node.start.index, "the record is not there" if not places else "two records share this id")
    return places[0], node.items[places[0]]


def _keys(page: Page, node: Node | None, steps: Path) -> tuple[str, ...]:
    """Take what is missing of a path as keys that can be added."""
    if not all(isinstance(step, str) for step in steps):
        raise page.refuse(node.start.index if node else 0, "the record is not there")
    return tuple(str(step) for step in steps)


def _refuse_delicate(page: Page, node: Node) -> None:
    if page.is_shared(node):
        raise page.refuse(node.start.index, "this is used in another place too (& and *)")
    if page.has_tag(node):
        raise page.refuse(node.start.index, "a tag (!) stands here")


def found(page: Page, path: Path) -> Way:
    way = _way(page, path)
    if way.missing or not path:
        raise page.refuse(way.place, "what is to be changed is not there")
    return way


def _absent(page: Page, path: Path) -> Way:
    way = _way(page, path)
    if not way.missing:
        raise page.refuse(way.place, "the key is there already")
    return way


def _set(page: Page, way: Way, value: Value) -> Plan:
    return _added(page, way, value) if way.missing else _replaced(page, way, value)


def _inserted(page: Page, way: Way, records: Items[Value], *, line: bool | None) -> Plan:
    intended = with_items(page.says, way.path, records)
    node = way.node
    if way.missing:
        return _entry_added(page, way, records, _first_manner(way, line)), intended
    if isinstance(node, Sequence) and not node.flow:
        return _items_added(page, node, records), intended
    if isinstance(node, Sequence) and (node.items or way.in_braces or not _is_bare_pair(page, node)):
        texts = [emit.one_line(one, braces=True) for one in records]
        return _added_in_braces(page, node, [(one.start.index, one.end.index) for one in node.items], texts), intended
    if isinstance(node, Sequence) or (node is not None and is_empty(node)):
        return _put(page, way, records, _first_manner(way, line)), intended
    raise page.refuse(way.place, "no list stands here")


def _first_manner(way: Way, line: bool | None) -> bool:  # noqa: FBT001  (passed on as it came)
    """Say whether the first record of a list is one line: inside another record it is."""
    return len(way.path) > 1 if line is None else line


def _is_bare_pair(page: Page, node: Sequence) -> bool:
    return not page.text[node.start.index + 1 : node.end.index - 1].strip(" \t")


def _added(page: Page, way: Way, value: Value) -> Plan:
    return _entry_added(page, way, value, line=True), with_value(page.says, way.path, value)


def _entry_added(page: Page, way: Way, value: Value, line: bool) -> list[Edit]:  # noqa: FBT001  (likewise)
    """Add the first key that is missing, with the others below it."""
    key, *deeper = way.missing
    for inner in reversed(deeper):
        value = {inner: value}
    node = way.node
    if node is None:
        return [page.lines_at(page.document_end(), _entry_lines(page, key, value, line=line), 0)]
    if isinstance(node, Mapping) and node.flow:
        spans = [(one.start.index, other.end.index) for one, other in node.entries]
        return _added_in_braces(page, node, spans, [emit.one_line({key: value}, braces=True)[1:-1]])
    if isinstance(node, Mapping):
        column = node.entries[0][0].start.column
        place = page.own_end(node, node.end.index, column)
        lines = _entry_lines(page, key, value, line=line)
        return [page.lines_at(place, ["", *lines] if _are_sections(page, way, node) else lines, column)]
    if is_empty(node) and way.steps:
        return _put(page, way, {key: value}, line)
    raise page.refuse(way.place, "no mapping stands here")


def _are_sections(page: Page, way: Way, node: Mapping) -> bool:
    """Tell whether a blank line stands above the last key of a whole file."""
    if way.steps or len(node.entries) == 1 or page.keeps_blank_lines(node, node.end.index):
        return False
    start = node.entries[-1][0].start
    return page.is_below_blank(page.own_start(start.index, start.column, 0))


def _entry_lines(page: Page, key: str, value: Value, *, line: bool) -> list[str]:
    habit = page.habit()
    if not emit.holds_records(value):
        return emit.entry(key, value, habit)
    items = [row for one in value for row in emit.item(one, habit, line=line)]
    return [f"{emit.scalar(key, braces=False)}:", *emit.indented(items, " " * habit.dash)]


def _items_added(page: Page, node: Sequence, records: Items[Value]) -> list[Edit]:
    """Add records below the last one of a list with dashes."""
    if not page.text.startswith("-", node.start.index):
        raise page.refuse(node.start.index, "an anchor (&) stands here")
    column = node.start.column
    last = node.items[-1]
    mappings = [one for one in node.items if isinstance(one, Mapping)]
    habit, line = page.habit_of(node), sum(one.flow for one in mappings) * 2 > len(mappings)
    place = page.own_end(last, node.end.index, column)
    apart = _are_apart(page, node)
    lines = [row for one in records for row in (*([""] if apart else []), *emit.item(one, habit, line=line))]
    begins_apart = apart and not page.keeps_blank_lines(last, node.end.index)
    return [page.lines_at(place, lines if begins_apart or not apart else lines[1:], column)]


def _are_apart(page: Page, node: Sequence) -> bool:
    """Tell whether a blank line stands between the last two records of a list."""
    if len(node.items) == 1 or not node.start.index < node.items[-1].start.index < node.end.index:
        return False
    start = page.own_start(node.items[-1].start.index, node.start.column, node.start.index)
    return page.is_below_blank(start)


def _added_in_braces(
    page: Page, node: Mapping | Sequence, spans: list[tuple[int, int]], texts: list[str]
) -> list[Edit]:
    """Add items behind the last one of a list or mapping in brackets."""
    closing, text = node.end.index - 1, ", ".join(texts)
    if not spans:
        return [Edit(closing, closing, text)]
    start, end = spans[-1]
    behind = page.behind_trivia(end)
    has_comma = page.text.startswith(",", behind)
    if not has_comma and behind != closing:
        raise page.refuse(end, "an alias (*) stands here")
    comma = " ," if page.text[end - 1] == ":" else ","  # behind a key without a value
    if not (page.is_first_on_line(start) and page.is_first_on_line(closing)):
        return [Edit(behind + 1, behind + 1, f" {text}")] if has_comma else [Edit(end, end, f"{comma} {text}")]
    margin = page.text[page.line_start(start) : start]
    line = page.next_line(behind if has_comma else end)
    between = f",{page.line_end}{margin}"
    new = f"{margin}{between.join(texts)}{',' if has_comma else ''}{page.line_end}"
    return [*([] if has_comma else [Edit(end, end, comma)]), Edit(line, line, new)]


def _replaced(page: Page, way: Way, value: Value) -> Plan:
    return _put(page, way, value, line=True), with_value(page.says, way.path, value)


def _put(page: Page, way: Way, value: Value, line: bool) -> list[Edit]:  # noqa: FBT001  (likewise)
    """Write a value in the place of a text, of nothing, or of what stands in brackets."""
    node = way.nodes[-1]
    if not isinstance(node, Scalar) and not node.flow:
        raise page.refuse(node.start.index, "what is to be replaced fills lines of its own")
    key = way.key()
    if way.in_braces or (key is None and not isinstance(value, str)):
        return _put_behind(page, node, emit.one_line(value, braces=way.in_braces))
    if key is None:
        return _put_lines(page, way, emit.value_lines(value, page.habit(), 0), value)
    entry = _entry_lines(page, "", value, line=line)
    return _put_lines(page, way, (entry[0].partition(":")[2].lstrip(" "), entry[1:]), value)


def _put_lines(page: Page, way: Way, written: tuple[str, list[str]], value: Value) -> list[Edit]:
    """Write a value that may need lines below its key."""
    head, lines = written
    node = way.nodes[-1]
    start = (way.key() or way.nodes[-2]).start
    own_end = page.own_end(node, node.end.index, start.column)
    if not lines:
        return _put_behind(page, node, head)
    if not head:
        return [*_put_behind(page, node, ""), page.lines_at(own_end, lines, start.column)]
    is_block = isinstance(node, Scalar) and page.block_header(node)
    place = page.line_at_or_behind(page.block_end(node)) if is_block else page.next_line(node.end.index)
    if place < own_end and page.has_comment(place, own_end):
        # The comment below would become a line of the text.
        return _put_behind(page, node, emit.one_line(value))
    return [*_put_behind(page, node, head), page.lines_at(place, lines, start.column)]


def _put_behind(page: Page, node: Node, text: str) -> list[Edit]:
    """Write what stands on the key's own line; the lines of a block text go, the comment on its first line stays."""
    start, end = node.start.index, node.end.index
    header = page.block_header(node) if isinstance(node, Scalar) else None
    if isinstance(node, Scalar) and header:
        below = page.next_line(start)
        return [Edit(start, header.end(), text), Edit(below, max(below, page.block_end(node)), "")]
    if start == end:
        return [Edit(start, end, f" {text}")] if text else []
    if not text:
        start -= len(page.text[:start]) - len(page.text[:start].rstrip(" \t"))
    return [Edit(start, end, text)]


def _key_cut(page: Page, way: Way) -> Plan:
    holder, key = way.holder, way.key()
    if not isinstance(holder, Mapping) or key is None:
        raise page.refuse(way.place, "no key stands here")
    intended = without(page.says, way.path)
    at = next(place for place, (one, _) in enumerate(holder.entries) if one is key)
    spans = [(one.start.index, value.end.index) for one, value in holder.entries]
    if holder.flow:
        return _cut_in_braces(page, spans, at), intended
    end = page.own_end(way.nodes[-1], spans[at][1], key.start.column)
    if page.is_first_on_line(key.start.index) and len(spans) > 1:
        return [Edit(page.line_start(key.start.index), end, "")], intended
    if at + 1 == len(spans) or page.has_comment(page.line_at_or_behind(spans[at][1]), spans[at + 1][0]):
        raise page.refuse(key.start.index, "this key can't be cut without what stands around it")
    return [Edit(key.start.index, spans[at + 1][0], "")], intended


def _record_cut(page: Page, way: Way) -> Plan:
    holder = way.holder
    if not isinstance(holder, Sequence) or not isinstance(at := way.steps[-1], int):
        raise page.refuse(way.place, "no record of a list stands here")
    intended = without(page.says, way.path)
    spans = [(item.start.index, item.end.index) for item in holder.items]
    if any(one[1] > other[0] for one, other in pairwise([(0, holder.start.index), *spans])):
        raise page.refuse(holder.start.index, "an alias (*) stands in this list")
    if holder.flow:
        return _cut_in_braces(page, spans, at), intended
    start, end = record_lines(page, holder, at)
    edits = [Edit(start, end, "")]
    return ([*edits, _emptied(page, way)] if len(spans) == 1 else edits), intended


def record_lines(page: Page, node: Sequence, at: int) -> tuple[int, int]:
    """Find all lines of a record: the comments directly above, its own, and the blank lines that follow."""
    column = node.start.column
    before = node.items[at - 1] if at else None
    bound = page.own_end(before, before.end.index, column) if before else 0
    dash = page.behind_trivia(bound) if before else node.start.index
    if not (page.text.startswith("-", dash) and page.is_first_on_line(dash)):
        raise page.refuse(dash, "this record does not begin on a line of its own")
    item = node.items[at]
    start, end = page.own_start(dash, column, bound), page.own_end(item, item.end.index, column)
    # Blank lines below the last record part the list from what follows, unless the records themselves are parted so.
    is_last = at + 1 == len(node.items)
    return start, end if is_last and not page.is_below_blank(start) else page.behind_blank_lines(end)


def _emptied(page: Page, way: Way) -> Edit:
    """Write `[]` behind the key of a list whose only record is cut."""
    key = Way(way.nodes[:-1], way.steps[:-1], ()).key()
    colon = page.text.find(":", key.end.index) if key else -1
    if colon < 0:
        raise page.refuse(way.place, "this is the only item of its list")
    return Edit(colon + 1, colon + 1, " []")


def _cut_in_braces(page: Page, spans: list[tuple[int, int]], at: int) -> list[Edit]:
    """Cut an item in brackets with the comma that parts it from the next, or else from the one before."""
    start, end = spans[at]
    if at + 1 < len(spans):
        if page.has_comment(page.next_line(end), spans[at + 1][0]):
            raise page.refuse(start, "this can't be cut without the comment around it")
        return [Edit(start, spans[at + 1][0], "")]
    if at == 0 or page.has_comment(spans[at - 1][1], start):
        return [Edit(start, end + page.text.startswith(",", end), "")]
    return [Edit(spans[at - 1][1], end, "")]


__all__ = [
    "CannotProve",
    "add_key",
    "cut_key",
    "cut_record",
    "insert_record",
    "insert_records",
    "replace_value",
    "set_value",
]
