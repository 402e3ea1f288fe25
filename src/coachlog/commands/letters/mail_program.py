"""Opening a letter in the coach's mail program: it is told the way to the file, and nothing else."""

import os
import shlex
import subprocess
import sys
from pathlib import Path
from shutil import which

PROGRAM = "COACHLOG_MAIL"
"""The environment variable that says which command opens a letter."""


def open_mail(path: Path) -> bool:
    """Open a letter, by the command of the coach or by what the desktop has for it, and tell whether that was done."""
    own = os.environ.get(PROGRAM, "").strip()
    if own:
        return _ran(own, path)
    opener = which("open") if sys.platform == "darwin" else which("xdg-open") if _has_a_desktop() else None
    return opener is not None and _begun([opener, str(path)])


def _ran(own: str, path: Path) -> bool:
    """Run the coach's own command to its end: it may be one for the terminal."""
    try:
        return subprocess.run([*shlex.split(own), str(path)], check=False).returncode == 0  # noqa: S603 — the coach's own
    except (OSError, ValueError):
        return False


def _begun(words: list[str]) -> bool:
    """Begin a program of the desktop, and wait for nothing."""
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603 — likewise
    except OSError:
        return False
    return True


def _has_a_desktop() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
