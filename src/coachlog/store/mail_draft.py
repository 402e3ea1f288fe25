"""A letter as a file for the coach's mail program: in drafts/, readable by the coach alone."""

import secrets
from pathlib import Path

from coachlog.store.commit import ABSENT, commit
from coachlog.store.draft import make_drafts
from coachlog.store.unfinished import DRAFTS


def keep_mail(root: Path, label: str, data: bytes) -> Path:
    """Write a message into drafts/ (0600) under a name that is new, and say where it lies. Raises CannotWrite."""
    make_drafts(root)
    name = f"{DRAFTS}/{label}-{secrets.token_hex(4)}.eml"
    commit(root, name, data, ABSENT)
    return root / name
