"""What the commands on sessions share: which one is meant, when it is to be, how it is written, what is said of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Literal

from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.days import written_day, written_moment
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.naming import named
from coachlog.errors import WrongCall
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.duration import Duration
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.record import Entry
from coachlog.model.session import Session, SessionKind
from coachlog.model.typed_time import Meant, read_typed
from coachlog.model.words import ago_words, day_words, moment_words
from coachlog.store.emit import Value, Word
from coachlog.store.identify import identified
from coachlog.store.layout import ACTIONS_FILE, SESSIONS_FILE, client_file
from coachlog.store.prove import Step
from coachlog.store.splice import insert_record, set_value

Party = Literal["client", "coach", "both", "sponsor"]


@dataclass(frozen=True)
class Booking:
    """What a booking says beside its start; what is left out goes by the contract."""

    length: Duration | None = None
    via: str | None = None
    kind: SessionKind = "coaching"
    contract: str | None = None

    @classmethod
    def like(cls, session: Session) -> "Booking":
        """Book another session of the same manner."""
        return cls(session.length, session.via, session.kind, session.contract)

    def record(self, at: Instant, now: Instant, taken: set[str]) -> dict[str, Value]:
        """Write a booking as a record; its id is taken from then on."""
        made = new_id(taken)
        taken.add(made)
        fields: dict[str, Any] = {
            "id": Word(made),
            "at": written_moment(at),
            "status": Word("booked"),
            "kind": Word(self.kind) if self.kind != "coaching" else None,
            "length": Word(str(self.length)) if self.length else None,
            "booked": written_moment(now),
            "via": Word(self.via) if self.via else None,
            "contract": Word(self.contract) if self.contract else None,
        }
        return {key: value for key, value in fields.items() if value}


def length_of(text: str) -> Duration:
    """Read a planned length, or the time between two sessions. Raises WrongCall."""
    found = Duration.parse(text)
    if found and found.total_minutes:
        return found
    what = "The duration is not understood."
    raise WrongCall(what, "Write a number and a unit, such as 60 min or 2 weeks.")


def moment_asked(  # noqa: PLR0913 — what is needed to ask
    desk: Desk,
    text: str | None,
    meant: Meant,
    *,
    question: str,
    flag: str,
    clock: time | None = None,
    default: Instant | None = None,
) -> Instant:
    """Read a moment, and ask for it where nothing is said of it, or only the day.

    A day without a time means the time of day that is given, where one is. The default is offered where all is asked.
    """

    def read(typed: str) -> Instant:
        return moment_asked(desk, typed, meant, question=question, flag=flag, clock=clock)

    if not text:
        return ask(desk.wishes, question, flag, read, moment_words(default) if default else "")
    found = read_typed(text, desk.now, meant)
    if found.moment:
        return found.moment
    if clock is not None:  # with its time, `tue` may mean another Tuesday than today
        return read(f"{text} {clock:%H:%M}")
    return ask(
        desk.wishes, "The time of day", f"{flag}, such as `{found.day} 15:00`", lambda typed: read(f"{text} {typed}")
    )


def to_come(desk: Desk, at: Instant) -> Instant:
    """Refuse to plan what has begun already. Raises WrongCall."""
    if at > desk.now:
        return at
    what = f"{moment_words(at)} lies in the past."
    raise WrongCall(what, "What was held is logged: coachlog session log CLIENT --at WHEN.")


def remark_holidays(desk: Desk, booked: Iterable[Session]) -> None:
    """Remark which of the sessions that were booked lie on a public holiday, and on which one."""
    days = {one.day: name for one in booked if (name := desk.practice.holidays.name(one.day))}
    desk.remarks += [f"{day_words(day)} is a public holiday: {name}." for day, name in days.items()]


def file_of(desk: Desk, code: str) -> ClientFile:
    """Read all that is kept of a client whose sessions are to change. Raises CannotWrite for a broken file."""
    return desk.readable(code, SESSIONS_FILE)


def booked_one(file: ClientFile, wanted: str, now: Instant) -> Session:
    """Find the booked session that is meant. Raises WrongCall."""
    closed = next((one for one in file.sessions if one.id == wanted and not one.is_booked), None)
    if closed:
        what = f"{closed.label} is {closed.status}, not booked."
        raise WrongCall(what, "`coachlog session list` shows what is booked.")
    return named([one for one in file.sessions if one.is_booked], wanted, now)


def booked_one_asked(desk: Desk, file: ClientFile, wanted: str | None) -> Session:
    """Find the booked session that is meant, and ask for it where none is named. Raises WrongCall."""
    if wanted is not None:
        return booked_one(file, wanted, desk.now)
    return ask(desk.wishes, "The session", "ID, behind the client", lambda id_: booked_one(file, id_, desk.now), "next")


def oldest_begun(file: ClientFile, now: Instant) -> Session | None:
    """Give the oldest booking that has begun and that nobody has closed."""
    return next((one for one in file.attendance.sessions if one.is_booked and one.at <= now), None)


def step_to(entry: Entry) -> Step:
    """Give the way to a record inside its list: its id, else its place."""
    return entry.id or entry.origin.position - 1


def inserted(code: str, name: str, record: Mapping[str, Value]) -> Change:
    """Add a record to a list of the client that has the name of its file."""
    key = name.removesuffix(".yaml")
    return Change(client_file(code, name), lambda data: insert_record(data, (key,), dict(record)))


def altered(code: str, name: str, entry: Entry, values: Mapping[str, Value]) -> Change:
    """Set fields of a record of such a list.

    Records without an id get theirs first: it comes from the record's text, and other records may name it already.
    """
    path, file = (name.removesuffix(".yaml"), step_to(entry)), client_file(code, name)

    def alter(data: bytes) -> bytes:
        data = data if entry.id else identified(data, file)
        for key, value in values.items():
            data = set_value(data, (*path, key), value)
        return data

    return Change(file, alter)


def taken_along(code: str, file: ClientFile, old: date, new: date) -> list[Change]:
    """Move the due day of the open steps that were due on the day of a session to its new day."""
    due = [one for one in file.actions if is_taken_along(one, old)] if old != new else []
    return [altered(code, ACTIONS_FILE, one, {"due": written_day(new)}) for one in due]


def is_taken_along(action: Action, old: date) -> bool:
    """Tell whether a step moves with the session of a day; a promise of the coach's keeps its own."""
    return action.is_open and not action.is_promise and action.due == old


def by_id(file: ClientFile | None, ids: Iterable[str]) -> list[Session]:
    """Give sessions by their ids, in that order."""
    found = {one.id: one for one in file.sessions} if file else {}
    return [found[one] for one in ids if one in found]


def when_words(at: Instant, now: Instant) -> str:
    """Say a moment and how far from now it lies."""
    return f"{moment_words(at)} ({ago_words(at, now)})"


def number_words(file: ClientFile, session: Session) -> str:
    """Say which session of the contract it is: `session 3 of 6`; of what does not count only its kind."""
    contract, terms = file.attendance.contract_of(session), file.attendance.terms_of(session)
    if contract is None or not (session.counted or session.would_count):
        return session.kind
    row = [one for one in file.attendance.of(contract) if (one.counted or one.would_count) and one.at <= session.at]
    return f"session {len(row)}{f' of {terms.sessions}' if terms and terms.sessions else ''}"


def plan(manner: Manner) -> Manner:
    """Let a change be judged as a plan, with the whole practice in view."""
    return replace(manner, plan=True, everyone=True)
