"""A whole journal: the practice, its clients, the coach's supervision, and what could not be read of them."""

from dataclasses import dataclass

from coachlog.model.client_file import ClientFile
from coachlog.model.practice import Practice
from coachlog.model.problem import Problem
from coachlog.model.supervision import Supervision


@dataclass(frozen=True)
class Journal:
    """All that was read of a journal, in the order of the clients' codes.

    `gaps` names what could not be read of the practice's own files (`supervision`).
    """

    practice: Practice
    clients: tuple[ClientFile, ...] = ()
    supervision: tuple[Supervision, ...] = ()
    problems: tuple[Problem, ...] = ()
    gaps: frozenset[str] = frozenset()
