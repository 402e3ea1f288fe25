"""Contracted follow-up (FUP): what you have promised to send, the nudges that were asked for, and what came back.

Contact that is contracted is expected: to leave it out is as much a departure from what was agreed as to write
unasked. Its times lie within the contact hours, and a session that was booked late gets a day for what comes before it.
"""

from collections.abc import Iterable, Iterator

from coachlog.clock import Clock
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Clause
from coachlog.model.duration import Duration
from coachlog.model.follow_ups import Due
from coachlog.model.updates import OwedUpdate
from coachlog.model.when import BesideSession
from coachlog.model.words import contract_words, day_words, listed, moment_words, span_words
from coachlog.rules.rule import Found, Rule, rule

HANDED_IN = frozenset({"work", "goals"})
"""What a client hands in, and wants to see acknowledged (rules.md, FUP106)."""
OF_FOLLOW_UPS = ("contract.ended", "contract.pauses", "sessions", "contacts")
"""What tells whether a follow-up was owed, and whether it was sent."""
OF_FORMS = (*OF_FOLLOW_UPS, "sessions.prep")
"""The same for a prep form, which the session itself may note."""
A_DAY = Duration(days=1, text="1 day")
"""How long after its time a reminder still counts as sent (rules.md, FUP101)."""
NO_HOURS = Duration(text="0 h")
"""A prep form is sent by its time, unless the practice is more patient."""


def _owed(file: ClientFile, clock: Clock) -> Iterator[Due]:
    """Give the follow-ups that are owed; a booking that has begun is only to be closed."""
    for due in file.follow_ups.owed:
        if not (due.session and due.session.is_booked and clock.passed(due.session.at)):
            yield due


def _due_words(due: Due) -> str:
    kind = due.follow_up.kind.replace("-", " ")
    name = f"{kind} {due.follow_up.id}" if due.follow_up.id else kind
    when = due.follow_up.when
    if not isinstance(when, BesideSession):
        return f"the {name} (due by the end of {day_words(when)})"
    return f"the {name} ({when.span} {when.side} session, due {moment_words(due.at)})"


def _told(owed: Iterable[Due], what: str) -> Iterator[Found]:
    """Find what is owed: each session once, and each contract, with all that is missing of it."""
    missing: dict[tuple[int, int], list[Due]] = {}
    for due in owed:
        missing.setdefault((id(due.contract), id(due.session)), []).append(due)
    for first, *others in missing.values():
        asked = f"{what}, though {contract_words(first.contract)} asks for it"
        message = f"{asked}: {listed([_due_words(due) for due in (first, *others)])}."
        record, latest = first.session or first.contract, (first, *others)[-1].day
        yield Found(record, message, clause=Clause(first.follow_up, ()), contract=first.contract, since=latest)


def _missed(file: ClientFile, clock: Clock, kind: str, grace: Duration) -> Iterator[Due]:
    """Give what the coach owes of a kind and did not send by its time and a grace."""
    owed = (due for due in _owed(file, clock) if due.by_coach and due.follow_up.kind == kind)
    for due in owed:
        by = due.at.plus(grace)
        if not file.follow_ups.was_kept(due, by) and clock.passed(by):
            yield due


@rule("FUP101", "breach", source="S3", options={"grace": A_DAY}, needs=OF_FOLLOW_UPS, passing=True)
def missed_reminder(file: ClientFile, clock: Clock, grace: Duration) -> Iterator[Found]:
    """A reminder that the contract promises was not sent.

    The coach of S3 sells sessions every two weeks, and some clients like to be reminded of their steps in the week
    between. Once it is in the contract, the client plans with it and leaves the rest to you: a reminder that does not
    come is not noticed, and neither are the steps. If it is more than you can keep up, take it out of the contract.
    """
    yield from _told(_missed(file, clock, "reminder", grace), "Not sent in time")


@rule("FUP102", "warning", source="S3", options={"grace": NO_HOURS}, needs=OF_FORMS, passing=True)
def missed_prep_form(file: ClientFile, clock: Clock, grace: Duration) -> Iterator[Found]:
    """The prep form that the contract promises was not sent by its time.

    S3 values the form for what happens while it is filled in: the client looks back, finds what they want from the
    next session, and often finishes what was still to be done. That takes the days before the session. A form that
    comes on the morning itself is one more thing to do.
    """
    missed = (due for due in _missed(file, clock, "prep-form", grace) if due.is_form)
    yield from _told(missed, "Not sent in time")


def _last_unnudged(file: ClientFile, clock: Clock, action: Action) -> OwedUpdate | None:
    """Give the last update that did not come, and that nobody asked after by the time that was agreed for it."""
    for owed in reversed(file.updates.owed(action, clock.today)):
        by = file.updates.nudge_by(owed)
        heard = by is None or file.updates.came(owed, by) or file.updates.nudged(owed, by)
        if by and not heard and clock.passed(by):
            return owed
    return None


@rule(
    "FUP103",
    "warning",
    source="S3",
    needs=("contract.ended", "sessions", "contacts", "actions.updates"),
    passing=True,
)
def missed_nudge(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """An update did not come, the client had asked for a nudge, and you sent none.

    S3 describes the arrangement: the client mails each day what was done, and asks for a nudge by mail when nothing
    is sent. It helps to make something new a routine, and it works only while somebody is at the other end. A day
    that passes in silence says that nobody looks, and the second day is easier to miss than the first.
    """
    if file.agreements.all_over(clock.today):
        return
    asked = (one for one in file.actions if one.follow_up and one.follow_up.nudge)
    for action in asked:
        owed = _last_unnudged(file, clock, action)
        by = file.updates.nudge_by(owed) if owed else None
        if owed and by:
            missing = f"The update of {day_words(owed.day)} did not come"
            message = f"{missing}, and no nudge was sent by {moment_words(by)}; the client had asked for one."
            yield Found(action, message, since=owed.day)


def _why_unasked(action: Action) -> str:
    agreed = action.follow_up
    if agreed is None:
        return "no updates are agreed for it"
    if not agreed.nudge:
        return "its updates are agreed without a nudge"
    return f"its updates ended on {day_words(agreed.until)}" if agreed.until else ""


@rule("FUP104", "warning", source="S3", needs=("contract", "sessions", "actions.follow_up"))
def unasked_nudge(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You nudged the client about a step, and they had not asked for it.

    S3 leaves it with the client to ask for such help, and offers it as an invitation. A nudge that somebody wanted is
    a hand on the back; one that nobody asked for is checking up, and makes the step yours instead of theirs. If you
    think that it would help, offer it in the session.
    """
    for contact in file.contacts:
        action = file.correspondence.belongs_to(contact) if contact.by_coach and contact.for_ == "nudge" else None
        if isinstance(action, Action) and not file.updates.was_asked_for(contact, action):
            message = f"A nudge about the step {action.id} on {day_words(contact.day)}; {_why_unasked(action)}."
            yield Found(contact, message, contact.day)


@rule("FUP105", "advice", source="S2, S3", needs=OF_FORMS, passing=True)
def missing_update(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """Something that the client was to send by the contract has not come.

    The client has broken nothing that is yours to judge. S3 knows that a piece of work to be sent in, or an update,
    helps some clients keep their focus; S2 wants both sides to know the rules. What is agreed and does not come is
    worth a question in the next session: is it still wanted, or was it never the right thing?
    """
    awaited = (due for due in _owed(file, clock) if not due.by_coach)
    missing = (due for due in awaited if not file.follow_ups.was_kept(due, clock.now) and clock.passed(due.at))
    yield from _told(missing, "Not come from the client so far")


def _unacknowledged(file: ClientFile, clock: Clock, contact: Contact) -> Iterator[Found]:
    due, reply = file.correspondence.deadline(contact), file.correspondence.reply_to_anybody(contact)
    terms = file.agreements.terms_on(contact.day)
    if due is None or terms is None:
        return
    handed_in = f"What came in for {contact.for_} on {moment_words(contact.at)}"
    until = f"{contract_words(terms)} says {due.promised}, which gave until {moment_words(due.at)}"
    if reply is None and clock.passed(due.at):
        yield Found(contact, f"{handed_in} has no answer yet; {until}.", clause=due.clause)
    elif reply and reply.at > due.at:
        after = f"had its answer after {span_words(reply.at - contact.at)} on {day_words(reply.day)}"
        yield Found(contact, f"{handed_in} {after}; {until}.", contact.day, due.clause)


@rule("FUP106", "warning", source="S3", needs=("contract.ended", "contacts", "sessions"), passing=True)
def unacknowledged_work(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """The client handed in a piece of work or their goals, and heard nothing in the time that is promised.

    S3 lets some clients commit to sending in what they have finished, for the sake of being accountable to somebody.
    It is work that they put effort into, and often the part that was hard. You need not have read it all: that it
    arrived, and when you will come back to it, is enough.
    """
    for contact in file.contacts:
        if contact.for_ in HANDED_IN and file.correspondence.waits_for_answer(contact):
            yield from _unacknowledged(file, clock, contact)


@rule("FUP107", "advice", source="S3", needs=("contract.ended",), passing=True)
def endless_follow_up(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """Updates on a step are agreed, and nobody said until when.

    Updates are for a while: S3 offers them to a client who wants something to become part of the day, and not to
    every client nor on every occasion. Without an end they fade out, and neither of you knows whether the client gave
    up or the habit has settled. Name a day, and look at it together then.
    """
    over = file.agreements.all_over(clock.today)
    for action in file.actions if not over else ():
        endless = action.follow_up and not action.follow_up.until and action.due is None
        if action.is_open and endless:
            yield Found(action, "Updates are agreed for an open step that has neither a last day nor a due day.")


RULES: tuple[Rule, ...] = (
    missed_reminder,
    missed_prep_form,
    missed_nudge,
    unasked_nudge,
    missing_update,
    unacknowledged_work,
    endless_follow_up,
)
