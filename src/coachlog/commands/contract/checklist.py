"""What an ending needs beside its day and reason: supervision, others to turn to, and a session that closes it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.desk.asking_for import can_ask, offer
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.naming import named
from coachlog.commands.session.appointments import altered
from coachlog.errors import WrongCall
from coachlog.model.contract import Contract
from coachlog.model.ids import new_id
from coachlog.model.session import Session
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CARE_FILE, SESSIONS_FILE, client_file
from coachlog.store.splice import insert_record

UNSUPERVISED = frozenset({"completed", "circumstances"})
"""Reasons for which the coach may end it without having been in supervision about it (END102)."""
WITHOUT_REFERRAL = frozenset({"completed", "non-payment", "missed-sessions"})
"""Reasons for which a client is not pointed to anybody else (END103)."""
REFERRALS = 2
WITHIN = timedelta(days=60)
"""How long before the ending a supervision on that client still is one on it (END102)."""
AFTERWARDS = timedelta(days=14)
"""How long after the ending a client can still be referred to somebody (END103)."""


def referral_changes(at: AtHand, typed: Sequence[str] | None, by: str, reason: str, day: date) -> list[Change]:
    """Write down whom the client was pointed to; on a terminal asks for it where an ending calls for it."""
    people = list(typed or ()) or list(_asked_people(at, by, reason, day))
    taken = ids_of(at.file.care.referrals)
    return [_referral(at, who, taken) for who in people]


def _asked_people(at: AtHand, by: str, reason: str, day: date) -> Iterator[str]:
    """Ask for them one by one; Enter ends it."""
    if by != "coach" or reason in WITHOUT_REFERRAL or not strands(at, day) or not can_ask(at.desk.wishes):
        return
    question = "Whom you pointed the client to (an id of the directory, or a name)"
    while who := offer(at.desk.wishes, question, str):
        yield who


def _referral(at: AtHand, who: str, taken: set[str]) -> Change:
    made = new_id(taken)
    taken.add(made)
    known = any(one.id == who for one in at.desk.practice.directory)
    to: Value = Word(who) if known else {"name": who}
    record: dict[str, Value] = {"id": Word(made), "date": written_day(at.today), "to": to}
    return Change(client_file(at.code, CARE_FILE), lambda data: insert_record(data, ("referrals",), record))


def closing_changes(at: AtHand, typed: str | None, day: date) -> list[Change]:
    """Note which session closed the coaching, or is to; on a terminal asks for it where none is noted yet."""
    session = _closing(at, typed, day)
    if session is None or session.kind == "closing":
        return []
    return [altered(at.code, SESSIONS_FILE, session, {"kind": Word("closing")})]


def _closing(at: AtHand, typed: str | None, day: date) -> Session | None:
    """Find the session that is meant. Raises WrongCall for one that can't close the contract."""
    could = [one for one in at.file.attendance.of(at.contract) if (one.is_held or one.is_booked) and one.day <= day]

    def find(text: str) -> Session:
        if could:
            return named(could, text, at.desk.now)
        what = "No session of the contract is held or booked up to its last day."
        raise WrongCall(what, f"Book one: coachlog session book {at.code} WHEN --kind closing.")

    if typed is not None:
        return find(typed)
    return None if _closes(at) or not could else offer(at.desk.wishes, "The session that closed it (id or day)", find)


def wants_supervision(by: str | None, reason: str | None) -> bool:
    """Tell whether an ending is one to have talked over in supervision."""
    return by == "coach" and reason not in UNSUPERVISED


def lacking(at: AtHand, day: date) -> list[str]:
    """Name what an ending lacks: the explanation, supervision, referrals, a closing session or a summary."""
    ending = at.contract.ended
    by, reason = (ending.by, ending.reason) if ending else (None, None)
    lacks = {
        "the day on which you explained it (--explained)": by == "coach" and not (ending and ending.explained),
        "supervision": wants_supervision(by, reason) and not _supervised(at, day),
        "two referrals": by == "coach" and reason not in WITHOUT_REFERRAL and strands(at, day),
        "a closing session": not _closes(at),
        "a summary": not (ending and ending.summary),
    }
    return [name for name, is_missing in lacks.items() if is_missing]


def _supervised(at: AtHand, day: date) -> bool:
    if at.contract.ended and at.contract.ended.supervision:
        return True
    lately = (one for one in at.desk.supervision if day - WITHIN <= one.date <= day)
    return any(topic.client == at.code for one in lately for topic in one.topics)


def strands(at: AtHand, day: date) -> bool:
    """Tell whether a client with sessions or concerns left was pointed to fewer than two others."""
    begins = at.contract.begins(day) or day
    referred = [one for one in at.file.care.referrals if begins <= one.date <= day + AFTERWARDS]
    return len(referred) < REFERRALS and (_has_sessions_left(at, at.contract.terms(day)) or _has_concern(at, day))


def _has_sessions_left(at: AtHand, terms: Contract) -> bool:
    counted = sum(session.counted for session in at.file.attendance.of(terms))
    return terms.sessions is not None and counted < terms.sessions


def _has_concern(at: AtHand, day: date) -> bool:
    return any(
        not (one.resolved and one.resolved <= day) and one.decision != "continue" for one in at.file.care.concerns
    )


def _closes(at: AtHand) -> bool:
    """Tell whether a closing session of the contract was held or is booked."""
    sessions = at.file.attendance.of(at.contract)
    return any(one.kind == "closing" and (one.is_held or one.is_booked) for one in sessions)
