"""What every record of a journal has in common: it is read once, never changed, and may carry waivers."""

from collections.abc import Iterator, Mapping
from datetime import date as Date  # noqa: N812 — a waiver has a field of that name
from functools import cache
from typing import NamedTuple, Protocol, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr

from coachlog.model.fields import Day, Id, Text


class Place(NamedTuple):
    """Where something stands in the journal: a file, relative to the journal, and a 1-based line and column."""

    file: str
    line: int
    column: int


class Origin(Protocol):
    """What remembers where a record was read from."""

    @property
    def label(self) -> str | None:
        """What the record is called: its id, else its place in its list; None for a whole file."""

    @property
    def position(self) -> int:
        """The record's place in its list, counted from 1."""

    def place(self, *path: str) -> Place:
        """The place of the record's first key, or of the field that the path leads to."""


class Record(BaseModel):
    """A mapping that the coach wrote, with values in place of texts."""

    model_config = ConfigDict(
        frozen=True,
        defer_build=True,
        extra="forbid",
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
        validate_by_name=False,
        validate_by_alias=True,
    )

    _origin: Origin | None = PrivateAttr(default=None)

    @property
    def origin(self) -> Origin:
        """Where the record stands; a record that was not read from a journal has no origin."""
        origin = self._origin
        if origin is None:
            msg = "this record was not read from a journal"
            raise LookupError(msg)
        return origin

    @property
    def label(self) -> str | None:
        """The id, else the place in the list (`3`), behind that of the record it lies in (`2026a/p1`)."""
        return self.origin.label

    @property
    def lists(self) -> Iterator[tuple["Record", ...]]:
        """The lists of records that it holds, each as a whole."""
        values = (self.__dict__[name] for name, _ in nesting(type(self)))
        return (value for value in values if isinstance(value, tuple) and _holds_records(value))

    def within(self) -> Iterator["Record"]:
        """Walk over the record and every record that lies in it, in the order of its fields."""
        yield self
        for name, _ in nesting(type(self)):
            value = self.__dict__[name]
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, Record):
                    yield from inner.within()

    def place_at(self, origin: Origin) -> None:
        """Remember where the record was read from (the store says so, once)."""
        self._origin = origin

    def known_at(self, changes: Mapping[str, object]) -> Self:
        """Give the record as it stood when some of its fields were different or not there yet."""
        return self.model_copy(update=changes) if changes else self


@cache
def nesting(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """Name the fields of a kind that may hold records, each with its key; a contact has one of them among fourteen."""
    fields = kind.model_fields.items()
    return tuple((name, info.alias or name) for name, info in fields if any(records_in(info.annotation)))


def records_in(annotation: object) -> Iterator[type[Record]]:
    """Give the kinds of record that a field's type speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from records_in(argument)


def _holds_records(values: tuple[object, ...]) -> bool:
    return bool(values) and all(isinstance(value, Record) for value in values)


class Waiver(Record):
    """A boundary that was crossed on purpose, and why; `until` is the last day covered."""

    rule: Text | None = None
    why: Text | None = None
    date: Day | None = None
    until: Day | None = None

    def covers(self, day: Date) -> bool:
        """Tell whether it still covers what happens on a day; what came before its date it covers too."""
        return self.until is None or day <= self.until


class Waivable(Record):
    """A record on which the coach may note that a boundary was crossed on purpose."""

    waive: tuple[Waiver, ...] = ()


class Entry(Waivable):
    """A record of a list, named by an id or, until a command gives it one, by its place."""

    id: Id | None = None
