"""Sessions: which count, how long they are planned, what lies near one, and which contract each belongs to."""

from collections.abc import Callable

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant

Read = Callable[..., ClientFile]

CONTRACT = """
contracts:
  - {id: a, agreed: 2026-01-12, ends: 2026-06-30, length: 45 min,
     amendments: [{agreed: 2026-04-01, set: {length: 90 min}}]}
  - {id: b, agreed: 2026-07-15}
  - {id: draft, length: 20 min}
"""


def sessions(*fields: str) -> str:
    """Write a sessions.yaml of sessions in flow style, each a text of fields."""
    return "sessions:\n" + "".join(f"  - {{{text}}}\n" for text in fields)


def at(file: ClientFile, text: str) -> Instant:
    """Read an instant of 2026 (`03-04 15:00`)."""
    instant = Instant.parse(f"2026-{text}", file.practice.timezone)
    assert instant is not None, text
    return instant


@pytest.mark.parametrize(
    ("fields", "counted", "would_count"),
    [
        *((f"status: held, kind: {kind}", True, False) for kind in ("coaching", "review", "closing")),
        *((f"status: held, kind: {kind}", False, False) for kind in ("chemistry", "three-way")),
        ("status: held, counts: no", False, False),
        ("status: held, kind: chemistry, counts: yes", True, False),
        ("status: held, cancelled: {charge: free}", True, False),
        ("", False, True),
        ("kind: review", False, True),
        ("kind: chemistry", False, False),
        ("kind: three-way, counts: yes", False, True),
        ("counts: no", False, False),
        *(
            (f"status: {status}{block}", counted, False)
            for status in ("cancelled", "no-show")
            for block, counted in (
                ("", False),
                (", cancelled: {by: client}", False),
                (", cancelled: {charge: counts}", True),
                (", cancelled: {charge: fee}", False),
                (", cancelled: {charge: free}", False),
                (", cancelled: {charge: waived, note: ill}", False),
                (", cancelled: {charge: counts}, counts: no", False),
                (", cancelled: {charge: free}, counts: yes", True),
                (", kind: three-way, cancelled: {charge: counts}", True),
            )
        ),
    ],
)
def test_what_counts_against_the_number(fields: str, *, counted: bool, would_count: bool, read_jane: Read) -> None:
    """Held coaching counts, and what was cancelled or missed where its charge is `counts`; `counts:` overrides."""
    written = ", ".join(filter(None, ("at: 2026-02-04 15:00", fields)))
    session = read_jane(sessions=sessions(written)).sessions[0]
    assert (session.counted, session.would_count) == (counted, would_count)


@pytest.mark.parametrize(
    ("fields", "agreed", "planned", "end"),
    [
        ("at: 2026-02-04 15:00, length: 30 min", "30 min", "30 min", "02-04 15:30"),
        ("at: 2026-02-04 15:00", "45 min", "45 min", "02-04 15:45"),
        ("at: 2026-03-31 15:00", "45 min", "45 min", "03-31 15:45"),
        ("at: 2026-04-01 15:00", "90 min", "90 min", "04-01 16:30"),
        ("at: 2026-07-15 15:00", None, "60 min", "07-15 16:00"),
        ("at: 2026-07-04 15:00", None, "60 min", "07-04 16:00"),
        ("at: 2026-07-15 15:00, contract: a", "90 min", "90 min", "07-15 16:30"),
        ("at: 2026-07-15 15:00, contract: draft", "20 min", "20 min", "07-15 15:20"),
        ("at: 2026-07-15 15:00, contract: gone", None, "60 min", "07-15 16:00"),
        ("at: 2026-03-29 00:30, length: 60 min", "60 min", "60 min", "03-29 02:30"),
    ],
)
def test_the_planned_length_is_the_sessions_own_else_the_contracts_else_an_hour(
    fields: str, agreed: str | None, planned: str, end: str, read_jane: Read
) -> None:
    """The contract's is that of the session's own day; the planned end is the start plus the planned length."""
    file = read_jane(contract=CONTRACT, sessions=sessions(fields))
    (session,) = file.sessions
    length = file.attendance.agreed_length(session)
    assert (length and str(length), str(file.attendance.planned_length(session))) == (agreed, planned)
    assert file.attendance.planned_end(session) == at(file, end)


def test_a_session_belongs_to_the_contract_that_it_names_else_to_the_one_of_its_day(read_jane: Read) -> None:
    """`contract:` says whose number it is; seen by the terms of any day it is the same contract."""
    file = read_jane(
        contract=CONTRACT,
        sessions=sessions(
            "id: s5, at: 2026-07-20 10:00, status: held, contract: a",
            "id: s1, at: 2026-01-11 10:00, status: held",
            "id: s2, at: 2026-06-30 10:00, status: held",
            "id: s3, at: 2026-07-14 10:00, status: held",
            "id: s4, at: 2026-07-15 10:00, status: held, kind: chemistry",
            "id: s6, at: 2026-07-21 10:00, contract: gone",
            "id: s7, at: 2026-05-01 10:00, contract: b",
        ),
    )
    belongs = {session.id: file.attendance.contract_of(session) for session in file.attendance.sessions}
    assert {name: contract and contract.id for name, contract in belongs.items()} == {
        "s1": None, "s2": "a", "s7": "b", "s3": None, "s4": "b", "s5": "a", "s6": "b",
    }  # fmt: skip
    first, second, _ = file.contracts
    assert [one.id for one in file.attendance.of(first)] == ["s2", "s5"]
    assert [one.id for one in file.attendance.of(first.terms(at(file, "05-01 10:00").day))] == ["s2", "s5"]
    assert [one.id for one in file.attendance.of(second)] == ["s7", "s4", "s6"]
    assert [one.id for one in file.attendance.held_coaching_of(second)] == []
    assert [one.id for one in file.attendance.held_coaching] == ["s1", "s2", "s3", "s5"]
    assert [(one.id, other.id) for one, other in file.attendance.gaps()] == [("s1", "s2"), ("s2", "s3"), ("s3", "s5")]


def test_an_id_that_occurs_twice_means_the_first_in_the_file(read_jane: Read) -> None:
    """Not the first in time: a reference is read where it is written."""
    twice = sessions("id: s1, at: 2026-05-04 10:00, topic: first", "id: s1, at: 2026-02-04 10:00, topic: second")
    attendance = read_jane(sessions=twice).attendance
    named = attendance.named("s1")
    assert named is not None
    assert named.topic == "first"
    assert (attendance.named("s2"), attendance.named(None)) == (None, None)


HELD = "at: 2026-03-04 15:00, status: held"
AROUND_AN_HOUR = {"14:44": False, "14:45": True, "15:00": True, "16:15": True, "16:16": False}
NEVER = dict.fromkeys(AROUND_AN_HOUR, False)


@pytest.mark.parametrize(
    ("fields", "near"),
    [
        (HELD, AROUND_AN_HOUR),
        (f"{HELD}, minutes: 90", {"14:44": False, "14:45": True, "16:45": True, "16:46": False}),
        (f"{HELD}, minutes: 20", {"15:35": True, "15:36": False}),
        (f"{HELD}, length: 30 min", {"15:45": True, "15:46": False}),
        (f"{HELD}, length: 30 min, minutes: 50", {"16:05": True, "16:06": False}),
        (f"{HELD}, kind: three-way", AROUND_AN_HOUR),
        ("at: 2026-03-04 15:00, status: no-show", AROUND_AN_HOUR),
        ("at: 2026-03-04 15:00", AROUND_AN_HOUR),  # not closed yet: it may have been held a minute ago
        ("at: 2026-03-04 15:00, status: cancelled", NEVER),
        ("at: 2026-03-04 15:00, status: cancelled, cancelled: {by: client}", NEVER),
        ("at: 2026-03-04 15:00, status: cancelled, cancelled: {at: 2026-03-03 14:59}", NEVER),
        ("at: 2026-03-04 15:00, status: cancelled, cancelled: {at: 2026-03-03 15:00}", AROUND_AN_HOUR),
        ("at: 2026-03-04 15:00, status: cancelled, cancelled: {at: 2026-03-04 15:05}", AROUND_AN_HOUR),
        ("at: 2026-03-04 15:00, status: cancelled, cancelled: {at: 2026-03-05 15:00}", AROUND_AN_HOUR),
        ("at: 2026-03-04 15:00, status: cancelled, cancelled: {at: 2026-03-05 15:01}", NEVER),
    ],
)
def test_what_lies_near_a_session(fields: str, near: dict[str, bool], read_jane: Read) -> None:
    """From 15 minutes before the start to 15 after the end, of what was held, missed or cancelled within a day."""
    file = read_jane(sessions=sessions(fields))
    assert {clock: file.attendance.is_near(at(file, f"03-04 {clock}")) for clock in near} == near


def test_logistics_belong_to_a_session_within_a_day_of_it(read_jane: Read) -> None:
    """24 h before its start to 24 h after its end; of the one that is named, else of any."""
    file = read_jane(sessions=sessions("id: s1, at: 2026-03-04 15:00", "id: s2, at: 2026-05-04 15:00"))
    attendance = file.attendance
    for clock, within in {"03-03 14:59": False, "03-03 15:00": True, "03-05 16:00": True, "03-05 16:01": False}.items():
        moment = at(file, clock)
        assert attendance.within_a_day_of_session(moment, None) == within
        assert attendance.within_a_day_of_session(moment, attendance.named("s1")) == within
        assert not attendance.within_a_day_of_session(moment, attendance.named("s2"))
