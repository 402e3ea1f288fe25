"""A whole journal: the practice, its clients, the coach's supervision, and what could not be read of them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from coachlog.model.client_file import ClientFile
from coachlog.model.practice import Practice
from coachlog.model.problem import Problem
from coachlog.model.supervision import Supervision


@dataclass(frozen=True)
class Journal:
    """All that was read of a journal, in the order of the clients' codes.

    `gaps` names what could not be read of the practice's own files (`supervision`, `directory`).
    """

    practice: Practice
    clients: tuple[ClientFile, ...] = ()
    supervision: tuple[Supervision, ...] = ()
    problems: tuple[Problem, ...] = ()
    gaps: frozenset[str] = frozenset()

    def known_by(self, day: date) -> Self:
        """Give the journal with the practice as it was on file by a day; the records of clients stay as they are."""
        practice = self.practice.known_by(day)
        if practice is self.practice:
            return self
        return replace(self, practice=practice, clients=tuple(replace(one, practice=practice) for one in self.clients))
