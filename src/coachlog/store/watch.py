"""Waiting until a file changes: by watchfiles where it is installed, else by looking again and again.

What decides is always the same glance at the files themselves, so nothing is judged twice for a change of nothing,
and no change is missed that the system does not tell of.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coachlog.store.layout import CLIENT_FILES, CLIENTS, PRACTICE_FILE, SUPERVISION_FILE, client_folders

LIBRARY = "watchfiles"
PAUSE = 0.4
"""Seconds between two glances."""
LONGEST = 2.0
"""Seconds after which one looks again although the system told of nothing."""
SETTLING = 0.05
"""Seconds that files keep still before they are read: an editor may be saving several."""

Glance = tuple[tuple[str, tuple[int, ...] | None], ...]


def glance(root: Path, others: Iterable[Path] = ()) -> Glance:
    """Take note of how every file stands that a check reads; what the program keeps for itself is not among them."""
    files = (root / PRACTICE_FILE, root / SUPERVISION_FILE, *_of_clients(root), *others)
    return tuple((os.fspath(path), _standing(path)) for path in files)


def pauses_of(root: Path) -> Iterator[None]:
    """Give the pauses between two glances at a journal; each ends when there may be something to see."""
    return _told(root) if find_spec(LIBRARY) else _napping()


def wait_for_change(
    look: Callable[[], Glance], seen: Glance, pauses: Iterator[None], until: float | None = None
) -> None:
    """Wait until a glance shows something else, or an instant comes (UTC, in seconds; None: only a change ends it)."""
    while look() == seen and (until is None or time.time() < until):
        next(pauses)
    _settle(look)


def _settle(look: Callable[[], Glance]) -> None:
    before, now = None, look()
    while before != now:
        time.sleep(SETTLING)
        before, now = now, look()


def _napping() -> Iterator[None]:
    while True:
        time.sleep(PAUSE)
        yield


def _told(root: Path) -> Iterator[None]:
    """Pause until the system tells of a change below the journal, or for the longest time."""
    library: Any = import_module(LIBRARY)
    pauses = {"debounce": 100, "rust_timeout": int(LONGEST * 1000), "yield_on_timeout": True}  # milliseconds
    return (None for _ in library.watch(root, **pauses))


def _of_clients(root: Path) -> Iterator[Path]:
    for folder in client_folders(root):
        path = root / CLIENTS / folder.name
        yield path
        yield from () if folder.is_link else (path / name for name in CLIENT_FILES)


def _standing(path: Path) -> tuple[int, ...] | None:
    try:
        found = path.lstat()
    except (OSError, ValueError):
        return None
    inside = () if path.is_dir() else (found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    return (found.st_ino, found.st_mode, *inside)
