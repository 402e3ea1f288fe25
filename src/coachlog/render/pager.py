"""A pager for what is longer than the screen: the coach's own, else less. It gets the text on its standard input alone.

What is shown may be a client's story: it never stands among a process's arguments or in a temporary file, less keeps
no history of what was looked for in it, and it starts no other program.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO

OWN_PAGER = "COACHLOG_PAGER"
"""The environment variable that names the pager of this program; an empty one means none."""
ITS_PAGER = "PAGER"
LESS = "less"
LESS_OPTIONS = "FRX"
"""Leave at once where all fits, show colours, and let the text stay on the screen."""
NEITHER = frozenset({"", "cat"})
"""Names of a pager that mean none."""


def print_plainly() -> None:
    """Let nothing of this call go through a pager: the coach says so, or the command keeps the screen for itself."""
    os.environ[OWN_PAGER] = ""


def pager_words(environment: Mapping[str, str]) -> list[str]:
    """Give the words by which the pager is called; none where there is to be none, or where the name is no call."""
    named = environment.get(OWN_PAGER, environment.get(ITS_PAGER, LESS)).strip()
    with suppress(ValueError):  # a quote that is not closed
        return [] if named in NEITHER else shlex.split(named)
    return []


def overflows(text: str) -> bool:
    """Tell whether a text is longer than the screen that a person looks at; a screen that does not say is not full."""
    rows = _rows()
    return bool(rows) and _lines_on_screen(text, shutil.get_terminal_size().columns) >= rows


def paged(text: str) -> bool:
    """Show a text in the pager until the coach leaves it, and tell whether there was one that could be started."""
    words = pager_words(os.environ) if _is_attended() else []
    if not words:
        return False
    sys.stdout.flush()
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=_surroundings(os.environ))  # noqa: S603 — the coach's own pager
    except (OSError, ValueError):
        return False
    with pager, _left_to_the_pager():
        assert pager.stdin is not None  # noqa: S101 — it was asked for
        _give(text, pager.stdin)
    return True


def _is_attended() -> bool:
    """Tell whether somebody can turn the pages: both ends are a terminal, and it can do more than show lines."""
    ends = (sys.stdin, sys.stdout)
    if not all(end is not None and not end.closed and end.isatty() for end in ends):
        return False
    return os.environ.get("TERM", "dumb") != "dumb"


def _surroundings(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of the pager: less without history and shell, and as it should be unless it is told."""
    return {"LESS": LESS_OPTIONS, **environment, "LESSHISTFILE": "-", "LESSSECURE": "1"}


@contextmanager
def _left_to_the_pager() -> Iterator[None]:
    """Let Ctrl-C be the pager's while it is open."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _give(text: str, pager: IO[bytes]) -> None:
    """Hand the text over; that the coach left before its end is no error."""
    with suppress(OSError):
        pager.write(text.encode("utf-8", "backslashreplace"))
    with suppress(OSError):
        pager.close()


def _rows() -> int:
    """Give the height of the screen in lines, 0 where it does not say."""
    with suppress(OSError, ValueError, AttributeError):
        said = os.environ.get("LINES", "")
        return int(said) if said.isascii() and said.isdigit() else os.get_terminal_size(sys.stdout.fileno()).lines
    return 0


def _lines_on_screen(text: str, columns: int) -> int:
    """Count the lines that a text takes at least; one that is longer than the screen is wide goes on below."""
    return sum(max(1, -(-len(one) // max(columns, 1))) for one in text.splitlines())
