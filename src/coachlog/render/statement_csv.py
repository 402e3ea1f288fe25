"""A statement as a table for a spreadsheet: RFC 4180, a header, and one charge or payment a line."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO

from coachlog.model.words import money_words
from coachlog.render.check_csv import FORMULAS
from coachlog.render.line import Line, line
from coachlog.render.output import Sheet
from coachlog.render.statement_text import StatementPage
from coachlog.views.masking import HIDDEN
from coachlog.views.statement import Item, Statement

HEADER = ("client", "contract", "date", "kind", "record", "what", "amount", "balance", "currency", "due", "open")


def lines(shown: StatementPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn statements into a header and one line for each charge and payment."""
    yield _row(HEADER)
    yield from (_row(_cells(shown, one, item)) for one in shown.statements for item in one.items)


def _cells(shown: StatementPage, one: Statement, item: Item) -> tuple[str, ...]:
    """Give the cells of a line: no text in it is a formula; a figure is none, with whatever sign."""
    texts = (shown.client, one.contract, item.day.isoformat(), item.kind, item.record, shown.what(item))
    amount, balance, left = (_figure(shown, each) for each in (item.money, item.balance, item.left))
    due = item.due.isoformat() if item.due else ""
    return (*(_text(each or "") for each in texts), amount, balance, one.currency or "", due, left)


def _figure(shown: StatementPage, amount: Decimal) -> str:
    return HIDDEN if shown.hidden else money_words(amount, None)


def _text(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULAS) else value


def _row(cells: Iterable[str]) -> Line:
    text = StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return line(text.getvalue())
