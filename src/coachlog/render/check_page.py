"""What is printed of a check: which findings are listed, how many are not, and from where files are named."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from coachlog.model.accepted import Accepted
from coachlog.model.severity import Profile
from coachlog.model.words import counted, listed
from coachlog.render.line import Line, line
from coachlog.render.output import relative
from coachlog.render.rule_told import RuleTold
from coachlog.views.verdict import ShownFinding, ShownSilence, Tally, Verdict


@dataclass(frozen=True)
class CheckPage:
    """A verdict, and what of it is listed.

    `lighter` counts the advice that is not listed, `older` what happened too long ago. `tallies` is None unless
    statistics were asked for. `root` is the journal, `folder` where the coach stands. `told` are the pages of the
    rules that found something, where the format shows them. `fail_on` is from which severity on the check fails, and
    `with_profiles` whether people are told which profiles the journal satisfies.
    """

    verdict: Verdict
    listed: tuple[ShownFinding, ...]
    root: Path
    folder: Path
    older: int = 0
    lighter: int = 0
    tallies: tuple[Tally, ...] | None = None
    told: tuple[RuleTold, ...] = ()
    fail_on: str = "breach"
    with_profiles: bool = False

    def file(self, finding: ShownFinding) -> str:
        """Name the file of a finding from the current folder on."""
        return relative(self.root, finding.file, self.folder)

    def place(self, finding: ShownFinding) -> str:
        """Name the place of a finding so that it can be clicked: from the current folder on."""
        return f"{self.file(finding)}:{finding.line}"

    def summary(self) -> str:
        """Say in one sentence what was looked at and what was found."""
        verdict = self.verdict
        if not verdict.judged:
            return "coachlog.yaml can't be read: nothing was judged."
        looked_at = f"{counted(verdict.clients, 'client')}, {counted(verdict.records, 'record')}"
        since = f", new since {verdict.since_words}" if verdict.since else ""
        return f"{looked_at}, as of {verdict.now_words}{since}: {_found(verdict)}."

    def remarks(self) -> Iterator[str]:
        """Say what is not listed, what was not judged, and which rules could not speak."""
        if self.older:
            yield f"and {self.older} older: --all"
        if self.lighter:
            yield f"and {_COUNTED['advice'](self.lighter)}: --min-severity advice"
        if self.verdict.before:
            yield f"{self.verdict.before} of before the day that the practice is judged from (judged_from)."
        yield from map(silence_words, self.verdict.silences)
        if self.verdict.gone:
            yield gone_words(self.verdict.gone)
        if self.with_profiles and self.verdict.profiles is not None:
            yield profile_words(self.verdict.profiles)


_NONE_SATISFIED = f"Satisfies none of the profiles {listed(list(get_args(Profile)))}."
_COUNTED = {
    "breach": lambda number: counted(number, "breach", "breaches"),
    "warning": lambda number: counted(number, "warning"),
    "advice": lambda number: counted(number, "piece of advice", "pieces of advice"),
    "waived": lambda number: f"{number} waived",
}


def _found(verdict: Verdict) -> str:
    parts = [_COUNTED[kind](number) for kind, number in verdict.counts.items() if number]
    parts += [f"{verdict.baselined} in the baseline"] if verdict.baselined else []
    return ", ".join(parts) or "nothing found"


def silence_words(silence: ShownSilence) -> str:
    """Say which rules could not speak for whom, and what is missing."""
    whose = f"{silence.client}: " if silence.client else ""
    are = "is" if len(silence.codes) == 1 else "are"
    return f"{whose}{silence.gap} can't be read in full, so {listed(list(silence.codes))} {are} silent."


def gone_words(gone: tuple[Accepted, ...]) -> str:
    """Name the entries of a baseline that nothing is found for any more."""
    return f"No longer found, and dropped by --write-baseline: {', '.join(one.words for one in gone)}."


def profile_words(profiles: tuple[str, ...]) -> str:
    """Say which profiles the journal satisfies."""
    return (
        f"Satisfies the profile{'s' * (len(profiles) > 1)} {listed(list(profiles))}." if profiles else _NONE_SATISFIED
    )


def message_of(finding: ShownFinding) -> str:
    """Give the message on one line, and why it is waived."""
    why = f" Waived: {finding.waived.why.rstrip('.')}." if finding.waived else ""
    return flat(f"{finding.message}{why}")


def flat(text: str) -> str:
    """Put a text on one line."""
    return " ".join(text.split())


def tally_rows(tallies: tuple[Tally, ...]) -> list[tuple[str, ...]]:
    """Give the statistics as rows of text."""
    return [(str(one.findings), one.severity, one.code, one.name, f"{one.waived} waived") for one in tallies]


def closing(page: CheckPage) -> Iterator[Line]:
    """Say what stands below every listing."""
    yield line(page.summary())
    for remark in page.remarks():
        yield line(remark)
