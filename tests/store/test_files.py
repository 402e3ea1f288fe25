"""Opening one file of a journal, whatever lies under its name."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from coachlog.store.files import read_bytes
from coachlog.store.limits import MAX_BYTES
from coachlog.store.nodes import Unreadable


def a_socket(path: Path) -> None:
    """Leave a socket behind, as an editor's server does."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))


def a_link(path: Path) -> None:
    """Link to a file that is perfectly good."""
    good = path.with_name("good.yaml")
    good.write_text("a: b\n")
    path.symlink_to(good)


def too_large(path: Path) -> None:
    """Make a file of one byte too many that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


KINDS: list[tuple[Callable[[Path], object], str]] = [
    (Path.mkdir, "folder"),
    (os.mkfifo, "named pipe"),
    (a_socket, "socket"),
    (a_link, "symbolic link"),
    (lambda path: path.symlink_to("nowhere"), "symbolic link"),
    (lambda path: path.symlink_to(path), "symbolic link"),
    (too_large, "larger than 5 MB"),
]


def test_a_file_is_read_byte_for_byte(tmp_path: Path) -> None:
    """Line ends, a BOM and an empty file are as they are; the largest is read whole."""
    path = tmp_path / "sessions.yaml"
    for data in (b"", b"\xef\xbb\xbfa: b\r\n", b"x" * MAX_BYTES):
        path.write_bytes(data)
        assert read_bytes(path) == data


@pytest.mark.parametrize(("make", "reason"), KINDS)
def test_what_is_no_file_has_its_sentence(tmp_path: Path, make: Callable[[Path], object], reason: str) -> None:
    """It is said at once, without waiting for anybody to write into a pipe."""
    path = tmp_path / "sessions.yaml"
    make(path)
    with pytest.raises(Unreadable, match=reason) as caught:
        read_bytes(path)
    assert (caught.value.fault.line, caught.value.fault.column) == (1, 1)


@pytest.mark.parametrize(("device", "reason"), [("/dev/null", "device"), ("/dev/zero", "device")])
def test_a_device_is_not_read(device: str, reason: str) -> None:
    """A device may have no end."""
    with pytest.raises(Unreadable, match=reason):
        read_bytes(Path(device))


def test_a_path_through_a_file_has_its_sentence(tmp_path: Path) -> None:
    """A file where a folder should be."""
    (tmp_path / "clients").write_text("")
    with pytest.raises(Unreadable, match="not a folder"):
        read_bytes(tmp_path / "clients" / "client.yaml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_missing_permission_has_its_sentence(tmp_path: Path) -> None:
    """A file that its owner may not read."""
    path = tmp_path / "client.yaml"
    path.write_text("a: b\n")
    path.chmod(0)
    with pytest.raises(Unreadable, match="permission"):
        read_bytes(path)


def test_an_absent_file_is_said_to_be_absent(tmp_path: Path) -> None:
    """Absent means empty, which is for the caller to say."""
    with pytest.raises(FileNotFoundError):
        read_bytes(tmp_path / "care.yaml")


def test_no_descriptor_is_left_open(tmp_path: Path) -> None:
    """Not by what was read, and not by what was refused."""
    good = tmp_path / "good.yaml"
    good.write_text("a: b\n")
    before = os.listdir("/dev/fd")  # noqa: PTH208  (open descriptors, not a folder's files)
    for path in (good, tmp_path):
        try:
            read_bytes(path)
        except Unreadable:
            continue
    assert os.listdir("/dev/fd") == before  # noqa: PTH208  (likewise)
