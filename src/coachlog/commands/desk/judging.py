"""A client's files judged before a change and after it: what was not found before is what the change brings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from coachlog.commands.desk.boundaries import known_by
from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.commands.desk.shelf import Shelf
from coachlog.model.client_file import ClientFile
from coachlog.model.journal import Journal
from coachlog.model.practice import Practice
from coachlog.rules.book import BY_CODE
from coachlog.rules.engine import Asked, every_rule, judge
from coachlog.rules.finding import Finding
from coachlog.rules.rule import Rule
from coachlog.store.draft import Rewrite
from coachlog.store.identify import identified
from coachlog.store.layout import Folder, client_folders


class Judged(NamedTuple):
    """What was found, and what it was found in."""

    findings: tuple[Finding, ...]
    file: ClientFile | None
    practice: Practice


@dataclass(frozen=True)
class Judging:
    """Whom a change is judged for: a client, or with None the practice; `everyone` has all clients in view."""

    shelf: Shelf
    wishes: Wishes
    code: str | None
    everyone: bool

    def judged(self, instead: Mapping[str, bytes], rules: Callable[[Rule], bool] = every_rule) -> Judged:
        """Judge the journal as it would be with these files in place of those on disk."""
        practice, problems = self.shelf.practice(instead)
        supervision, doubts, gaps = self.shelf.supervision(practice, instead)
        loaded = [self.shelf.client(one, practice, instead) for one in self._folders()]
        journal = Journal(
            practice=practice,
            clients=tuple(file for file, _ in loaded),
            supervision=supervision,
            problems=(*problems, *doubts, *(problem for _, found in loaded for problem in found)),
            gaps=gaps,
        )
        clients = frozenset({self.code}) if self.code else None
        now = now_of(self.wishes, practice.timezone)
        asked = Asked(now, selected=rules, clients=clients, others=self.everyone)
        own_first = sorted(judge(journal, asked).findings, key=lambda one: one.client not in {None, self.code})
        return Judged(tuple(own_first), self._own(journal), practice)

    def brought(
        self, was: Mapping[str, bytes] | None, rewrites: Iterable[Rewrite]
    ) -> tuple[Judged, tuple[Finding, ...]]:
        """Judge the files as they would be, and tell which findings were not there before.

        Mostly nothing is found, and then nothing can be new: what was there before is looked at only for the rules
        that do find something. Hand-written records are known by the ids that they get.
        """
        after = self.judged({one.name: one.data for one in rewrites})
        if was is None or not after.findings:
            return after, ()
        named = {name: identified(data, name) for name, data in was.items()}
        return after, _new(self.judged(named, _finding_alike(after.findings)).findings, after.findings)

    def _folders(self) -> list[Folder]:
        """Give the clients that are in view; one who is still to get a folder has none."""
        folders = list(client_folders(self.shelf.root)) if self.everyone or self.code is None else []
        if self.code is None or any(folder.name == self.code for folder in folders):
            return folders
        return [*folders, Folder(self.code, is_link=False)]

    def _own(self, journal: Journal) -> ClientFile | None:
        return next((file for file in journal.clients if file.code == self.code), None)


def _new(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that a change brings: by rule, record and subject, never by line."""
    known = {known_by(one) for one in before if one.counts}
    return tuple(one for one in after if known_by(one) not in known)


def _finding_alike(findings: Iterable[Finding]) -> Callable[[Rule], bool]:
    """Choose the rules that found these; all where one is about waivers, which tell of what every rule found."""
    codes = {one.code for one in findings}
    about_waivers = any(BY_CODE[code].scope == "waivers" for code in codes)
    return every_rule if about_waivers else lambda rule: rule.code in codes
