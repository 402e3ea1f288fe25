"""Days and instants on the practice's calendar.

Python compares two times of one zone by what their clocks show, which is wrong twice a year. An `Instant` keeps
both readings apart: order and elapsed time come from UTC, days and weekdays from the practice's wall clock.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Self
from zoneinfo import ZoneInfo

from coachlog.model.duration import Duration

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years that a journal may speak of; arithmetic on any day between them stays within Python's calendar."""

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_INSTANT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: +|T)(\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|[+-]\d\d:[0-5]\d))?", re.ASCII)


def parse_day(text: str) -> date | None:
    """Read a plain day such as `2026-03-04`; None for anything else, an instant and a day that isn't too."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_months(day: date, months: int) -> date:
    """Move by calendar months; a day that the month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_to_day(day: date, duration: Duration, sign: int = 1) -> date:
    """Move a plain day by a duration; hours and minutes are rounded up to whole days."""
    days = duration.days + duration.working_days + -(-duration.minutes // (24 * 60))
    return (add_months(day, sign * duration.months) if duration.months else day) + timedelta(days=sign * days)


class Instant:
    """A moment of the practice: ordered and subtracted in elapsed time, shown on the practice's wall clock."""

    __slots__ = ("day", "utc", "wall", "zone")

    utc: datetime
    wall: datetime
    zone: ZoneInfo
    day: date
    """The date on the practice's wall clock."""

    def __init__(self, moment: datetime, zone: ZoneInfo) -> None:
        """Take an aware moment, or a naive one that the practice's clock shows.

        A wall-clock time that occurs twice is the first of the two; one that does not occur is read with the
        offset before the change.
        """
        aware = moment if moment.tzinfo else _put_in(moment, zone)
        self.utc = aware.astimezone(UTC)
        here = self.utc.astimezone(zone)
        self.day = here.date()
        self.wall = datetime.combine(self.day, here.time())
        self.zone = zone

    @classmethod
    def parse(cls, text: str, zone: ZoneInfo) -> Self | None:
        """Read `2026-03-04 15:00`, with seconds or an offset if they are there; None for anything else."""
        match = _INSTANT.fullmatch(text)
        if match is None:
            return None
        year, month, day, hour, minute, second, offset = match.groups(default="")
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            return None
        try:
            clock = time(int(hour), int(minute), int(second or 0), tzinfo=_offset(offset) or zone)
            return cls(datetime.combine(date(int(year), int(month), int(day)), clock), zone)
        except ValueError:
            return None

    @classmethod
    def on(cls, day: date, zone: ZoneInfo, clock: time = time.min) -> Self:
        """Give the moment at which the practice's clock shows this time on this day (default: its beginning)."""
        return cls(datetime.combine(day, clock), zone)

    @property
    def clock(self) -> time:
        """The time of day on the practice's wall clock."""
        return self.wall.time()

    @property
    def aware(self) -> datetime:
        """The moment as a datetime of the practice's zone, for output."""
        return self.utc.astimezone(self.zone)

    def plus(self, duration: Duration, sign: int = 1) -> "Instant":
        """Move by a duration: months and days on the calendar at the same wall-clock time, then elapsed minutes."""
        moved = self
        if duration.months or duration.days or duration.working_days:
            days = timedelta(days=sign * (duration.days + duration.working_days))
            day = add_months(self.day, sign * duration.months) + days
            moved = Instant.on(day, self.zone, self.clock)
        return moved.after(timedelta(minutes=sign * duration.minutes))

    def after(self, elapsed: timedelta) -> "Instant":
        """Move by elapsed time."""
        return Instant(self.utc + elapsed, self.zone)

    def __sub__(self, other: "Instant") -> timedelta:
        """The time that really passed between the two."""
        return self.utc - other.utc

    def __eq__(self, other: object) -> bool:
        """Two readings of one moment are equal, whatever offset they were written with."""
        return self.utc == other.utc if isinstance(other, Instant) else NotImplemented

    def __lt__(self, other: "Instant") -> bool:
        """Order by elapsed time."""
        return self.utc < other.utc

    def __le__(self, other: "Instant") -> bool:
        """Order by elapsed time; all four are written out, since a check compares thousands."""
        return self.utc <= other.utc

    def __gt__(self, other: "Instant") -> bool:
        """Order by elapsed time."""
        return self.utc > other.utc

    def __ge__(self, other: "Instant") -> bool:
        """Order by elapsed time."""
        return self.utc >= other.utc

    def __hash__(self) -> int:
        """Hash by the moment."""
        return hash(self.utc)

    def __repr__(self) -> str:
        """Show the wall clock, as a journal writes it."""
        return f"Instant({self.wall:%Y-%m-%d %H:%M})"


def _put_in(moment: datetime, zone: ZoneInfo) -> datetime:
    """Give the first moment at which a zone's clocks show this; `replace` would take five times as long."""
    clock = moment.time()
    return datetime.combine(moment.date(), clock.replace(fold=0) if clock.fold else clock, zone)


def _offset(text: str) -> timezone | None:
    """Read `Z` or `+01:00`; no offset stays the practice's wall clock. Raises ValueError beyond a day."""
    if not text:
        return None
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[4:6])))
