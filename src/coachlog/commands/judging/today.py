"""`coachlog today`, and `coachlog` alone: what is owed and what is coming."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from coachlog.commands.desk.cut_off import tell_cut_off
from coachlog.commands.desk.opening import Wishes, journal_of
from coachlog.commands.desk.options import FieldsAsJson
from coachlog.commands.judging.on_file import Filed, recalled
from coachlog.render import renderer
from coachlog.render.output import complain, screen, show
from coachlog.store.unfinished import notes_in
from coachlog.views.masking import Mask

READING = "coachlog.commands.judging.day"
"""The module that reads the journal and gathers the day; it is imported only where the day is not on file already."""

NOTES = "coachlog.commands.judging.open_notes"
"""The module that reads what a session start has left open; it is imported only where there is something."""


def today(
    ctx: typer.Context,
    *,
    days: Annotated[int, typer.Option("--days", metavar="N", min=0, max=366, help="How many days to look ahead.")] = 7,
    as_json: FieldsAsJson = False,
) -> None:
    """Show what is owed and what is coming.

    In the order in which it matters, each with the command that deals with it: today's sessions; what you owe (answers
    with their deadlines, reminders, prep forms and nudges, promises, concerns); what is to be closed; what you wait for
    (steps, payments); what is ahead (sessions, contracts that run out, pauses); and the breaches of the last seven
    days. What is done no longer shows; what is left undone, `coachlog check` finds later. It always exits with 0.

    Examples:
      coachlog
      coachlog today --days 14
      coachlog today --json
    """
    wishes: Wishes = ctx.obj
    root = journal_of(wishes)
    tell_cut_off(root, wishes)
    filed = _on_file(root, wishes, days) or import_module(READING).gathered(root, wishes, days)
    filed = import_module(NOTES).with_open_notes(filed, root) if notes_in(root) else filed
    sheet = screen(wishes.color, quiet=wishes.quiet)
    day = filed.day and filed.day.masked(_mask_of(filed)) if wishes.incognito else filed.day
    show(renderer("today", "json" if as_json else "text").lines(day, sheet), sheet)
    if (filed.verdict.unreadable or filed.verdict.silences) and not sheet.quiet:
        complain("Not everything could be read, so the day may lack something. `coachlog check` says where.")


def _mask_of(filed: Filed) -> Mask:
    return Mask({one.code: one.name for one in filed.rows})


def _on_file(root: Path, wishes: Wishes, days: int) -> Filed | None:
    """Give the day where it is on file, still holds, and looks as far ahead."""
    filed = recalled(root, wishes)
    return filed if filed and filed.day and filed.day.days == days else None
