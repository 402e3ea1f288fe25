"""How a coach looks at a day: from which instant, how far ahead, and at which clients' files."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from coachlog.clock import Clock
from coachlog.model.client_file import ClientFile
from coachlog.views.today_item import Group, Item, Kind

A_WEEK = timedelta(days=7)
"""How long something that is past its time is still worth doing; then it is a finding and nothing else."""


class Outlook(NamedTuple):
    """The instant at which a coach looks at the day, and the last day that is looked at.

    What depends on the time of the day asks the clock, so that it is known how long a day holds.
    """

    clock: Clock
    last: date

    @property
    def today(self) -> date:
        """The day itself."""
        return self.clock.today

    @property
    def horizon(self) -> date:
        """How far what takes some preparing is looked at: two weeks at least."""
        return max(self.last, self.today + 2 * A_WEEK)

    def group(self, day: date, *, late: Group = "owed") -> Group:
        """Say whether something that is due on a day is owed by now, or ahead."""
        return late if day <= self.today else "ahead"

    def is_stale(self, day: date) -> bool:
        """Tell whether something that was due on a day is too late to be worth doing."""
        return day + A_WEEK < self.today


def of_client(file: ClientFile, kind: Kind, group: Group) -> Item:
    """Give an item of a client that says nothing yet but whose it is."""
    return Item(kind, group, file.code, file.client.name)


def can_tell(file: ClientFile, *needs: str) -> bool:
    """Tell whether everything could be read that an answer depends on; a half-read file says nothing rather."""
    return not any(part in file.gaps for need in needs for part in (need, need.partition(".")[0]))


Items = Iterator[Item]
