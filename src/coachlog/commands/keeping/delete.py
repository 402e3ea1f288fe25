"""`coachlog delete`: a record is cut from its file, with its comments, after it is said what refers to it."""

from collections.abc import Iterator
from typing import Annotated

import typer

from coachlog.commands.desk.asking_for import ask, can_ask
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.options import DryRun
from coachlog.commands.desk.telling import tell
from coachlog.commands.keeping.on_paper import Paper, code_or_practice, described, paper_of
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.words import listed
from coachlog.render.output import complain
from coachlog.rules.references import dangling_in
from coachlog.store.compose import compose
from coachlog.store.locate import locate
from coachlog.store.splice import CannotProve, cut_record

ANSWERS = {"y": True, "yes": True, "n": False, "no": False}


def delete(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Code or name; practice for coachlog.yaml.")],
    record: Annotated[str, typer.Argument(metavar="ID", help="The record's id, or the beginning of it.")],
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
    paper = paper_of(desk, code, record)
    said = described(paper, desk)
    change = Change(paper.file, lambda data: _cut(data, paper))
    remarks = list(desk.remarks)
    if code:
        trial = desk.carry_out(code, [change], Manner(dry_run=True))
        remarks += _remarks(paper, desk.file(code), trial.file)
    if not (yes or dry_run):
        _confirm(desk, said, remarks)
        remarks = []
    outcome = desk.carry_out(code, [change], Manner(dry_run=dry_run))
    tell(desk.wishes, outcome, f"deleted {said}, from {paper.file}", noun="records", as_json=as_json, remarks=remarks)


def _cut(data: bytes, paper: Paper) -> bytes:
    """Cut the record by what it is called, wherever it stands by now; a record without an id where it stood."""
    way = locate(compose(data), paper.label)
    if way is None:
        raise CannotProve(1, "the record is not there any more", "Look again: coachlog check.")
    return cut_record(data, way.path)


def _confirm(desk: Desk, said: str, remarks: list[str]) -> None:
    for remark in remarks:
        complain(remark)
    if not can_ask(desk.wishes):
        what = f"Deleting {said} asks first, and there is nobody to ask."
        raise WrongCall(what, "Add --yes.")
    if not ask(desk.wishes, f"Delete {said}? yes or no", "--yes", _yes_no, "no"):
        what = "Nothing was deleted."
        raise WrongCall(what)


def _yes_no(answer: str) -> bool:
    if answer.lower() in ANSWERS:
        return ANSWERS[answer.lower()]
    what = "The answer is yes or no."
    raise WrongCall(what)


def _remarks(paper: Paper, before: ClientFile, after: ClientFile | None) -> list[str]:
    """Say what refers to the record: what would name nothing that is there once it is gone."""
    known = set(_dangling(before))
    lost = [one for one in (_dangling(after) if after else ()) if one not in known]
    told = listed([f"{label} ({field})" for label, field, _ in lost]) if lost else ""
    return [f"{paper.label} is named by {told}, which would then refer to nothing."] if lost else []


def _dangling(file: ClientFile) -> Iterator[tuple[str, str, str]]:
    """Give every reference that names no record: the label of what holds it, the field, and the id."""
    for record, reference, names in dangling_in(file):
        yield from ((record.label or "client", reference.field, name) for name in names)
