"""The duty of care: consents, disclosures, concerns, referrals, leader updates, feedback."""

from collections.abc import Sequence
from datetime import date as Date  # noqa: N812 — some records have a field of that name
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from coachlog.model.fields import Amount, Day, Expected, Reference, Text, Word, Words
from coachlog.model.record import Entry, Record
from coachlog.model.words import day_words

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
Purpose = Literal["leader-update", "disclosure", "referral", "recording", "ai", "credential-log"]
"""What a consent is for."""
Form = Literal["written", "email", "signed", "verbal"]
"""How a consent was given; a verbal one is noted, and is not valid."""
Decision = Literal["continue", "refer", "pause", "end"]
"""What becomes of the coaching after a concern."""
Answer = Literal["taken", "declined"]
"""What the client made of a referral."""
Reporter = Literal["client", "coach", "both"]
"""Who tells a sponsor how it goes."""

BEYOND_COACHING: frozenset[ConcernKind] = frozenset({"medical", "psychological", "counselling", "outside-competence"})
"""The kinds of concern that call for somebody else (rules.md, REF101)."""
FOR_SUPERVISION: frozenset[ConcernKind] = frozenset(
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
"""The kinds of concern that lie between coach and client (rules.md, SUP104)."""
IN_WRITING = frozenset({"written", "email", "signed"})
"""The forms in which a consent is valid (rules.md, People and consent)."""


class Consent(Entry):
    """What the client agreed to have passed on, to whom, and until when."""

    given: Day
    to: Reference
    for_: Purpose = Field(alias="for")
    form: Form | None = None
    scope: Words = ()
    until: Day | None = None
    revoked: Day | None = None

    def valid_on(self, day: Date) -> bool:
        """Tell whether it was given by a day in writing, has not run out and was not revoked by then."""
        return self.flaw(day) is None

    def flaw(self, day: Date) -> str | None:
        """Say why it is not valid on a day, such as `ran out on Sun 12 Jul 2026`; None where it is."""
        if self.form not in IN_WRITING:
            return "is not in writing"
        if self.given > day:
            return f"was given on {day_words(self.given)}"
        if self.revoked and self.revoked <= day:
            return f"was revoked on {day_words(self.revoked)}"
        return f"ran out on {day_words(self.until)}" if self.until and self.until < day else None

    def covers(self, what: Sequence[str]) -> bool:
        """Tell whether its scope covers every word of what is passed on, case ignored; without a scope, all of it."""
        scope = {word.casefold() for word in self.scope}
        return not scope or all(word.casefold() in scope for word in what)


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
    decision: Decision | None = None
    decided: Day | None = None
    resolved: Day | None = None

    @property
    def decided_on(self) -> Date | None:
        """The day on which it was decided what to do; one that is not noted is the day on which it was noticed."""
        return self.decided or (self.noticed if self.decision else None)


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


def _id_or_person(value: object) -> str:
    return "id" if isinstance(value, str) else "person"


AnyPerson = Annotated[Annotated[Reference, Tag("id")] | Annotated[Person, Tag("person")], Discriminator(_id_or_person)]
"""An id of the directory, or somebody who is not in it."""


class Referral(Entry):
    """The client was pointed to somebody else."""

    date: Day
    concern: Reference | None = None
    to: Annotated[AnyPerson, BeforeValidator(_person)] | None = None
    why: Text | None = None
    consent: Reference | None = None
    handover: Day | None = None
    compensation: Amount | None = None
    compensation_told: Day | None = None
    answer: Answer | None = None
    answered: Day | None = None

    @property
    def mention(self) -> str | None:
        """How it mentions the person: by an id or a name; None where it names nobody."""
        mention = self.to.name if isinstance(self.to, Person) else self.to
        return mention if mention and mention.strip() else None


class LeaderUpdate(Entry):
    """A sponsor was told how it goes, and by whom."""

    date: Day
    by: Reporter
    to: Reference | None = None
    what: Words = ()
    goal_change: Reference | None = None


class Feedback(Entry):
    """What the client said about the coaching."""

    date: Day
    text: Text
