"""A coach's day over all clients: what is owed and coming, in the order in which it matters."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from coachlog.clock import Clock
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.supervision import Supervision
from coachlog.views.today_agreement import agreement
from coachlog.views.today_care import care
from coachlog.views.today_item import Group, Item, Today
from coachlog.views.today_messages import messages
from coachlog.views.today_outlook import Outlook
from coachlog.views.today_practice import practice_items
from coachlog.views.today_sessions import sessions
from coachlog.views.today_steps import steps

GROUPS: tuple[Group, ...] = ("now", "owed", "to-close", "waiting", "ahead", "breaches")
"""The order in which a day is told."""
FIRST = {"telling": 1, "reply": 2, "complaint": 2}
"""Of what is owed, what somebody waits for at this moment; a fear of harm comes before, all else after."""
REST = 3
BREACHES_OF = timedelta(days=7)
"""How far back a day looks for boundaries that were crossed (commands.md, today)."""
OF_CLIENT = (sessions, messages, steps, agreement, care)
"""Where the items of a client come from."""


OF_THE_PRACTICE = frozenset({"supervision agenda", "absence told"})
"""Commands that name no client."""
SWITCHED = frozenset(
    {"welcome", "charge", "rebooking", "booking", "contract", "hold", "pause", "concern", "leader-update", "three-way"}
    | {"supervision", "absence", "credential"}
)
"""What nobody is to be told of where the practice has switched off the rule on it."""


class Settled(NamedTuple):
    """What a coach has decided not to be told of: the rules that are off, and the findings that are waived.

    A finding is known by its rule, its client (None: the practice) and its record.
    """

    off: frozenset[str] = frozenset()
    waived: frozenset[tuple[str, str | None, str | None]] = frozenset()

    def hushes(self, item: Item) -> bool:
        """Tell whether an item is about something of the kind."""
        off = item.kind in SWITCHED and item.rule in self.off
        return off or (item.rule or "", item.client, item.record) in self.waived


class Crossed(NamedTuple):
    """A boundary that was crossed lately, or that still is: by which rule, whose (None: the practice), on which record.

    `standing` says that it can still be put right, as a line of the day may ask for.
    """

    rule: str
    client: str | None
    record: str | None
    standing: bool


class Known(NamedTuple):
    """What a day is gathered from beside the clients' files: the practice, its supervision (None: unread), breaches.

    `called` is how a command may call each client for short.
    """

    practice: Practice
    supervision: Sequence[Supervision] | None
    breaches: Sequence[Crossed]
    called: Mapping[str, str]
    settled: Settled = Settled()


def today(known: Known, files: Sequence[ClientFile], clock: Clock, days: int) -> Today:
    """Gather the day over all clients, looking ahead so many days; the files are as they are known at the instant."""
    outlook = Outlook(clock, clock.today + timedelta(days=days))
    told = [one for one in _items(known, files, outlook) if not known.settled.hushes(one)]
    items = sorted((*told, *_breaches(known, files, told)), key=partial(_urgency, outlook))
    return Today(
        clock.now,
        *_office(known.practice, clock),
        tuple(_calling(one, known.called) for one in items),
        days,
        _next(files, outlook),
    )


def _items(known: Known, files: Sequence[ClientFile], outlook: Outlook) -> Iterator[Item]:
    for file in files:
        yield from _once([item for source in OF_CLIENT for item in source(file, outlook)])
    if known.supervision is not None:
        yield from practice_items(known.practice, files, known.supervision, outlook)


def _breaches(known: Known, files: Iterable[ClientFile], told: Iterable[Item]) -> Iterator[Item]:
    """Count the breaches of each client, and of the practice; what a line asks to be put right is told by that line."""
    asked = {(one.rule, one.client, one.record) for one in told}
    counts = Counter(one.client for one in known.breaches if not (one.standing and one[:3] in asked))
    for code, name in (*((file.code, file.client.name) for file in files), (None, "The practice")):
        if counts[code]:
            yield Item("breach", "breaches", code, name, count=counts[code], does="check")


def _once(items: Sequence[Item]) -> Iterator[Item]:
    """Leave out that nothing was booked after a pause where a cancelled session is to be booked again anyhow."""
    rebooked = any(item.kind in {"rebooking", "booking"} for item in items)
    return (item for item in items if not (rebooked and item.kind == "pause" and item.state == "over"))


def _calling(item: Item, called: Mapping[str, str]) -> Item:
    if item.client is None or item.does is None or item.does in OF_THE_PRACTICE:
        return item
    return replace(item, called=called.get(item.client, item.client))


def _next(files: Iterable[ClientFile], outlook: Outlook) -> Item | None:
    """Give the first session after the days that are looked at."""
    later = (
        Item("session", "ahead", file.code, file.client.name, record=one.label, at=one.at, via=one.via)
        for file in files
        for one in file.attendance.sessions
        if one.is_booked and one.day > outlook.last
    )
    return min(later, key=lambda one: (one.at and one.at.utc, one.client), default=None)


def _office(practice: Practice, clock: Clock) -> tuple[Instant | None, Instant | None]:
    """Give when the office closes, if it is open, else when it opens next."""
    hours = practice.contact_hours(None)
    if hours is None:
        return None, None
    open_now = (end for start, end in hours.openings(clock.today) if clock.begun(start) and not clock.begun(end))
    closes = next(open_now, None)
    return closes, None if closes else hours.next_opening(clock.now.after(timedelta(minutes=1)))


def _urgency(outlook: Outlook, item: Item) -> tuple[int, int, str, str]:
    """Order by what it is, then by the moment until which it is wanted; a day counts to its end."""
    zone, day = outlook.clock.now.zone, item.day or outlook.today
    moment = item.due or item.at or Instant.on(day + timedelta(days=1), zone)
    harm = item.kind == "concern" and item.state == "act"
    rank = (0 if harm else FIRST.get(item.kind, REST)) if item.group == "owed" else 0
    return GROUPS.index(item.group), rank, moment.utc.isoformat(), item.client or ""
