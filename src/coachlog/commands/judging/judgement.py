"""Reading a journal and judging it: the half of `check` that is needed when its answer is not on file already."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from coachlog.clock import Clock
from coachlog.commands.desk.opening import Known, Wishes, as_of, clients_of, now_of
from coachlog.commands.judging.asking import Question
from coachlog.commands.judging.choosing import chosen
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.record import Place
from coachlog.model.severity import Profile
from coachlog.model.typed_time import NotATime
from coachlog.model.words import moment_words
from coachlog.rules.book import BOOK, BY_CODE, code_of
from coachlog.rules.engine import Asked, Judgement, every_rule, judge
from coachlog.rules.finding import Finding, Waived
from coachlog.rules.settings import Settings, read_settings
from coachlog.store.baseline import read_baseline
from coachlog.store.load import PracticeUnreadable, load_journal
from coachlog.views.comparing import new_since, without
from coachlog.views.masking import Mask
from coachlog.views.roster import headline_of
from coachlog.views.verdict import ShownClause, ShownFinding, ShownSilence, ShownWaiver, Verdict

_TOLERATED: Mapping[Profile, frozenset[str]] = {
    "basic": frozenset({"warning", "advice"}),
    "ethics": frozenset({"advice"}),
    "strict": frozenset(),
}
"""What may be found of the rules of each profile in a journal that satisfies it, beside what is waived."""


def verdict_of(root: Path, wishes: Wishes, question: Question) -> Verdict:
    """Judge a journal, and leave out what was asked to be left out: what an earlier check had, or a baseline.

    Where coachlog.yaml can't be read the verdict holds that finding alone.
    """
    accepted = read_baseline(question.baseline) if question.baseline else None
    selected = chosen(question.select, question.ignore) if question.select or question.ignore else every_rule
    try:
        journal = load_journal(root)
    except PracticeUnreadable as refusal:
        return unjudged(refusal, wishes)
    present = now_of(wishes, journal.practice.timezone)
    now = as_of(question.as_of, present) if question.as_of is not None else present
    asked = Asked(
        now=now,
        as_of=question.as_of is not None,
        profile=question.profile,
        selected=selected,
        waivers=question.waivers,
        clients=clients_of(question.clients, known_clients(journal)) if question.clients else None,
    )
    earlier = _earlier(question.since, present, now) if question.since is not None else None
    verdict = verdict_from(journal, judge(journal, asked), asked)
    if earlier:
        verdict = new_since(verdict, _as_of(journal, asked._replace(now=earlier, as_of=True)))
    verdict = verdict if accepted is None else without(verdict, accepted)
    return mask_of(journal).verdict(verdict) if wishes.incognito else verdict


def verdict_from(journal: Journal, judgement: Judgement, asked: Asked | None = None) -> Verdict:
    """Put a judgement in plain values, with the profiles that the journal satisfies where the whole was judged.

    Without `asked` it holds a part of what was found, of which no profile can be told.
    """
    is_whole = asked is not None and asked.clients is None and asked.selected is every_rule
    asked = asked or Asked(judgement.now)
    codes = [file.code for file in journal.clients if asked.clients is None or file.code in asked.clients]
    settings = _settings(journal, asked.profile)
    unasked = [rule.code for rule in BOOK if not (settings.of[rule.code].on and asked.selected(rule))]
    rest = _unheard(journal, asked, unasked, judgement.findings) if is_whole else None
    findings = (*judgement.findings, *(rest.findings if rest else ()))
    until = min(judgement.until, rest.until) if rest else judgement.until
    return replace(
        _plain(judgement),
        headlines=_headlines(journal, judgement.findings, judgement.now),
        codes=tuple(codes),
        partial=asked.clients is not None,
        unasked=tuple(unasked),
        profiles=tuple(_satisfied(journal, findings)) if is_whole else None,
        until=until.utc.timestamp(),
    )


def _plain(judgement: Judgement) -> Verdict:
    now = judgement.now
    return Verdict(
        now=now.aware.isoformat(),
        now_words=moment_words(now),
        findings=tuple(map(_shown, judgement.findings)),
        silences=tuple(ShownSilence(*one) for one in judgement.silences),
        clients=judgement.clients,
        records=judgement.records,
        unreadable=judgement.unreadable,
        before=judgement.before,
    )


def _as_of(journal: Journal, asked: Asked) -> Verdict:
    return _plain(judge(journal, asked))


def _earlier(typed: str, present: Instant, now: Instant) -> Instant:
    """Give the end of the day that --since names. Raises WrongCall where it is no day, or nothing can be new since."""
    try:
        then = as_of(typed, present)
    except NotATime as refusal:
        what = "--since wants a day; a revision of git is not understood yet."
        raise WrongCall(what, str(refusal)) from None
    if then >= now:
        what = "--since names a day that has not ended by the instant of the check, so nothing can be new."
        raise WrongCall(what, "Name an earlier one; yesterday leaves what came today.")
    return then


def _settings(journal: Journal, profile: Profile | None) -> Settings:
    return read_settings(journal.practice, BOOK, code_of, profile)


def _unheard(journal: Journal, asked: Asked, unasked: Iterable[str], findings: Iterable[Finding]) -> Judgement | None:
    """Judge by the rules that were not asked and that decide about a profile; None where there are none."""
    undecided = [_settings(journal, profile) for profile in _satisfied(journal, findings)]
    rest = {code for code in unasked if any(settings.of[code].on for settings in undecided)}
    return judge(journal, asked._replace(profile="strict", selected=lambda rule: rule.code in rest)) if rest else None


def _satisfied(journal: Journal, findings: Iterable[Finding]) -> Iterator[Profile]:
    """Name the profiles of whose rules nothing is found but what they tolerate, or what is waived."""
    open_ones = {(one.code, one.severity) for one in findings if one.counts}
    for profile, tolerated in _TOLERATED.items():
        settings = _settings(journal, profile)
        if not any(settings.of[code].on and severity not in tolerated for code, severity in open_ones):
            yield profile


def mask_of(journal: Journal) -> Mask:
    """Give the mask that hides who the clients of a journal are."""
    return Mask({file.code: file.client.name for file in journal.clients})


def breaches_by_client(journal: Journal, now: Instant) -> Counter[str]:
    """Judge a journal and count each client's breaches, the waived ones left out."""
    return breaches_in(judge(journal, Asked(now)).findings)


def breaches_in(findings: Iterable[Finding]) -> Counter[str]:
    """Count each client's breaches, the waived ones left out."""
    return Counter(one.client for one in findings if one.client and one.counts and one.severity == "breach")


def known_clients(journal: Journal) -> tuple[Known, ...]:
    """Give what a client of the journal can be called by."""
    return tuple(Known(file.code, file.client.name) for file in journal.clients)


def _headlines(journal: Journal, findings: tuple[Finding, ...], now: Instant) -> dict[str, str]:
    concerned = {one.client for one in findings}
    return {file.code: _headline(file, now) for file in journal.clients if file.code in concerned}


def _headline(file: ClientFile, now: Instant) -> str:
    return f"{file.client.name} ({file.code}) · {headline_of(file, Clock(now))}"


def _shown(finding: Finding) -> ShownFinding:
    return ShownFinding(
        code=finding.code,
        name=finding.name,
        severity=finding.severity,
        client=finding.client,
        file=finding.place.file,
        line=finding.place.line,
        column=finding.place.column,
        record=finding.record,
        subject=finding.subject,
        date=finding.date.isoformat() if finding.date else None,
        message=finding.message,
        clause=_clause(finding.clause),
        judged_by=finding.judged_by,
        waived=_waiver(finding.waived),
        since=finding.since.isoformat() if finding.since else None,
    )


def _clause(place: Place | None) -> ShownClause | None:
    return ShownClause(place.file, place.line) if place else None


def _waiver(waived: Waived | None) -> ShownWaiver | None:
    if waived is None:
        return None
    days = [day.isoformat() if day else None for day in (waived.date, waived.until)]
    return ShownWaiver(waived.why, days[0], days[1], waived.file, waived.line)


def unjudged(refusal: PracticeUnreadable, wishes: Wishes) -> Verdict:
    """Give the verdict on a journal whose coachlog.yaml can't be read: why, and nothing else."""
    problem, now = refusal.problem, now_of(wishes)
    rule = BY_CODE[problem.code]
    finding = Finding(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        client=None,
        place=problem.place,
        record=problem.record,
        subject=problem.subject,
        date=None,
        message=problem.message,
        clause=None,
        judged_by=None,
        waived=None,
    )
    return Verdict(
        now=now.aware.isoformat(),
        now_words=moment_words(now),
        findings=(_shown(finding),),
        unreadable=int(problem.code == "JRN101"),
        judged=False,
    )
