"""`coachlog check`: judge the journal."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer

from coachlog.commands.desk.cut_off import tell_cut_off
from coachlog.commands.desk.opening import Wishes, here_or, journal_of
from coachlog.commands.judging.asking import Question
from coachlog.commands.judging.on_file import Filed, recalled
from coachlog.errors import CannotRead
from coachlog.model.severity import Profile, Severity
from coachlog.render import renderer
from coachlog.render.check_page import CheckPage
from coachlog.render.line import line
from coachlog.render.output import Sheet, screen, show, text_of
from coachlog.store.delivery import deliver
from coachlog.views.verdict import ShownFinding, Verdict, as_grave

FailOn = Literal[Severity, "never"]
Format = Literal["text", "concise", "json", "jsonl"]

JUDGING = "coachlog.commands.judging.judgement"
"""The module that reads and judges; it is imported only where the answer is not on file already."""
FILING = "coachlog.commands.judging.filing"
"""The module that judges a whole journal and puts it on file."""


def check(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    clients: Annotated[
        list[str] | None, typer.Argument(metavar="[CLIENT]...", help="Codes or names; default: all.")
    ] = None,
    *,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="RULES", help="Only these codes, names or chapters.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="RULES", help="Not these codes, names or chapters.")
    ] = None,
    min_severity: Annotated[
        Severity | None, typer.Option("--min-severity", help="List nothing lighter (text: warning).")
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="From which severity on to exit with 1.")] = "breach",
    day: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Judge what was on file by the end of that day."),
    ] = None,
    profile: Annotated[
        Profile | None, typer.Option("--profile", help="Which rules are on, in the place of the practice's.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write there; the terminal gets the summary.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List what is older than 90 days, too.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")] = False,
    no_waivers: Annotated[bool, typer.Option("--no-waivers", help="Judge as if nothing were waived.")] = False,
) -> int:
    """Judge the journal: find where what happened departs from what was agreed.

    Lists breaches and warnings that are standing or happened in the last 90 days, and counts the rest. The other
    formats list everything. Exits with 1 when a breach is found that is not waived, listed or not (--fail-on), and
    with 3 when coachlog.yaml can't be read. The counts are over all that was selected, listed or not.

    Examples:
      coachlog check
      coachlog check jane --min-severity advice
      coachlog check --select CTC,late-reply --format concise
      coachlog check --as-of "last fri" --json
      coachlog check --fail-on never --output findings.json --format json
    """
    wishes: Wishes = ctx.obj
    root = journal_of(wishes)
    tell_cut_off(root, wishes)
    asked = Question(
        tuple(clients or ()), tuple(select or ()), tuple(ignore or ()), day, profile, waivers=not no_waivers
    )
    verdict = _on_file(root, wishes, asked) or import_module(JUDGING).verdict_of(root, wishes, asked)
    chosen: Format = "json" if as_json else form
    page = _page(verdict, root, chosen, min_severity, everything=everything, statistics=statistics)
    _print(page, chosen, output, screen(wishes.color, quiet=wishes.quiet))
    if not verdict.judged:
        return CannotRead.exit_code
    return int(verdict.fails(fail_on))


def _on_file(root: Path, wishes: Wishes, asked: Question) -> Verdict | None:
    """Give the whole verdict where it is asked and still holds; else judge once and put it on file."""
    if asked != Question() or wishes.incognito:
        return None
    filed: Filed = recalled(root, wishes) or import_module(FILING).judged_or_refused(root, wishes)
    return filed.verdict


def _page(  # noqa: PLR0913 — what was asked for, by name
    verdict: Verdict, root: Path, form: Format, least: Severity | None, *, everything: bool, statistics: bool
) -> CheckPage:
    """Choose what is listed: the other formats have everything, text what matters now."""
    least = least or ("warning" if form == "text" and verdict.judged else "advice")
    grave = [one for one in verdict.findings if as_grave(one, least)]
    listed = [one for one in grave if form != "text" or everything or verdict.is_recent(one)]
    page = CheckPage(verdict, tuple(listed), root, here_or(root))
    if statistics:
        return replace(page, tallies=verdict.statistics())
    return replace(page, older=len(grave) - len(listed), lighter=_advice(verdict.findings) if least != "advice" else 0)


def _advice(findings: tuple[ShownFinding, ...]) -> int:
    return sum(1 for one in findings if one.verdict == "advice")


def _print(page: CheckPage, form: Format, output: Path | None, sheet: Sheet) -> None:
    module = renderer("check", form)
    if output is None:
        show(module.lines(page, sheet), sheet)
        return
    paper = Sheet()
    deliver(output, text_of(module.lines(page, paper), paper).encode("utf-8", "backslashreplace"), page.root)
    if not sheet.quiet:
        show([line(page.summary())], sheet)
