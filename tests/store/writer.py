"""Many who write at once: `python writer.py JOURNAL CLIENT WRITERS TIMES` adds records to a client's files.

Each writer is a process of its own, and all wait for the same lock; the program ends with 0 if all of them did.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from coachlog.store.commit import again, commit, read
from coachlog.store.lock import writing
from coachlog.store.prove import CannotProve
from coachlog.store.splice import insert_record

LISTS = ("contacts", "sessions", "actions", "consents")


def rewrite(root: Path, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change a file of a journal by a function of its bytes (none where it is absent), and give the new ones.

    The caller holds the lock. The function is asked again when the file was saved by an editor in between, three times
    in all. Raises ChangedOnDisk, CannotWrite, and what the function raises; a CannotProve then names the file.
    """

    def once() -> bytes:
        data, seen = read(root, name)
        new = change(data)
        if new != data:
            commit(root, name, new, seen)
        return new

    try:
        return again(once)
    except CannotProve as refusal:
        raise refusal.in_file(name) from None


def add(root: Path, client: str, who: int, number: int) -> None:
    """Add one record, as a command does."""
    name = LISTS[who % len(LISTS)]
    record = {"id": f"w{who}-{number}"}
    with writing(root, [client], patience=60):
        rewrite(root, f"clients/{client}/{name}.yaml", lambda data: insert_record(data, (name,), record, line=True))


def forked(root: Path, client: str, who: int, times: int) -> int:
    """Let a process of its own add so many records."""
    child = os.fork()
    if not child:
        try:
            for number in range(times):
                add(root, client, who, number)
        except BaseException as error:  # noqa: BLE001  (whatever it is, it is told)
            os.write(2, f"{error!r}\n".encode())
            os._exit(1)
        os._exit(0)
    return child


if __name__ == "__main__":
    journal, code, writers, each = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    children = [forked(journal, code, who, each) for who in range(writers)]
    sys.exit(any(os.waitpid(child, 0)[1] for child in children))
