"""`coachlog resume`: writing the rest of a change that was cut off between two files."""

from pathlib import Path
from typing import Annotated

import typer

from coachlog.commands.desk.diffing import diff_of
from coachlog.commands.desk.opening import Wishes, journal_of
from coachlog.commands.desk.options import DryRun
from coachlog.model.words import counted, listed
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import line
from coachlog.render.output import screen, show
from coachlog.store import draft
from coachlog.store.commit import digest, read
from coachlog.store.draft import Pending, pending


def resume(
    ctx: typer.Context,
    *,
    dry_run: DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every file that was written.")] = False,
) -> None:
    """Write the rest of a change of several files that was cut off, once; a file that was edited since stops it.

    Examples:
      coachlog resume
      coachlog resume --dry-run
    """
    wishes: Wishes = ctx.obj
    root = journal_of(wishes)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    changes = pending(root)
    diff = "".join(_diff(root, change) for change in changes) if dry_run else ""
    written = () if dry_run else draft.resume(root)
    if as_json:
        left = [name for change in changes for name in _left(root, change)] if dry_run else []
        show(object_lines({"schema": SCHEMA, "files": list(written) or left, "written": list(written)}), sheet)
    elif diff:
        show((line(one) for one in diff.rstrip("\n").split("\n")), sheet)
    elif not sheet.quiet:
        show([line(_said(changes, written))], sheet)


def _said(changes: tuple[Pending, ...], written: tuple[str, ...]) -> str:
    if not changes:
        return "Nothing was cut off: every change is complete."
    told = f"resumed {counted(len(changes), 'change')}"
    return f"{told}: wrote {listed(list(written))}" if written else f"{told}: all of it was written already"


def _left(root: Path, change: Pending) -> list[str]:
    return [one.name for one in change.rewrites if read(root, _now(root, change, one.name))[1] != digest(one.data)]


def _now(root: Path, change: Pending, name: str) -> str:
    """Give the name that a file has at this moment, where a client is being renamed."""
    renamed = change.renamed
    return renamed.before(name) if renamed and not (root / renamed.folders[1]).is_dir() else name


def _diff(root: Path, change: Pending) -> str:
    left = _left(root, change)
    before = {name: read(root, _now(root, change, name))[0] for name in left}
    renamed = change.renamed
    moved = f"rename {renamed.folders[0]} -> {renamed.folders[1]}\n" if renamed and _moves(root, change) else ""
    return moved + diff_of(before, [one for one in change.rewrites if one.name in left])


def _moves(root: Path, change: Pending) -> bool:
    return change.renamed is not None and not (root / change.renamed.folders[1]).is_dir()
