"""What is checked before it is told to anybody: once it is out, nothing takes it back.

What is told today can still be held back, so it is a plan, and refused where neither a consent nor the contract allows
it. What was told on an earlier day is a fact.
"""

import shlex
from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from coachlog.commands.care.kept import Kept, Said
from coachlog.commands.care.whom import Whom
from coachlog.commands.desk.boundaries import PlanRefused
from coachlog.commands.desk.desk import Change, Manner, Outcome
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.naming import named
from coachlog.model.care import Consent
from coachlog.store.emit import Word

On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day; an earlier one is noted as a fact.")]
ConsentId = Annotated[
    str | None, typer.Option("--consent", metavar="ID", help="The consent; default: one that covers it.")
]


def manner_of(kept: Kept, day: date, *, anyway: bool, waive: str | None, dry_run: bool) -> Manner:
    """Say how it is written: of today it is a plan; of an earlier day a fact, save that it may be waived."""
    return Manner(day == kept.today or waive is not None, anyway, waive, dry_run)


def carried_out(kept: Kept, changes: list[Change], manner: Manner, remedy: str) -> Outcome:
    """Make the changes, and where they are refused say what would make them right. Raises PlanRefused."""
    try:
        return kept.desk.carry_out(kept.code, changes, manner)
    except PlanRefused as refusal:
        what = refusal.what.replace("Not planned", "Not written", 1)
        raise PlanRefused(what, f"{remedy} Otherwise {refusal.remedy[:1].lower()}{refusal.remedy[1:]}") from None


def consent_named(kept: Kept, wanted: str | None) -> Consent | None:
    """Find the consent that is named, if one is. Raises WrongCall."""
    return named(kept.file.care.consents, wanted, kept.desk.now) if wanted else None


def consent_link(kept: Kept, consent: Consent | None) -> Said:
    """Say which consent a record goes by, by the id that lasts. Raises CannotWrite."""
    return {"consent": Word(lasting_id(kept.desk, consent)) if consent else None}


def flaws_of(kept: Kept, person: Whom, day: date, what: Sequence[str] = ()) -> str:
    """Say of each consent to a person why it does not serve on a day."""
    those = (one for one in kept.file.care.consents if kept.file.same_person(one.to, person.mention))
    whys = [(one, one.flaw(day) or (None if one.covers(what) else "does not cover all of it")) for one in those]
    told = [f"{one.label} {why}" for one, why in whys if why]
    return f"On file: {'; '.join(told)}. " if told else ""


def asking_for_consent(kept: Kept, person: Whom, purpose: str) -> str:
    """Say how a consent is asked for and noted, as a command."""
    to = shlex.quote(person.mention)
    call = f"coachlog consent add {kept.code} --to {to} --for {purpose} --form email"
    return f"Ask {kept.name} in writing, then note it: {call}."
