"""A contact as a command makes it: when it was, what it says, and the line that tells of it."""

from collections.abc import Mapping, Sequence
from typing import get_args

from coachlog.commands.contact.welcome import welcomed
from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.days import written_moment
from coachlog.commands.desk.desk import Change, Desk, Outcome
from coachlog.commands.desk.lasting import ids_of, naming
from coachlog.commands.desk.telling import Telling, tell, told_plainly
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact, Purpose
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.money import Money
from coachlog.model.record import Entry
from coachlog.model.typed_time import moment_of, read_typed
from coachlog.model.words import ago_words, contract_words, moment_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CONTACTS_FILE, client_file
from coachlog.store.splice import insert_record

KEY = "contacts"
PURPOSES = get_args(Purpose)
FREE_TEXT = frozenset({"to", "about", "uncharged"})
"""The fields of a contact that hold the coach's own words."""
ORDER = (
    "at",
    "from",
    "via",
    "to",
    "for",
    "about",
    "minutes",
    "reply_to",
    "answer",
    "follow_up",
    "session",
    "charged",
    "uncharged",
)
"""The fields of a contact in the order in which they are written."""

Said = Mapping[str, str | Sequence[str] | None]
"""What is said of a contact, by the names of its fields; what is None or empty is left out."""


def moment(desk: Desk, text: str | None, flag: str) -> Instant:
    """Read when something happened; without a word it is now, to the minute. A day without a time asks for it."""
    if text is None:
        return desk.present
    typed = read_typed(text, desk.now, "fact")
    if typed.moment is None:
        return ask(
            desk.wishes,
            "The time of day",
            f"{flag} '{text} 14:30'",
            lambda clock: _on(text, clock, desk.now),
        )
    return moment_of(typed, desk.now)


def _on(day: str, clock: str, now: Instant) -> Instant:
    typed = read_typed(f"{day} {clock}", now, "fact")
    if typed.moment is None:
        what = "A contact has a time of day."
        raise WrongCall(what, "Write it as 14:30 or 3pm.")
    return typed.moment


def made(file: ClientFile, at: Instant, said: Said, taken: Sequence[str] = ()) -> dict[str, Value]:
    """Make a contact with an id of its own."""
    fields: dict[str, Value] = {"id": Word(new_id({*ids_of(file.contacts), *taken}))}
    whole = {**said, "at": written_moment(at)}
    for name in ORDER:
        value = whole.get(name)
        if value:
            fields[name] = _written(name, value)
    return fields


def _written(name: str, value: str | Sequence[str]) -> Value:
    if not isinstance(value, str):
        return Word(value[0]) if len(value) == 1 else [Word(one) for one in value]
    return value if name in FREE_TEXT else Word(value)


def purpose(text: str | None) -> str | None:
    """Read what a contact was for. Raises WrongCall."""
    if text is None or text in PURPOSES:
        return text
    what = f"`{text}` is nothing that a contact can be for."
    raise WrongCall(what, f"It can be for {', '.join(PURPOSES)}.")


def amount(text: str | None) -> str | None:
    """Read what was charged. Raises WrongCall."""
    if text is None or Money.parse(text):
        return text
    what = f"`{text}` is no amount."
    raise WrongCall(what, "Write digits, a point and a currency: 12.50 GBP.")


def insertions(code: str, records: Sequence[dict[str, Value]], *named: Entry | None) -> list[Change]:
    """Give the changes that log contacts; what they name and has no id yet gets one before."""
    name = client_file(code, CONTACTS_FILE)
    return [*(change for one in named for change in naming(one)), *(_insertion(name, one) for one in records)]


def _insertion(name: str, record: dict[str, Value]) -> Change:
    return Change(name, lambda data: insert_record(data, (KEY,), record))


def tell_contacts(
    desk: Desk, outcome: Outcome, records: Sequence[dict[str, Value]], *, welcome: bool = False, as_json: bool
) -> None:
    """Say which contacts were logged, by when an answer is due, and where the day of a welcome pack is noted."""
    ids = [str(one["id"]) for one in records]
    file = outcome.file
    contacts = [one for one in file.contacts if one.id in ids] if file else []
    said = "; ".join(_said(file, one, desk.now) for one in contacts) if file else ""
    noted = welcomed(file, contacts) if file and welcome else []
    said += "".join(f"; the day is noted in {contract_words(one)}" for one in noted)
    also = {"contracts": told_plainly(noted, outcome, desk.wishes)}
    tell(desk, outcome, Telling(said, KEY, contacts, also=also), as_json=as_json)


def _said(file: ClientFile, contact: Contact, now: Instant) -> str:
    parts = [f"logged {contact.label}: {contact.via} {_between(file, contact)}, {moment_words(contact.at)}"]
    parts.append(f" ({ago_words(contact.at, now)})")
    parts.append(_reply_due(file, contact))
    if contact.reply_to:
        parts.append(f", in reply to {', '.join(contact.reply_to)}")
    if contact.follow_up:
        about = f" for session {contact.session}" if contact.session else ""
        parts.append(f", follow-up {contact.follow_up}{about}")
    return "".join(parts)


def reply_due(file: ClientFile | None, name: str) -> str:
    """Say by when an answer to a contact of that id is due, as an aside; nothing where none is."""
    contact = next((one for one in file.contacts if one.id == name), None) if file and name else None
    return _reply_due(file, contact) if file and contact else ""


def _reply_due(file: ClientFile, contact: Contact) -> str:
    letters = file.correspondence
    due = letters.deadline(contact) if letters.waits_for_answer(contact) else None
    return f", reply due {moment_words(due.at)}" if due and letters.first_reply(contact) is None else ""


def _between(file: ClientFile, contact: Contact) -> str:
    """Say who wrote, or to whom the coach did; the client is named in every line, so that a wrong one is noticed."""
    name = file.client.name
    said = {
        "client": f"from {name}",
        "coach": f"to {contact.to} about {name}" if contact.to else f"to {_whom_it_answers(file, contact)}{name}",
        "sponsor": f"from a sponsor of {name}",
        "other": f"from somebody else about {name}",
    }
    return said[contact.from_]


def _whom_it_answers(file: ClientFile, contact: Contact) -> str:
    senders = {one.from_ for one in file.correspondence.named(contact)}
    return "a sponsor of " if "sponsor" in senders else "somebody else about " if "other" in senders else ""
