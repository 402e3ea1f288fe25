"""What stops a command: one sentence of what is so, one of what to do, and the exit code."""

from collections.abc import Iterable


class CoachlogError(Exception):
    """A command can't go on; said in one line, never with a client's words in it."""

    exit_code = 2

    def __init__(self, what: str, remedy: str = "") -> None:
        """Keep what is so and what to do about it, each a sentence."""
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        """Both sentences on one line."""
        return f"{self.what} {self.remedy}".strip()


class WrongCall(CoachlogError):
    """The command line asks for something that isn't there or can't be understood (exit 2).

    `typed` is the word that was not understood, and `near` what it may mean: what to write in its place, and what that
    is called.
    """

    typed = ""
    near: tuple[tuple[str, str], ...] = ()

    def meaning(self, typed: str, near: Iterable[tuple[str, str]]) -> "WrongCall":
        """Name the word that was not understood, and what it may mean."""
        self.typed, self.near = typed, tuple(near)
        return self


class NoSuchClient(WrongCall):
    """No client of the journal has that code or name, or more than one has (exit 2)."""


class SeveralClients(NoSuchClient):
    """More than one client of the journal can be meant (exit 2)."""


class NoSuchRule(WrongCall):
    """No rule has that code or name (exit 2)."""


class NoJournal(WrongCall):
    """There is no coachlog.yaml here, above here, or where the call points (exit 2)."""


class CannotRead(CoachlogError):
    """A file that the command can't do without can't be read (exit 3)."""

    exit_code = 3


class CannotWrite(CoachlogError):
    """What the command was to write could not be written (exit 3)."""

    exit_code = 3
