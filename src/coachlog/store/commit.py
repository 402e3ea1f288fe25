"""The one place where a file of a journal is written: in full and on the disk, or not at all.

Names are relative to the journal, with `/` between folders. What lies below the journal's own folder is reached by
descriptors and never through a link.
"""

import errno
import fcntl
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from coachlog.errors import CannotWrite
from coachlog.store.limits import MAX_BYTES

Result = TypeVar("Result")

ABSENT = ""
"""The hash of a file that is not there."""
ATTEMPTS = 3
"""How often a change is begun, when the file is another one each time it is to be written."""
PRIVATE = 0o700
"""The mode of a folder that its owner alone may enter."""
OTHERS_BITS = 0o077
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_TEMPORARY = re.compile(r"\..+\.[0-9]+\.[0-9a-f]{16}\.tmp")
_FULL_FSYNC: int | None = getattr(fcntl, "F_FULLFSYNC", None)  # macOS, whose fsync stops at the disk's own cache
_NO_FULL_FSYNC = frozenset({errno.ENOTSUP, errno.EINVAL, errno.ENOTTY})

_SPACE = ("the disk is full", "Free some space, and try again.")
_RIGHTS = ("the permission is missing", "Give yourself the right to write there (chmod u+rwx on the folder).")
_LINK = ("a symbolic link is on the way, which is not followed", "Put the folder or file itself in its place.")
_REASONS = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, and try again."),
    errno.EFBIG: ("the file would be too large for this disk", "Move older records to another file."),
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: ("the disk can only be read", "Make it writable, or work on a copy of the journal."),
    errno.EIO: ("the disk failed", "Copy the journal to another disk, and try again."),
    errno.ELOOP: _LINK,
    errno.EMLINK: _LINK,
    errno.ENOTDIR: ("a link or a file stands where a folder should be", "Put the folder itself in its place."),
    errno.ENOENT: ("its folder is not there", "Make the folder, or check the client's code."),
}
_UNKNOWN = ("the disk refuses", "Check the disk and the folder, and try again.")


class ChangedOnDisk(CannotWrite):
    """A file is not the one any more that was read: an editor saved it, or another program (exit 3)."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(f"{name} was changed by another program while this command ran.", "Try again.")


class NotSettled(CannotWrite):
    """A file is written, but the disk did not confirm that it would survive a power cut (exit 3)."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        what = f"{name} is written, and may not survive a power cut: the disk did not confirm it."
        super().__init__(what, "Check the disk; the change itself need not be made again.")


def digest(data: bytes) -> str:
    """Give the hash by which a file is known again."""
    return blake2b(data, digest_size=32).hexdigest()


def read(root: Path, name: str) -> tuple[bytes, str]:
    """Read a file that is to be written, with its hash; an absent one is empty. Raises CannotWrite."""
    with saying(name), _folder_of(root, name) as (folder, leaf):
        data = _read(folder, leaf, name)
    return data or b"", ABSENT if data is None else digest(data)


def commit(root: Path, name: str, data: bytes, seen: str) -> str:
    """Put new bytes in the place of a file whose hash is still the one that was seen, and give the new hash.

    When it returns, the file is on the disk and survives a power cut. Raises ChangedOnDisk, CannotWrite (the old file
    stays) or NotSettled (the new one stays).
    """
    with saying(name), _folder_of(root, name) as (folder, leaf):
        temporary = _written_beside(folder, leaf, data, _mode(folder, leaf, name))
        try:
            _refuse_changed(folder, leaf, name, seen)
            os.rename(temporary, leaf, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            _remove(folder, temporary)
            raise
        _settle(folder, name)
    return digest(data)


def settle(root: Path, name: str) -> None:
    """Make sure that a file which is there already would survive a power cut. Raises NotSettled."""
    with saying(name), _folder_of(root, name) as (folder, leaf):
        try:
            descriptor = os.open(leaf, _READ, dir_fd=folder)
            try:
                _fsync(descriptor)
            finally:
                _close(descriptor)
        except OSError:
            raise NotSettled(name) from None
        _settle(folder, name)


def again(change: Callable[[], Result]) -> Result:
    """Make a change that begins with reading; begin again, three times in all, where a file changed in between."""
    for _ in range(ATTEMPTS - 1):
        with suppress(ChangedOnDisk):
            return change()
    return change()


def make_folder(root: Path, name: str) -> bool:
    """Make a folder (0700) that survives a power cut, and tell whether it is new. Raises CannotWrite."""
    with saying(name), _folder_of(root, name) as (parent, leaf):
        try:
            os.mkdir(leaf, PRIVATE, dir_fd=parent)
        except FileExistsError:
            return False
        _settle(parent, name)
    return True


def drop_empty(root: Path, name: str) -> None:
    """Take a folder away again in which nothing came to lie; one that holds something stays."""
    with suppress(OSError), _folder_of(root, name) as (parent, leaf):
        os.rmdir(leaf, dir_fd=parent)


def make_private(folder: Path) -> bool:
    """Close a folder to everybody but its owner (0700), and tell whether others could look in. Raises CannotWrite."""
    with saying(str(folder)):
        descriptor = os.open(folder, _FOLDER)
        try:
            was_open = bool(os.fstat(descriptor).st_mode & OTHERS_BITS)
            if was_open:
                os.fchmod(descriptor, PRIVATE)
        finally:
            _close(descriptor)
    return was_open


def move_folder(root: Path, old: str, new: str) -> None:
    """Give a folder another name or place, where nothing is yet. Raises CannotWrite, and NotSettled once it is done."""
    with (
        saying(new),
        _folder_of(root, old) as (source, old_leaf),
        _folder_of(root, new) as (target, new_leaf),
    ):
        _refuse_present(target, new_leaf, new)
        os.rename(old_leaf, new_leaf, src_dir_fd=source, dst_dir_fd=target)
        _settle(target, new)
        _settle(source, new)


def remove(root: Path, name: str, *, at_once: bool = True) -> None:
    """Delete a file that is no longer needed; one that is gone already is no mistake. Raises CannotWrite.

    Where the disk does not confirm it, or is not waited for (`at_once`), the file may be there again after a power cut,
    and does no harm.
    """
    with saying(name), _folder_of(root, name) as (folder, leaf):
        with suppress(FileNotFoundError):
            os.unlink(leaf, dir_fd=folder)
        if at_once:
            with suppress(OSError):
                _fsync(folder)


def sweep(folder: int) -> None:
    """Delete what commands that were cut off left in a folder; only for who holds the folder's lock."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if _TEMPORARY.fullmatch(name):
                _remove(folder, name)


def full_write(descriptor: int, data: bytes) -> None:
    """Write all bytes, however few the system takes at a time, and see them on the disk."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
    _fsync(descriptor)


@contextmanager
def _folder_of(root: Path, name: str) -> Iterator[tuple[int, str]]:
    """Open the folder that a name lies in, step by step and through no link."""
    *folders, leaf = name.split("/")
    if not {"", ".", ".."}.isdisjoint([*folders, leaf]):
        wrong = "a name below the journal is expected"
        raise ValueError(wrong)
    descriptor = os.open(root, _FOLDER)
    try:
        for folder in folders:
            deeper = os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=descriptor)
            _close(descriptor)
            descriptor = deeper
        yield descriptor, leaf
    finally:
        _close(descriptor)


@contextmanager
def saying(name: str) -> Iterator[None]:
    """Say in one line what the system refused. Raises CannotWrite."""
    try:
        yield
    except OSError as error:
        reason, remedy = _REASONS.get(error.errno or 0, _UNKNOWN)
        what = f"{name} can't be written: {reason}."
        raise CannotWrite(what, remedy) from None


def _mode(folder: int, leaf: str, name: str) -> int:
    """Give the mode that a file has, 0600 where it is absent. Raises CannotWrite where it is no regular file."""
    try:
        status = os.stat(leaf, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return 0o600
    _refuse_irregular(status, name)
    return status.st_mode & 0o777


def _refuse_irregular(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        what = f"{name} can't be written: it is no regular file."
        raise CannotWrite(what, "Put the file itself in its place.")


def _refuse_present(folder: int, leaf: str, name: str) -> None:
    with suppress(FileNotFoundError):
        os.stat(leaf, dir_fd=folder, follow_symlinks=False)
        what = f"{name} is there already."
        raise CannotWrite(what, "Choose another name, or move it away.")


def _written_beside(folder: int, leaf: str, data: bytes, mode: int) -> str:
    """Write the bytes to a new file in the same folder, on the disk and with its mode, and give its name."""
    temporary = f".{leaf}.{os.getpid()}.{secrets.token_hex(8)}.tmp"
    descriptor = os.open(temporary, _CREATE, 0o600, dir_fd=folder)
    try:
        _fill(descriptor, data, mode)
    except BaseException:
        _remove(folder, temporary)
        raise
    return temporary


def _fill(descriptor: int, data: bytes, mode: int) -> None:
    try:
        os.fchmod(descriptor, mode)
        full_write(descriptor, data)
    except BaseException:
        _close(descriptor)
        raise
    os.close(descriptor)  # some network disks say only now that they are full


def _refuse_changed(folder: int, leaf: str, name: str, seen: str) -> None:
    data = _read(folder, leaf, name)
    if (ABSENT if data is None else digest(data)) != seen:
        raise ChangedOnDisk(name)


def _read(folder: int, leaf: str, name: str) -> bytes | None:
    """Read a file through its folder; None where it is absent. Raises CannotWrite where it is no regular file."""
    try:
        descriptor = os.open(leaf, _READ, dir_fd=folder)
    except FileNotFoundError:
        return None
    try:
        _refuse_irregular(os.fstat(descriptor), name)
        return _drained(descriptor)
    finally:
        _close(descriptor)


def _drained(descriptor: int) -> bytes:
    """Read to the end, or a little beyond what a journal's file may hold."""
    data = bytearray()
    while len(data) <= MAX_BYTES and (chunk := os.read(descriptor, MAX_BYTES + 1)):
        data += chunk
    return bytes(data)


def _settle(folder: int, name: str) -> None:
    try:
        _fsync(folder)
    except OSError:
        raise NotSettled(name) from None


def _fsync(descriptor: int) -> None:
    if _FULL_FSYNC is not None:
        try:
            fcntl.fcntl(descriptor, _FULL_FSYNC)
        except OSError as error:
            if error.errno not in _NO_FULL_FSYNC:
                raise
        else:
            return
    os.fsync(descriptor)


def _close(descriptor: int) -> None:
    """Close what nothing depends on any more, so that the first error is the one that is told."""
    with suppress(OSError):
        os.close(descriptor)


def _remove(folder: int, name: str) -> None:
    with suppress(OSError):
        os.unlink(name, dir_fd=folder)
