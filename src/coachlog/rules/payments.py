"""Payment (PAY): what is overdue, and coaching that goes on as if it were not.

A charge arises from the fee, a late cancellation or a contact that is charged, and is overdue from the day after it is
due. Payments cover the oldest charges of their contract first. Money that is owed is a matter to talk about.
"""

from collections.abc import Iterator
from datetime import date

from coachlog.clock import Clock
from coachlog.model.charges import Charge, totals
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Clause, Contract
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.words import counted, day_words, listed, money_words
from coachlog.rules.rule import Found, Rule, rule

A_WEEK = Duration(days=7, text="7 days")
"""How long a payment may be under way without a word (rules.md, PAY101)."""
THIRTY_DAYS = Duration(days=30, text="30 days")
"""From when on coaching goes on in spite of a debt (rules.md, PAY102)."""


def _beyond(file: ClientFile, contract: Contract, day: date, grace: Duration, until: date) -> list[Charge]:
    """Give what is left on a day of the charges that are overdue by more than a time, the longest due first."""
    unpaid = (one for account in file.charges.accounts(contract, until) for one in account.unpaid(day))
    return sorted((one for one in unpaid if day > add_to_day(one.due, grace)), key=lambda charge: charge.due)


def _sum_words(charges: list[Charge]) -> str:
    return listed([money_words(amount, currency) for currency, amount in totals(charges).items()])


def _fee_clause(charge: Charge) -> Clause | None:
    return charge.terms.clause("fee") if charge.terms.fee else None


@rule(
    "PAY101",
    "warning",
    source="S0",
    options={"grace": A_WEEK},
    needs=("contract.ended", "contract.payments"),
    passing=True,
)
def overdue_payment(file: ClientFile, clock: Clock, grace: Duration) -> Iterator[Found]:
    """The client has not paid what has been due for some time.

    Failing to pay for what was received is among the reasons for which S0 lets a coach call off sessions until it is
    resolved. Mostly it is an invoice that was overlooked. A short word in the second week is easy; in the third month
    it has come to stand between you, and the coaching carries it.
    """
    for contract in file.agreements.agreed:
        overdue = _beyond(file, contract, clock.today, grace, clock.today)
        if overdue:
            oldest = overdue[0]
            days = f"{day_words(oldest.due)}, {counted(oldest.days_overdue(clock.today), 'day')} ago"
            it = "it" if len(overdue) == 1 else "the oldest of it"
            message = f"{_sum_words(overdue)} is overdue; {it} was due on {days}."
            yield Found(contract, message, clause=_fee_clause(oldest), since=max(one.due for one in overdue))


def _was_dealt_with(file: ClientFile, charge: Charge, day: date) -> bool:
    """Tell whether a hold began, or a pause was talked about, from the day a charge was due to another day."""
    for pause in (pause for contract in file.contracts for pause in contract.pauses):
        began = pause.is_hold and charge.due <= pause.from_ <= day
        if began or (pause.discussed and charge.due <= pause.discussed <= day):
            return True
    return False


@rule(
    "PAY102",
    "warning",
    source="S0",
    options={"after": THIRTY_DAYS},
    needs=("contract.ended", "contract.payments", "contract.pauses"),
)
def session_while_unpaid(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """A session was held although a charge had been overdue for weeks, and nothing was said about stopping.

    S0 lets a coach suspend the coaching until such a matter is resolved, so that both sides keep what they agreed and
    respect each other. To coach on in silence is a decision, too, only one that nobody took. It may be the right one:
    then agree on it, or note why.
    """
    for session in file.sessions:
        unpaid = [
            charge
            for contract in (file.agreements.agreed if session.is_held else ())
            for charge in _beyond(file, contract, session.day, after, clock.today)
            if not _was_dealt_with(file, charge, session.day)
        ]
        if unpaid:
            oldest = min(unpaid, key=lambda charge: charge.due)
            days = counted(oldest.days_overdue(session.day), "day")
            due = f"{_sum_words(unpaid)}, due on {day_words(oldest.due)}, was {days} overdue"
            message = f"Held on {day_words(session.day)} while {due}, with neither a hold nor a talk of a pause since."
            yield Found(session, message, session.day, _fee_clause(oldest), contract=oldest.contract)


RULES: tuple[Rule, ...] = (overdue_payment, session_while_unpaid)
