"""`coachlog show`: a client's timeline, or one record with all its fields and what it belongs to."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.options import FieldsAsJson
from coachlog.commands.keeping.on_paper import code_or_practice
from coachlog.commands.looking.links import Held
from coachlog.commands.looking.looking import Looking
from coachlog.commands.looking.record import record_fields, record_page
from coachlog.commands.looking.records import anywhere, of_client, of_practice
from coachlog.commands.looking.timeline import event_fields, timeline_page
from coachlog.errors import NoSuchClient, WrongCall
from coachlog.model.typed_time import read_typed
from coachlog.render import renderer
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.output import screen, show


def show_any(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="CLIENT or ID", help="Whom, or which record; practice for your own.")],
    which: Annotated[str | None, typer.Argument(metavar="[ID]", help="A record of the client.")] = None,
    *,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Only from that day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Only up to that day.")] = None,
    as_json: FieldsAsJson = False,
) -> None:
    """Show what happened with a client, day by day; or one record with all its fields, and what belongs to it.

    The timeline has contracts, sessions, contacts, steps, care and payments in one stream, each with its id, and
    below it what is found about it. An id alone will do where only one record of the journal has it.

    Examples:
      coachlog show jane
      coachlog show jane --since "1 mar"
      coachlog show jane b3xew
      coachlog show b3xew
      coachlog show practice
    """
    desk = Desk.open(ctx.obj)
    looking = Looking(desk)
    first, last = (read_typed(one, desk.now, "fact").day if one else None for one in (since, until))
    found = _records(looking, what, which)
    if not found:
        _show_timeline(looking, code_or_practice(desk, what), first, last, as_json=as_json)
    elif first or last:
        mistake = "--since and --until are for a timeline."
        raise WrongCall(mistake, "Leave them out, or name the client alone.")
    else:
        _show_records(looking, found, as_json=as_json)


def _show_timeline(
    looking: Looking, code: str | None, since: date | None, until: date | None, *, as_json: bool
) -> None:
    page = timeline_page(looking, code, since, until)
    told = event_fields(looking, page, code) if as_json else []
    _show(looking, "timeline", "events", page, told, as_json=as_json)


def _show_records(looking: Looking, found: Sequence[Held], *, as_json: bool) -> None:
    pages = [record_page(looking, one) for one in found]
    told = [record_fields(looking, held, page) for held, page in zip(found, pages, strict=True)] if as_json else []
    _show(looking, "record", "records", pages, told, as_json=as_json)


def _show(  # noqa: PLR0913 — what is shown in either form
    looking: Looking, shown: str, noun: str, page: object, told: Sequence[dict[str, Any]], *, as_json: bool
) -> None:
    wishes = looking.desk.wishes
    sheet = screen(wishes.color, quiet=wishes.quiet)
    remark(looking.desk)
    if as_json:
        show(object_lines({"schema": SCHEMA, noun: list(told)}), sheet)
    else:
        show(renderer(shown, "text").lines(page, sheet), sheet)


def _records(looking: Looking, what: str, which: str | None) -> list[Held]:
    """Give the records that are meant; none where it is a whole client. Raises WrongCall."""
    if which is not None:
        code = code_or_practice(looking.desk, what)
        if code is None:
            return of_practice(looking.journal, which)
        return of_client(looking.file_among_others(code), which, looking.journal.problems, looking.now)
    try:
        code_or_practice(looking.desk, what)
    except NoSuchClient as refusal:
        return anywhere(looking.journal, what, refusal)
    return []
