"""The sessions of a day: those to come, those to close, and what a cancelled one leaves to be done."""

from dataclasses import replace
from datetime import timedelta

from coachlog.model.cancelling import CalledOff
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.instant import Instant, add_to_day
from coachlog.model.session import Session
from coachlog.views.roster import used_of
from coachlog.views.today_item import Item
from coachlog.views.today_outlook import A_WEEK, Items, Outlook, can_tell, of_client

TOLD_WITHIN = timedelta(hours=24)
"""How soon a client is told of a session that the coach gave up (rules.md, CAN102)."""
CHARGED = frozenset({"counts", "fee"})
"""The terms on late cancelling that ask the coach for a decision (rules.md, CAN104)."""


def sessions(file: ClientFile, outlook: Outlook) -> Items:
    """Give what a client's sessions ask for: to come, to be closed, to be told of, charged, booked again."""
    yield from _booked(file, outlook)
    yield from _to_be_told(file, outlook)
    if can_tell(file, "contract.ended"):
        yield from _to_be_charged(file)
    if can_tell(file, "contract.ended", "contract.pauses", "sessions"):
        yield from list(_to_rebook(file, outlook)) or _to_book(file, outlook)


def coming(file: ClientFile, outlook: Outlook) -> tuple[Session, ...]:
    """Give the booked sessions that are not over yet, in order of time."""
    booked = (one for one in file.attendance.sessions if one.is_booked)
    return tuple(one for one in booked if not outlook.clock.passed(file.attendance.planned_end(one)))


def _booked(file: ClientFile, outlook: Outlook) -> Items:
    ahead = coming(file, outlook)
    for session in file.attendance.sessions:
        if session.is_booked and session not in ahead:
            yield replace(
                session_item(file, session), kind="to-close", group="to-close", rule="SES108", does="session log"
            )
        elif session.is_booked and _is_stranded(file, session, outlook):
            item = replace(session_item(file, session), kind="to-cancel", group="to-close", rule="END106")
            yield replace(item, does="session cancel", on=session.label or "")
        elif session.is_booked:
            steps = _open_steps(file) if session is ahead[0] else None
            yield from _to_come(replace(session_item(file, session), count=steps), file, outlook)


def _is_stranded(file: ClientFile, session: Session, outlook: Outlook) -> bool:
    """Tell whether a coaching session to come lies behind the ending of the contract, and no other one holds then."""
    if outlook.clock.passed(session.at) or not (session.is_coaching and can_tell(file, "contract.ended")):
        return False
    over = None if file.agreements.on(session.day) else file.agreements.last_over(session.day)
    return bool(over and over.ended)


def _to_come(item: Item, file: ClientFile, outlook: Outlook) -> Items:
    """Give a session of these days; one that lies in the coach's leave is told two weeks before."""
    day = item.at.day if item.at else outlook.today
    away = any(one.covers(day) for one in file.practice.absences)
    if day <= outlook.today:
        yield replace(item, group="now", does="brief")
    elif away and day <= outlook.horizon:
        yield replace(item, state="away", rule="SES117", does="session move", on=item.record or "")
    elif day <= outlook.last:
        yield item


def _open_steps(file: ClientFile) -> int | None:
    return sum(step.is_open for step in file.follow_through.steps) or None


def session_item(file: ClientFile, session: Session) -> Item:
    """Give a session as an item: which one it is of how many, on which medium, and what came of its prep form."""
    terms, number = file.attendance.terms_of(session), number_of(file, session)
    return replace(
        of_client(file, "session", "ahead"),
        record=session.label,
        what=None if session.kind == "coaching" else session.kind,
        at=session.at,
        via=session.via,
        number=number,
        of=terms.sessions if terms and number else None,
        prep=prep_of(file, session),
        prep_received=prep_received(file, session),
    )


def number_of(file: ClientFile, session: Session) -> int | None:
    """Tell which session of its contract a booked one will be; None where it would not count."""
    contract = file.attendance.contract_of(session)
    if contract is None or not session.would_count:
        return None
    before = (one for one in file.attendance.of(contract) if one.at < session.at)
    return 1 + sum(1 for one in before if one.counted or one.would_count)


def prep_received(file: ClientFile, session: Session) -> Instant | None:
    """Tell when the client's preparation came: with the session, or as a contact for prep that names it."""
    noted = session.prep.received if session.prep else None
    sent = (one for one in file.contacts if one.by_client and one.for_ == "prep" and one.session == session.id)
    came = [noted, *(one.at for one in sent if session.id)]
    return min((moment for moment in came if moment), default=None)


def prep_of(file: ClientFile, session: Session) -> str | None:
    """Tell how far the prep form of a session is; None where none is agreed and none was sent."""
    if prep_received(file, session):
        return "received"
    forms = [due for due in file.follow_ups.of(session) if due.is_form]
    named = (one for one in file.contacts if session.id and one.session == session.id)
    logged = any(map(file.follow_ups.kept_by, forms)) or any(one.by_coach and one.for_ == "prep" for one in named)
    sent = logged or bool(session.prep and session.prep.sent)
    return "sent" if sent else "due" if forms else None


def _to_be_told(file: ClientFile, outlook: Outlook) -> Items:
    """Give the starts that the coach gave up and of which the client was not told; once they are past, it is late."""
    for one in (*file.cancelling.cancelled, *file.cancelling.moved):
        untold = one.told_at is None or not outlook.clock.begun(one.told_at)
        ours = one.by == "coach" and (not one.moved or file.cancelling.late(one) is not None)
        if ours and untold and not outlook.clock.begun(one.start):
            due = min(one.start, one.at.after(TOLD_WITHIN)) if one.at else one.start
            telling = replace(of_client(file, "telling", "owed"), record=one.session.label, at=one.start, due=due)
            yield replace(telling, rule="CAN102", does="draft cancellation")


def _to_be_charged(file: ClientFile) -> Items:
    """Give the sessions that were missed or cancelled late and for which nobody decided what they cost."""
    undecided = {id(one): one for one in (*_late(file), *_missed(file)) if one.charge is None}
    for session in undecided.values():
        state = "missed" if session.is_missed else "cancelled-late" if session.is_cancelled else "moved-late"
        item = replace(of_client(file, "charge", "to-close"), record=session.label, state=state, at=session.at)
        yield replace(item, rule="CAN104", does="edit", on=session.label or "")


def _late(file: ClientFile) -> list[Session]:
    called_off = (*file.cancelling.cancelled, *file.cancelling.moved)
    return [one.session for one in called_off if one.by == "client" and _asks_for_charge(file, one)]


def _asks_for_charge(file: ClientFile, one: CalledOff) -> bool:
    late = file.cancelling.late(one)
    return late is not None and _charges(late.contract.terms(one.start.day))


def _missed(file: ClientFile) -> list[Session]:
    missed = ((one, file.attendance.terms_of(one)) for one in file.attendance.sessions if one.is_missed)
    return [session for session, terms in missed if terms and _charges(terms)]


def _charges(terms: Contract) -> bool:
    return terms.cancellation is not None and terms.cancellation.late in CHARGED


def _to_rebook(file: ClientFile, outlook: Outlook) -> Items:
    """Give a cancelled session in whose place nothing was booked, as long as the coaching goes on; only the last."""
    for one in file.cancelling.cancelled[-1:]:
        contract = file.attendance.contract_of(one.session)
        goes_on = contract and contract.in_force(outlook.today) and not contract.paused(outlook.today)
        if goes_on and not _made_up_for(file, one.session):
            day = max(one.start, one.at or one.start).day + A_WEEK
            item = replace(of_client(file, "rebooking", "to-close"), record=one.session.label, at=one.start, day=day)
            yield replace(item, rule="CAN106", does="session book")


def _made_up_for(file: ClientFile, session: Session) -> bool:
    says = session.cancelled
    settled = says and (says.charge == "counts" or says.rebooked or (says.no_rebook or "").strip())
    later = (one for one in file.attendance.sessions if one.is_held or one.is_booked)
    return bool(settled) or any(one.at > session.at for one in later)


def _to_book(file: ClientFile, outlook: Outlook) -> Items:
    """Give a contract that goes on, whose rhythm asks for the next session, and for which none is booked."""
    contract = file.agreements.on(outlook.today)
    terms = contract.terms(outlook.today) if contract else None
    if contract is None or terms is None or terms.every is None or contract.paused(outlook.today):
        return
    met = [one.day for one in file.attendance.sessions if one.is_coaching and (one.is_held or one.is_booked)]
    since = max((*met, contract.begins(outlook.today) or outlook.today))
    day, left = add_to_day(since, terms.every), _left(file, contract, outlook)
    if not coming(file, outlook) and left and day <= outlook.last:
        item = replace(of_client(file, "booking", outlook.group(day, late="to-close")), day=day, record=contract.label)
        yield replace(item, rule="SES112", does="session book")


def _left(file: ClientFile, contract: Contract, outlook: Outlook) -> bool:
    number = contract.terms(outlook.today).sessions
    return number is None or used_of(file, contract, outlook.clock) < number
