"""Charges: how they arise from a fee, when they are due, and what payments leave of them."""

from collections.abc import Callable
from datetime import date

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.views.statement import Span, statements

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


REFUNDS = {
    "100, -20": "late 40",
    "300, -300": "late 40",
    "300, -200": "late 20",
    "300, -100": "",
    "100": "late 20",
    "60, -60": "session 20, late 40",
    "": "session 80, late 40",
}
"""What was paid on the last day of a contract, and what is open of a session before it and a late fee after it."""


@pytest.mark.parametrize("paid", REFUNDS)
def test_a_refund_after_the_ending_is_taken_from_what_was_paid_ahead(read_jane: Read, paid: str) -> None:
    """It opens no charge again, and what it took away covers nothing that arises later; a statement says the same."""
    payments = ", ".join(f"{{date: 2026-02-10, amount: {one}}}" for one in paid.split(", ") if one)
    fees = "fee: {amount: 80 GBP, per: session}, cancellation: {late: fee, late_fee: 40 GBP}"
    ended = "ended: {date: 2026-02-10, by: both}"
    contract = f"contracts: [{{id: a, agreed: 2026-01-12, {fees}, {ended}, payments: [{payments}]}}]\n"
    sessions = """sessions:
  - {at: 2026-01-19 15:00, status: held}
  - {at: 2026-02-16 15:00, contract: a, status: no-show, cancelled: {charge: fee}}
"""
    file = read_jane("currency: GBP\n", contract=contract, sessions=sessions)
    on = date(2026, 3, 31)
    (account,) = file.charges.accounts(file.contracts[0], on)
    unpaid = list(account.unpaid(on))
    assert ", ".join(f"{one.kind} {one.money.amount}" for one in unpaid) == REFUNDS[paid]
    (told,) = statements(file, file.contracts, Span(None, on))
    assert max(told.balance, 0) == sum(one.left for one in told.open) == sum(one.money.amount for one in unpaid)
