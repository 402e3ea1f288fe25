"""The list of rules: chapter by chapter on a terminal, one rule a line on a pipe."""

from collections.abc import Iterator
from itertools import groupby

from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import padded, width_of, wrapped
from coachlog.render.output import Sheet
from coachlog.render.rule_told import RuleTold

_INDENT = 9
_STATE = 9
"""The width of a severity, with the gap behind it."""


def lines(shown: tuple[RuleTold, ...], sheet: Sheet) -> Iterator[Line]:
    """Turn the rules into lines."""
    if not sheet.terminal:
        yield from (record(one.code, one.name, one.severity, one.standing or "-", one.title) for one in shown)
        return
    widest = max((width_of(one.name) for one in shown), default=0)
    for number, (chapter, rules) in enumerate(groupby(shown, key=lambda one: one.chapter)):
        if number:
            yield EMPTY
        yield line(Span(chapter, "bold"))
        for one in rules:
            yield from _row(one, widest, sheet)
    yield EMPTY
    yield line(Span("coachlog rule NAME", "bold"), " says why it matters and what to do.")


def _row(told: RuleTold, widest: int, sheet: Sheet) -> Iterator[Line]:
    """Give a rule on a line, or its title below it where the terminal is too narrow for both."""
    off = not (told.here.on if told.here else told.on)
    severity = told.here.severity if told.here else told.severity
    state = Span("off" if off else severity, "dim" if off else "")
    head = f"  {told.code} {padded(told.name, widest)}  "
    if sheet.width is None or width_of(head) + _STATE + width_of(told.title) <= sheet.width:
        yield line(head, state, " " * (_STATE - len(state.text)), told.title)
        return
    yield line(head, state)
    yield from (line(part) for part in wrapped(told.title, sheet.width, _INDENT))
