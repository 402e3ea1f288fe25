"""The agenda for supervision as text: the hours, then what there is to bring, client by client."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from coachlog.model.duration import Duration
from coachlog.model.words import counted, day_words
from coachlog.render.line import EMPTY, Line, Span, Style, line, record
from coachlog.render.measure import padded, wrapped
from coachlog.render.output import Sheet
from coachlog.views.agenda import Agenda, Point

_INDENT = 2
_KIND_WIDTH = 9
_STYLES: dict[str, Style] = {"concern": "bold", "breach": "breach", "warning": "warning"}


class AgendaPage(NamedTuple):
    """An agenda as it is shown; `key` says whether it tells who is who."""

    agenda: Agenda
    key: bool = False


def lines(shown: AgendaPage, sheet: Sheet) -> Iterator[Line]:
    """Turn an agenda into lines."""
    one = shown.agenda
    if not sheet.terminal:
        yield from _records(shown)
        return
    yield line(Span(f"For supervision, {day_words(one.day)}", "bold"))
    yield from (line(part) for said in hours_words(one) for part in wrapped(said, sheet.width, 0))
    for client in one.clients:
        yield EMPTY
        yield line(Span(f"Client {client.letter}", "bold"), f", {client.stands}")
        yield from (part for point in client.points for part in _point(point, sheet))
    if one.own:
        yield EMPTY
        yield line(Span("You and the practice", "bold"))
        yield from (part for point in one.own for part in _point(point, sheet))
    if not one.clients and not one.own:
        yield EMPTY
        yield line(NOTHING)
    if shown.key:
        yield EMPTY
        yield from (line(said) for said in key_words(one))


NOTHING = "Nothing presses: no open concern, no breach and no pattern. Bring what you like."
"""What an agenda says that holds nothing."""


def hours_words(one: Agenda) -> tuple[str, str]:
    """Say the coaching since the last supervision against what is planned, and the supervision of a year."""
    hours = one.hours
    since = f"since the supervision of {_ago(one.last, one.day)}" if one.last else "and no supervision so far"
    ahead = "the next one is due" if one.last else "the first one is due"
    due = "it is due" if hours.coached > hours.every else ahead
    coached = f"{_time(hours.coached)} of coaching {since}; {due} after {_time(hours.every)}."
    return coached, f"{_time(hours.supervised)} of supervision in the past year; {_time(hours.yearly)} is planned."


def key_words(one: Agenda) -> tuple[str, ...]:
    """Say who is who."""
    return tuple(f"Client {client.letter} is {client.name} ({client.code})." for client in one.clients)


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return f"{day_words(day)} ({counted(days, 'day')} ago)" if days else f"today, {day_words(day)}"


def _time(minutes: int) -> str:
    return str(Duration(minutes=minutes)) if minutes else "0 h"


def _point(point: Point, sheet: Sheet) -> Iterator[Line]:
    """Say one point: its kind in a column of its own, and its words beside it."""
    indent = _INDENT + _KIND_WIDTH
    said = f"{point.words} ({point.rule})" if point.rule else point.words
    for at, row in enumerate(wrapped(said, sheet.width, indent)):
        kind = padded("" if at else point.kind, _KIND_WIDTH)
        yield line(" " * _INDENT, Span(kind, _STYLES.get(point.kind, "")), row[indent:])


def _records(shown: AgendaPage) -> Iterator[Line]:
    """Give each point a line: whom it is about, its kind, its words, and the rule that found it."""
    one = shown.agenda
    yield from (record("hours", said) for said in hours_words(one))
    for client in one.clients:
        yield from (_flat(f"Client {client.letter}", point) for point in client.points)
    yield from (_flat("You", point) for point in one.own)
    if shown.key:
        yield from (record("key", said) for said in key_words(one))


def _flat(whom: str, point: Point) -> Line:
    return record(whom, point.kind, point.words, point.rule or "-")
