"""`coachlog session log --answered`, and all that a log and a cancellation wrote, as JSON."""

import json
import shlex
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, call

OWN = "clients/jane-doe/"
FILES = {
    **JOURNAL,
    "coachlog.yaml": PRACTICE,
    f"{OWN}contract.yaml": (
        "contracts:\n  - id: 2026a\n    agreed: 2026-01-12\n    media: [video]\n"
        "    between_sessions: {via: {email: 24 h, text: 24 h}}\n"
    ),
    f"{OWN}sessions.yaml": (
        "sessions:\n  - {id: b3xew, at: 2026-03-31 10:00, via: phone}\n  - {id: d2nnw, at: 2026-04-01 10:00}\n"
    ),
    f"{OWN}actions.yaml": "actions:\n  - {id: a7kqw, step: Rest, due: 2026-04-01}\n  - {id: a8kqw, step: Sleep}\n",
    f"{OWN}contacts.yaml": (
        "contacts:\n"
        "  - {id: f6juw, at: 2026-03-30 16:00, from: client, via: email}\n"
        "  - {at: 2026-03-30 17:00, from: client, via: text}\n"
        "  - {id: f8juw, at: 2026-03-31 11:30, from: client, via: text}\n"
        "  - {id: f9juw, at: 2026-03-30 15:00, from: coach, via: email}\n"
    ),
}


def test_what_was_answered_in_a_session_is_answered(journal: Path) -> None:
    """The session is a contact that replies to it, by the session's medium; a message without an id gets one."""
    log = ("session", "log", "jane", "--answered", "f6", "--answered", "2", "--done", "a8", "--step", "Ask", "--json")
    told = json.loads(call(*log, folder=journal).out)
    (reply,) = told["contacts"]
    nameless = reply["reply_to"][1]
    assert reply == {**reply, "from": "coach", "via": "phone", "session": "b3xew", "reply_to": ["f6juw", nameless]}
    assert [one["step"] for one in told["actions"]] == ["Sleep", "Ask"]
    assert [one["record"] for one in told["sessions"]] == ["b3xew"]
    assert f"{{id: {nameless}, at: 2026-03-30 17:00" in (journal / OWN / "contacts.yaml").read_text()
    later = ("check", "jane", "--format", "json", "--select", "CTC105,CTC106,JRN")
    found = json.loads(call(*later, folder=journal, COACHLOG_NOW="2026-04-03 12:00").out)["findings"]
    assert [(one["code"], one["record"]) for one in found] == [("CTC106", "f8juw")]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("f8juw", "f8juw came when the session had begun, on Tue 31 Mar 2026 11:30."),
        ("f9juw", "No record here is called `f9juw`."),
    ],
)
def test_what_came_later_or_from_the_coach_was_not_answered_in_it(journal: Path, wanted: str, sentence: str) -> None:
    """One line says so, and nothing is written."""
    refused = call("session", "log", "jane", "--answered", wanted, folder=journal)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert sentence in refused.err
    assert (journal / OWN / "sessions.yaml").read_text() == FILES[f"{OWN}sessions.yaml"]


def test_a_cancellation_tells_programs_of_all_that_it_wrote(journal: Path) -> None:
    """The telling and the steps that were taken along are among it."""
    said = ("--by", "client", "--reason", "work", "--via", "email", "--rebook", "8 apr", "--json")
    told = json.loads(call("session", "cancel", "jane", "d2nnw", *said, folder=journal).out)
    assert [one["status"] for one in told["sessions"]] == ["cancelled", "booked"]
    assert [(one["record"], one["due"]) for one in told["actions"]] == [("a7kqw", "2026-04-08")]
    assert [(one["from"], one["session"]) for one in told["contacts"]] == [("client", "d2nnw")]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (
            '--kind three-way --with pat --with "Kim Park" --late "5 min" --via phone',
            "kind: three-way\n    with: [pat, Kim Park]\n    late: 5 min",
        ),
        ("--kind chemistry --compatible no --cut", "cut: technical\n    compatible: no"),
        (
            '--outcome "One thing" --importance 8 --insight "It is mine" --option Ask --pro-bono --counts no',
            'outcome: One thing\n    importance: "8"\n    insights: [It is mine]\n    pro_bono: yes\n    counts: no',
        ),
    ],
)
def test_whatever_a_session_holds_can_be_said(journal: Path, said: str, stands: str) -> None:
    """Who was there, how it was held, what came up, and whether two who met for the first time fit."""
    assert call("session", "log", "jane", *shlex.split(said), folder=journal).code == 0
    written = (journal / OWN / "sessions.yaml").read_text()
    told = json.loads(call("session", "show", "jane", "b3xew", "--json", folder=journal).out)
    assert told["sessions"][0]["status"] == "held"
    assert all(one in written for one in stands.replace("\n    ", "\n").split("\n")), written


def test_steps_that_wait_for_a_day_get_that_of_the_next_booking(journal: Path) -> None:
    """The session was logged before the next one was booked; what was due already keeps its day."""
    (journal / OWN / "sessions.yaml").write_text("sessions:\n  - {id: b3xew, at: 2026-03-31 10:00, via: phone}\n")
    call("session", "log", "jane", "--step", "Ask", "--step", "Tell", folder=journal)
    booked = call("session", "book", "jane", "14 apr 10:00", folder=journal)
    assert booked.out.startswith("booked ")
    assert "; 2 open steps now due then\n" in booked.out
    assert (journal / OWN / "actions.yaml").read_text().count("due: 2026-04-14") == len(["Ask", "Tell"])
