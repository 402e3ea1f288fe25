"""`coachlog contract resume` and `lift`: coaching that goes on after a pause or a hold."""

from datetime import date, timedelta
from typing import Annotated

import typer

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.contract.options import Which
from coachlog.commands.contract.pause import Kind
from coachlog.commands.desk.asking_for import ask, some_words
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Manner, Outcome
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.contract import Contract, Pause
from coachlog.model.words import day_words
from coachlog.store.splice import Path, set_value

Stopped = Annotated[str | None, typer.Argument(metavar="[ID]", help="Which one; default: the one that runs.")]
Resolution = Annotated[str | None, typer.Option("--resolution", metavar="TEXT", help="What came of it.")]
_RESOLUTION = some_words("Something has to stand here.", "Write a few words.")


def resume(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Stopped = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The first day again; default: today.")] = None,
    resolution: Resolution = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Go on after a pause: its last day becomes the day before.

    Examples:
      coachlog contract resume jane
      coachlog contract resume jane p1 --on "next mon" --resolution "back from leave"
    """
    at, stopped = _running(AtHand.open(ctx.obj, client, contract, agreed=True), wanted, "pause", contract)
    day = at.day(on, "plan")
    _refuse_before(stopped, day)
    fields = {"to": written_day(day - timedelta(days=1)), "resolution": resolution}
    outcome = _set(at, stopped, fields, dry_run=dry_run)
    _tell_again(at, outcome, stopped, f"resumed from {at.told(day)}", as_json=as_json)


def lift(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Stopped = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="The first day again; default: today.")] = None,
    resolution: Resolution = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Lift a hold, and say how it was resolved.

    Examples:
      coachlog contract lift jane --resolution paid
      coachlog contract lift jane p2 --on yesterday --resolution "invoice 7 is paid"
    """
    at, stopped = _running(AtHand.open(ctx.obj, client, contract, agreed=True), wanted, "hold", contract)
    day = at.day(on, "fact")
    _refuse_before(stopped, day, may_equal=True)
    resolved = resolution or ask(ctx.obj, "How the hold was resolved", "--resolution", _RESOLUTION)
    outcome = _set(at, stopped, {"lifted": written_day(day), "resolution": resolved}, dry_run=dry_run)
    _tell_again(at, outcome, stopped, f"lifted on {at.told(day)}", as_json=as_json)


def _running(at: AtHand, wanted: str | None, kind: Kind, contract: str | None) -> tuple[AtHand, Pause]:
    """Find the pause or hold that is named, else the one that runs today, of the contract that is named or of any."""
    contracts = [at.contract] if contract is not None else [at.contract, *at.file.contracts]
    if wanted is not None:
        holder, stopped = _named(at, contracts, wanted, kind)
        return AtHand(at.desk, at.code, at.file, holder), stopped
    for holder in contracts:
        for one in reversed(holder.pauses):
            if one.kind == kind and one.covers(at.today):
                return AtHand(at.desk, at.code, at.file, holder), one
    what = f"No {kind} of {at.file.client.name} runs today."
    raise WrongCall(what, f"Name one by its id; coachlog contract show {at.code} lists them.")


def _named(at: AtHand, contracts: list[Contract], wanted: str, kind: Kind) -> tuple[Contract, Pause]:
    """Find a pause by its id, alone or behind that of its contract (`2026a/p1`)."""
    before, _, own = wanted.rpartition("/")
    holder = named(at.file.contracts, before, at.desk.now) if before else contracts[0]
    stopped = named(holder.pauses, own, at.desk.now)
    if stopped.kind != kind:
        what = f"{stopped.label} is a {stopped.kind}."
        raise WrongCall(what, f"End it with coachlog contract {'lift' if stopped.is_hold else 'resume'} {at.code}.")
    return holder, stopped


def _refuse_before(stopped: Pause, day: date, *, may_equal: bool = False) -> None:
    if day < stopped.from_ or (day == stopped.from_ and not may_equal):
        what = f"{stopped.label} only begins on {day_words(stopped.from_)}."
        raise WrongCall(what, "Say a later day with --on.")


def _set(at: AtHand, stopped: Pause, fields: dict[str, str | None], *, dry_run: bool) -> Outcome:
    def alter(data: bytes, way: Path) -> bytes:
        for key, value in fields.items():
            data = set_value(data, (*way, key), value) if value else data
        return data

    return at.desk.carry_out(at.code, [at.change(alter, stopped)], Manner(dry_run=dry_run))


def _tell_again(at: AtHand, outcome: Outcome, stopped: Pause, did: str, *, as_json: bool) -> None:
    """Say that a pause or hold is over, and when it had begun."""
    place = stopped.origin.position
    written = [one for one in at.written(outcome).pauses if one.origin.position == place]
    label = written[0].label if written else stopped.label
    said = f"{did}: {label}, the {stopped.kind} of {day_words(stopped.from_)}"
    tell(at.desk, outcome, Telling(said, "pauses", written), as_json=as_json)
