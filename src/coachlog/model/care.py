"""The duty of care: consents, disclosures, concerns, referrals, leader updates, feedback."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from coachlog.model.fields import Amount, Day, Expected, Reference, Text, Word, Words
from coachlog.model.record import Entry, Record

ConcernKind = Literal[
    "harm",
    "medical",
    "psychological",
    "counselling",
    "outside-competence",
    "dependency",
    "exclusive-attachment",
    "dual-relationship",
    "relationship",
    "engagement",
    "ethics",
    "conflict-of-interest",
    "boundary",
    "wellbeing",
    "other",
]


class Consent(Entry):
    """What the client agreed to have passed on, to whom, and until when."""

    given: Day
    to: Reference
    for_: Literal["leader-update", "disclosure", "referral", "recording", "ai", "credential-log"] = Field(alias="for")
    form: Literal["written", "email", "signed", "verbal"] | None = None
    scope: Words = ()
    until: Day | None = None
    revoked: Day | None = None


class Disclosure(Entry):
    """Something of the client was told to somebody, and on which basis."""

    date: Day
    to: Reference | None = None
    basis: Word | None = None
    consent: Reference | None = None
    what: Words = ()
    reference: Text | None = None
    note: Text | None = None


class Concern(Entry):
    """What the coach noticed, and what was done about it."""

    noticed: Day
    kind: ConcernKind
    note: Text | None = None
    raised: Day | None = None
    consulted: Reference | None = None
    decision: Literal["continue", "refer", "pause", "end"] | None = None
    decided: Day | None = None
    resolved: Day | None = None


class Person(Record):
    """Somebody the coach refers to who is not in the directory."""

    name: Text | None = None
    role: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    url: Text | None = None


def _person(value: object) -> object:
    if isinstance(value, (str, dict, Person)):
        return value
    what = "expected a directory id, or a person such as {name: …, phone: …}"
    raise Expected(what)


class Referral(Entry):
    """The client was pointed to somebody else."""

    date: Day
    concern: Reference | None = None
    to: Annotated[str | Person, BeforeValidator(_person)] | None = None
    why: Text | None = None
    consent: Reference | None = None
    handover: Day | None = None
    compensation: Amount | None = None
    compensation_told: Day | None = None
    answer: Literal["taken", "declined"] | None = None
    answered: Day | None = None


class LeaderUpdate(Entry):
    """A sponsor was told how it goes, and by whom."""

    date: Day
    by: Literal["client", "coach", "both"]
    to: Reference | None = None
    what: Words = ()
    goal_change: Reference | None = None


class Feedback(Entry):
    """What the client said about the coaching."""

    date: Day
    text: Text
