"""A check as people read it: grouped by client on a terminal, one finding a line on a pipe."""

from collections.abc import Iterator
from itertools import groupby

from coachlog.render.check_page import CheckPage, closing, message_of, tally_rows
from coachlog.render.line import EMPTY, Line, Span, Style, line, record
from coachlog.render.measure import padded, table, width_of, wrapped
from coachlog.render.output import Sheet
from coachlog.views.verdict import VERDICTS, ShownFinding

_INDENT = 10
_LONGEST_VERDICT = 7
_TEXT_WIDTH = 120
"""A sentence that is wider is hard to read, however wide the terminal."""
_STYLES: dict[str, Style] = {"breach": "breach", "warning": "warning", "advice": "advice", "waived": "waived"}
PRACTICE = "practice"
"""What stands for the practice in the place of a client's code."""


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:
    """Turn a check into lines."""
    yield from _tallies(shown, sheet) if shown.tallies is not None else _listing(shown, sheet)
    if sheet.quiet:
        return
    if sheet.terminal and (shown.listed or shown.tallies):
        yield EMPTY
    yield from _closing(shown, sheet)
    if sheet.terminal and shown.listed:
        gravest = min(shown.listed, key=lambda one: VERDICTS.index(one.verdict))
        yield line(Span(f"coachlog rule {gravest.code}", "bold"), " says why it matters and what to do.")


def _closing(page: CheckPage, sheet: Sheet) -> Iterator[Line]:
    for one in closing(page):
        yield from (line(part) for part in wrapped("".join(span.text for span in one), _width(sheet), 0))


def _listing(page: CheckPage, sheet: Sheet) -> Iterator[Line]:
    return _grouped(page, sheet) if sheet.terminal else (_record(page, one) for one in page.listed)


def _record(page: CheckPage, finding: ShownFinding) -> Line:
    """Give a finding as one line of fields: nothing cut, nothing wrapped."""
    return record(
        Span(finding.verdict, _STYLES[finding.verdict]),
        finding.code,
        finding.name,
        finding.client or PRACTICE,
        page.place(finding),
        message_of(finding),
    )


def _grouped(page: CheckPage, sheet: Sheet) -> Iterator[Line]:
    widest = max((width_of(_title(one)) for one in page.listed), default=0)
    for number, (client, findings) in enumerate(groupby(page.listed, key=lambda one: one.client)):
        if number:
            yield EMPTY
        yield from (line(Span(part, "bold")) for part in wrapped(_headline(page, client), _width(sheet), 0))
        for finding in findings:
            yield from _heading(finding, page.place(finding), widest, sheet)
            yield from (line(part) for part in wrapped(message_of(finding), _width(sheet), _INDENT))


def _heading(finding: ShownFinding, place: str, widest: int, sheet: Sheet) -> Iterator[Line]:
    """Say what was found and where; the place gets a line of its own where the terminal is too narrow for both."""
    verdict = Span(f"{finding.verdict:<{_LONGEST_VERDICT}}", _STYLES[finding.verdict])
    one = line("  ", verdict, f" {padded(_title(finding), widest)}  ", Span(place, "dim"))
    if sheet.width is None or sum(width_of(span.text) for span in one) <= sheet.width:
        yield one
        return
    yield line("  ", verdict, f" {_title(finding)}")
    yield line(" " * _INDENT, Span(place, "dim"))


def _headline(page: CheckPage, client: str | None) -> str:
    if client is None:
        return "The practice"
    return (page.verdict.headlines or {}).get(client, client)


def _title(finding: ShownFinding) -> str:
    return f"{finding.code} {finding.name}"


def _width(sheet: Sheet) -> int | None:
    return sheet.width and min(sheet.width, _TEXT_WIDTH)


def _tallies(page: CheckPage, sheet: Sheet) -> Iterator[Line]:
    rows = tally_rows(page.tallies or ())
    if sheet.terminal:
        return table([tuple(map(Span, row)) for row in rows])
    return (record(*row) for row in rows)
