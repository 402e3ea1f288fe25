"""The updates that a client promised to send on a step, and the nudges that they asked for when one does not come."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cached_property
from typing import NamedTuple

from coachlog.model.action import Action, StepFollowUp
from coachlog.model.contact import Contact
from coachlog.model.correspondence import Correspondence
from coachlog.model.instant import Instant

A_DAY = timedelta(days=1)
NOON = time(12)
"""By when on the next day a nudge is sent (rules.md, FUP103)."""
AFTER_OPENING = timedelta(hours=3)
"""How soon after the next opening, where the office is closed at noon (rules.md, FUP103)."""
STEPS = {"day": 1, "week": 7}
"""How many days apart the updates are owed."""


class OwedUpdate(NamedTuple):
    """An update that is owed for a day; news of any day since `since` serves as well."""

    action: Action
    day: date
    since: date


class Updates:
    """The updates on the steps of one client."""

    def __init__(self, correspondence: Correspondence) -> None:
        """Take the contacts, as questions; they know the sessions and the steps."""
        self.correspondence = correspondence
        self.attendance = correspondence.attendance
        self.practice = correspondence.practice

    def owed(self, action: Action, until: date) -> tuple[OwedUpdate, ...]:
        """Give the updates that are owed on a step up to a day, in order, while it is open.

        Daily and weekly ones are counted from the day after the session in which it was committed to.
        """
        agreed = action.follow_up
        last = min((day for day in (_last_day(action), until) if day), default=until)
        open_until = _closed_on(action)
        days = self._days(action, agreed, last) if agreed else ()
        return tuple(one for one in days if open_until is None or one.day < open_until)

    def _days(self, action: Action, agreed: StepFollowUp, last: date) -> Iterator[OwedUpdate]:
        session = self.attendance.named(action.session)
        if agreed.every is None:
            due = _last_day(action)
            if due and due <= last:
                yield OwedUpdate(action, due, min(session.day, due) if session else date.min)
        elif session:
            apart = timedelta(days=STEPS[agreed.every])
            day = session.day + apart
            while day <= last:
                yield OwedUpdate(action, day, day - apart + A_DAY)
                day += apart

    def late_from(self, owed: OwedUpdate) -> Instant:
        """Give the moment until which an update is to come: by its time of the day, else the end of the day."""
        agreed = owed.action.follow_up
        clock = agreed.by if agreed else None
        return self._on(owed.day, clock) if clock else self._on(owed.day + A_DAY, time.min)

    def nudge_by(self, owed: OwedUpdate) -> Instant | None:
        """Give the moment until which a nudge is sent for an update that did not come.

        That is noon of the next day, or three hours after the office opens where it is closed then; None where it
        does not open any more.
        """
        noon = self._on(owed.day + A_DAY, NOON)
        hours = self.practice.hours_under(self.correspondence.agreements.terms_on(noon.day))
        if hours is None or hours.is_open(noon):
            return noon
        opening = hours.next_opening(noon)
        return opening and opening.after(AFTER_OPENING)

    def came(self, owed: OwedUpdate, by: Instant) -> bool:
        """Tell whether news of a step had come by a moment: noted with it, sent, or told when the two met on the day.

        News that is late is news: nobody is nudged for what has come meanwhile.
        """
        action = owed.action
        agreed = action.follow_up
        undated = agreed is not None and agreed.every is None
        noted = any(owed.since <= one.date <= owed.day if one.date else undated for one in action.updates)
        sent = (one.at for one in self._of(action) if one.by_client and one.day >= owed.since)
        met = (at for at in self._met if at.day >= owed.day)
        return noted or any(at <= by for at in (*sent, *met))

    def nudged(self, owed: OwedUpdate, by: Instant) -> bool:
        """Tell whether the coach asked for an update by a moment.

        A nudge of before noon is for the day before, unless the update was due by then.
        """
        first = min(self.late_from(owed), self._on(owed.day, NOON))
        nudges = (one for one in self._of(owed.action) if one.by_coach and (one.for_ == "nudge" or not one.reply_to))
        since = (one.at for one in nudges if (one.at >= first or owed.since <= one.day < owed.day))
        return any(at <= by for at in since)

    def was_asked_for(self, nudge: Contact, action: Action) -> bool:
        """Tell whether a nudge was asked for: the client wants to be, and updates were still to come, or the last was.

        An action without a last day goes on.
        """
        agreed = action.follow_up
        if agreed is None or not agreed.nudge:
            return False
        if agreed.until is None or nudge.day <= agreed.until:
            return True
        last = self.owed(action, agreed.until)[-1:]
        return any((by := self.nudge_by(one)) and nudge.at <= by and not self.came(one, nudge.at) for one in last)

    @cached_property
    def _met(self) -> tuple[Instant, ...]:
        return tuple(session.at for session in self.attendance.sessions if session.is_held)

    def _of(self, action: Action) -> tuple[Contact, ...]:
        return self._contacts.get(id(action), ())

    @cached_property
    def _contacts(self) -> dict[int, tuple[Contact, ...]]:
        """The contacts of both sides that belong to each step."""
        found: dict[int, tuple[Contact, ...]] = {}
        for contact in self.correspondence.contacts:
            action = self.correspondence.belongs_to(contact)
            if isinstance(action, Action):
                found[id(action)] = (*found.get(id(action), ()), contact)
        return found

    def _on(self, day: date, clock: time) -> Instant:
        return Instant.on(day, self.practice.timezone, clock)


def _last_day(action: Action) -> date | None:
    """Give the last day for which updates are owed; None where nobody said one."""
    return (action.follow_up.until if action.follow_up else None) or action.due


def _closed_on(action: Action) -> date | None:
    """Give the day from which it is no longer open; one that was dropped on a day that nobody noted never was."""
    dropped = (action.dropped.date or date.min) if action.dropped else None
    return min((day for day in (action.done, dropped) if day), default=None)
