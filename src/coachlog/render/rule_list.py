"""The list of rules: chapter by chapter on a terminal, one rule a line on a pipe."""

from collections.abc import Iterator
from itertools import groupby

from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import padded, width_of
from coachlog.render.output import Sheet
from coachlog.render.rule_told import RuleTold


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
        yield from (_row(one, widest) for one in rules)
    yield EMPTY
    yield line(Span("coachlog rule NAME", "bold"), " says why it matters and what to do.")


def _row(told: RuleTold, widest: int) -> Line:
    off = not (told.here.on if told.here else told.on)
    severity = told.here.severity if told.here else told.severity
    state = f"{'off' if off else severity:<7}"
    return line(f"  {told.code} {padded(told.name, widest)}  ", Span(state, "dim" if off else ""), f"  {told.title}")
