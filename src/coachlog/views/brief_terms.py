"""What a contract says that matters before a session: what is left, what changed, what is owed, how to meet."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Goal
from coachlog.model.session import Session
from coachlog.model.words import counted, day_words, listed, money_words
from coachlog.views.agreed_words import agreed_words
from coachlog.views.masking import HIDDEN
from coachlog.views.roster import used_of
from coachlog.views.today_outlook import Outlook
from coachlog.views.today_sessions import number_of

SOON = timedelta(days=30)
"""How long before its last day a contract's end is worth a word in a session."""


OPEN = frozenset({"in force", "number", "ends", "pause", "hold", "amended", "media"})
"""What holds days, numbers and words of the journal's own alone."""


class Said(NamedTuple):
    """One thing that a contract says: its name, and the words for it."""

    what: str
    words: str

    def masked(self) -> "Said":
        """Hide what may hold somebody's own words, a name or money."""
        return self if self.what in OPEN else self._replace(words=HIDDEN)


def terms_of(file: ClientFile, session: Session | None, last: Session | None, outlook: Outlook) -> Iterator[Said]:
    """Say what matters of the contract on the day of the coming session, what asks for a word first."""
    day = max(session.day, outlook.today) if session else outlook.today
    contract = (file.attendance.contract_of(session) if session else None) or file.agreements.on(day)
    if contract is None:
        yield Said("in force", _none_words(file, day))
        return
    terms = contract.terms(day)
    yield from _number(file, contract, session, outlook)
    yield from _last_day(contract, day)
    yield from _pauses(contract, day)
    yield from _changes(contract, last, day)
    yield from _unpaid(file, contract, outlook.today)
    yield from _goals(terms)
    yield from _how(terms)


def _none_words(file: ClientFile, day: date) -> str:
    over = file.agreements.last_over(day)
    if over:
        last = over.last_day(day)
        return f"none; the last was over on {day_words(last)}" if last else "none"
    return "none, and none was agreed yet"


def _number(file: ClientFile, contract: Contract, session: Session | None, outlook: Outlook) -> Iterator[Said]:
    """Say that the number is used up, or will be by the coming session, or that this is beyond it."""
    agreed = contract.terms(session.day if session else outlook.today).sessions
    number = number_of(file, session) if session else used_of(file, contract, outlook.clock)
    if agreed and number and number > agreed:
        yield Said("number", f"beyond the {counted(agreed, 'session')} that {'is' if agreed == 1 else 'are'} agreed")
    elif agreed and number == agreed:
        last = "the last one of this contract" if session else "the last one was held"
        yield Said("number", f"{last}: close, or agree on more")


def _last_day(contract: Contract, day: date) -> Iterator[Said]:
    last = contract.last_day(day)
    if last and last <= day + SOON:
        yield Said("ends", f"{'ended' if contract.ended else 'runs out'} on {day_words(last)}")


def _pauses(contract: Contract, day: date) -> Iterator[Said]:
    for pause in contract.pauses:
        kind, last = "on hold" if pause.is_hold else "paused", pause.last_day
        if pause.covers(day):
            yield Said(pause.kind, f"{kind} from {day_words(pause.from_)}{f' to {day_words(last)}' if last else ''}")
            yield from (Said("to resolve", step) for step in pause.steps)
        elif day < pause.from_ <= day + SOON:
            yield Said(pause.kind, f"{kind} from {day_words(pause.from_)} on")


def _changes(contract: Contract, last: Session | None, day: date) -> Iterator[Said]:
    """Say what was agreed anew since the last session."""
    for one in contract.amendments:
        if (last is None or one.agreed >= last.day) and one.agreed <= day:
            fields = listed([name.removesuffix("_").replace("_", " ") for name in sorted(one.set.model_fields_set)])
            yield Said("amended", f"{fields}, agreed {day_words(one.agreed)}")


def _unpaid(file: ClientFile, contract: Contract, today: date) -> Iterator[Said]:
    for account in file.charges.accounts(contract, today):
        overdue = [one for one in account.unpaid(today) if one.due < today]
        if overdue:
            sums = money_words(sum((one.money.amount for one in overdue), Decimal()), account.currency)
            yield Said("unpaid", f"{sums}, since {day_words(min(one.due for one in overdue))}")


def _goals(terms: Contract) -> Iterator[Said]:
    replaced = {goal.replaces for goal in terms.goals}
    yield from (_goal(one) for one in terms.goals if one.reached is None and one.id not in replaced - {None})


def _goal(goal: Goal) -> Said:
    return Said("goal", f"{goal.text}{f' (from the {goal.from_})' if goal.from_ == 'sponsor' else ''}")


def _how(terms: Contract) -> Iterator[Said]:
    """Say how the two meet and write: what is late, what to turn to when the line fails, when and where to answer."""
    if words := agreed_words(terms, "cancellation"):
        yield Said("cancellation", words[0])
    if len(terms.media) > 1:
        yield Said("media", f"{terms.media[0]}; if that fails, {terms.media[1]}")
    if words := agreed_words(terms, "between_sessions"):
        yield Said("contact", words[0])
    if terms.sharing and (words := agreed_words(terms, "sharing")):
        yield Said("sharing", words[0])
