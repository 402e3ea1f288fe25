"""Contact between sessions: who wrote or called, when, by which medium, and what for."""

from datetime import date
from typing import Literal

from pydantic import Field

from coachlog.model.fields import Amount, Moment, Reference, References, Text, Whole, Word, YesNo
from coachlog.model.record import Entry

Purpose = Literal[
    "question",
    "logistics",
    "success",
    "check-in",
    "nudge",
    "reminder",
    "welcome",
    "prep",
    "update",
    "work",
    "acknowledgement",
    "feedback",
    "goals",
    "social",
    "crisis",
    "complaint",
    "redirect",
    "enquiry",
    "admin",
    "other",
]
LIVE_MEDIA = frozenset({"phone", "video", "in-person"})
"""The media on which a contact is a conversation: unless it says otherwise, it was taken and wants no answer."""
ANSWER_NOT_WANTED = frozenset({"success", "update", "prep", "acknowledgement", "feedback", "social"})
"""What a client sends for these wants no answer unless it says so (journal.md, contacts.yaml)."""


class Contact(Entry):
    """One message, call or meeting between sessions, in either direction."""

    at: Moment
    from_: Literal["client", "coach", "sponsor", "other"] = Field(alias="from")
    via: Word
    to: Reference | None = None
    for_: Purpose = Field(default="other", alias="for")
    about: Text | None = None
    minutes: Whole | None = None
    reply_to: References = ()
    answer: YesNo | None = None
    follow_up: Reference | None = None
    session: Reference | None = None
    charged: Amount | None = None
    uncharged: Text | None = None

    @property
    def day(self) -> date:
        """The date on which it began, on the practice's wall clock."""
        return self.at.day

    @property
    def by_coach(self) -> bool:
        """Tell whether the coach wrote or called."""
        return self.from_ == "coach"

    @property
    def by_client(self) -> bool:
        """Tell whether the client wrote or called."""
        return self.from_ == "client"

    @property
    def wants_answer(self) -> bool:
        """Tell whether the client waits for an answer."""
        if not self.by_client:
            return False
        if self.answer is not None:
            return self.answer
        return self.via not in LIVE_MEDIA and self.for_ not in ANSWER_NOT_WANTED and not self.reply_to

    @property
    def is_taken_call(self) -> bool:
        """Tell whether the coach took a client's call: it has minutes and does not say that an answer is wanted."""
        return self.by_client and self.via in LIVE_MEDIA and self.minutes is not None and self.answer is not True
