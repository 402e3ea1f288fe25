"""A command against a floor, run in turn, so that a machine that slows down slows both.

The ratio of the medians is what counts.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

COACHLOG = str(Path(sys.executable).with_name("coachlog"))
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}


class Race(NamedTuple):
    """A command, the floor that it is held against, and the ratio that was promised."""

    name: str
    command: Sequence[str]
    floor: Sequence[str]
    promised: float


def seconds(command: Sequence[str]) -> float:
    """Run a command once and give the wall-clock seconds that it took."""
    began = time.perf_counter()
    subprocess.run(command, check=True, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def measure(race: Race, runs: int) -> tuple[float, float]:
    """Give the medians of a command and of its floor, run in turn after one run of each that is not counted."""
    seconds(race.command)
    seconds(race.floor)
    pairs = [(seconds(race.command), seconds(race.floor)) for _ in range(runs)]
    return median(command for command, _ in pairs), median(floor for _, floor in pairs)


def report(races: Iterable[Race], runs: int) -> None:
    """Measure every pair and print a table; the call may name another number of runs."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else runs
    print(f"{'command':<24}{'median':>10}{'floor':>10}{'ratio':>8}{'promised':>10}   ({runs} runs)")
    for race in races:
        command, floor = measure(race, runs)
        figures = f"{command * 1e3:>7.1f} ms{floor * 1e3:>7.1f} ms{command / floor:>8.2f}{race.promised:>10}"
        print(f"{race.name:<24}{figures}")
