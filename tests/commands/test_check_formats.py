"""The formats of a check that other programs read: SARIF, annotations of GitHub, JUnit, and tables."""

import csv
import io
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from calling import JOURNAL, PRACTICE, Outcome, call, lay_out
from coachlog import __version__
from coachlog.render.safe import safe

CTC = ("--select", "CTC105")
HARBOUR = Path(__file__).resolve().parent.parent.parent / "examples" / "harbour"
ODD = "clients/x, y: 50%\x1b[31m"
"""A folder that can be no client's: every format has to escape something in it."""

TEXT: dict[str, Any] = {"text": str}
PLACE: dict[str, Any] = {
    "artifactLocation": {"uri": str, "uriBaseId": str},
    "region": {"startLine": int, "startColumn?": int},
}
LOCATION: dict[str, Any] = {
    "physicalLocation": PLACE,
    "logicalLocations?": [{"name": str, "fullyQualifiedName": str, "kind": str}],
    "message?": TEXT,
}
RULE: dict[str, Any] = {
    "id": str,
    "name": str,
    "shortDescription": TEXT,
    "fullDescription": TEXT,
    "help": {"text": str, "markdown": str},
    "defaultConfiguration": {"enabled": bool, "level": str},
    "properties": dict,
}
RESULT: dict[str, Any] = {
    "ruleId": str,
    "ruleIndex": int,
    "level": str,
    "message": TEXT,
    "locations": [LOCATION],
    "relatedLocations": [LOCATION],
    "partialFingerprints": {"finding/v1": str},
    "suppressions": [
        {"kind": str, "status": str, "justification": str, "location": LOCATION, "properties": dict},
    ],
    "properties": dict,
}
LOG: dict[str, Any] = {
    "$schema": str,
    "version": str,
    "runs": [
        {
            "tool": {"driver": {"name": str, "version": str, "rules": [RULE]}},
            "language": str,
            "columnKind": str,
            "originalUriBaseIds": {"%SRCROOT%": {"description": TEXT}},
            "invocations": [
                {
                    "executionSuccessful": bool,
                    "toolExecutionNotifications": [{"level": str, "message": TEXT}],
                }
            ],
            "results": [RESULT],
            "properties": dict,
        }
    ],
}
"""The part of SARIF 2.1.0 that a check uses: each object with its properties, those with ? may be left out."""
NOT_EMPTY = {"text", "uri", "name", "id"}


def misshapen(value: object, shape: Any, at: str = "log") -> list[str]:  # noqa: ANN401 — a shape is a type, a list or a table
    """Name every place at which a value is not of its shape."""
    if isinstance(shape, list):
        several = value if isinstance(value, list) else [None]
        return [fault for number, one in enumerate(several) for fault in misshapen(one, shape[0], f"{at}[{number}]")]
    if not isinstance(shape, dict):
        is_of_type = isinstance(value, shape) and (shape is not int or value is not True)
        return [] if is_of_type and not (value == "" and at.rpartition(".")[2] in NOT_EMPTY) else [at]
    if not isinstance(value, dict):
        return [at]
    wanted = {key.rstrip("?"): inner for key, inner in shape.items()}
    missing = [f"{at}.{key}" for key in shape if not key.endswith("?") and key not in value]
    unknown = [f"{at}.{key}" for key in value if key not in wanted]
    inner = [fault for key in wanted.keys() & value for fault in misshapen(value[key], wanted[key], f"{at}.{key}")]
    return [*missing, *unknown, *inner]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Give a small practice with two late replies, one that is waived, and a folder with an odd name."""
    (tmp_path / ODD).mkdir(parents=True)
    return lay_out({name: text.replace("agreed\\n", '=1+1, \\"so\\"\\n') for name, text in JOURNAL.items()}, tmp_path)


def run_of(outcome: Outcome) -> dict[str, Any]:
    """Give the one run of a log, once its shape is right."""
    log = json.loads(outcome.out)
    assert misshapen(log, LOG) == []
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("arguments", [(), ("-C", str(HARBOUR), "--now", "2026-06-30 12:00")], ids=["small", "harbour"])
def test_sarif_has_every_finding_with_its_rule_and_place(journal: Path, arguments: tuple[str, ...]) -> None:
    """It says the same as the JSON of the check, in the words and form of SARIF 2.1.0."""
    report = json.loads(call(*arguments, "check", "--json", folder=journal).out)
    run = run_of(call(*arguments, "check", "--format", "sarif", folder=journal))
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["version"] == __version__
    assert [one["id"] for one in rules] == sorted({one["code"] for one in report["findings"]})
    assert run["columnKind"] == "unicodeCodePoints"
    for result, finding in zip(run["results"], report["findings"], strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding["code"]
        assert result["level"] == {"breach": "error", "warning": "warning", "advice": "note"}[finding["severity"]]
        assert place["region"] == {"startLine": finding["line"], "startColumn": finding["column"]}
        assert unquote(place["artifactLocation"]["uri"]) == finding["file"]
        assert re.fullmatch(r"[\w./~%-]+", place["artifactLocation"]["uri"], re.ASCII)
        assert [one["name"] for one in result["locations"][0]["logicalLocations"]] == [
            finding["client"] or "practice",
            *([finding["record"]] if finding["record"] else []),
        ]
        assert bool(result["relatedLocations"]) is bool(finding["clause"])
        assert bool(result["suppressions"]) is bool(finding["waived"])
    prints = [one["partialFingerprints"]["finding/v1"] for one in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_knows_a_finding_again_wherever_it_stands(journal: Path) -> None:
    """A comment above it moves its line and nothing else; a waiver is a suppression with its reason."""
    before = run_of(call("check", *CTC, "--format", "sarif", folder=journal))["results"]
    file = journal / "clients/jane-doe/contacts.yaml"
    file.write_text(f"# a comment\n{file.read_text()}")
    after = run_of(call("check", *CTC, "--format", "sarif", folder=journal))["results"]
    assert [one["partialFingerprints"] for one in after] == [one["partialFingerprints"] for one in before]
    assert after[0]["locations"] != before[0]["locations"]
    suppression = after[2]["suppressions"][0]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", '=1+1, "so" with Priya.')
    assert suppression["location"]["physicalLocation"]["region"] == {"startLine": 10}


@pytest.mark.parametrize(
    ("name", "text", "successful", "notes"),
    [("coachlog.yaml", "name: [\n", False, 0), ("clients/jane-doe/contacts.yaml", "contacts: [\n", True, 1)],
)
def test_sarif_says_what_could_not_be_judged(
    journal: Path, name: str, text: str, *, successful: bool, notes: int
) -> None:
    """What can't be read is a result; whether the check went through, and who was silent, is told of its run."""
    run = run_of(call("check", "--select", "CTC105,JRN101", "--format", "sarif", folder=lay_out({name: text}, journal)))
    assert "JRN101" in {one["ruleId"] for one in run["results"]}
    assert run["invocations"][0]["executionSuccessful"] is successful
    assert len(run["invocations"][0]["toolExecutionNotifications"]) == notes


def test_sarif_names_a_folder_whose_name_is_no_text(journal: Path) -> None:
    """Bytes that are no UTF-8 are told as they are, in the place and in what a finding is known again by."""
    (journal / "clients" / os.fsdecode(b"\xff 50%")).mkdir()
    run = run_of(call("check", "--select", "JRN102", "--format", "sarif", folder=journal))
    places = [one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]]
    assert "clients/%FF%2050%25" in places
    assert any("/%FF%2050%25/" in one["partialFingerprints"]["finding/v1"] for one in run["results"])


def test_sarif_says_of_nobody_who_it_is_where_that_is_asked(journal: Path) -> None:
    """Codes, names and reasons are masked in its results; the pages of the rules have made-up clients."""
    run = run_of(call("--incognito", "check", "--format", "sarif", folder=journal))
    shown = json.dumps({**run, "tool": None})
    assert "client-a" in shown
    assert not re.search("jane|doe|tom-|reid|priya", shown, re.IGNORECASE)


def test_github_shows_each_finding_at_its_line(journal: Path) -> None:
    """Breach, warning and advice are error, warning and notice; what is waived is not shown; a summary ends it."""
    outcome = call("-C", "..", "check", *CTC, "--format", "github", folder=journal / "clients")
    lines = outcome.out.splitlines()
    assert lines[0].startswith(
        "::error file=jane-doe/contacts.yaml,line=3,col=6,title=CTC105 late-reply::Replied after "
    )
    assert [one.partition(" ")[0] for one in lines] == ["::error", "::error", "3"]
    levels = {one.partition(" ")[0] for one in call("check", "--format", "github", folder=journal).out.splitlines()}
    assert levels >= {"::error", "::warning", "::notice"}


def test_github_is_given_no_text_that_ends_a_property_or_begins_a_command(journal: Path) -> None:
    """Per cent, commas and colons in a name are escaped as GitHub wants it, and nothing steers the log."""
    (journal / "clients" / "a\n::error::b").mkdir()
    lines = call("check", "--select", "JRN", "--format", "github", folder=journal).out.splitlines()
    assert any(one.startswith("::error file=clients/x%2C y%3A 50%25␛[31m,line=1,") for one in lines)
    assert any("file=clients/a%0A%3A%3Aerror%3A%3Ab,line=1," in one for one in lines)
    assert not any(one.startswith("::error::") for one in lines)


@pytest.mark.parametrize(
    ("arguments", "numbers", "exit_code"),
    [
        (CTC, {"tests": 5, "failures": 2, "skipped": 1, "errors": 0}, 1),
        ((*CTC, "--fail-on", "never"), {"tests": 5, "failures": 0, "skipped": 1, "errors": 0}, 0),
        (("jane", *CTC), {"tests": 1, "failures": 1, "skipped": 0, "errors": 0}, 1),
        (("jane", "--select", "JRN101"), {"tests": 1, "failures": 0, "skipped": 0, "errors": 0}, 0),
    ],
)
def test_junit_has_a_suite_for_each_client_and_a_case_for_each_rule_and_record(
    journal: Path, arguments: tuple[str, ...], numbers: Mapping[str, int], exit_code: int
) -> None:
    """Who has no finding passes; the failures are what the check fails by; what is waived is skipped."""
    outcome = call("check", *arguments, "--format", "junit", folder=journal)
    root = ET.fromstring(outcome.out)  # noqa: S314 — the program's own document
    assert outcome.code == exit_code
    assert {key: int(root.attrib[key]) for key in numbers} == numbers
    assert len(root.findall("testsuite/testcase")) == numbers["tests"]
    assert len(root.findall("testsuite/testcase/failure")) == numbers["failures"]
    assert len(root.findall("testsuite/testcase/skipped")) == numbers["skipped"]
    for suite in root:
        assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
        assert {case.attrib["classname"] for case in suite.iter("testcase")} == {suite.attrib["name"]}


def test_junit_is_well_formed_whatever_a_name_holds(journal: Path) -> None:
    """Markup is escaped and control characters are dropped; the place and the message are told beside the case."""
    (journal / "clients" / 'a<b>&"c\x00'.replace("\x00", "\x01")).mkdir()
    root = ET.fromstring(call("check", "--format", "junit", folder=journal).out)  # noqa: S314 — likewise
    told = [one.text or "" for one in root.iter("system-out")]
    assert any(one.startswith('clients/a<b>&"c:1 ') for one in told)
    assert any(one.startswith("clients/x, y: 50%[31m:1 ") for one in told)
    assert root.findall("testsuite[@name='jane-doe']/testcase/failure")[0].attrib["message"].startswith("Replied")


def test_junit_has_no_two_cases_of_one_name(journal: Path) -> None:
    """The first records of two files, both without an id, are two cases, and say whose first they are."""
    broken = {name: f"{name}:\n  - {{x: 1}}\n" for name in ("sessions", "actions")}
    lay_out({f"clients/tom-reid/{name}.yaml": text for name, text in broken.items()}, journal)
    root = ET.fromstring(call("check", "tom", "--format", "junit", folder=journal).out)  # noqa: S314 — likewise
    names = [case.attrib["name"] for case in root.iter("testcase")]
    assert {"JRN102 invalid-record sessions 1", "JRN102 invalid-record actions 1"} <= set(names)
    assert len(set(names)) == len(names)


def test_csv_is_a_table_with_a_header_and_no_formula(journal: Path) -> None:
    """RFC 4180: lines end with CR and LF, cells are quoted where they must be, and the fields are those of JSON."""
    outcome = call("check", "--format", "csv", folder=journal)
    assert outcome.out.count("\r\n") == outcome.out.count("\n")
    rows = list(csv.DictReader(io.StringIO(outcome.out, newline="")))
    findings = json.loads(call("check", "--json", folder=journal).out)["findings"]
    assert [[row[key] for key in ("code", "client", "record", "line")] for row in rows] == [
        [one["code"], safe(one["client"] or ""), one["record"] or "", str(one["line"])] for one in findings
    ]
    assert [row["message"] for row in rows] == [" ".join(one["message"].split()) for one in findings]
    waived = next(row for row in rows if row["waived_why"])
    assert (waived["waived_why"], waived["waived_line"]) == ('\'=1+1, "so" with Priya.', "10")
    lay_out({"coachlog.yaml": PRACTICE}, journal)
    written = call("check", *CTC, "--format", "csv", "--output", "findings.csv", folder=journal)
    assert written.out.startswith("3 clients, ")
    assert (journal / "findings.csv").read_bytes() == call(
        "check", *CTC, "--format", "csv", folder=journal
    ).out.encode()
