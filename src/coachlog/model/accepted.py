"""What a coach has accepted for now: a finding that is known, so that only what is new is told."""

from typing import NamedTuple


class Accepted(NamedTuple):
    """A finding by what it is about, never by its line.

    `client` is None for the practice, `record` for a whole file.
    """

    code: str
    client: str | None
    record: str | None
    subject: str | None

    @property
    def words(self) -> str:
        """Name it on one line: `CTC105 jane-doe e4aaw`."""
        return " ".join(filter(None, (self.code, self.client or "practice", self.record, self.subject)))

    def sort_key(self) -> tuple[str, str, str, str]:
        """Order by client, rule, record and subject, so that one more is one line more."""
        return (self.client or "", self.code, self.record or "", self.subject or "")
