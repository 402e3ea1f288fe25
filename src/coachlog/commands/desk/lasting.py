"""The id by which another record may refer to one: a record without an id gets one when its file is written next."""

from collections.abc import Iterable

from coachlog.commands.desk.desk import Change, Desk, nodes_of
from coachlog.commands.desk.naming import named
from coachlog.errors import CannotWrite
from coachlog.model.record import Entry
from coachlog.model.session import Session
from coachlog.store.commit import read
from coachlog.store.identify import identified
from coachlog.store.layout import SESSIONS_FILE
from coachlog.store.locate import at, locate, path_label
from coachlog.store.nodes import text_behind


def lasting_id(desk: Desk, entry: Entry) -> str:
    """Give the id of a record, or the one that the next change of its file gives it.

    Raises CannotWrite where it can be given none: what referred to it would refer to nothing.
    """
    if entry.id:
        return entry.id
    place = entry.origin.place()
    data = read(desk.root, place.file)[0]
    way = locate(nodes_of(place.file, data), entry.label or "")
    made = text_behind(at(nodes_of(place.file, identified(data, place.file)), way.path), "id") if way else None
    if made:
        return made
    what = f"{place.file}:{place.line}: this record has no id, by which another one could name it."
    raise CannotWrite(what, "Write one in an editor, such as `id: a7kqw`.")


def lasting_label(desk: Desk, entry: Entry) -> str:
    """Say what a record is called once every record of its file has its id, that of each one it lies in, too."""
    label, name = entry.label or "", entry.origin.place().file
    if entry.id and "/" not in label:
        return label
    data = read(desk.root, name)[0]
    way = locate(nodes_of(name, data), label)
    return path_label(nodes_of(name, identified(data, name)), way.path) if way else label


def ids_of(entries: Iterable[Entry]) -> set[str]:
    """Give the ids that a list has, which no new record of it may take."""
    return {one.id for one in entries if one.id}


def naming(entry: Entry | None) -> list[Change]:
    """Give the change that names the nameless of a file, where a record is referred to that has no id yet."""
    return [Change.of_ids_alone(entry.origin.place().file)] if entry is not None and entry.id is None else []


def session_named(desk: Desk, code: str, wanted: str | None) -> Session | None:
    """Find the session that another record is to name; None where nobody says which.

    Raises WrongCall, and CannotWrite with the line where the sessions can't be read.
    """
    return named(desk.readable(code, SESSIONS_FILE).sessions, wanted, desk.now) if wanted else None
