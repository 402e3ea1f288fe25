"""Notes that are typed while a session goes on: on the disk line by line, one terminal at a time, never lost."""

import os
import stat
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from coachlog.errors import CannotWrite
from coachlog.model.instant import Instant
from coachlog.model.session_notes import Noted, Opened
from coachlog.store.running_notes import OpenElsewhere, RunningNotes, notes_of, read_notes

ZONE = ZoneInfo("Europe/London")
NOW = Instant.on(Instant.parse("2026-03-31 15:00", ZONE).day, ZONE)  # type: ignore[union-attr]
OPENED = Opened("jane-doe", "b3xew", NOW, NOW)
NAME = "drafts/session.jane-doe.b3xew.jsonl"
TEXTS = ["plain", "été 🙂", "\u2028 and \u0085", '"quoted" {a: 1}', "a\tb"]


def again(root: Path) -> RunningNotes:
    """Take the notes up."""
    taken = RunningNotes.take_up(root, NAME, ZONE, NOW)
    assert taken
    return taken


def test_every_line_is_there_again(tmp_path: Path) -> None:
    """In order, under its heading; the file is the coach's alone, and named after the session."""
    running = RunningNotes.begin(tmp_path, OPENED)
    running.go_to("options", NOW)
    for one in TEXTS:
        running.add(Noted(NOW, "options", one))
    running.add(Noted(NOW, "notes", "taken back"))
    running.take_back(NOW)
    assert stat.S_IMODE(os.stat(running.path).st_mode) == 0o600  # noqa: PTH116
    (tmp_path / "clients/jane-doe").mkdir(parents=True)
    assert (notes_of(tmp_path, "jane-doe"), notes_of(tmp_path, "jane")) == ([NAME], [])
    found = read_notes(tmp_path, NAME, ZONE)
    assert found
    assert (found.opened, found.place, found.under("options", "notes")) == (OPENED, "options", TEXTS)
    running.discard()
    running.close()
    assert notes_of(tmp_path, "jane-doe") == []


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_line_that_was_cut_off_is_the_only_one_that_is_lost(tmp_path: Path, cut: int) -> None:
    """What is added later stands on lines of its own."""
    running = RunningNotes.begin(tmp_path, OPENED)
    for one in TEXTS:
        running.add(Noted(NOW, "notes", one))
    running.close()
    running.path.write_bytes(running.path.read_bytes()[:-cut])
    taken = again(tmp_path)
    taken.add(Noted(NOW, "notes", "more"))
    taken.close()
    found = read_notes(tmp_path, NAME, ZONE)
    # without its line end alone, a line is whole
    assert found
    assert found.under("notes") == [*(TEXTS if cut == 1 else TEXTS[:-1]), "more"]


def test_one_terminal_holds_them_at_a_time(tmp_path: Path) -> None:
    """The second is told so, whether it would begin them or go on; when they are left, they can be taken up."""
    running = RunningNotes.begin(tmp_path, OPENED)
    with pytest.raises(OpenElsewhere, match="open in another terminal"):
        RunningNotes.begin(tmp_path, OPENED)
    with pytest.raises(OpenElsewhere):
        again(tmp_path)
    running.close()
    again(tmp_path).close()


@pytest.mark.parametrize(
    "head", [b"", b"[]\n", b"{}\n", b"\xff\n", b'{"session_notes": 2, "starts": 1}\n', b"[" * 99999]
)
def test_what_are_no_notes_is_left_alone(tmp_path: Path, head: bytes) -> None:
    """A file of that name that says something else is not taken up, and not touched."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / NAME).write_bytes(head)
    assert read_notes(tmp_path, NAME, ZONE) is None
    assert RunningNotes.take_up(tmp_path, NAME, ZONE, NOW) is None
    with pytest.raises(CannotWrite, match="no notes that this version can read"):
        RunningNotes.begin(tmp_path, OPENED)
    assert (tmp_path / NAME).read_bytes() == head


def test_what_is_none_of_its_lines_is_passed_over(tmp_path: Path) -> None:
    """A line of another kind, or without its time, says nothing."""
    running = RunningNotes.begin(tmp_path, OPENED)
    running.close()
    with running.path.open("ab") as file:
        file.write(b'{"text": "no time"}\n{"at": "2026-03-31 15:00", "later": 1}\n7\n')
    found = read_notes(tmp_path, NAME, ZONE)
    assert found
    assert found.lines == []
    assert RunningNotes.take_up(tmp_path, "drafts/session.jane-doe.gone.jsonl", ZONE, NOW) is None
