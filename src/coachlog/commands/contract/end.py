"""`coachlog contract end`: an ending that is explained, talked over and complete."""

from datetime import date, timedelta
from typing import Annotated, get_args

import typer

from coachlog.commands.contract.at_hand import (
    AtHand,
    ask_if_wanted,
    booked_between,
    sessions_told,
    written_day,
)
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.asking_for import ask, one_of
from coachlog.commands.desk.desk import Manner
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import tell
from coachlog.errors import WrongCall
from coachlog.model.contract import Contract, EndingReason, Party
from coachlog.model.words import day_words, listed
from coachlog.store.emit import Value, Word
from coachlog.store.splice import add_key

REASONS = get_args(EndingReason)
PARTIES = get_args(Party)
UNSUPERVISED = frozenset({"completed", "circumstances"})
"""Reasons for which the coach may end it without having been in supervision about it (END102)."""
WITHOUT_REFERRAL = frozenset({"completed", "non-payment", "missed-sessions"})
"""Reasons for which a client is not pointed to anybody else (END103)."""
REFERRALS = 2
WITHIN = timedelta(days=60)
"""How long before the ending a supervision on that client still is one on it (END102)."""
AFTERWARDS = timedelta(days=14)
"""How long after the ending a client can still be referred to somebody (END103)."""


def end(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The last day; default: today.")] = None,
    reason: Annotated[
        EndingReason | None, typer.Option("--reason", metavar="WORD", help=f"One of {', '.join(REASONS)}.")
    ] = None,
    by: Annotated[Party | None, typer.Option("--by", help="Who ended it.")] = None,
    explained: Annotated[
        str | None, typer.Option("--explained", metavar="DAY", help="The day on which you told the client why.")
    ] = None,
    supervision: Annotated[
        str | None, typer.Option("--supervision", metavar="ID", help="The supervision in which you talked it over.")
    ] = None,
    summary: Annotated[str | None, typer.Option("--summary", metavar="TEXT", help="What was reached.")] = None,
    contract: Which = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End a contract, and see what the ending still lacks and which booked sessions lie after it.

    On a terminal you are asked for what you did not say. A day that is past is noted as a fact.

    Examples:
      coachlog contract end jane --reason completed --by both --summary "Goals met; plan agreed."
      coachlog contract end jane --on "10 jul" --reason needs-other-care --by coach --explained today
      coachlog contract end jane --reason relationship --by coach --explained "last fri" --supervision q8rtw
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    day = at.day(on, "plan")
    _refuse_ending(at, day)
    ended = _ended(at, day, ctx.obj, {"by": by, "reason": reason, "summary": summary}, explained, supervision)
    change = at.change(lambda data, way: add_key(data, (*way, "ended"), ended))
    is_plan = day >= at.today
    manner = Manner(plan=is_plan, anyway=anyway, waive=waive, dry_run=dry_run, everyone=is_plan)
    outcome = at.desk.carry_out(at.code, [change], manner)
    written = at.written(outcome)
    said = f"ended {written.label}: last day {at.told(day)}, by {ended['by']}, {ended['reason']}"
    booked = booked_between(at.file, day + timedelta(days=1), None)
    said += f"; still booked after it: {sessions_told(booked)}" if booked else ""
    lacks = list(_lacking(AtHand(at.desk, at.code, outcome.file or at.file, written), day))
    said += f"; still missing: {listed(lacks)}" if lacks else ""
    tell(at.desk.wishes, outcome, said, noun="contracts", records=[written], as_json=as_json, remarks=at.desk.remarks)


def _refuse_ending(at: AtHand, day: date) -> None:
    contract = at.contract
    if contract.agreed is None:
        what = f"{contract.label} is a draft, in force for nothing."
        raise WrongCall(what, "There is nothing to end.")
    if contract.ended:
        what = f"{contract.label} ended on {at.told(contract.ended.date)}."
        raise WrongCall(what, "Name another contract with --contract ID.")
    if contract.finished(day) and contract.terms(day).ends:
        what = f"{contract.label} had run out before {at.told(day)}."
        raise WrongCall(what, "Say a day on which it was in force with --on.")
    if day < contract.agreed:
        what = f"{at.told(day)} lies before {contract.label} was agreed, on {day_words(contract.agreed)}."
        raise WrongCall(what, "Say the last day with --on.")


def _ended(  # noqa: PLR0913, PLR0917 — what was typed, and what it is about
    at: AtHand, day: date, wishes: Wishes, typed: dict[str, str | None], explained: str | None, supervision: str | None
) -> dict[str, Value]:
    """Put the ending together, and ask for what was not typed."""
    reason = typed["reason"] or ask(wishes, "The reason of the ending", "--reason", one_of(REASONS), "completed")
    by = typed["by"] or ask(wishes, "Who ends it", "--by", one_of(PARTIES), "both")
    told = _explained(at, wishes, explained)
    talked = _supervision(at, wishes, supervision, wanted=_wants_supervision(by, reason))
    summary = typed["summary"] or ask_if_wanted(wishes, "What was reached", "--summary", str)
    fields: dict[str, Value | None] = {
        "date": written_day(day),
        "by": Word(by),
        "reason": Word(reason),
        "explained": written_day(told) if told else None,
        "supervision": talked and Word(talked),
        "summary": summary,
    }
    return {key: value for key, value in fields.items() if value}


def _explained(at: AtHand, wishes: Wishes, text: str | None) -> date | None:
    if text is not None:
        return at.day(text, "fact")
    return ask_if_wanted(wishes, "When you explained it", "--explained", lambda answer: at.day(answer, "fact"))


def _supervision(at: AtHand, wishes: Wishes, text: str | None, *, wanted: bool) -> str | None:
    """Find the supervision that is named. Raises WrongCall for one that has no id to name it by."""

    def find(answer: str) -> str:
        found = named(at.desk.supervision, answer, at.desk.now)
        if found.id is not None:
            return found.id
        what = f"The supervision of {day_words(found.date)} has no id."
        raise WrongCall(what, "Give it one in supervision.yaml, such as id: q8rtw.")

    if text is not None:
        return find(text)
    return ask_if_wanted(wishes, "The supervision on it", "--supervision", find) if wanted else None


def _wants_supervision(by: str | None, reason: str | None) -> bool:
    return by == "coach" and reason not in UNSUPERVISED


def _lacking(at: AtHand, day: date) -> list[str]:
    """Name what an ending lacks: the explanation, supervision, referrals, a closing session or a summary."""
    ending = at.contract.ended
    by, reason = (ending.by, ending.reason) if ending else (None, None)
    lacks = {
        "the day on which you explained it (--explained)": by == "coach" and not (ending and ending.explained),
        "supervision": _wants_supervision(by, reason) and not _supervised(at, day),
        "two referrals": by == "coach" and reason not in WITHOUT_REFERRAL and _strands(at, day),
        "a closing session": not _closes(at),
        "a summary": not (ending and ending.summary),
    }
    return [name for name, is_missing in lacks.items() if is_missing]


def _supervised(at: AtHand, day: date) -> bool:
    if at.contract.ended and at.contract.ended.supervision:
        return True
    lately = (one for one in at.desk.supervision if day - WITHIN <= one.date <= day)
    return any(topic.client == at.code for one in lately for topic in one.topics)


def _strands(at: AtHand, day: date) -> bool:
    """Tell whether a client with sessions or concerns left was pointed to fewer than two others."""
    begins = at.contract.begins(day) or day
    referred = [one for one in at.file.care.referrals if begins <= one.date <= day + AFTERWARDS]
    return len(referred) < REFERRALS and (_has_sessions_left(at, at.contract.terms(day)) or _has_concern(at, day))


def _has_sessions_left(at: AtHand, terms: Contract) -> bool:
    counted = sum(session.counted for session in at.file.attendance.of(terms))
    return terms.sessions is not None and counted < terms.sessions


def _has_concern(at: AtHand, day: date) -> bool:
    return any(
        not (one.resolved and one.resolved <= day) and one.decision != "continue" for one in at.file.care.concerns
    )


def _closes(at: AtHand) -> bool:
    """Tell whether a closing session of the contract was held or is booked."""
    sessions = at.file.attendance.of(at.contract)
    return any(one.kind == "closing" and (one.is_held or one.is_booked) for one in sessions)
