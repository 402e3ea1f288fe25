"""`coachlog action`: what was committed to, what came of it, and that the file beside it stays as it was."""

import json
import re
from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out

JANE = "clients/jane-doe"
SESSIONS = """sessions:
  - {id: b3xew, at: 2026-03-24 15:00, status: held}
  - {id: c3xew, at: 2026-04-07 15:00}
"""
FIRST = '  - {id: a7kqw, step: "Hand it over, slowly", session: b3xew, due: 2026-03-28}  # soon\n'
SECOND = """  - id: a8kqw   # every day

    step: Write
    due:  2026-03-30
    follow_up: {via: email, every: day, nudge: yes}
"""
ACTIONS = f"# steps\nactions:\n{FIRST}{SECOND}# the end\n"
FILES = {
    "coachlog.yaml": PRACTICE,
    f"{JANE}/client.yaml": "name: Jane Doe\n",
    f"{JANE}/sessions.yaml": SESSIONS,
    f"{JANE}/actions.yaml": ACTIONS,
}
TODAY = "Tue 31 Mar 2026 (today)"
AHEAD = "Tue 7 Apr 2026 (in 7 days)"


def actions(root: Path) -> str:
    """Give the steps as they are on disk."""
    return (root / JANE / "actions.yaml").read_bytes().decode()


CLOSED = {
    "done": (
        "done jane a7 yesterday --learned well --reviewed last",
        "done a7kqw (Jane Doe): Mon 30 Mar 2026 (yesterday)",
        FIRST,
        FIRST.replace("}", ", done: 2026-03-30, reviewed: b3xew, learned: well}"),
    ),
    "partly done": (
        "part jane 1",
        f"partly done a7kqw (Jane Doe): {TODAY}",
        FIRST,
        FIRST.replace("}", ", part: 2026-03-31}"),
    ),
    "dropped": (
        "drop jane a7kqw no longer needed --on 2026-03-29",
        "dropped a7kqw (Jane Doe): Sun 29 Mar 2026 (2 days ago)",
        FIRST,
        FIRST.replace("}", ", dropped: {date: 2026-03-29, why: no longer needed}}"),
    ),
    "carried": (
        "carry jane last",
        f"carried a8kqw (Jane Doe) over at the session of Tue 24 Mar 2026, now due {AHEAD}",
        SECOND,
        SECOND.replace("due:  2026-03-30", "due:  2026-04-07") + "    carried: [b3xew]\n",
    ),
    "the only one with a follow-up": (
        "update jane drafted it",
        f"noted news of a8kqw (Jane Doe): {TODAY}",
        SECOND,
        f"{SECOND}    updates:\n      - {{date: 2026-03-31, note: drafted it}}\n",
    ),
}


@pytest.mark.parametrize(("typed", "said", "before", "after"), CLOSED.values(), ids=CLOSED)
def test_what_came_of_a_step_is_written_into_it(journal: Path, typed: str, said: str, before: str, after: str) -> None:
    """Nothing else in the file changes, and the day is said in words."""
    outcome = call("action", *typed.split(), folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == said
    assert actions(journal) == ACTIONS.replace(before, after)


ADDED = {
    "due at the next session": (
        "ask Lee: today",
        f"step of Jane Doe, due {AHEAD}",
        '    step: "ask Lee: today"\n    due: 2026-04-07\n',
    ),
    "a promise": (
        "send it --kind promise --due fri --session last",
        "promise of yours to Jane Doe, from the session of Tue 24 Mar 2026, due Fri 3 Apr 2026 (in 3 days)",
        "    step: send it\n    session: b3xew\n    due: 2026-04-03\n    kind: promise\n",
    ),
    "with updates": (
        "run --via email --every day --by 6pm --until sat --nudge --stretch",
        f"step of Jane Doe, due {AHEAD}",
        (
            "    step: run\n    due: 2026-04-07\n    stretch: yes\n"
            "    follow_up: {via: email, every: day, by: 18:00, until: 2026-04-04, nudge: yes}\n"
        ),
    ),
}


@pytest.mark.parametrize(("typed", "said", "written"), ADDED.values(), ids=ADDED)
def test_a_step_is_added_at_the_end(journal: Path, typed: str, said: str, written: str) -> None:
    """In the manner of the file, with an id of its own."""
    lay_out({f"{JANE}/actions.yaml": f"actions:\n{SECOND}"}, journal)
    outcome = call("action", "add", "jane", *typed.split(), folder=journal)
    name = re.findall(r"^added (\w{5}): ", outcome.out)[0]
    assert outcome.out.splitlines()[0] == f"added {name}: {said}"
    assert actions(journal) == f"actions:\n{SECOND}  - id: {name}\n{written}"


def test_the_list_has_what_is_open_by_its_day(journal: Path) -> None:
    """With --all what is closed, too; JSON has every field."""
    lay_out({f"{JANE}/actions.yaml": ACTIONS.replace("due: 2026-03-28", "done: 2026-03-28")}, journal)
    assert call("action", "list", "jane", folder=journal).out == (
        "jane-doe\ta8kqw\tstep\topen\tMon 30 Mar 2026, overdue\tWrite\n"
    )
    told = json.loads(call("action", "list", "--all", "--json", folder=journal).out)["actions"]
    assert [(one["id"], one["open"], one["overdue"], one["done"]) for one in told] == [
        ("a8kqw", True, True, None),
        ("a7kqw", False, False, "2026-03-28"),
    ]


REFUSED = {
    "several are open": ("done jane", "More than one step is open: a7kqw and a8kqw. Write its id behind the client."),
    "several begin so": ("done jane a", "`a` can mean a7kqw and a8kqw. Write more of the id."),
    "no step is said": ("add jane", "What was committed to is needed, and there is nobody to ask."),
    "a day that can mean two": ("done jane a7 3/4", "`3/4` can mean two days. Write 3 apr or 4 mar."),
}


@pytest.mark.parametrize(("typed", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_clear_is_refused(journal: Path, typed: str, told: str) -> None:
    """In one line, and nothing is written."""
    outcome = call("action", *typed.split(), folder=journal)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert actions(journal) == ACTIONS


def test_blanks_are_no_step(journal: Path) -> None:
    """They are asked for as if nothing had been said, and nothing is written."""
    outcome = call("action", "add", "jane", " ", folder=journal)
    assert (outcome.code, outcome.out) == (2, "")
    assert "What was committed to is needed" in outcome.err
    assert actions(journal) == ACTIONS


def test_a_step_is_closed_once(journal: Path) -> None:
    """What is done already is said with its day; a dry run is no closing."""
    assert "+  - {id: a7kqw" in call("action", "done", "jane", "a7", "--dry-run", folder=journal).out
    told = json.loads(call("action", "done", "jane", "a7", "--json", folder=journal).out)
    assert [(one["id"], one["done"]) for one in told["actions"]] == [("a7kqw", "2026-03-31")]
    again = call("action", "drop", "jane", "a7", folder=journal)
    assert again.code == 2
    assert "a7kqw is done already, since Tue 31 Mar 2026." in again.err


def test_help_has_examples(journal: Path) -> None:
    """In the group, and in each command."""
    assert "coachlog action carry jane a7kqw" in call("action", "carry", "-h", folder=journal).out
