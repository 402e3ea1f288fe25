"""The agenda for supervision as Markdown, to send or to print."""

from collections.abc import Iterator

from coachlog.model.words import day_words
from coachlog.render.agenda_text import NOTHING, AgendaPage, hours_words, key_words
from coachlog.render.line import EMPTY, Line, line
from coachlog.render.output import Sheet
from coachlog.views.agenda import Point


def lines(shown: AgendaPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn an agenda into Markdown."""
    one = shown.agenda
    yield line(f"# For supervision, {day_words(one.day)}")
    yield EMPTY
    yield from (line(f"- {said}") for said in hours_words(one))
    for client in one.clients:
        yield from _head(f"Client {client.letter}")
        yield line(f"{client.stands[:1].upper()}{client.stands[1:]}.")
        yield EMPTY
        yield from map(_point, client.points)
    if one.own:
        yield from _head("You and the practice")
        yield from map(_point, one.own)
    if not one.clients and not one.own:
        yield EMPTY
        yield line(NOTHING)
    if shown.key:
        yield from _head("Who is who")
        yield from (line(f"- {said}") for said in key_words(one))


def _head(title: str) -> Iterator[Line]:
    yield EMPTY
    yield line(f"## {title}")
    yield EMPTY


def _point(point: Point) -> Line:
    return line(f"- **{point.kind}** {point.words}{f' ({point.rule})' if point.rule else ''}")
