"""Texts that were found: on a terminal a few words of each with what was looked for marked; on a pipe all of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from coachlog.model.words import counted, day_words, moment_words
from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import width_of
from coachlog.render.output import Sheet
from coachlog.views.found_text import FoundText, Stretch, excerpt, one_line

_INDENT = 6


def lines(shown: Sequence[FoundText], sheet: Sheet) -> Iterator[Line]:
    """Turn found texts into lines."""
    if not sheet.terminal:
        yield from map(_record, shown)
        return
    for number, (_, several) in enumerate(groupby(shown, key=lambda one: one.client)):
        texts = list(several)
        if number:
            yield EMPTY
        code = f" ({texts[0].client})" if texts[0].client else ""
        yield line(Span(f"{texts[0].name}{code}", "bold"))
        for one in texts:
            yield from _heading(one, sheet)
            yield from _marked(*excerpt(one.text, one.found), sheet.width or 0)
    if shown and not sheet.quiet:
        yield EMPTY
        clients = len({one.client for one in shown if one.client})
        told = f", {counted(clients, 'client')}" if clients else ""
        yield line(f"{counted(len(shown), 'text')}{told}.")


def _heading(found: FoundText, sheet: Sheet) -> Iterator[Line]:
    """Say where a text stands; the file gets a line of its own where the terminal is too narrow for both."""
    said = f"  {f'{_when(found)}, ' if found.day else ''}{_what(found)}"
    place = Span(f"  {found.file}:{found.line}", "dim")
    if width_of(said + place.text) <= (sheet.width or 0):
        yield line(said, place)
    else:
        yield line(said)
        yield line("  ", place)


def _record(found: FoundText) -> Line:
    text, _ = one_line(found.text, ())
    place = f"{found.file}:{found.line}"
    label = found.record or "-"
    return record(found.client or "practice", _when(found) or "-", found.noun, label, found.field, place, text)


def _when(found: FoundText) -> str:
    return moment_words(found.at) if found.at else day_words(found.day) if found.day else ""


def _what(found: FoundText) -> str:
    record_said = f"{found.noun} {found.record}".strip()
    return f"{record_said}, {found.field.replace('_', ' ')}"


def _marked(text: str, found: Sequence[Stretch], width: int) -> Iterator[Line]:
    """Break a text into lines at its spaces, and mark the words in each."""
    start = 0
    for end in _breaks(text, max(width - _INDENT, 1)):
        yield line(" " * _INDENT, *_pieces(text, found, start, end))
        start = end + 1


def _breaks(text: str, width: int) -> Iterator[int]:
    """Give the places of the spaces at which lines end, and the end of the text."""
    start = last = 0
    for place in (at for at, letter in enumerate(f"{text} ") if letter == " "):
        if last > start and width_of(text[start:place]) > width:
            yield last
            start = last + 1
        last = place
    yield len(text)


def _pieces(text: str, found: Sequence[Stretch], start: int, end: int) -> Iterator[Span]:
    at = start
    for one in found:
        first, last = max(one.start, at), min(one.end, end)
        if first < last:
            yield Span(text[at:first])
            yield Span(text[first:last], "bold")
            at = last
    yield Span(text[at:end])
