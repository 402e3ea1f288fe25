"""The clients: a table on a terminal, one client a line on a pipe."""

from collections.abc import Iterator

from coachlog.render.line import Line, Span, Style, line, record
from coachlog.render.measure import table, table_width
from coachlog.render.output import Sheet
from coachlog.views.roster_row import RosterRow

_HEADINGS = ("CLIENT", "NAME", "STATUS", "SESSIONS", "NEXT", "STEPS", "BREACHES")
_DISPENSABLE = ("STEPS", "NEXT", "SESSIONS")
"""What is left out of a table that is too wide, in this order, behind the codes."""


def lines(shown: tuple[RosterRow, ...], sheet: Sheet) -> Iterator[Line]:
    """Turn the clients into lines."""
    if not sheet.terminal:
        yield from (record(*_cells(one)) for one in shown)
        return
    if not shown:
        yield line("No clients.")
        return
    yield from table(_fitting(shown, sheet.width))


def _fitting(shown: tuple[RosterRow, ...], width: int | None) -> list[tuple[Span, ...]]:
    """Leave columns out until the table fits: first the codes, or the names where two clients share one."""
    rows = [tuple(Span(heading, "dim") for heading in _HEADINGS), *map(_row, shown)]
    told_apart = len({one.name for one in shown}) == len(shown)
    for heading in ("CLIENT" if told_apart else "NAME", *_DISPENSABLE):
        if width is None or table_width(rows) <= width:
            break
        at = [span.text for span in rows[0]].index(heading)
        rows = [row[:at] + row[at + 1 :] for row in rows]
    return rows


def _cells(row: RosterRow) -> tuple[str, ...]:
    number = str(row.breaches) if row.breaches else "-"
    steps = str(row.open_steps) if row.open_steps else "-"
    return (row.code, row.name, row.status, row.sessions, row.next_words or "-", steps, number)


def _row(row: RosterRow) -> tuple[Span, ...]:
    styles: tuple[Style, ...] = ("bold", "", "", "", "", "", "breach")
    return tuple(Span(cell, style if cell != "-" else "") for cell, style in zip(_cells(row), styles, strict=True))
