"""`coachlog completion`: the script by which a shell completes commands, clients and records at TAB."""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import typer
from typer._click import Command, Context, Parameter
from typer.core import TyperGroup

from coachlog.commands.completing.scripts import SCRIPTS
from coachlog.commands.keeping.topics import TOPICS
from coachlog.commands.letters.kinds import KINDS
from coachlog.render.line import line
from coachlog.render.output import Sheet, show
from coachlog.rules.book import BOOK

Shell = Literal["bash", "zsh", "fish", "words"]


def completion(
    ctx: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh, fish; words: what is completed.")],
) -> None:
    """Print the script by which your shell completes at TAB; its first lines say where to put it.

    It completes commands, options, the clients with their names, records with a few words each, rules and media. With
    --incognito in the line, or COACHLOG_INCOGNITO set, no names are shown. `words` prints the table of commands and
    options that the scripts complete from, as JSON.

    Examples:
      coachlog completion bash
      coachlog completion zsh
      coachlog completion fish > ~/.config/fish/completions/coachlog.fish
    """
    text = _table(ctx.find_root()) if shell == "words" else SCRIPTS[shell]
    show([line(one) for one in text.rstrip("\n").split("\n")], Sheet())


def _table(root: Context) -> str:
    """Give every command with its arguments and options, one command a line, so that a change of one is seen."""
    groups: dict[str, str] = {}
    commands: dict[str, Any] = {}
    for name, command, context in _every(root, ""):
        about = getattr(command, "short_help", None) or command.help or ""
        if isinstance(command, TyperGroup):
            groups[name] = about
        else:
            commands[name] = {"about": about, **_parameters(command, context)}
    said: dict[str, dict[str, Any] | list[Any]] = {
        "options": _options(root.command.get_params(root)),
        "groups": groups,
        "commands": commands,
        "topics": dict(TOPICS),
        "letters": [[one.name, one.summary] for one in KINDS],
        "rules": [[one.code, one.name, one.title] for one in BOOK],
    }
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_lines(value)}" for key, value in said.items()) + "\n}"


def _lines(value: dict[str, Any] | list[Any]) -> str:
    if isinstance(value, list):
        return "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n]"
    items = (f"{json.dumps(key)}: {json.dumps(one, ensure_ascii=False)}" for key, one in value.items())
    return "{\n" + ",\n".join(items) + "\n}"


def _every(outer: Context, prefix: str) -> Iterator[tuple[str, Command, Context]]:
    command = outer.command
    if not isinstance(command, TyperGroup):
        return
    for word in command.list_commands(outer):
        inner = command.get_command(outer, word)
        if inner is None:
            continue
        context = Context(inner, info_name=word, parent=outer, **inner.context_settings)
        yield f"{prefix}{word}", inner, context
        yield from _every(context, f"{prefix}{word} ")


def _parameters(command: Command, context: Context) -> dict[str, Any]:
    every = command.get_params(context)
    return {
        "arguments": [_said(one) for one in every if one.param_type_name == "argument"],
        "options": _options(one for one in every if not getattr(one, "hidden", False)),
    }


def _options(every: Any) -> dict[str, list[Any]]:  # noqa: ANN401 — what the library gives
    options = (one for one in every if one.param_type_name == "option")
    return {name: _said(one) for one in options for name in sorted((*one.opts, *one.secondary_opts))}


def _said(one: Parameter) -> list[Any]:
    """Say what is to be typed: how help calls it (nothing for a flag), the words that alone serve, and what it is."""
    flag = getattr(one, "is_flag", False) or one.name == "help"
    choices = [str(word) for word in getattr(one.type, "choices", ())]
    return ["" if flag or choices else one.metavar or one.type.name.upper(), choices, getattr(one, "help", "") or ""]
