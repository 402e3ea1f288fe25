"""From messages to contacts: who wrote, when, and in answer to what.

Nothing of a message's text is read, and its subject only where that is asked for.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from coachlog.exchange.arrived import OF_NO_CLIENT, THERE, Arrived, known_id, was_brought_in
from coachlog.exchange.correspondents import Between, Correspondents
from coachlog.exchange.letter import Letter, letter_of, readable_subject
from coachlog.exchange.mailbox_files import Raw
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.instant import Instant
from coachlog.model.names import unaccented
from coachlog.store.emit import Value, Word

MEDIUM = "email"
COACH = "coach"
SAME_MOMENT = timedelta(minutes=10)
"""How far the time of a contact that was logged by hand may be from the message's own."""
LONGEST_WAIT = timedelta(days=14)
"""How old a contact that was logged by hand may be for an answer to be taken for its answer."""
OUTSIDE = "outside the days asked for"
TO_COME = "dated in the future"
OTHER_CLIENT = "of other clients"
SPONSOR_OF_SEVERAL = "of a sponsor of several clients"
NO_DATE = "it has no date that can be read"
TWICE = "there twice"
UNMATCHED, BEGUN, UNKNOWN = "unmatched", "begun", "unknown"
_UNMATCHED = (
    "{} of your answers are to messages that are not in this mail, or not of the days asked for:"
    " name that mailbox in the same call, or they look as if you had begun."
)
_BEGUN = (
    "{} of your messages answer none, and nothing says what they were for: name words of their subject,"
    ' such as --for reminder="your steps", and look with --dry-run what comes of it.'
)
_UNKNOWN = "{} messages to clients are from an address that nobody has here: if it is yours, say --mine ADDRESS."
_AHEAD = timedelta(days=1)
"""How wrong the clock of a sender may be."""
_FEW = 3
"""Fewer messages than this want no remark: each is told of by `check`."""
_SAME_NAME = timedelta(minutes=10)
"""How far the times of two copies of a message may be apart: one has passed servers, the other none."""
_FOLLOWED_UP = {"reminder": "reminder", "prep": "prep-form", "update": "update", "work": "work", "goals": "goals"}
"""What a contact is for, and the kind of contracted follow-up that it may belong to."""
Naming = Callable[[Contact], str]
"""Gives the id by which a contact that is on file can be named."""


class Purpose(NamedTuple):
    """What messages of the coach are for whose subject holds certain words; the words without accents."""

    name: str
    words: str


@dataclass(frozen=True)
class Wanted:
    """What of the mail is asked for: which clients (all where none is named), from when until when, with subjects."""

    now: Instant
    clients: frozenset[str] = frozenset()
    since: Instant | None = None
    until: Instant | None = None
    subject: bool = False
    purposes: Sequence[Purpose] = ()

    def beside(self, at: Instant) -> str:
        """Say why a moment is not asked for; nothing where it is."""
        if at > self.now.after(_AHEAD):
            return TO_COME
        is_outside = (self.since is not None and at < self.since) or (self.until is not None and at > self.until)
        return OUTSIDE if is_outside else ""


class Message(NamedTuple):
    """A message that is a contact of a client."""

    between: Between
    letter: Letter
    at: Instant


@dataclass
class Post:
    """All the mail that is read in one call, sorted by client."""

    files: Mapping[str, ClientFile]
    people: Correspondents
    wanted: Wanted
    naming: Naming
    arrived: Arrived = field(default_factory=lambda: Arrived("message"))
    from_coach: int = 0
    _tally: Counter[str] = field(default_factory=Counter)

    def sort(self, raws: Iterable[Raw]) -> Arrived:
        """Tell what is new of these messages, for each client in the order of time."""
        messages: dict[str, list[Message]] = {}
        for raw in raws:
            self.arrived.read += 1
            for one in self._messages(raw):
                messages.setdefault(one.between.code, []).append(one)
        for code in sorted(messages):
            self._of_client(self.files[code], sorted(messages[code], key=lambda one: one.at))
        self.arrived.remarks += _remarks(self._tally)
        return self.arrived

    def _messages(self, raw: Raw) -> Iterator[Message]:
        """Give what contacts a message is; where it is none, count why."""
        letter = letter_of(raw)
        fault = "" if letter.left_out else letter.fault
        found = [] if letter.left_out or fault else self.people.contacts(letter)
        if found and letter.sent is None:
            fault = NO_DATE
        if fault:
            self.arrived.faults.append(f"{raw.mailbox}, message {raw.number}: {fault}.")
            return
        self._tally[UNKNOWN] += not letter.left_out and self.people.is_from_unknown(letter)
        at = Instant(letter.sent, self.wanted.now.zone) if letter.sent else self.wanted.now
        why_not = letter.left_out or (self.wanted.beside(at) if found else self._of_nobody(letter))
        asked = [one for one in found if not self.wanted.clients or one.code in self.wanted.clients]
        if why_not or not asked:
            self.arrived.others[why_not or OTHER_CLIENT] += 1
            return
        self.from_coach += asked[0].sender == COACH
        yield from (Message(one, letter, at) for one in asked)

    def _of_nobody(self, letter: Letter) -> str:
        return SPONSOR_OF_SEVERAL if self.people.is_of_several(letter) else OF_NO_CLIENT

    def _of_client(self, file: ClientFile, messages: Iterable[Message]) -> None:
        pile = _Pile(file, self.naming, self.wanted, self._tally)
        for one in messages:
            if record := pile.put(one, self.arrived):
                self.arrived.add(file.code, record, one.at)


class _Known(NamedTuple):
    """A contact that a message can be the answer to: its id, from whom, and what it answers itself."""

    id: str
    sender: str
    answers: tuple[str, ...]


class _Pile:
    """The mail of one client, put one message upon the other in the order of time."""

    def __init__(self, file: ClientFile, naming: Naming, wanted: Wanted, tally: Counter[str]) -> None:
        self._file = file
        self._naming = naming
        self._wanted = wanted
        self._tally = tally
        self._there = {one.id: one for one in file.contacts if one.id}
        self._by_hand = [one for one in file.contacts if one.via == MEDIUM and not was_brought_in(one.id)]
        letters = file.correspondence
        self._open = [one for one in self._by_hand if one.by_client and letters.first_reply(one) is None]
        self._seen: dict[str, Message] = {}
        self._known: dict[str, _Known] = {}

    def put(self, message: Message, arrived: Arrived) -> dict[str, Value] | None:
        """Make the contact that a message is; None where it is on file already, or was put before."""
        id_ = self._id(message)
        if id_ in self._seen:
            arrived.others[TWICE] += 1
            return None
        self._seen[id_] = message
        there = self._there.get(id_) or self._logged(message)
        answers = there.reply_to if there else self._answers(message)
        named = self._naming(there) if there else id_
        sender = there.from_ if there else message.between.sender
        if message.letter.name:
            self._known[known_id(message.letter.name)] = _Known(named, sender, answers)
        if there:
            arrived.others[THERE] += 1
            return None
        return self._record(id_, message, answers)

    def _id(self, message: Message) -> str:
        """Make the id from the message's own name; a name that two different messages share tells none apart."""
        letter, moment = message.letter, message.at.utc.isoformat()
        by_name = known_id(letter.name)
        if letter.name and (by_name not in self._seen or _is_same(self._seen[by_name], message)):
            return by_name
        return known_id(letter.name, letter.sender, moment, *sorted(letter.receivers), letter.subject)

    def _logged(self, message: Message) -> Contact | None:
        """Find the contact that was logged by hand for a message: each stands for one message alone."""
        near = [
            one
            for one in self._by_hand
            if one.from_ == message.between.sender and abs(one.at - message.at) <= SAME_MOMENT
        ]
        nearest = min(near, key=lambda one: abs(one.at - message.at), default=None)
        if nearest:
            self._by_hand.remove(nearest)
        return nearest

    def _answers(self, message: Message) -> tuple[str, ...]:
        """Name what a message answers; a later one of the same side belongs to the reply before it."""
        found = next((one for name in message.letter.answers if (one := self._known_by(name))), None)
        if found is None:
            return self._answers_by_hand(message)
        if found.sender == message.between.sender:
            return found.answers
        return (found.id,) if COACH in {found.sender, message.between.sender} else ()

    def _answers_by_hand(self, message: Message) -> tuple[str, ...]:
        """Name what the coach's answer to a message that is in no mail answers: the latest open one logged by hand."""
        if not message.letter.answers or message.between.sender != COACH or message.between.to:
            return ()
        earlier = [one for one in self._open if one.at < message.at and message.at - one.at <= LONGEST_WAIT]
        if not earlier:
            return ()
        self._open = [one for one in self._open if one.at >= message.at]
        return (self._naming(max(earlier, key=lambda one: one.at)),)

    def _known_by(self, name: str) -> _Known | None:
        """Find the contact that a message was: of this mail, or of mail that was read another time."""
        id_ = known_id(name)
        there = self._there.get(id_)
        return self._known.get(id_) or (_Known(id_, there.from_, there.reply_to) if there else None)

    def _record(self, id_: str, message: Message, answers: tuple[str, ...]) -> dict[str, Value]:
        purpose = "" if answers else self._purpose(message)
        self._tally[_kind_of(message, answers, purpose)] += 1
        said: dict[str, Value | None] = {
            "id": Word(id_),
            "at": Word(f"{message.at.wall:%Y-%m-%d %H:%M}"),
            "from": Word(message.between.sender),
            "via": Word(MEDIUM),
            "to": message.between.to or None,
            "for": Word(purpose) if purpose else None,
            "about": (readable_subject(message.letter) or None) if self._wanted.subject else None,
            "reply_to": [Word(one) for one in answers] if len(answers) > 1 else next(map(Word, answers), None),
            "answer": Word("no") if message.between.is_copy and not answers else None,
            "follow_up": self._follow_up(message, purpose) if purpose else None,
        }
        return {key: value for key, value in said.items() if value is not None}

    def _purpose(self, message: Message) -> str:
        """Say what a message of the coach was for, where the coach named words that its subject holds."""
        if message.between.sender != COACH or not self._wanted.purposes:
            return ""
        subject = " ".join(unaccented(readable_subject(message.letter)).split())
        return next((one.name for one in self._wanted.purposes if one.words in subject), "")

    def _follow_up(self, message: Message, purpose: str) -> Word | None:
        """Name the contracted follow-up of a message, where the contract in force has a single one of its kind."""
        terms = None if message.between.to else self._file.agreements.terms_on(message.at.day)
        kind = _FOLLOWED_UP.get(purpose)
        ids = [one.id for one in (terms.follow_up if terms else ()) if one.kind == kind and one.from_ == COACH]
        return Word(ids[0]) if len(ids) == 1 and ids[0] else None


def _kind_of(message: Message, answers: Sequence[str], purpose: str) -> str:
    """Say what of a new contact wants a remark: an answer to nothing that is known, a beginning without a purpose."""
    if message.between.sender != COACH or message.between.to or answers or purpose:
        return ""
    return UNMATCHED if message.letter.answers else BEGUN


def _remarks(tally: Counter[str]) -> Iterator[str]:
    """Tell of messages that would look worse than they are."""
    told = ((UNMATCHED, _UNMATCHED), (BEGUN, _BEGUN), (UNKNOWN, _UNKNOWN))
    return (sentence.format(tally[kind]) for kind, sentence in told if tally[kind] >= _FEW)


def _is_same(one: Message, other: Message) -> bool:
    return one.letter.sender == other.letter.sender and abs(one.at - other.at) <= _SAME_NAME
