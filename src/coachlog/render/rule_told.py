"""What a rule's page tells, in plain values: the same for the terminal, the book and a program."""

from dataclasses import dataclass
from typing import NamedTuple


class Option(NamedTuple):
    """A number of a rule: its default, and what it is in the practice that is looked at (None: none is)."""

    name: str
    default: str
    here: str | None


class Shown(NamedTuple):
    """A small journal that a rule finds something in, or nothing: the instant, the files, the messages."""

    what: str
    now: str
    files: tuple[tuple[str, str], ...]
    messages: tuple[str, ...]


class Here(NamedTuple):
    """How a rule is set in the practice that is looked at."""

    on: bool
    severity: str


@dataclass(frozen=True)
class RuleTold:
    """A rule's page. `on` says whether it is on by default; `here` is None where no practice is looked at."""

    code: str
    name: str
    severity: str
    on: bool
    chapter: str
    title: str
    why: str
    source: str
    do: str = ""
    say: str = ""
    clause: str = ""
    sentence: str = ""
    options: tuple[Option, ...] = ()
    here: Here | None = None
    flags: Shown | None = None
    passes: Shown | None = None
    related: tuple[str, ...] = ()

    @property
    def waiving(self) -> str:
        """Show how to say that the boundary was crossed on purpose."""
        return f'waive: [{{rule: {self.code}, why: "…"}}]'

    @property
    def standing(self) -> str:
        """Say whether the rule is on, and how grave what it finds is, in the practice that is looked at."""
        if self.here is None:
            return ""
        return f"on, as {self.here.severity}" if self.here.on else "off"
