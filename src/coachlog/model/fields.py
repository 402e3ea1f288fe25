"""The types of a journal's values: each reads the text that a coach wrote, or says what was expected instead.

Every value arrives as text; the field decides what it means. So `no` is a truth value in a yes/no field and plain
text everywhere else. What is expected is written for the coach: it is printed behind the file and the line.
"""

import re
from collections.abc import Callable
from datetime import date, time
from functools import partial
from typing import Annotated, Any, Self, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_plain_validator_function, with_info_plain_validator_function

from coachlog.model.duration import Duration
from coachlog.model.hours import HoursExpression, NotHours
from coachlog.model.instant import Instant, parse_day
from coachlog.model.money import HourlyRate, Money

ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,39}")
READ_AS_NUMBER = re.compile(
    r"[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
)
"""What some YAML tool reads as a number or a date; such an id would change when a file passes through it."""
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_WHOLE = re.compile(r"[0-9]{1,6}")
_WORD = re.compile(r"[a-z0-9-]{1,40}")
_YES = frozenset({"yes", "true", "on", "y"})
_NO = frozenset({"no", "false", "off", "n"})


class Expected(PydanticCustomError):
    """A value is not what its field holds; the message goes on after "expected"."""

    def __new__(cls, what: str) -> Self:
        """Say what was expected, in the coach's words."""
        return super().__new__(cls, "expected", "{what}", {"what": what})


class Reading:
    """A mark on a field's type: by which function its text is read. What that gives is taken as it is.

    pydantic's own marks build a form of the type, too, which looks at each value again: of some two hundred fields that
    took as long as a bare Python takes to start.
    """

    def __init__(self, read: Callable[..., object]) -> None:
        """Take the function; it raises Expected."""
        self._read = read

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """Say to pydantic how the field is read."""
        return no_info_plain_validator_function(self._read)


class ReadingInZone(Reading):
    """Likewise, by a function that is also told the practice's time zone."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """Say to pydantic how the field is read, and that the zone matters."""
        return with_info_plain_validator_function(self._read)


def _read(parse: Callable[[str], object | None], expected: str, value: object) -> object:
    """Turn a text into a value, or say what was expected; a value that was already read passes."""
    if isinstance(value, str):
        parsed = parse(value)
        if parsed is not None:
            return parsed
    elif value is not None and not isinstance(value, (dict, list)):
        return value
    raise Expected(expected)


def _reads(parse: Callable[[str], object | None], expected: str) -> Reading:
    return Reading(partial(_read, parse, expected))


def _yes_no(text: str) -> bool | None:
    word = text.lower()
    return True if word in _YES else False if word in _NO else None


def _time_spent(text: str) -> Duration | None:
    found = Duration.parse(text)
    return None if found is None or found.months or found.days or found.working_days else found


def _whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def _count(text: str) -> int | None:
    return _whole(text) or None


def _rating(text: str) -> int | None:
    return int(text) if text in {"0", "1", "2", "3"} else None


def _clock(text: str) -> time | None:
    match = _CLOCK.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:  # noqa: PLR2004 — a clock's own numbers
        return None
    return time(int(match[1]), int(match[2]))


def _id(text: str) -> str | None:
    digits_joined = text.replace("_", "")  # YAML 1.1 reads 1_000 as a thousand
    return text if ID.fullmatch(text) and not READ_AS_NUMBER.fullmatch(digits_joined) else None


def _word(text: str) -> str | None:
    return text if _WORD.fullmatch(text) else None


def _instant(value: object, info: ValidationInfo) -> object:
    zone = (info.context or {})["zone"]  # that of the practice, from whoever reads the journal
    return _read(partial(Instant.parse, zone=zone), "expected a day and a time, such as 2026-03-04 15:00", value)


def _day_or_instant(value: object, info: ValidationInfo) -> object:
    if isinstance(value, str) and (day := parse_day(value)):
        return day
    return _instant(value, info)


def _hours(value: object) -> object:
    if not isinstance(value, str):
        raise Expected(_HOURS_EXPECTED)
    try:
        return HoursExpression(value)
    except NotHours as problem:
        what = f"{_HOURS_EXPECTED} ({problem})"
        raise Expected(what) from None


def _one_or_several(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _text(value: object) -> object:
    if isinstance(value, str):
        return value
    raise Expected(_TEXT_EXPECTED)


_HOURS_EXPECTED = "expected opening hours, such as Mo-Fr 09:00-17:00; PH off"
_TEXT_EXPECTED = "expected text; if it holds a comma, a colon or a bracket, put it in double quotes"
_ID_EXPECTED = (
    "expected an id: letters, digits, -, _ and . (40 at most) that no tool reads as a number or a date, such as a7kqw"
)

Text = Annotated[str, Reading(_text)]
"""Any Unicode text, one line or several; what it says is never printed in an error."""
Id = Annotated[str, _reads(_id, _ID_EXPECTED)]
"""The id of a record in its list."""
Reference = Annotated[str, Reading(_text)]
"""The id of another record; whether that is there is asked by JRN104."""
Word = Annotated[str, _reads(_word, "expected one word of a-z, 0-9 and -")]
"""A word of the practice's own: a medium, a topic that sponsors are told about."""
Words = Annotated[tuple[Text, ...], BeforeValidator(_one_or_several)]
"""A word or a list of words."""
References = Annotated[tuple[Reference, ...], BeforeValidator(_one_or_several)]
"""The id of another record, or a list of them."""
YesNo = Annotated[bool, _reads(_yes_no, "expected yes or no")]
"""A truth value; the words of YAML 1.1 are read as the coach means them."""
Whole = Annotated[int, _reads(_whole, "expected a whole number")]
"""A whole number from 0 on: minutes, hours, people."""
Count = Annotated[int, _reads(_count, "expected a whole number of at least 1")]
"""A whole number from 1 on: how many were agreed."""
Rating = Annotated[int, _reads(_rating, "expected a rating from 0 to 3")]
"""How it went: 0 not at all, 3 fully."""
Day = Annotated[date, _reads(parse_day, "expected a day that exists, such as 2026-03-04, without a time")]
"""A plain day on the practice's calendar; never an instant."""
ClockTime = Annotated[time, _reads(_clock, "expected a time of day, such as 18:00")]
"""A time of day on the practice's wall clock."""
Moment = Annotated[Instant, Field(json_schema_extra={"format": "instant"}), ReadingInZone(_instant)]
"""An instant: the wall clock of the practice's zone unless it has an offset."""
DayOrMoment = Annotated[date | Instant, ReadingInZone(_day_or_instant)]
"""A plain day or an instant, whichever the coach noted."""
Span = Annotated[
    Duration, _reads(Duration.parse, "expected a duration, such as 60 min, 24 h, 2 weeks or 2 working days")
]
"""A duration, kept as it was written and compared by value."""
TimeSpent = Annotated[Duration, _reads(_time_spent, "expected hours or minutes, such as 35 h")]
"""A duration that is summed up from sessions, so one of hours and minutes alone."""
Amount = Annotated[Money, _reads(Money.parse, "expected an amount, such as 900 GBP or 12.50 EUR")]
"""Money: exact decimals; without a currency it is the practice's."""
PerHour = Annotated[HourlyRate, _reads(HourlyRate.parse, "expected a rate, such as 60 GBP per h")]
"""What an hour costs."""
Hours = Annotated[HoursExpression, Reading(_hours)]
"""When the practice can be reached, in the opening_hours syntax of OpenStreetMap."""

Raw: TypeAlias = Any
"""A value that another floor reads: rule settings, which the rule book knows and the model does not."""
