"""Days, moments and spans as a message says them: with the weekday, so that a misread date is seen at once."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from coachlog.model.instant import Instant

if TYPE_CHECKING:  # a warm command says days without needing any record
    from coachlog.model.contract import Contract

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TEENS = range(11, 14)
_HOURS_UNTIL_DAYS = 72
"""Up to three days are told in hours: "31 h" is compared with "24 h" at a glance."""


def day_words(day: date) -> str:
    """Say a day: `Wed 4 Mar 2026`. Never by the locale: the same journal reads the same everywhere."""
    return f"{_WEEKDAYS[day.weekday()]} {short_day(day)}"


def short_day(day: date) -> str:
    """Say a day without its weekday: `4 Mar 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: Instant) -> str:
    """Say a moment on the practice's wall clock: `Wed 4 Mar 2026 22:10`."""
    return f"{day_words(moment.day)} {moment.wall:%H:%M}"


def value_words(value: object) -> str:
    """Say what a field holds: a day, a moment, a time of day (`09:30`), yes or no; anything else as it is written."""
    if isinstance(value, Instant):
        return moment_words(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def span_words(span: timedelta) -> str:
    """Say an elapsed time: `31 h`, `1 h 5 min`, `4 days`."""
    minutes = int(span.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if hours >= _HOURS_UNTIL_DAYS:
        return counted(hours // 24, "day")
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def money_words(amount: Decimal, currency: str | None) -> str:
    """Say a sum, with its cents where it has any: `900 GBP`, `12.50 EUR`."""
    whole = amount == amount.to_integral_value()
    digits = 0 if whole else max(2, -int(amount.normalize().as_tuple().exponent))
    return f"{amount:.{digits}f} {currency or ''}".strip()


def counted(number: int, noun: str, plural: str = "") -> str:
    """Say how many: `1 session`, `6 sessions`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def ordinal(number: int) -> str:
    """Say a place in a row: `7th`."""
    ending = "th" if number % 100 in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def contract_words(contract: "Contract") -> str:
    """Name a contract by the day on which it was agreed: `the contract of 12 Jan 2026`."""
    return f"the contract of {short_day(contract.agreed)}" if contract.agreed else "the draft contract"


def listed(words: list[str]) -> str:
    """Join words as a sentence does: `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def ago_words(moment: Instant, now: Instant) -> str:
    """Say how far a moment lies from now: `3 days ago`, `in 2 h`, `now`."""
    days = (moment.day - now.day).days
    if abs(days) > 1:
        return f"in {counted(days, 'day')}" if days > 0 else f"{counted(-days, 'day')} ago"
    span = span_words(abs(moment - now))
    if span == "0 min":
        return "now"
    return f"in {span}" if moment > now else f"{span} ago"
