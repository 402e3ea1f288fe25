"""A change as git shows it, without the coach's own notes: the lines of `private` are `…`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from itertools import pairwise

from coachlog.store.characters import LINE_BREAK
from coachlog.store.compose import compose
from coachlog.store.draft import Rewrite
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Node, Scalar, Unreadable

PRIVATE = "private"
HIDDEN = "…"
_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")
_HEADER_LINES = 2


def diff_of(before: Mapping[str, bytes], rewrites: Iterable[Rewrite]) -> str:
    """Show the files of a change, each from its old bytes (none for a new file) to its new ones."""
    lines = (line for one in rewrites for line in _of_file(one.name, before.get(one.name, b""), one.data))
    return "".join(f"{line}\n" for line in lines)


def _of_file(name: str, old: bytes, new: bytes) -> Iterator[str]:
    """Compare the real lines, so that a changed note is seen to change, and show the masked ones."""
    masked = [_lines(without_private(data)) for data in (old, new)]
    places = [0, 0]
    for count, line in enumerate(
        unified_diff(_lines(_text(old)), _lines(_text(new)), f"a/{name}", f"b/{name}", lineterm="")
    ):
        found = _HUNK.match(line)
        if found:
            # A file without lines is told to begin at 0.
            places = [max(int(place) - 1, 0) for place in found.groups()]
        if found or count < _HEADER_LINES:
            yield line
            continue
        is_new = line[0] != "-"
        yield f"{line[0]}{masked[is_new][places[is_new]]}"
        places = [places[0] + (line[0] != "+"), places[1] + is_new]


def without_private(data: bytes) -> str:
    """Give the text of a file with `…` for every value of `private`, line by line; all of it where it is no YAML."""
    try:
        root = compose(data)
    except Unreadable:
        return LINE_BREAK.sub("\n", re.sub(r"[^\r\n]+", HIDDEN, _text(data)))
    text = _text(data)
    spans = sorted(_spans(text, root))
    ends = [0, *(end for _, end in spans)]
    kept = [text[end:start] for (start, _), end in zip([*spans, (len(text), 0)], ends, strict=True)]
    hidden = [_hidden(text[start:end]) for start, end in spans]
    return "".join(part for pair in zip(kept, [*hidden, ""], strict=True) for part in pair)


def _spans(text: str, node: Node | None) -> set[tuple[int, int]]:
    """Find what stands behind each `private`: in braces the value, else all to the end of its last line."""
    found: set[tuple[int, int]] = set()
    for key, value, flow in _entries(node):
        if key.text != PRIVATE:
            continue
        end = value.end.index
        behind = LINE_BREAK.search(text, max(value.start.index, end - 1)) if not flow else None
        found.add((value.start.index, max(end, behind.start() if behind else end)))
    return _apart(found)


def _apart(spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Keep of spans that lie in each other the outer one."""
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    inside = {one for other, one in pairwise(ordered) if one[0] < other[1]}
    return spans - inside


def _entries(node: Node | None) -> Iterator[tuple[Scalar, Node, bool]]:
    if node is None or isinstance(node, Scalar):
        return
    for key, value in node.entries if isinstance(node, MappingNode) else ():
        yield key, value, node.flow
    inner = (value for _, value in node.entries) if isinstance(node, MappingNode) else node.items
    for one in inner:
        yield from _entries(one)


def _hidden(text: str) -> str:
    return re.sub(r"[^\r\n \t][^\r\n]*", HIDDEN, text)


def _text(data: bytes) -> str:
    return data.decode(errors="replace").removeprefix("\ufeff")


def _lines(text: str) -> list[str]:
    lines = LINE_BREAK.split(text)
    return lines if lines[-1] else lines[:-1]
