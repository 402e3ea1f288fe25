"""`coachlog today`, and `coachlog` alone: what is owed and what is coming."""

from importlib import import_module
from typing import Annotated

import typer

from coachlog.commands.desk.cut_off import tell_cut_off
from coachlog.commands.desk.opening import Wishes, journal_of
from coachlog.commands.desk.options import FieldsAsJson
from coachlog.render import renderer
from coachlog.render.output import screen, show

READING = "coachlog.commands.judging.day"
"""The module that reads the journal and gathers the day."""


def today(
    ctx: typer.Context,
    *,
    days: Annotated[int, typer.Option("--days", metavar="N", min=0, max=366, help="How many days to look ahead.")] = 7,
    as_json: FieldsAsJson = False,
) -> None:
    """Show what is owed and what is coming.

    Sessions, answers that clients wait for, your promises, sessions to close, steps that are overdue, and the breaches
    of the last seven days. It always exits with 0.

    Examples:
      coachlog
      coachlog today --days 14
      coachlog today --json
    """
    wishes: Wishes = ctx.obj
    root = journal_of(wishes)
    tell_cut_off(root, wishes)
    day = import_module(READING).day_of(root, wishes, days)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    show(renderer("today", "json" if as_json else "text").lines(day, sheet), sheet)
