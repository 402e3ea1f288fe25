"""Sessions (SES): held and booked within what was agreed, on time, prepared, and at the agreed rhythm.

A booking is judged while it is still to come. Once its start has passed it is only asked to be closed (SES108) and
not to overlap another session (SES114); until then it uses up a session of the contracted number.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import NamedTuple

from coachlog.clock import Clock
from coachlog.model.attendance import Attendance
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Clause, Contract, Pause
from coachlog.model.diary import Appointment, Diary
from coachlog.model.duration import DAYS_A_MONTH, MINUTES_A_DAY, Duration
from coachlog.model.instant import add_months
from coachlog.model.practice import Absence, Practice
from coachlog.model.session import Session
from coachlog.model.words import contract_words, counted, day_words, listed, moment_words, ordinal, span_words
from coachlog.rules.rule import Found, Rule, rule

TOLERANCE = Duration(minutes=10, text="10 min")
"""How far from its planned length a session may end without a word (rules.md, SES106 and SES107)."""
WORKING_DAYS = Fraction(7, 5)
"""How many days of the calendar a working day of a rhythm stands for: five of them make a week."""
A_CENTURY = 1200
"""The most months that any rhythm is stretched to, whatever the practice has set."""
TO_CLOSE = timedelta(hours=24)
"""How long a booking that has begun is taken to be on its way, until the coach has closed it."""
AGREED = "contract.ended"
"""What tells which contract a session belongs to, and by which terms: the contracts, with how they ended."""


def _to_come(session: Session, clock: Clock) -> bool:
    return session.is_booked and not clock.passed(session.at)


def _unclosed(session: Session, clock: Clock) -> bool:
    return session.is_booked and clock.passed(session.at)


def _just_begun(session: Session, clock: Clock) -> bool:
    return _unclosed(session, clock) and not clock.passed(session.at.after(TO_CLOSE))


def _takes_place(session: Session, clock: Clock) -> str | None:
    """Say on which day a session was held or is booked for; None where it is neither."""
    if session.is_held:
        return f"was held on {day_words(session.day)}"
    return f"is booked for {day_words(session.day)}" if _to_come(session, clock) else None


def _stretch_words(stretch: Pause | Absence, last: date | None) -> str:
    until = f"to {day_words(last)}" if last else "until further notice"
    return f"from {day_words(stretch.from_)} {until}"


def _uses_up(session: Session, clock: Clock) -> bool:
    """Tell whether a session uses up one of the contracted number; a booking that nobody closed does, as if held."""
    return session.counted or (session.would_count and _unclosed(session, clock))


def _past_the_number(contract: Contract, session: Session, place: int, verb: str) -> Iterator[Found]:
    """Find a session whose place lies past the number that is agreed on its own day."""
    terms = contract.terms(session.day)
    if terms.sessions and place > terms.sessions:
        agreed = counted(terms.sessions, "agreed session")
        message = f"{day_words(session.day)} {verb} the {ordinal(place)} of {agreed}."
        yield Found(session, message, session.day, terms.clause("sessions"), contract=contract)


@rule("SES101", "breach", source="S1", needs=(AGREED,))
def session_over_count(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A session was held past the number that the contract sets.

    S1 asks for a set number of sessions before the coaching begins, and says what it keeps away: an infinite
    relationship, in which the client comes to rely on the coach and not on themselves. The number only does that while
    going past it takes a decision. Two sessions more are often right; agreed as an amendment they are a choice of both,
    and given away one at a time they are a habit.
    """
    for contract in file.agreements.agreed:
        used = (session for session in file.attendance.of(contract) if _uses_up(session, clock))
        for place, session in enumerate(used, start=1):
            if session.counted:
                yield from _past_the_number(contract, session, place, "is")


@rule("SES102", "warning", source="S1", needs=(AGREED,), passing=True)
def booking_over_count(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A session is booked that would go past the number of the contract.

    S1 sets the number so that there is an end in sight. A booking past it is the cheapest moment to talk about that
    end: nothing has been held yet and nobody has to take anything back. Ask the client now whether to add sessions, to
    close with the last agreed one, or to begin something new.
    """
    for contract in file.agreements.agreed:
        sessions = file.attendance.of(contract)
        used = sum(_uses_up(session, clock) for session in sessions)
        coming = (session for session in sessions if session.would_count and _to_come(session, clock))
        for place, session in enumerate(coming, start=used + 1):
            yield from _past_the_number(contract, session, place, "would be")


def _contract_before(file: ClientFile, session: Session) -> Contract | None:
    """Give the contract that was over last before a coaching session on whose day none is in force."""
    outside = session.is_coaching and not file.agreements.on(session.day)
    return file.agreements.last_over(session.day) if outside else None


@rule("SES103", "breach", source="S4", needs=(AGREED,), passing=True)
def session_outside_contract(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A coaching session was held, or is booked, after the contract had run out.

    S4 calls the span of time in which coach and client work together the engagement, and a session a part of it. After
    its last day nothing that was agreed stands behind the two of you: not the fee, nor the notice, nor what stays
    between you. It mostly is no more than a renewal that nobody had the time for; a word of agreement before you meet
    is enough.
    """
    for session in file.sessions:
        over, placed = _contract_before(file, session), _takes_place(session, clock)
        if over and placed and over.ended is None:
            terms = over.terms(session.day)
            until = f"{contract_words(over)} has {day_words(terms.ends or session.day)} as its last day"
            message = f"A {session.kind} session {placed}; {until}."
            yield Found(session, message, session.day, terms.clause("ends"), contract=over)


@rule("SES104", "breach", source="S0", needs=(AGREED,), passing=True)
def session_during_pause(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A coaching session was held, or is booked, while the coaching is paused or on hold.

    S0 gives good reasons for stopping for a while: the life of the client, the wellbeing of the coach, an agreement
    that is not kept. A pause gives both of you room, and a hold says that something is to be resolved first; coaching
    on regardless takes back what was said. A review is another matter: it may be how the hold is resolved.
    """
    for session in file.sessions:
        contract, placed = file.attendance.contract_of(session), _takes_place(session, clock)
        pause = contract.paused(session.day) if contract else None
        if session.kind == "coaching" and placed and pause:
            stretch = _stretch_words(pause, pause.last_day)
            message = f"A coaching session {placed}, in the {pause.kind} {stretch}."
            yield Found(session, message, session.day, Clause(pause, ()), contract=contract)


@rule("SES105", "breach", source="S1", needs=(AGREED,))
def session_after_ending(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A coaching session was held after the contract had been ended.

    S1 wants a clean break, and knows that it may be the hardest thing to do for somebody who wants to help. Who goes on
    after the ending ends up coaching for free, without the professional shell, and finds it harder each time to get
    out. If the ending was a mistake, agree anew; if it was right, stick to it.
    """
    for session in file.sessions:
        over = _contract_before(file, session)
        if over and over.ended and session.is_held:
            ended = f"{contract_words(over)} had ended on {day_words(over.ended.date)}"
            message = f"A {session.kind} session was held on {day_words(session.day)}; {ended}."
            yield Found(session, message, session.day, over.clause("ended", "date"), contract=over)


class _Planned(NamedTuple):
    """How long a session was to be, and who says so; the clause is None where the session says it itself."""

    length: timedelta
    words: str
    clause: Clause | None


def _planned(file: ClientFile, session: Session) -> _Planned | None:
    if session.length:
        return _Planned(session.length.elapsed, f"{session.length} had been planned", None)
    terms = file.attendance.terms_of(session)
    if terms is None or terms.length is None:
        return None
    return _Planned(terms.length.elapsed, f"{contract_words(terms)} says {terms.length}", terms.clause("length"))


@rule("SES106", "warning", source="S2", options={"tolerance": TOLERANCE}, needs=(AGREED,))
def overrun_session(file: ClientFile, clock: Clock, tolerance: Duration) -> Iterator[Found]:
    """A session took longer than was planned.

    S2 speaks of soft boundaries, and of the free coaching that comes of them; you are entitled to be paid for your
    time. The end of the hour is the boundary that is met most often. Ten minutes for the last sentence are nobody's
    trouble. Beyond that the client learns that the best of it comes after the end, and the next one waits.
    """
    for session in file.sessions:
        planned = _planned(file, session)
        took = timedelta(minutes=session.minutes or 0)
        if session.is_held and planned and took > planned.length + tolerance.elapsed:
            message = f"Took {session.minutes} min on {day_words(session.day)}; {planned.words}."
            yield Found(session, message, session.day, planned.clause)


@rule("SES107", "advice", source="S4", options={"tolerance": TOLERANCE}, needs=(AGREED,))
def cut_session(file: ClientFile, clock: Clock, tolerance: Duration) -> Iterator[Found]:
    """A session ended well before its time.

    S4 has the coach prepared to devote the full time to each session, and asks the same of the client. One that ends
    early may simply have been done; if it happens again, the sessions are too long, or something is being avoided. The
    minutes by which the client came late, and a fault of the line, are not held against it.
    """
    for session in file.sessions:
        planned = _planned(file, session)
        if session.minutes is None or not (session.is_held and planned) or session.cut:
            continue
        late = session.late.elapsed if session.late else timedelta()
        if timedelta(minutes=session.minutes) + late < planned.length - tolerance.elapsed:
            after = f", begun {span_words(late)} late" if late else ""
            message = f"Took {session.minutes} min on {day_words(session.day)}{after}; {planned.words}."
            yield Found(session, message, session.day, planned.clause)


@rule(
    "SES108",
    "warning",
    source="S0",
    options={"after": Duration(minutes=MINUTES_A_DAY, text="24 h")},
    needs=(AGREED,),
    passing=True,
)
def unclosed_session(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """A session is over and still noted as booked.

    Whether it was held, cancelled or missed decides what it costs, whether it counts, and what the two of you have to
    talk about; S0 has both sides keep what they agreed on missing and paying. Two weeks later neither of you remembers
    it well. It takes a minute on the same day.
    """
    for session in file.sessions:
        planned = file.attendance.agreed_length(session)
        end = session.at.after(planned.elapsed) if planned else session.at
        if session.is_booked and clock.passed(end.plus(after)):
            message = f"Planned for {moment_words(session.at)} and not closed: it is still noted as booked."
            yield Found(session, message)


@rule("SES109", "advice", source="S4", passing=True)
def session_without_topic(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A coaching session was held and no topic is noted.

    In the blueprint of S4 a client comes to each session with a specific topic or goal, given some thought ahead of
    time; the rest of the session is built upon it. A session without one may still have been a good talk. Two words are
    enough to see, some months on, what the coaching was about.
    """
    for session in file.sessions:
        if session.is_coaching and session.is_held and not (session.topic or "").strip():
            yield Found(session, f"No topic is noted for the session of {day_words(session.day)}.")


def _switched_off(practice: Practice, *names: str) -> bool:
    """Tell whether the practice has switched a rule off, under its code or its name."""
    wishes = (practice.rules.get(name) for name in names)
    words = (wish.get("severity") if isinstance(wish, dict) else wish for wish in wishes)
    return any(isinstance(word, str) and word.lower() in {"off", "no", "false"} for word in words)


def _prepared(file: ClientFile, before: Session | None, session: Session, preps: list[Contact]) -> bool:
    """Tell whether the client sent their preparation before the start: the form, or a contact for prep.

    A contact that names no session, or one that was cancelled or missed, is for the next session that was held; what
    came before a session that was rebooked is for the new one.
    """
    preparations = [one.prep for one in (session, *file.attendance.in_place_of(session)) if one.prep]
    if any(one.received and one.received < session.at for one in preparations):
        return True
    for contact in preps:
        named = file.attendance.named(contact.session)
        since = before is None or contact.at > before.at
        fell_away = named is None or not (named.is_held or named.is_booked)
        if contact.at < session.at and (named is session or (since and fell_away)):
            return True
    return False


@rule("SES110", "advice", source="S3, S4", needs=(AGREED, "sessions", "contacts"), passing=True)
def session_without_preparation(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A prep form is agreed on, and a session was held without one.

    The coach of S3 has clients fill in a form before a session: it lets them look back, find what they want from the
    next one, and often finish what they had committed to just in time. S4 also counts preparing in advance among what
    is the client's to do. What is agreed and then not missed by anybody is soon not done any more; ask for it kindly,
    or drop it from the contract.
    """
    missed_is_told = not _switched_off(file.practice, "FUP102", "missed-prep-form")
    preps = [contact for contact in file.contacts if contact.by_client and contact.for_ == "prep"]
    held = file.attendance.held_coaching
    for before, session in zip((None, *held), held, strict=False):
        terms = file.attendance.terms_of(session)
        forms = [one for one in terms.follow_up if one.kind == "prep-form"] if terms else []
        if terms is None or not forms or _prepared(file, before, session, preps):
            continue
        if not (missed_is_told and file.follow_ups.form_missed(session)):
            message = f"No preparation came before the session of {day_words(session.day)}; {contract_words(terms)}"
            yield Found(session, f"{message} asks for a prep form.", clause=Clause(forms[0], ()))


def _days_apart(every: Duration) -> Fraction:
    """Count a rhythm in days, its months left out."""
    return every.days + every.working_days * WORKING_DAYS + Fraction(every.minutes, MINUTES_A_DAY)


def _at_most(since: date, every: Duration, times: Fraction) -> Fraction:
    """Give the days in so many times a rhythm, counted from a day on: whole months are those of the calendar."""
    months = min(every.months * times, Fraction(A_CENTURY))
    on_calendar = (add_months(since, int(months)) - since).days
    return on_calendar + months % 1 * DAYS_A_MONTH + _days_apart(every) * times


def _at_least(every: Duration, times: Fraction) -> Fraction:
    return (every.months * DAYS_A_MONTH + _days_apart(every)) * times


def _coaching_stood_still(file: ClientFile, earlier: date, later: date) -> bool:
    """Tell whether a pause or an absence touches a day between two, or no contract was in force on one."""
    between = (earlier + timedelta(days=number) for number in range(1, (later - earlier).days))
    return any(
        file.agreements.any_pause_covers(day) or file.practice.absent(day) or not file.agreements.on(day)
        for day in between
    )


@rule(
    "SES111",
    "advice",
    source="S0, S3",
    options={"longer": Fraction(2), "shorter": Fraction(1, 2)},
    needs=(AGREED, "contract.pauses", "sessions"),
)
def off_schedule_gap(file: ClientFile, clock: Clock, longer: Fraction, shorter: Fraction) -> Iterator[Found]:
    """Two sessions lie much further apart, or much closer together, than was agreed.

    S0 counts the schedule among the terms that both sides keep, and S3 sells packages with a rhythm that the follow-up
    between sessions is built on. One gap says little. It is worth a question all the same: is the agreed rhythm too
    much, or is the client coming to lean on more of it? A pause or your own leave explains a gap.
    """
    for earlier, later in file.attendance.gaps():
        terms = file.attendance.terms_of(later)
        if terms is None or terms.every is None:
            continue
        gap, day = (later.day - earlier.day).days, day_words(later.day)
        off = gap > _at_most(earlier.day, terms.every, longer) or gap < _at_least(terms.every, shorter)
        if off and not _coaching_stood_still(file, earlier.day, later.day):
            message = f"{day} is {counted(gap, 'day')} after the session before; {contract_words(terms)}"
            yield Found(later, f"{message} says every {terms.every}.", later.day, terms.clause("every"))


def _number_left(attendance: Attendance, contract: Contract, terms: Contract, clock: Clock) -> bool:
    used = sum(_uses_up(session, clock) for session in attendance.of(contract))
    return terms.sessions is None or used < terms.sessions


def _last_met(file: ClientFile, clock: Clock) -> date | None:
    """Give the day of the last coaching session; a booking of the last 24 h that nobody closed may have been one."""
    coaching = (one for one in file.attendance.sessions if one.is_coaching)
    return max((one.day for one in coaching if one.is_held or _just_begun(one, clock)), default=None)


@rule("SES112", "advice", source="S3", needs=(AGREED, "contract.pauses", "sessions"), passing=True)
def nothing_booked(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """The contract goes on, the last session is a while ago, and nothing is booked.

    In S3 clients commit to steps that are to be taken before the next session; without a next session there is nothing
    that those steps lead up to. Clients seldom say that they are about to stop: they just do not book. Offering two
    dates is no pressure, and asking whether the coaching still fits is a kindness.
    """
    contract = file.agreements.on(clock.today)
    terms = contract.terms(clock.today) if contract else None
    if contract is None or terms is None or terms.every is None or contract.paused(clock.today):
        return
    met, began = _last_met(file, clock), contract.begins(clock.today) or clock.today
    since = max(met or began, began)
    long_ago = (clock.today - since).days > _at_most(since, terms.every, Fraction(1))
    booked = any(_to_come(session, clock) for session in file.sessions)
    if long_ago and not booked and _number_left(file.attendance, contract, terms, clock):
        what = "the last session was on" if since == met else "no session has been held since"
        message = f"Nothing is booked and {what} {day_words(since)}; {contract_words(terms)} says every {terms.every}."
        yield Found(contract, message, clause=terms.clause("every"))


@rule("SES113", "warning", source="S0", needs=(AGREED,), passing=True)
def uncontracted_session_medium(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A session was held, or is booked, by a medium that the contract does not name.

    S0 counts a line that fails among the things that take a session with them, and has the coach keep to what was
    agreed. How you meet is part of that: somebody who talks freely on video may not want to be seen in a café, and a
    phone call on a train is no room at all. If the other medium serves you both, add it to the contract.
    """
    for session in file.sessions:
        terms = file.attendance.terms_of(session)
        placed = _takes_place(session, clock)
        if terms and terms.media and placed and session.via and session.via not in terms.media:
            names = f"{contract_words(terms)} names {listed(list(terms.media))}"
            message = f"The session of {day_words(session.day)} has {session.via} as its medium; {names}."
            yield Found(session, message, session.day, terms.clause("media"))


def _overlap_words(others: list[Appointment]) -> str:
    planned = [f"{one.client} from {one.start.wall:%H:%M} to {one.end.wall:%H:%M}" for one in others]
    sessions = "another session is" if len(others) == 1 else f"{len(others)} other sessions are"
    return f"{sessions} planned: {listed(planned)}"


@rule("SES114", "breach", source="S0", scope="practice", passing=True)
def double_booking(diary: Diary, clock: Clock) -> Iterator[Found]:
    """Two sessions of the practice overlap.

    S0 counts conflicts in the coach's own work among the reasons to cancel a session, and asks for prompt word to the
    client. Found on the day itself, it costs one of the two their session and both of them their trust; found a week
    ahead, it is a mail. Look at who has prepared more, and move the other.
    """
    begun: list[Appointment] = []
    for one in diary.appointments:
        begun = [other for other in begun if other.end > one.start]
        if begun:
            message = f"Starts on {moment_words(one.start)}, where {_overlap_words(begun)}."
            yield Found(one, message, one.start.day)
        if one.end_known:
            begun.append(one)


def _chemistry(file: ClientFile) -> list[Session]:
    return [session for session in file.attendance.sessions if session.kind == "chemistry"]


@rule("SES115", "advice", source="S4", needs=("sessions",), passing=True)
def undecided_compatibility(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """The coaching went on after a chemistry session, and nobody noted whether you fit.

    S4 gives the first session to getting to know each other and to finding out whether the two are compatible. That is
    a decision of both, and it is easily skipped when the next date comes up by itself. To say it aloud gives the client
    an honest way out, and you as well.
    """
    chemistry = _chemistry(file)
    for session in chemistry:
        decided = any(one.compatible is not None for one in chemistry if one.at >= session.at)
        others = (one for one in file.attendance.sessions if one.is_held and one.kind != "chemistry")
        after = next((one for one in others if one.at > session.at), None)
        if session.is_held and not decided and after:
            met = f"the two of you met again on {day_words(after.day)}"
            message = f"No decision is noted for the chemistry session of {day_words(session.day)}; {met}."
            yield Found(session, message)


def _goalless(contract: Contract, session: Session) -> bool:
    """Tell whether a session names no goal, although the contract had one on its day that was not reached yet."""
    goals = contract.terms(session.day).goals
    known = (goal for goal in goals if goal.agreed is None or goal.agreed <= session.day)
    return session.goal is None and any(goal.reached is None or goal.reached >= session.day for goal in known)


@rule("SES116", "advice", source="S4", options={"run": 3}, needs=(AGREED, "sessions"), passing=True)
def goalless_sessions(file: ClientFile, clock: Clock, run: int) -> Iterator[Found]:
    """Several sessions in a row name none of the goals of the contract.

    In S4 the coach and the client steer each session toward the goal of the whole engagement. Now and then something
    more urgent takes the hour, and should. When it does so three times running, either the goal has changed and nobody
    has said so, or the sessions have become talks about the week.
    """
    for contract in file.agreements.agreed:
        held = file.attendance.held_coaching_of(contract)
        for goalless, group in groupby(held, key=partial(_goalless, contract)):
            sessions = list(group)
            if goalless and len(sessions) >= run:
                row = f"{counted(len(sessions), 'session')} in a row up to {day_words(sessions[-1].day)}"
                message = f"No goal is noted for {row}; {contract_words(contract)} has goals."
                yield Found(sessions[-1], message, sessions[-1].day)


@rule("SES117", "warning", source="S0", passing=True)
def session_in_absence(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A session is booked for a day on which you are away.

    S0 asks the coach who can't hold a session to say so promptly and to offer another time. Your own leave is the one
    obstacle that you know of long before: a session moved now is a courtesy, and one that is cancelled on the day, with
    you at the beach, is not. If you mean to hold it all the same, shorten the absence.
    """
    for session in file.sessions:
        absence = file.practice.absent(session.day)
        if absence and _to_come(session, clock):
            away = _stretch_words(absence, absence.to)
            message = f"Booked for {day_words(session.day)}, in the absence {away}."
            yield Found(session, message, session.day, Clause(absence, ()), judged_by="practice")


@rule("SES118", "warning", source="S4", needs=("sessions",))
def coaching_despite_no(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A chemistry session decided against working together, and the coaching began all the same.

    S4 lets the two determine their compatibility before anything else, and a no is as good a result as a yes. Coaching
    in spite of it, out of politeness or because a sponsor had already paid, starts with something that one of you holds
    back. If you both thought better of it, meet once more and note that decision.
    """
    last = next((one for one in reversed(_chemistry(file)) if one.compatible is not None), None)
    if last is None or last.compatible:
        return
    after = next((one for one in file.attendance.held_coaching if one.at > last.at), None)
    if after:
        decided = f"the chemistry session of {day_words(last.day)} decided against it"
        message = f"A {after.kind} session was held on {day_words(after.day)}; {decided}."
        yield Found(last, message, last.day)


RULES: tuple[Rule, ...] = (
    session_over_count,
    booking_over_count,
    session_outside_contract,
    session_during_pause,
    session_after_ending,
    overrun_session,
    cut_session,
    unclosed_session,
    session_without_topic,
    session_without_preparation,
    off_schedule_gap,
    nothing_booked,
    uncontracted_session_medium,
    double_booking,
    undecided_compatibility,
    goalless_sessions,
    session_in_absence,
    coaching_despite_no,
)
