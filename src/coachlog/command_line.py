"""The command line: groups of commands, their help, and a wrong call in one line.

It knows the commands by the table alone; the module of a command is imported when that command runs, or shows its
own help.
"""

import inspect
from collections.abc import Collection, Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib import import_module
from itertools import groupby, takewhile
from typing import Any, NamedTuple, NoReturn

import typer
from typer._click import ClickException, Command, Context, HelpFormatter, Parameter
from typer._click.exceptions import UsageError
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from coachlog.cli import COMMANDS, DEFAULT_COMMAND, DEFAULTS, EXAMPLES, EXAMPLES_OF_GROUPS, GROUPS, INTERRUPTED
from coachlog.commands.desk.answers import RunAgain, Typed, Unanswered
from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.commands.desk.preferences import in_full, journal_settled, settings_if_any, stand_in
from coachlog.commands.keeping.topics import TOPICS
from coachlog.errors import CoachlogError, WrongCall
from coachlog.model.typed_time import NotATime, read_typed
from coachlog.program_options import first_word, option_of_the_editor, options_behind, program_options
from coachlog.render.line import line
from coachlog.render.output import Sheet, show, speak_utf8

PROGRAM = "coachlog"
COMMANDS_FOLDER = "coachlog.commands"
"""Where the modules of the table are."""
INCOGNITO = "coachlog.commands.desk.incognito"
"""The module that masks what is shown; it is imported only where that is asked for."""
LEAVING = "coachlog.commands.desk.leaving"
"""The module that says what becomes of a call which the coach leaves at a question."""
NEAR_MISS = "coachlog.commands.desk.near_miss"
"""The module that asks which word was meant."""
NEEDS_NO_SETTINGS = frozenset({"config", "help", "completion"})
"""What runs whatever the coach's settings say: by these they are mended."""
ABOUT = "A coaching journal over plain YAML files that watches the coach's own boundaries."
WITHOUT_EDITOR = frozenset(
    {"check", "init", "client rename", "edit", "delete", "resume", "fmt", "contact import", "import csv"}
)
"""The commands that write no record of their own, or are the editor themselves."""
WHEN_IF_ANY = "[WHEN]"
"""How help shows the value of an option that may be left out."""
MOST_WORDS_OF_A_MOMENT = 6
"""As in `Fri 30 Jan 2026 3 pm`."""
ENDS_OPTIONS = "--"
MARK_OF_EXAMPLES = "Examples:"
"""What stands above the examples in the docstring of a command."""
PLACEHOLDERS = {"str": "TEXT", "int": "N", "int range": "N"}
"""What stands for a value in help where the command has no better word: the library would name its type."""
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
    """Run what was typed and give the exit code. Raises CoachlogError.

    It is run anew where the coach goes back to an earlier question, or means another word than was typed.
    """
    speak_utf8()
    arguments, journal = _as_settled(arguments)
    wishes = Wishes(settled_journal=journal)
    while True:
        try:
            return _ran(arguments, wishes)
        except RunAgain as again:
            arguments = again.arguments or arguments
            wishes = Wishes(settled_journal=journal, typed=Typed(ahead=again.answers))
        except CoachlogError as error:
            raise _veiled(error, wishes) from None


def _as_settled(arguments: list[str]) -> tuple[list[str], str | None]:
    """Give the call as the coach's settings complete it, and the journal that they name. Raises CannotRead."""
    at = first_word(arguments)
    if at is not None and arguments[at] in NEEDS_NO_SETTINGS:
        return arguments, None
    settings = settings_if_any(_first_words())
    if settings is None:
        return arguments, None
    stand_in(settings)
    return in_full(settings, arguments, at), journal_settled(settings)


def _first_words() -> set[str]:
    return {name.split()[0] for name in TABLE}


def _ran(arguments: list[str], wishes: Wishes) -> int:
    """Run what was typed once; a coach who leaves at a question is told what became of it. Raises RunAgain, too."""
    try:
        code = _called_once(arguments, wishes)
    except Unanswered as error:
        raise import_module(LEAVING).stopped(wishes, error) from None
    if code == INTERRUPTED and wishes.typed.asked:
        raise import_module(LEAVING).left(wishes)
    return code


def _called_once(arguments: list[str], wishes: Wishes) -> int:
    """Call the command; a word that is near to one that is known is put right where the coach says so."""
    try:
        code = Commands("", ABOUT, DEFAULT_COMMAND).main(arguments, PROGRAM, standalone_mode=False, obj=wishes)
    except WrongCall as error:
        if error.near:
            import_module(NEAR_MISS).put_right(wishes, arguments, error)
        raise
    except ClickException as error:
        raise _wrong(error) from None
    except typer.Abort:
        what = "The input ended before everything was said."
        raise WrongCall(what) from None
    return code if isinstance(code, int) else 0


def _veiled(error: CoachlogError, wishes: Wishes) -> CoachlogError:
    """Mask what is so and what to do about it, where the call asks for that."""
    if wishes.incognito:
        veiled = import_module(INCOGNITO).veiled
        error.what, error.remedy = veiled(wishes, error.what), veiled(wishes, error.remedy)
    return error


class OneCommand(TyperCommand):
    """A command with its help, its examples as they are typed, and the options of the whole program."""

    examples = ""
    heading = ""

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Say how it is called: CLIENT where the library says {CLIENT}."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Give the option that shows help, as all output is shown."""
        return _shown_as_output(super().get_help_option(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what was typed; a moment behind an option that can do without one belongs to it, other words do not."""
        names = {name for one in self.params if getattr(one, "metavar", None) == WHEN_IF_ANY for name in one.opts}
        return super().parse_args(ctx, _with_moments(args, names) if names else args)

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
            return Commands(name, GROUPED[name].summary, DEFAULTS.get(name))
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

    def _full(self, name: str) -> str:
        return f"{self.path} {name}".strip()

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 — likewise
        """List the commands under their headings, from the table alone."""
        rows = [(name, GROUPED.get(self._full(name)) or TABLE[self._full(name)]) for name in self.names()]
        for heading, several in groupby(rows, key=lambda one: one[1].heading):
            with formatter.section(heading):
                formatter.write_dl([(name, row.summary) for name, row in several])

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 — likewise
        """Write the examples below the commands, and below those of the program the topics of its help."""
        own = [one for one in EXAMPLES_OF_GROUPS if one.startswith(f"{PROGRAM} {self.path} ")]
        _write_examples(formatter, own if self.path else EXAMPLES)
        if not self.path:
            with formatter.section(f"Topics ({PROGRAM} help TOPIC)"):
                formatter.write_dl(list(TOPICS))


def _with_moments(args: Sequence[str], names: Collection[str]) -> list[str]:
    """Join each option of these names with the moment behind it, or with nothing where none is there."""
    end = args.index(ENDS_OPTIONS) if ENDS_OPTIONS in args else len(args)
    joined: list[str] = []
    at = 0
    while at < end:
        taken = _moment_behind(args[at + 1 : end]) if args[at] in names else []
        joined.append(f"{args[at]}={' '.join(taken)}" if args[at] in names else args[at])
        at += 1 + len(taken)
    return [*joined, *args[end:]]


def _moment_behind(words: Sequence[str]) -> Sequence[str]:
    """Take as many words as together are a moment; what begins with a digit is meant as one, and refused later."""
    words = list(takewhile(lambda one: not one.startswith("-"), words))
    present = now_of(Wishes())
    for number in range(min(len(words), MOST_WORDS_OF_A_MOMENT), 0, -1):
        with suppress(NotATime):
            read_typed(" ".join(words[:number]), present, "fact")
            return words[:number]
    return words[:1] if words and words[0][:1].isdigit() else []


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
        command.examples, command.heading, command.short_help = examples, row.heading, row.summary
    for one in command.params:
        one.metavar = one.metavar or PLACEHOLDERS.get(one.type.name)
    if row.name not in WITHOUT_EDITOR:
        command.params += option_of_the_editor(command.params)
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


def _write_examples(formatter: HelpFormatter, examples: Sequence[str]) -> None:
    if any(examples):
        formatter.write(f"\n{MARK_OF_EXAMPLES}\n" + "".join(f"  {one.strip()}\n" for one in examples if one.strip()))


def _wrong(error: ClickException) -> WrongCall:
    """Say a wrong call in one line, and where its right form is told."""
    sentence = " ".join(error.format_message().split()).replace("a valid int range", "a whole number")
    sentence = sentence if sentence.endswith((".", "?")) else f"{sentence}."
    context = error.ctx if isinstance(error, UsageError) else None
    return WrongCall(sentence, f"`{_path_of(context)} -h` shows what is accepted.")


def _path_of(context: Context | None) -> str:
    return context.command_path if context else PROGRAM
