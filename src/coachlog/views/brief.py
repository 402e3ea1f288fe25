"""What a coach wants to know before a session: who comes, what was agreed last time, and what came of it.

The coach's own `private` words are never among it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coachlog.clock import Clock
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.views.brief_terms import Said, terms_of
from coachlog.views.masking import HIDDEN, Mask
from coachlog.views.today_outlook import Outlook
from coachlog.views.today_sessions import coming, number_of, prep_of, prep_received
from coachlog.views.verdict import ShownFinding


class Coming(NamedTuple):
    """The session that is briefed for; `at_client` is its start on the client's clock, where that differs.

    `prep` says how far the prep form is: due, sent or received; None where none is agreed.
    """

    record: str | None
    at: Instant
    at_client: str | None
    kind: str
    via: str | None
    planned_minutes: int
    number: int | None
    of: int | None
    prep: str | None
    topic: str | None
    begun: bool


class Last(NamedTuple):
    """The last coaching session that was held, and how many days ago that was."""

    record: str | None
    at: Instant
    days: int
    kind: str
    topic: str | None
    outcome: str | None
    insights: tuple[str, ...]


class Taken(NamedTuple):
    """A step or a promise, and what came of it: open, part, done or dropped; `day` is when."""

    record: str | None
    step: str
    kind: str
    state: str
    due: date | None
    day: date | None
    overdue: bool
    carried: int
    learned: str | None
    news: str | None
    news_day: date | None


class Form(NamedTuple):
    """The prep form that came back, and, behind that moment, what the client wrote in it."""

    received: Instant | None
    since: str | None
    well: str | None
    want: str | None


class Letter(NamedTuple):
    """A contact since the last session; `open` says that the client waits for an answer."""

    record: str | None
    at: Instant
    from_: str
    via: str
    for_: str
    about: str | None
    open: bool


class Worry(NamedTuple):
    """A concern that is not resolved, with the days on which it was noticed, raised and decided."""

    record: str | None
    kind: str
    noticed: date
    raised: date | None
    decision: str | None
    decided: date | None


@dataclass(frozen=True)
class Brief:
    """One client before a session. `pause` says that the coaching is paused or on hold."""

    now: Instant
    client: str
    name: str
    called: str | None
    pronouns: str | None
    timezone: str | None
    group: int | None
    session: Coming | None
    last: Last | None
    steps: tuple[Taken, ...]
    prep: Form | None
    contacts: tuple[Letter, ...]
    concerns: tuple[Worry, ...]
    findings: tuple[ShownFinding, ...]
    advice: int
    terms: tuple[Said, ...]

    def masked(self, mask: Mask) -> "Brief":
        """Hide who it is, and every text; days, numbers and words of the journal's own stay."""
        return replace(
            self,
            client=mask.code(self.client),
            name=mask.name(self.client),
            called=None,
            pronouns=None,
            timezone=_hidden(self.timezone),
            session=self.session and self.session._replace(topic=_hidden(self.session.topic), at_client=None),
            last=self.last and _masked_last(self.last),
            steps=tuple(map(_masked_step, self.steps)),
            prep=self.prep and Form(self.prep.received, *map(_hidden, self.prep[1:])),
            contacts=tuple(one._replace(about=_hidden(one.about)) for one in self.contacts),
            findings=tuple(_masked_finding(one, mask) for one in self.findings),
            terms=tuple(one.masked() for one in self.terms),
        )


def brief_of(file: ClientFile, findings: Sequence[ShownFinding], clock: Clock) -> Brief:
    """Gather what is known of a client before a session; the findings are those of the client that are listed."""
    outlook = Outlook(clock, clock.today)
    session, last = _session(file, outlook), _last_held(file)
    grave = tuple(sorted((one for one in findings if one.severity != "advice"), key=_graver_first))
    client = file.client
    return Brief(
        now=clock.now,
        client=file.code,
        name=client.name,
        called=client.called,
        pronouns=client.pronouns,
        timezone=client.timezone,
        group=client.group.size if client.group else None,
        session=_coming(file, session, clock) if session else None,
        last=_last(last, clock) if last else None,
        steps=tuple(_steps(file, last, clock)),
        prep=_form(file, session) if session else None,
        contacts=tuple(_contacts(file, last)),
        concerns=tuple(_concerns(file)),
        findings=grave,
        advice=len(findings) - len(grave),
        terms=tuple(terms_of(file, session, last, outlook)),
    )


def _session(file: ClientFile, outlook: Outlook) -> Session | None:
    """Give the session that comes next, or is going on; where there is none, the last that nobody has closed."""
    ahead = coming(file, outlook)
    unclosed = [one for one in file.attendance.sessions if one.is_booked]
    return ahead[0] if ahead else unclosed[-1] if unclosed else None


def _last_held(file: ClientFile) -> Session | None:
    held = [one for one in file.attendance.sessions if one.is_held]
    return held[-1] if held else None


def _coming(file: ClientFile, session: Session, clock: Clock) -> Coming:
    terms, number = file.attendance.terms_of(session), number_of(file, session)
    return Coming(
        record=session.label,
        at=session.at,
        at_client=client_clock(file, session.at),
        kind=session.kind,
        via=session.via or (terms.media[0] if terms and terms.media else None),
        planned_minutes=file.attendance.planned_length(session).total_minutes,
        number=number,
        of=terms.sessions if terms and number else None,
        prep=prep_of(file, session),
        topic=session.topic,
        begun=clock.begun(session.at),
    )


def client_clock(file: ClientFile, moment: Instant) -> str | None:
    """Give a moment on the client's clock as ISO text; None where it shows what the practice's shows, or is unknown."""
    try:
        there = moment.utc.astimezone(ZoneInfo(file.client.timezone or moment.zone.key))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return None if there.replace(tzinfo=None) == moment.wall else there.isoformat()


def _last(session: Session, clock: Clock) -> Last:
    days = (clock.today - session.day).days
    insights = tuple(session.insights)
    return Last(session.label, session.at, days, session.kind, session.topic, session.outcome, insights)


def _steps(file: ClientFile, last: Session | None, clock: Clock) -> Iterator[Taken]:
    """Give what was committed to in the last session, all that is open, and what was done or dropped since then."""
    recent = set(map(id, file.follow_through.committed_in([last]) if last else ()))
    for action in file.actions:
        taken = _taken(action, clock)
        since = last is not None and taken.day is not None and taken.day >= last.day
        if action.is_open or since or id(action) in recent:
            yield taken


def _taken(action: Action, clock: Clock) -> Taken:
    news = max(action.updates, key=lambda one: one.date or date.min, default=None)
    overdue = action.is_open and action.due is not None and action.due < clock.today
    return Taken(
        action.label,
        action.step,
        action.kind,
        *_outcome(action),
        due=action.due,
        day=action.done or (action.dropped.date if action.dropped else None) or action.part,
        overdue=overdue,
        carried=len(set(action.carried)),
        learned=action.learned,
        news=news.note if news else None,
        news_day=news.date if news else None,
    )


def _outcome(action: Action) -> tuple[str]:
    if action.done:
        return ("done",)
    return ("dropped",) if action.dropped else ("part",) if action.part else ("open",)


def _form(file: ClientFile, session: Session) -> Form | None:
    received, prep = prep_received(file, session), session.prep
    written = (prep.since, prep.well, prep.want) if prep else (None, None, None)
    return Form(received, *written) if received or any(written) else None


def _contacts(file: ClientFile, last: Session | None) -> Iterator[Letter]:
    letters = file.correspondence
    for one in letters.contacts:
        waiting = letters.waits_for_answer(one) and letters.reply_to_anybody(one) is None
        if waiting or last is None or one.at > last.at:
            yield _letter(one, open_=waiting)


def _letter(contact: Contact, *, open_: bool) -> Letter:
    return Letter(contact.label, contact.at, contact.from_, contact.via, contact.for_, contact.about, open_)


def _concerns(file: ClientFile) -> Iterator[Worry]:
    for one in file.care.concerns:
        if one.resolved is None:
            yield Worry(one.label, one.kind, one.noticed, one.raised, one.decision, one.decided)


def _graver_first(one: ShownFinding) -> int:
    return ("breach", "warning").index(one.severity)


def _hidden(text: str | None) -> str | None:
    return HIDDEN if text else text


def _masked_last(last: Last) -> Last:
    insights = tuple(HIDDEN for _ in last.insights)
    return last._replace(topic=_hidden(last.topic), outcome=_hidden(last.outcome), insights=insights)


def _masked_step(one: Taken) -> Taken:
    return one._replace(step=HIDDEN, learned=_hidden(one.learned), news=_hidden(one.news))


def _masked_finding(one: ShownFinding, mask: Mask) -> ShownFinding:
    client = mask.code(one.client) if one.client else None
    clause = one.clause and one.clause._replace(file=mask.text(one.clause.file))
    return one._replace(client=client, file=mask.text(one.file), message=mask.text(one.message), clause=clause)
