"""The day as a coach reads it: what matters first, each line with what can be done about it."""

from collections.abc import Iterator
from itertools import groupby

from coachlog.model.words import counted, day_words, moment_words, span_words
from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import padded, width_of, wrapped
from coachlog.render.output import Sheet
from coachlog.views.today import Item, Today

_LABELS = {
    "now": "Today",
    "reply": "Owed",
    "promise": "Owed",
    "to-close": "To close",
    "step": "Steps",
    "session": "Ahead",
    "breach": "Breaches",
}
_INDENT = max(map(len, _LABELS.values())) + 1


def lines(shown: Today, sheet: Sheet) -> Iterator[Line]:
    """Turn the day into lines."""
    if not sheet.terminal:
        yield from (record(_label(one, shown), one.client or "practice", _words(one, shown)) for one in shown.items)
        return
    yield line(Span(f"{day_words(shown.now.day)} {shown.now.wall:%H:%M}", "bold"), _office(shown))
    if not shown.items:
        yield line("Nothing is owed, and nothing is booked for these days.")
    column = _column(shown, sheet)
    for label, items in groupby(shown.items, key=lambda one: _label(one, shown)):
        for number, one in enumerate(items):
            yield from _row("" if number else label, one, _words(one, shown), sheet, column)
    if any(one.kind == "breach" for one in shown.items):
        yield EMPTY
        yield line(Span("coachlog check", "bold"), " says which boundaries were crossed, and what to do.")


def _column(day: Today, sheet: Sheet) -> int:
    """Give how wide the words may be that have a command behind them, so that the commands stand under each other."""
    longest = max((width_of(_command(one)) for one in day.items), default=0)
    return min(60, (sheet.width or 0) - _INDENT - longest - 2)


def _row(label: str, item: Item, words: str, sheet: Sheet, column: int) -> Iterator[Line]:
    command = _command(item)
    if command and width_of(words) <= column:
        yield line(_headed(label), padded(words, column), "  ", Span(command, "command"))
        return
    first, *rest = wrapped(words, sheet.width, _INDENT)
    yield line(_headed(label), first[_INDENT:])
    yield from (line(part) for part in rest)


def _headed(label: str) -> Span:
    return Span(f"{label:<{_INDENT}}", "dim")


def _command(item: Item) -> str:
    return f"coachlog check {item.client}" if item.kind == "breach" and item.client else ""


def _label(item: Item, day: Today) -> str:
    today = item.kind == "session" and item.at is not None and item.at.day == day.now.day
    return _LABELS["now" if today else item.kind]


def _office(day: Today) -> str:
    if day.closes:
        return f" · office open until {day.closes.wall:%H:%M}"
    return f" · office closed until {moment_words(day.opens)}" if day.opens else ""


def _words(item: Item, day: Today) -> str:
    return _WORDS[item.kind](item, day)


def _session(item: Item, day: Today) -> str:
    assert item.at is not None  # noqa: S101 — a session has a start
    when = f"{item.at.wall:%H:%M}" if item.at.day == day.now.day else moment_words(item.at)
    number = f"session {item.number}" if item.number else "session"
    parts = [item.name, f"{number} of {item.of}" if item.of else number, item.via or ""]
    prep = f" · prep form came {day_words(item.prep_received.day)}" if item.prep_received else ""
    return f"{when}  {', '.join(part for part in parts if part)}{prep}"


def _to_close(item: Item, day: Today) -> str:  # noqa: ARG001 — every kind is worded from the same two
    return f"{moment_words(item.at)}, {item.name}: still booked" if item.at else item.name


def _reply(item: Item, day: Today) -> str:
    assert item.at is not None  # noqa: S101 — a contact has a moment
    asked = f"{item.via}, {span_words(day.now - item.at)} ago"
    if item.due is None:
        return f"{item.name} waits for an answer ({asked}; no time was promised)"
    today = item.due.day == day.now.day
    when = f"{item.due.wall:%H:%M}" if today else moment_words(item.due)
    if item.due < day.now:
        return f"{item.name} was promised an answer by {when} ({asked})"
    return f"{item.name} wants an answer by {when} ({asked})"


def _promise(item: Item, day: Today) -> str:  # noqa: ARG001 — likewise
    what = counted(item.count or 1, "promise")
    return f"{item.name}: {what} of yours overdue{_since(item)}"


def _step(item: Item, day: Today) -> str:  # noqa: ARG001 — likewise
    return f"{item.name}: {counted(item.count or 1, 'step')} overdue{_since(item)}"


def _since(item: Item) -> str:
    return f" since {day_words(item.day)}" if item.day else ""


def _breach(item: Item, day: Today) -> str:  # noqa: ARG001 — likewise
    return f"{item.name}: {counted(item.count or 1, 'breach', 'breaches')}"


_WORDS = {
    "session": _session,
    "reply": _reply,
    "promise": _promise,
    "to-close": _to_close,
    "step": _step,
    "breach": _breach,
}
