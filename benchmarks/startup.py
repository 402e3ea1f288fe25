"""How long coachlog takes to start, against a floor measured in the same run.

    python benchmarks/startup.py [RUNS]

Each command and its floor run in turn, so that a machine that slows down slows both; the ratio of the medians is what
counts. `--version` is held against an empty Python, `client list` on a small journal against `import typer`.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

COACHLOG = Path(sys.executable).with_name("coachlog")
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
JOURNAL = {
    "coachlog.yaml": "format: 1\ntimezone: Europe/London\noffice_hours: Mo-Fr 09:00-17:00\n",
    "clients/jane-doe/client.yaml": "name: Jane Doe\n",
    "clients/jane-doe/contract.yaml": "contracts:\n  - {id: 2026a, agreed: 2026-01-12, sessions: 6}\n",
    "clients/jane-doe/sessions.yaml": "sessions:\n  - {id: b3xew, at: 2026-01-14 15:00, status: held}\n",
}


class Race(NamedTuple):
    """A command, the floor that it is held against, and the ratio that was promised."""

    name: str
    command: Sequence[str]
    floor: Sequence[str]
    promised: float


def races(journal: Path) -> tuple[Race, ...]:
    """Give the pairs to measure."""
    python = sys.executable
    return (
        Race("coachlog --version", [str(COACHLOG), "--version"], [python, "-c", "pass"], 1.7),
        Race(
            "coachlog client list",
            [str(COACHLOG), "-C", str(journal), "client", "list"],
            [python, "-c", "import typer"],
            2.0,
        ),
    )


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


def main() -> None:
    """Measure every pair and print a table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder)
        for name, text in JOURNAL.items():
            (journal / name).parent.mkdir(parents=True, exist_ok=True)
            (journal / name).write_text(text, encoding="utf-8")
        time.sleep(2.1)  # the index trusts a file's stat once the file is two seconds old
        print(f"{'command':<24}{'median':>10}{'floor':>10}{'ratio':>8}{'promised':>10}   ({runs} runs)")
        for race in races(journal):
            command, floor = measure(race, runs)
            figures = f"{command * 1e3:>7.1f} ms{floor * 1e3:>7.1f} ms{command / floor:>8.2f}{race.promised:>10}"
            print(f"{race.name:<24}{figures}")


if __name__ == "__main__":
    main()
