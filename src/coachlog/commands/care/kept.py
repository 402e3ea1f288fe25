"""What the commands of care do alike: a client's care.yaml on the desk, and what is written into it and said of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, TypeAlias, TypeVar

from coachlog.commands.desk.asking_for import read_text
from coachlog.commands.desk.days import day_told
from coachlog.commands.desk.desk import Change, Desk, Outcome
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.listing import files_of
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.telling import Telling, tell, told_plainly
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.ids import new_id
from coachlog.model.record import Entry
from coachlog.model.typed_time import NotATime, read_typed
from coachlog.model.words import listed
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CARE_FILE, client_file
from coachlog.store.splice import insert_record, set_value

Kind = TypeVar("Kind", bound=Entry)
Record: TypeAlias = Mapping[str, Value]
"""A new record, as it is written."""
Said: TypeAlias = "Mapping[str, Value | None]"
"""The fields of a record as they are said; what is not said is None."""


class Did(NamedTuple):
    """What was done with a record: the words before its id, those behind it, and what there is to do next."""

    verb: str
    more: str
    parts: Sequence[str] = ()


@dataclass(frozen=True)
class Kept:
    """What is kept of a client, open for a change of what the duty of care asks for."""

    desk: Desk
    file: ClientFile

    @classmethod
    def open(cls, wishes: Wishes, client: str, *names: str) -> "Kept":
        """Find the client, whose care.yaml and these other files must be readable. Raises NoSuchClient, CannotWrite."""
        desk = Desk.open(wishes)
        return cls(desk, desk.readable(desk.code(client), CARE_FILE, *names))

    @property
    def code(self) -> str:
        """The client's code."""
        return self.file.code

    @property
    def name(self) -> str:
        """The client's name."""
        return self.file.client.name

    @property
    def today(self) -> date:
        """The day of the call."""
        return self.desk.now.day

    def day(self, text: str | None) -> date:
        """Read the day of a fact; without a word it is today. Raises NotATime, and WrongCall for a day to come."""
        day = read_typed(text, self.desk.now, "fact").day if text else self.today
        if day <= self.today:
            return day
        what = f"{self.told(day)} is still to come."
        raise WrongCall(what, "Note it once it has happened.")

    def day_if_any(self, text: str | None) -> date | None:
        """Read the day of a fact, if one is said. Raises as `day` does."""
        return self.day(text) if text else None

    def told(self, day: date) -> str:
        """Say a day, and how far from now it lies."""
        return day_told(day, self.today)

    def text(self, words: Sequence[str] | None) -> str | None:
        """Join the words of a text; a lone `-` reads it from stdin."""
        return read_text(self.desk.wishes, list(words or ()))

    def adding(self, listing: str, record: Record) -> Change:
        """Write a new record into a list."""
        return self._change(lambda data: insert_record(data, (listing,), record))

    def setting(self, listing: str, entry: Entry, said: Said) -> list[Change]:
        """Write into a record what is said of it, and leave its other fields as they are."""
        way = listing, entry.id or entry.origin.position - 1
        return [self._setting((*way, *key.split(".")), value) for key, value in said.items() if value]

    def _setting(self, way: tuple[str | int, ...], value: Value) -> Change:
        return self._change(lambda data: set_value(data, way, value))

    def _change(self, alter: Callable[[bytes], bytes]) -> Change:
        return Change(client_file(self.code, CARE_FILE), alter)


def care_files(desk: Desk, client: str | None, listing: str) -> list[ClientFile]:
    """Read what is kept of the client that is meant, or of every client; what can't be read is remarked on."""
    return files_of(desk, client, listing, {"care", f"care.{listing}"})


def new_record(entries: Sequence[Entry], said: Said) -> dict[str, Value]:
    """Give a new record of a list, by an id of its own, without what is not said."""
    return {"id": Word(new_id(ids_of(entries))), **{key: value for key, value in said.items() if value}}


def written(outcome: Outcome, listing: str, *which: object) -> list[Entry]:
    """Give records of a list of care as they stand now: new ones by their ids, others by their places."""
    entries: Sequence[Entry] = getattr(outcome.file.care, listing) if outcome.file else ()
    return [one for one in entries if {one.id, one.origin.position} & set(which)]


def tell_care(  # noqa: PLR0913 — what there is to say, by name
    kept: Kept,
    outcome: Outcome,
    listing: str,
    did: Did,
    *which: object,
    also: Mapping[str, Sequence[Entry]] = MappingProxyType({}),
    as_json: bool,
) -> None:
    """Say what became of records of care; `which` are the ids or places of all that was written into their list.

    `also` has records of other lists that changed, of which programs are told.
    """
    records = written(outcome, listing, *which)
    line = f"{did.verb} {listed([one.label or '' for one in records]) if records else ''}{did.more}"
    others = {noun: told_plainly(several, outcome, kept.desk.wishes) for noun, several in also.items()}
    told = Telling(line, listing, records, [one for one in did.parts if one], also=others)
    tell(kept.desk, outcome, told, as_json=as_json)


def id_and_day(kept: Kept, entries: Sequence[Kind], words: Sequence[str] | None) -> tuple[Kind | None, date]:
    """Read which record is meant, and the day; either may be left out. Raises WrongCall, NotATime."""
    first, *rest = words or ("",)
    if not first:
        return None, kept.today
    if not any(one.id == first for one in entries) and _is_day(kept, f"{first} {' '.join(rest)}"):
        return None, kept.day(f"{first} {' '.join(rest)}")
    return named(entries, first, kept.desk.now), kept.day(" ".join(rest))


def _is_day(kept: Kept, text: str) -> bool:
    try:
        read_typed(text, kept.desk.now, "fact")
    except NotATime:
        return False
    return True


def one_or_several(words: Sequence[str]) -> "Value | None":
    """Give one word as it is, and several as a list."""
    return words[0] if len(words) == 1 else words or None


def parts(text: str | None) -> list[str]:
    """Take a text apart at its commas."""
    return [one.strip() for one in (text or "").split(",") if one.strip()]
