"""Beginning a journal: its folder, what git leaves out, its first files, and the schemas for editors."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from coachlog.errors import WrongCall
from coachlog.store.commit import ABSENT, commit, digest, make_folder, read
from coachlog.store.draft import DRAFTS, Rewrite, write_together
from coachlog.store.layout import PRACTICE_FILE
from coachlog.store.lock import DERIVED, writing

IGNORE_FILE = ".gitignore"
IGNORED = (f"{DRAFTS}/", "removed/", f"{DERIVED}/")
"""What a repository of the journal leaves out."""
SCHEMAS = f"{DERIVED}/schema"
"""Where the schemas lie that editors are pointed to; deleted ones come back with `coachlog schema --write`."""
OTHERS_BITS = 0o077


def refuse_journal(root: Path) -> None:
    """Refuse a folder that is a journal already. Raises WrongCall."""
    if (root / PRACTICE_FILE).exists() or (root / PRACTICE_FILE).is_symlink():
        what = f"{root} is a journal already: it holds a {PRACTICE_FILE}."
        raise WrongCall(what, "Name another folder: coachlog init PATH.")


def begin(root: Path, rewrites: Sequence[Rewrite], schemas: Mapping[str, bytes]) -> None:
    """Make a journal of a folder, which is made where it is missing (0700), with its first files (0600).

    coachlog.yaml comes first among the files; should it be cut off, `coachlog resume` writes the rest. Raises WrongCall
    where it is a journal by now, and CannotWrite.
    """
    _make(root)
    with writing(root, practice=True):
        refuse_journal(root)
        _ignore(root)
        put_schemas(root, schemas)
        for folder in _folders(rewrites):
            make_folder(root, folder)
        write_together(root, rewrites)


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


def modeline(file: str) -> str:
    """Give the line at the head of a file that tells an editor its schema; the file is named from the journal."""
    *folders, leaf = file.split("/")
    return f"# yaml-language-server: $schema={'../' * len(folders)}{SCHEMAS}/{schema_name(leaf)}\n"


def schema_name(file: str) -> str:
    """Name the schema of a file: `client.json` for client.yaml."""
    return f"{file.removesuffix('.yaml')}.json"


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
