"""A coach's day and the things in it, in plain values: what each is, whom it concerns, by when, and what to do.

As it is kept, and as every format prints it: nothing here knows a record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from coachlog.model.instant import Instant
from coachlog.views.masking import HIDDEN, Mask

Kind = Literal[
    "session",
    "reply",
    "complaint",
    "telling",
    "reminder",
    "prep-form",
    "follow-up",
    "nudge",
    "welcome",
    "promise",
    "to-close",
    "notes",
    "charge",
    "rebooking",
    "booking",
    "step",
    "awaited",
    "payment",
    "contract",
    "hold",
    "pause",
    "concern",
    "consent",
    "leader-update",
    "three-way",
    "to-cancel",
    "supervision",
    "absence",
    "credential",
    "breach",
]
Group = Literal["now", "owed", "to-close", "waiting", "ahead", "breaches"]
"""When it matters: today's sessions, what the coach owes, what is to be closed, what others owe, what is coming."""


@dataclass(frozen=True)
class Item:
    """One thing that is owed or coming.

    - `record`: the session, contact, step or other record that it is about; None where it stands for several.
    - `what`: a word of the journal's that tells it from others of its kind, such as the kind of a concern.
    - `state`: how far it is or what it wants, such as `ends`, `undiscussed`, `decide`.
    - `rule`: the rule that would find it, were it left undone; None where none would.
    - `at`: when a session begins, or when the client wrote.
    - `due`: by when an answer or a message is promised; None where no time was promised.
    - `day`: the day on which something is due, begins or ends.
    - `until`: the last day of an absence; the planned day of the next supervision.
    - `number` of `of`: which session it is of how many agreed; `count`: how many steps, promises, charges, breaches,
      lines.
    - `prep`: how far the prep form of a session is: due, sent or received; None where none is agreed.
    - `minutes` of `of_minutes`: how long was coached since the last supervision, and how often it is planned.
    - `amount`, `currency`: money that is owed.
    - `does`, `called`, `on`: the command that deals with it, how it calls the client, and what follows.
    """

    kind: Kind
    group: Group
    client: str | None
    name: str
    record: str | None = None
    what: str | None = None
    state: str | None = None
    rule: str | None = None
    at: Instant | None = None
    due: Instant | None = None
    day: date | None = None
    until: date | None = None
    via: str | None = None
    number: int | None = None
    of: int | None = None
    count: int | None = None
    prep: str | None = None
    prep_received: Instant | None = None
    minutes: int | None = None
    of_minutes: int | None = None
    amount: Decimal | str | None = None
    currency: str | None = None
    does: str | None = None
    called: str | None = None
    on: str = ""

    @property
    def command(self) -> str | None:
        """The command that deals with it; None where nothing is to be done."""
        words = ("coachlog", self.does, self.called, self.on)
        return " ".join(word for word in words if word) if self.does else None

    def masked(self, mask: Mask) -> "Item":
        """Hide whom it concerns, and what is owed."""
        amount = None if self.amount is None else HIDDEN
        if self.client is None:
            return replace(self, amount=amount)
        code = mask.code(self.client)
        called = code if self.called else None
        return replace(self, client=code, name=mask.name(self.client), called=called, amount=amount)

    def as_plain(self) -> dict[str, Any]:
        """Give everything as JSON can hold it, to be kept."""
        said = {name: plain(value) for name, value in vars(self).items() if value is not None}
        return {"client": self.client, **said}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Give back what was kept. Raises ValueError or TypeError where it was not kept by this program."""
        return cls(**{name: _READ.get(name, _as_it_is)(value, zone) for name, value in kept.items()})


@dataclass(frozen=True)
class Today:
    """A coach's day: when the office closes or opens next, what is owed and coming, and, when all is quiet, the next.

    `next` is the next session after the days that were asked for. `days` is how many were.
    """

    now: Instant
    closes: Instant | None
    opens: Instant | None
    items: tuple[Item, ...]
    days: int = 7
    next: Item | None = None

    def masked(self, mask: Mask) -> "Today":
        """Hide who the clients are."""
        items = tuple(item.masked(mask) for item in self.items)
        return replace(self, items=items, next=self.next and self.next.masked(mask))

    def as_plain(self) -> dict[str, Any]:
        """Give everything but the instant as JSON can hold it, to be kept."""
        office = [plain(one) for one in (self.closes, self.opens)]
        after = self.next and self.next.as_plain()
        zone = self.now.zone.key
        return {
            "zone": zone,
            "office": office,
            "days": self.days,
            "items": [one.as_plain() for one in self.items],
            "next": after,
        }

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any], now: str) -> Self:
        """Give back what was kept, as of an instant at which it still holds.

        Raises ValueError, TypeError or LookupError where it was not kept by this program.
        """
        zone = ZoneInfo(kept["zone"])
        closes, opens = (one and _instant(one, zone) for one in kept["office"])
        items = tuple(Item.from_plain(one, zone) for one in kept["items"])
        after = kept["next"] and Item.from_plain(kept["next"], zone)
        return cls(_instant(now, zone), closes, opens, items, kept["days"], after)


def plain(value: object) -> Any:  # noqa: ANN401 — what JSON can hold
    """Turn a value of the day into what JSON can hold."""
    if isinstance(value, Instant):
        return value.aware.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _instant(text: str, zone: ZoneInfo) -> Instant:
    return Instant(datetime.fromisoformat(text), zone)


def _day(text: str, _: ZoneInfo) -> date:
    return date.fromisoformat(text)


def _amount(text: str, _: ZoneInfo) -> Decimal:
    return Decimal(text)


def _as_it_is(value: object, _: ZoneInfo) -> object:
    return value


_READ: Mapping[str, Any] = {
    **dict.fromkeys(("at", "due", "prep_received"), _instant),
    **dict.fromkeys(("day", "until"), _day),
    "amount": _amount,
}
"""How a field is read back that JSON holds as text."""
