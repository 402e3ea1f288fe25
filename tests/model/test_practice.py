"""The practice: its zone, its country's holidays, its currency, its absences and its hours."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.model.hours import HoursExpression
from coachlog.model.journal import Journal
from coachlog.model.problem import Problem
from coachlog.store.load import PracticeUnreadable

ReadJournal = Callable[[dict[str, str]], Journal]
ReadClient = Callable[..., ClientFile]


def problem_with(text: str, read_journal: ReadJournal) -> Problem | None:
    """Read a coachlog.yaml and give the first problem with it."""
    try:
        return next(iter(read_journal({"coachlog.yaml": text}).problems), None)
    except PracticeUnreadable as refusal:
        return refusal.problem


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (
            "timezone",
            ["Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"],
            ["London", "Europe", "Europe/Atlantis", "../London", "/etc/localtime", "GMT+25", "Europe/London/"],
        ),
        (
            "country",
            ["GB", "GB-ENG", "NO", "US-NY", "DE-BY"],
            ["GB-XXX", "XX", "GB-", "gb", "England", '"-"', "GB-ENG-X"],
        ),
        ("currency", ["GBP", "EUR", "CHF"], ["gbp", "GB", "£", "GBPS", "ÄÖÜ", "123"]),
        ("office_hours", ["Mo-Fr 09:00-17:00; PH off", "24/7", "off"], ["9-17", "Mo-Fr 09:00-17:00; SH off"]),
        ("judged_from", ["2025-01-01"], ["2025", "2025-13-01", "2025-01-01 10:00"]),
        ("profile", ["basic", "ethics", "strict"], ["Basic", "loose"]),
        ("codes", ["names", "neutral"], ["numbers"]),
        ("retention", ["7 years", "1 month"], ["seven years", "7"]),
    ],
)
def test_a_setting_is_read_or_named_with_what_was_expected(
    field: str, good: list[str], bad: list[str], read_journal: ReadJournal
) -> None:
    """`NO` is Norway, and a practice without a time zone that exists can't be read at all."""
    head = "format: 1\n" + ("" if field == "timezone" else "timezone: Europe/London\n")
    found = {text: problem_with(f"{head}{field}: {text}\n", read_journal) for text in (*good, *bad)}
    subjects = {text: problem and (problem.code, problem.subject) for text, problem in found.items()}
    assert subjects == dict.fromkeys(good, None) | dict.fromkeys(bad, ("JRN102", field))
    assert all("expected" in problem.message for problem in found.values() if problem)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("1 h per week", 60), ("1 h", 60), ("90 min per week", 90), ("per week", None), ("1 h per month", None)],
)
def test_the_limit_of_hours_on_call_is_a_share_of_the_week(
    text: str, minutes: int | None, read_journal: ReadJournal
) -> None:
    """`out_of_hours: 1 h per week` is an hour of each."""
    head = "format: 1\ntimezone: Europe/London\n"
    journal = read_journal({"coachlog.yaml": f"{head}limits: {{out_of_hours: {text}}}\n"})
    limits: Any = journal.practice.limits
    assert (limits.out_of_hours.total_minutes if limits and limits.out_of_hours else None) == minutes
    assert bool(journal.problems) == (minutes is None)


def test_an_absence_closes_the_hours_of_every_clause(read_jane: ReadClient) -> None:
    """`from` and `to` are both included; without `to` it goes on; the clause's own hours close as well."""
    practice = read_jane(
        'country: GB-ENG\noffice_hours: "Mo-Fr 09:00-17:00; PH off"\nabsences:\n'
        "  - {id: k2mdw, from: 2026-08-03, to: 2026-08-14}\n  - {id: k3mdw, from: 2026-12-21}\n",
    ).practice
    asked = {"2026-08-02": None, "2026-08-03": "k2mdw", "2026-08-14": "k2mdw", "2026-08-15": None}
    asked |= {"2026-12-20": None, "2026-12-21": "k3mdw", "2099-01-01": "k3mdw"}
    absences = {on: practice.absent(date.fromisoformat(on)) for on in asked}
    assert {on: absence and absence.id for on, absence in absences.items()} == asked
    for chosen, opens in (
        (None, {"08-14": False, "08-17": True, "08-31": False}),
        (HoursExpression("24/7"), {"08-14": False}),
    ):
        hours = practice.contact_hours(chosen)
        assert hours is not None
        assert {on: hours.opens(date.fromisoformat(f"2026-{on}")) for on in opens} == opens


def test_an_absence_that_was_told_of_later_was_not_on_file_before(read_jane: ReadClient) -> None:
    """An illness is not known ahead of its first day; leave is once it was told of, or where nobody was told."""
    practice = read_jane(
        practice="""
        format: 1
        timezone: Europe/London
        office_hours: Mo-Fr 09:00-17:00
        absences:
          - {id: flu, from: 2026-03-10, to: 2026-03-11, told: 2026-03-10}
          - {id: leave, from: 2026-03-12, to: 2026-03-12, told: 2026-02-27}
          - {id: untold, from: 2026-03-13, to: 2026-03-13}
        """
    ).practice
    hours = practice.contact_hours(None)
    early = practice.known_by(date(2026, 3, 9))
    before = early.contact_hours(None)
    assert hours
    assert before
    assert [one.id for one in early.absences] == ["leave", "untold"]
    assert practice.known_by(date(2026, 3, 10)) is practice
    assert [one.working_day(date(2026, 3, 9), 1) for one in (hours, before)] == [date(2026, 3, 16), date(2026, 3, 10)]


def test_a_practice_without_hours_has_none_of_its_own(read_jane: ReadClient) -> None:
    """A clause may still have hours."""
    practice = read_jane().practice
    assert practice.contact_hours(None) is None
    assert practice.contact_hours(HoursExpression("24/7")) is not None
