"""All that a check tells, in plain values: as it is kept, and as every format prints it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Self

from coachlog.model.accepted import Accepted
from coachlog.model.severity import SEVERITIES

VERDICTS: tuple[str, ...] = (*SEVERITIES, "waived")
"""What a finding can count as, from the gravest on."""
RECENT = timedelta(days=90)
"""How long ago something may have happened to be listed unasked (commands.md, Judging)."""


class ShownWaiver(NamedTuple):
    """Why a finding is waived, and where that is written; days are ISO texts."""

    why: str
    date: str | None
    until: str | None
    file: str
    line: int


class ShownClause(NamedTuple):
    """The line that a finding was judged by."""

    file: str
    line: int


class ShownFinding(NamedTuple):
    """A finding in plain values; `date` is an ISO day, None for what is standing.

    `since` is the day of what it is about, None where that is not known.
    """

    code: str
    name: str
    severity: str
    client: str | None
    file: str
    line: int
    column: int
    record: str | None
    subject: str | None
    date: str | None
    message: str
    clause: ShownClause | None
    judged_by: str | None
    waived: ShownWaiver | None
    since: str | None = None

    @property
    def verdict(self) -> str:
        """What it counts as: its severity, or waived."""
        return "waived" if self.waived else self.severity


class ShownSilence(NamedTuple):
    """What could not be read of a client (None: of the practice), and the rules that were silent for it."""

    client: str | None
    gap: str
    codes: tuple[str, ...]


class Tally(NamedTuple):
    """How often a rule found something; what is waived is counted apart."""

    code: str
    name: str
    severity: str
    findings: int
    waived: int


@dataclass(frozen=True)
class Verdict:
    """What a check found, in order, with what it looked at.

    `now` is the instant as ISO text with the offset of the practice; `now_words` says it to a person. `headlines`
    says of each client, by code, what stands above its findings. `before` counts what happened before the practice
    is judged. `judged` is False where coachlog.yaml could not be read. `codes` are the clients that were judged, and
    `partial` says that not all were. `unasked` are the rules that were off or not selected. `profiles` are those that
    the journal satisfies, None where only a part of it or of the book was judged. `until` is the instant (UTC, in
    seconds) from which it may no longer hold. `since` is the instant of the earlier check whose findings are left out.
    `baselined` counts what a baseline left out, and `gone` is what of it no longer occurs.
    """

    now: str
    now_words: str
    findings: tuple[ShownFinding, ...]
    silences: tuple[ShownSilence, ...] = ()
    clients: int = 0
    records: int = 0
    unreadable: int = 0
    before: int = 0
    headlines: Mapping[str, str] | None = None
    judged: bool = True
    codes: tuple[str, ...] = ()
    partial: bool = False
    unasked: tuple[str, ...] = ()
    profiles: tuple[str, ...] | None = None
    until: float | None = None
    since: str | None = None
    since_words: str = ""
    baselined: int = 0
    gone: tuple[Accepted, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, the waived ones apart."""
        found = Counter(one.verdict for one in self.findings)
        return {kind: found[kind] for kind in VERDICTS}

    def fails(self, fail_on: str) -> bool:
        """Tell whether a finding that is not waived is as grave as that, or graver."""
        return fail_on != "never" and any(not one.waived and as_grave(one, fail_on) for one in self.findings)

    def is_recent(self, finding: ShownFinding) -> bool:
        """Tell whether a finding is standing, or happened in the last 90 days."""
        if finding.date is None:
            return True
        today = datetime.fromisoformat(self.now).date()
        return date.fromisoformat(finding.date) >= today - RECENT

    def at(self, now: str, now_words: str) -> Self:
        """Say of which instant it is asked, where what was found still holds."""
        return replace(self, now=now, now_words=now_words)

    def as_plain(self) -> dict[str, Any]:
        """Give everything as JSON can hold it, to be kept."""
        return {**vars(self), "headlines": dict(self.headlines or {})}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> Self:
        """Give back what was kept. Raises TypeError or ValueError where it was not kept by this program."""
        findings = tuple(_finding(*one) for one in kept["findings"])
        silences = tuple(ShownSilence(client, gap, tuple(codes)) for client, gap, codes in kept["silences"])
        plain = {"codes": tuple(kept["codes"]), "unasked": tuple(kept["unasked"]), "gone": ()}
        profiles = None if kept["profiles"] is None else tuple(kept["profiles"])
        return cls(**{**kept, **plain, "profiles": profiles, "findings": findings, "silences": silences})

    def statistics(self) -> tuple[Tally, ...]:
        """Count the findings of each rule, in the order of their codes."""
        by_rule: dict[str, list[ShownFinding]] = {}
        for one in self.findings:
            by_rule.setdefault(one.code, []).append(one)
        return tuple(_tally(by_rule[code]) for code in sorted(by_rule))


def _finding(*fields: Any) -> ShownFinding:  # noqa: ANN401 — as JSON gives them back
    one = ShownFinding(*fields)
    return one._replace(
        clause=ShownClause(*one.clause) if one.clause else None, waived=ShownWaiver(*one.waived) if one.waived else None
    )


def as_grave(finding: ShownFinding, severity: str) -> bool:
    """Tell whether a finding is as grave as a severity, or graver."""
    return VERDICTS.index(finding.severity) <= VERDICTS.index(severity)


def _tally(findings: Iterable[ShownFinding]) -> Tally:
    all_of_them = tuple(findings)
    first = all_of_them[0]
    waived = sum(1 for one in all_of_them if one.waived)
    return Tally(first.code, first.name, first.severity, len(all_of_them) - waived, waived)
