"""A session that does not take place: what is written of it, what it costs, and the telling as a contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

import typer

from coachlog.commands.contact.made import reply_due
from coachlog.commands.desk.asking_for import ask, can_ask, offer, one_of
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.telling import Telling, tell, told_plainly
from coachlog.commands.session.appointments import altered, by_id, inserted, is_taken_along, taken_along, when_words
from coachlog.commands.session.cancelling import CHARGES, Price
from coachlog.errors import CannotWrite
from coachlog.model.client_file import ClientFile
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.words import counted, day_words, moment_words
from coachlog.store.emit import Value, Word
from coachlog.store.files import read_bytes
from coachlog.store.layout import ACTIONS_FILE, CONTACTS_FILE, SESSIONS_FILE, client_file
from coachlog.store.nodes import Unreadable

Charge = Literal["counts", "fee", "free", "waived"]
TELLS = {"client": "client", "coach": "coach", "sponsor": "sponsor", "both": "client"}
"""Who lets the other side know, by who cancelled."""
ChargeOption = Annotated[Charge | None, typer.Option("--charge", help="What it costs the client.")]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What else there is to say of it.")]


@dataclass(frozen=True)
class CalledOff:
    """A session that does not take place, the id by which it is named, and what is said of it."""

    desk: Desk
    file: ClientFile
    session: Session
    name: str
    status: Literal["cancelled", "no-show"]
    says: dict[str, Any]
    price: Price

    @cached_property
    def contact(self) -> dict[str, Value]:
        """The telling as a contact; none where it is not known how or when the other side was told."""
        told, via = self.says.get("told"), self.says.get("via")
        if not told or not via:
            return {}
        return {
            "id": Word(new_id(ids_of(self.file.contacts))),
            "at": told,
            "from": Word(TELLS[self.says["by"]]),
            "via": via,
            "for": Word("logistics"),
            "session": Word(self.name),
        }

    def facts(self, **more: Value) -> list[Change]:
        """Close the booking with what is said of it, and log the telling."""
        fields = {key: value for key, value in {**self.says, **more}.items() if value}
        values: dict[str, Value] = {"status": Word(self.status), **({"cancelled": fields} if fields else {})}
        closed = altered(self.file.code, SESSIONS_FILE, self.session, values)
        contact = {**self.contact, **({"answer": Word("no")} if self._is_answered(more) else {})}
        return [closed, *([inserted(self.file.code, CONTACTS_FILE, contact)] if self.contact else [])]

    def _is_answered(self, more: Mapping[str, Value]) -> bool:
        """Tell whether the client's telling wants no answer any more: the two have agreed on another time."""
        return "rebooked" in more and TELLS[self.says["by"]] == "client"

    def record(self, manner: Manner, *, as_json: bool) -> None:
        """Record it where nothing is booked instead; open steps due then become due at the next session on file."""
        following = self._following
        along = self._along(following.day) if following else []
        outcome = self.desk.carry_out(self.file.code, [*self.facts(), *along], manner)
        steps = f"{counted(len(along), 'open step')} due on {day_words(following.day)} instead" if following else ""
        self.tell(outcome, *([steps] if along else []), along=bool(along), as_json=as_json)

    def _along(self, day: date) -> list[Change]:
        """Give the changes that take the open steps along to a day; what no command can change stops nothing."""
        along = taken_along(self.file.code, self.file, self.session.day, day)
        try:
            for one in along:
                one.alter(read_bytes(self.desk.root / one.name))
        except (CannotWrite, Unreadable):
            self.desk.remarks.append(f"The steps due then keep their day: {client_file(self.file.code, ACTIONS_FILE)}.")
            return []
        return along

    @property
    def _following(self) -> Session | None:
        """Give the next coaching session on file that is to come, after this one."""
        after = max(self.session.at, self.desk.now)
        ahead = (one for one in self.file.attendance.sessions if one.is_booked and one.is_coaching and one.at > after)
        return next(ahead, None)

    def tell(self, outcome: Outcome, *more: str, new: str | None = None, along: bool = False, as_json: bool) -> None:
        """Say what was done, by which terms, and what it costs; the new session, and whether steps go along."""
        by = f", by {self.says['by']}" if "by" in self.says else ""
        head = f"{self.status} {self.name}: {self.file.client.name}, {when_words(self.session.at, self.desk.now)}{by}"
        charge = _charge_words(self.says["charge"], self.price)
        at = Instant.parse(str(self.contact.get("at")), self.desk.now.zone)
        contact = f"(contact {self.contact.get('id')}{reply_due(outcome.file, self._contact_id)})"
        told = [f"told {moment_words(at)} by {self.contact['via']} {contact}"] if at else []
        unlogged = ["how it was told is not said (--via), so no contact is logged"] if self._is_unlogged else []
        parts = [self.price.words, *charge, *told, *unlogged, *more]
        sessions = by_id(outcome.file, [self.name, *([new] if new else [])])
        also = self._beside(outcome, along=along) if as_json else {}
        tell(self.desk, outcome, Telling(head, "sessions", sessions, parts, also=also), as_json=as_json)

    def _beside(self, outcome: Outcome, *, along: bool) -> Mapping[str, Any]:
        """Give the contact that was logged, the steps that were taken along, and what the terms say of the charge."""
        actions, contacts = (outcome.file.actions, outcome.file.contacts) if outcome.file else ((), ())
        wishes = self.desk.wishes
        moved = [one.origin.position for one in self.file.actions if along and is_taken_along(one, self.session.day)]
        return {
            "actions": told_plainly((one for one in actions if one.origin.position in moved), outcome, wishes),
            "contacts": told_plainly((one for one in contacts if one.id == self._contact_id), outcome, wishes),
            "by_the_terms": self.price._asdict(),
        }

    @property
    def _is_unlogged(self) -> bool:
        return bool(self.says.get("told")) and not self.contact

    @property
    def _contact_id(self) -> str:
        return str(self.contact.get("id", ""))


def _charge_words(charge: Word | None, price: Price) -> list[str]:
    """Say what is charged; of what is free by the terms there is nothing to decide."""
    if charge is None and price.charge == "free":
        return []
    return [f"charge: {charge or 'not decided (--charge)'}"]


def costs(desk: Desk, charge: str | None, note: str | None, price: Price) -> dict[str, Any]:
    """Say what it costs, and what there is to say of that; what is not typed is asked for."""
    decided = _charge(desk, charge, price)
    return {"charge": decided, "note": _note(desk, note, decided)}


def _charge(desk: Desk, charge: str | None, price: Price) -> Word | None:
    """Take the charge that is said, or ask for it; where nobody can be asked it stays open."""
    if charge is None and can_ask(desk.wishes):
        terms = f"{price.words[:1].upper()}{price.words[1:]}"
        charge = ask(desk.wishes, f"{terms}. Charge ({', '.join(CHARGES)})", "--charge", one_of(CHARGES), price.charge)
    return Word(charge) if charge else None


def _note(desk: Desk, note: str | None, charge: Word | None) -> str | None:
    """Take the note that is said; a charge that is waived wants one, which is asked for where somebody can answer."""
    if note is None and charge == Word("waived"):
        return offer(desk.wishes, "Why the charge is waived", str)
    return note
