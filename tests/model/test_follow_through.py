"""Steps and promises: which belong to a session, what a client left it with, and how much was done."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile

Read = Callable[..., ClientFile]

SESSIONS = """
sessions:
  - {id: third, at: 2026-04-01 15:00, status: held}
  - {id: first, at: 2026-03-04 15:00, status: held}
  - {id: second, at: 2026-03-18 15:00, status: held}
  - {id: three-way, at: 2026-03-20 15:00, status: held, kind: three-way}
  - {id: missed, at: 2026-03-25 15:00, status: no-show}
  - {id: second, at: 2026-04-08 15:00, status: held}
"""
"""The sessions of the tables, not in the order of time; the last has an id that is taken."""


def actions(*fields: str) -> str:
    """Write an actions.yaml of actions in flow style, each a text of fields."""
    return "actions:\n" + "".join(f"  - {{step: Ask, {text}}}\n" for text in fields)


def only_action(file: ClientFile) -> Action:
    """Give the one action of a file."""
    (action,) = file.actions
    return action


@pytest.mark.parametrize(
    ("fields", "of", "left_with"),
    [
        ("session: first", "first", "first"),
        ("session: first, carried: [second, third]", "first second third", "first second third"),
        ("session: first, carried: [first, second, second]", "first second", "first second"),
        ("carried: [three-way]", "three-way", "three-way"),
        ("session: gone, carried: [third]", "third", "third"),
        ("session: first, kind: habit, done: 2026-03-04", "first", "first"),
        ("session: first, carried: [second], dropped: {date: 2026-03-18}", "first second", "first"),
        ("session: first, carried: [second], dropped: {date: 2026-03-19}", "first second", "first second"),
        ("session: first, dropped: {why: no need}", "first", "first"),
        ("session: first, kind: promise", "", ""),
        ("due: 2026-03-18", "", ""),
    ],
)
def test_the_steps_of_a_session(fields: str, of: str, left_with: str, read_jane: Read) -> None:
    """It was committed in it or carried over at it; what was dropped by its day, the client did not leave with."""
    file = read_jane(sessions=SESSIONS, actions=actions(fields))
    steps, sessions = file.follow_through, file.attendance.sessions
    assert " ".join(one.id or "" for one in sessions if steps.of(one)) == of
    assert " ".join(one.id or "" for one in sessions if steps.left_with(one)) == left_with


@pytest.mark.parametrize(
    ("fields", "placed", "carried", "following"),
    [
        ("session: first", "first", None, "second"),
        ("session: second", "second", None, "third"),
        ("session: three-way", "three-way", None, "third"),
        ("session: third", "third", None, "second"),  # the later of the two that are called so
        ("session: first, carried: [third, second]", "third", "third", "second"),
        ("session: first, carried: [gone]", None, None, "second"),
        ("session: first, carried: [second, gone]", None, "second", "second"),
        ("session: gone", None, None, None),
        ("carried: [second]", None, "second", None),
        ("due: 2026-03-18", None, None, None),
    ],
)
def test_where_a_step_was_placed_last(
    fields: str, placed: str | None, carried: str | None, following: str | None, read_jane: Read
) -> None:
    """The latest session that it names, if all are there; and the first coaching session held after its own."""
    file = read_jane(sessions=SESSIONS, actions=actions(fields))
    steps, step = file.follow_through, only_action(file)
    found = (steps.last_placed(step), steps.last_carried(step), steps.first_held_after(step))
    assert [session and session.id for session in found] == [placed, carried, following]


DONE, OPEN, DROPPED = ("session: first, done: 2026-03-10", "session: first", "session: first, dropped: {why: no}")


@pytest.mark.parametrize(
    ("committed", "kept", "low"),
    [
        ((), (0, 0), False),
        ((OPEN,), (0, 1), False),
        ((OPEN, OPEN), (0, 2), True),
        ((DONE, OPEN), (1, 2), False),
        ((DONE, OPEN, OPEN), (1, 3), True),
        ((DONE, OPEN, OPEN, DROPPED, DROPPED), (1, 3), True),
        ((OPEN, DROPPED, DROPPED), (0, 1), False),
        ((OPEN, "session: second, done: 2026-03-30"), (1, 2), False),
        ((OPEN, "session: first, kind: promise, done: 2026-03-10"), (0, 1), False),
        ((OPEN, OPEN, "session: third, done: 2026-04-02"), (0, 2), True),
        ((OPEN, "session: three-way", "carried: [first]"), (0, 1), False),
    ],
)
def test_how_much_was_done_of_what_was_committed(
    committed: tuple[str, ...], kept: tuple[int, int], *, low: bool, read_jane: Read
) -> None:
    """Counted in the sessions before the last, without promises, what was dropped and what was only carried over."""
    file = read_jane(sessions=SESSIONS, actions=actions(*committed))
    held, half = file.attendance.held_coaching[:3], Fraction(1, 2)
    assert file.follow_through.kept(held[:2]) == kept
    assert file.follow_through.low(held, 2, half) == (kept if low else None)
    assert file.follow_through.low(held, 3, half) is None


def test_what_was_committed_under_a_contract(read_jane: Read) -> None:
    """Promises too, in sessions of any kind that belong to it; what was only carried over belongs elsewhere."""
    contract = "contracts: [{id: a, agreed: 2026-03-01, ends: 2026-03-19}, {id: b, agreed: 2026-03-20}]"
    rows = ("id: one, session: first", "id: two, session: second, kind: promise", "id: three, session: three-way")
    file = read_jane(contract=contract, sessions=SESSIONS, actions=actions(*rows, "id: four, carried: [first]"))
    under = [[action.id for action in file.follow_through.committed_under(one)] for one in file.contracts]
    assert under == [["one", "two"], ["three"]]


@pytest.mark.parametrize(
    ("fields", "looked_at"),
    [
        *(
            (fields, True)
            for fields in ("reviewed: first", "carried: [first]", "done: 2026-03-05", "dropped: {why: no}")
        ),
        *((fields, False) for fields in ("due: 2026-03-05", "part: 2026-03-05", "updates: [{date: 2026-03-05}]")),
    ],
)
def test_whether_anybody_looked_at_a_step(fields: str, *, looked_at: bool, read_jane: Read) -> None:
    """News of it and a part that is done are not yet a look at it."""
    assert only_action(read_jane(sessions=SESSIONS, actions=actions(fields))).was_looked_at == looked_at
