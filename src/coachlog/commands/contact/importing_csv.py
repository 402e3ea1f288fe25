"""`coachlog import csv`: sessions or contacts from the table that another coaching platform exports."""

from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from coachlog.commands.contact.importing_told import carry_in
from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.options import AsJson, DryRun
from coachlog.errors import WrongCall
from coachlog.exchange.first_mapping import first_mapping
from coachlog.exchange.mapping_file import read_mapping, refuse_missing
from coachlog.exchange.rows import Rows, Span
from coachlog.exchange.table_file import read_any_table, read_table
from coachlog.model.typed_time import end_of, moment_of, read_typed
from coachlog.render.line import line
from coachlog.render.output import screen, show

What = Literal["sessions", "contacts"]
Mapped = Annotated[str | None, typer.Option("--map", metavar="FILE", help="Which column of a CSV is which field.")]
Unasked = Annotated[bool, typer.Option("--yes", help="Write a CSV's rows without asking first.")]


class Table(NamedTuple):
    """A table that is to be brought in, as it is typed."""

    path: str
    mapping: str | None
    what: What | None = None
    client: str | None = None
    since: str | None = None
    until: str | None = None


def import_csv(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE", help="The table: CSV, with the names of its columns on top.")],
    *,
    mapping: Mapped = None,
    what: Annotated[What | None, typer.Option("--what", help="What each row is; default: as the mapping says.")] = None,
    client: Annotated[str | None, typer.Option("--client", metavar="CLIENT", help="Only this client.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="Only rows from then on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Only rows until then.")] = None,
    write_map: Annotated[bool, typer.Option("--write-map", help="Print a first mapping for this table.")] = False,
    yes: Unasked = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Bring in sessions or contacts from the table of another program, by a mapping of its columns.

    `--write-map` prints a first mapping to go through and complete. Days are read only as the mapping says that they
    are written. On a terminal the rows are shown before anything is written. Run it again, and nothing is added twice.
    docs/import.md shows whole mappings.

    Examples:
      coachlog import csv sessions.csv --write-map > sessions-map.yaml
      coachlog import csv sessions.csv --map sessions-map.yaml --dry-run
      coachlog import csv sessions.csv --map sessions-map.yaml --since "1 jan 2026" --yes
      coachlog import csv calls.csv --map calls-map.yaml --what contacts --client jane
    """
    if write_map:
        table = read_any_table(Path(path).expanduser())
        sheet = screen(ctx.obj.color, quiet=ctx.obj.quiet)
        show([line(one) for one in first_mapping(table, what or "sessions")], sheet)
        return
    asked = Table(path, mapping, what, client, since, until)
    bring_in_table(Desk.open(ctx.obj), asked, yes=yes, dry_run=dry_run, as_json=as_json)


def bring_in_table(desk: Desk, asked: Table, *, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Read a table with its mapping, show what is new, and write it. Raises WrongCall, CannotRead, CannotWrite."""
    if asked.mapping is None:
        what = "A table needs a mapping, which says which column is which field."
        raise WrongCall(what, "Say --map FILE; `coachlog import csv FILE --write-map` prints a first one.")
    mapping = read_mapping(Path(asked.mapping).expanduser(), asked.what)
    table = read_table(Path(asked.path).expanduser(), tuple(mapping.columns), mapping.encoding, mapping.delimiter)
    table = table._replace(name=asked.path)
    refuse_missing(mapping, table.head, asked.path)
    if mapping.client is None and asked.client is None:
        what = f"{asked.mapping} does not say which column names the client."
        raise WrongCall(what, "Write client: Column into it, or say --client CLIENT for all rows.")
    files = {one.code: desk.file(one.code) for one in desk.clients}
    rows = Rows(files, mapping, desk.now, desk.code(asked.client) if asked.client else "", _span(desk, asked))
    carry_in(desk, files, rows.sort(table), mapping.what, ask_first=not yes, dry_run=dry_run, as_json=as_json)


def _span(desk: Desk, asked: Table) -> Span:
    since = moment_of(read_typed(asked.since, desk.now, "fact"), desk.now) if asked.since else None
    return Span(since, end_of(read_typed(asked.until, desk.now, "fact"), desk.now) if asked.until else None)
