"""Notes of a session: which line counts, and how long the session took by them."""

from zoneinfo import ZoneInfo

import pytest

from coachlog.model.instant import Instant
from coachlog.model.session_notes import Noted, Opened, SessionNotes, all_there

ZONE = ZoneInfo("Europe/London")


def at(clock: str) -> Instant:
    """Give a time of the session's day."""
    moment = Instant.parse(f"2026-03-31 {clock}", ZONE)
    assert moment
    return moment


def notes(starts: str, begun: str, *lines: str) -> SessionNotes:
    """Give notes with a line at each of some times."""
    made = SessionNotes(Opened("jane-doe", "b3xew", at(starts), at(begun)))
    for one in lines:
        made.add(Noted(at(one), "notes", one))
    return made


def test_the_last_line_is_the_one_that_is_taken_back() -> None:
    """Of one heading the latest counts; under several, all."""
    made = notes("15:00", "15:00", "15:01", "15:02")
    made.add(Noted(at("15:03"), "topic", "this"))
    assert (made.latest("notes"), made.latest("goal"), made.under("notes", "topic")[-1]) == ("15:02", None, "this")
    taken = made.take_back(at("15:04"))
    assert (taken and taken.text, made.latest("topic"), made.last) == ("this", None, at("15:04"))
    assert notes("15:00", "15:00").take_back(at("15:04")) is None


@pytest.mark.parametrize(
    ("begun", "ended", "minutes"),
    [
        ("15:00", "15:52", 52),
        ("14:50", "15:52", 52),
        ("15:10", "16:02", 52),
        ("15:40", "16:00", 60),
        ("14:30", "14:55", 25),
        ("15:00", "15:00", 0),
    ],
)
def test_the_minutes_count_from_the_start(begun: str, ended: str, minutes: int) -> None:
    """Those of reading beforehand do not count, and notes that were forgotten shorten nothing."""
    assert notes("15:00", begun).minutes(at(ended), at("16:00")) == minutes


@pytest.mark.parametrize(
    ("left", "again", "ended", "minutes"),
    [("15:50", "17:30", "17:35", 50), ("15:10", "15:40", "16:00", 60), ("15:58", "16:05", "16:06", 66)],
)
def test_what_comes_long_after_the_end_is_not_the_session(left: str, again: str, ended: str, minutes: int) -> None:
    """Notes that are taken up in the evening end with the line before."""
    made = notes("15:00", "15:00", left)
    made.take_up(at(again))
    assert made.minutes(at(ended), at("16:00")) == minutes


def test_lines_are_looked_for_in_what_was_written() -> None:
    """Each of them has to be there."""
    assert all_there(["a b", "c"], "a b\nc\n")
    assert not all_there(["a b", "d"], "a b\nc\n")
    assert all_there([], None)
