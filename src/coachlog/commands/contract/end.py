"""`coachlog contract end`: an ending that is explained, talked over and complete."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, get_args

import typer

from coachlog.commands.contract.at_hand import AtHand, booked_between, written_day
from coachlog.commands.contract.booked import (
    CANCELLED_FOR,
    DECIDED_AFTERWARDS,
    Booked,
    Cause,
    Fallen,
    Told,
    as_fields,
    changes,
    chosen,
    fallen,
    to_come,
    words,
)
from coachlog.commands.contract.checklist import (
    ASKED_ALREADY,
    SHORT_NOTICE,
    UNSUPERVISED,
    calls_for,
    closing_changes,
    foreseen,
    lacking,
    referral_changes,
)
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.asking_for import ask, offer, one_of
from coachlog.commands.desk.desk import Manner, PlanRefused, crossed_words
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import tell
from coachlog.errors import WrongCall
from coachlog.model.contract import EndingReason, Party
from coachlog.model.instant import parse_day
from coachlog.model.session import Session
from coachlog.model.words import counted, day_words, listed
from coachlog.store.emit import Value, Word
from coachlog.store.splice import add_key

REASONS = get_args(EndingReason)
PARTIES = get_args(Party)


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
    refer: Annotated[
        list[str] | None,
        typer.Option("--refer", metavar="WHO", help="Whom you pointed the client to: a directory id, or a name."),
    ] = None,
    closing: Annotated[
        str | None, typer.Option("--closing", metavar="ID", help="The session that closed it, or is to: id or day.")
    ] = None,
    summary: Annotated[str | None, typer.Option("--summary", metavar="TEXT", help="What was reached.")] = None,
    booked: Booked = None,
    told: Told = None,
    contract: Which = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """End a contract: walks through what an ending needs, and says what it still lacks.

    That is the reason, that you explained it, supervision, two others to turn to, a closing session, a summary, and
    what becomes of the sessions booked after it. On a terminal you are asked for what you did not say. What is still
    missing is told and stops nothing; a session that is kept after the ending, or a notice cut short, asks for
    --anyway. A day that is past is noted as a fact.

    Examples:
      coachlog contract end jane --reason completed --by both --summary "Goals met; plan agreed."
      coachlog contract end jane --reason needs-other-care --by coach --explained today --refer mw3xw --refer okafor
      coachlog contract end jane --reason relationship --by coach --explained fri --supervision q8rtw --booked cancel
      coachlog contract end jane --on "10 jul" --reason completed --by both --closing last --booked cancel
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    day = at.day(on, "plan")
    _refuse_ending(at, day)
    is_plan = day >= at.today
    told_only = ASKED_ALREADY | DECIDED_AFTERWARDS
    manner = Manner(is_plan, anyway, waive, dry_run, everyone=is_plan, told_only=told_only)
    ended = _ended(at, day, ctx.obj, {"by": by, "reason": reason, "summary": summary}, explained, supervision)
    _refuse_short_notice(at, ended, day, manner)
    referred = referral_changes(at, refer, ended)
    closed = closing_changes(at, closing, day)
    gone = _gone(at, to_come(at, day + timedelta(days=1), None), booked, told, ended, manner)
    ending = at.change(lambda data, way: add_key(data, (*way, "ended"), ended))
    outcome = at.desk.carry_out(at.code, [*closed, *changes(at, gone), *referred, ending], manner)
    written = at.written(outcome)
    said = f"ended {written.label}: last day {at.told(day)}, by {ended['by']}, {ended['reason']}"
    said += f"; {counted(len(referred), 'referral')} noted" if referred else ""
    said += words(booked_between(at.file, day + timedelta(days=1), None), gone, "after it")
    lacks = list(lacking(AtHand(at.desk, at.code, outcome.file or at.file, written), day))
    said += f"; still missing: {listed(lacks)}" if lacks else ""
    tell(
        at.desk.wishes,
        outcome,
        said,
        noun="contracts",
        records=[written],
        as_json=as_json,
        remarks=at.desk.remarks,
        also=as_fields(at, outcome, gone),
    )


def _gone(  # noqa: PLR0913, PLR0917 — what was typed, and what it is about
    at: AtHand,
    after: list[Session],
    booked: str | None,
    told: str | None,
    ended: Mapping[str, Value],
    manner: Manner,
) -> list[Fallen]:
    """Find out which of the sessions booked after it are cancelled, and say so of each."""
    talked = parse_day(str(ended.get("explained", "")))
    reason = CANCELLED_FOR.get(str(ended["reason"]), "other")
    cause = Cause(str(ended["by"]), reason, "the contract has ended", talked)
    return fallen(at, chosen(at, after, booked, manner), cause, told)


def _refuse_short_notice(at: AtHand, ended: Mapping[str, Value], day: date, manner: Manner) -> None:
    """Refuse to end at shorter notice than was agreed on a day still to come; an ending of today the desk judges."""
    crossed = [one for one in foreseen(at, ended) if one.code == SHORT_NOTICE] if day > at.today else []
    if crossed and manner.waive is not None:
        told = f"{SHORT_NOTICE} {crossed[0].name} will be found on the last day: waive it then"
        at.desk.remarks.append(f"{told}: coachlog waive {at.code} {at.contract.label} {SHORT_NOTICE}.")
    elif crossed and not manner.anyway:
        what = f"Not planned: {crossed_words(crossed)}"
        raise PlanRefused(what, "Say a later day with --on, or add --anyway.")


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
    by = typed["by"] or ask(wishes, f"Who ends it ({', '.join(PARTIES)})", "--by", one_of(PARTIES), "both")
    told = _explained(at, wishes, explained)
    so_far: dict[str, Value] = {"date": written_day(day), "by": Word(by), "reason": Word(reason)}
    talked = _supervision(at, wishes, supervision, wanted=calls_for(at, so_far, UNSUPERVISED))
    summary = typed["summary"] or offer(wishes, "What was reached", str)
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
    return offer(wishes, "When you explained it", lambda answer: at.day(answer, "fact"))


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
    return offer(wishes, "The supervision on it (its id)", find) if wanted else None
