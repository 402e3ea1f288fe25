"""What a check is asked, and how the answer is to be told, as it was typed."""

from pathlib import Path
from typing import Literal, NamedTuple

from coachlog.model.severity import Profile, Severity

FailOn = Literal[Severity, "never"]
Format = Literal["text", "concise", "json", "jsonl", "csv", "github", "junit", "sarif"]


class Question(NamedTuple):
    """The clients (none: all), the rules by code, name or chapter, the days, and how to judge."""

    clients: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: str | None = None
    profile: Profile | None = None
    waivers: bool = True
    since: str | None = None
    baseline: Path | None = None

    @property
    def on_file(self) -> bool:
        """Tell whether the whole journal is asked about, so that the answer may be on file already."""
        return self._replace(baseline=None) == Question()


class Telling(NamedTuple):
    """In which format, where to, and what of it."""

    form: Format = "text"
    output: Path | None = None
    least: Severity | None = None
    fail_on: FailOn = "breach"
    everything: bool = False
    statistics: bool = False
    profiles: bool = False
