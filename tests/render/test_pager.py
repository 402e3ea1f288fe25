"""The pager: for what is longer than the screen, where somebody can turn the pages."""

import stat
from pathlib import Path

import pytest

from calling import JOURNAL, lay_out
from on_terminal import call_on_warm_terminal

SCRIPT = '#!/bin/sh\necho "[$# $LESS $LESSHISTFILE $LESSSECURE]"\ncat\n'
LONG, SHORT = {"LINES": "5"}, {"LINES": "50"}
CHECK = ("check", "--color", "never")
LAST = "says why it matters and what to do."


def shown(tmp_path: Path, *arguments: str, pager: str = SCRIPT, **more: str) -> str:
    """Give what a call shows on a terminal whose pager is a script that says how it was called."""
    folder = lay_out(JOURNAL, tmp_path)
    own = folder / "pager"
    own.write_text(pager, encoding="utf-8")
    own.chmod(stat.S_IRWXU)
    outcome = call_on_warm_terminal(*(arguments or CHECK), folder=folder, **{"PAGER": str(own), **more})
    assert outcome.code == 1
    return outcome.out


def test_long_output_goes_through_the_pager_on_its_standard_input(tmp_path: Path) -> None:
    """Whole, without a word of it among the arguments; less keeps no history and starts nothing."""
    told = shown(tmp_path, **LONG)
    assert told.startswith("[0 FRX - 1]\nJane Doe (jane-doe)")
    assert told.count(LAST) == 1


PLAIN = {
    "short": ((), SHORT),
    "dumb": ((), {**LONG, "TERM": "dumb"}),
    "asked": (("--no-pager", *CHECK), LONG),
    "asked behind": ((*CHECK, "--no-pager"), LONG),
    "asked by the environment": ((), {**LONG, "COACHLOG_NO_PAGER": "1"}),
    "none of its own": ((), {**LONG, "COACHLOG_PAGER": ""}),
    "cat": ((), {**LONG, "PAGER": "cat"}),
    "missing": ((), {**LONG, "PAGER": "/nowhere/less -R"}),
    "no call": ((), {**LONG, "PAGER": "'less"}),
    "no height": ((), {"LINES": "x"}),
}


@pytest.mark.parametrize("why", PLAIN)
def test_output_is_printed_plainly_where_no_pager_helps(tmp_path: Path, why: str) -> None:
    """A short one, on a dumb terminal, where the coach says so, and where there is none that can be started."""
    arguments, more = PLAIN[why]
    told = shown(tmp_path, *arguments, **more)
    assert told.startswith("Jane Doe (jane-doe)")
    assert told.count(LAST) == 1


def test_the_program_s_own_pager_comes_first_and_less_keeps_the_coach_s_wish(tmp_path: Path) -> None:
    """COACHLOG_PAGER before PAGER; LESS is left as it is set."""
    own = f"{tmp_path / 'pager'} +G"
    assert shown(tmp_path, **LONG, PAGER="false", COACHLOG_PAGER=own, LESS="S").startswith("[1 S - 1]\nJane")


def test_leaving_the_pager_early_is_silent(tmp_path: Path) -> None:
    """The exit code is the command's."""
    assert (
        shown(tmp_path, pager="#!/bin/sh\nhead -n 1\n", **LONG)
        == "Jane Doe (jane-doe) · contract of 12 Jan 2026 · 0 sessions of 6\n"
    )
