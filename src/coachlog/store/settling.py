"""Writing the coach's own settings: one line in or out, and all the rest as it was."""

import os
from collections.abc import Iterable
from pathlib import Path

from coachlog.errors import CannotWrite
from coachlog.store.commit import commit, make_folder, read, saying
from coachlog.store.prove import CannotProve
from coachlog.store.settings import Entry, understood
from coachlog.store.splice import cut_key, set_value

REMEDY = "Make the change in an editor: coachlog config edit."


def contents(path: Path) -> tuple[bytes, str]:
    """Give the bytes of the settings and their hash; of a file that is absent, none. Raises CannotWrite."""
    real = _real(path)
    return read(real.parent, real.name) if real.parent.is_dir() else (b"", "")


def settled(path: Path, data: bytes, key: str, text: str) -> bytes:
    """Give the settings with a key set to a text. Raises CannotWrite."""
    try:
        return set_value(data, tuple(key.split(".")), text)
    except CannotProve as refusal:
        raise _refused(path, refusal) from None


def unsettled(path: Path, data: bytes, key: str) -> bytes:
    """Give the settings without a key that they hold. Raises CannotWrite."""
    before = understood(data)[0]
    line = next(one.line for one in before if one.key == key)
    lines = data.splitlines(keepends=True)
    shorter = b"".join(one for at, one in enumerate(lines, start=1) if at != line)
    if _said(understood(shorter)[0]) == _said(one for one in before if one.key != key):
        return shorter
    try:
        return cut_key(data, tuple(key.split(".")))
    except CannotProve as refusal:
        raise _refused(path, refusal) from None


def put(path: Path, data: bytes, seen: str) -> None:
    """Write the settings, readable by the coach alone, and make their folder where it is absent. Raises CannotWrite."""
    real = _real(path)
    with saying(str(path)):
        for folder in reversed([real.parent, *real.parent.parents]):
            if not folder.exists():
                make_folder(folder.parent, folder.name)
    commit(real.parent, real.name, data, seen)


def _real(path: Path) -> Path:
    """Follow links: settings are kept elsewhere, often, and linked to."""
    return Path(os.path.realpath(path))


def _said(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    return [(one.key, one.text) for one in entries]


def _refused(path: Path, refusal: CannotProve) -> CannotWrite:
    return CannotWrite(f"{path}: {refusal.what[:1].lower()}{refusal.what[1:]}", REMEDY)
