"""Reading every field of every client: the half of `client list --json` that knows the records."""

from pathlib import Path
from typing import Any

from coachlog.clock import Clock
from coachlog.commands.desk.opening import Wishes, now_of
from coachlog.commands.judging.judgement import breaches_by_client, mask_of
from coachlog.model.journal import Journal
from coachlog.store.load import load_journal
from coachlog.views.fields import fields_of
from coachlog.views.roster import rows_of
from coachlog.views.roster_row import RosterRow

OWN = frozenset({"code", "name", "tags"})
"""Fields of a row that are the client's own, not derived."""


def read_fields(root: Path, wishes: Wishes, tag: str | None) -> list[dict[str, Any]]:
    """Give every field of each client, and what is derived under names of its own. Raises PracticeUnreadable."""
    journal = load_journal(root)
    rows = {one.code: one for one in _rows(journal, wishes, tag)}
    fields = [
        {"code": file.code, **fields_of(file.client), **_derived(rows[file.code])}
        for file in journal.clients
        if file.code in rows
    ]
    return [mask_of(journal).fields(one) for one in fields] if wishes.incognito else fields


def _rows(journal: Journal, wishes: Wishes, tag: str | None) -> tuple[RosterRow, ...]:
    now = now_of(wishes, journal.practice.timezone)
    rows = rows_of(journal.clients, Clock(now), breaches_by_client(journal, now))
    return tuple(one for one in rows if one.has_tag(tag))


def _derived(row: RosterRow) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in OWN}
