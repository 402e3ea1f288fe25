"""The rules as one JSON object."""

from collections.abc import Iterator
from typing import Any

from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.render.rule_told import RuleTold, Shown


def lines(shown: tuple[RuleTold, ...], sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn the rules into an object."""
    return object_lines({"schema": SCHEMA, "rules": [_fields(one) for one in shown]})


def _fields(told: RuleTold) -> dict[str, Any]:
    return {
        **vars(told),
        "options": [one._asdict() for one in told.options],
        "here": told.here._asdict() if told.here else None,
        "flags": _example(told.flags),
        "passes": _example(told.passes),
    }


def _example(shown: Shown | None) -> dict[str, Any] | None:
    return {**shown._asdict(), "files": dict(shown.files)} if shown else None
