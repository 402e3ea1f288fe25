"""What the coach has settled for every call: aliases are put in full, and the rest stands in for what nobody says."""

import os
import shlex
from collections.abc import Collection, Sequence
from pathlib import Path

from coachlog.errors import CannotRead
from coachlog.store.settings import SETTINGS, Settings, read_settings, settings_path

IN_FULL = "journal"
"""The setting that comes last, behind the current folder: it can't be told by an environment variable."""


def settings_if_any(commands: Collection[str]) -> Settings | None:
    """Read the settings; None where there is no such file, which is told without reading. Raises CannotRead."""
    path = settings_path()
    return read_settings(path, commands) if os.path.lexists(path) else None


def stand_in(settings: Settings) -> None:
    """Let each setting be what its environment variable is not."""
    for one in SETTINGS:
        value = settings.values.get(one.key)
        if value and one.key != IN_FULL and not any(os.environ.get(name, "").strip() for name in one.variables):
            os.environ[one.variables[-1]] = value


def journal_settled(settings: Settings) -> str | None:
    """Give the journal that the settings name, as a path."""
    named = settings.values.get(IN_FULL)
    return str(Path(named).expanduser()) if named else None


def in_full(settings: Settings, arguments: Sequence[str], at: int | None) -> list[str]:
    """Put an alias in full where one is called, at that place. Raises CannotRead for one with a quote that is open."""
    words = settings.aliases.get(arguments[at]) if at is not None else None
    if words is None or at is None:
        return [*arguments]
    try:
        return [*arguments[:at], *shlex.split(words), *arguments[at + 1 :]]
    except ValueError:
        what = f"{settings.path}: the alias {arguments[at]} holds a quote that is not closed."
        raise CannotRead(what, "`coachlog config edit` opens it.") from None
