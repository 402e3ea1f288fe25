"""A brief as one JSON object, every field always present."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from coachlog.model.instant import Instant
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.check_json import finding_fields
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.views.brief import Brief
from coachlog.views.verdict import ShownFinding


def lines(shown: Brief, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a brief into an object."""
    fields = {name: _plain(value) for name, value in vars(shown).items() if name != "now"}
    return object_lines({"schema": SCHEMA, "now": _plain(shown.now), "briefs": [fields]})


def _plain(value: object) -> Any:  # noqa: ANN401 — what JSON can hold
    """Turn a value into what JSON can hold; a field whose name is a word of Python's loses its underscore."""
    if isinstance(value, Instant):
        return value.aware.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ShownFinding):
        return finding_fields(value)
    if isinstance(value, tuple):
        named = getattr(value, "_asdict", None)
        return (
            {key.rstrip("_"): _plain(one) for key, one in named().items()} if named else [_plain(one) for one in value]
        )
    return value
