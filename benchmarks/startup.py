"""How long coachlog takes to start, against a floor measured in the same run.

    python benchmarks/startup.py [RUNS]

Each command and its floor run in turn, so that a machine that slows down slows both; the ratio of the medians is what
counts. `--version` is held against an empty Python, `client list` on a small journal against `import typer`.
"""

import sys
import tempfile
import time
from pathlib import Path

from race import COACHLOG, Race, report

JOURNAL = {
    "coachlog.yaml": "format: 1\ntimezone: Europe/London\noffice_hours: Mo-Fr 09:00-17:00\n",
    "clients/jane-doe/client.yaml": "name: Jane Doe\n",
    "clients/jane-doe/contract.yaml": "contracts:\n  - {id: 2026a, agreed: 2026-01-12, sessions: 6}\n",
    "clients/jane-doe/sessions.yaml": "sessions:\n  - {id: b3xew, at: 2026-01-14 15:00, status: held}\n",
}


def races(journal: Path) -> tuple[Race, ...]:
    """Give the pairs to measure."""
    python = sys.executable
    return (
        Race("coachlog --version", [COACHLOG, "--version"], [python, "-c", "pass"], 1.7),
        Race(
            "coachlog client list",
            [COACHLOG, "-C", str(journal), "client", "list"],
            [python, "-c", "import typer"],
            2.0,
        ),
    )


def main() -> None:
    """Measure every pair and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder)
        for name, text in JOURNAL.items():
            (journal / name).parent.mkdir(parents=True, exist_ok=True)
            (journal / name).write_text(text, encoding="utf-8")
        time.sleep(2.1)  # the index trusts a file's stat once the file is two seconds old
        report(races(journal), 21)


if __name__ == "__main__":
    main()
