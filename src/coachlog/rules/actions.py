"""Steps and follow-through (ACT): enough of them and not too many, with a day, looked at again, and promises kept.

A step is the client's own, whatever its kind; a promise is the coach's. That a client did not do a step is no breach:
what is found is what nobody asked about.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from coachlog.clock import Clock
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.session import Session
from coachlog.model.words import contract_words, counted, day_words
from coachlog.rules.rule import Found, Rule, rule

TIME_TO_NOTE = timedelta(hours=24)
"""How long after a session its steps may still be written down or looked at (rules.md, ACT101 and ACT106)."""
NO_DAYS = Duration(text="0 days")
"""How long after its day a step or a promise is not yet overdue, unless the practice is more patient."""
AGREED = "contract.ended"
"""What tells whether the coaching goes on, and how long a session was planned: the contracts, with their endings."""


def _leaving_with_steps(file: ClientFile) -> Iterator[Session]:
    """Give the held coaching sessions that steps are expected of; a closing session looks back."""
    return (session for session in file.attendance.held_coaching if session.kind != "closing")


def _noted_words(steps: int, session: Session) -> str:
    noted = f"{counted(steps, 'step') if steps else 'No step'} {'is' if steps < 2 else 'are'} noted"  # noqa: PLR2004
    return f"{noted} for the session of {day_words(session.day)}"


@rule("ACT101", "advice", source="S4", options={"least": 2}, needs=("actions", AGREED), passing=True)
def too_few_steps(file: ClientFile, clock: Clock, least: int) -> Iterator[Found]:
    """The client left a session with hardly anything to act on.

    The blueprint of S4 has the client leave each session with two or three small steps, to be acted on before the
    next, since what moves the client forward happens in between. One step may be the right one, and sometimes there
    is none; more often the hour was over before anybody asked. Keep the last ten minutes for it.
    """
    for session in _leaving_with_steps(file):
        steps = len(file.follow_through.of(session))
        if steps < least and clock.begun(file.attendance.planned_end(session).after(TIME_TO_NOTE)):
            yield Found(session, f"{_noted_words(steps, session)}; the least is {least}.")


@rule("ACT102", "advice", source="S4", options={"most": 3})
def too_many_steps(file: ClientFile, clock: Clock, most: int) -> Iterator[Found]:
    """The client left a session with more steps than anybody keeps in mind.

    S4 asks for two or three, and for small ones. A list of six is made of good intentions: the client picks the
    easiest, feels behind with the rest, and comes to the next session with an apology. What was carried over from
    before is counted too, because the client carries it too. To ask which three matter most is coaching as well.
    """
    for session in _leaving_with_steps(file):
        steps = len(file.follow_through.left_with(session))
        if steps > most:
            yield Found(session, f"{_noted_words(steps, session)}; the most is {most}.", session.day)


def _still_owed(file: ClientFile, clock: Clock, actions: tuple[Action, ...]) -> Iterator[Action]:
    """Give what is open, as long as the coaching goes on."""
    over = file.agreements.all_over(clock.today)
    return (action for action in actions if action.is_open and not over)


@rule("ACT103", "advice", source="S4", needs=(AGREED,), passing=True)
def step_without_due_day(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A step or a promise has no day by which it is to be done.

    In S4 a step is something to act on before the next session begins; that is what makes it a step and not a wish.
    Without a day neither of you can say whether it is late, and nobody asks. The day of the next session will do, and
    a habit that goes on has a day on which you look at it together.
    """
    for action in _still_owed(file, clock, file.follow_through.actions):
        if action.due is None and not (action.follow_up and action.follow_up.until):
            what = "promise" if action.is_promise else "step"
            yield Found(action, f"An open {what} has neither a due day nor a last day of its updates.")


def _takes_place(session: Session, clock: Clock) -> str | None:
    """Say on which day a coaching session was held or is booked for; None where it is neither."""
    if session.is_coaching and session.is_held:
        return f"was held on {day_words(session.day)}"
    to_come = session.is_coaching and session.is_booked and not clock.passed(session.at)
    return f"is booked for {day_words(session.day)}" if to_come else None


def _first_after(file: ClientFile, clock: Clock, own: Session) -> tuple[date, str] | None:
    """Give the day of the first coaching session after another, with words for it."""
    later = ((one, _takes_place(one, clock)) for one in file.attendance.sessions if one.at > own.at)
    return next(((one.day, placed) for one, placed in later if placed), None)


@rule("ACT104", "advice", source="S4", needs=(AGREED, "sessions"), passing=True)
def step_due_after_next_session(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A step is due only after the next session.

    S4 wants steps that are taken before the next session starts, so that there is something to look at in it. One that
    is due later is mostly too large for one step. Cut off the piece that can be done by then; or carry it over when you
    meet, so that both of you know that it is still wanted.
    """
    for step in _still_owed(file, clock, file.follow_through.steps):
        own = file.follow_through.last_placed(step)
        following = _first_after(file, clock, own) if own and step.due else None
        if own and step.due and following and step.due > following[0]:
            first = f"the first session after that of {day_words(own.day)} {following[1]}"
            yield Found(step, f"Due on {day_words(step.due)}; {first}.")


def _overdue(action: Action, clock: Clock, grace: Duration) -> int:
    """Tell how many days an action is past its day; 0 where it has none, or within the grace."""
    if action.due is None or clock.today <= add_to_day(action.due, grace):
        return 0
    return (clock.today - action.due).days


@rule("ACT105", "warning", source="S4", options={"grace": NO_DAYS}, needs=(AGREED,), passing=True)
def overdue_step(file: ClientFile, clock: Clock, grace: Duration) -> Iterator[Found]:
    """A step is past its day and still open.

    Following through on the steps is paramount in S4: they are what the progress between two sessions is made of. The
    client owes you nothing by being late, and a step that is in the way may tell more than one that went smoothly. What
    this asks of you is to ask: was it done, is it still wanted, what got in the way?
    """
    for step in _still_owed(file, clock, file.follow_through.steps):
        days = _overdue(step, clock, grace)
        if days and step.due:
            message = f"Due on {day_words(step.due)}; {counted(days, 'day')} later it is still open."
            yield Found(step, message, since=step.due)


@rule("ACT106", "advice", source="S4", needs=(AGREED,), passing=True)
def unreviewed_step(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A step was not looked at in the next session.

    In S4 the sessions are there to plan the work that is done in between, and following through is paramount. A step
    that nobody asks about tells the client that it was only said for the form of it, and the next one will be taken as
    lightly. Two minutes at the beginning are enough: what did you do, and what did you learn?
    """
    for step in file.follow_through.steps:
        following = None if step.was_looked_at else file.follow_through.first_held_after(step)
        if following and clock.passed(file.attendance.planned_end(following).after(TIME_TO_NOTE)):
            since = f"in the session of {day_words(following.day)} or since"
            message = f"Neither reviewed, carried over, done nor dropped {since}."
            yield Found(step, message, since=following.day)


@rule("ACT107", "warning", source="S0", options={"times": 2}, needs=(AGREED,), passing=True)
def carried_step(file: ClientFile, clock: Clock, times: int) -> Iterator[Found]:
    """A step is carried over from session to session.

    S0 names tasks that are time and again left undone as a reason to think again about how the coaching goes, and to
    talk about it with the client. The third time it is seldom a matter of time. The step may be too large, may be
    somebody else's wish, or may stand for what the client does not want to look at; all three are worth a session.
    """
    for step in _still_owed(file, clock, file.follow_through.steps):
        carried = len(set(step.carried))
        if carried > times:
            last = file.follow_through.last_carried(step)
            when = f", last on {day_words(last.day)}" if last else ""
            message = f"Carried over at {counted(carried, 'session')}{when}, and still open."
            yield Found(step, message, last.day if last else None)


@rule(
    "ACT108",
    "warning",
    source="S0",
    options={"sessions": 3, "share": Fraction(1, 2)},
    needs=("sessions", "actions", "contract.pauses", "care.concerns"),
    passing=True,
)
def low_follow_through(file: ClientFile, clock: Clock, sessions: int, share: Fraction) -> Iterator[Found]:
    """Of what the client took on in the last sessions, most was not done.

    S0 has the coach who sees this again and again consider whether coaching is what helps now, and speak with the
    client about the reasons and about what could be done. It need not be unwillingness: the steps may be yours rather
    than theirs, or life may be too full. Said early and without reproach, it is a question; said late, a verdict.
    """
    held = file.attendance.held_coaching
    kept = file.follow_through.low(held, sessions, share)
    if kept and not file.discussed_since(held[-1].day):
        before = f"committed in the {counted(sessions, 'session')} before {day_words(held[-1].day)}"
        done = f"{kept.done} of {counted(kept.committed, 'step')} {before}"
        yield Found(held[-1], f"Done by now: {done}, which is less than {float(share * 100):g} %.", held[-1].day)


@rule("ACT109", "breach", source="S3", options={"grace": NO_DAYS}, passing=True)
def broken_promise(file: ClientFile, clock: Clock, grace: Duration) -> Iterator[Found]:
    """You promised something, and its day has passed.

    The coach in S3 asks at times whether help of some kind would make a task easier for the client. Whoever takes up
    that offer relies on it, and their own step may hang on it. An article that comes late is no drama, as long as a
    line says when it will come; one that is forgotten says that only the client's promises count.
    """
    for promise in file.follow_through.promises:
        days = _overdue(promise, clock, grace) if promise.is_open else 0
        if days and promise.due:
            when = f"Promised for {day_words(promise.due)}"
            message = f"{when}; {counted(days, 'day')} later it is still open."
            yield Found(promise, message, since=promise.due)


@rule(
    "ACT110",
    "advice",
    source="S1, S4",
    options={"share": Fraction(1, 3), "least": 6},
    needs=("sessions", "actions", AGREED),
    passing=True,
)
def coach_owned_work(file: ClientFile, clock: Clock, share: Fraction, least: int) -> Iterator[Found]:
    """Much of the work that comes out of the sessions is yours.

    S4 leaves no doubt that it is the client who is responsible for what is achieved, and S1 wants a client who learns
    to rely on themselves and not on the coach. Help that was asked for is fine. When every third thing on the list is
    for you to do, ask whose goal it is, and whether you are not taking away what the client came to learn.
    """
    for contract in file.agreements.agreed:
        actions = file.follow_through.committed_under(contract)
        promises = sum(action.is_promise for action in actions)
        if len(actions) >= least and promises > share * len(actions):
            under = f"{len(actions)} actions committed under {contract_words(contract)}"
            message = f"{promises} of the {under} are promises of the coach, which is more than {share}."
            yield Found(contract, message, since=file.attendance.of(contract)[-1].day)


@rule("ACT111", "advice", source="S4", passing=True)
def experiment_without_learning(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """An experiment was done, and what came of it is not noted.

    To explore and experiment is one of the four things that S4 asks of a client: to be open to other ways of doing
    things. An experiment can't fail, since it is done to find something out; but then somebody has to ask what. One
    line is enough, best in the client's own words.
    """
    for step in file.follow_through.steps:
        if step.kind == "experiment" and step.done and not (step.learned or "").strip():
            message = f"Nothing learned is noted for the experiment done on {day_words(step.done)}."
            yield Found(step, message, since=step.done)


RULES: tuple[Rule, ...] = (
    too_few_steps,
    too_many_steps,
    step_without_due_day,
    step_due_after_next_session,
    overdue_step,
    unreviewed_step,
    carried_step,
    low_follow_through,
    broken_promise,
    coach_owned_work,
    experiment_without_learning,
)
