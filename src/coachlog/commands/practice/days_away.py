"""A day as a writing command says it: spelled out, with how far from now it is."""

from datetime import date

from coachlog.model.instant import Instant
from coachlog.model.words import counted, day_words

_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}


def day_and_distance(day: date, now: Instant) -> str:
    """Say a day and how far it lies from now, on the practice's calendar: `Mon 3 Aug 2026 (in 125 days)`."""
    days = (day - now.day).days
    ahead = f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"
    return f"{day_words(day)} ({_NEAR.get(days, ahead)})"
