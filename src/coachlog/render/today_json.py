"""The day as one JSON object, every field of each item always present."""

from collections.abc import Iterator
from typing import Any

from coachlog.model.instant import Instant
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.views.today import Item, Today


def lines(shown: Today, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn the day into an object."""
    items = [_plain(one) for one in shown.items]
    office = {"closes": _instant(shown.closes), "opens": _instant(shown.opens)}
    return object_lines({"schema": SCHEMA, "now": _instant(shown.now), "office": office, "today": items})


def _plain(item: Item) -> dict[str, Any]:
    values = {name: _instant(value) if isinstance(value, Instant) else value for name, value in vars(item).items()}
    return values | {"day": item.day.isoformat() if item.day else None}


def _instant(instant: Instant | None) -> str | None:
    return instant.aware.isoformat() if instant else None
