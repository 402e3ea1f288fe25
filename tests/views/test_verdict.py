"""What a check tells, kept as JSON and given back."""

import json
from collections.abc import Callable

import pytest

from calling import JOURNAL
from coachlog.clock import Clock
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.views.masking import Mask
from coachlog.views.roster import rows_of
from coachlog.views.roster_row import RosterRow
from coachlog.views.verdict import ShownClause, ShownFinding, ShownSilence, ShownWaiver, Verdict

LATE = ShownFinding(
    code="CTC105",
    name="late-reply",
    severity="breach",
    client="jane-doe",
    file="clients/jane-doe/contacts.yaml",
    line=3,
    column=5,
    record="b2bbb",
    subject=None,
    date="2026-03-04",
    message="Jane Doe was answered after 31 h; 75 GBP are owed.",
    clause=ShownClause("clients/jane-doe/contract.yaml", 5),
    judged_by="contract",
    waived=None,
)
WAIVED = LATE._replace(waived=ShownWaiver("Jane agreed", None, "2026-03-05", "clients/jane-doe/contacts.yaml", 9))
VERDICT = Verdict(
    now="2026-03-31T12:00:00+01:00",
    now_words="Tue 31 Mar 2026 12:00",
    findings=(LATE, WAIVED),
    silences=(ShownSilence("jane-doe", "care", ("SUP104",)),),
    clients=1,
    records=8,
    headlines={"jane-doe": "Jane Doe (jane-doe) · no contract"},
    codes=("jane-doe",),
    unasked=("PRV106",),
    profiles=("basic",),
    until=1774956000.0,
)


def test_a_verdict_that_was_kept_is_the_same() -> None:
    """Nothing is lost on the way through JSON."""
    assert Verdict.from_plain(json.loads(json.dumps(VERDICT.as_plain()))) == VERDICT


def test_a_row_that_was_kept_is_the_same(read_journal: Callable[[dict[str, str]], Journal]) -> None:
    """The roster is made of plain values."""
    journal = read_journal(dict(JOURNAL))
    now = Instant.parse("2026-03-31 12:00", journal.practice.timezone)
    assert now is not None
    rows = rows_of(journal.clients, Clock(now), {"jane-doe": 2})
    assert tuple(map(RosterRow.from_plain, json.loads(json.dumps(rows)))) == rows
    assert (rows[0].breaches, rows[0].tags) == (2, ("executive",))


@pytest.mark.parametrize(
    ("date", "recent"), [(None, True), ("2025-12-31", True), ("2025-12-30", False), ("2026-05-01", True)]
)
def test_what_happened_within_ninety_days_is_recent(date: str | None, *, recent: bool) -> None:
    """What is standing or still to come always is; the ninetieth day is included."""
    assert VERDICT.is_recent(LATE._replace(date=date)) is recent


def test_a_mask_leaves_figures_and_hides_persons() -> None:
    """Names in any place, reasons and money go; rules, days and lines stay."""
    masked = Mask({"jane-doe": "Jane Doe", "al": "Al  de Sousa"}).verdict(VERDICT)
    assert [one.message for one in masked.findings] == ["Client B was answered after 31 h; … are owed."] * 2
    assert masked.findings[1].waived == ShownWaiver("…", None, "2026-03-05", "clients/client-b/contacts.yaml", 9)
    assert masked.headlines == {"client-b": "Client B (client-b) · no contract"}
    assert masked.silences[0].client == "client-b"
    assert masked.codes == ("client-b",)
    assert "ane" not in str(masked)
