"""How wide a text stands on a terminal, and how it is wrapped: whole words, never cut."""

import unicodedata
from collections.abc import Iterator

from coachlog.render.line import Line, Span
from coachlog.render.safe import safe

_WIDE = frozenset({"W", "F"})
_WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf"})
_HANGING = "  "


def width_of(text: str) -> int:
    """Give the number of columns that a text takes, once it went through the filter."""
    shown = safe(text)
    return len(shown) if shown.isascii() else sum(map(_columns, shown))


def _columns(character: str) -> int:
    if unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def padded(text: str, width: int) -> str:
    """Fill a text up with spaces to a width."""
    return text + " " * max(0, width - width_of(text))


def wrapped(text: str, width: int | None, indent: int) -> Iterator[str]:
    """Break a text into indented lines that fit a width (None: one line); a long word stays whole."""
    margin, current = " " * indent, ""
    for word in text.split(" "):
        longer = f"{current} {word}" if current else word
        if current and width is not None and indent + width_of(longer) > width:
            yield margin + current
            longer = word
        current = longer
    yield margin + current


def hung(text: str, width: int) -> Iterator[str]:
    """Break a text into lines that fit a width, what follows the first set in; one that fits stays whole."""
    first, *rest = [text] if width_of(text) <= width else wrapped(text, width - len(_HANGING), 0)
    yield first
    yield from (f"{_HANGING}{part}" for part in rest)


def table(rows: list[tuple[Span, ...]], gap: str = "  ") -> Iterator[Line]:
    """Align cells under each other; the last of a row is not filled up."""
    widths = _widths(rows)
    for row in rows:
        pieces: list[Span] = []
        for at, cell in enumerate(row):
            last = at == len(row) - 1
            pieces += [cell] if last else [cell, Span(" " * (widths[at] - width_of(cell.text)) + gap)]
        yield tuple(pieces)


def table_width(rows: list[tuple[Span, ...]], gap: str = "  ") -> int:
    """Give the number of columns that a table takes."""
    widths = _widths(rows)
    return sum(widths) + len(gap) * max(0, len(widths) - 1)


def _widths(rows: list[tuple[Span, ...]]) -> list[int]:
    columns = max(map(len, rows), default=0)
    return [max((width_of(row[at].text) for row in rows if at < len(row)), default=0) for at in range(columns)]
