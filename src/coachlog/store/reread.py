"""Reading a text again after an edit: the records of a long list ahead of the edit are taken as they were read.

A parser goes through a text from its beginning and looks ahead no further than to the next thing. So up to the dash of
the record that holds the first change, or that stands before it, the new text reads as the old one did. And at the dash
of any record of a list that is written with dashes, the parser is where it was at the first one. The text without the
records in between therefore reads, from that dash on, as the whole text does: only its places are moved back.

That holds for one parser, and where nothing refers to another place (`&`, `*`); else the whole text is read.
"""

from typing import NamedTuple

from coachlog.store.nodes import Mapping, Mark, Node, Scalar, Sequence


class Kept(NamedTuple):
    """The records of a list that need not be read again, and the stretch of the text that they take up, in lines."""

    root: Mapping
    entry: int
    listing: Sequence
    ahead: int
    start: int
    end: int

    def rest(self, text: str) -> str:
        """Give a text without them."""
        return text[: self.start] + text[self.end :]

    def joined(self, rest: Node | None) -> Node | None:
        """Put them before what was read of the rest; None where that is no list any more."""
        if not isinstance(rest, Mapping) or len(rest.entries) <= self.entry:
            return None
        key, _ = self.root.entries[self.entry]
        listing = rest.entries[self.entry][1]
        if not isinstance(listing, Sequence) or rest.entries[self.entry][0] != key:
            return None
        items = (*self.listing.items[: self.ahead], *map(self._moved, listing.items))
        whole = listing._replace(items=items, start=self.listing.start, end=self._back(listing.end))
        behind = [(self._scalar(key), self._moved(value)) for key, value in rest.entries[self.entry + 1 :]]
        entries = (*self.root.entries[: self.entry], (key, whole), *behind)
        return rest._replace(entries=entries, end=self._back(rest.end))

    def _moved(self, node: Node) -> Node:
        if isinstance(node, Scalar):
            return self._scalar(node)
        start, end = self._back(node.start), self._back(node.end)
        if isinstance(node, Sequence):
            return node._replace(items=tuple(map(self._moved, node.items)), start=start, end=end)
        entries = tuple((self._scalar(key), self._moved(value)) for key, value in node.entries)
        return node._replace(entries=entries, start=start, end=end)

    def _scalar(self, node: Scalar) -> Scalar:
        return node._replace(start=self._back(node.start), end=self._back(node.end))

    def _back(self, mark: Mark) -> Mark:
        """Give the place in the whole text of a place in the rest of it."""
        lines = self.listing.items[self.ahead].start.line - self.listing.items[0].start.line
        return Mark(mark.line + lines, mark.column, mark.index + self.end - self.start)


def kept(root: Node | None, old: str, new: str) -> Kept | None:
    """Find what of a text need not be read again to read another that came of it; None where nothing is gained."""
    if not isinstance(root, Mapping) or root.flow:
        return None
    change = same_until(old, new)
    found = [at for at, (_, value) in enumerate(root.entries) if _is_open_list(value) and value.start.index < change]
    if not found:
        return None
    listing = root.entries[found[-1]][1]
    if not isinstance(listing, Sequence):
        return None
    ahead = sum(1 for item in listing.items if item.start.index < change) - 1
    if ahead < 1:
        return None
    start, end = (_line_of_dash(old, listing, listing.items[at]) for at in (0, ahead))
    return None if start is None or end is None else Kept(root, found[-1], listing, ahead, start, end)


def same_until(old: str | bytes, new: str | bytes) -> int:
    """Count how much of the beginning of two texts is the same."""
    same, longest = 0, min(len(old), len(new))
    while same < longest:
        middle = (same + longest + 1) // 2
        if old[same:middle] == new[same:middle]:
            same = middle
        else:
            longest = middle - 1
    return same


def _is_open_list(node: Node) -> bool:
    return isinstance(node, Sequence) and not node.flow


def _line_of_dash(text: str, listing: Sequence, item: Node) -> int | None:
    """Find where the line begins on which a record stands behind the list's dash, and nothing before that."""
    begins = max(text.rfind("\n", 0, item.start.index), text.rfind("\r", 0, item.start.index)) + 1
    margin = text[begins : item.start.index]
    is_dash = margin.strip(" ") == "-" and margin.index("-") == listing.start.column
    return begins if is_dash else None
