"""Sessions as text: a table on a terminal, one session a line on a pipe; and one session with all that was noted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from coachlog.model.instant import Instant
from coachlog.model.record import Record
from coachlog.model.session import Session
from coachlog.model.words import moment_words, value_words
from coachlog.render.line import Line, Span, line, record
from coachlog.render.listed import listed_lines
from coachlog.render.measure import padded, wrapped
from coachlog.render.output import Sheet

_HEADINGS = ("ID", "WHEN", "STATUS", "KIND", "LENGTH", "COUNTS", "TOPIC")
_TOLD_ABOVE = frozenset({"id", "at", "status", "kind", "private", "waive"})
_NAME_WIDTH = 11


class SessionRow(NamedTuple):
    """A session as far as a list tells of it."""

    label: str
    at: Instant
    status: str
    kind: str
    length: str
    counted: bool
    contract: str | None
    topic: str | None
    client: str


def list_lines(rows: Sequence[SessionRow], sheet: Sheet) -> Iterator[Line]:
    """Turn the sessions of a client into lines."""
    if not sheet.terminal:
        yield from (record(*_cells(one)) for one in rows)
        return
    if not rows:
        yield line("No sessions.")
        return
    top = tuple(Span(one, "dim") for one in _HEADINGS)
    yield from listed_lines([top, *(tuple(map(Span, _cells(row))) for row in rows)], sheet.width)


def page_lines(row: SessionRow, session: Session, private: str | None, sheet: Sheet) -> Iterator[Line]:
    """Turn one session into lines, field by field; the coach's own notes last, where they are asked for."""
    belongs = f", contract {row.contract}" if row.contract else ""
    counts = ", counts" if row.counted else ""
    yield line(Span(f"{row.client}, {moment_words(row.at)}", "bold"), f" ({row.label})")
    yield line(f"{row.status}, {row.kind}, {row.length}{belongs}{counts}")
    for name, field in type(session).model_fields.items():
        value = getattr(session, name)
        if name not in _TOLD_ABOVE and value is not None and value != ():
            yield from _field(field.alias or name, _words(value), sheet)
    if private:
        yield from _field("private", private, sheet)


def _cells(row: SessionRow) -> tuple[str, ...]:
    counts = "counts" if row.counted else "-"
    return row.label, moment_words(row.at), row.status, row.kind, row.length, counts, _first_line(row.topic)


def _first_line(text: str | None) -> str:
    return next(iter((text or "").splitlines()), "-")


def _field(name: str, text: str, sheet: Sheet) -> Iterator[Line]:
    """Say one field: its name in a column of its own, and each line of its text beside it."""
    indent = _NAME_WIDTH + 1
    rows = (row for one in text.splitlines() for row in wrapped(one, sheet.width, indent))
    for at, row in enumerate(rows):
        yield line(Span(padded("" if at else name.replace("_", " "), _NAME_WIDTH), "dim"), row[_NAME_WIDTH:])


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return "\n".join(map(_words, value))
    if isinstance(value, Record):
        return ", ".join(f"{name} {text}" for name, text in _inner(value).items())
    return value_words(value)


def _inner(value: Record) -> Mapping[str, str]:
    """Give the fields of a record inside a session, as far as they are there."""
    fields = ((field.alias or name, getattr(value, name)) for name, field in type(value).model_fields.items())
    return {name.replace("_", " "): _words(one) for name, one in fields if one is not None and one != ()}
