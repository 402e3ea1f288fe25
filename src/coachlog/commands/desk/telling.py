"""What a writing command says: what it did in one line with the dates spelled out, and what that brings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from coachlog.commands.desk.desk import Desk, Outcome
from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.commands.desk.veiling import veil_of
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.record import Record
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line, Span, Style, line
from coachlog.render.measure import wrapped
from coachlog.render.output import Sheet, complain, screen, show
from coachlog.rules.finding import Finding
from coachlog.views.derived import derived_of
from coachlog.views.fields import fields_of

if TYPE_CHECKING:
    from coachlog.commands.desk.incognito import Veil

CASEBOOK = "coachlog.store.casebook"
"""What knows the advice on a finding; imported only where something is found."""
_STYLES: dict[str, Style] = {"breach": "breach", "warning": "warning", "advice": "advice"}
_INDENT = 10
_PART = 2


@dataclass(frozen=True)
class Telling:
    """What a command has to say of what it did: one line, and what stands in JSON instead.

    `noun` is the plural under which the records stand in JSON, `also` what stands beside them; `parts` are what else
    there is to say of it; `each` has a line for each of several records.
    """

    said: str
    noun: str = ""
    records: Sequence[Record] = ()
    parts: Sequence[str] = ()
    each: Sequence[str] = ()
    also: Mapping[str, Any] = field(default_factory=dict)

    def veiled(self, veil: "Veil") -> "Telling":
        """Give it as it may be shown; the records are masked field by field."""
        parts, each = ([veil.text(one) for one in several] for several in (self.parts, self.each))
        return replace(self, said=veil.text(self.said), parts=parts, each=each, also=veil.fields(self.also))


def tell(desk: Desk, outcome: Outcome, telling: Telling, *, as_json: bool = False) -> None:
    """Print what became of a command: its line, its findings; the diff of a dry run; or everything as JSON.

    What there is to remark comes before it. Incognito, all of it is masked.
    """
    wishes, remarks = desk.wishes, desk.remarks
    sheet = screen(wishes.color, quiet=wishes.quiet)
    veil = veil_of(wishes, telling.records)
    told = told_plainly(telling.records, outcome, wishes, veil) if as_json else []
    if veil:
        outcome, telling, remarks = veiled_outcome(outcome, veil), telling.veiled(veil), list(map(veil.text, remarks))
    for one in () if wishes.quiet else remarks:
        complain(one)
    if as_json:
        show(object_lines({**whole(outcome, telling.noun, told), **telling.also}), sheet)
    elif outcome.diff and not outcome.written:
        show((line(one) for one in outcome.diff.rstrip("\n").split("\n")), sheet)
    else:
        show([*_said(telling, sheet), *_findings(outcome, sheet)], sheet)


def _said(telling: Telling, sheet: Sheet) -> Iterator[Line]:
    """Say what was done: on a terminal each part of it on lines of its own, on a pipe all in one."""
    if sheet.quiet:
        return
    if sheet.terminal:
        yield line(telling.said)
        yield from (line(one) for part in telling.parts for one in wrapped(part, sheet.width, _PART))
    else:
        yield line("; ".join([telling.said, *telling.parts]))
    yield from (line(f"  {one}") for one in telling.each)


def _findings(outcome: Outcome, sheet: Sheet) -> Iterator[Line]:
    own = outcome.file.code if outcome.file else None
    return (one for finding in outcome.brought if finding.counts for one in _finding(finding, own, sheet))


def veiled_outcome(outcome: Outcome, veil: "Veil") -> Outcome:
    """Give an outcome as it may be shown; whether something was written stays as it is."""
    brought = tuple(one._replace(message=veil.text(one.message), client=None) for one in outcome.brought)
    written = tuple(map(veil.text, outcome.written))
    return replace(outcome, brought=brought, diff=veil.diff(outcome.diff), written=written)


def told_plainly(
    records: Iterable[Record], outcome: Outcome, wishes: Wishes, veil: "Veil | None" = None
) -> list[dict[str, Any]]:
    """Give records as JSON has them: whose each is, what it is called, all its fields, and what is derived."""
    now = now_of(wishes, outcome.practice.timezone)
    return [told_of(one, outcome.file, now, veil) for one in records]


def told_of(record: Record, file: ClientFile | None, now: Instant, veil: "Veil | None" = None) -> dict[str, Any]:
    """Give one record of a client, or with None of the practice, as JSON has it."""
    own = {"record": record.origin.label, **fields_of(veil.record(record) if veil else record)}
    if file is None:
        return own
    client = veil.mask.code(file.code) if veil else file.code
    return {"client": client, **own, **derived_of(record, file, now)}


def whole(outcome: Outcome, noun: str, told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give all that became of a command for programs: the records, what the change brought, and what was written."""
    brought = [
        {"code": one.code, "name": one.name, "severity": one.severity, "record": one.record, "message": one.message}
        for one in outcome.brought
        if one.counts
    ]
    return {"schema": SCHEMA, noun: list(told), "findings": brought, "written": list(outcome.written)}


def _finding(finding: Finding, own: str | None, sheet: Sheet) -> Iterator[Line]:
    """Say what a change brings, on whom where that is another client, and the first thing that can be done about it."""
    verdict = Span(f"{finding.severity:<7}", _STYLES[finding.severity])
    whose = f" ({finding.client})" if finding.client and finding.client != own else ""
    named = f" {finding.code} {finding.name}{whose}"
    if not sheet.terminal:
        yield line("  ", verdict, f"{named}: {finding.message}")
        return
    yield line("  ", verdict, named)
    yield from map(line, wrapped(finding.message, sheet.width, _INDENT))
    advice = _first_advice(finding)
    yield from (line(Span(one, "dim")) for one in wrapped(advice, sheet.width, _INDENT))


def _first_advice(finding: Finding) -> str:
    """Give the first thing that can be done about a finding."""
    advice: str = import_module(CASEBOOK).read_cases(finding.code).first_advice(finding.client, finding.record)
    return advice
