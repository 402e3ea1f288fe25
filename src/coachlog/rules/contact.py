"""Contact between sessions (CTC): what was contracted, when it came, and how soon it was answered.

What concerns the next session, what lies near one and what is urgent is outside the rules on contracted contact. A
client's call that was taken is a contact of the coach where a rule says so. What a client sends is never a breach.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from coachlog.clock import Clock
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import AfterEnd, Clause, Contract
from coachlog.model.correspondence import Deadline
from coachlog.model.duration import Duration
from coachlog.model.instant import Instant, add_to_day
from coachlog.model.money import Frequency
from coachlog.model.words import contract_words, counted, day_words, listed, moment_words, span_words
from coachlog.rules.rule import Found, Rule, rule

TOLERANCE = Duration(minutes=15, text="15 min")
"""How far outside the contact hours nobody minds (rules.md, CTC104)."""
ACKNOWLEDGED_ELSEWHERE = frozenset({"work", "goals"})
"""What a client hands in is FUP106's: CTC105 and CTC106 leave it alone (rules.md, FUP106)."""
FREE_AFTER_THE_END = frozenset({"redirect", "logistics", "admin", "enquiry"})
"""What may be said to a former client at any time (rules.md, CTC112)."""
LEANING = frozenset({"dependency", "exclusive-attachment"})
"""Concerns that say that the coach has noticed a client leaning on them (rules.md, CTC110)."""
URGENT = frozenset({"complaint", "crisis"})
"""What has to be followed, whoever brings it (rules.md, CTC114)."""
OF_CONTRACTED_CONTACT = ("contract.follow_up", "actions", "sessions")
"""What tells whether a contact was contracted, or lies beside the coaching."""


def _by_coach(file: ClientFile) -> Iterator[Contact]:
    """Give the coach's contacts with the client.

    Where contacts can't be read, one that answers an unread contact may be with somebody else and is left alone.
    """
    letters = file.correspondence
    unread = "contacts" in file.gaps
    for contact in letters.by_coach:
        if not (unread and len(letters.named(contact)) < len(contact.reply_to)):
            yield contact


def _means(contact: Contact) -> str:
    return "in person" if contact.via == "in-person" else f"by {contact.via}"


def _contracted(file: ClientFile) -> Iterator[tuple[Contact, Contract]]:
    """Give the coach's contacts that were for a contract to allow, with the terms of their day."""
    for contact in _by_coach(file):
        terms = file.agreements.terms_on(contact.day)
        beside = contact.for_ == "admin" or file.correspondence.is_beside_the_coaching(contact)
        if terms and not beside:
            yield contact, terms


def _expected(file: ClientFile, contact: Contact) -> bool:
    return contact.for_ == "welcome" or file.correspondence.belongs_to_follow_up(contact)


@rule("CTC101", "warning", source="S2", needs=OF_CONTRACTED_CONTACT)
def uncontracted_contact(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You were in contact between sessions, and the contract says nothing about contact.

    S2 describes both ways in which contact goes soft where nothing is agreed: the coach who keeps asking how things
    are, and the coach who is simply always there. Each message may be kind; together they make a promise that nobody
    agreed to, and that the client will miss on the first day on which you are busy. How much contact there is to be
    is up to the two of you: only let it be said.
    """
    for contact, terms in _contracted(file):
        if terms.between_sessions is None and not _expected(file, contact):
            message = f"In contact {_means(contact)} on {day_words(contact.day)}; {contract_words(terms)} says nothing"
            yield Found(contact, f"{message} about contact between sessions.", contact.day, judged_by="contract")


def _named_by_clause(contact: Contact, terms: Contract) -> bool:
    """Tell whether the clause allows a medium; one that names none leaves it open, and so does no clause."""
    clause = terms.contact_clause
    return contact.via in clause.via or not clause.via if clause else terms.between_sessions is None


def _media_words(terms: Contract) -> str:
    return (
        f"names {listed(list(terms.contact_clause.via))}" if terms.contact_clause else "says that there is to be none"
    )


@rule("CTC102", "breach", source="S2", needs=OF_CONTRACTED_CONTACT)
def uncontracted_medium(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You wrote, called or answered by a medium that was not agreed.

    S2 names the medium first among the things to settle when contact is contracted. A medium that was never agreed
    has no response time and no closing hour: a client whose text was answered once will send the next one at
    midnight, and be hurt when the phone stays silent. To point the client to the agreed medium is always fine.
    """
    for contact, terms in _contracted(file):
        by_follow_up = contact.via == file.correspondence.follow_up_medium(contact)
        if not (_named_by_clause(contact, terms) or by_follow_up or contact.for_ == "welcome"):
            message = f"In contact {_means(contact)} on {day_words(contact.day)}; {contract_words(terms)}"
            clause = terms.clause("between_sessions", "via")
            yield Found(contact, f"{message} {_media_words(terms)}.", contact.day, clause)


@rule("CTC103", "breach", source="S2", needs=OF_CONTRACTED_CONTACT)
def uncontracted_check_in(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You checked in with the client, and it was not agreed that you may.

    S2 knows where the wish comes from: you became a coach because you care. But a client who is asked again and
    again how it goes may find it a bother, or think that it is you who needs it; or may come to lean on the question
    and no longer act without it. Follow-up that was contracted, an update that the client asked to be nudged for, or
    something that you had promised to send is another matter: it is expected.
    """
    letters = file.correspondence
    for contact, terms in _contracted(file):
        unasked = not (contact.reply_to or _expected(file, contact) or letters.keeps_promise(contact))
        clause = terms.contact_clause
        if clause and not clause.coach_may_start and unasked:
            message = f"Started contact {_means(contact)} on {day_words(contact.day)}; {contract_words(terms)}"
            agreed = terms.clause("between_sessions", "coach_may_start")
            yield Found(contact, f"{message} does not let the coach start it.", contact.day, agreed)


def _by_coach_with_anyone(file: ClientFile) -> Iterator[Contact]:
    yield from (contact for contact in file.contacts if contact.by_coach)
    yield from file.correspondence.taken_calls


def _out_of_hours(file: ClientFile, contact: Contact) -> Found:
    """Say how far from which hours a contact lies, or that it lies in an absence."""
    message = f"In contact on {moment_words(contact.at)}"
    absence = file.practice.absent(contact.day)
    if absence:
        began = f"{message}, in the absence that began on {day_words(absence.from_)}."
        return Found(contact, began, contact.day, Clause(absence, ()), judged_by="practice")
    hours, clause = file.correspondence.hours_on(contact)
    distance = hours.distance(contact.at) if hours else None
    terms = file.agreements.terms_on(contact.day)
    whose = "the practice" if clause.record is file.practice or terms is None else contract_words(terms)
    far = "more than a day" if distance is None else span_words(distance)
    return Found(contact, f"{message}, {far} outside the contact hours of {whose}.", contact.day, clause)


@rule("CTC104", "breach", source="S2", options={"tolerance": TOLERANCE}, needs=("contract", "sessions"))
def out_of_hours_contact(file: ClientFile, clock: Clock, tolerance: Duration) -> Iterator[Found]:
    """You were in contact outside the contact hours, or while you were away.

    A client may write at any hour: that is what the answer in office hours is for. S2 tells what becomes of the
    coach who answers at night: with a few clients more they are on call around the clock, and a client who has always
    been answered at once takes fright at the first silence. A crisis, the logistics of a session that is about a day
    away, and a word just before or after a session are no such thing.
    """
    for contact in _by_coach_with_anyone(file):
        if file.correspondence.is_out_of_hours(contact, tolerance.elapsed):
            yield _out_of_hours(file, contact)


class _Awaited(NamedTuple):
    """A client's contact, and the moment by which its answer is due."""

    asked: Contact
    due: Deadline


def _awaited(file: ClientFile, asked: Contact) -> _Awaited | None:
    """Give the answer that a client waits for: it is wanted, and it was promised for a moment."""
    if asked.for_ in ACKNOWLEDGED_ELSEWHERE or not file.correspondence.waits_for_answer(asked):
        return None
    due = file.correspondence.deadline(asked)
    return _Awaited(asked, due) if due else None


def _promise_words(file: ClientFile, awaited: _Awaited) -> str:
    terms = file.agreements.terms_on(awaited.asked.day)
    return f"{contract_words(terms)} says {awaited.due.promised}" if terms else str(awaited.due.promised)


def _late_words(file: ClientFile, awaited: _Awaited, reply: Contact) -> str:
    """Say how late a reply came; where the end of the time did not simply follow from the promise, when it was due."""
    asked, due = awaited
    message = f"Replied after {span_words(reply.at - asked.at)} on {day_words(reply.day)}"
    evident = due.at == asked.at.plus(due.promised) and due.promised.minutes
    until = "" if evident else f", which gave until {moment_words(due.at)}"
    return f"{message}; {_promise_words(file, awaited)}{until}."


def _beyond(file: ClientFile, reply: Contact, grace: Duration) -> list[_Awaited]:
    """Give what a reply was the first to answer and what had waited longer than promised."""
    letters = file.correspondence
    first = (asked for asked in letters.answered_first_by(reply) if letters.reply_to_anybody(asked) is reply)
    answered = (_awaited(file, asked) for asked in first if not letters.is_soon(asked, reply))
    return [one for one in answered if one and reply.at > one.due.at.plus(grace)]


@rule(
    "CTC105",
    "breach",
    source="S2, S3",
    options={"grace": Duration(text="0 min")},
    needs=("contract", "contacts", "sessions"),
)
def late_reply(file: ClientFile, clock: Clock, grace: Duration) -> Iterator[Found]:
    """A reply came later than the contract promises.

    The welcome pack that S3 describes tells the client how to reach the coach and how soon an answer comes; S2 wants
    the same in the contract. A client who can count on a day waits that day in peace. When a day becomes three, the
    other promises in the contract weigh less, too. If the time is too short for your week, a longer one is no shame.
    """
    for reply in file.correspondence.replies:
        late = _beyond(file, reply, grace) if file.agreements.on(reply.day) else []
        if late:
            longest = max(late, key=lambda one: reply.at - one.due.at)
            yield Found(
                reply,
                _late_words(file, longest, reply),
                reply.day,
                longest.due.clause,
                also_waived_on=((longest.asked, "CTC106"),),
            )


@rule("CTC106", "breach", source="S2, S3", needs=("contract", "contacts", "sessions"), passing=True)
def unanswered_contact(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """The client waits for an answer that the contract promises, and it is overdue.

    S2 has seen clients become anxious, and some angry, when a message seemed to be ignored. A line is enough: that
    you read it, and when you will answer, or that it is best kept for the session. What needs no answer can say so.
    """
    if not file.agreements.on(clock.today):
        return
    waiting = (one for one in file.contacts if one.by_client and not file.correspondence.reply_to_anybody(one))
    for awaited in (_awaited(file, contact) for contact in waiting):
        if awaited and clock.passed(awaited.due.at):
            message = f"No answer yet to the contact of {moment_words(awaited.asked.at)}"
            due = f"{_promise_words(file, awaited)}, which gave until {moment_words(awaited.due.at)}"
            yield Found(awaited.asked, f"{message}; {due}.", clause=awaited.due.clause)


@rule("CTC107", "warning", source="S2", needs=("contract", "sessions"))
def free_coaching(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contact took you longer than what is free, and was neither charged nor given away on purpose.

    S2 warns that soft boundaries end in a good deal of free coaching, and offers the remedy: whatever takes longer
    than five minutes is charged. You are entitled to be paid for your time, and entitled to give some of it away;
    what wears a practice down is the half hour about which nobody decided anything.
    """
    for contact in (*_by_coach(file), *file.correspondence.taken_calls):
        terms = file.agreements.terms_on(contact.day)
        free = terms.contact_clause.free if terms and terms.contact_clause else None
        beside = contact.for_ == "admin" or file.correspondence.is_beside_the_coaching(contact)
        if terms and free and not beside and _unpaid_beyond(contact, free):
            message = f"Took {contact.minutes} min on {day_words(contact.day)}, neither charged nor marked as uncharged"
            allowed = f"{contract_words(terms)} gives {free} free"
            yield Found(contact, f"{message}; {allowed}.", contact.day, terms.clause("between_sessions", "free"))


def _unpaid_beyond(contact: Contact, free: Duration) -> bool:
    settled = contact.charged is not None or bool((contact.uncharged or "").strip())
    return not settled and contact.minutes is not None and timedelta(minutes=contact.minutes) > free.elapsed


class _Period(NamedTuple):
    """A calendar week from Monday, or a calendar month."""

    kind: str
    begins: date


def _by_period(file: ClientFile) -> dict[_Period, list[Contact]]:
    """Give what the client started under a contract, week by week and month by month, if there is a limit."""
    started = [one for one in file.correspondence.started_by_client if file.agreements.on(one.day)]
    limited = any(_limit_on(file, one.day) for one in started)
    periods: dict[_Period, list[Contact]] = {}
    for contact in started if limited else ():
        monday = contact.day - timedelta(days=contact.day.weekday())
        periods.setdefault(_Period("week", monday), []).append(contact)
        periods.setdefault(_Period("month", contact.day.replace(day=1)), []).append(contact)
    return periods


def _limit_on(file: ClientFile, day: date) -> Frequency | None:
    """Give the limit of a day's terms; None where there is none."""
    terms = file.agreements.terms_on(day)
    limit = terms.contact_clause.limit if terms and terms.contact_clause else None
    return limit if isinstance(limit, Frequency) else None


@rule("CTC108", "warning", source="S2", needs=("contract", "sessions"))
def contact_over_limit(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """The client started contact more often than was agreed, and the limit was not mentioned.

    The client has done nothing wrong: a limit that nobody refers to is none. S2 asks for clear rules that both of
    you know, and S1 for a client who learns to rely on themselves. A kind word about it now, or a larger limit that
    is agreed, keeps the clause alive; silence turns it into small print.
    """
    for period, contacts in _by_period(file).items():
        for nth, contact in enumerate(contacts, start=1):
            limit = _limit_on(file, contact.day)
            over = limit is not None and limit.period == period.kind and nth > limit.times
            terms = file.agreements.terms_on(contact.day) if over else None
            if terms and limit:
                begun = f"The client started {counted(len(contacts), 'contact')} in the {period.kind} from"
                agreed = f"{contract_words(terms)} says {limit.times} per {limit.period}"
                message = f"{begun} {day_words(period.begins)}; {agreed}."
                yield Found(contact, message, contact.day, terms.clause("between_sessions", "limit"))
                break


def _last_heard(file: ClientFile) -> Instant | None:
    """Give the moment of the client's last contact or the start of the last held session, whichever is later."""
    heard = [contact.at for contact in file.contacts if contact.by_client]
    met = [session.at for session in file.sessions if session.is_held]
    return max((*heard, *met), default=None)


@rule(
    "CTC109",
    "warning",
    source="S2",
    options={"run": 3},
    needs=("contract.follow_up", "actions", "sessions", "contacts"),
    passing=True,
)
def unanswered_outreach(file: ClientFile, clock: Clock, run: int) -> Iterator[Found]:
    """You reached out several times in a row, and heard nothing.

    A coach who keeps writing to a silent client may look needy, says S2; the client may feel pestered, and leave.
    Silence is an answer of a kind, and a matter for the next session rather than for a fourth message. Reminders that
    were contracted, replies, the welcome pack, appointments and invoices are not reaching out, and are left out here.
    """
    heard = _last_heard(file)
    since = (one for one in _by_coach(file) if heard is None or one.at > heard)
    outreach = [one for one in since if file.correspondence.is_outreach(one)]
    for contact in outreach[run - 1 : run]:
        message = f"{counted(len(outreach), 'contact')} in a row by the coach since {day_words(outreach[0].day)}"
        yield Found(contact, f"{message}, with neither a contact from the client nor a session.", contact.day)


def _rises(counts: list[int]) -> bool:
    return all(earlier < later for earlier, later in pairwise(counts))


def _in_gaps(file: ClientFile, gaps: int, least: int, most: int) -> Iterator[tuple[Contact, str]]:
    """Give the last contact of the last gap where it has many, or more each time, and what there is to say."""
    letters = file.correspondence
    of_gaps = [letters.started_between(one.at, following.at) for one, following in file.attendance.gaps()]
    counts = [len(contacts) for contacts in of_gaps[-gaps:]]
    if not counts or not of_gaps[-1]:
        return
    last = of_gaps[-1][-1]
    if len(counts) == gaps and _rises(counts) and counts[-1] >= least:
        rising = f"{listed([str(count) for count in counts])} contacts in the last {counted(gaps, 'gap')}"
        yield last, f"The client started {rising} between sessions."
    elif counts[-1] >= most:
        yield last, f"The client started {counted(counts[-1], 'contact')} between the last two sessions."


def _since_last_session(file: ClientFile, most: int) -> Iterator[tuple[Contact, str]]:
    """Give the last contact since the last held session where there are many, those in a pause left out."""
    for session in file.attendance.held_coaching[-1:]:
        started = file.correspondence.started_between(session.at)
        since = [contact for contact in started if not file.agreements.any_pause_covers(contact.day)]
        if since and len(since) >= most:
            many = counted(len(since), "contact")
            yield since[-1], f"The client started {many} since the session of {day_words(session.day)}."


@rule(
    "CTC110",
    "warning",
    source="S1, S2",
    options={"gaps": 3, "least": 4, "most": 8},
    needs=("contract.pauses", "sessions", "contacts", "care.concerns"),
    passing=True,
)
def growing_dependency(file: ClientFile, clock: Clock, gaps: int, least: int, most: int) -> Iterator[Found]:
    """The client turns to you between sessions more and more.

    Part of what is learned in coaching is to rely on oneself; S1 calls a coach whom the client cannot do without a
    crutch, and S2 warns of clients who grow attached to the point where they no longer manage without support.
    More contact may have good reasons, and the contract may allow it; it is worth noticing while it is small, as a
    concern to bring to the client and to supervision.
    """
    for contact, message in (*_in_gaps(file, gaps, least, most), *_since_last_session(file, most)):
        noticed = (one.noticed for one in file.care.concerns if one.kind in LEANING)
        if not any(day >= contact.day for day in noticed):
            yield Found(contact, message, contact.day)


def _was_quick(file: ClientFile, reply: Contact, share: Fraction) -> bool:
    """Tell whether a reply came within a share of the time that was promised for the contact that it answers."""
    asked = max((one for one in file.correspondence.named(reply) if one.by_client), key=lambda one: one.at)
    response = file.correspondence.response_time(asked)
    elapsed = int((reply.at - asked.at).total_seconds())
    return response is not None and elapsed <= share * int(response.promised.elapsed.total_seconds())


@rule(
    "CTC111",
    "advice",
    source="S2",
    options={"replies": 6, "share": Fraction(1, 10), "quick": 5, "late": 3},
    needs=("contract", "sessions", "contacts"),
    passing=True,
)
def over_availability(  # noqa: PLR0913, PLR0917 — each number of the rule by its name
    file: ClientFile,
    clock: Clock,
    replies: int,
    share: Fraction,
    quick: int,
    late: int,
) -> Iterator[Found]:
    """You nearly always answer at once, or at any hour.

    Nothing was broken: an answer may come early. But S2 describes what it teaches: where you have always answered
    right away, a client grows uneasy on the day on which you cannot, and may take it for being ignored. What you do
    is the contract that the client lives by. An answer that comes when it was promised keeps both of you free.
    """
    latest = [one for one in file.correspondence.first_replies if file.agreements.on(one.day)][-replies:]
    at_once = sum(_was_quick(file, reply, share) for reply in latest)
    at_night = sum(file.correspondence.is_out_of_hours(reply, TOLERANCE.elapsed) for reply in latest)
    said = [f"{at_once} came within {float(share * 100):g} % of the contracted time"] if at_once >= quick else []
    said += [f"{at_night} came outside the contact hours"] if at_night >= late else []
    if latest and len(latest) == replies and said:
        message = f"Of the last {counted(replies, 'reply', 'replies')}, {listed(said)}."
        yield Found(latest[-1], message, latest[-1].day)


def _allows(agreed: AfterEnd | None, contact: Contact) -> bool:
    """Tell whether a contact is within what was agreed for after the end; what was left open is not limited."""
    if agreed is None:
        return False
    in_time = agreed.until is None or contact.day <= agreed.until
    return in_time and (not agreed.via or contact.via in agreed.via)


def _after_end_words(agreed: AfterEnd | None) -> str:
    if agreed is None:
        return "nothing is agreed for the time after it"
    until = f" until {day_words(agreed.until)}" if agreed.until else ""
    by = f" by {listed(list(agreed.via))}" if agreed.via else ""
    return f"what is agreed for the time after it is contact{by}{until}"


def _ending_clause(contract: Contract, terms: Contract) -> Clause:
    """Point to what was agreed for after the end, else to the end itself."""
    if terms.after_end:
        return terms.clause("after_end")
    return Clause(contract, ("ended", "date")) if contract.ended else terms.clause("ends")


@rule("CTC112", "breach", source="S1", needs=("contract",))
def contact_after_ending(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You were in contact with a former client, and it was not agreed for after the end.

    S1 asks for a clean break: no friendship, no calls when they feel down, however hard that is. Contact that goes
    on becomes coaching for free, and without the professional shell around it the two of you find it harder, not
    easier, to let go. An enquiry about a new contract, a practical matter or a pointer to somebody else is fine, and
    so is what you agreed on for the time after.
    """
    for contact in (*_by_coach(file), *file.correspondence.taken_calls):
        over = file.agreements.last_over(contact.day) if file.agreements.all_over(contact.day) else None
        terms = over and over.terms(contact.day)
        if over and terms and contact.for_ not in FREE_AFTER_THE_END and not _allows(terms.after_end, contact):
            message = f"In contact {_means(contact)} on {day_words(contact.day)}; {contract_words(over)} ended on"
            ended = day_words(over.last_day(contact.day) or contact.day)
            told = f"{message} {ended}, and {_after_end_words(terms.after_end)}."
            yield Found(contact, told, contact.day, _ending_clause(over, terms), contract=over)


@rule("CTC113", "warning", source="S1")
def social_contact(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You were in contact for the sake of company.

    S1 says it bluntly: a coach is not a friend for rent, and must be wary of becoming one. Rapport is needed, but
    where the professional relationship overlaps with another, neither of them can be trusted any more to be what it
    is. That holds for the people around a client, too. A supervisor is the one to think it over with.
    """
    for contact in file.contacts:
        if contact.by_coach and contact.for_ == "social":
            yield Found(contact, f"A social contact {_means(contact)} on {day_words(contact.day)}.", contact.day)


@rule(
    "CTC114",
    "warning",
    source="S2",
    options={"within": Duration(days=7, text="7 days")},
    needs=("contacts", "care.concerns"),
    passing=True,
)
def unfollowed_complaint(file: ClientFile, clock: Clock, within: Duration) -> Iterator[Found]:
    """A complaint or a crisis came in, and nothing on file says what became of it.

    S2 knows that a client can become angry when they seem to be ignored, and sends the coach who struggles with such
    a thing to the supervisor. A complaint that is answered within days is a conversation; one that is not becomes a
    story about you. And whoever wrote in need should find that somebody read it, and thought about what to do.
    """
    urgent = (one for one in file.contacts if one.for_ in URGENT and one.from_ in {"client", "sponsor"})
    for contact in urgent:
        last = add_to_day(contact.day, within)
        if clock.today > last and not _was_followed(file, contact, last):
            message = f"A {contact.for_} of {day_words(contact.day)} has neither a reply"
            yield Found(contact, f"{message} nor, by {day_words(last)}, a concern.")


def _was_followed(file: ClientFile, contact: Contact, last: date) -> bool:
    noticed = any(contact.day <= concern.noticed <= last for concern in file.care.concerns)
    return noticed or file.correspondence.reply_to_anybody(contact) is not None


RULES: tuple[Rule, ...] = (
    uncontracted_contact,
    uncontracted_medium,
    uncontracted_check_in,
    out_of_hours_contact,
    late_reply,
    unanswered_contact,
    free_coaching,
    contact_over_limit,
    unanswered_outreach,
    growing_dependency,
    over_availability,
    contact_after_ending,
    social_contact,
    unfollowed_complaint,
)
