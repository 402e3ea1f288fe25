"""`coachlog init --git`: a repository for the journal, and a journal all the same where there is no git."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from calling import PROGRAM, Outcome, call, environment

ZONE = ("--timezone", "Europe/London")
GIT = shutil.which("git")
needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")


def asked(folder: Path, *arguments: str) -> str:
    """Ask git something in a folder."""
    done = subprocess.run(
        [GIT or "git", *arguments], cwd=folder, env=environment(folder), capture_output=True, check=False
    )
    return done.stdout.decode().strip()


def call_under(umask: int, *arguments: str, folder: Path) -> Outcome:
    """Run the program from a shell with a umask."""
    done = subprocess.run(
        [PROGRAM, *arguments], cwd=folder, env=environment(folder), capture_output=True, check=False, umask=umask
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@needs_git
def test_a_repository_is_begun_and_nothing_committed(tmp_path: Path) -> None:
    """What is derived, typed or removed is left out, and git writes all that it keeps to the disk."""
    made = call("init", "new", *ZONE, "--git", folder=tmp_path, GIT_DIR=str(tmp_path / "elsewhere"))
    root = tmp_path / "new"
    assert made.code == 0
    assert f"A git repository is begun in {root}; nothing is committed yet." in made.err
    assert asked(root, "config", "--local", "core.fsync") == "all"
    assert asked(root, "status", "--porcelain", "--untracked-files=all").splitlines() == [
        "?? .gitignore",
        "?? coachlog.yaml",
    ]
    for name in ("drafts/a.txt", "removed/jane/client.yaml", "clients/jane/.sessions.yaml.12.0a.tmp"):
        assert asked(root, "check-ignore", name) == name
    assert not (tmp_path / "elsewhere").exists()


@needs_git
def test_a_repository_that_is_there_is_used(tmp_path: Path) -> None:
    """The journal may be a folder of a larger one."""
    asked(tmp_path, "init", "--quiet")
    made = call("init", "new", *ZONE, "--git", folder=tmp_path)
    assert f"The journal lies in the git repository {tmp_path}, which is used" in made.err
    assert not (tmp_path / "new/.git").exists()
    assert asked(tmp_path, "config", "--local", "core.fsync") == "all"


def test_without_git_the_journal_is_made_all_the_same(tmp_path: Path) -> None:
    """One line says so, and what to do."""
    made = call("init", "new", *ZONE, "--git", folder=tmp_path, PATH=str(tmp_path))
    assert (made.code, made.err.count("\n")) == (0, 1)
    assert "The journal is made, without git. git is not installed." in made.err
    assert (tmp_path / "new/coachlog.yaml").is_file()


def test_a_repository_that_can_not_be_begun_is_one_line(tmp_path: Path) -> None:
    """What git refuses stops no journal."""
    git = tmp_path / "bin/git"
    git.parent.mkdir()
    git.write_text("#!/bin/sh\nexit 128\n")
    git.chmod(0o700)
    made = call("init", "new", *ZONE, "--git", folder=tmp_path, PATH=f"{git.parent}:{os.environ['PATH']}")
    assert (made.code, made.err.count("\n")) == (0, 1)
    assert f"git refuses `git init --quiet` in {tmp_path / 'new'}. Call it there to see why." in made.err


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777], ids=oct)
def test_whatever_the_umask_a_journal_is_the_coachs_alone(tmp_path: Path, umask: int) -> None:
    """Folders are 0700, files 0600, and an open folder that was there is closed."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old").chmod(0o755)
    made = call_under(umask, "init", "old", *ZONE, folder=tmp_path)
    assert made.code == 0
    assert "it is closed to them now (0700)." in made.err
    added = call_under(umask, "client", "add", "Jane Doe", folder=tmp_path / "old")
    assert added.code == 0
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "old", *(tmp_path / "old").rglob("*"))}
    assert {path: mode for path, mode in modes.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}
