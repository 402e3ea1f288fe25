"""`coachlog contract amend`: a change that was agreed."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

import typer

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.contract.options import Agreed, Ends, Every, FeeText, Length, Sessions, Sets, Starts, Which
from coachlog.commands.contract.terms import ready, terms_as_written, typed_terms, with_typed
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Manner
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.contract import Contract
from coachlog.model.ids import new_id
from coachlog.model.instant import parse_day
from coachlog.model.words import listed, short_day
from coachlog.store.emit import Value, Word, one_line
from coachlog.store.layout import CONTRACT_FILE, client_file
from coachlog.store.splice import insert_record
from coachlog.views.agreed_words import agreed_words


class _Amended(NamedTuple):
    """An amendment by its id: when and why it was agreed, the terms before it, and those that it sets."""

    made: str
    day: date
    why: str | None
    before: Mapping[str, Value]
    changed: Mapping[str, Value]

    def record(self) -> dict[str, Value]:
        """Give it as it stands in a file."""
        why = {"why": self.why} if self.why else {}
        return {"id": Word(self.made), "agreed": written_day(self.day), **why, "set": self.changed}

    def telling(self, at: AtHand, written: Contract) -> Telling:
        """Say which terms changed, and in words what a clause says now."""
        told = listed([_term_told(name, value, self.before.get(name)) for name, value in self.changed.items()])
        said = f"amended {written.label} ({self.made}) with {at.file.client.name}: {told}, agreed {at.told(self.day)}"
        records = [one for one in written.amendments if one.id == self.made]
        clauses = [name for name, value in self.changed.items() if not isinstance(value, str)]
        return Telling(
            said, "amendments", records, [one for name in clauses for one in _clause(written, self.day, name)]
        )


def amend(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    sessions: Sessions = None,
    length: Length = None,
    every: Every = None,
    fee: FeeText = None,
    starts: Starts = None,
    ends: Ends = None,
    sets: Sets = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="Why it was agreed.")] = None,
    agreed: Agreed = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write down a change that was agreed: it counts from that day on (default: today), and not before.

    A term that is changed in part is written as a whole, with what stays of it.

    Examples:
      coachlog contract amend jane --sessions 8 --why "two more sessions"
      coachlog contract amend jane --agreed "2 apr" --ends "31 dec 2026"
      coachlog contract amend jane --set between_sessions.via.phone="2 days" --set every="3 weeks"
    """
    at = AtHand.open(ctx.obj, client, contract, agreed=True)
    day = at.day(agreed, "fact")
    _refuse_amending(at, day)
    typed = typed_terms(
        sets, at.desk.now, sessions=sessions, length=length, every=every, fee=fee, starts=starts, ends=ends
    )
    before = terms_as_written(at.data, at.contract, day)
    changed = _changed(before, with_typed(before, typed), {path[0] for path, _ in typed}, at.desk.practice.timezone)
    amended = _Amended(new_id(ids_of(at.contract.amendments)), day, why, before, changed)
    change = at.change(lambda data, way: insert_record(data, (*way, "amendments"), amended.record()))
    outcome = at.desk.carry_out(at.code, [change], Manner(dry_run=dry_run))
    tell(at.desk, outcome, amended.telling(at, at.written(outcome)), as_json=as_json)


def _refuse_amending(at: AtHand, day: date) -> None:
    """Refuse to amend what is not agreed yet, or was not on that day."""
    if at.contract.agreed is None:
        what = f"{at.contract.label} is a draft: there is nothing agreed to amend."
        raise WrongCall(what, f"Change it in {client_file(at.code, CONTRACT_FILE)}, or agree on it first.")
    if day < at.contract.agreed:
        what = f"{at.contract.label} was agreed on {at.told(at.contract.agreed)}, after the amendment."
        raise WrongCall(what, "Say the day of the amendment with --agreed.")


def _changed(
    before: Mapping[str, Value], after: Mapping[str, Value], named: set[str], zone: ZoneInfo
) -> dict[str, Value]:
    """Give the terms that an amendment sets, each as a whole. Raises WrongCall where nothing changes."""
    typed = ready({key: value for key, value in after.items() if key in named}, zone)
    changed = {key: value for key, value in typed.items() if value != before.get(key)}
    if not changed:
        what = "Nothing would change: these terms are agreed already." if named else "An amendment changes a term."
        raise WrongCall(what, 'Say which with --sessions, --ends or --set KEY="VALUE".')
    if "fee" in changed and before.get("pro_bono") in {"yes", "true"}:
        changed["pro_bono"] = Word("no")
    return changed


def _term_told(name: str, value: Value, before: "Value | None") -> str:
    """Say a term that is one word with what it was; a clause by its name, for it would be long."""
    if not isinstance(value, str):
        return name
    told = _value_told(name, value)
    return f"{name} {told} instead of {_value_told(name, before)}" if isinstance(before, str) else f"{name} {told}"


def _clause(contract: Contract, day: date, name: str) -> list[str]:
    """Say in words what a clause says from a day on."""
    return [f"{name}: {words}" for words in agreed_words(contract.terms(day), name)]


def _value_told(name: str, value: Value) -> str:
    day = parse_day(str(value)) if name in {"starts", "ends"} else None
    return short_day(day) if day else one_line(value)
