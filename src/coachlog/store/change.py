"""One change in one file: read it, change it, prove the change, write it; and again where it changed in between."""

from collections.abc import Callable
from pathlib import Path

from coachlog.store.commit import again, commit, read
from coachlog.store.prove import CannotProve


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
