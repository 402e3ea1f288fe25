"""Days that lie close by, as a screen says them: the year only where it is another one than now."""

from datetime import date

from coachlog.model.instant import Instant
from coachlog.model.words import day_words

_NEAREST = {0: "today", 1: "tomorrow", -1: "yesterday"}


def near_day(day: date, now: Instant) -> str:
    """Say a day: `Sun 29 Mar`, `Sun 29 Mar 2025`."""
    return day_words(day).removesuffix(f" {now.day.year}")


def near_moment(moment: Instant, now: Instant) -> str:
    """Say a moment: `Sun 29 Mar 16:20`."""
    return f"{near_day(moment.day, now)} {moment.wall:%H:%M}"


def from_today(day: date, now: Instant) -> str:
    """Say a day as it lies from today: `today`, `tomorrow`, `yesterday`, else with its weekday."""
    return _NEAREST.get((day - now.day).days) or near_day(day, now)
