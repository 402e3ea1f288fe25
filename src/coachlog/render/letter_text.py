"""A letter on a terminal, its paragraphs wrapped; on a pipe one paragraph a line."""

from collections.abc import Iterator

from coachlog.render.letter import Written
from coachlog.render.line import EMPTY, Line, Span, line
from coachlog.render.measure import wrapped
from coachlog.render.output import Sheet

BULLET = "- "


def lines(letter: Written, sheet: Sheet) -> Iterator[Line]:
    """Turn a letter into lines: its subject first, where it has one."""
    if letter.subject:
        yield line(Span(f"Subject: {letter.subject}", "bold"))
        yield EMPTY
    for paragraph in letter.text.rstrip("\n").split("\n"):
        yield from map(line, _wrapped(paragraph, sheet.width))


def _wrapped(paragraph: str, width: int | None) -> Iterator[str]:
    """Wrap a paragraph; what belongs to a point of a list stays below its words."""
    words = paragraph.lstrip(" ")
    margin = len(paragraph) - len(words)
    if not words.startswith(BULLET):
        yield from wrapped(words, width, margin)
        return
    first, *others = wrapped(words.removeprefix(BULLET), width, margin + len(BULLET))
    yield " " * margin + BULLET + first.strip()
    yield from others
