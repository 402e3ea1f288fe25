"""A client's statement: what arose from what was agreed, what was paid for it, and what is open and why.

It is reckoned from the same charges as the rules on payment, each contract and currency by itself. Sums are exact
decimals; days are those of the practice's calendar.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import NamedTuple, TypeAlias

from coachlog.model.charges import CENT, MINUTES_AN_HOUR, Account, Charge, ChargeKind
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import ContactClause, Contract, Payment
from coachlog.model.session import Session
from coachlog.model.words import day_words, moment_words, money_words, short_day

AHEAD = timedelta(days=366)
"""How far ahead the parts of a package that are still to come are told."""
CHARGED = frozenset({"counts", "fee"})
"""What is agreed about late cancellations where one is charged."""


_Key: TypeAlias = tuple[ChargeKind, date, int, tuple[int, int] | None]
"""By what a charge is known again once a part of it is paid."""


class Item(NamedTuple):
    """One line of a statement: a charge, a payment or a refund, and the balance behind it.

    `money` is what it changes: a charge is positive, a payment negative. `own` is what the coach wrote a payment was
    for. `left` is what payments have not covered of a charge.
    """

    day: date
    kind: str
    what: str
    record: str | None
    money: Decimal
    balance: Decimal
    own: str = ""
    due: date | None = None
    left: Decimal = Decimal()
    days_overdue: int = 0


class Ahead(NamedTuple):
    """A part of a package that has not arisen yet: the day on which it does, by when it is due, and what it is."""

    day: date
    due: date
    what: str
    money: Decimal


class Undecided(NamedTuple):
    """What took time, or was called off, and about which nobody has decided whether it is charged."""

    day: date
    record: str | None
    what: str
    clause: str


@dataclass(frozen=True)
class Statement:
    """The account of one contract in one currency on a day: its lines in order of date, and the sums.

    `forward` is the balance before the first line. A balance below nothing was paid ahead.
    """

    contract: str | None
    name: str
    day: date
    currency: str | None
    forward: Decimal
    items: tuple[Item, ...]
    open: tuple[Item, ...]
    ahead: tuple[Ahead, ...]
    undecided: tuple[Undecided, ...]
    balance: Decimal

    @property
    def overdue(self) -> tuple[Item, ...]:
        """The charges that are overdue, the longest due first."""
        return tuple(sorted((one for one in self.open if one.days_overdue), key=lambda one: -one.days_overdue))

    @property
    def overdue_sum(self) -> Decimal:
        """The sum of what is overdue."""
        return sum((one.left for one in self.overdue), Decimal())

    @property
    def charged(self) -> Decimal:
        """The sum of the charges among the lines."""
        return sum((one.money for one in self.items if one.due), Decimal())

    @property
    def paid(self) -> Decimal:
        """The sum of the payments among the lines, refunds taken off."""
        return -sum((one.money for one in self.items if not one.due), Decimal())


class Span(NamedTuple):
    """From which day on lines are shown (None: from the beginning), and the day that it is reckoned on."""

    since: date | None
    day: date


def statements(file: ClientFile, contracts: Iterable[Contract], span: Span) -> Iterator[Statement]:
    """Give the statements of some agreed contracts, one for each currency that something was charged or paid in."""
    for contract in contracts:
        undecided = tuple(_undecided(file, contract, span.day))
        for account in file.charges.accounts(contract, span.day) or (Account(None, (), ()),):
            yield _statement(file, contract, account, span, undecided)
            undecided = ()


def _statement(
    file: ClientFile, contract: Contract, account: Account, span: Span, undecided: tuple[Undecided, ...]
) -> Statement:
    every = tuple(_items(file, account, span.day))
    shown = tuple(one for one in every if span.since is None or one.day >= span.since)
    before = every[: len(every) - len(shown)]
    return Statement(
        contract=contract.label,
        name=f"contract of {short_day(contract.agreed)}" if contract.agreed else "draft",
        day=span.day,
        currency=account.currency,
        forward=before[-1].balance if before else Decimal(),
        items=shown,
        open=tuple(one for one in every if one.left),
        ahead=tuple(_ahead(file, contract, account, span.day)),
        undecided=undecided,
        balance=every[-1].balance if every else Decimal(),
    )


def _items(file: ClientFile, account: Account, day: date) -> Iterator[Item]:
    """Give every line up to a day; of one day, what was charged comes before what was paid."""
    left = {_key(one): one.money.amount for one in account.unpaid(day)}
    charges = [(one.day, 0, partial(_charged, file, left, day, one)) for one in account.charges if one.day <= day]
    payments = [(one.date, 1, partial(_paid, file, account, one)) for one in account.payments if one.date <= day]
    balance = Decimal()
    for _, _, made in sorted([*charges, *payments], key=lambda one: one[:2]):
        item, effect = made(balance)
        balance += effect
        yield item._replace(balance=balance)


def _key(charge: Charge) -> _Key:
    return charge.kind, charge.day, id(charge.record), charge.part


def _charged(
    file: ClientFile, left: Mapping[_Key, Decimal], day: date, charge: Charge, balance: Decimal
) -> tuple[Item, Decimal]:
    still = left.get(_key(charge), Decimal())
    item = Item(
        day=charge.day,
        kind=charge.kind,
        what=origin_words(file, charge),
        record=charge.record.label if charge.record else None,
        money=charge.money.amount,
        balance=balance,
        due=charge.due,
        left=still,
        days_overdue=charge.days_overdue(day) if still else 0,
    )
    return item, charge.money.amount


def _paid(file: ClientFile, account: Account, payment: Payment, balance: Decimal) -> tuple[Item, Decimal]:
    """Give the line of a payment; what is given back after the ending opens no charge again."""
    amount = payment.amount.amount
    gives_back = account.gives_back(payment)
    kind, after = ("refund" if amount < 0 else "payment"), " after the ending" if gives_back else ""
    session = file.attendance.named(payment.for_)
    about = f" for the {_session_words(session)}" if session else ""
    own = "" if session else payment.for_ or ""
    item = Item(payment.date, kind, f"{kind}{after}{about}", payment.label, -amount, balance, own=own)
    return item, min(-amount, max(-balance, Decimal())) if gives_back else -amount


def _ahead(file: ClientFile, contract: Contract, account: Account, day: date) -> Iterator[Ahead]:
    """Give the parts of a package that are still to come."""
    for charge in file.charges.arisen(contract, day + AHEAD) if account.charges else ():
        if charge.part and charge.day > day and charge.money.currency in {account.currency, None}:
            yield Ahead(charge.day, charge.due, origin_words(file, charge), charge.money.amount)


def origin_words(file: ClientFile, charge: Charge) -> str:
    """Say what a charge arose from: `part 2 of 3 of the package`, `session of Wed 14 Jan 2026 15:00`."""
    return _ORIGINS[charge.kind](file, charge)


def _of_package(_: ClientFile, charge: Charge) -> str:
    if charge.part:
        return f"part {charge.part[0]} of {charge.part[1]} of the package"
    return f"package of {charge.terms.sessions} sessions" if charge.terms.sessions else "package"


def _of_month(_: ClientFile, charge: Charge) -> str:
    return f"month from {day_words(charge.day)}"


def _of_session(_: ClientFile, charge: Charge) -> str:
    session = charge.record
    if not isinstance(session, Session):
        return "session"
    became = {"cancelled": ", cancelled and counted", "no-show": ", missed and counted"}
    return f"{_session_words(session)}{became.get(session.status, '')}"


def _of_hour(file: ClientFile, charge: Charge) -> str:
    session, fee = charge.record, charge.terms.fee
    if not isinstance(session, Session):
        return "coaching by the hour"
    took = file.attendance.planned_length(session).total_minutes if session.minutes is None else session.minutes
    rate = f", {took} min at {_money(fee.amount.amount, charge)} per hour" if fee and fee.amount else ""
    return f"{_session_words(session)}{rate}"


def _of_late(_: ClientFile, charge: Charge) -> str:
    session = charge.record
    if not isinstance(session, Session):
        return "late fee"
    if session.is_missed:
        return f"late fee for the {_session_words(session)}, missed"
    notice = charge.terms.cancellation.notice if charge.terms.cancellation else None
    when = session.cancelled.at if session.cancelled else None
    called_off = f", cancelled {moment_words(when)}" if when else ", cancelled"
    return f"late fee for the {_session_words(session)}{called_off}{f' (notice {notice})' if notice else ''}"


def _of_contact(_: ClientFile, charge: Charge) -> str:
    contact, clause = charge.record, charge.terms.contact_clause
    if not isinstance(contact, Contact):
        return "contact"
    price = _beyond_free(contact, clause)
    if clause is None or price is None or price.money != charge.money.amount:
        return _contact_words(contact)
    return f"{_contact_words(contact)}: {price.words}"


_ORIGINS: Mapping[ChargeKind, Callable[[ClientFile, Charge], str]] = {
    "package": _of_package,
    "month": _of_month,
    "session": _of_session,
    "hour": _of_hour,
    "late": _of_late,
    "contact": _of_contact,
}
"""How each kind of charge says where it comes from."""


def _session_words(session: Session) -> str:
    kind = "" if session.kind == "coaching" else f"{session.kind} "
    return f"{kind}session of {moment_words(session.at)}"


def _contact_words(contact: Contact) -> str:
    took = f", {contact.minutes} min" if contact.minutes is not None else ""
    return f"{contact.via} of {moment_words(contact.at)}{took}"


def _money(amount: Decimal, charge: Charge) -> str:
    return money_words(amount, charge.money.currency)


class _Price(NamedTuple):
    """What the minutes of a contact beyond the free ones come to, and how."""

    money: Decimal | None
    words: str


def _beyond_free(contact: Contact, clause: ContactClause | None) -> _Price | None:
    """Reckon what the contract asks for the minutes beyond the free ones; None where there are none."""
    free = clause.free.total_minutes if clause and clause.free else 0
    over = (contact.minutes or 0) - free
    if clause is None or over <= 0 or not (clause.free or clause.rate):
        return None
    beyond = f"{over} min over the free {free} min" if free else f"{over} min"
    if clause.rate is None:
        return _Price(None, beyond)
    exact = clause.rate.money.amount * over / MINUTES_AN_HOUR
    return _Price(exact.quantize(CENT, ROUND_HALF_UP), f"{beyond} at {clause.rate.text}")


def _undecided(file: ClientFile, contract: Contract, day: date) -> Iterator[Undecided]:
    """Give what was to be decided about and was not, in order of date."""
    found = (*_contacts_undecided(file, contract), *_sessions_undecided(file, contract))
    yield from sorted((one for one in found if one.day <= day), key=lambda one: one.day)


def _contacts_undecided(file: ClientFile, contract: Contract) -> Iterator[Undecided]:
    """Give the contacts over the free minutes that are neither charged nor given away."""
    taken = {id(one) for one in file.correspondence.taken_calls}
    for contact in file.contacts:
        terms = file.agreements.terms_on(contact.day)
        clause = terms.contact_clause if terms and terms.origin is contract.origin else None
        settled = contact.charged is not None or bool((contact.uncharged or "").strip())
        beside = contact.for_ == "admin" or file.correspondence.is_beside_the_coaching(contact)
        if clause and clause.free and not settled and not beside and (contact.by_coach or id(contact) in taken):
            price = _beyond_free(contact, clause)
            if price:
                currency = clause.rate.money.currency if clause.rate else None
                worth = f" is {money_words(price.money, currency or file.practice.currency)}" if price.money else ""
                clause_words = f"{price.words}{worth}; neither charged nor given away"
                yield Undecided(contact.day, contact.label, _contact_words(contact), clause_words)


def _sessions_undecided(file: ClientFile, contract: Contract) -> Iterator[Undecided]:
    """Give the client's late cancellations and missed sessions for which nobody said what is charged."""
    late = {id(one.session) for one in file.cancelling.cancelled if one.by == "client" and file.cancelling.late(one)}
    for session in file.attendance.of(contract):
        agreed = contract.terms(session.day).cancellation
        has_charge = agreed is not None and agreed.late in CHARGED
        if has_charge and session.charge is None and (session.is_missed or id(session) in late):
            became = "missed" if session.is_missed else "cancelled late"
            yield Undecided(session.day, session.label, _session_words(session), f"{became}, no charge decided yet")
