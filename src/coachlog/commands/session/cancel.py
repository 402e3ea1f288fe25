"""`coachlog session cancel` and `no-show`: a session that does not take place, what it costs, and who was told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, Literal

import typer

from coachlog.commands.desk.asking_for import ask, can_ask, one_of
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import tell
from coachlog.commands.session.appointments import (
    Booking,
    Party,
    altered,
    booked_one,
    by_id,
    file_of,
    id_of,
    ids_of,
    inserted,
    medium,
    moment_asked,
    oldest_begun,
    present,
    record_and_plan,
    taken_along,
    to_come,
    when_words,
    written,
)
from coachlog.commands.session.cancelling import CHARGES, PARTIES, REASONS, Price, missed_price, price_of, terms_of
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.session import CancellationReason, Session
from coachlog.model.words import contract_words, counted, moment_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CONTACTS_FILE, SESSIONS_FILE

Charge = Literal["counts", "fee", "free", "waived"]
TELLS = {"client": "client", "coach": "coach", "sponsor": "sponsor", "both": "client"}
"""Who lets the other side know, by who cancelled."""
ChargeOption = Annotated[Charge | None, typer.Option("--charge", help="What it costs the client.")]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What else there is to say of it.")]


def cancel(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[str, typer.Argument(metavar="ID", help="Id, day, or `next`.")],
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
    the new one; a rebooking that would cross a boundary is refused, the cancellation is recorded all the same.

    Examples:
      coachlog session cancel jane next --by client --reason work --via email
      coachlog session cancel jane b3xew --by coach --reason illness --told "today 8:15" --via phone
      coachlog session cancel jane 2026-01-14 --by client --reason family --charge free --rebook "21 jan 15:00"
      coachlog session cancel jane next --by both --reason schedule --no-rebook "the last one of the package"
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = file_of(desk, code)
    found = booked_one(file, session, desk.now)
    _refuse_both(rebook, no_rebook)
    who: str = by or ask(desk.wishes, f"Who cancelled ({', '.join(PARTIES)})", "--by", one_of(PARTIES))
    why: str = reason or ask(desk.wishes, f"Why ({', '.join(REASONS)})", "--reason", one_of(REASONS))
    when = moment_asked(desk, at, "fact", question="When", flag="--at") if at else present(desk)
    price = price_of(file, found, when, who, why)
    says = {
        "at": written(when),
        "by": Word(who),
        "reason": Word(why),
        **_told(desk, when, told, via, who),
        "charge": _charge(desk, charge, price),
        "note": note,
        "no_rebook": no_rebook,
    }
    off = _Off(desk, code, file, found, "cancelled", says, price)
    manner = Manner(anyway=anyway, waive=waive, dry_run=dry_run)
    if rebook:
        _rebook(off, rebook, manner, as_json=as_json)
    else:
        off.tell(desk.carry_out(code, off.facts(), replace(manner, everyone=True)), as_json=as_json)


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
    says = {"charge": _charge(desk, charge, price), "note": note}
    off = _Off(desk, code, file, found, "no-show", says, price)
    off.tell(desk.carry_out(code, off.facts(), Manner(dry_run=dry_run, everyone=True)), as_json=as_json)


@dataclass(frozen=True)
class _Off:
    """A session that does not take place, and what is said of it."""

    desk: Desk
    code: str
    file: ClientFile
    session: Session
    status: Literal["cancelled", "no-show"]
    says: dict[str, Any]
    price: Price

    @cached_property
    def name(self) -> str:
        """The id of the session."""
        return id_of(self.desk, self.code, self.session)

    @cached_property
    def contact(self) -> dict[str, Value]:
        """The telling as a contact; none where it is not known how or when the other side was told."""
        told, via = self.says.get("told"), self.says.get("via")
        if not told or not via:
            return {}
        return {
            "id": Word(new_id(ids_of(self.file.contacts))),
            "at": told,
            "from": Word(TELLS[self.says["by"]]),
            "via": via,
            "for": Word("logistics"),
            "session": Word(self.name),
        }

    def facts(self, **more: Value) -> list[Change]:
        """Close the booking with what is said of it, and log the telling."""
        fields = {key: value for key, value in {**self.says, **more}.items() if value}
        values: dict[str, Value] = {"status": Word(self.status), **({"cancelled": fields} if fields else {})}
        closed = altered(self.code, SESSIONS_FILE, self.session, values)
        return [closed, *([inserted(self.code, CONTACTS_FILE, self.contact)] if self.contact else [])]

    def tell(self, outcome: Outcome, *more: str, also: Sequence[str] = (), as_json: bool) -> None:
        """Say what was done, by which terms, and what it costs."""
        by = f", by {self.says['by']}" if "by" in self.says else ""
        head = f"{self.status} {self.name}: {self.file.client.name}, {when_words(self.session.at, self.desk.now)}{by}"
        charge = f"charge: {self.says['charge'] or 'not decided (--charge)'}"
        at = Instant.parse(str(self.contact.get("at")), self.desk.now.zone)
        told = [f"told {moment_words(at)} by {self.contact['via']} (contact {self.contact['id']})"] if at else []
        said = "; ".join([head, self.price.words, charge, *told, *more])
        sessions = by_id(outcome.file, [self.name, *also])
        tell(
            self.desk.wishes,
            outcome,
            said,
            noun="sessions",
            records=sessions,
            as_json=as_json,
            remarks=self.desk.remarks,
        )


def _rebook(off: _Off, rebook: str, manner: Manner, *, as_json: bool) -> None:
    """Cancel and book another one in its place; where that is refused, the cancellation is recorded alone."""
    desk, file, found = off.desk, off.file, off.session
    new = to_come(desk, moment_asked(desk, rebook, "plan", question="To when", flag="--rebook", clock=found.at.clock))
    record = Booking.like(found).record(new, present(desk), ids_of(file.sessions))
    made = str(record["id"])
    along = taken_along(off.code, file, found.day, new.day)
    planned = [inserted(off.code, SESSIONS_FILE, record), *off.facts(rebooked=Word(made)), *along]
    outcome, refusal = record_and_plan(desk, off.code, off.facts(), planned, manner)
    if refusal:
        off.tell(outcome, as_json=as_json)
        raise refusal
    steps = f", with {counted(len(along), 'open step')} due then" if along else ""
    off.tell(outcome, f"rebooked as {made}: {when_words(new, desk.now)}{steps}", also=[made], as_json=as_json)


def _refuse_both(rebook: str | None, no_rebook: str | None) -> None:
    if rebook and no_rebook:
        what = "A session is either rebooked, or there is a reason why not."
        raise WrongCall(what, "Say --rebook WHEN or --no-rebook WHY.")


def _told(desk: Desk, at: Instant, told: str | None, via: str | None, by: str) -> dict[str, Any]:
    """Say when the other side was told, and how. The client's own cancellation is its telling."""
    means = via and medium(via)
    if told:
        moment: Instant | None = moment_asked(desk, told, "fact", question="When told", flag="--told")
    else:
        moment = at if by != "coach" or via else None
    return {"told": moment and written(moment), "via": means and Word(means)}


def _charge(desk: Desk, charge: str | None, price: Price) -> Word | None:
    """Take the charge that is said, or ask for it; where nobody can be asked it stays open."""
    if charge is None and can_ask(desk.wishes):
        charge = ask(desk.wishes, f"{price.words}. Charge", "--charge", one_of(CHARGES), price.charge)
    return Word(charge) if charge else None


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
