"""What other terms would have changed: the findings that would come, and those that would go."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from coachlog.model.severity import SEVERITIES
from coachlog.views.verdict import ShownFinding


class Change(NamedTuple):
    """A finding that would come or go."""

    comes: bool
    finding: ShownFinding

    @property
    def word(self) -> str:
        """Say which: `come` or `go`."""
        return "come" if self.comes else "go"


class WhatIf(NamedTuple):
    """Two judgements of one client: under the terms as they are, and under those that are proposed.

    `client` is the client's code, `headline` says who and which contract it is about, `terms` names what would be
    different. `stay` counts what is found under both.
    """

    client: str
    contract: str
    headline: str
    terms: tuple[str, ...]
    changes: tuple[Change, ...]
    stay: int

    def counts(self, *, comes: bool) -> dict[str, int]:
        """Count what would come, or go, by severity."""
        found = Counter(one.finding.severity for one in self.changes if one.comes is comes)
        return {severity: found[severity] for severity in SEVERITIES}


def compared(before: Iterable[ShownFinding], after: Iterable[ShownFinding]) -> tuple[tuple[Change, ...], int]:
    """Tell what comes and what goes from one judgement to another, in the order of the file, and how many stay.

    A finding is known by rule, record and subject: one that only names another number is the same. What is waived is
    not there. What would come is judged by terms that stand in no file yet, and so has no clause.
    """
    old, new = ({_about(one): one for one in found if not one.waived} for found in (before, after))
    gone = [Change(comes=False, finding=one) for key, one in old.items() if key not in new]
    come = [Change(comes=True, finding=one._replace(clause=None)) for key, one in new.items() if key not in old]
    return tuple(sorted([*gone, *come], key=_place)), len(old.keys() & new.keys())


def _about(finding: ShownFinding) -> tuple[str | None, ...]:
    return finding.code, finding.client, finding.file, finding.record, finding.subject


def _place(change: Change) -> tuple[str, int, int, str, str, bool]:
    found = change.finding
    return found.file, found.line, found.column, found.code, found.subject or "", change.comes
