"""`coachlog session no-show`: the client did not come, and what that costs."""

from typing import Annotated

import typer

from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.session.appointments import booked_one, file_of, oldest_begun
from coachlog.commands.session.called_off import CalledOff, ChargeOption, NoteOption, costs
from coachlog.commands.session.cancelling import missed_price, terms_of
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.words import contract_words, moment_words


def no_show(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Id or day; default: the oldest booking that has begun.")
    ] = None,
    *,
    charge: ChargeOption = None,
    note: NoteOption = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Record that the client did not come; not before the time that the contract lets you wait has passed.

    Open steps that were due then become due on the day of the next session on file.

    Examples:
      coachlog session no-show jane
      coachlog session no-show jane b3xew --charge counts
      coachlog session no-show jane 2026-01-14 --charge waived --note "the first time"
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = file_of(desk, code)
    found = booked_one(file, session, desk.now) if session else _begun(file, desk.now)
    _refuse_early(file, found, desk.now)
    price = missed_price(file, found)
    says = costs(desk, charge, note, price)
    off = CalledOff(desk, file, found, lasting_id(desk, found), "no-show", says, price)
    off.record(Manner(dry_run=dry_run, everyone=True), as_json=as_json)


def _begun(file: ClientFile, now: Instant) -> Session:
    found = oldest_begun(file, now)
    if found:
        return found
    what = "No booking of this client has begun."
    raise WrongCall(what, "`coachlog session list` shows what is booked.")


def _refuse_early(file: ClientFile, session: Session, now: Instant) -> None:
    """Refuse a no-show as long as the client may still come. Raises WrongCall."""
    terms, contract = terms_of(file, session), file.attendance.contract_of(session)
    wait = terms.no_show_after if terms else None
    until = session.at.plus(wait) if wait else session.at
    if now >= until:
        return
    agreed = f"{contract_words(contract)} waits {wait}, " if contract and wait else ""
    what = f"It is too early for a no-show: {agreed}until {moment_words(until)}."
    raise WrongCall(what, "Until then the client may still come.")
