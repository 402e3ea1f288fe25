"""Where the coach types during a session: one line at a time, while the clock goes on.

The terminal's own line editing is left as it is, so that whatever ends the program leaves a terminal that works. What
is said in between stands at the right below the line that is being typed, and once more above the next prompt: a long
line fills several rows, and nobody but the terminal knows where it begins.
"""

import os
import re
import select
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from coachlog.commands.companion.time_left import TimeLeft
from coachlog.commands.desk.asking_for import LONGEST_LINE
from coachlog.render.measure import width_of, wrapped
from coachlog.render.safe import safe

BELL = "\a"
BELOW, BACK, CLEAR = "\x1bD\x1b[A\x1b7\x1b[B\r\x1b[K", "\x1b8", "\x1b[J"
"""Make room below the line that is being typed, go back to where it was, and clear the room again; as every terminal
since 1978 can."""
SMALLEST = (80, 24)
"""Columns and rows of a terminal on which a line is put below another one."""
AS_LONG_AS_CAN_BE = "A terminal takes no longer line: its end may be missing. .show shows it; type the rest anew."
LONGEST_WAIT = 15.0
"""For how many seconds the clock is not looked at: while a computer sleeps, waiting takes no time."""
_KEYS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|.)?|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal sends for arrows and the like, where nobody edits the line with them."""


class Gone(Exception):
    """The terminal was closed."""


class Screen(NamedTuple):
    """What the session is shown on: whether somebody is there, on a terminal, and whether that can be steered."""

    attended: bool
    is_terminal: bool
    is_dumb: bool

    @classmethod
    def of(cls, *, attended: bool) -> "Screen":
        """Find out what standard error is, where questions are asked."""
        shown = attended and sys.stderr is not None and sys.stderr.isatty()
        return cls(attended, shown, os.environ.get("TERM", "dumb") == "dumb")

    @property
    def can_say_below(self) -> bool:
        """Tell whether a line can be put below another one; the coach may have made the window smaller."""
        size = shutil.get_terminal_size()
        large = size.columns >= SMALLEST[0] and size.lines >= SMALLEST[1]
        return self.is_terminal and large and not self.is_dumb

    def say(self, text: str, end: str = "\n") -> None:
        """Say a line, on a terminal in whole words; what stands in it may come from a file."""
        width = shutil.get_terminal_size().columns if self.is_terminal else None
        if width is None or not end or width_of(text) <= width:
            _show(f"{safe(text)}{end}")
            return
        words = text.lstrip(" ")
        _show("".join(f"{safe(one)}{end}" for one in wrapped(words, width, len(text) - len(words))))

    def interrupt(self, text: str) -> bool:
        """Ring, and say a line below the one that is being typed, where the terminal can; tell whether it could."""
        if not self.can_say_below:
            _show(BELL)
            return False
        margin = shutil.get_terminal_size().columns - width_of(text)
        _show(f"{BELOW}\x1b[{max(margin, 1)}C{safe(text)}{BACK}{BELL}")
        return True

    def clear_below(self) -> None:
        """Clear away what was said below."""
        _show(CLEAR)


class Keys:
    """Lines as they are typed, or read from a pipe."""

    def __init__(self, screen: Screen, clock: TimeLeft) -> None:
        """Read from standard input; whatever was read of it beyond a line is kept for the next."""
        self._screen = screen
        self._clock = clock
        self._file = sys.stdin.fileno() if sys.stdin else None
        self._kept = b""
        self._unsaid: list[str] = []
        self._is_said_below = False

    def line(self, prompt: Callable[[], str]) -> str | None:
        """Ask for a line; None where the input ends, or Ctrl-D is typed. Raises Gone."""
        if not self._screen.attended:
            return self._typed()
        try:
            with self._asking_again(prompt):
                if not self._is_more_typed():
                    self._ask(prompt())
                typed = self._typed()
        except KeyboardInterrupt:
            self._end_of_line()
            raise
        if typed is None:
            self._end_of_line()
        self._clear_below()
        return typed

    def _ask(self, prompt: str) -> None:
        for one in self._unsaid:
            self._screen.say(one)
        self._unsaid.clear()
        self._screen.say(prompt, end="")

    def _is_more_typed(self) -> bool:
        """Tell whether a line waits already, as several that are pasted do: they need no prompt between them."""
        return b"\n" in self._kept or (self._file is not None and bool(select.select([self._file], [], [], 0)[0]))

    @contextmanager
    def _asking_again(self, prompt: Callable[[], str]) -> Iterator[None]:
        """Show the prompt once more when the coach comes back from the shell (Ctrl-Z and fg)."""

        def ask(*_: object) -> None:
            with suppress(RuntimeError):  # it is being shown at this moment
                self._screen.say(prompt(), end="")

        before = signal.signal(signal.SIGCONT, ask)
        try:
            yield
        finally:
            signal.signal(signal.SIGCONT, before)

    def _end_of_line(self) -> None:
        self._screen.say("")
        self._clear_below()

    def _clear_below(self) -> None:
        if self._is_said_below:
            self._screen.clear_below()
            self._is_said_below = False

    def _typed(self) -> str | None:
        while b"\n" not in self._kept:
            chunk = self._chunk()
            if not chunk:
                whole, self._kept = self._kept, b""
                return cleaned(whole) if whole else None
            self._kept += chunk
        whole, _, self._kept = self._kept.partition(b"\n")
        if self._screen.attended and len(whole) >= LONGEST_LINE:
            self._unsaid.append(AS_LONG_AS_CAN_BE)
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
        coming = self._clock.until_said() if self._screen.attended else None
        return coming and min(coming, LONGEST_WAIT)

    def _ring(self) -> None:
        """Say what the clock has to say; it stands above the next prompt, too, since what is below goes away."""
        said = self._clock.said()
        if said:
            self._is_said_below = self._screen.interrupt(said) or self._is_said_below
            self._unsaid.append(said)


def cleaned(typed: bytes) -> str:
    """Give what was typed without what no text of a journal may hold."""
    return _KEYS.sub("", typed.decode(errors="replace")).rstrip()


def _show(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
