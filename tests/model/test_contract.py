"""Contracts: from when to when they are in force, what their terms are on a day, and when they are paused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.journal import Journal

Read = Callable[..., ClientFile]


def day(text: str) -> date:
    """Read a day of 2026 (`01-12`) or of any year."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def days(shown: str) -> list[date]:
    """Read several days."""
    return [day(text) for text in shown.split()]


def contracts(*fields: str) -> str:
    """Write a contract.yaml of contracts in flow style, each a text of fields."""
    return "contracts:\n" + "".join(f"  - {{{text}}}\n" for text in fields)


PLAIN = "id: c, agreed: 2026-01-12"
BROUGHT_BACK = f"{PLAIN}, ends: 2026-03-31, amendments: [{{id: m1, agreed: 2026-04-10, set: {{ends: 2026-05-31}}}}]"
BROUGHT_FORWARD = f"{PLAIN}, starts: 2026-03-01, amendments: [{{agreed: 2026-02-10, set: {{starts: 2026-02-01}}}}]"
PUT_OFF = f"{PLAIN}, starts: 2026-02-01, amendments: [{{agreed: 2026-01-20, set: {{starts: 2026-03-01}}}}]"
CUT_SHORT = f"{PLAIN}, ends: 2026-06-30, amendments: [{{agreed: 2026-04-01, set: {{ends: 2026-03-15}}}}]"


@pytest.mark.parametrize(
    ("contract", "before", "in_force", "over"),
    [
        (PLAIN, "01-11 2025-01-01", "01-12 2026-02-01 2199-12-31", ""),
        (f"{PLAIN}, ends: 2026-07-12", "01-11", "01-12 07-12", "07-13 2027-01-01"),
        (f"{PLAIN}, starts: 2026-02-01", "01-11 01-12 01-31", "02-01", ""),
        (f"{PLAIN}, starts: 2026-01-01", "01-01 01-11", "01-12", ""),
        (f"{PLAIN}, ends: 2026-01-12", "01-11", "01-12", "01-13"),
        (f"{PLAIN}, ended: {{date: 2026-03-04}}", "01-11", "01-12 03-04", "03-05"),
        (f"{PLAIN}, ends: 2026-07-12, ended: {{date: 2026-03-04}}", "01-11", "03-04", "03-05 07-12"),
        (f"{PLAIN}, ends: 2026-02-12, ended: {{date: 2026-03-04}}", "01-11", "02-13 03-04", "03-05"),
        (f"{PLAIN}, starts: 2026-03-01, ended: {{date: 2026-02-10}}", "01-12 02-10", "", "02-11 03-01"),
        (f"{PLAIN}, starts: 2026-02-01, ends: 2026-07-12", "01-12 01-31", "02-01 07-12", "07-13"),
        ("id: c", "01-12 07-12", "", ""),
        ("id: c, starts: 2026-01-12, ends: 2026-02-12", "01-12 03-12", "", ""),
        (BROUGHT_BACK, "01-11", "03-31 04-10 05-31", "04-01 04-09 06-01"),
        (BROUGHT_FORWARD, "02-01 02-09", "02-10 03-01", ""),
        (PUT_OFF, "02-01 02-28", "03-01", ""),
        (CUT_SHORT, "01-11", "03-15 03-31", "04-01 06-30"),
    ],
)
def test_a_contract_is_in_force_from_its_first_to_its_last_day(
    contract: str, before: str, in_force: str, over: str, read_jane: Read
) -> None:
    """From the later of `agreed` and `starts` to the ending, else `ends`, both included; a draft never is."""
    read = read_jane(contract=contracts(contract)).contracts[0]
    shown = {one: (read.in_force(one), read.over(one)) for one in days(f"{before} {in_force} {over}")}
    assert shown == {
        **dict.fromkeys(days(before), (False, False)),
        **dict.fromkeys(days(in_force), (True, False)),
        **dict.fromkeys(days(over), (False, True)),
    }


@pytest.mark.parametrize(
    ("contract", "first"),
    [
        (PLAIN, "01-12"),
        (f"{PLAIN}, starts: 2026-02-01", "02-01"),
        (f"{PLAIN}, starts: 2026-01-01", "01-12"),
        (BROUGHT_FORWARD, "02-10"),
        (PUT_OFF, "03-01"),
        (BROUGHT_BACK, "01-12"),
    ],
)
def test_a_contract_began_on_its_first_day_in_force(contract: str, first: str, read_jane: Read) -> None:
    """An amendment may bring the start forward, but not before its own day, or put it off."""
    read = read_jane(contract=contracts(contract)).contracts[0]
    assert read.first_day == day(first)
    assert read.in_force(read.first_day)


AMENDED = """
contracts:
  - id: 2026a
    agreed: 2026-01-12
    ends: 2026-07-12
    sessions: 6
    length: 60 min
    media: [video, phone]
    goals: [{id: g1, text: Lead the team}]
    cancellation: {notice: 24 h, late: counts}
    between_sessions: {via: {email: 24 h, phone: 2 days}, limit: 2 per week}
    amendments:
      - {id: m2, agreed: 2026-05-01, set: {between_sessions: none, sessions: 10}}
      - {id: m1, agreed: 2026-04-02, set: {sessions: 8, cancellation: {notice: 48 h}}}
      - {id: m3, agreed: 2026-05-01, set: {sessions: 9, form: signed, media: [phone]}}
"""


@pytest.mark.parametrize(
    ("on", "sessions", "notice", "late", "email", "media", "by"),
    [
        ("01-01", 6, "24 h", "counts", "24 h", ("video", "phone"), {}),
        ("04-01", 6, "24 h", "counts", "24 h", ("video", "phone"), {}),
        ("04-02", 8, "48 h", None, "24 h", ("video", "phone"), {"sessions": "m1", "cancellation": "m1"}),
        ("04-30", 8, "48 h", None, "24 h", ("video", "phone"), {"sessions": "m1", "cancellation": "m1"}),
        *(
            (on, 9, "48 h", None, None, ("phone",), {
                "sessions": "m3", "cancellation": "m1", "between_sessions": "m2", "form": "m3", "media": "m3",
            })
            for on in ("05-01", "2027-01-01")
        ),
    ],
)  # fmt: skip
def test_the_terms_on_a_day_are_those_that_were_amended_by_then(  # noqa: PLR0913, PLR0917 — a row of the table
    on: str,
    sessions: int,
    notice: str,
    late: str | None,
    email: str | None,
    media: tuple[str, ...],
    by: dict[str, str],
    read_jane: Read,
) -> None:
    """`set` replaces each field that it names as a whole, and no other; of two of one day the later counts."""
    contract = read_jane(contract=AMENDED).contracts[0]
    for terms in (contract.terms(day(on)), contract.terms(day(on)).terms(day(on))):
        assert (terms.sessions, terms.media, terms.agreed, terms.ends) == (sessions, media, day("01-12"), day("07-12"))
        assert terms.cancellation is not None
        assert (str(terms.cancellation.notice), terms.cancellation.late) == (notice, late)
        clause = terms.contact_clause
        assert (str(clause.via["email"]) if clause else None) == email
        assert [goal.id for goal in terms.goals] == ["g1"]
        assert {name: clause_of(terms, name) for name in ("sessions", "media", "goals", *by)} == {
            "sessions": "2026a",
            "media": "2026a",
            "goals": "2026a",
            **{name: f"2026a/{amendment}" for name, amendment in by.items()},
        }


def clause_of(terms: Contract, name: str) -> str | None:
    """Name the record that a term was agreed in."""
    return terms.clause(name).record.label


def test_the_terms_as_they_were_do_not_change_what_is_asked_later(read_jane: Read) -> None:
    """Days may be asked for in any order."""
    contract = read_jane(contract=AMENDED).contracts[0]
    order = ("05-01", "01-12", "04-02", "01-12", "05-01")
    assert [contract.terms(day(on)).sessions for on in order] == [9, 6, 8, 6, 9]
    assert contract.sessions == 6


def test_a_clause_is_found_in_the_file_where_it_was_agreed(read_jane: Read) -> None:
    """The line of a term is that of the contract, or of the amendment that set it last."""
    contract = read_jane(contract=AMENDED).contracts[0]

    def line(on: str, *path: str) -> int:
        clause = contract.terms(day(on)).clause(*path)
        return clause.record.origin.place(*clause.path).line

    assert [line("04-01", "sessions"), line("04-02", "sessions"), line("05-01", "sessions")] == [6, 14, 15]
    assert [line("04-01", "between_sessions", "via", "email"), line("05-01", "between_sessions")] == [11, 13]


@pytest.mark.parametrize("field", ["id: x", "agreed: 2026-01-01", "renews: b", "amendments: []", "pauses: []"])
def test_an_amendment_may_not_set_what_makes_the_contract(field: str, read_journal: Callable[..., Journal]) -> None:
    """`set` names terms: neither the id, nor the day of agreement, nor amendments, pauses, payments or the ending."""
    name = field.split(":", maxsplit=1)[0]
    journal = read_journal(
        {
            "coachlog.yaml": "format: 1\ntimezone: Europe/London\n",
            "clients/jane-doe/client.yaml": "name: Jane Doe\n",
            "clients/jane-doe/contract.yaml": contracts(
                f"{PLAIN}, amendments: [{{agreed: 2026-02-01, set: {{{field}}}}}]"
            ),
        }
    )
    assert [(problem.code, problem.subject) for problem in journal.problems] == [("JRN102", f"set.{name}")]


PAUSE = "id: p1, from: 2026-04-20"


@pytest.mark.parametrize(
    ("pause", "within", "outside"),
    [
        (f"{PAUSE}, to: 2026-05-11", "04-20 05-11", "04-19 05-12"),
        (PAUSE, "04-20 2099-01-01", "04-19"),
        (f"{PAUSE}, to: 2026-04-20", "04-20", "04-19 04-21"),
        (f"{PAUSE}, lifted: 2026-05-11", "04-20 05-10", "04-19 05-11"),
        (f"{PAUSE}, to: 2026-05-11, lifted: 2026-05-01", "04-20 05-11", "05-12"),
        (f"{PAUSE}, kind: hold", "04-20 2099-01-01", "04-19"),
        (f"{PAUSE}, kind: hold, to: 2026-05-11", "04-20 05-12 2099-01-01", "04-19"),
        (f"{PAUSE}, kind: hold, lifted: 2026-06-08", "04-20 06-07", "04-19 06-08"),
        (f"{PAUSE}, kind: hold, to: 2026-05-11, lifted: 2026-06-08", "05-12 06-07", "06-08"),
        (f"{PAUSE}, kind: hold, lifted: 2026-04-20", "", "04-19 04-20 04-21"),
    ],
)
def test_a_pause_lasts_to_its_end_and_a_hold_until_it_is_lifted(
    pause: str, within: str, outside: str, read_jane: Read
) -> None:
    """`from` and `to` are both included; without `to` until further notice; a hold ends on the day before `lifted`."""
    contract = read_jane(contract=contracts(f"{PLAIN}, pauses: [{{{pause}}}]")).contracts[0]
    shown: dict[date, Any] = {one: contract.paused(one) is not None for one in days(f"{within} {outside}")}
    assert shown == dict.fromkeys(days(within), True) | dict.fromkeys(days(outside), False)
    assert contract.pauses[0].is_hold == ("hold" in pause)
