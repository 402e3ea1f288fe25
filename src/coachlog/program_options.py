"""The options of the whole program: they stand before a command, and after it where it has none of that name."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import typer
from typer._click import Context, Parameter
from typer._types import TyperChoice
from typer.core import TyperOption

from coachlog import __version__
from coachlog.commands.desk.opening import Wishes
from coachlog.render.line import line
from coachlog.render.output import Sheet, show
from coachlog.render.pager import print_plainly

WITHOUT_FIELD = "version"
PLAINLY = "no_pager"
"""The option that needs no remembering: it says what becomes of the output before there is any."""


class Wish(NamedTuple):
    """An option of the whole program: its names, its environment variable, and what it asks for."""

    names: tuple[str, ...]
    variable: str | None
    about: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name under which it is kept."""
        return self.names[0].removeprefix("--").replace("-", "_")


WISHES = (
    Wish(("--journal", "-C"), "COACHLOG_JOURNAL", "The folder of the journal; default: here, or above.", "PATH"),
    Wish(("--now",), "COACHLOG_NOW", "Judge and write as of then.", "INSTANT"),
    Wish(("--color",), "COACHLOG_COLOR", "When to colour.", choices=("auto", "always", "never")),
    Wish(("--quiet",), "COACHLOG_QUIET", "Print what was asked for and no remarks."),
    Wish(("--no-input",), "COACHLOG_NO_INPUT", "Never ask: what is missing is an error."),
    Wish(("--incognito",), "COACHLOG_INCOGNITO", "Mask names, codes, text and money on the screen."),
    Wish(("--no-pager",), "COACHLOG_NO_PAGER", "Print long output at once, without a pager."),
    Wish(("--version",), None, "Say which version this is."),
)
"""Every one of them, in the order in which help shows them."""


WRITES = "--dry-run"
"""What every command has that writes."""
EDITOR = Wish(("--editor", "-e"), None, "Finish the record in your editor ($VISUAL or $EDITOR) before it is written.")
"""What every command has that writes a record."""


def first_word(arguments: Sequence[str]) -> int | None:
    """Tell where the command stands in a call, behind the options of the whole program; None where there is none."""
    with_value = {name for one in WISHES if one.metavar or one.choices for name in one.names}
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] in with_value else 1
    return at if at < len(arguments) else None


def program_options() -> list[Parameter]:
    """Give them as they stand before any command: each may come from its environment variable."""
    return [_option(wish, before=True) for wish in WISHES]


def options_behind(own: Sequence[Parameter]) -> Iterable[Parameter]:
    """Give those that a command takes after its name, too: all but the names that its own options have."""
    taken = {name for one in own for name in (*one.opts, *one.secondary_opts)}
    for wish in WISHES:
        names = tuple(name for name in wish.names if name not in taken)
        if names:
            yield _option(wish._replace(names=names), before=False, field=wish.field)


def option_of_the_editor(own: Sequence[Parameter]) -> Iterable[Parameter]:
    """Give the option that opens the editor, where a command writes."""
    if any(WRITES in one.opts for one in own):
        yield _option(EDITOR, before=False, shown=True)


def _option(wish: Wish, *, before: bool, field: str = "", shown: bool = False) -> TyperOption:
    flag = wish.metavar is None and not wish.choices
    return TyperOption(
        param_decls=[f"program_{field or wish.field}", *wish.names],
        type=TyperChoice(wish.choices) if wish.choices else None,
        is_flag=flag,
        default=None,
        metavar=wish.metavar,
        callback={WITHOUT_FIELD: _say_version, PLAINLY: _print_plainly}.get(wish.field, _keep),
        is_eager=wish.field == WITHOUT_FIELD,
        expose_value=False,
        envvar=wish.variable if before else None,
        show_envvar=True,
        help=wish.about,
        hidden=not (before or shown),
    )


def _keep(ctx: Context, option: Parameter, value: str | bool | None) -> None:  # noqa: FBT001 — the library passes it
    wishes = ctx.find_object(Wishes)
    if value is not None and wishes is not None and option.name:
        setattr(wishes, option.name.removeprefix("program_"), value)


def _say_version(ctx: Context, _: Parameter, value: bool | None) -> None:  # noqa: FBT001 — the library passes it
    if value and not ctx.resilient_parsing:
        show([line(f"coachlog {__version__}")], Sheet())
        raise typer.Exit


def _print_plainly(_: Context, __: Parameter, value: bool | None) -> None:  # noqa: FBT001 — likewise
    if value:
        print_plainly()
