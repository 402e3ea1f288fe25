"""Calling the program as a coach does: a real process, a real folder, an environment of its own."""

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

PROGRAM = str(Path(sys.executable).with_name("coachlog"))
NOW = "2026-03-31 12:00"
"""A Tuesday in summer time, in London."""

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
    return {**kept, "HOME": str(home), "LC_ALL": "C.UTF-8", "COACHLOG_NOW": NOW, **more}


def call(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program in a folder; what is said in capitals becomes part of its environment."""
    return call_into(subprocess.PIPE, *arguments, folder=folder, **more)


def call_into(stdout: int, *arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program with its standard output going to a descriptor."""
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, (done.stdout or b"").decode(), done.stderr.decode())


def call_on_terminal(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program on a terminal of 80 columns, and give what it shows there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder, **{"COLUMNS": "80", "TERM": "xterm", **more}),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(theirs)
        shown = _drained(ours)
        _, complaints = process.communicate(timeout=60)
    return Outcome(process.returncode, shown.decode().replace("\r\n", "\n"), complaints.decode())


def _drained(terminal: int) -> bytes:
    shown = b""
    try:
        while chunk := os.read(terminal, 65536):
            shown += chunk
    except OSError:
        pass  # what Linux says when the other end is closed
    os.close(terminal)
    return shown
