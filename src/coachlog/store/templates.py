"""Templates of letters: the coach's own in templates/, and those that ship with the program."""

from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import CannotRead
from coachlog.store.files import read_bytes
from coachlog.store.nodes import Unreadable

TEMPLATES = "templates"
"""The folder of the coach's own; a folder inside it holds those for clients of one language."""
_BUILT_IN = "letters"


class Template(NamedTuple):
    """The text of a template, and the file of the journal that it is from; None for a built-in one."""

    name: str
    text: str
    file: str | None = None


def template(root: Path, name: str, language: str | None) -> Template | None:
    """Give the coach's own template for a language, else the one for all, else the built-in one, if there is any.

    Raises CannotRead where the coach's own can't be read.
    """
    folder = _folder_of(root, language)
    for place in (f"{TEMPLATES}/{folder}/{name}" if folder else "", f"{TEMPLATES}/{name}"):
        text = _own(root, place) if place else None
        if text is not None:
            return Template(name, text, place)
    return built_in(name)


def built_in(name: str) -> Template | None:
    """Give a template that ships with the program; None where there is none of that name."""
    path = files("coachlog").joinpath(_BUILT_IN, name)
    return Template(name, path.read_text(encoding="utf-8")) if path.is_file() else None


def _folder_of(root: Path, language: str | None) -> str:
    """Give the folder for a language, case ignored: for de-AT that of de-AT, else that of de."""
    try:
        there = {one.name.casefold(): one.name for one in (root / TEMPLATES).iterdir() if one.is_dir()}
    except OSError:
        return ""
    wanted = (language or "").strip().casefold()
    return there.get(wanted) or there.get(wanted.partition("-")[0]) or "" if wanted else ""


def _own(root: Path, place: str) -> str | None:
    try:
        return read_bytes(root / place).decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except Unreadable as refusal:
        what = f"{place} can't be read: {refusal.fault.reason}."
        raise CannotRead(what, f"{refusal.fault.remedy[:1].upper()}{refusal.fault.remedy[1:]}.") from None
    except UnicodeDecodeError:
        what = f"{place} can't be read: it is not UTF-8."
        raise CannotRead(what, "Save it as UTF-8.") from None
