"""The instant that a journal is judged at."""

from datetime import date, timedelta

from coachlog.model.instant import Instant


class Clock:
    """The instant a journal is judged at, and the next one at which a judgement could change.

    A rule never asks what time it is: it asks whether a deadline has passed, and the clock remembers the earliest
    deadline that has not. Findings hold until then, or until the day ends, whichever comes first.
    """

    def __init__(self, now: Instant) -> None:
        """Stop the clock at an instant of the practice."""
        self.now = now
        self.next_change = Instant.on(now.day + timedelta(days=1), now.zone)

    @property
    def today(self) -> date:
        """The day of the check on the practice's calendar."""
        return self.now.day

    def passed(self, deadline: Instant) -> bool:
        """Tell whether a deadline has passed; at its own instant it has not."""
        if deadline < self.now:
            return True
        self.next_change = min(self.next_change, deadline)
        return False

    def begun(self, start: Instant) -> bool:
        """Tell whether something that starts then has begun; at its own instant it has."""
        if start <= self.now:
            return True
        self.next_change = min(self.next_change, start)
        return False
