"""The clients: a table on a terminal, one client a line on a pipe."""

from collections.abc import Iterator

from coachlog.render.line import Line, Span, Style, line, record
from coachlog.render.measure import table
from coachlog.render.output import Sheet
from coachlog.views.roster_row import RosterRow

_HEADINGS = ("CLIENT", "NAME", "STATUS", "SESSIONS", "NEXT", "STEPS", "BREACHES")


def lines(shown: tuple[RosterRow, ...], sheet: Sheet) -> Iterator[Line]:
    """Turn the clients into lines."""
    if not sheet.terminal:
        yield from (record(*_cells(one)) for one in shown)
        return
    if not shown:
        yield line("No clients.")
        return
    headings = tuple(Span(heading, "dim") for heading in _HEADINGS)
    yield from table([headings, *(_row(one) for one in shown)])


def _cells(row: RosterRow) -> tuple[str, ...]:
    number = str(row.breaches) if row.breaches else "-"
    steps = str(row.open_steps) if row.open_steps else "-"
    return (row.code, row.name, row.status, row.sessions, row.next_words or "-", steps, number)


def _row(row: RosterRow) -> tuple[Span, ...]:
    styles: tuple[Style, ...] = ("bold", "", "", "", "", "", "breach")
    return tuple(Span(cell, style if cell != "-" else "") for cell, style in zip(_cells(row), styles, strict=True))
