"""What was on file by an instant: later facts are not there yet, and what claims to have happened later is named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from coachlog.model.action import Action
from coachlog.model.care import Concern, Disclosure, LeaderUpdate
from coachlog.model.client_file import Care, ClientFile, Premature
from coachlog.model.contract import Amendment, Contract, Ending, Goal, Payment, Terms
from coachlog.model.instant import Instant
from coachlog.model.record import Record
from coachlog.model.session import Cancellation, Prep, Session

AnyRecord = TypeVar("AnyRecord", bound=Record)


def known(file: ClientFile, now: Instant, *, as_of: bool = False) -> ClientFile:
    """Give the client's file as it is judged at an instant.

    A record whose day lies after the day of the check is not there yet. A session held, a step done, a contact, a
    payment, a disclosure, a handover or a leader update of later is left out and named in `premature`; with
    `as_of`, which asks what was on file by then, it stands as it did then, or is left out without a word.
    """
    today = now.day
    contracts = [_contract_as_of(contract, today) for contract in file.contracts] if as_of else file.contracts
    premature = list(_premature(file, now))
    early = {id(found.record) for found in premature}
    sessions = (_session(one, now, as_of=as_of) for one in file.sessions if as_of or id(one) not in early)
    planned = {one.id for one in file.supervision if one.date > today and one.id}
    return replace(
        file,
        contracts=tuple(_contract(one, today, early, planned) for one in contracts if not _later(one.agreed, today)),
        sessions=tuple(one for one in sessions if one),
        actions=tuple(_actions(file, now, early, as_of=as_of)),
        contacts=tuple(one for one in file.contacts if id(one) not in early),
        care=_care(_care_as_of(file.care, today) if as_of else file.care, today, early, planned),
        supervision=tuple(one for one in file.supervision if one.date <= today),
        premature=() if as_of else tuple(premature),
    )


def next_fact(file: ClientFile, now: Instant) -> Instant | None:
    """Give the next instant at which something in the file that is still to come will be known."""
    noted: list[Instant | None] = [contact.at for contact in file.contacts]
    for session in file.sessions:
        noted += [session.at, session.booked, *(move.at for move in session.moved)]
        noted += [session.prep.sent, session.prep.received] if session.prep else []
        noted += [session.cancelled.at, session.cancelled.told] if session.cancelled else []
    return min((instant for instant in noted if instant and instant > now), default=None)


def _later(day: date | None, today: date) -> bool:
    return day is not None and day > today


def _premature(file: ClientFile, now: Instant) -> Iterator[Premature]:
    today = now.day
    for session in file.sessions:
        if session.status in {"held", "no-show"} and session.at > now:
            yield Premature(session, "held" if session.is_held else "missed", session.at)
    for action in file.actions:
        if action.done and action.done > today:
            yield Premature(action, "done", action.done)
        elif action.part and action.part > today:
            yield Premature(action, "partly done", action.part)
    yield from (Premature(contact, "made", contact.at) for contact in file.contacts if contact.at > now)
    for contract in file.contracts:
        yield from _dated(contract.payments, today, "paid")
    yield from _dated(file.care.disclosures, today, "disclosed")
    for referral in file.care.referrals:
        if referral.handover and referral.handover > today:
            yield Premature(referral, "handed over", referral.handover)
    yield from _dated(file.care.leader_updates, today, "told")


def _dated(records: Iterable[Payment | Disclosure | LeaderUpdate], today: date, what: str) -> Iterator[Premature]:
    return (Premature(record, what, record.date) for record in records if record.date > today)


def _changed(record: AnyRecord, **changes: object) -> AnyRecord:
    return record.known_at({name: value for name, value in changes.items() if getattr(record, name) != value})


def _without_later(day: date | None, today: date) -> date | None:
    return None if _later(day, today) else day


def _without_later_instant(instant: Instant | None, now: Instant) -> Instant | None:
    return None if instant and instant > now else instant


def _contract(contract: Contract, today: date, early: set[int], planned: set[str]) -> Contract:
    return _changed(
        contract,
        ended=contract.ended and _ending(contract.ended, today, planned),
        amendments=tuple(_amendment(one, today) for one in contract.amendments if one.agreed <= today),
        goals=_goals(contract, today),
        pauses=tuple(_changed(one, discussed=_without_later(one.discussed, today)) for one in contract.pauses),
        payments=tuple(one for one in contract.payments if id(one) not in early),
        welcome_pack=_without_later(contract.welcome_pack, today),
    )


def _ending(ended: Ending, today: date, planned: set[str]) -> Ending:
    """Give an ending without an explanation, or a talk with the supervisor, that is still to come."""
    return _changed(
        ended,
        explained=_without_later(ended.explained, today),
        supervision=None if ended.supervision in planned else ended.supervision,
    )


def _amendment(amendment: Amendment, today: date) -> Amendment:
    return _changed(amendment, set=_changed(amendment.set, goals=_goals(amendment.set, today)))


def _goals(terms: Terms, today: date) -> tuple[Goal, ...]:
    return tuple(
        _changed(goal, reached=_without_later(goal.reached, today))
        for goal in terms.goals
        if not _later(goal.agreed, today)
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


def _session(session: Session, now: Instant, *, as_of: bool) -> Session | None:
    """Give a session as it stood by then: not yet moved, cancelled or told of, or not yet booked at all.

    As of then, one that was held or cancelled later and whose booking is not known to be older was not there yet.
    """
    if session.booked and session.booked > now and (as_of or session.at > now):
        return None
    if not _still_to_come(session, now):
        return _changed(_unmoved(session, now), prep=_prep(session, now), cancelled=_cancelled(session, now))
    if as_of and session.booked is None:
        return None
    return _changed(_unmoved(session, now), status="booked", cancelled=None, prep=_prep(session, now))


def _still_to_come(session: Session, now: Instant) -> bool:
    """Tell whether what became of a booking lies after the instant."""
    if session.status == "cancelled":
        return bool(session.cancelled and session.cancelled.at and session.cancelled.at > now)
    return not session.is_booked and session.at > now


def _unmoved(session: Session, now: Instant) -> Session:
    later = [move for move in session.moved if move.at and move.at > now]
    if not later:
        return session
    kept = tuple(move for move in session.moved if move not in later)
    first = min(later, key=lambda move: move.at or now)
    return _changed(session, at=first.from_ or session.at, moved=kept)


def _prep(session: Session, now: Instant) -> Prep | None:
    prep = session.prep
    return prep and _changed(
        prep,
        sent=_without_later_instant(prep.sent, now),
        received=_without_later_instant(prep.received, now),
    )


def _cancelled(session: Session, now: Instant) -> Cancellation | None:
    cancelled = session.cancelled
    return cancelled and _changed(cancelled, told=_without_later_instant(cancelled.told, now))


def _actions(file: ClientFile, now: Instant, early: set[int], *, as_of: bool) -> Iterator[Action]:
    """Give what was committed to by then; as of then, later sessions have neither brought it nor looked at it."""
    if not as_of:
        yield from (_action(one, now.day) for one in file.actions if id(one) not in early)
        return
    for action in file.actions:
        if not _met_later(file, action.session, now):
            carried = tuple(name for name in action.carried if not _met_later(file, name, now))
            reviewed = None if _met_later(file, action.reviewed, now) else action.reviewed
            yield _action(_changed(action, carried=carried, reviewed=reviewed), now.day)


def _met_later(file: ClientFile, name: str | None, now: Instant) -> bool:
    """Tell whether a name is that of a session that had not begun by then."""
    session = file.attendance.named(name)
    return session is not None and session.at > now


def _action(action: Action, today: date) -> Action:
    """Give an action without what became of it later; one done later is here only where `as_of` asks for it."""
    return _changed(
        action,
        updates=tuple(one for one in action.updates if not _later(one.date, today)),
        done=_without_later(action.done, today),
        part=_without_later(action.part, today),
        dropped=None if action.dropped and _later(action.dropped.date, today) else action.dropped,
    )


def _care_as_of(care: Care, today: date) -> Care:
    """Take back what was handed over or answered later."""
    referrals = (
        _changed(
            one,
            handover=_without_later(one.handover, today),
            answer=None if _later(one.answered, today) else one.answer,
            answered=_without_later(one.answered, today),
        )
        for one in care.referrals
    )
    return replace(care, referrals=tuple(referrals))


def _care(care: Care, today: date, early: set[int], planned: set[str]) -> Care:
    return Care(
        consents=tuple(one for one in care.consents if one.given <= today),
        disclosures=tuple(one for one in care.disclosures if id(one) not in early),
        concerns=tuple(_concern(one, today, planned) for one in care.concerns if one.noticed <= today),
        referrals=tuple(one for one in care.referrals if id(one) not in early and one.date <= today),
        leader_updates=tuple(one for one in care.leader_updates if id(one) not in early),
        feedback=tuple(one for one in care.feedback if one.date <= today),
    )


def _concern(concern: Concern, today: date, planned: set[str]) -> Concern:
    """Give a concern without what was decided later, or is to be talked over in a supervision still to come."""
    return _changed(
        concern,
        raised=_without_later(concern.raised, today),
        consulted=None if concern.consulted in planned else concern.consulted,
        decision=None if _later(concern.decided, today) else concern.decision,
        decided=_without_later(concern.decided, today),
        resolved=_without_later(concern.resolved, today),
    )
