"""`coachlog client add`, `show`, `edit` and `rename`: the people and groups that are coached."""

import subprocess
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, PROGRAM, call, call_on_terminal, environment, lay_out
from coachlog.commands.client.code import code_from, neutral_code

MODELINE = "# yaml-language-server: $schema=../../.coachlog/schema/client.json\n"
BY_HAND = """# who she is
name:   'Jane Doe'   # as on the invoice
tags: [ executive ]

x-shoe: 38
email: jane@example.org
"""


@pytest.mark.parametrize(
    ("name", "taken", "code"),
    [
        ("Jane Doe", (), "jane-doe"),
        ("Zoë O'Neill-Sjöberg", (), "zoe-oneill-sjoberg"),
        ("Łukasz Øster Groß", (), "lukasz-oster-gross"),
        ("Jane Doe", ("jane-doe", "jane-doe-2"), "jane-doe-3"),
        ("Practice", (), "practice-2"),
        ("A" * 90, (), "a" * 60),
        ("李", (), ""),
    ],
)
def test_a_code_is_made_from_the_name(name: str, taken: tuple[str, ...], code: str) -> None:
    """Accents are folded, and no two clients have the same one."""
    assert code_from(name, taken) == code


@pytest.mark.parametrize(("taken", "code"), [((), "c01"), (("c06", "jane"), "c07"), (("c99-old",), "c100")])
def test_a_neutral_code_counts_on(taken: tuple[str, ...], code: str) -> None:
    """The next number after the highest, also among the clients that were removed."""
    assert neutral_code(taken) == code


def test_a_client_is_added_with_what_is_said(tmp_path: Path) -> None:
    """The line names the code and says the day; the file holds what was said, and the modeline."""
    lay_out({"coachlog.yaml": PRACTICE}, tmp_path)
    made = call(
        "client", "add", "Zoë", "Neill", "--since", "fri", "--tag", "board", "--group-size", "4", folder=tmp_path
    )
    said = "added zoe-neill: Zoë Neill, since Fri 27 Mar 2026 (4 days ago)"
    assert (made.code, made.out, made.err) == (0, f"{said}; the contract: coachlog contract new zoe-neill\n", "")
    written = tmp_path / "clients/zoe-neill/client.yaml"
    assert written.read_text() == f"{MODELINE}name: Zoë Neill\nsince: 2026-03-27\ngroup: {{size: 4}}\ntags: [board]\n"
    assert (written.stat().st_mode & 0o777, written.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_client_that_can_not_be_written_leaves_no_folder(tmp_path: Path) -> None:
    """On a disk that takes no byte there is afterwards nobody who has no file."""
    lay_out({"coachlog.yaml": PRACTICE, "clients/jane-doe/client.yaml": "name: Jane Doe\n"}, tmp_path)
    full = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", PROGRAM, "client", "add", "Bob"]
    refused = subprocess.run(full, cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False)
    assert (refused.returncode, b"clients/bob/client.yaml can't be written" in refused.stderr) == (3, True)
    assert [folder.name for folder in (tmp_path / "clients").iterdir()] == ["jane-doe"]


def test_neutral_codes_say_nothing_of_the_name(tmp_path: Path) -> None:
    """Where the practice says so; the number of a removed client is not given again."""
    removed = {"removed/c06-2026/client.yaml": "name: Gone\n", "clients/c02/client.yaml": "name: Two\n"}
    lay_out({"coachlog.yaml": f"{PRACTICE}codes: neutral\n", **removed}, tmp_path)
    assert '"code": "c07"' in call("client", "add", "Jane Doe", "--json", folder=tmp_path).out


def test_an_edit_keeps_every_byte_beside_it(tmp_path: Path) -> None:
    """Keys change, come and go; comments, order and quotes stay."""
    lay_out({**JOURNAL, "clients/jane-doe/client.yaml": BY_HAND}, tmp_path)
    settings = ("--set", "tags=executive, board", "--set", "since=3 jan", "--set", "email=")
    shown = call("client", "edit", "jane", *settings, "--dry-run", folder=tmp_path)
    assert "-tags: [ executive ]\n+tags: [executive, board]\n" in shown.out
    assert (tmp_path / "clients/jane-doe/client.yaml").read_text() == BY_HAND
    assert call("client", "edit", "jane", *settings, folder=tmp_path).out == "changed jane-doe: tags, since, email\n"
    expected = BY_HAND.replace("[ executive ]", "[executive, board]").replace(
        "email: jane@example.org", "since: 2026-01-03"
    )
    assert (tmp_path / "clients/jane-doe/client.yaml").read_text() == expected


def test_a_client_gets_another_code_wherever_it_stands(tmp_path: Path) -> None:
    """The folder moves, and the topics of the supervision log follow; nothing else of the file changes."""
    log = "supervision:\n  - {id: q8rtw, date: 2026-03-06, topics: [{client: jane-doe}, {client: 'tom-reid'}]}  # tea\n"
    lay_out({**JOURNAL, "supervision.yaml": log}, tmp_path)
    shown = call("client", "rename", "jane", "c07", "--dry-run", folder=tmp_path)
    assert "rename to clients/c07\n" in shown.out
    assert (tmp_path / "clients/jane-doe").is_dir()
    made = call("client", "rename", "jane", "c07", folder=tmp_path)
    assert (made.code, made.out) == (0, "renamed jane-doe to c07, in supervision.yaml too\n")
    assert not (tmp_path / "clients/jane-doe").exists()
    assert (tmp_path / "clients/c07/contacts.yaml").read_text() == JOURNAL["clients/jane-doe/contacts.yaml"]
    assert (tmp_path / "supervision.yaml").read_text() == log.replace("jane-doe", "c07")


def test_a_client_is_shown_with_where_they_stand(tmp_path: Path) -> None:
    """One fact a line on a pipe, a page on a terminal, and every field as JSON."""
    lay_out(JOURNAL, tmp_path)
    shown = call("client", "show", "jane", folder=tmp_path)
    assert shown.out.splitlines()[:3] == ["name\tJane Doe", "code\tjane-doe", "email\tjane@example.org"]
    assert "sessions\t0 of 6, contract of 2026-01-12" in shown.out.splitlines()
    assert call_on_terminal("client", "show", "jane", folder=tmp_path).out.startswith(
        "\x1b[1mJane Doe\x1b[0m (jane-doe)\n"
    )
    masked = call("--incognito", "client", "show", "jane", "--json", folder=tmp_path).out
    assert '"status": "active"' in masked
    assert "jane" not in masked.lower()


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("add", "李"), 2, "A code of a-z, 0-9 and - is needed, and there is nobody to ask. Say it with --code."),
        (("add", "Jo", "--code", "con"), 2, "`con` can't be a code."),
        (("add", "Jo", "--code", "jane-doe"), 2, "There is a client jane-doe already. Choose another code."),
        (("edit", "jane", "--set", "shoe=38"), 2, "`shoe` is nothing that can be set. Write KEY=VALUE, "),
        (("edit", "jane", "--set", "since=3/4"), 2, "`3/4` can mean two days. Write 3 apr or 4 mar."),
        (("edit", "jane", "--set", "name="), 2, "A client can't be without a name."),
        (("edit", "tom", "--set", "called=Tom"), 3, "clients/tom-reid/client.yaml:2: "),
        (("rename", "jane", "tom-reid"), 2, "There is a client tom-reid already."),
    ],
)
def test_what_is_refused_is_said_in_one_line(
    arguments: tuple[str, ...], code: int, complaint: str, tmp_path: Path
) -> None:
    """What is so, and what to do; no file is touched."""
    lay_out({**JOURNAL, "clients/tom-reid/client.yaml": "name: Tom\n\tx: 1\n"}, tmp_path)
    refused = call("client", *arguments, folder=tmp_path)
    assert (refused.code, refused.out) == (code, "")
    assert complaint in refused.err
    assert (tmp_path / "clients/jane-doe/client.yaml").read_text() == JOURNAL["clients/jane-doe/client.yaml"]


@pytest.mark.parametrize("command", ["add", "edit", "rename", "show"])
def test_help_has_examples(command: str, tmp_path: Path) -> None:
    """Each can be copied as it stands."""
    assert f"Examples:\n  coachlog client {command} " in call("client", command, "--help", folder=tmp_path).out
