"""`coachlog check --staged`: what git is about to commit, in a real repository, also from a real hook."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from calling import JOURNAL, LATE, PROGRAM, Outcome, call, environment, lay_out

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

CONTACTS = "clients/jane-doe/contacts.yaml"
SESSIONS = "clients/jane-doe/sessions.yaml"
LATER = "  - {id: c3ccc, at: 2026-03-09 10:00, from: client, via: email}\n"
LATE_AGAIN = LATER + "  - {id: d4ddd, at: 2026-03-12 10:00, from: coach, via: email, reply_to: c3ccc}\n"


def git(root: Path, *arguments: str) -> Outcome:
    """Call git as a coach does who has a name."""
    who = ("-c", "user.name=Priya", "-c", "user.email=priya@example.org")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=root, env=environment(root), capture_output=True, text=True, check=False
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a journal that was committed with a breach in it."""
    git(tmp_path, "init", "--quiet")
    lay_out(JOURNAL, tmp_path)
    assert git(tmp_path, "add", ".").code == 0
    assert git(tmp_path, "commit", "--quiet", "-m", "jane-doe: begun").code == 0
    return tmp_path


@pytest.mark.parametrize(
    ("staged", "code", "refused", "found"),
    [
        ({}, 0, "", []),
        ({CONTACTS: LATE + LATE_AGAIN}, 0, "", ["CTC105"]),
        ({CONTACTS: LATE + LATER}, 0, "", ["CTC106"]),
        ({CONTACTS: "contacts: []\n"}, 0, "", []),
        ({CONTACTS: "contacts:\n<<<<<<< ours\n"}, 1, f"{CONTACTS}:2", ["JRN101"]),
        ({CONTACTS: LATE.replace("email}", "emial, at: 3}")}, 1, f"{CONTACTS}:2", ["JRN101"]),
        ({CONTACTS: LATE.replace("b2bbb", "a2aaa")}, 1, f"{CONTACTS}:3", ["CTC105", "JRN103"]),
        ({SESSIONS: "sessions: [{at: soon}]\n"}, 1, f"{SESSIONS}:1", ["JRN102"]),
        (
            {SESSIONS: "sessions: [{at: 2026-04-01 10:00, contract: x, waive: [{rule: CTC1}]}]\n"},
            1,
            "1 more place",
            None,
        ),
        ({"coachlog.yaml": "timezone: ["}, 1, "coachlog.yaml:2", ["JRN101"]),
        ({"clients/new/sessions.yaml": "sessions: []\n"}, 1, "clients/new:1", ["JRN102"]),
        ({"notes.yaml": "["}, 0, "", []),
    ],
)
def test_only_what_can_not_be_read_is_refused(
    root: Path, staged: Mapping[str, str], code: int, refused: str, found: list[str] | None
) -> None:
    """Everything else that the staged changes bring is printed; what was there before is not."""
    lay_out(staged, root)
    git(root, "add", ".")
    outcome = call("check", "--staged", "--json", folder=root)
    assert outcome.code == code
    assert refused in outcome.err
    assert (outcome.err.count("\n"), outcome.err[:9]) == ((1, "coachlog:") if code else (0, ""))
    findings = [one["code"] for one in json.loads(outcome.out)["findings"] if one["severity"] != "advice"]
    assert found is None or findings == found


def test_the_index_is_judged_and_not_the_folder(root: Path) -> None:
    """A mistake that is not staged stops nothing; one that is stops it, though the folder is mended."""
    (root / CONTACTS).write_text("[")
    assert call("check", "--staged", folder=root).code == 0
    git(root, "add", ".")
    (root / CONTACTS).write_text(LATE)
    assert call("check", "--staged", folder=root).code == 1
    assert call("check", "--fail-on", "never", folder=root).code == 0


def test_what_was_committed_before_is_refused_no_more(root: Path) -> None:
    """A file that could not be read yesterday does not stop what is staged of another client today."""
    (root / CONTACTS).write_text("[")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "as it is")
    lay_out({"clients/tom-reid/client.yaml": "name: Tom Reid\ntags: [team]\n"}, root)
    git(root, "add", ".")
    outcome = call("check", "--staged", folder=root)
    assert (outcome.code, "JRN101" in outcome.out, "silent" in outcome.out) == (0, False, False)


def test_a_file_that_is_gone_is_refused_only_where_something_refers_to_it(root: Path) -> None:
    """A reference that dangles in a file that is not staged is printed; a link is never followed."""
    lay_out({SESSIONS: "sessions: [{id: s1aaa, at: 2026-03-20 10:00}]\n"}, root)
    action = "actions: [{id: x1aaa, step: Ask, session: s1aaa, due: 2026-05-01}]\n"
    lay_out({"clients/jane-doe/actions.yaml": action}, root)
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "jane-doe: session booked")
    git(root, "rm", "--quiet", "--", SESSIONS)
    gone = call("check", "--staged", folder=root)
    assert (gone.code, "JRN104" in gone.out) == (0, True)
    (root / SESSIONS).symlink_to("contacts.yaml")
    git(root, "add", ".")
    linked = call("check", "--staged", folder=root)
    assert (linked.code, "symbolic link" in linked.out) == (1, True)


def test_a_merge_that_is_not_finished_is_no_file(root: Path) -> None:
    """Called by hand amid a merge it names the file."""
    for branch, text in (("theirs", LATE + LATER), ("ours", LATE.replace("17:00", "18:00") + LATE_AGAIN)):
        git(root, "checkout", "--quiet", "-b", branch, "HEAD" if branch == "theirs" else "HEAD~1")
        (root / CONTACTS).write_text(text)
        git(root, "commit", "--quiet", "-am", branch)
    assert git(root, "merge", "theirs").code == 1
    outcome = call("check", "--staged", folder=root)
    assert (outcome.code, "not merged yet" in outcome.out) == (1, True)


@pytest.mark.parametrize("commit", [("commit", "-a"), ("commit", "--only", CONTACTS)])
def test_a_hook_stops_a_commit_that_can_not_be_read(tmp_path: Path, commit: tuple[str, ...]) -> None:
    """In a journal below the top of a second work tree, where git tells the hook its folder and an index of its own."""
    first, second = tmp_path / "first", tmp_path / "second"
    lay_out(JOURNAL, first / "practice")
    git(first, "init", "--quiet")
    git(first, "add", ".")
    git(first, "commit", "--quiet", "-m", "begun")
    git(first, "worktree", "add", "--quiet", str(second))
    hook = first / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\nexec {PROGRAM} -C practice check --staged\n")
    hook.chmod(0o700)
    (second / "practice" / CONTACTS).write_text(LATE + LATE_AGAIN)
    at = second if "-a" in commit else second / "practice"
    told = git(at, *commit, "--quiet", "-m", "one more")
    assert (told.code, told.err.count("CTC105") + told.out.count("CTC105")) == (0, 1)
    (second / "practice" / CONTACTS).write_text("contacts: [")
    stopped = git(at, *commit, "--quiet", "-m", "broken")
    assert (stopped.code, f"Not committed: practice/{CONTACTS}:" in stopped.err) == (1, True)


def test_the_first_commit_brings_everything(tmp_path: Path) -> None:
    """Nothing was committed yet, so nothing was known before; the journal's own file need not be in git."""
    lay_out(JOURNAL, tmp_path)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "clients")
    outcome = call("check", "--staged", folder=tmp_path)
    assert (outcome.code, outcome.out.count("CTC105")) == (0, 1)


def test_without_a_repository_nothing_is_staged(tmp_path: Path) -> None:
    """One line says so."""
    lay_out(JOURNAL, tmp_path)
    outcome = call("check", "--staged", folder=tmp_path, GIT_CEILING_DIRECTORIES=os.fspath(tmp_path.parent))
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert "no git repository" in outcome.err


def test_the_hook_for_pre_commit_names_files_of_a_journal() -> None:
    """Its pattern takes every file of a journal, at the top or in a folder, and none of the coach's others."""
    text = (Path(__file__).resolve().parent.parent.parent / ".pre-commit-hooks.yaml").read_text()
    pattern = next(line.partition("files: ")[2] for line in text.splitlines() if "files: " in line)
    named = ("coachlog.yaml", "practice/coachlog.yaml", CONTACTS, f"practice/{SESSIONS}", "supervision.yaml")
    assert all(re.search(pattern, name) for name in named)
    assert not any(re.search(pattern, name) for name in ("notes.yaml", "clients/jane-doe/x.yaml"))
    assert "entry: coachlog check --staged\n" in text
