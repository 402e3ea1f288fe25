"""The clock of a session: what the prompt says of it, and when it is said how much time is left."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.model.instant import Instant

BEFORE_THE_END = (10, 5, 0)
"""How many minutes before the planned end a line and a bell come."""


@dataclass
class TimeLeft:
    """The time of a session that goes on; `opened` is the present at which the call began, read at `_begun`."""

    wishes: Wishes
    opened: Instant
    began: Instant
    end: Instant
    _begun: float = field(default_factory=time.monotonic)
    _said: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """What had passed before the call is not told any more."""
        self._said |= {one for one in BEFORE_THE_END if self._moment(one) <= self.opened}

    @property
    def now(self) -> Instant:
        """The present; where the call says what time it is, that and what has passed since."""
        if self.wishes.now is None:
            return now_of(self.wishes, self.opened.zone)
        return self.opened.after(timedelta(seconds=int(time.monotonic() - self._begun)))

    @property
    def words(self) -> str:
        """Say the time, and the minutes that are gone and left: `15:07 7/53`."""
        gone, left = (int(span.total_seconds() // 60) for span in (self.now - self.began, self.end - self.now))
        return f"{self.now.wall:%H:%M} {max(gone, 0)}/{left}"

    def until_said(self) -> float | None:
        """Give how many seconds are left until there is something to say; None where nothing is any more."""
        coming = [self._moment(one) for one in BEFORE_THE_END if one not in self._said]
        return max((min(coming) - self.now).total_seconds(), 0.05) if coming else None

    def said(self) -> str:
        """Say how much is left, once at each of the times; nothing between them."""
        come = [one for one in BEFORE_THE_END if one not in self._said and self._moment(one) <= self.now]
        self._said |= set(come)
        if not come:
            return ""
        left = min(come)
        return f"{left} minutes left, until {self.end.wall:%H:%M}." if left else f"{self.end.wall:%H:%M}: time is up."

    def _moment(self, minutes: int) -> Instant:
        return self.end.after(timedelta(minutes=-minutes))
