"""How long a command takes that writes, against a floor measured in the same run.

    python benchmarks/writing.py [RUNS]

`contact log` is held against an empty Python, and on a client with 1,000 records against one with none, in turn, so
that a machine that slows down slows both; the ratio of the medians is what counts. Every run writes one more record.
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
NOW = "2026-03-31 12:00"
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "COACHLOG_NOW": NOW}
RECORDS = 1000
PRACTICE = "format: 1\ntimezone: Europe/London\noffice_hours: Mo-Fr 09:00-17:00\n"
CONTRACT = "contracts:\n  - {id: 2020a, agreed: 2020-01-12, between_sessions: {via: {email: 24 h}}}\n"
CODES = ("none-yet", "a-thousand")


class Race(NamedTuple):
    """A command, the floor that it is held against, and the ratio that was promised."""

    name: str
    command: Sequence[str]
    floor: Sequence[str]
    promised: float


def contacts() -> str:
    """Write contacts of several years, each pair a question and its answer on the same day."""
    lines = ["contacts:"]
    for count in range(RECORDS // 2):
        year, day = divmod(count, 100)
        on = f"{2020 + year}-{1 + day // 25:02}-{1 + day % 25:02}"
        lines.append(f"  - {{id: q{count}q, at: {on} 10:00, from: client, via: email, about: asks about the plan}}")
        lines.append(f"  - {{id: a{count}a, at: {on} 16:00, from: coach, via: email, reply_to: q{count}q}}")
    return "\n".join(lines) + "\n"


def lay_out(journal: Path) -> None:
    """Write a journal with one client who has no contacts, and one who has a thousand."""
    (journal / "coachlog.yaml").write_text(PRACTICE, encoding="utf-8")
    for code in CODES:
        folder = journal / "clients" / code
        folder.mkdir(parents=True)
        (folder / "client.yaml").write_text(f"name: {code}\n", encoding="utf-8")
        (folder / "contract.yaml").write_text(CONTRACT, encoding="utf-8")
    (folder / "contacts.yaml").write_text(contacts(), encoding="utf-8")


def log(journal: Path, code: str) -> list[str]:
    """Give the call that logs one contact more."""
    return [str(COACHLOG), "-C", str(journal), "contact", "log", code, "email", "thanks", "--for", "success"]


def races(journal: Path) -> tuple[Race, ...]:
    """Give the pairs to measure."""
    few, many = (log(journal, code) for code in CODES)
    return (
        Race("contact log", few, [sys.executable, "-c", "pass"], 15),
        Race(f"with {RECORDS} records", many, few, 1.2),
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
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder)
        lay_out(journal)
        print(f"{'command':<24}{'median':>10}{'floor':>10}{'ratio':>8}{'promised':>10}   ({runs} runs)")
        for race in races(journal):
            command, floor = measure(race, runs)
            figures = f"{command * 1e3:>7.1f} ms{floor * 1e3:>7.1f} ms{command / floor:>8.2f}{race.promised:>10}"
            print(f"{race.name:<24}{figures}")


if __name__ == "__main__":
    main()
