"""What a client owes, as an invoice and a payment reminder say it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from coachlog.model.charges import Charge, totals
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.session import Session
from coachlog.model.words import counted, money_words
from coachlog.views.letters.said import Fact, all_of, day_facts, day_said, medium_said


def money_facts(file: ClientFile, contract: Contract | None, today: date, *, itemised: bool) -> dict[str, Fact]:
    """Give what is unpaid: each charge with its day, the sums, and what of it is overdue.

    It is asked of one contract, or of all. Where single sessions may not be named, one line stands for all of them.
    """
    unpaid = list(unpaid_of(file, contract, today))
    overdue = [one for one in unpaid if one.due < today]
    return {
        "charges": [_line(file, one) for one in unpaid] if itemised else list(_together(unpaid)),
        "total": _sum(unpaid),
        "overdue": [_line(file, one) for one in overdue] if itemised else list(_together(overdue)),
        "overdue_total": _sum(overdue),
        **day_facts("overdue_since", min((one.due for one in overdue), default=None)),
    }


def unpaid_of(file: ClientFile, contract: Contract | None, today: date) -> Iterator[Charge]:
    """Give the charges that payments have not covered, in order of date."""
    contracts = (contract,) if contract else file.agreements.agreed
    accounts = (account for one in contracts for account in file.charges.accounts(one, today))
    yield from sorted((one for account in accounts for one in account.unpaid(today)), key=lambda one: one.day)


def _sum(charges: list[Charge]) -> str:
    sums = totals(charges)
    return all_of(_sum_words(amount, currency) for currency, amount in sums.items())


def _sum_words(amount: Decimal, currency: str | None) -> str:
    return money_words(amount, currency)


def _line(file: ClientFile, charge: Charge) -> dict[str, Fact]:
    whole = _whole(file, charge)
    left = f", what is left of {_sum_words(whole, charge.money.currency)}" if whole > charge.money.amount else ""
    return {
        "what": f"{_what(charge)}{left}",
        "amount": _sum_words(charge.money.amount, charge.money.currency),
        **day_facts("day", charge.day),
        **day_facts("due", charge.due),
    }


def _whole(file: ClientFile, charge: Charge) -> Decimal:
    """Give what a charge was before a payment covered part of it."""
    accounts = file.charges.accounts(charge.contract, charge.day)
    same = (one for account in accounts for one in account.charges if _key(one) == _key(charge))
    return max((one.money.amount for one in same), default=charge.money.amount)


def _key(charge: Charge) -> tuple[object, ...]:
    return charge.kind, charge.day, id(charge.record), charge.part, charge.money.currency


def _together(charges: list[Charge]) -> Iterator[dict[str, Fact]]:
    """Say in one line for each currency what is owed, without a word of single sessions."""
    for currency, amount in totals(charges).items():
        own = [one for one in charges if one.money.currency == currency]
        last, due = max(one.day for one in own), max(one.due for one in own)
        what = f"Coaching up to {day_said(last)}"
        yield {"what": what, "amount": _sum_words(amount, currency), **day_facts("day", last), **day_facts("due", due)}


def _what(charge: Charge) -> str:
    """Say what a charge is for."""
    if charge.kind == "package":
        number = charge.terms.sessions
        whole = f"Coaching, {counted(number, 'session')}" if number else "Coaching"
        return f"{whole}, part {charge.part[0]} of {charge.part[1]}" if charge.part else whole
    if charge.kind == "month":
        return f"Coaching, the month from {day_said(charge.day)}"
    record = charge.record
    if isinstance(record, Session):
        noun = {"late": "Session cancelled late or missed", "hour": "Coaching"}.get(charge.kind, "Coaching session")
        return f"{noun}, {day_said(record.day)}"
    by = f" by {medium_said(record.via)}" if record else ""
    return f"Coaching between sessions{by}, {day_said(charge.day)}"
