"""`coachlog client rename`: another code for a client, in every place where it stands."""

from collections.abc import Iterator
from typing import Annotated

import typer

from coachlog.commands.client.add import free_code
from coachlog.commands.client.telling import tell_client
from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.desk import Desk, Outcome, nodes_of
from coachlog.commands.desk.diffing import diff_of
from coachlog.commands.desk.options import DryRun
from coachlog.store.commit import again, read
from coachlog.store.draft import Renamed, Rewrite, write_together
from coachlog.store.emit import Word
from coachlog.store.layout import SUPERVISION_FILE, client_folders
from coachlog.store.lock import writing
from coachlog.store.nodes import Node, Sequence, behind, text_behind
from coachlog.store.prove import CannotProve, Step
from coachlog.store.splice import replace_value


def rename(
    ctx: typer.Context,
    code: Annotated[str, typer.Argument(metavar="CODE", help="The client: code or name, or the beginning of either.")],
    new: Annotated[str | None, typer.Argument(metavar="NEW", help="The new code: a-z, 0-9 and -.")] = None,
    *,
    dry_run: DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="Every field of the client.")] = False,
) -> None:
    """Give a client another code: the folder, and the topics of the supervision log. The name stays what it is.

    A code may be a pseudonym. In the history of a repository the old one can still be read.

    Examples:
      coachlog client rename jane-doe c07
      coachlog client rename c07 jane-doe --dry-run
    """
    desk = Desk.open(ctx.obj)
    old = desk.code(code)
    renamed = Renamed(old, _new_code(desk, new))
    with writing(desk.root, [old], practice=True):
        outcome = again(lambda: _renamed(desk, renamed, dry_run=dry_run))
    said = f"renamed {old} to {renamed.new}"
    said += ", in supervision.yaml too" if SUPERVISION_FILE in outcome.written else ""
    tell_client(desk, outcome, said, renamed.new, as_json=as_json, formerly=old)


def _new_code(desk: Desk, wanted: str | None) -> str:
    """Read the new code, and ask for it where it is not said. Raises WrongCall for one that can't be, or is taken."""
    taken = {folder.name for folder in client_folders(desk.root)}
    if wanted is not None:
        return free_code(wanted, taken)
    return ask(
        desk.wishes, "The new code, of a-z, 0-9 and -", "NEW, behind the old", lambda text: free_code(text, taken)
    )


def _renamed(desk: Desk, renamed: Renamed, *, dry_run: bool) -> Outcome:
    before, seen = read(desk.root, SUPERVISION_FILE)
    after = _with_new_code(before, renamed)
    rewrites = [Rewrite(SUPERVISION_FILE, seen, after)] if after != before else []
    old_folder, new_folder = renamed.folders
    diff = f"rename from {old_folder}\nrename to {new_folder}\n{diff_of({SUPERVISION_FILE: before}, rewrites)}"
    if dry_run:
        return Outcome(desk.file(renamed.old), desk.practice, (), diff)
    write_together(desk.root, rewrites, renamed)
    return Outcome(desk.file(renamed.new), desk.practice, (), diff, (new_folder, *(one.name for one in rewrites)))


def _with_new_code(data: bytes, renamed: Renamed) -> bytes:
    """Change the code in every topic of the supervision log. Raises CannotWrite where that can't be read."""
    paths = list(_topics(nodes_of(SUPERVISION_FILE, data), renamed.old))
    try:
        for path in paths:
            data = replace_value(data, path, Word(renamed.new))
    except CannotProve as refusal:
        raise refusal.in_file(SUPERVISION_FILE) from None
    return data


def _topics(root: Node | None, code: str) -> Iterator[tuple[Step, ...]]:
    """Give the way to the code in each topic that is about the client."""
    for path, meeting in _items(root, "supervision"):
        for deeper, topic in _items(meeting, "topics"):
            if text_behind(topic, "client") == code:
                yield (*path, *deeper, "client")


def _items(node: Node | None, key: str) -> Iterator[tuple[tuple[Step, ...], Node]]:
    found = behind(node, key)
    if isinstance(found, Sequence):
        yield from (((key, place), item) for place, item in enumerate(found.items))
