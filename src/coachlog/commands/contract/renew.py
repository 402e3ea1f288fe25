"""`coachlog contract renew`: one contract follows on from another."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import typer

from coachlog.commands.contract.at_hand import AtHand, read_day
from coachlog.commands.contract.beside import days_of
from coachlog.commands.contract.new import contract_added, contract_record, tell_new
from coachlog.commands.contract.options import (
    Agreed,
    Ends,
    Every,
    FeeText,
    FormText,
    Length,
    Sessions,
    Sets,
    Starts,
    Which,
)
from coachlog.commands.contract.terms import ready, terms_as_written, typed_terms, with_typed
from coachlog.commands.desk.boundaries import Inherited
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.lasting import ids_of, lasting_id, naming
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.errors import WrongCall
from coachlog.model.contract import Contract
from coachlog.model.instant import parse_day
from coachlog.store.emit import Value, Word
from coachlog.store.splice import Path, set_value

NOT_RENEWED = frozenset({"form", "starts", "ends", "welcome_pack", "after_end"})
"""What belongs to one contract alone and is not copied into the next."""

LATE = "23:59"
"""The time of day at which a contract is judged on its last day."""


def renew(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    agreed: Agreed = None,
    form: FormText = None,
    sessions: Sessions = None,
    length: Length = None,
    every: Every = None,
    fee: FeeText = None,
    starts: Starts = None,
    ends: Ends = None,
    sets: Sets = None,
    contract: Which = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write a contract that follows on from one, with its terms of today and the goals that are still to reach.

    With --agreed it counts, and the old contract ends on the day before it begins. Without, it is a draft, and the
    old one ends when `contract agree` makes it count.

    Examples:
      coachlog contract renew jane --agreed today --sessions 4 --form email
      coachlog contract renew jane --starts "1 sep" --ends "28 feb 2027"
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    old = _renewable(at)
    day = read_day(at.desk, agreed, "fact")
    typed = typed_terms(
        sets, at.desk.now, form=form, sessions=sessions, length=length, every=every, fee=fee, starts=starts, ends=ends
    )
    terms = ready(with_typed(_to_go_on_with(at), typed), at.desk.practice.timezone)
    record = {**contract_record(ids_of(at.file.contracts), day, terms), "renews": Word(old)}
    made, begins = str(record["id"]), days_of(day, terms).first
    ending = end_of_renewed(at, at.contract, begins, made) if begins else []
    manner = Manner(plan=True, anyway=anyway, waive=waive, dry_run=dry_run, everyone=True)
    manner = replace(manner, inherited=Inherited(made, _known_of(at)))
    outcome = at.desk.carry_out(at.code, [*naming(at.contract), *ending, contract_added(at.code, record)], manner)
    last = f"; {old} ends {at.told(begins - timedelta(days=1))}" if begins and ending else ""
    tell_new(at.desk, outcome, made, as_json=as_json, more=f", renews {old}{last}")


def _known_of(at: AtHand) -> frozenset[tuple[str, str | None]]:
    """Give what is found on the old contract today, or was on its last day: with its terms that goes on."""
    last = at.contract.last_day(at.today)
    then = [Desk(at.desk.root, replace(at.desk.wishes, now=f"{last} {LATE}"))] if last and last < at.today else []
    found = (one for desk in (at.desk, *then) for one in desk.findings(at.code))
    return frozenset((one.code, one.subject) for one in found if one.record == at.contract.label)


def _renewable(at: AtHand) -> str:
    """Give the id by which another contract renews this one. Raises WrongCall for a draft."""
    if at.contract.agreed is None:
        what = f"{at.contract.label} is a draft, which can't be renewed."
        raise WrongCall(what, f"Agree on it first: coachlog contract agree {at.code}.")
    return lasting_id(at.desk, at.contract)


def _to_go_on_with(at: AtHand) -> dict[str, Value]:
    """Copy the terms of today without what is over: its days, goals that are reached, follow-ups of one day."""
    terms = terms_as_written(at.data, at.contract, at.today)
    kept = {key: value for key, value in terms.items() if key not in NOT_RENEWED}
    replaced = {goal.replaces for goal in at.contract.terms(at.today).goals}
    goals = [one for one in _records(terms, "goals") if "reached" not in one and one.get("id") not in replaced]
    follow_up = [one for one in _records(terms, "follow_up") if parse_day(str(one.get("when"))) is None]
    known = {str(one.get("id")) for one in goals}
    lists: dict[str, Value] = {"goals": [_without_lost(one, known) for one in goals], "follow_up": follow_up}
    return {key: lists.get(key, value) for key, value in kept.items() if key not in lists or lists[key]}


def _records(terms: Mapping[str, Value], name: str) -> list[Mapping[str, Value]]:
    held = terms.get(name, [])
    return [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []


def _without_lost(goal: Mapping[str, Value], known: set[str]) -> dict[str, Value]:
    """Leave out that a goal replaces one which stays behind."""
    return {key: value for key, value in goal.items() if key != "replaces" or value in known}


def end_of_renewed(at: AtHand, old: Contract | None, begins: date, new: str) -> list[Change]:
    """End a contract on the day before the one that renews it begins, unless it is over by then."""
    if old is None or old.agreed is None or old.ended or begins <= old.agreed or old.finished(begins):
        return []
    day = begins - timedelta(days=1)
    ended: dict[str, Value] = {
        "date": written_day(day),
        "by": Word("both"),
        "reason": Word("completed"),
        "summary": f"Renewed as {new}.",
    }

    def alter(data: bytes, way: Path) -> bytes:
        return set_value(data, (*way, "ended"), ended)

    return [at.change(alter, old)]
