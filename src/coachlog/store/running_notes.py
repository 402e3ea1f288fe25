"""Notes of a session that is going on: in drafts/, every line on the disk before the next one is asked for.

One file a session, one line of JSON a line typed, only ever added to; whoever adds to it holds its lock. A last line
that was cut off is left out.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from coachlog.errors import CannotWrite
from coachlog.model.instant import Instant
from coachlog.model.session_notes import Noted, Opened, SessionNotes
from coachlog.store.commit import ABSENT, ChangedOnDisk, commit, full_write, read, remove, saying
from coachlog.store.draft import make_drafts
from coachlog.store.layout import client_folders
from coachlog.store.unfinished import DRAFTS, client_of_notes, notes_in

LAYOUT = 1
"""The version of what is written; another one is left alone."""
_ADD = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC


class OpenElsewhere(CannotWrite):
    """The notes of a session are open in another terminal (exit 3)."""

    def __init__(self, name: str) -> None:
        """Name the file that holds them."""
        what = f"The notes of this session are open in another terminal ({name})."
        super().__init__(what, "Go on there, or leave them there with .quit, and try again.")


class RunningNotes:
    """The notes of one session, open for more."""

    def __init__(self, root: Path, name: str, notes: SessionNotes, file: int) -> None:
        """Know what they say, where they lie, and the file, whose lock is held."""
        self.notes = notes
        self.path = root / name
        self._root = root
        self._name = name
        self._file = file

    @classmethod
    def begin(cls, root: Path, opened: Opened) -> "RunningNotes":
        """Begin the notes of a session. Raises OpenElsewhere, CannotWrite."""
        name = f"{DRAFTS}/session.{opened.client}.{opened.session}.jsonl"
        make_drafts(root)
        try:
            commit(root, name, _line(_head(opened)), ABSENT)
        except ChangedOnDisk:
            os.close(_locked(root / name, name))
            what = f"{name} is there already, and holds no notes that this version can read."
            raise CannotWrite(what, "Move it away, and try again.") from None
        return cls(root, name, SessionNotes(opened), _locked(root / name, name))

    @classmethod
    def take_up(cls, root: Path, name: str, zone: ZoneInfo, at: Instant) -> "RunningNotes | None":
        """Go on with notes that were left; None where they are none, or gone. Raises OpenElsewhere, CannotWrite."""
        if not (root / name).exists():
            return None
        file = _locked(root / name, name)
        notes = read_notes(root, name, zone)
        if notes is None:
            os.close(file)
            return None
        running = cls(root, name, notes, file)
        if not read(root, name)[0].endswith(b"\n"):  # the line at which they were cut off
            running._write(b"\n")
        running._say(at, {"taken_up": True})
        notes.take_up(at)
        return running

    def add(self, noted: Noted) -> None:
        """Put one line on the disk. Raises CannotWrite."""
        self._say(noted.at, {"in": noted.place, "text": noted.text})
        self.notes.add(noted)

    def go_to(self, place: str, at: Instant) -> None:
        """Note under which heading it goes on. Raises CannotWrite."""
        if place != self.notes.place:
            self._say(at, {"to": place})
            self.notes.go_to(place, at)

    def take_back(self, at: Instant) -> Noted | None:
        """Give up the last line, and tell which one it was. Raises CannotWrite."""
        if not self.notes.lines:
            return None
        self._say(at, {"taken_back": True})
        return self.notes.take_back(at)

    @property
    def is_open(self) -> bool:
        """Tell whether they are there, and lines can be added."""
        return self._file >= 0

    def close(self) -> None:
        """Leave them for later."""
        file, self._file = self._file, -1
        if file >= 0:
            with suppress(OSError):
                os.close(file)

    def discard(self) -> None:
        """Delete them, once all that they say is written; what can't be deleted stays."""
        with suppress(CannotWrite):
            remove(self._root, self._name)
        self.close()

    def _say(self, at: Instant, said: Mapping[str, object]) -> None:
        self._write(_line({"at": at.aware.isoformat(sep=" ", timespec="seconds"), **said}))

    def _write(self, data: bytes) -> None:
        try:
            with saying(self._name):
                full_write(self._file, data)
        except CannotWrite as refusal:
            refusal.remedy = f"{refusal.remedy} The lines before this one are kept in {self.path}."
            raise


def notes_of(root: Path, code: str) -> list[str]:
    """Name the files of the notes that are open for a client, and those of codes that no client has any more."""
    others = {folder.name for folder in client_folders(root)} - {code}
    return [name for name in notes_in(root) if client_of_notes(name) not in others]


def read_notes(root: Path, name: str, zone: ZoneInfo) -> SessionNotes | None:
    """Read notes without holding them; None where they are none that this version knows."""
    head, *rest = [*_lines(read(root, name)[0])] or [{}]
    opened = _opened(head, zone)
    if opened is None:
        return None
    notes = SessionNotes(opened)
    for said in rest:
        _take_in(notes, said, zone)
    return notes


def _locked(path: Path, name: str) -> int:
    with saying(name):
        descriptor = os.open(path, _ADD)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise OpenElsewhere(name) from None
    except OSError:
        pass  # a disk without locks: two terminals at once would mix their lines, and lose none
    return descriptor


def _line(said: Mapping[str, object]) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode(errors="replace") + b"\n"


def _head(opened: Opened) -> dict[str, object]:
    moments = {key: getattr(opened, key).aware.isoformat(sep=" ", timespec="seconds") for key in ("starts", "begun")}
    return {"session_notes": LAYOUT, "client": opened.client, "session": opened.session, **moments}


def _lines(data: bytes) -> Iterator[Mapping[str, object]]:
    for one in data.split(b"\n"):
        with suppress(ValueError, RecursionError):
            said = json.loads(one)
            if isinstance(said, dict):
                yield said


def _opened(head: Mapping[str, object], zone: ZoneInfo) -> Opened | None:
    starts, begun = (Instant.parse(str(head.get(key, "")), zone) for key in ("starts", "begun"))
    if head.get("session_notes") != LAYOUT or starts is None or begun is None:
        return None
    return Opened(str(head.get("client")), str(head.get("session")), starts, begun)


def _take_in(notes: SessionNotes, said: Mapping[str, object], zone: ZoneInfo) -> None:
    """Take in one line of the file; what is none of ours is passed over."""
    at = Instant.parse(str(said.get("at", "")), zone)
    if at is None:
        return
    if "text" in said:
        notes.add(Noted(at, str(said.get("in")), str(said["text"])))
    elif "to" in said:
        notes.go_to(str(said["to"]), at)
    elif "taken_back" in said:
        notes.take_back(at)
    elif "taken_up" in said:
        notes.take_up(at)
