"""`coachlog supervision list`: when the coach was at supervision, and what was brought."""

from collections.abc import Sequence
from typing import Any

import typer

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.desk.options import FieldsAsJson
from coachlog.commands.supervision.log import KEY, topics_of
from coachlog.model.supervision import Supervision
from coachlog.model.words import day_words
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Span, line, record
from coachlog.render.measure import table
from coachlog.render.output import screen, show
from coachlog.views.fields import fields_of
from coachlog.views.masking import HIDDEN
from coachlog.views.unsaid import without_words

_HEADINGS = ("ID", "WHEN", "MINUTES", "FORMAT", "WITH", "BROUGHT")


def list_supervision(
    ctx: typer.Context,
    *,
    as_json: FieldsAsJson = False,
) -> None:
    """List your supervision in order of time, what is planned last. Your notes stand in JSON alone.

    Examples:
      coachlog supervision list
      coachlog supervision list --json
    """
    desk = Desk.open(ctx.obj)
    log = sorted(desk.supervision, key=lambda one: one.date)
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    veil = veil_of(desk.wishes)
    rows = [_cells(one, desk, veil) for one in log]
    if as_json:
        show(object_lines({"schema": SCHEMA, KEY: [_fields(one, veil) for one in log]}), sheet)
    elif not sheet.terminal:
        show((record(*one) for one in rows), sheet)
    elif rows:
        show(table([tuple(Span(one, "dim") for one in _HEADINGS), *(tuple(map(Span, row)) for row in rows)]), sheet)
    else:
        show([line("No supervision is on file. Log it with coachlog supervision log.")], sheet)


def _fields(one: Supervision, veil: Veil | None) -> dict[str, Any]:
    return {"record": one.label, **fields_of(without_words(one) if veil else one)}


def _cells(one: Supervision, desk: Desk, veil: Veil | None) -> Sequence[str]:
    planned = " (planned)" if one.date > desk.now.day else ""
    brought = topics_of(one)
    own = (HIDDEN if veil and text else text or "-" for text in (one.with_, brought))
    took = "-" if one.minutes is None else str(one.minutes)
    return (one.label or "-", f"{day_words(one.date)}{planned}", took, one.format or "-", *own)
