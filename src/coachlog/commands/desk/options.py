"""The options and arguments that commands of several groups have in common."""

from typing import Annotated

import typer

Client = Annotated[str, typer.Argument(metavar="CLIENT", help="Code or name, or the beginning of either.")]
OneOrEvery = Annotated[str | None, typer.Argument(metavar="[CLIENT]", help="Default: every client.")]
Anyway = Annotated[bool, typer.Option("--anyway", help="Do it even where it crosses a boundary.")]
Waive = Annotated[
    str | None, typer.Option("--waive", metavar="REASON", help="Do it, and note why it crosses a boundary.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change, write nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="Every field of what was written.")]
FieldsAsJson = Annotated[bool, typer.Option("--json", help="Every field, for programs.")]
