"""Many commands at once on one client, and somebody who saves the file by hand meanwhile.

`python at_once.py WRITERS TIMES` logs so many contacts in so many processes, each a real command in a fork, while an
editor adds a comment to the same file again and again. It prints as JSON what was reported and what is there.
"""

import json
import os
import random
import re
import sys
import tempfile
import time
from pathlib import Path

from calling import NOW, lay_out
from commands.struck import CLIENT, IN_MEMORY, JOURNAL, forked, run_here, warmed_up

CONTACTS = f"{CLIENT}/contacts.yaml"
TRIES = 20


def write(root: Path, who: int, times: int) -> None:
    """Log contacts one after the other, again where another command was writing for too long, and note each."""
    os.chdir(root)
    for number in range(times):
        line = ["contact", "log", "jane", "email", f"w{who}-{number}-", "--for", "success"]
        for _ in range(TRIES):
            if not forked(lambda line=line: run_here(line)).code:  # type: ignore[misc]
                with (root.parent / f"said-{who}").open("a", encoding="utf-8") as said:
                    said.write(f"w{who}-{number}-\n")
                break


def edit(root: Path) -> None:
    """Save the file by hand, as an editor does that has looked just before whether it is still the same."""
    path, aside, number = root / CONTACTS, root / CLIENT / "contacts.yaml~", 0
    while not (root.parent / "done").exists():
        text = path.read_bytes()
        aside.write_bytes(text + f"# hand {number}-\n".encode())
        if path.read_bytes() == text:
            aside.replace(path)
            with (root.parent / "saved").open("a", encoding="utf-8") as saved:
                saved.write(f"hand {number}-\n")
        number += 1
        time.sleep(random.uniform(0.02, 0.2))  # noqa: S311  (moments)


def in_a_fork(*given: object) -> int:
    """Let a process of its own do it."""
    action, *rest = given
    child = os.fork()
    if not child:
        try:
            action(*rest)  # type: ignore[operator]
        finally:
            os._exit(0)
    return child


def run(writers: int, times: int) -> dict[str, int]:
    """Let them all go, and count."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as place:
        folder = Path(place)
        os.environ.update(HOME=place, COACHLOG_NOW=NOW)
        warmed_up(folder)
        root = lay_out(JOURNAL, folder / "journal")
        editor = in_a_fork(edit, root)
        for child in [in_a_fork(write, root, who, times) for who in range(writers)]:
            os.waitpid(child, 0)
        (folder / "done").touch()
        os.waitpid(editor, 0)
        text = (root / CONTACTS).read_text(encoding="utf-8")
        said = [line for path in folder.glob("said-*") for line in path.read_text(encoding="utf-8").split()]
        saved = (folder / "saved").read_text(encoding="utf-8").splitlines()
        checked = forked(
            lambda: run_here(["-C", str(root), "check", "--format", "concise", "--select", "JRN", "--all"])
        )
        os.chdir("/")
    kept = re.findall(r"about: (w\d+-\d+-)", text)
    return {
        "said": len(said),
        "lost": len(set(said) - set(kept)),
        "twice": len(kept) - len(set(kept)),
        "saved": len(saved),
        "lost by hand": sum(f"# {one}\n" not in text for one in saved),
        "broken": "JRN10" in checked.out,
    }


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
