"""Where the files of a journal lie, and how a journal is found."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import CannotRead, NoJournal

PRACTICE_FILE = "coachlog.yaml"
SUPERVISION_FILE = "supervision.yaml"
CLIENTS = "clients"
CLIENT_FILE = "client.yaml"
CONTRACT_FILE = "contract.yaml"
SESSIONS_FILE = "sessions.yaml"
ACTIONS_FILE = "actions.yaml"
CONTACTS_FILE = "contacts.yaml"
CARE_FILE = "care.yaml"
CLIENT_FILES = (CLIENT_FILE, CONTRACT_FILE, SESSIONS_FILE, ACTIONS_FILE, CONTACTS_FILE, CARE_FILE)
"""Every file of a client's folder, in the order in which findings are told."""

CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
"""What a client's code looks like: the only name of a client that reaches a path."""
RESERVED = frozenset(
    {"practice", "con", "prn", "aux", "nul"} | {f"{device}{n}" for device in ("com", "lpt") for n in range(1, 10)}
)
"""Codes that mean something else on the command line or in another file system."""


class Folder(NamedTuple):
    """One entry of clients/: its name, and whether it is a link, which is not followed."""

    name: str
    is_link: bool


def is_code(name: str) -> bool:
    """Tell whether a name can be a client's code."""
    return CODE.fullmatch(name) is not None and name not in RESERVED


def client_file(code: str, name: str) -> str:
    """Name a file of a client from the journal's root."""
    return f"{CLIENTS}/{code}/{name}"


def journal_above(folder: Path) -> Path:
    """Find the nearest journal at or above a folder. Raises NoJournal."""
    for candidate in (folder, *folder.parents):
        if os.path.lexists(candidate / PRACTICE_FILE):
            return candidate
    what = f"There is no journal here: neither this folder nor one above it holds a {PRACTICE_FILE}."
    raise NoJournal(what, "Name one with --journal PATH, or start one: coachlog init.")


def journal_at(path: Path) -> Path:
    """Give the journal that a path names: its folder, or its coachlog.yaml. Raises NoJournal, CannotRead."""
    root = path.parent if path.name == PRACTICE_FILE else path
    try:
        os.lstat(root / PRACTICE_FILE)
    except PermissionError:
        what = f"Permission to look into {root} is missing."
        raise CannotRead(what, "Give yourself the right (chmod u+rx).") from None
    except (OSError, ValueError):
        what = f"{path} is no journal: it holds no {PRACTICE_FILE}."
        raise NoJournal(what, "Name the folder that does, or start one there: coachlog init.") from None
    return root


def client_folders(root: Path) -> Iterator[Folder]:
    """List the folders of clients/ by name; other files, and names that begin with a point, are ignored.

    A clients/ that can't be listed holds none: `fault_of_clients` says why.
    """
    if fault_of_clients(root):
        return
    try:
        with os.scandir(root / CLIENTS) as entries:
            found = sorted(Folder(one.name, one.is_symlink()) for one in entries if _may_be_a_clients(one))
    except OSError:
        return
    yield from (folder for folder in found if not folder.name.startswith("."))


def _may_be_a_clients(entry: os.DirEntry[str]) -> bool:
    """Tell a folder from other files; a link that leads nowhere today may have led to one."""
    try:
        return entry.is_dir() or (entry.is_symlink() and not entry.is_file())
    except OSError:
        return True


def fault_of_clients(root: Path) -> str | None:
    """Say why the folder of all clients can't be listed; None where it can, or where there is none."""
    folder = root / CLIENTS
    if folder.is_symlink():
        return "This is a symbolic link, which is not followed: put the folder itself in its place."
    if not folder.exists():
        return None
    if not folder.is_dir():
        return "This is no folder: put the folders of the clients into one of that name."
    if not os.access(folder, os.R_OK | os.X_OK):
        return "Permission to list the folder is missing: give yourself the right (chmod u+rx)."
    return None
