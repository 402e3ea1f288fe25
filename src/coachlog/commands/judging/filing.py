"""Judging a whole journal once, and putting what was found on file for the next command."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import TZPATH

from coachlog.clock import Clock
from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.commands.judging.judgement import breaches_in, unjudged, verdict_from
from coachlog.commands.judging.on_file import Filed
from coachlog.model.journal import Journal
from coachlog.model.practice import Practice
from coachlog.rules.engine import Asked, judge
from coachlog.store.files import read_bytes
from coachlog.store.index import Witness, keep
from coachlog.store.load import PracticeUnreadable, load_journal
from coachlog.views.roster import rows_of
from coachlog.views.today_item import Today
from coachlog.views.verdict import Verdict

Gather = Callable[[Journal, Verdict, Clock], Today]
"""How a day is gathered of a journal and what was found in it; it asks the clock what time it is."""


def judged(root: Path, wishes: Wishes, gather: Gather | None = None) -> Filed:
    """Read and judge a journal, and keep what was found. Raises PracticeUnreadable.

    What is gathered of it beside that is kept, too, as long as it holds by the clock that it was given.
    """
    witness = Witness(root, read_bytes)
    journal = load_journal(root, witness.read)
    now = now_of(wishes, journal.practice.timezone)
    asked = Asked(now)
    judgement = judge(journal, asked)
    clock = Clock(now)
    rows = rows_of(journal.clients, clock, breaches_in(judgement.findings))
    verdict = verdict_from(journal, judgement, asked)
    day = gather(journal, verdict, clock) if gather else None
    filed = Filed(verdict, rows, day)
    until = min(verdict.until or 0, clock.next_change.utc.timestamp())
    span = (now.utc.timestamp(), until)
    zone = journal.practice.timezone.key
    keep(witness, filed.as_plain(), zone=zone, span=span, watched=_watched(journal.practice))
    return filed


def judged_or_refused(root: Path, wishes: Wishes) -> Filed:
    """Read and judge a journal; where coachlog.yaml can't be read that finding is all."""
    try:
        return judged(root, wishes)
    except PracticeUnreadable as refusal:
        return Filed(unjudged(refusal, wishes), ())


def _watched(practice: Practice) -> tuple[str, ...]:
    """Name the files of the calendars that a judgement depends on: the time zone's, and the holidays'."""
    zones = [str(Path(folder) / practice.timezone.key) for folder in TZPATH]
    packages = ("tzdata", "holidays") if practice.country else ("tzdata",)
    specs = (find_spec(package) for package in packages)
    return (*zones, *(spec.origin for spec in specs if spec and spec.origin))
