"""A page of help as people read it: a title, paragraphs as wide as the terminal, and what is typed as it is typed."""

from collections.abc import Iterator

from coachlog.render.line import EMPTY, Line, Span, line
from coachlog.render.measure import wrapped
from coachlog.render.output import Sheet

_TEXT_WIDTH = 100
_TITLE = "# "
_BLOCK = "    "
_SHOWN_INDENT = "  "


def lines(page: str, sheet: Sheet) -> Iterator[Line]:
    """Turn a page into lines."""
    width = sheet.width and min(sheet.width, _TEXT_WIDTH)
    for number, part in enumerate(page.strip("\n").split("\n\n")):
        if number:
            yield EMPTY
        yield from _part(part, width)


def _part(part: str, width: int | None) -> Iterator[Line]:
    if part.startswith(_TITLE):
        yield line(Span(part.removeprefix(_TITLE), "bold"))
    elif part.startswith(_BLOCK):
        yield from (line(_SHOWN_INDENT, Span(one.removeprefix(_BLOCK), "command")) for one in part.split("\n"))
    else:
        yield from (line(one) for one in wrapped(" ".join(part.split()), width, 0))
