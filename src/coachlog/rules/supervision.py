"""Supervision (SUP): somebody to talk to, often enough, and about what most needs it."""

from collections.abc import Iterator
from typing import NamedTuple

from coachlog.clock import Clock
from coachlog.model.care import FOR_SUPERVISION, Concern
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Clause
from coachlog.model.diary import Diary
from coachlog.model.duration import Duration
from coachlog.model.instant import add_months, add_to_day
from coachlog.model.practice import Practice
from coachlog.model.supervision import Supervision, Topic
from coachlog.model.words import day_words
from coachlog.rules.rule import Found, Rule, rule

A_YEAR = 12
"""The months over which supervision is summed up."""


class _Planned(NamedTuple):
    """How much supervision is planned, and where the practice file says so; None where it is the rule's number."""

    length: Duration
    clause: Clause | None

    @property
    def minutes(self) -> int:
        return self.length.total_minutes


def _planned(practice: Practice, field: str, otherwise: Duration) -> _Planned:
    own: Duration | None = getattr(practice.supervision, field, None)
    return _Planned(own, Clause(practice, ("supervision", field))) if own else _Planned(otherwise, None)


def _time_words(minutes: int) -> str:
    return str(Duration(minutes=minutes))


@rule("SUP101", "warning", source="S1", scope="practice", passing=True)
def no_supervisor(diary: Diary, clock: Clock) -> Iterator[Found]:
    """You coach, and no supervisor is named.

    S1 says it in so many words: talk to your supervisor, and if you have none, get one. A supervisor sees early what
    you stand too close to, and knows the position that you are in. The time to find somebody is before there is a
    client whom you need to talk about.
    """
    held = diary.held_coaching
    supervisor = diary.practice.supervisor
    if held and not (supervisor and (supervisor.name or "").strip()):
        yield Found(diary.practice, f"No supervisor is named, and you have coached since {day_words(held[0].day)}.")


@rule(
    "SUP102",
    "warning",
    source="EMCC",
    scope="practice",
    options={"every": Duration(minutes=35 * 60, text="35 h")},
    needs=("supervision",),
    passing=True,
)
def supervision_overdue(diary: Diary, clock: Clock, every: Duration) -> Iterator[Found]:
    """More hours of coaching have been held than should pass between two supervisions.

    The guidance of the EMCC is an hour of supervision for every thirty-five hours of practice. Coaching is done alone,
    and what slips in the thirtieth hour feels as natural as what was right in the first. Book the hour while it is
    nothing but a date; nobody books it well in the week in which it is needed.
    """
    last = max((one.date for one in diary.supervised(None, clock.today)), default=None)
    coached = [one for one in diary.held_coaching if last is None or one.day > last]
    minutes, planned = sum(one.took for one in coached), _planned(diary.practice, "every", every)
    if minutes > planned.minutes:
        first = day_words(coached[0].day)
        since = f"since the supervision of {day_words(last)}" if last else f"since {first}, and no supervision"
        message = f"{_time_words(minutes)} of coaching {since}; it is due every {planned.length}."
        yield Found(diary.practice, message, clause=planned.clause)


def _minutes_of(supervision: Supervision) -> int:
    """Give how long a supervision took; an hour where nobody noted it (rules.md, SUP103)."""
    return 60 if supervision.minutes is None else supervision.minutes


@rule(
    "SUP103",
    "advice",
    source="EMCC",
    scope="practice",
    options={"yearly": Duration(minutes=4 * 60, text="4 h")},
    needs=("supervision",),
    passing=True,
)
def thin_supervision_year(diary: Diary, clock: Clock, yearly: Duration) -> Iterator[Found]:
    """There was less supervision in a year than a practice needs, however small it is.

    The guidance of the EMCC also asks for an hour a quarter at least, whatever the number of clients. A small practice
    would never come to the hours that call for the next meeting, and it is just the coach with three clients who has
    nobody in the next room. Four hours a year also keep the two of you acquainted for the day when it is urgent.
    """
    held, a_year_ago = diary.held_coaching, add_months(clock.today, -A_YEAR)
    coached = any(one.day > a_year_ago for one in held)
    if not coached or clock.today < add_months(held[0].day, A_YEAR):
        return
    minutes = sum(map(_minutes_of, diary.supervised(a_year_ago, clock.today)))
    planned = _planned(diary.practice, "yearly", yearly)
    if minutes < planned.minutes:
        had = f"{_time_words(minutes)} of supervision" if minutes else "No supervision"
        message = f"{had} in the year up to {day_words(clock.today)}; {planned.length} a year is due."
        yield Found(diary.practice, message, clause=planned.clause)


def _brought(topic: Topic, supervision: Supervision, concern: Concern, client: str) -> bool:
    """Tell whether a topic is a concern, or is its client alone, on or after the day on which it was noticed."""
    if topic.concern:
        return topic.concern == concern.id and topic.client in {None, client}
    return topic.client == client and supervision.date >= concern.noticed


@rule(
    "SUP104",
    "warning",
    source="S0, S1, ICF 3.3",
    options={"after": Duration(days=30, text="30 days")},
    needs=("supervision.topics",),
    passing=True,
)
def concern_without_supervision(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """A concern about you and a client has not been brought to supervision.

    S1 has the supervisor help you spot such problems before they happen, and S0 sends the coach to a supervisory
    body or a professional association where going on would compromise the standards. A client who leans on you, a
    friendship, an interest of your own: from the inside each of them has good reasons. That is why they are not yours
    alone to weigh.
    """
    for concern in file.care.concerns:
        limit = add_to_day(concern.noticed, after)
        resolved = concern.resolved is not None and concern.resolved <= limit
        if concern.kind not in FOR_SUPERVISION or clock.today <= limit or resolved or concern.consulted:
            continue
        if not any(_brought(topic, one, concern, file.code) for one in file.supervision for topic in one.topics):
            message = f"Noticed on {day_words(concern.noticed)}, more than {after} ago, and not brought to supervision."
            yield Found(concern, message, since=concern.noticed)


RULES: tuple[Rule, ...] = (
    no_supervisor,
    supervision_overdue,
    thin_supervision_year,
    concern_without_supervision,
)
