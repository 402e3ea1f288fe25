"""What follows from a record and the rest of the client's file: it stands beside the record's own fields in JSON."""

from collections.abc import Callable, Mapping
from typing import Any

from coachlog.model.action import Action
from coachlog.model.care import Consent
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.instant import Instant
from coachlog.model.record import Record
from coachlog.model.session import Session


def derived_of(record: Record, file: ClientFile, now: Instant) -> dict[str, Any]:
    """Give what is derived of a session, a contact, a step or a consent; of another record nothing is."""
    derive = _BY_KIND.get(type(record))
    return derive(record, file, now) if derive else {}


def of_session(session: Session, file: ClientFile, *_: Instant) -> dict[str, Any]:
    """Tell whether a session counts, the contract that it belongs to, and how long it is planned to last."""
    contract = file.attendance.contract_of(session)
    return {
        "counted": session.counted,
        "belongs_to": contract.label if contract else None,
        "planned_minutes": file.attendance.planned_length(session).total_minutes,
        "planned_end": file.attendance.planned_end(session).aware.isoformat(),
    }


def of_contact(contact: Contact, file: ClientFile, *_: Instant) -> dict[str, Any]:
    """Tell whether a contact waits for an answer, by when one is due, and what answered it."""
    letters = file.correspondence
    waits, answer = letters.waits_for_answer(contact), letters.reply_to_anybody(contact)
    due = letters.deadline(contact) if waits else None
    return {
        "open": waits and answer is None,
        "reply_due": due.at.aware.isoformat() if due else None,
        "answered_by": answer.label if answer else None,
    }


def of_action(action: Action, _: ClientFile, now: Instant) -> dict[str, Any]:
    """Tell whether a step is open, and whether its day has passed."""
    return {"open": action.is_open, "overdue": action.is_open and action.due is not None and action.due < now.day}


def of_consent(consent: Consent, _: ClientFile, now: Instant) -> dict[str, Any]:
    """Tell whether a consent is valid on the day."""
    return {"valid": consent.valid_on(now.day)}


_BY_KIND: Mapping[type[Record], Callable[[Any, ClientFile, Instant], dict[str, Any]]] = {
    Session: of_session,
    Contact: of_contact,
    Action: of_action,
    Consent: of_consent,
}
