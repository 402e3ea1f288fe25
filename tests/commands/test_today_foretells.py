"""What a day tells beforehand is what the rules find when it is left undone, and what is done no longer shows."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from calling import lay_out
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.judging.day import gathered
from coachlog.commands.judging.filing import judged
from coachlog.store.casebook import Case, Mended, read_cases
from coachlog.views.today_item import Item

BEFORE = {
    **dict.fromkeys(("FUP103", "SES108"), 1),
    **dict.fromkeys(("ACT105", "CAN106", "END108", "END110", "FUP102", "PRA105"), 24),
    **dict.fromkeys(("REF102", "SES112", "SPN104", "SUP104"), 24),
    **dict.fromkeys(("ACT109", "REF101", "REF107"), 5 * 24),
    "CTC106": 4,
    "FUP101": 48,
    "FUP105": 48,
    "PAY101": 40 * 24,
    "REF105": 15 * 24,
    "REF108": 7 * 24,
    "SPN102": 27 * 24,
}
"""The rules on what is due, and how many hours before their first case bites nothing is found yet."""
AT_ONCE = {
    **dict.fromkeys(("CAN104", "END106", "END109", "FUP106", "PRA103", "SUP102"), 1),
    "CAN102": 5 * 24,
    "CON114": 53 * 24,
}
"""The rules on what is found as soon as it can be told, or is found late once it is done late; likewise."""
CASES = [read_cases(code).bites for code in (*BEFORE, *AT_ONCE)]
MENDED = [(case, mended) for case in CASES for mended in case.mended[:1]]


def items(case: Case | Mended, folder: Path, wishes: Wishes) -> tuple[Item, ...]:
    """Gather the day of a case."""
    day = gathered(lay_out(case.files, folder), wishes, 7).day
    assert day
    return day.items


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_what_is_found_was_told_before(case: Case, tmp_path: Path) -> None:
    """Before a rule bites its first case, the day has an item with that rule, on the record that will be found."""
    earlier = datetime.fromisoformat(case.now) - timedelta(hours={**BEFORE, **AT_ONCE}[case.code])
    wishes, record = Wishes(now=f"{earlier:%Y-%m-%d %H:%M}"), case.found[0].get("record", "none")
    told = {one.record or "none" for one in items(case, tmp_path, wishes) if one.rule == case.code}
    assert told & {record, "none"}
    if case.code in BEFORE:
        found = judged(tmp_path, wishes).verdict.findings
        assert [one for one in found if (one.code, one.record or "none") == (case.code, record)] == []


@pytest.mark.parametrize(
    ("case", "mended"), MENDED, ids=lambda value: value.code if isinstance(value, Case) else value.how
)
def test_what_is_done_no_longer_shows(case: Case, mended: Mended, tmp_path: Path) -> None:
    """Advice that is followed by the letter takes its line off what is owed; what was put off is ahead."""
    told = items(mended, tmp_path, Wishes(now=mended.now))
    assert [one for one in told if one.rule == case.code and one.group != "ahead"] == []
