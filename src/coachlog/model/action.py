"""What was committed to in a session: the client's steps, and the coach's own promises."""

from typing import Literal

from pydantic import Field

from coachlog.model.fields import ClockTime, Day, Reference, Text, Word, YesNo
from coachlog.model.record import Entry, Record


class StepFollowUp(Record):
    """The update that the client sends on a step, and the nudge that they asked for."""

    via: Word | None = None
    every: Literal["day", "week"] | None = None
    by: ClockTime | None = None
    until: Day | None = None
    nudge: YesNo | None = None
    asked_by: Literal["client", "coach"] | None = None


class Update(Record):
    """News of a step."""

    date: Day | None = None
    note: Text | None = None


class Drop(Record):
    """A step was given up, and why."""

    date: Day | None = None
    why: Text | None = None


class Action(Entry):
    """A step, an experiment, a habit, a deliverable, or a promise of the coach."""

    step: Text
    session: Reference | None = None
    due: Day | None = None
    kind: Literal["step", "experiment", "habit", "deliverable", "promise"] = "step"
    goal: Reference | None = None
    stretch: YesNo | None = None
    follow_up: StepFollowUp | None = None
    updates: tuple[Update, ...] = ()
    part: Day | None = None
    done: Day | None = None
    dropped: Drop | None = None
    reviewed: Reference | None = None
    carried: tuple[Reference, ...] = Field(default=())
    learned: Text | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither done nor dropped."""
        return self.done is None and self.dropped is None

    @property
    def was_looked_at(self) -> bool:
        """Tell whether it was reviewed or carried over, or is no longer open."""
        return bool(self.reviewed or self.carried) or not self.is_open

    @property
    def is_promise(self) -> bool:
        """Tell whether it is the coach's own: an offer of help that was accepted."""
        return self.kind == "promise"
