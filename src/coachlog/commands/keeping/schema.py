"""`coachlog schema`: the form of each file for editors, as JSON Schema."""

import json
from collections.abc import Mapping
from typing import Annotated

import typer

from coachlog.commands.desk.opening import Wishes, journal_of
from coachlog.errors import WrongCall
from coachlog.render.as_json import object_lines
from coachlog.render.line import line
from coachlog.render.output import screen, show
from coachlog.store.new_journal import SCHEMAS, put_schemas, schema_name
from coachlog.views.schema import FILES, Schema, schema_of


def schema(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help=f"{', '.join(FILES)}.")] = None,
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Put them where the journal's files point editors to.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --write: say what would be written.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As always: the schemas are JSON.")] = False,  # noqa: ARG001
) -> None:
    """Print the JSON Schema of a file, by which an editor completes and checks what you type.

    Without a FILE: all of them, by the names of the files. The files that coachlog begins point editors to
    .coachlog/schema/ in their first line; --write puts the schemas there again where they are missing or old.

    Examples:
      coachlog schema sessions.yaml
      coachlog schema contract.yaml > contract.schema.json
      coachlog schema --write
    """
    wishes: Wishes = ctx.obj
    names = [_named(file)] if file else list(FILES)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if not write:
        schemas: Mapping[str, Schema] = {name: schema_of(name) for name in names}
        show(object_lines(schemas[names[0]] if file else dict(schemas)), sheet)
        return
    root = journal_of(wishes)
    files = {name: data for name, data in schema_files().items() if name in map(schema_name, names)}
    if not dry_run:
        put_schemas(root, files)
    if not sheet.quiet:
        show(
            [line(f"{'would write' if dry_run else 'wrote'} {', '.join(f'{SCHEMAS}/{name}' for name in files)}")], sheet
        )


def schema_files() -> Mapping[str, bytes]:
    """Give every schema as the file that editors read, by its name in the folder of the schemas."""
    return {schema_name(file): f"{json.dumps(schema_of(file), indent=1)}\n".encode() for file in FILES}


def _named(file: str) -> str:
    """Find the file that is meant: by its name, with or without its folders and its ending."""
    leaf = file.rsplit("/", maxsplit=1)[-1].removesuffix(".yaml")
    if f"{leaf}.yaml" in FILES:
        return f"{leaf}.yaml"
    what = f"`{file}` is no file of a journal."
    raise WrongCall(what, f"There are {', '.join(FILES)}.")
