"""`coachlog session cancel`: a session that does not take place, what it costs, and who was told."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

import typer

from coachlog.commands.desk.asking_for import ask, offer, one_of
from coachlog.commands.desk.days import written_moment
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.lasting import ids_of, lasting_id
from coachlog.commands.desk.media import medium, medium_of
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.session.appointments import (
    Booking,
    Party,
    booked_one_asked,
    by_id,
    file_of,
    inserted,
    moment_asked,
    remark_holidays,
    taken_along,
    to_come,
    when_words,
)
from coachlog.commands.session.called_off import CalledOff, ChargeOption, NoteOption, costs
from coachlog.commands.session.cancelling import PARTIES, REASONS, price_of
from coachlog.commands.session.rebooking import record_and_plan
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import CancellationReason, Session
from coachlog.model.words import counted
from coachlog.store.emit import Word
from coachlog.store.layout import SESSIONS_FILE


def cancel(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[str | None, typer.Argument(metavar="ID", help="Id, day, or `next`.")] = None,
    *,
    by: Annotated[Party | None, typer.Option("--by", help="Who cancelled.")] = None,
    reason: Annotated[CancellationReason | None, typer.Option("--reason", help="Why.")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When; default: now.")] = None,
    told: Annotated[str | None, typer.Option("--told", metavar="WHEN", help="When the other side was told.")] = None,
    via: Annotated[
        str | None, typer.Option("--via", metavar="MEDIUM", help="How they were told; logs it as a contact.")
    ] = None,
    charge: ChargeOption = None,
    note: NoteOption = None,
    rebook: Annotated[str | None, typer.Option("--rebook", metavar="WHEN", help="Book another instead.")] = None,
    no_rebook: Annotated[str | None, typer.Option("--no-rebook", metavar="WHY", help="Why there is none.")] = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Cancel a booked session: says which terms apply and what the charge would be, and logs the telling.

    What the client cancels was told when it was cancelled. With --rebook, open steps due on the old day become due on
    the new one, without it on that of the next session on file. A rebooking that would cross a boundary is refused,
    the cancellation is recorded all the same.

    Examples:
      coachlog session cancel jane next --by client --reason work --via email
      coachlog session cancel jane b3xew --by coach --reason illness --told "today 8:15" --via phone
      coachlog session cancel jane 2026-01-14 --by client --reason family --charge free --rebook "21 jan 15:00"
      coachlog session cancel jane next --by both --reason schedule --no-rebook "the last one of the package"
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = file_of(desk, code)
    found = booked_one_asked(desk, file, session)
    _refuse_both(rebook, no_rebook)
    who: str = by or ask(desk.wishes, f"Who cancelled ({', '.join(PARTIES)})", "--by", one_of(PARTIES), "client")
    why: str = reason or ask(desk.wishes, f"Why ({', '.join(REASONS)})", "--reason", one_of(REASONS), "other")
    when = moment_asked(desk, at, "fact", question="When", flag="--at") if at else desk.present
    price = price_of(file, found, when, who, why)
    says: dict[str, Any] = {"at": written_moment(when), "by": Word(who), "reason": Word(why)}
    says |= {**_told(desk, file, when, told, via, who), **costs(desk, charge, note, price), "no_rebook": no_rebook}
    off = CalledOff(desk, file, found, lasting_id(desk, found), "cancelled", says, price)
    new = None if no_rebook else _new_start(desk, found, rebook)
    _cancel(off, new, Manner(anyway=anyway, waive=waive, dry_run=dry_run), as_json=as_json)


def _new_start(desk: Desk, session: Session, rebook: str | None) -> Instant | None:
    """Give the start of the session that is booked instead, as it is said or asked for."""
    read = partial(_start, desk, session)
    if rebook:
        return read(rebook)
    return offer(desk.wishes, 'Book another instead, such as "next fri" or "21 jan 15:00"', read)


def _start(desk: Desk, session: Session, text: str) -> Instant:
    """Read a start; a day alone means the time of day of the session that is cancelled."""
    when = moment_asked(desk, text, "plan", question="To when", flag="--rebook", clock=session.at.clock)
    return to_come(desk, when)


def _cancel(off: CalledOff, new: Instant | None, manner: Manner, *, as_json: bool) -> None:
    """Cancel it, and where another start is given book a new one in its place."""
    if new:
        _rebook(off, new, manner, as_json=as_json)
    else:
        off.record(replace(manner, everyone=True), as_json=as_json)


def _rebook(off: CalledOff, new: Instant, manner: Manner, *, as_json: bool) -> None:
    """Cancel and book another one in its place; where that is refused, the cancellation is recorded alone."""
    desk, file, found = off.desk, off.file, off.session
    record = Booking.like(found).record(new, desk.present, ids_of(file.sessions))
    made = str(record["id"])
    along = taken_along(off.file.code, file, found.day, new.day)
    planned = [inserted(off.file.code, SESSIONS_FILE, record), *off.facts(rebooked=Word(made)), *along]
    outcome, refusal = record_and_plan(desk, off.file.code, off.facts(), planned, manner)
    if refusal:
        off.tell(outcome, as_json=as_json)
        raise refusal
    remark_holidays(desk, by_id(outcome.file, [made]))
    steps = f", with {counted(len(along), 'open step')} due then" if along else ""
    off.tell(
        outcome, f"rebooked as {made}: {when_words(new, desk.now)}{steps}", new=made, along=bool(along), as_json=as_json
    )


def _refuse_both(rebook: str | None, no_rebook: str | None) -> None:
    if rebook and no_rebook:
        what = "A session is either rebooked, or there is a reason why not."
        raise WrongCall(what, "Say --rebook WHEN or --no-rebook WHY.")


def _told(  # noqa: PLR0913, PLR0917 — what is said of it, and what it is said of
    desk: Desk, file: ClientFile, at: Instant, told: str | None, via: str | None, by: str
) -> dict[str, Any]:
    """Say when the other side was told, and how. The client's own cancellation is its telling."""
    means = medium(via, file) if via else offer(desk.wishes, _how_told(by), medium_of(file))
    if told:
        moment: Instant | None = moment_asked(desk, told, "fact", question="When told", flag="--told")
    else:
        moment = at if by != "coach" or means else None
    return {"told": moment and written_moment(moment), "via": Word(means) if means else None}


def _how_told(by: str) -> str:
    return f"How {'you told the client' if by == 'coach' else 'you were told'} (email, phone, text, …)"
