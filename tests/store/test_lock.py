"""One command writes at a time, nobody waits for ever, and what 64 write at once is all kept."""

import errno
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coachlog.errors import CannotWrite
from coachlog.store.compose import compose
from coachlog.store.lock import AnotherIsWriting, is_writing, writing
from coachlog.store.nodes import Mapping, Scalar, Sequence

WRITER = Path(__file__).resolve().parent / "writer.py"
HOLD = """
import sys
from pathlib import Path
from coachlog.store.lock import writing
with writing(Path(sys.argv[1]), sys.argv[3:], practice=sys.argv[2] == "practice"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a journal with two clients."""
    for code in ("jane-doe", "tom-roe"):
        (tmp_path / "clients" / code).mkdir(parents=True)
    return tmp_path


@contextmanager
def another(root: Path, *what: str) -> Iterator[subprocess.Popen[str]]:
    """Let another process hold locks: `practice` or `-`, and clients."""
    call = [sys.executable, "-c", HOLD, str(root), *what]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def records_of(path: Path) -> list[str]:
    """Give the ids of a file's only list."""
    root = compose(path.read_bytes())
    assert isinstance(root, Mapping)
    (listing,) = [value for _, value in root.entries if isinstance(value, Sequence)]
    ids = [item.entries[0][1] for item in listing.items if isinstance(item, Mapping)]
    return [one.text for one in ids if isinstance(one, Scalar)]


def test_64_writers_lose_nothing(root: Path) -> None:
    """Each adds ten records, sixteen to the same file; 640 are there, each once, and no other file."""
    call = [sys.executable, str(WRITER), str(root), "jane-doe", "64", "10"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    found = [record for path in (root / "clients" / "jane-doe").iterdir() for record in records_of(path)]
    assert sorted(found) == sorted(f"w{who}-{number}" for who in range(64) for number in range(10))


def test_another_command_is_waited_for_and_then_named(root: Path) -> None:
    """The sentence names the folder; other clients, and what concerns all, are free; a killed process holds nothing."""
    with another(root, "-", "jane-doe"):
        began = time.monotonic()
        with pytest.raises(AnotherIsWriting, match="clients/jane-doe"), writing(root, ["jane-doe"], patience=0.2):
            pytest.fail("two hold the lock")
        assert 0.2 <= time.monotonic() - began < 5
        with writing(root, ["tom-roe"], practice=True, patience=0):
            assert is_writing(root, "jane-doe")
        assert not is_writing(root)
    with writing(root, ["jane-doe"], patience=1):
        assert is_writing(root, "jane-doe")
    assert not is_writing(root, "jane-doe")


def test_the_practice_is_locked_before_its_clients(root: Path) -> None:
    """Who waits for the practice holds no client meanwhile, so no two wait for each other."""
    with another(root, "practice"):
        with (
            pytest.raises(AnotherIsWriting, match="the journal"),
            writing(root, ["jane-doe"], practice=True, patience=0.1),
        ):
            pytest.fail("two hold the lock")
        assert not is_writing(root, "jane-doe")


def test_a_folder_that_was_renamed_while_waiting_is_not_taken_for_the_old_one(root: Path) -> None:
    """The lock is on what the name means once it is held."""
    jane = root / "clients" / "jane-doe"
    with another(root, "-", "jane-doe") as process:
        jane.rename(root / "clients" / "jane-roe")
        jane.mkdir()
        with writing(root, ["jane-doe"], patience=1):
            assert is_writing(root, "jane-roe")
        process.kill()
        process.wait()
    with pytest.raises(CannotWrite, match="clients/nobody"), writing(root, ["nobody"]):
        pytest.fail("nothing to lock")


def test_what_a_command_left_when_it_was_cut_off_is_swept_away(root: Path) -> None:
    """A temporary file goes when the folder is locked next; what is not the program's stays."""
    folder = root / "clients" / "jane-doe"
    for name in (".contacts.yaml.123.0123456789abcdef.tmp", ".contacts.yaml.swp", "contacts.yaml.tmp"):
        (folder / name).write_text("")
    with writing(root, ["jane-doe"]):
        assert sorted(path.name for path in folder.iterdir()) == [".contacts.yaml.swp", "contacts.yaml.tmp"]


def test_where_folders_can_not_be_locked_a_file_is(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network disk: the lock is a file in .coachlog/, which git does not see."""
    real = fcntl.flock

    def files_alone(descriptor: int, kind: int) -> None:
        if Path(f"/dev/fd/{descriptor}").is_dir():
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        real(descriptor, kind)

    monkeypatch.setattr(fcntl, "flock", files_alone)
    with writing(root, ["jane-doe"], practice=True):
        assert sorted(path.name for path in (root / ".coachlog").iterdir()) == [
            ".gitignore",
            "lock",
            "lock.jane-doe",
        ]
        with pytest.raises(AnotherIsWriting), writing(root, ["jane-doe"], patience=0):
            pytest.fail("two hold the lock")
        with writing(root, ["tom-roe"], patience=0):
            assert is_writing(root, "tom-roe")
    monkeypatch.setattr(fcntl, "flock", lambda *_: os.open(root, os.O_WRONLY))
    with pytest.raises(CannotWrite, match="can't be locked"), writing(root, ["jane-doe"]):
        pytest.fail("nothing can be locked")


def test_no_descriptor_is_left_open(root: Path) -> None:
    """Neither by a lock that was held nor by one that was not to be had."""
    before = os.listdir("/dev/fd")  # noqa: PTH208  (open descriptors)
    with (
        writing(root, ["jane-doe", "tom-roe"], practice=True),
        pytest.raises(AnotherIsWriting),
        writing(root, ["tom-roe", "jane-doe"], patience=0),
    ):
        pytest.fail("two hold the lock")
    assert os.listdir("/dev/fd") == before  # noqa: PTH208
