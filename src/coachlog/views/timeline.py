"""What happened with a client, day by day: each record as one event or several, in words of the program's own.

An event keeps apart what the program says (words, days, ids) and what a person said or is called (`text`), so that a
screen that is shared can be shown the first without the second.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from coachlog.model.action import Action, Update
from coachlog.model.care import Concern, Consent, Disclosure, Feedback, LeaderUpdate, Person, Referral
from coachlog.model.client import Client, Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Amendment, Contract, Ending, FollowUp, Goal, Party, Pause, Payment
from coachlog.model.instant import Instant
from coachlog.model.practice import Absence, Colleague, Practice
from coachlog.model.record import Record
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision
from coachlog.model.words import counted, day_words, listed
from coachlog.views.verdict import ShownFinding

_BY: Mapping[Party, str] = {
    "client": " by the client",
    "coach": " by the coach",
    "both": " by both",
    "sponsor": " by a sponsor",
}
_STATUS = {"held": "held", "cancelled": "cancelled", "no-show": "missed"}
NOUNS: Mapping[type[Record], str] = {
    Absence: "absence",
    Action: "step",
    Amendment: "amendment",
    Client: "client",
    Colleague: "colleague",
    Concern: "concern",
    Consent: "consent",
    Contact: "contact",
    Contract: "contract",
    Disclosure: "disclosure",
    Ending: "ending",
    Feedback: "feedback",
    FollowUp: "follow-up",
    Goal: "goal",
    LeaderUpdate: "leader update",
    Pause: "pause",
    Payment: "payment",
    Practice: "practice",
    Referral: "referral",
    Session: "session",
    Sponsor: "sponsor",
    Supervision: "supervision",
    Update: "update",
}
"""What each kind of record is called."""


class Event(NamedTuple):
    """Something that happened, or is to happen, to a record: on which day (None: nobody noted it), and when exactly.

    `words` say what, in the program's words; `text` is what was said about it, or whom it concerns. `beside` is the
    moment that it belongs to where it has none of its own, as a step belongs to the session it was committed to in.
    """

    day: date | None
    record: Record
    words: str
    text: str = ""
    at: Instant | None = None
    beside: Instant | None = None
    findings: tuple[ShownFinding, ...] = ()

    @property
    def noun(self) -> str:
        """What kind of record it is."""
        return noun_of(self.record)

    @property
    def label(self) -> str:
        """What the record is called; that of a client's whole file is nothing."""
        return self.record.label or ""


class Timeline(NamedTuple):
    """Everything that happened in order of time, and what is found about no record of it."""

    events: tuple[Event, ...]
    standing: tuple[ShownFinding, ...] = ()

    def within(self, since: date | None, until: date | None) -> "Timeline":
        """Keep what lies between two days, both included; what has no day lies in no span."""
        if since is None and until is None:
            return self
        first, last = since or date.min, until or date.max
        events = (one for one in self.events if one.day and first <= one.day <= last)
        standing = (one for one in self.standing if one.date and first <= date.fromisoformat(one.date) <= last)
        return Timeline(tuple(events), tuple(standing))


def noun_of(record: Record) -> str:
    """Say what kind of record it is; a step that is a promise, a habit and the like says so itself."""
    if isinstance(record, Action):
        return record.kind
    return record.kind if isinstance(record, Pause) else NOUNS.get(type(record), "record")


def timeline_of(file: ClientFile, now: Instant, findings: Iterable[ShownFinding]) -> Timeline:
    """Put everything that is on file of a client in order of time, each finding under the record that it is about."""
    records = (*file.records(), *(one for one in file.supervision if is_about(one, file)))
    return _timeline((event for record in records for event in events_of(record, file, now)), findings, now.day)


def timeline_of_practice(
    practice: Practice, supervision: Iterable[Supervision], now: Instant, findings: Iterable[ShownFinding]
) -> Timeline:
    """Put the absences and the supervision of the practice in order of time."""
    away = [event for one in practice.absences for event in _absence(one)]
    return _timeline([*away, *(event for one in supervision for event in _supervision(one))], findings, now.day)


def events_of(record: Record, file: ClientFile, now: Instant) -> Iterator[Event]:
    """Give what happened to one record; nothing where it is a part of another one that says it."""
    tell = _BY_KIND.get(type(record))
    return tell(record, file, now) if tell else iter(())


def _timeline(events: Iterable[Event], findings: Iterable[ShownFinding], today: date) -> Timeline:
    placed = list(events)
    standing: list[ShownFinding] = []
    for finding in findings:
        own = _about(placed, finding)
        if not own:
            standing.append(finding)
        else:
            _put(finding, own, placed, today)
    return Timeline(tuple(sorted(placed, key=_order)), tuple(standing))


def _about(events: list[Event], finding: ShownFinding) -> list[int]:
    """Find the events of the record that a finding is about, or of the one that it lies in."""
    label = finding.record or ""
    by_label: dict[str, list[int]] = {name: [] for name in (label, label.rpartition("/")[0]) if name}
    for number, event in enumerate(events):
        if event.label in by_label and event.record.origin.place().file == finding.file:
            by_label[event.label].append(number)
    return next((own for own in by_label.values() if own), [])


def _put(finding: ShownFinding, own: list[int], events: list[Event], today: date) -> None:
    """Tell a finding under its record: on its own day, which is told for it if need be; a standing one at the last."""
    day = date.fromisoformat(finding.date) if finding.date else None
    latest = [number for number in own if (events[number].day or today) <= today] or own
    at = next((number for number in own if events[number].day == day), latest[-1])
    if day and events[at].day != day:
        record = events[at].record
        events.append(Event(day, record, noun_of(record), events[at].text))
        at = len(events) - 1
    events[at] = events[at]._replace(findings=(*events[at].findings, finding))


def _order(event: Event) -> tuple[bool, date, bool, float]:
    """Sort by day, what has no time first; what has no day comes last."""
    moment = event.at or event.beside
    return event.day is None, event.day or date.max, moment is not None, moment.utc.timestamp() if moment else 0


def is_about(meeting: Supervision, file: ClientFile) -> bool:
    """Tell whether a client was talked about in supervision: by name, or by one of their concerns."""
    concerns = {one.id for one in file.care.concerns if one.id}
    return any(
        topic.client == file.code or (topic.client is None and topic.concern in concerns) for topic in meeting.topics
    )


def _client(client: Client, *_: object) -> Iterator[Event]:
    if client.since:
        yield Event(client.since, client, "a client since then", client.heard_from or "")


def _contract(contract: Contract, *_: object) -> Iterator[Event]:
    number = f": {counted(contract.sessions, 'session')}" if contract.sessions else ""
    form = f", {contract.form}" if contract.form else ""
    if contract.agreed is None:
        yield Event(None, contract, f"draft of a contract{number}")
        return
    yield Event(contract.agreed, contract, f"contract agreed{form}{number}")
    if contract.starts and contract.starts > contract.agreed:
        yield Event(contract.starts, contract, "contract begins")
    last = contract.last_day(date.max)
    if last and not contract.ended:
        yield Event(last, contract, "last day of the contract")


def _ending(ended: Ending, *_: object) -> Iterator[Event]:
    reason = f": {ended.reason}" if ended.reason else ""
    yield Event(ended.date, ended, f"contract ended{_by(ended.by)}{reason}", ended.summary or "")


def _goal(goal: Goal, *_: object) -> Iterator[Event]:
    if goal.agreed:
        yield Event(goal.agreed, goal, f"goal agreed{_in_place(goal)}", goal.text)
    if goal.reached:
        yield Event(goal.reached, goal, "goal reached", goal.text)


def _in_place(goal: Goal) -> str:
    return f" in place of {goal.replaces}" if goal.replaces else ""


def _amendment(amendment: Amendment, *_: object) -> Iterator[Event]:
    fields = type(amendment.set).model_fields
    changed = [
        (fields[name].alias or name).replace("_", " ") for name in fields if name in amendment.set.model_fields_set
    ]
    what = f": {listed(changed)}" if changed else ""
    yield Event(amendment.agreed, amendment, f"contract amended{what}", amendment.why or "")


def _pause(pause: Pause, *_: object) -> Iterator[Event]:
    reason = f": {pause.reason}" if pause.reason else ""
    yield Event(pause.from_, pause, f"{pause.kind} begins{_by(pause.by)}{reason}", "; ".join(pause.steps))
    if pause.lifted:
        yield Event(pause.lifted, pause, f"{pause.kind} lifted", pause.resolution or "")
    elif pause.to and not pause.is_hold:
        yield Event(pause.to, pause, f"last day of the {pause.kind}")


def _payment(payment: Payment, *_: object) -> Iterator[Event]:
    words = "refunded" if payment.amount.amount < 0 else "paid"
    text = f"{payment.amount} for {payment.for_}" if payment.for_ else str(payment.amount)
    yield Event(payment.date, payment, words, text)


def _session(session: Session, _: ClientFile, now: Instant) -> Iterator[Event]:
    kind = "session" if session.kind == "coaching" else f"{session.kind} session"
    still = "still booked" if session.at < now else "booked"
    parts = [f"{kind} {_STATUS.get(session.status, still)}", session.via or "", _lasted(session)]
    off = session.cancelled
    if off:
        parts[0] += f"{_by(off.by) if session.is_cancelled else ''}{f': {off.reason}' if off.reason else ''}"
        parts.append(f"charge {off.charge}" if off.charge else "")
        parts.append(f"rebooked as {off.rebooked}" if off.rebooked else "")
    yield Event(session.day, session, ", ".join(filter(None, parts)), session.topic or "", session.at)


def _lasted(session: Session) -> str:
    return f"{session.minutes} min" if session.is_held and session.minutes is not None else ""


def _contact(contact: Contact, file: ClientFile, now: Instant) -> Iterator[Event]:
    who = {"coach": "from the coach", "client": "from the client", "sponsor": "from a sponsor"}.get(contact.from_, "")
    parts = [f"{contact.via} {who or 'from somebody else'}", "" if contact.for_ == "other" else contact.for_]
    parts += [f"answers {listed(list(contact.reply_to))}"] if contact.reply_to else []
    letters = file.correspondence
    if letters.waits_for_answer(contact) and contact.at <= now and letters.reply_to_anybody(contact) is None:
        parts.append("waits for an answer")
    yield Event(contact.day, contact, ", ".join(filter(None, parts)), contact.about or "", contact.at)


def _action(action: Action, file: ClientFile, _: Instant) -> Iterator[Event]:
    session = file.attendance.named(action.session)
    due = f", due {day_words(action.due)}" if action.due else ""
    if session:
        what = "made" if action.is_promise else "committed to"
        yield Event(session.day, action, f"{action.kind} {what}{due}", action.step, beside=session.at)
    elif not (action.due or action.done or action.part or action.dropped):
        yield Event(None, action, action.kind, action.step)
    if action.part:
        yield Event(action.part, action, f"{action.kind} partly done", action.step)
    if action.done:
        yield Event(action.done, action, f"{action.kind} done", action.learned or action.step)
    elif action.dropped:
        yield Event(action.dropped.date, action, f"{action.kind} dropped", action.dropped.why or action.step)
    elif action.due:
        yield Event(action.due, action, f"{action.kind} due", action.step)
    yield from (Event(one.date, action, f"news of the {action.kind}", one.note or "") for one in action.updates)


def _consent(consent: Consent, *_: object) -> Iterator[Event]:
    form = f", {consent.form}" if consent.form else ""
    until = f", until {day_words(consent.until)}" if consent.until else ""
    scope = f": {listed(list(consent.scope))}" if consent.scope else ""
    yield Event(consent.given, consent, f"consent to {consent.for_}{form}{until}", f"to {consent.to}{scope}")
    if consent.revoked:
        yield Event(consent.revoked, consent, f"consent to {consent.for_} revoked", f"to {consent.to}")


def _disclosure(told: Disclosure, *_: object) -> Iterator[Event]:
    under = f" under consent {told.consent}" if told.consent else ""
    whom = " ".join(filter(None, [f"to {told.to}" if told.to else "", f"({told.basis})" if told.basis else ""]))
    what = listed(list(told.what)) if told.what else ""
    yield Event(told.date, told, f"disclosure{under}", ": ".join(filter(None, [whom, what])))


def _concern(concern: Concern, *_: object) -> Iterator[Event]:
    yield Event(concern.noticed, concern, f"concern noticed: {concern.kind}", concern.note or "")
    if concern.raised:
        yield Event(concern.raised, concern, "concern raised with the client")
    if concern.decided:
        decision = f": {concern.decision}" if concern.decision else ""
        yield Event(concern.decided, concern, f"concern decided on{decision}")
    if concern.resolved:
        yield Event(concern.resolved, concern, "concern resolved")


def _referral(referral: Referral, *_: object) -> Iterator[Event]:
    to = referral.to.name if isinstance(referral.to, Person) else referral.to
    whom = f"to {to}" if to else ""
    yield Event(referral.date, referral, "referral", ": ".join(filter(None, [whom, referral.why])))
    if referral.handover:
        yield Event(referral.handover, referral, "referral handed over", whom)
    if referral.answered:
        yield Event(referral.answered, referral, f"referral {referral.answer or 'answered'}", whom)


def _leader_update(update: LeaderUpdate, *_: object) -> Iterator[Event]:
    what = f": {listed(list(update.what))}" if update.what else ""
    to = f"to {update.to}" if update.to else ""
    yield Event(update.date, update, f"leader update{_by(update.by)}", f"{to}{what}".removeprefix(": "))


def _feedback(feedback: Feedback, *_: object) -> Iterator[Event]:
    yield Event(feedback.date, feedback, "feedback from the client", feedback.text)


def _supervision(meeting: Supervision, *_: object) -> Iterator[Event]:
    lasted = f", {meeting.minutes} min" if meeting.minutes is not None else ""
    form = f", {meeting.format}" if meeting.format else ""
    yield Event(meeting.date, meeting, f"supervision{form}{lasted}", f"with {meeting.with_}" if meeting.with_ else "")


def _absence(absence: Absence, *_: object) -> Iterator[Event]:
    until = f" until {day_words(absence.to)}" if absence.to and absence.to != absence.from_ else ""
    yield Event(absence.from_, absence, f"away{until}", absence.reason or "")


def _by(party: Party | None) -> str:
    return _BY[party] if party else ""


_BY_KIND: Mapping[type[Record], Callable[[Any, ClientFile, Instant], Iterator[Event]]] = {
    Action: _action,
    Amendment: _amendment,
    Client: _client,
    Concern: _concern,
    Consent: _consent,
    Contact: _contact,
    Contract: _contract,
    Disclosure: _disclosure,
    Ending: _ending,
    Feedback: _feedback,
    Goal: _goal,
    LeaderUpdate: _leader_update,
    Pause: _pause,
    Payment: _payment,
    Referral: _referral,
    Session: _session,
    Supervision: _supervision,
}
