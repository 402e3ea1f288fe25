"""Contact hours: when a practice can be reached, and by when an answer is due."""

from collections.abc import Container
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.model.duration import Duration
from coachlog.model.hours import ContactHours, HoursExpression, NotHours
from coachlog.model.instant import Instant
from coachlog.model.public_holidays import Holidays

LONDON, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/London", "America/New_York", "Australia/Lord_Howe"))
OFFICE = "Mo-Fr 09:00-17:00"
LEAVE = (date(2026, 8, 3), date(2026, 8, 14))
WITHIN = 800
"""Days within which a deadline of at most three weeks comes, however seldom the hours open."""


def hours(
    text: str = OFFICE,
    zone: ZoneInfo = LONDON,
    holidays: Container[date] = Holidays(None),
    leave: tuple[date, date] = LEAVE,
) -> ContactHours:
    """Put hours on a calendar with a leave of a fortnight in August 2026."""
    return ContactHours(HoursExpression(text), zone, holidays, lambda day: leave[0] <= day <= leave[1])


def at(text: str, zone: ZoneInfo = LONDON) -> Instant:
    """Read an instant that is there."""
    instant = Instant.parse(text, zone)
    assert instant is not None, text
    return instant


def span(text: str) -> Duration:
    """Read a duration that is there."""
    duration = Duration.parse(text)
    assert duration is not None, text
    return duration


def wall(instant: Instant | None) -> str | None:
    """Show an instant as a journal writes it."""
    return f"{instant.wall:%Y-%m-%d %H:%M}" if instant else None


ENGLAND, BRITAIN, NOWHERE = Holidays("GB-ENG"), Holidays("GB"), Holidays(None)
EASTER_MONDAY, CHRISTMAS = "2026-04-06", "2026-12-25"


@pytest.mark.parametrize(
    ("text", "holidays", "moment", "is_open"),
    [
        (OFFICE, NOWHERE, "2026-03-04 08:59", False),
        (OFFICE, NOWHERE, "2026-03-04 09:00", True),
        (OFFICE, NOWHERE, "2026-03-04 17:00", True),  # the closing moment itself counts
        (OFFICE, NOWHERE, "2026-03-04 17:00:01", False),
        (OFFICE, NOWHERE, "2026-03-07 12:00", False),
        (OFFICE, NOWHERE, "2026-07-31 12:00", True),
        (OFFICE, NOWHERE, "2026-08-03 12:00", False),  # the first and the last day of the leave
        (OFFICE, NOWHERE, "2026-08-14 12:00", False),
        (OFFICE, NOWHERE, "2026-08-17 12:00", True),
        ("24/7", NOWHERE, "2026-08-10 12:00", False),
        # holidays are those of the country or the part of it that the practice names
        (f"{OFFICE}; PH off", ENGLAND, f"{EASTER_MONDAY} 12:00", False),
        (f"{OFFICE}; PH off", BRITAIN, f"{EASTER_MONDAY} 12:00", True),
        (f"{OFFICE}; PH off", NOWHERE, f"{EASTER_MONDAY} 12:00", True),
        (f"{OFFICE}; PH closed", ENGLAND, f"{EASTER_MONDAY} 12:00", False),
        (f"{OFFICE}; PH off", BRITAIN, f"{CHRISTMAS} 12:00", False),
        (f"{OFFICE}; PH off", NOWHERE, f"{CHRISTMAS} 12:00", True),
        (f"{OFFICE}; PH off", ENGLAND, "2026-08-31 12:00", False),
        (OFFICE, ENGLAND, f"{EASTER_MONDAY} 12:00", True),
        (f"{OFFICE}; PH 10:00-12:00", ENGLAND, f"{EASTER_MONDAY} 11:00", True),
        (f"{OFFICE}; PH 10:00-12:00", ENGLAND, f"{EASTER_MONDAY} 13:00", False),
        ("Mo-Fr,PH 10:00-12:00", ENGLAND, f"{EASTER_MONDAY} 11:00", True),
        ("Mo-Fr,PH 10:00-12:00", ENGLAND, "2026-12-26 11:00", True),  # a Saturday
        ("Mo-Fr,PH 10:00-12:00", ENGLAND, "2026-12-19 11:00", False),
        ("Mo-Fr,PH 10:00-12:00", ENGLAND, "2026-12-22 11:00", True),
        ("PH 10:00-12:00", ENGLAND, "2026-12-22 11:00", False),
        (f'{OFFICE} "not on a PH, nor in SH"', ENGLAND, f"{EASTER_MONDAY} 12:00", True),
        # two spans, spans over midnight, a day without an end
        ("Mo-Fr 09:00-12:00,14:00-17:00", NOWHERE, "2026-03-04 12:00", True),
        ("Mo-Fr 09:00-12:00,14:00-17:00", NOWHERE, "2026-03-04 13:00", False),
        ("Mo-Fr 09:00-12:00,14:00-17:00", NOWHERE, "2026-03-04 14:00", True),
        ("Fr 22:00-02:00", NOWHERE, "2026-03-06 23:59", True),
        ("Fr 22:00-02:00", NOWHERE, "2026-03-07 02:00", True),
        ("Fr 22:00-02:00", NOWHERE, "2026-03-07 02:01", False),
        ("Fr 22:00-02:00", NOWHERE, "2026-03-06 01:00", False),
        ("Fr 20:00-24:00", NOWHERE, "2026-03-07 00:00", True),
        ("24/7", NOWHERE, "2026-03-07 03:00", True),
        ("off", NOWHERE, "2026-03-04 12:00", False),
        ("Mo-Fr", NOWHERE, "2026-03-04 23:00", True),
        # days of the month, weeks, seasons, single days
        ("Su[1] 10:00-12:00", NOWHERE, "2026-03-01 11:00", True),
        ("Su[1] 10:00-12:00", NOWHERE, "2026-03-08 11:00", False),
        ("week 10 Mo 10:00-12:00", NOWHERE, "2026-03-02 11:00", True),
        ("week 10 Mo 10:00-12:00", NOWHERE, "2026-03-09 11:00", False),
        ("Jan-Mar Mo 10:00-12:00", NOWHERE, "2026-03-30 11:00", True),
        ("Jan-Mar Mo 10:00-12:00", NOWHERE, "2026-04-13 11:00", False),
        (f"{OFFICE}; Dec 24-Jan 02 off", NOWHERE, "2026-12-28 11:00", False),
        (f"{OFFICE}; 2026 Mar 04 off", NOWHERE, "2026-03-04 11:00", False),
        (f"{OFFICE}; 2026 Mar 04 off", NOWHERE, "2027-03-04 11:00", True),
        # the clocks change on 29 March and 25 October 2026
        ("Su 01:00-03:00", NOWHERE, "2026-03-29 02:00", True),
        ("Su 01:00-03:00", NOWHERE, "2026-10-25 01:30", True),
        ("Su 01:30-03:00", NOWHERE, "2026-10-25 01:30+00:00", True),
    ],
)
def test_a_moment_is_within_the_hours_or_not(text: str, holidays: Holidays, moment: str, *, is_open: bool) -> None:
    """Hours are those of the wall clock; closed on leave, and on the holidays that they name."""
    calendar = hours(text, holidays=holidays)
    assert calendar.is_open(at(moment)) == is_open
    assert (calendar.next_opening(at(moment)) == at(moment)) == is_open
    assert (calendar.distance(at(moment)) == timedelta()) == is_open


@pytest.mark.parametrize(
    ("text", "moment", "opening"),
    [
        (OFFICE, "2026-03-04 07:00", "2026-03-04 09:00"),
        (OFFICE, "2026-03-04 17:01", "2026-03-05 09:00"),
        (OFFICE, "2026-03-06 18:00", "2026-03-09 09:00"),
        (OFFICE, "2026-07-31 18:00", "2026-08-17 09:00"),
        ("Mo-Fr 09:00-12:00,14:00-17:00", "2026-03-04 13:00", "2026-03-04 14:00"),
        ("Fr 20:00-24:00", "2026-03-07 00:00", "2026-03-07 00:00"),
        ("Fr 20:00-24:00", "2026-03-07 00:01", "2026-03-13 20:00"),
        ("Fr 22:00-02:00", "2026-03-07 02:01", "2026-03-13 22:00"),
        ("Su 01:00-03:00", "2026-03-28 12:00", "2026-03-29 02:00"),
        ("2027 Jan 04 09:00-10:00", "2026-03-04 09:00", "2027-01-04 09:00"),
        ("2025 Jan 06 09:00-10:00", "2026-03-04 09:00", None),
        ("2028 Jan 03 09:00-10:00", "2026-03-04 09:00", None),
        ("off", "2026-03-04 09:00", None),
    ],
)
def test_the_next_opening_is_the_moment_itself_or_the_next_day_that_opens(
    text: str, moment: str, opening: str | None
) -> None:
    """A practice that never opens again has no next opening."""
    assert wall(hours(text).next_opening(at(moment))) == opening


def test_absent_until_further_notice_there_is_no_next_opening_and_no_deadline() -> None:
    """A coach who is ill without an end owes nobody an answer yet."""
    away = hours(leave=(date(2026, 3, 2), date.max))
    assert away.next_opening(at("2026-03-04 10:00")) is None
    assert away.deadline(at("2026-03-04 10:00"), span("24 h")) is None
    assert away.deadline(at("2026-02-27 16:00"), span("24 h")) is None
    assert wall(away.deadline(at("2026-02-26 16:00"), span("24 h"))) == "2026-02-27 16:00"


@pytest.mark.parametrize(
    ("text", "response", "contact", "due"),
    [
        # the examples of the rules
        (OFFICE, "24 h", "2026-03-06 16:00", "2026-03-09 16:00"),
        (OFFICE, "24 h", "2026-03-07 11:00", "2026-03-10 09:00"),
        (OFFICE, "24 h", "2026-03-03 18:00", "2026-03-05 09:00"),
        # minutes and hours
        (OFFICE, "24 h", "2026-03-03 10:00", "2026-03-04 10:00"),
        (OFFICE, "24 h", "2026-03-03 17:00", "2026-03-04 17:00"),
        (OFFICE, "24 h", "2026-03-03 17:00:30", "2026-03-05 09:00"),
        (OFFICE, "30 min", "2026-03-03 16:45", "2026-03-04 09:00"),
        (OFFICE, "30 min", "2026-03-03 16:30", "2026-03-03 17:00"),
        (OFFICE, "30 min", "2026-03-06 16:45", "2026-03-09 09:00"),
        (OFFICE, "4 h", "2026-03-03 06:00", "2026-03-03 13:00"),
        (OFFICE, "48 h", "2026-03-05 10:00", "2026-03-09 10:00"),
        (OFFICE, "0 min", "2026-03-07 11:00", "2026-03-09 09:00"),
        (OFFICE, "12 h", "2026-03-03 10:00", "2026-03-04 09:00"),
        # days, working days and weeks pass over the days on which the hours do not open
        (OFFICE, "1 day", "2026-03-06 16:00", "2026-03-09 16:00"),
        (OFFICE, "2 days", "2026-03-05 16:00", "2026-03-09 16:00"),
        (OFFICE, "2 working days", "2026-03-05 16:00", "2026-03-09 16:00"),
        (OFFICE, "2 working days", "2026-03-07 11:00", "2026-03-11 09:00"),
        (OFFICE, "1 week", "2026-03-03 10:00", "2026-03-12 10:00"),
        (OFFICE, "1 day 2 h", "2026-03-05 16:00", "2026-03-09 09:00"),
        ("24/7", "1 month", "2026-01-31 10:00", "2026-02-28 10:00"),
        (OFFICE, "1 month", "2026-03-02 10:00", "2026-04-14 10:00"),
        # leave: 3 to 14 August
        (OFFICE, "24 h", "2026-07-31 16:00", "2026-08-17 16:00"),
        (OFFICE, "24 h", "2026-08-05 12:00", "2026-08-18 09:00"),
        (OFFICE, "2 days", "2026-07-30 12:00", "2026-08-17 12:00"),
        # more than one span a day, hours over midnight, hours without an end
        ("Mo-Fr 09:00-12:00,14:00-17:00", "2 h", "2026-03-04 11:00", "2026-03-04 14:00"),
        ("Mo-Fr 09:00-12:00,14:00-17:00", "1 h", "2026-03-04 11:00", "2026-03-04 12:00"),
        ("Fr 22:00-02:00", "4 h", "2026-03-06 22:30", "2026-03-13 22:00"),
        ("24/7", "24 h", "2026-03-06 16:00", "2026-03-07 16:00"),
        ("Mo-Fr 00:00-24:00", "24 h", "2026-03-06 16:00", "2026-03-09 16:00"),
        ("Mo-Fr 00:00-24:00", "8 h", "2026-03-06 16:00", "2026-03-07 00:00"),
        ("Tu 10:00-12:00", "24 h", "2026-03-04 10:00", "2026-03-17 10:00"),
        # an hour is an hour when the clocks change on an open day, and a closed Sunday is passed over whole
        ("24/7", "24 h", "2026-03-28 12:00", "2026-03-29 13:00"),
        ("24/7", "24 h", "2026-10-24 12:00", "2026-10-25 11:00"),
        ("24/7", "1 day", "2026-10-24 12:00", "2026-10-25 12:00"),
        (OFFICE, "24 h", "2026-03-27 12:00", "2026-03-30 12:00"),
        (OFFICE, "24 h", "2026-10-23 12:00", "2026-10-26 12:00"),
        # no deadline
        ("off", "24 h", "2026-03-04 10:00", None),
        (OFFICE, "2 years", "2026-03-04 10:00", None),
    ],
)
def test_the_deadline_of_a_reply(text: str, response: str, contact: str, due: str | None) -> None:
    """The time runs from the next opening, passes over closed days, and ends at an opening."""
    assert wall(hours(text).deadline(at(contact), span(response))) == due


@pytest.mark.parametrize(
    ("holidays", "due"),
    [(ENGLAND, "2026-04-08 09:00"), (BRITAIN, "2026-04-07 09:00"), (NOWHERE, "2026-04-06 09:00")],
)
def test_a_holiday_is_a_day_that_is_passed_over(holidays: Holidays, due: str) -> None:
    """Good Friday and Easter Monday, as far as the country has them: Maundy Thursday 16:00 plus 32 h."""
    office = hours(f"{OFFICE}; PH off", holidays=holidays)
    answers = {"2026-04-02 16:00": due}
    assert {contact: wall(office.deadline(at(contact), span("32 h"))) for contact in answers} == answers


@pytest.mark.parametrize(
    ("text", "moment", "distance"),
    [
        (OFFICE, "2026-03-04 17:15", timedelta(minutes=15)),
        (OFFICE, "2026-03-04 08:30", timedelta(minutes=30)),
        (OFFICE, "2026-03-05 01:00", timedelta(hours=8)),
        (OFFICE, "2026-03-07 12:00", timedelta(hours=19)),
        ("Mo-Fr 09:00-12:00,14:00-17:00", "2026-03-04 13:40", timedelta(minutes=20)),
        ("Fr 22:00-02:00", "2026-03-07 02:10", timedelta(minutes=10)),
        ("Su 03:00-04:00", "2026-03-29 00:50", timedelta(hours=1, minutes=10)),
        ("off", "2026-03-04 12:00", None),
        (OFFICE, "2026-08-08 12:00", None),
    ],
)
def test_the_distance_to_the_hours_is_elapsed_time_either_way(
    text: str, moment: str, distance: timedelta | None
) -> None:
    """A tolerance of 15 min is asked of the nearest open moment, before or after."""
    assert hours(text).distance(at(moment)) == distance


EXPRESSIONS = (OFFICE, f"{OFFICE}; PH off", "24/7", "Fr 22:00-02:00", "Mo-Fr 09:00-12:00,14:00-17:00", "Sa 10:00-11:00")
RESPONSES = ("0 min", "30 min", "24 h", "2 days", "2 working days", "1 week", "1 day 3 h", "1 month")
calendars = st.builds(
    hours,
    st.sampled_from(EXPRESSIONS),
    st.sampled_from((LONDON, NEW_YORK, LORD_HOWE)),
    st.sampled_from((ENGLAND, NOWHERE)),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1))  # noqa: DTZ001 — the wall clock


@given(calendars, moments, st.sampled_from(RESPONSES))
def test_a_deadline_is_an_open_moment_that_is_not_before_the_contact(
    calendar: ContactHours, moment: datetime, response: str
) -> None:
    """Nobody owes an answer before the question, nor while the practice is closed."""
    contact = Instant(moment.replace(microsecond=0), calendar.zone)
    due = calendar.deadline(contact, span(response))
    assert due is not None
    assert contact <= due <= contact.after(timedelta(days=WITHIN))
    assert calendar.is_open(due)


@given(calendars, moments, st.integers(0, 60 * 24 * 10), st.sampled_from(RESPONSES[:-1]))
def test_who_writes_later_is_never_owed_an_earlier_answer(
    calendar: ContactHours, moment: datetime, minutes: int, response: str
) -> None:
    """The deadline moves with the contact's moment, or stays."""
    contact = Instant(moment.replace(microsecond=0), calendar.zone)
    later = contact.after(timedelta(minutes=minutes))
    first, second = (calendar.deadline(one, span(response)) for one in (contact, later))
    assert first is not None
    assert second is not None
    assert first <= second


@given(calendars, moments)
def test_the_spans_of_a_day_are_in_order_and_do_not_overlap(calendar: ContactHours, moment: datetime) -> None:
    """Each span begins on its day, ends after it began, and before the next."""
    edges = [edge for pair in calendar.openings(moment.date()) for edge in pair]
    assert edges == sorted(edges)
    assert all(start.day == moment.date() for start in edges[::2])
    assert calendar.opens(moment.date()) == bool(edges)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "nothing is written there"),
        (" \n", "nothing is written there"),
        ("Mo-Fr 9-17", "not understood from character 7 on"),
        ("Mo-Fr 09:00-17:00; PH +1 day off", "not understood from character 23 on"),
        ("Mo-Fr 09:00-17:00;", "not understood from character 19 on"),
        ("weekdays", "not understood from character"),
        ("Mo-Fr 09:00", "not understood from character"),
        ("2 days", "not understood from character 1 on"),
        ("Mo-Fr 09:00-17:00; SH off", "SH, at character 20, is on no calendar here"),
        ("sunrise-sunset", "sunrise, at character 1, is on no calendar here"),
        ('"by phone" Mo 09:00-dusk', "dusk, at character 21, is on no calendar here"),
    ],
)
def test_what_is_not_understood_of_hours_is_refused_with_its_place(text: str, reason: str) -> None:
    """The character is counted in the expression, so that a typing error is found at once."""
    with pytest.raises(NotHours, match=reason):
        HoursExpression(text)


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (OFFICE, "Mo-Fr  09:00-17:00 ", True),
        (f"{OFFICE}; PH off", f"{OFFICE};PH off", True),
        (f"{OFFICE}; PH off", f"{OFFICE}; PH closed", True),
        (OFFICE, "Mo-Fr 09:00-18:00", False),
        (OFFICE, f"{OFFICE}; PH off", False),
    ],
)
def test_hours_are_compared_by_what_they_say(one: str, other: str, *, equal: bool) -> None:
    """Spacing is no change of the contract; a different hour is."""
    left, right = HoursExpression(one), HoursExpression(other)
    assert (left == right) == equal
    assert (hash(left) == hash(right)) == equal
    assert left != one
    assert str(left) == one


@pytest.mark.parametrize(
    "text",
    [OFFICE, "Mo-We,Fr 09:00-12:00,13:00-17:00; PH off", "Sa 22:00-26:00", "Mo-Fr 09:00-17:00; Jan-Mar off", "24/7"],
)
def test_hours_that_are_asked_for_again_are_the_same(text: str) -> None:
    """What is kept of one day stands for another only where the expression tells them alike."""
    asked_before = HoursExpression(text)
    for number in range(0, 366 * 2, 5):
        day = date(2026, 1, 1) + timedelta(days=number % 366)
        assert asked_before.openings(day, ENGLAND) == HoursExpression(text).openings(day, ENGLAND), day
