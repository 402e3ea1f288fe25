"""Which options of a check make no sense together: refused in one line before anything is read."""

from collections.abc import Iterator

from coachlog.commands.judging.asking import Question, Telling
from coachlog.errors import WrongCall

COUNTED_BY = ("text", "concise", "json", "jsonl")
"""The formats that can tell how often each rule found something."""
ONE_AFTER_ANOTHER = ("text", "concise", "jsonl", "github")
"""The formats of which several may follow on each other."""


def refuse_formats(form: str | None, *, as_json: bool) -> None:
    """Refuse two formats at once. Raises WrongCall."""
    if as_json and form not in {None, "json"}:
        what = f"--json and --format {form} were named at once."
        raise WrongCall(what, "Leave one of them out.")


def refuse_together(asked: Question, telling: Telling, *, watch: bool) -> None:
    """Refuse what can't be told in the format that was asked for. Raises WrongCall."""
    if telling.statistics and telling.form not in COUNTED_BY:
        what = f"--statistics can't be told as {telling.form}."
        raise WrongCall(what, f"The formats with statistics: {', '.join(COUNTED_BY)}.")
    if watch and telling.form not in ONE_AFTER_ANOTHER and telling.output is None:
        what = f"--watch prints again and again, and {telling.form} is one document."
        raise WrongCall(what, f"Name a file with --output, or a format of lines: {', '.join(ONE_AFTER_ANOTHER)}.")
    if asked.since and asked.as_of and asked.since == asked.as_of:
        what = "--since and --as-of name the same day, so nothing can be new."
        raise WrongCall(what, "Name an earlier day with --since.")


def refuse_beside_writing(asked: Question, telling: Telling, *, watch: bool, staged: bool) -> None:
    """Refuse to write a baseline of a part, or to nowhere: it would lose what is not in that part. Raises WrongCall."""
    if asked.baseline is None:
        what = "--write-baseline wants the file."
        raise WrongCall(what, "Name it: coachlog check --baseline baseline.jsonl --write-baseline.")
    partial = next(_beside_writing(asked, telling, watch=watch, staged=staged), None)
    if partial:
        what = f"--write-baseline takes in all that is found, and goes with no {partial}."
        raise WrongCall(what, "Leave one of them out.")


def refuse_alone(*, dry_run: bool) -> None:
    """Refuse a dry run of what writes nothing. Raises WrongCall."""
    if dry_run:
        what = "--dry-run shows what --write-baseline would write, and a check alone writes nothing."
        raise WrongCall(what, "Leave it out, or add --write-baseline.")


def _beside_writing(asked: Question, telling: Telling, *, watch: bool, staged: bool) -> Iterator[str]:
    named = {
        "CLIENT": asked.clients,
        "--select": asked.select,
        "--ignore": asked.ignore,
        "--since": asked.since,
        "--no-waivers": not asked.waivers,
        "--min-severity": telling.least,
        "--output": telling.output,
        "--statistics": telling.statistics,
        "--watch": watch,
        "--staged": staged,
        f"--format {telling.form}": telling.form not in {"text", "json"},
    }
    return (name for name, given in named.items() if given)
