"""The agenda for supervision as JSON; it names a client only in the key, and only where that is asked for."""

from collections.abc import Iterator, Mapping
from typing import Any

from coachlog.render.agenda_text import AgendaPage
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line
from coachlog.render.output import Sheet
from coachlog.views.agenda import Agenda, Point, key_of


def lines(shown: AgendaPage, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn an agenda into an object."""
    yield from object_lines({"schema": SCHEMA, **_agenda(shown.agenda), "key": _key(shown)})


def _agenda(one: Agenda) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "last_supervision": one.last.isoformat() if one.last else None,
        "coached_minutes": one.hours.coached,
        "every_minutes": one.hours.every,
        "supervised_minutes": one.hours.supervised,
        "yearly_minutes": one.hours.yearly,
        "clients": [
            {"client": f"Client {client.letter}", "stands": client.stands, "points": list(map(_point, client.points))}
            for client in one.clients
        ],
        "own": list(map(_point, one.own)),
    }


def _point(point: Point) -> dict[str, Any]:
    days = [day.isoformat() for day in point.days]
    return {"kind": point.kind, "words": point.words, "rule": point.rule, "dates": days}


def _key(shown: AgendaPage) -> Mapping[str, str] | None:
    return key_of(shown.agenda) if shown.key else None
