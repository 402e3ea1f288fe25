"""Real commands at once on one client's file, with somebody who saves it by hand in between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize(("writers", "times"), [(8, 3), pytest.param(64, 10, marks=pytest.mark.long)])
def test_neither_commands_nor_an_editor_lose_anything(writers: int, times: int) -> None:
    """Every contact that was reported is there once, and so is every line that was saved by hand."""
    paths = os.pathsep.join([str(HERE.parent), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, HERE / "at_once.py", str(writers), str(times)],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["saved"] > 0
    assert {key: value for key, value in found.items() if key != "saved"} == {
        "said": writers * times,
        "lost": 0,
        "twice": 0,
        "lost by hand": 0,
        "broken": False,
    }
