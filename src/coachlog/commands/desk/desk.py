"""The desk: what every command does alike that writes. Look up, change, judge, and only then write.

Facts are always recorded, and answered with what they bring. A plan that would cross a boundary is refused with the
finding, unless the coach wants it anyway, or gives the reason of a waiver.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coachlog.commands.desk.asking_for import can_ask, typed_text
from coachlog.commands.desk.boundaries import Inherited, Planned, PlanRefused, crossed, refused, with_waiver
from coachlog.commands.desk.cut_off import CUT_OFF
from coachlog.commands.desk.diffing import diff_of
from coachlog.commands.desk.judging import Judging
from coachlog.commands.desk.names import name_of
from coachlog.commands.desk.opening import Known, Wishes, client_of, journal_of, now_of
from coachlog.commands.desk.shelf import Shelf
from coachlog.errors import CannotWrite, CoachlogError
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.problem import Problem
from coachlog.model.supervision import Supervision
from coachlog.rules.finding import Finding
from coachlog.store.commit import ABSENT, again, read
from coachlog.store.compose import compose
from coachlog.store.draft import Rewrite, draft_label, pending, typed, write_together
from coachlog.store.identify import identified
from coachlog.store.layout import CLIENTS, PRACTICE_FILE, SUPERVISION_FILE, Folder, client_file, client_folders
from coachlog.store.load import PracticeUnreadable
from coachlog.store.lock import writing
from coachlog.store.new_journal import headed
from coachlog.store.nodes import Node, Unreadable
from coachlog.store.prove import CannotProve

if TYPE_CHECKING:
    from coachlog.commands.desk.finishing import Put, Sheet

FINISHING = "coachlog.commands.desk.finishing"
"""What puts records into the editor; imported only where a call asks for that."""
Alter = Callable[[bytes], bytes]


class Change(NamedTuple):
    """What is to become of one file of the journal, named from its root: its new bytes from the old ones."""

    name: str
    alter: Alter

    @classmethod
    def of_ids_alone(cls, name: str) -> "Change":
        """Give its nameless records their ids, as every change of a file does, and change nothing else."""
        return cls(name, bytes)


@dataclass(frozen=True)
class Manner:
    """How a command writes.

    A `plan` asks first; `anyway` does it all the same; `waive` is the reason with which it is done and waived.
    `everyone` judges with the whole practice in view (double bookings), not with this client alone. `mends` lets a file
    that can't be read be replaced by one that can. What is `inherited` is told, and refuses no plan; so is what the
    rules of `told_only` find, by their codes: what the command has asked about already, or what is decided afterwards.
    What is `planned` is named in the refusal.
    """

    plan: bool = False
    anyway: bool = False
    waive: str | None = None
    dry_run: bool = False
    everyone: bool = False
    mends: bool = False
    inherited: Inherited | None = None
    planned: Planned | None = None
    told_only: frozenset[str] = frozenset()

    def lets_pass(self, finding: Finding) -> bool:
        """Tell whether a finding is only told where a plan brings it."""
        return finding.code in self.told_only or (self.inherited is not None and self.inherited.covers(finding))


@dataclass(frozen=True)
class Outcome:
    """What became of a command: the client's file as it stands now, what the change brought, and the diff."""

    file: ClientFile | None
    practice: Practice
    brought: tuple[Finding, ...] = ()
    diff: str = ""
    written: tuple[str, ...] = ()


@dataclass
class Desk:
    """A journal that is open for writing."""

    root: Path
    wishes: Wishes
    remarks: list[str] = field(default_factory=list)
    _at_editor: bool = False

    @classmethod
    def open(cls, wishes: Wishes) -> "Desk":
        """Find the journal, and note what an earlier command left behind. Raises NoJournal and CannotRead."""
        desk = cls(journal_of(wishes), wishes)
        if pending(desk.root):
            desk.remarks.append(CUT_OFF)
        return desk

    @cached_property
    def practice(self) -> Practice:
        """The practice, as coachlog.yaml says. Raises CannotRead."""
        return self._shelf.practice()[0]

    @cached_property
    def supervision(self) -> tuple[Supervision, ...]:
        """The coach's supervision log."""
        return self._shelf.supervision(self.practice)[0]

    @cached_property
    def now(self) -> Instant:
        """The instant that the call is about."""
        return now_of(self.wishes, self.practice.timezone)

    @cached_property
    def present(self) -> Instant:
        """The instant that the call is about, to the minute, as files have it."""
        return Instant(self.now.utc.replace(second=0), self.now.zone)

    @cached_property
    def clients(self) -> tuple[Known, ...]:
        """Every client by code and name; a client.yaml that can't be read goes by its code."""
        return tuple(Known(folder.name, name_of(self.root, folder.name)) for folder in client_folders(self.root))

    def code(self, wanted: str) -> str:
        """Give the code of the client that is meant. Raises NoSuchClient."""
        return client_of(wanted, self.clients).code

    def file(self, code: str) -> ClientFile:
        """Read all that is kept of a client."""
        return self._shelf.client(Folder(code, is_link=False), self.practice)[0]

    def readable(self, code: str, *names: str) -> ClientFile:
        """Read all that is kept of a client, where these of its files can be read.

        Raises CannotWrite with the line that is wrong: what stands there would be overlooked. What was typed is kept.
        """
        file = self.file(code)
        for name in names if file.gaps else ():
            whole = client_file(code, name)
            with self._typed_text([Change.of_ids_alone(whole)], Manner()):
                nodes_of(whole, read(self.root, whole)[0])
        return file

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self.root)

    def carry_out(self, code: str | None, changes: Sequence[Change], manner: Manner) -> Outcome:
        """Make changes to a client's files, or with None to the practice's, as one change.

        Raises CannotWrite, CannotProve, ChangedOnDisk, PlanRefused.
        """
        with self._typed_text(changes, manner), self.finished(changes, manner) as finished:
            return self._carried_out(code, finished, manner)

    @contextmanager
    def finished(self, changes: Sequence[Change], manner: Manner) -> Iterator[Sequence[Change]]:
        """Open what changes write in the editor, where the call asks for it, and give what is then to be made.

        What is carried out inside is not opened again. Raises GaveUp, CannotWrite, CannotProve, WrongCall.
        """
        sheet = self._sheet(changes, manner) if self.wishes.editor and not self._at_editor else None
        if sheet is None:
            yield changes
            return

        def work_out(puts: "Iterable[Put]") -> Mapping[str, bytes]:
            return self._worked_out([*changes, *(Change(*one) for one in puts)], manner)

        self._at_editor = True
        opened = import_module(FINISHING).opened
        with opened(sheet, self.root, work_out, self.problems, attended=can_ask(self.wishes)) as own:
            keys = sheet.changed(own, self.now.zone)
            self.remarks += [f"Changed in the editor: {', '.join(keys)}."] if keys else []
            yield [*changes, *(Change(*one) for one in sheet.puts(own))]

    def _sheet(self, changes: Sequence[Change], manner: Manner) -> "Sheet | None":
        sheet: Sheet | None = import_module(FINISHING).sheet_of(*self._rewrites(changes, manner))
        return sheet

    @contextmanager
    def _typed_text(self, changes: Sequence[Change], manner: Manner) -> Iterator[None]:
        """Keep what was typed at length until it is written, or until it is in the editor, where it has a draft."""
        text = "" if manner.dry_run or self._at_editor or not changes else typed_text(self.wishes)
        if not text:
            yield
            return
        stopped: CoachlogError | None = None
        with typed(self.root, draft_label(changes[0].name), text, somewhere=True):
            try:
                yield
            except CoachlogError as error:
                if not (self._at_editor or isinstance(error, PlanRefused)):
                    raise
                stopped = error  # it has a draft already, or is called again with --anyway
        if stopped:
            raise stopped

    def _carried_out(self, code: str | None, changes: Sequence[Change], manner: Manner) -> Outcome:
        clients = sorted({part[1] for change in changes if (part := change.name.split("/"))[0] == CLIENTS})
        there = [client for client in clients if (self.root / CLIENTS / client).is_dir()]
        beyond = any(not change.name.startswith(f"{CLIENTS}/") for change in changes)
        if manner.everyone and manner.waive is not None:  # the waiver may stand on another client's session
            there = clients = sorted({*there, *(one.name for one in client_folders(self.root) if not one.is_link)})
        with writing(self.root, there, practice=code is None or beyond or there != clients):
            return again(lambda: self._once(code, changes, manner))

    def findings(self, code: str) -> tuple[Finding, ...]:
        """Judge a client's files as they are."""
        return self._judging(code, Manner()).judged({}).findings

    def _judging(self, code: str | None, manner: Manner) -> Judging:
        return Judging(self._shelf, self.wishes, code, everyone=manner.everyone)

    def problems(self, name: str, data: bytes) -> tuple[Problem, ...]:
        """Give what could not be read of one file if these were its bytes."""
        instead = {name: data}
        if name == PRACTICE_FILE:
            try:
                found = self._shelf.practice(instead)[1]
            except PracticeUnreadable as refusal:
                found = (refusal.problem,)
        elif name == SUPERVISION_FILE:
            found = self._shelf.supervision(self.practice, instead)[1]
        else:
            found = self._shelf.client(Folder(name.split("/")[1], is_link=False), self.practice, instead)[1]
        return tuple(one for one in found if one.place.file == name)

    def _once(self, code: str | None, changes: Sequence[Change], manner: Manner) -> Outcome:
        before, rewrites = self._rewrites(changes, manner)
        was = self._as_it_was(before, manner)
        judging = self._judging(code, manner)
        after, brought = judging.brought(was, rewrites)
        if manner.plan and (waived := self._answered(rewrites, brought, manner)) != rewrites:
            rewrites = waived
            after, brought = judging.brought(was, rewrites)
        if not manner.dry_run:
            write_together(self.root, rewrites)
            self.wishes.typed.settled = self.wishes.typed.settled or bool(rewrites)
        written = () if manner.dry_run else tuple(rewrite.name for rewrite in rewrites)
        diff = diff_of(self._old(before, rewrites), rewrites) if manner.dry_run else ""
        return Outcome(after.file, after.practice, brought, diff, written)

    def _as_it_was(self, before: Mapping[str, bytes], manner: Manner) -> Mapping[str, bytes] | None:
        """Give the files that are to change as they were; None where the practice could not be read from them."""
        was = {name: data for name, data in before.items() if data}
        try:
            self._shelf.practice(was)
        except PracticeUnreadable:
            if not manner.mends:
                raise
            return None
        return was

    def _old(self, before: Mapping[str, bytes], rewrites: Iterable[Rewrite]) -> dict[str, bytes]:
        return {one.name: before[one.name] if one.name in before else read(self.root, one.name)[0] for one in rewrites}

    def _rewrites(self, changes: Sequence[Change], manner: Manner) -> tuple[dict[str, bytes], list[Rewrite]]:
        """Work every change out on the files as they are now; one that says nothing new is left out."""
        before, made = self._all_rewrites(changes, manner)
        return before, [one for one in made.values() if one.data != before[one.name]]

    def _worked_out(self, changes: Sequence[Change], manner: Manner) -> Mapping[str, bytes]:
        """Give what each file that is named by a change would hold."""
        return {one.name: one.data for one in self._all_rewrites(changes, manner)[1].values()}

    def _all_rewrites(self, changes: Sequence[Change], manner: Manner) -> tuple[dict[str, bytes], dict[str, Rewrite]]:
        before: dict[str, bytes] = {}
        made: dict[str, Rewrite] = {}
        for name, alter in changes:
            data, seen = (made[name].data, made[name].seen) if name in made else self._read(name)
            before.setdefault(name, data)
            if not manner.mends:
                nodes_of(name, data)
            try:
                changed = identified(alter(data), name)
                made[name] = Rewrite(name, seen, changed if before[name] or not changed else headed(name, changed))
            except CannotProve as refusal:
                raise refusal.in_file(name) from None
        return before, made

    def _read(self, name: str) -> tuple[bytes, str]:
        """Read a file that is to change; that of a client who is still to get a folder is absent."""
        return read(self.root, name) if (self.root / name).parent.exists() else (b"", ABSENT)

    def _answered(self, rewrites: list[Rewrite], brought: Sequence[Finding], manner: Manner) -> list[Rewrite]:
        """Refuse a plan that crosses a boundary, or write the waiver that the coach gives for it."""
        crossing = [one for one in crossed(brought) if not manner.lets_pass(one)]
        if not crossing or manner.anyway:
            return rewrites
        if manner.waive is None:
            raise refused(crossing, manner.planned)
        waived = {rewrite.name: rewrite for rewrite in rewrites}
        for finding in crossing:
            name = finding.place.file
            if name not in waived:
                data, seen = read(self.root, name)
                waived[name] = Rewrite(name, seen, data)
            try:
                data = with_waiver(waived[name].data, finding, manner.waive, self.now)
            except CannotProve as refusal:
                raise refusal.in_file(name) from None
            waived[name] = waived[name]._replace(data=data)
        return list(waived.values())


def nodes_of(name: str, data: bytes) -> Node | None:
    """Read a file that is to change as nodes. Raises CannotWrite with the line that is wrong."""
    try:
        return compose(data)
    except Unreadable as refusal:
        fault = refusal.fault
        what = f"{name}:{fault.line}: {fault.reason}."
        raise CannotWrite(what, f"{fault.remedy[:1].upper()}{fault.remedy[1:]}, then try again.") from None
