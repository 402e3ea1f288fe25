"""A check as JSON lines: one finding a line, the summary last."""

from collections.abc import Iterator

from coachlog.render.as_json import SCHEMA, object_line
from coachlog.render.check_json import finding_fields, statistics_fields, summary_fields
from coachlog.render.check_page import CheckPage
from coachlog.render.line import Line
from coachlog.render.output import Sheet


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a check into lines of JSON."""
    yield from (object_line(finding_fields(one)) for one in shown.listed)
    yield object_line(
        {
            "schema": SCHEMA,
            "now": shown.verdict.now,
            "summary": summary_fields(shown),
            "statistics": statistics_fields(shown),
        }
    )
