"""The agreement in plain words, clause by clause: a document that a client can read and sign."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from coachlog.model.client import Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import ContactClause, Contract, Fee, FollowUp, Goal
from coachlog.model.words import counted
from coachlog.views.letters.said import (
    all_of,
    any_of,
    day_said,
    every_said,
    hours_said,
    medium_said,
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
PER = {"package": "for the whole", "session": "for each session", "hour": "for each hour", "month": "for each month"}
LATE = {
    "counts": "A session that you cancel later than that, or do not come to, counts as one of those agreed",
    "free": "A session that you cancel later than that costs you nothing",
}


class Clause(NamedTuple):
    """A part of the agreement: its heading, and its sentences."""

    heading: str
    sentences: tuple[str, ...]


class Speaking(NamedTuple):
    """Of what a clause speaks: the terms, and the file that they stand in."""

    terms: Contract
    file: ClientFile

    @property
    def currency(self) -> str | None:
        """The currency of a sum that names none."""
        return self.file.practice.currency


def clauses_of(file: ClientFile, terms: Contract) -> list[Clause]:
    """Give every clause of the agreement that holds something, in the order in which one reads it."""
    spoken = Speaking(terms, file)
    found = (Clause(heading, tuple(say(spoken))) for heading, say in CLAUSES.items())
    return [clause for clause in found if clause.sentences]


def _span(of: Speaking) -> Iterator[str]:
    terms = of.terms
    begins = terms.starts or terms.agreed
    if begins:
        yield f"This agreement holds from {day_said(begins)}{f' to {day_said(terms.ends)}' if terms.ends else ''}."
    elif terms.ends:
        yield f"This agreement ends on {day_said(terms.ends)}."
    if terms.agreed:
        how = {"verbal": "in conversation", "email": "by email", "signed": "in writing"}.get(terms.form or "", "")
        yield f"We agreed on it {f'{how} ' if how else ''}on {day_said(terms.agreed)}."
    elif terms.form:
        how = {"verbal": "in conversation", "email": "by email", "signed": "with our signatures"}[terms.form]
        yield f"We make it {how}."
    changes = [day_said(one.agreed) for one in of.terms.amendments]
    if changes:
        yield f"What we changed on {all_of(changes)} is part of this text."


def _sessions(of: Speaking) -> Iterator[str]:
    yield from sessions_said(of.terms)
    if of.terms.welcome_pack:
        yield f"I sent you my welcome pack on {day_said(of.terms.welcome_pack)}."


def sessions_said(terms: Contract) -> Iterator[str]:
    """Say how many sessions there are, how long they are, how far apart, and how they are held."""
    number = counted(terms.sessions, "session") if terms.sessions else "sessions"
    length = f" of {span_said(terms.length)}" if terms.length else ""
    apart = f", {every_said(terms.every)}" if terms.every else ""
    if terms.sessions or terms.length or terms.every:
        yield f"We meet for {number}{length}{apart}."
    if terms.media:
        first, *others = map(medium_said, terms.media)
        fallback = f"; if that fails, by {any_of(others)}" if others else ""
        yield f"We meet by {first}{fallback}." if first != "meeting in person" else f"We meet in person{fallback}."


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
    if fee.parts and fee.parts > 1:
        yield f"You pay it in {fee.parts} equal parts, one {every_said(fee.every) or 'every month'}."
    elif fee.every:
        yield f"It is paid {every_said(fee.every)}."
    if fee.due:
        yield f"Each payment is due within {span_said(fee.due)}."


def _cancelling(of: Speaking) -> Iterator[str]:
    yield from cancelling_said(of.terms, of.currency)


def cancelling_said(terms: Contract, currency: str | None) -> Iterator[str]:
    """Say what was agreed about cancelling, for both sides."""
    clause = terms.cancellation
    if clause is None:
        return
    if clause.notice:
        yield f"If you need to cancel or move a session, please tell me at least {span_said(clause.notice)} before it."
    if clause.late == "fee":
        cost = sum_said(clause.late_fee, currency) or "the fee of one session"
        yield f"A session that you cancel later than that, or do not come to, costs {cost}."
    elif clause.late:
        yield f"{LATE[clause.late]}."
    if clause.late_fee and clause.late != "fee":
        yield f"Where a charge for it is agreed, it is {sum_said(clause.late_fee, currency)}."
    if clause.no_show_after:
        yield f"If you are late, I wait for {span_said(clause.no_show_after)}."
    if clause.strikes:
        yield f"If it happens {times_said(clause.strikes)}, we talk about whether this is the right time for coaching."
    yield "If I have to cancel, I tell you as soon as I can, and you pay nothing for that session."


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
        yield f"By {medium_said(name)} I answer within {span_said(time)}.{first}"
    if clause.untimed:
        media = any_of(map(medium_said, clause.untimed))
        yield f"You may also reach me by {media}; I promise no time for an answer there."


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
            "You may write as often as you wish."
            if isinstance(limit, str)
            else f"You may write up to {times_said(limit.times)} a {limit.period}."
        )
    if clause.free:
        yield f"What takes me up to {span_said(clause.free)} is included."
    if clause.rate:
        over = "What takes longer" if clause.free else "My time for it"
        yield f"{over} costs {sum_said(clause.rate.money, currency)} an hour."


def _follow_up(of: Speaking) -> Iterator[str]:
    yield from (_sent(one) for one in of.terms.follow_up)


def _sent(one: FollowUp) -> str:
    """Say what is sent between sessions, by whom, when and how."""
    by = f" by {medium_said(one.via)}" if one.via else ""
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
        cases = any_of(EXCEPTIONS.get(one, one.replace("-", " ")) for one in clause.exceptions)
        yield f"I pass something on only if {cases}."
    if clause.code:
        yield f"I work under the {one_line(clause.code)}."


def _sharing(of: Speaking) -> Iterator[str]:
    clause = of.terms.sharing
    if clause is None:
        return
    people = all_of(_sponsor(of.file, one) for one in clause.with_) or "your sponsor"
    what = all_of(map(one_line, clause.what)) or "how it goes"
    teller = {"client": "you yourself tell them", "coach": "I tell them", "both": "you or I tell them"}
    said = f"With {people} we share {what} and nothing else"
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
        yield f"Either of us may end this agreement with notice of {span_said(notice)}."
    elif of.terms.termination:
        yield "Either of us may end this agreement at any time."


def _after_end(of: Speaking) -> Iterator[str]:
    yield from after_end_said(of.terms)


def after_end_said(terms: Contract) -> Iterator[str]:
    """Say which contact was agreed on for the time after the end; where there is none, that the end is an end."""
    clause = terms.after_end
    if clause is None:
        return
    by = f" by {any_of(map(medium_said, clause.via))}" if clause.via else ""
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
