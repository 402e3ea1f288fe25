"""A record as plain fields, under the names that its file gives them."""

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, get_args

from pydantic.fields import FieldInfo

from coachlog.model.duration import Duration
from coachlog.model.instant import Instant
from coachlog.model.money import Money
from coachlog.model.record import Record

WAIVERS = "waive"
"""What every record may carry stands behind its own fields."""
PRIVATE = "private"
"""What is never among the fields, not even by its name."""


def fields_of(record: Record) -> dict[str, Any]:
    """Give every field of a record, absent ones too: an absent list is empty, anything else absent None.

    Durations and money stand as they were written, with `_minutes`, `_amount` and `_currency` beside them.
    """
    named = type(record).model_fields
    return {
        key: value
        for name in (*(one for one in named if one != WAIVERS), *(one for one in named if one == WAIVERS))
        if name != PRIVATE
        for key, value in _told(named[name].alias or name, getattr(record, name), named[name])
    }


def _told(key: str, value: object, told: FieldInfo) -> Iterator[tuple[str, Any]]:
    yield key, plain(value)
    if _may_hold(told, Duration):
        yield f"{key}_minutes", value.total_minutes if isinstance(value, Duration) else None
    if _may_hold(told, Money):
        yield f"{key}_amount", str(value.amount) if isinstance(value, Money) else None
        yield f"{key}_currency", value.currency if isinstance(value, Money) else None


def _may_hold(told: FieldInfo, kind: type) -> bool:
    """Tell whether a field is of a kind, so that what is derived from it is there even where the field is absent."""
    kinds = get_args(told.annotation) or (told.annotation,)
    return any(getattr(one, "__origin__", one) is kind for one in kinds)


def plain(value: object) -> Any:  # noqa: ANN401 — what JSON can hold
    """Turn a value of the journal into what JSON can hold."""
    if isinstance(value, Record):
        return fields_of(value)
    if isinstance(value, (Instant, date, time)):
        return (value.aware if isinstance(value, Instant) else value).isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)) and not hasattr(value, "_fields"):
        return [plain(one) for one in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)
