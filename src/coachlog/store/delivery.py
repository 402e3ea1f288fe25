"""Handing a file over to the coach: what a command was asked to write outside the records of a journal."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from coachlog.errors import CannotWrite
from coachlog.store.layout import CLIENTS, PRACTICE_FILE, SUPERVISION_FILE

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


def deliver(path: Path, data: bytes, journal: Path) -> None:
    """Write a file, readable by the coach alone, in full or not at all. Raises CannotWrite.

    What is there is replaced where it is a regular file and none of the journal's own.
    """
    try:
        target = Path(os.path.realpath(path))
        _refuse(target, path, Path(os.path.realpath(journal)))
        _put(target, data)
    except OSError as error:
        what = f"{path} can't be written ({os.strerror(error.errno or 0)})."
        raise CannotWrite(what, "Name another file with --output.") from None


def _put(target: Path, data: bytes) -> None:
    draft = target.with_name(f".{target.name[:50]}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        _write_new(draft, data)
        draft.replace(target)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _write_new(draft: Path, data: bytes) -> None:
    descriptor = os.open(draft, _FLAGS, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 — a descriptor, so that no other file can be meant
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _refuse(target: Path, named: Path, journal: Path) -> None:
    own = (journal / PRACTICE_FILE, journal / SUPERVISION_FILE)
    if target in own or (journal / CLIENTS) in target.parents:
        what = f"{named} is one of the journal's own files."
        raise CannotWrite(what, "Name another file with --output.")
    with suppress(FileNotFoundError, NotADirectoryError):
        mode = target.lstat().st_mode
        if not stat.S_ISREG(mode):
            what = f"{named} is a folder." if stat.S_ISDIR(mode) else f"{named} is no regular file."
            raise CannotWrite(what, "Name another file with --output.")
