"""`coachlog action list`: what was committed to and is still open, and with --all what became of the rest."""

from collections.abc import Iterator
from typing import Annotated

import typer

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.listing import Listed, files_of, show_list
from coachlog.commands.desk.options import FieldsAsJson, OneOrEvery
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.words import day_words
from coachlog.views.derived import of_action

HEADINGS = ("ID", "KIND", "STATE", "DUE")


def list_actions(
    ctx: typer.Context,
    client: OneOrEvery = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also what is done or dropped.")] = False,
    as_json: FieldsAsJson = False,
) -> None:
    """List the steps that are open, the earliest due first.

    Examples:
      coachlog action list
      coachlog action list jane --all
      coachlog action list --json
    """
    desk = Desk.open(ctx.obj)
    listed = (one for file in files_of(desk, client, "actions") for one in _listed(file, desk.now))
    shown = [one for one in listed if everything or one.derived["open"]]
    show_list(desk, "actions", HEADINGS, shown, of_one=client is not None, as_json=as_json)


def _listed(file: ClientFile, now: Instant) -> Iterator[Listed]:
    by_day = sorted(file.actions, key=lambda one: (one.due is None, one.due or now.day))
    for action in by_day:
        derived = of_action(action, file, now)
        cells = (action.label or "", action.kind, _state(action), _due_said(action, late=derived["overdue"]))
        yield Listed(file.code, action, cells, action.step, derived)


def _state(action: Action) -> str:
    if action.done:
        return f"done {day_words(action.done)}"
    if action.dropped:
        return f"dropped {day_words(action.dropped.date)}" if action.dropped.date else "dropped"
    return f"part {day_words(action.part)}" if action.part else "open"


def _due_said(action: Action, *, late: bool) -> str:
    due = day_words(action.due) if action.due else ""
    return f"{due}, overdue" if late else due
