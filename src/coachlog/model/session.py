"""A session: booked, moved, held, cancelled, and what was noted of it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from pydantic import Field

from coachlog.model.contract import Party
from coachlog.model.duration import Duration
from coachlog.model.fields import DayOrMoment, Moment, Rating, Reference, Span, Text, Whole, Word, YesNo
from coachlog.model.hours import ContactHours
from coachlog.model.instant import Instant
from coachlog.model.record import Entry, Record

SessionKind = Literal["chemistry", "coaching", "three-way", "review", "closing"]
CancellationReason = Literal[
    "illness",
    "family",
    "work",
    "wellbeing",
    "bereavement",
    "technical",
    "circumstances",
    "non-payment",
    "missed-sessions",
    "engagement",
    "relationship",
    "ethics",
    "schedule",
    "other",
]
COACHING_KINDS = frozenset({"coaching", "review", "closing"})
"""The kinds that count as coaching: towards the number, the schedule, the hours (rules.md, Sessions)."""
DEFAULT_LENGTH = Duration(minutes=60, text="60 min")
"""How long a session is taken to be where neither it nor the contract says."""
AFTER_BOOKING = timedelta(hours=24)
"""How soon after the booking a follow-up is due whose time had passed by then (rules.md, Contact)."""


class Move(Record):
    """A session was moved: from which start, when, by whom."""

    from_: Moment | None = Field(default=None, alias="from")
    at: Moment | None = None
    by: Party | None = None
    told: DayOrMoment | None = None
    reason: CancellationReason | None = None


class Prep(Record):
    """The preparation form: when it was sent and came back, and what the client wrote in it."""

    sent: Moment | None = None
    received: Moment | None = None
    since: Text | None = None
    well: Text | None = None
    want: Text | None = None


class Cancellation(Record):
    """Who cancelled, when and why, when the other side was told, and what it costs."""

    at: Moment | None = None
    by: Party | None = None
    reason: CancellationReason | None = None
    told: Moment | None = None
    via: Word | None = None
    rebooked: Reference | None = None
    no_rebook: Text | None = None
    charge: Literal["counts", "fee", "free", "waived"] | None = None
    note: Text | None = None


class Session(Entry):
    """A meeting of coach and client."""

    at: Moment
    status: Literal["booked", "held", "cancelled", "no-show"] = "booked"
    kind: SessionKind = "coaching"
    length: Span | None = None
    minutes: Whole | None = None
    cut: Literal["technical"] | None = None
    booked: Moment | None = None
    moved: tuple[Move, ...] = ()
    via: Word | None = None
    with_: tuple[Reference, ...] = Field(default=(), alias="with")
    late: Span | None = None
    prep: Prep | None = None
    topic: Text | None = None
    goal: Reference | None = None
    outcome: Text | None = None
    importance: Text | None = None
    insights: tuple[Text, ...] = ()
    options: tuple[Text, ...] = ()
    compatible: YesNo | None = None
    prepared: Rating | None = None
    engaged: Rating | None = None
    progress: Rating | None = None
    energy: Rating | None = None
    notes: Text | None = None
    private: Text | None = None
    pro_bono: YesNo | None = None
    counts: YesNo | None = None
    contract: Reference | None = None
    cancelled: Cancellation | None = None

    @property
    def day(self) -> date:
        """The date of its start on the practice's wall clock."""
        return self.at.day

    @property
    def is_coaching(self) -> bool:
        """Tell whether it is a coaching session: of kind coaching, review or closing."""
        return self.kind in COACHING_KINDS

    @property
    def is_held(self) -> bool:
        """Tell whether it took place."""
        return self.status == "held"

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it was cancelled, by whomever."""
        return self.status == "cancelled"

    @property
    def is_missed(self) -> bool:
        """Tell whether the client did not come."""
        return self.status == "no-show"

    @property
    def is_booked(self) -> bool:
        """Tell whether it is on file as booked, to come or not yet closed."""
        return self.status == "booked"

    @property
    def charge(self) -> str | None:
        """What a cancelled or missed session costs the client; None until the coach decides."""
        return self.cancelled.charge if self.cancelled else None

    @property
    def counted(self) -> bool:
        """Tell whether it counts against the contracted number; a missing charge counts as free."""
        if self.counts is not None:
            return self.counts and not self.is_booked
        if self.status in {"cancelled", "no-show"}:
            return self.charge == "counts"
        return self.is_held and self.is_coaching

    @property
    def would_count(self) -> bool:
        """Tell whether a booking would count against the contracted number if it were held."""
        return self.is_booked and (self.is_coaching if self.counts is None else self.counts)

    def end(self, planned: Duration) -> Instant:
        """Give its end: start plus what it really took, else its planned length."""
        return self.at.after(planned.elapsed if self.minutes is None else timedelta(minutes=self.minutes))

    @property
    def settled(self) -> Instant | None:
        """When its start was settled last: when it was booked or moved; None where nobody noted it."""
        noted = [self.booked, *(move.at for move in self.moved)]
        return max((moment for moment in noted if moment), default=None)

    def due_before(self, span: Duration, hours: ContactHours | None) -> Instant:
        """Give when a follow-up is due that is contracted for so long before it.

        Outside the contact hours that is their next opening. Where the session was booked or moved later than that,
        it is 24 h after the booking; and it is never later than the start.
        """
        due = _opening(self.ahead(span, hours), hours)
        if self.settled and self.settled > due:
            due = _opening(self.settled.after(AFTER_BOOKING), hours)
        return min(due, self.at)

    def ahead(self, span: Duration, hours: ContactHours | None) -> Instant:
        """Give the moment that lies so long before its start, such as the last one that keeps a notice.

        Working days are those on which the contact hours open, as far as any do.
        """
        return _before(self.at, span, hours)


def _opening(moment: Instant, hours: ContactHours | None) -> Instant:
    return (hours.next_opening(moment) if hours else None) or moment


def _before(moment: Instant, span: Duration, hours: ContactHours | None) -> Instant:
    """Go back so long; a working day is one on which the contact hours open."""
    if hours is None or not span.working_days:
        return moment.plus(span, sign=-1)
    back = (moment.day - timedelta(days=number) for number in range(1, 7 * span.working_days + 1))
    day = next(islice(filter(hours.opens, back), span.working_days - 1, None), None)
    rest = replace(span, working_days=0)
    return (Instant.on(day, moment.zone, moment.clock) if day else moment).plus(rest, sign=-1)
