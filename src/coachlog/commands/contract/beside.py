"""A contract that is to count while another one does; that is said first, for renewing is mostly what is meant."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from coachlog.commands.desk.asking_for import ask, can_ask, yes_or_no
from coachlog.commands.desk.boundaries import PlanRefused, waiver
from coachlog.commands.desk.desk import Desk
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.instant import parse_day
from coachlog.model.words import contract_words, day_words, listed
from coachlog.store.emit import Value

RULE = "overlapping-contracts"
"""What says so afterwards (CON112)."""


class Days(NamedTuple):
    """From when to when a contract is in force; None: a draft, which is not in force, and no last day."""

    first: date | None
    last: date | None


class Beside(NamedTuple):
    """The days on which a contract is to count, and the other contracts of the client; `renewed` ends before it."""

    desk: Desk
    file: ClientFile
    days: Days
    renewed: str | None = None

    def others(self) -> Iterator[Contract]:
        """Give the contracts that are in force today or later, on a day of the new one; for a draft, today."""
        today = self.desk.now.day
        first = max(today, self.days.first or today)
        last = self.days.last if self.days.first else today
        for contract, terms in self.file.agreements.standing(today):
            begins, ends = terms.begins(max(today, contract.first_day)) or today, contract.last_day(first)
            if contract.id and contract.id == self.renewed:
                continue
            if (last is None or begins <= last) and (ends is None or first <= ends):
                yield contract

    def settled(self, *, anyway: bool, waive: str | None) -> dict[str, Value]:
        """Give the waiver for a contract that is to count beside another one, where the coach says why; else nothing.

        Raises PlanRefused where another one counts and nobody says that both shall, WrongCall where somebody says no.
        """
        others = list(self.others())
        if not others or anyway:
            return {}
        renew, told = f"coachlog contract renew {self.file.code}", self._told(others)
        if self.days.first is None:
            self.desk.remarks.append(f"{told}. To follow on from it: {renew}.")
        elif waive is not None:
            return waiver(RULE, waive, self.desk.now)
        elif not can_ask(self.desk.wishes):
            what = f"Not planned: {told}, and two contracts would count at once (CON112 {RULE})."
            raise PlanRefused(what, f"To follow on from it: {renew}. To have both: --anyway, or --waive REASON.")
        elif not ask(self.desk.wishes, f"{told}. Shall both count (yes, no)", "--anyway", yes_or_no, "no"):
            what = "Nothing was written."
            raise WrongCall(what, f"To follow on from it: {renew}.")
        return {}

    def _told(self, contracts: Sequence[Contract]) -> str:
        """Say which contracts are in force, and until when."""
        today, first = self.desk.now.day, self.days.first
        words = []
        for one in contracts:
            last = one.last_day(today)
            words.append(f"{contract_words(one)} ({one.label}{f', until {day_words(last)}' if last else ''})")
        named = listed(words)
        then = " then" if first and first > today else ""
        return f"{named[:1].upper()}{named[1:]} {'is' if len(words) == 1 else 'are'} in force{then}"


def days_of(agreed: date | None, terms: Mapping[str, Value]) -> Days:
    """Say from when to when a contract counts with such terms, once it is agreed."""
    starts, ends = (parse_day(str(terms.get(name, ""))) for name in ("starts", "ends"))
    return Days(max(agreed, starts or agreed) if agreed else None, ends)
