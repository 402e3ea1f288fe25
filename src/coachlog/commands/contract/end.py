"""`coachlog contract end`: an ending that is explained, talked over and complete."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, NamedTuple, get_args

import typer

from coachlog.commands.contract.at_hand import AtHand, booked_between
from coachlog.commands.contract.booked import (
    CANCELLED_FOR,
    Booked,
    Cause,
    Told,
    as_fields,
    booked_ahead,
    cancellations,
    chosen,
    fallen,
    fates_told,
)
from coachlog.commands.contract.checklist import closing_changes, lacking, referral_changes, wants_supervision
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.asking_for import ask, offer, one_of
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Manner
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import tell
from coachlog.errors import WrongCall
from coachlog.model.contract import EndingReason, Party
from coachlog.model.instant import parse_day
from coachlog.model.words import counted, day_words, listed
from coachlog.store.emit import Value, Word
from coachlog.store.splice import add_key

REASONS = get_args(EndingReason)
PARTIES = get_args(Party)


class _Typed(NamedTuple):
    """What the call says of an ending; what it leaves out is asked for."""

    by: str | None
    reason: str | None
    explained: str | None
    supervision: str | None
    summary: str | None


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
    what becomes of the sessions booked after it. On a terminal you are asked for what you did not say. A day that is
    past is noted as a fact.

    Examples:
      coachlog contract end jane --reason completed --by both --summary "Goals met; plan agreed."
      coachlog contract end jane --reason needs-other-care --by coach --explained today --refer mw3xw --refer okafor
      coachlog contract end jane --reason relationship --by coach --explained fri --supervision q8rtw --booked cancel
      coachlog contract end jane --on "10 jul" --reason completed --by both --closing last --booked cancel
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    day = at.day(on, "plan")
    _refuse_ending(at, day)
    manner = Manner(plan=day >= at.today, anyway=anyway, waive=waive, dry_run=dry_run, everyone=day >= at.today)
    ended = _ended(at, day, _Typed(by, reason, explained, supervision, summary))
    referred = referral_changes(at, refer, str(ended["by"]), str(ended["reason"]), day)
    closed = closing_changes(at, closing, day)
    falling = chosen(at, booked_ahead(at, day + timedelta(days=1), None), booked, manner)
    gone = fallen(at, falling, _cause(ended), told)
    ending = at.change(lambda data, way: add_key(data, (*way, "ended"), ended))
    outcome = at.desk.carry_out(at.code, [*closed, *cancellations(at, gone), *referred, ending], manner)
    written = at.written(outcome)
    said = f"ended {written.label}: last day {at.told(day)}, by {ended['by']}, {ended['reason']}"
    said += f"; {counted(len(referred), 'referral')} noted" if referred else ""
    said += fates_told(booked_between(at.file, day + timedelta(days=1), None), gone, "after it")
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


def _cause(ended: Mapping[str, Value]) -> Cause:
    """Say why the sessions booked after it fall away."""
    talked = parse_day(str(ended.get("explained", "")))
    return Cause(str(ended["by"]), CANCELLED_FOR.get(str(ended["reason"]), "other"), "the contract has ended", talked)


def _refuse_ending(at: AtHand, day: date) -> None:
    contract = at.contract
    if contract.agreed is None:
        what = f"{contract.label} is a draft, in force for nothing."
        raise WrongCall(what, "There is nothing to end.")
    if contract.ended:
        ends = "ends" if contract.ended.date >= at.today else "ended"
        what = f"{contract.label} {ends} on {at.told(contract.ended.date)}."
        raise WrongCall(what, f"Name another with --contract ID, or change the day: coachlog edit {at.code} contract.")
    if contract.finished(day) and contract.terms(day).ends:
        what = f"{contract.label} had run out before {at.told(day)}."
        raise WrongCall(what, "Say a day on which it was in force with --on.")
    if day < contract.agreed:
        what = f"{at.told(day)} lies before {contract.label} was agreed, on {day_words(contract.agreed)}."
        raise WrongCall(what, "Say the last day with --on.")


def _ended(at: AtHand, day: date, typed: _Typed) -> dict[str, Value]:
    """Put the ending together, and ask for what was not typed."""
    wishes = at.desk.wishes
    reason = typed.reason or ask(wishes, "The reason of the ending", "--reason", one_of(REASONS), "completed")
    by = typed.by or ask(wishes, f"Who ends it ({', '.join(PARTIES)})", "--by", one_of(PARTIES), "both")
    told = _explained(at, typed.explained)
    talked = _supervision(at, typed.supervision, wanted=wants_supervision(by, reason))
    summary = typed.summary or offer(wishes, "What was reached", str)
    fields: dict[str, Value | None] = {
        "date": written_day(day),
        "by": Word(by),
        "reason": Word(reason),
        "explained": written_day(told) if told else None,
        "supervision": talked and Word(talked),
        "summary": summary,
    }
    return {key: value for key, value in fields.items() if value}


def _explained(at: AtHand, text: str | None) -> date | None:
    if text is not None:
        return at.day(text, "fact")
    return offer(at.desk.wishes, "When you explained it", lambda answer: at.day(answer, "fact"))


def _supervision(at: AtHand, text: str | None, *, wanted: bool) -> str | None:
    """Find the supervision that is named. Raises WrongCall for one that has no id to name it by."""

    def find(answer: str) -> str:
        found = named(at.desk.supervision, answer, at.desk.now)
        if found.id is not None:
            return found.id
        what = f"The supervision of {day_words(found.date)} has no id."
        raise WrongCall(what, "Give it one in supervision.yaml, such as id: q8rtw.")

    if text is not None:
        return find(text)
    return offer(at.desk.wishes, "The supervision on it (its id)", find) if wanted else None
