"""Comparing a check with what is known already: a baseline that was accepted, or the check as of an earlier day."""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from coachlog.model.accepted import Accepted
from coachlog.views.verdict import ShownFinding, Verdict

Key = TypeVar("Key", bound=Hashable)


def identity_of(finding: ShownFinding) -> Accepted:
    """Tell what a finding is about: rule, client, record and subject."""
    return Accepted(finding.code, finding.client, finding.record, finding.subject)


def accepted_in(verdict: Verdict) -> tuple[Accepted, ...]:
    """Give what a baseline of a check holds: all that is not waived, in an order of its own."""
    open_ones = (identity_of(one) for one in verdict.findings if not one.waived)
    return tuple(sorted(open_ones, key=Accepted.sort_key))


def without(verdict: Verdict, accepted: Iterable[Accepted]) -> Verdict:
    """Take out of a check what was accepted, each entry once, and name the entries that no longer occur.

    What is waived stays as it is. An entry is only missed where its rule was asked and could speak.
    """
    left = Counter(accepted)
    new = [one for one in verdict.findings if one.waived or not _taken(left, identity_of(one))]
    gone = [one for one in left.elements() if was_asked(verdict, one)]
    return replace(
        verdict,
        findings=tuple(new),
        baselined=len(verdict.findings) - len(new),
        gone=tuple(sorted(gone, key=Accepted.sort_key)),
    )


def was_asked(verdict: Verdict, entry: Accepted) -> bool:
    """Tell whether a check would have found this, were it still so."""
    silent = any(entry.client == one.client and entry.code in one.codes for one in verdict.silences)
    return not (verdict.partial or silent or entry.code in verdict.unasked)


def new_since(verdict: Verdict, earlier: Verdict) -> Verdict:
    """Leave what a check as of an earlier day did not have; of what is found twice of one record, the other day's."""
    happened = Counter((identity_of(one), one.date) for one in earlier.findings)
    others = [one for one in verdict.findings if not _taken(happened, (identity_of(one), one.date))]
    left = Counter(key for key, _ in happened.elements())
    new = tuple(one for one in others if not _taken(left, identity_of(one)))
    return replace(verdict, findings=new, since=earlier.now, since_words=earlier.now_words)


def _taken(left: Counter[Key], key: Key) -> bool:
    """Take one of this kind, where one is left."""
    if left[key] < 1:
        return False
    left[key] -= 1
    return True
