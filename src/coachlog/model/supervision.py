"""The coach's own supervision."""

from typing import Literal

from pydantic import Field

from coachlog.model.fields import Day, Reference, Text, Whole
from coachlog.model.record import Entry, Record


class Topic(Record):
    """What was brought to supervision: a client, one of their concerns, or something of the coach's own."""

    client: Reference | None = None
    concern: Reference | None = None
    about: Text | None = None


class Supervision(Entry):
    """One meeting with a supervisor; it may be planned."""

    date: Day
    with_: Text | None = Field(default=None, alias="with")
    minutes: Whole | None = None
    format: Literal["individual", "group", "peer"] | None = None
    topics: tuple[Topic, ...] = ()
    notes: Text | None = None
