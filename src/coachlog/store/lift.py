"""One record lifted out of its file as lines that can be edited alone, and put back in their place.

Both raise CannotProve where the record does not stand on lines of its own.
"""

from typing import NamedTuple

from coachlog.store.characters import LINE_BREAK, WHOLE_LINE
from coachlog.store.compose import compose
from coachlog.store.nodes import Mapping, Sequence
from coachlog.store.page import Edit, Page
from coachlog.store.prove import CannotProve, plain, with_plain
from coachlog.store.splice import Path, Plan, Way, found, made, record_lines


class Lifted(NamedTuple):
    """The lines of a record as they stand in its file, without their common margin, and the first one's number."""

    text: str
    line: int


def lift_record(data: bytes, path: Path) -> Lifted:
    """Give the lines of a record of a list, with its comments, so that they can be edited alone."""
    page = Page(data)
    start, end, column = _own_lines(page, found(page, path))
    text = page.text[start:end]
    return Lifted(_dedented(text, column), page.line_number(start))


def put_record(data: bytes, path: Path, text: str) -> bytes:
    """Put edited lines in the place of a record's own. Raises Unreadable where they can't be read by themselves."""
    return made(data, lambda page: _put_back(page, found(page, path), text))


def _own_lines(page: Page, way: Way) -> tuple[int, int, int]:
    """Find the lines of a record without the blank ones that follow, and the column of its dash."""
    holder = way.holder
    if not isinstance(holder, Sequence) or not isinstance(at := way.steps[-1], int) or holder.flow:
        raise page.refuse(way.place, "no record of a list with dashes stands here")
    start, end = record_lines(page, holder, at)
    end -= len(page.text[start:end]) - len(page.text[start:end].rstrip(" \t\r\n"))
    return start, page.next_line(end), holder.start.column


def _dedented(text: str, column: int) -> str:
    lines = WHOLE_LINE.findall(text)
    margin = " " * column
    is_deep = all(one.startswith(margin) or not one.strip() for one in lines)
    return "".join(one.removeprefix(margin) for one in lines) if is_deep else text


def _put_back(page: Page, way: Way, text: str) -> Plan:
    start, end, column = _own_lines(page, way)
    root = compose(text.encode())
    item = root.items[0] if isinstance(root, Sequence) and len(root.items) == 1 else None
    if not isinstance(item, Mapping) or root is None:
        raise CannotProve(page.line_number(start), "one record is expected, which begins with a dash")
    margin = " " * (column - root.start.column)
    lines = [f"{margin}{one}" if one.strip() else one for one in LINE_BREAK.split(text.rstrip("\r\n"))]
    unfinished = page.is_unfinished and end == len(page.text)
    new = page.line_end.join(lines) + ("" if unfinished else page.line_end)
    return [Edit(start, end, new)], with_plain(page.says, way.path, plain(item))
