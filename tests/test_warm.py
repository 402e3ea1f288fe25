"""A warm call is a cold call that begins sooner: it says the same, sees the same, and leaves the same behind."""

import os
from pathlib import Path

import pytest

from calling import JOURNAL, Outcome, begun, call_cold, call_cold_into, call_warm_into, lay_out
from warm import LOCALE, can_be_warm

CALLS = {
    "version": (("--version",), {}),
    "default": ((), {}),
    "findings": (("check",), {}),
    "JSON": (("check", "--json"), {}),
    "coloured": (("check", "--color", "always"), {"COLUMNS": "44"}),
    "colour of the environment": (("check",), {"COACHLOG_COLOR": "always"}),
    "another day": (("check", "--statistics"), {"COACHLOG_NOW": "2026-06-01 09:00"}),
    "wrong call": (("chek",), {}),
    "help": (("contact", "log", "-h"), {}),
    "a client who is not there": (("client", "show", "nobody"), {}),
    "a journal that is not there": (("-C", "nowhere", "check"), {}),
    "a zone": (("today",), {"TZ": "Asia/Tokyo"}),
    "words of many languages": (("waive", "jane", "late-reply", "--why", "日本 ü \udcff", "--dry-run"), {}),
    "completion": ((), {"_COACHLOG_COMPLETE": "complete_bash", "COMP_WORDS": "coachlog c", "COMP_CWORD": "1"}),
}
LOOK = """#!/bin/sh
{ tr '\\0' '\\n' </proc/$PPID/environ | grep -c .; env | grep -v -e ^_= -e TMP | sort; pwd; umask; ls /proc/$PPID/fd
  grep -e ^Sig -e ^Shd /proc/$PPID/status; } >>"$SEEN"
"""


def warm(*arguments: str, folder: Path, **more: str) -> Outcome:
    """Run the program warm, or fail."""
    with begun(*arguments, folder=folder, **more) as running:
        return running.outcome()


@pytest.mark.parametrize(("arguments", "more"), CALLS.values(), ids=CALLS)
def test_it_says_the_same(tmp_path: Path, arguments: tuple[str, ...], more: dict[str, str]) -> None:
    """Exit code, output and complaints, byte for byte."""
    lay_out(JOURNAL, tmp_path)
    assert warm(*arguments, folder=tmp_path, **more) == call_cold(*arguments, folder=tmp_path, **more)


@pytest.mark.parametrize("arguments", [("--version",), ("check",), ("check", "-h"), ("chek",)], ids=" ".join)
@pytest.mark.parametrize("where", ["closed", "full"])
def test_it_ends_the_same_where_nothing_can_be_written(tmp_path: Path, arguments: tuple[str, ...], where: str) -> None:
    """On a closed pipe and a full disk."""
    lay_out(JOURNAL, tmp_path)
    reading, closed = os.pipe()
    os.close(reading)
    descriptors = {"closed": closed, "full": os.open("/dev/full", os.O_WRONLY)}
    outcomes = [run(descriptors[where], *arguments, folder=tmp_path) for run in (call_warm_into, call_cold_into)]
    for one in descriptors.values():
        os.close(one)
    assert outcomes[0] == outcomes[1]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what a process has can't be asked for here")
def test_a_program_that_it_starts_sees_the_same(tmp_path: Path) -> None:
    """Environment, folder, umask, descriptors, signals: as in a cold call, and nothing of the warm call before."""
    lay_out({**JOURNAL, "look": LOOK}, tmp_path)
    (tmp_path / "look").chmod(0o700)
    warm("edit", "jane", folder=tmp_path, EDITOR=str(tmp_path / "look"), SEEN=os.devnull, LEFT_BEHIND="1")
    for name, run in (("warm", warm), ("cold", call_cold)):
        assert run("edit", "jane", folder=tmp_path, EDITOR="./look", SEEN="seen").code == 0
        (tmp_path / "seen").rename(tmp_path / name)
    seen = (tmp_path / "warm").read_text().splitlines()
    assert f"HOME={tmp_path}" in seen
    assert [one for one in seen if "LEFT" in one] == []
    assert seen[1:] == (tmp_path / "cold").read_text().splitlines()[1:]


def test_it_is_a_process_of_its_own(tmp_path: Path) -> None:
    """Several are under way at once, each can be killed, and the others go on."""
    lay_out(JOURNAL, tmp_path)
    with (
        begun("edit", "jane", folder=tmp_path, EDITOR="sh -c 'sleep 2'") as one,
        begun("edit", "tom", folder=tmp_path, EDITOR="sh -c 'sleep 2'") as other,
    ):
        assert len({one.process.pid, other.process.pid, os.getpid()}) == 3
        assert warm("--version", folder=tmp_path).code == 0
        one.process.kill()
        assert one.process.wait(10) == -9
        with pytest.raises(TimeoutError):
            other.process.wait(0.1)
        assert other.outcome().code == 0


@pytest.mark.parametrize(
    "more", [{"LC_ALL": "C"}, {"LANG": "de"}, {"PYTHONUTF8": "0"}, {"COVERAGE_PROCESS_START": "x"}], ids=str
)
def test_what_changes_how_python_starts_is_cold(more: dict[str, str]) -> None:
    """The language, and all that Python is told by the environment."""
    assert can_be_warm({**LOCALE, "HOME": "/", "TZ": "UTC"})
    assert not can_be_warm({**LOCALE, **more})
