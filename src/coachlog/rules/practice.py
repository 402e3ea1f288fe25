"""The practice and your own limits (PRA): your hours, your days, your leave, your energy, your credential."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from coachlog.clock import Clock
from coachlog.model.contract import Clause
from coachlog.model.diary import Appointment, Diary, OnCall, monday_of
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.practice import Absence, Practice
from coachlog.model.words import counted, day_words
from coachlog.rules.rule import Found, JudgedBy, Rule, rule

ON_CALL = Duration(minutes=60, text="1 h")
"""How much contact outside the hours a week may hold, where the practice has set nothing (rules.md, PRA101)."""
A_DAY, A_WEEK = 5, 18
"""How many sessions a day and a week may hold, where the practice has set nothing (rules.md, PRA102)."""
LOW = 1
"""The highest rating of the coach's own energy, from 0 to 3, that is low (rules.md, PRA104)."""


class _Limit(NamedTuple):
    """A number of the practice file or, where that has none, of the rule; the clause is None for the rule's own."""

    most: int
    clause: Clause | None


def _limit(practice: Practice, field: str, otherwise: int) -> _Limit:
    own: int | None = getattr(practice.limits, field, None)
    return _Limit(otherwise, None) if own is None else _Limit(own, Clause(practice, ("limits", field)))


def _judge_of(clause: Clause | None) -> JudgedBy:
    """Say who set a limit; these rules have no options, so it is the default where the practice file has none."""
    return "practice" if clause else "default"


def _by_week(diary: Diary) -> dict[date, list[OnCall]]:
    """Give the contacts outside the hours week by week, in order of the weeks."""
    weeks: dict[date, list[OnCall]] = {}
    for one in sorted(diary.on_call, key=lambda one: one.day):
        weeks.setdefault(monday_of(one.day), []).append(one)
    return weeks


def _week_name(monday: date) -> str:
    """Name a week by its year and number, `2026-W10`, so that names sort as the weeks do."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


@rule("PRA101", "warning", source="S2", scope="practice")
def on_call_week(diary: Diary, clock: Clock) -> Iterator[Found]:
    """In one week you were in contact outside your hours for longer than you had set yourself.

    Each of these contacts may have had its reason, and none need be a breach. S2 looks at what they add up to: soft
    boundaries and many clients, and you find yourself on call around the clock, which does neither you nor them any
    good. Nobody else adds these minutes up. See which client or which evening they come from, and mend it there.
    """
    own = diary.practice.limits.out_of_hours if diary.practice.limits else None
    limit = own or ON_CALL
    clause = Clause(diary.practice, ("limits", "out_of_hours")) if own else None
    for monday, contacts in _by_week(diary).items():
        minutes = sum(one.minutes for one in contacts)
        if minutes > limit.total_minutes:
            outside = f"{Duration(minutes=minutes)} of contact outside the hours in the week from {day_words(monday)}"
            message = f"{outside}; {limit} a week is the limit."
            yield Found(
                diary.practice, message, contacts[-1].day, clause, _judge_of(clause), subject=_week_name(monday)
            )


def _takes_place(session: Appointment, clock: Clock) -> bool:
    """Tell whether a session was held or is still to come; a booking that nobody closed may have been neither."""
    return session.held or not clock.passed(session.start)


def _by(key: Callable[[Appointment], date], sessions: Iterable[Appointment]) -> dict[date, list[Appointment]]:
    groups: dict[date, list[Appointment]] = {}
    for session in sessions:
        groups.setdefault(key(session), []).append(session)
    return groups


@rule("PRA102", "advice", source="S0", scope="practice", passing=True)
def overloaded_day(diary: Diary, clock: Clock) -> Iterator[Found]:
    """A day, or a week, holds more sessions than you had set yourself.

    S0 asks for focus, empathy and energy in each session, and counts a healthy balance among what keeps a coach going.
    The last session of such a day is the one that pays for it: its client gets what the others have left over. Seen in
    the diary beforehand it is a matter of moving one appointment.
    """
    sessions = [one for one in diary.appointments if _takes_place(one, clock)]
    days, weeks = _by(lambda one: one.day, sessions), _by(lambda one: monday_of(one.day), sessions)
    a_day = _limit(diary.practice, "sessions_per_day", A_DAY)
    a_week = _limit(diary.practice, "sessions_per_week", A_WEEK)
    for one in sessions:
        monday = monday_of(one.day)
        loads = (
            (days[one.day], a_day, f"on {day_words(one.day)}"),
            (weeks[monday], a_week, f"in the week from {day_words(monday)}"),
        )
        over = [(group, limit, when) for group, limit, when in loads if group[-1] is one and len(group) > limit.most]
        if over:
            told = [f"{len(group)} sessions {when}, where {limit.most} is the limit" for group, limit, when in over]
            clause = next((limit.clause for _, limit, _ in over if limit.clause), None)
            yield Found(one, f"{'; '.join(told)}.", one.day, clause, _judge_of(clause))


def _untold(absence: Absence, today: date, within: Duration) -> bool:
    """Tell whether an absence is under way, or close, and the clients were not told of it by a day."""
    over = absence.to is not None and absence.to < today
    told = absence.told is not None and absence.told <= today
    return not over and not told and absence.from_ <= add_to_day(today, within)


def _days_words(absence: Absence) -> str:
    if absence.to == absence.from_:
        return f"on {day_words(absence.from_)}"
    return f"from {day_words(absence.from_)} {f'to {day_words(absence.to)}' if absence.to else 'until further notice'}"


@rule(
    "PRA103",
    "warning",
    source="S0, S2",
    scope="practice",
    options={"within": Duration(days=14, text="14 days")},
    passing=True,
)
def untold_absence(diary: Diary, clock: Clock, within: Duration) -> Iterator[Found]:
    """You are away, or soon will be, and have not told your clients.

    S2 has the client know when the office is closed; S0 asks for prompt word whenever a coach can't be there. Somebody
    who writes into an empty office hears a silence, and takes it personally. Two lines, sent while there is still time
    to ask you something, close the office kindly.
    """
    for absence in diary.practice.absences:
        if _untold(absence, clock.today, within):
            message = f"Away {_days_words(absence)}, and the clients have not been told."
            yield Found(absence, message, subject=absence.label)


@rule(
    "PRA104",
    "warning",
    source="S0",
    scope="practice",
    options={"run": 3},
    needs=("supervision", "sessions"),
    passing=True,
)
def low_energy_run(diary: Diary, clock: Clock, run: int) -> Iterator[Found]:
    """Your own energy was low in several sessions in a row, and you have not been to supervision since.

    S0 says that coaches are human too: in distress, or burnt out, they may do better to cancel for a while than to
    coach on, for the sake of the client as much as their own. Three tired sessions in a row are seldom the clients'
    doing. Somebody who knows you should hear of it before the next one.
    """
    rated = [one for one in diary.appointments if one.held and one.energy is not None]
    low = list(takewhile(lambda one: one.energy is not None and one.energy <= LOW, reversed(rated)))
    if low and len(low) >= run and all(one.date < low[0].day for one in diary.supervision):
        row = f"Your energy was 0 or 1 in {counted(len(low), 'session')} in a row up to {day_words(low[0].day)}"
        yield Found(low[0], f"{row}, and no supervision has followed.", low[0].day)


@rule("PRA105", "warning", source="ICF 2020, 21", scope="practice", passing=True)
def expired_credential(diary: Diary, clock: Clock) -> Iterator[Found]:
    """Your credential has expired.

    ICF 2020, 21 has coaches say accurately what they are qualified for, and which credentials they hold. Once its day
    has passed, the line under your mails and the page that clients found you by say something that is no longer true.
    Most often nothing but a form is missing.
    """
    coach = diary.practice.coach
    expires = coach.credential_expires if coach else None
    if expires and expires < clock.today:
        clause = Clause(diary.practice, ("coach", "credential_expires"))
        yield Found(diary.practice, f"Your credential expired on {day_words(expires)}.", clause=clause)


RULES: tuple[Rule, ...] = (
    on_call_week,
    overloaded_day,
    untold_absence,
    low_energy_run,
    expired_credential,
)
