"""`coachlog delete`: a record is cut from its file, with its comments, after it is said what refers to it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from coachlog.commands.desk.asking_for import ask, can_ask, yes_or_no
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.incognito import veiled
from coachlog.commands.desk.options import DryRun
from coachlog.commands.desk.telling import Telling, tell, told_of
from coachlog.commands.keeping.on_paper import Paper, code_or_practice, described, paper_of
from coachlog.commands.keeping.referring import referring_to, told
from coachlog.errors import WrongCall
from coachlog.model.record import Record
from coachlog.render.output import complain
from coachlog.store.locate import way_to
from coachlog.store.nodes import place_of_first_key
from coachlog.store.origin import as_place
from coachlog.store.splice import cut_record


def delete(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Code or name; practice for coachlog.yaml.")],
    record: Annotated[str | None, typer.Argument(metavar="ID", help="The record's id, or the beginning of it.")] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="What was deleted, and what referred to it.")] = False,
) -> None:
    """Delete a record for good, with the comments that belong to it; what refers to it is named first.

    A session that does not take place is no mistake to be deleted: cancel it instead.

    Examples:
      coachlog delete jane f6juw
      coachlog delete jane 2026a/p1 --dry-run
      coachlog delete jane f6juw --yes
    """
    desk = Desk.open(ctx.obj)
    code = code_or_practice(desk, client)
    paper = _meant(desk, code, record)
    said = described(paper, desk)
    file = desk.file(code) if code else None
    deleted = [told_of(one, file, desk.now) for one in _records(desk, code, paper)] if as_json else []
    change = Change(paper.file, lambda data: _cut(data, paper))
    after = desk.carry_out(code, [change], Manner(dry_run=True)).file if code else None
    found = referring_to(desk, code, paper, after)
    desk.remarks += told(paper, code, found)
    if not (yes or dry_run):
        _confirm(desk, said)
    outcome = desk.carry_out(code, [change], Manner(dry_run=dry_run))
    also = {"records": deleted, "referred_by": [one.plain() for one in found]}
    tell(desk, outcome, Telling(f"deleted {said}, from {paper.file}", "records", also=also), as_json=as_json)


def _meant(desk: Desk, code: str | None, wanted: str | None) -> Paper:
    """Find the record that is meant, and ask for it where none is named. Raises WrongCall."""
    if wanted is not None:
        return paper_of(desk, code, wanted)
    return ask(desk.wishes, "The record", "ID, behind the client", lambda text: paper_of(desk, code, text))


def _records(desk: Desk, code: str | None, paper: Paper) -> Iterator[Record]:
    """Give the record as the model has it, by its file and line."""
    practice = (desk.practice, *desk.supervision)
    everything = desk.file(code).records() if code else (one for record in practice for one in record.within())
    place = as_place(paper.file, place_of_first_key(paper.node))
    return (one for one in everything if one.origin.place() == place)


def _cut(data: bytes, paper: Paper) -> bytes:
    """Cut the record by what it is called, wherever it stands by now; a record without an id where it stood."""
    return cut_record(data, way_to(data, paper.label).path)


def _confirm(desk: Desk, said: str) -> None:
    """Say what there is to remark, once, and ask. Raises WrongCall where the answer is no, or nobody can give one."""
    for remark in desk.remarks:
        complain(veiled(desk.wishes, remark))
    desk.remarks.clear()
    if not can_ask(desk.wishes):
        what = f"Deleting {said} asks first, and there is nobody to ask."
        raise WrongCall(what, "Add --yes.")
    if not ask(desk.wishes, f"Delete {said}? yes or no", "--yes", yes_or_no, "no"):
        what = "Nothing was deleted."
        raise WrongCall(what)
