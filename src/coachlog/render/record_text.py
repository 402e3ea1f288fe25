"""One record with all its fields: a line for each, what it names and what names it, and what is found on it."""

from collections.abc import Iterable, Iterator

from coachlog.render.found import finding_lines, verdict_span
from coachlog.render.line import EMPTY, Line, Span, line, record
from coachlog.render.measure import padded, wrapped
from coachlog.render.output import Sheet
from coachlog.views.record_page import Link, RecordPage

_GAP = 2
_LONGEST_TEXT = 80


def lines(shown: Iterable[RecordPage], sheet: Sheet) -> Iterator[Line]:
    """Turn records into lines, each on a page of its own."""
    for number, page in enumerate(shown):
        if number and sheet.terminal:
            yield EMPTY
        yield from _page(page, sheet) if sheet.terminal else _records(page)


def _records(page: RecordPage) -> Iterator[Line]:
    yield record(page.noun, page.record, page.client or "practice", f"{page.file}:{page.line}")
    yield from (record(fact.name, _one_line(one)) for fact in page.facts for one in fact.words)
    for way, links in _linked_ways(page):
        yield from (record(way, one.field, *_linked(one, page.client)) for one in links)
    yield from (record(verdict_span(one), one.code, one.name, one.message) for one in page.findings)


def _page(page: RecordPage, sheet: Sheet) -> Iterator[Line]:
    code = f" ({page.client})" if page.client else ""
    yield line(Span(f"{page.noun[:1].upper()}{page.noun[1:]} {page.record}", "bold"), f" · {page.name}{code}")
    yield line(Span(f"{page.file}:{page.line}", "dim"))
    links = [(way, [_sentence(one, page.client) for one in found]) for way, found in _linked_ways(page)]
    rows = [*((fact.name, list(fact.words)) for fact in page.facts), *links]
    column = max((len(name) for name, _ in rows), default=0) + _GAP
    for name, texts in rows:
        yield from _row(name, texts, sheet, column)
    yield from finding_lines(page.findings, sheet.width, 0)


def _row(name: str, texts: Iterable[str], sheet: Sheet, column: int) -> Iterator[Line]:
    """Say a field: its name in a column of its own, and each line of its text beside it."""
    for at, row in enumerate(row for text in texts for row in wrapped(text, sheet.width, column)):
        yield line(Span(padded("" if at else name, column), "dim"), row[column:])


def _linked_ways(page: RecordPage) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """Give both ways in which records belong together, as far as there is anything to say."""
    both = (("names", page.names), ("named by", page.named_by))
    return tuple((way, links) for way, links in both if links)


def _sentence(link: Link, own: str | None) -> str:
    what, _, words, text = _linked(link, own)
    when = f", {words}" if words != "-" else ""
    return f"{what}{when} ({link.field}){f': {_short(text)}' if text != '-' else ''}"


def _linked(link: Link, own: str | None) -> tuple[str, str, str, str]:
    whose = "" if link.client == own else f" of {link.client or 'the practice'}"
    return f"{link.noun} {link.record}{whose}", link.client or "practice", link.words or "-", _one_line(link.text)


def _one_line(text: str) -> str:
    return " ".join(text.split()) or "-"


def _short(text: str) -> str:
    return (
        text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT].rpartition(' ')[0] or text[:_LONGEST_TEXT]} …"
    )
