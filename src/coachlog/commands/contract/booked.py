"""What becomes of the sessions that are booked for a time in which there is to be no coaching."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal, NamedTuple

import typer

from coachlog.commands.contract.at_hand import AtHand, sessions_told
from coachlog.commands.desk.asking_for import ask, can_ask, offer, one_of
from coachlog.commands.desk.days import written_moment
from coachlog.commands.desk.desk import Change, Manner, Outcome
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.telling import told_plainly
from coachlog.commands.session.appointments import altered, by_id, file_of, moment_asked
from coachlog.commands.session.cancelling import Price, price_of
from coachlog.errors import WrongCall
from coachlog.model.instant import Instant
from coachlog.model.session import CancellationReason, Session
from coachlog.model.words import counted, moment_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import SESSIONS_FILE

FATES = ("keep", "cancel")
CHARGES = ("counts", "fee", "free")
"""What a late cancellation can cost; one that is waived wants a word of its own (session cancel --note)."""
Booked = Annotated[
    Literal["keep", "cancel"] | None,
    typer.Option("--booked", help="What becomes of the sessions that are booked for that time."),
]
Told = Annotated[
    str | None,
    typer.Option("--told", metavar="WHEN", help="When the other side heard that these sessions are cancelled."),
]
CANCELLED_FOR: Mapping[str, CancellationReason] = {
    "circumstances": "circumstances",
    "coach-wellbeing": "wellbeing",
    "conflict-of-interest": "ethics",
    "dependency": "relationship",
    "engagement": "engagement",
    "missed-sessions": "missed-sessions",
    "non-payment": "non-payment",
    "outside-competence": "ethics",
    "relationship": "relationship",
}
"""Why a session is cancelled, by why the coaching stops; `other` where a cancellation has no word for it."""
DECIDED_AFTERWARDS = frozenset({"CAN104", "CAN107"})
"""What a cancellation of the client's may cost, and what it may be a sign of, refuses no plan to stop."""


class Cause(NamedTuple):
    """Why sessions fall away: who wants it (None: both), for which reason, what is so now, and when it was talked over.

    `so` is the reason why no other session is booked in their place.
    """

    by: str | None
    reason: CancellationReason
    so: str
    talked: date | None


class Fallen(NamedTuple):
    """A session that is to be cancelled: its id, what is written of the cancellation, and what it costs."""

    session: Session
    name: str
    fields: Mapping[str, Value]
    price: Price


def booked_ahead(at: AtHand, first: date, last: date | None) -> list[Session]:
    """Give the sessions of the contract that are booked from a day on to another, and have not begun.

    Raises CannotWrite where the sessions can't be read: what falls into that time would not be seen.
    """
    file = file_of(at.desk, at.code)
    booked = (one for one in file.attendance.sessions if one.is_booked and one.at > at.desk.now)
    mine = (one for one in booked if _belongs(at, one))
    return [one for one in mine if first <= one.day and (last is None or one.day <= last)]


def _belongs(at: AtHand, session: Session) -> bool:
    """Tell whether a session goes by the contract; one after its last day does where no other is in force then."""
    contract = at.file.attendance.contract_of(session)
    return contract is None or contract.origin == at.contract.origin


def chosen(at: AtHand, booked: Sequence[Session], wanted: str | None, manner: Manner) -> list[Session]:
    """Find out which of them are to be cancelled. Raises WrongCall where nobody says, and there is nobody to ask.

    A plan that is made anyway, or with a waiver, keeps them.
    """
    if not booked or wanted is not None:
        return list(booked) if wanted == "cancel" else []
    if manner.anyway or manner.waive is not None:
        return []
    told, several = sessions_told(list(booked)), len(booked) > 1
    if not can_ask(at.desk.wishes):
        what = f"{counted(len(booked), 'session')} {'are' if several else 'is'} booked for that time: {told}."
        raise WrongCall(what, f"Say what becomes of {'them' if several else 'it'}: --booked cancel or --booked keep.")
    fates = (*FATES, "each") if several else FATES
    question = f"Booked for that time: {told}. Keep, cancel{', or each in turn' if several else ''}"
    fate = ask(at.desk.wishes, question, "--booked", one_of(fates), "each" if several else "keep")
    return [one for one in booked if fate == "cancel" or (fate == "each" and _goes(at, one))]


def _goes(at: AtHand, session: Session) -> bool:
    question = f"{sessions_told([session])}: keep or cancel"
    return ask(at.desk.wishes, question, "--booked", one_of(FATES), "keep") == "cancel"


def fallen(at: AtHand, sessions: Sequence[Session], cause: Cause, told: str | None) -> list[Fallen]:
    """Say of each session that is to be cancelled who did so, when, why, and when the other side heard of it."""
    if not sessions:
        return []
    by, now = cause.by or "both", at.desk.present
    heard = _heard(at, cause, by, told)
    found = []
    for one in sessions:
        price = price_of(at.file, one, now, by, cause.reason)
        fields: dict[str, Value | None] = {
            "at": written_moment(now),
            "by": Word(by),
            "reason": Word(cause.reason),
            "told": written_moment(heard) if heard else None,
            "charge": _charge(at, one, price),
            "no_rebook": cause.so,
        }
        found.append(Fallen(one, lasting_id(at.desk, one), {k: v for k, v in fields.items() if v}, price))
    return found


def _heard(at: AtHand, cause: Cause, by: str, told: str | None) -> Instant | None:
    """Say when the other side heard of it: now where it was not the coach alone, or was talked over today."""
    if told is not None:
        return moment_asked(at.desk, told, "fact", question="When told", flag="--told")
    if by != "coach" or cause.talked == at.today:
        return at.desk.present
    question = "When you told the client that the sessions are cancelled"
    read = partial(moment_asked, at.desk, meant="fact", question="When told", flag="--told")
    return offer(at.desk.wishes, question, read)


def _charge(at: AtHand, session: Session, price: Price) -> Word | None:
    """Ask for the charge where one would be due; where nobody can be asked it stays open."""
    if price.charge == "free" or not can_ask(at.desk.wishes):
        return None
    question = f"{moment_words(session.at)}: {price.words}. Charge ({', '.join(CHARGES)})"
    return Word(ask(at.desk.wishes, question, "--booked", one_of(CHARGES), price.charge))


def cancellations(at: AtHand, gone: Sequence[Fallen]) -> list[Change]:
    """Close the bookings with what is said of them; this comes before the coaching stops."""
    return [
        altered(at.code, SESSIONS_FILE, one.session, {"status": Word("cancelled"), "cancelled": one.fields})
        for one in gone
    ]


def fates_told(booked: Sequence[Session], gone: Sequence[Fallen], when: str) -> str:
    """Say which sessions were cancelled, and which are still booked then."""
    names = {id(one.session) for one in gone}
    kept = [one for one in booked if id(one) not in names]
    told = f"; cancelled: {', '.join(map(_fallen_words, gone))}" if gone else ""
    return f"{told}; still booked {when}: {sessions_told(kept)}" if kept else told


def _fallen_words(one: Fallen) -> str:
    open_charge = one.price.charge != "free" and "charge" not in one.fields
    more = f", {one.price.words}, the charge is for you to decide" if open_charge else ""
    return f"{moment_words(one.session.at)} ({one.name}{more})"


def as_fields(at: AtHand, outcome: Outcome, gone: Sequence[Fallen]) -> dict[str, Any]:
    """Give the cancelled sessions as they stand now, for programs."""
    sessions = by_id(outcome.file, [one.name for one in gone])
    return {"sessions": told_plainly(sessions, outcome, at.desk.wishes)}
