"""Typing during a session: through a pipe, which can be held open, and on a terminal that rings."""

import fcntl
import os
import pty
import shlex
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from calling import LONGEST, PROGRAM, Outcome, Running, environment
from warm import Streams, server

BELL = b"\a"


def piped(*arguments: str, lines: Sequence[str], folder: Path, **more: str) -> Outcome:
    """Run the program with lines on its standard input, which then ends."""
    keys, ours = os.pipe()
    os.write(ours, typed(*lines))
    os.close(ours)
    with _begun(keys, *arguments, folder=folder, **more) as running:
        return running.outcome()


@contextmanager
def open_pipe(*arguments: str, lines: Sequence[str], folder: Path, **more: str) -> Iterator[Running]:
    """Begin a call with lines on its standard input, which goes on; what has not ended at the end is killed."""
    keys, ours = os.pipe()
    os.write(ours, typed(*lines))
    try:
        with _begun(keys, *arguments, folder=folder, **more) as running:
            yield running
    finally:
        os.close(ours)


def typed(*lines: str) -> bytes:
    """Give lines as they are typed."""
    return "".join(f"{one}\n" for one in lines).encode()


def until(seen: Callable[[], bool]) -> None:
    """Wait for something. Raises TimeoutError."""
    end = time.monotonic() + LONGEST
    while not seen():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.002)


@contextmanager
def _begun(keys: int, *arguments: str, folder: Path, **more: str) -> Iterator[Running]:
    pipes = {name: os.pipe() for name in ("out", "err")}
    theirs = Streams(keys, pipes["out"][1], pipes["err"][1])
    ours = {name: reading for name, (reading, _) in pipes.items()}
    try:
        with server().begin(arguments, folder, environment(folder, **more), theirs) as process:
            for one in theirs:
                os.close(one)
            yield Running(process, ours)
    finally:
        for one in ours.values():
            os.close(one)


class Terminal:
    """The program on a terminal of 80 x 24 whose other end is ours; leaving it closes the terminal."""

    def __init__(self, *arguments: str, folder: Path, **more: str) -> None:
        """Begin the program as the one that the terminal belongs to."""
        self.shown = b""
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        terminal = shlex.quote(os.ttyname(theirs))
        self._program = subprocess.Popen(
            ["sh", "-c", f'exec "$@" <{terminal} >{terminal} 2>&1', "sh", PROGRAM, *arguments],
            cwd=folder,
            env=environment(folder, **more),
            start_new_session=True,
        )
        self.wait_for(b"> ")
        os.close(theirs)

    def type(self, text: str) -> None:
        """Type something; a line only with its end."""
        os.write(self._ours, text.encode())

    def wait_for(self, what: bytes, times: int = 1) -> None:
        """Read what is shown until something stands there so many times. Raises OSError where the program ends."""
        while self.shown.count(what) < times:
            self.shown += os.read(self._ours, 65536)

    def go_on(self) -> None:
        """Let the program go on, as `fg` does in a shell, once it waits for what is typed."""
        stat = Path(f"/proc/{self._program.pid}/stat")
        until(lambda: not stat.exists() or stat.read_text().rpartition(") ")[2].startswith("S"))
        self._program.send_signal(signal.SIGCONT)

    def hang_up(self) -> int:
        """Close the terminal, and give how the program ended."""
        os.close(self._ours)
        return self._program.wait(LONGEST)


def drafts(root: Path) -> list[str]:
    """Give the lines of all notes that are open."""
    with suppress(FileNotFoundError):
        files = sorted((root / "drafts").glob("session.*"))
        return [line for one in files for line in one.read_text().split("\n") if '"text"' in line]
    return []
