"""The tour is true: each of its commands is run as a coach types it, and prints what the page shows.

All blocks run in order in one shell, on a terminal without colour. The ids of new records are made at random, so the
page shows some of its own, each with a digit in it: where the page has one, the shell may show any other id, and from
then on the two stand for each other, in what is printed and in what is typed.
"""

import os
import pty
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise, takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

from calling import PROGRAM, environment

PAGE = Path(__file__).resolve().parent.parent / "docs" / "tour.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b[a-hjkmnp-z][a-hjkmnp-z2-9]{4}\b|(?<=-)[0-9a-f]{8}(?=\.txt)")
"""The id of a record, or the end of a draft's name."""
HOME = "/home/alex"
"""Where the coach of the page is at home; the shell is somewhere else."""
DONE = "\x1e"
"""What the shell prints behind each command: no text has it."""
COLUMNS = 100


class Step(NamedTuple):
    """A command of the page, where it stands, and what it prints."""

    line: int
    typed: str
    printed: str


def steps(page: str) -> list[Step]:
    """Give every command of the page in order."""
    return [step for block in BLOCK.finditer(page) for step in _steps(block[1], page.count("\n", 0, block.start(1)))]


def _steps(block: str, above: int) -> Iterator[Step]:
    lines = block.splitlines(keepends=True)
    starts = [at for at, one in enumerate(lines) if one.startswith("$ ")]
    assert starts[:1] == [0], f"the block below line {above} begins with no command"
    for at, end in pairwise([*starts, len(lines)]):
        typed = [lines[at], *takewhile(lambda one: one.startswith("> "), lines[at + 1 : end])]
        printed = lines[at + len(typed) : end]
        yield Step(above + at + 1, "".join(one[2:] for one in typed).rstrip("\n"), "".join(printed))


class Terminal:
    """A shell on a terminal, in a folder of its own, which knows by which ids the page calls its records."""

    def __init__(self, folder: Path) -> None:
        """Open it."""
        self.real_of: dict[str, str] = {}
        self._home = str(folder)
        self._screen, theirs = pty.openpty()
        self._shell = subprocess.Popen(
            ["bash", "--norc"],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    def run(self, step: Step) -> str:
        """Type a command of the page, and give what is printed, with the ids of the page."""
        typed = ID.sub(lambda found: self.real_of.get(found[0], found[0]), step.typed)
        assert self._shell.stdin
        self._shell.stdin.write(f"{{ {typed}\n}} </dev/null; code=$?; printf '\\036'; (exit $code)\n".encode())
        self._shell.stdin.flush()
        printed = self._read()
        self._learn(step.printed, printed)
        page_of = {real: shown for shown, real in self.real_of.items()}
        return ID.sub(lambda found: page_of.get(found[0], found[0]), printed)

    def close(self) -> None:
        """End the shell."""
        self._shell.communicate(timeout=60)
        os.close(self._screen)

    def _read(self) -> str:
        read = b""
        while not read.endswith(DONE.encode()):
            read += os.read(self._screen, 65536)
        return read.decode().removesuffix(DONE).replace("\r\n", "\n").replace(self._home, HOME)

    def _learn(self, shown: str, printed: str) -> None:
        """Pair the ids that are new with those of the page; each stands for one record alone."""
        for page, real in zip(ID.findall(shown), ID.findall(printed), strict=False):
            if re.search(r"\d", page) and page not in self.real_of and real not in self.real_of.values():
                self.real_of[page] = real


def _environment(folder: Path) -> dict[str, str]:
    """Give what a coach's shell has, with git knowing who commits."""
    who = {f"GIT_{role}_{what}": f"{what.lower()}@example.org" for role in ("AUTHOR", "COMMITTER") for what in _WHO}
    plain = {"NO_COLOR": "1", "COLUMNS": str(COLUMNS), "TERM": "xterm", "GIT_CONFIG_NOSYSTEM": "1"}
    found = f"{Path(PROGRAM).parent}{os.pathsep}{os.environ['PATH']}"
    return {**environment(folder), **who, **plain, "PATH": found}


_WHO = ("NAME", "EMAIL")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """Give a shell in an empty folder."""
    opened = Terminal(tmp_path)
    yield opened
    opened.close()


def test_the_tour_prints_what_it_shows(terminal: Terminal) -> None:
    """Every command of the page, in order, prints to the letter what stands below it."""
    page = PAGE.read_text(encoding="utf-8")
    told = [(step.line, step.typed, step.printed) for step in steps(page)]
    seen = [(step.line, step.typed, terminal.run(step)) for step in steps(page)]
    assert len(told) > 25
    assert seen == told


def test_a_contact_is_logged_in_fewer_than_sixty_keystrokes() -> None:
    """As many as the page says: the number is counted on the line that it speaks of."""
    page = PAGE.read_text(encoding="utf-8")
    claim = re.search(r"(\d+) keystrokes", page)
    assert claim
    line = page.count("\n", 0, claim.start())
    typed = next(step.typed for step in steps(page) if step.line > line and "contact log" in step.typed)
    assert int(claim[1]) == len(typed) < 60
