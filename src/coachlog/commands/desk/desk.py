"""The desk: what every command does alike that writes. Look up, change, judge, and only then write.

Facts are always recorded, and answered with what they bring. A plan that would cross a boundary is refused with the
finding, unless the coach wants it anyway, or gives the reason of a waiver.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from coachlog.commands.desk.asking_for import can_ask, typed_text
from coachlog.commands.desk.diffing import diff_of
from coachlog.commands.desk.finishing import Put, draft_label, sheet_of
from coachlog.commands.desk.in_editor import edited, editor_words
from coachlog.commands.desk.opening import Known, Wishes, client_of, journal_of, now_of
from coachlog.commands.desk.shelf import Shelf
from coachlog.errors import CannotWrite, CoachlogError
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.practice import Practice
from coachlog.model.problem import Problem
from coachlog.model.supervision import Supervision
from coachlog.rules.book import BY_CODE
from coachlog.rules.engine import Asked, every_rule, judge
from coachlog.rules.finding import Finding
from coachlog.rules.rule import Rule
from coachlog.store.commit import ABSENT, again, read
from coachlog.store.compose import compose
from coachlog.store.draft import Rewrite, pending, typed, write_together
from coachlog.store.emit import Word
from coachlog.store.files import read_bytes
from coachlog.store.identify import identified
from coachlog.store.layout import CLIENT_FILE, CLIENTS, PRACTICE_FILE, SUPERVISION_FILE, Folder, client_folders
from coachlog.store.load import PracticeUnreadable
from coachlog.store.locate import locate
from coachlog.store.lock import writing
from coachlog.store.new_journal import headed
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Scalar, Unreadable
from coachlog.store.prove import CannotProve
from coachlog.store.splice import insert_record

Alter = Callable[[bytes], bytes]
UNREADABLE, INVALID = "unreadable-file", "invalid-record"
"""The rules by which a file, or a record in it, can't be read (JRN101 and JRN102)."""


class PlanRefused(CoachlogError):
    """A plan would cross a boundary, and the coach has not said that it shall be so (exit 4)."""

    exit_code = 4


class Change(NamedTuple):
    """What is to become of one file of the journal, named from its root: its new bytes from the old ones."""

    name: str
    alter: Alter


class Inherited(NamedTuple):
    """What a new record takes over from another one: findings on it, by rule and subject, that the other had before."""

    record: str
    known: frozenset[tuple[str, str | None]]

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding came with what was taken over."""
        return finding.record == self.record and (finding.code, finding.subject) in self.known


@dataclass(frozen=True)
class Manner:
    """How a command writes.

    A `plan` asks first; `anyway` does it all the same; `waive` is the reason with which it is done and waived.
    `everyone` judges with the whole practice in view (double bookings), not with this client alone. `mends` lets a file
    that can't be read be replaced by one that can. What is `inherited` is told, and refuses no plan; so is what the
    rules of `told_only` find, by their codes: what the command has asked about already, or what is decided afterwards.
    """

    plan: bool = False
    anyway: bool = False
    waive: str | None = None
    dry_run: bool = False
    everyone: bool = False
    mends: bool = False
    inherited: Inherited | None = None
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
            desk.remarks.append("A change of several files was cut off: coachlog resume writes the rest.")
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
    def clients(self) -> tuple[Known, ...]:
        """Every client by code and name; a client.yaml that can't be read goes by its code."""
        return tuple(Known(folder.name, _name(self.root, folder)) for folder in client_folders(self.root))

    def code(self, wanted: str) -> str:
        """Give the code of the client that is meant. Raises NoSuchClient."""
        return client_of(wanted, self.clients).code

    def file(self, code: str) -> ClientFile:
        """Read all that is kept of a client."""
        return self._shelf.client(Folder(code, is_link=False), self.practice)[0]

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
        sheet = sheet_of(*self._rewrites(changes, manner)) if self.wishes.editor and not self._at_editor else None
        if sheet is None:
            yield changes
            return

        def work_out(puts: Iterable[Put]) -> Mapping[str, bytes]:
            return self._worked_out([*changes, *(Change(*one) for one in puts)], manner)

        self._at_editor = True
        editor = editor_words(attended=can_ask(self.wishes))
        with edited(
            self.root,
            editor,
            sheet.label,
            sheet.text,
            lambda answer: sheet.wrong(answer, work_out, self.problems),
            sheet.said,
        ) as answer:
            own = sheet.own(answer)
            keys = sheet.changed(own, self.now.zone)
            self.remarks += [f"Changed in the editor: {', '.join(keys)}."] if keys else []
            yield [*changes, *(Change(*one) for one in sheet.puts(own))]

    @contextmanager
    def _typed_text(self, changes: Sequence[Change], manner: Manner) -> Iterator[None]:
        """Keep what was typed at length until it is written, or until it is in the editor, where it has a draft."""
        text = "" if manner.dry_run or self._at_editor or not changes else typed_text()
        if not text:
            yield
            return
        refused: CoachlogError | None = None
        with typed(self.root, draft_label(changes[0].name), text, somewhere=True):
            try:
                yield
            except CoachlogError as error:
                if not (self._at_editor or isinstance(error, PlanRefused)):
                    raise
                refused = error  # it has a draft already, or is called again with --anyway
        if refused:
            raise refused

    def _carried_out(self, code: str | None, changes: Sequence[Change], manner: Manner) -> Outcome:
        clients = sorted({part[1] for change in changes if (part := change.name.split("/"))[0] == CLIENTS})
        there = [client for client in clients if (self.root / CLIENTS / client).is_dir()]
        if manner.everyone and manner.waive is not None:  # the waiver may stand on another client's session
            there = clients = sorted({*there, *(one.name for one in client_folders(self.root) if not one.is_link)})
        with writing(self.root, there, practice=code is None or there != clients):
            return again(lambda: self._once(code, changes, manner))

    def findings(self, code: str) -> tuple[Finding, ...]:
        """Judge a client's files as they are."""
        return self._judged(code, {}, Manner()).findings

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
        after, brought = self._brought(code, was, rewrites, manner)
        if manner.plan and (waived := self._answered(rewrites, brought, manner)) != rewrites:
            rewrites = waived
            after, brought = self._brought(code, was, rewrites, manner)
        if not manner.dry_run:
            write_together(self.root, rewrites)
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

    def _brought(
        self, code: str | None, was: Mapping[str, bytes] | None, rewrites: Iterable[Rewrite], manner: Manner
    ) -> "tuple[_Judged, tuple[Finding, ...]]":
        """Judge the files as they would be, and tell which findings were not there before.

        Mostly nothing is found, and then nothing can be new: what was there before is looked at only for the rules
        that do find something. Hand-written records are known by the ids that they get.
        """
        after = self._judged(code, _overlay(rewrites), manner)
        if was is None or not after.findings:
            return after, ()
        named = {name: identified(data, name) for name, data in was.items()}
        return after, _new(self._judged(code, named, manner, _finding_alike(after.findings)).findings, after.findings)

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
                _refuse_broken(name, data)
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
        crossed = [one for one in brought if one.counts and one.severity != "advice" and not manner.lets_pass(one)]
        if not crossed or manner.anyway:
            return rewrites
        if manner.waive is None:
            raise _refused(crossed)
        waived = {rewrite.name: rewrite for rewrite in rewrites}
        for finding in crossed:
            name = finding.place.file
            if name not in waived:
                data, seen = read(self.root, name)
                waived[name] = Rewrite(name, seen, data)
            try:
                data = with_waiver(waived[name].data, finding.record, finding.name, manner.waive, self.now)
            except CannotProve as refusal:
                raise refusal.in_file(name) from None
            waived[name] = waived[name]._replace(data=data)
        return list(waived.values())

    def _judged(
        self, code: str | None, overlay: Mapping[str, bytes], manner: Manner, rules: Callable[[Rule], bool] = every_rule
    ) -> "_Judged":
        """Judge a client, or the practice, as the files would be with the overlay in place."""
        practice, problems = self._shelf.practice(overlay)
        supervision, doubts, gaps = self._shelf.supervision(practice, overlay)
        folders = list(client_folders(self.root)) if manner.everyone or code is None else []
        if code and code not in {folder.name for folder in folders}:
            folders.append(Folder(code, is_link=False))
        loaded = [self._shelf.client(one, practice, overlay) for one in folders]
        journal = Journal(
            practice=practice,
            clients=tuple(file for file, _ in loaded),
            supervision=supervision,
            problems=(*problems, *doubts, *(problem for _, found in loaded for problem in found)),
            gaps=gaps,
        )
        clients = frozenset({code}) if code else None
        asked = Asked(now_of(self.wishes, practice.timezone), selected=rules, clients=clients)
        file = next((file for file, _ in loaded if file.code == code), None)
        found = judge(journal, asked).findings
        return _Judged((*found, *_on_others(journal, asked)) if manner.everyone and code else found, file, practice)


class _Judged(NamedTuple):
    """What was found, and what it was found in."""

    findings: tuple[Finding, ...]
    file: ClientFile | None
    practice: Practice


def _on_others(journal: Journal, asked: Asked) -> Iterator[Finding]:
    """Give what is found on the sessions of other clients in the practice's diary: of two that clash, on the later."""
    selected = asked.selected
    diary = asked._replace(selected=lambda rule: rule.scope == "practice" and selected(rule), clients=None)
    found = judge(journal, diary).findings
    return (one for one in found if one.client is not None and one.client not in (asked.clients or ()))


def with_waiver(data: bytes, label: str | None, rule: str, why: str, now: Instant) -> bytes:
    """Write a waiver into a record of a file, or into the file itself where it is one record.

    Raises CannotWrite where the finding is that the file can't be read: a waiver in it would be one more mistake.
    """
    if rule == UNREADABLE or (label is None and rule == INVALID):
        what = f"{rule} can't be waived: nothing that is in such a file can be relied on."
        raise CannotWrite(what, "`coachlog check` names its line; mend that first.")
    way = locate(compose(data), label) if label else None
    waiver = {"rule": Word(rule), "why": why, "date": Word(now.day.isoformat())}
    return insert_record(data, (*(way.path if way else ()), "waive"), waiver)


def client_file(code: str, name: str) -> str:
    """Name a file of a client from the journal's root."""
    return f"{CLIENTS}/{code}/{name}"


def _name(root: Path, folder: Folder) -> str:
    try:
        node = compose(read_bytes(root / CLIENTS / folder.name / CLIENT_FILE))
    except (OSError, Unreadable):
        return folder.name
    entries = node.entries if isinstance(node, MappingNode) else ()
    name = next((value for key, value in entries if key.text == "name"), None)
    return name.text if isinstance(name, Scalar) else folder.name


def _overlay(rewrites: Iterable[Rewrite]) -> dict[str, bytes]:
    return {rewrite.name: rewrite.data for rewrite in rewrites}


def _new(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that a change brings: by rule, record and subject, never by line."""
    known = {_key(one) for one in before if one.counts}
    return tuple(one for one in after if _key(one) not in known)


def _finding_alike(findings: Iterable[Finding]) -> Callable[[Rule], bool]:
    """Choose the rules that found these; all where one is about waivers, which tell of what every rule found."""
    codes = {one.code for one in findings}
    about_waivers = any(BY_CODE[code].scope == "waivers" for code in codes)
    return every_rule if about_waivers else lambda rule: rule.code in codes


def _key(finding: Finding) -> tuple[str, str | None, str, str | None, str | None]:
    return finding.code, finding.client, finding.place.file, finding.record, finding.subject


def _refuse_broken(name: str, data: bytes) -> None:
    try:
        compose(data)
    except Unreadable as refusal:
        fault = refusal.fault
        what = f"{name}:{fault.line}: {fault.reason}."
        raise CannotWrite(what, f"{fault.remedy[:1].upper()}{fault.remedy[1:]}, then try again.") from None


def _refused(crossed: Sequence[Finding]) -> PlanRefused:
    return PlanRefused(f"Not planned: {crossed_words(crossed)}", "Add --anyway, or --waive REASON to note why.")


def crossed_words(crossed: Sequence[Finding]) -> str:
    """Say which boundaries a plan would cross: of several findings of one rule the first, and how many are like it."""
    by_rule: dict[str, list[Finding]] = {}
    for one in crossed:
        by_rule.setdefault(one.code, []).append(one)
    return " ".join(_first_of(several) for several in by_rule.values())


def _first_of(several: Sequence[Finding]) -> str:
    first, *others = several
    more = f", and {len(others)} more like it" if others else ""
    return f"{first.message.removesuffix('.')} ({first.code} {first.name}){more}."
