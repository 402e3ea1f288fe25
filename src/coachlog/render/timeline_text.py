"""A timeline: a line for each event on a terminal, the day once; one event or finding a line on a pipe."""

from collections.abc import Iterator
from typing import NamedTuple

from coachlog.model.instant import Instant
from coachlog.model.words import day_words, moment_words
from coachlog.render.found import finding_lines, verdict_span
from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import padded, width_of, wrapped
from coachlog.render.output import Sheet
from coachlog.views.timeline import Event, Timeline
from coachlog.views.verdict import ShownFinding

_DAY, _CLOCK = len("Wed 14 Jan 2026"), len("15:00")
_GAP = "  "
_WIDEST_LABEL = 12
_LONGEST_TEXT = 100
"""A few words are enough to know a record again; `show ID` has them all."""


class TimelinePage(NamedTuple):
    """A timeline with what stands above it, whose it is, and the instant that parts what was from what is to come."""

    headline: str
    client: str
    timeline: Timeline
    now: Instant


def lines(shown: TimelinePage, sheet: Sheet) -> Iterator[Line]:
    """Turn a timeline into lines."""
    return _page(shown, sheet) if sheet.terminal else _records(shown)


def _records(page: TimelinePage) -> Iterator[Line]:
    for event in page.timeline.events:
        yield record(page.client, _when(event), event.noun, event.label or "-", event.words, _one_line(event.text))
        yield from (_record_of(one, page.client, _when(event)) for one in event.findings)
    yield from (_record_of(one, page.client, "-") for one in page.timeline.standing)


def _record_of(finding: ShownFinding, client: str, when: str) -> Line:
    named = f"{finding.code} {finding.name}"
    return record(client, when, verdict_span(finding), finding.record or "-", named, finding.message)


def _page(page: TimelinePage, sheet: Sheet) -> Iterator[Line]:
    yield from (line(Span(one, "bold")) for one in wrapped(page.headline, sheet.width, 0))
    events, standing = page.timeline
    if not events and not standing:
        yield line("Nothing is on file for these days." if page.headline else "Nothing is on file.")
    labels = min(max((width_of(one.label) for one in events), default=0), _WIDEST_LABEL)
    before: Event | None = None
    for event in events:
        if _is_ahead(event, page.now) and not (before and _is_ahead(before, page.now)):
            yield line(Span(f"{moment_words(page.now)}, and from here on what is to come:", "dim"))
            before = None
        yield from _event(event, sheet, labels, is_new_day=before is None or before.day != event.day)
        before = event
    if standing:
        yield EMPTY
        yield line(Span("Beside the records:", "dim"))
        yield from finding_lines(standing, sheet.width, len(_GAP))


def _event(event: Event, sheet: Sheet, labels: int, *, is_new_day: bool) -> Iterator[Line]:
    day = (day_words(event.day) if event.day else "no day") if is_new_day else ""
    clock = f"{event.at.wall:%H:%M}" if event.at else ""
    head = f"{padded(day, _DAY)}{_GAP}{padded(clock, _CLOCK)}{_GAP}"
    indent = len(head) + labels + len(_GAP)
    words = f"{event.words}: {_short(event.text)}" if event.text else event.words
    first, *rest = wrapped(words, sheet.width, indent)
    yield line(head, Span(padded(event.label, labels), "dim"), _GAP, first[indent:])
    yield from map(line, rest)
    yield from finding_lines(event.findings, sheet.width, indent)


def _is_ahead(event: Event, now: Instant) -> bool:
    return event.at > now if event.at else event.day is not None and event.day > now.day


def _when(event: Event) -> str:
    return moment_words(event.at) if event.at else day_words(event.day) if event.day else "-"


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "-"


def _short(text: str) -> str:
    whole = _one_line(text)
    return (
        whole
        if len(whole) <= _LONGEST_TEXT
        else f"{whole[:_LONGEST_TEXT].rpartition(' ')[0] or whole[:_LONGEST_TEXT]} …"
    )
