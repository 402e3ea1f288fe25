"""The example practices: one in which every rule speaks, a fortnight and a year, both well run, in which none does."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from coachlog.model.instant import Instant
from coachlog.rules.book import BOOK
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.store.load import load_journal

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
CLIENTS = sorted(folder.name for folder in (EXAMPLES / "harbour" / "clients").iterdir())
ROW = re.compile(
    r"^\| (?P<code>[A-Z]{3}\d{3}) (?P<name>[a-z0-9-]+) \| (?P<client>\S+) \| (?P<file>\S+) \| (?P<record>\S+) \|"
)


def readme(practice: str) -> str:
    """Give the text of a practice's README."""
    return (EXAMPLES / practice / "README.md").read_text(encoding="utf-8")


def findings(practice: str) -> list[Finding]:
    """Judge a practice at the instant that its README names."""
    journal = load_journal(EXAMPLES / practice)
    named = re.search(r"`(\d{4}-\d\d-\d\d \d\d:\d\d)`", readme(practice))
    assert named, "the README names the instant"
    now = Instant.parse(named[1], journal.practice.timezone)
    assert now
    return list(judge(journal, Asked(now)).findings)


def rows() -> list[tuple[str, ...]]:
    """Give the table of harbour's README: rule, name, client, file, record; `-` for none, `*` for every client."""
    matches = (ROW.match(line) for line in readme("harbour").splitlines())
    found = (match.groups() for match in matches if match)
    return [
        (code, name, one, *rest)
        for code, name, client, *rest in found
        for one in (CLIENTS if client == "*" else [client])
    ]


def as_row(finding: Finding) -> tuple[str, ...]:
    """Show a finding as the table shows it."""
    return (finding.code, finding.name, finding.client or "-", Path(finding.place.file).name, finding.record or "-")


def test_harbour_finds_what_its_table_says_and_nothing_else() -> None:
    """Rule by rule and record by record, in any order."""
    named = [(code, name, client, Path(file).name, record) for code, name, client, file, record in rows()]
    assert sorted(map(as_row, findings("harbour"))) == sorted(named)


def test_every_rule_is_touched_by_harbour() -> None:
    """Each rule of the book is seen at work on a believable practice."""
    assert {row[0] for row in rows()} == {rule.code for rule in BOOK}


def test_the_well_run_fortnight_is_silent() -> None:
    """Facts written down by somebody who has not read the rules bring no breach, no warning and no advice."""
    assert [(finding.code, finding.client, finding.message) for finding in findings("fortnight")] == []


MONTHS = [date(2025 + month // 12, month % 12 + 1, 1) - timedelta(days=1) for month in range(7, 19)]
"""The last days of the months from July 2025 to June 2026."""


@pytest.mark.parametrize("as_of", [True, False], ids=["as of then", "now"])
def test_the_well_run_year_is_silent_at_the_end_of_every_month(as_of: bool) -> None:  # noqa: FBT001
    """No breach and no warning, whenever it is looked at; of what is still to come, a check of that day says so."""
    journal = load_journal(EXAMPLES / "year")
    assert not journal.problems
    for day in MONTHS:
        now = Instant.parse(f"{day} 12:00", journal.practice.timezone)
        assert now
        judgement = judge(journal, Asked(now, as_of=as_of))
        cried = {finding.code: finding.message for finding in judgement.findings if finding.severity != "advice"}
        assert set(cried) <= ({"JRN105"} if not as_of and day != MONTHS[-1] else set()), (day, cried)
        assert not judgement.silences


def test_the_well_run_year_holds_what_happens_in_one() -> None:
    """It is silent about what it tells, and not because it tells little."""
    journal = load_journal(EXAMPLES / "year")
    sessions = [session for file in journal.clients for session in file.sessions]
    contracts = [contract for file in journal.clients for contract in file.contracts]
    assert {session.status for session in sessions} == {"held", "booked", "cancelled", "no-show"}
    assert {session.cancelled.by for session in sessions if session.cancelled} >= {"client", "coach"}
    assert {pause.kind for contract in contracts for pause in contract.pauses} == {"pause", "hold"}
    assert {contract.ended.reason for contract in contracts if contract.ended} == {"completed"}
    assert max(len(file.care.referrals) for file in journal.clients) > 1


@pytest.mark.parametrize("practice", ["harbour", "fortnight", "year"])
def test_the_same_journal_and_instant_give_the_same_findings(practice: str) -> None:
    """Nothing depends on the order of folders, the hour of the check or the run before."""
    assert findings(practice) == findings(practice)
