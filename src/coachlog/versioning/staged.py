"""What is about to be committed, and what was committed last: the files of a journal as git keeps them."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import WrongCall
from coachlog.versioning.git import ask_git, git_bytes

LINK = "120000"
"""The mode by which git keeps a symbolic link."""
MERGED = "0"
"""The stage of a path that is not in conflict."""


class Kept(NamedTuple):
    """A file as git keeps it: its mode, its content's name, and whether it is free of conflict."""

    mode: str
    blob: str
    merged: bool = True

    @property
    def is_link(self) -> bool:
        """Tell whether it is a symbolic link."""
        return self.mode == LINK


Tree = Mapping[str, Kept]
"""Files by their paths from the journal on."""


@dataclass(frozen=True)
class Staged:
    """What is about to be committed, what was last (`head`), the paths in which they differ, and all contents."""

    index: Tree
    head: Tree
    changed: frozenset[str]
    contents: Mapping[str, bytes]


def staged_in(journal: Path) -> Staged:
    """Read the index and the last commit, as far as a journal's folder goes.

    Raises NoGit, GitRefuses, and WrongCall where the journal lies in no repository.
    """
    folder, below = _repository(journal)
    listed = git_bytes(folder, "ls-files", "--stage", "-z", "--", below or ".", in_hook=True)
    index = _tree((_of_index(one) for one in _fields(listed)), below)
    is_first = ask_git(folder, "rev-parse", "--verify", "--quiet", "HEAD", in_hook=True).code != 0
    told = b"" if is_first else git_bytes(folder, "ls-tree", "-r", "-z", "HEAD", "--", below or ".", in_hook=True)
    head = _tree((_of_commit(one) for one in _fields(told)), below)
    changed = frozenset(path for path in {*index, *head} if index.get(path) != head.get(path))
    return Staged(
        index, head, changed, _contents(folder, {one.blob for tree in (index, head) for one in tree.values()})
    )


def _repository(journal: Path) -> tuple[Path, str]:
    """Give the folder that paths are named from, and the way from there to the journal.

    Where git names its folder to a hook, the current folder is the top of the work tree, and git takes no other for it.
    """
    stands = Path.cwd() if os.environ.get("GIT_DIR") else journal
    answer = ask_git(stands, "rev-parse", "--show-toplevel", in_hook=True)
    top, root = Path(answer.said).resolve(), journal.resolve()
    if answer.code or not answer.said or not root.is_relative_to(top):
        what = "The journal lies in no git repository, so nothing is staged."
        raise WrongCall(what, "Begin one: git init, or leave --staged out.")
    below = root.relative_to(top).as_posix()
    return top, "" if below == "." else below


def _fields(told: bytes) -> list[str]:
    return [one for one in told.decode(errors="surrogateescape").split("\0") if one]


def _of_index(told: str) -> tuple[str, Kept]:
    """Read `100644 9f2c… 0<TAB>clients/jane-doe/client.yaml`."""
    kept, _, path = told.partition("\t")
    mode, blob, stage = kept.split(" ")
    return path, Kept(mode, blob, stage == MERGED)


def _of_commit(told: str) -> tuple[str, Kept]:
    """Read `100644 blob 9f2c…<TAB>clients/jane-doe/client.yaml`."""
    kept, _, path = told.partition("\t")
    mode, _, blob = kept.split(" ")
    return path, Kept(mode, blob)


def _tree(found: Iterable[tuple[str, Kept]], below: str) -> Tree:
    start = f"{below}/" if below else ""
    return {path.removeprefix(start): kept for path, kept in found if path.endswith(".yaml")}


def _contents(folder: Path, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """Read many contents in one call: each comes behind a line with its name, kind and length."""
    wanted = sorted(blobs)
    told = git_bytes(folder, "cat-file", "--batch", asked="".join(f"{one}\n" for one in wanted).encode(), in_hook=True)
    contents: dict[str, bytes] = {}
    at = 0
    for blob in wanted:
        ends = told.index(b"\n", at)
        length = int(told[at:ends].rsplit(b" ", 1)[-1])
        contents[blob] = told[ends + 1 : ends + 1 + length]
        at = ends + 1 + length + 1
    return contents
