"""What is on file says what reading again would say, after any edit and at any instant, or it says nothing."""

import json
import os
import random
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from coachlog.commands.desk.opening import Wishes
from coachlog.commands.judging.filing import judged
from coachlog.commands.judging.on_file import Filed, recalled
from coachlog.store.index import FILE, FOLDER

PRACTICE = "format: 1\ntimezone: Europe/London\noffice_hours: Mo-Fr 09:00-17:00\n"
CONTRACT = "contracts:\n  - {id: 2026a, agreed: 2026-01-12, sessions: 2, between_sessions: {via: {email: 24 h}}}\n"
NOW = "2026-03-03 12:00"
INSTANTS = (
    "2026-03-03 12:00",
    "2026-03-03 12:01",
    "2026-03-03 16:30",
    "2026-03-04 00:00",
    "2026-03-09 09:00",
    "2026-02-01",
)


def lay(root: Path) -> None:
    """Write a journal of two clients, one with an answer due this afternoon and a session to come."""
    files = {
        "coachlog.yaml": PRACTICE,
        "clients/jane-doe/client.yaml": "name: Jane Doe\n",
        "clients/jane-doe/contract.yaml": CONTRACT,
        "clients/jane-doe/sessions.yaml": "sessions:\n  - {id: b3xew, at: 2026-03-03 15:00}\n",
        "clients/jane-doe/contacts.yaml": "contacts:\n  - {at: 2026-03-02 16:00, from: client, via: email}\n",
        "clients/tom-reid/client.yaml": "name: Tom Reid\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def age(root: Path) -> None:
    """Make every file look as if it had been written long ago, so that its stat is trusted."""
    for path in root.rglob("*.yaml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def change(root: Path, name: str, old: str, new: str) -> None:
    """Edit a file in place."""
    path = root / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def swap(root: Path, name: str, old: str, new: str) -> None:
    """Edit a file the way an editor does, keeping its size and its time: a new file takes its place."""
    path = root / name
    before = path.stat()
    aside = path.with_suffix(".new")
    aside.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    os.utime(aside, ns=(before.st_atime_ns, before.st_mtime_ns))
    aside.replace(path)


def become_a_pipe(path: Path) -> None:
    """Put a named pipe in the place of a file."""
    path.unlink()
    os.mkfifo(path)


EDITS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda _: None,
    "a file of the same size in its place": lambda root: swap(root, "clients/jane-doe/sessions.yaml", "15:00", "11:00"),
    "a changed contract": lambda root: change(root, "clients/jane-doe/contract.yaml", "24 h", "72 h"),
    "a changed practice": lambda root: change(root, "coachlog.yaml", "09:00", "08:00"),
    "rules switched off": lambda root: change(root, "coachlog.yaml", "format: 1", "format: 1\nrules: {CON106: off}"),
    "a new file": lambda root: (root / "clients/tom-reid/contract.yaml").write_text(CONTRACT, encoding="utf-8"),
    "a file that is gone": lambda root: (root / "clients/jane-doe/contacts.yaml").unlink(),
    "a new client": lambda root: (root / "clients/ana-ruiz").mkdir(),
    "a renamed client": lambda root: (root / "clients/tom-reid").rename(root / "clients/tom-read"),
    "a file that became a pipe": lambda root: become_a_pipe(root / "clients/jane-doe/contacts.yaml"),
    "a supervision log": lambda root: (root / "supervision.yaml").write_text("supervision: [1]\n", encoding="utf-8"),
}


def told(filed: Filed) -> str:
    """Show all that is on file as one text."""
    return json.dumps(filed.as_plain(), sort_keys=True, default=str)


@pytest.mark.parametrize("edit", EDITS, ids=str)
@pytest.mark.parametrize("instant", INSTANTS)
@pytest.mark.parametrize("trusted", [True, False], ids=["old files", "fresh files"])
def test_warm_equals_cold(edit: str, instant: str, tmp_path: Path, *, trusted: bool) -> None:
    """Whatever changed since, in the files or in time, what is recalled is what reading again finds."""
    lay(tmp_path)
    if trusted:
        age(tmp_path)
    judged(tmp_path, Wishes(now=NOW))
    EDITS[edit](tmp_path)
    warm = recalled(tmp_path, Wishes(now=instant))
    cold = judged(tmp_path, Wishes(now=instant))
    assert warm is None or told(warm) == told(cold)


@pytest.mark.parametrize("seed", range(60))
def test_warm_equals_cold_along_a_history_of_edits(seed: int, tmp_path: Path) -> None:
    """Five edits and instants in a row, each followed by a look."""
    dice = random.Random(seed)  # noqa: S311 — the same histories at every run
    lay(tmp_path)
    for _ in range(5):
        instant = dice.choice(INSTANTS)
        warm = recalled(tmp_path, Wishes(now=instant))
        cold = judged(tmp_path, Wishes(now=instant))
        assert warm is None or told(warm) == told(cold)
        line = f"  - {{at: 2026-03-0{dice.randint(1, 9)} 1{dice.randint(0, 9)}:00, from: coach, via: email}}\n"
        with (tmp_path / "clients/jane-doe/contacts.yaml").open("a", encoding="utf-8") as file:
            file.write(line)


def test_the_same_question_is_answered_from_file(tmp_path: Path) -> None:
    """Nothing has changed, so nothing is read again; and within its span, a later instant is answered too."""
    lay(tmp_path)
    judged(tmp_path, Wishes(now=NOW))
    again = recalled(tmp_path, Wishes(now="2026-03-03 12:01"))
    assert again
    assert again.verdict.now_words == "Tue 3 Mar 2026 12:01"
    assert recalled(tmp_path, Wishes(now="2026-03-03 16:01")) is None, "an answer was due at 16:00"


@pytest.mark.parametrize(
    "damage",
    [
        *(lambda _, text=text: text for text in (b"", b"{", b"[]", b"null", b"[" * 100_000, b"\xff\xfe")),
        lambda _: b'{"zone": "Europe/London"}\n{}',
        lambda index: index.replace(b"Europe/London", b"../etc/passwd"),
        lambda index: index.replace(b"Jane Doe", b"Jane Roe"),
        lambda index: index[:-10],
        lambda index: index.partition(b"\n")[0],
    ],
)
def test_a_damaged_index_is_as_good_as_none(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    """Only speed changes, even where it can still be read and says something else."""
    lay(tmp_path)
    cold = judged(tmp_path, Wishes(now=NOW))
    index = tmp_path / FOLDER / FILE
    index.write_bytes(damage(index.read_bytes()))
    assert recalled(tmp_path, Wishes(now=NOW)) is None
    assert told(judged(tmp_path, Wishes(now=NOW))) == told(cold)


def test_a_pipe_in_the_place_of_the_index_is_not_waited_for(tmp_path: Path) -> None:
    """It costs only speed, and a good one takes its place."""
    lay(tmp_path)
    (tmp_path / FOLDER).mkdir()
    os.mkfifo(tmp_path / FOLDER / FILE)
    assert recalled(tmp_path, Wishes(now=NOW)) is None
    judged(tmp_path, Wishes(now=NOW))
    assert recalled(tmp_path, Wishes(now=NOW))


def test_a_folder_whose_name_is_no_text_is_kept_like_any_other(tmp_path: Path) -> None:
    """A name in another encoding costs no speed, and leaves no half-written file behind."""
    lay(tmp_path)
    os.mkdir(os.fsencode(tmp_path) + b"/clients/a\xff")  # noqa: PTH102 — a name that is no text
    cold = judged(tmp_path, Wishes(now=NOW))
    warm = recalled(tmp_path, Wishes(now=NOW))
    assert warm
    assert told(warm) == told(cold)
    assert sorted(path.name for path in (tmp_path / FOLDER).iterdir()) == [".gitignore", FILE]


def test_the_index_is_the_coachs_alone_and_out_of_gits_sight(tmp_path: Path) -> None:
    """It holds names: nobody else may read it, and it is never committed."""
    lay(tmp_path)
    judged(tmp_path, Wishes(now=NOW))
    folder = tmp_path / FOLDER
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", FILE]


def test_a_link_in_the_place_of_the_index_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written through a link that somebody planted."""
    lay(tmp_path / "journal")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "journal" / FOLDER).symlink_to(tmp_path / "elsewhere")
    judged(tmp_path / "journal", Wishes(now=NOW))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_in_the_place_of_the_index_folder_costs_only_speed(tmp_path: Path) -> None:
    """What can't be kept is not kept: the judgement is the same, and the file is as it was."""
    lay(tmp_path / "kept")
    lay(tmp_path / "journal")
    (tmp_path / "journal" / FOLDER).write_bytes(b"the coach's own\n")
    assert told(judged(tmp_path / "journal", Wishes(now=NOW))) == told(judged(tmp_path / "kept", Wishes(now=NOW)))
    assert (tmp_path / "journal" / FOLDER).read_bytes() == b"the coach's own\n"
    assert recalled(tmp_path / "journal", Wishes(now=NOW)) is None
