"""What a commit is about to keep, judged before it is: refused only where it can't be read or merged.

All else that the staged changes bring is printed and fails nothing: a journal that is true may well hold a breach.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from coachlog.commands.desk.opening import Wishes, clients_of, here_or, now_of
from coachlog.commands.judging.asking import Question
from coachlog.commands.judging.choosing import chosen
from coachlog.commands.judging.judgement import known_clients, mask_of, unjudged, verdict_from
from coachlog.errors import WrongCall
from coachlog.model.journal import Journal
from coachlog.model.words import counted, listed
from coachlog.render.output import complain, relative
from coachlog.rules.engine import Asked, Judgement, judge
from coachlog.rules.finding import Finding
from coachlog.store.characters import too_large
from coachlog.store.files import read_bytes
from coachlog.store.layout import CLIENT_FILES, CLIENTS, PRACTICE_FILE, Folder
from coachlog.store.limits import MAX_BYTES
from coachlog.store.load import PracticeUnreadable, load_client, load_practice, load_supervision
from coachlog.store.nodes import START, unreadable
from coachlog.versioning.staged import Staged, Tree, staged_in
from coachlog.views.verdict import ShownFinding, Verdict

REFUSED = frozenset({"JRN101", "JRN102", "JRN103", "JRN104", "JRN108"})
"""What can't be read or merged, and so is not to be committed."""


class Checked(NamedTuple):
    """What is printed of the staged changes, and whether the commit is refused."""

    verdict: Verdict
    is_refused: bool


@dataclass(frozen=True)
class _Version:
    """A journal as git keeps it: the files of the index, or of the last commit."""

    root: Path
    tree: Tree
    staged: Staged

    def read(self, path: Path) -> bytes:
        """Read a file of the journal; a coachlog.yaml that git has never kept is read where it lies."""
        name = path.relative_to(self.root).as_posix()
        kept = self.tree.get(name)
        if kept is None:
            if name == PRACTICE_FILE and name not in self.staged.changed:
                return read_bytes(path)
            raise FileNotFoundError(path)
        if not kept.merged:
            raise unreadable(START, "this file is in conflict and not merged yet", "merge it, then git add it")
        if kept.is_link:
            raise unreadable(
                START, "this is a symbolic link, which is not followed", "put the file itself in its place"
            )
        data = self.staged.contents[kept.blob]
        if len(data) > MAX_BYTES:
            raise too_large()
        return data

    def codes(self) -> list[str]:
        """Give the codes of the clients of whom there is a file."""
        parts = (PurePosixPath(name).parts for name in self.tree)
        return sorted({part[1] for part in parts if part[0] == CLIENTS and part[2:] and part[2] in CLIENT_FILES})

    def journal(self) -> Journal:
        """Read it all. Raises PracticeUnreadable."""
        practice, problems = load_practice(self.root, self.read)
        supervision, doubts, gaps = load_supervision(self.root, practice, self.read)
        folders = [Folder(code, is_link=False) for code in self.codes()]
        loaded = [load_client(self.root, one, practice, supervision, read=self.read, gaps=gaps) for one in folders]
        return Journal(
            practice=practice,
            clients=tuple(file for file, _ in loaded),
            supervision=supervision,
            problems=(*problems, *doubts, *(problem for _, found in loaded for problem in found)),
            gaps=gaps,
        )


def check_staged(root: Path, wishes: Wishes, question: Question, *, watch: bool = False) -> Checked:
    """Judge what is staged: all that it brings, and whether any of it can't be committed; that is said in one line.

    Raises NoGit, GitRefuses, and WrongCall where there is no repository or another way of comparing is asked for.
    """
    _refuse_together(question, watch=watch)
    staged = staged_in(root)
    is_selected = chosen(question.select, question.ignore)
    try:
        journal = _Version(root, staged.index, staged).journal()
    except PracticeUnreadable as refusal:
        verdict = unjudged(refusal, wishes)
        return _told(Checked(verdict, is_refused=PRACTICE_FILE in staged.changed), root, verdict.findings)
    asked = Asked(
        now_of(wishes, journal.practice.timezone),
        profile=question.profile,
        selected=is_selected,
        waivers=question.waivers,
        clients=clients_of(question.clients, known_clients(journal)) if question.clients else None,
    )
    found = judge(journal, asked)
    refused = [one for one in found.findings if _is_refused(one, staged.changed)]
    before = _before(root, staged, asked)
    brought = _brought(before, found)
    shown = tuple(one for one in found.findings if one in refused or brought(one))
    silences = tuple(one for one in found.silences if before is None or one not in before.silences)
    verdict = verdict_from(journal, replace(found, findings=shown, silences=silences, before=0))
    verdict = mask_of(journal).verdict(verdict) if wishes.incognito else verdict
    places = {(one.code, one.place.line, one.place.column) for one in refused}
    first = (one for one in verdict.findings if (one.code, one.line, one.column) in places)
    return _told(Checked(verdict, bool(refused)), root, first)


def _refuse_together(question: Question, *, watch: bool) -> None:
    """Refuse what compares with something else than the last commit."""
    others = {"--as-of": question.as_of, "--since": question.since, "--baseline": question.baseline, "--watch": watch}
    named = [option for option, value in others.items() if value]
    if named:
        what = f"--staged compares with the last commit, {listed(named)} with something else."
        raise WrongCall(what, "Leave one of them out.")


def _is_refused(finding: Finding, changed: frozenset[str]) -> bool:
    return finding.code in REFUSED and finding.counts and _lies_in(finding.place.file, changed)


def _lies_in(file: str, changed: frozenset[str]) -> bool:
    """Tell whether what is found in a file, or in a client's folder, is about something that is staged."""
    return file in changed or any(name.startswith(f"{file}/") for name in changed)


def _before(root: Path, staged: Staged, asked: Asked) -> Judgement | None:
    """Judge what was committed last; None where that can't be read."""
    try:
        journal = _Version(root, staged.head, staged).journal()
    except PracticeUnreadable:
        return None
    everyone = {file.code for file in journal.clients}
    return judge(journal, asked._replace(clients=asked.clients and asked.clients & everyone))


def _brought(before: Judgement | None, after: Judgement) -> Callable[[Finding], bool]:
    """Tell what the staged changes bring: what counts now and did not before, by rule, record and subject."""
    known = {_about(one) for one in before.findings if one.counts} if before else set(map(_about, after.findings))
    return lambda finding: finding.counts and _about(finding) not in known


def _about(finding: Finding) -> tuple[str | None, ...]:
    return finding.code, finding.client, finding.place.file, finding.record, finding.subject


def _told(checked: Checked, root: Path, why: Iterable[ShownFinding]) -> Checked:
    """Say in one line why a commit is refused, and what to do."""
    if checked.is_refused:
        first, *more = why
        others = f" and {counted(len(more), 'more place')}" if more else ""
        place = f"{relative(root, first.file, here_or(root))}:{first.line}"
        complain(f"Not committed: {place}{others} can't be read or merged. Mend that, then git add it.")
    return checked
