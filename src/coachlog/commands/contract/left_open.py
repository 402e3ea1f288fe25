"""What an ending leaves open: steps and promises, what waits for an answer, what is owed, and what comes afterwards."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

import typer

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.desk.asking_for import can_ask, offer, one_of
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.money import Money
from coachlog.model.words import counted, listed, moment_words
from coachlog.store.layout import ACTIONS_FILE, client_file
from coachlog.store.splice import set_value
from coachlog.views.agreed_words import agreed_words

FATES = ("keep", "drop")
WHY_DROPPED = "the contract has ended"
Steps = Annotated[
    Literal["keep", "drop"] | None,
    typer.Option("--steps", help="What becomes of the client's open steps; default: keep."),
]


def dropped_steps(at: AtHand, wanted: str | None) -> list[Change]:
    """Drop the client's open steps, where that is said; on a terminal it is asked. A promise of the coach's stays.

    Raises CannotWrite where the steps can't be read.
    """
    if wanted == "drop" or (wanted is None and can_ask(at.desk.wishes)):
        steps = _steps(at.desk.readable(at.code, ACTIONS_FILE))
        fate = wanted or (_asked(at, steps) if steps else None)
        return [_dropping(at, one) for one in steps] if fate == "drop" else []
    return []


def _asked(at: AtHand, steps: Sequence[Action]) -> str | None:
    question = f"Open: {_told('step', steps)}. Keep or drop"
    return offer(at.desk.wishes, question, one_of(FATES))


def _dropping(at: AtHand, step: Action) -> Change:
    way = ("actions", step.id or step.origin.position - 1, "dropped")
    record = {"date": written_day(at.today), "why": WHY_DROPPED}
    return Change(client_file(at.code, ACTIONS_FILE), lambda data: set_value(data, way, record))


def left_open(at: AtHand, day: date) -> list[str]:
    """Say what is left open on the day of an ending, each with what to do, and what is agreed for afterwards."""
    return [*_unfinished(at), *_owed(at, day), _afterwards(at, day)]


def _unfinished(at: AtHand) -> Iterator[str]:
    unclosed = [one for one in at.file.attendance.sessions if one.is_booked and one.at <= at.desk.now]
    if unclosed:
        yield f"still to close: the session of {moment_words(unclosed[0].at)} (coachlog session log {at.code})"
    steps, waiting = _steps(at.file), at.file.correspondence.waiting_at(at.desk.now)
    promises = [one for one in at.file.actions if one.is_open and one.kind == "promise"]
    if steps:
        yield f"open: {_told('step', steps)}"
    if promises:
        yield f"yours to keep: {_told('promise', promises)}"
    if waiting:
        answers = f"{'waits' if len(waiting) == 1 else 'wait'} for your answer: coachlog contact reply {at.code}"
        yield f"{counted(len(waiting), 'contact')} {answers}"


def _owed(at: AtHand, day: date) -> Iterator[str]:
    """Say what is not paid by the last day, or today where that is to come, and what was paid ahead."""
    until = min(day, at.today)
    for account in at.file.charges.accounts(at.contract, until):
        left = account.charged(until) - account.paid(until)
        if left:
            what = "not paid" if left > 0 else "paid ahead"
            yield f"{what}: {Money(abs(left), account.currency)} (coachlog statement {at.code})"


def _afterwards(at: AtHand, day: date) -> str:
    agreed = agreed_words(at.contract.terms(day), "after_end")
    return f"afterwards: contact {agreed[0]}" if agreed else "afterwards: no contact is agreed"


def _steps(file: ClientFile) -> list[Action]:
    return [one for one in file.actions if one.is_open and one.kind != "promise"]


def _told(noun: str, actions: Sequence[Action]) -> str:
    return f"{counted(len(actions), noun)} ({listed([one.label or '' for one in actions])})"
