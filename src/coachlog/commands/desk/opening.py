"""What every command looks up first: which journal, which instant, which client.

Nothing here reads a file of the journal: a command that finds its answer in the index needs no more than this.
"""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from coachlog.commands.desk.answers import Typed
from coachlog.errors import NoJournal, NoSuchClient, SeveralClients
from coachlog.model.instant import Instant
from coachlog.model.names import unaccented
from coachlog.model.typed_time import end_of, moment_of, read_typed
from coachlog.store.layout import journal_above, journal_at

DEFAULT_CLIENT = "COACHLOG_CLIENT"
"""The environment variable that says which client `.` stands for."""
UTC_ZONE = ZoneInfo("UTC")
"""The clock by which an instant is told as long as no practice file says which."""


@dataclass
class Wishes:
    """What the call asks of the whole program, before or after the command; `typed` grows as the command goes on.

    `settled_journal` is the one that the coach's own settings name, for where none is at or above the current folder.
    """

    journal: str | None = None
    now: str | None = None
    color: Literal["auto", "always", "never"] = "auto"
    quiet: bool = False
    no_input: bool = False
    incognito: bool = False
    editor: bool = False
    settled_journal: str | None = None
    typed: Typed = field(default_factory=Typed)


class Known(NamedTuple):
    """A client as far as looking one up goes."""

    code: str
    name: str


def journal_of(wishes: Wishes) -> Path:
    """Give the folder of the journal that the call is about. Raises NoJournal, CannotRead."""
    if wishes.journal:
        return journal_at(Path(wishes.journal))
    try:
        return journal_above(here())
    except NoJournal:
        if wishes.settled_journal is None:
            raise
    return _settled(wishes.settled_journal)


def _settled(journal: str) -> Path:
    try:
        return journal_at(Path(journal))
    except NoJournal as error:
        what = f"There is no journal here, and the one of your settings is not there: {error.what}"
        raise NoJournal(what, "Name one with --journal PATH, or mend that: coachlog config set journal PATH.") from None


def journal_if_any(wishes: Wishes) -> Path | None:
    """Give the folder of the journal; None where there is none here. Raises NoJournal for one that the call names."""
    if wishes.journal:
        return journal_of(wishes)
    try:
        return journal_of(wishes)
    except NoJournal:
        return None


def here() -> Path:
    """Give the current folder. Raises NoJournal where it is gone."""
    try:
        return Path.cwd()
    except OSError:
        what = "The current folder is gone."
        raise NoJournal(what, "Change to a folder that is there, or name the journal with --journal PATH.") from None


def here_or(journal: Path) -> Path:
    """Give the current folder, from which files are named; the journal where the current folder is gone."""
    try:
        return here()
    except NoJournal:
        return journal


def now_of(wishes: Wishes, zone: ZoneInfo = UTC_ZONE) -> Instant:
    """Give the instant that the journal is judged at: the one that the call names, else the present, to the second.

    A day without a time counts from its beginning, a weekday or a bare time is the nearest past. Raises NotATime.
    """
    present = Instant(datetime.now(UTC).replace(microsecond=0), zone)
    return moment_of(read_typed(wishes.now, present, "fact"), present) if wishes.now else present


def as_of(text: str, now: Instant) -> Instant:
    """Give the last instant that a check as of a day takes in: the day's end, or now for today. Raises NotATime."""
    return end_of(read_typed(text, now, "fact"), now)


def client_of(wanted: str, clients: Sequence[Known]) -> Known:
    """Find the one client that a code, a name, or a beginning of either means; `.` is the default client.

    An exact match wins; case and accents do not matter. Raises NoSuchClient, never guesses.
    """
    asked = _default_client() if wanted == "." else wanted
    key = _folded(asked)
    exact = [one for one in clients if key in {_folded(one.code), _folded(one.name)}]
    beginning = [one for one in clients if key and any(start.startswith(key) for start in _starts(one))]
    found = [one for one in exact if one.code == asked] or exact or beginning
    if len(found) == 1:
        return found[0]
    raise (_several(asked, found) if found else _none(asked, clients)).meaning(wanted, _near(asked, found, clients))


def clients_of(wanted: Iterable[str], clients: Sequence[Known]) -> frozenset[str]:
    """Give the codes of several clients. Raises NoSuchClient."""
    return frozenset(client_of(one, clients).code for one in wanted)


def _default_client() -> str:
    default = os.environ.get(DEFAULT_CLIENT, "").strip()
    if default and default != ".":
        return default
    what = f"`.` stands for the client in {DEFAULT_CLIENT}, which is not set."
    raise NoSuchClient(what, "Name a client by code or name.")


def _folded(text: str) -> str:
    """Leave out case, accents and repeated spaces."""
    return " ".join(unaccented(text).split())


def _starts(client: Known) -> set[str]:
    """Give what a beginning may begin: the code, and the name from any of its words on, double names taken apart."""
    name = _folded(client.name)
    return {_folded(client.code), *(name[word.start() :] for word in re.finditer(r"[^ -]+", name))}


def _several(asked: str, found: Iterable[Known]) -> SeveralClients:
    what = f"`{asked}` can mean several clients: {_listed(found)}."
    return SeveralClients(what, "Write more of the code or name.")


def _none(asked: str, clients: Sequence[Known]) -> NoSuchClient:
    what = f"No client has the code or name `{asked}`."
    nearest = _nearest(asked, clients)
    return NoSuchClient(what, f"The nearest: {_listed(nearest)}." if nearest else "`coachlog client list` lists them.")


def _nearest(asked: str, clients: Sequence[Known]) -> list[Known]:
    by_key = {key: one for one in clients for key in _starts(one)}
    near = get_close_matches(_folded(asked), by_key, n=3, cutoff=0.5)
    return list(dict.fromkeys(by_key[key] for key in near))


def _near(asked: str, found: Sequence[Known], clients: Sequence[Known]) -> list[tuple[str, str]]:
    """Give what may be meant, the code to be written first."""
    return [(one.code, _told(one)) for one in found or _nearest(asked, clients)]


def _listed(clients: Iterable[Known]) -> str:
    return ", ".join(map(_told, clients))


def _told(client: Known) -> str:
    return client.code if _folded(client.name) == client.code else f"{client.code} ({client.name})"
