"""The sample practice that comes with the program, moved through time so that it ends now."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from coachlog.errors import WrongCall
from coachlog.store.files import read_bytes
from coachlog.store.layout import PRACTICE_FILE
from coachlog.store.new_journal import headed

ENDS = date(2026, 6, 30)
"""The day, a Tuesday, at which the sample practice is told (its README says so)."""
_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "demo", _PACKAGE.parent.parent / "examples" / "harbour")
"""Where it lies in an installed program, and beside one that runs from its source."""
_DAY = re.compile(rb"(?<![0-9-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9-])")
_WEEK = 7


def sample_practice(today: date) -> Mapping[str, bytes]:
    """Give the files of the sample practice by their names in a journal, as if it were told today.

    Raises WrongCall where the program was installed without it.
    """
    folder = next((place for place in _PLACES if (place / PRACTICE_FILE).is_file()), None)
    if folder is None:
        what = "The sample practice is missing from this installation."
        raise WrongCall(what, "Install coachlog again, or start an empty journal without --demo.")
    by = whole_weeks(today)
    return {name: headed(name, shifted(read_bytes(folder / name), by)) for name in _names(folder)}


def whole_weeks(today: date) -> timedelta:
    """Say how far to move the sample: by whole weeks, so that it ends on the last Tuesday up to today.

    By days its weekdays would change, and a practice that is closed on Saturdays would work on them: told on one, it
    had 167 findings in place of 136; moved by weeks it never had more than 142.
    """
    return timedelta(weeks=(today - ENDS).days // _WEEK)


def shifted(data: bytes, by: timedelta) -> bytes:
    """Move every day of a text, in comments too; what is no day that exists stays."""
    return _DAY.sub(lambda found: _moved(found[0].decode(), by).encode(), data)


def _moved(text: str, by: timedelta) -> str:
    try:
        return (date.fromisoformat(text) + by).isoformat()
    except (ValueError, OverflowError):
        return text


def _names(folder: Path) -> Iterator[str]:
    """Name the files; coachlog.yaml comes first, so that what is there at any moment is a journal."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml"))
    yield from sorted(names, key=lambda name: (name != PRACTICE_FILE, name))
