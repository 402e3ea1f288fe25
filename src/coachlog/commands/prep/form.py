"""`coachlog prep form`: the form for the next session, to send; and that it was sent."""

from typing import Annotated, Any, NamedTuple

import typer

from coachlog.commands.contact.made import insertions, made, moment
from coachlog.commands.desk.days import written_moment
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.incognito import veil_of
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.media import medium
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.desk.telling import Telling, tell, told_plainly
from coachlog.commands.prep.which import KEY, prep_noted, session_for, sessions_in
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import FollowUp
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.words import ago_words, moment_words
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import line
from coachlog.render.output import screen, show
from coachlog.store.layout import CONTACTS_FILE, SESSIONS_FILE
from coachlog.views.prep_form import MARKS, QUESTIONS, Form, form_for

EMAIL = "email"
"""By what a form goes where nothing is agreed."""
FORMS = "forms"


def form(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="For which session: id or day; default: the next.")
    ] = None,
    *,
    sent: Annotated[bool, typer.Option("--sent", help="Note that you have sent it, in place of showing it.")] = False,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When you sent it; default: now.")] = None,
    via: Annotated[str | None, typer.Option("--via", metavar="MEDIUM", help="Default: the agreed one.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Show the form for the next session: plain text, with the steps that are open, to send by whatever way you like.

    The marks in brackets are by what `coachlog prep record` finds the answers when it comes back. With --sent it is
    noted on the session, and as a contact that keeps the follow-up which the contract asks for.

    Examples:
      coachlog prep form jane
      coachlog prep form jane > form.txt
      coachlog prep form jane --sent
      coachlog prep form jane b3xew --sent --at "yesterday 10:00" --via email
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    if sent:
        _note_sent(desk, code, _Sent(session, at, via), Manner(dry_run=dry_run), as_json=as_json)
        return
    _refuse_without_sent(at=at, via=via, dry_run=dry_run)
    file = desk.readable(code, SESSIONS_FILE)
    meant = session_for(file, session, desk.now, desk.now)
    _show(desk, file, form_for(file, meant, hidden=desk.wishes.incognito), as_json=as_json)


class _Sent(NamedTuple):
    """What is said of a form that was sent, as it is typed: for which session, when, and by which medium."""

    session: str | None
    at: str | None
    via: str | None


def _note_sent(desk: Desk, code: str, sent: _Sent, manner: Manner, *, as_json: bool) -> None:
    """Note on the session that the form was sent, and log the contact."""
    file = desk.readable(code, SESSIONS_FILE, CONTACTS_FILE)
    when = moment(desk, sent.at, "--at")
    meant = session_for(file, sent.session, desk.now, when)
    follow_up = _follow_up(file, meant)
    by = medium(sent.via, file) if sent.via else _usual_medium(file, follow_up, when)
    said = {"from": "coach", "via": by, "for": "prep", "session": lasting_id(desk, meant)}
    contact = made(file, when, {**said, "follow_up": follow_up.id if follow_up else None})
    changes = [prep_noted(code, meant, {"sent": written_moment(when)}), *insertions(code, [contact], meant)]
    outcome = desk.carry_out(code, changes, manner)
    logged = [one for one in outcome.file.contacts if one.id == contact["id"]] if outcome.file else []
    what = f"noted that the form for {moment_words(meant.at)} went to {file.client.name}: {by}, {moment_words(when)}"
    what += f" ({ago_words(when, desk.now)}), contact {contact['id']}"
    what += f", follow-up {follow_up.id}" if follow_up else ""
    also = {"contacts": told_plainly(logged, outcome, desk.wishes)}
    tell(desk, outcome, Telling(what, KEY, sessions_in(outcome.file, meant), also=also), as_json=as_json)


def _refuse_without_sent(**said: object) -> None:
    named = [name for name, value in said.items() if value]
    if named:
        what = f"--{named[0].replace('_', '-')} is about a form that was sent."
        raise WrongCall(what, "Add --sent, or leave it out.")


def _follow_up(file: ClientFile, session: Session) -> FollowUp | None:
    """Give the contracted follow-up by which a form is sent before a session."""
    forms = (due.follow_up for due in file.follow_ups.of(session) if due.is_form and due.follow_up.id)
    return next(forms, None)


def _usual_medium(file: ClientFile, follow_up: FollowUp | None, when: Instant) -> str:
    """Give the medium that is agreed for the form, else the first one of the contract, else email."""
    terms = file.agreements.terms_on(when.day)
    agreed = tuple(terms.contact_clause.via) if terms and terms.contact_clause else ()
    return (follow_up.via if follow_up else None) or next(iter(agreed), EMAIL)


def _show(desk: Desk, file: ClientFile, shown: Form, *, as_json: bool) -> None:
    """Print the form as it is sent; incognito without the words of the steps."""
    remark(desk)
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    veil = veil_of(desk.wishes)
    text = veil.text(shown.text) if veil else shown.text
    if as_json:
        told: dict[str, Any] = {
            "client": veil.mask.code(file.code) if veil else file.code,
            "session": shown.session.label,
            "at": shown.session.at.aware.isoformat(),
            "steps": [one.step for one in shown.steps],
            "questions": [
                {"mark": mark, "field": one.field, "asks": one.asks} for mark, one in zip(MARKS, QUESTIONS, strict=True)
            ],
            "text": text,
        }
        show(object_lines({"schema": SCHEMA, FORMS: [told]}), sheet)
        return
    show((line(one) for one in text.rstrip("\n").split("\n")), sheet.of_a_document())
