"""What an ending needs beside its day and reason: supervision, others to turn to, and a session that closes it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import TypeAlias

from coachlog.commands.care.whom import whom
from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.desk.asking_for import can_ask, offer
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.naming import named
from coachlog.commands.session.appointments import altered
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Ending
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.session import Session
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CARE_FILE, SESSIONS_FILE, client_file
from coachlog.store.prove import as_plain
from coachlog.store.splice import insert_record

UNEXPLAINED, UNSUPERVISED, STRANDED, SHORT_NOTICE = "END101", "END102", "END103", "END105"
ASKED_ALREADY = frozenset({UNEXPLAINED, UNSUPERVISED, STRANDED, "REF104"})
"""What an ending may still lack is asked for and told, but refuses none: it is over, and the rest can be made good."""
MISSING = {
    UNEXPLAINED: "the day on which you explained it (--explained)",
    UNSUPERVISED: "supervision",
    STRANDED: "two referrals",
}
"""What is missing where a rule on endings finds something."""
END_OF_DAY = time(23, 59)
"""When the last day of a contract is judged, on the practice's clock."""
Ended: TypeAlias = Mapping[str, Value]
"""An ending as it is about to be written."""


def foreseen(at: AtHand, ended: Ended) -> tuple[Finding, ...]:
    """Give what the rules on endings will find on the last day, if the contract ends like this."""
    told = {key: as_plain(value) for key, value in ended.items()}
    ending = Ending.model_validate(told, context={"zone": at.desk.practice.timezone})
    contracts = (one.known_at({"ended": ending}) if one is at.contract else one for one in at.file.contracts)
    return _found(at, replace(at.file, contracts=tuple(contracts)), ending.date)


def _found(at: AtHand, file: ClientFile, day: date) -> tuple[Finding, ...]:
    """Judge a client's file by the rules on endings at the end of a day, or now where that is later."""
    journal = Journal(practice=at.desk.practice, clients=(file,), supervision=at.desk.supervision, problems=())
    last = max(Instant.on(day, at.desk.practice.timezone, END_OF_DAY), at.desk.now)
    asked = Asked(last, selected=lambda rule: rule.chapter == "END", clients=frozenset({at.code}))
    found = judge(journal, asked).findings
    return tuple(one for one in found if one.counts and one.record == at.contract.label)


def calls_for(at: AtHand, ended: Ended, code: str) -> bool:
    """Tell whether an ending like this calls for what a rule asks for."""
    return any(one.code == code for one in foreseen(at, ended))


def referral_changes(at: AtHand, typed: Sequence[str] | None, ended: Ended) -> list[Change]:
    """Write down whom the client was pointed to; on a terminal asks for it where an ending calls for it."""
    people = list(typed or ()) or list(_asked_people(at, ended))
    taken = ids_of(at.file.care.referrals)
    return [_referral(at, who, taken) for who in people]


def _asked_people(at: AtHand, ended: Ended) -> Iterator[str]:
    """Ask for them one by one; Enter ends it."""
    if not can_ask(at.desk.wishes) or not calls_for(at, ended, STRANDED):
        return
    question = "Whom you pointed the client to (an id of the directory, or a name)"
    while who := offer(at.desk.wishes, question, str):
        yield who


def _referral(at: AtHand, who: str, taken: set[str]) -> Change:
    made = new_id(taken)
    taken.add(made)
    person = whom(at.file, who)
    to: Value = person.value if person.card else {"name": person.mention}
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


def lacking(at: AtHand, day: date) -> list[str]:
    """Name what an ending lacks: the explanation, supervision, referrals, a closing session or a summary."""
    ending = at.contract.ended
    missing = [MISSING[one.code] for one in _found(at, at.file, day) if one.code in MISSING]
    missing += [] if _closes(at) else ["a closing session"]
    return missing if ending and ending.summary else [*missing, "a summary"]


def _closes(at: AtHand) -> bool:
    """Tell whether a closing session of the contract was held or is booked."""
    sessions = at.file.attendance.of(at.contract)
    return any(one.kind == "closing" and (one.is_held or one.is_booked) for one in sessions)
