"""`coachlog check`: judge the journal."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from coachlog.commands.desk.cut_off import tell_cut_off
from coachlog.commands.desk.opening import Wishes, here_or, journal_of
from coachlog.commands.judging.asking import FailOn, Format, Question, Telling
from coachlog.commands.judging.on_file import Filed, recalled
from coachlog.commands.judging.together import refuse_alone, refuse_beside_writing, refuse_formats, refuse_together
from coachlog.errors import CannotRead
from coachlog.model.severity import Profile, Severity
from coachlog.render import line_end, renderer
from coachlog.render.check_page import CheckPage
from coachlog.render.line import line
from coachlog.render.output import Sheet, screen, show, text_of
from coachlog.render.rule_told import RuleTold
from coachlog.store.baseline import read_baseline
from coachlog.store.delivery import deliver
from coachlog.views.comparing import without
from coachlog.views.verdict import ShownFinding, Verdict, as_grave

JUDGING = "coachlog.commands.judging.judgement"
"""The module that reads and judges; it is imported only where the answer is not on file already."""
FILING = "coachlog.commands.judging.filing"
"""The module that judges a whole journal and puts it on file."""
ACCEPTING = "coachlog.commands.judging.accepting"
"""The module that makes a baseline."""
WATCHING = "coachlog.commands.judging.watching"
"""The module that goes on judging."""
STAGED = "coachlog.commands.judging.staged"
"""The module that judges what git is about to commit."""
PAGES = "coachlog.commands.judging.rule"
"""The module that tells the pages of rules; it is imported only for a format that shows them."""
WITH_PAGES = frozenset({"sarif"})


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
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="Only what a check as of the end of that day did not have."),
    ] = None,
    profile: Annotated[
        Profile | None, typer.Option("--profile", help="Which rules are on, in the place of the practice's.")
    ] = None,
    form: Annotated[Format | None, typer.Option("--format", help="How to print it; default: text.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", readable=False, help="Write there; the terminal gets the summary."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List what is older than 90 days, too.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count the findings of each rule.")] = False,
    no_waivers: Annotated[bool, typer.Option("--no-waivers", help="Judge as if nothing were waived.")] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            readable=False,
            help="Count what that file has accepted, and list what is new.",
        ),
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Make that file anew of all that is found and not waived.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --write-baseline: print the diff, write nothing.")
    ] = False,
    staged: Annotated[
        bool, typer.Option("--staged", help="For a hook: what git is about to commit; fails only if it can't be read.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Judge again whenever a file changes or a deadline passes, until Ctrl-C.")
    ] = False,
) -> int:
    """Judge the journal: find where what happened departs from what was agreed.

    Lists breaches and warnings that are standing or happened in the last 90 days, and counts the rest. The other
    formats list everything. Exits with 1 when a breach is found that is not waived, listed or not (--fail-on), and
    with 3 when coachlog.yaml can't be read. The counts are over all that was selected, listed or not.

    A journal satisfies the profile basic without a breach, ethics without a breach or warning, and strict without
    any finding at all, by the rules of each; --profile and --statistics say which it does, and JSON always.

    A baseline knows a finding by rule, client, record and subject, never by its line. Nothing new slips into it:
    only --write-baseline changes the file, drops what no longer occurs, and says what was new.

    csv is a table; github makes annotations of a workflow; junit has a case for each rule and record, which fails by
    --fail-on; sarif is for code hosts and editors.

    --staged judges what git is about to commit: it exits with 1 only where a staged file can't be read or merged
    (JRN101 to JRN104, JRN108), and prints what the staged changes bring without failing.

    Examples:
      coachlog check
      coachlog check jane --min-severity advice
      coachlog check --select CTC,late-reply --format concise
      coachlog check --as-of "last fri" --json
      coachlog check --since "last fri"
      coachlog check --profile strict --statistics
      coachlog check --fail-on never --output findings.json --format json
      coachlog check --format sarif --output coachlog.sarif
      coachlog check --baseline baseline.jsonl --write-baseline
      coachlog check --baseline baseline.jsonl
      coachlog check --watch
      coachlog check --staged
    """
    wishes: Wishes = ctx.obj
    refuse_formats(form, as_json=as_json)
    asked = Question(
        clients=tuple(clients or ()),
        select=tuple(select or ()),
        ignore=tuple(ignore or ()),
        as_of=day,
        profile=profile,
        waivers=not no_waivers,
        since=since,
        baseline=baseline,
    )
    telling = Telling(
        form="json" if as_json else form or "text",
        output=output,
        least=min_severity,
        fail_on=fail_on,
        everything=everything,
        statistics=statistics,
        profiles=statistics or profile is not None,
    )
    if write_baseline:
        refuse_beside_writing(asked, telling, watch=watch, staged=staged)
        import_module(ACCEPTING).accept(journal_of(wishes), wishes, asked, telling, dry_run=dry_run)
        return 0
    refuse_alone(dry_run=dry_run)
    refuse_together(asked, telling, watch=watch)
    root = journal_of(wishes)
    tell_cut_off(root, wishes)
    if staged:
        checked = import_module(STAGED).check_staged(root, wishes, asked, watch=watch)
        _print(_page(checked.verdict, root, telling), telling, screen(wishes.color, quiet=wishes.quiet))
        return int(checked.is_refused)
    if watch:
        import_module(WATCHING).watch_over(lambda: _told(root, wishes, asked, telling), root, wishes, asked)
        return 0
    verdict, _ = _told(root, wishes, asked, telling)
    return int(verdict.fails(fail_on)) if verdict.judged else CannotRead.exit_code


def _told(root: Path, wishes: Wishes, asked: Question, telling: Telling) -> tuple[Verdict, bool]:
    """Judge, print it, and give the verdict; and whether somebody took what was printed."""
    verdict = _on_file(root, wishes, asked) or import_module(JUDGING).verdict_of(root, wishes, asked)
    return verdict, _print(_page(verdict, root, telling), telling, screen(wishes.color, quiet=wishes.quiet))


def _on_file(root: Path, wishes: Wishes, asked: Question) -> Verdict | None:
    """Give the whole verdict where it is asked and still holds; else judge once and put it on file."""
    if not asked.on_file or wishes.incognito:
        return None
    accepted = read_baseline(asked.baseline) if asked.baseline else None
    filed: Filed = recalled(root, wishes) or import_module(FILING).judged_or_refused(root, wishes)
    return filed.verdict if accepted is None or not filed.verdict.judged else without(filed.verdict, accepted)


def _page(verdict: Verdict, root: Path, telling: Telling) -> CheckPage:
    """Choose what is listed: the other formats have everything, text what matters now."""
    is_text = telling.form == "text"
    least = telling.least or ("warning" if is_text and verdict.judged else "advice")
    grave = [one for one in verdict.findings if as_grave(one, least)]
    listed = [one for one in grave if not is_text or telling.everything or verdict.is_recent(one)]
    page = CheckPage(
        verdict,
        tuple(listed),
        root,
        here_or(root),
        told=_pages(listed) if telling.form in WITH_PAGES else (),
        fail_on=telling.fail_on,
        with_profiles=telling.profiles,
    )
    if telling.statistics:
        return replace(page, tallies=verdict.statistics())
    return replace(page, older=len(grave) - len(listed), lighter=_advice(verdict.findings) if least != "advice" else 0)


def _pages(findings: list[ShownFinding]) -> tuple[RuleTold, ...]:
    pages: tuple[RuleTold, ...] = import_module(PAGES).pages_of(sorted({one.code for one in findings}))
    return pages


def _advice(findings: tuple[ShownFinding, ...]) -> int:
    return sum(1 for one in findings if one.verdict == "advice")


def _print(page: CheckPage, telling: Telling, sheet: Sheet) -> bool:
    module, end = renderer("check", telling.form), line_end(telling.form)
    is_table = telling.form == "csv"
    if telling.output is None:
        shown = sheet.of_a_document() if is_table else sheet
        return show(module.lines(page, shown), shown, end)
    paper = Sheet(document=is_table)
    text = text_of(module.lines(page, paper), paper, end)
    deliver(telling.output, text.encode("utf-8", "backslashreplace"), page.root)
    return sheet.quiet or show([line(page.summary())], sheet)
