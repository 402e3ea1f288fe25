"""What is typed during a session, line by line, before its log is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from coachlog.model.instant import Instant

AWAY = timedelta(minutes=15)
"""After so long without a line, notes that are taken up beyond the planned end count up to the last line before."""


class Opened(NamedTuple):
    """Which session notes are of: whose, its id, its start as booked or begun, and when they were begun."""

    client: str
    session: str
    starts: Instant
    begun: Instant


class Noted(NamedTuple):
    """One line: when it was typed, under which heading, and what it says."""

    at: Instant
    place: str
    text: str


@dataclass
class SessionNotes:
    """The notes of a session as they stand: their lines in order, and the heading at which the coach is."""

    opened: Opened
    lines: list[Noted] = field(default_factory=list)
    place: str = ""
    last: Instant | None = None
    _breaks: list[tuple[Instant, Instant]] = field(default_factory=list)

    def add(self, noted: Noted) -> None:
        """Take in one more line."""
        self.lines.append(noted)
        self.last = noted.at

    def take_back(self, at: Instant) -> Noted | None:
        """Give up the last line, and tell which one it was; None where there is none."""
        self.last = at
        return self.lines.pop() if self.lines else None

    def go_to(self, place: str, at: Instant) -> None:
        """Go on under another heading."""
        self.place, self.last = place, at

    def take_up(self, at: Instant) -> None:
        """Note that they were left, and taken up again."""
        self._breaks.append((self.last or self.opened.begun, at))
        self.last = at

    def under(self, *places: str) -> list[str]:
        """Give the lines under some headings."""
        return [one.text for one in self.lines if one.place in places]

    def latest(self, place: str) -> str | None:
        """Give the last line under a heading, which takes the place of those before it."""
        return next(reversed(self.under(place)), None)

    def begun_at(self) -> Instant:
        """Give when the session began: as booked, or when the notes were begun, where that was a little later.

        Notes that were begun long after the start were forgotten, which says nothing of the session.
        """
        starts, begun = self.opened.starts, self.opened.begun
        return begun if starts < begun <= starts.after(AWAY) else starts

    def ended_at(self, now: Instant, planned_end: Instant) -> Instant:
        """Give when the session ended: now, or the last line before a break that lasted beyond the planned end."""
        return next((left for left, again in self._breaks if again > planned_end and again - left > AWAY), now)

    def minutes(self, now: Instant, planned_end: Instant) -> int:
        """Count the minutes that the session took, in full ones."""
        began = self.begun_at()
        ended = self.ended_at(now, planned_end)
        if ended < began:  # it was held before its time
            began = self.opened.begun
        return max(round((ended - began).total_seconds() / 60), 0)


def all_there(noted: Iterable[str], written: str | None) -> bool:
    """Tell whether every line that was noted stands in what was written."""
    return all(one in (written or "") for one in noted)
