"""How git is called: what is planted in a repository or in the surroundings is not started and points nowhere."""

import shutil
from pathlib import Path

import pytest

from coachlog.versioning.git import GitRefuses, NoGit, ask_git, repository_of, tell_git
from coachlog.versioning.setup import SetUp, set_up

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def test_a_program_that_is_planted_in_a_repository_is_not_started(tmp_path: Path) -> None:
    """Neither a monitor of files nor a hook runs, whatever the repository's configuration says."""
    tell_git(tmp_path, "init", "--quiet")
    planted = tmp_path / "planted"
    planted.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    planted.chmod(0o700)
    shutil.copy(planted, tmp_path / ".git/hooks/post-index-change")
    tell_git(tmp_path, "config", "core.fsmonitor", str(planted))
    tell_git(tmp_path, "add", "--", "planted")
    assert ask_git(tmp_path, "status", "--porcelain", "--untracked-files=no").said == "A  planted"
    assert not (tmp_path / "started").exists()


def test_the_surroundings_point_git_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What says how another machine is reached stays, and nothing else of GIT_*."""
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_CONFIG_COUNT"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_SSH_COMMAND", "ssh -4")
    assert set_up(tmp_path) == SetUp(tmp_path, is_new=True)
    assert set_up(tmp_path) == SetUp(tmp_path, is_new=False)
    assert ask_git(tmp_path, "config", "core.fsync").said == "all"
    assert ask_git(tmp_path, "-c", "alias.told=!echo $GIT_SSH_COMMAND $GIT_OPTIONAL_LOCKS", "told").said == "ssh -4 0"


def test_what_git_can_not_do_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in no repository has none; what git refuses, and a git that is not there, are said."""
    assert repository_of(tmp_path) is None
    with pytest.raises(GitRefuses, match="git refuses `git config"):
        tell_git(tmp_path, "config", "--local", "core.fsync", "all")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGit, match="git is not installed"):
        ask_git(tmp_path, "--version")
