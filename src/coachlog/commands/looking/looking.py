"""A journal that is looked at: what is read of it, the instant, and what hides its people where that is wanted."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.judging.filing import judged
from coachlog.commands.judging.on_file import recalled
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.record import Record
from coachlog.store.load import load_journal
from coachlog.views.derived import derived_of
from coachlog.views.fields import fields_of
from coachlog.views.masking import HIDDEN
from coachlog.views.unsaid import without_words
from coachlog.views.verdict import ShownFinding, Verdict


@dataclass
class Looking:
    """A journal that is looked at, the instant, and what hides people where that is asked for.

    The whole of it is read only for what belongs to one record, or where nothing that was found is on file any more.
    """

    desk: Desk

    @property
    def now(self) -> Instant:
        """The instant that the call is about."""
        return self.desk.now

    @cached_property
    def veil(self) -> Veil | None:
        """What hides people, where that is asked for."""
        return veil_of(self.desk.wishes)

    @cached_property
    def journal(self) -> Journal:
        """All that is in the journal. Raises CannotRead."""
        return load_journal(self.desk.root)

    def file(self, code: str) -> ClientFile:
        """Give what is kept of a client, and remark on what can't be read of it."""
        file = self.desk.file(code)
        if file.gaps:
            self.desk.remarks.append("Not everything here can be read: coachlog check says why.")
        return file

    def file_among_others(self, code: str) -> ClientFile:
        """Give what is kept of a client as a part of the whole journal, and remark likewise."""
        self.file(code)
        return next(one for one in self.journal.clients if one.code == code)

    def findings(self, code: str | None) -> tuple[ShownFinding, ...]:
        """Give what is found on a client, or with None on the practice."""
        return tuple(one for one in self._verdict.findings if one.client == code)

    @cached_property
    def _verdict(self) -> Verdict:
        root, wishes = self.desk.root, self.desk.wishes
        return (recalled(root, wishes) or judged(root, wishes)).verdict

    def masked(self, findings: Iterable[ShownFinding]) -> tuple[ShownFinding, ...]:
        """Give findings as they may be shown."""
        return self.veil.mask.findings(findings) if self.veil else tuple(findings)

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
