"""`coachlog client list`: where each client stands."""

import json
from pathlib import Path

import pytest

from calling import CONTRACT, JOURNAL, call, call_on_terminal, lay_out

HELD = "  - {{at: {day} 10:00, status: held}}\n"
SIX = "sessions:\n" + "".join(HELD.format(day=f"2026-0{month}-0{day}") for month in (2, 3) for day in (2, 3, 4))


@pytest.mark.parametrize(
    ("status", "contract", "sessions"),
    [
        ("prospect", "", ""),
        ("draft", "contracts: [{id: a, sessions: 6}]\n", ""),
        ("active", CONTRACT, ""),
        ("paused", CONTRACT + "    pauses: [{from: 2026-03-30}]\n", ""),
        ("on hold", CONTRACT + "    pauses: [{from: 2026-03-30, kind: hold}]\n", ""),
        ("active", CONTRACT + "    pauses: [{from: 2026-03-01, to: 2026-03-30}]\n", ""),
        ("used up", CONTRACT, SIX),
        ("over", CONTRACT + "    ends: 2026-03-30\n", SIX),
        ("active", CONTRACT + "    ends: 2026-03-31\n", ""),
        ("active", CONTRACT + "    starts: 2026-04-02\n", ""),
    ],
)
def test_the_status_says_where_a_client_stands(tmp_path: Path, status: str, contract: str, sessions: str) -> None:
    """A contract in force, a pause, the number of sessions: as of the instant of the call."""
    own = {"contract.yaml": contract, "sessions.yaml": sessions, "contacts.yaml": ""}
    files = {f"clients/jane-doe/{name}": text for name, text in own.items()}
    lay_out({**JOURNAL, **files}, tmp_path)
    row = json.loads(call("client", "list", "--json", folder=tmp_path).out)["clients"][0]
    assert row["status"] == status


def test_a_row_counts_sessions_steps_and_breaches(journal: Path) -> None:
    """Used of contracted (a booking that has begun is used), the next session, open steps, breaches not waived."""
    booked = "  - {at: 2026-03-31 11:00}\n  - {at: 2026-04-14 15:00}\n  - {at: 2026-04-07 15:00, status: cancelled}\n"
    steps = "actions:\n  - {step: a}\n  - {step: b, done: 2026-03-30}\n  - {step: c, kind: promise}\n"
    lay_out(
        {
            "clients/jane-doe/sessions.yaml": "sessions:\n" + HELD.format(day="2026-02-02") + booked,
            "clients/jane-doe/actions.yaml": steps,
        },
        journal,
    )
    rows = [line.split("\t") for line in call("client", "list", folder=journal).out.splitlines()]
    assert rows[0][:6] == ["jane-doe", "Jane Doe", "active", "2 of 6", "Tue 14 Apr 2026 15:00", "1"]
    assert int(rows[0][6]) >= 1
    assert rows[1][:6] == ["tom-reid", "Tom Reid", "active", "0 of 6", "-", "-"]


def test_json_has_every_field_of_the_client_and_what_is_derived(journal: Path) -> None:
    """Absent fields are there too, and nothing private can be."""
    outcome = call("client", "list", "--tag", "Executive", "--json", folder=journal)
    report = json.loads(outcome.out)
    assert (report["schema"], len(report["clients"])) == (1, 1)
    jane = report["clients"][0]
    jane.pop("breaches")
    assert jane == {
        "code": "jane-doe",
        "name": "Jane Doe",
        "email": "jane@example.org",
        "phone": None,
        "timezone": None,
        "since": None,
        "heard_from": None,
        "addresses": [],
        "sponsors": [],
        "called": None,
        "pronouns": None,
        "language": None,
        "group": None,
        "tags": ["executive"],
        "waive": [],
        "status": "active",
        "contract_agreed": "2026-01-12",
        "sessions_used": 0,
        "sessions_contracted": 6,
        "next_session": None,
        "next_words": None,
        "open_steps": 0,
    }


def test_a_terminal_gets_a_table(journal: Path) -> None:
    """Names of any width stand under each other; a tag that nobody has is said."""
    lay_out({"clients/jane-doe/client.yaml": "name: 李 Ana\ntags: [executive]\n"}, journal)
    lines = call_on_terminal("client", "list", "--color", "never", folder=journal).out.splitlines()
    assert lines[0].split() == ["CLIENT", "NAME", "STATUS", "SESSIONS", "NEXT", "STEPS", "BREACHES"]
    assert lines[1].index("active") == lines[0].index("STATUS") - 1
    assert call_on_terminal("client", "list", "--tag", "none", folder=journal).out == "No clients.\n"


def test_incognito_masks_who_they_are(journal: Path) -> None:
    """Neither the table nor JSON says who it is."""
    for arguments in ((), ("--json",)):
        shown = call("--incognito", "client", "list", *arguments, folder=journal).out
        assert "client-a" in shown
        assert not any(word in shown.lower() for word in ("jane", "doe", "reid", "example.org", "executive"))


def test_a_practice_file_that_cannot_be_read_stops_the_list(journal: Path) -> None:
    """One line names the file and the line; the exit code is 3."""
    lay_out({"coachlog.yaml": "format: 1\ntimezone: Mars/Base\n"}, journal)
    outcome = call("client", "list", folder=journal)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("coachlog: coachlog.yaml:2: ")
    assert outcome.err.count("\n") == 1


def test_what_could_not_be_read_is_remarked(journal: Path) -> None:
    """Who has a contract that can't be read is no prospect: the list says that it may be wrong, beside its answer."""
    lay_out({"clients/jane-doe/contract.yaml": "contracts: [\n"}, journal)
    for _ in ("cold", "warm"):
        outcome = call("client", "list", folder=journal)
        assert (outcome.code, len(outcome.out.splitlines())) == (0, 2)
        assert outcome.err.startswith("coachlog: Not everything could be read, so the list may be wrong.")
    assert call("--quiet", "client", "list", folder=journal).err == ""


def test_a_masked_list_can_be_narrowed_to_a_tag(journal: Path) -> None:
    """The mask is put on what is listed, and the stand-ins are those of the whole list."""
    lay_out({"clients/tom-reid/client.yaml": "name: Tom Reid\ntags: [board]\n"}, journal)
    rows = call("--incognito", "client", "list", "--tag", "board", folder=journal).out.splitlines()
    assert [row.split("\t")[:2] for row in rows] == [["client-b", "Client B"]]


@pytest.mark.parametrize(
    ("columns", "left"), [("120", "CLIENT NAME STATUS SESSIONS NEXT"), ("72", "NAME STATUS SESSIONS NEXT")]
)
def test_a_table_fits_the_terminal(journal: Path, columns: str, left: str) -> None:
    """Where it is too wide the codes are left out first, since a command takes a name as well; no line is broken."""
    lay_out({"clients/jane-doe/sessions.yaml": "sessions: [{at: 2026-04-14 15:00}]\n"}, journal)
    shown = call_on_terminal("client", "list", folder=journal, COLUMNS=columns, NO_COLOR="1").out.splitlines()
    assert shown[0].split() == [*left.split(), "STEPS", "BREACHES"]
    assert max(map(len, shown)) <= int(columns)


def test_clients_who_share_a_name_are_told_apart_on_any_terminal(journal: Path) -> None:
    """Then it is the names that are left out."""
    lay_out({"clients/tom-reid/client.yaml": "name: Jane Doe\n"}, journal)
    shown = call_on_terminal("client", "list", folder=journal, COLUMNS="50", NO_COLOR="1").out.splitlines()
    assert shown[0].split()[:2] == ["CLIENT", "STATUS"]
    assert [row.split()[0] for row in shown[1:]] == ["jane-doe", "tom-reid"]
