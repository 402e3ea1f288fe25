"""`coachlog client show`: who a client is, and where they stand."""

from typing import Any

import typer

from coachlog.clock import Clock
from coachlog.commands.client.roster import OWN
from coachlog.commands.desk.opening import Wishes, client_of, journal_of, now_of
from coachlog.commands.desk.options import Client, FieldsAsJson
from coachlog.commands.judging.judgement import breaches_by_client, known_clients, mask_of
from coachlog.model.journal import Journal
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.client_page import lines
from coachlog.render.output import screen, show
from coachlog.store.load import load_journal
from coachlog.views.fields import fields_of
from coachlog.views.roster import rows_of


def show_client(
    ctx: typer.Context,
    client: Client,
    *,
    as_json: FieldsAsJson = False,
) -> None:
    """Show who a client is and where they stand: status, sessions used, the next one, open steps and breaches.

    Examples:
      coachlog client show jane
      coachlog client show jane --json
    """
    wishes: Wishes = ctx.obj
    journal = load_journal(journal_of(wishes))
    code = client_of(client, known_clients(journal)).code
    fields = _fields(journal, code, wishes)
    if wishes.incognito:
        fields = mask_of(journal).fields(fields)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    show(object_lines({"schema": SCHEMA, "clients": [fields]}) if as_json else lines(fields, sheet), sheet)


def _fields(journal: Journal, code: str, wishes: Wishes) -> dict[str, Any]:
    """Give every field of the client, and what is derived under names of its own."""
    file = next(one for one in journal.clients if one.code == code)
    now = now_of(wishes, journal.practice.timezone)
    (row,) = rows_of((file,), Clock(now), breaches_by_client(journal, now))
    derived = {key: value for key, value in row._asdict().items() if key not in OWN}
    return {"code": code, **fields_of(file.client), **derived}
