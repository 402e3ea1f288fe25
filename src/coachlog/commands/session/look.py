"""`coachlog session list` and `show`: what is on file of a client's sessions."""

from typing import Annotated, Any

import typer

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.desk.listing import files_of, remark
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import Client, FieldsAsJson
from coachlog.model.client_file import ClientFile
from coachlog.model.session import Session
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.output import screen, show
from coachlog.render.session_text import SessionRow, list_lines, page_lines
from coachlog.views.derived import of_session
from coachlog.views.fields import PRIVATE, fields_of
from coachlog.views.masking import HIDDEN
from coachlog.views.unsaid import without_words


def list_sessions(
    ctx: typer.Context,
    client: Client,
    *,
    as_json: FieldsAsJson = False,
) -> None:
    """List the sessions of a client in order of time: booked, held, cancelled, missed.

    Examples:
      coachlog session list jane
      coachlog session list jane --json
    """
    desk = Desk.open(ctx.obj)
    (file,) = files_of(desk, client, "sessions")
    remark(desk)
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    veil = veil_of(desk.wishes)
    if as_json:
        told = [_fields(file, one, veil) for one in file.attendance.sessions]
        show(object_lines({"schema": SCHEMA, "sessions": told}), sheet)
        return
    show(list_lines([_row(file, one, veil) for one in file.attendance.sessions], sheet), sheet)


def show_session(
    ctx: typer.Context,
    client: Client,
    session: Annotated[str, typer.Argument(metavar="[ID]", help="Id, day, `next` or `last`.")] = "last",
    *,
    private: Annotated[bool, typer.Option("--private", help="Your own notes, too.")] = False,
    as_json: FieldsAsJson = False,
) -> None:
    """Show one session with all that was noted; the last one that has begun unless you name another.

    Examples:
      coachlog session show jane
      coachlog session show jane b3xew --private
      coachlog session show jane 2026-01-14 --json
    """
    desk = Desk.open(ctx.obj)
    (file,) = files_of(desk, client, "sessions")
    remark(desk)
    found = named(file.sessions, session, desk.now)
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    veil = veil_of(desk.wishes)
    own = found.private if private else None
    own = HIDDEN if veil and own else own
    if as_json:
        told = {**_fields(file, found, veil), **({PRIVATE: own} if private else {})}
        show(object_lines({"schema": SCHEMA, "sessions": [told]}), sheet)
        return
    shown = without_words(found) if veil else found
    show(page_lines(_row(file, found, veil), shown, own, sheet), sheet)


def _row(file: ClientFile, session: Session, veil: Veil | None) -> SessionRow:
    contract = file.attendance.contract_of(session)
    return SessionRow(
        label=session.label or "",
        at=session.at,
        status=session.status,
        kind=session.kind,
        length=str(file.attendance.planned_length(session)),
        counted=session.counted,
        contract=contract.label if contract else None,
        topic=HIDDEN if veil and session.topic else session.topic,
        client=veil.mask.name(file.code) if veil else file.client.name,
    )


def _fields(file: ClientFile, session: Session, veil: Veil | None) -> dict[str, Any]:
    """Give every field of a session, and what is derived under names of its own."""
    client = veil.mask.code(file.code) if veil else file.code
    own = fields_of(without_words(session) if veil else session)
    return {"client": client, "record": session.label, **own, **of_session(session, file)}
