"""`coachlog contract agree`: a draft begins to count."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import get_args

import typer

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.contract.beside import Beside, Days
from coachlog.commands.contract.new import terms_told
from coachlog.commands.contract.options import Agreed, Form, FormText, Which
from coachlog.commands.contract.renew import end_of_renewed
from coachlog.commands.desk.asking_for import ask, can_ask, one_of
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Manner
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.store.emit import Value, Word
from coachlog.store.splice import Path, insert_record, set_value

WAYS = {"verbal": "by word", "email": "by email"}
"""How an agreement was given, as a sentence says it."""


def agree(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    agreed: Agreed = None,
    form: FormText = None,
    contract: Which = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Make a draft count: note the day on which the client agreed (default: today), and in which form.

    A draft that renews a contract ends that one on the day before it begins. While another contract is in force, one
    that does not renew it is a plan which crosses a boundary.

    Examples:
      coachlog contract agree jane --form email
      coachlog contract agree jane --agreed "last fri" --form signed
    """
    at = _with_draft(AtHand.open(ctx.obj, client, contract), named=contract is not None)
    day = at.day(agreed, "fact")
    how = form or _form_asked(at)
    begins = max(day, at.contract.starts or day)
    days = Days(begins, at.contract.ends)
    waiver = Beside(at.desk, at.file, days, at.contract.renews).settled(anyway=anyway, waive=waive)
    agreeing = at.change(lambda data, way: _agreed(data, way, day, how, waiver))
    ending = end_of_renewed(at, at.file.agreements.named(at.contract.renews), begins, at.contract.label or "")
    outcome = at.desk.carry_out(at.code, [agreeing, *ending], Manner(dry_run=dry_run))
    written = at.written(outcome)
    said = f"agreed {written.label}: {terms_told(at.file.client.name, written)}{_way_told(how)}, {at.told(day)}"
    said += f", from {at.told(begins)}" if begins != day else ""
    said += f"; {at.contract.renews} ends {at.told(begins - timedelta(days=1))}" if ending else ""
    tell(at.desk, outcome, Telling(said, "contracts", [written]), as_json=as_json)


def _form_asked(at: AtHand) -> str | None:
    """Ask for the form of the agreement; where nobody can answer it stays as the draft says, or is left out."""
    held, forms = at.contract.form, get_args(Form)
    if not can_ask(at.desk.wishes):
        return held
    return ask(
        at.desk.wishes, f"The form of the agreement ({', '.join(forms)})", "--form", one_of(forms), held or "email"
    )


def _agreed(data: bytes, way: Path, day: date, how: str | None, waiver: Mapping[str, Value]) -> bytes:
    agreed = set_value(data, (*way, "agreed"), written_day(day))
    agreed = set_value(agreed, (*way, "form"), Word(how)) if how else agreed
    return insert_record(agreed, (*way, "waive"), waiver) if waiver else agreed


def _way_told(how: str | None) -> str:
    return f", {WAYS.get(how, how)}" if how else ""


def _with_draft(at: AtHand, *, named: bool) -> AtHand:
    """Take the latest draft, or the one that is named. Raises WrongCall where there is none."""
    drafts = [one for one in at.file.contracts if one.agreed is None]
    if at.contract.agreed is None:
        return at
    if drafts and not named:
        return AtHand(at.desk, at.code, at.file, drafts[-1])
    what = "There is no draft to agree on." if not named else f"{at.contract.label} is agreed already."
    raise WrongCall(what, f"`coachlog contract new {at.code}` writes one, `contract amend` changes what is agreed.")
