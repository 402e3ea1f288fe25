"""The day as one JSON object, every field of each item always present."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from coachlog.model.words import money_words
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.views.today_item import Item, Today, plain

_OF_THE_COMMAND = frozenset({"does", "called", "on"})
"""Parts of the command, which stands there as a whole."""


def lines(shown: Today, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn the day into an object."""
    office = {"closes": plain(shown.closes), "opens": plain(shown.opens)}
    items = [item_fields(one) for one in shown.items]
    after = item_fields(shown.next) if shown.next else None
    now = plain(shown.now)
    return object_lines(
        {"schema": SCHEMA, "now": now, "office": office, "days": shown.days, "today": items, "next": after}
    )


def item_fields(item: Item) -> dict[str, Any]:
    """Give every field of an item, money as it is said and as `_amount` and `_currency`, and its command."""
    fields = {name: plain(value) for name, value in vars(item).items() if name not in _OF_THE_COMMAND}
    amount, currency = fields.pop("amount"), fields.pop("currency")
    said = money_words(item.amount, currency) if isinstance(item.amount, Decimal) else amount
    return {**fields, "sum": said, "sum_amount": amount, "sum_currency": currency, "command": item.command}
