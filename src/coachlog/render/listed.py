"""Records in a list on a terminal: a table where it fits, else the texts wrapped in it or below it; nothing is cut."""

from collections.abc import Iterator, Sequence

from coachlog.render.line import Line, Span, line
from coachlog.render.measure import hung, table, table_width, wrapped

_LEAST = 16
"""In how many columns a text is still read with ease."""
_INDENT = 4
_NONE = "-"
_GAP = "  "
_Row = tuple[Span, ...]


def listed_lines(rows: list[_Row], width: int | None) -> Iterator[Line]:
    """Show records below their headings, which are the first row; the last cell of each is the coach's own text."""
    short = [row[:-1] for row in rows]
    beside = table_width(short) + len(_GAP)
    if width is None or table_width(rows) <= width:
        return table(rows)
    if width - beside >= _LEAST:
        return _wrapped_in_it(rows, beside, width)
    return _below(rows, [[one] for one in table(short)] if table_width(short) <= width else _alone(short, width), width)


def _wrapped_in_it(rows: Sequence[_Row], beside: int, width: int) -> Iterator[Line]:
    """Wrap each text within its own column."""
    parts = [list(wrapped(row[-1].text, width - beside, 0)) for row in rows]
    firsts = table([(*row[:-1], Span(first, row[-1].style)) for row, (first, *_) in zip(rows, parts, strict=True)])
    for first, (_, *rest) in zip(firsts, parts, strict=True):
        yield first
        yield from (line(" " * beside + one) for one in rest)


def _alone(short: Sequence[_Row], width: int) -> list[list[Line]]:
    """Give what is said of each record without a table, and so without headings and what is empty."""
    said = (_GAP.join(one.text for one in row if one.text != _NONE) for row in short[1:])
    return [[], *([line(part) for part in hung(one, width)] for one in said)]


def _below(rows: Sequence[_Row], heads: Sequence[Sequence[Line]], width: int) -> Iterator[Line]:
    """Put the text of each record below the rest of it."""
    for at, (row, head) in enumerate(zip(rows, heads, strict=True)):
        yield from head
        text = row[-1].text
        yield from (line(one) for one in wrapped(text, width, _INDENT) if at and text != _NONE)
