"""Public holidays, for a whole country or a part of it, from the holidays package alone."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module


@cache
def holidays_of(country: str) -> Mapping[object, str]:
    """Give the public holidays of `GB` or `GB-ENG`; raises LookupError for a country or part that isn't known.

    The package is imported here because it costs 100 ms, and only a practice that names a country needs it.
    """
    code, dash, part = country.partition("-")
    if dash and not part:
        raise LookupError(country)
    try:
        calendar: Mapping[object, str] = import_module("holidays").country_holidays(code, subdiv=part or None)
    except NotImplementedError:
        raise LookupError(country) from None
    return calendar


class Holidays:
    """The public holidays of a practice; its country's calendar is opened when somebody first asks."""

    def __init__(self, country: str | None) -> None:
        """Take a code such as `GB` or `GB-ENG`; None has no holidays."""
        self.country = country

    def __contains__(self, day: object) -> bool:
        """Tell whether a day is a public holiday."""
        return self.country is not None and day in holidays_of(self.country)

    def name(self, day: date) -> str | None:
        """Say which public holiday a day is; None where it is none."""
        return holidays_of(self.country).get(day) if self.country is not None else None
