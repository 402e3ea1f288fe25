"""What one call has read, known again by its bytes: a file that did not change is not made into records twice.

Nor are the records ahead of a change: they keep their nodes when the file is read again, and are known by them.
"""

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from coachlog.model.client_file import ClientFile
from coachlog.model.practice import Practice
from coachlog.model.problem import Problem
from coachlog.model.supervision import Supervision
from coachlog.store.files import read_bytes
from coachlog.store.layout import CLIENT_FILES, CLIENTS, PRACTICE_FILE, SUPERVISION_FILE, Folder
from coachlog.store.load import Known, load_client, load_practice, load_supervision
from coachlog.store.nodes import Unreadable

Loaded = TypeVar("Loaded")
Contents = dict[str, bytes | Unreadable | None]
NOTHING: Mapping[str, bytes] = {}


class Shelf:
    """The records of a journal, as its files are, or as they would be with other bytes in their place."""

    def __init__(self, root: Path) -> None:
        """Begin with nothing read."""
        self.root = root
        self._kept: dict[Hashable, Any] = {}
        self._records: Known = {}

    def practice(self, instead: Mapping[str, bytes] = NOTHING) -> tuple[Practice, tuple[Problem, ...]]:
        """Give the practice with its problems. Raises PracticeUnreadable."""
        contents = self._contents((PRACTICE_FILE,), instead)
        return self._once(PRACTICE_FILE, contents, lambda: load_practice(self.root, self._reader(contents)))

    def supervision(
        self, practice: Practice, instead: Mapping[str, bytes] = NOTHING
    ) -> tuple[tuple[Supervision, ...], tuple[Problem, ...], frozenset[str]]:
        """Give the coach's supervision log with its problems and gaps."""
        contents = self._contents((SUPERVISION_FILE,), instead)
        return self._once(id(practice), contents, lambda: load_supervision(self.root, practice, self._reader(contents)))

    def client(
        self, folder: Folder, practice: Practice, instead: Mapping[str, bytes] = NOTHING
    ) -> tuple[ClientFile, tuple[Problem, ...]]:
        """Give all that is kept of a client, with its problems."""
        supervision, _, gaps = self.supervision(practice, instead)
        names = () if folder.is_link else tuple(f"{CLIENTS}/{folder.name}/{name}" for name in CLIENT_FILES)
        contents = self._contents(names, instead)
        key = (folder, id(practice), id(supervision), gaps)
        read, known = self._reader(contents), self._records
        return self._once(
            key,
            contents,
            lambda: load_client(self.root, folder, practice, supervision, read=read, gaps=gaps, known=known),
        )

    def _once(self, key: Hashable, contents: Contents, load: Callable[[], Loaded]) -> Loaded:
        """Load what is not kept yet; all that a key names by its identity is kept, and so stays what it is."""
        full = (key, tuple(contents.items()))
        if full not in self._kept:
            self._kept[full] = load()
        kept: Loaded = self._kept[full]
        return kept

    def _contents(self, names: tuple[str, ...], instead: Mapping[str, bytes]) -> Contents:
        return {name: instead[name] if name in instead else self._read(name) for name in names}

    def _read(self, name: str) -> bytes | Unreadable | None:
        try:
            return read_bytes(self.root / name)
        except FileNotFoundError:
            return None
        except Unreadable as refusal:
            return refusal

    def _reader(self, contents: Contents) -> Callable[[Path], bytes]:
        def read(path: Path) -> bytes:
            found = contents[path.relative_to(self.root).as_posix()]
            if found is None:
                raise FileNotFoundError(path)
            if isinstance(found, Unreadable):
                raise found
            return found

        return read
