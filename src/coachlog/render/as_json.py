"""JSON as every command prints it, for programs: fields are only ever added, never renamed or dropped."""

import json
from collections.abc import Iterator
from typing import Any

from coachlog.render.line import Line, line
from coachlog.render.safe import safe_in_json

SCHEMA = 1
"""The number of the form in which JSON is printed."""


def object_lines(value: dict[str, Any]) -> Iterator[Line]:
    """Write an object over several lines, for people who look at it."""
    return (line(one) for one in safe_in_json(json.dumps(value, ensure_ascii=False, indent=2)).split("\n"))


def object_line(value: dict[str, Any]) -> Line:
    """Write an object on one line."""
    return line(safe_in_json(json.dumps(value, ensure_ascii=False)))
