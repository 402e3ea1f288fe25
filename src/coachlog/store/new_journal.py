"""Beginning a journal: its folder, what git leaves out, its first files, and the schemas for editors."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from coachlog.errors import CannotWrite, WrongCall
from coachlog.store.commit import ABSENT, OTHERS_BITS, commit, digest, make_folder, make_private, read
from coachlog.store.draft import Rewrite, write_together
from coachlog.store.layout import CLIENT_FILES, PRACTICE_FILE, SUPERVISION_FILE
from coachlog.store.lock import DERIVED, writing
from coachlog.store.unfinished import DRAFTS

IGNORE_FILE = ".gitignore"
IGNORED = (f"{DRAFTS}/", "removed/", f"{DERIVED}/", ".*.tmp")
"""What a repository of the journal leaves out; the last is what a command leaves that is killed while it writes."""
SCHEMAS = f"{DERIVED}/schema"
"""Where the schemas lie that editors are pointed to; deleted ones come back with `coachlog schema --write`."""
WITH_SCHEMA = frozenset({PRACTICE_FILE, SUPERVISION_FILE, *CLIENT_FILES})
MODELINE = "# yaml-language-server: $schema="
"""How the line begins that tells an editor the schema of a file."""


def refuse_journal(root: Path) -> None:
    """Refuse a folder that is a journal already. Raises WrongCall."""
    if (root / PRACTICE_FILE).exists() or (root / PRACTICE_FILE).is_symlink():
        what = f"{root} is a journal already: it holds a {PRACTICE_FILE}."
        raise WrongCall(what, "Name another folder: coachlog init PATH.")


def begin(root: Path, rewrites: Sequence[Rewrite], schemas: Mapping[str, bytes]) -> bool:
    """Make a journal of a folder, which is made where it is missing (0700), with its first files (0600).

    Tells whether other people could look into the folder, to whom it is closed first. coachlog.yaml comes first among
    the files; should it be cut off, `coachlog resume` writes the rest. Raises WrongCall where it is a journal by now,
    and CannotWrite.
    """
    _make(root)
    was_open = _close(root)
    with writing(root, practice=True):
        refuse_journal(root)
        _ignore(root)
        put_schemas(root, schemas)
        for folder in _folders(rewrites):
            make_folder(root, folder)
        write_together(root, rewrites)
    return was_open


def put_schemas(root: Path, schemas: Mapping[str, bytes]) -> None:
    """Write the schemas, where they are others than those that are there. Raises CannotWrite."""
    if make_folder(root, DERIVED):
        commit(root, f"{DERIVED}/{IGNORE_FILE}", b"*\n", ABSENT)
    make_folder(root, SCHEMAS)
    for name, data in schemas.items():
        seen = read(root, f"{SCHEMAS}/{name}")[1]
        if seen != digest(data):
            commit(root, f"{SCHEMAS}/{name}", data, seen)


def is_open_to_others(root: Path) -> bool:
    """Tell whether other people on this computer may look into a folder."""
    return bool(root.stat().st_mode & OTHERS_BITS)


def headed(file: str, data: bytes) -> bytes:
    """Put at the head of a file that is begun the line that tells an editor its schema; files are named from the root.

    An editor then completes and checks the file without a network: the schemas lie in the journal.
    """
    *folders, leaf = file.split("/")
    if leaf not in WITH_SCHEMA or data.startswith(MODELINE.encode()):
        return data
    line_end = b"\r\n" if data.partition(b"\n")[0].endswith(b"\r") else b"\n"
    return f"{MODELINE}{'../' * len(folders)}{SCHEMAS}/{schema_name(leaf)}".encode() + line_end + data


def schema_name(file: str) -> str:
    """Name the schema of a file: `client.json` for client.yaml."""
    return f"{file.removesuffix('.yaml')}.json"


def _close(root: Path) -> bool:
    """Close the folder to others, where that can be done: a disk may know no modes, or the folder be another's."""
    with suppress(CannotWrite):
        return make_private(root)
    return False


def _make(root: Path) -> None:
    for folder in reversed([root, *root.parents]):
        if not folder.exists():
            make_folder(folder.parent, folder.name)


def _ignore(root: Path) -> None:
    """Add what is missing to a .gitignore that may be there already."""
    data, seen = read(root, IGNORE_FILE)
    missing = [line for line in IGNORED if line.encode() not in data.split()]
    if missing:
        start = data if not data or data.endswith(b"\n") else data + b"\n"
        commit(root, IGNORE_FILE, start + "".join(f"{line}\n" for line in missing).encode(), seen)


def _folders(rewrites: Sequence[Rewrite]) -> Iterator[str]:
    """Name every folder above the files, the outer ones first."""
    parents = (parent.as_posix() for one in rewrites for parent in reversed(Path(one.name).parents))
    yield from dict.fromkeys(parent for parent in parents if parent != ".")
