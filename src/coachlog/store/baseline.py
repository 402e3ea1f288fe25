"""The baseline: what a coach has accepted for now, one finding a line, in a file that can be read and compared.

Each line is a JSON object with `rule`, `client`, `record` and `subject`; a line may stand there several times.
"""

import json
import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from coachlog.errors import CannotRead, CannotWrite
from coachlog.model.accepted import Accepted
from coachlog.store.commit import commit, read
from coachlog.store.delivery import refuse_own
from coachlog.store.files import read_bytes
from coachlog.store.nodes import Unreadable

OPTION = "--baseline"
_KEYS = ("rule", "client", "record", "subject")


def read_baseline(path: Path) -> tuple[Accepted, ...]:
    """Read what was accepted. Raises CannotRead with the reason, and the line where there is one."""
    try:
        data = read_bytes(Path(os.path.realpath(path)))
    except FileNotFoundError:
        raise _missing(path) from None
    except (Unreadable, ValueError) as refusal:
        reason = refusal.fault.reason if isinstance(refusal, Unreadable) else "no file can have this name"
        what = f"{path} can't be read: {reason}."
        raise CannotRead(what, f"Name another file with {OPTION}.") from None
    return _entries(path, data)


def baseline_bytes(accepted: Iterable[Accepted]) -> bytes:
    """Give the text of a baseline, in ASCII and in an order of its own."""
    lines = (json.dumps(dict(zip(_KEYS, one, strict=True))) for one in sorted(accepted, key=Accepted.sort_key))
    return "".join(f"{one}\n" for one in lines).encode("ascii")


def refuse_place(path: Path, journal: Path) -> None:
    """Refuse a place where no baseline can lie, before anything is judged or shown. Raises CannotWrite."""
    target = Path(os.path.realpath(path))
    try:
        refuse_own(target, path, journal, OPTION)
        reason = None if target.parent.is_dir() else "its folder is not there"
    except OSError as error:
        reason = os.strerror(error.errno or 0)
    if reason:
        what = f"{path} can't be written: {reason}."
        raise CannotWrite(what, f"Name another file with {OPTION}.")


def put_baseline(path: Path, data: bytes) -> None:
    """Put a baseline in the place of the one that is there, where `refuse_place` has nothing against it.

    Raises CannotWrite.
    """
    target = Path(os.path.realpath(path))
    _, seen = read(target.parent, target.name)
    commit(target.parent, target.name, data, seen)


def _entries(path: Path, data: bytes) -> tuple[Accepted, ...]:
    numbered = enumerate(data.split(b"\n"), 1)
    return tuple(_entry(path, number, line) for number, line in numbered if line.strip())


def _entry(path: Path, number: int, line: bytes) -> Accepted:
    try:
        told: dict[str, Any] = json.loads(line)
        values = [told[key] for key in _KEYS]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise _no_entry(path, number) from None
    code, *rest = values
    if not (isinstance(code, str) and all(one is None or isinstance(one, str) for one in rest)):
        raise _no_entry(path, number)
    return Accepted(code, *rest)


def _no_entry(path: Path, number: int) -> CannotRead:
    what = f"{path}:{number} is no entry of a baseline: expected an object of {', '.join(_KEYS)}."
    return CannotRead(what, f"Mend that line, or name another file with {OPTION}.")


def _missing(path: Path) -> CannotRead:
    what = f"There is no baseline {path}."
    near = get_close_matches(path.name, _names_beside(path), n=1)
    remedy = f"The nearest: {path.with_name(near[0])}." if near else "Make it first: add --write-baseline."
    return CannotRead(what, remedy)


def _names_beside(path: Path) -> list[str]:
    try:
        return [one.name for one in os.scandir(path.parent) if one.is_file()]
    except (OSError, ValueError):
        return []
