"""What has come in for each client, told apart from what is on file already; and how it is known again another time.

A record that is brought in has an id of eight characters made from what it came from: a second reading of the same mail
or table finds it there, and adds nothing twice.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from coachlog.model.ids import CHARACTERS, LETTERS, id_from
from coachlog.model.instant import Instant
from coachlog.store.emit import Value

LENGTH = 8
"""Characters of such an id: among 5,000 of one client two different ones never meet, and no id at random is as long."""
OF_NO_CLIENT = "of no client"
THERE = "already there"


@dataclass
class Arrived:
    """What was read: how many in all, the new records by client, why others are none, and what could not be used."""

    noun: str
    read: int = 0
    new: dict[str, list[Mapping[str, Value]]] = field(default_factory=dict)
    moments: dict[str, list[Instant]] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, code: str, record: Mapping[str, Value], at: Instant) -> None:
        """Take a new record of a client in."""
        self.new.setdefault(code, []).append(record)
        self.moments.setdefault(code, []).append(at)

    @property
    def count(self) -> int:
        """How many records are new."""
        return sum(map(len, self.new.values()))

    @property
    def is_mostly_bad(self) -> bool:
        """Tell whether more than half of what was read could not be used."""
        return len(self.faults) * 2 > self.read


def known_id(*parts: str) -> str:
    """Make the id of a record that is brought in from what it came from: always the same for the same."""
    return id_from("\n".join(parts).encode(errors="replace"), LENGTH)


def was_brought_in(id_: str | None) -> bool:
    """Tell whether a record has the id of one that was brought in."""
    return id_ is not None and len(id_) == LENGTH and id_[0] in LETTERS and set(id_) <= set(CHARACTERS)
