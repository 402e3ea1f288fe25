"""The command line: groups of commands, their help, and a wrong call in one line.

It knows the commands by the table alone; the module of a command is imported when that command runs, or shows its
own help.
"""

import inspect
import os
from difflib import get_close_matches
from importlib import import_module
from itertools import groupby
from typing import Any, NamedTuple, NoReturn

import typer
from typer._click import ClickException, Command, Context, HelpFormatter, Parameter
from typer._click.exceptions import UsageError
from typer._click.shell_completion import CompletionItem
from typer._completion_classes import completion_init
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from coachlog.cli import COMMANDS, DEFAULT_COMMAND, EXAMPLES, GROUPS
from coachlog.commands.desk.opening import Wishes
from coachlog.errors import WrongCall
from coachlog.program_options import options_behind, program_options
from coachlog.render.line import line
from coachlog.render.output import Sheet, show, speak_utf8

PROGRAM = "coachlog"
COMMANDS_FOLDER = "coachlog.commands"
"""Where the modules of the table are."""
COMPLETING = "_COACHLOG_COMPLETE"
"""The environment variable by which a shell asks for completions."""
ABOUT = "A coaching journal over plain YAML files that watches the coach's own boundaries."
MARK_OF_EXAMPLES = "Examples:"
"""What stands above the examples in the docstring of a command."""
SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Row(NamedTuple):
    """A line of the table: a command, or a group of them."""

    name: str
    heading: str
    summary: str
    module: str = ""
    function: str = ""


TABLE = {name: Row(name, heading, about, module, function) for name, module, function, heading, about in COMMANDS}
GROUPED = {name: Row(name, heading, about) for name, heading, about in GROUPS}


def run(arguments: list[str]) -> int:
    """Run what was typed and give the exit code. Raises CoachlogError."""
    speak_utf8()
    if COMPLETING in os.environ:
        completion_init()
    try:
        code = Commands("", ABOUT, DEFAULT_COMMAND).main(arguments, PROGRAM, standalone_mode=False, obj=Wishes())
    except ClickException as error:
        raise _wrong(error) from None
    except typer.Abort:
        what = "The input ended before everything was said."
        raise WrongCall(what) from None
    return code if isinstance(code, int) else 0


class OneCommand(TyperCommand):
    """A command with its help, its examples as they are typed, and the options of the whole program."""

    examples = ""

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Give the option that shows help, as all output is shown."""
        return _shown_as_output(super().get_help_option(ctx))

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 — the library passes it
        """Write the examples below the options."""
        _write_examples(formatter, self.examples.split("\n"))


class Commands(TyperGroup):
    """Commands that are known by the table until one is called."""

    def __init__(self, path: str, about: str, default: str | None = None) -> None:
        """Stand for the commands whose names begin with a path; the empty one is the program itself."""
        options = list(options_behind([])) if path else program_options()
        super().__init__(
            name=path or PROGRAM, help=about, params=options, rich_markup_mode=None, context_settings=SETTINGS
        )
        self.path = path
        self.default = default

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Give the option that shows help, as all output is shown."""
        return _shown_as_output(super().get_help_option(ctx))

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002 — the library passes it
        """Give the names of what can be called from here, in the order of the table."""
        return self.names()

    def names(self) -> list[str]:
        """Give the next word of every command that begins with the path."""
        prefix = f"{self.path} " if self.path else ""
        return list(dict.fromkeys(name.removeprefix(prefix).split()[0] for name in TABLE if name.startswith(prefix)))

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002 — the library passes it
        """Give the group of a name, or import its command; None where there is neither."""
        name = self._full(cmd_name)
        if name in GROUPED:
            return Commands(name, GROUPED[name].summary)
        return _command(TABLE[name]) if name in TABLE else None

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the options of the whole program; without a command the default one is meant."""
        rest = super().parse_args(ctx, args)
        # The library keeps the name of the command to be called there, and offers no other way to say it.
        if not ctx._protected_args and not ctx.resilient_parsing:  # noqa: SLF001 — see above
            if self.default is None:
                ctx.fail(f"`{ctx.command_path}` wants a command: {', '.join(self.names())}.")
            ctx._protected_args = [self.default]  # noqa: SLF001 — likewise
        return rest

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Find the command that is called; a name that is none is refused with the nearest."""
        command = self.get_command(ctx, args[0])
        if command is None and not ctx.resilient_parsing:
            self._refuse(ctx, args[0])
        return args[0] if command else None, command, args[1:]

    def _refuse(self, ctx: Context, typed: str) -> NoReturn:
        here = {name: self._full(name) for name in self.names()}
        known = {**_by_any_word(), **here} if not self.path else here
        meant = dict.fromkeys(known[word] for word in get_close_matches(typed, known, n=2, cutoff=0.65))
        advice = f" Did you mean {' or '.join(f'`{PROGRAM} {one}`' for one in meant)}?" if meant else ""
        ctx.fail(f"There is no command `{self._full(typed)}`.{advice}")

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 — likewise
        """Give the names that can go on here, from the table alone."""
        return [CompletionItem(name) for name in self.names() if name.startswith(incomplete)]

    def _full(self, name: str) -> str:
        return f"{self.path} {name}".strip()

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 — likewise
        """List the commands under their headings, from the table alone."""
        rows = [(name, GROUPED.get(self._full(name)) or TABLE[self._full(name)]) for name in self.names()]
        for heading, several in groupby(rows, key=lambda one: one[1].heading):
            with formatter.section(heading):
                formatter.write_dl([(name, row.summary) for name, row in several])

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 — likewise
        """Write the examples below the commands."""
        _write_examples(formatter, [f"  {one}" for one in EXAMPLES if one.startswith(f"{PROGRAM} {self.path}".strip())])


def _by_any_word() -> dict[str, str]:
    """Give the commands by their full names and last words; of several that end alike, the first of the table."""
    return {word: name for name in reversed(TABLE) for word in (name.split()[-1], name)}


def _command(row: Row) -> Command:
    """Import a command and make it callable; its docstring is its help, with the examples at its end."""
    function = getattr(import_module(f"{COMMANDS_FOLDER}.{row.module}"), row.function)
    about, _, examples = (inspect.getdoc(function) or "").partition(f"\n{MARK_OF_EXAMPLES}\n")
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(row.name.split()[-1], cls=OneCommand, help=about, context_settings=SETTINGS)(function)
    command = get_command(app)
    if isinstance(command, OneCommand):
        command.examples = examples
    command.params += options_behind(command.params)
    return command


def _shown_as_output(option: TyperOption | None) -> TyperOption | None:
    """Let help go the way of all output: the library's own crashes on a full disk and fails on a closed pipe."""
    if option is not None:
        option.callback = _show_help
    return option


def _show_help(ctx: Context, _: Parameter, value: bool) -> None:  # noqa: FBT001 — the library passes it
    if value and not ctx.resilient_parsing:
        show([line(one) for one in ctx.get_help().split("\n")], Sheet())
        raise typer.Exit


def _write_examples(formatter: HelpFormatter, examples: list[str]) -> None:
    if any(examples):
        formatter.write(f"\n{MARK_OF_EXAMPLES}\n" + "".join(f"  {one.strip()}\n" for one in examples if one.strip()))


def _wrong(error: ClickException) -> WrongCall:
    """Say a wrong call in one line, and where its right form is told."""
    sentence = " ".join(error.format_message().split())
    sentence = sentence if sentence.endswith((".", "?")) else f"{sentence}."
    context = error.ctx if isinstance(error, UsageError) else None
    return WrongCall(sentence, f"`{_called(context)} -h` shows what is accepted.")


def _called(context: Context | None) -> str:
    return context.command_path if context else PROGRAM
