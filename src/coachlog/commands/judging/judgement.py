"""Reading a journal and judging it: the half of `check` that is needed when its answer is not on file already."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from coachlog.clock import Clock
from coachlog.commands.desk.opening import Known, Wishes, as_of, clients_of, now_of
from coachlog.commands.judging.asking import Question
from coachlog.commands.judging.choosing import chosen
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.record import Place
from coachlog.model.words import moment_words
from coachlog.rules.book import BY_CODE
from coachlog.rules.engine import Asked, Judgement, judge
from coachlog.rules.finding import Finding, Waived
from coachlog.store.load import PracticeUnreadable, load_journal
from coachlog.views.masking import Mask
from coachlog.views.roster import headline_of
from coachlog.views.verdict import ShownClause, ShownFinding, ShownSilence, ShownWaiver, Verdict


def verdict_of(root: Path, wishes: Wishes, question: Question) -> Verdict:
    """Judge a journal. Where coachlog.yaml can't be read the verdict holds that finding alone."""
    selected = chosen(question.select, question.ignore)
    try:
        journal = load_journal(root)
    except PracticeUnreadable as refusal:
        return unjudged(refusal, wishes)
    present = now_of(wishes, journal.practice.timezone)
    now = as_of(question.as_of, present) if question.as_of else present
    asked = Asked(
        now=now,
        as_of=question.as_of is not None,
        profile=question.profile,
        selected=selected,
        waivers=question.waivers,
        clients=clients_of(question.clients, known_clients(journal)) if question.clients else None,
    )
    verdict = verdict_from(journal, judge(journal, asked))
    return mask_of(journal).verdict(verdict) if wishes.incognito else verdict


def verdict_from(journal: Journal, judgement: Judgement) -> Verdict:
    """Put a judgement in plain values."""
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
        headlines=_headlines(journal, judgement.findings, now),
    )


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
