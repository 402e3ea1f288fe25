"""What a coach types for a day or a time, and what it means."""

from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.instant import Instant
from coachlog.model.typed_time import Meant, NotATime, TypedTime, end_of, moment_of, read_typed

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> Instant:
    """Give an instant of London's clock."""
    instant = Instant.parse(text, LONDON)
    assert instant is not None
    return instant


TUESDAY = at("2026-03-31 12:00")


def said(typed: TypedTime) -> str:
    """Show what was read as ISO text."""
    return f"{typed.moment.wall:%Y-%m-%d %H:%M}" if typed.moment else typed.day.isoformat()


@pytest.mark.parametrize(
    ("text", "plan", "fact"),
    [
        ("2026-03-04", "2026-03-04", "2026-03-04"),
        ("2026-03-04 15:00", "2026-03-04 15:00", "2026-03-04 15:00"),
        ("2026-03-04T15:00", "2026-03-04 15:00", "2026-03-04 15:00"),
        ("2026-07-04 15:00Z", "2026-07-04 16:00", "2026-07-04 16:00"),
        ("2026-03-04 3pm", "2026-03-04 15:00", "2026-03-04 15:00"),
        ("today", "2026-03-31", "2026-03-31"),
        ("Today 09:00", "2026-03-31 09:00", "2026-03-31 09:00"),
        ("tomorrow 15:00", "2026-04-01 15:00", "2026-04-01 15:00"),
        ("yesterday", "2026-03-30", "2026-03-30"),
        ("fri", "2026-04-03", "2026-03-27"),
        ("friday 3pm", "2026-04-03 15:00", "2026-03-27 15:00"),
        ("tue", "2026-03-31", "2026-03-31"),
        ("tue 15:00", "2026-03-31 15:00", "2026-03-24 15:00"),
        ("tue 09:00", "2026-04-07 09:00", "2026-03-31 09:00"),
        ("next fri", "2026-04-10", "2026-04-10"),
        ("next mon 9am", "2026-04-06 09:00", "2026-04-06 09:00"),
        ("last fri", "2026-03-27", "2026-03-27"),
        ("last tue", "2026-03-24", "2026-03-24"),
        ("14:30", "2026-03-31 14:30", "2026-03-30 14:30"),
        ("9am", "2026-04-01 09:00", "2026-03-31 09:00"),
        ("12:00", "2026-03-31 12:00", "2026-03-31 12:00"),
        ("12am", "2026-04-01 00:00", "2026-03-31 00:00"),
        ("12pm", "2026-03-31 12:00", "2026-03-31 12:00"),
        ("3:30 pm", "2026-03-31 15:30", "2026-03-30 15:30"),
        ("in 2 weeks", "2026-04-14", "2026-04-14"),
        ("in 2 weeks 10:00", "2026-04-14 10:00", "2026-04-14 10:00"),
        ("in 90 min", "2026-03-31 13:30", "2026-03-31 13:30"),
        ("3 days ago", "2026-03-28", "2026-03-28"),
        ("3 days ago 14:00", "2026-03-28 14:00", "2026-03-28 14:00"),
        ("2d ago", "2026-03-29", "2026-03-29"),
        ("2h ago", "2026-03-31 10:00", "2026-03-31 10:00"),
        ("1 mo ago", "2026-02-28", "2026-02-28"),
        ("+1w", "2026-04-07", "2026-04-07"),
        ("+1y", "2027-03-31", "2027-03-31"),
        ("15 jan", "2027-01-15", "2026-01-15"),
        ("jan 15", "2027-01-15", "2026-01-15"),
        ("31 march", "2026-03-31", "2026-03-31"),
        ("31 mar 09:00", "2027-03-31 09:00", "2026-03-31 09:00"),
        ("15 jan 2026", "2026-01-15", "2026-01-15"),
        ("Jan 15 2026 15:00", "2026-01-15 15:00", "2026-01-15 15:00"),
        ("29 feb", "2028-02-29", "2024-02-29"),
        ("  15   JAN ", "2027-01-15", "2026-01-15"),
        ("Fri 30 Jan 2026 15:00", "2026-01-30 15:00", "2026-01-30 15:00"),
        ("Fri 30 Jan 2026", "2026-01-30", "2026-01-30"),
        ("wednesday mar 4 2026 3pm", "2026-03-04 15:00", "2026-03-04 15:00"),
        ("fri 2026-01-30 15:00", "2026-01-30 15:00", "2026-01-30 15:00"),
    ],
)
def test_what_is_typed_means_the_nearest_that_fits(text: str, plan: str, fact: str) -> None:
    """A plan is to come, a fact is past, and today counts while its time still fits."""
    assert said(read_typed(text, TUESDAY, "plan")) == plan
    assert said(read_typed(text, TUESDAY, "fact")) == fact


@pytest.mark.parametrize("meant", ["plan", "fact"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "now",
        "15",
        "15 foo",
        "32 jan",
        "30 feb",
        "2026-02-30",
        "2026-3-4",
        "25:00",
        "24:00",
        "14:60",
        "13pm",
        "0am",
        "1430",
        "next week",
        "last",
        "in 2",
        "in 2 m",
        "in two weeks",
        "in 2 h 15:00",
        "-1w",
        "today tomorrow",
        "fri fri",
        "fri in 2 weeks",
        "fri 3 4 2026",
        "fri fri 30 jan 2026",
        "next fri 30 jan 2026",
        "15 jan 26",
        "in 9999 y",
        "in 500 y",
        "32/13",
        "1800-01-01",
        "12:00 today",
    ],
)
def test_anything_else_says_what_is_accepted(text: str, meant: Meant) -> None:
    """The grammar is closed: what is not in it is refused, never guessed."""
    with pytest.raises(NotATime) as refusal:
        read_typed(text, TUESDAY, meant)
    assert "tomorrow 15:00" in refusal.value.remedy
    assert refusal.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("3/4", "Write 3 apr or 4 mar."),
        ("3.4.2026", "Write 3 apr 2026 or 4 mar 2026."),
        ("3-4-26 15:00", "Write 3 apr 2026 or 4 mar 2026."),
        ("13/4", "Write 13 apr."),
        ("4/4", "Write 4 apr."),
    ],
)
def test_figures_alone_are_refused_with_their_readings(text: str, remedy: str) -> None:
    """Half the world reads 3/4 as the 3rd of April, the other half as the 4th of March."""
    with pytest.raises(NotATime) as refusal:
        read_typed(text, TUESDAY, "plan")
    assert refusal.value.remedy == remedy


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("30 feb 10:00", "There is no such day."),
        ("29 feb 2027", "There is no such day."),
        ("2026-02-30", "There is no such day."),
        ("25:00", "There is no such time of day."),
        ("tomorrow 24:00", "What stands behind the day is no time of day."),
        ("fri 3.30pm", "What stands behind the day is no time of day."),
        ("soon 15:00", "The day or time is not understood."),
    ],
)
def test_the_half_that_is_wrong_is_said(text: str, what: str) -> None:
    """A coach who typed the day right need not look at it again."""
    with pytest.raises(NotATime) as refusal:
        read_typed(text, TUESDAY, "plan")
    assert refusal.value.what == what


@pytest.mark.parametrize("text", ["thu 30 jan 2026", "thu jan 30 2026 15:00", "Thu 2026-01-30", "thu 2026-01-30 15:00"])
def test_a_weekday_that_is_not_that_of_its_day_is_refused_with_the_right_one(text: str) -> None:
    """Of two that contradict each other neither is guessed."""
    with pytest.raises(NotATime) as refusal:
        read_typed(text, TUESDAY, "fact")
    assert refusal.value.what == "30 Jan 2026 is a Friday."


def test_a_day_counts_from_its_beginning_or_to_its_end() -> None:
    """An instant that is typed as a day begins it; what was on file by a day is what was there at its end."""
    typed = read_typed("2026-03-29", TUESDAY, "fact")
    assert moment_of(typed, TUESDAY) == at("2026-03-29 00:00")
    assert end_of(typed, TUESDAY) == at("2026-03-29 23:59:59")
    assert end_of(read_typed("today", TUESDAY, "fact"), TUESDAY) == TUESDAY
    assert end_of(read_typed("yesterday 10:00", TUESDAY, "fact"), TUESDAY) == at("2026-03-30 10:00")


@given(st.text(alphabet="0123456789:/.-+ adehijnoprstuwy", max_size=20), st.sampled_from(["plan", "fact"]))
def test_whatever_is_typed_is_a_time_or_a_refusal(text: str, meant: Meant) -> None:
    """No text brings the program down."""
    with suppress(NotATime):
        typed = read_typed(text, TUESDAY, meant)
        assert typed.moment is None or typed.moment.day == typed.day
