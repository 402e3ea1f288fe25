"""One row of the roster, as the index keeps it and `client list` prints it."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Self


class RosterRow(NamedTuple):
    """A client in plain values.

    `contract_agreed` is the day of the contract that the sessions are counted of: the one in force, else the one to
    come, else the last that is over. `next_session` is an ISO instant of the practice, `next_words` says it to a
    person.
    """

    code: str
    name: str
    status: str
    contract_agreed: str | None
    sessions_used: int | None
    sessions_contracted: int | None
    next_session: str | None
    next_words: str | None
    open_steps: int
    breaches: int
    tags: tuple[str, ...] = ()

    @property
    def sessions(self) -> str:
        """What is used of what was contracted: `3 of 6`, `3` where no number was, `-` without a contract."""
        if self.sessions_used is None:
            return "-"
        number = self.sessions_contracted
        return f"{self.sessions_used}" if number is None else f"{self.sessions_used} of {number}"

    @classmethod
    def from_plain(cls, kept: Sequence[Any]) -> Self:
        """Give back a row that JSON kept as a list. Raises TypeError where it was not kept by this program."""
        return cls(*kept)._replace(tags=tuple(kept[-1]))

    def has_tag(self, tag: str | None) -> bool:
        """Tell whether a client has a tag, case ignored; None asks for none."""
        return tag is None or tag.casefold() in {one.casefold() for one in self.tags}
