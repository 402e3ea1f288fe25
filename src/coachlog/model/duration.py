"""Durations as a coach writes them: `60 min`, `24 h`, `2 weeks`, `1 month`, `2 working days`."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

_PART = re.compile(r"\s*([0-9]{1,6})\s*(working\s+days?|minutes?|min|hours?|h|days?|weeks?|months?|years?)(?![A-Za-z])")
_UNITS = {  # the field that a unit counts in, and how many of it
    "min": ("minutes", 1),
    "minute": ("minutes", 1),
    "h": ("minutes", 60),
    "hour": ("minutes", 60),
    "day": ("days", 1),
    "week": ("days", 7),
    "month": ("months", 1),
    "year": ("months", 12),
    "working day": ("working_days", 1),
}
_LONGEST = 366 * 100
"""A century in days: nothing that is agreed with a client lasts longer, and calendar arithmetic stays in range."""

MINUTES_A_DAY = 24 * 60
DAYS_A_MONTH = 30
"""How long a month is where only a length is asked for, not a day of the calendar."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of agreed time: calendar months and days, working days, and elapsed minutes; compared by value."""

    months: int = 0
    days: int = 0
    working_days: int = 0
    minutes: int = 0
    text: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read one or several numbers with their units (`1 h 30 min`); None for anything else."""
        counted = dict.fromkeys(("months", "days", "working_days", "minutes"), 0)
        position = 0
        while match := _PART.match(text, position):
            unit, number = " ".join(match[2].split()), int(match[1])
            name, factor = _UNITS[unit if unit in _UNITS else unit.removesuffix("s")]
            counted[name] += number * factor
            position = match.end()
        if not position or text[position:].strip() or _days(**counted) > _LONGEST:
            return None
        return cls(**counted, text=" ".join(text.split()))

    @property
    def elapsed(self) -> timedelta:
        """How long it is where only a length is asked for: a day is 24 h, a month 30 days."""
        days = self.days + self.working_days + self.months * DAYS_A_MONTH
        return timedelta(days=days, minutes=self.minutes)

    @property
    def total_minutes(self) -> int:
        """The length in minutes."""
        return int(self.elapsed.total_seconds() // 60)

    def __str__(self) -> str:
        """As it was written, else in the largest units that fit."""
        return self.text or _spelled(self)


def _days(months: int, days: int, working_days: int, minutes: int) -> float:
    return months * DAYS_A_MONTH + days + working_days + minutes / MINUTES_A_DAY


def _spelled(duration: Duration) -> str:
    hours, minutes = divmod(duration.minutes, 60)
    parts = [
        _counted(duration.months, "month"),
        _counted(duration.days, "day"),
        _counted(duration.working_days, "working day"),
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
    ]
    return " ".join(part for part in parts if part) or "0 min"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
