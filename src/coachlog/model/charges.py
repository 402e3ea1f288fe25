"""What a client owes: how each charge arises from what was agreed, when it is due, and what payments leave of it.

Sums are exact decimals, each contract and currency by itself. Days are those of the practice's calendar.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import accumulate, count
from typing import Literal

from coachlog.model.agreements import Agreements
from coachlog.model.attendance import Attendance
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract, Fee, Payment
from coachlog.model.duration import Duration
from coachlog.model.instant import add_months, add_to_day
from coachlog.model.money import Money
from coachlog.model.practice import Practice
from coachlog.model.session import Session

ChargeKind = Literal["package", "session", "month", "hour", "late", "contact"]
MINUTES_AN_HOUR = 60
CENT = Decimal("0.01")
A_MONTH = Duration(months=1, text="1 month")
"""How far the parts of a package lie apart where nobody said it."""


@dataclass(frozen=True)
class Charge:
    """A sum that a client owes under a contract: what it is for, the day it arose, and the day it is due.

    `terms` are the contract's on that day, `record` is the session or contact that it arose from, and `part` says
    which of how many parts of a package it is. A late cancellation or a missed session is of kind `late`.
    """

    contract: Contract
    terms: Contract
    kind: ChargeKind
    day: date
    due: date
    money: Money
    record: Session | Contact | None = None
    part: tuple[int, int] | None = None

    def days_overdue(self, day: date) -> int:
        """Tell for how many days it is overdue on a day; on the day it is due it is not yet."""
        return max((day - self.due).days, 0)


@dataclass(frozen=True)
class Account:
    """The charges of one contract in one currency, in order of date, and what was paid for them, refunds included.

    `ended` is the last day of a contract that was ended.
    """

    currency: str | None
    charges: tuple[Charge, ...]
    payments: tuple[Payment, ...]
    ended: date | None = None

    def charged(self, day: date) -> Decimal:
        """Give the sum of what had arisen by a day."""
        return _sum_by(self._arisen, bisect_right(self.charges, day, key=lambda charge: charge.day))

    def paid(self, day: date) -> Decimal:
        """Give the sum of what had been paid by a day."""
        return _sum_by(self._paid, bisect_right(self.payments, day, key=lambda payment: payment.date))

    def unpaid(self, day: date) -> Iterator[Charge]:
        """Give what payments had not covered by a day, in order of date, each charge with what was left of it.

        A payment covers the oldest charges first, and what is left of it those that arise later. What is refunded
        once the contract was ended is given back for what will not be held: it is taken from what was paid ahead, and
        opens no charge again.
        """
        paid = self._covering(day)
        first = bisect_right(self._arisen, paid)
        arisen = bisect_right(self.charges, day, key=lambda charge: charge.day)
        for place in range(first, arisen):
            charge, left = self.charges[place], self._arisen[place] - paid
            yield charge if left >= charge.money.amount else replace(charge, money=Money(left, charge.money.currency))

    def _covering(self, day: date) -> Decimal:
        """Give how much of what was paid by a day covers charges, or will."""
        paid = Decimal()
        for payment in self.payments[: bisect_right(self.payments, day, key=lambda one: one.date)]:
            amount = payment.amount.amount
            ahead = max(paid - self.charged(payment.date), Decimal())
            paid += max(amount, -ahead) if self.gives_back(payment) else amount
        return paid

    def gives_back(self, payment: Payment) -> bool:
        """Tell whether it is a refund made once the contract was ended."""
        return payment.amount.amount < 0 and self.ended is not None and self.ended <= payment.date

    @cached_property
    def _arisen(self) -> list[Decimal]:
        """The sum of the charges up to each of them."""
        return list(accumulate(one.money.amount for one in self.charges))

    @cached_property
    def _paid(self) -> list[Decimal]:
        return list(accumulate(one.amount.amount for one in self.payments))


def _sum_by(sums: Sequence[Decimal], place: int) -> Decimal:
    return sums[place - 1] if place else Decimal()


class Charges:
    """The charges of one client."""

    def __init__(
        self,
        agreements: Agreements,
        attendance: Attendance,
        contacts: Sequence[Contact],
        practice: Practice,
    ) -> None:
        """Take the contracts and sessions, as questions, and the contacts. Without a currency it is the practice's."""
        self.agreements = agreements
        self.attendance = attendance
        self.practice = practice
        self._charged = tuple(contact for contact in contacts if contact.charged)
        self._accounts: dict[tuple[int, date], tuple[Account, ...]] = {}

    def accounts(self, contract: Contract, until: date) -> tuple[Account, ...]:
        """Give the accounts of a contract with all that arises and is paid up to a day, one for each currency."""
        key = (id(contract.origin), until)
        if key not in self._accounts:
            self._accounts[key] = tuple(self._by_currency(contract, until))
        return self._accounts[key]

    def _by_currency(self, contract: Contract, until: date) -> Iterator[Account]:
        charges = self.arisen(contract, until)
        payments = sorted((one for one in contract.payments if one.date <= until), key=lambda one: one.date)
        sums = (*(one.money for one in charges), *(one.amount for one in payments))
        own = self.practice.currency or next((money.currency for money in sums if money.currency), None)
        for currency in dict.fromkeys(money.currency or own for money in sums):
            yield Account(
                currency,
                tuple(_in(one, currency) for one in charges if (one.money.currency or own) == currency),
                tuple(one for one in payments if (one.amount.currency or own) == currency),
                contract.ended.date if contract.ended else None,
            )

    def arisen(self, contract: Contract, until: date) -> tuple[Charge, ...]:
        """Give the charges of an agreed contract that arise up to a day, in order of date."""
        found = (*self._of_fee(contract, until), *self._of_sessions(contract), *self._of_contacts(contract))
        arisen = (one for one in found if one.day <= until and one.money.amount > 0)
        return tuple(sorted(arisen, key=lambda charge: charge.day))

    def _of_fee(self, contract: Contract, until: date) -> Iterator[Charge]:
        """Give what arises without anybody meeting: a package, or its parts, and each month in force."""
        begins = contract.first_day
        if not contract.in_force(begins):
            return
        fee = _fee(contract.terms(begins), "package")
        if fee and fee.amount:
            yield from self._parts(contract, begins, fee, fee.amount)
        for months in count():
            day = add_months(begins, months)
            if day > until:
                return
            monthly = _fee(contract.terms(day), "month")
            if monthly and monthly.amount and contract.in_force(day):
                yield self._charge(contract, "month", day, monthly.amount)

    def _parts(self, contract: Contract, begins: date, fee: Fee, whole: Money) -> Iterator[Charge]:
        """Give a package, or its equal parts; what can't be parted to the cent is in the last."""
        parts = fee.parts or 1
        part = (whole.amount / parts).quantize(_unit(whole), ROUND_DOWN) if parts > 1 else whole.amount
        for number in range(1, parts + 1):
            amount = part if number < parts else whole.amount - part * (parts - 1)
            day = add_to_day(begins, _times(fee.every or A_MONTH, number - 1))
            charge = self._charge(contract, "package", day, Money(amount, whole.currency))
            terms = contract.terms(begins)
            due = self._due(day, terms)
            yield replace(charge, terms=terms, due=due, part=(number, parts) if parts > 1 else None)

    def _of_sessions(self, contract: Contract) -> Iterator[Charge]:
        """Give what the sessions of a contract cost; one that is given away costs nothing."""
        for session in self.attendance.of(contract):
            terms = contract.terms(session.day)
            kind, money = self._price(session, terms)
            if kind and money and not session.pro_bono:
                yield replace(self._charge(contract, kind, session.day, money), record=session)

    def _price(self, session: Session, terms: Contract) -> tuple[ChargeKind | None, Money | None]:
        """Give what a session costs by the terms of its day: the late fee in place of its own."""
        by_session, by_hour = _fee(terms, "session"), _fee(terms, "hour")
        if (session.is_cancelled or session.is_missed) and session.charge == "fee":
            late = terms.cancellation.late_fee if terms.cancellation else None
            planned = self.attendance.planned_length(session).total_minutes
            own = by_session.amount if by_session else _for_minutes(by_hour, planned)
            return "late", late or own
        if by_session and session.counted:
            return "session", by_session.amount
        if by_hour and session.is_held and session.kind != "chemistry":
            planned = self.attendance.planned_length(session).total_minutes
            return "hour", _for_minutes(by_hour, planned if session.minutes is None else session.minutes)
        return None, None

    def _of_contacts(self, contract: Contract) -> Iterator[Charge]:
        for contact in self._charged:
            on_day = self.agreements.on(contact.day)
            if contact.charged and on_day and on_day.origin is contract.origin:
                yield replace(self._charge(contract, "contact", contact.day, contact.charged), record=contact)

    def _charge(self, contract: Contract, kind: ChargeKind, day: date, money: Money) -> Charge:
        terms = contract.terms(day)
        return Charge(contract, terms, kind, day, self._due(day, terms), money)

    def _due(self, day: date, terms: Contract) -> date:
        """Give the day by which a charge is to be paid; a working day is one on which the contact hours open."""
        span = terms.fee.due if terms.fee else None
        if span is None:
            return day
        hours = self.practice.hours_under(terms)
        opens = hours.working_day(day, span.working_days) if hours and span.working_days else None
        return add_to_day(opens, replace(span, working_days=0)) if opens else add_to_day(day, span)


def _in(charge: Charge, currency: str | None) -> Charge:
    return replace(charge, money=Money(charge.money.amount, currency))


def _fee(terms: Contract, per: str) -> Fee | None:
    """Give the fee of some terms where it is one for that; none is asked for under a contract that is pro bono."""
    return terms.fee if terms.fee and terms.fee.per == per and not terms.pro_bono else None


def _for_minutes(fee: Fee | None, minutes: int) -> Money | None:
    """Give the price of some minutes by the hour, to the cent."""
    if fee is None or fee.amount is None:
        return None
    exact = fee.amount.amount * minutes / MINUTES_AN_HOUR
    return Money(exact.quantize(_unit(fee.amount), ROUND_HALF_UP), fee.amount.currency)


def _unit(money: Money) -> Decimal:
    """Give the smallest part that sums are reckoned in: a cent, or what the coach wrote where that is finer."""
    return min(CENT, Decimal(1).scaleb(int(money.amount.as_tuple().exponent)))


def _times(span: Duration, number: int) -> Duration:
    return Duration(span.months * number, span.days * number, span.working_days * number, span.minutes * number)


def totals(charges: Sequence[Charge]) -> Mapping[str | None, Decimal]:
    """Sum charges up, currency by currency, in the order in which they come."""
    sums: dict[str | None, Decimal] = {}
    for charge in charges:
        currency = charge.money.currency
        sums[currency] = sums.get(currency, Decimal()) + charge.money.amount
    return sums
