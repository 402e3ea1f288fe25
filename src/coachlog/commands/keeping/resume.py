"""`coachlog resume`: what was cut off between two files is written to its end, or given up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from coachlog.commands.desk.asking_for import ask, can_ask, yes_or_no
from coachlog.commands.desk.diffing import diff_of
from coachlog.commands.desk.incognito import veiled, veiled_diff, veiled_plain
from coachlog.commands.desk.opening import Wishes, journal_of
from coachlog.commands.desk.options import DryRun
from coachlog.model.words import counted, listed
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import line
from coachlog.render.output import complain, screen, show
from coachlog.store.commit import read
from coachlog.store.draft import Pending, Standing, finish, kept, name_now, pending, standing
from coachlog.store.draft import forget as give_up
from coachlog.store.unfinished import client_of_notes, notes_in


def resume(
    ctx: typer.Context,
    *,
    forget: Annotated[
        bool, typer.Option("--forget", help="Give it up instead: what is not written yet stays unwritten.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="What was cut off, and every file that was written.")] = False,
) -> None:
    """Write the rest of a change of several files that was cut off, once; a file that was edited since stops it.

    It lists what lies in drafts/ and, on a terminal, asks first. Texts that were typed and never written, and the
    notes of sessions that are open, are named, too; they are yours to keep or delete.

    Examples:
      coachlog resume
      coachlog resume --dry-run
      coachlog resume --forget
    """
    wishes: Wishes = ctx.obj
    root = journal_of(wishes)
    changes = pending(root)
    stand = [standing(root, change) for change in changes]
    if not (dry_run or as_json or wishes.quiet):
        _list(wishes, changes, stand)
    done, written = "", tuple[str, ...]()
    if not dry_run and _is_wanted(wishes, changes, forget=forget, yes=yes):
        done = "gave up" if forget else "resumed"
        written = _ended(root, changes, forget=forget)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if as_json:
        show(object_lines(veiled_plain(wishes, _plain(root, changes, stand, written))), sheet)
    elif dry_run and changes:
        diffs = [veiled_diff(wishes, _diff(root, change)) for change in changes]
        show([line(one) for diff in diffs for one in diff.rstrip("\n").split("\n")], sheet)
    elif not sheet.quiet:
        told = [
            _said(changes, written, done),
            *(f"typed, and not written: {one}" for one in kept(root)),
            *(f"notes of a session, open: {root / one}; {_goes_on(one)}" for one in notes_in(root)),
        ]
        show([line(veiled(wishes, one)) for one in told], sheet)


def _list(wishes: Wishes, changes: Sequence[Pending], stand: Sequence[Standing]) -> None:
    """Say how far each change came, before anything is done about it."""
    for change, one in zip(changes, stand, strict=True):
        parts = [("written", one.written), ("not written", one.left), ("changed since", one.changed)]
        told = "; ".join(f"{what}: {listed(list(names))}" for what, names in parts if names)
        complain(veiled(wishes, f"A change was cut off, which {change.plan} holds. {told}."))


def _is_wanted(wishes: Wishes, changes: Sequence[Pending], *, forget: bool, yes: bool) -> bool:
    """Ask what is to become of it; where nobody can be asked, the call is the answer."""
    if yes or not changes or not can_ask(wishes):
        return True
    if forget:
        return ask(wishes, "Leave the files as they are, and give the rest up? yes or no", "--yes", yes_or_no, "no")
    return ask(wishes, "Write the rest? yes or no", "--yes", yes_or_no, "yes")


def _ended(root: Path, changes: Sequence[Pending], *, forget: bool) -> tuple[str, ...]:
    """Write the rest of every change, or give it up. Raises CannotResume."""
    if not forget:
        return tuple(name for change in changes for name in finish(root, change))
    for change in changes:
        give_up(root, change)
    return ()


def _said(changes: Sequence[Pending], written: Sequence[str], done: str) -> str:
    if not changes:
        return "Nothing was cut off: every change is complete."
    if not done:
        return "Nothing was written; it can still be resumed: coachlog resume."
    told = f"{done} {counted(len(changes), 'change')}"
    if done == "gave up":
        return f"{told}: the files stay as they are"
    return f"{told}: wrote {listed(list(written))}" if written else f"{told}: all of it was written already"


def _goes_on(notes: str) -> str:
    """Say which command goes on with notes; the name of their file says whose they are."""
    return f"coachlog session start {client_of_notes(notes)} goes on"


def _plain(root: Path, changes: Sequence[Pending], stand: Sequence[Standing], written: Sequence[str]) -> dict[str, Any]:
    """Give how far each change had come, the texts that were typed, and what was written now."""
    before = [{"plan": change.plan, **one._asdict()} for change, one in zip(changes, stand, strict=True)]
    files = list(dict.fromkeys(name for one in stand for name in one.left))
    return {
        "schema": SCHEMA,
        "changes": before,
        "drafts": [str(one) for one in kept(root)],
        "notes": [str(root / one) for one in notes_in(root)],
        "files": files,
        "written": list(written),
    }


def _diff(root: Path, change: Pending) -> str:
    found = standing(root, change)
    left = [one for one in change.rewrites if one.name not in found.written]
    before = {one.name: read(root, name_now(root, change, one.name))[0] for one in left}
    renamed = change.renamed
    is_to_move = renamed is not None and not (root / renamed.folders[1]).is_dir()
    moved = f"rename {renamed.folders[0]} -> {renamed.folders[1]}\n" if renamed and is_to_move else ""
    return moved + diff_of(before, left)
