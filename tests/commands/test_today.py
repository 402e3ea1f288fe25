"""`coachlog`, `coachlog today`: what is owed and what is coming, what matters most first."""

import json
from pathlib import Path

import pytest

from calling import PRACTICE, call, call_on_terminal, lay_out

FILES = {
    "coachlog.yaml": PRACTICE,
    "clients/jane-doe/client.yaml": "name: Jane Doe\n",
    "clients/jane-doe/contract.yaml": """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    between_sessions: {via: {email: 24 h, text: }}
""",
    "clients/jane-doe/sessions.yaml": """sessions:
  - {id: s1, at: 2026-03-10 15:00, status: held}
  - {id: s2, at: 2026-03-30 15:00}
  - {id: s3, at: 2026-03-31 15:00, via: video, prep: {received: 2026-03-30 20:10}}
  - {id: s4, at: 2026-04-07 10:00}
  - {id: s5, at: 2026-04-08 10:00}
""",
    "clients/jane-doe/contacts.yaml": """contacts:
  - {id: c1, at: 2026-03-25 10:00, from: client, via: email}
  - {id: c2, at: 2026-03-30 16:00, from: client, via: email}
  - {id: c3, at: 2026-03-31 09:00, from: client, via: text}
  - {id: c4, at: 2026-03-31 10:00, from: client, via: email}
""",
    "clients/jane-doe/actions.yaml": """actions:
  - {id: a1, step: Send the article, kind: promise, due: 2026-03-20}
  - {id: a2, step: Ask Lee, due: 2026-03-28}
  - {id: a3, step: Write it down, due: 2026-03-25}
  - {id: a4, step: Rest, due: 2026-03-25, done: 2026-03-26}
  - {id: a5, step: Call Sam, due: 2026-03-31}
""",
}
"""A Tuesday at noon: one answer is overdue, one due today, one tomorrow, and for one no time was promised."""
DAY = (
    ("Today", "15:00  Jane Doe, session 3 of 6, video · prep form came Mon 30 Mar 2026"),
    ("Owed", "Jane Doe was promised an answer by Thu 26 Mar 2026 10:00 (email, 6 days ago)"),
    ("Owed", "Jane Doe waits for an answer (text, 3 h ago; no time was promised)"),
    ("Owed", "Jane Doe wants an answer by 16:00 (email, 20 h ago)"),
    ("Owed", "Jane Doe wants an answer by Wed 1 Apr 2026 10:00 (email, 2 h ago)"),
    ("Owed", "Jane Doe: 1 promise of yours overdue since Fri 20 Mar 2026"),
    ("To close", "Mon 30 Mar 2026 15:00, Jane Doe: still booked"),
    ("Steps", "Jane Doe: 2 steps overdue since Wed 25 Mar 2026"),
    ("Ahead", "Tue 7 Apr 2026 10:00  Jane Doe, session 4 of 6"),
    ("Breaches", "Jane Doe: 2 breaches"),
)


@pytest.mark.parametrize("arguments", [(), ("today",)])
def test_a_pipe_gets_one_thing_a_line(journal: Path, arguments: tuple[str, ...]) -> None:
    """Label, client and sentence, in the order in which they matter; it exits with 0 whatever is owed."""
    outcome = call(*arguments, folder=journal)
    assert [tuple(line.split("\t")) for line in outcome.out.splitlines()] == [
        (label, "jane-doe", words) for label, words in DAY
    ]
    assert (outcome.code, outcome.err) == (0, "")


def test_a_terminal_gets_the_hour_each_label_once_and_what_to_type(journal: Path) -> None:
    """The sentences are the same as on a pipe."""
    shown = call_on_terminal("--color", "never", folder=journal, COLUMNS="100").out.splitlines()
    assert shown[0] == "Tue 31 Mar 2026 12:00 · office open until 17:00"
    assert [line[9:].partition("   ")[0] for line in shown[1:11]] == [words for _, words in DAY]
    assert [line[:9].strip() for line in shown[1:11] if line[:9].strip()] == list(dict.fromkeys(dict(DAY)))
    assert shown[10].endswith("  coachlog check jane-doe")
    assert shown[-1].startswith("coachlog check says")


@pytest.mark.parametrize(("days", "ahead"), [("0", []), ("6", []), ("7", ["s4"]), ("8", ["s4", "s5"])], ids=str)
def test_the_days_ahead_are_as_many_as_asked(journal: Path, days: str, ahead: list[str]) -> None:
    """The last of them counts to its end."""
    told = json.loads(call("today", "--days", days, "--json", folder=journal).out)["today"]
    assert [one["record"] for one in told if one["kind"] == "session"] == ["s3", *ahead]


def test_json_has_every_field_of_everything(journal: Path) -> None:
    """Absent ones too; an instant has its offset, and what stands for several records names none."""
    told = json.loads(call("today", "--json", folder=journal).out)
    assert list(told) == ["schema", "now", "office", "today"]
    assert told["now"] == "2026-03-31T12:00:00+01:00"
    assert told["office"] == {"closes": "2026-03-31T17:00:00+01:00", "opens": None}
    assert len({tuple(one) for one in told["today"]}) == 1
    by_kind = {one["kind"]: one for one in reversed(told["today"])}
    assert by_kind["reply"]["due"] == "2026-03-26T10:00:00+00:00"
    assert (by_kind["promise"]["record"], by_kind["promise"]["day"]) == ("a1", "2026-03-20")
    assert (by_kind["step"]["record"], by_kind["step"]["count"]) == (None, 2)
    assert (by_kind["session"]["number"], by_kind["session"]["of"]) == (3, 6)


def test_a_client_whose_contract_is_over_is_owed_no_answer_and_no_step(journal: Path) -> None:
    """A promise is still a promise, and a session that nobody closed is still to be closed."""
    ended = "    ended: {date: 2026-03-30, by: both, reason: completed, explained: 2026-03-30}\n"
    lay_out({"clients/jane-doe/contract.yaml": FILES["clients/jane-doe/contract.yaml"] + ended}, journal)
    told = json.loads(call("today", "--json", folder=journal).out)["today"]
    assert {one["kind"] for one in told} & {"reply", "promise", "step", "to-close"} == {"promise", "to-close"}


@pytest.mark.parametrize(
    ("now", "office"),
    [
        ("2026-03-31 18:00", " · office closed until Wed 1 Apr 2026 09:00"),
        ("2026-03-31 08:00", " · office closed until Tue 31 Mar 2026 09:00"),
    ],
)
def test_a_quiet_day_says_so_and_when_the_office_opens(tmp_path: Path, now: str, office: str) -> None:
    """A practice without clients has a day, too."""
    lay_out({"coachlog.yaml": PRACTICE}, tmp_path)
    shown = call_on_terminal("--now", now, folder=tmp_path).out
    assert office in shown
    assert "Nothing is owed, and nothing is booked for these days." in shown
    assert call("--now", now, folder=tmp_path).out == ""


def test_a_breach_of_the_practice_itself_is_its_own(tmp_path: Path) -> None:
    """What no client is concerned in stands under the practice."""
    lay_out({"coachlog.yaml": PRACTICE, "supervision.yaml": "supervision:\n  - {date: soon}\n"}, tmp_path)
    assert call(folder=tmp_path).out == "Breaches\tpractice\tThe practice: 1 breach\n"


def test_incognito_says_of_nobody_who_it_is(journal: Path) -> None:
    """Names and codes are masked in every line."""
    shown = call("--incognito", folder=journal).out
    assert "Client A" in shown
    assert "client-a" in shown
    assert "ane" not in shown


def test_a_practice_file_that_cannot_be_read_stops_it(journal: Path) -> None:
    """One line with file, line and what to do."""
    lay_out({"coachlog.yaml": "format: 1\ntimezone: Mars/Base\n"}, journal)
    outcome = call(folder=journal)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("coachlog: coachlog.yaml:2: `timezone`")
    assert outcome.err.endswith(" Mend that line, then try again.\n")
    assert outcome.err.count("\n") == 1


def test_long_lines_are_wrapped_under_their_label(journal: Path) -> None:
    """On a narrow terminal no word is broken, and commands that have no room are left out."""
    lay_out({"clients/jane-doe/client.yaml": "name: Jane Alexandra van der Doe-Montgomery\n"}, journal)
    shown = call_on_terminal("--color", "never", folder=journal, COLUMNS="44").out.splitlines()
    rows = shown[2 : shown.index("")]
    assert max(map(len, rows)) <= 44
    assert " ".join("".join(rows).split()).count("Montgomery") == len(DAY)
    assert all(row[8] == " " for row in rows)
