"""A check as a table for a spreadsheet: RFC 4180, a header and one finding a line.

No cell is a formula: a text that a spreadsheet would compute begins with a quote.
"""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from coachlog.render.check_page import CheckPage, flat
from coachlog.render.line import Line, line
from coachlog.render.output import Sheet
from coachlog.views.verdict import ShownFinding

HEADER = (
    *("code", "name", "severity", "client", "file", "line", "column", "record", "subject", "date", "message"),
    *("clause_file", "clause_line", "judged_by"),
    *("waived_why", "waived_date", "waived_until", "waived_file", "waived_line"),
)
"""The fields of the JSON object; what it has inside a field has a name of its own here."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would compute, or take for another cell."""
_FIELDS = HEADER.index("clause_file")
"""How many fields of a finding stand before its clause."""
_WITHOUT_CLAUSE = (None,) * 2
_WITHOUT_WAIVER = (None,) * 5


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a check into a header and one line for each finding."""
    yield _row(HEADER)
    yield from (_row(_cells(one)) for one in shown.listed)


def _cells(finding: ShownFinding) -> Iterator[object]:
    fields, clause, waived = finding[:_FIELDS], finding.clause, finding.waived
    return iter((*fields, *(clause or _WITHOUT_CLAUSE), finding.judged_by, *(waived or _WITHOUT_WAIVER)))


def _row(cells: Iterable[object]) -> Line:
    text = StringIO()
    csv.writer(text, lineterminator="").writerow(map(_cell, cells))
    return line(text.getvalue())


def _cell(value: object) -> object:
    """Put a text on one line; one that could be a formula gets a quote, so that it is shown and not computed."""
    if not isinstance(value, str):
        return value
    return f"'{flat(value)}" if value.startswith(FORMULAS) or flat(value).startswith(FORMULAS) else flat(value)
