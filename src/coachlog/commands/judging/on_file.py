"""What is on file already: the last judgement and roster, as long as they still hold.

Nothing here reads a journal: this is the fast path, and it imports neither the records nor a parser.
"""

from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.model.instant import Instant
from coachlog.model.words import moment_words
from coachlog.store.index import open_index, recall
from coachlog.views.roster_row import RosterRow
from coachlog.views.verdict import Verdict


class Filed(NamedTuple):
    """A whole judgement of a journal and the roster of its clients, in plain values."""

    verdict: Verdict
    rows: tuple[RosterRow, ...]

    def as_plain(self) -> dict[str, Any]:
        """Give everything as JSON can hold it."""
        return {"verdict": self.verdict.as_plain(), "rows": self.rows}

    def at(self, now: Instant) -> "Filed":
        """Say of which instant it is asked now; what was found still holds."""
        return self._replace(verdict=self.verdict.at(now.aware.isoformat(), moment_words(now)))


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
    return Filed(verdict, tuple(RosterRow.from_plain(row) for row in kept["rows"]))
