"""Which changes of several files and which notes were begun and not finished: one listing of drafts/ tells."""

import os
import re
from pathlib import Path

DRAFTS = "drafts"
_PLAN = re.compile(r"plan-[0-9a-f]{16}\.json")
NOTES = re.compile(r"session\.([a-z0-9-]+)\.([A-Za-z0-9][A-Za-z0-9_.-]{0,39})\.jsonl")
"""The file of the notes of a session: the client's code, and the session's id."""


def plans_in(root: Path) -> list[str]:
    """Name the plans of a journal, one for each change that is being written or was cut off."""
    return _those_like(_PLAN, root)


def notes_in(root: Path) -> list[str]:
    """Name the notes of sessions that are open."""
    return _those_like(NOTES, root)


def client_of_notes(name: str) -> str:
    """Give the code of the client whose notes they are, as it was when they were begun."""
    return name.removeprefix(f"{DRAFTS}/").split(".")[1]


def _those_like(pattern: re.Pattern[str], root: Path) -> list[str]:
    try:
        names = os.listdir(root / DRAFTS)  # noqa: PTH208 — names are all that is asked for
    except OSError:
        return []
    return sorted(f"{DRAFTS}/{name}" for name in names if pattern.fullmatch(name))
