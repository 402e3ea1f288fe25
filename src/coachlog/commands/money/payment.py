"""`coachlog payment add`: money that came in, which charge it settles, and what is open after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, TypeAlias

import typer

from coachlog.commands.contract.at_hand import AtHand, current, refuse_unread
from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.days import day_told, written_day
from coachlog.commands.desk.desk import Desk, Manner, Outcome
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.charges import Charge
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Payment
from coachlog.model.ids import new_id
from coachlog.model.known import known
from coachlog.model.money import Money
from coachlog.model.session import Session
from coachlog.model.typed_time import read_typed
from coachlog.model.words import contract_words, day_words, listed, money_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CONTRACT_FILE
from coachlog.store.splice import insert_record
from coachlog.views.statement import origin_words

KEY = "payments"
_Key: TypeAlias = tuple[str, date, str | None, tuple[int, int] | None]
WRITE_IT = "Write digits, a point and a currency: 900 GBP, 12.50 EUR."


@dataclass(frozen=True)
class _Payment:
    """A payment that is to be noted, as it is said; a refund is negative."""

    money: Money
    day: date
    about: str | None
    session: Session | None

    def record(self, made: str) -> dict[str, Value]:
        """Give it as it stands in a file, by the id that is made for it."""
        about = Word(self.about) if self.session and self.about else self.about
        fields = {"id": Word(made), "date": written_day(self.day), "amount": Word(str(self.money)), "for": about}
        return {key: value for key, value in fields.items() if value}


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    amount: Annotated[
        list[str] | None, typer.Argument(metavar="AMOUNT", help="Such as 900 GBP; a refund is negative.")
    ] = None,
    *,
    day: Annotated[str | None, typer.Option("--date", metavar="DAY", help="When it came in; default: today.")] = None,
    about: Annotated[
        str | None, typer.Option("--for", metavar="WHAT", help="The id of a session, or package, part 2, …")
    ] = None,
    refund: Annotated[bool, typer.Option("--refund", help="You paid it back.")] = False,
    contract: Annotated[
        str | None,
        typer.Option("--contract", metavar="ID", help="Default: the one in which such a sum is open."),
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note a payment of a client, or with --refund one of yours to them.

    Without a currency the sum is in the practice's. It covers the oldest charges of its contract first; what is open
    after it, and why, is told.

    Examples:
      coachlog payment add jane 900 GBP
      coachlog payment add jane 75 --date "last fri" --for b3xew
      coachlog payment add jane 300 GBP --refund --contract 2026a
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = desk.readable(code, CONTRACT_FILE)
    paid = _paid(desk, file, _money(desk, file, amount, refund=refund), day, about)
    meant = named(file.contracts, contract, desk.now) if contract else _meant(desk, file, paid)
    at = AtHand(desk, code, file, meant)
    made = new_id(ids_of(meant.payments))
    change = at.change(lambda data, way: insert_record(data, (*way, KEY), paid.record(made)))
    outcome = desk.carry_out(code, [change], Manner(dry_run=dry_run))
    written = next(one for one in at.written(outcome).payments if one.id == made)
    telling = Telling(_said(at, outcome, written), KEY, [written], list(_parts(at, outcome, paid)))
    tell(desk, outcome, telling, as_json=as_json)


def _money(desk: Desk, file: ClientFile, typed: Sequence[str] | None, *, refund: bool) -> Money:
    """Read the sum, and ask for it where none is said; its currency is written down. Raises WrongCall."""

    def read(text: str) -> Money:
        return _in_currency(_sum(text), file, desk.now.day)

    text = " ".join(typed or ())
    money = read(text) if text else ask(desk.wishes, "The sum", "AMOUNT, behind the client", read)
    amount = -abs(money.amount) if refund else money.amount
    return Money(amount, money.currency, f"{amount} {money.currency or ''}".strip())


def _in_currency(money: Money, file: ClientFile, today: date) -> Money:
    """Take a sum without a currency as the practice's; where the client is charged in others alone, ask which."""
    own = file.practice.currency
    charged = {account.currency for one in file.agreements.agreed for account in file.charges.accounts(one, today)}
    if money.currency or not charged - {own, None} or own in charged:
        return Money(money.amount, money.currency or own)
    others = listed(sorted(one for one in charged if one))
    what = f"{file.client.name} is charged in {others}, and your practice reckons in {own or 'none'}."
    raise WrongCall(what, f"Say which it was: {money.amount} {others.split()[-1]}.")


def _sum(text: str) -> Money:
    money = Money.parse(text.strip().upper())
    if money is None:
        what = "The sum is not understood."
        raise WrongCall(what, WRITE_IT)
    if not money.amount:
        what = "Nothing was paid."
        raise WrongCall(what, WRITE_IT)
    return money


def _paid(desk: Desk, file: ClientFile, money: Money, day: str | None, about: str | None) -> _Payment:
    """Put together what is said of a payment. Raises WrongCall, NotATime."""
    on = read_typed(day, desk.now, "fact").day if day else desk.now.day
    if on > desk.now.day:
        what = f"{day_words(on)} is still to come."
        raise WrongCall(what, "Note a payment when it has come in.")
    session = next((one for one in file.sessions if about and one.id == about), None)
    return _Payment(money, on, about, session)


def _meant(desk: Desk, file: ClientFile, paid: _Payment) -> Contract:
    """Give the contract that a payment is for.

    That is the one of its session; else the one in which just that sum is open, or else any; else the current one. A
    refund belongs to the last one that was paid. Raises WrongCall where there is none, CannotWrite where it is unread.
    """
    own = file.attendance.contract_of(paid.session) if paid.session else None
    found = own or _by_sum(known(file, desk.now), paid, desk.now.day) or current(file, paid.day, agreed=True)
    if found:
        return next(one for one in file.contracts if one.origin is found.origin)
    refuse_unread(desk, file.code)
    what = f"There is no contract with {file.client.name}."
    raise WrongCall(what, f"Write one: coachlog contract new {file.code}.")


def _by_sum(file: ClientFile, paid: _Payment, today: date) -> Contract | None:
    agreed = file.agreements.agreed
    if paid.money.amount < 0:
        return max((one for one in agreed if one.payments), key=lambda one: _last_paid(one, paid), default=None)
    unpaid = [(one, _unpaid(file, one, paid.money.currency, today)) for one in agreed]
    owing = [(one, left) for one, left in unpaid if left]
    exact = [one for one, left in owing if paid.money.amount in _sums(left)]
    oldest = sorted(owing, key=lambda one: one[1][0].day)
    return next(iter([*exact, *(one for one, _ in oldest)]), None)


def _last_paid(contract: Contract, paid: _Payment) -> date:
    days = (one.date for one in contract.payments if one.amount.amount > 0 and one.date <= paid.day)
    return max(days, default=date.min)


def _sums(charges: Sequence[Charge]) -> set[Decimal]:
    """Give what somebody may have meant to settle: each open charge, and all of them."""
    amounts = [one.money.amount for one in charges]
    return {*amounts, sum(amounts, Decimal())}


def _unpaid(file: ClientFile, contract: Contract, currency: str | None, today: date) -> list[Charge]:
    accounts = (one for one in file.charges.accounts(contract, today) if one.currency == currency)
    return [charge for account in accounts for charge in account.unpaid(today)]


def _said(at: AtHand, outcome: Outcome, payment: Payment) -> str:
    """Say what came in or was paid back, and under which contract."""
    sum_ = money_words(abs(payment.amount.amount), payment.amount.currency)
    name = outcome.file.client.name if outcome.file else ""
    kind, way = ("refund", "to") if payment.amount.amount < 0 else ("payment", "from")
    when = day_told(payment.date, at.today)
    return f"noted {kind} {payment.label}: {sum_} {way} {name}, {when}, under {contract_words(at.contract)}"


def _parts(at: AtHand, outcome: Outcome, paid: _Payment) -> Iterator[str]:
    """Say which charges it settles, and what is open after it."""
    if outcome.file is None:
        return
    currency = paid.money.currency
    before, after = known(at.file, at.desk.now), known(outcome.file, at.desk.now)
    open_before = _unpaid(before, at.contract, currency, at.today)
    still = {_key(one): one for one in _unpaid(after, at.written(outcome), currency, at.today)}
    settled = [_short(before, one) for one in open_before if _key(one) not in still]
    partly = [_left_words(before, one, still) for one in open_before if _is_less(one, still)]
    if settled or partly:
        yield listed([*([f"settles {listed(settled)}"] if settled else []), *partly])
    yield _balance_words(after, at.written(outcome), currency, at.today)


def _key(charge: Charge) -> _Key:
    return charge.kind, charge.day, charge.record.label if charge.record else None, charge.part


def _is_less(charge: Charge, still: Mapping[_Key, Charge]) -> bool:
    left = still.get(_key(charge))
    return left is not None and left.money.amount < charge.money.amount


def _left_words(file: ClientFile, charge: Charge, still: Mapping[_Key, Charge]) -> str:
    left = still[_key(charge)].money
    return f"leaves {money_words(left.amount, left.currency)} of {_short(file, charge)} open"


def _short(file: ClientFile, charge: Charge) -> str:
    """Name a charge without what explains it: `part 2 of 3 of the package`, `the session of Wed 14 Jan 2026 15:00`."""
    words = origin_words(file, charge).partition(", ")[0]
    return words if charge.part else f"the {words}"


def _balance_words(file: ClientFile, contract: Contract, currency: str | None, today: date) -> str:
    """Say what is open, and by when the next of it is due; or what is paid ahead."""
    account = next((one for one in file.charges.accounts(contract, today) if one.currency == currency), None)
    if account is None or not account.charges:
        return f"nothing is charged in {currency} so far" if currency else "nothing is charged so far"
    unpaid = sorted(account.unpaid(today), key=lambda one: one.due)
    if unpaid:
        late = [one for one in unpaid if one.due < today]
        part = f"{_sum_words(late, currency)} of it " if late != unpaid else ""
        when = f"{part}overdue since" if late else "the next of it due"
        return f"{_sum_words(unpaid, currency)} is open, {when} {day_told(unpaid[0].due, today)}"
    ahead = account.paid(today) - account.charged(today)
    return f"nothing is open, {money_words(ahead, currency)} is paid ahead" if ahead > 0 else "nothing is open"


def _sum_words(charges: Sequence[Charge], currency: str | None) -> str:
    return money_words(sum((one.money.amount for one in charges), Decimal()), currency)
