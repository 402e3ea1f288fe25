"""What was reported as saved is there, and a file is the old one or the new one, whatever fails and whenever."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coachlog.store.draft import resume
from store import crash_states, faults
from store.crash_states import Recorder

HERE = Path(__file__).resolve().parent


def figures(*call: str) -> dict[str, Any]:
    """Run a trial in a process of its own, which may fork as it likes."""
    done = subprocess.run([sys.executable, HERE / "faults.py", *call], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("scenario", "ways", "points"),
    [
        ("one-file", "ALL", 250),
        ("new-file", "FEW", 50),
        ("with-draft", "FEW", 200),
        ("together", "FEW", 500),
        ("rename", "FEW", 400),
        pytest.param("new-file", "ALL", 150, marks=pytest.mark.long),
        pytest.param("with-draft", "ALL", 700, marks=pytest.mark.long),
        pytest.param("together", "ALL", 1600, marks=pytest.mark.long),
        pytest.param("rename", "ALL", 1200, marks=pytest.mark.long),
    ],
)
def test_nothing_is_lost_or_torn_at_any_call(scenario: str, ways: str, points: int) -> None:
    """Each call to the system fails, is cut short, or is the last one, in turn."""
    found = figures(scenario, ways)
    assert found["wrong"] == {}
    assert found["points"] >= points
    assert found["said"]["done"] > 0
    assert found["said"]["killed"] > 0


@pytest.mark.parametrize("times", [300, pytest.param(10_000, marks=pytest.mark.long)])
def test_nothing_is_lost_or_torn_by_a_kill(times: int) -> None:
    """The last version that was reported is there, or the next one, in full."""
    found = figures("kills", str(times))
    assert found["wrong"] == {}
    assert (found["kills"], found["versions"] > 0) == (times, True)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="a descriptor's path can't be asked for here")
@pytest.mark.parametrize(("name", "least"), [("one-file", 6), ("new-file", 6), ("together", 20)])
def test_no_power_cut_leaves_less_than_was_reported(tmp_path: Path, name: str, least: int) -> None:
    """Every state that the recorded calls can leave behind is laid out and gone on from."""
    scenario = faults.SCENARIOS[name]
    root = tmp_path / "journal"
    faults.lay_out(root, scenario.before)
    with Recorder(root) as recorder:
        scenario.change(root)
    before = {name: data for name, data in scenario.before.items() if data is not None}
    states = list(crash_states.all_states(before, recorder.calls))
    assert len(states) >= least
    for number, state in states:
        faults.lay_out(root, {})
        crash_states.lay_out(state, root)
        resume(root)
        found = {name: (root / name).read_bytes() if (root / name).exists() else None for name in scenario.before}
        whole = all(data == faults.NEW for data in found.values())
        assert whole or (found == scenario.before and number < len(recorder.calls)), (number, state)


def test_the_model_of_the_disk_knows_what_is_lost_without_a_sync() -> None:
    """Without the file's sync a torn file can appear, and without the folder's the old one: so the test above bites."""
    calls = [
        crash_states.Call("create", "c/t"),
        crash_states.Call("write", "c/t", data=b"new text"),
        crash_states.Call("rename", "c/t", "c/f"),
        crash_states.Call("sync", "c"),
    ]
    at_the_end = [state["c/f"] for number, state in crash_states.all_states({"c/f": b"old"}, calls) if number == 4]
    assert set(at_the_end) == {b"", b"new ", b"new text"}
    unsynced = [state["c/f"] for number, state in crash_states.all_states({"c/f": b"old"}, calls[:3]) if number == 3]
    assert b"old" in unsynced
