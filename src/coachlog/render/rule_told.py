"""What a rule's page tells, in plain values: the same for the terminal, the book and a program."""

from dataclasses import dataclass
from typing import NamedTuple


class Option(NamedTuple):
    """A number of a rule: its default, and what it is in the practice that is looked at (None: none is).

    `at` is where the practice has set it, as `coachlog.yaml:12`; None where it has not.
    """

    name: str
    default: str
    here: str | None
    at: str | None = None


class Shown(NamedTuple):
    """A small journal that a rule finds something in, or nothing: the instant, the files, the messages."""

    what: str
    now: str
    files: tuple[tuple[str, str], ...]
    messages: tuple[str, ...]


class Here(NamedTuple):
    """How a rule is set in the practice that is looked at, by which profile, and where that is written.

    `why` says what has it on or off: `rules`, `profile`, or the `default`. A place is None where nothing is written.
    """

    on: bool
    severity: str
    why: str = "default"
    severity_at: str | None = None
    profile: str = "ethics"
    profile_at: str | None = None


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
    def in_force(self) -> tuple[str, ...]:
        """Say how the rule is set in the practice that is looked at, and where that is written."""
        here = self.here
        if here is None:
            return ()
        by = {"rules": "by `rules:`", "profile": f"by the profile {here.profile}", "default": "by default"}[here.why]
        written = f", set in {here.severity_at}" if here.severity_at else ""
        standing = f"on, as {here.severity}" if here.on else f"off {by}"
        own = f"; severity {here.severity}{written}" if written and here.why == "profile" else written
        profile = f"profile {here.profile}, {f'set in {here.profile_at}' if here.profile_at else 'the default'}"
        options = (one for one in self.options if one.at)
        return (f"{standing}{own}", *(f"{one.name} {one.here}, set in {one.at}" for one in options), profile)

    @property
    def standing(self) -> str:
        """Say whether the rule is on, and how grave what it finds is, in the practice that is looked at."""
        if self.here is None:
            return ""
        return f"on, as {self.here.severity}" if self.here.on else "off"
