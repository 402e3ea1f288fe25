"""Warm calls: the program without the time that importing it takes, in a process of its own all the same.

Each process that runs tests has one server (`warm_program.py`), which it starts at its first call.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

SERVER = Path(__file__).resolve().parent / "warm_program.py"
LOCALE = {"LC_ALL": "C.UTF-8"}
"""What the server is started with; a call that names any other locale is cold."""
READ_AT_THE_START = ("LC_", "LANG", "PYTHON", "COVERAGE_", "LD_", "TYPER_")
"""How variables begin that are read before `main`: by Python, the linker, what measures coverage, the library."""

NUMBER = 8
"""How many bytes a number has by which a call is told of."""
SECONDS_TO_END = 10


def can_be_warm(environment: Mapping[str, str]) -> bool:
    """Tell whether the program would start in this environment as its server did."""
    return {name: value for name, value in environment.items() if name.startswith(READ_AT_THE_START)} == LOCALE


class Streams(NamedTuple):
    """The descriptors that a call gets as its standard streams."""

    stdin: int
    stdout: int
    stderr: int


class WarmCall:
    """A call that is under way: leaving it kills what has not ended."""

    def __init__(self, told: socket.socket) -> None:
        """Wait until it has begun."""
        self._told = told
        self._ended = False
        self.pid = self._number()

    def __enter__(self) -> Self:
        """Hand it over to whoever waits for it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let nothing of it stay."""
        if not self._ended:
            self.kill()
        self._told.close()

    def kill(self) -> None:
        """End it at once; where it has ended already, nothing happens."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, seconds: float) -> int:
        """Give its exit code once it has ended: minus the signal, where one ended it. Raises TimeoutError."""
        self._told.settimeout(seconds)
        status = self._number()
        self._ended = True
        return os.waitstatus_to_exitcode(status)

    def _number(self) -> int:
        with suppress(ConnectionError):
            if number := self._told.recv(NUMBER, socket.MSG_WAITALL):
                return int.from_bytes(number)
        message = "The server of the warm calls is gone; what it said of that is on standard error."
        raise RuntimeError(message)


class Server:
    """The server, as it is seen from the tests."""

    def __init__(self) -> None:
        """Start it; it ends with the process that runs the tests, for then nobody can ask it any more."""
        self._asked, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, SERVER, str(theirs.fileno())],
                env={"PATH": os.environ.get("PATH", ""), **LOCALE},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        atexit.register(self.end)

    def end(self) -> None:
        """End it."""
        self._asked.close()
        self._process.wait(SECONDS_TO_END)

    def begin(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Streams
    ) -> WarmCall:
        """Begin a call of the program."""
        told, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._asked, [b"\n"], [*streams, theirs.fileno()])
        call = [list(arguments), str(folder), dict(environment), _umask()]
        told.sendall(json.dumps(call).encode() + b"\n")
        return WarmCall(told)


@cache
def server() -> Server:
    """Give the server of this process."""
    return Server()


def _umask() -> int:
    now = os.umask(0o077)
    os.umask(now)
    return now
