"""What the tests share: small journals in real folders, read as every command reads them."""

import os
import shutil
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

from calling import lay_out
from coachlog.model.client_file import ClientFile
from coachlog.model.journal import Journal
from coachlog.store.load import load_journal

settings.register_profile("coachlog", deadline=None)
settings.load_profile("coachlog")

MEMORY = Path("/dev/shm")  # noqa: S108  (pytest makes a folder of its own there, for its owner alone)
ROOM = 2_000_000_000
"""How many bytes must be free in memory for folders to lie there."""


def lie_in_memory() -> None:
    """Let folders lie in memory, unless TMPDIR says where: a disk takes longer to sync than all else takes.

    Whether files are synced is worked out from the calls to the system (`store/crash_states.py`); no test cuts power.
    """
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


lie_in_memory()

HEAD = "format: 1\ntimezone: Europe/London\n"
"""The least that a coachlog.yaml says; a practice that names another zone begins with its own."""


@pytest.fixture
def read_journal(tmp_path: Path) -> Callable[[dict[str, str]], Journal]:
    """Give a function that writes files into a new folder and reads it as a journal."""
    folders = count()

    def read(files: dict[str, str]) -> Journal:
        root = tmp_path / f"journal-{next(folders)}"
        lay_out(files, root)
        return load_journal(root)

    return read


@pytest.fixture
def read_jane(read_journal: Callable[[dict[str, str]], Journal]) -> Callable[..., ClientFile]:
    """Give a function that reads one client's files: `read_jane(contract="contracts: …", sessions="sessions: …")`.

    `practice` is put behind the head of coachlog.yaml, unless it names a time zone. Nothing may be unreadable.
    """

    def read(practice: str = "", client: str = "name: Jane Doe", **files: str) -> ClientFile:
        own = practice if "timezone:" in practice else HEAD + practice
        supervision = {"supervision.yaml": files.pop("supervision")} if "supervision" in files else {}
        jane = {f"clients/jane-doe/{name}.yaml": text for name, text in files.items()}
        journal = read_journal(
            {"coachlog.yaml": own, "clients/jane-doe/client.yaml": client, **jane, **supervision},
        )
        assert [problem.message for problem in journal.problems] == []
        return journal.clients[0]

    return read
