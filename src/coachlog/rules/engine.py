"""Judging a journal: every rule that is on looks at what it needs, and what it finds is stamped and sorted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from coachlog.clock import Clock
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Clause
from coachlog.model.diary import (
    Appointment,
    Diary,
    appointments_of,
    cancelled_by_coach,
    concerns_of,
    in_order,
    on_call_of,
)
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.known import known, next_fact
from coachlog.model.practice import Practice
from coachlog.model.problem import Problem
from coachlog.model.record import Place, Waivable
from coachlog.model.severity import Profile
from coachlog.model.supervision import Supervision
from coachlog.rules.book import BOOK, code_of
from coachlog.rules.finding import Finding
from coachlog.rules.rule import Found, JudgedBy, Rule
from coachlog.rules.settings import Setting, Settings, read_settings
from coachlog.rules.waiving import Ledger, carriers_of, carriers_of_practice, contract_behind


class Silence(NamedTuple):
    """What could not be read of a client (None: of the practice), and the rules that were silent for it."""

    client: str | None
    gap: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """All that a check found, in order; `until` is the instant from which it may no longer hold."""

    now: Instant
    findings: tuple[Finding, ...]
    silences: tuple[Silence, ...]
    clients: int
    records: int
    unreadable: int
    before: int
    until: Instant


def every_rule(_: Rule) -> bool:
    """Choose every rule."""
    return True


class Asked(NamedTuple):
    """What a check was asked for; with `others` also what the diary shows on clients who were not asked for."""

    now: Instant
    as_of: bool = False
    profile: Profile | None = None
    selected: Callable[[Rule], bool] = every_rule
    waivers: bool = True
    clients: frozenset[str] | None = None
    others: bool = False


@dataclass
class _Court:
    """One check: the clock, the settings, and what was found so far."""

    asked: Asked
    settings: Settings
    practice: Practice
    clock: Clock
    findings: list[Finding] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    before: int = 0

    def __post_init__(self) -> None:
        self.today = self.asked.now.day
        self.ledger = Ledger(code_of, self.today)

    def rules(self, *scopes: str) -> Iterator[tuple[Rule, Setting]]:
        for rule in BOOK:
            setting = self.settings.of[rule.code]
            if any(map(rule.looks_at, scopes)) and setting.on and self.asked.selected(rule):
                yield rule, setting

    def speaking(self, client: str | None, gaps: frozenset[str], *scopes: str) -> Iterator[tuple[Rule, Setting]]:
        """Give the rules that can speak, and note those that what is missing silences."""
        silent: dict[str, list[str]] = {}
        for rule, setting in self.rules(*scopes):
            gap = rule.silenced_by(gaps)
            if gap is None:
                yield rule, setting
            else:
                silent.setdefault(gap, []).append(rule.code)
        self.silences.extend(Silence(client, gap, tuple(codes)) for gap, codes in silent.items())

    def speaking_on_diary(self, journal: Journal) -> list[tuple[Rule, Setting]]:
        """Give the rules on the practice's diary that can speak; what is unread of one client may silence them."""
        rules = list(self.speaking(None, journal.gaps, "practice"))
        for file in journal.clients:
            if unread := file.gaps - journal.gaps:
                heard = {rule.code for rule, _ in self.speaking(file.code, unread, "practice")}
                rules = [(rule, setting) for rule, setting in rules if rule.code in heard]
        return rules

    def name_problems(self, problems: Iterable[Problem], carrier: Waivable) -> None:
        """Take over what could not be read, under the rules that name it."""
        on = {rule.code: (rule, setting) for rule, setting in self.rules("reading")}
        for problem in problems:
            if problem.code in on:
                rule, setting = on[problem.code]
                found = Found(_Unread(problem), problem.message, subject=problem.subject)
                self.add(rule, setting, problem.client, found, [carrier])

    def judge_waivers(self, client: str | None, carriers: list[Waivable], gaps: frozenset[str]) -> None:
        """Ask of every waiver whether it is complete, still stands, and covers anything."""
        if not self.asked.waivers:
            return
        speaking = {rule.code for rule, _ in self.rules("client", "practice") if rule.silenced_by(gaps) is None}
        lasting = frozenset(rule.code for rule in BOOK if rule.code in speaking and not rule.passing)
        for rule, setting in self.rules("waivers"):
            for found in rule.find(carriers, self.ledger, lasting):
                self.add(rule, setting, client, found, [found.record, carriers[0]])

    def add(self, rule: Rule, setting: Setting, client: str | None, found: Found, carriers: list[object]) -> None:
        """Stamp what a rule found; what happened before the practice is judged is only counted."""
        waived = self.ledger.waived(rule, found, carriers) if self.asked.waivers else None
        happened = found.day or found.since or getattr(found.record, "day", None)
        if self.practice.judged_from and happened and happened < self.practice.judged_from:
            self.before += 1
            return
        self.findings.append(
            Finding(
                code=rule.code,
                name=rule.name,
                severity=setting.severity,
                client=client,
                place=found.record.origin.place(),
                record=found.record.label,
                subject=found.subject,
                date=found.day,
                message=found.message,
                clause=_place(found.clause),
                judged_by=_judged_by(found, rule, setting),
                waived=waived,
                since=happened,
            )
        )


@dataclass(frozen=True)
class _Unread:
    """What could not be read, as a record to be found."""

    problem: Problem

    @property
    def label(self) -> str | None:
        return self.problem.record

    @property
    def origin(self) -> "_Unread":
        return self

    @property
    def position(self) -> int:
        return 1

    def place(self, *_: str) -> Place:
        return self.problem.place


def judge(journal: Journal, asked: Asked) -> Judgement:
    """Judge a journal as of an instant: the same journal and instant always give the same findings."""
    journal = journal.known_by(asked.now.day) if asked.as_of else journal
    settings = read_settings(journal.practice, BOOK, code_of, asked.profile)
    court = _Court(asked, settings, journal.practice, Clock(asked.now))
    everyone = {file.code for file in journal.clients}
    wanted = everyone if asked.clients is None else asked.clients
    seen = {file.code: known(file, asked.now, as_of=asked.as_of) for file in journal.clients}
    _judge_practice(court, journal, seen)
    for file in journal.clients:
        if file.code in wanted:
            problems = [problem for problem in journal.problems if problem.client == file.code]
            _judge_client(court, file, seen[file.code], problems)
    shown = [
        one
        for one in court.findings
        if one.client in wanted or (asked.clients is None if one.client is None else asked.others)
    ]
    shown.sort(key=Finding.sort_key)
    return Judgement(
        now=asked.now,
        findings=tuple(shown),
        silences=tuple(court.silences),
        clients=len(wanted & everyone),
        records=_records(journal, wanted, whole=asked.clients is None),
        unreadable=sum(1 for one in journal.problems if one.code == "JRN101" and (one.client or "") in {"", *wanted}),
        before=court.before,
        until=_until(court, journal),
    )


def _until(court: _Court, journal: Journal) -> Instant:
    """Give the instant from which the judgement may no longer hold: a deadline passes, a fact comes, the day ends."""
    facts = (next_fact(file, court.asked.now) for file in journal.clients)
    return min([court.clock.next_change, *(fact for fact in facts if fact)])


def _records(journal: Journal, wanted: Iterable[str], *, whole: bool) -> int:
    of_clients = sum(file.record_count for file in journal.clients if file.code in wanted)
    return of_clients + (len(journal.supervision) if whole else 0)


def _judge_client(court: _Court, file: ClientFile, seen: ClientFile, problems: Iterable[Problem]) -> None:
    court.name_problems(problems, file.client)
    for rule, setting in court.speaking(file.code, file.gaps, "client"):
        judged = file if rule.whole else seen
        for found in rule.find(judged, court.clock, **setting.options):
            court.add(rule, setting, file.code, found, _carriers(judged, found))
    court.judge_waivers(file.code, list(carriers_of(seen)), file.gaps)


def _judge_practice(court: _Court, journal: Journal, seen: Mapping[str, ClientFile]) -> None:
    practice = journal.practice
    own = (problem for problem in journal.problems if problem.client is None)
    court.name_problems((*own, *court.settings.problems), practice)
    supervision = tuple(one for one in journal.supervision if one.date <= court.today)
    if speaking := court.speaking_on_diary(journal):
        _judge_diary(court, _diary(journal, seen), seen, supervision, speaking)
    court.judge_waivers(None, list(carriers_of_practice(practice, supervision)), journal.gaps)


def _judge_diary(
    court: _Court,
    diary: Diary,
    seen: Mapping[str, ClientFile],
    supervision: tuple[Supervision, ...],
    speaking: Iterable[tuple[Rule, Setting]],
) -> None:
    known_by_now = diary._replace(supervision=supervision)
    for rule, setting in speaking:
        find = rule.in_practice or rule.find
        for found in find(diary if rule.whole else known_by_now, court.clock, **setting.options):
            client = found.record.client if isinstance(found.record, Appointment) else None
            whose = [seen[client].client] if client else []
            court.add(rule, setting, client, found, [found.record, *whose, diary.practice])


def _diary(journal: Journal, seen: Mapping[str, ClientFile]) -> Diary:
    return Diary(
        practice=journal.practice,
        supervision=journal.supervision,
        appointments=in_order(one for file in seen.values() for one in appointments_of(file)),
        concerns={file.code: concerns_of(file) for file in journal.clients},
        gaps=journal.gaps,
        on_call=tuple(one for file in seen.values() for one in on_call_of(file)),
        cancelled_by_coach=tuple(one for file in seen.values() for one in cancelled_by_coach(file)),
    )


def _carriers(file: ClientFile, found: Found) -> list[object]:
    """Give the records whose waivers cover a finding, the nearest first."""
    contract = found.contract or contract_behind(file, found.record)
    return [found.record, *([contract] if contract else []), file.client]


def _place(clause: Clause | None) -> Place | None:
    return clause.record.origin.place(*clause.path) if clause else None


def _judged_by(found: Found, rule: Rule, setting: Setting) -> JudgedBy | None:
    """Say which spoke: the contract, the practice file, or the default of the rule; None where it has no number."""
    if found.judged_by or not rule.measured:
        return found.judged_by
    if found.clause:
        return "practice" if isinstance(found.clause.record, Practice) else "contract"
    if not rule.options:
        return None
    return "practice" if setting.chosen else "default"
