"""What the agreements ask for on a day: money, contracts that run out, pauses and holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from coachlog.model.charges import Charge
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Pause
from coachlog.views.roster import used_of
from coachlog.views.today_item import Item
from coachlog.views.today_outlook import Items, Outlook, can_tell, of_client
from coachlog.views.today_sessions import coming

A_MONTH = timedelta(days=30)
"""How long a hold may last before it is looked at, and a used-up contract before it is said to be over (END108)."""


def agreement(file: ClientFile, outlook: Outlook) -> Items:
    """Give what is to be paid, the contracts that run out, and the pauses and holds."""
    if can_tell(file, "contract.ended", "contract.payments"):
        yield from _payments(file, outlook)
    if can_tell(file, "contract.ended", "contract.pauses", "sessions"):
        yield from _running_out(file, outlook)
        yield from _pauses(file, outlook)


def _payments(file: ClientFile, outlook: Outlook) -> Items:
    for contract in file.agreements.agreed:
        for account in file.charges.accounts(contract, outlook.last):
            unpaid = [one for one in account.unpaid(outlook.last) if one.due <= outlook.last]
            overdue = [one for one in unpaid if one.due < outlook.today]
            for charges in (overdue, [one for one in unpaid if one not in overdue]):
                if charges:
                    item = replace(_owed(file, charges, outlook), record=contract.label, currency=account.currency)
                    yield replace(item, rule="PAY101")


def _owed(file: ClientFile, charges: Sequence[Charge], outlook: Outlook) -> Item:
    """Give what is due as one sum; for a week it may be under way, then a reminder is in place."""
    day = min(one.due for one in charges)
    late = outlook.is_stale(day)
    item = replace(of_client(file, "payment", "waiting" if day < outlook.today else "ahead"), day=day)
    sums = sum((one.money.amount for one in charges), Decimal())
    item = replace(item, amount=sums, count=len(charges), state="overdue" if late else "due")
    return replace(item, does="draft payment-reminder" if late else "draft invoice")


def _running_out(file: ClientFile, outlook: Outlook) -> Items:
    """Give the contract in force where its last day is near, or its number all but used up, and none follows it."""
    contract = file.agreements.on(outlook.today)
    if contract is None or contract.paused(outlook.today) or file.agreements.agreed_ahead(outlook.today):
        return
    last, left = contract.last_day(outlook.today), _left(file, contract, outlook)
    goes_on = last is None or file.agreements.on(last + timedelta(days=1)) is not None
    if last and last <= outlook.horizon and not goes_on:
        yield from _last_days(file, contract, last, left)
    elif left is not None and left <= 1 and not contract.ended:
        yield from _last_sessions(file, contract, left, outlook)


def _left(file: ClientFile, contract: Contract, outlook: Outlook) -> int | None:
    number = contract.terms(outlook.today).sessions
    return None if number is None else max(0, number - used_of(file, contract, outlook.clock))


def _last_days(file: ClientFile, contract: Contract, last: date, left: int | None) -> Items:
    state = "ended" if contract.ended else "ends"
    item = replace(of_client(file, "contract", "ahead"), record=contract.label, state=state, day=last, count=left)
    yield item if contract.ended else replace(item, does=_going_on(file, contract))


def _last_sessions(file: ClientFile, contract: Contract, left: int, outlook: Outlook) -> Items:
    """Give a contract with one session left, or none: then it is to be ended, or to be followed by another."""
    terms = contract.terms(outlook.today)
    if left and all(one.day <= outlook.horizon for one in coming(file, outlook)):
        item = replace(of_client(file, "contract", "ahead"), record=contract.label, state="last-session")
        yield replace(item, count=left, of=terms.sessions, does=_going_on(file, contract))
    if not left and not coming(file, outlook):
        item = replace(
            of_client(file, "contract", "to-close"), record=contract.label, state="used-up", of=terms.sessions
        )
        rule = None if contract.last_day(outlook.today) else "END110"
        yield replace(item, count=left, day=_last_used(file, contract), rule=rule, does="contract end")


def _going_on(file: ClientFile, contract: Contract) -> str:
    """Say how a contract goes on: by another one, or by the client's word on the one that is drafted."""
    drafted = any(one.agreed is None and one.renews and one.renews == contract.id for one in file.contracts)
    return "contract agree" if drafted else "contract renew"


def _last_used(file: ClientFile, contract: Contract) -> date | None:
    used = [one.day for one in file.attendance.of(contract) if one.counted]
    return max(used, default=None)


def _pauses(file: ClientFile, outlook: Outlook) -> Items:
    for contract, _ in file.agreements.standing(outlook.today):
        for pause in contract.pauses:
            yield from (_hold if pause.is_hold else _pause)(file, pause, contract, outlook)


def _hold(file: ClientFile, hold: Pause, _: Contract, outlook: Outlook) -> Items:
    """Give a hold that lasts, with the day by which it is looked at, or one that was lifted without a word."""
    item = replace(of_client(file, "hold", "ahead"), record=hold.label, rule="END108", day=hold.from_ + A_MONTH)
    if hold.from_ > outlook.today:
        return
    if hold.lifted and hold.lifted <= outlook.today:
        if not (hold.resolution or "").strip():
            yield replace(item, group="to-close", state="unresolved", day=hold.lifted, does="edit", on="contract")
    elif hold.discussed is None:
        yield replace(item, group="owed", state="undiscussed", day=hold.from_, does="draft hold")
    else:
        due = hold.from_ + A_MONTH
        yield replace(item, group=outlook.group(due), state="on-hold", until=hold.from_, does="contract lift")


def _pause(file: ClientFile, pause: Pause, contract: Contract, outlook: Outlook) -> Items:
    """Give a pause that begins or ends soon, lasts without an end, or is over with nothing booked after it."""
    item = replace(of_client(file, "pause", "ahead"), record=pause.label, until=pause.last_day)
    last = pause.last_day
    if outlook.today < pause.from_ <= outlook.last:
        yield replace(item, state="begins", day=pause.from_)
    elif pause.covers(outlook.today) and last and last <= outlook.horizon:
        yield replace(item, state="ends", day=last, does="session book" if not coming(file, outlook) else None)
    elif pause.covers(outlook.today) and last is None and pause.from_ + A_MONTH < outlook.today:
        yield replace(item, state="open", day=pause.from_, does="contract resume")
    elif pause.to and pause.to < outlook.today and not _went_on(file, pause.to, contract, outlook):
        yield replace(item, group="to-close", state="over", rule="END109", day=pause.to, does="session book")


def _went_on(file: ClientFile, last: date, contract: Contract, outlook: Outlook) -> bool:
    """Tell whether the coaching goes on after a pause, or need not: the contract is over, or another pause began."""
    met = any(one.day > last for one in file.sessions if one.is_held or one.is_booked)
    later = any(last < one.from_ <= outlook.today for one in contract.pauses if not one.is_hold)
    return not contract.in_force(outlook.today) or met or later or file.agreements.any_pause_covers(outlook.today)
