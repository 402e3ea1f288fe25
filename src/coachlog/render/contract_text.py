"""The terms of a contract: a table on a terminal, one term a line on a pipe."""

from collections.abc import Iterator

from coachlog.render.line import Line, Span, line, record
from coachlog.render.measure import padded, wrapped
from coachlog.render.output import Sheet
from coachlog.views.contract_terms import ShownContract, ShownTerm

_GAP = 2


def lines(shown: ShownContract, sheet: Sheet) -> Iterator[Line]:
    """Turn a contract into lines."""
    if not sheet.terminal:
        yield record("contract", shown.heading, shown.standing)
        yield from (record(term.name, term.words, term.amended or "-") for term in shown.terms)
        return
    yield line(Span(shown.heading, "bold"), f": {shown.standing}")
    column = max((len(term.name) for term in shown.terms), default=0) + _GAP
    for at, term in enumerate(shown.terms):
        is_first = not at or shown.terms[at - 1].name != term.name
        yield from _term(term, term.name if is_first else "", column, sheet.width)


def _term(term: ShownTerm, name: str, column: int, width: int | None) -> Iterator[Line]:
    first, *others = wrapped(term.words, width, column)
    yield line(Span(padded(name, column), "dim"), first[column:])
    yield from (line(one) for one in others)
    yield from (line(Span(one, "dim")) for one in (wrapped(term.amended, width, column) if term.amended else ()))
