"""Boundaries that a plan would cross: how it is refused, and how the coach waives them all the same."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coachlog.commands.desk.days import written_day
from coachlog.errors import CannotWrite, CoachlogError
from coachlog.model.instant import Instant
from coachlog.rules.finding import Finding
from coachlog.store.emit import Value, Word
from coachlog.store.locate import way_to
from coachlog.store.splice import insert_record

UNREADABLE, INVALID = "unreadable-file", "invalid-record"
"""The rules by which a file, or a record in it, can't be read (JRN101 and JRN102)."""


class PlanRefused(CoachlogError):
    """A plan would cross a boundary, and the coach has not said that it shall be so (exit 4)."""

    exit_code = 4


class Inherited(NamedTuple):
    """What a new record takes over from another one: findings on it, by rule and subject, that the other had before."""

    record: str
    known: frozenset[tuple[str, str | None]]

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding came with what was taken over."""
        return finding.record == self.record and (finding.code, finding.subject) in self.known


class Planned(NamedTuple):
    """The new records of a plan, and for when: so that a refusal for the sake of another record names this one, too."""

    records: frozenset[str]
    when: str

    def told(self, crossing: Sequence[Finding]) -> str:
        """Say for when it was planned, where no finding is on a record that is new."""
        return "" if any(one.record in self.records for one in crossing) else f" for {self.when}"


def crossed(brought: Iterable[Finding]) -> list[Finding]:
    """Choose the findings for which a plan is refused: breaches and warnings that are not waived."""
    return [one for one in brought if one.counts and one.severity != "advice"]


def known_by(finding: Finding) -> tuple[str, str | None, str, str | None, str | None]:
    """Say by what a finding is the same before and after a change: rule, client, file, record and subject, no line."""
    return finding.code, finding.client, finding.place.file, finding.record, finding.subject


def waiver(rule: str, why: str, now: Instant) -> dict[str, Value]:
    """Give a waiver of today as it stands in a record."""
    return {"rule": Word(rule), "why": why, "date": written_day(now.day)}


def waived(data: bytes, label: str | None, record: dict[str, Value]) -> bytes:
    """Write a waiver into a record of a file, or without a label into the file itself where it is one record.

    Raises CannotProve, and CannotWrite where the record is gone.
    """
    return insert_record(data, (*(way_to(data, label).path if label else ()), "waive"), record)


def with_waiver(data: bytes, finding: Finding, why: str, now: Instant) -> bytes:
    """Write the waiver of a finding into the record that it is on.

    Raises CannotProve, and CannotWrite where the finding is that the file can't be read: a waiver in it would be one
    more mistake.
    """
    if finding.name == UNREADABLE or (finding.record is None and finding.name == INVALID):
        what = f"{finding.name} can't be waived: nothing that is in such a file can be relied on."
        raise CannotWrite(what, "`coachlog check` names its line; mend that first.")
    return waived(data, finding.record, waiver(finding.name, why, now))


def refused(crossing: Sequence[Finding], planned: Planned | None) -> PlanRefused:
    """Refuse a plan, with what it would cross and the two ways to have it all the same."""
    what = f"Not planned{planned.told(crossing) if planned else ''}: {crossed_words(crossing)}"
    return PlanRefused(what, "Add --anyway, or --waive REASON to note why.")


def crossed_words(crossing: Sequence[Finding]) -> str:
    """Say which boundaries a plan would cross: of several findings of one rule the first, and how many are like it."""
    by_rule: dict[str, list[Finding]] = {}
    for one in crossing:
        by_rule.setdefault(one.code, []).append(one)
    return " ".join(_first_of(several) for several in by_rule.values())


def _first_of(several: Sequence[Finding]) -> str:
    first, *others = several
    more = f", and {len(others)} more like it" if others else ""
    return f"{first.message.removesuffix('.')} ({first.code} {first.name}){more}."
