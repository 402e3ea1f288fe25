"""Warm calls on a terminal: nobody types, and what stands on it at the end is told."""

import os
import pty
from collections.abc import Iterator
from pathlib import Path

from calling import LONGEST, Outcome, environment
from warm import Streams, server


def call_on_warm_terminal(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program with all three streams on a terminal of 80 columns; what it complains of stands there, too."""
    ours, theirs = pty.openpty()
    surroundings = environment(folder, **{"COLUMNS": "80", "TERM": "xterm", **more})
    with server().begin(arguments, folder, surroundings, Streams(theirs, theirs, theirs)) as process:
        os.close(theirs)
        shown = b"".join(_chunks(ours))
        code = process.wait(LONGEST)
    os.close(ours)
    return Outcome(code, shown.decode().replace("\r\n", "\n"), "")


def _chunks(terminal: int) -> Iterator[bytes]:
    """Read until the program, and a pager that it started, let go of the terminal."""
    try:
        while chunk := os.read(terminal, 65536):
            yield chunk
    except OSError:
        return  # what Linux says when the other end is closed
