"""A check as SARIF 2.1.0, which code hosts and editors show: rules with their pages, results with their places."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from coachlog import __version__
from coachlog.render.as_json import object_lines
from coachlog.render.check_json import summary_fields
from coachlog.render.check_page import CheckPage, flat, silence_words
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.render.rule_told import RuleTold
from coachlog.views.verdict import ShownFinding, ShownWaiver

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""What stands for the folder of the journal, from which every file is named: the report says nothing of where it is."""
LEVELS: Mapping[str, str] = {"breach": "error", "warning": "warning", "advice": "note"}
"""What SARIF calls each severity."""
FINGERPRINT = "finding/v1"
PRACTICE = "practice"

Fields = dict[str, Any]


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a check into a log of one run."""
    return object_lines({"$schema": SCHEMA, "version": VERSION, "runs": [_run(shown)]})


def _run(page: CheckPage) -> Fields:
    places = {told.code: number for number, told in enumerate(page.told)}
    return {
        "tool": {
            "driver": {
                "name": "coachlog",
                "version": __version__,
                "rules": [_rule(one) for one in page.told],
            }
        },
        "language": "en-GB",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder of the journal."}}},
        "invocations": [_invocation(page)],
        "results": list(_results(page, places)),
        "properties": {"now": page.verdict.now, "summary": summary_fields(page)},
    }


def _invocation(page: CheckPage) -> Fields:
    """Say whether the journal could be judged, and which rules were silent."""
    silences = [silence_words(one) for one in page.verdict.silences]
    told = [{"level": "warning", "message": {"text": one}} for one in silences]
    return {"executionSuccessful": page.verdict.judged, "toolExecutionNotifications": told}


def _rule(told: RuleTold) -> Fields:
    return {
        "id": told.code,
        "name": told.name,
        "shortDescription": {"text": flat(told.title)},
        "fullDescription": {"text": _paragraphs(told.why) or flat(told.title)},
        "help": {"text": _help(told, markdown=False), "markdown": _help(told, markdown=True)},
        "defaultConfiguration": {"enabled": told.on, "level": LEVELS[told.severity]},
        "properties": {"tags": [told.chapter], "severity": told.severity, "source": told.source},
    }


def _help(told: RuleTold, *, markdown: bool) -> str:
    """Tell what to do, what to say and how to prevent it; markdown has headings and the clause, too."""
    parts = {
        "What to do now": _paragraphs(told.do),
        "What to say": _paragraphs(told.say),
        "How to prevent it": _prevention(told, markdown=markdown),
        "Crossed on purpose": f"`{told.waiving}`" if markdown else told.waiving,
    }
    headed = (f"## {name}\n\n{text}" if markdown else f"{name}: {text}" for name, text in parts.items() if text)
    return "\n\n".join(headed)


def _prevention(told: RuleTold, *, markdown: bool) -> str:
    clause = f"```yaml\n{told.clause.rstrip()}\n```" if markdown and told.clause else ""
    return "\n\n".join(filter(None, (clause, _paragraphs(told.sentence))))


def _paragraphs(text: str) -> str:
    return "\n\n".join(flat(one) for one in text.split("\n\n") if one.strip())


def _results(page: CheckPage, places: Mapping[str, int]) -> Iterator[Fields]:
    """Turn each finding into a result; of several that are about the same, each is known again by its number."""
    seen: Counter[str] = Counter()
    for one in page.listed:
        about = (one.code, one.client, one.record, one.subject)
        key = "/".join(quote(part or "", safe="", errors="surrogateescape") for part in about)
        seen[key] += 1
        yield _result(one, places, f"{key}#{seen[key]}")


def _result(finding: ShownFinding, places: Mapping[str, int], fingerprint: str) -> Fields:
    clause = finding.clause
    return {
        "ruleId": finding.code,
        "ruleIndex": places.get(finding.code, -1),
        "level": LEVELS[finding.severity],
        "message": {"text": flat(finding.message)},
        "locations": [
            {
                **_place(finding.file, finding.line, finding.column),
                "logicalLocations": list(_logical(finding.client, finding.record)),
            }
        ],
        "relatedLocations": [{**_place(clause.file, clause.line), **_CLAUSE}] if clause else [],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "suppressions": [_suppression(finding.waived)] if finding.waived else [],
        "properties": {
            "name": finding.name,
            "severity": finding.severity,
            "subject": finding.subject,
            "date": finding.date,
            "judged_by": finding.judged_by,
        },
    }


_CLAUSE = {"message": {"text": "What it was judged by."}}


def _place(file: str, line: int, column: int | None = None) -> Fields:
    uri = quote(file, errors="surrogateescape")
    start = {"startLine": line, **({"startColumn": column} if column else {})}
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": ROOT}, "region": start}}


def _logical(client: str | None, record: str | None) -> Iterator[Fields]:
    """Name whom it is about, and the record, as a journal calls them."""
    whose = client or PRACTICE
    yield {"name": whose, "fullyQualifiedName": whose, "kind": "client" if client else PRACTICE}
    if record:
        yield {"name": record, "fullyQualifiedName": f"{whose}/{record}", "kind": "record"}


def _suppression(waived: ShownWaiver) -> Fields:
    """Say that a waiver stands in the journal, where, and why."""
    return {
        "kind": "inSource",
        "status": "accepted",
        "justification": flat(waived.why),
        "location": _place(waived.file, waived.line),
        "properties": {"date": waived.date, "until": waived.until},
    }
