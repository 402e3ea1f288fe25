"""The desk: what every writing command does alike, on real folders."""

import random
import time
from pathlib import Path

import pytest

from calling import NOW, PRACTICE, begun, call, lay_out
from coachlog.commands.desk.boundaries import PlanRefused
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.diffing import diff_of, without_private
from coachlog.commands.desk.opening import Wishes
from coachlog.errors import CannotWrite
from coachlog.store.commit import ABSENT, ChangedOnDisk
from coachlog.store.compose import compose
from coachlog.store.draft import Rewrite
from coachlog.store.emit import Word
from coachlog.store.layout import client_file
from coachlog.store.load import load_journal
from coachlog.store.lock import is_writing
from coachlog.store.splice import insert_record

CODE = "jane-doe"
SESSIONS = client_file(CODE, "sessions.yaml")
CONTRACT = """contracts:
  - {id: 2026a, agreed: 2026-01-12, sessions: 1, length: 60 min, between_sessions: {via: {email: 24 h}}}
"""
FILES = {
    "coachlog.yaml": PRACTICE,
    "clients/jane-doe/client.yaml": "name: Jane Doe\n",
    "clients/jane-doe/contract.yaml": CONTRACT,
    SESSIONS: "sessions:\n  - {id: b3xew, at: 2026-01-14 15:00, status: held}\n",
}
SECOND = {"id": Word("d2nnw"), "at": Word("2026-02-11 15:00"), "status": Word("held")}
KILLS = 60
LONG_KILLS = 2000


def desk_of(root: Path) -> Desk:
    """Open the journal as of the tests' instant."""
    return Desk.open(Wishes(journal=str(root), now=NOW))


def second(data: bytes) -> bytes:
    """Add a second session of one that was agreed."""
    return insert_record(data, ("sessions",), SECOND)


def test_an_editor_that_saves_in_between_is_noticed(tmp_path: Path) -> None:
    """The change is made again on the new text; after three times it is refused, and the editor's text stays."""
    root = lay_out(FILES, tmp_path)
    saved = 0

    def disturbed(data: bytes, times: int) -> bytes:
        nonlocal saved
        if saved < times:
            saved += 1
            (root / SESSIONS).write_bytes(data + b"# saved\n")
        return second(data)

    outcome = desk_of(root).carry_out(CODE, [Change(SESSIONS, lambda data: disturbed(data, 1))], Manner())
    assert outcome.written == (SESSIONS,)
    text = (root / SESSIONS).read_text()
    assert text.count("# saved") == 1
    assert "d2nnw" in text
    saved = 0
    lay_out(FILES, tmp_path)
    with pytest.raises(ChangedOnDisk):
        desk_of(root).carry_out(CODE, [Change(SESSIONS, lambda data: disturbed(data, 9))], Manner())
    assert (root / SESSIONS).read_text() == FILES[SESSIONS] + "# saved\n" * 3


def test_a_broken_file_is_refused_with_its_line_and_without_its_words(tmp_path: Path) -> None:
    """Nothing is written over what can't be read; only who mends it may."""
    root = lay_out({**FILES, SESSIONS: "sessions:\n  - {at: CANARY\n"}, tmp_path)
    with pytest.raises(CannotWrite, match=r"^clients/jane-doe/sessions.yaml:\d+: ") as refused:
        desk_of(root).carry_out(CODE, [Change(SESSIONS, second)], Manner())
    assert "CANARY" not in str(refused.value)
    mended = Change(SESSIONS, lambda _: FILES[SESSIONS].encode())
    assert desk_of(root).carry_out(CODE, [mended], Manner(mends=True)).written == (SESSIONS,)


def test_nobody_else_writes_meanwhile(tmp_path: Path) -> None:
    """The client's folder is locked while a change is worked out, and free again when it is made or refused."""
    root = lay_out(FILES, tmp_path)
    seen: list[bool] = []

    def looking(data: bytes) -> bytes:
        seen.append(is_writing(root, CODE))
        return second(data)

    desk_of(root).carry_out(CODE, [Change(SESSIONS, looking)], Manner(dry_run=True))
    assert seen == [True]
    assert not is_writing(root, CODE)


def test_a_dry_run_finds_what_the_real_one_brings(tmp_path: Path) -> None:
    """It judges the files as they would be, and writes nothing; what was found before is not told again."""
    root = lay_out(FILES, tmp_path)
    change = Change(SESSIONS, second)
    dry = desk_of(root).carry_out(CODE, [change], Manner(dry_run=True))
    assert (root / SESSIONS).read_text() == FILES[SESSIONS]
    assert "+  - {id: d2nnw, at: 2026-02-11 15:00, status: held}" in dry.diff
    real = desk_of(root).carry_out(CODE, [change], Manner())
    assert "SES101" in {one.code for one in dry.brought if one.record == "d2nnw"}
    assert dry.brought == real.brought
    assert dry.file
    assert real.file
    assert [one.id for one in dry.file.sessions] == [one.id for one in real.file.sessions] == ["b3xew", "d2nnw"]
    again = desk_of(root).carry_out(CODE, [Change(SESSIONS, lambda data: data + b"# a comment\n")], Manner())
    assert again.brought == ()


def test_an_id_that_a_record_gets_makes_its_findings_no_new_ones(tmp_path: Path) -> None:
    """A hand-written record gets its id by the way; what was found on it is known by the new name."""
    over = FILES[SESSIONS] + "  - {at: 2026-02-11 15:00, status: held}\n"
    root = lay_out({**FILES, SESSIONS: over}, tmp_path)
    outcome = desk_of(root).carry_out(CODE, [Change(SESSIONS, lambda data: data + b"# a comment\n")], Manner())
    assert outcome.brought == ()
    assert (root / SESSIONS).read_text().count("id: ") == 2


def test_a_plan_that_crosses_a_boundary_asks_first(tmp_path: Path) -> None:
    """It is refused with the finding, made with --anyway, and made and waived with a reason."""
    root = lay_out(FILES, tmp_path)
    change = Change(SESSIONS, second)
    with pytest.raises(PlanRefused, match=r"^Not planned: .*SES101.* Add --anyway, or --waive REASON") as refused:
        desk_of(root).carry_out(CODE, [change], Manner(plan=True))
    assert refused.value.exit_code == 4
    assert (root / SESSIONS).read_text() == FILES[SESSIONS]
    dry = desk_of(root).carry_out(CODE, [change], Manner(plan=True, anyway=True, dry_run=True))
    assert "SES101" in {one.code for one in dry.brought if one.counts}
    waived = desk_of(root).carry_out(CODE, [change], Manner(plan=True, waive="a gift, agreed"))
    assert not [one for one in waived.brought if one.counts and one.code == "SES101"]
    text = (root / SESSIONS).read_text()
    assert 'waive: [{rule: session-over-count, why: "a gift, agreed", date: 2026-03-31}]' in text


PRIVATE = {
    "a block": ("s:\n  - private: |\n      CANARY\n\n      CANARY\n    topic: t\n", 2),
    "in braces": ('s: [{private: "CANARY, 1", topic: t}]\n', 1),
    "over several lines in braces": ('s: [{private: "CANARY\n  CANARY", topic: t}]\n', 2),
    "quotes over lines": ('s:\n  - private: "CANARY\n      CANARY"\n    topic: t\n', 2),
    "a comment behind it": ("s:\n  - private: CANARY  # CANARY\n    topic: t\n", 1),
    "a mapping": ("s:\n  - private: {a: CANARY, private: CANARY}\n    topic: t\n", 1),
    "Windows line ends": ("s:\r\n  - private: |\r\n      CANARY\r\n      CANARY\r\n    topic: t\r\n", 2),
    "the end of the file": ("s:\n  - topic: t\n    private: |\n      CANARY", 1),
    "no YAML": ("s: [\nprivate: CANARY\ntopic: t\n", 1),
}


@pytest.mark.parametrize(("text", "lines"), PRIVATE.values(), ids=PRIVATE)
def test_the_coachs_own_notes_are_lines_of_points(text: str, lines: int) -> None:
    """Whatever they are written in, as many lines as they have; that they change is seen, and not how."""
    shown = without_private(text.encode())
    assert "CANARY" not in shown
    assert shown.count("\n") == text.count("\n")
    assert shown.count("…") >= lines
    changed = text.replace("CANARY", "CANARY!").replace("topic: t", "topic: u").encode()
    for before, after in ((text.encode(), changed), (b"", changed), (text.encode(), b"")):
        diff = diff_of({"a.yaml": before}, [Rewrite("a.yaml", ABSENT, after)])
        assert diff.startswith("--- a/a.yaml\n+++ b/a.yaml\n@@ ")
        assert "CANARY" not in diff
        assert "…" in diff


def test_notes_above_a_change_are_hidden_though_their_key_is_not_shown() -> None:
    """A diff shows three lines around a change, which may all be from the middle of a note."""
    lines = "".join(f"      CANARY {count}\n" for count in range(9))
    old = f"s:\n  - private: |\n{lines}    topic: t\n"
    diff = diff_of({"a.yaml": old.encode()}, [Rewrite("a.yaml", ABSENT, old.replace("topic: t", "topic: u").encode())])
    assert diff.splitlines()[3:] == ["       …", "       …", "       …", "-    topic: t", "+    topic: u"]


def kill_loop(root: Path, kills: int) -> None:
    """Log contacts, each in a process that is killed at a random moment, and look what became of them."""
    lay_out(FILES, root)
    contacts = root / client_file(CODE, "contacts.yaml")
    acknowledged: list[str] = []
    took = 0.2
    for count in range(kills):
        began = time.monotonic()
        with begun("contact", "log", CODE, "email", "note", f"n{count}", "--for", "success", folder=root) as running:
            if count % 10:
                time.sleep(took * random.uniform(0, 1.1))  # noqa: S311 — a moment, not a secret
                running.process.kill()
            said = running.outcome().out
        took = took if count % 10 else time.monotonic() - began
        acknowledged += [f"n{count}"] if said.startswith("logged ") else []
        if contacts.exists():
            compose(contacts.read_bytes())
    journal = load_journal(root)
    kept = [str(one.about).removeprefix("note ") for one in journal.clients[0].contacts]
    assert journal.problems == ()
    assert len(kept) == len(set(kept))
    assert set(acknowledged) <= set(kept)
    assert len(acknowledged) >= kills // 10
    assert call("contact", "log", CODE, "email", "last", folder=root).code == 0
    assert not [path for path in root.rglob("*.tmp") if path.parent == contacts.parent]


def test_killed_commands_lose_nothing_that_they_acknowledged(tmp_path: Path) -> None:
    """At random moments: every contact that was reported is there once, and no file is torn."""
    kill_loop(tmp_path, KILLS)


@pytest.mark.long
def test_thousands_of_killed_commands_lose_nothing(tmp_path: Path) -> None:
    """The same, for a long run."""
    kill_loop(tmp_path, LONG_KILLS)
