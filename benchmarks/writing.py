"""How long a command takes that writes, against a floor measured in the same run.

    python benchmarks/writing.py [RUNS]

`contact log` is held against an empty Python, and on a client with 1,000 records against one with none, in turn, so
that a machine that slows down slows both; the ratio of the medians is what counts. Every run writes one more record.
"""

import sys
import tempfile
from pathlib import Path

from race import COACHLOG, Race, report

NOW = "2026-03-31 12:00"
RECORDS = 1000
PRACTICE = "format: 1\ntimezone: Europe/London\noffice_hours: Mo-Fr 09:00-17:00\n"
CONTRACT = "contracts:\n  - {id: 2020a, agreed: 2020-01-12, between_sessions: {via: {email: 24 h}}}\n"
CODES = ("none-yet", "a-thousand")


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
    return [COACHLOG, "-C", str(journal), "--now", NOW, "contact", "log", code, "email", "thanks", "--for", "success"]


def races(journal: Path) -> tuple[Race, ...]:
    """Give the pairs to measure."""
    few, many = (log(journal, code) for code in CODES)
    return (
        Race("contact log", few, [sys.executable, "-c", "pass"], 15),
        Race(f"with {RECORDS} records", many, few, 1.2),
    )


def main() -> None:
    """Measure every pair and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder)
        lay_out(journal)
        report(races(journal), 11)


if __name__ == "__main__":
    main()
