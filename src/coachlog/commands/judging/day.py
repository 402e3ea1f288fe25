"""Reading a journal for the day: the half of `today` that knows the records."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from coachlog.clock import Clock
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.short import short_calls
from coachlog.commands.judging.filing import judged
from coachlog.commands.judging.judgement import known_clients
from coachlog.commands.judging.on_file import Filed
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.known import known
from coachlog.views.today import BREACHES_OF, Crossed, Known, Settled, today
from coachlog.views.today_item import Today
from coachlog.views.verdict import ShownFinding, Verdict


def gathered(root: Path, wishes: Wishes, days: int) -> Filed:
    """Read and judge a journal, gather what is owed and coming, and keep it. Raises PracticeUnreadable."""
    return judged(root, wishes, partial(_day, days=days))


def _day(journal: Journal, verdict: Verdict, clock: Clock, *, days: int) -> Today:
    gathered = Known(
        journal.practice,
        None if "supervision" in journal.gaps else journal.supervision,
        tuple(_recent_breaches(verdict.findings, clock.today)),
        short_calls(known_clients(journal)),
        Settled(frozenset(verdict.unasked), _waived(verdict.findings)),
    )
    return today(gathered, list(_files(journal, clock.now)), clock, days)


def _files(journal: Journal, now: Instant) -> Iterator[ClientFile]:
    """Give the clients' files as they are known, each by the practice as it is known."""
    practice = journal.practice.known_by(now.day)
    return (replace(known(file, now), practice=practice) for file in journal.clients)


def _recent_breaches(findings: Iterable[ShownFinding], today: date) -> Iterator[Crossed]:
    """Give what crossed a boundary in the last seven days or is to; what is standing by the day of what it is about.

    A reminder that was not sent is told for a week, not on every day that is to come.
    """
    first, last = (today - BREACHES_OF).isoformat(), today.isoformat()
    for one in findings:
        if one.waived is None and one.severity == "breach" and (one.date or one.since or last) >= first:
            yield Crossed(one.code, one.client, one.record, standing=one.date is None or one.date > last)


def _waived(findings: Iterable[ShownFinding]) -> frozenset[tuple[str, str | None, str | None]]:
    """Give what was waived, by rule, client and record: nobody is to be told of it again."""
    return frozenset((one.code, one.client, one.record) for one in findings if one.waived)
