"""The instant of a check: what has passed by then, and until when the answers hold."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from coachlog.clock import Clock
from coachlog.model.instant import Instant

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> Instant:
    """Read an instant that is there."""
    instant = Instant.parse(text, LONDON)
    assert instant is not None, text
    return instant


@pytest.mark.parametrize(
    ("moment", "passed", "begun"),
    [
        ("2026-03-04 14:59", True, True),
        ("2026-03-04 15:00", False, True),
        ("2026-03-04 15:01", False, False),
    ],
)
def test_at_its_own_instant_a_deadline_has_not_passed_and_a_session_has_begun(
    moment: str, *, passed: bool, begun: bool
) -> None:
    """A limit that is met exactly is kept."""
    clock = Clock(at("2026-03-04 15:00"))
    assert (clock.passed(at(moment)), clock.begun(at(moment))) == (passed, begun)


def test_answers_hold_until_the_next_deadline_or_the_end_of_the_day() -> None:
    """The earliest instant at which an answer could change is remembered; what has passed changes nothing."""
    clock = Clock(at("2026-03-04 15:00"))
    assert clock.today == date(2026, 3, 4)
    assert clock.next_change == at("2026-03-05 00:00")
    for asked, change in (
        ("03-04 18:00", "03-04 18:00"),
        ("03-04 20:00", "03-04 18:00"),
        ("03-04 10:00", "03-04 18:00"),
    ):
        clock.passed(at(f"2026-{asked}"))
        assert clock.next_change == at(f"2026-{change}")
    clock.begun(at("2026-03-04 16:30"))
    assert clock.next_change == at("2026-03-04 16:30")
