"""Sponsors (SPN): what a leader who referred the client or pays is told, and what they have a part in."""

from collections.abc import Iterator

from coachlog.clock import Clock
from coachlog.model.client import Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Goal
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.session import Session
from coachlog.model.words import contract_words, counted, day_words, listed
from coachlog.rules.rule import Found, Rule, rule

SHARING = ("leader-update", "disclosure")
"""What a consent may be for that lets a sponsor hear what is said (rules.md, SPN103)."""


@rule("SPN101", "warning", source="S4, ICF 2020, 4", needs=("contract",), passing=True)
def sponsor_without_terms(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A client has a sponsor, and the contract does not say what the sponsor is told.

    S4 keeps what is said in the sessions strictly between client and coach, and has the client bring the news to their
    leader. ICF 2020, 4 asks for a clear understanding of how information passes between everybody involved. Without it
    a friendly question in the corridor is answered on the spot; agreed beforehand, you know what to say, and the client
    knows what you said.
    """
    contract = file.agreements.on(clock.today)
    if contract and file.client.sponsors and contract.terms(clock.today).sharing is None:
        yield Found(contract, f"There is a sponsor, and {contract_words(contract)} does not say what is shared.")


def _three_way_planned(file: ClientFile, contract: Contract, clock: Clock) -> bool:
    """Tell whether the sponsor was met, or will be, since the contract or one that it renews began."""
    began = min(one.first_day for one in file.agreements.renewed_by(contract))
    together = (one for one in file.sessions if one.kind == "three-way" and one.day >= began)
    return any(one.is_held or (one.is_booked and not clock.passed(one.at)) for one in together)


@rule("SPN102", "advice", source="S4", options={"by": 3}, needs=("contract", "sessions"), passing=True)
def no_three_way_meeting(file: ClientFile, clock: Clock, by: int) -> Iterator[Found]:
    """The coaching is well under way, and nobody has met the sponsor together with the client.

    S4 lets the leader who referred the client attend a session early in the process, to set the stage and to say which
    outcomes are hoped for. Held with the client in the room, it is the one conversation with the sponsor that needs no
    secrets. After the third session the goals have been set without it, and what the sponsor hopes for is only guessed.
    """
    contract = file.agreements.on(clock.today)
    held = file.attendance.held_coaching_of(contract) if contract else ()
    if contract and file.client.sponsors and len(held) >= by and not _three_way_planned(file, contract, clock):
        sessions = counted(len(held), "session")
        message = f"No three-way session is held or booked, and {contract_words(contract)} has {sessions} held."
        yield Found(contract, message)


def _uninvited(file: ClientFile, session: Session) -> list[Sponsor]:
    """Give the sponsors in a session whom no consent that is valid on its day lets hear what is said."""
    return [
        sponsor
        for sponsor in file.sponsors_in(session)
        if not file.valid_consent(SHARING, sponsor.id or sponsor.name or "", session.day)
    ]


@rule("SPN103", "breach", source="S4", needs=("care.consents",))
def uninvited_sponsor(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A sponsor was in a coaching session, and no consent in writing allows it.

    In S4 the coaching session is a safe space: what is said in it goes no further, unless the client has consented in
    writing to exactly that. A leader in the room hears everything, however kindly they were asked in. A three-way
    session is the place to meet, and where more is wanted two written lines of the client are enough.
    """
    for session in file.attendance.held_coaching:
        uninvited = _uninvited(file, session)
        if uninvited:
            who = listed([f"sponsor {sponsor.label}" for sponsor in uninvited])
            held = f"the {session.kind} session of {day_words(session.day)}"
            message = f"In {held} without a valid consent in writing: {who}."
            yield Found(session, message, session.day)


def _told(file: ClientFile, goal: Goal, within: Duration) -> bool:
    """Tell whether a sponsor heard of a changed goal around the day on which it was agreed."""
    if goal.agreed is None:
        return True
    first, last = add_to_day(goal.agreed, within, sign=-1), add_to_day(goal.agreed, within)
    updates = [one.date for one in file.care.leader_updates if one.goal_change in {None, goal.id}]
    meetings = [one.day for one in file.sessions if one.kind == "three-way" and one.is_held]
    return any(first <= day <= last for day in (*updates, *meetings))


@rule(
    "SPN104",
    "advice",
    source="S4",
    options={"within": Duration(days=30, text="30 days")},
    needs=("care.leader_updates", "sessions"),
    passing=True,
)
def unshared_goal_change(file: ClientFile, clock: Clock, within: Duration) -> Iterator[Found]:
    """A goal was replaced, and the sponsor has not heard of it.

    S4 has the client update the leader on their progress, and also when they feel that the goals of the engagement need
    to change. A sponsor who still waits for the old goal will find that the coaching has failed, however well it went
    with the new one. The word is the client's to bring; yours is to ask whether they have.
    """
    for contract in file.agreements.agreed if file.client.sponsors else ():
        for goal in contract.goals_ever:
            over = goal.agreed and goal.replaces and clock.today > add_to_day(goal.agreed, within)
            if over and goal.agreed and not _told(file, goal, within):
                told = f"no leader update and no three-way session within {within}"
                message = f"Replaced another goal on {day_words(goal.agreed)}, with {told}."
                yield Found(goal, message, since=goal.agreed)


@rule("SPN105", "advice", source="S4", needs=("contract.goals",), passing=True)
def outcomes_not_recorded(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A three-way session was held, and no goal of the sponsor's is in the contract.

    S4 has the leader attend so that the outcomes they hope for are understood. What was said and not written down is
    remembered three ways, and half a year later each of the three is disappointed by something else. One line in the
    contract, in words that the client agrees with, is what the meeting was for.
    """
    for session in file.attendance.sessions:
        contract = file.attendance.contract_of(session)
        if session.kind != "three-way" or not session.is_held or contract is None:
            continue
        if all(goal.from_ != "sponsor" for goal in contract.terms(clock.today).goals):
            met = f"The sponsor was met on {day_words(session.day)}"
            yield Found(session, f"{met}, and {contract_words(contract)} has no goal from the sponsor.")


RULES: tuple[Rule, ...] = (
    sponsor_without_terms,
    no_three_way_meeting,
    uninvited_sponsor,
    unshared_goal_change,
    outcomes_not_recorded,
)
