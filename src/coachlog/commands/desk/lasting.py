"""The id by which another record may refer to one: a record without an id gets one when its file is written next."""

from collections.abc import Sequence

from coachlog.commands.desk.desk import Change, Desk
from coachlog.model.record import Entry
from coachlog.store.commit import read
from coachlog.store.compose import compose
from coachlog.store.identify import identified
from coachlog.store.prove import plain


def lasting_ids(desk: Desk, name: str, key: str, entries: Sequence[Entry]) -> list[str]:
    """Give the ids of records of a list, those to be included that the next change of its file gives.

    `name` is the file from the journal's root, `key` the list in it.
    """
    if all(one.id for one in entries):
        return [one.id or "" for one in entries]
    top = plain(compose(identified(read(desk.root, name)[0], name)))
    records = top.get(key) if isinstance(top, dict) else None
    by_place = dict(enumerate(records if isinstance(records, list) else [], start=1))
    return [one.id or _id(by_place.get(one.origin.position)) for one in entries]


def naming(name: str, entry: Entry | None) -> list[Change]:
    """Give the change that names the nameless of a file, where a record is referred to that has no id yet."""
    return [Change(name, bytes)] if entry is not None and entry.id is None else []


def _id(record: object) -> str:
    return str(record["id"]) if isinstance(record, dict) and "id" in record else ""
