"""A cancelled session, a pause or hold, and an ending, as one says them to the client: kind, clear, and no more."""

from datetime import date

from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Pause
from coachlog.model.session import Session
from coachlog.views.letters.said import Fact, day_facts, moment_facts, one_line, sum_said, zone_of

BY_COACH = {
    "illness": "because of illness",
    "family": "because of a family matter",
    "bereavement": "because of a bereavement",
    "work": "because of an obligation that could not wait",
    "wellbeing": "because I could not give you the full attention that you should have",
    "technical": "because of technical trouble",
    "circumstances": "because of something unforeseen",
    "schedule": "because of a conflict in my diary",
}
"""Why the coach cancels, in the words of a letter; of other reasons the two talk."""
TO_TALK_ABOUT = {
    "non-payment": "There are payments open, and I would like to settle that with you before we meet again",
    "missed-sessions": (
        "Several sessions have been missed or cancelled late, and before we meet again I would like to find out with "
        "you what would help"
    ),
    "engagement": (
        "I have the impression that the coaching is not getting what it needs from both of us just now, and I would "
        "like to talk about that with you first"
    ),
    "relationship": (
        "I have the impression that something stands between us in our work, and I would like to clear it up with you "
        "first"
    ),
    "ethics": "Something has come up that I have to clear up with you before we can go on",
}
"""Reasons that belong into a conversation before the next session."""
PAUSED_FOR = {
    "circumstances": "so that you can give your attention to what matters most just now",
    "coach-wellbeing": "since I need the time to be at my best for you again",
    "relationship": "so that we can both think about how we work together",
    "engagement": "so that you can think about what you want from the coaching, and whether this is the time for it",
    "missed-sessions": "since several sessions have fallen through, and we want to find out what would help",
    "non-payment": "until the open payments are settled",
}
HELD_FOR = {
    "non-payment": "There are payments open, and I would rather settle that with you than let it stand between us",
    "missed-sessions": (
        "Several sessions have been missed or cancelled late, and I would like to find out with you what would help"
    ),
    "engagement": (
        "I have the impression that the coaching is not getting what it needs from both of us just now, and I would "
        "like to talk about that with you before we go on"
    ),
    "relationship": (
        "I have the impression that something stands between us in our work, and I would like to clear it up with you "
        "before we go on"
    ),
    "coach-wellbeing": "I am not able to give you my best just now, and you should have no less",
    "circumstances": "Things have come up that need settling first",
}
ENDED_FOR = {
    "completed": "You have reached what you came for",
    "outside-competence": "What you are working on now asks for other skills than mine, and you should have them",
    "needs-other-care": "What you need now is another kind of care than coaching, and you should have it",
    "dependency": "Coaching is meant to make itself unnecessary, and I believe that you are ready to rely on yourself",
    "relationship": "I do not feel that I am the right person for you to work with any more",
    "conflict-of-interest": "I have a conflict of interest, and you should have a coach who has none",
    "non-payment": "There are payments open that we have not been able to settle",
    "missed-sessions": "Too many sessions have fallen through for the coaching to be of use to you",
    "engagement": "I do not think that the coaching gives you what it should at this time",
    "circumstances": "Circumstances do not allow us to go on",
}
OPEN_DOOR = frozenset({"completed", "client-request", "circumstances"})
"""Endings after which the client may ask again one day; other endings of the coach's are a clean break (S1)."""


def cancellation_facts(file: ClientFile, session: Session | None) -> dict[str, Fact]:
    """Say who cancelled and why, what it costs, and the session in its place; never the note."""
    says = session.cancelled if session else None
    if session is None or not (session.is_cancelled or session.is_missed):
        return {}
    by, reason = (says.by or "", says.reason or "") if says else ("", "")
    rebooked = file.attendance.named(says.rebooked) if says else None
    terms = file.attendance.terms_of(session)
    fee = terms.cancellation.late_fee if terms and terms.cancellation else None
    theirs = zone_of(file.client.timezone)
    return {
        "by": by,
        "why": BY_COACH.get(reason, "") if by != "client" else "",
        "is_to_talk_about": reason in TO_TALK_ABOUT,
        "matter": TO_TALK_ABOUT.get(reason, "") if by == "coach" else "",
        "is_technical": reason == "technical",
        "charge": session.charge or "",
        "fee": sum_said(fee, file.practice.currency),
        "is_late": any(one.session is session and file.cancelling.late(one) for one in file.cancelling.cancelled),
        "is_not_replaced": says is not None and says.no_rebook is not None,
        "rebooked": moment_facts(rebooked.at, theirs) if rebooked and rebooked.is_booked else {},
    }


def stop_facts(stopped: Pause | None, today: date) -> dict[str, Fact]:
    """Say from when to when the coaching stops, why, and what it takes to go on."""
    if stopped is None:
        return {}
    reasons = HELD_FOR if stopped.is_hold else PAUSED_FOR
    return {
        **day_facts("start", stopped.from_),
        **day_facts("end", stopped.last_day),
        **day_facts("talked", stopped.discussed),
        "has_begun": stopped.from_ <= today,
        "by": stopped.by or "",
        "why": reasons.get(stopped.reason or "", ""),
        "is_mine": stopped.reason == "coach-wellbeing",
        "is_about_money": stopped.reason == "non-payment",
        "steps": [one_line(one) for one in stopped.steps],
    }


def ending_facts(contract: Contract | None, today: date) -> dict[str, Fact]:
    """Say when the coaching ends, who ended it and why; never the summary, which is the coach's own."""
    ended = contract.ended if contract else None
    if contract is None or ended is None:
        return {}
    return {
        **day_facts("day", ended.date),
        **day_facts("talked", ended.explained),
        "by": ended.by or "",
        "why": ENDED_FOR.get(ended.reason or "", ""),
        "is_completed": ended.reason == "completed",
        "is_ahead": ended.date >= today,
        "is_open_door": ended.by == "client" or ended.reason in OPEN_DOOR,
    }
