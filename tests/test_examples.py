"""The example practices: one in which every rule speaks, and a well-run fortnight in which none does."""

import re
from pathlib import Path

import pytest

from coachlog.model.instant import Instant
from coachlog.rules.book import BOOK
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.store.load import load_journal

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
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
    """Give the table of harbour's README: rule, name, client, file, record; `-` for what is none."""
    matches = (ROW.match(line) for line in readme("harbour").splitlines())
    return [match.groups() for match in matches if match]


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


@pytest.mark.parametrize("practice", ["harbour", "fortnight"])
def test_the_same_journal_and_instant_give_the_same_findings(practice: str) -> None:
    """Nothing depends on the order of folders, the hour of the check or the run before."""
    assert findings(practice) == findings(practice)
