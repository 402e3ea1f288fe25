"""Which contracted follow-up a reminder, a prep form or a nudge keeps: the one of its kind that is due."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import FollowUp
from coachlog.model.follow_ups import FORM_SENT_FOR, Due
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.when import BesideSession

KINDS = {"reminder": "reminder", "prep": "prep-form"}
"""What a contact is for, and the kind of contracted follow-up that it keeps."""
NUDGED_UNTIL = timedelta(days=1)
"""A missed update is nudged for on the next day (rules.md, FUP103)."""


class Kept(NamedTuple):
    """The follow-up that a contact keeps: its id, the session it is about, and the day on which it is due."""

    follow_up: str
    session: Session | None
    day: date


def follow_up_kept(file: ClientFile, purpose: str | None, now: Instant) -> Kept | None:
    """Give the follow-up that a contact of the coach keeps, by what it is for; None where none or several are due.

    What is due today or is late comes before what may be sent ahead of its time.
    """
    owed = list(_nudges(file, now) if purpose == "nudge" else _owed(file, KINDS.get(purpose or ""), now))
    pressing = [one for one in owed if one.day <= now.day]
    meeting = None if pressing or purpose != "reminder" else _meeting_ahead(file, now)
    several = pressing or ([meeting] if meeting else owed)
    return several[0] if len(several) == 1 else None


def _meeting_ahead(file: ClientFile, now: Instant) -> Kept | None:
    """Give the reminder of the next session where that is none of coaching: nobody owes it, and yet it is meant."""
    terms = file.agreements.terms_on(now.day)
    ahead = next((one for one in file.attendance.sessions if one.is_booked and one.at > now), None)
    if terms is None or ahead is None or ahead.is_coaching:
        return None
    sent = {one.follow_up for one in file.contacts if ahead.id and one.session == ahead.id}
    left = (one.id for one in terms.follow_up if _comes_before(one) and one.id not in sent)
    return next((Kept(name, ahead, now.day) for name in left if name), None)


def _comes_before(follow_up: FollowUp) -> bool:
    """Tell whether it is a reminder of the coach's before a session."""
    when = follow_up.when
    is_before = isinstance(when, BesideSession) and when.side == "before"
    return is_before and follow_up.kind == "reminder" and follow_up.from_ == "coach"


def _owed(file: ClientFile, kind: str | None, now: Instant) -> Iterator[Kept]:
    """Give what may be sent now and was not: for the last session, for the next booked one, or by a day."""
    terms = file.agreements.terms_on(now.day)
    if terms is None or file.agreements.paused(now.day):
        return
    for follow_up in terms.follow_up:
        if follow_up.kind != kind or not follow_up.id:
            continue
        dues = [due for due in file.follow_ups.owed if due.contract.origin is terms.origin and _is(due, follow_up)]
        ahead = _next_before(file, follow_up, now)
        due_now = [
            due for due in dues if _is_of_last_session(file, due, now) or due.session is None or due.session is ahead
        ]
        for due in due_now:
            if not file.follow_ups.was_kept(due, now):
                yield Kept(follow_up.id, due.session, due.day)
        if ahead and not any(due.session is ahead for due in due_now) and not _was_sent(file, follow_up, ahead):
            yield Kept(follow_up.id, ahead, now.day)  # too soon to be owed, and yet that session is meant


def _is(due: Due, follow_up: FollowUp) -> bool:
    return due.by_coach and due.follow_up.id == follow_up.id


def _next_before(file: ClientFile, follow_up: FollowUp, now: Instant) -> Session | None:
    """Give the next session that a follow-up of the coach's goes before; None where its own terms ask for none."""
    when, form = follow_up.when, follow_up.kind == "prep-form"
    if not isinstance(when, BesideSession) or when.side != "before" or follow_up.from_ != "coach":
        return None
    ahead = (one for one in file.attendance.sessions if one.is_booked and one.is_coaching and one.at > now)
    session = next((one for one in ahead if not form or one.kind in FORM_SENT_FOR), None)
    terms = file.attendance.terms_of(session) if session else None
    return session if terms and any(one.id == follow_up.id for one in terms.follow_up) else None


def _was_sent(file: ClientFile, follow_up: FollowUp, session: Session) -> bool:
    """Tell whether what is not owed for a session was sent before it all the same."""
    noted = follow_up.kind == "prep-form" and session.prep and (session.prep.sent or session.prep.received)
    named = (one for one in file.contacts if session.id and one.session == session.id)
    return bool(noted) or any(one.follow_up == follow_up.id for one in named)


def _is_of_last_session(file: ClientFile, due: Due, now: Instant) -> bool:
    """Tell whether it is owed for the last session that was held, after it."""
    last = next((one for one in reversed(file.attendance.held_coaching) if one.at <= now), None)
    after = isinstance(due.follow_up.when, BesideSession) and due.follow_up.when.side == "after"
    return after and due.session is not None and due.session is last


def _nudges(file: ClientFile, now: Instant) -> Iterator[Kept]:
    """Give the open steps whose client asked to be nudged."""
    for action in file.actions:
        agreed = action.follow_up
        last = (agreed.until or action.due) if agreed else None
        if agreed and agreed.nudge and action.is_open and action.id and _lasts(last, now.day):
            yield Kept(action.id, file.attendance.named(action.session), now.day)


def _lasts(last: date | None, today: date) -> bool:
    return last is None or today <= last + NUDGED_UNTIL


def names_to_follow_up(file: ClientFile, day: date) -> Sequence[FollowUp | Action]:
    """Give what a contact may belong to on a day: the follow-ups of the contract in force, and the client's actions."""
    terms = file.agreements.terms_on(day)
    return (*(terms.follow_up if terms else ()), *file.actions)
