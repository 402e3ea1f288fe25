"""A statement as text: a table on a terminal, one charge or payment a line on a pipe, and below it what is open."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from coachlog.model.words import counted, day_words, money_words
from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import padded, width_of, wrapped
from coachlog.render.output import Sheet
from coachlog.views.masking import HIDDEN
from coachlog.views.statement import Ahead, Item, Statement

_DAY_WIDTH = 15
"""The columns of `Wed 14 Jan 2026`, the longest way of a day."""
_GAP = "  "


class StatementPage(NamedTuple):
    """The statements of a client as they are shown; `hidden` leaves every sum and the coach's own words out."""

    client: str
    name: str
    day: str
    statements: Sequence[Statement]
    hidden: bool = False

    def sum(self, amount: Decimal, currency: str | None) -> str:
        """Say a sum."""
        return HIDDEN if self.hidden else money_words(amount, currency)

    def what(self, item: Item) -> str:
        """Say what a line is about, with what the coach wrote a payment was for."""
        return f"{item.what}: {HIDDEN if self.hidden else ' '.join(item.own.split())}" if item.own else item.what


class StatementSheet(NamedTuple):
    """A statement, the coach's name, and the template that it is put into, with the name of its file."""

    page: StatementPage
    coach: str
    template: str
    file: str


def lines(shown: StatementPage, sheet: Sheet) -> Iterator[Line]:
    """Turn statements into lines."""
    if not sheet.terminal:
        yield from _records(shown)
        return
    yield line(Span(f"{shown.name}, statement as of {shown.day}", "bold"))
    for one in shown.statements:
        yield EMPTY
        yield line(f"{one.name[:1].upper()}{one.name[1:]} ({one.contract})")
        yield from _table(shown, one, sheet)
        yield from (line(two) for why in why_words(shown, one) for two in wrapped(why, sheet.width, 0))
    if not shown.statements:
        yield line("No contract is agreed, so nothing is charged.")
    yield from map(line, in_all_words(shown))


def _records(shown: StatementPage) -> Iterator[Line]:
    """Give one charge or payment a line, then one line a reason: the day, what it is, the sum, the balance."""
    for one in shown.statements:
        name = one.contract or ""
        for item in one.items:
            sums = (shown.sum(amount, one.currency) for amount in (item.money, item.balance))
            yield record(name, day_words(item.day), item.kind, item.record or "-", shown.what(item), *sums)
        for why in why_words(shown, one):
            yield record(name, why)
    yield from map(line, in_all_words(shown))


def in_all_words(shown: StatementPage) -> Iterator[str]:
    """Say what all contracts come to, where there are several in one currency."""
    for currency in dict.fromkeys(one.currency for one in shown.statements):
        own = [one.balance for one in shown.statements if one.currency == currency]
        if len(own) > 1:
            yield f"In all {_balance_words(shown, sum(own, Decimal()), currency)}."


def _balance_words(shown: StatementPage, balance: Decimal, currency: str | None) -> str:
    if balance < 0:
        return f"{shown.sum(-balance, currency)} is paid ahead"
    return f"{shown.sum(balance, currency)} is open" if balance else "nothing is open"


def _table(shown: StatementPage, one: Statement, sheet: Sheet) -> Iterator[Line]:
    rows = [(item.day, shown.what(item), item.money, item.balance) for item in one.items]
    cells = [(day_words(day), what, *(_figure(shown, sum_) for sum_ in sums)) for day, what, *sums in rows]
    if one.forward:
        cells.insert(0, ("", "brought forward", "", _figure(shown, one.forward)))
    if not cells:
        yield line("Nothing was charged or paid.")
        return
    top = ("WHEN", "WHAT", "AMOUNT", f"BALANCE{f' {one.currency}' if one.currency and not shown.hidden else ''}")
    widths = [max(width_of(row[at]) for row in (top, *cells)) for at in (2, 3)]
    room = max((sheet.width or 0) - _DAY_WIDTH - sum(widths) - 3 * len(_GAP), len("brought forward"))
    wide = min(room, max(width_of(row[1]) for row in (top, *cells)))
    yield _row(top, top[1], wide, widths, dim=True)
    for row in cells:
        first, *others = wrapped(row[1], wide, 0)
        yield _row(row, first, wide, widths)
        yield from (line(" " * (_DAY_WIDTH + len(_GAP)), other) for other in others)


def _row(cells: Sequence[str], what: str, wide: int, widths: Sequence[int], *, dim: bool = False) -> Line:
    figures = [" " * (width - width_of(cell)) + cell for cell, width in zip(cells[2:], widths, strict=True)]
    return line(Span(_GAP.join((padded(cells[0], _DAY_WIDTH), padded(what, wide), *figures)), "dim" if dim else ""))


def _figure(shown: StatementPage, amount: Decimal) -> str:
    return HIDDEN if shown.hidden else f"{amount:,.2f}" if amount == round(amount, 2) else f"{amount:,f}"


def why_words(shown: StatementPage, one: Statement) -> Iterator[str]:
    """Say what is open and why, what is still to come, and what nobody has decided about."""
    words = _balance_words(shown, one.balance, one.currency)
    yield f"{words[:1].upper()}{words[1:]}{_late_words(shown, one)}."
    for item in one.overdue:
        when = f"due {day_words(item.due or item.day)}, {counted(item.days_overdue, 'day')} ago"
        yield f"Overdue: {shown.sum(item.left, one.currency)}, {when}: {item.what}."
    for item in (other for other in one.open if not other.days_overdue):
        yield f"Due {day_words(item.due or item.day)}: {shown.sum(item.left, one.currency)}, {item.what}."
    yield from (_ahead_words(shown, part, one.currency) for part in one.ahead)
    for left in one.undecided:
        yield f"Not decided: {left.what} ({left.record}): {left.clause}."


def _late_words(shown: StatementPage, one: Statement) -> str:
    if not one.overdue or one.overdue_sum == one.balance:
        return ", all of it overdue" if one.overdue else ""
    return f", {shown.sum(one.overdue_sum, one.currency)} of it overdue"


def _ahead_words(shown: StatementPage, part: Ahead, currency: str | None) -> str:
    return f"To come {day_words(part.day)}: {shown.sum(part.money, currency)}, {part.what}, due {day_words(part.due)}."
