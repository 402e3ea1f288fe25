"""A contract on a day as one JSON object: every field of its terms, and which amendment each comes from."""

from collections.abc import Iterator
from typing import Any

from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line
from coachlog.render.output import Sheet


def lines(shown: dict[str, Any], sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a contract into an object."""
    return object_lines({"schema": SCHEMA, "contracts": [shown]})
