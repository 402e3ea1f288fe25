"""`coachlog contract show`: the terms in force on a day, and what amended them."""

from datetime import date
from typing import Annotated, Any

import typer

from coachlog.commands.contract.at_hand import AtHand, read_day
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.options import AsJson, Client
from coachlog.model.contract import Amendment, Contract, Pause
from coachlog.model.typed_terms import FIELDS
from coachlog.model.words import contract_words, day_words
from coachlog.render import renderer
from coachlog.render.output import screen, show
from coachlog.views.agreed_words import agreed_words
from coachlog.views.contract_terms import ShownContract, ShownTerm
from coachlog.views.fields import fields_of
from coachlog.views.masking import HIDDEN
from coachlog.views.unsaid import without_words

OPEN_TERMS = frozenset(
    {"form", "starts", "ends", "sessions", "length", "every", "media", "pro_bono", "welcome_pack", "pause", "hold"}
)
"""Terms that tell neither who somebody is, nor what was said, nor what it costs."""


def show_contract(
    ctx: typer.Context,
    client: Client,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day; default: today.")] = None,
    contract: Which = None,
    as_json: AsJson = False,
) -> None:
    """Show the terms that are in force on a day, with what amended them, and the pauses.

    Examples:
      coachlog contract show jane
      coachlog contract show jane --on "2 apr"
      coachlog contract show jane --contract 2026a --json
    """
    at = AtHand.open(ctx.obj, client, contract)
    day = read_day(at.desk, on, "fact") or at.today
    shown = at.contract if contract else at.file.agreements.on(day) or at.contract
    veil = veil_of(at.desk.wishes)
    remark(at.desk)
    sheet = screen(at.desk.wishes.color, quiet=at.desk.wishes.quiet)
    if as_json:
        show(renderer("contract", "json").lines(_fields(at, shown, day, veil), sheet), sheet)
        return
    told = _shown(at, shown, day)
    show(renderer("contract", "text").lines(_veiled(told, veil) if veil else told, sheet), sheet)


def _fields(at: AtHand, contract: Contract, day: date, veil: Veil | None) -> dict[str, Any]:
    terms = contract.terms(day)
    amended = {name: by.id for name in FIELDS if (by := _amendment(terms, name))}
    code = veil.mask.code(at.code) if veil else at.code
    derived = {"client": code, "record": contract.label, "day": day.isoformat(), "status": standing(contract, day)}
    return {**derived, "amended": amended, **fields_of(without_words(terms) if veil else terms)}


def _shown(at: AtHand, contract: Contract, day: date) -> ShownContract:
    terms = contract.terms(day)
    rows = [
        ShownTerm(name, words, _amended_told(_amendment(terms, name)))
        for name in FIELDS
        for words in agreed_words(terms, name)
    ]
    rows += [ShownTerm(one.kind, _pause_told(one)) for one in contract.pauses]
    named = contract_words(contract)
    heading = f"{named[:1].upper()}{named[1:]} with {at.file.client.name} ({contract.label})"
    return ShownContract(heading, f"{standing(contract, day)} on {day_words(day)}", tuple(rows))


def _veiled(shown: ShownContract, veil: Veil) -> ShownContract:
    """Mask the people in a contract, what is said in it, and its money."""
    terms = (one._replace(words=one.words if one.name in OPEN_TERMS else HIDDEN) for one in shown.terms)
    reasons = tuple(one._replace(amended=one.amended.partition(":")[0]) for one in terms)
    return shown._replace(heading=veil.text(shown.heading), terms=reasons)


def standing(contract: Contract, day: date) -> str:
    """Say where a contract stands on a day."""
    if contract.agreed is None:
        return "a draft"
    if contract.finished(day):
        return "ended" if contract.ended else "run out"
    if not contract.in_force(day):
        return "not yet in force"
    stopped = contract.paused(day)
    return "in force" if stopped is None else "on hold" if stopped.is_hold else "paused"


def _amendment(terms: Contract, name: str) -> Amendment | None:
    record = terms.clause(name).record
    return record if isinstance(record, Amendment) else None


def _amended_told(amendment: Amendment | None) -> str:
    if amendment is None:
        return ""
    return f"since {day_words(amendment.agreed)} ({amendment.label}){f': {amendment.why}' if amendment.why else ''}"


def _pause_told(stopped: Pause) -> str:
    last = stopped.last_day
    span = f"{day_words(stopped.from_)} to {day_words(last)}" if last else f"since {day_words(stopped.from_)}"
    return f"{stopped.label}: {span}{f', {stopped.reason}' if stopped.reason else ''}"
