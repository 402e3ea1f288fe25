"""`coachlog waive`: where a waiver is written, and what it covers."""

import json
from pathlib import Path

import pytest

from calling import CONTRACT, JOURNAL, LATE, PRACTICE, call, lay_out

JANE = "clients/jane-doe"
MESSAGE = "“Replied after 55 h on Wed 4 Mar 2026; the contract of 12 Jan 2026 says 24 h.”"
WAIVED = "waive: [{rule: late-reply, why: agreed with Priya, date: 2026-03-31}]"
LISTED = "waive:\n  - rule: late-reply\n    why: agreed with Priya\n    date: 2026-03-31\n"
CLIENT = JOURNAL[f"{JANE}/client.yaml"]

PLACES = {
    "the record, by its id": ("jane b2bbb CTC105", f"jane-doe b2bbb: it covers {MESSAGE}", "contacts.yaml"),
    "the last with that finding": ("jane last late-reply", f"jane-doe b2bbb: it covers {MESSAGE}", "contacts.yaml"),
    "the contract": ("jane 2026a ctc105", f"jane-doe 2026a: it covers {MESSAGE}", "contract.yaml"),
    "the client": ("jane CTC105", f"jane-doe: it covers {MESSAGE}", "client.yaml"),
}
AFTER = {
    "contacts.yaml": LATE.replace("reply_to: a2aaa}", f"reply_to: a2aaa, {WAIVED}}}"),
    "contract.yaml": f"{CONTRACT}    waive:\n      - {{{WAIVED[9:-2]}}}\n",
    "client.yaml": f"{CLIENT}{LISTED}",
}


@pytest.mark.parametrize(("typed", "said", "name"), PLACES.values(), ids=PLACES)
def test_a_waiver_is_written_where_it_is_meant(tmp_path: Path, typed: str, said: str, name: str) -> None:
    """It says what it covers now; a check then finds nothing to act on."""
    root = lay_out(JOURNAL, tmp_path)
    outcome = call("waive", *typed.split(), "--why", "agreed with Priya", folder=root)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"waived CTC105 late-reply for {said}\n"
    assert (root / JANE / name).read_bytes().decode() == AFTER[name]
    assert call("check", "jane", "--select", "CTC105", folder=root).code == 0


def test_a_waiver_of_the_practice_stands_in_its_file(tmp_path: Path) -> None:
    """JSON prints what was written, and that it covers nothing."""
    root = lay_out(JOURNAL, tmp_path)
    typed = ("waive", "practice", "JRN109", "--why", "so be it", "--until", "in 2 weeks", "--json")
    told = json.loads(call(*typed, folder=root).out)
    assert told["waivers"] == [
        {"record": "1", "rule": "impossible-order", "why": "so be it", "date": "2026-03-31", "until": "2026-04-14"}
    ]
    assert [one["code"] for one in told["findings"]] == ["JRN106"]
    assert (root / "coachlog.yaml").read_text().startswith(f"{PRACTICE}waive:\n  - rule: impossible-order\n")


REFUSED = {
    "no such rule": ("jane b2bbb late-answer --why x", "No rule is called `late-answer`. The nearest: late-reply"),
    "a chapter": ("jane b2bbb CTC --why x", "No rule is called `CTC`."),
    "no why": ("jane b2bbb CTC105", "A reason is needed, and there is nobody to ask. Say it with --why REASON."),
    "a reason without quotes": ("jane b2bbb CTC105 --why agreed with Priya", "Put the reason in quotes"),
    "no such record": ("jane zzzzz CTC105 --why x", "No record here is called `zzzzz`."),
}


@pytest.mark.parametrize(("typed", "told"), REFUSED.values(), ids=REFUSED)
def test_what_would_waive_nothing_is_refused(tmp_path: Path, typed: str, told: str) -> None:
    """In one line, and nothing is written."""
    root = lay_out(JOURNAL, tmp_path)
    outcome = call("waive", *typed.split(), folder=root)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert told in outcome.err
    assert {name: (root / name).read_text() for name in JOURNAL} == dict(JOURNAL)


def test_a_dry_run_writes_nothing_and_help_has_examples(tmp_path: Path) -> None:
    """The diff names the file."""
    root = lay_out(JOURNAL, tmp_path)
    assert f"+++ b/{JANE}/client.yaml" in call("waive", "jane", "CTC105", "--why", "x", "--dry-run", folder=root).out
    assert (root / JANE / "client.yaml").read_text() == CLIENT
    assert "coachlog waive practice" in call("waive", "-h", folder=root).out
