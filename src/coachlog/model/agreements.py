"""All that was agreed with one client over time: which contract is in force on a day, and which came before."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from coachlog.model.contract import Contract, Ending, FollowUp, Pause


class Overlap(NamedTuple):
    """An earlier contract in force on the same days: the first day of those asked for, and the last (None: open)."""

    earlier: Contract
    first: date
    last: date | None


class Agreements:
    """The contracts of one client."""

    def __init__(self, contracts: Sequence[Contract]) -> None:
        """Take the contracts in the order of the file."""
        self.contracts = tuple(contracts)
        self._in_force: dict[date, Contract | None] = {}
        self._terms: dict[date, Contract | None] = {}

    @cached_property
    def agreed(self) -> tuple[Contract, ...]:
        """The contracts that count, in the order in which they were agreed; a draft is none."""
        counting = [contract for contract in self.contracts if contract.agreed]
        return tuple(sorted(counting, key=lambda contract: contract.agreed or date.max))

    def named(self, name: str | None) -> Contract | None:
        """Give the first contract with an id."""
        return next((contract for contract in self.contracts if name and contract.id == name), None)

    def on(self, day: date) -> Contract | None:
        """Give the contract in force on a day; of two, the later agreed, and of those the later in the file."""
        if day not in self._in_force:
            in_force = (contract for contract in reversed(self.agreed) if contract.in_force(day))
            self._in_force[day] = next(in_force, None)
        return self._in_force[day]

    def terms_on(self, day: date) -> Contract | None:
        """Give the contract in force on a day with what had been amended by then."""
        if day not in self._terms:
            contract = self.on(day)
            self._terms[day] = contract and contract.terms(day)
        return self._terms[day]

    def last_over(self, day: date) -> Contract | None:
        """Give the contract that had ended or run out last before a day."""
        over = [contract for contract in reversed(self.agreed) if contract.over(day)]
        return max(over, key=lambda contract: contract.last_day(day) or date.min) if over else None

    def ended_by(self, day: date) -> Iterator[tuple[Contract, Ending]]:
        """Give each agreed contract that was ended on a day or before it, with its ending."""
        for contract in self.contracts:
            if contract.agreed and contract.ended and contract.ended.date <= day:
                yield contract, contract.ended

    def agreed_ahead(self, day: date) -> Contract | None:
        """Give a contract that was agreed by a day and begins later."""
        known = (contract for contract in self.agreed if contract.agreed and contract.agreed <= day)
        ahead = (contract for contract in known if not contract.finished(day))
        return next((contract for contract in ahead if (contract.begins(day) or day) > day), None)

    def all_over(self, day: date) -> bool:
        """Tell whether the client's last contract has ended or run out: one has, and none is in force or to come."""
        return bool(self.last_over(day)) and not self.on(day) and not self.agreed_ahead(day)

    def standing(self, day: date) -> Iterator[tuple[Contract, Contract]]:
        """Give each agreed contract that has neither ended nor run out by a day, with its terms.

        The terms are those of that day, or of the contract's first day where that is still to come.
        """
        for contract in self.contracts:
            begins = contract.begins(day)
            if begins and not contract.finished(day):
                yield contract, contract.terms(max(day, begins))

    def overlaps(self, later: Contract, day: date) -> Iterator[Overlap]:
        """Give each contract agreed before another that is in force beside it on a day or later.

        Both are read by the terms of that day. Of two agreed on one day, the earlier in the file comes before.
        """
        for earlier in takewhile(lambda one: one is not later, self.agreed):
            first = max(day, earlier.begins(day) or date.max, later.begins(day) or date.max)
            last = min((end for one in (earlier, later) if (end := one.last_day(day))), default=None)
            if last is None or first <= last:
                yield Overlap(earlier, first, last)

    def paused(self, day: date) -> Pause | None:
        """Give the pause or hold of the contract in force that covers a day."""
        contract = self.on(day)
        return contract.paused(day) if contract else None

    def any_pause_covers(self, day: date) -> bool:
        """Tell whether a pause or hold of any contract covers a day."""
        return any(contract.paused(day) for contract in self.contracts)

    def renewed_by(self, contract: Contract) -> tuple[Contract, ...]:
        """Give the chain of contracts that a contract renews, from itself back to the first."""
        chain = [contract]
        while (before := self.named(chain[-1].renews)) and before not in chain:
            chain.append(before)
        return tuple(chain)

    def follow_up(self, name: str, day: date) -> FollowUp | None:
        """Give a contracted follow-up by its id: of the contract in force on a day, else of another contract."""
        current = self.on(day)
        contracts = (*((current,) if current else ()), *self.contracts)
        contracted = (follow_up for contract in contracts for follow_up in contract.terms(day).follow_up)
        return next((follow_up for follow_up in contracted if follow_up.id == name), None)
