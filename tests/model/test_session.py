"""A session's own questions: when its start was settled, and when what is contracted before it is due."""

from zoneinfo import ZoneInfo

import pytest

from coachlog.model.duration import Duration
from coachlog.model.hours import ContactHours, HoursExpression
from coachlog.model.instant import Instant
from coachlog.model.session import Session

LONDON = ZoneInfo("Europe/London")
OFFICE = ContactHours(HoursExpression("Mo-Fr 09:00-17:00"), LONDON, frozenset(), lambda _: False)
NEVER = ContactHours(HoursExpression("Mo-Fr 09:00-17:00"), LONDON, frozenset(), lambda _: True)


def session(at: str, booked: str = "", *moved: str) -> Session:
    """Give a session that was booked, and moved at the moments that are named."""
    told = {"at": at, "moved": [{"at": moment} for moment in moved], **({"booked": booked} if booked else {})}
    return Session.model_validate(told, context={"zone": LONDON})


@pytest.mark.parametrize(
    ("at", "span", "noted", "hours", "due"),
    [
        ("2026-03-04 15:00", "2 days", (), OFFICE, "2026-03-02 15:00"),
        ("2026-03-04 15:00", "2 days", (), None, "2026-03-02 15:00"),
        ("2026-03-30 15:00", "2 days", (), None, "2026-03-28 15:00"),  # the same time of day, though the clocks changed
        ("2026-03-30 00:30", "24 h", (), None, "2026-03-28 23:30"),  # hours are elapsed time
        ("2026-03-03 15:00", "2 days", (), OFFICE, "2026-03-02 09:00"),  # Sunday moves to Monday's opening
        ("2026-03-02 08:30", "2 days", (), OFFICE, "2026-03-02 08:30"),  # and never past the start
        ("2026-03-02 15:00", "2 working days", (), OFFICE, "2026-02-26 15:00"),
        ("2026-03-02 15:00", "2 working days", (), None, "2026-02-28 15:00"),
        ("2026-03-02 15:00", "2 working days", (), NEVER, "2026-03-02 15:00"),
        ("2026-03-04 15:00", "2 days", ("2026-03-02 15:00",), OFFICE, "2026-03-02 15:00"),  # booked at its very time
        ("2026-03-04 15:00", "2 days", ("2026-03-02 15:01",), OFFICE, "2026-03-03 15:01"),
        ("2026-03-04 15:00", "2 days", ("2026-03-04 10:00",), OFFICE, "2026-03-04 15:00"),
        ("2026-03-04 15:00", "2 days", ("2026-02-02 10:00", "2026-03-03 10:00"), OFFICE, "2026-03-04 10:00"),
        ("2026-03-04 15:00", "2 days", ("", "2026-03-03 10:00", "2026-02-03 10:00"), OFFICE, "2026-03-04 10:00"),
        ("2026-03-10 15:00", "7 days", ("2026-03-06 16:30",), OFFICE, "2026-03-09 09:00"),  # a day later is a Saturday
    ],
)
def test_a_follow_up_before_a_session_is_due_within_the_hours_and_after_its_booking(
    at: str, span: str, noted: tuple[str, ...], hours: ContactHours | None, due: str
) -> None:
    """Its time moves to the next opening, to a day after a late booking, and at the latest to the start."""
    before = Duration.parse(span)
    assert before is not None
    assert session(at, *noted).due_before(before, hours) == Instant.parse(due, LONDON)
