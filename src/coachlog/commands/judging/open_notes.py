"""The day with the notes that `session start` left open: they lie in drafts/, of which the index knows nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from coachlog.commands.desk.opening import Known
from coachlog.commands.desk.short import short_calls
from coachlog.commands.judging.on_file import Filed
from coachlog.errors import CoachlogError
from coachlog.model.session_notes import SessionNotes
from coachlog.store.running_notes import read_notes
from coachlog.store.unfinished import notes_in
from coachlog.views.today import GROUPS
from coachlog.views.today_item import Item, Today


def with_open_notes(filed: Filed, root: Path) -> Filed:
    """Say which notes are open, each in the place of its session that is to be closed."""
    day = filed.day
    found = list(_open(root, day)) if day else []
    if day is None or not found:
        return filed
    known = {one.code: one.name for one in filed.rows}
    called = short_calls(Known(code, name) for code, name in known.items())
    items = [_item(one, known[one.opened.client], called) for one in found if one.opened.client in known]
    of_notes = {(one.client, one.record) for one in items}
    others = [one for one in day.items if one.kind != "to-close" or (one.client, one.record) not in of_notes]
    told = sorted([*items, *others], key=lambda one: GROUPS.index(one.group))
    return filed._replace(day=replace(day, items=tuple(told)))


def _open(root: Path, day: Today) -> Iterator[SessionNotes]:
    """Read the notes; what can't be read here is refused by the command that goes on with it."""
    for name in notes_in(root):
        try:
            notes = read_notes(root, name, day.now.zone)
        except CoachlogError:
            continue
        if notes and notes.opened.begun <= day.now:
            yield notes


def _item(notes: SessionNotes, name: str, called: Mapping[str, str]) -> Item:
    opened = notes.opened
    return Item(
        "notes",
        "to-close",
        opened.client,
        name,
        record=opened.session,
        at=opened.starts,
        count=len(notes.lines),
        does="session start",
        called=called.get(opened.client, opened.client),
    )
