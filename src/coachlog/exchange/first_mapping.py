"""A first mapping for a table, made from the names of its columns: for the coach to go through and complete."""

from collections.abc import Iterator, Mapping, Sequence

from coachlog.exchange.mapping_file import FIELDS, TO_FILL_IN, What
from coachlog.exchange.table_file import Table
from coachlog.store.emit import one_line

_CLIENT = (
    *("client", "client name", "client full name", "coachee", "coachee name", "name", "full name", "customer"),
    *("contact name", "contact", "invitee name", "invitee", "attendee", "participant"),
)
_CLIENT_PARTS = ("first name", "last name")
_CLIENT_EMAIL = ("client email", "coachee email", "invitee email", "email", "e-mail", "email address")
_KEY = ("id", "booking id", "session id", "appointment id", "event id", "message id", "reference", "uuid")
_CALLED: Mapping[str, Sequence[str]] = {
    "at": (
        *("start date & time", "start date/time", "start datetime", "start", "start time", "date", "date/time"),
        *("datetime", "starts at", "scheduled at", "timestamp", "time", "sent at"),
    ),
    "end": ("end date & time", "end date/time", "end datetime", "end", "end time", "ends at"),
    "status": ("status", "state", "outcome status", "attendance"),
    "kind": ("session type", "appointment type", "type", "kind"),
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
    **dict.fromkeys(("phone", "call", "phone call"), "phone"),
    **dict.fromkeys(("whatsapp", "signal", "chat", "in-app message"), "message"),
    **dict.fromkeys(("discovery call", "chemistry call", "intro call", "discovery"), "chemistry"),
    **dict.fromkeys(("coaching session", "1:1 coaching", "1:1"), "coaching"),
    "sms": "text",
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
_NEEDED = frozenset({"from", "via"})
_MOST_VALUES = 12
_VALUED = frozenset({"status", "kind", "from", "via", "cancelled.by"})
_DAY_FIRST = ("date", "day", "session date", "start date", "appointment date", "event date")
_CLOCK = ("time", "start time", "start", "session time", "appointment time")


def first_mapping(table: Table, what: What) -> Iterator[str]:
    """Give the lines of a mapping; what can't be told from the head is left to the coach, and says so."""
    lower = {name.lower(): name for name in table.head}
    found = {key: name for key in FIELDS[what] if (name := _column(lower, _CALLED.get(key, ())))}
    yield f"# How {len(table.head)} columns become {what}: go through it, line by line."
    yield f"what: {what}"
    if table.encoding:
        yield f"encoding: {table.encoding}   # look whether accents are right"
    client, by = _client(lower)
    columns = f"column{'s' if len(client) > 1 else ''}: {_listed(client)}"
    yield f"client: {{{columns}, by: {by}}}   # by: name, email or code" if client else f"client: {TO_FILL_IN}"
    if key := _column(lower, _KEY):
        yield f"key: {_written(key)}   # what tells a row from all others; leave it out where nothing does"
    yield f"dates: {TO_FILL_IN}   # how days are written: d/m/Y H:M, m/d/Y I:M p, d b Y H:M, or iso; never guessed"
    yield "# zone: Europe/London   # default: that of the practice"
    yield "fields:"
    at = _at(lower, found)
    yield f"  at: {_listed(at)}"
    for field in FIELDS[what]:
        if field == "end" and "end" in found and len(at) > 1:
            yield f"  end: {_listed([at[0], found['end']])}"
        elif field != "at" and field in found:
            yield f"  {field}: {_filled(table, field, found[field])}"
        elif what == "contacts" and field in _NEEDED:
            yield f"  {field}: {{always: {TO_FILL_IN}}}   # or its column"
    used = {*found.values(), *at, *client, key}
    rest = [one for one in table.head if one and one not in used]
    if rest:
        yield f"# not used: {', '.join(map(_written, rest))}"


def _column(lower: Mapping[str, str], called: Sequence[str]) -> str:
    return next((lower[one] for one in called if one in lower), "")


def _client(lower: Mapping[str, str]) -> tuple[Sequence[str], str]:
    """Give the columns that name the client, and what of the client they hold."""
    if name := _column(lower, _CLIENT):
        return [name], "name"
    parts = [lower[one] for one in _CLIENT_PARTS if one in lower]
    email = _column(lower, _CLIENT_EMAIL)
    return (parts, "name") if len(parts) == len(_CLIENT_PARTS) else ([email] if email else [], "email")


def _at(lower: Mapping[str, str], found: Mapping[str, str]) -> Sequence[str]:
    """Give the column of the moment, or that of the day and that of the time."""
    day, clock = _column(lower, _DAY_FIRST), _column(lower, _CLOCK)
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
