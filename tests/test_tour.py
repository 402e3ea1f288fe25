"""The tour is true: each of its commands is run as a coach types it, and prints what the page shows.

All blocks run in order in one shell, on a terminal without colour; a command that is nothing but a call of the program
is called where the shell stands. Where the program asks, the answer that the page shows is typed. The ids of new
records are made at random, so the page shows some of its own, each with a digit in it: where the page has one, the
shell may show any other id, and from then on the two stand for each other, in what is printed and in what is typed.
"""

import os
import pty
import re
import shlex
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise, takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

from calling import LONGEST, PROGRAM, environment
from typing_in import WAITING
from warm import Streams, server

PAGE = Path(__file__).resolve().parent.parent / "docs" / "tour.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ID = re.compile(r"\b[a-hjkmnp-z][a-hjkmnp-z2-9]{4}\b|(?<=-)[0-9a-f]{8}(?=\.txt)")
"""The id of a record, or the end of a draft's name."""
HOME = "/home/alex"
"""Where the coach of the page is at home; the shell is somewhere else."""
DONE = "\x1e"
"""What stands behind all that a command prints: no text has it."""
WHERE = 'printf "%s\\n" "$PWD" "$COACHLOG_NOW"'
"""What the shell is asked for behind each command: its folder, and the time that it was told."""
FOR_A_SHELL = re.compile(r"[|<>;$~]")
"""What a line has that is more than a call of the program."""
PROMPT = re.compile(r"^(?:\d\d:\d\d .*?>|[A-Z].*\]:)(?: (.*))?$", re.MULTILINE)
"""A question of the program, and what is typed behind it; nothing where Enter alone is."""
AT_THE_END = re.compile(r" +$", re.MULTILINE)
"""Blanks that nobody sees, such as that of a question which is answered by Enter: the page has none."""
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
        typed = [lines[at], *takewhile(lambda one: one.startswith(("> ", ">\n")), lines[at + 1 : end])]
        printed = lines[at + len(typed) : end]
        yield Step(above + at + 1, "".join(one[2:] or "\n" for one in typed).rstrip("\n"), "".join(printed))


class Terminal:
    """A shell on a terminal, in a folder of its own, which knows by which ids the page calls its records."""

    def __init__(self, folder: Path) -> None:
        """Open it."""
        self.real_of: dict[str, str] = {}
        self._home = folder
        self._place, self._now = str(folder), ""
        self._screen, self._inside = pty.openpty()
        self._shell = subprocess.Popen(
            ["bash", "--norc"],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=self._inside,
            stderr=self._inside,
        )

    def run(self, step: Step) -> str:
        """Type a command of the page, and give what is printed, with the ids of the page."""
        typed = ID.sub(lambda found: self.real_of.get(found[0], found[0]), step.typed)
        if FOR_A_SHELL.search(typed) or not typed.startswith("coachlog"):
            printed = self._in_the_shell(typed)
        else:
            printed = self._called(shlex.split(typed.replace("\\\n", ""))[1:], PROMPT.findall(step.printed))
        self._learn(step.printed, printed)
        page_of = {real: shown for shown, real in self.real_of.items()}
        return AT_THE_END.sub("", ID.sub(lambda found: page_of.get(found[0], found[0]), printed))

    def close(self) -> None:
        """End the shell."""
        self._shell.communicate(timeout=LONGEST)
        os.close(self._inside)
        os.close(self._screen)

    def _in_the_shell(self, typed: str) -> str:
        printed = self._shell_says(f"{{ {typed}\n}} </dev/null; code=$?")
        self._place, self._now = self._shell_says(WHERE).splitlines()
        self._shell_says("(exit $code)")
        return self._as_at_home(printed)

    def _called(self, words: list[str], answers: list[str]) -> str:
        """Call the program where the shell stands, and let the shell know how it ended."""
        environment = {**_environment(self._home), "COACHLOG_NOW": self._now}
        with _keys(self._inside if answers else None) as keys, ThreadPoolExecutor(1) as beside:
            streams = Streams(keys, self._inside, self._inside)
            ended = beside.submit(self._ended, words, environment, streams)
            printed = self._read(answers)
        self._shell_says(f"(exit {ended.result()})")
        return self._as_at_home(printed)

    def _ended(self, words: list[str], environment: dict[str, str], streams: Streams) -> int:
        with server().begin(words, Path(self._place), environment, streams) as process:
            try:
                return process.wait(LONGEST)
            finally:
                os.write(self._inside, DONE.encode())

    def _shell_says(self, line: str) -> str:
        assert self._shell.stdin
        self._shell.stdin.write(f"{line}; told=$?; printf '\\036'; (exit $told)\n".encode())
        self._shell.stdin.flush()
        return self._read([])

    def _read(self, answers: list[str]) -> str:
        """Read to the end of what is printed, and type an answer wherever one is waited for."""
        read = b""
        while not read.endswith(DONE.encode()):
            read += os.read(self._screen, 65536)
            if answers and read.endswith(WAITING):
                os.write(self._screen, f"{answers.pop(0)}\n".encode())
        return read.decode().removesuffix(DONE).replace("\r\n", "\n")

    def _as_at_home(self, printed: str) -> str:
        return printed.replace(str(self._home), HOME)

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


@contextmanager
def _keys(terminal: int | None) -> Iterator[int]:
    """Give what the program reads from: a terminal where the page answers it, and nothing elsewhere."""
    if terminal is not None:
        yield terminal
        return
    nothing = os.open(os.devnull, os.O_RDONLY)
    yield nothing
    os.close(nothing)


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
    assert len(told) > 45
    assert seen == told


def test_a_contact_is_logged_in_fewer_than_sixty_keystrokes() -> None:
    """As many as the page says: the number is counted on the line that it speaks of."""
    page = PAGE.read_text(encoding="utf-8")
    claim = re.search(r"(\d+) keystrokes", page)
    assert claim
    line = page.count("\n", 0, claim.start())
    typed = next(step.typed for step in steps(page) if step.line > line and "contact log" in step.typed)
    assert int(claim[1]) == len(typed) < 60
