"""When a practice can be reached: opening hours, public holidays, absences, and the deadlines that follow from them."""

import re
from collections.abc import Callable, Container, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError, State  # type: ignore[attr-defined]  # its stub lacks ParserError

from coachlog.model.duration import MINUTES_A_DAY, Duration
from coachlog.model.instant import Instant, add_months

_HOLIDAY = re.compile(r"\bPH\b")
_UNKNOWN_HERE = re.compile(r"\b(SH|dawn|sunrise|sunset|dusk)\b")
"""What no calendar here tells: school holidays, and the sun of a place that nobody named."""
_COMMENT = re.compile(r'"[^"]*"')
_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_BY_WEEKDAY = re.compile(r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH|off|[0-9]{2}:[0-9]{2}|[-,; ])+")
"""Hours that are the same on every Monday, and on every Monday that is a holiday: no months, weeks or years in them."""
_FAULT = re.compile(r"--> \d+:(\d+)")
_HORIZON = 400
"""Days that are looked ahead for the next opening: a practice closed for longer has no deadlines."""


class NotHours(ValueError):
    """An expression that can't be read as opening hours; says at which character."""


class HoursExpression:
    """Opening hours as the coach wrote them (`Mo-Fr 09:00-17:00; PH off`), read but not yet on any calendar."""

    def __init__(self, text: str) -> None:
        """Read the expression; raises NotHours with the place inside it."""
        self.text = text
        self._rules = " ".join(text.split())
        if not self._rules:
            msg = "nothing is written there"
            raise NotHours(msg)
        self._understood: dict[str, OpeningHours] = {}
        self._spans: dict[object, tuple[tuple[int, int], ...]] = {}
        self._by_weekday = _BY_WEEKDAY.fullmatch(self._rules) is not None
        rules = _COMMENT.sub(lambda comment: " " * len(comment[0]), self._rules)
        self.names_holidays = _HOLIDAY.search(rules) is not None
        if unknown := _UNKNOWN_HERE.search(rules):
            msg = f"{unknown[0]}, at character {unknown.start() + 1}, is on no calendar here"
            raise NotHours(msg)
        try:
            self._says = str(OpeningHours(self._rules))
            self._on(0, holiday=self.names_holidays)
        except ParserError as problem:
            found = _FAULT.search(str(problem))
            msg = f"not understood from character {found[1]} on" if found else "not understood"
            raise NotHours(msg) from None

    def openings(self, day: date, holidays: Container[date]) -> tuple[tuple[int, int], ...]:
        """Give the open spans of a day in minutes from midnight of the wall clock, in order, without overlaps."""
        holiday = self.names_holidays and day in holidays
        key = (day.weekday(), holiday) if self._by_weekday else (day, holiday)
        if key not in self._spans:
            self._spans[key] = self._spans_of(day, holiday=holiday)
        return self._spans[key]

    def _spans_of(self, day: date, *, holiday: bool) -> tuple[tuple[int, int], ...]:
        midnight = datetime.combine(day, time.min)
        spans = self._on(day.weekday(), holiday=holiday).intervals(midnight, midnight + timedelta(days=1))
        return tuple(
            (_minutes(start, midnight), min(_minutes(end, midnight), MINUTES_A_DAY))
            for start, end, state, _ in spans
            if state == State.OPEN
        )

    def _on(self, weekday: int, *, holiday: bool) -> OpeningHours:
        """Let `PH` stand for the day in question on a holiday, and else for a weekday that it is not.

        The library's own table of holidays is left out of it: for some countries it lacks whole days.
        """
        stands_for = _WEEKDAYS[weekday if holiday else (weekday + 3) % 7]
        if stands_for not in self._understood:
            self._understood[stands_for] = OpeningHours(_HOLIDAY.sub(stands_for, self._rules))
        return self._understood[stands_for]

    def __eq__(self, other: object) -> bool:
        """Two expressions are equal when they say the same in the same order, whatever the spacing."""
        return isinstance(other, HoursExpression) and self._says == other._says

    def __hash__(self) -> int:
        """Hash by what it says."""
        return hash(self._says)

    def __str__(self) -> str:
        """As it was written."""
        return self.text


class ContactHours:
    """The hours in which clients can expect the coach, on the practice's calendar.

    `closed` says whether the practice is absent on a day, `holidays` holds the public holidays.
    """

    def __init__(
        self,
        expression: HoursExpression,
        zone: ZoneInfo,
        holidays: Container[date],
        closed: Callable[[date], bool],
    ) -> None:
        """Put an expression on the practice's calendar."""
        self.expression = expression
        self.zone = zone
        self._holidays = holidays
        self._closed = closed
        self._days: dict[date, tuple[tuple[Instant, Instant], ...]] = {}

    def openings(self, day: date) -> tuple[tuple[Instant, Instant], ...]:
        """Give the open spans of a day; none in an absence."""
        if day not in self._days:
            self._days[day] = tuple(self._spans(day))
        return self._days[day]

    def opens(self, day: date) -> bool:
        """Tell whether it is a working day: one on which the hours open at all."""
        return bool(self.openings(day))

    def is_open(self, moment: Instant) -> bool:
        """Tell whether the practice is open; the closing moment itself counts."""
        return any(start <= moment <= end for start, end in self._near(moment))

    def next_opening(self, moment: Instant) -> Instant | None:
        """Give the moment itself when open, else the next opening; None where none comes within a year."""
        if self.is_open(moment):
            return moment
        for day in _days_from(moment.day):
            for start, end in self.openings(day):
                if moment <= end:
                    return max(start, moment)
        return None

    def distance(self, moment: Instant) -> timedelta | None:
        """Give the elapsed time to the nearest open moment; None where there is none within a day either way."""
        if any(start <= moment <= end for start, end in self.openings(moment.day)):
            return timedelta()
        gaps = [max(start - moment, moment - end, timedelta()) for start, end in self._near(moment)]
        return min(gaps, default=None)

    def deadline(self, moment: Instant, response: Duration) -> Instant | None:
        """Give the moment by which an answer is due to what came in at a moment.

        The time runs from the next opening, passes over days on which the hours do not open at all, and ends at
        an opening: 24 h, open Mo-Fr 9 to 17, make Fri 16:00 Mon 16:00, and Sat 11:00 Tue 09:00.
        """
        start = self.next_opening(moment)
        if start is None or response.elapsed > timedelta(days=_HORIZON):
            return None
        in_months = (add_months(start.day, response.months) - start.day).days
        reached = self._skip_days(start, in_months + response.days + response.working_days)
        due = reached and self._run(reached, timedelta(minutes=response.minutes))
        return due and self.next_opening(due)

    def _skip_days(self, start: Instant, days: int) -> Instant | None:
        if not days:
            return start
        day = self.working_day(start.day, days)
        return Instant.on(day, self.zone, start.clock) if day else None

    def working_day(self, after: date, count: int) -> date | None:
        """Give the day that lies so many working days after another; None where the hours hardly ever open."""
        working = (day for day in _days_from(after + timedelta(days=1), _HORIZON + 7 * count) if self.opens(day))
        return next((day for number, day in enumerate(working, start=1) if number == count), None)

    def _run(self, start: Instant, left: timedelta) -> Instant | None:
        """Let elapsed time run on open days alone."""
        moment = start
        while left:
            midnight = Instant.on(moment.day + timedelta(days=1), self.zone)
            if not self.opens(moment.day) or left > midnight - moment:
                left -= midnight - moment if self.opens(moment.day) else timedelta()
                day = self.working_day(moment.day, 1)
                if day is None:
                    return None
                moment = Instant.on(day, self.zone)
            else:
                return moment.after(left)
        return moment

    def _near(self, moment: Instant) -> Iterator[tuple[Instant, Instant]]:
        for offset in (0, -1, 1):  # mostly today decides
            yield from self.openings(moment.day + timedelta(days=offset))

    def _spans(self, day: date) -> Iterator[tuple[Instant, Instant]]:
        if self._closed(day):
            return
        for start, end in self.expression.openings(day, self._holidays):
            yield _at_minute(day, start, self.zone), _at_minute(day, end, self.zone)


def _minutes(moment: datetime, midnight: datetime) -> int:
    return int((moment - midnight).total_seconds() // 60)


def _at_minute(day: date, minute: int, zone: ZoneInfo) -> Instant:
    clock = datetime.combine(day, time.min) + timedelta(minutes=minute)
    return Instant(clock, zone)


def _days_from(day: date, count: int = _HORIZON) -> Iterator[date]:
    return (day + timedelta(days=offset) for offset in range(count))
