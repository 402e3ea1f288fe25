"""Days and times as a coach types them: a small closed grammar, DAY [TIME].

What is typed is read against an instant of the practice: a weekday, a day without a year and a bare time mean the
nearest that fits, to come for a plan and past for a fact. Whatever is not in the grammar is refused, never guessed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from coachlog.errors import WrongCall
from coachlog.model.duration import Duration
from coachlog.model.instant import FIRST_YEAR, LAST_YEAR, Instant, parse_day

Meant = Literal["plan", "fact"]
"""Whether what is typed is to come, or has happened."""

ACCEPTED = (
    "Write 2026-03-04, today, tomorrow 15:00, yesterday, fri 3pm, next fri, last fri, 14:30, in 2 weeks, 3 days ago, "
    "2d ago, +1w, 15 jan or 15 jan 2026."
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ABBREVIATED = 3
_DAYS_BY_NAME = {name: number for number, full in enumerate(_WEEKDAYS) for name in (full, full[:_ABBREVIATED])}
_DAYS_BY_NAME |= {"tues": 1, "thur": 3, "thurs": 3}
_MONTHS_BY_NAME = {name: number for number, full in enumerate(_MONTHS, 1) for name in (full, full[:_ABBREVIATED])}
_MONTHS_BY_NAME |= {"sept": 9}
_NAMED_DAYS = {"today": 0, "tomorrow": 1, "yesterday": -1}
_UNITS = {
    **dict.fromkeys(("min", "mins", "minute", "minutes"), "minutes"),
    **dict.fromkeys(("h", "hour", "hours"), "hours"),
    **dict.fromkeys(("d", "day", "days"), "days"),
    **dict.fromkeys(("w", "week", "weeks"), "weeks"),
    **dict.fromkeys(("mo", "month", "months"), "months"),
    **dict.fromkeys(("y", "year", "years"), "years"),
}
_LEAP_CYCLE = 8
"""The most years between two 29ths of February (1896 and 1904, 2096 and 2104)."""

# Patterns are compiled when they are first used: most commands are given no time at all.
_ISO = r"(\d{4}-\d\d-\d\d)"
_ISO_MOMENT = r"\d{4}-\d\d-\d\d[ t]\d\d:\d\d(:\d\d)?( ?(z|[+-]\d\d:\d\d))?"
_NAMED = rf"({'|'.join(_NAMED_DAYS)})"
_WEEKDAY = rf"(?:(next|last) )?({'|'.join(_DAYS_BY_NAME)})"
_DAY_FIRST = rf"(\d{{1,2}}) ({'|'.join(_MONTHS_BY_NAME)})(?: (\d{{4}}))?"
_MONTH_FIRST = rf"({'|'.join(_MONTHS_BY_NAME)}) (\d{{1,2}})(?: (\d{{4}}))?"
_NUMBER = r"(\d{1,4}) ?"
_UNIT = rf"({'|'.join(_UNITS)})"
_AHEAD = rf"(?:in |\+ ?){_NUMBER}{_UNIT}"
_AGO = rf"{_NUMBER}{_UNIT} ago"
_TIME = r"(\d{1,2}):(\d\d)(?: ?(am|pm))?|(\d{1,2}) ?(am|pm)"
_TWO_READINGS = r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d\d)?)?(?: .*)?"
_NOON = 12


class NotATime(WrongCall):
    """What was typed is no day and no time that the grammar knows (exit 2)."""


@dataclass(frozen=True)
class TypedTime:
    """What was typed: a day of the practice, and its moment where a time was typed with it."""

    day: date
    moment: Instant | None = None


def read_typed(text: str, now: Instant, meant: Meant) -> TypedTime:
    """Read what a coach typed, as of now, on the wall clock of the practice. Raises NotATime."""
    words = " ".join(text.lower().split())
    weekday, of_day = _with_weekday(words)
    try:
        found = _iso_moment(of_day, now) or _bare_time(of_day, now, meant) or _day_and_time(of_day, now, meant)
    except (OverflowError, ValueError):
        found = None
    if found is None:
        raise _refusal(words)
    if weekday not in {None, found.day.weekday()}:
        raise _other_weekday(found.day)
    if not FIRST_YEAR <= found.day.year <= LAST_YEAR:
        what = f"That day lies outside the years {FIRST_YEAR} to {LAST_YEAR}."
        raise NotATime(what, ACCEPTED)
    return found


def _with_weekday(words: str) -> tuple[int | None, str]:
    """Part the weekday from a day that is said in full, as coachlog prints it: `fri 30 jan 2026 15:00`."""
    match = re.match(rf"({'|'.join(_DAYS_BY_NAME)}) (?=(?:{_ISO}|{_DAY_FIRST}|{_MONTH_FIRST})(?!\S))", words)
    return (_DAYS_BY_NAME[match[1]], words[match.end() :]) if match else (None, words)


def _other_weekday(day: date) -> NotATime:
    written = f"{day.day} {_MONTHS[day.month - 1][:_ABBREVIATED].title()} {day.year}"
    what = f"{written} is a {_WEEKDAYS[day.weekday()].title()}."
    return NotATime(what, "Write the day that you mean, without a weekday or with that one.")


def _iso_moment(words: str, now: Instant) -> TypedTime | None:
    if not re.fullmatch(_ISO_MOMENT, words):
        return None
    moment = Instant.parse(words.upper(), now.zone)
    return TypedTime(moment.day, moment) if moment else None


def _bare_time(words: str, now: Instant, meant: Meant) -> TypedTime | None:
    clock = _clock(words)
    if clock is None:
        return None
    step = timedelta(days=1 if meant == "plan" else -1)
    days = (now.day, now.day + step)
    return next(one for day in days if (one := _timed(day, clock, now)) and _fits(one, now, meant))


def _day_and_time(words: str, now: Instant, meant: Meant) -> TypedTime | None:
    """Read a day, and the time behind it where there is one."""
    for pattern, days in _GRAMMAR:
        match = re.match(rf"(?:{pattern})(?: (?P<time>.+))?$", words)
        if match:
            clock = _clock(match["time"]) if match["time"] else None
            return None if match["time"] and clock is None else _nearest(days(match, now, meant), clock, now, meant)
    return _elapsed(words, now)


def _nearest(days: Iterator[date], clock: time | None, now: Instant, meant: Meant) -> TypedTime | None:
    """Take the first day that fits; of a day that can only be one, that one."""
    candidates = [_timed(day, clock, now) for day in days]
    fitting = (one for one in candidates if len(candidates) == 1 or _fits(one, now, meant))
    return next(fitting, None)


def _fits(one: TypedTime, now: Instant, meant: Meant) -> bool:
    """Tell whether it is still to come, or already past; today counts while its time still fits."""
    if one.moment is None:
        return one.day >= now.day if meant == "plan" else one.day <= now.day
    return one.moment >= now if meant == "plan" else one.moment <= now


def _timed(day: date, clock: time | None, now: Instant) -> TypedTime:
    return TypedTime(day, Instant.on(day, now.zone, clock) if clock is not None else None)


def _iso_day(match: re.Match[str], _: Instant, __: Meant) -> Iterator[date]:
    day = parse_day(match[1])
    yield from (day,) if day else ()


def _named_day(match: re.Match[str], now: Instant, _: Meant) -> Iterator[date]:
    yield now.day + timedelta(days=_NAMED_DAYS[match[1]])


def _weekday(match: re.Match[str], now: Instant, meant: Meant) -> Iterator[date]:
    weekday = _DAYS_BY_NAME[match[2]]
    if match[1]:
        monday = now.day - timedelta(days=now.day.weekday())
        yield monday + timedelta(days=weekday, weeks=1 if match[1] == "next" else -1)
        return
    step = 1 if meant == "plan" else -1
    first = now.day + timedelta(days=step * ((step * (weekday - now.day.weekday())) % 7))
    yield from (first, first + timedelta(weeks=step))


def _day_of_month(match: re.Match[str], now: Instant, meant: Meant) -> Iterator[date]:
    return _dates(int(match[1]), _MONTHS_BY_NAME[match[2]], match[3], now, meant)


def _month_and_day(match: re.Match[str], now: Instant, meant: Meant) -> Iterator[date]:
    return _dates(int(match[2]), _MONTHS_BY_NAME[match[1]], match[3], now, meant)


def _dates(day: int, month: int, year: str | None, now: Instant, meant: Meant) -> Iterator[date]:
    """Give the days that a day and a month can mean, the nearest first; none where it never exists."""
    if year:
        yield date(int(year), month, day)
        return
    date(2000, month, day)  # a day that no year has is refused; 2000 had a 29 February
    step = 1 if meant == "plan" else -1
    for years in range(_LEAP_CYCLE + 2):
        if found := parse_day(f"{now.day.year + step * years:04}-{month:02}-{day:02}"):
            yield found


_GRAMMAR: tuple[tuple[str, Callable[[re.Match[str], Instant, Meant], Iterator[date]]], ...] = (
    (_ISO, _iso_day),
    (_NAMED, _named_day),
    (_WEEKDAY, _weekday),
    (_DAY_FIRST, _day_of_month),
    (_MONTH_FIRST, _month_and_day),
)


def _elapsed(words: str, now: Instant) -> TypedTime | None:
    """Read `in 2 weeks`, `+1w`, `3 days ago`: minutes and hours give a moment, longer units a day."""
    for pattern, sign in ((_AHEAD, 1), (_AGO, -1)):
        match = re.match(rf"(?:{pattern})(?: (?P<time>.+))?$", words)
        if match:
            return _moved(int(match[1]), _UNITS[match[2]], sign, match["time"], now)
    return None


def _moved(number: int, unit: str, sign: int, typed_clock: str | None, now: Instant) -> TypedTime | None:
    minutes = number * {"minutes": 1, "hours": 60}.get(unit, 0)
    days = number * {"days": 1, "weeks": 7}.get(unit, 0)
    months = number * {"months": 1, "years": 12}.get(unit, 0)
    there = now.plus(Duration(months=months, days=days, minutes=minutes), sign)
    if typed_clock is None:
        return TypedTime(there.day, there if minutes or unit in {"minutes", "hours"} else None)
    clock = _clock(typed_clock)
    return _timed(there.day, clock, now) if clock is not None and not minutes else None


def _clock(words: str) -> time | None:
    """Read `14:30`, `3pm`, `3:30 pm`; None for anything else."""
    match = re.fullmatch(_TIME, words)
    if match is None:
        return None
    hour, minute, half = int(match[1] or match[4]), int(match[2] or 0), match[3] or match[5]
    if half and not 1 <= hour <= _NOON:
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _refusal(words: str) -> NotATime:
    match = re.fullmatch(_TWO_READINGS, words)
    if match is None:
        return NotATime(_half_understood(words), ACCEPTED)
    first, second, year = int(match[1]), int(match[3]), match[4]
    readings = [reading for day, month in ((first, second), (second, first)) if (reading := _reading(day, month, year))]
    if not readings:
        return NotATime("The day or time is not understood.", ACCEPTED)
    if len(set(readings)) == 1:
        return NotATime("A day in figures alone is not understood.", f"Write {readings[0]}.")
    return NotATime(f"`{match[1]}{match[2]}{match[3]}` can mean two days.", f"Write {readings[0]} or {readings[1]}.")


def _half_understood(words: str) -> str:
    """Say which half of what was typed is wrong, where the other one is in the grammar."""
    for pattern, _ in _GRAMMAR:
        match = re.match(rf"(?:{pattern})(?: (?P<time>.+))?$", words)
        if match and match["time"] and _clock(match["time"]) is None:
            return "What stands behind the day is no time of day."
        if match:
            return "There is no such day."
    return "There is no such time of day." if re.fullmatch(_TIME, words) else "The day or time is not understood."


def _reading(day: int, month: int, year: str | None) -> str | None:
    """Say one reading of figures in words; None where there is no such day."""
    try:
        date(2000, month, day)
    except ValueError:
        return None
    full = f" {year if len(year) > 2 else f'20{year}'}" if year else ""  # noqa: PLR2004 — a year of two figures
    return f"{day} {_MONTHS[month - 1][:_ABBREVIATED]}{full}"


def moment_of(typed: TypedTime, now: Instant) -> Instant:
    """Give the moment that was typed; a day without a time counts from its beginning."""
    return typed.moment or Instant.on(typed.day, now.zone)


def end_of(typed: TypedTime, now: Instant) -> Instant:
    """Give the moment that was typed; a day without a time is meant to its end, and today until now."""
    if typed.moment or typed.day == now.day:
        return typed.moment or now
    tomorrow = Instant(datetime.combine(typed.day + timedelta(days=1), time.min), now.zone)
    return tomorrow.after(timedelta(seconds=-1))
