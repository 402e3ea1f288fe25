"""Records without a word, a name or a sum of money in them: what is left may be seen on a screen that is shared."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, get_args, get_origin

from coachlog.model.money import HourlyRate, Money
from coachlog.model.record import Record
from coachlog.views.masking import HIDDEN

Masked = TypeVar("Masked", bound=Record)
OPEN = frozenset(
    {
        "carried",
        "concern",
        "consent",
        "consulted",
        "contract",
        "follow_up",
        "goal",
        "id",
        "media",
        "rebooked",
        "renews",
        "replaces",
        "reply_to",
        "reviewed",
        "rule",
        "session",
        "supervision",
        "via",
    }
)
"""Fields that hold ids of records or names of media."""


def without_words(record: Masked) -> Masked:
    """Give a record with a mask in place of every text, name and sum of money; days, numbers and ids stay."""
    fields = type(record).model_fields
    values = {name: getattr(record, name) for name in fields}
    masked = {name: _masked(type(record), name, value) for name, value in values.items()}
    return record.model_copy(update={name: value for name, value in masked.items() if value != values[name]})


def words_of(record: Record) -> Iterator[str]:
    """Give every text that is masked in a record."""
    for name in type(record).model_fields:
        yield from _texts(type(record), name, getattr(record, name))


def _masked(kind: type[Record], name: str, value: object) -> Any:  # noqa: ANN401 — a field of any record
    if isinstance(value, Record):
        return without_words(value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_masked(kind, name, one) for one in value)
    if isinstance(value, Mapping):
        return {key: _masked(kind, name, one) for key, one in value.items()}
    return HIDDEN if _is_said(kind, name, value) else value


def _texts(kind: type[Record], name: str, value: object) -> Iterator[str]:
    if isinstance(value, Record):
        yield from words_of(value)
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        yield from (text for one in value for text in _texts(kind, name, one))
    elif isinstance(value, Mapping):
        yield from (text for one in value.values() for text in _texts(kind, name, one))
    elif isinstance(value, str) and _is_said(kind, name, value):
        yield value


def _is_said(kind: type[Record], name: str, value: object) -> bool:
    """Tell whether a value is somebody's own words, a name or money, and no word of the journal's."""
    if isinstance(value, str):
        return bool(value) and name not in OPEN and value not in _words_that_fit(kind, name)
    return isinstance(value, Money | HourlyRate)


@cache
def _words_that_fit(kind: type[Record], name: str) -> frozenset[str]:
    return frozenset(_literals(kind.model_fields[name].annotation))


def _literals(annotation: object) -> Iterator[str]:
    """Give the words that a type names one by one."""
    inner = get_args(annotation)
    if get_origin(annotation) is Literal:
        yield from (one for one in inner if isinstance(one, str))
    else:
        yield from (word for one in inner for word in _literals(one))
