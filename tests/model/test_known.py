"""What was on file by an instant: what is to come is not there yet, and what claims to be later is named."""

from collections.abc import Callable
from typing import Any

import pytest

from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.known import known, next_fact

Read = Callable[..., ClientFile]

NOW = "2026-03-10 12:00"
"""A Tuesday at noon: the instant that every row of the tables is seen from."""


def seen(file: ClientFile, *, as_of: bool, now: str = NOW) -> ClientFile:
    """Give the file as it is judged at an instant."""
    instant = Instant.parse(now, file.practice.timezone)
    assert instant is not None
    return known(file, instant, as_of=as_of)


def shown(value: object, *path: str) -> str:
    """Show a value inside a record as a journal writes it; `-` where there is none."""
    for name in path:
        value = getattr(value, name, None)
    if isinstance(value, Instant):
        return f"{value.wall:%m-%d %H:%M}"
    return "-" if value is None else str(value)


SESSION = "at: 2026-03-10 11:00"
COMING = "at: 2026-03-10 13:00"
BOOKED = "booked: 2026-03-01 09:00"
LAST_MOVE, FIRST_MOVE = (
    "{from: 2026-03-12 10:00, at: 2026-03-11 10:00}",
    "{from: 2026-03-11 14:00, at: 2026-03-10 14:00}",
)


@pytest.mark.parametrize(
    ("fields", "now", "as_of"),
    [
        # what has happened, and what is booked, is there
        (f"{SESSION}, status: held", "held 03-10 11:00", "held 03-10 11:00"),
        ("at: 2026-03-10 12:00, status: held", "held 03-10 12:00", "held 03-10 12:00"),
        (COMING, "booked 03-10 13:00", "booked 03-10 13:00"),
        (f"{COMING}, {BOOKED}", "booked 03-10 13:00", "booked 03-10 13:00"),
        # held or missed later: an error now; as of then it was booked, if it is known to have been
        (f"{COMING}, status: held, {BOOKED}", "premature: held 03-10 13:00", "booked 03-10 13:00"),
        (f"{COMING}, status: no-show, {BOOKED}", "premature: missed 03-10 13:00", "booked 03-10 13:00"),
        (f"{COMING}, status: held", "premature: held 03-10 13:00", "nothing"),
        # booked later
        (f"{COMING}, booked: 2026-03-10 12:30", "nothing", "nothing"),
        (f"{SESSION}, status: held, booked: 2026-03-10 12:30", "held 03-10 11:00", "nothing"),
        # cancelled earlier, at no known time, later
        (
            f"{COMING}, status: cancelled, cancelled: {{at: 2026-03-10 12:00}}",
            "cancelled 03-10 13:00",
            "cancelled 03-10 13:00",
        ),
        (f"{COMING}, status: cancelled", "cancelled 03-10 13:00", "cancelled 03-10 13:00"),
        (
            f"{COMING}, status: cancelled, {BOOKED}, cancelled: {{at: 2026-03-10 12:01}}",
            "booked 03-10 13:00",
            "booked 03-10 13:00",
        ),
        (f"{COMING}, status: cancelled, cancelled: {{at: 2026-03-10 12:01}}", "booked 03-10 13:00", "nothing"),
        # moved earlier, at no known time, later (the first of several later moves says from where)
        (
            f"{COMING}, moved: [{{from: 2026-03-09 10:00, at: 2026-03-08 10:00}}]",
            "booked 03-10 13:00",
            "booked 03-10 13:00",
        ),
        (f"{COMING}, moved: [{{from: 2026-03-09 10:00}}]", "booked 03-10 13:00", "booked 03-10 13:00"),
        (
            f"{COMING}, moved: [{LAST_MOVE}, {FIRST_MOVE}]",
            "booked 03-11 14:00",
            "booked 03-11 14:00",
        ),
        (f"{COMING}, moved: [{{at: 2026-03-10 14:00}}]", "booked 03-10 13:00", "booked 03-10 13:00"),
        (
            f"at: 2026-03-20 13:00, status: held, {BOOKED}, moved: [{{from: 2026-03-10 11:00, at: 2026-03-10 18:00}}]",
            "premature: held 03-20 13:00",
            "booked 03-10 11:00",
        ),
    ],
)
def test_a_session_as_it_stood(fields: str, now: str, as_of: str, read_jane: Read) -> None:
    """What became of a booking after the instant has not happened yet."""
    file = read_jane(sessions=f"sessions: [{{{fields}}}]")
    for expected, then in ((now, False), (as_of, True)):
        view = seen(file, as_of=then)
        there = [f"{one.status} {shown(one, 'at')}" for one in view.sessions]
        early = [f"premature: {one.what} {shown(one, 'when')}" for one in view.premature]
        assert [*there, *early] == ([] if expected == "nothing" else [expected])


@pytest.mark.parametrize(
    ("fields", "path", "expected"),
    [
        ("prep: {sent: 2026-03-10 12:00, received: 2026-03-10 12:00}", "prep.received", "03-10 12:00"),
        ("prep: {sent: 2026-03-10 12:00, received: 2026-03-10 12:01}", "prep.received", "-"),
        ("prep: {sent: 2026-03-10 12:01}", "prep.sent", "-"),
        ("status: cancelled, cancelled: {told: 2026-03-10 12:00}", "cancelled.told", "03-10 12:00"),
        ("status: cancelled, cancelled: {told: 2026-03-10 12:01}", "cancelled.told", "-"),
    ],
)
def test_what_a_session_was_told_or_sent_later_is_not_there_yet(
    fields: str, path: str, expected: str, read_jane: Read
) -> None:
    """Both when it is judged now and as of then."""
    file = read_jane(sessions=f"sessions: [{{{COMING}, {fields}}}]")
    for then in (False, True):
        assert shown(seen(file, as_of=then).sessions[0], *path.split(".")) == expected


CONTRACT = "agreed: 2026-01-12"
PAUSED = f"{CONTRACT}, pauses: [{{from: 2026-03-11, discussed: 2026-03-10}}]"
TO_CHANGE = f"{CONTRACT}, sessions: 6, amendments: [{{agreed: 2026-03-10, set: {{sessions: 8}}}}]"


@pytest.mark.parametrize(
    ("fields", "path", "now", "as_of"),
    [
        ("agreed: 2026-03-10", "agreed", "2026-03-10", "2026-03-10"),
        ("agreed: 2026-03-11", "agreed", "nothing", "nothing"),
        ("starts: 2026-04-01", "starts", "2026-04-01", "2026-04-01"),
        (f"{CONTRACT}, welcome_pack: 2026-03-10", "welcome_pack", "2026-03-10", "2026-03-10"),
        (f"{CONTRACT}, welcome_pack: 2026-03-11", "welcome_pack", "-", "-"),
        (TO_CHANGE, "later.sessions", "8", "8"),
        (TO_CHANGE.replace("03-10", "03-11"), "later.sessions", "6", "6"),
        (f"{CONTRACT}, goals: [{{text: a, agreed: 2026-03-11}}]", "goals", "()", "()"),
        (
            f"{CONTRACT}, amendments: [{{agreed: 2026-03-10, set: {{goals: [{{text: a, agreed: 2026-03-11}}]}}}}]",
            "later.goals", "()", "()",
        ),
        (f"{CONTRACT}, goals: [{{text: a, reached: 2026-03-10}}]", "goals.0.reached", "2026-03-10", "2026-03-10"),
        (f"{CONTRACT}, goals: [{{text: a, reached: 2026-03-11}}]", "goals.0.reached", "-", "-"),
        (f"{CONTRACT}, pauses: [{{from: 2026-03-11}}]", "pauses.0.from_", "2026-03-11", "-"),
        (f"{CONTRACT}, pauses: [{{from: 2026-03-10}}]", "pauses.0.from_", "2026-03-10", "2026-03-10"),
        (PAUSED, "pauses.0.from_", "2026-03-11", "2026-03-11"),
        (f"{CONTRACT}, pauses: [{{from: 2026-03-01, discussed: 2026-03-11}}]", "pauses.0.discussed", "-", "-"),
        (f"{CONTRACT}, pauses: [{{from: 2026-03-01, lifted: 2026-03-11}}]", "pauses.0.lifted", "2026-03-11", "-"),
        (f"{CONTRACT}, ended: {{date: 2026-03-10}}", "ended.date", "2026-03-10", "2026-03-10"),
        (f"{CONTRACT}, ended: {{date: 2026-03-11}}", "ended.date", "2026-03-11", "-"),
        (f"{CONTRACT}, ended: {{date: 2026-03-11, explained: 2026-03-10}}", "ended.date", "2026-03-11", "2026-03-11"),
        (f"{CONTRACT}, payments: [{{date: 2026-03-10, amount: 75}}]", "payments.0.date", "2026-03-10", "2026-03-10"),
        (f"{CONTRACT}, payments: [{{date: 2026-03-11, amount: 75}}]", "payments.0.date", "premature: paid", "-"),
    ],
)  # fmt: skip
def test_a_contract_as_it_stood(fields: str, path: str, now: str, as_of: str, read_jane: Read) -> None:
    """An ending, and a pause, to come count for what is booked on their days; as of then, if they were talked about."""
    file = read_jane(contract=f"contracts: [{{{fields}}}]")
    for expected, then in ((now, False), (as_of, True)):
        view = seen(file, as_of=then)
        early = [f"premature: {one.what}" for one in view.premature]
        assert (early or [inside(view.contracts, path)]) == [expected]


def inside(records: tuple[Any, ...], path: str) -> str:
    """Show what a path leads to inside the first record; `later` stands for its terms in a year to come."""
    if not records:
        return "nothing"
    value: Any = records[0]
    for name in path.split("."):
        if name == "later":
            value = value.terms(value.agreed.replace(year=2030))
        elif name.isdecimal():
            value = value[int(name)] if value else None
        else:
            value = getattr(value, name, None)
    return shown(value)


@pytest.mark.parametrize(
    ("file", "fields", "path", "now", "as_of"),
    [
        ("actions", "step: a, done: 2026-03-10", "done", "2026-03-10", "2026-03-10"),
        ("actions", "step: a, done: 2026-03-11", "done", "premature: done", "-"),
        ("actions", "step: a, part: 2026-03-11", "part", "premature: partly done", "-"),
        ("actions", "step: a, part: 2026-03-11, done: 2026-03-12", "done", "premature: done", "-"),
        ("actions", "step: a, dropped: {date: 2026-03-10}", "dropped.date", "2026-03-10", "2026-03-10"),
        ("actions", "step: a, dropped: {date: 2026-03-11}", "dropped", "-", "-"),
        ("actions", "step: a, dropped: {why: over}", "dropped.why", "over", "over"),
        ("actions", "step: a, due: 2026-03-20", "due", "2026-03-20", "2026-03-20"),
        ("actions", "step: a, updates: [{date: 2026-03-10}]", "updates.0.date", "2026-03-10", "2026-03-10"),
        ("actions", "step: a, updates: [{date: 2026-03-11}]", "updates", "()", "()"),
        ("actions", "step: a, updates: [{note: drafted}]", "updates.0.note", "drafted", "drafted"),
        ("contacts", "at: 2026-03-10 12:00, from: coach, via: email", "via", "email", "email"),
        ("contacts", "at: 2026-03-10 12:01, from: coach, via: email", "via", "premature: made", "nothing"),
        ("consents", "given: 2026-03-10, to: pat, for: ai", "to", "pat", "pat"),
        ("consents", "given: 2026-03-11, to: pat, for: ai", "to", "nothing", "nothing"),
        ("disclosures", "date: 2026-03-10", "date", "2026-03-10", "2026-03-10"),
        ("disclosures", "date: 2026-03-11", "date", "premature: disclosed", "nothing"),
        ("leader_updates", "date: 2026-03-11, by: client", "date", "premature: told", "nothing"),
        ("feedback", "date: 2026-03-11, text: a", "date", "nothing", "nothing"),
        ("referrals", "date: 2026-03-11", "date", "nothing", "nothing"),
        ("referrals", "date: 2026-03-10, handover: 2026-03-10", "handover", "2026-03-10", "2026-03-10"),
        ("referrals", "date: 2026-03-10, handover: 2026-03-11", "handover", "premature: handed over", "-"),
        ("referrals", "date: 2026-03-10, answer: taken, answered: 2026-03-10", "answer", "taken", "taken"),
        ("referrals", "date: 2026-03-10, answer: taken, answered: 2026-03-11", "answer", "taken", "-"),
        ("concerns", "kind: harm, noticed: 2026-03-11", "kind", "nothing", "nothing"),
        ("concerns", "kind: harm, noticed: 2026-03-10", "kind", "harm", "harm"),
        ("concerns", "kind: harm, noticed: 2026-03-01, raised: 2026-03-11", "raised", "-", "-"),
        ("concerns", "kind: harm, noticed: 2026-03-01, resolved: 2026-03-11", "resolved", "-", "-"),
        ("concerns", "kind: harm, noticed: 2026-03-01, resolved: 2026-03-10", "resolved", "2026-03-10", "2026-03-10"),
        ("concerns", "kind: harm, noticed: 2026-03-01, decision: refer, decided: 2026-03-11", "decision", "-", "-"),
        (
            "concerns",
            "kind: harm, noticed: 2026-03-01, decision: refer, decided: 2026-03-10",
            "decision",
            "refer",
            "refer",
        ),
        ("concerns", "kind: harm, noticed: 2026-03-01, decision: refer", "decision", "refer", "refer"),
        ("concerns", "kind: harm, noticed: 2026-03-01, consulted: q1", "consulted", "q1", "q1"),
        ("concerns", "kind: harm, noticed: 2026-03-01, consulted: q2", "consulted", "-", "-"),
        ("concerns", "kind: harm, noticed: 2026-03-01, consulted: gone", "consulted", "gone", "gone"),
    ],
)
def test_any_other_record_as_it_stood(file: str, fields: str, path: str, now: str, as_of: str, read_jane: Read) -> None:  # noqa: PLR0913, PLR0917 — a row of the table
    """What has only a day counts from the beginning of that day; what claims to be later is left out and named."""
    name = file if file in {"actions", "contacts"} else "care"
    supervision = "supervision: [{id: q1, date: 2026-03-10}, {id: q2, date: 2026-03-11}]"
    read = read_jane(supervision=supervision, **{name: f"{file}: [{{{fields}}}]"})
    for expected, then in ((now, False), (as_of, True)):
        view = seen(read, as_of=then)
        records = getattr(view.care if name == "care" else view, file)
        early = [f"premature: {one.what}" for one in view.premature]
        assert (early or [inside(records, path)]) == [expected]
        assert not (early and records)
        assert [one.id for one in view.supervision] == ["q1"]


@pytest.mark.parametrize(
    ("fields", "as_of"),
    [
        ("session: begun", "begun, carried at -, reviewed -"),
        ("session: later", "nothing"),
        ("session: gone", "gone, carried at -, reviewed -"),
        ("session: begun, carried: [later, begun], reviewed: later", "begun, carried at begun, reviewed -"),
        ("session: begun, carried: [gone], reviewed: begun", "begun, carried at gone, reviewed begun"),
    ],
)
def test_a_step_as_it_stood(fields: str, as_of: str, read_jane: Read) -> None:
    """As of then, a session that had not begun has neither brought a step nor looked at one."""
    sessions = f"sessions: [{{id: begun, at: 2026-03-10 12:00, status: held}}, {{id: later, {COMING}, {BOOKED}}}]"
    file = read_jane(sessions=sessions, actions=f"actions: [{{step: Ask, {fields}}}]")
    stood = [
        f"{one.session}, carried at {' '.join(one.carried) or '-'}, reviewed {shown(one.reviewed)}"
        for one in seen(file, as_of=True).actions
    ]
    assert (stood or ["nothing"]) == [as_of]
    assert seen(file, as_of=False).actions == file.actions


def test_what_is_seen_keeps_its_place_and_leaves_the_file_as_it_was(read_jane: Read) -> None:
    """A view is made of copies: the file can be seen from another instant afterwards."""
    file = read_jane(
        contract="contracts: [{id: a, agreed: 2026-01-12, sessions: 6, amendments: "
        "[{agreed: 2026-04-01, set: {sessions: 8}}]}]"
    )
    (whole,) = file.contracts
    (early,) = seen(file, as_of=False).contracts
    later = seen(file, as_of=False, now="2026-05-01 12:00").contracts[0]
    in_may = whole.amendments[0].agreed
    assert [contract.terms(in_may).sessions for contract in (whole, early, later)] == [8, 6, 8]
    assert early.origin.place() == whole.origin.place()
    assert later == whole


@pytest.mark.parametrize(
    ("sessions", "contacts", "expected"),
    [
        ("", "", "-"),
        (f"{SESSION}, status: held", "at: 2026-03-10 12:00, from: client, via: email", "-"),
        (COMING, "", "03-10 13:00"),
        (COMING, "at: 2026-03-10 12:30, from: client, via: email", "03-10 12:30"),
        (f"{COMING}, booked: 2026-03-10 12:05", "", "03-10 12:05"),
        (
            f"{COMING}, moved: [{{from: 2026-03-12 10:00, at: 2026-03-10 12:10}}, {{at: 2026-03-01 10:00}}]",
            "",
            "03-10 12:10",
        ),
        (
            f"{COMING}, status: cancelled, cancelled: {{at: 2026-03-10 12:20, told: 2026-03-10 12:15}}",
            "",
            "03-10 12:15",
        ),
        (f"{COMING}, prep: {{sent: 2026-03-10 12:25, received: 2026-03-10 12:26}}", "", "03-10 12:25"),
    ],
)
def test_the_next_fact_to_be_known(sessions: str, contacts: str, expected: str, read_jane: Read) -> None:
    """What was judged at an instant holds at most until something that is on file already comes to pass."""
    written = {"sessions": sessions, "contacts": contacts}
    file = read_jane(**{name: f"{name}: [{{{fields}}}]" for name, fields in written.items() if fields})
    now = Instant.parse(NOW, file.practice.timezone)
    assert now is not None
    assert shown(next_fact(file, now)) == expected
