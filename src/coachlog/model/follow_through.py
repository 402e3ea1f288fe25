"""Steps and promises, read with the sessions: where each was committed to, what is left of it, how much was done."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.attendance import Attendance
from coachlog.model.contract import Contract
from coachlog.model.session import Session

FEWEST_STEPS = 2
"""Of fewer steps than these nobody says that few were done (rules.md, ACT108)."""


class Kept(NamedTuple):
    """How many of the steps that were committed to are done, those that were dropped left out."""

    done: int
    committed: int


class FollowThrough:
    """The actions of one client: the client's steps, and the promises of the coach."""

    def __init__(self, actions: Sequence[Action], attendance: Attendance) -> None:
        """Take the actions in the order of the file."""
        self.actions = tuple(actions)
        self.attendance = attendance

    @cached_property
    def steps(self) -> tuple[Action, ...]:
        """The client's own: actions of any kind but promise, in the order of the file."""
        return tuple(action for action in self.actions if not action.is_promise)

    @cached_property
    def promises(self) -> tuple[Action, ...]:
        """The coach's own, in the order of the file."""
        return tuple(action for action in self.actions if action.is_promise)

    @cached_property
    def _by_session(self) -> dict[int, tuple[Action, ...]]:
        found: dict[int, tuple[Action, ...]] = {}
        for step in self.steps:
            for session in self._placed(step):
                found[id(session)] = (*found.get(id(session), ()), step)
        return found

    def _placed(self, action: Action) -> tuple[Session, ...]:
        """Give the sessions that an action names as the one it was committed in or carried over at, each once."""
        named = (self.attendance.named(name) for name in (action.session, *action.carried))
        return tuple({id(session): session for session in named if session}.values())

    def of(self, session: Session) -> tuple[Action, ...]:
        """Give the steps of a session: those that were committed in it or carried over at it."""
        return self._by_session.get(id(session), ())

    def left_with(self, session: Session) -> tuple[Action, ...]:
        """Give the steps that the client left a session with: those of it that had not been dropped by its day."""
        return tuple(step for step in self.of(session) if not _dropped_by(step, session))

    def committed_in(self, sessions: Sequence[Session]) -> Iterator[Action]:
        """Give what was committed in any of some sessions, promises too; what was only carried over is left out."""
        among = set(map(id, sessions))
        return (action for action in self.actions if id(self.attendance.named(action.session)) in among)

    def committed_under(self, contract: Contract) -> tuple[Action, ...]:
        """Give what was committed in the sessions of a contract, promises too."""
        return tuple(self.committed_in(self.attendance.of(contract)))

    def last_placed(self, step: Action) -> Session | None:
        """Give the session that a step was committed in, or last carried over at; None where that is not known.

        A name that leads to no session may be that of the latest.
        """
        placed = self._placed(step)
        complete = step.session and len(placed) == len({step.session, *step.carried})
        return max(placed, key=lambda session: session.at) if complete else None

    def last_carried(self, step: Action) -> Session | None:
        """Give the latest session that a step was carried over at."""
        named = (self.attendance.named(name) for name in step.carried)
        return max((session for session in named if session), key=lambda session: session.at, default=None)

    def first_held_after(self, step: Action) -> Session | None:
        """Give the first coaching session that was held after the one that a step was committed in."""
        own = self.attendance.named(step.session)
        later = (one for one in self.attendance.held_coaching if own and one.at > own.at)
        return next(later, None)

    def kept(self, sessions: Sequence[Session]) -> Kept:
        """Count the steps that were committed in some sessions, and how many of them are done by now."""
        committed = [one for one in self.committed_in(sessions) if not one.is_promise and one.dropped is None]
        return Kept(sum(step.done is not None for step in committed), len(committed))

    def low(self, held: Sequence[Session], sessions: int, share: Fraction) -> Kept | None:
        """Tell how much was done of what was committed in so many sessions before the last of those held.

        None where fewer than these were held, where too few steps remain, or where a share of them or more is done.
        """
        kept = self.kept(held[-sessions - 1 : -1])
        enough = len(held) > sessions and kept.committed >= FEWEST_STEPS
        return kept if enough and kept.done < share * kept.committed else None


def _dropped_by(step: Action, session: Session) -> bool:
    day = step.dropped.date if step.dropped else None
    return day is not None and day <= session.day
