"""Charges: how they arise from a fee, when they are due, and what payments leave of them."""

from collections.abc import Callable
from datetime import date

import pytest

from coachlog.model.client_file import ClientFile

Read = Callable[..., ClientFile]

SESSIONS = """
sessions:
  - {id: s1, at: 2026-01-19 15:00, status: held, minutes: 50}
  - {id: s2, at: 2026-02-02 15:00, status: held, kind: three-way}
  - {id: s3, at: 2026-02-16 15:00, status: no-show, cancelled: {charge: counts}}
  - {id: s4, at: 2026-03-02 15:00, status: cancelled, cancelled: {at: 2026-03-02 09:00, by: client, charge: fee}}
  - {id: s5, at: 2026-03-09 15:00, status: held, pro_bono: yes}
"""
CONTACTS = "contacts: [{id: c1, at: 2026-02-20 10:00, from: coach, via: phone, charged: 12.50 EUR}]\n"


@pytest.mark.parametrize(
    ("fee", "charges"),
    [
        ("amount: 900, per: package, due: 14 days", ["package 01-12 01-26 900"]),
        (
            "amount: 100, per: package, parts: 3, every: 1 month",
            ["package 01-12 01-12 33.33", "package 02-12 02-12 33.33", "package 03-12 03-12 33.34"],
        ),
        ("amount: 80, per: session", ["session 01-19 01-19 80", "session 02-16 02-16 80", "late 03-02 03-02 80"]),
        ("amount: 80, per: hour", ["hour 01-19 01-19 66.67", "hour 02-02 02-02 80.00", "late 03-02 03-02 80.00"]),
        ("amount: 150, per: month, due: 1 week", [f"month 0{month}-12 0{month}-19 150" for month in (1, 2, 3)]),
        ("amount: 80", []),
    ],
)
def test_charges_arise_as_the_fee_says(read_jane: Read, fee: str, charges: list[str]) -> None:
    """Once, by session, by the hour or by the month; a late cancellation costs what a session costs, else nothing."""
    contract = f"contracts: [{{id: a, agreed: 2026-01-12, ends: 2026-03-31, fee: {{{fee}}}}}]\n"
    file = read_jane(contract=contract, sessions=SESSIONS)
    arisen = file.charges.arisen(file.contracts[0], date(2026, 4, 30))
    told = [f"{one.kind} {one.day:%m-%d} {one.due:%m-%d} {one.money.amount}" for one in arisen]
    assert told == charges


@pytest.mark.parametrize(
    ("day", "charged", "paid", "unpaid"),
    [
        ("2026-01-19", "80", "0", ["01-19 80"]),
        ("2026-02-10", "80", "100", []),
        ("2026-02-16", "160", "100", ["02-16 60"]),
        ("2026-03-10", "240", "70", ["01-19 10", "02-16 80", "03-02 80"]),
    ],
)
def test_payments_cover_the_oldest_charges_of_their_currency(
    read_jane: Read, day: str, charged: str, paid: str, unpaid: list[str]
) -> None:
    """From their own day on; what is over covers what arises later, and a refund is taken off."""
    payments = "[{date: 2026-03-05, amount: -30}, {date: 2026-02-05, amount: 100}]"
    terms = "agreed: 2026-01-12, fee: {amount: 80 GBP, per: session}"
    contract = f"contracts: [{{id: a, {terms}, payments: {payments}}}]\n"
    file = read_jane("currency: GBP\n", contract=contract, sessions=SESSIONS, contacts=CONTACTS)
    pounds, euros = file.charges.accounts(file.contracts[0], date(2026, 3, 31))
    on = date.fromisoformat(day)
    assert (pounds.currency, str(pounds.charged(on)), str(pounds.paid(on))) == ("GBP", charged, paid)
    assert [f"{one.day:%m-%d} {one.money.amount}" for one in pounds.unpaid(on)] == unpaid
    assert (euros.currency, str(euros.charged(on))) == ("EUR", "12.50" if on >= date(2026, 2, 20) else "0")
