"""The index: what was worked out of a journal, kept until a file of it, the program, or the time changes.

It may be deleted, damaged or out of date at any moment: then the journal is read again. It is JSON, which runs
nothing that somebody planted, in two lines: when what is kept still holds, and what its makers handed over.
"""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from coachlog.store.files import read_bytes
from coachlog.store.layout import CLIENT_FILES, CLIENTS, PRACTICE_FILE, SUPERVISION_FILE, client_folders
from coachlog.store.nodes import Unreadable

FOLDER = ".coachlog"
FILE = "index"
LAYOUT = 2
"""The version of what is written in the index; another one is not read."""
GRAIN_NS = 2_000_000_000
"""A file changed this shortly before it was read may have changed again without a new stat: its hash decides."""
MAX_BYTES = 50_000_000
"""A larger index is none of this program's."""
_PACKAGE = Path(__file__).resolve().parent.parent

_DAMAGED = (OSError, Unreadable, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What reading something that is no index of this program's may raise."""

Stat = list[int]
Seen = tuple[Stat | None, str]


class Witness:
    """Reads the files of a journal and remembers how each was found."""

    def __init__(self, root: Path, read: Callable[[Path], bytes]) -> None:
        """Take the journal and a way to read the bytes of a file."""
        self.root = root
        self.began = time.time_ns()
        self.folders = _folders(root)
        self.seen: dict[str, Seen] = {}
        self._read = read

    def read(self, path: Path) -> bytes:
        """Read a file; its stat is taken first, so that a change in between shows in the next one."""
        name = path.relative_to(self.root).as_posix()
        stat = _stat(path)
        self.seen[name] = (stat, "")
        data = self._read(path)
        self.seen[name] = (stat, _digest(data))
        return data


def keep(
    witness: Witness, payload: dict[str, Any], *, zone: str, span: tuple[float, float], watched: tuple[str, ...] = ()
) -> None:
    """Keep what was worked out, for the instants from the first to before the second (UTC, in seconds).

    `watched` names files outside the journal that it depends on: calendars, time zones. What can't be written is
    not kept, without a word.
    """
    kept = _written(payload)
    held = {
        "layout": LAYOUT,
        "program": _program(),
        "began": witness.began,
        "folders": witness.folders,
        "files": witness.seen,
        "watched": {name: _stat(Path(name)) for name in watched},
        "span": span,
        "zone": zone,
        "digest": _digest(kept),
    }
    with suppress(OSError):
        _write(witness.root / FOLDER, _written(held) + b"\n" + kept)


def _written(value: dict[str, Any]) -> bytes:
    """Write a value on one line, in ASCII: the name of a folder may be no text in any encoding."""
    return json.dumps(value, separators=(",", ":")).encode("ascii")


class Held(NamedTuple):
    """What an index says of itself, and what it keeps, unread."""

    zone: str
    said: dict[str, Any]
    kept: bytes


def open_index(root: Path) -> Held | None:
    """Open the index of a journal; None where there is none, or it is damaged."""
    try:
        first, _, kept = read_bytes(root / FOLDER / FILE, MAX_BYTES).partition(b"\n")
        said = json.loads(first)
        return Held(str(said["zone"]), said, kept) if said["digest"] == _digest(kept) else None
    except _DAMAGED:
        return None


def recall(root: Path, index: Held, now: float) -> dict[str, Any] | None:
    """Give what is still known of a journal at an instant (UTC, in seconds); None when it must be read again."""
    try:
        return json.loads(index.kept) if _holds(root, index.said, now) else None
    except _DAMAGED:
        return None


def kept_anyway(index: Held) -> dict[str, Any]:
    """Give what an index keeps, whether it still holds or not; nothing where it is damaged."""
    try:
        kept: dict[str, Any] = json.loads(index.kept)
    except _DAMAGED:
        return {}
    return kept


def is_as_kept(root: Path, index: Held, name: str) -> bool:
    """Tell whether a file is still as it was when the index was made."""
    try:
        return index.said["layout"] == LAYOUT and _unchanged(root, name, index.said)
    except _DAMAGED:
        return False


def _holds(root: Path, held: dict[str, Any], now: float) -> bool:
    first, last = held["span"]
    return bool(
        held["layout"] == LAYOUT
        and first <= now < last
        and held["program"] == _program()
        and held["folders"] == _folders(root)
        and all(_stat(Path(name)) == stat for name, stat in held["watched"].items())
        and all(_unchanged(root, name, held) for name in _files(held))
    )


def _files(held: dict[str, Any]) -> Iterator[str]:
    """Name every file that could be there, so that one that came since is seen too."""
    yield from (PRACTICE_FILE, SUPERVISION_FILE)
    for folder, is_link in held["folders"]:
        if not is_link:
            yield from (f"{CLIENTS}/{folder}/{name}" for name in CLIENT_FILES)


def _unchanged(root: Path, name: str, held: dict[str, Any]) -> bool:
    path = root / name
    seen: Seen = held["files"].get(name, (None, ""))
    stat, digest = seen
    now = _stat(path)
    if now is None or stat is None:
        return now is None and stat is None
    if now == stat and max(now[1], now[2]) < held["began"] - GRAIN_NS:
        return True
    return digest != "" and _digest(read_bytes(path)) == digest


def _folders(root: Path) -> list[list[object]]:
    return [[folder.name, folder.is_link] for folder in client_folders(root)]


def _stat(path: Path) -> Stat | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_mode]


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _program() -> str:
    """Tell this program from any other version of it, by the size and time of its own files."""
    parts = (
        f"{entry.name}:{entry.stat().st_size}:{entry.stat().st_mtime_ns}"
        for folder in (_PACKAGE, _PACKAGE / "model", _PACKAGE / "rules", _PACKAGE / "store", _PACKAGE / "views")
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name)
        if entry.name.endswith(".py")
    )
    return _digest("\n".join(parts).encode())


def _write(folder: Path, data: bytes) -> None:
    """Put the index in place by renaming, readable by the coach alone, and out of git's sight."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        _put(folder / ".gitignore", b"*\n")
    if folder.is_symlink():
        return
    _put(folder / FILE, data)


def _put(path: Path, data: bytes) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        aside.replace(path)
    except BaseException:  # Ctrl-C among them
        with suppress(OSError):
            aside.unlink()
        raise
