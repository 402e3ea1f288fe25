"""A first mapping for a table, made from the names of its columns: for the coach to go through and complete."""

from collections.abc import Iterator, Mapping, Sequence

from coachlog.exchange.mapping_file import FIELDS, TO_FILL_IN, What
from coachlog.exchange.table_file import Table
from coachlog.store.emit import one_line

_CLIENT = ("client", "client name", "coachee", "name", "customer", "contact name")
_KEY = ("id", "booking id", "session id", "reference", "uuid")
_CALLED: Mapping[str, Sequence[str]] = {
    "at": ("start", "start time", "date", "date/time", "datetime", "starts at", "scheduled at", "time", "sent at"),
    "end": ("end", "end time", "ends at"),
    "status": ("status", "state", "outcome status"),
    "kind": ("session type", "type", "kind"),
    "minutes": ("duration", "duration (min)", "duration (minutes)", "minutes", "length"),
    "via": ("medium", "channel", "via", "location", "method"),
    "from": ("direction", "from", "sender"),
    "topic": ("topic", "agenda"),
    "notes": ("shared notes", "session notes", "notes"),
    "private": ("private notes", "coach notes"),
    "about": ("subject", "about", "summary"),
    "booked": ("booked at", "created at", "booked on"),
    "cancelled.at": ("cancelled at", "canceled at"),
    "cancelled.by": ("cancelled by", "canceled by"),
}
"""How other programs head the column of a field."""
_MEANINGS = {
    **dict.fromkeys(("completed", "held", "done", "attended", "finished"), "held"),
    **dict.fromkeys(("booked", "scheduled", "upcoming", "confirmed"), "booked"),
    **dict.fromkeys(("cancelled", "canceled"), "cancelled"),
    **dict.fromkeys(("no show", "no-show", "missed"), "no-show"),
    **dict.fromkeys(("zoom", "video", "teams", "google meet"), "video"),
    **dict.fromkeys(("phone", "call"), "phone"),
    **dict.fromkeys(("in person", "in-person", "office"), "in-person"),
    **dict.fromkeys(("inbound", "incoming", "received", "client"), "client"),
    **dict.fromkeys(("outbound", "outgoing", "sent", "coach"), "coach"),
    **{one: one for one in ("coaching", "chemistry", "review", "closing", "three-way", "email", "text", "message")},
}
"""What other programs call what a journal has one word for."""
_WORDS = {
    "status": "booked, held, cancelled, no-show",
    "kind": "chemistry, coaching, three-way, review, closing",
    "from": "client, coach, sponsor, other",
    "cancelled.by": "client, coach, both, sponsor",
}
_ALWAYS = {"from": "client", "via": "email"}
_MOST_VALUES = 12
_VALUED = frozenset({"status", "kind", "from", "via", "cancelled.by"})
_DAY_FIRST = ("date", "day")


def first_mapping(table: Table, what: What) -> Iterator[str]:
    """Give the lines of a mapping; what can't be told from the head is left to the coach, and says so."""
    lower = {name.lower(): name for name in table.head}
    found = {key: name for key in FIELDS[what] if (name := _column(lower, _CALLED.get(key, ())))}
    yield f"# How {len(table.head)} columns become {what}: go through it, line by line."
    yield f"what: {what}"
    if table.encoding:
        yield f"encoding: {table.encoding}   # look whether accents are right"
    client = _column(lower, _CLIENT)
    yield (
        f"client: {{column: {_written(client)}, by: name}}   # or by: email, by: code"
        if client
        else f"client: {TO_FILL_IN}"
    )
    if key := _column(lower, _KEY):
        yield f"key: {_written(key)}   # what tells a row from all others; leave it out where nothing does"
    yield f"dates: {TO_FILL_IN}   # how days are written: d/m/Y H:M, m/d/Y I:M p, d b Y H:M, or iso; never guessed"
    yield "# zone: Europe/London   # default: that of the practice"
    yield "fields:"
    at = _at(lower, found)
    yield f"  at: {_listed(at)}"
    for field in FIELDS[what]:
        if field != "at" and field in found:
            yield f"  {field}: {_filled(table, field, found[field])}"
        elif what == "contacts" and field in _ALWAYS:
            yield f"  {field}: {{always: {_ALWAYS[field]}}}"
    used = {*found.values(), *at, client, key}
    rest = [one for one in table.head if one and one not in used]
    if rest:
        yield f"# not used: {', '.join(map(_written, rest))}"


def _column(lower: Mapping[str, str], called: Sequence[str]) -> str:
    return next((lower[one] for one in called if one in lower), "")


def _at(lower: Mapping[str, str], found: Mapping[str, str]) -> Sequence[str]:
    """Give the column of the moment, or that of the day and that of the time."""
    day, clock = _column(lower, _DAY_FIRST), _column(lower, ("time", "start time", "start"))
    return [day, clock] if day and clock else [found["at"]] if "at" in found else []


def _listed(columns: Sequence[str]) -> str:
    written = list(map(_written, columns))
    return f"[{', '.join(written)}]" if len(written) > 1 else next(iter(written), TO_FILL_IN)


def _filled(table: Table, field: str, column: str) -> str:
    """Name a column; one of few fixed words with a table of what each means."""
    if field not in _VALUED:
        return _written(column)
    values = sorted({row.cells.get(column, "") for row in table.rows} - {""})
    if not values or len(values) > _MOST_VALUES:
        return _written(column)
    meanings = ", ".join(f"{_written(one)}: {_MEANINGS.get(one.lower(), TO_FILL_IN)}" for one in values)
    words = f"   # {_WORDS[field]}" if field in _WORDS else ""
    return f"{{column: {_written(column)}, values: {{{meanings}}}}}{words}"


def _written(text: str) -> str:
    return one_line(text, braces=True)
