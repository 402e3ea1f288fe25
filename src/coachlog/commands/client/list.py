"""`coachlog client`: the people and groups that are coached."""

from importlib import import_module
from typing import Annotated, Any

import typer

from coachlog.commands.desk.cut_off import tell_cut_off
from coachlog.commands.desk.opening import Wishes, journal_of
from coachlog.commands.desk.options import FieldsAsJson
from coachlog.commands.judging.on_file import Filed, recalled
from coachlog.render import renderer
from coachlog.render.output import complain, screen, show
from coachlog.views.masking import Mask
from coachlog.views.roster_row import RosterRow

READING = "coachlog.commands.client.roster"
"""The module that reads every field."""
FILING = "coachlog.commands.judging.filing"
"""The module that reads and judges; it is imported only where the answer is not on file already."""


def list_clients(
    ctx: typer.Context,
    *,
    tag: Annotated[str | None, typer.Option("--tag", metavar="TAG", help="Only clients with that tag.")] = None,
    as_json: FieldsAsJson = False,
) -> None:
    """List the clients: where they stand, sessions used, the next one, open steps and breaches.

    A client is a prospect (no contract), draft, active, paused, on hold, used up (the agreed number of sessions is
    reached) or over. Breaches are those that are not waived.

    Examples:
      coachlog client list
      coachlog client list --tag executive
      coachlog client list --json
    """
    wishes: Wishes = ctx.obj
    root = journal_of(wishes)
    tell_cut_off(root, wishes)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if as_json:
        fields: list[dict[str, Any]] = import_module(READING).read_fields(root, wishes, tag)
        show(renderer("clients", "json").lines(fields, sheet), sheet)
        return
    filed: Filed = recalled(root, wishes) or import_module(FILING).judged(root, wishes)
    rows = tuple(row for row in filed.rows if row.has_tag(tag))
    show(renderer("clients", "text").lines(_masked(rows, filed) if wishes.incognito else rows, sheet), sheet)
    if (filed.verdict.unreadable or filed.verdict.silences) and not sheet.quiet:
        complain("Not everything could be read, so the list may be wrong. `coachlog check` says where.")


def _masked(rows: tuple[RosterRow, ...], filed: Filed) -> tuple[RosterRow, ...]:
    return Mask({one.code: one.name for one in filed.rows}).rows(rows)
