"""A check as editors and grep know it: `file:line:column: severity CODE name: message`."""

from collections.abc import Iterator

from coachlog.render.check_page import CheckPage, message_of, tally_rows
from coachlog.render.line import Line, line
from coachlog.render.output import Sheet


def lines(shown: CheckPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a check into one line for each finding."""
    if shown.tallies is not None:
        yield from (line(" ".join(row)) for row in tally_rows(shown.tallies))
        return
    for one in shown.listed:
        what = f"{one.verdict} {one.code} {one.name}: {message_of(one)}"
        yield line(f"{shown.place(one)}:{one.column}: {what}")
