"""`coachlog help`: what `-h` shows of a command, the page of all of them, and the pages on a topic."""

from collections.abc import Iterator
from typing import Annotated, Literal

import typer
from typer._click import Context, Parameter
from typer.core import TyperGroup

from coachlog.commands.desk.opening import Wishes
from coachlog.commands.keeping.topics import TOPICS
from coachlog.errors import WrongCall
from coachlog.render import renderer
from coachlog.render.command_told import Book, CommandTold, Said
from coachlog.render.line import line
from coachlog.render.output import Sheet, screen, show
from coachlog.store.topics import topic

Form = Literal["text", "markdown"]
ALIKE = frozenset({"-h, --help"})
"""What every command has, and no page needs to say again."""


_PAGES = dict(TOPICS)


def show_help(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(metavar="[COMMAND or TOPIC]", help="None: the whole program.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="The page of every command.")] = False,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = "text",
) -> None:
    """Show how a command is called, as its own -h does, or tell of a topic; without either, what there is.

    The topics: start, dates, contracts, waivers, mail, git, privacy, settings,
    exit-codes.

    Examples:
      coachlog help
      coachlog help session book
      coachlog help dates
      coachlog help --all --format markdown
    """
    if command and everything:
        what = "A command and --all were named at once."
        raise WrongCall(what, "Leave one of them out.")
    root = ctx.find_root()
    if command and len(command) == 1 and command[0] in _PAGES:
        _show_topic(ctx.obj, command[0], form)
        return
    asked = _found(root, command or [])
    if form == "markdown":
        show(renderer("help", form).lines(_book(root, root if everything else asked), Sheet()), Sheet())
        return
    pages = _every(root) if everything else [asked]
    show([line(one) for one in "\n\n".join(page.get_help() for page in pages).split("\n")], Sheet())


def _show_topic(wishes: Wishes, name: str, form: Form) -> None:
    sheet = screen(wishes.color, quiet=wishes.quiet) if form == "text" else Sheet()
    page = topic(name)
    show(renderer("topic", "text").lines(page, sheet) if form == "text" else map(line, page.splitlines()), sheet)


def _found(root: Context, words: list[str]) -> Context:
    """Go to a command word by word. Raises WrongCall where it has no more words, and as a wrong call does."""
    found = root
    for word in words:
        if not isinstance(found.command, TyperGroup):
            what = f"`{found.command_path}` is a whole command."
            raise WrongCall(what, f"`coachlog help {found.command_path.partition(' ')[2]}` shows how it is called.")
        found.command.resolve_command(found, [word])
        found = _inside(found, word)
    return found


def _inside(outer: Context, word: str) -> Context:
    assert isinstance(outer.command, TyperGroup)  # noqa: S101 — both callers have looked
    command = outer.command.get_command(outer, word)
    assert command is not None  # noqa: S101 — it was resolved, or is listed
    return Context(command, info_name=word, parent=outer, **command.context_settings)


def _every(outer: Context) -> Iterator[Context]:
    """Give every command at or below one, in the order of the table."""
    if not isinstance(outer.command, TyperGroup):
        yield outer
        return
    for word in outer.command.list_commands(outer):
        yield from _every(_inside(outer, word))


def _book(root: Context, asked: Context) -> Book:
    return Book(
        program=root.command_path,
        about=root.command.help or "",
        options=_said(root, "option"),
        pages=tuple(map(_page, _every(asked))),
    )


def _page(found: Context) -> CommandTold:
    command = found.command
    return CommandTold(
        name=found.command_path.partition(" ")[2],
        heading=getattr(command, "heading", ""),
        usage=" ".join([found.command_path, *command.collect_usage_pieces(found)]),
        about=command.help or "",
        arguments=_said(found, "argument"),
        options=_said(found, "option"),
        examples=tuple(one.strip() for one in getattr(command, "examples", "").split("\n") if one.strip()),
    )


def _said(found: Context, kind: str) -> tuple[Said, ...]:
    records = (one.get_help_record(found) for one in _of_kind(found, kind))
    return tuple(_parted(*record) for record in records if record and record[0] not in ALIKE)


def _parted(name: str, words: str) -> Said:
    """Part what something is for from the note in brackets behind it; that a call needs it stands in the usage."""
    about, _, note = words.partition("  [")
    return Said(name, about, note.removesuffix("]").removesuffix("required").removesuffix("; "))


def _of_kind(found: Context, kind: str) -> Iterator[Parameter]:
    return (one for one in found.command.get_params(found) if one.param_type_name == kind)
