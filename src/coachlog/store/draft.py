"""drafts/: what was typed and is not yet written, and changes of several files that are not yet complete.

Typed text is on the disk before anything can fail. A change of several files lies here in full until the last of them
is written; one that was cut off is written to its end by `coachlog resume`, once.
"""

import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import CannotRead, CannotWrite, CoachlogError
from coachlog.store import lock
from coachlog.store.commit import (
    ABSENT,
    ChangedOnDisk,
    NotSettled,
    commit,
    digest,
    full_write,
    make_folder,
    move_folder,
    read,
    remove,
    saying,
    settle,
)
from coachlog.store.layout import CLIENT_FILES, CLIENTS, PRACTICE_FILE, SUPERVISION_FILE, is_code
from coachlog.store.unfinished import DRAFTS, plans_in

LAYOUT = 1
"""The version of what is written in a plan; another one is not carried out."""
_KEPT = re.compile(r"[a-z0-9-]{1,80}-[0-9a-f]{8}\.txt")
_LABEL = re.compile(r"[a-z0-9-]{1,80}")
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC


class Rewrite(NamedTuple):
    """One file of a change: its name, the hash of what was read (ABSENT if nothing), and the new bytes (UTF-8)."""

    name: str
    seen: str
    data: bytes


class Renamed(NamedTuple):
    """A client's code that changes: the folder gets its new name before any file is written."""

    old: str
    new: str

    @property
    def folders(self) -> tuple[str, str]:
        """The folder's old name and its new one."""
        return f"{CLIENTS}/{self.old}", f"{CLIENTS}/{self.new}"

    def before(self, name: str) -> str:
        """Give the name that a file has before the change."""
        old, new = self.folders
        return f"{old}/{name.removeprefix(new + '/')}" if name.startswith(f"{new}/") else name


class CutOff(CannotWrite):
    """A change of several files was written in part; the rest is kept and can be written (exit 3)."""


class CannotResume(CannotWrite):
    """A change that was cut off meets a file that is neither as it found it nor as it leaves it (exit 3)."""

    def __init__(self, name: str, plan: str) -> None:
        """Name the file, and the plan that holds the change."""
        what = f"{name} was changed after a change of several files, which {plan} holds, was cut off."
        remedy = "Make the rest by hand (coachlog resume --dry-run shows it), then: coachlog resume --forget."
        super().__init__(what, remedy)


class Pending(NamedTuple):
    """A change that was cut off: the plan it is kept in, and its files in the order in which they are written."""

    plan: str
    rewrites: tuple[Rewrite, ...]
    renamed: "Renamed | None" = None

    @property
    def clients(self) -> tuple[str, ...]:
        """The codes of the clients whose folders it writes to."""
        parts = (rewrite.name.split("/") for rewrite in self.rewrites)
        return tuple(sorted({*(part[1] for part in parts if part[0] == CLIENTS), *(self.renamed or ())}))

    @property
    def of_practice(self) -> bool:
        """Whether it writes to what concerns all clients."""
        return self.renamed is not None or any("/" not in rewrite.name for rewrite in self.rewrites)


class Standing(NamedTuple):
    """How far a change came: its files that are written, those that are not, and those that were changed since."""

    written: tuple[str, ...]
    left: tuple[str, ...]
    changed: tuple[str, ...]


class Draft:
    """A text that is being typed: every line is on the disk before the next is asked for."""

    def __init__(self, root: Path, name: str) -> None:
        """Know where it lies."""
        self._root = root
        self._name = name
        self.path = root / name

    def add(self, text: str) -> None:
        """Write more text behind what is there. Raises CannotWrite."""
        try:
            descriptor = os.open(self.path, _APPEND)
            try:
                full_write(descriptor, text.encode(errors="surrogatepass"))
            finally:
                os.close(descriptor)
        except OSError:
            what = f"{self._name} can't be written."
            raise CannotWrite(what, "Copy what you typed to a safe place, and check the disk.") from None

    def discard(self) -> None:
        """Delete it, once its text stands in a file of the journal; what can't be deleted stays."""
        with suppress(CannotWrite):
            remove(self._root, self._name, at_once=False)


def draft_label(file: str) -> str:
    """Name the draft of what goes into a file of the journal."""
    return file.removeprefix("clients/").removesuffix(".yaml").replace("/", "-")


@contextmanager
def typed(root: Path, label: str, text: str = "", *, somewhere: bool = False) -> Iterator[Draft]:
    """Keep typed text in drafts/ (0600) until what is done with it has succeeded; else the error says where it is.

    The label names the file: a client's code and a kind, of a-z, 0-9 and -. `somewhere` lets it lie elsewhere where
    drafts/ can't be written.
    """
    draft = (keep_somewhere if somewhere else keep)(root, label, text)
    try:
        with saying("The journal"):
            yield draft
    except CoachlogError as error:
        error.remedy = f"{error.remedy} What was typed is kept in {draft.path}.".strip()
        raise
    draft.discard()


def keep(root: Path, label: str, text: str) -> Draft:
    """Put typed text on the disk, readable by the coach alone. Raises CannotWrite."""
    if not _LABEL.fullmatch(label):
        wrong = "a draft's label is made of a-z, 0-9 and -"
        raise ValueError(wrong)
    make_drafts(root)
    name = f"{DRAFTS}/{label}-{secrets.token_hex(4)}.txt"
    try:
        commit(root, name, text.encode(errors="surrogatepass"), ABSENT)
    except NotSettled:
        remedy = f"What was typed is in {root / name}; check the disk, and try again."
        raise _unconfirmed(remedy) from None
    return Draft(root, name)


def keep_somewhere(root: Path, label: str, text: str) -> Draft:
    """Keep typed text in drafts/ or, where that can't be written, in the system's temporary folder (0600 in both).

    Raises CannotWrite where neither can.
    """
    try:
        return keep(root, label, text)
    except CannotWrite as refusal:
        elsewhere = Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 — the file is new and closed to others
        name = f"coachlog-{label}-{secrets.token_hex(4)}.txt"
        try:
            commit(elsewhere, name, text.encode(errors="surrogatepass"), ABSENT)
        except CannotWrite:
            refusal.remedy = f"{refusal.remedy} What you typed is kept nowhere: copy it from here."
            raise refusal from None
        return Draft(elsewhere, name)


def make_drafts(root: Path) -> None:
    """Make the folder of what is not yet written, which git leaves alone. Raises CannotWrite."""
    try:
        if make_folder(root, DRAFTS):
            commit(root, f"{DRAFTS}/.gitignore", b"*\n", ABSENT)
    except NotSettled:
        raise _unconfirmed() from None


def write_together(root: Path, rewrites: Sequence[Rewrite], renamed: Renamed | None = None) -> None:
    """Write several files as one change, in this order, of which every beginning must be a true journal.

    Where a client is renamed, that comes first, and the files have their new names. The caller holds the locks. Raises
    ChangedOnDisk or CannotWrite where nothing is written, and CutOff where something is: then the whole change stays in
    drafts/.
    """
    for rewrite in rewrites:
        if read(root, renamed.before(rewrite.name) if renamed else rewrite.name)[1] != rewrite.seen:
            raise ChangedOnDisk(rewrite.name)
    if renamed is None and len(rewrites) == 1:
        commit(root, *_arguments(rewrites[0]))
        return
    plan = _keep_plan(root, rewrites, renamed)
    written = 0
    try:
        if renamed:
            move_folder(root, *renamed.folders)
            written += 1
        for rewrite in rewrites:
            commit(root, *_arguments(rewrite))
            written += 1
    except CannotWrite as error:
        if not written and not isinstance(error, NotSettled):
            _forget(root, plan)
            raise
        raise CutOff(error.what, "Once that is mended, write the rest: coachlog resume.") from None
    _forget(root, plan)


def pending(root: Path) -> tuple[Pending, ...]:
    """List the changes that were cut off, without those that another command is still writing. Raises CannotRead."""
    return tuple(change for change in _plans(root) if not _is_being_written(root, change))


def resume(root: Path) -> tuple[str, ...]:
    """Write the rest of every change that was cut off, and name the files that were written.

    Nothing is written, and CannotResume raised, where a file is neither as the change found it nor as it leaves it.
    """
    return tuple(name for change in _plans(root) for name in finish(root, change))


def finish(root: Path, change: Pending) -> tuple[str, ...]:
    """Write the rest of one change that was cut off, and name the files that were written. Raises CannotResume."""
    return tuple(_resumed(root, change))


def standing(root: Path, change: Pending) -> Standing:
    """Look how far a change came that was cut off. Raises CannotWrite where a file can't be looked at."""
    found = {one: read(root, name_now(root, change, one.name))[1] for one in change.rewrites}
    written = {one for one, seen in found.items() if seen == digest(one.data)}
    left = {one for one, seen in found.items() if seen == one.seen} - written
    return Standing(
        tuple(one.name for one in change.rewrites if one in written),
        tuple(one.name for one in change.rewrites if one in left),
        tuple(one.name for one in change.rewrites if one not in written | left),
    )


def name_now(root: Path, change: Pending, name: str) -> str:
    """Give the name that a file of a change has at this moment, where a client is being renamed."""
    renamed = change.renamed
    return renamed.before(name) if renamed and not (root / renamed.folders[1]).is_dir() else name


def kept(root: Path) -> tuple[Path, ...]:
    """List the texts that were typed and never written, as commands that failed left them."""
    try:
        names = sorted(name for name in os.listdir(root / DRAFTS) if _KEPT.fullmatch(name))  # noqa: PTH208  (names)
    except OSError:
        return ()
    return tuple(root / DRAFTS / name for name in names)


def forget(root: Path, change: Pending) -> None:
    """Give a change up that was cut off: its files stay as they are. Raises CannotWrite."""
    remove(root, change.plan)


def _resumed(root: Path, change: Pending) -> Iterator[str]:
    there = [code for code in change.clients if (root / CLIENTS / code).is_dir()]
    with lock.writing(root, there, practice=change.of_practice):
        if not (root / change.plan).exists():
            return  # another command has finished it meanwhile
        if change.renamed:
            _rename(root, change.renamed, change.plan)
        left = [rewrite for rewrite in change.rewrites if _is_left(root, rewrite, change.plan)]
        for rewrite in change.rewrites:
            if rewrite in left:
                commit(root, *_arguments(rewrite))
            else:
                settle(root, rewrite.name)
        remove(root, change.plan)
    yield from (rewrite.name for rewrite in left)


def _rename(root: Path, renamed: Renamed, plan: str) -> None:
    """Rename the folder if that is still to be done. Raises CannotResume where both names are there, or neither is."""
    old, new = renamed.folders
    is_there = [(root / name).is_dir() for name in (old, new)]
    if is_there == [True, False]:
        move_folder(root, old, new)
    elif is_there != [False, True]:
        raise CannotResume(new, plan)


def _is_left(root: Path, rewrite: Rewrite, plan: str) -> bool:
    """Tell whether a file is still to be written. Raises CannotResume where that can't be told."""
    found = read(root, rewrite.name)[1]
    if found not in {rewrite.seen, digest(rewrite.data)}:
        raise CannotResume(rewrite.name, plan)
    return found != digest(rewrite.data)


def _arguments(rewrite: Rewrite) -> tuple[str, bytes, str]:
    return rewrite.name, rewrite.data, rewrite.seen


def _keep_plan(root: Path, rewrites: Sequence[Rewrite], renamed: Renamed | None) -> str:
    files = [{"name": name, "before": seen, "text": data.decode()} for name, seen, data in rewrites]
    held = {"layout": LAYOUT, "renamed": renamed, "files": files}
    make_drafts(root)
    plan = f"{DRAFTS}/plan-{secrets.token_hex(8)}.json"
    try:
        commit(root, plan, json.dumps(held, ensure_ascii=False).encode(), ABSENT)
    except NotSettled:
        _forget(root, plan)
        raise _unconfirmed() from None
    return plan


def _forget(root: Path, plan: str) -> None:
    """Delete a plan that is carried out; should it come back, `resume` finds everything written."""
    with suppress(CannotWrite):
        remove(root, plan)


def _unconfirmed(remedy: str = "Check the disk, and try again.") -> CannotWrite:
    """Say that nothing was written, since the disk did not confirm even the draft of it."""
    what = f"{DRAFTS} can't be written: the disk did not confirm it."
    return CannotWrite(what, remedy)


def _plans(root: Path) -> list[Pending]:
    return [_plan(root, name) for name in plans_in(root)]


def _plan(root: Path, plan: str) -> Pending:
    """Read a plan; only a journal's own files can be in it, so that a planted one can't reach any other."""
    try:
        held = json.loads(read(root, plan)[0])
        files = [Rewrite(one["name"], one["before"], one["text"].encode()) for one in held["files"]]
        renamed = Renamed(*held["renamed"]) if held["renamed"] else None
        layout = held["layout"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _strange(plan) from None
    are_codes = all(isinstance(code, str) and is_code(code) for code in renamed or ())
    if layout != LAYOUT or not are_codes or not all(map(_is_sound, files)):
        raise _strange(plan)
    return Pending(plan, tuple(files), renamed)


def _strange(plan: str) -> CannotRead:
    what = f"{plan}, a change that was cut off, can't be read by this version."
    return CannotRead(what, "Look whether anything in it is missing from the journal, and delete the file.")


def _is_sound(rewrite: Rewrite) -> bool:
    return isinstance(rewrite.seen, str) and _is_own(rewrite.name)


def _is_own(name: object) -> bool:
    if not isinstance(name, str):
        return False
    folder, _, leaf = name.rpartition("/")
    if not folder:
        return leaf in {PRACTICE_FILE, SUPERVISION_FILE}
    clients, _, code = folder.partition("/")
    return clients == CLIENTS and is_code(code) and leaf in CLIENT_FILES


def _is_being_written(root: Path, change: Pending) -> bool:
    folders = [*change.clients, *([None] if change.of_practice else [])]
    return any(lock.is_writing(root, folder) for folder in folders)
