"""A finding: what a rule found, stamped with everything a coach needs to act on it."""

from datetime import date as Day  # noqa: N812 — what is found has a field named date
from typing import NamedTuple

from coachlog.model.record import Place
from coachlog.model.severity import Severity
from coachlog.rules.rule import JudgedBy


class Waived(NamedTuple):
    """Why a boundary was crossed on purpose, and where that is written."""

    why: str
    date: Day | None
    until: Day | None
    file: str
    line: int


class Finding(NamedTuple):
    """One place where what happened departs from what was agreed.

    `client` is None for a finding about the practice, `record` for one about a whole file, `date` for what is
    standing. `since` is the day of what it is about, where that is known. Lines and columns count from 1.
    """

    code: str
    name: str
    severity: Severity
    client: str | None
    place: Place
    record: str | None
    subject: str | None
    date: Day | None
    message: str
    clause: Place | None
    judged_by: JudgedBy | None
    waived: Waived | None
    since: Day | None = None

    @property
    def counts(self) -> bool:
        """Tell whether it is to be acted on: it is not waived."""
        return self.waived is None

    def sort_key(self) -> tuple[str, str, int, int, str, str]:
        """Order by client, file, place in the file, and code."""
        return (self.client or "", self.place.file, self.place.line, self.place.column, self.code, self.subject or "")
