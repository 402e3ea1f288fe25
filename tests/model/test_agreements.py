"""All contracts of a client: which counts on a day, which was the last, which is to come, what renews what."""

from collections.abc import Callable

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract

from .test_contract import contracts, day

Read = Callable[..., ClientFile]

FIRST = "id: a, agreed: 2025-01-10, ends: 2025-06-30"
SECOND = "id: b, agreed: 2026-01-12, ends: 2026-07-12, renews: a"
LATER = "id: c, agreed: 2026-06-01, starts: 2026-08-01, ended: {date: 2026-10-01}, renews: b"
DRAFT = "id: d, starts: 2026-01-01"
CALLED_OFF = "id: e, agreed: 2026-10-05, starts: 2026-12-01, ended: {date: 2026-10-20}"


def label(contract: Contract | None) -> str | None:
    """Name a contract."""
    return contract.id if contract else None


@pytest.mark.parametrize(
    ("on", "in_force", "last_over", "ahead", "all_over"),
    [
        ("2025-01-09", None, None, None, False),
        ("2025-01-10", "a", None, None, False),
        ("2025-06-30", "a", None, None, False),
        ("2025-07-01", None, "a", None, True),
        ("2026-01-12", "b", "a", None, False),
        ("2026-05-31", "b", "a", None, False),
        ("2026-06-01", "b", "a", "c", False),
        ("2026-07-13", None, "b", "c", False),
        ("2026-08-01", "c", "b", None, False),
        ("2026-10-01", "c", "b", None, False),
        ("2026-10-02", None, "c", None, True),
        ("2026-10-05", None, "c", "e", False),
        ("2026-10-20", None, "c", "e", False),
        ("2026-10-21", None, "e", None, True),
        ("2026-12-02", None, "e", None, True),
    ],
)
def test_a_day_has_a_contract_in_force_one_before_and_one_ahead(  # noqa: PLR0913 — a row of the table
    on: str, in_force: str | None, last_over: str | None, ahead: str | None, *, all_over: bool, read_jane: Read
) -> None:
    """Drafts count for nothing; what was agreed ahead is told apart from what is over, however the file is ordered."""
    for order in ((FIRST, SECOND, LATER, DRAFT, CALLED_OFF), (CALLED_OFF, LATER, DRAFT, SECOND, FIRST)):
        agreements = read_jane(contract=contracts(*order)).agreements
        asked = agreements.on, agreements.last_over, agreements.agreed_ahead
        assert [label(ask(day(on))) for ask in asked] == [in_force, last_over, ahead]
        assert agreements.all_over(day(on)) == all_over


@pytest.mark.parametrize(
    ("order", "counts"),
    [
        (("id: a, agreed: 2026-01-12", "id: b, agreed: 2026-02-01"), "b"),
        (("id: b, agreed: 2026-02-01", "id: a, agreed: 2026-01-12"), "b"),
        (("id: a, agreed: 2026-01-12", "id: b, agreed: 2026-01-12"), "b"),
        (("id: b, agreed: 2026-01-12", "id: a, agreed: 2026-01-12"), "a"),
        (("id: a, agreed: 2026-01-12, starts: 2026-03-01", "id: b, agreed: 2026-02-01, starts: 2026-02-15"), "b"),
        (("id: a, agreed: 2026-01-12", "id: b, agreed: 2026-02-01, ends: 2026-02-28"), "a"),
    ],
)
def test_of_two_in_force_the_later_agreed_counts(order: tuple[str, str], counts: str, read_jane: Read) -> None:
    """Of two that were agreed on one day, the later in the file."""
    agreements = read_jane(contract=contracts(*order)).agreements
    assert label(agreements.on(day("03-04"))) == counts
    terms = agreements.terms_on(day("03-04"))
    assert label(terms) == counts


def test_an_amendment_brings_a_contract_back_from_its_own_day_on(read_jane: Read) -> None:
    """Between running out and the amendment nothing is in force."""
    back = "id: a, agreed: 2026-01-12, ends: 2026-03-31, amendments: [{agreed: 2026-04-10, set: {ends: 2026-05-31}}]"
    agreements = read_jane(contract=contracts(back)).agreements
    asked = ("03-31", "04-01", "04-09", "04-10", "05-31", "06-01")
    assert [label(agreements.on(day(on))) for on in asked] == ["a", None, None, "a", "a", None]
    assert [agreements.all_over(day(on)) for on in asked] == [False, True, True, False, False, True]


@pytest.mark.parametrize(
    ("file", "start", "chain"),
    [
        ((FIRST, SECOND, LATER), "c", "c b a"),
        ((FIRST, SECOND, LATER), "a", "a"),
        (("id: a, agreed: 2026-01-01, renews: x",), "a", "a"),
        (("id: a, agreed: 2026-01-01, renews: a",), "a", "a"),
        (("id: a, agreed: 2026-01-01, renews: b", "id: b, agreed: 2026-02-01, renews: a"), "b", "b a"),
        (
            ("id: a, agreed: 2026-01-01", "id: a, agreed: 2025-01-01", "id: b, agreed: 2026-02-01, renews: a"),
            "b",
            "b a",
        ),
    ],
)
def test_the_chain_of_renewals_ends_even_where_it_runs_in_a_circle(
    file: tuple[str, ...], start: str, chain: str, read_jane: Read
) -> None:
    """From a contract back to the first; an id that occurs twice means its first."""
    agreements = read_jane(contract=contracts(*file)).agreements
    contract = agreements.named(start)
    assert contract is not None
    renewed = agreements.renewed_by(contract)
    assert " ".join(one.id or "" for one in renewed) == chain
    assert renewed[-1] is agreements.named(chain[-1])


def test_a_pause_is_asked_of_the_contract_in_force_or_of_any(read_jane: Read) -> None:
    """What an earlier contract paused does not pause the one in force, but touches its days."""
    file = contracts(
        "id: a, agreed: 2026-01-12, ends: 2026-07-12, pauses: [{id: p1, from: 2026-06-01}]",
        "id: b, agreed: 2026-06-15, pauses: [{id: p2, from: 2026-08-01, to: 2026-08-14}]",
    )
    agreements = read_jane(contract=file).agreements
    asked = ("05-31", "06-01", "06-15", "08-01", "08-15")
    pauses = [agreements.paused(day(on)) for on in asked]
    assert [pause and pause.id for pause in pauses] == [None, "p1", None, "p2", None]
    assert [agreements.any_pause_covers(day(on)) for on in asked] == [False, True, True, True, True]


def test_a_follow_up_is_that_of_the_contract_in_force_else_of_another(read_jane: Read) -> None:
    """Ids are unique within a contract only."""
    file = contracts(
        "id: a, agreed: 2025-01-10, ends: 2025-06-30, "
        "follow_up: [{id: f1, kind: reminder, when: 1 week after session}, {id: f2, kind: work, when: 2025-02-01}]",
        "id: b, agreed: 2026-01-12, follow_up: [{id: f1, kind: goals, when: 2026-02-01, from: client}], "
        "amendments: [{agreed: 2026-03-01, set: {follow_up: [{id: f3, kind: update, when: 2026-03-20}]}}]",
    )
    agreements = read_jane(contract=file).agreements

    def kind(name: str, on: str) -> str | None:
        follow_up = agreements.follow_up(name, day(on))
        return f"{follow_up.kind} from {follow_up.from_}" if follow_up else None

    assert [kind("f1", on) for on in ("2025-02-01", "02-01", "03-01")] == [
        "reminder from coach",
        "goals from client",
        "reminder from coach",
    ]
    assert [kind("f2", "02-01"), kind("f3", "02-01"), kind("f3", "03-01")] == [
        "work from coach",
        None,
        "update from coach",
    ]
    assert agreements.follow_up("f9", day("02-01")) is None
