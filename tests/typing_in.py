"""Answering the program's questions as a coach does: a real process on a real terminal, typed at when it waits."""

import os
import pty
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from calling import LONGEST, PROGRAM, environment
from warm import Streams, can_be_warm, server

ENTER = ""
"""An answer of nothing: the default, or none."""
CTRL_C = "\x03"
CTRL_D = "\x04"
WAITING = (b": ", b"> ")
"""How a question ends, and how the companion of a session waits."""


class Typed(NamedTuple):
    """What a call came to, and what stood on the terminal at its end, the answers among it."""

    code: int
    shown: str


def type_in(*arguments: str, answers: Sequence[str], folder: Path, **more: str) -> Typed:
    """Run the program on a terminal and type an answer each time that it asks; when none is left, end the input.

    It is warm where it can be. Ctrl-C reaches a process on its own terminal alone, and that one is started anew.
    """
    surroundings = environment(folder, **{"COLUMNS": "200", "TERM": "xterm", **more})
    warm = CTRL_C not in answers and can_be_warm(surroundings)
    run = _typed_warm if warm else _typed_cold
    code, shown = run(arguments, [*(_typed(one) for one in answers)], folder, surroundings)
    return Typed(code, shown.decode().replace("\r\n", "\n"))


def _typed_warm(
    arguments: Sequence[str], answers: list[bytes], folder: Path, surroundings: Mapping[str, str]
) -> tuple[int, bytes]:
    ours, theirs = pty.openpty()
    with server().begin(arguments, folder, surroundings, Streams(theirs, theirs, theirs)) as process:
        shown = _conversation(ours, theirs, answers)
        return process.wait(LONGEST), shown


def _typed_cold(
    arguments: Sequence[str], answers: list[bytes], folder: Path, surroundings: Mapping[str, str]
) -> tuple[int, bytes]:
    ours, theirs = pty.openpty()
    terminal = shlex.quote(os.ttyname(theirs))
    with subprocess.Popen(
        ["sh", "-c", f'exec "$@" <{terminal} >{terminal} 2>&1', "sh", PROGRAM, *arguments],
        cwd=folder,
        env=surroundings,
        start_new_session=True,  # the first terminal that a new session opens is its own: so Ctrl-C reaches it
    ) as process:
        shown = _conversation(ours, theirs, answers)
        return process.wait(LONGEST), shown


def _typed(answer: str) -> bytes:
    return answer.encode() if answer in {CTRL_C, CTRL_D} else f"{answer}\n".encode()


def _conversation(ours: int, theirs: int, answers: list[bytes]) -> bytes:
    """Read what is shown until the program lets go of the terminal, and type when a question waits."""
    shown = b""
    for chunk in _chunks(ours, theirs):
        shown += chunk
        if shown.endswith(WAITING):
            os.write(ours, answers.pop(0) if answers else CTRL_D.encode())
    os.close(ours)
    return shown


def _chunks(ours: int, theirs: int) -> Iterator[bytes]:
    """Read chunk by chunk; our hold on the other end is let go of when the program has its own."""
    held = True
    try:
        while chunk := os.read(ours, 65536):
            if held:
                os.close(theirs)
                held = False
            yield chunk
    except OSError:
        pass  # what Linux says when the other end is closed
    if held:
        os.close(theirs)
