"""Where output goes: the terminal, a pipe, or a file, each written once and in UTF-8."""

import os
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TextIO

from coachlog.errors import CannotWrite
from coachlog.render.colour import painted, wants_colour
from coachlog.render.line import Line, line
from coachlog.render.pager import overflows, paged

LINE_END = "\n"
_EMPTY_SCREEN = "\x1b[H\x1b[2J\x1b[3J"
"""To the top left, the screen cleared, and what was scrolled off it."""


class Sheet(NamedTuple):
    """What is written on.

    `width` is the number of columns of a terminal; None for a pipe or a file, where nothing is wrapped or cut.
    `document` says that it becomes a letter, a page or a table of its own, whose texts are kept as they are.
    """

    width: int | None = None
    colour: bool = False
    quiet: bool = False
    document: bool = False

    @property
    def terminal(self) -> bool:
        """Tell whether a person is looking."""
        return self.width is not None

    def of_a_document(self) -> "Sheet":
        """Give the sheet for a letter or a table; on a terminal it goes through the filter like all the rest."""
        return self if self.terminal else self._replace(document=True)


def sheet_of(stream: TextIO | None, colour: str, *, quiet: bool = False) -> Sheet:
    """Find out what a stream is, and what the environment asks of it (NO_COLOR, COLUMNS, TERM)."""
    terminal = stream is not None and not stream.closed and stream.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    return Sheet(width, wants_colour(colour, os.environ, terminal=terminal), quiet)


def screen(colour: str, *, quiet: bool = False) -> Sheet:
    """Find out what standard output is."""
    return sheet_of(sys.stdout, colour, quiet=quiet)


def text_of(lines: Iterable[Line], sheet: Sheet, end: str = LINE_END) -> str:
    """Put lines together as they are written."""
    return "".join(f"{painted(one, colour=sheet.colour, document=sheet.document).rstrip(' ')}{end}" for one in lines)


def show(lines: Iterable[Line], sheet: Sheet, end: str = LINE_END) -> bool:
    """Write lines to standard output, and tell whether somebody took them; what is longer than a screen is paged.

    A pipe that was closed is no error. Raises CannotWrite.
    """
    text = text_of(lines, sheet, end)
    return (sheet.terminal and overflows(text) and paged(text)) or _write(text, sys.stdout)


def turn_page(sheet: Sheet) -> None:
    """Begin at the top of an empty screen; a pipe, a file and a dumb terminal are left as they are."""
    if sheet.terminal and os.environ.get("TERM", "dumb") != "dumb":
        _write(_EMPTY_SCREEN, sys.stdout)


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a character that can't be encoded is shown by its number."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _write(text: str, stream: TextIO | None) -> bool:
    if stream is None or stream.closed:
        return False
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        give_up(stream, error)
        return False
    return True


def give_up(stream: TextIO, error: OSError) -> None:
    """Say why output can't be written; a pipe that was closed is no error. Raises CannotWrite."""
    _let_go(stream)
    if not isinstance(error, BrokenPipeError):
        what = f"The output can't be written ({os.strerror(error.errno or 0)})."
        raise CannotWrite(what, "Make room, or send it somewhere else.") from None


def _let_go(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, so that ending the program says nothing more of it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)


def relative(root: Path, file: str, folder: Path) -> str:
    """Give the way from a folder to a file of the journal, so that it can be clicked."""
    return os.path.relpath(root / file, folder)


def complain(sentence: str) -> None:
    """Say on standard error, in one line, why a command stopped; where that takes nothing, the exit code says it."""
    with suppress(CannotWrite):
        _write(text_of([line(f"coachlog: {sentence}")], Sheet()), sys.stderr)
