"""The clients as one JSON object: every field of client.yaml, and what is derived."""

from collections.abc import Iterator
from typing import Any

from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line
from coachlog.render.output import Sheet


def lines(shown: list[dict[str, Any]], sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn the clients into an object."""
    return object_lines({"schema": SCHEMA, "clients": shown})
