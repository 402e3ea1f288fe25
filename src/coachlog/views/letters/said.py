"""Days, moments, spans and hours as a letter says them: in full, and by the client's clock where it differs."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from coachlog.model.duration import Duration
from coachlog.model.fields import Expected
from coachlog.model.instant import Instant
from coachlog.model.money import Money
from coachlog.model.practice import read_zone
from coachlog.model.words import listed, money_words

Fact = str | int | bool | None | list["Fact"] | dict[str, "Fact"]
"""What a template is handed: plain values, through which nothing else can be reached."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNITS = {"min": "minutes", "minutes": "minutes", "h": "hours", "hours": "hours", "hour": "hours", "minute": "minutes"}
_PART = re.compile(r"(\d+)\s*(min|minutes?|h|hours?|working days?|days?|weeks?|months?|years?)\b")
_SHORT_DAYS = {name[:2]: name for name in WEEKDAYS}
_DAYS = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:[-,](?:Mo|Tu|We|Th|Fr|Sa|Su))*"
_TIMES = r"\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*"
_HOURS = re.compile(rf"({_DAYS}) ({_TIMES})")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MEDIA = {"text": "text message", "message": "message", "in-person": "meeting in person"}


def one_line(text: str | None) -> str:
    """Give the coach's own words on one line; nothing for nothing."""
    return " ".join((text or "").split())


def day_said(day: date) -> str:
    """Say a day in full: `Wednesday 4 March 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def day_facts(name: str, day: date | None) -> dict[str, Fact]:
    """Give a day under a name, in words, and under the name with `_iso` for those who write it differently."""
    return {name: day_said(day) if day else "", f"{name}_iso": day.isoformat() if day else ""}


def span_said(span: Duration | None) -> str:
    """Say an agreed time in full: `60 minutes`, `2 working days`; nothing where none was agreed."""
    if span is None:
        return ""
    return " ".join(_counted(int(number), unit) for number, unit in _PART.findall(str(span)))


def _counted(number: int, unit: str) -> str:
    whole = _UNITS.get(unit, unit if unit.endswith("s") else f"{unit}s")
    return f"{number} {whole.removesuffix('s') if number == 1 else whole}"


def every_said(span: Duration | None) -> str:
    """Say how far apart: `every week`, `every 2 weeks`; nothing where it was not agreed."""
    return f"every {span_said(span).removeprefix('1 ')}" if span else ""


def sum_said(money: Money | None, currency: str | None) -> str:
    """Say a sum, in the practice's currency where it names none; nothing where there is none."""
    return money_words(money.amount, money.currency or currency) if money else ""


def number_said(number: int) -> str:
    """Say a small number in a word."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def times_said(number: int) -> str:
    """Say how often: `once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def any_of(words: Iterable[str]) -> str:
    """Join words as a choice: `video or phone`."""
    several = list(words)
    return f"{', '.join(several[:-1])} or {several[-1]}" if len(several) > 1 else "".join(several)


def all_of(words: Iterable[str]) -> str:
    """Join words as a sentence does: `video and phone`; nothing for none."""
    several = list(words)
    return listed(several) if several else ""


def medium_said(medium: str) -> str:
    """Say a medium as one says it to a client."""
    return MEDIA.get(medium, medium.replace("-", " "))


def by_medium(medium: str) -> str:
    """Say by what two people meet or write: `by video`, `in person`."""
    return "in person" if medium == "in-person" else f"by {medium_said(medium)}"


def zone_of(text: str | None) -> ZoneInfo | None:
    """Give a client's time zone; None where there is none, or none of that name."""
    try:
        return read_zone(text) if text else None
    except Expected:
        return None


def place_of(zone: ZoneInfo) -> str:
    """Name a time zone by its place: `New York`."""
    return zone.key.rpartition("/")[2].replace("_", " ")


def moment_facts(moment: Instant, theirs: ZoneInfo | None) -> dict[str, Fact]:
    """Give a moment in words: by the practice's clock, and by the client's where the two differ then."""
    return {
        "day": day_said(moment.day),
        "time": f"{moment.wall:%H:%M}",
        "iso": moment.aware.isoformat(timespec="minutes"),
        "when": moment_said(moment, theirs),
    }


def moment_said(moment: Instant, theirs: ZoneInfo | None) -> str:
    """Say a moment: `Wednesday 4 March 2026 at 15:00`, and what the client's own clock shows where it differs."""
    said = f"{day_said(moment.day)} at {moment.wall:%H:%M}"
    local = Instant(moment.utc, theirs) if theirs else moment
    if local.wall == moment.wall:
        return said
    day = "" if local.day == moment.day else f"{day_said(local.day)} at "
    return f"{said} {place_of(moment.zone)} time ({day}{local.wall:%H:%M} in {place_of(local.zone)})"


def hours_said(expression: object) -> str:
    """Say hours as one says them: `Monday to Friday, 09:00 to 17:00`; as they were written where they are intricate."""
    text = " ".join(str(expression).split()) if expression else ""
    rules = [one.strip() for one in text.split(";") if one.strip()]
    open_rules = [one for one in rules if one != "PH off"]
    read = [match for one in open_rules if (match := _HOURS.fullmatch(one))]
    if not open_rules or len(read) != len(open_rules):
        return text
    said = all_of(f"{_days_said(days)}, {_times_said(times)}" for days, times in (one.groups() for one in read))
    return said if len(open_rules) == len(rules) else f"{said}, except on public holidays"


def _days_said(days: str) -> str:
    spans = (one.split("-") for one in days.split(","))
    return all_of(" to ".join(_SHORT_DAYS[day] for day in span) for span in spans)


def _times_said(times: str) -> str:
    return all_of(one.replace("-", " to ") for one in times.split(","))


def without_the_empty(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Leave out what holds nothing."""
    return {name: value for name, value in facts.items() if value}
