"""Money and rates: exact decimals with a currency, never a float."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Self

_MONEY = re.compile(r"(-?[0-9]{1,12}(?:\.[0-9]{1,4})?)(?:\s*([A-Z]{3}))?")
_RATE = re.compile(r"(.+?)\s+per\s+(h|hour)")
_FREQUENCY = re.compile(r"([0-9]{1,4})\s+per\s+(week|month)")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount such as `900 GBP` or `75`; without a currency it is the practice's. A refund is negative."""

    amount: Decimal
    currency: str | None = None
    text: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read digits, a point and a currency code; None for anything else."""
        match = _MONEY.fullmatch(text)
        return cls(Decimal(match[1]), match[2], text) if match else None

    def __str__(self) -> str:
        """As it was written."""
        return self.text or f"{self.amount} {self.currency or ''}".strip()


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """What an hour of contact costs: `60 GBP per h`."""

    money: Money
    text: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read an amount `per h`; None for anything else."""
        match = _RATE.fullmatch(text)
        money = Money.parse(match[1]) if match else None
        return cls(money, text) if money else None


@dataclass(frozen=True, slots=True)
class Frequency:
    """How many in a calendar week (from Monday) or month: `2 per week`."""

    times: int
    period: Literal["week", "month"]
    text: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a number `per week` or `per month`; None for anything else."""
        match = _FREQUENCY.fullmatch(text)
        if match is None:
            return None
        return cls(int(match[1]), "week" if match[2] == "week" else "month", text)
