"""What is kept of a crash: where in the program it happened, and not a word of the journal."""

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from coachlog import __version__


def keep(error: BaseException) -> str:
    """Write a crash file that its owner alone can read, and say in one line where it is."""
    text = "\n".join(_report(error)) + "\n"
    for folder in _folders():
        try:
            return (
                f"This is a mistake of coachlog's ({type(error).__name__}). What is known of it: {_write(folder, text)}"
            )
        except OSError:
            continue
    return f"This is a mistake of coachlog's ({type(error).__name__})."


def _folders() -> Iterator[Path]:
    state = os.environ.get("XDG_STATE_HOME", "")
    home = os.environ.get("HOME", "")
    if state or home:
        yield (Path(state) if state else Path(home) / ".local" / "state") / "coachlog"
    yield Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 — the library's own search fails on a full disk


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f"coachlog-crash-{datetime.now(UTC):%Y%m%d-%H%M%S}-", dir=folder)
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123 — a descriptor
        file.write(text)
    return Path(name)


def _report(error: BaseException) -> Iterator[str]:
    """Say where it happened: neither the values of variables nor the messages of exceptions, which may hold a word."""
    yield f"coachlog {__version__}, Python {platform.python_version()}, {sys.platform}"
    seen: BaseException | None = error
    while seen is not None:
        yield f"{type(seen).__module__}.{type(seen).__qualname__}"
        yield from (
            f"  {Path(one.filename).name}:{one.lineno} in {one.name}"
            for one in traceback.extract_tb(seen.__traceback__)
        )
        seen = seen.__cause__ or seen.__context__
