"""What a writing command says: what it did in one line with the dates spelled out, and what that brings."""

from collections.abc import Iterator, Sequence
from typing import Any

from coachlog.commands.desk.desk import Outcome
from coachlog.commands.desk.opening import Wishes
from coachlog.model.record import Record
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line, Span, Style, line
from coachlog.render.measure import wrapped
from coachlog.render.output import Sheet, complain, screen, show
from coachlog.rules.finding import Finding
from coachlog.store.casebook import read_cases
from coachlog.views.fields import fields_of

_STYLES: dict[str, Style] = {"breach": "breach", "warning": "warning", "advice": "advice"}
_INDENT = 10


def tell(  # noqa: PLR0913 — what a command has to say, by name
    wishes: Wishes,
    outcome: Outcome,
    said: str,
    *,
    noun: str = "",
    records: Sequence[Record] = (),
    as_json: bool = False,
    remarks: Sequence[str] = (),
) -> None:
    """Print what became of a command: its line, its findings; the diff of a dry run; or everything as JSON.

    `noun` is the plural under which the records stand in JSON.
    """
    sheet = screen(wishes.color, quiet=wishes.quiet)
    for one in () if wishes.quiet else remarks:
        complain(one)
    if as_json:
        show(object_lines(_plain(outcome, noun, records)), sheet)
        return
    if outcome.diff and not outcome.written:
        show((line(one) for one in outcome.diff.rstrip("\n").split("\n")), sheet)
        return
    if not sheet.quiet:
        show([line(said)], sheet)
    show((one for finding in outcome.brought if finding.counts for one in _finding(finding, sheet)), sheet)


def _plain(outcome: Outcome, noun: str, records: Sequence[Record]) -> dict[str, Any]:
    told = [{"record": one.origin.label, **fields_of(one)} for one in records]
    brought = [
        {"code": one.code, "name": one.name, "severity": one.severity, "record": one.record, "message": one.message}
        for one in outcome.brought
        if one.counts
    ]
    return {"schema": SCHEMA, noun: told, "findings": brought, "written": list(outcome.written)}


def _finding(finding: Finding, sheet: Sheet) -> Iterator[Line]:
    """Say what a change brings, and the first thing that can be done about it."""
    verdict = Span(f"{finding.severity:<7}", _STYLES[finding.severity])
    yield line("  ", verdict, f" {finding.code} {finding.name}: {finding.message}")
    if sheet.terminal:
        advice = read_cases(finding.code).do.split(". ")[0].rstrip(".")
        yield from (line(Span(one, "dim")) for one in wrapped(f"{advice}.", sheet.width, _INDENT))
