"""Reading a journal for the day: the half of `today` that knows the records."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from coachlog.clock import Clock
from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.commands.judging.judgement import mask_of
from coachlog.model.instant import Instant
from coachlog.model.known import known
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.store.load import load_journal
from coachlog.views.today import BREACHES_OF, Today, today


def day_of(root: Path, wishes: Wishes, days: int) -> Today:
    """Gather what is owed and coming over all clients. Raises PracticeUnreadable."""
    journal = load_journal(root)
    now = now_of(wishes, journal.practice.timezone)
    breaches = _recent_breaches(judge(journal, Asked(now)).findings, now)
    files = [known(file, now) for file in journal.clients]
    day = today(journal.practice, files, breaches, Clock(now), days)
    return day.masked(mask_of(journal)) if wishes.incognito else day


def _recent_breaches(findings: Iterable[Finding], now: Instant) -> Counter[str | None]:
    """Count what crossed a boundary in the last seven days, or is standing, by client; None is the practice."""
    since = now.day - timedelta(days=BREACHES_OF.days)
    return Counter(
        one.client
        for one in findings
        if one.counts and one.severity == "breach" and (one.date is None or one.date >= since)
    )
