"""`coachlog init` and `schema`: a journal begins."""

import stat
from pathlib import Path

import pytest

from calling import call, lay_out

ZONE = ("--timezone", "Europe/London")
WHOLE = (
    *ZONE,
    "--name",
    "Alex: Harbour",
    "--country",
    "GB-ENG",
    "--currency",
    "GBP",
    "--office-hours",
    "Mo-Fr 09:00-17:00",
)


def everything(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def modes(root: Path) -> dict[str, int]:
    """Give the modes of a folder and all below it."""
    return {str(path.relative_to(root)): stat.S_IMODE(path.stat().st_mode) for path in (root, *root.rglob("*"))}


@pytest.mark.parametrize("given", [ZONE, WHOLE], ids=["zone alone", "whole"])
def test_a_new_journal_is_the_coachs_alone_and_without_a_finding(given: tuple[str, ...], tmp_path: Path) -> None:
    """Folders are 0700 and files 0600; what was said counts, what was not is a comment; check finds nothing."""
    made = call("init", "deep/practice", *given, folder=tmp_path)
    root = tmp_path / "deep/practice"
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"started a journal in {root}: ")
    assert "  next: cd deep/practice; coachlog client add NAME; " in made.out
    assert {mode for name, mode in modes(root).items() if not (root / name).is_dir()} == {0o600}
    assert {mode for name, mode in modes(tmp_path / "deep").items() if (tmp_path / "deep" / name).is_dir()} == {0o700}
    assert (root / ".gitignore").read_text() == "drafts/\nremoved/\n.coachlog/\n.*.tmp\n"
    text = (root / "coachlog.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=.coachlog/schema/coachlog.json\n")
    assert (root / ".coachlog/schema/coachlog.json").is_file()
    assert ('\n  name: "Alex: Harbour"\n' in text) is (given == WHOLE)
    checked = call("check", "--min-severity", "advice", folder=root)
    assert (checked.code, checked.out) == (0, "0 clients, 0 records, as of Tue 31 Mar 2026 12:00: nothing found.\n")


def test_the_sample_practice_is_told_as_if_it_were_today(tmp_path: Path) -> None:
    """Every day is moved by whole weeks, and so the same is found as in the practice that it was."""
    made = call("init", "sample", "--demo", folder=tmp_path, COACHLOG_NOW="2026-11-25 12:00")
    assert made.code == 0
    assert "12 clients, told as of Tue 24 Nov 2026" in made.out
    root = tmp_path / "sample"
    assert "expires: 2026-10-25  " in (root / "coachlog.yaml").read_text()
    found = call("check", "--format", "json", folder=root, COACHLOG_NOW="2026-11-24 12:00")
    assert '"clients": 12' in found.out
    assert {name.split("/")[0] for name in everything(root)} >= {"clients", "supervision.yaml", ".gitignore"}


def test_a_folder_that_is_there_keeps_what_it_holds(tmp_path: Path) -> None:
    """A .gitignore gets the lines that are missing, and a folder that others could look into is closed."""
    lay_out({"old/.gitignore": "*.pdf\ndrafts/", "old/letter.txt": "hi"}, tmp_path).joinpath("old").chmod(0o755)
    made = call("init", *ZONE, folder=tmp_path / "old")
    assert (made.code, "  next: coachlog client add NAME; " in made.out) == (0, True)
    assert f"could look into {tmp_path / 'old'}; it is closed to them now (0700)." in made.err
    assert modes(tmp_path / "old")["."] == 0o700
    assert (tmp_path / "old/.gitignore").read_text() == "*.pdf\ndrafts/\nremoved/\n.coachlog/\n.*.tmp\n"
    assert (tmp_path / "old/letter.txt").read_text() == "hi"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "Your time zone is needed, and there is nobody to ask. Say it with --timezone."),
        (("--timezone", "Nowhere"), "`timezone` can't be Nowhere. Write a time zone, such as Europe/London."),
        (("--timezone", "london"), "`timezone` can't be london. Write Europe/London."),
        (("--timezone", "New York"), "`timezone` can't be that. Write America/New_York."),
        ((*ZONE, "--office-hours", "9-5"), "can't be 9-5 (not understood from character 1 on). Write opening hours,"),
        ((*ZONE, "--currency", "pounds"), "`currency` can't be pounds. Write a currency of three letters, such as GBP"),
        (("--demo", "--name", "Alex"), "The sample practice has its own name. Leave out --demo or --name."),
        (("taken", *ZONE), "is a journal already: it holds a coachlog.yaml. Name another folder: coachlog init PATH."),
    ],
)
def test_what_can_not_begin_leaves_nothing_behind(arguments: tuple[str, ...], complaint: str, tmp_path: Path) -> None:
    """One line says what is wrong, and no file is written."""
    lay_out({"taken/coachlog.yaml": "format: 1\n"}, tmp_path)
    before = everything(tmp_path)
    refused = call("init", *arguments, folder=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert complaint in refused.err
    assert everything(tmp_path) == before


def test_a_dry_run_shows_the_file_and_writes_none(tmp_path: Path) -> None:
    """The folder is not even made."""
    shown = call("init", "new", *WHOLE, "--dry-run", folder=tmp_path)
    assert shown.code == 0
    assert "\n+timezone: Europe/London\n" in shown.out
    assert everything(tmp_path) == {}


def test_every_file_that_is_begun_tells_an_editor_where_its_schema_lies(tmp_path: Path) -> None:
    """It is the first line of what commands begin, of the sample too; the schema it leads to is in the journal."""
    call("init", *ZONE, folder=tmp_path)
    call("client", "add", "Jane", "Doe", folder=tmp_path)
    for command in (
        "contract new jane",
        "session book jane fri 15:00 --anyway",
        "contact log jane email",
        "action add jane Ask",
    ):
        assert call(*command.split(), folder=tmp_path).code == 0
    call("init", "sample", "--demo", folder=tmp_path)
    files = [*tmp_path.glob("clients/*/*.yaml"), *(tmp_path / "sample").rglob("*.yaml")]
    assert len({path.name for path in files}) == 8
    for path in files:
        head, _, schema = path.read_text().partition("\n")[0].partition("=")
        assert head == "# yaml-language-server: $schema"
        assert (path.parent / schema).resolve().name == f"{path.stem}.json"
        assert (path.parent / schema).is_file()


def test_schemas_are_printed_and_put_back(tmp_path: Path) -> None:
    """What lies in .coachlog may be deleted at any moment, and comes back."""
    lay_out({"coachlog.yaml": "format: 1\ntimezone: Europe/London\n"}, tmp_path)
    assert call("schema", "--write", folder=tmp_path).out.startswith("wrote .coachlog/schema/coachlog.json, ")
    assert len(list((tmp_path / ".coachlog/schema").glob("*.json"))) == 8
    printed = call("schema", "clients/jane/care.yaml", folder=tmp_path)
    assert '"title": "care.yaml"' in printed.out
    unknown = call("schema", "tea.yaml", folder=tmp_path)
    assert unknown.code == 2
    assert "`tea.yaml` is no file of a journal. There are coachlog.yaml, " in unknown.err
