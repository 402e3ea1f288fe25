"""Every case of every rule, judged as a journal on disk: what it finds, and that its advice ends or waives it."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calling import lay_out
from coachlog.model.instant import Instant
from coachlog.rules.book import BOOK
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.store.casebook import CLIENT, Case, Mended, read_cases
from coachlog.store.load import PracticeUnreadable, load_journal

CASES = [case for rule in BOOK for case in read_cases(rule.code).cases]
BITING = [case for case in CASES if case.found]
MENDED = [(case, mended) for case in CASES for mended in case.mended]


def findings(case: Case | Mended, code: str, folder: Path, *, as_of: bool = False) -> list[Finding]:
    """Judge a case and give what one rule found in it."""
    lay_out(case.files, folder)
    try:
        journal = load_journal(folder)
    except PracticeUnreadable as refusal:
        pytest.fail(f"the practice file of the case can't be read: {refusal.problem}")
    now = Instant.parse(case.now, journal.practice.timezone)
    assert now is not None, f"{case.now} is no instant"
    judgement = judge(journal, Asked(now, as_of=as_of))
    return [finding for finding in judgement.findings if finding.code == code]


def told(finding: Finding, keys: Iterator[str] | list[str]) -> dict[str, str]:
    """Show a finding under the keys that a case names, as text."""
    clause = finding.clause
    shown = {
        "record": finding.record,
        "message": finding.message,
        "date": finding.date,
        "judged_by": finding.judged_by,
        "subject": finding.subject,
        "client": finding.client,
        "severity": finding.severity,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "clause": f"{clause.file}:{clause.line}" if clause else None,
        "waived": finding.waived and finding.waived.why,
    }
    return {key: "none" if shown[key] is None else str(shown[key]) for key in keys}


def name(case: Case) -> str:
    """Name a test after its case."""
    return f"{case.code} {case.what}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_rule_finds_what_its_case_says_and_nothing_else(case: Case, tmp_path: Path) -> None:
    """Each finding is there with the words and figures that the case expects, in order."""
    found = findings(case, case.code, tmp_path, as_of=case.as_of)
    keys = [list(expected) for expected in case.found] + [["record", "message"]] * (len(found) - len(case.found))
    assert [told(finding, key) for finding, key in zip(found, keys, strict=False)] == [dict(one) for one in case.found]


@pytest.mark.parametrize(
    ("case", "mended"), MENDED, ids=lambda value: name(value) if isinstance(value, Case) else value.how
)
def test_advice_done_by_the_letter_ends_the_finding(case: Case, mended: Mended, tmp_path: Path) -> None:
    """What the page advises is enough: afterwards the rule is silent, or what it finds is waived."""
    assert case.found
    assert [told(one, ["record", "message"]) for one in findings(mended, case.code, tmp_path) if one.counts] == []


@pytest.mark.parametrize("case", [case for case in BITING if case.code[:3] != "JRN"], ids=name)
def test_a_waiver_of_the_client_or_the_practice_covers_every_finding(case: Case, tmp_path: Path) -> None:
    """A coach who crosses a boundary on purpose can say so once, and is not asked again."""
    waiver = f'\nwaive:\n  - {{rule: {case.code}, why: "on purpose"}}\n'
    client = f"clients/{CLIENT}/client.yaml"
    practice_wide = any(expected.get("client") == "none" for expected in case.found)
    file = "coachlog.yaml" if practice_wide else client
    if "waive:" in case.files[file]:
        pytest.skip("the case has waivers of its own")
    waived = Case(**{**vars(case), "files": {**case.files, file: case.files[file] + waiver}})
    assert [told(one, ["record", "message"]) for one in findings(waived, case.code, tmp_path) if one.counts] == []


@pytest.mark.parametrize("rule", BOOK, ids=lambda rule: f"{rule.code} {rule.name}")
def test_every_rule_has_a_page_and_a_pair_of_cases(rule: object) -> None:
    """A page tells what to do, what to say or how to prevent it, and shows the rule biting and silent."""
    page = read_cases(rule.code)  # type: ignore[attr-defined]
    assert page.do.endswith((".", "?", "…"))
    assert page.bites.found
    assert not page.silent.found
    assert page.bites.mended, "a biting case shows how the advice is followed"
    codes = {one.code for one in BOOK}
    assert set(page.related) <= codes, "related rules exist"


def test_cases_are_judged_in_the_zone_of_their_practice() -> None:
    """A case's instant is the wall clock of its practice, by default London's."""
    assert Instant.parse("2026-07-01 12:00", ZoneInfo("Europe/London")).utc.hour == 11  # type: ignore[union-attr]
