"""The name of a client, for which none of its records need be read."""

from pathlib import Path

from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.layout import CLIENT_FILE, CLIENTS
from coachlog.store.nodes import Unreadable, text_behind


def name_of(root: Path, code: str) -> str:
    """Give the name of a client; the code where client.yaml is absent, can't be read, or says none."""
    try:
        name = text_behind(compose(read_bytes(root / CLIENTS / code / CLIENT_FILE)), "name")
    except (OSError, Unreadable):
        return code
    return code if name is None else name
