"""`coachlog prep`: the form goes out with the open steps in it, and its answers come back to the session."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from calling import PRACTICE, PROGRAM, Outcome, call, environment
from commands.at_editor import drafts, editor
from typing_in import ENTER, type_in

JANE = "clients/jane-doe"
FILES = {
    "coachlog.yaml": PRACTICE,
    f"{JANE}/client.yaml": "name: Jane Doe\ntimezone: America/New_York\n",
    f"{JANE}/contract.yaml": """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    between_sessions: {via: {phone: 24 h}}
    follow_up: [{id: f2, kind: prep-form, when: 2 days before session, via: email}]
""",
    f"{JANE}/sessions.yaml": """sessions:
  - {id: b3xew, at: 2026-03-30 15:00}
  - id: c8fhw   # the next one
    at: 2026-04-01 10:00
    kind: closing
  - at: 2026-04-09 15:00
    private: CANARY
""",
    f"{JANE}/actions.yaml": """actions:
  - {id: a1aaa, step: Hand the draft to Lee, due: 2026-04-01}
  - {id: a2aaa, step: Sleep, done: 2026-03-20}
  - {id: a3aaa, step: Send the book, kind: promise}
""",
    "clients/tom-reid/client.yaml": "name: Tom Reid\n",
}
"""Jane has a session to close, a closing one tomorrow, and one for which a form is due; it has no id yet."""
REPLY = """Hello,
> [2/6] What went well?
Said no: once.
> [3/6] What do you want from this session? Name one topic or
> question.
How to delegate
> [4/6] Why does it matter to you?
the team waits
"""


def heard(said: str, *arguments: str, folder: Path) -> Outcome:
    """Run the program with something on its stdin."""
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder),
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def sessions(root: Path) -> str:
    """Give the sessions as they are on disk."""
    return (root / JANE / "sessions.yaml").read_text()


def test_the_form_is_for_the_next_session_that_one_prepares(journal: Path) -> None:
    """It holds the open steps, the client's own clock, and each question once; nothing is written."""
    before = sessions(journal)
    shown = call("prep", "form", "jane", folder=journal)
    assert (shown.code, shown.err, sessions(journal)) == (0, "", before)
    assert "Thursday 9 April 2026 at 15:00 London time\n(10:00 in New York)." in shown.out
    assert re.findall(r"\[\d/\d\]", shown.out) == [f"[{number}/6]" for number in range(1, 7)]
    assert "  - Hand the draft to Lee (by Wednesday 1 April 2026)" in shown.out
    assert not re.search("Sleep|book|CANARY", shown.out)
    hidden = call("prep", "form", "jane", "--incognito", folder=journal).out
    assert "Hand the draft" not in hidden


def test_the_form_tells_programs_what_is_in_it(journal: Path) -> None:
    """By its marks and fields; a session may be named by its day."""
    told = json.loads(call("prep", "form", "jane", "1 apr", "--json", folder=journal).out)["forms"][0]
    assert (told["session"], told["steps"]) == ("c8fhw", ["Hand the draft to Lee"])
    assert [one["field"] for one in told["questions"]] == ["since", "well", "want", "want", "want", "want"]
    assert told["text"].startswith("To prepare for our session")


def test_a_form_that_was_sent_is_noted_twice_and_keeps_the_follow_up(journal: Path) -> None:
    """On the session, and as a contact by the agreed medium; the rule on forms is content."""
    outcome = call("prep", "form", "jane", "--sent", folder=journal, COACHLOG_NOW="2026-04-07 10:00")
    assert (outcome.code, outcome.err) == (0, "")
    told = "noted that the form for Thu 9 Apr 2026 15:00 went to Jane Doe: email, Tue 7 Apr 2026 10:00 (now), contact "
    assert re.fullmatch(rf"{re.escape(told)}\w+, follow-up f2\n", outcome.out)
    assert "prep: {sent: 2026-04-07 10:00}" in sessions(journal)
    contacts = (journal / JANE / "contacts.yaml").read_text()
    assert re.search(
        r"from: coach\n +via: email\n +for: prep\n +follow_up: f2\n +session: [a-z][a-z2-9]{4}\n", contacts
    )
    checked = call("check", "jane", "--select", "FUP102", folder=journal, COACHLOG_NOW="2026-04-08 12:00")
    assert (checked.code, "FUP102" in checked.out) == (0, False)


RECORDED = {
    "from stdin, quoted": (
        REPLY,
        ("-",),
        "it came Tue 31 Mar 2026 12:00 (now); well and want answered; since left empty",
        'prep: {received: 2026-03-31 12:00, well: "Said no: once.", want: "How to delegate\\nMatters: the team waits"}',
    ),
    "from a file, at another time": (
        "",
        ("reply.txt", "--at", "yesterday 20:10", "--since", "A hard week"),
        "it came Mon 30 Mar 2026 20:10 (15 h 50 min ago); since, well and want answered",
        "prep: {received: 2026-03-30 20:10, since: A hard week, ",
    ),
    "said in the call": (
        "",
        ("--want", "How to delegate", "--session", "c8fhw"),
        "it came Tue 31 Mar 2026 12:00 (now); want answered; since and well left empty",
        "kind: closing\n    prep: {received: 2026-03-31 12:00, want: How to delegate}\n",
    ),
}


@pytest.mark.parametrize("way", RECORDED)
def test_answers_are_noted_on_the_session(journal: Path, way: str) -> None:
    """With the moment at which they came; what stood there of the form stays, and so does the rest of the file."""
    said, typed, told, written = RECORDED[way]
    (journal / "reply.txt").write_text(REPLY)
    before = sessions(journal)
    words = ("prep", "record", "jane", *typed)
    outcome = heard(said, *words, folder=journal) if said else call(*words, folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    assert told in outcome.out
    assert written in sessions(journal)
    assert [one for one in before.splitlines() if one.lstrip(" -") not in sessions(journal)] == []


REFUSED = {
    ("prep", "record", "jane"): "What the client answered is needed, and there is nobody to ask.",
    ("prep", "record", "jane", "nowhere.txt"): "There is no file nowhere.txt.",
    (
        "prep",
        "record",
        "jane",
        "secret.txt",
    ): "No question of the form stands in it. Each answer stands below its question",
    ("prep", "record", "jane", "empty.txt"): "The form came back empty.",
    ("prep", "record", "tom", "--want", "CANARY"): "No session with Tom Reid is to come.",
    ("prep", "form", "tom"): "No session with Tom Reid is to come. Name the one that it is for, or book it",
    ("prep", "form", "jane", "--at", "9:00"): "--at is about a form that was sent.",
}


@pytest.mark.parametrize("typed", REFUSED, ids=" ".join)
def test_what_is_no_answer_is_refused_without_a_word_of_it(journal: Path, typed: tuple[str, ...]) -> None:
    """One line says what is accepted, and nothing is written."""
    (journal / "secret.txt").write_text("CANARY, my dear")
    (journal / "empty.txt").write_text("[1/6]\n[2/6]\n")
    before = sessions(journal)
    outcome = call(*typed, folder=journal)
    assert (outcome.code, outcome.out, sessions(journal)) == (2, "", before)
    assert REFUSED[typed] in outcome.err
    assert "CANARY" not in outcome.err


def test_without_a_file_the_form_opens_in_the_editor(journal: Path) -> None:
    """What is written below a question is its answer; a form that was left as it is keeps the draft."""
    fills = editor(journal, "/^.2.6/a All of it")
    shown = type_in("prep", "record", "jane", answers=[], folder=journal, EDITOR=fills)
    assert (shown.code, "well answered" in shown.shown) == (0, True)
    assert "well: All of it" in sessions(journal)
    left = type_in("prep", "record", "jane", answers=[], folder=journal, EDITOR="true")
    assert (left.code, len(drafts(journal))) == (2, 1)


def test_what_the_client_wants_is_offered_as_the_topic(journal: Path) -> None:
    """In `session log`, where Enter takes it."""
    said = "How to delegate\nMatters: much"
    assert call("prep", "record", "jane", "--session", "b3xew", "--want", said, folder=journal).code == 0
    shown = type_in("session", "log", "jane", answers=["60", *[ENTER] * 9], folder=journal).shown
    assert "Topic, - for none [How to delegate]: " in shown
    assert "topic: How to delegate}" in sessions(journal).partition("c8fhw")[0]
