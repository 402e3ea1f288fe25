"""What is asked of a session that was held; everything may be skipped, and what the call says is not asked."""

import re
from collections.abc import Mapping, Sequence
from functools import partial

from coachlog.commands.desk.asking_for import ask, can_ask, offer, yes_or_no
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.naming import named
from coachlog.commands.session.appointments import moment_asked, to_come
from coachlog.commands.session.held import Held
from coachlog.errors import WrongCall
from coachlog.model.action import Action
from coachlog.model.attendance import NEAR
from coachlog.model.contact import Contact
from coachlog.model.contract import Goal
from coachlog.model.instant import Instant
from coachlog.model.words import listed, moment_words
from coachlog.store.emit import Word
from coachlog.store.layout import CONTRACT_FILE
from coachlog.views.prep_form import topic_wanted

RATED = ("prepared", "engaged", "progress", "energy")
"""What is rated from 0 to 3: the client prepared, engaged, progress, the coach's own energy."""
FATES = ("done", "part", "carry", "drop")
"""What can become of a step."""
NO_TOPIC = "-"
"""What is typed where a topic is offered and there was none."""
_RATINGS = re.compile(r"[0-3]{4}")
_MOST_DIGITS = len("1440")


def fill(held: Held, minutes: int | None, topic: str | None, goal: str | None) -> None:
    """Note minutes, topic and goal, as they are said or asked for."""
    wishes = held.desk.wishes
    took = minutes if minutes is not None else offer(wishes, "Minutes that it took", minutes_of)
    about = topic or (None if "topic" in held.fields else _asked_topic(held))
    said = {"minutes": Word(str(took)) if took is not None else None, "topic": about}
    held.fields |= {key: value for key, value in said.items() if value}
    serve(held, goal_of(held, goal) if goal else held.goal or _asked_goal(held))


def serve(held: Held, goal: Goal | None) -> None:
    """Note which goal it served."""
    held.goal = goal
    held.fields |= {"goal": Word(lasting_id(held.desk, goal))} if goal else {}


def fit(held: Held) -> None:
    """Ask after a first talk whether the two fit together, where nobody has said so."""
    kind = str(held.fields.get("kind") or (held.session.kind if held.session else ""))
    if kind != "chemistry" or "compatible" in held.fields or (held.session and held.session.compatible is not None):
        return
    fits = offer(held.desk.wishes, "Do you fit together? yes or no", yes_or_no)
    held.fields |= {} if fits is None else {"compatible": Word("yes" if fits else "no")}


def settle(held: Held, given: Mapping[str, Sequence[str]]) -> None:
    """Note what became of each open step, as it is said or asked for. Raises WrongCall where one is named twice."""
    opened = [one for one in held.file.actions if one.is_open]
    held.fates = [(named(opened, wanted, held.desk.now), fate) for fate, ids in given.items() for wanted in ids]
    _refuse_twice(held.fates)
    settled = {id(one) for one, _ in held.fates}
    for action in (one for one in opened if id(one) not in settled):
        question = f"Step {action.label}, {action.step}: {', '.join(FATES[:-1])} or {FATES[-1]}"
        fate = offer(held.desk.wishes, question, _fate, [action])
        held.fates += [(action, fate)] if fate else []


def begin(held: Held, steps: Sequence[str]) -> None:
    """Note the new steps, as they are said or asked for, one by one until none comes."""
    held.steps += steps
    if held.steps:
        return
    while text := offer(held.desk.wishes, "Another new step" if held.steps else "New step", str):
        held.steps.append(text)


def rate(held: Held, ratings: str | None) -> None:
    """Note the four ratings, as they are said or asked for."""
    question = "Ratings, four digits from 0 to 3: prepared, engaged, progress, your energy"
    digits = _four(ratings) if ratings else offer(held.desk.wishes, question, _four)
    held.fields |= {name: Word(digit) for name, digit in zip(RATED, digits or "", strict=False)}


def answer(held: Held, ids: Sequence[str]) -> None:
    """Note which messages were answered in the session, as they are said or asked for."""
    came = [one for one in held.file.contacts if not one.by_coach]
    held.answered = [_come_before(held, named(came, wanted, held.desk.now)) for wanted in ids]
    if ids:
        return
    wishes = held.desk.wishes
    held.answered = [one for one in _waiting(held) if offer(wishes, _answered_question(one), yes_or_no, [one])]


def next_session(held: Held, following: str | None) -> Instant | None:
    """Give the start of the next session to be booked, as it is said or asked for. Raises WrongCall."""
    read = partial(_start, held)
    if following:
        return read(following)
    booked = held.next_booked
    question = f"Book another beside {moment_words(booked)}" if booked else "Book the next one"
    return offer(held.desk.wishes, f'{question}, such as "in 2 weeks" or "fri 15:00"', read)


def _start(held: Held, text: str) -> Instant:
    """Read a start; a day alone means the time of day of the session that was held."""
    clock = held.at.clock
    when = moment_asked(held.desk, text, "plan", question="The next one", flag="--next", clock=clock)
    return to_come(held.desk, when)


def minutes_of(text: str) -> int:
    """Read how long a session took, in minutes. Raises WrongCall."""
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    what = "The minutes are not understood."
    raise WrongCall(what, "Write a whole number, such as 65.")


def _asked_topic(held: Held) -> str | None:
    """Ask what it was about; what the client wrote in the prep form is offered, and a lone dash leaves it out."""
    wishes, wanted = held.desk.wishes, topic_wanted(held.session)
    if not wanted or wishes.incognito or not can_ask(wishes):
        return offer(wishes, "Topic", str)
    said = ask(wishes, f"Topic, {NO_TOPIC} for none", "--topic", str, wanted)
    return None if said == NO_TOPIC else said


def _asked_goal(held: Held) -> Goal | None:
    known = held.terms.goals if held.terms else ()
    question = f"Goal: {goals_told(known)}"
    return offer(held.desk.wishes, question, partial(goal_of, held), known) if known else None


def goals_told(goals: Sequence[Goal]) -> str:
    """Say goals by what they are called and what they say."""
    return ", ".join(f"{(one.label or '').rpartition('/')[2]} {one.text}" for one in goals)


def goal_of(held: Held, wanted: str) -> Goal:
    """Find a goal of the terms that the session belongs to. Raises WrongCall."""
    held.desk.readable(held.code, CONTRACT_FILE)
    return named(held.terms.goals if held.terms else (), wanted, held.desk.now)


def _refuse_twice(fates: Sequence[tuple[Action, str]]) -> None:
    twice = {str(one.label) for one, _ in fates if sum(one is other for other, _ in fates) > 1}
    if twice:
        what = f"{listed(sorted(twice))} is named twice."
        raise WrongCall(what, "A step is done, partly done, carried over or dropped.")


def _fate(text: str) -> str:
    """Read what became of a step, from its first letters on; a lone `d` is done."""
    found = next((one for one in FATES if one.startswith(text.lower())), None)
    if found:
        return found
    what = "That is nothing that can become of a step."
    raise WrongCall(what, f"Write {', '.join(FATES)}, or how they begin.")


def _four(text: str) -> str:
    if _RATINGS.fullmatch(text):
        return text
    what = "The ratings are not understood."
    raise WrongCall(what, f"Write four digits from 0 to 3 ({', '.join(RATED)}), such as 3322.")


def _waiting(held: Held) -> list[Contact]:
    """Give what waited for an answer; what comes in the last minutes before a session is said in it anyway."""
    return [one for one in held.file.correspondence.waiting_at(held.at) if one.at < held.at.after(-NEAR)]


def _come_before(held: Held, contact: Contact) -> Contact:
    if contact.at < held.at:
        return contact
    what = f"{contact.label} came when the session had begun, on {moment_words(contact.at)}."
    raise WrongCall(what, "What came later is answered with coachlog contact reply.")


def _answered_question(contact: Contact) -> str:
    about = f", {contact.about}" if contact.about else ""
    return f"Was {contact.label} answered in it ({contact.via}, {moment_words(contact.at)}{about})? yes or no"
