"""Durations: every unit that a coach writes, what is refused, and that they are compared by value."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.duration import Duration


@pytest.mark.parametrize(
    ("texts", "duration"),
    [
        (("60 min", "60min", "60 minutes", "1 h", "1h", "1 hour", "1 hours"), Duration(minutes=60)),
        (("1 min", "1 minute"), Duration(minutes=1)),
        (("24 h", "24h", "24 hours", "1440 min", "23 h 60 min"), Duration(minutes=1440)),
        (("1 h 30 min", "1h30min", "90 min", "30 min 1 h", "1  h\t30 min", " 1 h 30 min "), Duration(minutes=90)),
        (("7 days", "7days", "1 week", "1 weeks", "6 days 1 day"), Duration(days=7)),
        (("2 weeks", "14 days", "1 week 7 days"), Duration(days=14)),
        (("1 month", "1 months"), Duration(months=1)),
        (("1 year", "12 months", "1 years"), Duration(months=12)),
        (
            ("2 working days", "2working days", "1 working day 1 working day", "2 working  days"),
            Duration(working_days=2),
        ),
        (("0 min", "0 h", "0 days"), Duration()),
        (("1 month 1 week 1 working day 1 h",), Duration(months=1, days=7, working_days=1, minutes=60)),
        (("100 years",), Duration(months=1200)),
    ],
)
def test_a_duration_is_compared_by_value_and_shown_as_written(texts: tuple[str, ...], duration: Duration) -> None:
    """`24h` is `24 h`; a day is no 24 h, since the calendar may make it longer or shorter."""
    for text in texts:
        read = Duration.parse(text)
        assert read == duration
        assert hash(read) == hash(duration)
        assert str(read) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "60", "h", "min", "-1 h", "+1 h", "1.5 h", "1,5 h", "half an hour", "1 h, 30 min", "1 h and 30 min"),
        *("1 H", "1 Min", "60 mins", "1 hr", "1 hrs", "1 sec", "1 d", "1 w", "1 y", "1 minuteS", "1 hX", "P1D", "PT1H"),
        *(
            "1 h 30",
            "30 1 h",
            "1 hour30",
            "1 wk",
            "2 business days",
            "24 h per week",
            "1 month ago",
            "\u0661 h",
            "1_0 h",
        ),
        *("102 years", "1234567 min", "999999 years", " ".join(["999999 years"] * 9), "36601 days"),
    ],
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    """An unknown unit, a number without one, and more than a century are refused."""
    assert Duration.parse(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("1 day", "24 h"), ("1 month", "30 days"), ("1 working day", "1 day"), ("1 h", "61 min"), ("1 year", "365 days")],
)
def test_what_the_calendar_may_tell_apart_is_not_equal(one: str, other: str) -> None:
    """Elapsed time, days, working days and months stay apart."""
    assert Duration.parse(one) != Duration.parse(other)


@pytest.mark.parametrize(
    ("text", "elapsed"),
    [
        ("1 h 30 min", timedelta(minutes=90)),
        ("2 days", timedelta(days=2)),
        ("2 working days", timedelta(days=2)),
        ("1 month", timedelta(days=30)),
        ("1 year 1 week", timedelta(days=367)),
    ],
)
def test_where_only_a_length_is_asked_for_a_month_has_thirty_days(text: str, elapsed: timedelta) -> None:
    """A session of 60 min is compared with minutes, a schedule of one month with days."""
    duration = Duration.parse(text)
    assert duration is not None
    assert duration.elapsed == elapsed
    assert duration.total_minutes == elapsed.total_seconds() / 60


@given(st.integers(0, 99), st.integers(0, 999), st.integers(0, 99), st.integers(0, 9999))
def test_a_duration_that_nobody_wrote_is_spelled_so_that_it_reads_back(
    months: int, days: int, working_days: int, minutes: int
) -> None:
    """What the program spells out itself means what it was."""
    duration = Duration(months, days, working_days, minutes)
    assert Duration.parse(str(duration)) == duration


@given(st.text(st.sampled_from("0123456789 hminutedaysworkgweyr"), max_size=24))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    """No text makes reading fail, and what is read is shown as it was written."""
    duration = Duration.parse(text)
    assert duration is None or str(duration) == " ".join(text.split())
