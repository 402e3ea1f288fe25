"""A statement as JSON: sums are exact, written as texts, with the currency once for each account."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from coachlog.model.words import money_words
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.render.statement_text import StatementPage
from coachlog.views.masking import HIDDEN
from coachlog.views.statement import Ahead, Item, Statement


def lines(shown: StatementPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn statements into an object."""
    yield from object_lines({"schema": SCHEMA, "statements": [_account(shown, one) for one in shown.statements]})


def _account(shown: StatementPage, one: Statement) -> dict[str, Any]:
    oldest = one.overdue[0].due if one.overdue else None
    return {
        "client": shown.client,
        "contract": one.contract,
        "day": one.day.isoformat(),
        "currency": one.currency,
        "brought_forward": _sum(shown, one.forward),
        "items": [_item(shown, item) for item in one.items],
        "charged": _sum(shown, one.charged),
        "paid": _sum(shown, one.paid),
        "balance": _sum(shown, one.balance),
        "overdue": _sum(shown, one.overdue_sum),
        "overdue_since": oldest.isoformat() if oldest else None,
        "open": [_item(shown, item) for item in one.open],
        "ahead": [_ahead(shown, part) for part in one.ahead],
        "undecided": [
            {"date": item.day.isoformat(), "record": item.record, "what": item.what, "why": item.clause}
            for item in one.undecided
        ],
    }


def _item(shown: StatementPage, item: Item) -> dict[str, Any]:
    return {
        "date": item.day.isoformat(),
        "kind": item.kind,
        "record": item.record,
        "what": item.what,
        "for": (HIDDEN if shown.hidden else item.own) if item.own else None,
        "amount": _sum(shown, item.money),
        "balance": _sum(shown, item.balance),
        "due": item.due.isoformat() if item.due else None,
        "open": _sum(shown, item.left),
        "days_overdue": item.days_overdue,
    }


def _ahead(shown: StatementPage, part: Ahead) -> dict[str, Any]:
    day, due = part.day.isoformat(), part.due.isoformat()
    return {"date": day, "due": due, "what": part.what, "amount": _sum(shown, part.money)}


def _sum(shown: StatementPage, amount: Decimal) -> str:
    return HIDDEN if shown.hidden else money_words(amount, None)
