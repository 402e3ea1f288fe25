"""Endings (END): explained, talked over, in good time and with somebody to turn to; and coaching that stands still.

An ending is judged from its own day on; one that is still to come counts for what is booked after it. A hold is the
coach's, a pause is mutual, and neither may simply be forgotten.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from coachlog.clock import Clock
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Ending, Pause
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.patterns import Measures, Pattern, patterns_of
from coachlog.model.practice import Practice
from coachlog.model.session import Session
from coachlog.model.words import contract_words, counted, day_words, listed
from coachlog.rules.actions import low_follow_through
from coachlog.rules.cancelling import repeated_missing
from coachlog.rules.rule import Found, Rule, rule
from coachlog.rules.settings import read_settings

NEEDS_NO_SUPERVISION = frozenset({"completed", "circumstances"})
"""Reasons for which a coach ends without having to talk it over first (rules.md, END102)."""
STRANDS_NOBODY = frozenset({"completed", "non-payment", "missed-sessions"})
"""Reasons for which a client needs no names to go on with (rules.md, END103)."""
TO_REFER = timedelta(days=14)
"""How long after the ending a name that is given still belongs to it (rules.md, END103)."""
TO_CLOSE = timedelta(hours=24)
"""How long a booking that has begun is taken to be on its way, until the coach has closed it."""
PATTERNS = 2
"""How many patterns at once ask for a reassessment (rules.md, END107)."""
COUNTED = (repeated_missing, low_follow_through)
"""The rules whose patterns END107 counts."""
COUNTED_AS = {key: one.code for one in COUNTED for key in (one.code.lower(), one.name)}
"""Their codes, by all that a practice may call them."""
AGREED = "contract.ended"
"""What tells which contract is in force, and which one a session belongs to: the contracts, with how they ended."""
A_MONTH = Duration(days=30, text="30 days")
"""After how long coaching that stands still is asked about (rules.md, END107, END108 and END110)."""


def _ended_by_coach(file: ClientFile, clock: Clock) -> Iterator[tuple[Contract, Ending]]:
    return (one for one in file.agreements.ended_by(clock.today) if one[1].by_coach)


def _in_force(file: ClientFile, clock: Clock) -> Iterator[Contract]:
    """Give the contract in force today, if there is one; of two the later agreed counts, and CON112 says so."""
    contract = file.agreements.on(clock.today)
    return iter((contract,) if contract else ())


def _unexplained(ended: Ending) -> Iterator[str]:
    """Name what an ending leaves open: its reason and, where the coach ended it, an explanation in time."""
    if ended.reason is None:
        yield "the reason"
    if ended.by_coach and ended.explained is None:
        yield "the day on which you explained it"
    elif ended.by_coach and ended.explained and ended.explained > ended.date:
        yield f"an explanation by that day (it came on {day_words(ended.explained)})"


@rule("END101", "warning", source="S1", passing=True)
def unexplained_ending(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract was ended, and the client was not told why, or no reason is noted.

    S1 wants an ending to be professional and sensitive, and has the coach explain to the client why they are not the
    right person any more. Who is left without a reason finds one, and it is seldom kind: I was too much, I was too
    slow. The explanation belongs before the last day, while it can still be answered; and the reason, in one word, is
    what you will want to know when the client comes back in a year.
    """
    for contract, ended in file.agreements.ended_by(clock.today):
        missing = list(_unexplained(ended))
        if missing:
            ending = f"the ending of {contract_words(contract)} on {day_words(ended.date)}"
            yield Found(contract, f"Missing from {ending}: {listed(missing)}.", since=ended.date)


@rule(
    "END102",
    "warning",
    source="S1",
    options={"within": Duration(days=60, text="60 days")},
    needs=("supervision",),
    passing=True,
)
def unsupervised_ending(file: ClientFile, clock: Clock, within: Duration) -> Iterator[Found]:
    """You ended a contract for a difficult reason, and did not take it to supervision.

    S1 gives this tip a place of its own: talk to your supervisor, and get one if you have none. Somebody who knows the
    position you are in sees what you can't: whether it is the client who needs somebody else, or you who would like to
    be rid of them; and how it can be said. That a goal was reached, or that life came between, needs no second pair of
    eyes.
    """
    for contract, ended in _ended_by_coach(file, clock):
        first = add_to_day(ended.date, within, sign=-1)
        supervised = ended.supervision or file.supervised_between(first, ended.date)
        if ended.reason not in NEEDS_NO_SUPERVISION and not supervised:
            message = f"You ended {contract_words(contract)} on {day_words(ended.date)}; no supervision on this client"
            yield Found(contract, f"{message} is noted for the {within} before.", since=ended.date)


def _uses_up(session: Session, clock: Clock) -> bool:
    """Tell whether a session uses up one of the contracted number; a booking that nobody closed does, as if held."""
    return session.counted or (session.would_count and clock.passed(session.at))


def _used(file: ClientFile, contract: Contract, clock: Clock) -> list[Session]:
    return [session for session in file.attendance.of(contract) if _uses_up(session, clock)]


def _left_open(file: ClientFile, contract: Contract, ended: Ending, clock: Clock) -> Iterator[str]:
    """Say what a client is left with: sessions of the number, and concerns that were still open on the last day."""
    number = contract.terms(ended.date).sessions or 0
    left = number - len(_used(file, contract, clock))
    if left > 0:
        yield f"{left} of {counted(number, 'session')} left"
    concerns = (one for one in file.care.concerns if one.noticed <= ended.date and one.decision != "continue")
    still_open = [one for one in concerns if one.resolved is None or one.resolved > ended.date]
    if still_open:
        yield f"{counted(len(still_open), 'concern')} open"


def _persons_named(file: ClientFile, contract: Contract, ended: Ending) -> int:
    """Count the named persons that the client was referred to, from the contract's start to some days after its end."""
    begins = contract.begins(ended.date)
    first = begins if begins and begins <= ended.date else contract.agreed or ended.date
    referrals = (one for one in file.care.referrals if first <= one.date <= ended.date + TO_REFER)
    named = (one for one in referrals if any((card.name or "").strip() for card in file.people.cards(one.to)))
    return len(file.people.different(one.mention for one in named if one.mention))


@rule(
    "END103",
    "warning",
    source="S1",
    options={"least": 2},
    needs=(AGREED, "sessions", "care.referrals"),
    passing=True,
)
def stranded_client(file: ClientFile, clock: Clock, least: int) -> Iterator[Found]:
    """You ended a contract with something still open, and gave the client nobody, or only one, to turn to.

    S1 opens with the wish not to leave a client stranded, and says how: give them a few contacts who could help, with
    names and details; to say "see someone else" is not enough. One name is an instruction, two are a choice. What is
    still open, agreed sessions or something that you had noticed, is what the next person will begin with.
    """
    for contract, ended in _ended_by_coach(file, clock):
        still_open = list(_left_open(file, contract, ended, clock))
        named = _persons_named(file, contract, ended)
        if ended.reason not in STRANDS_NOBODY and still_open and named < least:
            message = f"You ended {contract_words(contract)} on {day_words(ended.date)} with {listed(still_open)}"
            people = f"{counted(named, 'person', 'people')} named to turn to, fewer than {least}"
            yield Found(contract, f"{message}; {people}.", since=ended.date)


def _may_close(session: Session, ended: Ending, clock: Clock) -> bool:
    """Tell whether a session closed the contract, or is about to: it is today's, or was not written up yet."""
    on_its_way = session.is_booked and session.day <= ended.date and not clock.passed(session.at.after(TO_CLOSE))
    return session.kind == "closing" and (session.is_held or on_its_way)


@rule("END104", "advice", source="S1", needs=(AGREED, "sessions"), passing=True)
def abrupt_ending(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract ended without a closing session, and without a summary.

    S1 does not want the hard work that you two have put in to turn sour at the end. A last session that looks back says
    what has changed and what the client can do alone by now; where there was none, three lines in a mail do as well.
    Without either, all that is remembered of the coaching is how it broke off.
    """
    for contract, ended in file.agreements.ended_by(clock.today):
        closed = any(_may_close(session, ended, clock) for session in file.attendance.of(contract))
        if file.attendance.held_coaching_of(contract) and not closed and not (ended.summary or "").strip():
            ending = f"the ending of {contract_words(contract)} on {day_words(ended.date)}"
            message = f"Neither a closing session nor a summary is noted for {ending}."
            yield Found(contract, message, since=ended.date)


def _notice_kept(file: ClientFile, terms: Contract, explained: date, notice: Duration) -> date:
    """Give the first day on which a contract may end; working days are those on which the contact hours open."""
    hours = file.practice.contact_hours(terms.contact_clause.hours if terms.contact_clause else None)
    opened = hours.working_day(explained, notice.working_days) if hours and notice.working_days else None
    return add_to_day(opened, replace(notice, working_days=0)) if opened else add_to_day(explained, notice)


@rule("END105", "warning", source="ICF 1.2", needs=("contract",))
def short_notice_ending(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You ended a contract at shorter notice than it gives.

    ICF 1.2 has the agreement say how either side may end it, and both sides keep to that. The notice is the time in
    which a client takes in what you said, asks about it, and finds somebody else; cut short, the ending is a door that
    shuts. Where a fee is not paid nobody has to wait, and where the client would rather stop at once, the two of you
    end it together.
    """
    for contract, ended in _ended_by_coach(file, clock):
        terms = contract.terms(ended.explained or ended.date)
        notice = terms.termination.notice if terms.termination else None
        if not (ended.explained and notice) or ended.reason == "non-payment":
            continue
        kept = _notice_kept(file, terms, ended.explained, notice)
        if ended.date < kept:
            message = f"Explained on {day_words(ended.explained)} and ended on {day_words(ended.date)}"
            agreed = f"{contract_words(contract)} gives a notice of {notice}, until {day_words(kept)}"
            clause = terms.clause("termination", "notice")
            yield Found(contract, f"{message}; {agreed}.", clause=clause, since=ended.date)


@rule("END106", "breach", source="S1", needs=(AGREED,), passing=True)
def still_booked_after_ending(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A session is still booked for a day after the ending.

    S1 asks for a clean break, and says why: who keeps going ends up coaching for free, without the professional shell,
    and finds it harder each time to get out. Mostly it is only a date that nobody thought of. Take it out of both your
    diaries, or agree anew, before one of you waits for the other.
    """
    for session in file.sessions:
        coming = session.is_coaching and session.is_booked and not clock.passed(session.at)
        outside = coming and not file.agreements.on(session.day)
        over = file.agreements.last_over(session.day) if outside else None
        if over and over.ended:
            verb = "ended" if over.ended.date < clock.today else "ends"
            ending = f"{contract_words(over)} {verb} on {day_words(over.ended.date)}"
            message = f"A {session.kind} session is booked for {day_words(session.day)}; {ending}."
            yield Found(session, message, session.day, over.clause("ended", "date"), contract=over)


def _measures(practice: Practice) -> Measures:
    """Take the numbers by which this practice has CAN107 and ACT108 judge, also where it has switched them off."""
    settings = read_settings(practice, COUNTED, lambda key: COUNTED_AS.get(key.strip().lower())).of
    return Measures(**cast("dict[str, Any]", {**settings["CAN107"].options, **settings["ACT108"].options}))


def _to_reassess(file: ClientFile, clock: Clock, after: Duration) -> list[Pattern]:
    """Give the patterns in the contract in force where there are enough of them, and nobody has talked about them."""
    contract = file.agreements.on(clock.today)
    patterns = list(patterns_of(file, contract, _measures(file.practice))) if contract else []
    last = max((one.last for one in patterns), default=clock.today)
    undiscussed = add_to_day(last, after) < clock.today and not file.discussed_since(last)
    return patterns if len(patterns) >= PATTERNS and undiscussed else []


@rule(
    "END107",
    "warning",
    source="S0",
    options={"after": A_MONTH},
    needs=(AGREED, "sessions", "actions", "contract.pauses", "care.concerns"),
    passing=True,
)
def reassessment_due(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """Several signs say that the coaching does not work at present, and you have not talked about them.

    S0 describes a client who keeps missing sessions, does not do what was agreed and takes no part, and asks the coach
    to consider whether going on serves them: to discuss the reasons, and what could be done. Each of the signs is
    innocent by itself. Two at once for a month want a word, and it may well turn out that you are what has to change.
    """
    contract = file.agreements.on(clock.today)
    patterns = _to_reassess(file, clock, after)
    if contract and patterns:
        last = max(one.last for one in patterns)
        signs = listed([one.words for one in patterns]).capitalize()
        silence = f"nothing is noted as discussed in the {counted((clock.today - last).days, 'day')} since"
        message = f"{signs} in {contract_words(contract)}, the last on {day_words(last)}; {silence}."
        yield Found(contract, message, since=last)


def _unresolved(hold: Pause, clock: Clock, after: Duration) -> Iterator[str]:
    """Name what a hold lacks: that it was discussed, and, once it is lifted or long, what came of it."""
    lifted = hold.lifted if hold.lifted and hold.lifted <= clock.today else None
    if hold.discussed is None:
        yield "is not noted as discussed"
    if lifted and not (hold.resolution or "").strip():
        yield f"was lifted on {day_words(lifted)} without a resolution"
    if lifted is None and add_to_day(hold.from_, after) < clock.today:
        yield f"is not lifted after {counted((clock.today - hold.from_).days, 'day')}"


@rule("END108", "warning", source="S0", options={"after": A_MONTH}, needs=(AGREED,), passing=True)
def unresolved_hold(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """The coaching is on hold, and it was not discussed, goes on and on, or was lifted without a word.

    S0 lets a coach suspend the sessions until an issue is resolved, and has them discuss the reasons with the client
    and the steps that would resolve it. A hold is a question put to the client: without a talk they can't answer it,
    and after a month of silence it has become an ending that nobody dares to call one. Once it is over, a line on what
    came of it keeps the two of you from having the same talk again.
    """
    for contract in _in_force(file, clock):
        for hold in (one for one in contract.pauses if one.is_hold and one.from_ <= clock.today):
            lacks = list(_unresolved(hold, clock, after))
            if lacks:
                yield Found(hold, f"The hold that began on {day_words(hold.from_)} {listed(lacks)}.")


def _resumed(file: ClientFile, contract: Contract, last: date, clock: Clock) -> bool:
    """Tell whether the coaching goes on after a pause: a session was held or booked since, or another pause began."""
    met = any(one.day > last for one in file.sessions if one.is_held or one.is_booked)
    later = any(last < one.from_ <= clock.today for one in contract.pauses if not one.is_hold)
    return met or later or file.agreements.any_pause_covers(clock.today)


@rule("END109", "advice", source="S0", needs=(AGREED, "contract.pauses", "sessions"), passing=True)
def lapsed_pause(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A pause is over, and nothing was booked after it.

    S0 would have a coach be understanding when the client's life or their own gets in the way, and make room for it
    with a pause. It also has the missed session put on another day, so that the work does not simply stop. A pause that
    nobody ends becomes an ending without a goodbye; one friendly mail with two dates brings either a session or a
    clear answer.
    """
    for contract in _in_force(file, clock):
        for pause in (one for one in contract.pauses if not one.is_hold):
            last = pause.to
            if last and last < clock.today and not _resumed(file, contract, last, clock):
                yield Found(pause, f"The pause ended on {day_words(last)}; no session was held or is booked after it.")


@rule("END110", "advice", source="S1", options={"after": A_MONTH}, needs=(AGREED, "sessions"), passing=True)
def used_up_contract(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """All agreed sessions have been held, and nobody has said that it is over.

    S1 sets a number of sessions so that the relationship does not go on for ever. The number only ends it when you both
    know that it has: until then the client may still write, expect an answer, and wonder whether to ask for more. Say
    goodbye, or begin something new.
    """
    for contract in _in_force(file, clock):
        terms, used = contract.terms(clock.today), _used(file, contract, clock)
        used_up = terms.sessions is not None and bool(used) and len(used) >= terms.sessions
        if terms.ends or contract.ended or not used_up or any(_to_come(one, clock) for one in file.sessions):
            continue
        if add_to_day(used[-1].day, after) < clock.today:
            last = f"the last was on {day_words(used[-1].day)}, and {contract_words(contract)}"
            message = f"{_used_up_words(terms.sessions or 0)}; {last} has neither a last day nor an ending."
            yield Found(contract, message, clause=terms.clause("sessions"))


def _used_up_words(sessions: int) -> str:
    return "The one agreed session is used up" if sessions == 1 else f"All of {sessions} agreed sessions are used up"


def _to_come(session: Session, clock: Clock) -> bool:
    return session.is_booked and not clock.passed(session.at)


RULES: tuple[Rule, ...] = (
    unexplained_ending,
    unsupervised_ending,
    stranded_client,
    abrupt_ending,
    short_notice_ending,
    still_booked_after_ending,
    reassessment_due,
    unresolved_hold,
    lapsed_pause,
    used_up_contract,
)
