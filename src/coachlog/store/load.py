"""Reading a journal: the records that are good, and the problems with the rest. It never raises for content.

Only coachlog.yaml can't be done without: it holds the time zone that every other file is read in.
"""

import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from coachlog.errors import CannotRead
from coachlog.model.action import Action
from coachlog.model.care import Concern, Consent, Disclosure, Feedback, LeaderUpdate, Referral
from coachlog.model.client import Client
from coachlog.model.client_file import CARE_LISTS, Care, ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.model.journal import Journal
from coachlog.model.practice import FORMAT, Practice
from coachlog.model.problem import UNNAMED_KEY, Problem
from coachlog.model.record import Entry, Place, Record
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision
from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.layout import (
    ACTIONS_FILE,
    CARE_FILE,
    CLIENT_FILE,
    CLIENTS,
    CONTACTS_FILE,
    CONTRACT_FILE,
    PRACTICE_FILE,
    SESSIONS_FILE,
    SUPERVISION_FILE,
    Folder,
    client_folders,
    fault_of_clients,
    is_code,
)
from coachlog.store.limits import MAX_FAULTS
from coachlog.store.nodes import (
    PRINTABLE_KEY,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Unreadable,
    is_empty,
    place_of_first_key,
)
from coachlog.store.origin import as_place
from coachlog.store.records import TOO_MANY_FAULTS, Outcome, Subject, nearest, read_record, record_label

AnyEntry = TypeVar("AnyEntry", bound=Entry)
AnyRecord = TypeVar("AnyRecord", bound=Record)

TERMS_FIELDS = frozenset({"amendments"})
"""Lists inside a contract without which its terms are not known."""
_NUMBER = re.compile(r"\d{1,6}")
Read = Callable[[Path], bytes]
"""How the bytes of a file are read."""
Known = dict[Hashable, Outcome[Any]]
"""The records that were read before, by all that they were read from: node, kind, name, place, file, client, zone."""


class PracticeUnreadable(CannotRead):
    """coachlog.yaml can't be read, or lacks what everything else needs (exit 3)."""

    def __init__(self, problem: Problem) -> None:
        """Keep the one problem that is to be shown."""
        place = problem.place
        remedy = "" if problem.code == "JRN101" else "Mend that line, then try again."
        super().__init__(f"{place.file}:{place.line}: {problem.message}", remedy)
        self.problem = problem


class ListFile(NamedTuple):
    """A file that holds lists of records, and the kind of each."""

    name: str
    kinds: dict[str, type[Entry]]

    @property
    def gap(self) -> str:
        """What is missing when the whole file can't be read."""
        return self.name.removesuffix(".yaml")

    def gap_of(self, key: str) -> str:
        """Name what is missing when a record of a list can't be read."""
        return f"{self.gap}.{key}" if len(self.kinds) > 1 else self.gap


CONTRACTS = ListFile(CONTRACT_FILE, {"contracts": Contract})
SESSIONS = ListFile(SESSIONS_FILE, {"sessions": Session})
ACTIONS = ListFile(ACTIONS_FILE, {"actions": Action})
CONTACTS = ListFile(CONTACTS_FILE, {"contacts": Contact})
CARE = ListFile(CARE_FILE, dict(CARE_LISTS))
DIRECTORY = "directory"
"""The list of coachlog.yaml that clients' files refer to; of what is missing there, they can't tell who it is."""
SUPERVISION = ListFile(SUPERVISION_FILE, {"supervision": Supervision})
CLIENT_LISTS = (CONTRACTS, SESSIONS, ACTIONS, CONTACTS, CARE)
"""The files of a client that hold lists, in the order in which findings are told."""


@dataclass
class _Reading:
    """What was read of one client's folder, or of the practice's own files, so far."""

    root: Path
    zone: ZoneInfo | None
    client: str | None = None
    read: Read = read_bytes
    known: Known = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    gaps: set[str] = field(default_factory=set)
    before: int = 0
    """How many problems there were before the file that is being read."""

    def top(self, file: str, gap: str) -> Mapping | None:
        """Give the mapping that a file holds; None where it is absent, empty or can't be read."""
        node = self._node(file, gap)
        if node is None or is_empty(node):
            return None
        if isinstance(node, Mapping):
            return node
        self._invalid(file, node, "The file is no mapping: it is to begin with a key and a colon.", gap)
        return None

    def _node(self, file: str, gap: str) -> Node | None:
        try:
            return compose(self.read(self.root / file))
        except FileNotFoundError:
            return None
        except Unreadable as refusal:
            fault = refusal.fault
            message = f"{fault.reason[:1].upper()}{fault.reason[1:]}; {fault.remedy}".removesuffix(".") + "."
            self.problems.append(Problem("JRN101", Place(file, fault.line, fault.column), message, self.client))
            self.gaps.add(gap)
            return None

    def _too_many(self, file: str, node: Node, gap: str) -> bool:
        """Tell whether a file has more faults than anybody wants to read; that the rest is left out is said once."""
        if len(self.problems) - self.before <= MAX_FAULTS:
            return False
        if self.problems[-1].message != TOO_MANY_FAULTS:
            self._invalid(file, node, TOO_MANY_FAULTS, gap)
        return True

    def _invalid(self, file: str, node: Node, message: str, gap: str, **named: str) -> None:
        place = as_place(file, place_of_first_key(node))
        self.problems.append(Problem("JRN102", place, message, self.client, **named))
        self.gaps.add(gap)

    def whole(self, kind: type[AnyRecord], file: str, node: Mapping) -> AnyRecord | None:
        """Read a file that is one record; a wrong field is left out alone."""
        outcome = read_record(kind, node, Subject(file, self.zone, self.client), whole_file=True)
        self._keep(outcome)
        return outcome.record

    def lists(self, listing: ListFile, folder: str = "") -> dict[str, tuple[Entry, ...]]:
        """Read the lists of a file; what can't be read of them is named and left out."""
        file = f"{folder}{listing.name}"
        self.before = len(self.problems)
        top = self.top(file, listing.gap)
        found: dict[str, tuple[Entry, ...]] = dict.fromkeys(listing.kinds, ())
        for key, value in top.entries if top else ():
            if self._too_many(file, key, listing.gap):
                break
            if key.text in listing.kinds:
                found[key.text] = tuple(self._entries(listing, key.text, file, value))
            elif not key.text.startswith("x-") and not is_empty(value):
                self._unknown_list(listing, key.text, as_place(file, key.start))
                self.gaps.update({listing.gap} if isinstance(value, Sequence) else ())
        return found

    def _unknown_list(self, listing: ListFile, name: str, place: Place) -> None:
        printable = PRINTABLE_KEY.fullmatch(name)
        advice = nearest(name, listing.kinds)
        what = f"`{name}` is not known here; {advice}" if printable else f"A key is not known here; {advice}"
        self.problems.append(Problem("JRN102", place, what, self.client, None, name if printable else UNNAMED_KEY))

    def _entries(self, listing: ListFile, key: str, file: str, value: Node) -> Iterator[Entry]:
        gap = listing.gap_of(key)
        if is_empty(value):
            return
        if not isinstance(value, Sequence):
            self._invalid(file, value, f"`{key}` is no list: each record is to begin with a dash.", gap, subject=key)
            return
        subject = Subject(file, self.zone, self.client)
        for position, item in enumerate(value.items, start=1):
            if self._too_many(file, item, gap):
                return
            if not is_empty(item):
                yield from self._entry(listing.kinds[key], gap, subject, item, position)

    def _entry(self, kind: type[AnyEntry], gap: str, subject: Subject, item: Node, position: int) -> Iterator[AnyEntry]:
        if not isinstance(item, Mapping):
            label = record_label(item, position)
            what = "The record is no mapping: it is to hold keys with values."
            self._invalid(subject.file, item, what, gap, record=label)
            return
        outcome = self._outcome(kind, subject, item, position)
        if outcome.problems:
            self.problems.extend(outcome.problems)
            self.gaps.update(gap if inner in TERMS_FIELDS else f"{gap}.{inner}" for inner in outcome.gaps)
        if outcome.record is None:
            self.gaps.add(gap)
        else:
            yield outcome.record

    def _outcome(self, kind: type[AnyEntry], subject: Subject, item: Mapping, position: int) -> Outcome[AnyEntry]:
        """Read a record; one that was read from the very same node is the very same record."""
        key = (id(item), kind, position, subject)
        outcome = self.known.get(key)
        if outcome is None:
            outcome = read_record(kind, item, subject, label=record_label(item, position), position=position)
            if outcome.record is not None:  # it keeps its node, so that no other takes its identity
                self.known[key] = outcome
        return outcome

    def _keep(self, outcome: Outcome[AnyRecord]) -> None:
        self.problems.extend(outcome.problems)
        self.gaps.update(f"client.{inner}" if self.client else inner for inner in outcome.gaps)


def load_practice(root: Path, read: Read = read_bytes) -> tuple[Practice, tuple[Problem, ...]]:
    """Read coachlog.yaml. Raises PracticeUnreadable where it can't be read or lacks a time zone."""
    reading = _Reading(root, None, read=read)
    top = reading.top(PRACTICE_FILE, "practice")
    if top:
        _refuse_newer_format(top)
    practice = reading.whole(Practice, PRACTICE_FILE, top) if top else None
    if practice is None:
        fatal = [one for one in reading.problems if one.code == "JRN101" or one.subject in {"timezone", None}]
        raise PracticeUnreadable((fatal or [_missing("timezone", Place(PRACTICE_FILE, 1, 1))])[0])
    if DIRECTORY in reading.gaps:
        practice.miss_from_directory()
    if "format" not in practice.model_fields_set and all(problem.subject != "format" for problem in reading.problems):
        reading.problems.append(_missing("format", practice.origin.place()))
    return practice, tuple(reading.problems)


def _missing(name: str, place: Place) -> Problem:
    return Problem("JRN102", place, f"`{name}` is missing; it is required here.", subject=name)


def _refuse_newer_format(top: Mapping) -> None:
    """Look at the number before anything else: what a newer format means by its fields is not known here."""
    key, node = next(((key, node) for key, node in top.entries if key.text == "format"), (None, None))
    if key and isinstance(node, Scalar) and _NUMBER.fullmatch(node.text) and int(node.text) > FORMAT:
        message = f"`format` is {node.text}: this program reads {FORMAT} at most; a newer coachlog reads it."
        raise PracticeUnreadable(Problem("JRN102", as_place(PRACTICE_FILE, key.start), message, subject="format"))


def load_supervision(
    root: Path, practice: Practice, read: Read = read_bytes
) -> tuple[tuple[Supervision, ...], tuple[Problem, ...], frozenset[str]]:
    """Read the coach's supervision log, with its problems and the gaps of the practice's own files."""
    reading = _Reading(root, practice.timezone, read=read)
    entries = reading.lists(SUPERVISION)["supervision"]
    supervision = tuple(entry for entry in entries if isinstance(entry, Supervision))
    unread = set() if practice.is_directory_whole else {DIRECTORY}
    return supervision, tuple(reading.problems), frozenset(reading.gaps | unread)


def load_client(  # noqa: PLR0913 — the folder, what every client shares, and how files are read
    root: Path,
    folder: Folder,
    practice: Practice,
    supervision: tuple[Supervision, ...] = (),
    *,
    read: Read = read_bytes,
    gaps: frozenset[str] = frozenset(),
    known: Known | None = None,
) -> tuple[ClientFile, tuple[Problem, ...]]:
    """Read one client's folder, with its problems; `gaps` names what could not be read of the practice's own files.

    A record that is `known` from its node is not read again; those that are read are added.
    """
    code = folder.name
    path = f"{CLIENTS}/{code}"
    reading = _Reading(root, practice.timezone, code, read, {} if known is None else known, gaps=set(gaps))
    if folder.is_link:
        message = "This folder is a symbolic link, which is not followed: put the folder itself in its place."
        reading.problems.append(Problem("JRN101", Place(path, 1, 1), message, code))
        reading.gaps.update({"client", *(listing.gap for listing in CLIENT_LISTS)})
        return _client_file(code, practice, Client(name=code), {}, supervision, reading)
    if not is_code(code):
        message = "The folder's name is no client's code: use a-z, 0-9 and -, and no reserved name."
        reading.problems.append(Problem("JRN102", Place(path, 1, 1), message, code))
    client = _client(reading, path, code)
    lists = {key: found for listing in CLIENT_LISTS for key, found in reading.lists(listing, f"{path}/").items()}
    return _client_file(code, practice, client, lists, supervision, reading)


def _client(reading: _Reading, path: str, code: str) -> Client:
    file = f"{path}/{CLIENT_FILE}"
    before = len(reading.problems)
    top = reading.top(file, "client")
    client = reading.whole(Client, file, top) if top else None
    if client is None:
        reading.gaps.add("client")
        if len(reading.problems) == before:
            message = f"The folder has no {CLIENT_FILE}, or an empty one: write one that begins with name:."
            reading.problems.append(Problem("JRN102", Place(path, 1, 1), message, code, None, CLIENT_FILE))
    return client or Client(name=code)


def _client_file(  # noqa: PLR0913, PLR0917 — the parts that a client's file is put together from
    code: str,
    practice: Practice,
    client: Client,
    lists: dict[str, tuple[Entry, ...]],
    supervision: tuple[Supervision, ...],
    reading: _Reading,
) -> tuple[ClientFile, tuple[Problem, ...]]:
    def of(kind: type[AnyEntry], key: str) -> tuple[AnyEntry, ...]:
        return tuple(entry for entry in lists.get(key, ()) if isinstance(entry, kind))

    care = Care(
        consents=of(Consent, "consents"),
        disclosures=of(Disclosure, "disclosures"),
        concerns=of(Concern, "concerns"),
        referrals=of(Referral, "referrals"),
        leader_updates=of(LeaderUpdate, "leader_updates"),
        feedback=of(Feedback, "feedback"),
    )
    file = ClientFile(
        code=code,
        practice=practice,
        client=client,
        contracts=of(Contract, "contracts"),
        sessions=of(Session, "sessions"),
        actions=of(Action, "actions"),
        contacts=of(Contact, "contacts"),
        care=care,
        supervision=supervision,
        gaps=frozenset(reading.gaps),
    )
    return file, tuple(dict.fromkeys(reading.problems))


def load_journal(root: Path, read: Read = read_bytes) -> Journal:
    """Read a whole journal. Raises PracticeUnreadable; everything else that can't be read becomes a problem."""
    practice, problems = load_practice(root, read)
    supervision, supervision_problems, gaps = load_supervision(root, practice, read)
    loaded = [load_client(root, folder, practice, supervision, read=read, gaps=gaps) for folder in client_folders(root)]
    fault = fault_of_clients(root)
    unlisted = [Problem("JRN101", Place(CLIENTS, 1, 1), fault)] if fault else []
    return Journal(
        practice=practice,
        clients=tuple(file for file, _ in loaded),
        supervision=supervision,
        problems=(*problems, *supervision_problems, *unlisted, *(problem for _, found in loaded for problem in found)),
        gaps=gaps,
    )
