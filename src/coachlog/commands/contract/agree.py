"""`coachlog contract agree`: a draft begins to count."""

from datetime import date, timedelta
from typing import get_args

import typer

from coachlog.commands.contract.at_hand import AtHand, written_day
from coachlog.commands.contract.new import terms_told
from coachlog.commands.contract.options import Agreed, Form, FormText, Which
from coachlog.commands.contract.renew import end_of_renewed
from coachlog.commands.desk.asking_for import ask, one_of
from coachlog.commands.desk.desk import Manner
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.desk.telling import tell
from coachlog.errors import WrongCall
from coachlog.store.emit import Word
from coachlog.store.splice import Path, set_value


def agree(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    agreed: Agreed = None,
    form: FormText = None,
    contract: Which = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make a draft count: note the day on which the client agreed (default: today), and in which form.

    A draft that renews a contract ends that one on the day before it begins.

    Examples:
      coachlog contract agree jane --form email
      coachlog contract agree jane --agreed "last fri" --form signed
    """
    at = _with_draft(AtHand.open(ctx.obj, client, contract), named=contract is not None)
    day = at.day(agreed, "fact")
    how: str = form or ask(ctx.obj, "The form of the agreement", "--form", one_of(get_args(Form)), "email")
    begins = max(day, at.contract.starts or day)
    changes = [
        at.change(lambda data, way: _agreed(data, way, day, how)),
        *end_of_renewed(at, at.file.agreements.named(at.contract.renews), begins, at.contract.label or ""),
    ]
    renewed = f"; {at.contract.renews} ends {at.told(begins - timedelta(days=1))}" if len(changes) > 1 else ""
    outcome = at.desk.carry_out(at.code, changes, Manner(dry_run=dry_run))
    written = at.written(outcome)
    said = f"agreed {written.label}: {terms_told(at.file.client.name, written)}, {how}, agreed {at.told(day)}"
    said += f", from {at.told(begins)}{renewed}" if begins != day else renewed
    tell(at.desk.wishes, outcome, said, noun="contracts", records=[written], as_json=as_json, remarks=at.desk.remarks)


def _agreed(data: bytes, way: Path, day: date, how: str) -> bytes:
    return set_value(set_value(data, (*way, "agreed"), written_day(day)), (*way, "form"), Word(how))


def _with_draft(at: AtHand, *, named: bool) -> AtHand:
    """Take the latest draft, or the one that is named. Raises WrongCall where there is none."""
    drafts = [one for one in at.file.contracts if one.agreed is None]
    if at.contract.agreed is None:
        return at
    if drafts and not named:
        return AtHand(at.desk, at.code, at.file, drafts[-1])
    what = "There is no draft to agree on." if not named else f"{at.contract.label} is agreed already."
    raise WrongCall(what, f"`coachlog contract new {at.code}` writes one, `contract amend` changes what is agreed.")
