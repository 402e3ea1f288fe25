"""The sample practice moves through time, and nothing of it but its days changes."""

from datetime import date, timedelta

import pytest

from coachlog.store.sample import sample_practice, shifted, whole_weeks


@pytest.mark.parametrize(
    ("today", "weeks"),
    [("2026-06-30", 0), ("2026-07-06", 0), ("2026-07-07", 1), ("2026-06-29", -1), ("2027-06-30", 52)],
)
def test_it_ends_on_the_last_tuesday_up_to_today(today: str, weeks: int) -> None:
    """A weekday stays what it is."""
    assert whole_weeks(date.fromisoformat(today)) == timedelta(weeks=weeks)


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("at: 2026-06-24 15:00+01:00", "at: 2026-07-01 15:00+01:00"),
        ("id: 2026a # till 2026-12-31", "id: 2026a # till 2027-01-07"),
        ("2026-02-30, 9999-12-31, 12026-01-01, 2026-01-01-x", "2026-02-30, 9999-12-31, 12026-01-01, 2026-01-01-x"),
    ],
)
def test_days_move_and_what_is_no_day_stays(text: str, moved: str) -> None:
    """In values and in comments alike."""
    assert shifted(text.encode(), timedelta(weeks=1)) == moved.encode()


def test_coachlog_yaml_comes_first() -> None:
    """So what is there at any moment is a journal."""
    names = list(sample_practice(date(2026, 6, 30)))
    assert names[0] == "coachlog.yaml"
    assert sum(name.endswith("/client.yaml") for name in names) == 12
