"""The day as a coach reads it: what matters first, each line with what can be done about it."""

from collections.abc import Iterator
from itertools import groupby

from coachlog.model.words import day_words, moment_words
from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import hung, padded, width_of
from coachlog.render.output import Sheet
from coachlog.render.today_words import item_words
from coachlog.views.today_item import Item, Today

_LABELS = {
    "now": "Now",
    "owed": "Owed",
    "to-close": "To close",
    "waiting": "Waiting",
    "ahead": "Ahead",
    "breaches": "Breaches",
}
_INDENT = max(map(len, _LABELS.values())) + 1
_GAP = "  "
_WIDEST = 90
"""How wide the sentences may be that have a command behind them."""


def lines(shown: Today, sheet: Sheet) -> Iterator[Line]:
    """Turn the day into lines; in a pipe the label, the client, the sentence and the command of each thing."""
    if not sheet.terminal:
        for one in shown.items:
            words = item_words(one, shown.now)
            yield record(_LABELS[one.group], one.client or "practice", words, one.command or "-")
        return
    yield line(Span(f"{day_words(shown.now.day)} {shown.now.wall:%H:%M}", "bold"), _office(shown))
    yield from _quiet(shown)
    column = _column(shown, sheet)
    for group, items in groupby(shown.items, key=lambda one: one.group):
        for number, one in enumerate(items):
            yield from _row("" if number else _LABELS[group], one, item_words(one, shown.now), sheet, column)
    if any(one.kind == "breach" for one in shown.items):
        yield EMPTY
        yield line(Span("coachlog check", "command"), " says which boundaries were crossed, and what to do.")


def _quiet(day: Today) -> Iterator[Line]:
    """Say kindly that nothing is owed, and what comes next."""
    if any(one.kind != "breach" for one in day.items):
        return
    yield line("Nothing is owed, and nothing is booked for these days. Enjoy them.")
    if day.next and day.next.at:
        yield line(f"Next: {day.next.name}, {moment_words(day.next.at)}.")


def _column(day: Today, sheet: Sheet) -> int:
    """Give how wide a sentence may be for its command to stand beside it, under the other ones."""
    room = (sheet.width or 0) - _INDENT - 2
    beside = [one for one in day.items if one.command and _fits(one, day, room)]
    return max((width_of(item_words(one, day.now)) for one in beside), default=0)


def _fits(item: Item, day: Today, room: int) -> bool:
    words = width_of(item_words(item, day.now))
    return words <= _WIDEST and words + width_of(item.command or "") <= room


def _row(label: str, item: Item, words: str, sheet: Sheet, column: int) -> Iterator[Line]:
    """Give the label, the sentence and its command: in the column, else at the right edge of the last line."""
    command, room = item.command or "", (sheet.width or 0) - _INDENT
    if command and width_of(words) <= column:
        yield line(_headed(label), padded(words, column), _GAP, Span(command, "command"))
        return
    told = _hung(words, command, room)
    for number, part in enumerate(told, 1):
        end = (" " * (room - width_of(part) - width_of(command)), Span(command, "command"))
        yield line(_headed(label if number == 1 else ""), part, *(end if command and number == len(told) else ()))


def _hung(words: str, command: str, room: int) -> list[str]:
    """Break a sentence, what follows its first line set in; a line of its own where the command finds no room."""
    told = list(hung(words, room))
    return [*told, ""] if command and width_of(told[-1] + _GAP + command) > room else told


def _headed(label: str) -> Span:
    return Span(f"{label:<{_INDENT}}", "dim")


def _office(day: Today) -> str:
    if day.closes:
        return f" · office open until {day.closes.wall:%H:%M}"
    return f" · office closed until {moment_words(day.opens)}" if day.opens else ""
