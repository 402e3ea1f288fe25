"""Looking up a journal, by where one stands; and a client, by a beginning of code or name; never by guessing."""

import os
import subprocess
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, PROGRAM, call, environment, lay_out
from coachlog.commands.desk.opening import Known, client_of, clients_of
from coachlog.errors import NoSuchClient

CLIENTS = (
    Known("ana-ruiz", "Ana Ruiz"),
    Known("jan", "Jan van der Berg"),
    Known("jane-doe", "Jane Doe"),
    Known("c07", "Zoë Łuczak"),
    Known("c08", "Jürgen Groß"),
    Known("sam-lee", "Sam Lee"),
    Known("sam-lee-2", "Sam Lee"),
    Known("k09", "Søren Kjær-O\u2019Hara"),
)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("jane-doe", "jane-doe"),
        ("jan", "jan"),
        ("JAN", "jan"),
        ("jane", "jane-doe"),
        ("Jane D", "jane-doe"),
        ("doe", "jane-doe"),
        ("ruiz", "ana-ruiz"),
        ("der b", "jan"),
        ("zoe", "c07"),
        ("ZOË", "c07"),
        ("gross", "c08"),
        ("jurgen", "c08"),
        ("c07", "c07"),
        ("sam-lee", "sam-lee"),
        ("sam-lee-", "sam-lee-2"),
        ("soren", "k09"),
        ("kjaer", "k09"),
        ("O'Hara", "k09"),
    ],
)
def test_a_client_is_found_by_any_beginning_that_is_unique(wanted: str, code: str) -> None:
    """An exact match wins; a beginning of any word of the name serves; case and accents do not matter."""
    assert client_of(wanted, CLIENTS).code == code


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ("sam", ["sam-lee", "sam-lee-2"]),
        ("Sam Lee", ["sam-lee", "sam-lee-2"]),
        ("ja", ["jan", "jane-doe"]),
        ("c0", ["c07", "c08"]),
        ("jnae", ["jane-doe"]),
        ("berk", ["jan"]),
        ("", []),
        ("xyzzy", []),
    ],
)
def test_two_that_fit_and_none_that_fits_are_told_apart(wanted: str, named: list[str]) -> None:
    """Never a silent guess: those that fit are listed, else the nearest."""
    with pytest.raises(NoSuchClient) as refusal:
        client_of(wanted, CLIENTS)
    assert refusal.value.exit_code == 2
    assert all(code in str(refusal.value) for code in named)


def test_the_point_is_the_default_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """`.` stands for the client whom the environment names, and for none where it names none."""
    monkeypatch.setenv("COACHLOG_CLIENT", "jane")
    assert clients_of([".", "ana"], CLIENTS) == {"jane-doe", "ana-ruiz"}
    monkeypatch.setenv("COACHLOG_CLIENT", ".")
    with pytest.raises(NoSuchClient, match="COACHLOG_CLIENT"):
        client_of(".", CLIENTS)


@pytest.mark.parametrize("named", [".", "coachlog.yaml"])
@pytest.mark.parametrize("way", ["--journal", "-C", "COACHLOG_JOURNAL"])
def test_a_journal_is_named_by_its_folder_or_its_file(tmp_path: Path, named: str, way: str) -> None:
    """By an option or the environment, from anywhere."""
    journal = lay_out({"coachlog.yaml": PRACTICE}, tmp_path / "practice") / named
    chosen = {way: str(journal)} if way.startswith("COACHLOG_") else {}
    arguments = () if chosen else (way, str(journal))
    assert call(*arguments, "check", folder=tmp_path, **chosen).code == 0


@pytest.mark.parametrize("arguments", [("-C", "elsewhere"), ()])
def test_no_journal_is_one_line(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """It says where was looked, and how to begin one."""
    outcome = call(*arguments, "check", folder=tmp_path)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert "coachlog init" in outcome.err


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    """Somebody removed it while the coach stood in it."""
    done = subprocess.run(
        ["sh", "-c", f"mkdir gone && cd gone && rmdir ../gone && {PROGRAM} check"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == (
        b"coachlog: The current folder is gone. "
        b"Change to a folder that is there, or name the journal with --journal PATH.\n"
    )


def test_a_named_journal_is_judged_from_a_folder_that_is_gone(tmp_path: Path) -> None:
    """As the advice says; files are then named from the journal on."""
    lay_out(JOURNAL, tmp_path)
    done = subprocess.run(
        ["sh", "-c", f"mkdir gone && cd gone && rmdir ../gone && {PROGRAM} -C {tmp_path} check --select CTC105"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"\tclients/jane-doe/contacts.yaml:" in done.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
@pytest.mark.parametrize("named", [".", "coachlog.yaml"])
def test_a_journal_that_may_not_be_looked_into_is_one_line(tmp_path: Path, named: str) -> None:
    """It is not said to be none."""
    journal = lay_out({"coachlog.yaml": PRACTICE}, tmp_path / "practice")
    journal.chmod(0)
    outcome = call("-C", str(journal / named), "check", folder=tmp_path)
    journal.chmod(0o700)
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert outcome.err.startswith("coachlog: Permission to look into ")
