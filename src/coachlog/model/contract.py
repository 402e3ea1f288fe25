"""What was agreed with a client: the contract, its amendments, pauses, payments and its ending."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Discriminator, Field, PrivateAttr, Tag

from coachlog.model.fields import (
    Amount,
    Count,
    Day,
    Expected,
    Hours,
    PerHour,
    Reading,
    Reference,
    Span,
    Text,
    Word,
    Words,
    YesNo,
)
from coachlog.model.money import Frequency
from coachlog.model.record import Entry, Record
from coachlog.model.when import FollowUpTime

Party = Literal["client", "coach", "both", "sponsor"]
LateTerms = Literal["counts", "fee", "free"]
PauseReason = Literal[
    "circumstances", "coach-wellbeing", "relationship", "engagement", "missed-sessions", "non-payment", "other"
]
EndingReason = Literal[
    "completed",
    "client-request",
    "outside-competence",
    "needs-other-care",
    "dependency",
    "relationship",
    "conflict-of-interest",
    "non-payment",
    "missed-sessions",
    "engagement",
    "circumstances",
    "other",
]


def _limit(value: object) -> object:
    if value == "unlimited":
        return value
    limit = Frequency.parse(value) if isinstance(value, str) else value
    if isinstance(limit, Frequency):
        return limit
    what = "expected a limit, such as 2 per week, or unlimited"
    raise Expected(what)


class Clause(NamedTuple):
    """The record that a term was agreed in, the contract or an amendment, and the way to the term inside it."""

    record: Record
    path: tuple[str, ...]


class Goal(Entry):
    """What the coaching is for."""

    text: Text
    from_: Literal["client", "sponsor", "coach"] | None = Field(default=None, alias="from")
    measure: Text | None = None
    agreed: Day | None = None
    reached: Day | None = None
    replaces: Reference | None = None


class Fee(Record):
    """What the coaching costs, for what, and when it is due after it arises."""

    amount: Amount | None = None
    per: Literal["package", "session", "hour", "month"] | None = None
    due: Span | None = None
    parts: Count | None = None
    every: Span | None = None


class CancellationTerms(Record):
    """What was agreed about cancelling: the notice, and what a late cancellation costs the client."""

    notice: Span | None = None
    late: LateTerms | None = None
    late_fee: Amount | None = None
    no_show_after: Span | None = None
    strikes: Count | None = None


class ContactClause(Record):
    """What was agreed about contact between sessions: the media with their response times, hours, limits, charges."""

    via: dict[Word, Span | None] = Field(default_factory=dict)
    hours: Hours | None = None
    coach_may_start: YesNo | None = None
    limit: Annotated[Frequency | Literal["unlimited"], Reading(_limit)] | None = None
    free: Span | None = None
    rate: PerHour | None = None

    @property
    def untimed(self) -> tuple[str, ...]:
        """The contracted media that promise no response time."""
        return tuple(medium for medium, response in self.via.items() if response is None)


def _no_contact(value: object) -> object:
    if value == "none":
        return value
    what = "expected the clause on contact, as a mapping, or none"
    raise Expected(what)


def _form_of_clause(value: object) -> str:
    return "none" if isinstance(value, str) else "clause"


AgreedContact = Annotated[
    Annotated[ContactClause, Tag("clause")]
    | Annotated[Annotated[Literal["none"], BeforeValidator(_no_contact)], Tag("none")],
    Discriminator(_form_of_clause),
]
"""The clause on contact between sessions, or `none`: there is to be none."""


class FollowUp(Entry):
    """Contact that is contracted: what is sent, by whom (default: the coach), when, and by which medium."""

    kind: Literal["reminder", "prep-form", "update", "work", "goals"]
    from_: Literal["client", "coach"] = Field(default="coach", alias="from")
    when: FollowUpTime
    via: Word | None = None


class Confidentiality(Record):
    """The code that the coach works under, and the exceptions that the client knows of."""

    code: Text | None = None
    exceptions: tuple[Word, ...] = ()


class Sharing(Record):
    """What sponsors are told, and by whom."""

    with_: tuple[Reference, ...] = Field(default=(), alias="with")
    what: Words = ()
    reported_by: Literal["client", "coach", "both"] | None = None


class Termination(Record):
    """How either side may end the contract."""

    notice: Span | None = None


class AfterEnd(Record):
    """The contact that was agreed for the time after the ending."""

    until: Day | None = None
    via: tuple[Word, ...] = ()
    for_: Text | None = Field(default=None, alias="for")


class Terms(Record):
    """What can be agreed: the fields of a contract that an amendment may change."""

    form: Literal["verbal", "email", "signed"] | None = None
    starts: Day | None = None
    ends: Day | None = None
    sessions: Count | None = None
    length: Span | None = None
    every: Span | None = None
    media: tuple[Word, ...] = ()
    goals: tuple[Goal, ...] = ()
    fee: Fee | None = None
    pro_bono: YesNo | None = None
    cancellation: CancellationTerms | None = None
    between_sessions: AgreedContact | None = None
    follow_up: tuple[FollowUp, ...] = ()
    welcome_pack: Day | None = None
    confidentiality: Confidentiality | None = None
    sharing: Sharing | None = None
    termination: Termination | None = None
    after_end: AfterEnd | None = None

    _amended: dict[str, Record] = PrivateAttr(default_factory=dict)

    @property
    def contact_clause(self) -> ContactClause | None:
        """The clause on contact between sessions; None where there is none, or where it says `none`."""
        return self.between_sessions if isinstance(self.between_sessions, ContactClause) else None

    def clause(self, field: str, *path: str) -> Clause:
        """Say where a term was agreed: in the contract itself, or in the last amendment that set it."""
        if field in self._amended:
            return Clause(self._amended[field], ("set", field, *path))
        return Clause(self, (field, *path))

    def without(self, names: AbstractSet[str]) -> Self:
        """Give the terms as if these had never been named."""
        kept = self.model_copy()
        kept.model_fields_set.difference_update(names)
        return kept

    def amended(self, amendment: "Amendment") -> Self:
        """Replace each field that an agreed change names, as a whole."""
        changes = {name: getattr(amendment.set, name) for name in amendment.set.model_fields_set}
        changed = self.model_copy(update=changes)
        changed._amended = self._amended | dict.fromkeys(changes, amendment)  # noqa: SLF001 — its own copy
        return changed


class Amendment(Entry):
    """An agreed change: `set` overrides the fields of the contract from that day on."""

    agreed: Day
    set: Terms
    why: Text | None = None


class Pause(Entry):
    """A mutual pause, or a hold: the coach suspends the coaching until something is resolved."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    kind: Literal["pause", "hold"] = "pause"
    by: Party | None = None
    reason: PauseReason | None = None
    discussed: Day | None = None
    steps: tuple[Text, ...] = ()
    lifted: Day | None = None
    resolution: Text | None = None

    @property
    def is_hold(self) -> bool:
        """Tell whether it is the coach's hold; its `to` does not lift it."""
        return self.kind == "hold"

    @property
    def last_day(self) -> date | None:
        """The last day covered: a pause's `to`, else the day before it was lifted; None until further notice."""
        if self.to and not self.is_hold:
            return self.to
        return self.lifted and self.lifted - timedelta(days=1)

    def covers(self, day: date) -> bool:
        """Tell whether a day lies within it."""
        return self.from_ <= day and (self.last_day is None or day <= self.last_day)


class Payment(Entry):
    """Money that came in; a refund is negative."""

    date: Day
    amount: Amount
    for_: Text | None = Field(default=None, alias="for")


class Ending(Record):
    """How a contract ended before it ran out, who ended it and why."""

    date: Day
    by: Party | None = None
    reason: EndingReason | None = None
    explained: Day | None = None
    supervision: Reference | None = None
    summary: Text | None = None

    @property
    def by_coach(self) -> bool:
        """Tell whether the coach ended it; where it was both, or nobody says who, the coach did not."""
        return self.by == "coach"


class Contract(Terms, Entry):
    """An agreement with a client; without `agreed` it is a draft and in force for nothing."""

    agreed: Day | None = None
    renews: Reference | None = None
    amendments: tuple[Amendment, ...] = ()
    pauses: tuple[Pause, ...] = ()
    payments: tuple[Payment, ...] = ()
    ended: Ending | None = None

    _on_day: dict[int, "Contract"] = PrivateAttr(default_factory=dict)

    def known_at(self, changes: Mapping[str, object]) -> Self:
        """Give the contract as it stood; what was worked out for other amendments is forgotten."""
        changed = super().known_at(changes)
        if changed is not self:
            changed._on_day = {}  # noqa: SLF001 — its own copy
        return changed

    def as_if_agreed(self, terms: Terms, names: AbstractSet[str]) -> Self:
        """Give the contract as if it had held these of some terms from its beginning, whatever amended them since."""
        amendments = tuple(one.model_copy(update={"set": one.set.without(names)}) for one in self.amendments)
        return self.known_at({**{name: getattr(terms, name) for name in names}, "amendments": amendments})

    def terms(self, day: date) -> "Contract":
        """Give the contract with every amendment agreed by a day applied, in the order of their days."""
        if not self.amendments:
            return self
        applied = sorted((a for a in self.amendments if a.agreed <= day), key=lambda amendment: amendment.agreed)
        if len(applied) not in self._on_day:
            terms = self
            for amendment in applied:
                terms = terms.amended(amendment)
            self._on_day[len(applied)] = terms
        return self._on_day[len(applied)]

    @property
    def goals_ever(self) -> tuple[Goal, ...]:
        """Every goal that was ever agreed in it; of one that an amendment has taken over, its last wording."""
        written = (*self.goals, *(goal for amendment in self.amendments for goal in amendment.set.goals))
        return tuple({goal.id or str(place): goal for place, goal in enumerate(written)}.values())

    def begins(self, day: date) -> date | None:
        """Give the first day in force as the terms of a day say: the later of `agreed` and `starts`."""
        starts = self.terms(day).starts
        return self.agreed and max(self.agreed, starts or self.agreed)

    @property
    def first_day(self) -> date:
        """The first day in force of an agreed contract, by the terms of that day; an amendment may have moved it."""
        versions = {self.agreed or date.max, *(amendment.agreed for amendment in self.amendments)}
        begun = {begins for day in versions if (begins := self.begins(day))}
        return min((day for day in versions | begun if (self.begins(day) or date.max) <= day), default=date.max)

    def last_day(self, day: date) -> date | None:
        """Give the last day in force as the terms of a day say: the ending's, else `ends`; None when open."""
        return self.ended.date if self.ended else self.terms(day).ends

    def in_force(self, day: date) -> bool:
        """Tell whether it is in force on a day; the first and the last day both count."""
        begins, last = self.begins(day), self.last_day(day)
        return begins is not None and begins <= day and (last is None or day <= last)

    def over(self, day: date) -> bool:
        """Tell whether it has ended or run out before a day."""
        return self.agreed is not None and self.agreed <= day and self.finished(day)

    def finished(self, day: date) -> bool:
        """Tell whether it has ended or run out before a day; one that was called off before it began has, too."""
        last = self.last_day(day)
        return last is not None and last < day

    def paused(self, day: date) -> Pause | None:
        """Give the pause or hold that covers a day."""
        return next((pause for pause in self.pauses if pause.covers(day)), None)
