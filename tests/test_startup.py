"""What the program does before a command runs: how little it imports, how it helps, how it stops.

All calls are cold here, but those for the help of each command: that is the same however the program was started.
"""

import os
import stat
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import pytest

from calling import JOURNAL, PROGRAM, call, call_cold, call_cold_into, environment, lay_out
from coachlog import __version__
from coachlog.cli import COMMANDS, EXAMPLES

NAMES = [name for name, *_ in COMMANDS]
HEAVY = frozenset({"pydantic", "ruamel", "yaml", "rich", "holidays", "opening_hours"})
LISTING = """
import sys
from coachlog.cli import main
try:
    main()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


def imported(*arguments: str, folder: Path, **more: str) -> set[str]:
    """Give the names of the packages that a call imports."""
    done = subprocess.run(
        [sys.executable, "-c", LISTING, *arguments],
        cwd=folder,
        env=environment(folder, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return set(done.stderr.decode().split())


def test_the_version_costs_next_to_nothing(tmp_path: Path) -> None:
    """It is said before anything else is imported."""
    assert call_cold("--version", folder=tmp_path).out == f"coachlog {__version__}\n"
    names = imported("--version", folder=tmp_path)
    assert "coachlog.cli" in names
    assert not names & {*HEAVY, "typer", "argparse", "importlib.metadata", "typing", "pathlib", "json", "inspect"}


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ("client", "-h"), ("chek",), ("client", "lst")])
def test_help_and_typing_errors_need_no_command(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """They are answered from the table alone; the coach's settings cost no parser."""
    plain = "journal: ~/practice\neditor: code --wait\ncolour: auto\naliases: {l: contact log, t: today --days 3}\n"
    lay_out({".config/coachlog/config.yaml": plain}, tmp_path)
    names = imported(*arguments, folder=tmp_path)
    assert "typer" in names
    assert not names & HEAVY
    commands = {name for name in names if name.startswith("coachlog.commands.")}
    light = ("desk", "desk.answers", "desk.opening", "desk.preferences", "keeping", "keeping.topics")
    assert commands <= {f"coachlog.commands.{name}" for name in light}


def test_the_version_may_stand_anywhere(tmp_path: Path) -> None:
    """Before a command and behind it."""
    for arguments in (("--quiet", "--version"), ("check", "--version"), ("client", "list", "--version")):
        assert call_cold(*arguments, folder=tmp_path).out == f"coachlog {__version__}\n"


@pytest.mark.parametrize(("name", "flag"), [*zip(NAMES, cycle(("-h", "--help")), strict=False)])
def test_every_command_has_help_with_an_example(tmp_path: Path, name: str, flag: str) -> None:
    """Help says what a command does and shows how it is called, by either flag: they alternate."""
    outcome = call(*name.split(), flag, folder=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert f"Usage: coachlog {name}" in outcome.out
    examples = outcome.out.partition("\nExamples:\n")[2].splitlines()
    assert examples
    assert all(line.startswith(f"  coachlog {name}") or line.strip() == "coachlog" for line in examples)


def test_the_examples_of_the_program_name_commands_that_are_there(tmp_path: Path) -> None:
    """Help of the whole program shows every command under its heading."""
    shown = call_cold("-h", folder=tmp_path).out
    assert all(example in shown for example in EXAMPLES)
    assert all(name.split()[0] in shown for name, *_ in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("chek",), "There is no command `chek`. Did you mean `coachlog check`?"),
        (("list",), "Did you mean `coachlog client list`"),
        (("client", "lst"), "There is no command `client lst`. Did you mean `coachlog client list`?"),
        (("client",), "`coachlog client` wants a command: add, list, "),
        (("check", "--formt", "json"), "No such option: --formt (Possible options: --format)"),
        (("check", "--format", "yaml"), "'yaml' is not one of"),
        (("check", "--fail-on"), "Option '--fail-on' requires an argument."),
        (("rule", "a", "b"), "Got unexpected extra argument(s) (b)."),
        (("--color", "sometimes", "check"), "'sometimes' is not one of"),
        (("check", "--color", "sometimes"), "'sometimes' is not one of"),
    ],
)
def test_a_wrong_call_is_one_line(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    """It says what is wrong and where the right form is told, without a box, and exits with 2."""
    outcome = call_cold(*arguments, folder=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert sentence in outcome.err
    assert outcome.err.startswith("coachlog: ")
    assert outcome.err.endswith("-h` shows what is accepted.\n")
    assert outcome.err.count("\n") == 1


TAB = {"_COACHLOG_COMPLETE": "bash"}


def test_completion_knows_the_commands_without_importing_them(tmp_path: Path) -> None:
    """TAB is answered from the table alone."""
    outcome = call_cold("ch", folder=tmp_path, **TAB)
    assert (outcome.code, outcome.out) == (0, "words\ncheck\tJudge the journal by what was agreed.\n")
    names = imported("ch", folder=tmp_path, **TAB)
    assert not names & {*HEAVY, "typer", "zoneinfo"}
    assert not {name for name in names if name.startswith(("coachlog.rules", "coachlog.command_line"))}


@pytest.mark.parametrize(
    ("words", "barred"),
    [(("show", "j"), HEAVY), (("contact", "reply", "jane", "--to", ""), HEAVY - {"yaml"})],
    ids=["clients", "records"],
)
def test_completion_of_clients_and_records_makes_no_record(
    tmp_path: Path, words: tuple[str, ...], barred: frozenset[str]
) -> None:
    """Names come from the index, and ids from the nodes of one client's files."""
    lay_out(JOURNAL, tmp_path)
    call("check", folder=tmp_path)
    names = imported(*words, folder=tmp_path, **TAB)
    assert "coachlog.commands.completing.offers" in names
    assert not names & {*barred, "typer", "zoneinfo"}


def test_a_mistake_of_the_program_is_one_line_and_a_private_file(tmp_path: Path) -> None:
    """No traceback and no client's word: where it happened is kept for its owner alone."""
    script = (
        "import sys, coachlog.cli as cli, importlib\n"
        "class Broken:\n"
        "    @staticmethod\n"
        "    def run(arguments):\n"
        "        secret = 'Jane cried'\n"
        "        raise ValueError(secret)\n"
        "real = importlib.import_module\n"
        "cli.import_module = lambda name: Broken if name == 'coachlog.command_line' else real(name)\n"
        "sys.exit(cli.main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "check"],
        env=environment(tmp_path, XDG_STATE_HOME=str(tmp_path)),
        capture_output=True,
        check=False,
        timeout=60,
    )
    kept = list((tmp_path / "coachlog").iterdir())
    assert (done.returncode, done.stdout, len(kept)) == (70, b"", 1)
    assert done.stderr.decode().count("\n") == 1
    assert str(kept[0]) in done.stderr.decode()
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600
    assert "Jane" not in done.stderr.decode() + kept[0].read_text()
    assert "in run" in kept[0].read_text()


def test_a_mistake_is_kept_elsewhere_where_the_usual_folder_cannot_be_made(tmp_path: Path) -> None:
    """A home that is read-only or full hides nothing: the folder for temporary files serves."""
    lay_out({"state": "", "tmp/readme": ""}, tmp_path)
    script = "from coachlog.crash import keep; print(keep(LookupError('Jane cried')))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(tmp_path, XDG_STATE_HOME=str(tmp_path / "state"), TMPDIR=str(tmp_path / "tmp")),
        capture_output=True,
        check=True,
        timeout=60,
    )
    kept = next((tmp_path / "tmp").glob("coachlog-crash-*"))
    assert done.stdout.decode() == f"This is a mistake of coachlog's (LookupError). What is known of it: {kept}\n"
    assert "builtins.LookupError" in kept.read_text()
    assert "Jane" not in kept.read_text()


@pytest.mark.parametrize(("situation", "code"), [("KeyboardInterrupt", 130), ("BrokenPipeError", 0)])
def test_what_the_coach_ends_is_silent(tmp_path: Path, situation: str, code: int) -> None:
    """Ctrl-C and a closed pipe are no mistakes."""
    script = (
        "import sys, coachlog.cli as cli\n"
        "class Ended:\n"
        "    @staticmethod\n"
        "    def run(arguments):\n"
        f"        raise {situation}\n"
        "cli.import_module = lambda name: Ended\n"
        "sys.exit(cli.main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "check"], env=environment(tmp_path), capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", b"")


def test_the_client_list_needs_no_model_where_its_rows_are_known(tmp_path: Path) -> None:
    """What prints it imports neither pydantic nor YAML: the half that reads is imported when it is needed."""
    modules = "coachlog.command_line, coachlog.commands.client.list, coachlog.render.client_list"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {modules}; print(*sys.modules)"],
        env=environment(tmp_path),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert not set(done.stdout.decode().split()) & HEAVY


def test_it_runs_without_a_standard_output(tmp_path: Path) -> None:
    """A call from a place that has no terminal and no pipe says nothing and exits as it should."""
    lay_out(JOURNAL, tmp_path)
    done = subprocess.run(
        ["sh", "-c", f"{PROGRAM} check --select CTC105 >&- 2>&-"], cwd=tmp_path, env=environment(tmp_path), check=False
    )
    assert done.returncode == 1


SAID_BY_THE_PROGRAM = [("--version",), ("-h",), ("check", "-h"), ("rule",)]


@pytest.mark.parametrize("arguments", SAID_BY_THE_PROGRAM, ids=" ".join)
def test_a_closed_pipe_is_silent_whatever_is_said(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Help and version go the way of all output."""
    reading, writing = os.pipe()
    os.close(reading)
    outcome = call_cold_into(writing, *arguments, folder=tmp_path)
    os.close(writing)
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is a Linux device")
@pytest.mark.parametrize("arguments", SAID_BY_THE_PROGRAM, ids=" ".join)
def test_a_full_disk_is_one_line_whatever_is_said(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Likewise; it is no mistake of the program's, and not for its crash file."""
    descriptor = os.open("/dev/full", os.O_WRONLY)
    outcome = call_cold_into(descriptor, *arguments, folder=tmp_path)
    os.close(descriptor)
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert outcome.err.startswith("coachlog: The output can't be written")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is a Linux device")
def test_an_error_that_cannot_be_said_still_has_its_exit_code(tmp_path: Path) -> None:
    """Where standard error takes nothing, the code is all that is left."""
    done = subprocess.run(
        ["sh", "-c", f"{PROGRAM} check 2>/dev/full"], cwd=tmp_path, env=environment(tmp_path), check=False, timeout=60
    )
    assert done.returncode == 2
