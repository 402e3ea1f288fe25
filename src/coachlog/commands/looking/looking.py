"""A journal that is looked at: all that was read of it, the instant, and what hides its people where that is wanted."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.judging.judgement import verdict_from
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.record import Record
from coachlog.rules.engine import Asked, judge
from coachlog.store.load import load_journal
from coachlog.views.derived import derived_of
from coachlog.views.fields import fields_of
from coachlog.views.masking import HIDDEN
from coachlog.views.unsaid import without_words
from coachlog.views.verdict import ShownFinding, Verdict


class Looking(NamedTuple):
    """A journal that is looked at: all that was read, the instant, and what hides people where that is asked for."""

    desk: Desk
    journal: Journal
    now: Instant
    veil: Veil | None

    @classmethod
    def open(cls, desk: Desk) -> "Looking":
        """Read the whole journal. Raises CannotRead."""
        journal = load_journal(desk.root)
        return cls(desk, journal, desk.now, veil_of(desk.wishes))

    def file(self, code: str) -> ClientFile:
        """Give what is kept of a client, and remark on what can't be read of it."""
        file = next(one for one in self.journal.clients if one.code == code)
        if file.gaps:
            self.desk.remarks.append("Not everything here can be read: coachlog check says why.")
        return file

    def findings(self, code: str | None) -> tuple[ShownFinding, ...]:
        """Give what is found on a client, or with None on the practice."""
        asked = Asked(self.now, clients=frozenset({code}) if code else None)
        verdict = verdict_from(self.journal, judge(self.journal, asked), asked)
        return tuple(one for one in verdict.findings if one.client == code)

    def masked(self, findings: Iterable[ShownFinding]) -> tuple[ShownFinding, ...]:
        """Give findings as they may be shown."""
        found = tuple(findings)
        return self.veil.mask.verdict(Verdict("", "", found)).findings if self.veil else found

    def code(self, code: str) -> str:
        """Give the code of a client as it may be shown."""
        return self.veil.mask.code(code) if self.veil else code

    def text(self, told: str) -> str:
        """Give the program's words as they may be shown."""
        return self.veil.text(told) if self.veil else told

    def said(self, text: str) -> str:
        """Give somebody's words as they may be shown."""
        return HIDDEN if self.veil and text else text

    def fields(self, record: Record, file: ClientFile | None) -> dict[str, Any]:
        """Give every field of a record, and what is derived, as they may be shown."""
        derived = derived_of(record, file, self.now) if file else {}
        return {**fields_of(without_words(record) if self.veil else record), **derived}
