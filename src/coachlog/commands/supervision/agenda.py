"""`coachlog supervision agenda`: what to bring, from concerns, breaches and patterns, without a name in it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, Literal, cast

import typer

from coachlog.commands.desk.opening import Wishes, journal_of, now_of
from coachlog.commands.desk.options import FieldsAsJson
from coachlog.errors import WrongCall
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.known import known
from coachlog.model.patterns import Measures
from coachlog.model.practice import Practice
from coachlog.model.typed_time import read_typed
from coachlog.render import renderer
from coachlog.render.agenda_text import AgendaPage
from coachlog.render.output import complain, screen, show
from coachlog.rules.book import BOOK, BY_CODE, code_of
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.rules.settings import Settings, read_settings
from coachlog.store.load import load_journal
from coachlog.views.agenda import Agenda, Crossed, Outline, Planned, Practised
from coachlog.views.agenda import agenda as gathered

PAPERWORK = frozenset({"CON", "FUP", "JRN", "PAY", "SUP"})
"""Chapters whose warnings are a matter of the desk, not of supervision; the hours stand at the head anyway."""
TOLD_OTHERWISE = frozenset({"ACT108", "CAN107", "END107"})
"""Rules that find what stands among the patterns."""
CLERICAL = frozenset({"ACT105", "CAN101", "PRV104", "REF104", "SES106", "SES107", "SES108", "SPN101"})
"""Rules that find what only wants to be noted, or closed."""
OF_THE_PAST = frozenset({"END102", "END103", "END105", "FUP101", "REF108"})
"""Rules that find for ever what can't be made good any more: it belongs to the supervision that follows it."""
YOUR_OWN = frozenset({"CAN108", "PRA102", "PRA104", "SES114"})
"""Rules that find something about the coach on the session of a client."""


def agenda(
    ctx: typer.Context,
    *,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Default: your last supervision.")] = None,
    key: Annotated[bool, typer.Option("--key", help="Say who is who, for yourself.")] = False,
    form: Annotated[Literal["text", "md", "json"], typer.Option("--format", help="To read or to send.")] = "text",
    as_json: FieldsAsJson = False,
) -> None:
    """Gather what to bring to supervision: open concerns, what crossed a boundary since the last one, and patterns.

    Clients are Client A, Client B and so on: no name, no code and no word of your notes is in it. The hours of
    coaching since the last supervision stand at its head.

    Examples:
      coachlog supervision agenda
      coachlog supervision agenda --key
      coachlog supervision agenda --since "1 jan" --format md > agenda.md
      coachlog supervision agenda --json
    """
    wishes: Wishes = ctx.obj
    if key and wishes.incognito:
        what = "--key says who is who, and --incognito hides it."
        raise WrongCall(what, "Leave one of them out.")
    journal = load_journal(journal_of(wishes))
    now = now_of(wishes, journal.practice.timezone)
    shown = _agenda(journal, now, read_typed(since, now, "fact").day if since else _last(journal, now))
    if journal.problems and not wishes.quiet:
        complain("Not everything can be read, so a point may be missing: coachlog check says why.")
    sheet = screen(wishes.color, quiet=wishes.quiet)
    show(renderer("agenda", "json" if as_json else form).lines(AgendaPage(shown, key), sheet), sheet)


def _agenda(journal: Journal, now: Instant, last: date | None) -> Agenda:
    files = [known(file, now) for file in journal.clients]
    settings = read_settings(journal.practice, BOOK, code_of)
    crossed = list(_crossed(judge(journal, Asked(now)).findings, last))
    held = [one for one in journal.supervision if one.date <= now.day]
    planned = _planned(journal.practice, settings)
    return gathered(Practised(files, held, crossed), Outline(last, now.day, planned, _measures(settings)))


def _last(journal: Journal, now: Instant) -> date | None:
    return max((one.date for one in journal.supervision if one.date <= now.day), default=None)


def _planned(practice: Practice, settings: Settings) -> Planned:
    """Give what the practice plans; else the numbers by which SUP102 and SUP103 judge."""
    own, of = practice.supervision, settings.of
    every = (own.every if own else None) or cast("Any", of["SUP102"].options["every"])
    yearly = (own.yearly if own else None) or cast("Any", of["SUP103"].options["yearly"])
    return Planned(every.total_minutes, yearly.total_minutes)


def _measures(settings: Settings) -> Measures:
    """Take the numbers by which this practice has CAN107 and ACT108 judge."""
    of = settings.of
    return Measures(**cast("dict[str, Any]", {**of["CAN107"].options, **of["ACT108"].options}))


def _crossed(findings: Sequence[Finding], last: date | None) -> Iterator[Crossed]:
    """Choose what is standing or happened since the last supervision, and leave the words of each finding out."""
    for one in findings:
        day = one.since if one.code in OF_THE_PAST else one.date
        lately = day is None or last is None or day > last
        if one.counts and lately and _belongs(one):
            client = None if one.code in YOUR_OWN else one.client
            yield Crossed(client, one.code, one.severity, BY_CODE[one.code].title, day)


def _belongs(finding: Finding) -> bool:
    if finding.code in TOLD_OTHERWISE | CLERICAL or finding.severity == "advice":
        return False
    chapter = finding.code[:3]
    return chapter not in PAPERWORK or (finding.severity == "breach" and chapter != "JRN")
