"""`--incognito`: no name, no code, no text and no money on the screen, whatever a command says."""

import re
import shlex
from pathlib import Path

import pytest

from calling import call, lay_out
from commands.canaries import CANARIES, IN_FORMS, LOOKING, OWN, SHOWING_PRIVATE, WRITING
from typing_in import ENTER, type_in

FOUND = re.compile(r"(?i:zorblax|quimby|halcyon|oster|pimlico|okafor|canary|canaries)|987|98\.7|555|PRIVATE")
"""Words of the people, the texts and the sums that stand in the journal."""
DRY = """session log zorblax c2www --topic "a canary" --private "PRIVATE canary" --dry-run
contact import letters --subject --dry-run
import csv table.csv --map mapping.yaml --dry-run
contract end zorblax --on today --by coach --reason relationship --booked cancel --summary canary --dry-run
draft booking zorblax --sent --dry-run
client rename zorblax okafor --dry-run
config set aliases.q contact list quimby --dry-run
fmt --dry-run
"""
FILES = CANARIES


TOLD = [f"{one}{form}" for one in LOOKING.splitlines() for form in ("", " --json")] + WRITING.splitlines()
TOLD_TO_PROGRAMS = [pytest.param(f"{one} --json", marks=pytest.mark.long) for one in WRITING.splitlines()]


@pytest.mark.parametrize("command", [*TOLD, *TOLD_TO_PROGRAMS])
def test_nothing_tells_who_it_is_or_what_was_said(tmp_path: Path, command: str) -> None:
    """Neither what is printed, nor JSON, nor an error; what is written is whole."""
    outcome = call("--incognito", *shlex.split(command), folder=lay_out(FILES, tmp_path))
    assert outcome.code in {0, 1, 4}, outcome.err
    assert not FOUND.search(f"{outcome.out}{outcome.err}")


@pytest.mark.parametrize("command", [*IN_FORMS.splitlines(), *DRY.splitlines(), *SHOWING_PRIVATE.splitlines()])
def test_no_format_tells_it_either(tmp_path: Path, command: str) -> None:
    """A document, a table, the diff of a dry run; nor what is asked for by name."""
    outcome = call("--incognito", *shlex.split(command), folder=lay_out(FILES, tmp_path))
    assert outcome.code in {0, 1}, outcome.err
    assert not FOUND.search(f"{outcome.out}{outcome.err}")


def test_a_question_tells_no_more_than_an_answer(tmp_path: Path) -> None:
    """What is asked of a step, a goal or a message is asked by its id; what is typed stands there all the same."""
    lay_out(FILES, tmp_path)
    answers = (ENTER,) * 12
    logged = type_in("--incognito", "session", "log", "zorblax", "c2www", answers=answers, folder=tmp_path)
    assert (logged.code, "a7kqw, …: done" in logged.shown, "g1 …" in logged.shown) == (0, True, True)
    cancel = ("session", "cancel", "zorblax", "d2nnw", "--by", "client", "--reason", "work")
    cancelled = type_in("--incognito", *cancel, answers=(ENTER,) * 5, folder=tmp_path)
    assert (cancelled.code, "late: fee (…)" in cancelled.shown) == (0, True)
    assert not FOUND.search(logged.shown + cancelled.shown)


def test_a_wrong_call_names_nobody_either(tmp_path: Path) -> None:
    """The client that two names could mean, the booked sessions, the file that is broken."""
    lay_out({**FILES, "clients/zorba/client.yaml": "name: Zorblax Oster\n"}, tmp_path)
    calls = ("client show zorb", "contract resume zorblax", "contract pause zorblax")
    outcomes = [call("--incognito", *one.split(), folder=tmp_path) for one in calls]
    (tmp_path / OWN / "sessions.yaml").write_text("sessions: [{", encoding="utf-8")
    outcomes.append(call("--incognito", "session", "log", "zorblax", folder=tmp_path))
    outcomes.append(call("--incognito", "draft", "hold", "zorblax", folder=tmp_path))
    assert [one.code for one in outcomes] == [2, 2, 2, 3, 0]
    told = [outcome.err.replace("zorb` ", "") for outcome in outcomes]
    assert not [one for one in told if FOUND.search(one)]
