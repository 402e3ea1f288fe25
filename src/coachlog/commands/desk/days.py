"""Days and moments, all on the practice's calendar: as they stand in a file, and as a command says them."""

from datetime import date

from coachlog.model.instant import Instant
from coachlog.model.words import counted, day_words
from coachlog.store.emit import Word

_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}


def written_day(day: date) -> Word:
    """Write a plain day."""
    return Word(day.isoformat())


def written_moment(moment: Instant) -> Word:
    """Write a moment as a journal does: the wall clock of the practice, to the minute."""
    return Word(f"{moment.wall:%Y-%m-%d %H:%M}")


def day_told(day: date, today: date) -> str:
    """Say a day, and how far from today it lies: `Fri 10 Jul 2026 (in 3 days)`."""
    days = (day - today).days
    away = f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"
    return f"{day_words(day)} ({_NEAR.get(days, away)})"
