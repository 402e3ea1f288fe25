"""What was agreed about cancelling, said of one session: how late it is, and what the charge would be."""

from typing import NamedTuple, get_args

from coachlog.commands.session.appointments import Party
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import CancellationTerms
from coachlog.model.instant import Instant
from coachlog.model.session import CancellationReason, Session
from coachlog.model.words import contract_words, span_words

PARTIES: tuple[str, ...] = get_args(Party)
REASONS: tuple[str, ...] = get_args(CancellationReason)
CHARGES = ("counts", "fee", "free", "waived")


class Price(NamedTuple):
    """What the terms say of a session that does not take place: the charge, and the sentence that tells why."""

    charge: str
    words: str


def terms_of(file: ClientFile, session: Session) -> CancellationTerms | None:
    """Give the cancellation terms, as of its own day, of the contract that a session belongs to."""
    terms = file.attendance.terms_of(session)
    return terms.cancellation if terms else None


def is_late(file: ClientFile, session: Session, at: Instant) -> bool:
    """Tell whether a moment lies less than the contracted notice before the start, or after it."""
    terms = terms_of(file, session)
    return terms is not None and terms.notice is not None and at > session.at.plus(terms.notice, sign=-1)


def late_words(file: ClientFile, session: Session, at: Instant) -> str:
    """Say that a moment lies inside the notice; nothing where it does not."""
    terms = terms_of(file, session)
    if terms is None or not is_late(file, session, at):
        return ""
    return f"inside the notice of {terms.notice} ({_before(session, at)})"


def price_of(file: ClientFile, session: Session, at: Instant, by: str, reason: str | None) -> Price:
    """Say what a cancellation at a moment costs by the terms."""
    terms, contract = terms_of(file, session), file.attendance.contract_of(session)
    if terms is None or contract is None:
        return Price("free", "no cancellation terms apply: free")
    agreed = contract_words(contract)
    if by != "client" or reason == "technical":
        why = "a technical reason" if reason == "technical" else f"cancelled by {by}"
        return Price("free", f"{why}: free, whatever notice {agreed} asks for")
    if terms.notice is None:
        return Price("free", f"{agreed} asks for no notice: free")
    notice = f"{agreed} asks for {terms.notice} notice, this is {_before(session, at)}"
    if not is_late(file, session, at):
        return Price("free", f"{notice}, in time: free")
    return Price(terms.late or "free", f"{notice}, late: {_late(terms)}")


def missed_price(file: ClientFile, session: Session) -> Price:
    """Say what a session to which the client did not come costs by the terms."""
    terms, contract = terms_of(file, session), file.attendance.contract_of(session)
    if terms is None or contract is None:
        return Price("free", "no cancellation terms apply: free")
    return Price(terms.late or "free", f"by {contract_words(contract)}: {_late(terms)}")


def _late(terms: CancellationTerms) -> str:
    if terms.late == "fee":
        return f"fee ({terms.late_fee or 'one session'})"
    return terms.late or "nothing was agreed, so free"


def _before(session: Session, at: Instant) -> str:
    return f"{span_words(abs(session.at - at))} {'before' if at <= session.at else 'after'} the start"
