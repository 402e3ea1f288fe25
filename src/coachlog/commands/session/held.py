"""A session that was held, as its log tells it: what is written of it, of the steps, and of what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coachlog.commands.contact.made import insertions, made
from coachlog.commands.desk.days import written_day, written_moment
from coachlog.commands.desk.desk import Change, Desk
from coachlog.commands.desk.lasting import ids_of, lasting_id, naming
from coachlog.commands.session.appointments import altered, inserted
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Goal, Terms
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.store.emit import Value, Word
from coachlog.store.layout import ACTIONS_FILE, SESSIONS_FILE

FACE_TO_FACE = "in-person"
"""By what a session answered a message, where neither it nor the contract says how it is held."""


@dataclass
class Held:
    """What a log says of a session, before it is written: `session` is the booking, None where there was none.

    `follow_up` is the news that the client sends of each new step.
    """

    desk: Desk
    code: str
    file: ClientFile
    session: Session | None
    at: Instant
    name: str
    fields: dict[str, Value] = field(default_factory=dict)
    goal: Goal | None = None
    fates: list[tuple[Action, str]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    follow_up: dict[str, Value] = field(default_factory=dict)
    answered: list[Contact] = field(default_factory=list)

    @property
    def terms(self) -> Terms | None:
        """The terms of the contract that the session belongs to."""
        own = self.file.attendance.terms_of(self.session) if self.session else None
        return own or self.file.agreements.terms_on(self.at.day)

    @property
    def next_booked(self) -> Instant | None:
        """The start of the next booked session."""
        starts = (one.at for one in self.file.attendance.sessions if one.is_booked and one is not self.session)
        return next((at for at in starts if at > self.at and at > self.desk.now), None)

    @cached_property
    def step_ids(self) -> list[str]:
        """The ids that the new steps get."""
        taken, made_ids = ids_of(self.file.actions), list[str]()
        for _ in self.steps:
            made_ids.append(new_id({*taken, *made_ids}))
        return made_ids

    @cached_property
    def answer(self) -> dict[str, Value]:
        """The session as the contact that answers what was answered in it; empty where nothing was."""
        if not self.answered:
            return {}
        media = self.terms.media if self.terms else ()
        said_via = str(self.fields.get("via") or "")
        via = said_via or (self.session and self.session.via) or next(iter(media), FACE_TO_FACE)
        reply_to = [lasting_id(self.desk, one) for one in self.answered]
        said = {"from": "coach", "via": via, "reply_to": reply_to, "session": self.name}
        return made(self.file, self.at, said)

    def changes(self, due: Instant | None) -> list[Change]:
        """Give the whole change: first what the rest names, the goal and the session; steps are due on a day."""
        settled = [self._settled(action, fate, due) for action, fate in self.fates]
        begun = [self._begun(made_id, text, due) for made_id, text in zip(self.step_ids, self.steps, strict=True)]
        answers = insertions(self.code, [self.answer] if self.answer else [])
        return [*naming(self.goal), self._session(), *settled, *begun, *answers]

    def _session(self) -> Change:
        if self.session:
            return altered(self.code, SESSIONS_FILE, self.session, {"status": Word("held"), **self.fields})
        record = {"id": Word(self.name), "at": written_moment(self.at), "status": Word("held"), **self.fields}
        return inserted(self.code, SESSIONS_FILE, record)

    def _settled(self, action: Action, fate: str, due: Instant | None) -> Change:
        """Write what became of a step: on the day of the session, and looked at in it."""
        day, looked_at = written_day(self.at.day), {"reviewed": Word(self.name)}
        if fate == "carry":
            carried = [Word(one) for one in (*action.carried, self.name)]
            new_due: dict[str, Value] = {"due": written_day(due.day)} if due else {}
            return altered(self.code, ACTIONS_FILE, action, {"carried": carried, **new_due})
        values: dict[str, Value] = {"dropped": {"date": day}} if fate == "drop" else {fate: day}
        return altered(self.code, ACTIONS_FILE, action, {**values, **looked_at})

    def _begun(self, made_id: str, text: str, due: Instant | None) -> Change:
        record: dict[str, Value] = {"id": Word(made_id), "step": text, "session": Word(self.name)}
        record |= {"due": written_day(due.day)} if due else {}
        record |= {"follow_up": self.follow_up} if self.follow_up else {}
        return inserted(self.code, ACTIONS_FILE, record)

    def actions_in(self, file: ClientFile) -> Sequence[Action]:
        """Give the steps that the log changed or began, as they stand in a file."""
        places = {action.origin.position for action, _ in self.fates}
        return [one for one in file.actions if one.origin.position in places or one.id in self.step_ids]

    def contacts_in(self, file: ClientFile) -> Sequence[Contact]:
        """Give the contact that tells what was answered, as it stands in a file."""
        return [one for one in file.contacts if self.answer and one.id == str(self.answer["id"])]
