"""What takes long says how far it has come: on a terminal, and nowhere else."""

import io

import pytest

from coachlog.render import progress


class Screen(io.StringIO):
    """A terminal that keeps what is shown on it."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


@pytest.mark.parametrize(
    ("stream", "quiet", "shown"),
    [
        (Screen(), False, "\r1 messages so far\r2 messages so far\r                 \r"),
        (Screen(), True, ""),
        (io.StringIO(), False, ""),
    ],
)
def test_a_count_is_shown_while_somebody_waits(
    stream: io.StringIO,
    quiet: bool,  # noqa: FBT001 — a row of the table
    shown: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And wiped away at the end; every item is passed on."""
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    monkeypatch.setattr("sys.stderr", stream)
    assert list(progress.counting("ab", "messages", quiet=quiet)) == ["a", "b"]
    assert stream.getvalue() == shown
