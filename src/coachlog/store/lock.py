"""One command writes at a time: to a client's folder, and to what concerns all clients.

The lock is the folder's own descriptor and ends with the process, whatever happens to it. Readers take none.
"""

import errno
import fcntl
import os
import random
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from coachlog.errors import CannotWrite
from coachlog.store.commit import ABSENT, commit, make_folder, sweep
from coachlog.store.layout import CLIENTS

PATIENCE = 10.0
"""Seconds that a command waits for another one to finish writing."""
DERIVED = ".coachlog"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_LOCK_FILE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
_NOT_FOR_FOLDERS = frozenset({errno.EBADF, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS})
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.002, 0.03  # seconds


class AnotherIsWriting(CannotWrite):
    """Another command is writing there, and has not finished in the time that one waits (exit 3)."""

    def __init__(self, where: str) -> None:
        """Name the folder."""
        super().__init__(f"Another command is writing in {where}.", "Let it finish or close it, and try again.")


@contextmanager
def writing(
    root: Path, clients: Iterable[str] = (), *, practice: bool = False, patience: float = PATIENCE
) -> Iterator[None]:
    """Keep other commands from writing to these clients' folders, and with `practice` to what concerns all clients.

    The practice's lock is taken first and the clients' in the order of their codes, so that no two commands wait for
    each other. `patience` is in seconds. Raises AnotherIsWriting, and CannotWrite where a folder is not there.
    """
    deadline = time.monotonic() + patience
    with ExitStack() as locks:
        for name in [*([""] if practice else []), *(f"{CLIENTS}/{code}" for code in sorted(set(clients)))]:
            locks.callback(_release, _taken(root, name, deadline))
        yield


def is_writing(root: Path, client: str | None = None) -> bool:
    """Tell whether a command is writing to a client's folder, or to what concerns all clients, at this moment."""
    name = f"{CLIENTS}/{client}" if client else ""
    try:
        _release(_taken(root, name, deadline=0, kind=fcntl.LOCK_SH))
    except AnotherIsWriting:
        return True
    except CannotWrite:
        return False
    return False


def _taken(root: Path, name: str, deadline: float, kind: int = fcntl.LOCK_EX) -> int:
    """Take a folder's lock; once more if the folder was renamed while waiting."""
    while True:
        folder = _opened(root, name)
        try:
            lock = _locked(root, name, folder, deadline, kind)
        except BaseException:
            _release(folder)
            raise
        if _is_still(root / name, folder):
            if kind == fcntl.LOCK_EX:
                sweep(folder)
            if lock != folder:
                _release(folder)
            return lock
        for descriptor in {lock, folder}:
            _release(descriptor)


def _opened(root: Path, name: str) -> int:
    try:
        return os.open(root / name, _FOLDER | (os.O_NOFOLLOW if name else 0))
    except OSError:
        what = f"{name or 'The journal'} is no folder that can be opened."
        raise CannotWrite(what, "Check the client's code, and that the folder is no link.") from None


def _locked(root: Path, name: str, folder: int, deadline: float, kind: int) -> int:
    """Lock the folder itself or, where the system can't do that, a file of its own in .coachlog/."""
    try:
        _wait(folder, name, deadline, kind)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise _cannot_lock(name) from None
    else:
        return folder
    return _locked_file(root, name, deadline, kind)


def _locked_file(root: Path, name: str, deadline: float, kind: int) -> int:
    if make_folder(root, DERIVED):
        commit(root, f"{DERIVED}/.gitignore", b"*\n", ABSENT)
    try:
        lock = os.open(root / DERIVED / f"lock{name.removeprefix(CLIENTS).replace('/', '.')}", _LOCK_FILE, 0o600)
    except OSError:
        raise _cannot_lock(name) from None
    try:
        _wait(lock, name, deadline, kind)
    except OSError:
        _release(lock)
        raise _cannot_lock(name) from None
    except BaseException:
        _release(lock)
        raise
    return lock


def _wait(descriptor: int, name: str, deadline: float, kind: int) -> None:
    """Ask for a lock again and again, since no system can be asked to wait for ten seconds only."""
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise AnotherIsWriting(name or "the journal") from None
            time.sleep(random.uniform(_SHORTEST_PAUSE, _LONGEST_PAUSE))  # noqa: S311  (only so as not to march in step)
        else:
            return


def _is_still(path: Path, folder: int) -> bool:
    """Tell whether a path still leads to the folder that was opened."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(folder))  # noqa: PTH116  (beside a descriptor's)
    except OSError:
        return False


def _cannot_lock(name: str) -> CannotWrite:
    what = f"{name or 'The journal'} can't be locked on this disk, so two commands could write at once."
    return CannotWrite(what, "Move the journal to a local disk.")


def _release(descriptor: int) -> None:
    with suppress(OSError):
        os.close(descriptor)
