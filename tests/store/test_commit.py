"""Writing one file: in full or not at all, where it is meant, and only over what was read."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coachlog.errors import CannotWrite
from coachlog.store.commit import ABSENT, ChangedOnDisk, commit, digest, make_folder, read, remove, settle
from coachlog.store.prove import CannotProve
from coachlog.store.splice import insert_record, replace_value
from store.faults import mode_of
from store.writer import rewrite

NAME = "clients/jane-doe/sessions.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a journal with one client and no files."""
    (tmp_path / "clients" / "jane-doe").mkdir(parents=True)
    return tmp_path


@pytest.fixture(params=[0o000, 0o022, 0o027, 0o077])
def any_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set a mask that a coach's shell may have."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def link_to_elsewhere(path: Path) -> None:
    """Put a link in the place of a file or folder."""
    if path.exists():
        path.rmdir()
    elsewhere = path.parent.parent / "elsewhere"
    elsewhere.mkdir(exist_ok=True)
    path.symlink_to(elsewhere)


IRREGULAR: list[tuple[Callable[[Path], object], str]] = [
    (lambda root: (root / NAME).mkdir(), "no regular file"),
    (lambda root: os.mkfifo(root / NAME), "no regular file"),
    (lambda root: (root / NAME).symlink_to(root / "coachlog.yaml"), "no regular file"),
    (lambda root: link_to_elsewhere(root / "clients" / "jane-doe"), "link"),
    (lambda root: (root / "clients" / "jane-doe").rmdir(), "folder is not there"),
]


def test_a_file_is_written_over_what_was_read(root: Path) -> None:
    """The hash of one version is what the next is written over; nothing else is left in the folder."""
    first = commit(root, NAME, b"a: 1\n", ABSENT)
    assert read(root, NAME) == (b"a: 1\n", first)
    assert commit(root, NAME, b"a: 2\n", first) == digest(b"a: 2\n")
    assert read(root, NAME)[0] == (root / NAME).read_bytes() == b"a: 2\n"
    assert os.listdir(root / "clients" / "jane-doe") == ["sessions.yaml"]  # noqa: PTH208  (names)
    assert read(root, "supervision.yaml") == (b"", ABSENT)


@pytest.mark.usefixtures("any_umask")
def test_modes_do_not_depend_on_the_umask(root: Path) -> None:
    """A new file is the coach's alone, a new folder too; what was there keeps its mode."""
    seen = commit(root, NAME, b"a: 1\n", ABSENT)
    assert mode_of(root / NAME) == 0o600
    for kept in (0o600, 0o640, 0o644, 0o400):
        (root / NAME).chmod(kept)
        seen = commit(root, NAME, f"a: {kept}\n".encode(), seen)
        assert mode_of(root / NAME) == kept
    assert make_folder(root, "clients/tom-roe")
    assert mode_of(root / "clients" / "tom-roe") == 0o700


@pytest.mark.parametrize(
    ("seen", "found"), [(b"a: 1\n", b"a: 2\n"), (None, b"a: 2\n"), (b"a: 1\n", None), (b"", b"a: 2\n")]
)
def test_what_an_editor_saved_in_between_is_noticed(root: Path, seen: bytes | None, found: bytes | None) -> None:
    """Changed, new or gone: it stays as the editor left it, and no temporary file stays."""
    if found is not None:
        (root / NAME).write_bytes(found)
    with pytest.raises(ChangedOnDisk):
        commit(root, NAME, b"a: 3\n", ABSENT if seen is None else digest(seen))
    assert [path.read_bytes() for path in (root / "clients" / "jane-doe").iterdir()] == ([found] if found else [])


@pytest.mark.parametrize("saves", [0, 1, 2, 3])
def test_a_change_begins_again_where_an_editor_saved(root: Path, saves: int) -> None:
    """Three times in all; then it refuses, and what the editor saved is there."""
    (root / NAME).write_bytes(b"# 0\n")
    begun = 0

    def change(data: bytes) -> bytes:
        nonlocal begun
        begun += 1
        if begun <= saves:
            (root / NAME).write_bytes(f"# {begun}\n".encode())
        return insert_record(data, ("sessions",), {"id": "a"}, line=True)

    if saves < 3:
        expected = f"# {saves}\nsessions:\n  - {{id: a}}\n".encode()
        assert rewrite(root, NAME, change) == (root / NAME).read_bytes() == expected
    else:
        with pytest.raises(ChangedOnDisk, match=r"sessions\.yaml was changed"):
            rewrite(root, NAME, change)
        assert (root / NAME).read_bytes() == b"# 3\n"
    assert begun == min(saves + 1, 3)


def test_a_change_that_can_not_be_proved_names_the_file(root: Path) -> None:
    """And the line; nothing is written."""
    (root / NAME).write_bytes(b"\nsessions: none\n")
    with pytest.raises(CannotProve, match=r"^clients/jane-doe/sessions\.yaml, line 2: no list stands here\. .*edit"):
        rewrite(root, NAME, lambda data: insert_record(data, ("sessions",), {"id": "a"}))
    assert (root / NAME).read_bytes() == b"\nsessions: none\n"


def test_a_change_of_nothing_writes_nothing(root: Path) -> None:
    """The file is the very same."""
    (root / NAME).write_bytes(b"a: b\n")
    before = (root / NAME).stat()
    rewrite(root, NAME, lambda data: replace_value(data, ("a",), "b"))
    assert (root / NAME).stat() == before


@pytest.mark.parametrize(("make", "reason"), IRREGULAR)
def test_only_a_regular_file_below_the_journal_is_written(
    root: Path, make: Callable[[Path], object], reason: str
) -> None:
    """A link, a folder, a pipe: refused in one line, and nothing comes to be elsewhere."""
    make(root)
    before = sorted(root.rglob("*"))
    for seen in (ABSENT, digest(b"")):
        with pytest.raises(CannotWrite, match=reason) as caught:
            commit(root, NAME, b"a: 1\n", seen)
        assert str(caught.value).startswith(f"{NAME} can't be written: ")
        assert "\n" not in str(caught.value)
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize("name", ["../a.yaml", "/a.yaml", "clients/../a.yaml", "clients//a.yaml", "", ".", "clients/"])
def test_no_name_leads_out_of_the_journal(root: Path, name: str) -> None:
    """A mistake of the program's own is none of the coach's."""
    with pytest.raises(ValueError, match="below the journal"):
        commit(root, name, b"", ABSENT)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_missing_permission_has_its_sentence(root: Path) -> None:
    """It says what to do."""
    (root / "clients" / "jane-doe").chmod(0o500)
    with pytest.raises(CannotWrite, match="permission"):
        commit(root, NAME, b"a: 1\n", ABSENT)
    (root / "clients" / "jane-doe").chmod(0o700)


def test_no_descriptor_is_left_open(root: Path) -> None:
    """Not by what was written, and not by what was refused."""
    before = os.listdir("/dev/fd")  # noqa: PTH208  (open descriptors)
    seen = commit(root, NAME, b"a: 1\n", ABSENT)
    settle(root, NAME)
    for name in (NAME, "none/a.yaml"):
        with pytest.raises(CannotWrite):
            commit(root, name, b"", ABSENT)
    commit(root, NAME, b"a: 2\n", seen)
    remove(root, NAME)
    remove(root, NAME)
    assert not make_folder(root, "clients")
    assert os.listdir("/dev/fd") == before  # noqa: PTH208
