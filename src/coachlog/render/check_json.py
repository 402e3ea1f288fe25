"""A check as one JSON object, for programs."""

from collections.abc import Iterator
from typing import Any

from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.check_page import CheckPage
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.views.verdict import ShownFinding


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a check into an object."""
    return object_lines(
        {
            "schema": SCHEMA,
            "now": shown.verdict.now,
            "findings": [finding_fields(one) for one in shown.listed],
            "summary": summary_fields(shown),
            "statistics": statistics_fields(shown),
        }
    )


def finding_fields(finding: ShownFinding) -> dict[str, Any]:
    """Give a finding with every field, absent ones too; its file is named from the journal on."""
    said = {name: value for name, value in finding._asdict().items() if name != "since"}
    return {
        **said,
        "clause": finding.clause._asdict() if finding.clause else None,
        "waived": finding.waived._asdict() if finding.waived else None,
    }


def summary_fields(page: CheckPage) -> dict[str, Any]:
    """Give the counts over all that was found, listed or not."""
    verdict = page.verdict
    return {
        **verdict.counts,
        "clients": verdict.clients,
        "records": verdict.records,
        "unreadable": verdict.unreadable,
        "before": verdict.before,
        "judged": verdict.judged,
        "silent": [one._asdict() for one in verdict.silences],
        "profiles": None if verdict.profiles is None else list(verdict.profiles),
        "since": verdict.since,
        "baselined": verdict.baselined,
        "gone": [one._asdict() for one in verdict.gone],
    }


def statistics_fields(page: CheckPage) -> list[dict[str, Any]] | None:
    """Give the counts of each rule where they were asked for."""
    return None if page.tallies is None else [one._asdict() for one in page.tallies]
