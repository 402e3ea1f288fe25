"""`coachlog check --watch`: a real process that judges again when a file changes or a deadline passes."""

import os
import pty
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from calling import CONTRACT, JOURNAL, environment, lay_out

START = "import sys; {}sys.argv[0] = 'coachlog'; from coachlog.cli import main; sys.exit(main())"
WITHOUT = "sys.modules['watchfiles'] = None; "
"""As if it were not installed."""
PATIENCE = 30.0
"""Seconds that are waited for something to be printed."""


class Watching:
    """A watch under way, and what it has printed so far."""

    def __init__(self, process: subprocess.Popen[bytes], output: int) -> None:
        """Take the process and the descriptor that it prints to."""
        self.process = process
        self.output = output
        self.shown = ""

    def until(self, words: str) -> str:
        """Wait until something is printed, and give all up to it."""
        deadline = time.monotonic() + PATIENCE
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.output, selectors.EVENT_READ)
            while words not in self.shown:
                assert waiting.select(deadline - time.monotonic()), f"nothing more after {self.shown!r}"
                self.shown += os.read(self.output, 65536).decode()
        before, _, self.shown = self.shown.partition(words)
        return before

    def is_still(self, seconds: float) -> bool:
        """Tell whether nothing is printed for a while."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.output, selectors.EVENT_READ)
            return self.shown == "" and not waiting.select(seconds)

    def interrupted(self) -> int:
        """Press Ctrl-C, and give the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def watching(
    folder: Path, *arguments: str, terminal: bool = False, before: str = "", now: str | None = None
) -> Iterator[Watching]:
    """Begin a watch that is over when the test is."""
    reading, writing = pty.openpty() if terminal else os.pipe()
    known = environment(folder, TERM="xterm", COLUMNS="100", PYTHONUNBUFFERED="1")
    if now is None:
        known.pop("COACHLOG_NOW")
    with subprocess.Popen(
        [sys.executable, "-c", START.format(before), *arguments, "--watch"],
        cwd=folder,
        env=known,
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(writing)
        try:
            yield Watching(process, reading)
        finally:
            process.kill()
            os.close(reading)


@pytest.mark.parametrize("before", [WITHOUT, ""], ids=["polling", "watchfiles"])
def test_it_judges_again_when_a_file_changes_and_only_then(tmp_path: Path, before: str) -> None:
    """In a pipe each check follows the last, with nothing that steers a terminal; Ctrl-C ends it with 130."""
    if not before and find_spec("watchfiles") is None:
        pytest.skip("watchfiles is not installed")
    lay_out(JOURNAL, tmp_path)
    with watching(tmp_path, "check", "--select", "CTC105", "--all", before=before, now="as ever") as watch:
        first = watch.until("2 breaches, 1 waived.\n")
        assert first.count("\n") == 3
        assert "\x1b" not in first
        lay_out({"notes.txt": "no file of the journal's"}, tmp_path)
        assert watch.is_still(1.5)
        lay_out({"clients/jane-doe/contacts.yaml": "contacts: []\n"}, tmp_path)
        watch.until("1 breach, 1 waived.\n")
        lay_out({"clients/new-client/client.yaml": "name: New\n"}, tmp_path)
        watch.until("3 clients, ")
        lay_out({"coachlog.yaml": "name: [\n"}, tmp_path)
        watch.until("coachlog.yaml can't be read: nothing was judged.\n")
        lay_out({"coachlog.yaml": JOURNAL["coachlog.yaml"]}, tmp_path)
        watch.until("1 breach, 1 waived.\n")
        assert watch.interrupted() == 130
        assert watch.process.stderr is not None
        assert watch.process.stderr.read() == b""


def test_it_judges_again_when_a_deadline_passes(tmp_path: Path) -> None:
    """An answer that is due in a moment is late a moment later, though no file has changed."""
    sent = datetime.now(UTC) - timedelta(hours=1) + timedelta(seconds=5)
    contact = f"contacts:\n  - {{id: a2aaa, at: {sent:%Y-%m-%d %H:%M:%S}Z, from: client, via: email}}\n"
    contract = CONTRACT.replace("24 h", "1 h").replace("2026-01-12", f"{sent - timedelta(days=9):%Y-%m-%d}")
    files = {"coachlog.yaml": "format: 1\ntimezone: UTC\n", "clients/jane-doe/client.yaml": "name: Jane Doe\n"}
    files |= {"clients/jane-doe/contract.yaml": contract, "clients/jane-doe/contacts.yaml": contact}
    lay_out(files, tmp_path)
    with watching(tmp_path, "check", "--select", "CTC106", "--min-severity", "advice", before=WITHOUT) as watch:
        assert watch.until("nothing found.\n").count("\n") == 0
        assert "CTC106" in watch.until("1 client, ")
        watch.until("\n")
        assert watch.is_still(2)


def test_on_a_terminal_each_check_has_a_page_of_its_own(tmp_path: Path) -> None:
    """The screen is cleared, and the last line says how to end it."""
    lay_out(JOURNAL, tmp_path)
    with watching(tmp_path, "check", "--select", "CTC105", terminal=True, before=WITHOUT, now="as ever") as watch:
        assert watch.until("Ctrl-C ends it.").startswith("\x1b[H\x1b[2J")
        lay_out({"clients/jane-doe/contacts.yaml": "contacts: []\n"}, tmp_path)
        assert watch.until("Ctrl-C ends it.").count("\x1b[H\x1b[2J") == 1
        assert watch.interrupted() == 130


def test_what_stops_a_later_check_is_said_and_the_watch_goes_on(tmp_path: Path) -> None:
    """A client who is renamed away can't be judged; when the folder is back, it is."""
    lay_out(JOURNAL, tmp_path)
    with watching(tmp_path, "check", "jane", "--select", "CTC105", before=WITHOUT, now="as ever") as watch:
        watch.until("1 breach.\n")
        (tmp_path / "clients/jane-doe").rename(tmp_path / "aside")
        assert watch.process.stderr is not None
        assert watch.process.stderr.readline().startswith(b"coachlog: No client has the code or name `jane`.")
        (tmp_path / "aside").rename(tmp_path / "clients/jane-doe")
        watch.until("1 breach.\n")
        assert watch.interrupted() == 130


def test_it_ends_when_nobody_reads_any_more(tmp_path: Path) -> None:
    """`| head -1` does not leave a process behind."""
    lay_out(JOURNAL, tmp_path)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", START.format(WITHOUT), "check", "--watch"],
        cwd=tmp_path,
        env=environment(tmp_path),
        stdin=subprocess.DEVNULL,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=PATIENCE,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
