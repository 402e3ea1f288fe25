"""`coachlog contract try`: the past under other terms; which findings would come and go, and nothing written."""

import json
import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, call, call_on_terminal, lay_out

CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    goals: [{id: g1, text: Lead}]
    cancellation: {notice: 24 h, late: counts}
    between_sessions: {via: {email: 24 h}, free: 30 min}
    amendments:
      - {id: m1, agreed: 2026-03-05, why: busy, set: {between_sessions: {via: {email: 48 h}, free: 30 min}}}
"""
CONTACTS = """contacts:
  - {id: a2aaa, at: 2026-03-02 10:00, from: client, via: email}
  - {id: b2bbb, at: 2026-03-04 17:00, from: coach, via: email, reply_to: a2aaa}
  - {id: c2ccc, at: 2026-03-09 10:00, from: client, via: email}
  - {id: d2ddd, at: 2026-03-10 16:00, from: coach, via: email, reply_to: c2ccc, minutes: 20}
  - id: e2eee
    at: 2026-03-12 10:00
    from: client
    via: email
  - {id: f2fff, at: 2026-03-18 11:00, from: coach, via: email, reply_to: e2eee, waive: [{rule: CTC105, why: flu}]}
"""
OWN = "clients/jane-doe/"
FILES = {
    **JOURNAL,
    "coachlog.yaml": PRACTICE,
    f"{OWN}contract.yaml": CONTRACT,
    f"{OWN}contacts.yaml": CONTACTS,
}
WHOLE = """contracts:
  - id: draft
    starts: 2026-09-01
    sessions: 6
    cancellation: {notice: 24 h, late: counts}
    between_sessions: {via: {email: 3 days}, free: 30 min}
    amendments: [{agreed: 2026-09-02, set: {sessions: 3}}]
"""


@pytest.mark.parametrize(
    ("proposed", "arguments", "changes"),
    [
        (None, "--set between_sessions.free='10 min'", ["+CTC107 d2ddd"]),
        (None, "--set between_sessions.via.email='3 days'", ["-CTC105 b2bbb"]),
        (None, "--set between_sessions.via.email='6 h'", ["+CTC105 d2ddd"]),
        (None, "--set between_sessions.via.email='48 h'", []),
        (None, "--set between_sessions=none", ["-CTC105 b2bbb", "+CTC102 b2bbb", "+CTC102 d2ddd", "+CTC102 f2fff"]),
        (None, "--set cancellation.late=fee", ["+CON105 2026a"]),
        ("cancellation: {notice: 24 h}\n", "", ["+CON105 2026a"]),
        ("cancellation: {notice: 24 h}\n", "--set cancellation.late=free", []),
        ("# mine\nbetween_sessions:\n  via: {email: 3 days}\n  free: 10 min\n", "", ["-CTC105 b2bbb", "+CTC107 d2ddd"]),
        (WHOLE, "", ["-CTC105 b2bbb"]),
        (WHOLE.replace("    cancellation: {notice: 24 h, late: counts}\n", ""), "", ["+CON105 2026a", "-CTC105 b2bbb"]),
        (WHOLE + "  - id: 2026a\n    sessions: 6\n", "", None),
        ("pro_bono: yes\n", "", ["-CON106 2026a"]),
    ],
)
def test_the_past_is_judged_as_if_terms_had_been_agreed_from_the_beginning(
    tmp_path: Path, proposed: str | None, arguments: str, changes: list[str] | None
) -> None:
    """Also on days before an amendment; no other client is judged, and no file is touched."""
    lay_out({**FILES, **({"proposed.yaml": proposed} if proposed else {})}, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    call_it = ("contract", "try", "jane", *(["proposed.yaml"] if proposed else []), *shlex.split(arguments), "--json")
    outcome = call(*call_it, folder=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    told = json.loads(outcome.out)
    signs = {"come": "+", "go": "-"}
    found = [f"{signs[one['change']]}{one['code']} {one['record']}" for one in told["findings"]]
    assert changes is None or sorted(found) == sorted(changes)
    come = [one for one in told["findings"] if one["change"] == "come"]
    assert sum(told["summary"]["come"].values()) == len(come)
    assert all(one["clause"] is None for one in come)
    assert (told["schema"], told["client"], told["contract"]) == (1, "jane-doe", "2026a")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_a_contract_as_it_is_changes_nothing(tmp_path: Path) -> None:
    """What is found of a goal that both have is the same finding, wherever the proposed one stands."""
    goals = "goals: [{id: g1, text: Lead}, {id: g2, text: Delegate, agreed: 2026-02-11, replaces: g1}]"
    own = f"{OWN}contract.yaml"
    person = "name: Jane Doe\nsponsors: [{id: pat, name: Pat Lee}]\n"
    text = CONTRACT.replace("goals: [{id: g1, text: Lead}]", goals)
    lay_out({**FILES, f"{OWN}client.yaml": person, own: text, "proposed.yaml": f"# mine\n{text}"}, tmp_path)
    assert "SPN104" in call("check", "jane", "--format", "concise", folder=tmp_path).out
    outcome = call("contract", "try", "jane", "proposed.yaml", folder=tmp_path)
    assert outcome.out.startswith("Nothing would come, nothing would go, ")


def test_the_findings_that_would_come_and_go_are_signed_and_counted(tmp_path: Path) -> None:
    """On a pipe one a line, on a terminal with the sentence below; the last line counts."""
    lay_out(FILES, tmp_path)
    terms = ("--set", "between_sessions={via: {email: 3 days}, free: 10 min}")
    piped = call("contract", "try", "jane", *terms, folder=tmp_path).out.splitlines()
    assert [line.split("\t")[:5] for line in piped[:-1]] == [
        ["-", "breach", "CTC105", "late-reply", f"{OWN}contacts.yaml:3"],
        ["+", "warning", "CTC107", "free-coaching", f"{OWN}contacts.yaml:5"],
    ]
    assert piped[-1].startswith("1 warning would come, 1 breach would go, ")
    assert piped[-1].endswith(" would stay. Nothing was written.")
    shown = call_on_terminal("contract", "try", "jane", *terms, "--color", "never", folder=tmp_path).out.splitlines()
    assert shown[0] == "Jane Doe (jane-doe), the contract of 12 Jan 2026: between_sessions as proposed"
    assert shown[1] == "- breach  CTC105 late-reply  clients/jane-doe/contacts.yaml:3"
    assert shown[2].startswith("            Replied after")
    masked = call("--incognito", "contract", "try", "jane", *terms, folder=tmp_path).out
    assert ("client-a" in masked, "jane" in masked) == (True, False)


@pytest.mark.parametrize(
    ("files", "arguments", "code", "sentence"),
    [
        ({}, "", 2, "No terms are proposed."),
        ({}, "missing.yaml", 2, "There is no file missing.yaml."),
        ({}, "--set sesions=8", 2, "The nearest: sessions"),
        ({}, "--set sessions=many", 2, "`sessions`: expected"),
        ({"p.yaml": "sessions: many\n"}, "p.yaml", 3, "p.yaml:1: `sessions` is many: expected"),
        ({"p.yaml": "# mine\n\nsesions: 8\n"}, "p.yaml", 3, "p.yaml:3: `sesions` is not known here"),
        ({"p.yaml": "sessions: [\n"}, "p.yaml", 3, "p.yaml:2: "),
        ({"p.yaml": "- sessions\n"}, "p.yaml", 2, "p.yaml holds no terms."),
        ({}, "clients", 3, "coachlog: clients is a folder."),
        ({"p.yaml": "contracts: []\n"}, "p.yaml", 2, "p.yaml holds no contract below `contracts`."),
        ({"p.yaml": "contracts:\n  - {id: x, every: soon}\n"}, "p.yaml", 3, "p.yaml:2: `every` is soon: expected"),
        ({"p.yaml": "contracts: [{id: x}, {id: y}]\n"}, "p.yaml", 2, "p.yaml holds 2 contracts"),
        ({f"{OWN}contract.yaml": "contracts: [{id: d1, sessions: 3}]\n"}, "--set sessions=4", 2, "d1 is a draft"),
        ({}, "--set sessions=4 --contract 2027", 2, "No record here is called `2027`."),
        ({f"{OWN}contract.yaml": "contracts: ["}, "--set sessions=4", 3, f"{OWN}contract.yaml:2: "),
    ],
)
def test_what_can_not_be_tried_is_one_line(
    tmp_path: Path, files: Mapping[str, str], arguments: str, code: int, sentence: str
) -> None:
    """The file with its line where that is what is wrong."""
    lay_out({**FILES, **files}, tmp_path)
    outcome = call("contract", "try", "jane", *shlex.split(arguments), folder=tmp_path)
    assert (outcome.code, outcome.out) == (code, "")
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
