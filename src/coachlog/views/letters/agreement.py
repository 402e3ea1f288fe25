"""The agreement in plain words, clause by clause: a document that a client can read and sign."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from coachlog.model.client import Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import CancellationTerms, ContactClause, Contract, Fee, FollowUp, Goal, Pause
from coachlog.model.duration import Duration
from coachlog.model.words import counted
from coachlog.views.letters.said import (
    all_of,
    any_of,
    by_medium,
    day_said,
    every_said,
    hours_said,
    number_said,
    one_line,
    place_of,
    span_said,
    sum_said,
    times_said,
    zone_of,
)

EXCEPTIONS = {
    "harm": "there is concern that you or somebody else may come to harm",
    "subpoena": "a court orders me to testify",
    "consent": "you have given me specific consent in writing",
    "illegal-activity": "it concerns an illegal activity that I must report",
    "required-by-law": "the law requires it",
}
FOLLOW_UPS = {
    "reminder": "a reminder of your steps",
    "prep-form": "a form to prepare the session with",
    "update": "news of your steps",
    "work": "a piece of work",
    "goals": "your goals",
}
PER = {"package": "in all", "session": "for each session", "hour": "for each hour", "month": "for each month"}
DUE_FROM = {
    "session": "the session",
    "hour": "the session",
    "month": "the beginning of the month that it is for",
    "package": "the beginning of this agreement",
}
"""From which day on the time to pay runs, for each kind of fee."""


class Clause(NamedTuple):
    """A part of the agreement: its heading, and its sentences."""

    heading: str
    sentences: tuple[str, ...]


class Speaking(NamedTuple):
    """Of what a clause speaks: the terms, the file that they stand in, and the day whose terms they are."""

    terms: Contract
    file: ClientFile
    day: date

    @property
    def currency(self) -> str | None:
        """The currency of a sum that names none."""
        return self.file.practice.currency


def clauses_of(file: ClientFile, terms: Contract, day: date) -> list[Clause]:
    """Give every clause of the agreement that holds something on a day, in the order in which one reads it."""
    spoken = Speaking(terms, file, day)
    found = (Clause(heading, tuple(say(spoken))) for heading, say in CLAUSES.items())
    return [clause for clause in found if clause.sentences]


def _span(of: Speaking) -> Iterator[str]:
    terms = of.terms
    begins, last = terms.starts or terms.agreed, terms.ended.date if terms.ended else terms.ends
    if begins:
        yield f"This agreement holds from {day_said(begins)}{f' to {day_said(last)}' if last else ''}."
    elif last:
        yield f"This agreement ends on {day_said(last)}."
    if terms.agreed:
        how = {"verbal": "in conversation", "email": "by email", "signed": "in writing"}.get(terms.form or "", "")
        yield f"We agreed on it {f'{how} ' if how else ''}on {day_said(terms.agreed)}."
    elif terms.form:
        how = {"verbal": "in conversation", "email": "by email", "signed": "with our signatures"}[terms.form]
        yield f"We make it {how}."
    before = of.file.agreements.named(terms.renews)
    if before and before.agreed:
        yield f"It follows on from our agreement of {day_said(before.agreed)}."
    changes = [day_said(day) for day in sorted({one.agreed for one in terms.amendments if one.agreed <= of.day})]
    if changes:
        yield f"What we changed on {all_of(changes)} is part of this text."
    yield from (_paused(one) for one in terms.pauses if not one.is_hold)


def _paused(pause: Pause) -> str:
    """Say a pause: it is agreed on as all else here, where a hold is the coach's alone."""
    until = f" to {day_said(pause.last_day)}" if pause.last_day else ""
    return f"We agreed on a pause from {day_said(pause.from_)}{until}."


def _sessions(of: Speaking) -> Iterator[str]:
    yield from sessions_said(of.terms)
    if of.terms.welcome_pack:
        yield f"I sent you my welcome pack on {day_said(of.terms.welcome_pack)}."


def sessions_said(terms: Contract) -> Iterator[str]:
    """Say how many sessions there are, how long they are, how far apart, and how they are held."""
    length, apart = span_said(terms.length), f", {every_said(terms.every)}" if terms.every else ""
    if terms.sessions == 1:
        yield f"We meet for one session{f' of {length}' if length else ''}."
    elif terms.sessions:
        yield f"We meet for {counted(terms.sessions, 'session')}{f' of {length}' if length else ''}{apart}."
    elif length or apart:
        yield f"We meet{f' for {length}' if length else ''}{apart if length else apart.lstrip(',')}."
    if terms.media:
        first, *others = map(by_medium, terms.media)
        yield f"We meet {first}{f'; if that fails, {any_of(others)}' if others else ''}."


def _goals(of: Speaking) -> Iterator[str]:
    replaced = {one.replaces for one in of.terms.goals if one.replaces}
    yield from (_goal(one) for one in of.terms.goals if not (one.id and one.id in replaced))


def _goal(goal: Goal) -> str:
    """Say a goal in the words in which it was agreed, whose it is, and how both will know."""
    whose = {"sponsor": "brought by your sponsor", "coach": "suggested by me", "client": "brought by you"}
    origin = whose.get(goal.from_ or "", "")
    since = f"agreed on {day_said(goal.agreed)}" if goal.agreed else ""
    reached = f"reached on {day_said(goal.reached)}" if goal.reached else ""
    replaces = "in place of an earlier one" if goal.replaces else ""
    notes = ", ".join(one for one in (origin, since, replaces, reached) if one)
    measure = f" We will know by this: {_ended(one_line(goal.measure))}" if goal.measure else ""
    text = one_line(goal.text)
    return f"{text} ({notes}).{measure}" if notes else f"{_ended(text)}{measure}"


def _ended(text: str) -> str:
    """End a text as a sentence."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _fee(of: Speaking) -> Iterator[str]:
    if of.terms.pro_bono:
        yield "The coaching is free of charge."
    elif of.terms.fee:
        yield from _price(of.terms.fee, of.currency)


def _price(fee: Fee, currency: str | None) -> Iterator[str]:
    if fee.amount:
        yield f"The fee is {sum_said(fee.amount, currency)}{f' {PER[fee.per]}' if fee.per else ''}."
    elif fee.per:
        yield f"The fee is paid {PER[fee.per]}."
    due = f"within {span_said(fee.due)} of" if fee.due else ""
    if fee.parts and fee.parts > 1:
        yield (
            f"It is paid in {number_said(fee.parts)} equal parts: "
            f"the first when this agreement begins, then one {every_said(fee.every) or 'every month'}."
        )
        if due:
            yield f"Each is due {due} that day."
        return
    if fee.every:
        yield f"It is paid {every_said(fee.every)}."
    if due:
        yield f"It is due {due} {DUE_FROM.get(fee.per or '', 'the day on which it arises')}."


def _cancelling(of: Speaking) -> Iterator[str]:
    yield from cancelling_said(of.terms, of.currency)


def cancelling_said(terms: Contract, currency: str | None) -> Iterator[str]:
    """Say what was agreed about cancelling, for both sides."""
    clause = terms.cancellation
    if clause is None:
        return
    if clause.notice:
        yield f"If you need to cancel or move a session, please tell me at least {span_said(clause.notice)} before it."
    late = _late_said(terms, clause, currency)
    if late:
        called_off = "cancel later than that" if clause.notice else "cancel late"
        yield f"A session that you {called_off}{' ' if clause.late == 'free' else ', or do not come to, '}{late}."
    if clause.late_fee and clause.late != "fee":
        yield f"Where we agree on a charge for it, it is {sum_said(clause.late_fee, currency)}."
    if clause.no_show_after:
        wait = span_said(clause.no_show_after)
        yield f"If you are late, I wait for {wait}; after that I take it that you are not coming."
    if clause.strikes:
        yield f"If {_strikes_said(clause.strikes)}, we talk about whether this is the right time for coaching."
    yield f"If I have to cancel, I tell you as soon as I can, and {spared_said(terms)}."


def _late_said(terms: Contract, clause: CancellationTerms, currency: str | None) -> str:
    """Say what becomes of a session that the client calls off late; nothing where it was not agreed."""
    if clause.late == "fee":
        return f"costs {sum_said(clause.late_fee, currency) or 'the fee of one session'}"
    if clause.late == "counts":
        return "counts as one of those agreed" if terms.sessions else "counts as if it had taken place"
    return "costs you nothing" if clause.late == "free" else ""


def _strikes_said(strikes: int) -> str:
    one = "a session is missed or cancelled late"
    return one if strikes == 1 else f"{number_said(strikes)} sessions are missed or cancelled late"


def spared_said(terms: Contract) -> str:
    """Say what is spared the client for a session that the coach calls off: its price, or one of the number."""
    lost = falls_away(terms)
    if not lost.costs:
        return "that session does not count as one of those agreed" if lost.counts else "we find another time"
    return f"you pay nothing for that session{', and it does not count as one of those agreed' if lost.counts else ''}"


class Lost(NamedTuple):
    """What a session that does not take place would have come to: a price of its own, one of the agreed number."""

    costs: bool
    counts: bool

    def said(self, of: str, they: str) -> str:
        """Say that it comes to nothing; a single one is `it`, several are `them`, and `they do`."""
        costs = f"There is nothing to pay for {of}" if self.costs else ""
        counts = f"{they} not count towards our sessions" if self.counts else ""
        if costs and counts:
            return f"{costs}, and {counts[:1].lower()}{counts[1:]}."
        return f"{costs or counts}." if costs or counts else ""


def falls_away(terms: Contract) -> Lost:
    """Tell what a session would have come to: a package and a month have their price whatever takes place."""
    per = None if terms.pro_bono else terms.fee.per if terms.fee else None
    return Lost(per in {"session", "hour"}, bool(terms.sessions))


def _contact(of: Speaking) -> Iterator[str]:
    yield from contact_said(of.file, of.terms)


def contact_said(file: ClientFile, terms: Contract) -> Iterator[str]:
    """Say what was agreed about contact between sessions: by what, how soon, when, how much, and what it costs."""
    if terms.between_sessions == "none":
        yield "We keep everything for our sessions: between them we are only in touch to arrange them."
    clause = terms.contact_clause
    if clause is None:
        return
    yield from _media(clause)
    hours = hours_said(clause.hours or file.practice.office_hours)
    if hours:
        yield f"I read and answer messages {_in_hours(hours)}{_zone_note(file)}."
        if any(clause.via.values()):
            yield "What comes in at other times I take up when these hours begin again."
    yield from _bounds(clause, file.practice.currency)


def _in_hours(hours: str) -> str:
    return f"from {hours}" if hours[:1].isalpha() and ":" in hours and " to " in hours else f"at these times: {hours}"


def _zone_note(file: ClientFile) -> str:
    theirs, ours = zone_of(file.client.timezone), file.practice.timezone
    return f" ({place_of(ours)} time)" if theirs and theirs.key != ours.key else ""


def _media(clause: ContactClause) -> Iterator[str]:
    timed = sorted(((time.elapsed, name, time) for name, time in clause.via.items() if time), key=lambda one: one[0])
    is_quickest = len(timed) > 1 and timed[0][0] < timed[1][0]
    for place, (_, name, time) in enumerate(timed):
        first = " This is the quickest way to reach me." if is_quickest and not place else ""
        yield f"{_where_asked(name)} I answer within {span_said(time)}.{first}"
    if clause.untimed:
        also, media = "also " if timed else "", any_of(map(by_medium, clause.untimed))
        yield f"You may {also}reach me {media}; I promise no time for an answer there."


def _where_asked(medium: str) -> str:
    """Say by what a message comes: `By email`, `In person`."""
    by = by_medium(medium)
    return f"{by[:1].upper()}{by[1:]}"


def _bounds(clause: ContactClause, currency: str | None) -> Iterator[str]:
    if clause.coach_may_start is not None:
        yield (
            "I may write to you between sessions to ask how it goes."
            if clause.coach_may_start
            else "I do not write unasked between sessions, other than what we have agreed on."
        )
    if clause.limit:
        limit = clause.limit
        yield (
            "You may get in touch as often as you wish."
            if isinstance(limit, str)
            else f"You may get in touch up to {times_said(limit.times)} a {limit.period}."
        )
    if clause.free:
        yield f"What takes me up to {span_said(clause.free)} is included."
    if clause.rate:
        over = "What takes longer" if clause.free else "My time for it"
        yield f"{over} costs {sum_said(clause.rate.money, currency)} an hour."


def _follow_up(of: Speaking) -> Iterator[str]:
    yield from follow_up_said(of.terms)


def follow_up_said(terms: Contract) -> Iterator[str]:
    """Say what each sends the other between sessions, and when."""
    yield from (_sent(one) for one in terms.follow_up)


def _sent(one: FollowUp) -> str:
    """Say what is sent between sessions, by whom, when and how."""
    by = f" {by_medium(one.via)}" if one.via else ""
    time = f"by {day_said(one.when)}" if isinstance(one.when, date) else _beside(one)
    who = "You send me" if one.from_ == "client" else "I send you"
    return f"{who} {FOLLOW_UPS[one.kind]}{by}, {time}."


def _beside(one: FollowUp) -> str:
    if isinstance(one.when, date):
        return ""
    return f"{span_said(one.when.span)} {one.when.side} each session"


def _confidence(of: Speaking) -> Iterator[str]:
    yield from confidence_said(of.terms)


def confidence_said(terms: Contract) -> Iterator[str]:
    """Say what stays between the two, and the exceptions."""
    clause = terms.confidentiality
    if clause is None:
        return
    yield "What you tell me stays between us."
    if clause.exceptions:
        cases = any_of(EXCEPTIONS.get(one, f"it is a case of {one.replace('-', ' ')}") for one in clause.exceptions)
        shared = "Beyond what we have agreed to share, " if _tells(terms) else ""
        yield f"{shared}I pass something on only if {cases}."
    if clause.code:
        yield f"I work under the {one_line(clause.code)}."


def _tells(terms: Contract) -> bool:
    """Tell whether it was agreed that the coach passes something on to a sponsor."""
    return terms.sharing is not None and terms.sharing.reported_by in {"coach", "both"}


def _sharing(of: Speaking) -> Iterator[str]:
    yield from sharing_said(of.file, of.terms)


def sharing_said(file: ClientFile, terms: Contract) -> Iterator[str]:
    """Say what a sponsor is told, and by whom."""
    clause = terms.sharing
    if clause is None:
        return
    people = all_of(_sponsor(file, one) for one in clause.with_) or "your sponsor"
    what = all_of(map(one_line, clause.what)) or "how it goes"
    teller = {"client": "you tell it yourself", "coach": "I tell it", "both": "you or I tell it"}
    said = f"With {people} we share {what}, and nothing else"
    yield f"{said}; {teller[clause.reported_by]}." if clause.reported_by else f"{said}."


def _sponsor(file: ClientFile, name: str) -> str:
    found = next((one for one in file.client.sponsors if name in (one.id, one.name)), None)
    return sponsor_said(found) if found else name


def sponsor_said(sponsor: Sponsor) -> str:
    """Name a sponsor, with the organisation where it is known."""
    place = f" ({one_line(sponsor.organisation)})" if sponsor.organisation else ""
    return f"{one_line(sponsor.name) or sponsor.id or ''}{place}"


def _termination(of: Speaking) -> Iterator[str]:
    notice = of.terms.termination.notice if of.terms.termination else None
    if notice:
        yield f"Either of us may end this agreement with {notice_said(notice)} notice."
    elif of.terms.termination:
        yield "Either of us may end this agreement at any time."


def notice_said(span: Duration) -> str:
    """Say a time as that of a notice: `one week's`, `14 days'`."""
    said = span_said(span)
    return f"{said}'" if said.endswith("s") else f"{said}'s"


def _after_end(of: Speaking) -> Iterator[str]:
    yield from after_end_said(of.terms)


def after_end_said(terms: Contract) -> Iterator[str]:
    """Say which contact was agreed on for the time after the end; where there is none, that the end is an end."""
    clause = terms.after_end
    if clause is None:
        return
    by = f" {any_of(map(by_medium, clause.via))}" if clause.via else ""
    until = f" until {day_said(clause.until)}" if clause.until else ""
    what = f" for {one_line(clause.for_)}" if clause.for_ else ""
    yield f"After the end you may still reach me{by}{until}{what}."


CLAUSES: Mapping[str, Callable[[Speaking], Iterator[str]]] = {
    "What it is for": _goals,
    "How long it holds": _span,
    "Our sessions": _sessions,
    "The fee": _fee,
    "Moving, cancelling, coming late": _cancelling,
    "Contact between sessions": _contact,
    "What is sent between sessions": _follow_up,
    "Confidentiality": _confidence,
    "What is shared with others": _sharing,
    "Ending early": _termination,
    "After the end": _after_end,
}
"""Each clause of the agreement: its heading, and what says it."""
