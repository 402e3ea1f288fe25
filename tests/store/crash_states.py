"""Every state that a disk may be in after a power cut, worked out from the calls that a change really made.

A file's bytes are safe once the file was synced, a name in a folder once the folder was. All that was not may have
come to the disk or not, in any mixture, and of a file's bytes the first half may have.
"""

import os
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import combinations, product
from pathlib import Path
from typing import Any, NamedTuple, Self


class Call(NamedTuple):
    """One call that changes the disk: on which path below the journal, and to which other path or bytes."""

    kind: str
    path: str
    other: str = ""
    data: bytes = b""


class Recorder:
    """Writes down what a change asks of the system, and lets it happen."""

    NAMES = ("open", "write", "fsync", "rename", "unlink", "mkdir")

    def __init__(self, root: Path) -> None:
        """Begin with nothing."""
        self.calls: list[Call] = []
        self._root = root
        self._real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in self.NAMES}

    def __enter__(self) -> Self:
        """Stand between the program and the system."""
        for name in self.NAMES:
            setattr(os, name, getattr(self, f"_{name}"))
        return self

    def __exit__(self, *_: object) -> None:
        """Step aside."""
        for name, real in self._real.items():
            setattr(os, name, real)

    def _path(self, path: object, folder: int | None) -> str:
        held = self._of(folder) if folder is not None else Path()
        return str((held / str(path)).relative_to(self._root)) if folder is not None else str(path)

    @staticmethod
    def _of(descriptor: int) -> Path:
        return Path(f"/proc/self/fd/{descriptor}").readlink()

    def _open(self, path: object, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if flags & os.O_CREAT:
            self.calls.append(Call("create", self._path(path, dir_fd)))
        descriptor: int = self._real["open"](path, flags, mode, dir_fd=dir_fd)
        return descriptor

    def _write(self, descriptor: int, data: bytes) -> int:
        written: int = self._real["write"](descriptor, data)
        self.calls.append(
            Call("write", str(self._of(descriptor).relative_to(self._root)), data=bytes(data[:written])),
        )
        return written

    def _fsync(self, descriptor: int) -> None:
        self._real["fsync"](descriptor)
        self.calls.append(Call("sync", str(self._of(descriptor).relative_to(self._root))))

    def _rename(self, old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        self._real["rename"](old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)
        self.calls.append(Call("rename", self._path(old, src_dir_fd), self._path(new, dst_dir_fd)))

    def _unlink(self, path: str, *, dir_fd: int) -> None:
        self._real["unlink"](path, dir_fd=dir_fd)
        self.calls.append(Call("unlink", self._path(path, dir_fd)))

    def _mkdir(self, path: str, mode: int, *, dir_fd: int) -> None:
        self._real["mkdir"](path, mode, dir_fd=dir_fd)
        self.calls.append(Call("folder", self._path(path, dir_fd)))


Names = dict[str, int]
"""What stands under each path: the number of a file; FOLDER is a folder."""
FOLDER = -1
State = dict[str, bytes | None]
"""A disk: the bytes under each path; None is a folder."""


class Renaming(NamedTuple):
    """A change of names in a folder: a path that goes, and one that comes with the file that is under it."""

    gone: str | None
    come: str | None
    number: int

    @property
    def folder(self) -> str:
        """The folder whose sync makes it safe."""
        return str(Path(self.come or self.gone or "").parent)

    def after(self, names: Names) -> Names:
        """Give the names once it has happened."""
        kept = {path: number for path, number in names.items() if path != self.gone}
        return kept if self.come is None else {**kept, self.come: self.number}


class Disk:
    """A disk with what is safe on it, and what may be lost."""

    def __init__(self, files: dict[str, bytes]) -> None:
        """Begin with files that are safe."""
        self._safe: Names = {name: number for number, name in enumerate(files)}
        self._names = dict(self._safe)
        self._waiting: list[Renaming] = []
        self._synced = list(files.values())
        self._written = list(files.values())

    def take(self, call: Call) -> None:
        """Let a call happen."""
        if call.kind == "write":
            self._written[self._names[call.path]] += call.data
        elif call.kind == "sync":
            self._sync(call.path)
        else:
            renaming = self._renaming(call)
            self._names = renaming.after(self._names)
            self._waiting.append(renaming)

    def states(self) -> Iterator[State]:
        """Give every disk that a power cut at this moment may leave."""
        for size in range(len(self._waiting) + 1):
            for happened in combinations(self._waiting, size):
                names = reduce(lambda names, one: one.after(names), happened, self._safe)
                contents = product(*(self._contents(number) for number in names.values()))
                yield from (dict(zip(names, content, strict=True)) for content in contents)

    def _sync(self, path: str) -> None:
        number = self._names.get(path, FOLDER)
        if number != FOLDER:
            self._synced[number] = self._written[number]
            return
        for one in [one for one in self._waiting if one.folder == path]:
            self._safe = one.after(self._safe)
            self._waiting.remove(one)

    def _renaming(self, call: Call) -> Renaming:
        if call.kind == "create":
            self._written.append(b"")
            self._synced.append(b"")
            return Renaming(None, call.path, len(self._written) - 1)
        if call.kind == "folder":
            return Renaming(None, call.path, FOLDER)
        return Renaming(call.path, call.other or None, self._names[call.path])

    def _contents(self, number: int) -> list[bytes | None]:
        if number == FOLDER:
            return [None]
        safe, written = self._synced[number], self._written[number]
        return [safe] if safe == written else [safe, written[: len(written) // 2], written]


def all_states(files: dict[str, bytes], calls: list[Call]) -> Iterator[tuple[int, State]]:
    """Give each state after each number of calls, none of them twice."""
    disk = Disk(files)
    seen: set[object] = set()
    for number in range(len(calls) + 1):
        for state in disk.states():
            known = (number == len(calls), frozenset(state.items()))
            if known not in seen:
                seen.add(known)
                yield number, state
        if number < len(calls):
            disk.take(calls[number])


def lay_out(state: State, root: Path) -> None:
    """Put a state on a real disk; what stands in a folder that was lost is lost."""
    for name, data in sorted(state.items()):
        path = root / name
        if data is None:
            path.mkdir(exist_ok=True)
        elif path.parent.is_dir():
            path.write_bytes(data)
