"""How git is called: one argument list, nothing of the surroundings that could point it elsewhere, and no hooks."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import CoachlogError

_KEPT = frozenset({"GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT"})
"""What the coach may have said of git that is about reaching another machine."""
_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_INDEX_FILE"})
"""What git tells a hook: which repository, and which index is about to be committed."""
_ALWAYS = (
    *("-c", "core.fsmonitor=false"),  # both name programs that a planted configuration would start
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "safe.bareRepository=explicit"),
)


class Answer(NamedTuple):
    """What git said, and how it ended."""

    code: int
    said: str


class NoGit(CoachlogError):
    """The executable of git is not there (exit 3)."""

    exit_code = 3

    def __init__(self) -> None:
        """Say how to come by it."""
        super().__init__("git is not installed.", "Install it, then: coachlog git setup.")


class GitRefuses(CoachlogError):
    """git did not do what it was asked to do (exit 3)."""

    exit_code = 3

    def __init__(self, asked: str, folder: Path) -> None:
        """Say what it was asked; git's own words may be a client's, and are not repeated."""
        super().__init__(f"git refuses `git {asked}` in {folder}.", "Call it there to see why.")


def ask_git(folder: Path, *arguments: str, in_hook: bool = False) -> Answer:
    """Call git in a folder and give what it says; `in_hook` keeps to the index that is committed. Raises NoGit."""
    code, said = _called(folder, arguments, in_hook=in_hook)
    return Answer(code, said.decode(errors="surrogateescape").rstrip("\n"))


def git_bytes(folder: Path, *arguments: str, asked: bytes = b"", in_hook: bool = False) -> bytes:
    """Ask git for bytes, with what it reads from its standard input. Raises NoGit and GitRefuses."""
    code, said = _called(folder, arguments, asked, in_hook=in_hook)
    if code:
        raise GitRefuses(" ".join(arguments), folder)
    return said


def _called(folder: Path, arguments: Sequence[str], asked: bytes = b"", *, in_hook: bool) -> tuple[int, bytes]:
    try:
        done = subprocess.run(  # noqa: S603 — an argument list, never a line for a shell
            ["git", *_ALWAYS, *arguments],  # noqa: S607 — the git that the coach uses
            cwd=folder,
            env=_surroundings(os.environ, in_hook=in_hook),
            input=asked,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoGit from None
    return done.returncode, done.stdout


def tell_git(folder: Path, *arguments: str) -> None:
    """Let git do something in a folder. Raises NoGit and GitRefuses."""
    if ask_git(folder, *arguments).code:
        raise GitRefuses(" ".join(arguments), folder)


def repository_of(folder: Path) -> Path | None:
    """Give the work tree that a folder lies in; None where it lies in none. Raises NoGit."""
    answer = ask_git(folder, "rev-parse", "--show-toplevel")
    return Path(answer.said) if answer.code == 0 and answer.said else None


def _surroundings(environment: Mapping[str, str], *, in_hook: bool = False) -> dict[str, str]:
    kept = {name: value for name, value in environment.items() if not name.startswith("GIT_") or name in _KEPT}
    of_hook = {
        name: str(Path(environment[name]).absolute()) for name in _OF_A_HOOK if in_hook and environment.get(name)
    }
    return {**kept, **of_hook, "GIT_OPTIONAL_LOCKS": "0"}
