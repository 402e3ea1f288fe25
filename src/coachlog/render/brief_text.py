"""A client before a session, on one screen: what does not fit is counted. On a pipe each fact is a line of its own."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime

from coachlog.model.instant import Instant
from coachlog.model.words import ago_words, counted
from coachlog.render.line import Line, Span, Style, line, record
from coachlog.render.measure import hung, width_of, wrapped
from coachlog.render.near import near_day, near_moment
from coachlog.render.output import Sheet
from coachlog.views.brief import Brief, Coming, Letter, Taken, Worry

_LABEL = 9
_PROMPT = 1
"""The line of the shell below what is shown."""
_ELLIPSIS = "…"
_WEIGHTS = {"Last": 2, "Steps": 6, "Prep": 5, "Contacts": 4, "Concerns": 3, "Findings": 3, "Contract": 5}
"""How many lines each part wants beside the others."""
Fact = tuple[str, Style]


def lines(shown: Brief, sheet: Sheet) -> Iterator[Line]:
    """Turn a brief into lines."""
    parts = {label: facts for label, facts in _parts(shown).items() if facts}
    if not sheet.terminal:
        yield record("client", shown.client, _title(shown))
        yield record("session", _session(shown))
        yield from (record(label.lower(), _on_one_line(text)) for label, facts in parts.items() for text, _ in facts)
        return
    head = list(wrapped(_session(shown), sheet.width, 0))
    yield line(Span(_title(shown), "bold"))
    yield from map(line, head)
    room = shutil.get_terminal_size().lines - len(head) - 1 - _PROMPT
    yield from _body(_shared(parts, room), room, (sheet.width or 0) - _LABEL)


def _shared(parts: Mapping[str, list[Fact]], room: int) -> Mapping[str, list[Fact]]:
    """Share the lines of the screen out, one for each part and then one more in turn, and count what has none."""
    given = dict.fromkeys(parts, 1)
    while sum(given.values()) < room:
        short = [label for label, facts in parts.items() if given[label] < len(facts)]
        if not short:
            break
        given[min(short, key=lambda label: given[label] / _WEIGHTS[label])] += 1
    return {label: _counted(facts, given[label]) for label, facts in parts.items()}


def _counted(facts: list[Fact], room: int) -> list[Fact]:
    if len(facts) <= room:
        return facts
    return [*facts[: room - 1], (f"{_ELLIPSIS} and {len(facts) - room + 1} more", "dim")]


def _body(parts: Mapping[str, list[Fact]], room: int, width: int) -> Iterator[Line]:
    """Give each fact on one line, and in full as long as there is room for that."""
    left = room - sum(map(len, parts.values()))
    for label, facts in parts.items():
        head = label
        for text, style in facts:
            whole = list(hung(_on_one_line(text), width))
            told = whole if len(whole) - 1 <= left else [_clipped(_on_one_line(text), width)]
            left -= len(told) - 1
            for part in told:
                yield line(Span(f"{head:<{_LABEL}}", "dim"), Span(part, style))
                head = ""


def _on_one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _clipped(text: str, width: int) -> str:
    """Cut a text to one line that fits; the whole of it stands in the record, and on a pipe."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}{_ELLIPSIS}"


def _title(shown: Brief) -> str:
    called = f"called {shown.called}" if shown.called and shown.called not in shown.name.split() else ""
    group = f"a group of {shown.group}" if shown.group else ""
    said = ", ".join(part for part in (called, shown.pronouns or "", group) if part)
    return f"{shown.name} ({said})" if said else shown.name


def _session(shown: Brief) -> str:
    """Say which session it is, when, how, and what time that is for the client."""
    one = shown.session
    if one is None:
        return "No session is booked."
    number = f" {one.number}" if one.number else ""
    of = f" of {one.of}" if one.of else ""
    kind = "Session" if one.kind == "coaching" else f"{one.kind.capitalize()} session"
    via = f", {one.via}" if one.via else ""
    return f"{kind}{number}{of}: {_when(one, shown)}{via}, {one.planned_minutes} min{_there(one)}"


def _when(one: Coming, shown: Brief) -> str:
    if one.at.day == shown.now.day:
        return f"today {one.at.wall:%H:%M} ({ago_words(one.at, shown.now)})"
    return f"{near_moment(one.at, shown.now)} ({ago_words(one.at, shown.now)})"


def _there(one: Coming) -> str:
    if one.at_client is None:
        return ""
    there = datetime.fromisoformat(one.at_client)
    day = "" if there.date() == one.at.day else f"{near_day(there.date(), one.at)} "
    return f"; {day}{there:%H:%M} for the client"


def _parts(shown: Brief) -> dict[str, list[Fact]]:
    return {
        "Last": list(_last(shown)),
        "Steps": [_step(one, shown.now) for one in sorted(shown.steps, key=_closed_last)],
        "Prep": list(_prep(shown)),
        "Contacts": list(_contacts(shown)),
        "Concerns": [(_concern(one, shown.now), "") for one in shown.concerns],
        "Findings": list(_findings(shown)),
        "Contract": [(f"{one.what}: {one.words}", "") for one in shown.terms],
    }


def _last(shown: Brief) -> Iterator[Fact]:
    last = shown.last
    if last is None:
        yield "no session has been held yet", ""
        return
    kind = "" if last.kind == "coaching" else f", {last.kind}"
    yield (
        f"{near_day(last.at.day, shown.now)}, {_days_ago(last.days)}{kind}{f': {last.topic}' if last.topic else ''}",
        "",
    )
    if last.outcome:
        yield f"wanted: {last.outcome}", ""
    yield from ((f"insight: {one}", "") for one in last.insights)


def _days_ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _closed_last(one: Taken) -> bool:
    return one.state in {"done", "dropped"}


def _step(one: Taken, now: Instant) -> Fact:
    """Say what was taken on, and what came of it."""
    state = "overdue" if one.overdue and one.state == "open" else one.state
    who = "your promise: " if one.kind == "promise" else f"{one.kind}: " if one.kind not in {"step", "promise"} else ""
    due = f"due {near_day(one.due, now)}" if one.due and not _closed_last(one) else ""
    partly = "partly done " if one.state == "part" else ""
    day = f"{partly}{near_day(one.day, now)}" if one.day else ""
    carried = f"carried {counted(one.carried, 'time')}" if one.carried and not _closed_last(one) else ""
    said = ", ".join(part for part in (due, day, carried) if part)
    learned = f"; learned: {one.learned}" if one.learned else f"; {one.news}" if one.news else ""
    return f"{state:<8} {who}{one.step}{f' ({said})' if said else ''}{learned}", "warning" if one.overdue else ""


def _prep(shown: Brief) -> Iterator[Fact]:
    form = shown.prep
    if form is None:
        state = {"sent": "sent, not back yet", "due": "not sent yet"}
        prep = shown.session.prep if shown.session else None
        if prep in state:
            yield state[prep], ""
    else:
        if form.received:
            yield f"came {near_moment(form.received, shown.now)}", ""
        answers = {"want": form.want, "since": form.since, "well": form.well}
        yield from ((f"{name}: {answer}", "") for name, answer in answers.items() if answer)
    if shown.session and shown.session.topic:
        yield f"topic: {shown.session.topic}", ""


def _contacts(shown: Brief) -> Iterator[Fact]:
    """Say what went to and fro since the last session, the open and the latest first."""
    letters = sorted(shown.contacts, key=lambda one: (not one.open, -one.at.utc.timestamp()))
    yield from ((_letter(one, shown), "warning" if one.open else "") for one in letters)


def _letter(one: Letter, shown: Brief) -> str:
    who = {"coach": "you", "client": shown.called or "client", "sponsor": "a sponsor"}.get(one.from_, "somebody else")
    for_ = "" if one.for_ == "other" else f", {one.for_}"
    waits = "; waits for an answer" if one.open else ""
    return f"{near_moment(one.at, shown.now)}  {who}, {one.via}{for_}{f': {one.about}' if one.about else ''}{waits}"


def _concern(one: Worry, now: Instant) -> str:
    raised = f"raised {near_day(one.raised, now)}" if one.raised else "not raised yet"
    decided = (
        f"{one.decision}{f' since {near_day(one.decided, now)}' if one.decided else ''}"
        if one.decision
        else "undecided"
    )
    return f"{one.kind.replace('-', ' ')}, noticed {near_day(one.noticed, now)}, {raised}, {decided}"


def _findings(shown: Brief) -> Iterator[Fact]:
    for one in shown.findings:
        style: Style = "breach" if one.severity == "breach" else "warning"
        yield f"{one.severity} {one.code}: {one.message}", style
    if shown.advice:
        yield f"{counted(shown.advice, 'piece')} of advice: coachlog check {shown.client} --min-severity advice", "dim"
