"""Patterns in a contract: what happens once is an accident, what happens again and again is something to talk about."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.session import Session

LOW = 1
"""The highest rating, of 0 to 3, that is a low one (rules.md, END107)."""
RATINGS = ("prepared", "engaged", "progress")
"""What the coach notes of how the client took part in a session."""


class Measures(NamedTuple):
    """From how much on something is a pattern, as CAN107 and ACT108 have it, and how long a run of low ratings is."""

    window: int = 6
    strikes: int = 2
    sessions: int = 3
    share: Fraction = Fraction(1, 2)
    run: int = 3


class Pattern(NamedTuple):
    """One pattern, in the words of a sentence, and the day of its last event."""

    words: str
    last: date


def patterns_of(file: ClientFile, contract: Contract, measures: Measures) -> Iterator[Pattern]:
    """Give the patterns in a contract: missed sessions, few steps done, low ratings.

    The first two are none once they were discussed, on the day of their last event or later.
    """
    held = file.attendance.held_coaching_of(contract)
    missing = file.cancelling.repeated_missing(contract, measures.window, measures.strikes)
    if missing and not file.discussed_since(missing.last.day):
        yield Pattern("sessions missed or cancelled late", missing.last.day)
    if file.follow_through.low(held, measures.sessions, measures.share) and not file.discussed_since(held[-1].day):
        yield Pattern("few steps done", held[-1].day)
    low = low_ratings(held, measures.run)
    if low:
        yield Pattern("low ratings", low[-1].day)


def low_ratings(held: Sequence[Session], run: int) -> tuple[Session, ...]:
    """Give the latest run of so many sessions or more in which one and the same rating was 0 or 1."""
    runs = [found for rating in RATINGS for found in _low_runs(held, rating) if len(found) >= run]
    return max(runs, key=lambda found: found[-1].at, default=())


def _low_runs(held: Sequence[Session], rating: str) -> Iterator[tuple[Session, ...]]:
    """Give each run of sessions with a low rating; a session without one ends it."""

    def low(session: Session) -> bool:
        noted: int | None = getattr(session, rating)
        return noted is not None and noted <= LOW

    return (tuple(group) for is_low, group in groupby(held, key=low) if is_low)
