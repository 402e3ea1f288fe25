"""Whole commands on a disk that fails: one run, and at each of its calls a fork that is struck there and goes on.

`python struck.py COMMAND FEW` (or ALL, for every way in which a call can fail) prints as JSON what became of the
journal. The run itself stops at each call that touches the journal, lets a forked process be killed or refused there,
looks at what that left, puts the disk back, and makes the call. So a point costs only what comes behind it.
"""

import fcntl
import gc
import io
import json
import os
import random
import re
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from calling import NOW, PRACTICE, lay_out
from coachlog import cli
from coachlog.model import ids
from store.faults import ERRORS, Fault, Shim

CALLS = ("open", "read", "write", "close", "fsync", "fchmod", "stat", "lstat", "fstat", "access", "rename", "replace")
MORE_CALLS = ("unlink", "mkdir", "rmdir", "listdir", "scandir", "link", "chmod", "truncate")
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in (*CALLS, *MORE_CALLS)}
FLOCK = fcntl.flock
CLIENT = "clients/jane-doe"
JOURNAL = {
    "coachlog.yaml": PRACTICE,
    f"{CLIENT}/client.yaml": "name: Jane Doe\n",
    f"{CLIENT}/contract.yaml": (
        "contracts:\n  # agreed on the phone\n  - id: 2026a\n    agreed: 2026-01-12\n    sessions: 6\n"
        "    length: 60 min\n    between_sessions: {via: {email: 24 h}}\n    payments:\n"
        "      - {date: 2026-01-20, amount: 900 GBP}\n"
    ),
    f"{CLIENT}/sessions.yaml": (
        "sessions:\n  - {at: 2026-03-30 15:00, booked: 2026-03-01 10:00}  # by hand\n"
        "  - {id: d2nnw, at: 2026-04-13 15:00, booked: 2026-03-01 10:00}\n"
    ),
    f"{CLIENT}/actions.yaml": (
        "actions:\n  - {step: Write the plan, due: 2026-04-13}\n  - {id: c8fhw, step: Ask Lee, due: 2026-04-13}\n"
    ),
    f"{CLIENT}/contacts.yaml": "contacts:\n  - {at: 2026-03-30 10:00, from: client, via: email}\n",
}
"""Records without an id in several files, so that a command has several to write."""


class Typed(NamedTuple):
    """A command as it is typed, and the words in it that must not be lost."""

    line: list[str]
    words: str = ""


COMMANDS = {
    "contact-log": Typed(
        ["contact", "log", "jane", "email", "asks about the plan", "--session", "2026-03-30"], "asks about the plan"
    ),
    "session-log": Typed(
        [
            *("session", "log", "jane", "--minutes", "55", "--topic", "how to hand over", "--done", "c8fhw"),
            *("--step", "Call Pat", "--next", "20 apr 15:00"),
        ],
        "how to hand over",
    ),
    "session-cancel": Typed(
        [
            *("session", "cancel", "jane", "next", "--by", "coach", "--reason", "illness", "--via", "phone"),
            *("--note", "a cold at last", "--rebook", "15 apr 15:00", "--charge", "free"),
        ],
        "a cold at last",
    ),
    "contract-end": Typed(
        [
            *("contract", "end", "jane", "--on", "10 apr", "--reason", "completed", "--by", "both"),
            *("--summary", "goals are met", "--explained", "today", "--waive", "they asked for it"),
        ],
        "goals are met",
    ),
    "fmt": Typed(["fmt"]),
}
NEXT_COMMAND = ["contact", "log", "jane", "text", "--dry-run"]
Ways: TypeAlias = tuple[tuple[str, bool], ...]
KILLED: Ways = (("before", False), ("torn", False), ("short", False))
REFUSED: Ways = tuple((kind, sticky) for kind in ERRORS for sticky in (False, True))
FEW = KILLED, (), (("EIO", False), ("ENOSPC", True))
ALL = (*KILLED, ("after", False), *REFUSED), (), ()
"""In which ways each call is struck, in which besides once something is being written, and a call that changes it."""
CHANGING = {"write", "fsync", "fchmod", "rename", "replace", "unlink", "mkdir"}
IN_MEMORY = Path("/dev/shm")  # noqa: S108  (where a sync costs nothing)


class Said(NamedTuple):
    """How a command ended: its exit code (None where it was killed), and what it said."""

    code: int | None
    out: str
    err: str


def run_here(line: list[str]) -> int:
    """Run the program in this process."""
    sys.argv = ["coachlog", *line]
    try:
        return cli.main()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


class Disk:
    """A journal as it is at one moment, by links to its files, so that it can be put back under open descriptors."""

    def __init__(self, root: Path, aside: Path) -> None:
        """Remember it."""
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        self._root = root
        self._folders = {path for path in root.rglob("*") if path.is_dir()}
        self._files: dict[Path, tuple[Path, int, int]] = {}
        for number, path in enumerate(one for one in root.rglob("*") if one.is_file()):
            status = path.stat()
            REAL["link"](path, aside / str(number))
            self._files[path] = (aside / str(number), status.st_size, status.st_mode)
        self._offsets = {one: os.lseek(one, 0, os.SEEK_CUR) for one in self._open_files()}

    def put_back(self) -> None:
        """Undo whatever happened since."""
        for path in sorted(self._root.rglob("*"), reverse=True):
            if path.is_dir():
                if path not in self._folders:
                    path.rmdir()
            elif path not in self._files or not path.samefile(self._files[path][0]):
                path.unlink()
        for path, (link, size, mode) in self._files.items():
            if not path.exists():
                REAL["link"](link, path)
            if path.stat().st_size != size:
                REAL["truncate"](path, size)
            path.chmod(mode & 0o777)
        for descriptor, offset in self._offsets.items():
            os.lseek(descriptor, offset, os.SEEK_SET)

    def _open_files(self) -> Iterator[int]:
        for name in os.listdir("/proc/self/fd"):  # noqa: PTH208  (open descriptors)
            is_own = target(int(name)).startswith(f"{self._root}/")
            if is_own and stat.S_ISREG(REAL["fstat"](int(name)).st_mode):  # whatever has become of its name
                yield int(name)


def target(descriptor: int) -> str:
    """Give the path that a descriptor is open on."""
    try:
        return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115  (no path)
    except OSError:
        return ""


class Trial:
    """One run of a command, and what became of its forks."""

    def __init__(self, name: str, root: Path, ways: tuple[Ways, Ways, Ways]) -> None:
        """Begin with nothing struck."""
        self.typed = COMMANDS[name]
        self.root = root
        self.ways = ways
        self.points = 0
        self.wrong: Counter[str] = Counter()
        self.said: Counter[str] = Counter()
        self._locked: set[int] = set()
        self._known: dict[object, list[str]] = {}
        self._is_writing = False
        self._is_struck = False
        self._was_killed_here = False
        self._shim = Shim(Fault("before", sticky=False, number=0))
        self._aside = root.parent / "aside"
        self.old = files_of(root)
        self.new: dict[str, bytes] = {}

    def run(self) -> None:
        """Run the command once untouched, to know what it writes, and once with a fork at each call."""
        before = Disk(self.root, self._aside)
        forked(self._command)
        self.new = files_of(self.root)
        before.put_back()
        report = self.root.parent / "report.json"
        done = forked(lambda: self._reported(report))
        told = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
        self.points = told.get("points", 0)
        self.wrong.update(told.get("wrong", {"the run itself failed": 1}))
        self.said.update(told.get("said", {}))
        if done.code or files_of(self.root) != self.new:
            self.wrong[f"the run itself: {done}"] += 1

    def _reported(self, report: Path) -> int:
        self._put_in()
        code = self._command()
        if self._is_struck:
            return code
        self._step_aside()
        told = {"points": self.points, "wrong": self.wrong, "said": self.said}
        report.write_text(json.dumps(told), encoding="utf-8")
        return code

    def _command(self) -> int:
        os.chdir(self.root)
        ids.secrets = random.Random(7)  # type: ignore[assignment, attr-defined]  # noqa: S311  (the same ids in each fork)
        return run_here(self.typed.line)

    def _put_in(self) -> None:
        for name in REAL:
            setattr(os, name, self._instead_of(name))
        fcntl.flock = self._lock  # type: ignore[assignment]

    def _step_aside(self) -> None:
        for name, real in REAL.items():
            setattr(os, name, real)
        fcntl.flock = FLOCK

    def _lock(self, descriptor: int, kind: int) -> None:
        FLOCK(descriptor, kind)
        self._locked.add(descriptor)

    def _instead_of(self, name: str) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401  (as the call itself)
            is_watched = self._concerns(given, named)
            if is_watched and not self._is_struck:
                self._step_aside()
                self._strike_everywhere(name, given)
                if not self._is_struck:
                    self._put_in()
            if self._is_struck and is_watched:
                return self._shim_call(name, given, named)
            if name == "close":
                self._locked.discard(given[0])
            return REAL[name](*given, **named)

        return call

    def _concerns(self, given: tuple[Any, ...], named: dict[str, Any]) -> bool:
        """Tell whether a call touches the journal."""
        holder = next((named[one] for one in ("dir_fd", "src_dir_fd") if named.get(one) is not None), None)
        first = given[0] if holder is None else holder
        path = target(first) if isinstance(first, int) else str(Path.cwd() / os.fspath(first))
        return Path(path).is_relative_to(self.root)

    def _strike_everywhere(self, name: str, given: tuple[Any, ...]) -> None:
        self.points += 1
        makes_a_file = name == "open" and bool(given[1] & os.O_CREAT)
        self._is_writing = self._is_writing or name in CHANGING or makes_a_file
        ways = [way for way in self._ways(name) if way[0] not in {"torn", "short"} or name == "write"]
        self._was_killed_here = not (name in CHANGING or makes_a_file)
        if not ways:
            return
        disk = Disk(self.root, self._aside)
        for descriptor in self._locked:
            FLOCK(descriptor, fcntl.LOCK_UN)
        for way in ways:
            told = self._struck(Fault(*way, number=1))
            if told is None:
                return
            self._look(Fault(*way, number=self.points), name, told)
            disk.put_back()
        for descriptor in self._locked:
            FLOCK(descriptor, fcntl.LOCK_EX)

    def _ways(self, name: str) -> Ways:
        """Give the ways to strike here; who is killed between two looks at the disk leaves what was there before."""
        kills = self.ways[0][self._was_killed_here :]
        return (*kills, *(self.ways[1] if self._is_writing else ()), *(self.ways[2] if name in CHANGING else ()))

    def _struck(self, fault: Fault) -> Said | None:
        """Let a fork go on from here with a fault, and with locks of its own; None in the fork itself."""
        sys.stdout.flush()
        sys.stderr.flush()
        streams = [tempfile.TemporaryFile() for _ in range(2)]  # noqa: SIM115  (closed behind)
        child = os.fork()
        if not child:
            self._aside = self._aside.parent / "unused"
            for stream, own in zip(streams, (sys.stdout, sys.stderr), strict=True):
                os.dup2(stream.fileno(), own.fileno())
            self._lock_again()
            self._is_struck = True
            self._shim = Shim(fault)
            for one in REAL:
                setattr(os, one, self._instead_of(one))
            return None
        return ended(child, streams)

    def _lock_again(self) -> None:
        for descriptor in self._locked:
            again = REAL["open"](target(descriptor), os.O_RDONLY)
            os.dup2(again, descriptor, inheritable=False)
            REAL["close"](again)
            FLOCK(descriptor, fcntl.LOCK_EX)

    def _shim_call(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> Any:  # noqa: ANN401  (likewise)
        return self._shim.at(name, REAL[name], *given, **named)

    def _look(self, fault: Fault, name: str, told: Said) -> None:
        """Judge what a fork left; what has been seen before is not gone through again."""
        files, left = files_of(self.root), drafts_of(self.root)
        kind = "killed" if told.code is None else f"exit {told.code}"
        self.said[kind] += 1
        key = (tuple(files.items()), tuple(left.items()))
        wrong = [*self._judged(fault, told, files, left)]
        if key not in self._known:
            self._known[key] = [*self._judged_afterwards(files, left)]
        for one in (*wrong, *self._known[key]):
            self.wrong[f"{one}; {fault.kind}{' sticky' if fault.sticky else ''} at {name} {fault.number}: {told}"] += 1

    def _judged(self, fault: Fault, told: Said, files: dict[str, bytes], left: dict[str, bytes]) -> Iterator[str]:
        """Say what is wrong at once."""
        words = self.typed.words.encode()
        if told.code not in {None, 0, 2, 3, 4} or told.err.count("\n") > 1 + told.err.count("  "):
            yield "no clean end"
        if told.code == 0 and fault.kind in ERRORS and words and any(words in data for data in files.values()):
            return  # A file that could not be read for once is judged without, and may need another waiver, or none.
        for name, data in files.items():
            if data not in {self.old.get(name), self.new.get(name)}:
                yield f"{name} is neither old nor new"
        if told.code == 0 and files != self.new:
            yield "acknowledged, and not there"
        if files not in (self.old, self.new) and not any("plan-" in one for one in left):
            yield "half a change without a plan"
        kept = any(words in data for data in (*files.values(), *left.values()))
        elsewhere = re.search(r"is kept in (/\S+\.txt)\.$", told.err.strip())
        kept = kept or bool(elsewhere and words in Path(elsewhere[1]).read_bytes())
        if told.code == 3 and self._is_writing and not kept:
            yield "what was typed is lost"

    def _judged_afterwards(self, files: dict[str, bytes], left: dict[str, bytes]) -> Iterator[str]:
        """Go on from there as a coach would, and say what is wrong then."""
        is_cut_off = any("/plan-" in one and not one.endswith(".tmp") for one in left)
        checked = forked(lambda: run_here(["check", "--format", "concise", "--select", "JRN", "--all"]))
        if checked.out.splitlines()[:-1] or checked.code:
            yield f"check: {checked.out.splitlines()[0]} {checked.err}"
        after = forked(lambda: run_here(NEXT_COMMAND))
        if after.code or ("cut off" in after.err) is not is_cut_off:
            yield f"the next command says {after}"
        if any((self.root / CLIENT).glob(".*.tmp")):
            yield "a temporary file stays"
        resumed = forked(lambda: run_here(["resume"]))
        if resumed.code or resumed.out.startswith("resumed ") is not is_cut_off:
            yield f"resume says {resumed}"
        if files_of(self.root) != (self.new if is_cut_off else files):
            yield "resumed to something else"
        again = forked(lambda: run_here(["resume"]))
        if again.code or not again.out.startswith("Nothing was cut off"):
            yield f"resume says again {again}"


def ended(child: int, streams: list[Any]) -> Said:
    """Wait for a process, and read what it said."""
    status = os.waitpid(child, 0)[1]
    texts: list[str] = []
    for one in streams:
        one.seek(0)
        texts.append(one.read().decode())
        one.close()
    return Said(os.WEXITSTATUS(status) if os.WIFEXITED(status) else None, *texts)


def forked(action: Callable[[], int]) -> Said:
    """Do something in a process of its own, and give how it ended."""
    streams = [tempfile.TemporaryFile() for _ in range(2)]  # noqa: SIM115  (closed by who waits)
    child = os.fork()
    if not child:
        code = 99
        try:
            sys.stdout, sys.stderr = (io.TextIOWrapper(os.fdopen(os.dup(one.fileno()), "wb")) for one in streams)
            code = action()
        except BaseException as error:  # noqa: BLE001  (whatever else comes is what is looked for)
            sys.stderr.write(repr(error))
        finally:
            sys.stderr.flush()
            os._exit(code)
    return ended(child, streams)


def files_of(root: Path) -> dict[str, bytes]:
    """Read the files that a journal consists of."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}


def drafts_of(root: Path) -> dict[str, bytes]:
    """Read what lies in drafts/, and what was left beside a file."""
    found = sorted([*(root / "drafts").glob("*"), *root.rglob(".*.tmp")])
    return {_anonymous(str(path.relative_to(root))): path.read_bytes() for path in found}


def _anonymous(name: str) -> str:
    """Leave out of a name what is made up at random."""
    return re.sub(r"[0-9a-f]{8,16}|\.[0-9]+\.", "*", name)


def warmed_up(folder: Path) -> None:
    """Run the command once in this process, so that no fork imports anything."""
    for row in cli.COMMANDS:
        import_module(f"coachlog.commands.{row[1]}")
    streams = sys.stdout, sys.stderr
    for number, line in enumerate([*(one.line for one in COMMANDS.values()), ["check", "--format", "concise"]]):
        root = lay_out(JOURNAL, folder / str(number))
        os.chdir(root)
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO()) for _ in streams)
        run_here(line)
        sys.stdout, sys.stderr = streams
    gc.collect()
    gc.freeze()


def run(name: str, ways: tuple[Ways, Ways, Ways]) -> dict[str, Any]:
    """Strike a command at each of its calls, in each of these ways."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as place:
        folder = Path(place).resolve()
        os.environ.update(HOME=place, TMPDIR=place, COACHLOG_NOW=NOW)
        warmed_up(folder)
        trial = Trial(name, lay_out(JOURNAL, folder / "journal"), ways)
        trial.run()
        os.chdir("/")
    return {"points": trial.points, "forks": sum(trial.said.values()), "wrong": trial.wrong, "said": trial.said}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], globals()[sys.argv[2]])))  # noqa: T201
