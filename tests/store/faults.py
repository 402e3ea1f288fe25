"""A disk that fails, and a power switch: a change is made in forked processes and stopped at each call to the system.

`python faults.py SCENARIO ALL` stops it at every call in every way (FEW: in some) and prints as JSON what became of
the journal; `python faults.py kills N` kills a process that writes without pause, N times, at random moments.
"""

import errno
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from coachlog.errors import CoachlogError
from coachlog.store.commit import ABSENT, commit, digest
from coachlog.store.draft import Renamed, Rewrite, resume, typed, write_together
from coachlog.store.lock import writing

CALLS = ("open", "read", "write", "close", "fsync", "fchmod", "stat", "fstat", "rename", "unlink", "mkdir", "listdir")
"""What is stopped: every call by which the program reaches a disk."""
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}
ERRORS = ("EIO", "ENOSPC", "EDQUOT", "EACCES", "EROFS")
NAME = "clients/jane-doe/sessions.yaml"
NAME_AFTER = "clients/jd/sessions.yaml"
OTHER = "clients/jane-doe/actions.yaml"
THIRD = "supervision.yaml"
OLD = b"sessions:\n  - {id: a}\n" * 40
NEW = b"sessions:\n  - {id: a}\n  - {id: b}\n" * 60
TEXT = "what was typed\n" * 20


class Fault(NamedTuple):
    """How a call fails, whether all later ones do too, and which call it is, counted from 1."""

    kind: str
    sticky: bool
    number: int


class Shim:
    """Stands between the program and the system and counts; at its number it strikes."""

    def __init__(self, fault: Fault) -> None:
        """Wait for the call."""
        self.fault = fault
        self.count = 0

    def put_in(self) -> None:
        """Take the place of the calls in this process."""
        for name in CALLS:
            setattr(os, name, self._instead_of(name))

    @property
    def was_reached(self) -> bool:
        """Whether there were as many calls."""
        return self.count >= self.fault.number

    def _instead_of(self, name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401  (as the call itself)
            return self.at(name, REAL[name], *given, **named)

        return call

    def at(self, name: str, real: Callable[..., Any], *given: Any, **named: Any) -> Any:  # noqa: ANN401  (likewise)
        """Make a call, or strike at it if it is the one."""
        self.count += 1
        strikes = self.count == self.fault.number or (self.fault.sticky and self.was_reached)
        return self._strike(name, real, *given, **named) if strikes else real(*given, **named)

    def _strike(self, name: str, real: Callable[..., Any], *given: Any, **named: Any) -> Any:  # noqa: ANN401  (likewise)
        kind = self.fault.kind
        if kind in ERRORS:
            if name == "close":
                real(*given)
            number = getattr(errno, kind)
            raise OSError(number, os.strerror(number))
        if kind == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind in {"torn", "short"} and name == "write":
            given = (given[0], given[1][: max(len(given[1]) // 2, 1)])
        result = real(*given, **named)
        if kind == "after" or (kind == "torn" and name == "write"):
            os.kill(os.getpid(), signal.SIGKILL)
        return result


def one_file(root: Path) -> None:
    """Change one file."""
    commit(root, NAME, NEW, digest(OLD))


def new_file(root: Path) -> None:
    """Write a file that is not there yet."""
    commit(root, THIRD, NEW, ABSENT)


def together(root: Path) -> None:
    """Change two files and begin a third, as one change."""
    with writing(root, ["jane-doe"], practice=True):
        write_together(
            root,
            [Rewrite(NAME, digest(OLD), NEW), Rewrite(OTHER, digest(OLD), NEW), Rewrite(THIRD, ABSENT, NEW)],
        )


def rename(root: Path) -> None:
    """Rename a client, and change two files with it."""
    with writing(root, ["jane-doe"], practice=True):
        write_together(
            root,
            [Rewrite(NAME_AFTER, digest(OLD), NEW), Rewrite(THIRD, ABSENT, NEW)],
            Renamed("jane-doe", "jd"),
        )


def with_draft(root: Path) -> None:
    """Change one file by what was typed."""
    with typed(root, "jane-doe-session", TEXT):
        say("kept ")
        commit(root, NAME, NEW, digest(OLD))


class Scenario(NamedTuple):
    """A change, and the files that it writes; None is a file that is not there before."""

    change: Callable[[Path], None]
    before: dict[str, bytes | None]


SCENARIOS = {
    "one-file": Scenario(one_file, {NAME: OLD}),
    "new-file": Scenario(new_file, {THIRD: None}),
    "together": Scenario(together, {NAME: OLD, OTHER: OLD, THIRD: None}),
    "rename": Scenario(rename, {NAME: OLD, THIRD: None}),
    "with-draft": Scenario(with_draft, {NAME: OLD}),
}
REPORT = 99
"""The descriptor by which a forked process says how it went."""


def say(word: str) -> None:
    """Report from a forked process, by no call that could be struck."""
    REAL["write"](REPORT, word.encode())


def lay_out(root: Path, files: dict[str, bytes | None]) -> None:
    """Begin a journal anew, with these files."""
    shutil.rmtree(root, ignore_errors=True)
    (root / "clients" / "jane-doe").mkdir(parents=True, mode=0o700)
    for name, data in files.items():
        if data is not None:
            (root / name).write_bytes(data)
            (root / name).chmod(0o640)


def forked(action: Callable[[], None]) -> str:
    """Do something in a process of its own, and give what it said; nothing behind it if it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(writer, REPORT)
        try:
            action()
            say("done")
        except CoachlogError as refusal:
            say(f"refused {type(refusal).__name__}" if "\n" not in str(refusal) else "stray lines")
        except BaseException as error:  # noqa: BLE001  (whatever else comes is what is looked for)
            say(f"stray {error!r}")
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader, "rb") as words:  # noqa: PTH123  (a descriptor)
        said = words.read().decode()
    os.waitpid(child, 0)
    return said


def struck(scenario: Scenario, root: Path, fault: Fault) -> tuple[str, bool]:
    """Make the change with a fault in it; tell what was said, and whether the fault was reached."""
    shim = Shim(fault)

    def action() -> None:
        shim.put_in()
        try:
            scenario.change(root)
        finally:
            say("" if shim.was_reached else "untouched ")

    said = forked(action)
    return said.replace("untouched ", ""), "untouched" not in said


def verdict(scenario: Scenario, root: Path, fault: Fault, said: str) -> Iterator[str]:
    """Say what is wrong with the journal after a fault; nothing is as it should be."""
    found = found_of(scenario, root)
    for name, data in found.items():
        if data not in {scenario.before[name], NEW}:
            yield "torn"
        elif (root / name).exists() and mode_of(root / name) != (0o640 if scenario.before[name] else 0o600):
            yield "mode"
    is_new = all(data == NEW for data in found.values())
    is_old = found == scenario.before
    if said.endswith("done") and not is_new:
        yield "lost"
    if "NotSettled" in said and not is_new:
        yield "lost"
    was_moved = (root / "clients" / "jd").exists()
    if said.endswith(("refused CannotWrite", "refused ChangedOnDisk")) and (was_moved or not is_old):
        yield "written, but said to be refused"
    if "stray" in said:
        yield said
    if "kept" in said and not is_new and not any(is_kept(path) for path in (root / "drafts").glob("*.txt")):
        yield "typed text lost"
    if "refused" in said and not fault.sticky and any(root.rglob(".*.tmp")):
        yield "a temporary file left"


def found_of(scenario: Scenario, root: Path) -> dict[str, bytes | None]:
    """Read the files of a scenario, under whichever name their client has."""
    moved = root / "clients" / "jd"
    if moved.exists() and not (root / "clients" / "jane-doe").exists():
        moved.rename(root / "clients" / "jane-doe")
        found = found_of(scenario, root)
        (root / "clients" / "jane-doe").rename(moved)
        return found
    return {name: (root / name).read_bytes() if (root / name).exists() else None for name in scenario.before}


def mode_of(path: Path) -> int:
    """Give the permission bits."""
    return path.stat().st_mode & 0o777


def is_kept(path: Path) -> bool:
    """Tell whether a draft holds what was typed, for the coach alone."""
    return path.read_text(encoding="utf-8") == TEXT and mode_of(path) == 0o600


def verdict_after_resuming(scenario: Scenario, root: Path, said: str) -> Iterator[str]:
    """Write the rest of the change, twice, and say what is wrong then."""
    try:
        resume(root)
        if resume(root):
            yield "resumed twice"
    except CoachlogError as refusal:
        yield f"resume: {refusal}"
    found = found_of(scenario, root)
    if found != scenario.before and not all(data == NEW for data in found.values()):
        yield "half a change"
    if scenario.change is rename and (found == scenario.before) == (root / "clients" / "jd").exists():
        yield "half a rename"
    if said.endswith(("done", "CutOff")) and found == scenario.before:
        yield "lost"
    if any((root / "drafts").glob("plan-*")):
        yield "a plan left"


FEW = (("before", False), ("after", False), ("torn", False), ("EIO", False), ("ENOSPC", True))
ALL = (*FEW, ("short", False), *((kind, sticky) for kind in ERRORS for sticky in (False, True)))
"""Every way in which a call can fail, once or from then on."""


def run(name: str, ways: tuple[tuple[str, bool], ...]) -> dict[str, Any]:
    """Stop a change at each call in each of these ways."""
    scenario, wrong, said_of = SCENARIOS[name], Counter[str](), Counter[str]()
    points = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "journal"
        for kind, sticky in dict.fromkeys(ways):
            number, reached = 0, True
            while reached:
                number += 1
                fault = Fault(kind, sticky, number)
                lay_out(root, scenario.before)
                said, reached = struck(scenario, root, fault)
                points += reached
                said_of[said.removeprefix("kept ") or "killed"] += 1
                wrong.update(f"{one} ({kind}, {sticky}, {number})" for one in verdict(scenario, root, fault, said))
                if name in {"together", "rename"}:
                    wrong.update(f"{one} ({fault})" for one in verdict_after_resuming(scenario, root, said))
    return {"points": points, "wrong": wrong, "said": said_of}


def kills(times: int) -> dict[str, Any]:
    """Kill a process that writes one version after the other, and look for the last one that it had reported."""
    chance = random.Random(7)  # noqa: S311  (moments, and the same each time)
    wrong, written = Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "journal"
        lay_out(root, {NAME: version(0)})
        for _ in range(times):
            last = killed(root, written, chance.uniform(0, 0.006))
            found = (root / NAME).read_bytes()
            now = int(found.split(b"\n", 1)[0] or b"-1")
            wrong["torn"] += found != version(now)
            wrong["lost"] += now < last
            written = now
    return {"kills": times, "versions": written, "wrong": +wrong}


def version(number: int) -> bytes:
    """Make up the text of a version."""
    return f"{number}\n".encode() * 500


def killed(root: Path, begin: int, seconds: float) -> int:
    """Let a process write for so long, kill it, and give the last version that it reported as written."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        number = begin
        while True:
            commit(root, NAME, version(number + 1), digest(version(number)))
            number += 1
            os.write(writer, f"{number}\n".encode())
    os.close(writer)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with open(reader, "rb") as words:  # noqa: PTH123  (a descriptor)
        reported = words.read().split()
    return int(reported[-1]) if reported else begin


if __name__ == "__main__":
    figures = kills(int(sys.argv[2])) if sys.argv[1] == "kills" else run(sys.argv[1], globals()[sys.argv[2]])
    print(json.dumps(figures))  # noqa: T201
