"""The duty of care on a day: concerns that want something done, consents that run out, sponsors to be met or told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from coachlog.model.care import BEYOND_COACHING, FOR_SUPERVISION, Concern
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Goal
from coachlog.views.today_item import Item
from coachlog.views.today_outlook import Items, Outlook, can_tell, of_client

A_DAY, TWO_WEEKS, A_MONTH = timedelta(days=1), timedelta(days=14), timedelta(days=30)
"""How soon harm is acted on, a concern decided and talked about, and one of the coach's own brought to supervision."""
SESSIONS = 2
"""How many sessions may be held before a concern beyond coaching is decided (rules.md, REF101)."""
NAMES = 2
"""How many people a client is to be referred to, so as to have a choice (rules.md, REF105)."""
THREE_WAY_BY = 3
"""By which session the sponsor is to be met together with the client (rules.md, SPN102)."""
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "REF101": ("contract.ended",),
    "REF102": ("care.referrals",),
    "REF105": ("care.referrals",),
    "REF108": ("care.disclosures", "care.referrals"),
    "SUP104": ("supervision.topics",),
}
"""What must have been read for it to be known what a concern wants: as much as its rule needs."""


class _Want(NamedTuple):
    """What a concern wants done, the day until which, and the command that notes it."""

    day: date
    what: str
    rule: str
    does: str


def care(file: ClientFile, outlook: Outlook) -> Items:
    """Give the open concerns with what they want next, consents that run out, and what a sponsor waits for."""
    yield from (one for concern in file.care.concerns for one in _concern(file, concern, outlook))
    if can_tell(file, "care.consents", "contract.ended"):
        yield from _consents(file, outlook)
    if can_tell(file, "care.leader_updates", "sessions"):
        yield from _leader_updates(file, outlook)
    if can_tell(file, "contract", "sessions"):
        yield from _three_way(file, outlook)


def _concern(file: ClientFile, concern: Concern, outlook: Outlook) -> Items:
    if concern.resolved:
        return
    wants = sorted(want for want in _wants(file, concern, outlook) if can_tell(file, *_NEEDS.get(want.rule, ())))
    item = replace(of_client(file, "concern", "ahead"), record=concern.label, what=concern.kind)
    for want in wants:
        shown = replace(item, group="owed", state=want.what, rule=want.rule, day=want.day, does=want.does)
        yield replace(shown, on=_named(concern, want.does))
    going_on = can_tell(file, "contract.ended") and not file.agreements.all_over(outlook.today)
    if not wants and concern.decision is None and going_on:
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
    yield from _wants_choice(file, concern)
    if concern.kind in FOR_SUPERVISION and not _supervised(file, concern):
        yield _Want(concern.noticed + A_MONTH, "supervise", "SUP104", "supervision agenda")


def _wants_choice(file: ClientFile, concern: Concern) -> Iterator[_Want]:
    """Ask for somebody else to turn to where only one was named, unless the client has taken that one up."""
    referrals = file.care.referrals_for(concern)
    people = file.people.different(one.mention for one in referrals if one.mention)
    taken = any(one.answer == "taken" for one in referrals)
    if referrals and len(people) < NAMES and not taken:
        yield _Want(max(one.date for one in referrals) + A_DAY, "choice", "REF105", "refer")


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


def _three_way(file: ClientFile, outlook: Outlook) -> Items:
    """Give a contract under way whose sponsor was not met together with the client yet, from the session before."""
    contract = file.agreements.on(outlook.today)
    if contract is None or not file.client.sponsors:
        return
    held = len(file.attendance.held_coaching_of(contract))
    if held >= THREE_WAY_BY - 1 and not _met_or_planned(file, contract, outlook):
        item = replace(of_client(file, "three-way", "ahead"), record=contract.label, rule="SPN102", count=held)
        yield replace(item, of=THREE_WAY_BY, does="session book", on="--kind three-way")


def _met_or_planned(file: ClientFile, contract: Contract, outlook: Outlook) -> bool:
    began = min(one.first_day for one in file.agreements.renewed_by(contract))
    together = (one for one in file.sessions if one.kind == "three-way" and one.day >= began)
    return any(one.is_held or (one.is_booked and not outlook.clock.passed(one.at)) for one in together)


def _to_be_shared(file: ClientFile, goal: Goal) -> date | None:
    if not (goal.agreed and goal.replaces):
        return None
    first, last = goal.agreed - A_MONTH, goal.agreed + A_MONTH
    updates = [one.date for one in file.care.leader_updates if one.goal_change in {None, goal.id}]
    meetings = [one.day for one in file.sessions if one.kind == "three-way" and one.is_held]
    return None if any(first <= day <= last for day in (*updates, *meetings)) else last


def _shared(file: ClientFile, goal: Goal, due: date, outlook: Outlook) -> Item:
    item = replace(of_client(file, "leader-update", outlook.group(due)), record=goal.label, rule="SPN104", day=due)
    if _may_tell(file, outlook.today):
        return replace(item, does="draft leader-update")
    change = f" --goal-change {goal.id}" if goal.id else ""
    return replace(item, does="sponsor update", on=f"--by client{change}")


def _may_tell(file: ClientFile, day: date) -> bool:
    """Tell whether the coach may report to a sponsor, by consent or by the contract; else it is the client who does."""
    terms = file.agreements.terms_on(day)
    sharing = terms.sharing if terms else None
    shared = sharing.with_ if sharing and sharing.reported_by in {"coach", "both"} else ()
    sponsors = [one.id or one.name or "" for one in file.client.sponsors]
    by_contract = any(file.same_person(one, other) for one in sponsors for other in shared)
    return by_contract or any(file.valid_consent(["leader-update"], one, day) for one in sponsors)
