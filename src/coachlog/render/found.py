"""Findings beside the record that they are about: a verdict and a rule, and what was found below."""

from collections.abc import Iterable, Iterator

from coachlog.render.line import Line, Span, Style, line
from coachlog.render.measure import wrapped
from coachlog.views.verdict import ShownFinding

_STYLES: dict[str, Style] = {"breach": "breach", "warning": "warning", "advice": "advice", "waived": "waived"}
_DEEPER = 2


def finding_lines(findings: Iterable[ShownFinding], width: int | None, indent: int) -> Iterator[Line]:
    """Turn findings into indented lines that fit a width."""
    for one in findings:
        heading, *rest = wrapped(f"{one.verdict} {one.code} {one.name}", width, indent)
        yield line(" " * indent, verdict_span(one), heading[indent + len(one.verdict) :])
        yield from map(line, (*rest, *wrapped(one.message, width, indent + _DEEPER)))


def verdict_span(finding: ShownFinding) -> Span:
    """Give the verdict in its style."""
    return Span(finding.verdict, _STYLES[finding.verdict])
