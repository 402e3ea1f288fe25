"""What was on file by an instant: later facts are not there yet, and what claims to have happened later is named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from coachlog.model.action import Action
from coachlog.model.care import Concern
from coachlog.model.client_file import Care, ClientFile, Premature
from coachlog.model.contract import Contract
from coachlog.model.instant import Instant
from coachlog.model.record import Record
from coachlog.model.session import Session

AnyRecord = TypeVar("AnyRecord", bound=Record)


def known(file: ClientFile, now: Instant, *, as_of: bool = False) -> ClientFile:
    """Give the client's file as it is judged at an instant.

    A record whose day lies after the day of the check is not there yet. A session held, a step done, a contact, a
    payment, a disclosure, a handover or a leader update of later is left out and named in `premature`; with
    `as_of`, which asks what was on file by then, it is left out without a word.
    """
    today = now.day
    sessions = [_session_as_of(session, now) for session in file.sessions] if as_of else file.sessions
    actions = [_action_as_of(action, today) for action in file.actions] if as_of else file.actions
    contracts = [_contract_as_of(contract, today) for contract in file.contracts] if as_of else file.contracts
    premature = list(_premature(file, now))
    early = {id(found.record) for found in premature}
    return replace(
        file,
        contracts=tuple(_contract(one, today, early) for one in contracts if not _later(one.agreed, today)),
        sessions=tuple(_session(one, now) for one in sessions if one and id(one) not in early),
        actions=tuple(_action(one, today) for one in actions if id(one) not in early),
        contacts=tuple(one for one in file.contacts if id(one) not in early),
        care=_care(file.care, today, early),
        supervision=tuple(one for one in file.supervision if one.date <= today),
        premature=() if as_of else tuple(premature),
    )


def _later(day: date | None, today: date) -> bool:
    return day is not None and day > today


def _premature(file: ClientFile, now: Instant) -> Iterator[Premature]:
    today = now.day
    for session in file.sessions:
        if session.status in {"held", "no-show"} and session.at > now:
            yield Premature(session, "held" if session.is_held else "missed")
    for action in file.actions:
        if _later(action.done, today) or _later(action.part, today):
            yield Premature(action, "done" if _later(action.done, today) else "partly done")
    yield from (Premature(contact, "made") for contact in file.contacts if contact.at > now)
    for contract in file.contracts:
        yield from _dated(contract.payments, today, "paid")
    yield from _dated(file.care.disclosures, today, "disclosed")
    yield from (Premature(one, "handed over") for one in file.care.referrals if _later(one.handover, today))
    yield from _dated(file.care.leader_updates, today, "told")


def _dated(records: Iterable[Record], today: date, what: str) -> Iterator[Premature]:
    return (Premature(record, what) for record in records if _later(getattr(record, "date", None), today))


def _changed(record: AnyRecord, **changes: object) -> AnyRecord:
    return record.known_at({name: value for name, value in changes.items() if getattr(record, name) != value})


def _without_later(day: date | None, today: date) -> date | None:
    return None if _later(day, today) else day


def _contract(contract: Contract, today: date, early: set[int]) -> Contract:
    return _changed(
        contract,
        amendments=tuple(one for one in contract.amendments if one.agreed <= today),
        goals=tuple(
            _changed(goal, reached=_without_later(goal.reached, today))
            for goal in contract.goals
            if not _later(goal.agreed, today)
        ),
        payments=tuple(one for one in contract.payments if id(one) not in early),
        welcome_pack=_without_later(contract.welcome_pack, today),
    )


def _contract_as_of(contract: Contract, today: date) -> Contract:
    """Leave out an ending and pauses that were neither there nor talked about by then."""
    ended = contract.ended
    unsaid = ended and _later(ended.date, today) and not (ended.explained and ended.explained <= today)
    pauses = (
        _changed(pause, lifted=_without_later(pause.lifted, today))
        for pause in contract.pauses
        if pause.from_ <= today or (pause.discussed and pause.discussed <= today)
    )
    return _changed(contract, ended=None if unsaid else ended, pauses=tuple(pauses))


def _session(session: Session, now: Instant) -> Session:
    prep = session.prep
    if prep and prep.received and prep.received > now:
        return _changed(session, prep=_changed(prep, received=None))
    return session


def _session_as_of(session: Session, now: Instant) -> Session | None:
    """Give a session as it was booked by then; one whose booking is not known to be older was not there yet."""
    later_moves = [move for move in session.moved if move.at and move.at > now]
    if later_moves:
        kept = tuple(move for move in session.moved if move not in later_moves)
        session = _changed(session, at=later_moves[0].from_, moved=kept)
    cancelled = session.cancelled
    undone = session.at > now and session.status in {"held", "no-show"}
    undone = undone or bool(session.status == "cancelled" and cancelled and cancelled.at and cancelled.at > now)
    if session.booked and session.booked > now:
        return None
    if undone:
        return _changed(session, status="booked", cancelled=None) if session.booked else None
    return session


def _action(action: Action, today: date) -> Action:
    return _changed(action, updates=tuple(one for one in action.updates if one.date <= today))


def _action_as_of(action: Action, today: date) -> Action:
    done, part = _without_later(action.done, today), _without_later(action.part, today)
    dropped = None if action.dropped and _later(action.dropped.date, today) else action.dropped
    return _changed(action, done=done, part=part, dropped=dropped)


def _care(care: Care, today: date, early: set[int]) -> Care:
    return Care(
        consents=tuple(one for one in care.consents if one.given <= today),
        disclosures=tuple(one for one in care.disclosures if id(one) not in early),
        concerns=tuple(_concern(one, today) for one in care.concerns if one.noticed <= today),
        referrals=tuple(one for one in care.referrals if id(one) not in early and one.date <= today),
        leader_updates=tuple(one for one in care.leader_updates if id(one) not in early),
        feedback=tuple(one for one in care.feedback if one.date <= today),
    )


def _concern(concern: Concern, today: date) -> Concern:
    return _changed(
        concern,
        raised=_without_later(concern.raised, today),
        decided=_without_later(concern.decided, today),
        resolved=_without_later(concern.resolved, today),
    )
