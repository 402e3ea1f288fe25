"""Every text that a coach wrote in a file of the journal, with its field, its record's day, and its place.

It is read from what is written, not from records: so a record with a wrong date in it still gives its texts. Words
that the format knows (a status, a medium, an id) are no texts, nor are keys of the coach's own.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args, get_origin
from zoneinfo import ZoneInfo

from coachlog.model.client import Client
from coachlog.model.instant import Instant, parse_day
from coachlog.model.practice import Practice
from coachlog.model.record import Record
from coachlog.model.supervision import Supervision
from coachlog.store import nodes
from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.layout import CLIENT_FILE, PRACTICE_FILE, SUPERVISION_FILE, client_file
from coachlog.store.load import CLIENT_LISTS
from coachlog.store.nodes import text_behind
from coachlog.store.records import inner_kinds

PRIVATE = "private"
"""The field whose text is the coach's own."""
NOT_TEXTS = frozenset(
    {"carried", "concern", "consent", "consulted", "contract", "follow_up", "goal", "goal_change", "id", "media"}
    | {"rebooked", "renews", "replaces", "reply_to", "reviewed", "rule", "rules", "session", "supervision", "via"}
)
"""Fields that hold ids of records, media, or names of rules."""
_DAYS = ("at", "date", "agreed", "given", "noticed", "from", "due", "since")
"""Fields that say on which day a record lies, the first that it has."""


MayHold = Callable[[str], bool]
"""Tells of what is written in a file whether it can hold what is looked for."""


class Said(NamedTuple):
    """A text: in which list of which file (`list` is the file's own name where it is no list), record and field.

    `label` is the record's, empty for a whole file, and `kind` says what it is; `day` is its own, or that of the record
    that it lies in.
    """

    file: str
    list: str
    kind: type[Record]
    label: str
    field: str
    day: date | None
    at: Instant | None
    line: int
    text: str


class _Spot(NamedTuple):
    """Where in a file the walk is: the list, the record, the way of fields inside it, and its day."""

    file: str
    list: str
    kind: type[Record]
    label: str = ""
    field: str = ""
    day: date | None = None
    at: Instant | None = None


def texts_of_client(root: Path, code: str, zone: ZoneInfo, file: str, may_hold: MayHold) -> Iterator[Said]:
    """Give the texts of one of a client's files; none where it is absent or can't hold any. Raises Unreadable."""
    kinds: Mapping[str, type[Record]] = {
        key: kind for listing in CLIENT_LISTS if listing.name == file for key, kind in listing.kinds.items()
    }
    written = _written(root / client_file(code, file), may_hold)
    yield from _texts(written, client_file(code, file), zone, Client if file == CLIENT_FILE else kinds)


def texts_of_practice(root: Path, zone: ZoneInfo, file: str, may_hold: MayHold) -> Iterator[Said]:
    """Give the texts of coachlog.yaml or the supervision log; none where it is absent or can't. Raises Unreadable."""
    kinds: Mapping[str, type[Record]] = {"supervision": Supervision} if file == SUPERVISION_FILE else {}
    yield from _texts(_written(root / file, may_hold), file, zone, Practice if file == PRACTICE_FILE else kinds)


def _written(path: Path, may_hold: MayHold) -> bytes:
    """Give what is written in a file, nothing where it can't hold what is looked for: reading YAML takes its time.

    What is written with a backslash, or is no text that everybody can read, is not known before it is read as YAML.
    """
    try:
        written = read_bytes(path)
    except FileNotFoundError:
        return b""
    if b"\\" in written or b"\0" in written:
        return written
    try:
        return written if may_hold(written.decode()) else b""
    except UnicodeDecodeError:
        return written


def _texts(
    written: bytes, file: str, zone: ZoneInfo, kinds: type[Record] | Mapping[str, type[Record]]
) -> Iterator[Said]:
    top = compose(written)
    if not isinstance(top, nodes.Mapping):
        return
    name = file.rpartition("/")[2].removesuffix(".yaml")
    if isinstance(kinds, type):
        yield from _of_record(kinds, top, _Spot(file, name, kinds), zone)
        return
    for key, value in top.entries:
        if key.text in kinds:
            yield from _of_list(kinds[key.text], value, _Spot(file, key.text, kinds[key.text]), zone)


def _of_record(kind: type[Record], node: nodes.Mapping, spot: _Spot, zone: ZoneInfo) -> Iterator[Said]:
    inner = inner_kinds(kind)
    for key, value in node.entries:
        below = spot._replace(field=f"{spot.field}.{key.text}" if spot.field else key.text)
        if key.text in inner and isinstance(value, nodes.Sequence):
            yield from _of_list(inner[key.text], value, below, zone)
        elif key.text in inner and isinstance(value, nodes.Mapping):
            yield from _of_record(inner[key.text], value, below, zone)
        elif key.text in text_fields(kind):
            yield from _of_value(value, below)


def _of_list(kind: type[Record], node: nodes.Node, spot: _Spot, zone: ZoneInfo) -> Iterator[Said]:
    items = node.items if isinstance(node, nodes.Sequence) else ()
    for number, item in enumerate(items, start=1):
        if isinstance(item, nodes.Mapping):
            name = text_behind(item, "id") or str(number)
            label = f"{spot.label}/{name}" if spot.label else name
            own = spot._replace(kind=kind, label=label, field="" if "id" in kind.model_fields else spot.field)
            yield from _of_record(kind, item, _dated(own, item, zone), zone)


def _dated(spot: _Spot, node: nodes.Mapping, zone: ZoneInfo) -> _Spot:
    """Take the day of a record where it has one that can be read."""
    for key in _DAYS:
        value = text_behind(node, key) or ""
        if at := Instant.parse(value, zone):
            return spot._replace(day=at.day, at=at)
        if day := parse_day(value):
            return spot._replace(day=day, at=None)
    return spot


def _of_value(node: nodes.Node, spot: _Spot) -> Iterator[Said]:
    for one in node.items if isinstance(node, nodes.Sequence) else (node,):
        if isinstance(one, nodes.Scalar) and not nodes.is_empty(one):
            yield Said(*spot, one.start.line + 1, one.text)


@cache
def text_fields(kind: type[Record]) -> frozenset[str]:
    """Name the keys of a kind of record that hold texts."""
    fields = kind.model_fields.items()
    return frozenset(info.alias or name for name, info in fields if name not in NOT_TEXTS and _is_text(info.annotation))


def _is_text(annotation: object) -> bool:
    """Tell whether a field's type speaks of text that is not one of a few words."""
    if get_origin(annotation) is Literal:
        return False
    return annotation is str or any(map(_is_text, get_args(annotation)))


@cache
def known_fields() -> frozenset[str]:
    """Name every field of the format that holds texts."""
    kinds: list[type[Record]] = [Client, Practice, Supervision]
    kinds += [kind for listing in CLIENT_LISTS for kind in listing.kinds.values()]
    found: set[type[Record]] = set()
    while kinds:
        kind = kinds.pop()
        kinds += [] if kind in found else inner_kinds(kind).values()
        found.add(kind)
    return frozenset(field for kind in found for field in text_fields(kind))
