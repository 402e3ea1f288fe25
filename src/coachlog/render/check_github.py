"""A check as annotations of a workflow on GitHub: each finding is shown at its line; what is waived is not."""

from collections.abc import Iterator, Mapping

from coachlog.render.check_page import CheckPage, closing, flat
from coachlog.render.line import Line, line
from coachlog.render.output import Sheet
from coachlog.views.verdict import ShownFinding

COMMANDS: Mapping[str, str] = {"breach": "error", "warning": "warning", "advice": "notice"}
"""What GitHub calls each severity."""
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})
"""What GitHub wants escaped, so that no text ends a property or begins another command."""


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:
    """Turn a check into one command for each finding; the log ends with the summary."""
    yield from (_annotation(shown, one) for one in shown.listed if not one.waived)
    if not sheet.quiet:
        yield from closing(shown)


def _annotation(page: CheckPage, finding: ShownFinding) -> Line:
    properties = {
        "file": page.file(finding),
        "line": str(finding.line),
        "col": str(finding.column),
        "title": f"{finding.code} {finding.name}",
    }
    told = ",".join(f"{name}={value.translate(_IN_PROPERTY)}" for name, value in properties.items())
    return line(f"::{COMMANDS[finding.severity]} {told}::{flat(finding.message).translate(_IN_MESSAGE)}")
