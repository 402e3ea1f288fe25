"""Days and instants: what is read, and how they are ordered, moved and told apart, also when the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.duration import Duration
from coachlog.model.instant import FIRST_YEAR, LAST_YEAR, Instant, add_months, add_to_day, parse_day

LONDON, NEW_YORK, LORD_HOWE, CAIRO = map(
    ZoneInfo, ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")
)
ZONES = (LONDON, NEW_YORK, LORD_HOWE, CAIRO, ZoneInfo("Asia/Kathmandu"), ZoneInfo("UTC"))

moments = st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001 — the wall clock
zones = st.sampled_from(ZONES)
instants_of_a_zone = zones.flatmap(lambda zone: st.tuples(*[moments.map(lambda m: Instant(m, zone))] * 2))


def read(text: str, zone: ZoneInfo = LONDON) -> Instant:
    """Read an instant that is there."""
    instant = Instant.parse(text, zone)
    assert instant is not None, text
    return instant


def span(text: str) -> Duration:
    """Read a duration that is there."""
    duration = Duration.parse(text)
    assert duration is not None, text
    return duration


@pytest.mark.parametrize(
    ("text", "zone", "utc", "wall"),
    [
        ("2026-03-04 15:00", LONDON, "2026-03-04 15:00", "2026-03-04 15:00"),
        ("2026-07-04 15:00", LONDON, "2026-07-04 14:00", "2026-07-04 15:00"),
        ("2026-03-04T15:00", LONDON, "2026-03-04 15:00", "2026-03-04 15:00"),
        ("2026-03-04   15:00", LONDON, "2026-03-04 15:00", "2026-03-04 15:00"),
        ("2026-03-04 15:00:30", LONDON, "2026-03-04 15:00:30", "2026-03-04 15:00:30"),
        ("2026-03-04 15:00+01:00", LONDON, "2026-03-04 14:00", "2026-03-04 14:00"),
        ("2026-03-04 15:00 +01:00", LONDON, "2026-03-04 14:00", "2026-03-04 14:00"),
        ("2026-03-04 15:00:30-05:30", LONDON, "2026-03-04 20:30:30", "2026-03-04 20:30:30"),
        ("2026-03-04T15:00:00Z", NEW_YORK, "2026-03-04 15:00", "2026-03-04 10:00"),
        ("2026-03-04 15:00 Z", NEW_YORK, "2026-03-04 15:00", "2026-03-04 10:00"),
        # the hour that does not occur is read with the offset before the change
        ("2026-03-29 01:30", LONDON, "2026-03-29 01:30", "2026-03-29 02:30"),
        ("2026-03-08 02:30", NEW_YORK, "2026-03-08 07:30", "2026-03-08 03:30"),
        ("2026-10-04 02:15", LORD_HOWE, "2026-10-03 15:45", "2026-10-04 02:45"),
        ("2026-04-24 00:30", CAIRO, "2026-04-23 22:30", "2026-04-24 01:30"),
        # the hour that occurs twice is the first of the two
        ("2026-10-25 01:30", LONDON, "2026-10-25 00:30", "2026-10-25 01:30"),
        ("2026-11-01 01:30", NEW_YORK, "2026-11-01 05:30", "2026-11-01 01:30"),
        ("2026-04-05 01:45", LORD_HOWE, "2026-04-04 14:45", "2026-04-05 01:45"),
        # the second of the two can be written with its offset
        ("2026-10-25 01:30+00:00", LONDON, "2026-10-25 01:30", "2026-10-25 01:30"),
        ("2026-04-05 01:45+10:30", LORD_HOWE, "2026-04-04 15:15", "2026-04-05 01:45"),
    ],
)
def test_an_instant_is_the_practices_wall_clock_unless_it_has_an_offset(
    text: str, zone: ZoneInfo, utc: str, wall: str
) -> None:
    """However it is written, it is one moment, and its day and time are those of the practice's clock."""
    instant = read(text, zone)
    assert instant.utc == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert instant.wall == datetime.fromisoformat(wall)
    assert (instant.day, instant.clock) == (instant.wall.date(), instant.wall.time())
    assert instant.aware.astimezone(UTC) == instant.utc


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-03-04", "15:00", "2026-3-4 15:00", "2026-03-04 9:00", "2026-03-04 15", "2026-03-04 15:00:5"),
        *("2026-02-29 15:00", "2026-13-01 15:00", "2026-03-04 24:00", "2026-03-04 15:60", "2026-03-04 15:00:60"),
        *("2026-03-04 15:00+01", "2026-03-04 15:00+0100", "2026-03-04 15:00+24:00", "2026-03-04 15:00+01:75"),
        *("2026-03-04 15:00 GMT", "2026-03-04 3pm", "2026-03-04 15.00", "2026-03-04 15:00.5", "2026-03-0415:00"),
        *("1899-12-31 15:00", "2200-01-01 00:00", "9999-12-31 23:59", "0000-01-01 00:00", " 2026-03-04 15:00"),
        *(
            "2026-03-04 15:00\n",
            "2026-03-04TT15:00",
            "\uff12\uff10\uff12\uff16-03-04 15:00",
            "2026-03-04 \u0661\u0665:00",
        ),
    ],
)
def test_what_is_no_instant_is_refused(text: str) -> None:
    """A day alone, an impossible time and a year out of reach are no instants."""
    assert Instant.parse(text, LONDON) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04", date(2026, 3, 4)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
        *dict.fromkeys(
            ("2026-02-29", "2026-04-31", "2026-3-4", "2026-03-04 15:00", "04.03.2026", "20260304", "")
        ).items(),
        *dict.fromkeys(
            (
                "1899-12-31",
                "2200-01-01",
                "0000-00-00",
                "2026-03-04\n",
                "-2026-03-04",
                "\u0662\u0660\u0662\u0666-\u0660\u0663-\u0660\u0664",
            )
        ).items(),
    ],
)
def test_a_day_is_read_when_it_exists_and_is_no_instant(text: str, day: date | None) -> None:
    """What is no day of the calendar between the years 1900 and 2199 is refused."""
    assert parse_day(text) == day


@given(st.dates())
def test_every_day_within_reach_is_read_as_it_is_written(day: date) -> None:
    """A day reads back from its own text, and only within the years of a journal."""
    assert parse_day(day.isoformat()) == (day if FIRST_YEAR <= day.year <= LAST_YEAR else None)


@given(moments, zones, st.sampled_from("T "))
def test_an_instant_reads_back_from_its_wall_clock_and_its_offset(moment: datetime, zone: ZoneInfo, form: str) -> None:
    """What is written with the offset of its moment is that moment, to the second."""
    instant = Instant(moment.replace(tzinfo=UTC), zone)
    offset = instant.aware.utcoffset() or timedelta()
    if offset.total_seconds() % 60:
        return  # local mean time of long ago has seconds, which no journal can write
    text = instant.aware.isoformat(form, "seconds")
    assert Instant.parse(text, zone) == instant


@given(instants_of_a_zone)
def test_order_and_difference_agree_with_elapsed_time(pair: tuple[Instant, Instant]) -> None:
    """Of two instants exactly one of before, equal and after holds, and it is the one that the difference says."""
    one, other = pair
    difference = one - other
    assert (one < other, one == other, one > other) == (
        difference < timedelta(),
        difference == timedelta(),
        difference > timedelta(),
    )
    assert other.after(difference) == one
    assert (hash(one) == hash(other)) >= (one == other)


@pytest.mark.parametrize(
    ("start", "zone", "duration", "expected"),
    [
        # min and h are elapsed time: they feel the change of the clocks
        ("2026-03-28 12:00", LONDON, "24 h", "2026-03-29 13:00"),
        ("2026-10-24 12:00", LONDON, "24 h", "2026-10-25 11:00"),
        ("2026-10-03 12:00", LORD_HOWE, "24 h", "2026-10-04 12:30"),
        ("2026-03-29 00:45", LONDON, "30 min", "2026-03-29 02:15"),
        # days and longer stay at the same wall-clock time
        ("2026-03-28 12:00", LONDON, "1 day", "2026-03-29 12:00"),
        ("2026-10-24 12:00", LONDON, "1 week", "2026-10-31 12:00"),
        ("2026-03-28 01:30", LONDON, "1 day", "2026-03-29 02:30"),
        ("2026-10-24 01:30", LONDON, "1 day", "2026-10-25 01:30"),
        ("2026-03-07 02:30", NEW_YORK, "1 day", "2026-03-08 03:30"),
        ("2026-01-31 09:00", LONDON, "1 month", "2026-02-28 09:00"),
        ("2028-01-31 09:00", LONDON, "1 month", "2028-02-29 09:00"),
        ("2028-02-29 09:00", LONDON, "1 year", "2029-02-28 09:00"),
        ("2028-02-29 09:00", LONDON, "4 years", "2032-02-29 09:00"),
        ("2026-12-15 09:00", LONDON, "2 months", "2027-02-15 09:00"),
        ("2026-01-31 09:00", LONDON, "1 month 1 day 1 h 30 min", "2026-03-01 10:30"),
        ("2026-03-04 09:00", LONDON, "2 working days", "2026-03-06 09:00"),
        ("2026-03-04 09:00", LONDON, "0 min", "2026-03-04 09:00"),
    ],
)
def test_moving_an_instant_counts_days_on_the_calendar_and_hours_on_the_stopwatch(
    start: str, zone: ZoneInfo, duration: str, expected: str
) -> None:
    """A day that a month lacks becomes its last; an hour is an hour, whatever the clocks do."""
    assert read(start, zone).plus(span(duration)).wall == datetime.fromisoformat(expected)


def test_moving_back_mirrors_moving_forward() -> None:
    """A reminder two days before a session after the change of clocks is at the session's own wall-clock time."""
    session = read("2026-03-30 09:00")
    assert session.plus(span("2 days"), sign=-1).wall == datetime.fromisoformat("2026-03-28 09:00")
    assert session.plus(span("48 h"), sign=-1).wall == datetime.fromisoformat("2026-03-28 08:00")
    assert read("2026-03-31 09:00").plus(span("1 month"), sign=-1).day == date(2026, 2, 28)


def test_a_day_begins_when_the_practices_clock_says_so() -> None:
    """Where midnight itself does not occur, the day begins an hour later."""
    assert Instant.on(date(2026, 3, 4), LONDON) == read("2026-03-04 00:00")
    assert Instant.on(date(2026, 4, 24), CAIRO).clock == time(1)
    assert Instant.on(date(2026, 3, 4), LONDON, time(18)).clock == time(18)


@pytest.mark.parametrize(
    ("duration", "after", "before"),
    [
        ("1 week", date(2026, 4, 7), date(2026, 3, 24)),
        ("1 month", date(2026, 4, 30), date(2026, 2, 28)),
        ("24 h", date(2026, 4, 1), date(2026, 3, 30)),
        ("25 h", date(2026, 4, 2), date(2026, 3, 29)),
        ("1 min", date(2026, 4, 1), date(2026, 3, 30)),
        ("0 min", date(2026, 3, 31), date(2026, 3, 31)),
        ("2 working days", date(2026, 4, 2), date(2026, 3, 29)),
    ],
)
def test_a_day_moves_by_whole_days(duration: str, after: date, before: date) -> None:
    """Hours and minutes are rounded up to days."""
    day = date(2026, 3, 31)
    assert (add_to_day(day, span(duration)), add_to_day(day, span(duration), sign=-1)) == (after, before)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.integers(0, 1200))
def test_calendar_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    """The day of the month stays, or is the last one of a shorter month, as far as a century goes."""
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)
