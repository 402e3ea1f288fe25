"""What a coach owes and what is coming: sessions, answers, steps, and what crossed a boundary lately."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Literal

from coachlog.clock import Clock
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.session import Session
from coachlog.views.masking import Mask

Kind = Literal["session", "reply", "to-close", "promise", "step", "breach"]
_RANKS: Mapping[Kind, int] = {"reply": 1, "promise": 2, "to-close": 3, "step": 4, "session": 5, "breach": 6}
"""The order in which they matter on a day; a session of the day itself comes before all."""
BREACHES_OF = timedelta(days=7)
"""How far back a day looks for boundaries that were crossed (commands.md, today)."""


@dataclass(frozen=True)
class Item:
    """One thing that is owed or coming.

    - `at`: when a session begins, or when the client asked.
    - `due`: by when an answer is promised; None where no time was promised.
    - `day`: the day on which the oldest of the steps was due.
    - `number` of `of`: which session it is of how many agreed; `count`: how many steps or breaches.
    """

    kind: Kind
    client: str | None
    name: str
    record: str | None = None
    at: Instant | None = None
    due: Instant | None = None
    day: date | None = None
    via: str | None = None
    number: int | None = None
    of: int | None = None
    count: int | None = None
    prep_received: Instant | None = None


@dataclass(frozen=True)
class Today:
    """A coach's day: when the office closes or opens next, and what is owed and coming."""

    now: Instant
    closes: Instant | None
    opens: Instant | None
    items: tuple[Item, ...]

    def masked(self, mask: Mask) -> "Today":
        """Hide who the clients are."""
        return replace(self, items=tuple(_masked(item, mask) for item in self.items))


def today(
    practice: Practice, files: Iterable[ClientFile], breaches: Mapping[str | None, int], clock: Clock, days: int
) -> Today:
    """Gather the day over all clients, looking ahead so many days.

    `breaches` counts the recent ones by client; those of the practice itself stand under None.
    """
    items = [item for file in files for item in _items(file, breaches.get(file.code, 0), clock, days)]
    if breaches.get(None):
        items.append(Item("breach", None, "The practice", count=breaches[None]))
    return Today(clock.now, *_office(practice, clock.now), tuple(sorted(items, key=partial(_urgency, clock.today))))


def _office(practice: Practice, now: Instant) -> tuple[Instant | None, Instant | None]:
    """Give when the office closes, if it is open, else when it opens next."""
    hours = practice.contact_hours(None)
    if hours is None:
        return None, None
    closes = next((end for start, end in hours.openings(now.day) if start <= now < end), None)
    return closes, None if closes else hours.next_opening(now.after(timedelta(minutes=1)))


def _items(file: ClientFile, breaches: int, clock: Clock, days: int) -> Iterator[Item]:
    yield from _sessions(file, clock, days)
    yield from _replies(file, clock)
    yield from _steps(file, clock)
    if breaches:
        yield Item("breach", file.code, file.client.name, count=breaches)


def _sessions(file: ClientFile, clock: Clock, days: int) -> Iterator[Item]:
    last = clock.today + timedelta(days=days)
    for session in file.attendance.sessions:
        if session.is_booked and clock.passed(file.attendance.planned_end(session)):
            yield _session("to-close", file, session)
        elif session.is_booked and session.day <= last:
            yield _session("session", file, session)


def _session(kind: Kind, file: ClientFile, session: Session) -> Item:
    terms = file.attendance.terms_of(session)
    contract = file.attendance.contract_of(session)
    number = None
    if contract and session.would_count:
        before = (one for one in file.attendance.of(contract) if one.at < session.at)
        number = 1 + sum(1 for one in before if one.counted or one.would_count)
    return Item(
        kind,
        file.code,
        file.client.name,
        session.label,
        at=session.at,
        via=session.via,
        number=number,
        of=terms.sessions if terms and number else None,
        prep_received=session.prep.received if session.prep else None,
    )


def _replies(file: ClientFile, clock: Clock) -> Iterator[Item]:
    letters = file.correspondence
    if file.agreements.all_over(clock.today):
        return
    for contact in letters.contacts:
        if letters.waits_for_answer(contact) and letters.reply_to_anybody(contact) is None:
            deadline = letters.deadline(contact)
            due = deadline.at if deadline else None
            yield Item("reply", file.code, file.client.name, contact.label, at=contact.at, due=due, via=contact.via)


def _steps(file: ClientFile, clock: Clock) -> Iterator[Item]:
    late = [one for one in file.actions if one.is_open and one.due and one.due < clock.today]
    yield from _overdue("promise", file, [one for one in late if one.is_promise])
    if not file.agreements.all_over(clock.today):
        yield from _overdue("step", file, [one for one in late if not one.is_promise])


def _overdue(kind: Kind, file: ClientFile, late: Sequence[Action]) -> Iterator[Item]:
    if late:
        oldest = min(one.due for one in late if one.due)
        record = late[0].label if len(late) == 1 else None
        yield Item(kind, file.code, file.client.name, record, day=oldest, count=len(late))


def _masked(item: Item, mask: Mask) -> Item:
    if item.client is None:
        return item
    return replace(item, client=mask.code(item.client), name=mask.name(item.client))


def _urgency(today: date, item: Item) -> tuple[int, str, str]:
    moment = item.due or item.at
    when = moment.utc.isoformat() if moment else (item.day or date.max).isoformat()
    of_today = item.kind == "session" and item.at is not None and item.at.day == today
    return 0 if of_today else _RANKS[item.kind], when, item.client or ""
