"""`coachlog fmt`: ids for the records that were written by hand without one, and nothing else."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import typer

from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.incognito import veiled, veiled_diff, veiled_plain
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.options import DryRun
from coachlog.errors import CannotWrite, CoachlogError
from coachlog.model.words import counted, listed
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import line
from coachlog.render.output import complain, screen, show
from coachlog.store.commit import read
from coachlog.store.identify import count_nameless, identified
from coachlog.store.layout import CLIENT_FILES, PRACTICE_FILE, SUPERVISION_FILE, client_file, client_folders
from coachlog.store.prove import CannotProve

MOST_SHOWN = 5
FAILED = 1


class Lacking(NamedTuple):
    """A file with records that have no id: whose it is, how many there are, and how many can't be given one."""

    client: str | None
    name: str
    records: int
    left: int


def fmt(
    ctx: typer.Context,
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 if an id is missing.")] = False,
    dry_run: DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every file that was written, and how many ids.")] = False,
) -> int:
    """Give an id to every record that was written by hand without one; nothing else in the files changes.

    A file that can't be read is named and left as it is, and the command exits with 3.

    Examples:
      coachlog fmt
      coachlog fmt --check
      coachlog fmt --dry-run
    """
    desk = Desk.open(ctx.obj)
    unread: list[CoachlogError] = []
    lacking = list(_lacking(desk, unread))
    if not check:
        diff = _written(desk, [one for one in lacking if one.left < one.records], unread, dry_run=dry_run)
        _tell(desk.wishes, lacking, diff, done=not dry_run, as_json=as_json)
    else:
        _tell(desk.wishes, lacking, "", done=False, as_json=as_json)
    _complain(desk, lacking, unread)
    return CannotWrite.exit_code if unread else FAILED * bool(check and lacking)


def _lacking(desk: Desk, unread: list[CoachlogError]) -> Iterator[Lacking]:
    """Look into every file of the journal; one that can't be read keeps none of the others from its ids."""
    files = [(None, name) for name in (PRACTICE_FILE, SUPERVISION_FILE)]
    clients = [folder.name for folder in client_folders(desk.root) if not folder.is_link]
    for code, name in [*files, *((code, client_file(code, name)) for code in clients for name in CLIENT_FILES)]:
        try:
            data = read(desk.root, name)[0]
            records = count_nameless(data, name)
        except CannotProve as refusal:
            unread.append(refusal.in_file(name))
        except CannotWrite as refusal:
            unread.append(refusal)
        else:
            if records:
                yield Lacking(code, name, records, count_nameless(identified(data, name), name))


def _written(desk: Desk, files: list[Lacking], unread: list[CoachlogError], *, dry_run: bool) -> str:
    """Write the ids, client by client, and give the diff of a dry run."""
    diffs: list[str] = []
    for code in dict.fromkeys(one.client for one in files):
        changes = [Change.of_ids_alone(one.name) for one in files if one.client == code]
        try:
            diffs.append(desk.carry_out(code, changes, Manner(dry_run=dry_run)).diff)
        except CannotWrite as refusal:
            unread.append(refusal)
    return "".join(diffs)


def _tell(wishes: Wishes, files: list[Lacking], diff: str, *, done: bool, as_json: bool) -> None:
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if as_json:
        told = [{"file": one.name, "client": one.client, "records": one.records - one.left} for one in files]
        written = [one.name for one in files if done and one.left < one.records]
        show(object_lines(veiled_plain(wishes, {"schema": SCHEMA, "files": told, "written": written})), sheet)
    elif diff:
        show((line(one) for one in veiled_diff(wishes, diff).rstrip("\n").split("\n")), sheet)
    elif not sheet.quiet:
        show([line(veiled(wishes, _said(files, done=done)))], sheet)


def _said(files: list[Lacking], *, done: bool) -> str:
    records = sum(one.records - one.left * done for one in files)
    if not records:
        return "Every record has its id." if not files else "No id could be given."
    names = [one.name for one in files[:MOST_SHOWN]]
    more = [f"{counted(len(files) - MOST_SHOWN, 'other file')}"] if len(files) > MOST_SHOWN else []
    told = f"{counted(records, 'record')} in {listed([*names, *more])}"
    return f"gave {'an id' if records == 1 else 'ids'} to {told}" if done else f"No id yet: {told}"


def _complain(desk: Desk, files: list[Lacking], unread: list[CoachlogError]) -> None:
    for remark in () if desk.wishes.quiet else desk.remarks:
        complain(veiled(desk.wishes, remark))
    for one in files:
        if one.left:
            said = f"{one.name}: {counted(one.left, 'record')} can't be given an id here. Write it by hand."
            complain(veiled(desk.wishes, said))
    for refusal in unread:
        complain(veiled(desk.wishes, str(refusal)))
