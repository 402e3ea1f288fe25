"""`coachlog goal`: what the coaching is for."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal, NamedTuple

import typer

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.contract.options import Which
from coachlog.commands.desk.asking_for import ask, read_text, some_words
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change, Manner, Outcome
from coachlog.commands.desk.lasting import lasting_id, naming
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.contract import Amendment, Contract, Goal
from coachlog.model.ids import new_id
from coachlog.store.emit import Value, Word
from coachlog.store.splice import insert_record, set_value

From = Literal["client", "sponsor", "coach"]
Text = Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="The goal; - reads it.")]
Which_goal = Annotated[str, typer.Argument(metavar="GOAL", help="Its id, the beginning of it, or its place.")]
Measure = Annotated[str | None, typer.Option("--measure", metavar="TEXT", help="How you will both know.")]
Sender = Annotated[From | None, typer.Option("--from", help="Whose goal it is.")]
AgreedOn = Annotated[str | None, typer.Option("--agreed", metavar="DAY", help="When it was agreed; default: today.")]
_GOAL = some_words("A goal needs words.", "Write what the coaching is for.")


class _Goal(NamedTuple):
    """A goal that is to be written, as it is said."""

    text: str
    sender: str | None
    measure: str | None
    agreed: date
    replaces: str | None = None

    def record(self, made: str) -> dict[str, Value]:
        """Give it as it stands in a file, by the id that is made for it."""
        fields: dict[str, Value | None] = {
            "id": Word(made),
            "text": self.text,
            "from": self.sender and Word(self.sender),
            "measure": self.measure,
            "agreed": written_day(self.agreed),
            "replaces": self.replaces and Word(self.replaces),
        }
        return {key: value for key, value in fields.items() if value}


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    text: Text = None,
    *,
    sender: Sender = None,
    measure: Measure = None,
    agreed: AgreedOn = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add a goal to the current contract.

    Examples:
      coachlog goal add jane Lead the product team with confidence
      coachlog goal add jane Delegate the roadmap --from sponsor --measure "the team says so in June"
    """
    at = AtHand.open(ctx.obj, client, contract)
    goal = _Goal(_text(at, text), sender, measure, at.day(agreed, "fact"))
    _add(at, goal, dry_run=dry_run, as_json=as_json)


def replace(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    goal: Which_goal,
    text: Text = None,
    *,
    sender: Sender = None,
    measure: Measure = None,
    agreed: AgreedOn = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Put another goal in the place of one; the old one stays on file.

    Examples:
      coachlog goal replace jane g1 Delegate the roadmap
      coachlog goal replace jane g1 Delegate the roadmap --from sponsor --agreed "11 feb"
    """
    at = AtHand.open(ctx.obj, client, contract)
    old = named(_terms(at).goals, goal, at.desk.now)
    new = _Goal(_text(at, text), sender or old.from_, measure, at.day(agreed, "fact"), lasting_id(at.desk, old))
    _add(at, new, naming(old), dry_run=dry_run, as_json=as_json)


def reach(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    goal: Which_goal,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day; default: today.")] = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that a goal was reached.

    Examples:
      coachlog goal reach jane g1
      coachlog goal reach jane g1 --on "30 jun"
    """
    at = AtHand.open(ctx.obj, client, contract)
    reached = named(_terms(at).goals, goal, at.desk.now)
    if reached.reached:
        what = f"{reached.label} was reached on {at.told(reached.reached)}."
        raise WrongCall(what, "Nothing is left to note.")
    day = at.day(on, "fact")
    change = at.change(lambda data, way: set_value(data, (*way, "reached"), written_day(day)), reached)
    outcome = at.desk.carry_out(at.code, [change], Manner(dry_run=dry_run))
    goals = _terms(at, at.written(outcome)).goals
    place = reached.origin.position
    written = [one for one in goals if one.origin.position == place]
    _tell(at, outcome, f"reached {written[0].label if written else goal}: {at.told(day)}", written, as_json=as_json)


def _add(at: AtHand, goal: _Goal, before: Sequence[Change] = (), *, dry_run: bool, as_json: bool) -> None:
    """Write a goal where those of the contract stand, after what comes before it, and say so."""
    made = new_id(_taken(at.contract))
    amendment, path = _where(at)
    change = at.change(lambda data, way: insert_record(data, (*way, *path), goal.record(made)), amendment)
    outcome = at.desk.carry_out(at.code, [*before, change], Manner(dry_run=dry_run))
    written = at.written(outcome)
    did = f"replaced {goal.replaces} by {made}" if goal.replaces else f"added {made}"
    said = f"{did}: a goal of {at.file.client.name} in {written.label}, agreed {at.told(goal.agreed)}"
    _tell(at, outcome, said, [one for one in _terms(at, written).goals if one.id == made], as_json=as_json)


def _text(at: AtHand, words: list[str] | None) -> str:
    return read_text(at.desk.wishes, words) or ask(at.desk.wishes, "The goal", "its text behind the client", _GOAL)


def _terms(at: AtHand, contract: Contract | None = None) -> Contract:
    """Give the contract as it stands today, or on its first day where that is to come."""
    contract = contract or at.contract
    return contract.terms(max(at.today, contract.agreed or at.today))


def _where(at: AtHand) -> tuple[Amendment | None, tuple[str, ...]]:
    """Say where the goals stand that count: in the contract, or in the last amendment that set them."""
    record = _terms(at).clause("goals").record
    return (record, ("set", "goals")) if isinstance(record, Amendment) else (None, ("goals",))


def _taken(contract: Contract) -> set[str]:
    lists = (contract.goals, *(amendment.set.goals for amendment in contract.amendments))
    return {goal.id or "" for goals in lists for goal in goals}


def _tell(at: AtHand, outcome: Outcome, said: str, goals: list[Goal], *, as_json: bool) -> None:
    tell(at.desk, outcome, Telling(said, "goals", goals), as_json=as_json)
