"""`coachlog contract new`: the terms that are to be agreed."""

from collections.abc import Mapping
from datetime import date

import typer

from coachlog.commands.contract.at_hand import read_day
from coachlog.commands.contract.beside import Beside, days_of
from coachlog.commands.contract.interview import Interview
from coachlog.commands.contract.options import Agreed, Ends, Every, FeeText, FormText, Length, Sessions, Sets, Starts
from coachlog.commands.contract.terms import default_terms, ready, typed_terms, with_typed
from coachlog.commands.desk.days import day_told, written_day
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import Telling, tell
from coachlog.model.contract import Contract
from coachlog.model.ids import new_id
from coachlog.model.words import counted
from coachlog.store.emit import Value, Word
from coachlog.store.files import read_bytes
from coachlog.store.layout import CONTRACT_FILE, PRACTICE_FILE, client_file
from coachlog.store.splice import insert_record

USUAL_SESSIONS = 6
"""The set number of a new contract, unless the coach says otherwise."""


def new(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    agreed: Agreed = None,
    form: FormText = None,
    sessions: Sessions = None,
    length: Length = None,
    every: Every = None,
    fee: FeeText = None,
    starts: Starts = None,
    ends: Ends = None,
    sets: Sets = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write a new contract: the terms that coachlog.yaml keeps for new ones, and 6 sessions unless told otherwise.

    Without --agreed it is a draft, in force for nothing, until `contract agree`. While another contract is in force a
    second one that is agreed is a plan which crosses a boundary: `contract renew` follows on from it. On a terminal it
    asks for the terms of which nothing is said yet; Enter skips each.

    Examples:
      coachlog contract new jane
      coachlog contract new jane --sessions 8 --length "60 min" --every "2 weeks" --fee "900 GBP"
      coachlog contract new jane --agreed today --form email --set between_sessions.via.email="24 h"
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = desk.readable(code, CONTRACT_FILE)
    usual = _usual_terms(desk)
    typed = typed_terms(
        sets, desk.now, form=form, sessions=sessions, length=length, every=every, fee=fee, starts=starts, ends=ends
    )
    terms = ready(with_typed(usual, typed), desk.practice.timezone)
    day = read_day(desk, agreed, "fact")
    waiver = Beside(desk, file, days_of(day, terms)).settled(anyway=anyway, waive=waive)
    record = contract_record(ids_of(file.contracts), day, _asked_terms(desk, code, terms))
    record |= {"waive": [waiver]} if waiver else {}
    outcome = desk.carry_out(code, [contract_added(code, record)], Manner(dry_run=dry_run))
    tell_new(desk, outcome, str(record["id"]), as_json=as_json)


def _usual_terms(desk: Desk) -> dict[str, Value]:
    """Give the terms that a new contract has where nothing else is said; that coachlog.yaml can be read is known."""
    practice = read_bytes(desk.root / PRACTICE_FILE) if desk.practice else b""
    return {"sessions": Word(str(USUAL_SESSIONS)), **default_terms(practice)}


def _asked_terms(desk: Desk, code: str, terms: Mapping[str, Value]) -> Mapping[str, Value]:
    """Ask for the terms of which nothing is said yet; who writes them in the editor is not asked."""
    if desk.wishes.editor:
        return terms
    return ready(with_typed(terms, Interview(desk, code, terms).answers()), desk.practice.timezone)


def contract_added(code: str, record: Mapping[str, Value]) -> Change:
    """Add a contract to those of a client."""
    return Change(client_file(code, CONTRACT_FILE), lambda data: insert_record(data, ("contracts",), record))


def contract_record(taken: set[str], agreed: date | None, terms: Mapping[str, Value]) -> dict[str, Value]:
    """Make the record of a contract; without a day it is a draft."""
    return {"id": Word(new_id(taken)), **({"agreed": written_day(agreed)} if agreed else {}), **terms}


def terms_told(name: str, contract: Contract) -> str:
    """Say what a contract is about: with whom, how many sessions, how long."""
    number = counted(contract.sessions, "session") if contract.sessions else "an open number of sessions"
    return f"contract with {name}, {number}{f' of {contract.length}' if contract.length else ''}"


def tell_new(desk: Desk, outcome: Outcome, made: str, *, as_json: bool, more: str = "") -> None:
    """Say which contract was written, and what that brings."""
    file = outcome.file
    contract = file.agreements.named(made) if file else None
    said = _new_told(file.code, file.client.name, contract, desk.now.day, more) if file and contract else ""
    records = [contract] if contract else []
    tell(desk, outcome, Telling(said, "contracts", records), as_json=as_json)


def _new_told(code: str, name: str, contract: Contract, today: date, more: str) -> str:
    what = terms_told(name, contract)
    days = {"from": contract.starts, "until": contract.ends}
    span = "".join(f", {word} {day_told(day, today)}" for word, day in days.items() if day)
    if contract.agreed is None:
        return f"drafted {contract.label}: {what}{span}{more}; coachlog contract agree {code} makes it count"
    return f"wrote {contract.label}: {what}, agreed {day_told(contract.agreed, today)}{span}{more}"
