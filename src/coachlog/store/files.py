"""Opening one file of a journal: a regular file and nothing else, without ever waiting for it."""

import errno
import os
import stat
from pathlib import Path

from coachlog.store.characters import too_large
from coachlog.store.limits import MAX_BYTES
from coachlog.store.nodes import START, Unreadable, unreadable

# Without O_NONBLOCK opening a FIFO waits for a writer that may never come.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_IRREGULAR = (
    (stat.S_ISDIR, "this is a folder, not a file", "move the folder away"),
    (stat.S_ISFIFO, "this is a named pipe, not a file", "put a file in its place"),
    (stat.S_ISSOCK, "this is a socket, not a file", "put a file in its place"),
    (lambda mode: stat.S_ISCHR(mode) or stat.S_ISBLK(mode), "this is a device, not a file", "put a file in its place"),
)

_LINK = ("this is a symbolic link, which is not followed", "put the file itself in its place")
_REFUSALS = {
    errno.ELOOP: _LINK,
    errno.EMLINK: _LINK,  # what some BSDs say for O_NOFOLLOW
    errno.ENXIO: ("this is a socket, not a file", "put a file in its place"),
    errno.EACCES: ("permission to read the file is missing", "give yourself the right to read it (chmod u+r)"),
    errno.EPERM: ("permission to read the file is missing", "give yourself the right to read it (chmod u+r)"),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "move that file away"),
    errno.EIO: ("the disk failed while the file was read", "copy the journal to another disk and try again"),
}


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Read a file of the journal, 5 MB at most unless told otherwise.

    Raises FileNotFoundError where there is none (absent means empty), and Unreadable for a folder, named pipe, device,
    socket or symbolic link, for a missing permission, a failing disk, and a file that is too large.
    """
    try:
        return _read(os.open(path, _FLAGS), most)
    except FileNotFoundError:
        raise
    except OSError as error:
        reason, remedy = _REFUSALS.get(error.errno or 0, ("the file can't be opened", "check the disk and the path"))
        raise unreadable(START, reason, remedy) from None


def _read(descriptor: int, most: int) -> bytes:
    """Read from a descriptor once it is known to be a regular file, one byte more than allowed at most."""
    try:
        _refuse_irregular(os.fstat(descriptor))
        data = _drain(descriptor, most + 1)
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise too_large()
    return data


def _drain(descriptor: int, most: int) -> bytes:
    """Read to the end of a file, or so many bytes."""
    data = bytearray()
    while chunk := os.read(descriptor, most - len(data)):
        data += chunk
    return bytes(data)


def _refuse_irregular(status: os.stat_result) -> None:
    """Refuse all that is no regular file, by what was opened and not by what its name meant a moment before."""
    if stat.S_ISREG(status.st_mode):
        return
    for is_kind, reason, remedy in _IRREGULAR:
        if is_kind(status.st_mode):
            raise unreadable(START, reason, remedy)
    raise _strange()


def _strange() -> Unreadable:
    return unreadable(START, "this is no regular file", "put a file in its place")
