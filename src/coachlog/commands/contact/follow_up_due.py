"""Which contracted follow-up a reminder, a prep form or a nudge keeps: the one of its kind that is due."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract, FollowUp
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.when import BesideSession

KINDS = {"reminder": "reminder", "prep": "prep-form"}
"""What a contact is for, and the kind of contracted follow-up that it keeps."""
NUDGED_UNTIL = timedelta(days=1)
"""A missed update is nudged for on the next day (rules.md, FUP103)."""
FORM_FOR = frozenset({"coaching", "review"})
"""The kinds of session that a prep form is sent for (rules.md, FUP102)."""
END_OF_DAY = time(23, 59)


class Due(NamedTuple):
    """A follow-up that is owed: its id, the session it is about, when it is due, and since when it could be sent."""

    follow_up: str
    session: Session | None
    at: Instant
    since: Instant | None = None


def follow_up_kept(file: ClientFile, purpose: str | None, now: Instant) -> Due | None:
    """Give the follow-up that a contact of the coach keeps, by what it is for; None where none or several are due.

    What is due today or is late comes before what may be sent ahead of its time.
    """
    owed = list(_nudges(file, now) if purpose == "nudge" else _owed(file, KINDS.get(purpose or ""), now))
    pressing = [one for one in owed if one.at.day <= now.day]
    several = pressing or owed
    return several[0] if len(several) == 1 else None


def _owed(file: ClientFile, kind: str | None, now: Instant) -> Iterator[Due]:
    terms = file.agreements.terms_on(now.day)
    if terms is None or file.agreements.paused(now.day):
        return
    for follow_up in terms.follow_up:
        if follow_up.kind == kind and follow_up.from_ == "coach" and follow_up.id:
            yield from (one for one in _times(file, terms, follow_up, now) if not _is_kept(file, kind, one))


def _times(file: ClientFile, terms: Contract, follow_up: FollowUp, now: Instant) -> Iterator[Due]:
    """Give the times of a follow-up that may be kept now: of the last session, of the next one, or of its day."""
    name, when = follow_up.id or "", follow_up.when
    if not isinstance(when, BesideSession):
        yield Due(name, None, Instant.on(when, now.zone, END_OF_DAY))
        return
    hours = file.practice.contact_hours(terms.contact_clause.hours if terms.contact_clause else None)
    held = file.attendance.held_coaching[-1:]
    if when.side == "before":
        ahead = [one for one in file.attendance.sessions if one.is_booked and one.at > now and _asks(follow_up, one)]
        since = held[0].at if held else None
        yield from (Due(name, one, one.due_before(when.span, hours), since) for one in ahead[:1])
        return
    for session in held:
        at = session.end(file.attendance.planned_length(session)).plus(when.span)
        if session.kind != "closing" and session.at <= now:
            yield Due(name, session, (hours.next_opening(at) if hours else None) or at, session.at)


def _asks(follow_up: FollowUp, session: Session) -> bool:
    return follow_up.kind != "prep-form" or session.kind in FORM_FOR


def _is_kept(file: ClientFile, kind: str | None, due: Due) -> bool:
    """Tell whether it was sent already: by a contact that names it and the session, or noted with the session."""
    noted = kind == "prep-form" and due.session and due.session.prep and due.session.prep.sent
    contacts = (one for one in file.contacts if one.by_coach and one.follow_up == due.follow_up)
    return bool(noted) or any(_is_about(file, one, due) for one in contacts)


def _is_about(file: ClientFile, contact: Contact, due: Due) -> bool:
    """Tell whether a contact is about the session of a follow-up; one that names none is, where it came since then."""
    if contact.session is not None:
        return due.session is not None and file.attendance.named(contact.session) is due.session
    return due.since is None or contact.at >= due.since


def _nudges(file: ClientFile, now: Instant) -> Iterator[Due]:
    """Give the open steps whose client asked to be nudged."""
    for action in file.actions:
        agreed = action.follow_up
        last = (agreed.until or action.due) if agreed else None
        if agreed and agreed.nudge and action.is_open and action.id and _lasts(last, now.day):
            yield Due(action.id, file.attendance.named(action.session), now)


def _lasts(last: date | None, today: date) -> bool:
    return last is None or today <= last + NUDGED_UNTIL


def names_to_follow_up(file: ClientFile, day: date) -> Sequence[FollowUp | Action]:
    """Give what a contact may belong to on a day: the follow-ups of the contract in force, and the client's actions."""
    terms = file.agreements.terms_on(day)
    return (*(terms.follow_up if terms else ()), *file.actions)
