"""What is on file already: the last judgement and roster, as long as they still hold.

Nothing here reads a journal: this is the fast path, and it imports neither the records nor a parser.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.model.instant import Instant
from coachlog.model.words import moment_words
from coachlog.store.index import open_index, recall
from coachlog.views.roster_row import RosterRow
from coachlog.views.today_item import Today
from coachlog.views.verdict import Verdict


class Filed(NamedTuple):
    """A whole judgement of a journal, the roster of its clients, and the coach's day where it was gathered."""

    verdict: Verdict
    rows: tuple[RosterRow, ...]
    day: Today | None = None

    def as_plain(self) -> dict[str, Any]:
        """Give everything as JSON can hold it."""
        return {"verdict": self.verdict.as_plain(), "rows": self.rows, "day": self.day and self.day.as_plain()}

    def at(self, now: Instant) -> "Filed":
        """Say of which instant it is asked now; what was found still holds."""
        verdict = self.verdict.at(now.aware.isoformat(), moment_words(now))
        return self._replace(verdict=verdict, day=self.day and replace(self.day, now=now))


def recalled(root: Path, wishes: Wishes) -> Filed | None:
    """Give what is on file of a journal and still holds; None where it must be judged again."""
    if wishes.incognito:
        return None  # a mask has to know every client
    index = open_index(root)
    if index is None:
        return None
    try:
        now = now_of(wishes, ZoneInfo(index.zone))
        kept = recall(root, index, now.utc.timestamp())
        return _filed(kept).at(now) if kept else None
    except (ZoneInfoNotFoundError, ValueError, TypeError, LookupError, OSError):
        return None


def _filed(kept: dict[str, Any]) -> Filed:
    verdict = Verdict.from_plain(kept["verdict"])
    rows = tuple(RosterRow.from_plain(row) for row in kept["rows"])
    return Filed(verdict, rows, kept["day"] and Today.from_plain(kept["day"], verdict.now))
