"""Contracted follow-ups: what is owed for which session and when, and which contacts keep it."""

from collections.abc import Callable
from datetime import date

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant

Read = Callable[..., ClientFile]

OFFICE = 'office_hours: "Mo-Fr 09:00-17:00"\n'
CONTRACT = """
contracts:
  - id: a
    agreed: 2026-01-12
    ends: 2026-06-30
    follow_up:
      - {id: f1, kind: reminder, when: 1 week after session}
      - {id: f2, kind: prep-form, when: 2 days before session}
      - {id: f3, kind: goals, from: client, when: 2026-01-20}
"""
SESSIONS = """
sessions:
  - {id: s1, at: 2026-03-02 15:00, status: held}
  - {id: s2, at: 2026-03-18 15:00}
"""


def test_what_is_owed_is_told_in_order_of_time_with_its_day_and_session(read_jane: Read) -> None:
    """A form outside the contact hours moves to their next opening; a day is due when they open after it."""
    file = read_jane(OFFICE, contract=CONTRACT, sessions=SESSIONS)
    told = [
        (due.follow_up.id, due.session and due.session.id, str(due.at.wall), due.day) for due in file.follow_ups.owed
    ]
    assert told == [
        ("f3", None, "2026-01-21 09:00:00", date(2026, 1, 20)),
        ("f2", "s1", "2026-03-02 09:00:00", date(2026, 3, 2)),
        ("f1", "s1", "2026-03-09 16:00:00", date(2026, 3, 9)),
        ("f2", "s2", "2026-03-16 15:00:00", date(2026, 3, 16)),
    ]
    of_first = file.follow_ups.of(file.sessions[0])
    assert [due.follow_up.id for due in of_first] == ["f2", "f1"]


@pytest.mark.parametrize(
    ("contact", "keeps"),
    [
        ("from: coach, follow_up: f1, session: s1", ["f1 s1"]),
        ("from: coach, follow_up: f1", ["f1 s1"]),
        ("from: coach, follow_up: f1, session: s2", []),
        ("from: client, follow_up: f1, session: s1", []),
        ("from: coach, for: reminder, session: s1", []),
        ("from: coach, follow_up: f2, session: s2", ["f2 s2"]),
        ("from: coach, follow_up: f2", ["f2 s1"]),
        ("from: client, follow_up: f3", ["f3 None"]),
        ("from: client, follow_up: f3, session: s1", ["f3 None"]),
    ],
)
def test_a_contact_keeps_the_follow_up_that_it_names(read_jane: Read, contact: str, keeps: list[str]) -> None:
    """That of its session; without one, the nearest in time; of a day, whatever session it names."""
    contacts = f"contacts: [{{id: c, at: 2026-03-04 10:00, via: email, {contact}}}]\n"
    file = read_jane(OFFICE, contract=CONTRACT, sessions=SESSIONS, contacts=contacts)
    kept = [due for due in file.follow_ups.owed if file.follow_ups.kept_by(due)]
    assert [f"{due.follow_up.id} {due.session and due.session.id}" for due in kept] == keeps


@pytest.mark.parametrize(
    ("day", "late", "nudge_by"),
    [
        ("2026-03-04", "2026-03-04 18:00", "2026-03-05 12:00"),
        ("2026-03-06", "2026-03-06 18:00", "2026-03-09 12:00"),
        ("2026-03-07", "2026-03-07 18:00", "2026-03-09 12:00"),
    ],
)
def test_a_nudge_is_sent_by_noon_or_three_hours_after_the_office_opens(
    read_jane: Read, day: str, late: str, nudge_by: str
) -> None:
    """Updates begin on the day after the session, and end with their last day."""
    agreed = "{every: day, by: 18:00, until: 2026-03-07, nudge: yes}"
    actions = f"actions: [{{id: a1, step: play, session: s1, follow_up: {agreed}}}]\n"
    file = read_jane(OFFICE, contract=CONTRACT, sessions=SESSIONS, actions=actions)
    owed = {str(one.day): one for one in file.updates.owed(file.actions[0], date(2026, 3, 31))}
    assert list(owed) == [f"2026-03-0{number}" for number in range(3, 8)]
    moments = (file.updates.late_from(owed[day]), file.updates.nudge_by(owed[day]))
    assert moments == tuple(Instant.parse(text, file.practice.timezone) for text in (late, nudge_by))
