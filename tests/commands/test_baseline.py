"""`coachlog check --baseline`: what is known is counted, what is new is told, and only the coach adds to the file."""

import json
import os
import stat
from pathlib import Path

import pytest

from calling import JOURNAL, Outcome, call, lay_out

CTC = ("--select", "CTC105")
FILE = "baseline.jsonl"
KNOWN = ("--baseline", FILE)
LATE_AGAIN = """  - {id: g2ggg, at: 2026-03-10 10:00, from: client, via: email}
  - {id: h2hhh, at: 2026-03-12 17:00, from: coach, via: email, reply_to: g2ggg}
"""


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Give a small practice all of whose findings are in its baseline."""
    lay_out(JOURNAL, tmp_path)
    made = call("check", *KNOWN, "--write-baseline", folder=tmp_path)
    assert made.out.startswith(f"accepted in {FILE}: ")
    assert (made.code, made.err) == (0, "")
    return tmp_path


def summary(outcome: Outcome) -> dict[str, object]:
    """Give the summary of a JSON report."""
    told: dict[str, object] = json.loads(outcome.out)["summary"]
    return told


def test_a_baseline_is_a_line_for_each_finding(journal: Path) -> None:
    """It can be read, it is sorted, it holds neither lines nor words, and it is the coach's alone."""
    lines = (journal / FILE).read_text(encoding="ascii").splitlines()
    assert '{"rule": "CTC105", "client": "jane-doe", "record": "b2bbb", "subject": null}' in lines
    assert not any("f2fff" in one and "CTC105" in one for one in lines), "what is waived is not in it"
    assert stat.S_IMODE((journal / FILE).stat().st_mode) == 0o600
    again = call("check", *KNOWN, "--write-baseline", folder=journal)
    assert again.out == f"accepted in {FILE}: {len(lines)} findings.\n"
    assert (journal / FILE).read_text(encoding="ascii").splitlines() == lines


def test_what_is_known_is_counted_and_fails_nothing(journal: Path) -> None:
    """Moved to another line it is still known; what is waived is listed as ever."""
    file = journal / "clients/jane-doe/contacts.yaml"
    file.write_text(f"# a comment\n\n{file.read_text()}")
    outcome = call("check", *KNOWN, "--all", folder=journal)
    number = len((journal / FILE).read_text().splitlines())
    assert outcome.code == 0
    assert [one.partition("\t")[0] for one in outcome.out.splitlines()[:-1]] == ["waived"]
    assert outcome.out.splitlines()[-1].endswith(f": 1 waived, {number} in the baseline.")
    told = summary(call("check", *KNOWN, "--json", folder=journal))
    assert (told["breach"], told["baselined"], told["gone"]) == (0, number, [])


def test_what_is_new_is_listed_and_fails(journal: Path) -> None:
    """A second late reply to the same client is another finding, and no check adds it to the file."""
    before = (journal / FILE).read_bytes()
    with (journal / "clients/jane-doe/contacts.yaml").open("a") as file:
        file.write(LATE_AGAIN)
    for _ in range(2):
        outcome = call("check", *CTC, *KNOWN, "--json", folder=journal)
        assert [one["record"] for one in json.loads(outcome.out)["findings"] if not one["waived"]] == ["h2hhh"]
        assert outcome.code == 1
    assert (journal / FILE).read_bytes() == before


def test_what_no_longer_occurs_is_reported_and_dropped_when_the_file_is_made_anew(journal: Path) -> None:
    """A check names it and leaves the file; --write-baseline drops it, and says what else is new."""
    file = journal / "clients/jane-doe/contacts.yaml"
    text = file.read_text()
    file.write_text(text.replace("2026-03-04 17:00", "2026-03-02 17:00"))
    assert summary(call("check", *KNOWN, "--json", folder=journal))["gone"] == [
        {"code": "CTC105", "client": "jane-doe", "record": "b2bbb", "subject": None}
    ]
    shown = call("check", *KNOWN, folder=journal).out
    assert "No longer found, and dropped by --write-baseline: CTC105 jane-doe b2bbb." in shown
    before = (journal / FILE).read_bytes()
    diff = call("check", *KNOWN, "--write-baseline", "--dry-run", folder=journal).out
    assert '-{"rule": "CTC105", "client": "jane-doe"' in diff
    assert (journal / FILE).read_bytes() == before
    made = call("check", *KNOWN, "--write-baseline", folder=journal).out
    assert made.splitlines()[1] == "No longer found, and dropped: CTC105 jane-doe b2bbb."
    file.write_text(text)
    assert call("check", *KNOWN, folder=journal).code == 1
    told = json.loads(call("check", *KNOWN, "--write-baseline", "--json", folder=journal).out)
    assert list(told) == ["schema", "file", "entries", "new", "gone"]
    assert [one["record"] for one in told["new"]] == ["b2bbb"]


def test_a_client_who_cannot_be_read_keeps_what_was_accepted(journal: Path) -> None:
    """Rules that are silent today prove nothing, whether the file is read or made anew."""
    file = journal / "clients/jane-doe/contacts.yaml"
    text = file.read_text()
    file.write_text("contacts: [\n")
    told = summary(call("check", *KNOWN, "--json", folder=journal))
    assert not any("CTC105" in str(one) for one in told["gone"])  # type: ignore[attr-defined]  # a list of objects
    assert call("check", *KNOWN, "--write-baseline", folder=journal).code == 0
    file.write_text(text)
    assert call("check", "jane", *CTC, *KNOWN, folder=journal).code == 0


@pytest.mark.parametrize("asked", [("tom",), ("--select", "CON"), ("--ignore", "CTC"), ("--profile", "basic")])
def test_what_was_not_asked_about_is_not_missed(journal: Path, asked: tuple[str, ...]) -> None:
    """A check of a part leaves the rest of the baseline in peace."""
    assert summary(call("check", *asked, *KNOWN, "--json", folder=journal))["gone"] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", ":1"),
        ('{"rule": "CTC105", "client": null, "record": null, "subject": null}\n\n[]\n', ":3"),
        ('{"rule": 1, "client": null, "record": null, "subject": null}', ":1"),
        ('{"rule": "CTC105", "client": "Jane wept", "record": null}', ":1"),
        ("<<<<<<< HEAD\n", ":1"),
        ("[" * 100_000, ":1"),
        ("\xff", ":1"),
    ],
)
def test_a_line_that_is_no_entry_is_named(journal: Path, text: str, place: str) -> None:
    """One line with the place and never the words; nothing is judged by half a baseline, and nothing written over."""
    (journal / FILE).write_bytes(text.encode("latin-1"))
    for more in ((), ("--write-baseline",)):
        outcome = call("check", *KNOWN, *more, folder=journal)
        assert (outcome.code, outcome.out) == (3, "")
        assert outcome.err.startswith(f"coachlog: {FILE}{place} is no entry of a baseline")
        assert "Jane" not in outcome.err
        assert outcome.err.count("\n") == 1
    assert (journal / FILE).read_bytes() == text.encode("latin-1")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("baseline.json", "There is no baseline baseline.json. The nearest: baseline.jsonl."),
        ("zzz", "There is no baseline zzz. Make it first: add --write-baseline."),
        ("clients", "clients can't be read: this is a folder, not a file."),
        ("pipe", "pipe can't be read: this is a named pipe, not a file."),
    ],
)
def test_a_baseline_that_cannot_be_read_is_one_line(journal: Path, name: str, sentence: str) -> None:
    """The reason, or the nearest name, with exit code 3."""
    os.mkfifo(journal / "pipe")
    outcome = call("check", "--baseline", name, folder=journal)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith(f"coachlog: {sentence}")


@pytest.mark.parametrize("name", ["coachlog.yaml", "clients/jane-doe/b", "missing/b", ".", "pipe", "link", "x" * 300])
def test_a_baseline_that_cannot_be_written_is_one_line(journal: Path, name: str) -> None:
    """No file of the journal's own is written over, by whatever name it goes."""
    os.mkfifo(journal / "pipe")
    (journal / "link").symlink_to("coachlog.yaml")
    before = (journal / "coachlog.yaml").read_bytes()
    for more in ((), ("--dry-run",)):
        outcome = call("check", "--baseline", name, "--write-baseline", *more, folder=journal)
        assert (outcome.code, outcome.out) == (3, "")
        assert outcome.err.startswith(f"coachlog: {name} ")
        assert outcome.err.endswith("Name another file with --baseline.\n")
        assert outcome.err.count("\n") == 1
    assert (journal / "coachlog.yaml").read_bytes() == before


def test_a_link_is_followed_by_who_reads_and_by_who_writes(journal: Path) -> None:
    """A baseline that several journals share, or that lies elsewhere, is one file."""
    (journal / "link").symlink_to("elsewhere")
    assert call("check", "--baseline", "link", "--write-baseline", folder=journal).code == 0
    assert (journal / "link").is_symlink()
    assert call("check", "--baseline", "link", folder=journal).code == 0
    assert (journal / "elsewhere").read_bytes() == (journal / FILE).read_bytes()


def test_incognito_masks_what_no_longer_occurs(journal: Path) -> None:
    """The file has the codes, the screen has not."""
    (journal / "clients/tom-reid/contacts.yaml").write_text("")
    for more in ((), ("--json",), ("--write-baseline", "--dry-run"), ("--write-baseline", "--json")):
        shown = call("--incognito", "check", *KNOWN, *more, folder=journal).out
        assert "client-b" in shown
        assert "tom" not in shown
    call("--incognito", "check", *KNOWN, "--write-baseline", folder=journal)
    assert "tom-reid" in (journal / FILE).read_text()
