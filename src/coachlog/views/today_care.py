"""The duty of care on a day: concerns that want something done, consents that run out, sponsors who wait for word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from coachlog.model.care import Concern
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Goal
from coachlog.views.today_item import Item
from coachlog.views.today_outlook import Items, Outlook, can_tell, of_client

BEYOND_COACHING = frozenset({"medical", "psychological", "counselling", "outside-competence"})
"""The kinds of concern that call for somebody else (rules.md, REF101)."""
FOR_SUPERVISION = frozenset(
    {
        "dependency",
        "exclusive-attachment",
        "dual-relationship",
        "relationship",
        "ethics",
        "conflict-of-interest",
        "boundary",
    }
)
"""The concerns that lie between coach and client (rules.md, SUP104)."""
A_DAY, TWO_WEEKS, A_MONTH = timedelta(days=1), timedelta(days=14), timedelta(days=30)
"""How soon harm is acted on, a concern decided and talked about, and one of the coach's own brought to supervision."""
SESSIONS = 2
"""How many sessions may be held before a concern beyond coaching is decided (rules.md, REF101)."""


class _Want(NamedTuple):
    """What a concern wants done, the day until which, and the command that notes it."""

    day: date
    what: str
    rule: str
    does: str


def care(file: ClientFile, outlook: Outlook) -> Items:
    """Give the open concerns with what they want next, consents that run out, and goals to be told to a sponsor."""
    if can_tell(file, "care.concerns", "care.disclosures", "care.referrals", "contract.ended", "sessions"):
        yield from (one for concern in file.care.concerns for one in _concern(file, concern, outlook))
    if can_tell(file, "care.consents", "contract.ended"):
        yield from _consents(file, outlook)
    if can_tell(file, "care.leader_updates", "sessions"):
        yield from _leader_updates(file, outlook)


def _concern(file: ClientFile, concern: Concern, outlook: Outlook) -> Items:
    if concern.resolved:
        return
    wants = sorted(_wants(file, concern, outlook))
    item = replace(of_client(file, "concern", "ahead"), record=concern.label, what=concern.kind)
    for want in wants:
        shown = replace(item, group="owed", state=want.what, rule=want.rule, day=want.day, does=want.does)
        yield replace(shown, on=_named(concern, want.does))
    if not wants and concern.decision is None and not file.agreements.all_over(outlook.today):
        yield replace(item, state="open", day=concern.noticed, does="concern decide", on=concern.label or "")


def _named(concern: Concern, does: str) -> str:
    """Say how a command names a concern; an agenda has all of them."""
    label = concern.label or ""
    return {"supervision agenda": "", "refer": f"--concern {label}"}.get(does, label)


def _wants(file: ClientFile, concern: Concern, outlook: Outlook) -> Iterator[_Want]:
    """Name what a concern wants, each with the day after which the rules find it missing."""
    if concern.kind == "harm" and not _acted_on(file, concern):
        yield _Want(concern.noticed + A_DAY, "act", "REF108", "concern decide")
    if concern.kind in BEYOND_COACHING:
        yield from _wants_beyond(file, concern, outlook)
    decided = concern.decided_on
    if concern.decision == "refer" and decided and not file.care.referrals_for(concern):
        yield _Want(decided + TWO_WEEKS, "refer", "REF102", "refer")
    if concern.kind in FOR_SUPERVISION and not _supervised(file, concern):
        yield _Want(concern.noticed + A_MONTH, "supervise", "SUP104", "supervision agenda")


def _wants_beyond(file: ClientFile, concern: Concern, outlook: Outlook) -> Iterator[_Want]:
    if concern.decided_on is None and not file.agreements.all_over(outlook.today):
        yield _Want(
            min(concern.noticed + TWO_WEEKS, _second_session(file, concern)), "decide", "REF101", "concern decide"
        )
    if concern.raised is None:
        yield _Want(concern.noticed + TWO_WEEKS, "raise", "REF107", "concern raise")


def _second_session(file: ClientFile, concern: Concern) -> date:
    """Give the day of the second coaching session after a concern was noticed, held or booked."""
    attended = (one for one in file.attendance.sessions if one.is_coaching and (one.is_held or one.is_booked))
    later = [one.day for one in attended if one.day > concern.noticed]
    return later[SESSIONS - 1] if len(later) >= SESSIONS else date.max


def _acted_on(file: ClientFile, concern: Concern) -> bool:
    told = any(one.date >= concern.noticed for one in file.care.disclosures)
    referred = any(
        one.concern == concern.id if one.concern else one.date >= concern.noticed for one in file.care.referrals
    )
    return bool(told or referred or concern.consulted or concern.decided_on)


def _supervised(file: ClientFile, concern: Concern) -> bool:
    topics = ((one.date, topic) for one in file.supervision for topic in one.topics)
    return bool(concern.consulted) or any(
        topic.concern == concern.id and topic.client in {None, file.code}
        if topic.concern
        else topic.client == file.code and day >= concern.noticed
        for day, topic in topics
    )


def _consents(file: ClientFile, outlook: Outlook) -> Items:
    """Give the consents that run out soon, as long as the coaching goes on and no other one takes their place."""
    if file.agreements.all_over(outlook.today):
        return
    for consent in file.care.consents:
        ends = consent.until
        if ends and outlook.today <= ends <= outlook.horizon and consent.valid_on(outlook.today):
            after = file.valid_consent([consent.for_], consent.to, ends + A_DAY, consent.scope)
            if after is None:
                item = replace(of_client(file, "consent", "ahead"), record=consent.label, what=consent.for_, day=ends)
                yield replace(item, does="consent add")


def _leader_updates(file: ClientFile, outlook: Outlook) -> Items:
    """Give the goals that took another one's place and of which the sponsor has not heard."""
    for contract in file.agreements.agreed if file.client.sponsors else ():
        for goal in contract.goals_ever:
            due = _to_be_shared(file, goal)
            if due and not outlook.is_stale(due):
                yield _shared(file, goal, due, outlook)


def _to_be_shared(file: ClientFile, goal: Goal) -> date | None:
    if not (goal.agreed and goal.replaces):
        return None
    first, last = goal.agreed - A_MONTH, goal.agreed + A_MONTH
    updates = [one.date for one in file.care.leader_updates if one.goal_change in {None, goal.id}]
    meetings = [one.day for one in file.sessions if one.kind == "three-way" and one.is_held]
    return None if any(first <= day <= last for day in (*updates, *meetings)) else last


def _shared(file: ClientFile, goal: Goal, due: date, outlook: Outlook) -> Item:
    item = replace(of_client(file, "leader-update", outlook.group(due)), record=goal.label, rule="SPN104", day=due)
    return replace(item, does="draft leader-update")
