"""The timeline of a client or of the practice: as a page, and for programs."""

from datetime import date
from typing import Any

from coachlog.clock import Clock
from coachlog.commands.keeping.on_paper import PRACTICE
from coachlog.commands.looking.looking import Looking
from coachlog.model.client_file import ClientFile
from coachlog.render.check_json import finding_fields
from coachlog.render.timeline_text import TimelinePage
from coachlog.views.roster import headline_of
from coachlog.views.timeline import Event, Timeline, timeline_of, timeline_of_practice


def timeline_page(looking: Looking, code: str | None, since: date | None, until: date | None) -> TimelinePage:
    """Put what happened with a client, or with None in the practice, in order of time, between two days."""
    findings = looking.findings(code)
    if code is None:
        timeline = timeline_of_practice(looking.desk.practice, looking.desk.supervision, looking.now, findings)
        headline = "The practice"
    else:
        file = looking.file(code)
        timeline = timeline_of(file, looking.now, findings)
        headline = f"{file.client.name} ({code}) · {headline_of(file, Clock(looking.now))}"
    shown = _veiled(timeline.within(since, until), looking)
    return TimelinePage(looking.text(headline), looking.code(code) if code else PRACTICE, shown, looking.now)


def _veiled(timeline: Timeline, looking: Looking) -> Timeline:
    events = (
        one._replace(words=looking.text(one.words), text=looking.said(one.text), findings=looking.masked(one.findings))
        for one in timeline.events
    )
    return Timeline(tuple(events), looking.masked(timeline.standing))


def event_fields(looking: Looking, page: TimelinePage, code: str | None) -> list[dict[str, Any]]:
    """Give each event with its record for programs; what is found about no record stands in an event of its own."""
    client = page.client if code else None
    file = looking.desk.file(code) if code else None
    standing = {"client": client, "date": None, "at": None, "noun": None, "record": None, "event": None, "text": None}
    beside = [
        {**standing, "findings": [finding_fields(one)], "file": one.file, "line": one.line, "fields": None}
        for one in page.timeline.standing
    ]
    return [*(_event(looking, one, client, file) for one in page.timeline.events), *beside]


def _event(looking: Looking, event: Event, client: str | None, file: ClientFile | None) -> dict[str, Any]:
    place = event.record.origin.place()
    return {
        "client": client,
        "date": event.day.isoformat() if event.day else None,
        "at": event.at.aware.isoformat() if event.at else None,
        "noun": event.noun,
        "record": event.record.label,
        "event": event.words,
        "text": event.text or None,
        "findings": [finding_fields(one) for one in event.findings],
        "file": looking.text(place.file),
        "line": place.line,
        "fields": looking.fields(event.record, file),
    }
