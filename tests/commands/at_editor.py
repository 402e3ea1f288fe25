"""An editor that tests write themselves, and the drafts that it leaves behind."""

from pathlib import Path


def editor(root: Path, *steps: str) -> str:
    """Write an editor that takes the next step, a program of sed, each time that it is called.

    What it is shown is put into `seen`.
    """
    for count, step in enumerate(steps):
        (root / f"step{count}").write_text(step)
    script = root / "editor"
    script.write_text(
        f'#!/bin/sh\ncat "$1" >> {root}/seen\nfor s in {root}/step*; do\n'
        f'  sed -f "$s" "$1" > {root}/out && cat {root}/out > "$1"; rm "$s"; exit 0\ndone\n'
    )
    script.chmod(0o700)
    return str(script)


def drafts(root: Path) -> list[Path]:
    """Give the drafts that are kept."""
    return sorted((root / "drafts").glob("*.txt"))
