"""What to bring to supervision: concerns, what crossed a boundary, and patterns, without a name or a note in it.

A point says kinds, figures and days, in the program's own words. Who is who stands in the key, and only there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple

from coachlog.model.care import Concern
from coachlog.model.client_file import ClientFile
from coachlog.model.diary import Appointment, appointments_of
from coachlog.model.instant import add_months
from coachlog.model.patterns import LOW, Measures, patterns_of
from coachlog.model.supervision import Supervision
from coachlog.model.words import counted, day_words, listed

A_YEAR = 12
"""The months over which supervision is summed up (rules.md, SUP103)."""
AN_HOUR = 60
"""How long a supervision took where nobody noted it, in minutes (rules.md, SUP103)."""
MOST_DAYS = 3
"""How many days are named one by one."""
_LETTERS = 26
PointKind = Literal["concern", "breach", "warning", "pattern", "ending", "energy"]


class Crossed(NamedTuple):
    """What a rule found, without the finding's own words: whose it is, and on which day it happened, if on any."""

    client: str | None
    code: str
    severity: str
    title: str
    day: date | None


class Point(NamedTuple):
    """One thing to bring: what it is, in words, and the rule that found it."""

    kind: PointKind
    words: str
    rule: str | None = None
    days: tuple[date, ...] = ()


class ClientPoints(NamedTuple):
    """What there is to bring about one client: by which letter, whose it is, and where the two of you stand."""

    letter: str
    code: str
    name: str
    stands: str
    points: tuple[Point, ...]


class Hours(NamedTuple):
    """Coaching since the last supervision, and supervision in the past year, in minutes; and what is planned."""

    coached: int
    every: int
    supervised: int
    yearly: int


@dataclass(frozen=True)
class Agenda:
    """What to bring, as of a day: since when it was gathered, the hours, and the points."""

    day: date
    last: date | None
    hours: Hours
    own: tuple[Point, ...]
    clients: tuple[ClientPoints, ...]


class Planned(NamedTuple):
    """How much supervision is planned, in minutes: after so much coaching, and in a year."""

    every: int
    yearly: int


class Practised(NamedTuple):
    """What an agenda is gathered from: the clients' files, the supervision that was held, and what rules found."""

    files: Sequence[ClientFile]
    supervision: Sequence[Supervision]
    crossed: Sequence[Crossed]


class Outline(NamedTuple):
    """By what it is gathered: the day of the last supervision, if there was one, and of the call; and the numbers."""

    last: date | None
    today: date
    planned: Planned
    measures: Measures


def agenda(practised: Practised, by: Outline) -> Agenda:
    """Gather what to bring to supervision."""
    files, crossed, last = practised.files, practised.crossed, by.last
    every = [_client(file, [one for one in crossed if one.client == file.code], by) for file in files]
    weighty = sorted((one for one in every if one.points), key=_weight)
    lettered = tuple(one._replace(letter=_letter(at)) for at, one in enumerate(weighty))
    held = [one for file in files for one in appointments_of(file) if one.held and one.coaching]
    own = (*_crossings(one for one in crossed if one.client is None), *_energy(held, last))
    return Agenda(by.today, last, _hours(held, practised.supervision, by), own, lettered)


def _hours(held: Iterable[Appointment], supervision: Iterable[Supervision], by: Outline) -> Hours:
    coached = sum(one.took for one in held if by.last is None or one.day > by.last)
    a_year_ago = add_months(by.today, -A_YEAR)
    lately = (one for one in supervision if a_year_ago < one.date <= by.today)
    supervised = sum(AN_HOUR if one.minutes is None else one.minutes for one in lately)
    return Hours(coached, by.planned.every, supervised, by.planned.yearly)


def _client(file: ClientFile, crossed: Iterable[Crossed], by: Outline) -> ClientPoints:
    today = by.today
    contract = file.agreements.on(today) or file.agreements.last_over(today)
    concerns = (one for one in file.care.concerns if one.resolved is None or one.resolved > today)
    points = (
        *(_concern(file, one, today) for one in concerns),
        *_endings(file, by.last),
        *(
            Point("pattern", f"{one.words}, the last on {day_words(one.last)}", days=(one.last,))
            for one in (patterns_of(file, contract, by.measures) if contract and contract.in_force(today) else ())
        ),
        *_crossings(crossed),
    )
    return ClientPoints("", file.code, file.client.name, _stands(file), points)


def _weight(one: ClientPoints) -> tuple[int, int, str]:
    """Let concerns come first, then what there is most to say about."""
    return -sum(point.kind == "concern" for point in one.points), -len(one.points), one.code


def _letter(number: int) -> str:
    """Count A, B, …, Z, AA, AB."""
    higher, last = divmod(number, _LETTERS)
    return (_letter(higher - 1) if higher else "") + chr(ord("A") + last)


def _stands(file: ClientFile) -> str:
    held = file.attendance.held_coaching
    return f"{counted(len(held), 'session')} held, the last on {day_words(held[-1].day)}" if held else "not met yet"


def _concern(file: ClientFile, concern: Concern, today: date) -> Point:
    """Say of a concern what kind it is, since when, and what was done about it; never a word of its note."""
    days = counted((today - concern.noticed).days, "day")
    raised = f"raised on {day_words(concern.raised)}" if concern.raised else "not raised with the client yet"
    brought = _brought(file, concern)
    consulted = f"brought here on {day_words(brought)}" if brought else "not brought here yet"
    parts = [f"{concern.kind}, noticed {day_words(concern.noticed)} ({days} ago)", raised, consulted]
    if concern.decision:
        on = f" on {day_words(concern.decided)}" if concern.decided else ""
        parts.append(f"decided{on}: {concern.decision}")
    return Point("concern", "; ".join(parts), days=(concern.noticed,))


def _brought(file: ClientFile, concern: Concern) -> date | None:
    """Give the last day on which a concern was a topic, or was consulted on."""
    days = [
        one.date
        for one in file.supervision
        if (one.id and one.id == concern.consulted)
        or any(concern.id and t.concern == concern.id and t.client in {None, file.code} for t in one.topics)
    ]
    return max(days, default=None)


def _endings(file: ClientFile, last: date | None) -> Iterator[Point]:
    """Give the contracts that the coach has ended since the last supervision."""
    for contract in file.agreements.agreed:
        ended = contract.ended
        if ended and ended.by_coach and (last is None or ended.date > last):
            reason = f", reason {ended.reason}" if ended.reason else ", without a reason noted"
            yield Point("ending", f"you ended the contract on {day_words(ended.date)}{reason}", days=(ended.date,))


def _crossings(crossed: Iterable[Crossed]) -> Iterator[Point]:
    """Give each rule one point, breaches first: what it is about, and how often and when it happened."""
    ordered = sorted(crossed, key=lambda one: (one.severity != "breach", one.code, one.day or date.min))
    for code, several in groupby(ordered, key=lambda one: one.code):
        found = list(several)
        days = tuple(one.day for one in found if one.day)
        kind: PointKind = "breach" if found[0].severity == "breach" else "warning"
        yield Point(kind, f"{found[0].title.rstrip('.')}{_when(days, len(found))}", code, days)


def _when(days: Sequence[date], times: int) -> str:
    """Say when something happened, or how often it stands so."""
    each = [day_words(day) for day in dict.fromkeys(days)]
    if not each:
        return f" ({times} times)" if times > 1 else ""
    if len(days) == 1:
        return f": {each[0]}"
    if len(each) <= MOST_DAYS:
        return f", {len(days)} times: {listed(each)}"
    return f", {len(days)} times from {each[0]} to {each[-1]}"


def _energy(held: Iterable[Appointment], last: date | None) -> Iterator[Point]:
    """Say how often the coach rated their own energy low since the last supervision."""
    rated = [one for one in held if one.energy is not None and (last is None or one.day > last)]
    low = [one for one in rated if one.energy is not None and one.energy <= LOW]
    if low:
        days = tuple(one.day for one in low)
        words = f"your energy was 0 or 1 in {len(low)} of {counted(len(rated), 'session')} that you rated"
        yield Point("energy", words, days=days)


def key_of(shown: Agenda) -> Mapping[str, str]:
    """Give who is who: the letter of each client, and whose it is."""
    return {f"Client {one.letter}": one.code for one in shown.clients}
