"""The contract that a command is about, where it stands in its file, and how its days are said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from coachlog.commands.desk.days import day_told
from coachlog.commands.desk.desk import Change, Desk, Outcome
from coachlog.commands.desk.lasting import lasting_label
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.opening import Wishes
from coachlog.errors import CannotWrite, WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.record import Entry
from coachlog.model.session import Session
from coachlog.model.typed_time import Meant, read_typed
from coachlog.model.words import moment_words
from coachlog.store.files import read_bytes
from coachlog.store.identify import identified
from coachlog.store.layout import CONTRACT_FILE, client_file
from coachlog.store.locate import way_to
from coachlog.store.splice import Path


@dataclass(frozen=True)
class AtHand:
    """A client's file with the contract that is meant."""

    desk: Desk
    code: str
    file: ClientFile
    contract: Contract

    @classmethod
    def open(cls, wishes: Wishes, client: str, wanted: str | None, *, agreed: bool = False) -> "AtHand":
        """Find the contract that is named, else the current one; `agreed` puts a draft last. Raises WrongCall."""
        desk = Desk.open(wishes)
        code = desk.code(client)
        file = desk.readable(code, CONTRACT_FILE)
        if wanted is not None:
            return cls(desk, code, file, named(file.contracts, wanted, desk.now))
        found = current(file, desk.now.day, agreed=agreed)
        if found is None:
            refuse_unread(desk, code)
            what = f"There is no contract with {file.client.name}."
            raise WrongCall(what, f"Write one: coachlog contract new {code}.")
        return cls(desk, code, file, found)

    @property
    def today(self) -> date:
        """The day of the call."""
        return self.desk.now.day

    @property
    def data(self) -> bytes:
        """The contract's file as it is."""
        return read_bytes(self.desk.root / client_file(self.code, CONTRACT_FILE))

    def day(self, text: str | None, meant: Meant) -> date:
        """Read a day that was typed; without one it is today."""
        return read_day(self.desk, text, meant) or self.today

    def told(self, day: date) -> str:
        """Say a day, and how far from now it lies."""
        return day_told(day, self.today)

    def change(self, alter: Callable[[bytes, Path], bytes], entry: Entry | None = None) -> Change:
        """Change the contract, or another record of its file, wherever it stands when it is written.

        Records without an id get theirs first: it comes from the record's text, and other records may name it already.
        """
        name, wanted = client_file(self.code, CONTRACT_FILE), lasting_label(self.desk, entry or self.contract)

        def changed(data: bytes) -> bytes:
            data = identified(data, name)
            return alter(data, way_to(data, wanted).path)

        return Change(name, changed)

    def written(self, outcome: Outcome) -> Contract:
        """Give the contract as it stands now."""
        contracts = outcome.file.contracts if outcome.file else ()
        place = self.contract.origin.position
        return next((one for one in contracts if one.origin.position == place), self.contract)


def refuse_unread(desk: Desk, code: str) -> None:
    """Name the line where a contract that stands in the file is left out. Raises CannotWrite."""
    name = client_file(code, CONTRACT_FILE)
    path = desk.root / name
    for problem in desk.problems(name, read_bytes(path)) if path.exists() else ():
        what = f"{name}:{problem.place.line}: {problem.message.removesuffix('.')}."
        raise CannotWrite(what, f"Mend it first: coachlog edit {code} {CONTRACT_FILE.removesuffix('.yaml')}.")


def current(file: ClientFile, day: date, *, agreed: bool = False) -> Contract | None:
    """Give the contract in force; else the one agreed ahead, the latest draft, or the one that ended last.

    `agreed` asks for one that counts: a draft is then given only where there is no other.
    """
    agreements = file.agreements
    draft = next((one for one in reversed(file.contracts) if one.agreed is None), None)
    standing = agreements.on(day) or agreements.agreed_ahead(day)
    over = agreements.last_over(day)
    return standing or (over or draft if agreed else draft or over)


def read_day(desk: Desk, text: str | None, meant: Meant) -> date | None:
    """Read a day that was typed, if one was."""
    return read_typed(text, desk.now, meant).day if text is not None else None


def booked_between(file: ClientFile, first: date, last: date | None) -> list[Session]:
    """Give the sessions that are booked on days from the first to the last, both included; None: without end."""
    booked = (session for session in file.attendance.sessions if session.is_booked)
    return [one for one in booked if first <= one.day and (last is None or one.day <= last)]


def sessions_told(sessions: list[Session]) -> str:
    """Name sessions by their moment and id."""
    return ", ".join(f"{moment_words(one.at)} ({one.label})" for one in sessions)
