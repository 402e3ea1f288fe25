"""What is printed of a check: which findings are listed, how many are not, and from where files are named."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coachlog.model.words import counted, listed
from coachlog.render.line import Line, line
from coachlog.render.output import relative
from coachlog.views.verdict import ShownFinding, ShownSilence, Tally, Verdict


@dataclass(frozen=True)
class CheckPage:
    """A verdict, and what of it is listed.

    `lighter` counts the advice that is not listed, `older` what happened too long ago. `tallies` is None unless
    statistics were asked for. `root` is the journal, `folder` where the coach stands.
    """

    verdict: Verdict
    listed: tuple[ShownFinding, ...]
    root: Path
    folder: Path
    older: int = 0
    lighter: int = 0
    tallies: tuple[Tally, ...] | None = None

    def place(self, finding: ShownFinding) -> str:
        """Name the place of a finding so that it can be clicked: from the current folder on."""
        return f"{relative(self.root, finding.file, self.folder)}:{finding.line}"

    def summary(self) -> str:
        """Say in one sentence what was looked at and what was found."""
        verdict = self.verdict
        if not verdict.judged:
            return "coachlog.yaml can't be read: nothing was judged."
        looked_at = f"{counted(verdict.clients, 'client')}, {counted(verdict.records, 'record')}"
        return f"{looked_at}, as of {verdict.now_words}: {_found(verdict)}."

    def remarks(self) -> Iterator[str]:
        """Say what is not listed, what was not judged, and which rules could not speak."""
        if self.older:
            yield f"and {self.older} older: --all"
        if self.lighter:
            yield f"and {_COUNTED['advice'](self.lighter)}: --min-severity advice"
        if self.verdict.before:
            yield f"{self.verdict.before} of before the day that the practice is judged from (judged_from)."
        yield from map(silence_words, self.verdict.silences)


_COUNTED = {
    "breach": lambda number: counted(number, "breach", "breaches"),
    "warning": lambda number: counted(number, "warning"),
    "advice": lambda number: counted(number, "piece of advice", "pieces of advice"),
    "waived": lambda number: f"{number} waived",
}


def _found(verdict: Verdict) -> str:
    parts = [_COUNTED[kind](number) for kind, number in verdict.counts.items() if number]
    return ", ".join(parts) or "nothing found"


def silence_words(silence: ShownSilence) -> str:
    """Say which rules could not speak for whom, and what is missing."""
    whose = f"{silence.client}: " if silence.client else ""
    are = "is" if len(silence.codes) == 1 else "are"
    return f"{whose}{silence.gap} can't be read in full, so {listed(list(silence.codes))} {are} silent."


def message_of(finding: ShownFinding) -> str:
    """Give the message on one line, and why it is waived."""
    why = f" Waived: {finding.waived.why.rstrip('.')}." if finding.waived else ""
    return " ".join(f"{finding.message}{why}".split())


def tally_rows(tallies: tuple[Tally, ...]) -> list[tuple[str, ...]]:
    """Give the statistics as rows of text."""
    return [(str(one.findings), one.severity, one.code, one.name, f"{one.waived} waived") for one in tallies]


def closing(page: CheckPage) -> Iterator[Line]:
    """Say what stands below every listing."""
    yield line(page.summary())
    for remark in page.remarks():
        yield line(remark)
