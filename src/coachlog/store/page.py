"""The text of a file by its lines: which of them belong to a record, and which to what comes after it."""

import re
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from coachlog.store.characters import LINE_BREAK, read_text
from coachlog.store.compose import compose
from coachlog.store.emit import Habit, indented
from coachlog.store.habits import habit_of
from coachlog.store.nodes import Mapping, Node, Scalar, Sequence, Unreadable
from coachlog.store.prove import CannotProve, Plain, plain, prove

BOM = b"\xef\xbb\xbf"
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*%")
_DOCUMENT_END = re.compile(r"(?:\A|(?<=[\r\n]))\.\.\.(?=[ \t\r\n]|\Z)")
_TRIVIA = re.compile(r"(?:[ \t\r\n]+|(?:(?<=[ \t\r\n])|\A)#[^\r\n]*)*")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_TAB_WIDTH = 8


class Edit(NamedTuple):
    """A stretch of the text, from the first place to before the second, and what takes its place."""

    start: int
    end: int
    text: str


class Page:
    """A file that is to be changed: its text, its nodes, and the questions about its lines."""

    def __init__(self, data: bytes) -> None:
        """Read a file. Raises CannotProve where it can't be read, or begins with directives."""
        try:
            self.data = data
            self.root = compose(data)
            self.text = read_text(data)
        except Unreadable as refusal:
            fault = refusal.fault
            reason = f"the file can't be read ({fault.reason})"
            raise CannotProve(fault.line, reason, f"{fault.remedy[:1].upper()}{fault.remedy[1:]}.") from None
        if _DIRECTIVE.match(self.text):
            raise CannotProve(1, "the file begins with YAML directives (%), and such a file is not edited")
        self.is_unfinished = bool(self.text) and not self.text.endswith(("\n", "\r"))

    @cached_property
    def line_end(self) -> str:
        """The line end that the file is written with; of two, the one that most lines have."""
        windows, every = self.text.count("\r\n"), len(LINE_BREAK.findall(self.text))
        return "\r\n" if windows * 2 > every else "\r" if every and "\n" not in self.text else "\n"

    @cached_property
    def says(self) -> Plain:
        """What the file says."""
        return plain(self.root)

    @cached_property
    def _shared(self) -> set[int]:
        return _shared(self.root) if "&" in self.text else set()

    def line_number(self, place: int) -> int:
        """Count lines from 1, as an editor does."""
        return len(LINE_BREAK.findall(self.text, 0, place)) + 1

    def refuse(self, place: int, reason: str) -> CannotProve:
        """Say that a change is not made because of what stands at this place."""
        return CannotProve(self.line_number(place), reason)

    def line_start(self, place: int) -> int:
        """Find where the line of a place begins."""
        return max(self.text.rfind("\n", 0, place), self.text.rfind("\r", 0, place)) + 1

    def next_line(self, place: int) -> int:
        """Find where the line behind the one of a place begins; the end of the text behind the last."""
        found = LINE_BREAK.search(self.text, place)
        return found.end() if found else len(self.text)

    def document_end(self) -> int:
        """Find where an empty file can go on: above the line that ends its document (...), or at its end."""
        found = _DOCUMENT_END.search(self.text)
        return found.start() if found else len(self.text)

    def line_at_or_behind(self, place: int) -> int:
        """Find the line that begins at or behind a place."""
        return place if self.line_start(place) == place else self.next_line(place)

    def line(self, start: int) -> str:
        """Give a line from where it begins, without its end."""
        found = LINE_BREAK.search(self.text, start)
        return self.text[start : found.start() if found else len(self.text)]

    def is_first_on_line(self, place: int) -> bool:
        """Tell whether nothing but spaces stands before a place on its line."""
        return not self.text[self.line_start(place) : place].strip(" \t")

    def behind_trivia(self, place: int) -> int:
        """Step over blanks, line ends and comments."""
        found = _TRIVIA.match(self.text, place)
        return found.end() if found else place

    def has_comment(self, start: int, end: int) -> bool:
        """Tell whether there is a comment in a stretch that holds no value."""
        return "#" in self.text[start:end]

    def own_end(self, node: Node, end: int, column: int) -> int:
        """Find the line behind all that belongs to a node, whose key or dash is at a column.

        Its last line's comment is its own, and so are the deeper comments that follow; a comment at its own column or
        further left belongs to what comes next.
        """
        place = self._line_behind(node, end)
        own = place
        while place < len(self.text):
            line = self.line(place)
            stripped = line.lstrip(" \t")
            if stripped and not (stripped.startswith("#") and _width(line) > column):
                break
            place = self.next_line(place)
            own = place if stripped else own
        return own

    def is_below_blank(self, start: int) -> bool:
        """Tell whether a blank line stands above the line that begins here."""
        return start > 0 and not self.line(self._line_above(start)).strip(" \t")

    def behind_blank_lines(self, place: int) -> int:
        """Step over blank lines, from the beginning of a line."""
        while place < len(self.text) and not self.line(place).strip(" \t"):
            place = self.next_line(place)
        return place

    def own_start(self, place: int, column: int, bound: int) -> int:
        """Find the first of the comment lines directly above a line that stand at its column, down to a bound."""
        start = self.line_start(place)
        while start > bound:
            above = self._line_above(start)
            line = self.line(above)
            if above < bound or not line.lstrip(" \t").startswith("#") or _width(line) != column:
                break
            start = above
        return start

    def is_shared(self, node: Node) -> bool:
        """Tell whether an alias (*) elsewhere points at a node."""
        return id(node) in self._shared

    def has_tag(self, node: Node) -> bool:
        """Tell whether a tag (!) says what a node is."""
        return re.match(r"(?:&\S+\s+)?!", self.text[node.start.index : node.start.index + 200]) is not None

    def block_header(self, node: Scalar) -> re.Match[str] | None:
        """Find the `|` or `>` that a block text begins with."""
        return _BLOCK_HEADER.match(self.text, node.start.index) if node.style in {"literal", "folded"} else None

    def block_end(self, node: Node) -> int:
        """Find the line behind the last of a block text that is not blank."""
        place = node.end.index
        if self.line_start(place) != place:
            return place
        while place > node.start.index:
            above = self._line_above(place)
            if self.line(above).strip(" \t"):
                break
            place = above
        return place

    def lines_at(self, place: int, lines: list[str], column: int) -> Edit:
        """Put lines, indented to a column, where a line of the text begins."""
        return Edit(place, place, "".join(f"{line}{self.line_end}" for line in indented(lines, " " * column)))

    def habit(self) -> Habit:
        """Find out how the file is indented, from the first places that show it."""
        return habit_of(self.root, self.text)

    def habit_of(self, node: Sequence) -> Habit:
        """Find out how a list with dashes is indented: the spaces behind a dash are those of its last record."""
        gaps = [one.start.column - node.start.column - 1 for one in node.items if self._stands_behind_dash(node, one)]
        return replace(self.habit(), gap=gaps[-1]) if gaps else self.habit()

    def _stands_behind_dash(self, node: Sequence, one: Node) -> bool:
        """Tell whether an item stands on its dash's line, and is no alias."""
        margin = self.text[self.line_start(one.start.index) : one.start.index]
        return margin.strip(" ") == "-" and margin.index("-") == node.start.column

    def spliced(self, edits: list[Edit], intended: Plain) -> bytes:
        """Make the edits, and give the new bytes once they are proved. Raises CannotProve."""
        text = self.text
        for edit in sorted(edits, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        new = (BOM if self.data.startswith(BOM) else b"") + text.encode()
        prove(self.data, new, intended)
        return new

    def _line_above(self, start: int) -> int:
        """Find where the line before the one that begins here begins."""
        before = start - 2 if self.text[start - 2 : start] == "\r\n" else start - 1
        return self.line_start(before)

    def keeps_blank_lines(self, node: Node, end: int) -> bool:
        """Tell whether a node ends with a text (`|+`) that blank lines behind it are a part of."""
        header = self._block_header_at(_last(node), end)
        return header is not None and "+" in header[0]

    def _line_behind(self, node: Node, end: int) -> int:
        last = _last(node)
        if self._block_header_at(last, end) and not self.keeps_blank_lines(node, end):
            return self.line_at_or_behind(self.block_end(last))
        return self.line_at_or_behind(end) if self.keeps_blank_lines(node, end) else self.next_line(end)

    def _block_header_at(self, last: Node, end: int) -> re.Match[str] | None:
        """Find the header of a block text that ends here, and not where an alias points at."""
        return self.block_header(last) if isinstance(last, Scalar) and last.end.index == end else None


def _width(line: str) -> int:
    """Measure how far a line is indented; a tab leads to the next eighth column."""
    margin = line[: len(line) - len(line.lstrip(" \t"))]
    return len(margin.expandtabs(_TAB_WIDTH))


def _last(node: Node) -> Node:
    """Find the innermost value that a list or mapping ends with."""
    while not isinstance(node, Scalar) and not node.flow:
        inner = node.items if isinstance(node, Sequence) else [value for _, value in node.entries]
        if not inner:
            break
        node = inner[-1]
    return node


def _shared(root: Node | None) -> set[int]:
    """Find the nodes that stand in more than one place, and all inside them."""
    seen: set[int] = set()
    shared: set[int] = set()
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        (shared if id(node) in seen else seen).add(id(node))
        if isinstance(node, Sequence):
            waiting.extend(node.items)
        if isinstance(node, Mapping):
            waiting.extend(value for _, value in node.entries)
    return shared
