"""Contracts (CON): what is agreed, and what an agreement should not lack.

The rules on what a contract says look at agreed contracts that have neither ended nor run out, by their terms of
today. What they find lasts no longer than the contract, so no waiver of theirs is ever called unused.
"""

from collections.abc import Iterator

from coachlog.clock import Clock
from coachlog.model.agreements import Overlap
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import CancellationTerms, ContactClause, Contract, Terms
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.practice import Practice
from coachlog.model.words import contract_words, counted, day_words, listed
from coachlog.rules.rule import Found, Rule, rule

EXCEPTIONS = ("harm", "subpoena", "consent")
"""The three exceptions to confidentiality that S4 names, in its order."""
FINDING_THE_GOAL = 2
"""After how many held coaching sessions a contract is asked for its goals; the first may be needed to find them."""


@rule("CON101", "breach", source="S1, ICF 1.1", needs=("contract",), passing=True)
def session_without_contract(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A coaching session was held, or is booked, before any contract was in force.

    S1 begins with the contract: it comes before the first session, and it need not be a signed paper, so long as it
    draws the boundaries and sets a number of sessions. ICF 1.1 also wants the agreement made before the coaching.
    What was never agreed can neither be kept nor be referred to later, when it is about money, hours or the end.
    A chemistry session, in which the two of you find out whether you fit, needs no contract.
    """
    for session in file.sessions:
        coming = session.is_booked and not clock.passed(session.at)
        outside = not file.agreements.on(session.day) and not file.agreements.last_over(session.day)
        if session.is_coaching and (session.is_held or coming) and outside:
            on, verb = ("is booked for", "is") if coming else ("was held on", "was")
            message = f"A {session.kind} session {on} {day_words(session.day)}, when no contract {verb} in force."
            yield Found(session, message, day=session.day)


@rule("CON102", "warning", source="S1", needs=("contract",), passing=True)
def open_ended_contract(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract sets no number of sessions.

    S1 asks for a set number, six as a rule, because coaching that may go on for ever teaches a client to rely on the
    coach and not on themselves. A last day alone is no number: it leaves open how much coaching lies before it. The
    number is a beginning, not a wall: an amendment or a renewal can always add to it, and makes both of you decide.
    """
    for contract, terms in file.agreements.standing(clock.today):
        if terms.sessions is None:
            yield Found(contract, f"No number of sessions is set in {contract_words(contract)}.")


@rule("CON103", "warning", source="S2", needs=("contract",), passing=True)
def contract_without_contact_clause(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract says nothing about contact between sessions.

    S2 calls contact the boundary between sessions that most often goes soft: where nothing is agreed, a coach who is
    always there ends up on call, and a client who got an answer at night worries when the next one does not come.
    How much contact there is to be is up to the two of you, and none at all is a clear answer, too.
    """
    for contract, terms in file.agreements.standing(clock.today):
        if terms.between_sessions is None:
            message = f"Nothing is agreed about contact between sessions in {contract_words(contract)}."
            yield Found(contract, message)


def _open_in_contact(clause: ContactClause, practice: Practice) -> Iterator[str]:
    if not clause.via:
        yield "the medium"
    yield from (f"the response time for {medium}" for medium in clause.untimed)
    if clause.hours is None and practice.office_hours is None:
        yield "the hours"


@rule("CON104", "warning", source="S2", needs=("contract",), passing=True, measured=False)
def vague_contact_clause(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A clause on contact leaves open by which medium, how soon, or when the office is closed.

    S2 names what makes such a clause clear: the medium, the response times, and when your office is closed. A client
    who knows that an answer takes a day is at ease during that day; one who has to guess waits, and may feel ignored.
    """
    for contract, terms in file.agreements.standing(clock.today):
        missing = list(_open_in_contact(terms.contact_clause, file.practice)) if terms.contact_clause else []
        if missing:
            message = f"Left open in the contact clause of {contract_words(contract)}: {listed(missing)}."
            yield Found(contract, message, clause=terms.clause("between_sessions"))


def _open_in_cancellation(agreed: CancellationTerms) -> Iterator[str]:
    if agreed.notice is None:
        yield "the notice"
    if agreed.late is None:
        yield "what a late cancellation costs"
    if agreed.late == "fee" and agreed.late_fee is None:
        yield "the amount of the late fee"


@rule("CON105", "warning", source="S0", needs=("contract",), passing=True, measured=False)
def contract_without_cancellation_terms(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract does not say what happens when a session is cancelled.

    S0 counts the cancellation policy among what a coaching agreement outlines, and asks the coach to act by it and to
    speak openly about changes. A policy that is only found on the day it is needed feels like a penalty; one that was
    agreed beforehand is a promise that both sides made, and it spares you the choice between resentment and a quarrel.
    """
    for contract, terms in file.agreements.standing(clock.today):
        if terms.cancellation is None:
            yield Found(contract, f"No cancellation terms are agreed in {contract_words(contract)}.")
        elif missing := list(_open_in_cancellation(terms.cancellation)):
            message = f"Left open in the cancellation terms of {contract_words(contract)}: {listed(missing)}."
            yield Found(contract, message, clause=terms.clause("cancellation"))


@rule("CON106", "warning", source="S0", needs=("contract",), passing=True)
def contract_without_fee(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract says neither what the coaching costs nor that it is free.

    S0 tells of coaches who suspend sessions because services were not paid, and wants both sides to uphold what they
    committed to; that takes an amount that was agreed. Coaching for nothing is a fine thing to agree on: said in the
    contract, it is a gift with an edge, and not a bill that one of you expects and the other does not.
    """
    for contract, terms in file.agreements.standing(clock.today):
        if terms.fee is None and not terms.pro_bono:
            yield Found(contract, f"Neither a fee nor pro bono is agreed in {contract_words(contract)}.")


def _open_in_schedule(terms: Terms) -> Iterator[str]:
    if terms.length is None:
        yield "how long a session is"
    if terms.every is None and terms.sessions != 1:
        yield "how often you meet"


@rule("CON107", "advice", source="S0", needs=("contract",), passing=True)
def contract_without_schedule(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract does not say how long sessions are, or how often they are.

    S0 names the schedule of the sessions first among the terms of a coaching agreement. A session without a length
    has no end that could be kept, and without a rhythm nobody notices that weeks have become months.
    """
    for contract, terms in file.agreements.standing(clock.today):
        missing = list(_open_in_schedule(terms))
        if missing:
            yield Found(contract, f"Left open in {contract_words(contract)}: {listed(missing)}.")


@rule("CON108", "warning", source="S4, ICF 2.1, 2.3", needs=("contract",), passing=True, measured=False)
def contract_without_confidentiality(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract does not promise confidentiality, or does not name its limits.

    S4 tells clients that what is said stays between them and the coach, and in the same breath when it would not:
    concern for harm, a subpoena, or the client's own written consent. ICF 2.1 and 2.3 ask for both halves. A limit
    that a client hears of only when it is reached is felt as a betrayal; known from the start, it makes a space safe.
    """
    for contract, terms in file.agreements.standing(clock.today):
        promised = terms.confidentiality
        if promised is None:
            yield Found(contract, f"Nothing is agreed about confidentiality in {contract_words(contract)}.")
        elif missing := [exception for exception in EXCEPTIONS if exception not in promised.exceptions]:
            where = f"the exceptions to confidentiality in {contract_words(contract)}"
            clause = terms.clause("confidentiality", "exceptions")
            yield Found(contract, f"Missing among {where}: {listed(missing)}.", clause=clause)


@rule("CON109", "advice", source="ICF 1.2", needs=("contract",), passing=True)
def contract_without_termination(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A contract does not say how either of you may end it early.

    ICF 1.2 has both sides free to end the coaching at any point, within what was agreed. A client who knows how to
    stop can decide to stay; one who does not, stops answering. The same sentence helps you on the day on which you
    are the one who has to end it.
    """
    for contract, terms in file.agreements.standing(clock.today):
        if terms.termination is None:
            yield Found(contract, f"Nothing is agreed about ending early in {contract_words(contract)}.")


@rule("CON110", "advice", source="S4", needs=("contract.goals",), passing=True)
def contract_without_goals(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """Two sessions have been held and the contract still names no goal.

    In S4 each session is steered toward the goal of the whole engagement, and a leader who referred the client hears
    of it when that goal changes. It may well take the first session to find it, so nothing is asked before the second.
    After that, coaching without a goal has no way of telling whether it helps, nor when it is done.
    """
    for contract, terms in file.agreements.standing(clock.today):
        held = file.attendance.held_coaching_of(contract)
        if len(held) >= FINDING_THE_GOAL and not terms.goals:
            sessions = counted(len(held), "coaching session")
            yield Found(contract, f"No goal is written in {contract_words(contract)}, {sessions} into it.")


def _common_days(overlap: Overlap, clock: Clock) -> str:
    if overlap.first == overlap.last:
        return f" on {day_words(overlap.first)}"
    begins = f" from {day_words(overlap.first)}" if overlap.first > clock.today else ""
    return f"{begins} until {day_words(overlap.last)}" if overlap.last else begins


@rule("CON112", "warning", source="ICF 2020, 10", needs=("contract",), passing=True)
def overlapping_contracts(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """Two contracts with one client are in force at once.

    ICF 2020, 10 has a coach weigh what several contracts with one client at a time can do, conflicts of interest first.
    While two are in force, the later agreed decides without anybody having said so: which number a session counts
    against, which notice holds, what an answer may take. Let the one end before the other begins.
    """
    for later in file.agreements.agreed:
        overlaps = list(file.agreements.overlaps(later, clock.today))
        alike = any(one.earlier.agreed == later.agreed for one in overlaps)
        beside = [f"{_named(one.earlier, alike=alike)}{_common_days(one, clock)}" for one in overlaps]
        if beside:
            yield Found(later, f"In force beside {_named(later, alike=alike)}: {listed(beside)}.")


def _named(contract: Contract, *, alike: bool) -> str:
    """Name a contract by its day, and by its id too where another one was agreed on the same day."""
    return f"{contract_words(contract)} ({contract.label})" if alike else contract_words(contract)


@rule(
    "CON113",
    "warning",
    source="S1",
    options={"contracts": 3, "span": Duration(months=18, text="18 months")},
    needs=("contract",),
    passing=True,
)
def endless_renewal(file: ClientFile, clock: Clock, contracts: int, span: Duration) -> Iterator[Found]:
    """The coaching has been renewed so often, or for so long, that its end is out of sight.

    S1 warns of a relationship without an end, in which a client comes to rely on the coach in place of themselves.
    Renewals lead there in small steps, each of them with a number and a good reason. A long engagement may be the
    right one; it deserves to be chosen, with your supervisor as the second pair of eyes, and not just continued.
    """
    contract = file.agreements.on(clock.today)
    chain = file.agreements.renewed_by(contract) if contract else ()
    begun = [one.first_day for one in chain if one.agreed]
    long = bool(begun) and add_to_day(begun[-1], span) <= clock.today
    if contract and len(begun) > 1 and (len(begun) >= contracts or long):
        renewed = f"Renewed since {day_words(begun[-1])}, {len(begun)} contracts up to {contract_words(contract)}"
        yield Found(contract, f"{renewed}; {counted(contracts, 'contract')} or {span} count as long.")


@rule("CON114", "advice", source="S3", needs=("contract",), passing=True)
def welcome_pack_not_sent(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A new client's first session is over, and no welcome pack has been sent.

    The coach of S3 gives every client a welcome pack that tells how to reach them, which way is the quickest and how
    soon they answer. It puts the boundary into the client's hands before the first question comes up. Who renews a
    contract has had theirs.
    """
    for contract, terms in file.agreements.standing(clock.today):
        held = file.attendance.held_coaching_of(contract)
        if held and contract.renews is None and terms.welcome_pack is None:
            first = f"the first session was on {day_words(held[0].day)}"
            yield Found(contract, f"No welcome pack is noted in {contract_words(contract)}; {first}.")


@rule("CON115", "advice", source="S1", options={"sessions": 12}, needs=("contract",), passing=True)
def large_contract(file: ClientFile, clock: Clock, sessions: int) -> Iterator[Found]:
    """A contract sets so many sessions that its number hardly is a boundary.

    S1 finds six sessions a good number to start with. Where many more are agreed in one go, there is no moment at which
    the two of you look up and ask whether the coaching still helps. Smaller contracts with a review in between keep
    the same road open and make each part of it a decision.
    """
    for contract, terms in file.agreements.standing(clock.today):
        if terms.sessions and terms.sessions > sessions:
            message = f"{terms.sessions} sessions are set in {contract_words(contract)}; more than {sessions} is a lot."
            yield Found(contract, message)


RULES: tuple[Rule, ...] = (
    session_without_contract,
    open_ended_contract,
    contract_without_contact_clause,
    vague_contact_clause,
    contract_without_cancellation_terms,
    contract_without_fee,
    contract_without_schedule,
    contract_without_confidentiality,
    contract_without_termination,
    contract_without_goals,
    overlapping_contracts,
    endless_renewal,
    welcome_pack_not_sent,
    large_contract,
)
