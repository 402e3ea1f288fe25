"""Making a baseline: all that is found today and not waived is accepted, so that only what is new is told."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from coachlog.commands.desk.incognito import veiled
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.judging.asking import Question, Telling
from coachlog.commands.judging.judgement import verdict_of
from coachlog.errors import CannotRead
from coachlog.model.accepted import Accepted
from coachlog.model.words import counted
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line, line
from coachlog.render.output import screen, show
from coachlog.store.baseline import baseline_bytes, put_baseline, read_baseline, refuse_place
from coachlog.views.comparing import accepted_in, was_asked


@dataclass(frozen=True)
class Baseline:
    """A baseline as it was (None: there was none), and as it is to be."""

    path: Path
    old: tuple[Accepted, ...] | None
    entries: tuple[Accepted, ...]

    @property
    def new(self) -> tuple[Accepted, ...]:
        """What was not accepted before."""
        return tuple((Counter(self.entries) - Counter(self.old or ())).elements())

    @property
    def gone(self) -> tuple[Accepted, ...]:
        """What no longer occurs and is dropped."""
        return tuple((Counter(self.old or ()) - Counter(self.entries)).elements())

    def diff(self) -> Iterator[str]:
        """Show what changes in the file."""
        old, new = (baseline_bytes(one).decode().splitlines() for one in (self.old or (), self.entries))
        return unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", lineterm="")


def accept(root: Path, wishes: Wishes, asked: Question, telling: Telling, *, dry_run: bool) -> None:
    """Write the baseline and say what changed in it. Raises CannotRead, CannotWrite."""
    baseline = _baseline(root, wishes, asked)
    if not dry_run and (baseline.old is None or baseline.new or baseline.gone):
        put_baseline(baseline.path, baseline_bytes(baseline.entries))
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if telling.form == "json":
        show(object_lines(_fields(baseline, wishes)), sheet)
    elif dry_run:
        show((line(veiled(wishes, one)) for one in baseline.diff()), sheet)
    elif not wishes.quiet:
        show(_lines(baseline, wishes), sheet)


def _baseline(root: Path, wishes: Wishes, asked: Question) -> Baseline:
    """Take in what is found; what could not be judged today stays as it was accepted before."""
    path = asked.baseline or Path()
    refuse_place(path, root)
    old = read_baseline(path) if path.is_file() else None
    in_clear = Wishes(journal=wishes.journal, now=wishes.now)
    verdict = verdict_of(root, in_clear, asked._replace(baseline=None))
    if not verdict.judged:
        what = "coachlog.yaml can't be read, so there is nothing to accept."
        raise CannotRead(what, "`coachlog check` says what is wrong with it.")
    kept = [one for one in old or () if not was_asked(verdict, one)]
    return Baseline(path, old, tuple(sorted((*accepted_in(verdict), *kept), key=Accepted.sort_key)))


def _lines(baseline: Baseline, wishes: Wishes) -> Iterator[Line]:
    new = f", {len(baseline.new)} of them new" if baseline.old is not None and baseline.new else ""
    yield line(f"accepted in {baseline.path}: {counted(len(baseline.entries), 'finding')}{new}.")
    if baseline.gone:
        yield line(veiled(wishes, f"No longer found, and dropped: {', '.join(one.words for one in baseline.gone)}."))


def _fields(baseline: Baseline, wishes: Wishes) -> dict[str, object]:
    parts = {"entries": baseline.entries, "new": baseline.new, "gone": baseline.gone}
    told = {name: [_entry(one, wishes) for one in entries] for name, entries in parts.items()}
    return {"schema": SCHEMA, "file": str(baseline.path), **told}


def _entry(entry: Accepted, wishes: Wishes) -> dict[str, str | None]:
    return {key: value and veiled(wishes, value) for key, value in entry._asdict().items()}
