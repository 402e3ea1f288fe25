"""Setting git up for a journal, so that what it keeps survives a power cut as the journal's files do."""

from pathlib import Path
from typing import NamedTuple

from coachlog.versioning.git import repository_of, tell_git

EVERYTHING = ("core.fsync", "all")
"""git by itself leaves some of what it writes to chance (storage.md, Git)."""


class SetUp(NamedTuple):
    """The repository that a journal lies in, and whether it was begun just now."""

    repository: Path
    is_new: bool


def set_up(journal: Path) -> SetUp:
    """Begin a repository in the journal's folder unless it lies in one, and let git write what it keeps to the disk.

    Nothing is committed. Raises NoGit and GitRefuses.
    """
    found = repository_of(journal)
    if found is None:
        tell_git(journal, "init", "--quiet")
    tell_git(journal, "config", *EVERYTHING)
    return SetUp(found or journal, found is None)
