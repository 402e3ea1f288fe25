"""Calling the program as a coach does: a real process, a real folder, an environment of its own.

`call` is warm where it can be: the process is forked from one that has imported the program already. `call_cold` starts
Python anew, as a shell does. A call that changes how Python starts is always cold.
"""

import os
import pty
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from warm import LOCALE, Streams, WarmCall, can_be_warm, server

PROGRAM = str(Path(sys.executable).with_name("coachlog"))
NOW = "2026-03-31 12:00"
"""A Tuesday in summer time, in London."""

LONGEST = 60
"""For how many seconds a call may last."""

PRACTICE = "format: 1\ntimezone: Europe/London\noffice_hours: Mo-Fr 09:00-17:00\n"
CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    between_sessions: {via: {email: 24 h}}
"""
LATE = """contacts:
  - {id: a2aaa, at: 2026-03-02 10:00, from: client, via: email}
  - {id: b2bbb, at: 2026-03-04 17:00, from: coach, via: email, reply_to: a2aaa}
"""
LATE_BEFORE_AND_WAIVED = """contacts:
  - {id: c2ccc, at: 2025-11-03 10:00, from: client, via: email}
  - {id: d2ddd, at: 2025-11-05 17:00, from: coach, via: email, reply_to: c2ccc}
  - {id: e2eee, at: 2026-03-02 10:00, from: client, via: email}
  - id: f2fff
    at: 2026-03-04 17:00
    from: coach
    via: email
    reply_to: e2eee
    waive: [{rule: late-reply, why: "agreed\\nwith Priya.", date: 2026-03-04}]
"""
JOURNAL: Mapping[str, str] = {
    "coachlog.yaml": PRACTICE,
    "clients/jane-doe/client.yaml": "name: Jane Doe\nemail: jane@example.org\ntags: [executive]\n",
    "clients/jane-doe/contract.yaml": CONTRACT,
    "clients/jane-doe/contacts.yaml": LATE,
    "clients/tom-reid/client.yaml": "name: Tom Reid\n",
    "clients/tom-reid/contract.yaml": CONTRACT.replace("2026-01-12", "2025-01-12"),
    "clients/tom-reid/contacts.yaml": LATE_BEFORE_AND_WAIVED,
}
"""Jane's reply was late three weeks ago; one of Tom's long ago, one is waived."""


class Outcome(NamedTuple):
    """What a call came to."""

    code: int
    out: str
    err: str


def lay_out(files: Mapping[str, str], root: Path) -> Path:
    """Write files below a folder, and give the folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def environment(home: Path, **more: str) -> dict[str, str]:
    """Give an environment that holds nothing of the coach who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("COVERAGE_")}
    return {**kept, "HOME": str(home), **LOCALE, "COACHLOG_NOW": NOW, **more}


def call(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program in a folder; what is said in capitals becomes part of its environment."""
    return call_into(subprocess.PIPE, *arguments, folder=folder, **more)


def call_into(stdout: int, *arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program with its standard output going to a descriptor."""
    run = call_warm_into if can_be_warm(environment(folder, **more)) else call_cold_into
    return run(stdout, *arguments, folder=folder, **more)


def call_cold(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program as `call` does, by starting Python anew."""
    return call_cold_into(subprocess.PIPE, *arguments, folder=folder, **more)


def call_cold_into(stdout: int, *arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program as `call_into` does, by starting Python anew."""
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=LONGEST,
    )
    return Outcome(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def call_warm_into(stdout: int, *arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program as `call_into` does, in a process forked from one that has imported it."""
    with begun_into(stdout, *arguments, folder=folder, **more) as running:
        return running.outcome()


class Running(NamedTuple):
    """A warm call that is under way, and the pipes that it writes to."""

    process: WarmCall
    pipes: Mapping[str, int]

    def outcome(self) -> Outcome:
        """Wait for what it comes to. Raises TimeoutError."""
        said = _said(self.pipes)
        return Outcome(self.process.wait(LONGEST), said.get("out", b"").decode(), said["err"].decode())


def begun(*arguments: str, folder: Path, **more: str) -> AbstractContextManager[Running]:
    """Begin a warm call, which can be killed before its outcome is asked for."""
    return begun_into(subprocess.PIPE, *arguments, folder=folder, **more)


def call_piped(piped: Path, *arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program as `call` does, always warm, with a file as its standard input."""
    with _begun(piped, subprocess.PIPE, arguments, folder, environment(folder, **more)) as running:
        return running.outcome()


def begun_into(stdout: int, *arguments: str, folder: Path, **more: str) -> AbstractContextManager[Running]:
    """Begin a warm call with its standard output going to a descriptor."""
    return _begun(Path(os.devnull), stdout, arguments, folder, environment(folder, **more))


@contextmanager
def _begun(
    piped: Path, stdout: int, arguments: Sequence[str], folder: Path, surroundings: Mapping[str, str]
) -> Iterator[Running]:
    pipes = {name: os.pipe() for name in (["out", "err"] if stdout == subprocess.PIPE else ["err"])}
    ours = {name: reading for name, (reading, _) in pipes.items()}
    theirs = {name: writing for name, (_, writing) in pipes.items()}
    stdin = os.open(piped, os.O_RDONLY)
    streams = Streams(stdin, theirs.get("out", stdout), theirs["err"])
    try:
        with server().begin(arguments, folder, surroundings, streams) as process:
            _close(stdin, *theirs.values())
            yield Running(process, ours)
    finally:
        _close(*ours.values())


def _close(*descriptors: int) -> None:
    for one in descriptors:
        os.close(one)


def call_on_terminal(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program on a terminal of 80 columns, and give what it shows there; it is warm where it can be."""
    surroundings = environment(folder, **{"COLUMNS": "80", "TERM": "xterm", **more})
    run = _warm_on_terminal if can_be_warm(surroundings) else _cold_on_terminal
    told, shown = run(arguments, folder, surroundings)
    return told._replace(out=shown.decode().replace("\r\n", "\n"))


def _warm_on_terminal(arguments: Sequence[str], folder: Path, surroundings: Mapping[str, str]) -> tuple[Outcome, bytes]:
    ours, theirs = pty.openpty()
    with _begun(Path(os.devnull), theirs, arguments, folder, surroundings) as running:
        os.close(theirs)
        shown = _drained(ours)
        return running.outcome(), shown


def _cold_on_terminal(arguments: Sequence[str], folder: Path, surroundings: Mapping[str, str]) -> tuple[Outcome, bytes]:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [PROGRAM, *arguments],
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        shown = _drained(ours)
        _, complaints = process.communicate(timeout=LONGEST)
    return Outcome(process.returncode, "", complaints.decode()), shown


def _said(pipes: Mapping[str, int]) -> dict[str, bytes]:
    """Read pipes to their ends, each as something comes. Raises TimeoutError."""
    said = dict.fromkeys(pipes, b"")
    until = time.monotonic() + LONGEST
    with selectors.DefaultSelector() as waiting:
        for name, descriptor in pipes.items():
            waiting.register(descriptor, selectors.EVENT_READ, name)
        while waiting.get_map():
            for key, _ in _ready(waiting, until):
                chunk = os.read(key.fd, 65536)
                said[key.data] += chunk
                if not chunk:
                    waiting.unregister(key.fd)
    return said


def _ready(waiting: selectors.BaseSelector, until: float) -> list[tuple[selectors.SelectorKey, int]]:
    ready = waiting.select(max(until - time.monotonic(), 0))
    if not ready:
        raise TimeoutError
    return ready


def _drained(terminal: int) -> bytes:
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:
        pass  # what Linux says when the other end is closed
    os.close(terminal)
    return shown
