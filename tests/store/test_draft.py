"""What was typed is never lost, and a change of several files is whole in the end."""

import json
import os
from pathlib import Path

import pytest

from coachlog.errors import CannotRead, CannotWrite, NoSuchClient
from coachlog.store.commit import ABSENT, ChangedOnDisk, digest
from coachlog.store.draft import (
    CannotResume,
    CutOff,
    Pending,
    Renamed,
    Rewrite,
    forget,
    keep,
    pending,
    resume,
    typed,
    write_together,
)
from coachlog.store.lock import writing

SESSIONS = "clients/jane-doe/sessions.yaml"
CONTACTS = "clients/jane-doe/contacts.yaml"
TOGETHER = [Rewrite(SESSIONS, digest(b"old\n"), "näh\n".encode()), Rewrite(CONTACTS, ABSENT, b"\xef\xbb\xbfnew\r\n")]
OTHERS = ("clients/jane-doe/.git/config", "../outside.yaml", ".git/config", "clients/Jane/care.yaml", "drafts/a.yaml")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a journal with one client, who has sessions."""
    (tmp_path / "clients" / "jane-doe").mkdir(parents=True)
    (tmp_path / SESSIONS).write_bytes(b"old\n")
    return tmp_path


def drafts(root: Path) -> list[Path]:
    """List what is in drafts/, but for what hides it from git."""
    return [path for path in (root / "drafts").glob("*") if path.name != ".gitignore"]


def cut_off(root: Path) -> Pending:
    """Cut the change off after its first file."""
    (root / CONTACTS).mkdir()
    with pytest.raises(CannotWrite):
        write_together(root, TOGETHER)
    plan = {
        "layout": 1,
        "renamed": None,
        "files": [{"name": name, "before": seen, "text": data.decode()} for name, seen, data in TOGETHER],
    }
    (root / "drafts").mkdir(exist_ok=True)
    (root / "drafts" / "plan-0123456789abcdef.json").write_text(json.dumps(plan), encoding="utf-8")
    (root / SESSIONS).write_bytes(TOGETHER[0].data)
    (root / CONTACTS).rmdir()
    (found,) = pending(root)
    return found


def test_typed_text_is_there_while_something_can_fail_and_then_gone(root: Path) -> None:
    """Each line is on the disk before the next; it is the coach's alone, and git does not see it."""
    with typed(root, "jane-doe-session", "first\n") as draft:
        draft.add("zweite: ü\n")
        assert draft.path.read_text(encoding="utf-8") == "first\nzweite: ü\n"
        assert draft.path.name.startswith("jane-doe-session-")
        assert draft.path.stat().st_mode & 0o777 == 0o600
        assert draft.path.parent.stat().st_mode & 0o777 == 0o700
        assert (root / "drafts" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert drafts(root) == []


def test_an_error_says_where_the_typed_text_is(root: Path) -> None:
    """Behind what to do, on the same line; any other end leaves the text where it is too."""
    what = "No client is called jan."
    with pytest.raises(NoSuchClient) as caught, typed(root, "session", "words"):
        raise NoSuchClient(what, "Name another.")
    (path,) = drafts(root)
    assert str(caught.value) == f"{what} Name another. What was typed is kept in {path}."
    with pytest.raises(KeyboardInterrupt), typed(root, "session", "words"):
        raise KeyboardInterrupt
    assert [path.read_text(encoding="utf-8") for path in drafts(root)] == ["words", "words"]


def test_typed_text_that_can_not_be_kept_has_its_sentence(root: Path) -> None:
    """Half a character is kept as it came; a client's words never name a file."""
    assert keep(root, "a", "\ud83d").path.read_bytes() == b"\xed\xa0\xbd"
    with pytest.raises(ValueError, match="label"):
        keep(root, "Jane's words", "")
    draft = keep(root, "a", "")
    draft.discard()
    draft.discard()
    with pytest.raises(CannotWrite, match="can't be written"):
        draft.add("more")
    for path in drafts(root):
        path.unlink()
    (root / "drafts" / ".gitignore").unlink()
    (root / "drafts").rmdir()
    (root / "drafts").write_text("")
    with pytest.raises(CannotWrite, match="drafts"):
        keep(root, "a", "words")


def test_several_files_are_written_as_one_change(root: Path) -> None:
    """All of them, byte for byte, and no plan is left; one file needs none."""
    write_together(root, TOGETHER)
    assert [(root / name).read_bytes() for name, _, _ in TOGETHER] == [data for _, _, data in TOGETHER]
    assert drafts(root) == []
    assert pending(root) == ()
    write_together(root, [Rewrite(SESSIONS, digest(TOGETHER[0].data), b"alone\n")])
    assert (root / SESSIONS).read_bytes() == b"alone\n"


def test_nothing_is_written_where_one_of_several_files_has_changed(root: Path) -> None:
    """Neither the files before it nor a plan."""
    (root / CONTACTS).write_bytes(b"by an editor\n")
    with pytest.raises(ChangedOnDisk, match=r"contacts\.yaml"):
        write_together(root, TOGETHER)
    assert (root / SESSIONS).read_bytes() == b"old\n"
    assert drafts(root) == []


def test_a_change_that_was_cut_off_is_written_to_its_end_once(root: Path) -> None:
    """It names its files and clients; what is written already is left alone; a second time there is nothing to do."""
    change = cut_off(root)
    assert (change.clients, change.of_practice) == (("jane-doe",), False)
    assert change.rewrites == tuple(TOGETHER)
    assert resume(root) == (CONTACTS,)
    assert (root / CONTACTS).read_bytes() == TOGETHER[1].data
    (root / CONTACTS).write_bytes(b"later\n")
    assert resume(root) == ()
    assert (root / CONTACTS).read_bytes() == b"later\n"


def test_a_change_that_another_command_is_writing_is_not_pending(root: Path) -> None:
    """It is only once nobody holds the client's lock."""
    change = cut_off(root)
    with writing(root, ["jane-doe"]):
        assert pending(root) == ()
    assert pending(root) == (change,)


def test_a_change_is_not_resumed_over_what_was_written_since(root: Path) -> None:
    """Nothing is written, and the plan stays until it is given up."""
    change = cut_off(root)
    (root / CONTACTS).write_bytes(b"by an editor\n")
    with pytest.raises(CannotResume, match=r"contacts\.yaml was changed after .*plan-0123456789abcdef\.json"):
        resume(root)
    assert pending(root) == (change,)
    forget(root, change)
    assert pending(root) == ()
    assert (root / CONTACTS).read_bytes() == b"by an editor\n"


def test_a_client_is_renamed_together_with_what_names_the_client(root: Path) -> None:
    """The folder first; a code that is taken is refused, and then nothing is written."""
    (root / "supervision.yaml").write_bytes(b"jane-doe\n")
    files = [
        Rewrite("supervision.yaml", digest(b"jane-doe\n"), b"jd\n"),
        Rewrite("clients/jd/sessions.yaml", digest(b"old\n"), b"new\n"),
    ]
    (root / "clients" / "jd").mkdir()
    with pytest.raises(CannotWrite, match="clients/jd is there already"):
        write_together(root, files, Renamed("jane-doe", "jd"))
    assert ((root / SESSIONS).read_bytes(), drafts(root)) == (b"old\n", [])
    (root / "clients" / "jd").rmdir()
    write_together(root, files, Renamed("jane-doe", "jd"))
    assert (root / "supervision.yaml").read_bytes() == b"jd\n"
    assert (root / "clients" / "jd" / "sessions.yaml").read_bytes() == b"new\n"
    assert [path.name for path in (root / "clients").iterdir()] == ["jd"]


def test_a_rename_is_not_resumed_where_both_names_are_there(root: Path) -> None:
    """Nor where neither is; with one of them it is carried out."""
    plan = {"layout": 1, "renamed": ["jane-doe", "jd"], "files": []}
    (root / "drafts").mkdir()
    (root / "drafts" / "plan-0123456789abcdef.json").write_text(json.dumps(plan))
    (root / "clients" / "jd").mkdir()
    with pytest.raises(CannotResume, match="clients/jd was changed"):
        resume(root)
    (root / "clients" / "jd").rmdir()
    assert resume(root) == ()
    assert (root / "clients" / "jd" / "sessions.yaml").read_bytes() == b"old\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"renamed": null, "files": []}',
        '{"layout": 1, "renamed": null, "files": [{}]}',
        '{"layout": 2, "renamed": null, "files": []}',
        '{"layout": 1, "renamed": ["a", "../b"], "files": []}',
        '{"layout": 1, "renamed": ["a"], "files": []}',
        '{"layout": 1, "renamed": [1, 2], "files": []}',
        '{"layout": 1, "renamed": null, "files": [{"name": 1, "before": "", "text": ""}]}',
        '{"layout": 1, "renamed": null, "files": [{"name": "coachlog.yaml", "before": null, "text": ""}]}',
        *(
            f'{{"layout": 1, "renamed": null, "files": [{{"name": "{name}", "before": "", "text": ""}}]}}'
            for name in OTHERS
        ),
    ],
)
def test_a_plan_that_is_damaged_or_planted_is_not_carried_out(root: Path, text: str) -> None:
    """Only a journal's own files can be in one; it is said in one line."""
    (root / "drafts").mkdir()
    (root / "drafts" / "plan-0123456789abcdef.json").write_text(text)
    before = sorted(root.rglob("*"))
    for look in (pending, resume):
        with pytest.raises(CannotRead, match=r"plan-0123456789abcdef\.json") as caught:
            look(root)
        assert "\n" not in str(caught.value)
    assert sorted(root.rglob("*")) == before


def test_a_change_that_fails_in_the_middle_is_kept_and_says_so(root: Path) -> None:
    """The first file is written, the second can't be: what is to be done is said, and then it can be."""
    (root / "supervision.yaml").write_bytes(b"old\n")
    files = [Rewrite("supervision.yaml", digest(b"old\n"), b"new\n"), TOGETHER[0]]

    class Late(list[Rewrite]):
        """The folder goes away between the look at all files and the writing of the second."""

        looked = 0

        def __iter__(self):  # type: ignore[no-untyped-def]  # noqa: ANN204
            self.looked += 1
            for place, rewrite in enumerate(list.__iter__(self)):
                if self.looked == 3 and place:
                    (root / "clients" / "jane-doe").rename(root / "away")
                yield rewrite

    with pytest.raises(CutOff, match="coachlog resume"):
        write_together(root, Late(files))
    assert (root / "supervision.yaml").read_bytes() == b"new\n"
    (root / "away").rename(root / "clients" / "jane-doe")
    assert resume(root) == (SESSIONS,)
    assert os.listdir(root / "drafts") == [".gitignore"]  # noqa: PTH208  (names)
