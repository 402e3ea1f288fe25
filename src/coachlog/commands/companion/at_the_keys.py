"""Where the coach types during a session: one line at a time, while the clock goes on.

The terminal's own line editing is left as it is, so that whatever ends the program leaves a terminal that works. What
is said in between stands on a line of its own above the one that is being typed.
"""

import os
import re
import select
import shutil
import sys
from collections.abc import Callable
from typing import NamedTuple

from coachlog.commands.companion.time_left import TimeLeft
from coachlog.render.safe import safe

BELL = "\a"
ABOVE, BACK = "\x1bD\x1b[A\x1b7\r\x1b[L", "\x1b8\x1b[B"
"""Make room above the line that is being typed, and go back to where it was; as every terminal since 1978 can."""
SMALLEST = (80, 24)
"""Columns and rows of a terminal on which a line is put above another one."""
_KEYS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal sends for arrows and the like, where nobody edits the line with them."""


class Gone(Exception):
    """The terminal was closed."""


class Screen(NamedTuple):
    """What the session is shown on: whether somebody is there, and whether the terminal can put a line above."""

    attended: bool
    can_insert: bool

    @classmethod
    def of(cls, *, attended: bool) -> "Screen":
        """Find out what standard error is, where questions are asked."""
        shown = attended and sys.stderr is not None and sys.stderr.isatty()
        size = shutil.get_terminal_size()
        large = size.columns >= SMALLEST[0] and size.lines >= SMALLEST[1]
        return cls(attended, shown and large and os.environ.get("TERM", "dumb") != "dumb")

    def say(self, text: str, end: str = "\n") -> None:
        """Say a line; what stands in it may come from a file."""
        _show(f"{safe(text)}{end}")

    def interrupt(self, text: str) -> bool:
        """Ring, and say a line above the one that is being typed, where the terminal can; tell whether it could."""
        _show(f"{ABOVE}{safe(text)}{BACK}{BELL}" if self.can_insert else BELL)
        return self.can_insert


class Keys:
    """Lines as they are typed, or read from a pipe."""

    def __init__(self, screen: Screen, clock: TimeLeft) -> None:
        """Read from standard input; whatever was read of it beyond a line is kept for the next."""
        self._screen = screen
        self._clock = clock
        self._file = sys.stdin.fileno() if sys.stdin else None
        self._kept = b""
        self._unsaid: list[str] = []

    def line(self, prompt: Callable[[], str]) -> str | None:
        """Ask for a line; None where the input ends, or Ctrl-D is typed. Raises Gone."""
        try:
            if self._screen.attended:
                self._ask(prompt())
            typed = self._typed()
        except KeyboardInterrupt:
            self._screen.say("")
            raise
        if typed is None and self._screen.attended:
            self._screen.say("")
        return typed

    def _ask(self, prompt: str) -> None:
        for one in self._unsaid:
            self._screen.say(one)
        self._unsaid.clear()
        self._screen.say(prompt, end="")

    def _typed(self) -> str | None:
        while b"\n" not in self._kept:
            chunk = self._chunk()
            if not chunk:
                whole, self._kept = self._kept, b""
                return cleaned(whole) if whole else None
            self._kept += chunk
        whole, _, self._kept = self._kept.partition(b"\n")
        return cleaned(whole)

    def _chunk(self) -> bytes:
        if self._file is None:
            return b""
        while not select.select([self._file], [], [], self._patience())[0]:
            self._ring()
        try:
            chunk = os.read(self._file, 65536)
        except OSError:
            raise Gone from None
        if not chunk and self._screen.attended and not os.isatty(self._file):
            raise Gone
        return chunk

    def _patience(self) -> float | None:
        return self._clock.until_said() if self._screen.attended else None

    def _ring(self) -> None:
        said = self._clock.said()
        if said and not self._screen.interrupt(said):
            self._unsaid.append(said)


def cleaned(typed: bytes) -> str:
    """Give what was typed without what no text of a journal may hold."""
    return _KEYS.sub("", typed.decode(errors="replace")).rstrip()


def _show(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
