"""The coach's own settings, which hold for every journal on this computer: one small file of YAML.

Every command looks at it, so a file of plain lines is read without the YAML parser; any other file with it.
"""

import os
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from coachlog.errors import CannotRead
from coachlog.store.files import read_bytes
from coachlog.store.nodes import PRINTABLE_KEY, Scalar, Unreadable, is_empty
from coachlog.store.nodes import Mapping as MappingNode

FOLDER = "coachlog"
FILE = "config.yaml"
ALIASES = "aliases"
COLOURS = ("auto", "always", "never")
COMPOSE = "coachlog.store.compose"
"""The YAML parser, which a file of plain lines does without."""
PLATFORMS = "platformdirs"
"""What knows where settings lie on other systems; on Linux two environment variables say it."""


class Setting(NamedTuple):
    """Something that a coach can settle once: its key, the environment variables that come before it, its meaning."""

    key: str
    variables: tuple[str, ...]
    about: str


SETTINGS = (
    Setting("journal", ("COACHLOG_JOURNAL",), "The journal, where there is none here or above."),
    Setting("editor", ("VISUAL", "EDITOR"), "The command of your editor."),
    Setting("colour", ("COACHLOG_COLOR",), "When to colour: auto, always, never."),
    Setting("pager", ("COACHLOG_PAGER", "PAGER"), "What shows long output page by page."),
    Setting("mail", ("COACHLOG_MAIL",), "The command that opens a drafted mail."),
)
"""Every setting with a single value, in the order in which they are listed."""
KEYS = tuple(one.key for one in SETTINGS)
ALIAS = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")
"""What an alias looks like."""

_TEXT = r"(?:~/)?[A-Za-z0-9/._](?:[A-Za-z0-9/._~+ -]*[A-Za-z0-9/._~+-])?"
_PLAIN = re.compile(rf"([a-z]+): +({_TEXT}) *")
_BELOW = re.compile(rf"  ([a-z0-9-]+): +({_TEXT}) *")
_IN_BRACES = re.compile(rf"{ALIASES}: +\{{([a-z0-9-]+: {_TEXT}(?:, [a-z0-9-]+: {_TEXT})*)\}} *")
_NOTHING = frozenset({"null", "Null", "NULL"})


class Entry(NamedTuple):
    """A line of the settings: its key (`aliases.l` for an alias), what is settled, and its line, counted from 1."""

    key: str
    text: str
    line: int


class Settings(NamedTuple):
    """What the coach has settled, and the file that says so."""

    path: Path
    values: Mapping[str, str] = {}
    aliases: Mapping[str, str] = {}


class Misfit(NamedTuple):
    """What is wrong in the settings, and on which line, counted from 1."""

    line: int
    message: str


def settings_path() -> Path:
    """Give the path of the settings, whether the file is there or not: in XDG_CONFIG_HOME, or where the system says."""
    home = os.environ.get("XDG_CONFIG_HOME", "").strip()
    if home.startswith("/"):
        return Path(home) / FOLDER / FILE
    if sys.platform == "linux":
        return Path(os.path.expanduser("~/.config")) / FOLDER / FILE  # noqa: PTH111 — never raises
    return Path(import_module(PLATFORMS).user_config_path(FOLDER, appauthor=False)) / FILE


def read_settings(path: Path, taken: Collection[str] = ()) -> Settings:
    """Read the settings; a file that is absent settles nothing. Raises CannotRead with the line that is wrong.

    `taken` are the names of commands, which no alias can have.
    """
    try:
        data = read_bytes(Path(os.path.realpath(path)))  # dotfiles are links, often
    except FileNotFoundError:
        return Settings(path)
    except Unreadable as refusal:
        raise _unreadable(path, None, f"{refusal.fault.reason}; {refusal.fault.remedy}.") from None
    entries, wrong = understood(data, taken)
    if wrong:
        raise _unreadable(path, wrong[0].line, wrong[0].message)
    aliases = {one.key.partition(".")[2]: one.text for one in entries if "." in one.key}
    return Settings(path, {one.key: one.text for one in entries if "." not in one.key}, aliases)


def _unreadable(path: Path, line: int | None, message: str) -> CannotRead:
    where = f"{path}:{line}" if line else f"{path}"
    return CannotRead(f"{where}: {message}", "`coachlog config edit` opens it.")


def understood(data: bytes, taken: Collection[str] = ()) -> tuple[Sequence[Entry], Sequence[Misfit]]:
    """Read the bytes of the settings, and tell what is wrong in them."""
    try:
        entries, wrong = _plain(data) or _composed(data)
    except Unreadable as refusal:
        return (), [Misfit(refusal.fault.line, f"{refusal.fault.reason}; {refusal.fault.remedy}.")]
    return entries, [*wrong, *(Misfit(one.line, message) for one in entries if (message := fault_of(one, taken)))]


def fault_of(entry: Entry, taken: Collection[str] = ()) -> str | None:
    """Say what is wrong with a setting; None where nothing is."""
    alias = entry.key.partition(".")[2]
    if alias in taken and alias:
        return f"{alias} is a command of coachlog, so it can't be an alias; give it another name."
    if entry.key == "colour" and entry.text not in COLOURS:
        return f"expected one of {', '.join(COLOURS)}."
    return None


def _plain(data: bytes) -> tuple[list[Entry], list[Misfit]] | None:
    """Read a file of plain lines; None where it holds anything else."""
    found: dict[str, Entry] = {}
    below = False
    try:
        lines = data.decode("ascii").split("\n")
    except UnicodeDecodeError:
        return None
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        if line == f"{ALIASES}:":
            below, pairs = True, []
        elif braces := _IN_BRACES.fullmatch(line):
            below, pairs = False, [f"{ALIASES}.{one}" for one in braces[1].split(", ")]
        elif below and (match := _BELOW.fullmatch(line)):
            pairs = [f"{ALIASES}.{match[1]}: {match[2]}"]
        elif match := _PLAIN.fullmatch(line):
            below, pairs = False, [f"{match[1]}: {match[2]}"]
        else:
            return None
        for key, _, text in (one.partition(": ") for one in pairs):
            if key in found or text in _NOTHING or not is_known(key):
                return None
            found[key] = Entry(key, text, number)
    return [*found.values()], []


def is_known(key: str) -> bool:
    """Tell whether a key is a setting, or an alias (`aliases.l`)."""
    alias = key.partition(".")[2]
    return ALIAS.fullmatch(alias) is not None if alias else key in KEYS


def _composed(data: bytes) -> tuple[list[Entry], list[Misfit]]:
    """Read a file of any form. Raises Unreadable."""
    root: Any = import_module(COMPOSE).compose(data)
    if root is None or is_empty(root):
        return [], []
    if not isinstance(root, MappingNode):
        return [], [Misfit(root.start.line + 1, f"expected keys and values, such as `{KEYS[0]}: ~/practice`.")]
    entries: list[Entry] = []
    wrong: list[Misfit] = []
    for key, value in root.entries:
        if key.text == ALIASES and isinstance(value, MappingNode):
            _collect(((one, f"{ALIASES}.{one.text}", text) for one, text in value.entries), entries, wrong)
        elif not is_empty(value):
            _collect([(key, key.text, value)], entries, wrong)
    return entries, wrong


def _collect(found: Iterable[tuple[Scalar, str, Any]], entries: list[Entry], wrong: list[Misfit]) -> None:
    for key, name, value in found:
        line = key.start.line + 1
        if not is_known(name):
            wrong.append(Misfit(line, unknown(name)))
        elif not isinstance(value, Scalar) or "\n" in value.text:
            wrong.append(Misfit(line, "expected a text on one line."))
        else:
            entries.append(Entry(name, value.text, line))


def unknown(name: str) -> str:
    """Say that a key is none of the settings, with the nearest that is."""
    if name == ALIASES:
        return "expected aliases, each with the words of a command behind it."
    alias = name.partition(".")[2]
    if alias:
        return "an alias is made of a-z, 0-9 and -, and has 24 characters at most."
    shown = f"`{name}`" if PRINTABLE_KEY.fullmatch(name) else "this key"
    near = get_close_matches(name, [*KEYS, ALIASES], n=1)
    advice = f"did you mean {near[0]}?" if near else f"there are {', '.join(KEYS)} and {ALIASES}."
    return f"{shown} is not known here; {advice}"
