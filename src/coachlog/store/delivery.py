"""Handing a file over to the coach: what a command was asked to write outside the records of a journal."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from coachlog.errors import CannotWrite
from coachlog.store.layout import CLIENTS, PRACTICE_FILE, SUPERVISION_FILE

OPTION = "--output"
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW


def deliver(path: Path, data: bytes, journal: Path) -> None:
    """Write a file, readable by the coach alone, in full or not at all. Raises CannotWrite.

    What is there is replaced where it is a regular file and none of the journal's own.
    """
    try:
        target = Path(os.path.realpath(path))
        refuse_own(target, path, journal)
        _put(target, data)
    except OSError as error:
        what = f"{path} can't be written ({os.strerror(error.errno or 0)})."
        raise CannotWrite(what, f"Name another file with {OPTION}.") from None


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


def refuse_own(target: Path, named: Path, journal: Path, option: str = OPTION) -> None:
    """Refuse to write over one of the journal's own files, and over what is no regular file. Raises CannotWrite.

    `target` is where the name that was given leads, and `option` the one that it was given with.
    """
    root = Path(os.path.realpath(journal))
    own = (root / PRACTICE_FILE, root / SUPERVISION_FILE)
    remedy = f"Name another file with {option}."
    if target in own or (root / CLIENTS) in target.parents:
        what = f"{named} is one of the journal's own files."
        raise CannotWrite(what, remedy)
    with suppress(FileNotFoundError, NotADirectoryError):
        mode = target.lstat().st_mode
        if not stat.S_ISREG(mode):
            what = f"{named} is a folder." if stat.S_ISDIR(mode) else f"{named} is no regular file."
            raise CannotWrite(what, remedy)
