"""What other terms would have changed, as one JSON object."""

from collections.abc import Iterator

from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.check_json import finding_fields
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.render.what_if_page import WhatIfPage


def lines(shown: WhatIfPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a comparison into an object."""
    what_if = shown.what_if
    return object_lines(
        {
            "schema": SCHEMA,
            "client": what_if.client,
            "contract": what_if.contract,
            "terms": list(what_if.terms),
            "findings": [{"change": one.word, **finding_fields(one.finding)} for one in what_if.changes],
            "summary": {
                "come": what_if.counts(comes=True),
                "go": what_if.counts(comes=False),
                "stay": what_if.stay,
            },
        }
    )
