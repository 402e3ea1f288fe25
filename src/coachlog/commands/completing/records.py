"""The records of a client as a shell offers them: the id and a few words, read from the nodes of the files alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from coachlog.commands.completing.call import PRACTICE, Call, Offer
from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.layout import (
    ACTIONS_FILE,
    CARE_FILE,
    CLIENT_FILE,
    CLIENT_FILES,
    CONTACTS_FILE,
    CONTRACT_FILE,
    PRACTICE_FILE,
    SESSIONS_FILE,
    SUPERVISION_FILE,
    client_file,
)
from coachlog.store.locate import Way, records
from coachlog.store.nodes import Mapping, Node, Unreadable, behind, text_behind
from coachlog.store.nodes import Sequence as List

DAYS = ("at", "due", "agreed", "opened", "date", "from", "given", "raised")
"""The keys that say when a record was, the most telling first."""
WORDS = ("step", "topic", "text", "about", "name", "kind", "via", "reason", "status")
"""Likewise what it is; `private` is never among them."""
WORDS_OF_CARE = ("kind",)
"""What is said of a concern, a consent, a referral: what they are about is for nobody who looks over a shoulder."""
CLOSED = frozenset({"held", "cancelled", "no-show", "done", "dropped"})


class Kind(NamedTuple):
    """Which records are meant: their file and list there; only those that are open, and those from `who`."""

    file: str
    list: str
    is_open: bool = False
    who: str = ""


SESSIONS = Kind(SESSIONS_FILE, "sessions")
BOOKED = SESSIONS._replace(is_open=True)
ACTIONS = Kind(ACTIONS_FILE, "actions", is_open=True)
MESSAGES = Kind(CONTACTS_FILE, "contacts", who="client")
CONTRACTS, PAUSES = Kind(CONTRACT_FILE, "contracts"), Kind(CONTRACT_FILE, "pauses")
GOALS = Kind(CONTRACT_FILE, "goals")
CONCERNS, CONSENTS = Kind(CARE_FILE, "concerns"), Kind(CARE_FILE, "consents")
SPONSORS = Kind(CLIENT_FILE, "sponsors")
BY_OPTION = {
    "--goal": GOALS,
    "--done": ACTIONS,
    "--part": ACTIONS,
    "--carry": ACTIONS,
    "--drop": ACTIONS,
    "--answered": MESSAGES,
    "--to": MESSAGES,
    "--session": SESSIONS,
    "--concern": CONCERNS,
    "--consent": CONSENTS,
    "--contract": CONTRACTS,
    "--follow-up": ACTIONS,
    "--reply-to": MESSAGES,
    "--closing": SESSIONS,
    "--reviewed": SESSIONS,
    "--supervision": Kind(SUPERVISION_FILE, "supervision"),
}
"""Whose ids an option takes."""
BY_COMMAND = {
    "session move": BOOKED,
    "session cancel": BOOKED,
    "session no-show": BOOKED,
    "session log": BOOKED,
    "session start": BOOKED,
    "contract resume": PAUSES,
    "contract lift": PAUSES,
    "absence told": Kind(PRACTICE_FILE, "absences"),
    "sponsor update": SPONSORS,
    "refer": Kind(CARE_FILE, "referrals"),
    "disclose": CONSENTS,
}
"""Whose ids a command takes, where its group does not say it."""
BY_GROUP = {
    "session": SESSIONS,
    "prep": SESSIONS,
    "action": ACTIONS,
    "contact": Kind(CONTACTS_FILE, "contacts"),
    "contract": CONTRACTS,
    "goal": GOALS,
    "concern": CONCERNS,
    "consent": CONSENTS,
    "feedback": Kind(CARE_FILE, "feedback"),
    "sponsor": SPONSORS,
}


def records_of(root: Path, code: str | None, call: Call) -> Sequence[Offer]:
    """Give the records of a client that can be meant, the latest first; without a client, those of the practice."""
    head, _, verb = call.command.partition(" ")
    kind = BY_OPTION.get(call.option) or BY_COMMAND.get(call.command) or BY_GROUP.get(head if verb or code else "")
    found = [one for name in _files(code, kind) for one in _offers(root, name, kind)]
    return found[::-1]


def _files(code: str | None, kind: Kind | None) -> Sequence[str]:
    if kind and kind.file in CLIENT_FILES:
        return [client_file(code, kind.file)] if code else []
    if kind:
        return [kind.file]
    if code == PRACTICE:
        return [PRACTICE_FILE]
    return [client_file(code, name) for name in CLIENT_FILES] if code else []


def media_of(root: Path, code: str) -> Sequence[str]:
    """Give the media that a client's contacts went by, the latest first."""
    listed = behind(_node(root, client_file(code, CONTACTS_FILE)), "contacts")
    via = [text_behind(one, "via") for one in (listed.items if isinstance(listed, List) else ())]
    return [one for one in dict.fromkeys(reversed(via)) if one]


def _offers(root: Path, name: str, kind: Kind | None) -> Iterator[Offer]:
    keys = WORDS_OF_CARE if name.endswith(f"/{CARE_FILE}") else WORDS
    for label, way in records(_node(root, name)):
        if kind is None or _is_meant(way, kind):
            yield Offer(_id(label, way, kind), _words(way.node, keys))


def _is_meant(way: Way, kind: Kind) -> bool:
    if [step for step in way.path if isinstance(step, str)][-1] != kind.list:
        return False
    who, status = text_behind(way.node, "from"), text_behind(way.node, "status")
    return not (kind.is_open and status in CLOSED) and not (kind.who and who != kind.who)


def _id(label: str, way: Way, kind: Kind | None) -> str:
    """Give what names a record: alone in its list its own id, among all of them the way to it."""
    return (kind and text_behind(way.node, "id")) or label


def _words(node: Mapping, keys: tuple[str, ...]) -> str:
    days = [one for one in _texts(node, DAYS) if one[:1].isdigit()]
    return ", ".join([*days[:1], *_texts(node, keys)[:1]])


def _texts(node: Mapping, keys: tuple[str, ...]) -> list[str]:
    return [text for text in (text_behind(node, key) for key in keys) if text]


def _node(root: Path, name: str) -> Node | None:
    try:
        return compose(read_bytes(root / name))
    except (OSError, Unreadable):
        return None
