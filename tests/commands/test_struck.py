"""Whole commands that are killed or refused by the disk at any call: nothing torn, nothing lost, and a way on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands.struck import COMMANDS

HERE = Path(__file__).resolve().parent


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="a descriptor's path can't be asked for here")
@pytest.mark.parametrize("ways", ["FEW", pytest.param("ALL", marks=pytest.mark.long)])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_call_at_which_a_command_stops_loses_or_tears_anything(name: str, ways: str) -> None:
    """Each file is the old or the new one, what was said is so, and a change that was cut off is resumed once."""
    paths = os.pathsep.join([str(HERE.parent), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, HERE / "struck.py", name, ways],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == {}
    assert found["points"] >= 60
    assert found["said"]["killed"] >= 20
    assert found["said"]["exit 3"] >= 20
