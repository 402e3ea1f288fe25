"""A check as JUnit XML: a suite for each client, a case for each rule and record, and one for who has no finding."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from coachlog.render.check_page import CheckPage, flat, message_of, silence_words
from coachlog.render.line import Line, line
from coachlog.render.output import Sheet
from coachlog.render.safe import without_controls
from coachlog.views.verdict import ShownFinding, as_grave

PRACTICE = "practice"
_QUIET = "nothing found"


class _Case(NamedTuple):
    """What was found of one rule on one record; a case with nothing found stands for a whole client."""

    name: str
    findings: tuple[ShownFinding, ...] = ()
    failing: tuple[ShownFinding, ...] = ()

    @property
    def skipped(self) -> bool:
        return bool(self.findings) and all(one.waived for one in self.findings)


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a check into a document; what is lighter than --fail-on passes and is told beside it."""
    suites = {name: list(_cases(shown, client)) for client in _clients(shown) if (name := client or PRACTICE)}
    every_case = [case for cases in suites.values() for case in cases]
    yield line('<?xml version="1.0" encoding="UTF-8"?>')
    yield line(f"<testsuites {_attributes(name='coachlog check', **_numbers(every_case))}>")
    for name, cases in suites.items():
        yield from _suite(shown, name, cases)
    yield line("</testsuites>")


def _clients(page: CheckPage) -> list[str | None]:
    """List the practice where it was judged or found wanting, then every client."""
    found = {one.client for one in page.listed}
    practice = [None] if None in found or not page.verdict.partial else []
    return [*practice, *sorted({*page.verdict.codes, *filter(None, found)})]


def _cases(page: CheckPage, client: str | None) -> Iterator[_Case]:
    own = sorted((one for one in page.listed if one.client == client), key=_rule_and_record)
    for _, group in groupby(own, key=_rule_and_record):
        findings = tuple(group)
        first = findings[0]
        failing = tuple(one for one in findings if _fails(page, one))
        yield _Case(" ".join(filter(None, (first.code, first.name, *_record(first)))), findings, failing)
    if not own:
        yield _Case(_QUIET)


def _record(finding: ShownFinding) -> tuple[str | None, ...]:
    """Name a record; one without an id is a number in its file, and another file has the same."""
    is_number = finding.record is not None and finding.record.isdigit()
    return (PurePath(finding.file).stem, finding.record) if is_number else (finding.record,)


def _rule_and_record(finding: ShownFinding) -> tuple[str, str, str]:
    return (finding.code, finding.file, finding.record or "")


def _fails(page: CheckPage, finding: ShownFinding) -> bool:
    return page.fail_on != "never" and not finding.waived and as_grave(finding, page.fail_on)


def _suite(page: CheckPage, name: str, cases: list[_Case]) -> Iterator[Line]:
    stamp = datetime.fromisoformat(page.verdict.now).replace(tzinfo=None).isoformat()
    yield line(f"  <testsuite {_attributes(name=name, **_numbers(cases), timestamp=stamp)}>")
    for case in cases:
        yield from _case(page, name, case)
    yield from _out("    ", [silence_words(one) for one in page.verdict.silences if (one.client or PRACTICE) == name])
    yield line("  </testsuite>")


def _case(page: CheckPage, suite: str, case: _Case) -> Iterator[Line]:
    where = {"file": page.file(case.findings[0]), "line": case.findings[0].line} if case.findings else {}
    yield line(f"    <testcase {_attributes(classname=suite, name=case.name, time=0, **where)}>")
    if case.failing:
        kind, what = case.failing[0].severity, " ".join(flat(one.message) for one in case.failing)
        yield line(f"      <failure {_attributes(type=kind, message=what)}/>")
    elif case.skipped:
        yield line(f"      <skipped {_attributes(message=' '.join(map(message_of, case.findings)))}/>")
    yield from _out("      ", [f"{page.place(one)} {one.verdict}: {message_of(one)}" for one in case.findings])
    yield line("    </testcase>")


def _out(indent: str, told: list[str]) -> Iterator[Line]:
    if told:
        yield line(f"{indent}<system-out>{'&#10;'.join(map(_escaped, told))}</system-out>")


def _numbers(cases: list[_Case]) -> dict[str, object]:
    failures, skipped = (
        sum(map(bool, kind)) for kind in zip(*((one.failing, one.skipped) for one in cases), strict=True)
    )
    return {"tests": len(cases), "failures": failures, "errors": 0, "skipped": skipped, "time": 0}


def _attributes(**values: object) -> str:
    return " ".join(f"{key}={quoteattr(without_controls(str(value)))}" for key, value in values.items())


def _escaped(text: str) -> str:
    return quoteattr(without_controls(text), {'"': "&quot;"})[1:-1]
