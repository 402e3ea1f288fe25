"""What was agreed about cancelling, said of one session: how late it is, and what the charge would be."""

from typing import NamedTuple, get_args

from coachlog.commands.session.appointments import Party
from coachlog.model.cancelling import CalledOff, Late
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import CancellationTerms
from coachlog.model.instant import Instant
from coachlog.model.money import Money
from coachlog.model.session import CancellationReason, Session
from coachlog.model.words import contract_words, moment_words, span_words

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


def _too_late(file: ClientFile, session: Session, at: Instant) -> Late | None:
    """Tell by which terms a session that is called off at a moment is called off too late."""
    return file.cancelling.late(CalledOff(session, session, at, by=None, reason=None, told=None))


def late_words(file: ClientFile, session: Session, at: Instant) -> str:
    """Say that a moment lies inside the notice; nothing where it does not."""
    late = _too_late(file, session, at)
    if late is None:
        return ""
    return f"inside the notice of {late.notice}{_latest_words(file, session, 'to give by')} ({_before(session, at)})"


def _latest_words(file: ClientFile, session: Session, by: str = "by") -> str:
    """Say until when a notice in working days is kept, which nobody counts in their head."""
    latest, terms = file.cancelling.latest_in_time(session), terms_of(file, session)
    counted_out = latest and terms and terms.notice and terms.notice.working_days
    return f", {by} {moment_words(latest)}" if latest and counted_out else ""


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
    notice = f"{agreed} asks for {terms.notice} notice{_latest_words(file, session)}, this is {_before(session, at)}"
    if _too_late(file, session, at) is None:
        return Price("free", f"{notice}, in time: free")
    return Price(terms.late or "free", f"{notice}, late: {_late(terms, file)}")


def missed_price(file: ClientFile, session: Session) -> Price:
    """Say what a session to which the client did not come costs by the terms."""
    terms, contract = terms_of(file, session), file.attendance.contract_of(session)
    if terms is None or contract is None:
        return Price("free", "no cancellation terms apply: free")
    return Price(terms.late or "free", f"by {contract_words(contract)}: {_late(terms, file)}")


def _late(terms: CancellationTerms, file: ClientFile) -> str:
    if terms.late == "fee":
        return f"fee ({_in_currency(terms.late_fee, file) if terms.late_fee else 'one session'})"
    return terms.late or "nothing was agreed, so free"


def _in_currency(fee: Money, file: ClientFile) -> str:
    """Say a sum with its currency: its own, else the practice's."""
    return str(fee) if fee.currency else f"{fee} {file.practice.currency or ''}".strip()


def _before(session: Session, at: Instant) -> str:
    return f"{span_words(abs(session.at - at))} {'before' if at <= session.at else 'after'} the start"
