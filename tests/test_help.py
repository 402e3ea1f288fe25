"""Help: every command says how it is called and stands on the page; its examples run in `test_help_examples.py`."""

import re
import shlex
from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer._click import Context

from calling import call
from coachlog.cli import COMMANDS, DEFAULT_COMMAND
from coachlog.command_line import ABOUT, PROGRAM, Commands
from coachlog.commands.desk.boundaries import PlanRefused
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.keeping.topics import TOPICS
from coachlog.errors import CoachlogError
from coachlog.model.instant import Instant
from coachlog.model.typed_time import read_typed
from coachlog.rules.book import BOOK
from coachlog.store.topics import topic

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
SECTION = re.compile(rf"^### {PROGRAM} (.+?)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def sections() -> dict[str, str]:
    """Give what the page says of each command."""
    return dict(SECTION.findall(PAGE.read_text(encoding="utf-8")))


def understood(typed: str) -> str:
    """Parse a line as the program does, up to where a shell sends its output, and name the command that would run."""
    name, *words = takewhile(lambda word: word not in {">", "|"}, shlex.split(typed))
    group = Commands("", ABOUT, DEFAULT_COMMAND)
    context = group.make_context(name, words, obj=Wishes())
    while isinstance(context.command, Commands):
        context = _inside(context.command, context)
    return context.command_path.removeprefix(f"{PROGRAM} ")


def _inside(group: Commands, context: Context) -> Context:
    words = [*context._protected_args, *context.args]  # noqa: SLF001 — as the library does before it runs a command
    name, command, rest = group.resolve_command(context, words)
    assert command is not None
    return command.make_context(name, rest, parent=context)


def test_the_page_has_every_command_in_the_order_of_the_table() -> None:
    """Nothing that can be called is left out, and each has an example."""
    assert list(sections()) == [name for name, *_ in COMMANDS]
    assert [name for name, text in sections().items() if not SHELL.search(text)] == []


@pytest.mark.parametrize("words", [(), ("client",), ("session", "book")], ids=" ".join)
def test_help_shows_what_the_command_shows_of_itself(tmp_path: Path, words: tuple[str, ...]) -> None:
    """`coachlog help session book` is `coachlog session book -h`."""
    assert call("help", *words, folder=tmp_path) == call(*words, "-h", folder=tmp_path)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("sesion", "book"), "There is no command `sesion`. Did you mean `coachlog session`"),
        (("session", "bok"), "There is no command `session bok`. Did you mean `coachlog session book`?"),
        (("check", "jane"), "`coachlog check` is a whole command. `coachlog help check` shows how it is called."),
        (("check", "--all"), "A command and --all were named at once."),
    ],
    ids=str,
)
def test_help_for_what_is_no_command_is_one_line(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    """It names the nearest, as a wrong call does."""
    outcome = call("help", *words, folder=tmp_path)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert sentence in outcome.err


@pytest.mark.parametrize("name", [name for name, _ in TOPICS])
def test_a_topic_is_a_page_whose_commands_are_understood(tmp_path: Path, name: str) -> None:
    """Each command on it parses, each rule on it is one, no line is too long, and it needs no journal to be read."""
    page = topic(name)
    typed = re.findall(rf"^    ({PROGRAM}.*)$", page, re.MULTILINE)
    assert {understood(one) for one in typed} <= {command for command, *_ in COMMANDS}
    rules = re.findall(r"(?:waive \S+(?: [a-z0-9]+)?|{rule:|coachlog rule) ([a-z]+(?:-[a-z]+)+)", page)
    assert set(rules) <= {one.name for one in BOOK}
    assert max(map(len, page.splitlines())) <= 120
    outcome = call("help", name, folder=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(page.partition("\n")[0].removeprefix("# "))


def test_the_page_on_dates_says_what_is_read() -> None:
    """Every form that it lists in its table is read as a day or a moment."""
    block = topic("dates").split("\n\n")[2]
    forms = [re.split(r" {2,}| (?=as coachlog)", line.strip())[0] for line in block.splitlines()]
    now = Instant.parse("2026-01-12 09:00", ZoneInfo("Europe/London"))
    assert now
    assert len([read_typed(one, now, "plan") for one in forms]) == 17


def test_the_page_on_exit_codes_names_those_of_the_errors() -> None:
    """A code that an error has and the page does not name would surprise a script."""
    named = {int(one) for one in re.findall(r"^    (\d+) ", topic("exit-codes"), re.MULTILINE)}
    assert named == {0, 1, PlanRefused.exit_code, 70, 130} | _codes(CoachlogError)


def _codes(error: type[CoachlogError]) -> set[int]:
    return {error.exit_code}.union(*map(_codes, error.__subclasses__()))
