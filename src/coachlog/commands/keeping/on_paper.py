"""Records as they stand in the files: which one is meant, in which file, and what it is called in a sentence."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from coachlog.commands.desk.days import day_told
from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.naming import named
from coachlog.errors import WrongCall
from coachlog.model.instant import Instant, parse_day
from coachlog.model.words import ago_words, counted, moment_words
from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.layout import CLIENT_FILES, PRACTICE_FILE, SUPERVISION_FILE, client_file
from coachlog.store.locate import Way, records
from coachlog.store.nodes import Mapping, Unreadable, text_behind
from coachlog.store.prove import Step

PRACTICE = "practice"
"""What stands for the practice in place of a client."""
PRACTICE_FILES = (PRACTICE_FILE, SUPERVISION_FILE)
MOST_SHOWN = 6
_NOUNS = {
    "absences": "absence",
    "actions": "action",
    "amendments": "amendment",
    "consents": "consent",
    "concerns": "concern",
    "contacts": "contact",
    "contracts": "contract",
    "directory": "directory entry",
    "disclosures": "disclosure",
    "follow_up": "follow-up",
    "goals": "goal",
    "leader_updates": "leader update",
    "pauses": "pause",
    "payments": "payment",
    "referrals": "referral",
    "sessions": "session",
    "sponsors": "sponsor",
    "updates": "update",
}
_DAYS = ("at", "date", "agreed", "given", "noticed", "from", "due")


class Paper(NamedTuple):
    """A record as it stands in a file of the journal: what it is called, and the way to it."""

    file: str
    label: str
    path: tuple[Step, ...]
    node: Mapping

    @property
    def noun(self) -> str:
        """What kind of record it is."""
        lists = [step for step in self.path if isinstance(step, str)]
        return _NOUNS.get(lists[-1], "record") if lists else "record"


def code_or_practice(desk: Desk, wanted: str) -> str | None:
    """Give the code of the client that is meant; None where it is the practice. Raises NoSuchClient."""
    return None if wanted == PRACTICE else desk.code(wanted)


def files_of(code: str | None) -> tuple[str, ...]:
    """Name the files in which a client's records, or with None the practice's, can stand."""
    return tuple(client_file(code, name) for name in CLIENT_FILES) if code else PRACTICE_FILES


def paper_of(desk: Desk, code: str | None, wanted: str) -> Paper:
    """Find the record that is meant: by its label, as a session that was or comes, or by the beginning of its id.

    A number, a day, `last` and `next` mean a session. Raises WrongCall.
    """
    papers = [paper for name in files_of(code) for paper in _papers(desk, name)]
    found = [one for one in papers if wanted in {one.label, one.label.rpartition("/")[2]} and not wanted.isdigit()]
    found = [one for one in found if one.label == wanted] or found or _session(desk, code, wanted, papers)
    if len(found) != 1:
        found += [one for one in papers if wanted and one.label.startswith(wanted) and one not in found]
    if len(found) == 1:
        return found[0]
    raise _several(wanted, found, desk) if found else _none(wanted, code)


def _papers(desk: Desk, name: str) -> Iterator[Paper]:
    """Walk over the records of a file; one that is absent or can't be read has none."""
    with suppress(FileNotFoundError, Unreadable):
        root = compose(read_bytes(desk.root / name))
        yield from (Paper(name, label, way.path, way.node) for label, way in records(root) if _is_named(way))


def _is_named(way: Way) -> bool:
    """Leave out what lies in a record and has no name of its own, such as the moves of a session."""
    lists = [step for step in way.path if isinstance(step, str)]
    return lists[-1] in _NOUNS or len(lists) == 1


def _session(desk: Desk, code: str | None, wanted: str, papers: Sequence[Paper]) -> list[Paper]:
    """Give the sessions that a place, a day, `last`, `next` or the beginning of an id can mean."""
    if code is None:
        return []
    try:
        labels = {named(desk.file(code).sessions, wanted, desk.now).label}
    except WrongCall as error:
        labels = {label for label, _ in error.near}
    return [one for one in papers if one.noun == "session" and one.label in labels]


def described(paper: Paper, desk: Desk) -> str:
    """Say which record it is, with its day spelled out and without a word of what stands in it."""
    day = next((told for key in _DAYS if (told := _day(paper, key, desk.now))), "")
    return f"{paper.noun} {paper.label}{day}"


def _day(paper: Paper, key: str, now: Instant) -> str:
    value = text_behind(paper.node, key)
    if value is None:
        return ""
    if at := Instant.parse(value, now.zone):
        return f", {moment_words(at)} ({ago_words(at, now)})"
    day = parse_day(value)
    return f", {day_told(day, now.day)}" if day else ""


def _several(wanted: str, found: Sequence[Paper], desk: Desk) -> WrongCall:
    shown = ", ".join(f"{one.noun} {one.label}" for one in found[:MOST_SHOWN])
    more = len(found) - MOST_SHOWN
    others = f" and {counted(more, 'other')}" if more > 0 else ""
    what = f"`{wanted}` can mean {shown}{others}."
    near = [(f"{one.label}", described(one, desk)) for one in found] if more <= 0 else []
    return WrongCall(what, "Write more of the id.").meaning(wanted, near)


def _none(wanted: str, code: str | None) -> WrongCall:
    what = f"No record of {code or 'the practice'} is called `{wanted}`."
    return WrongCall(what, "An id, the beginning of one, last, next, or for sessions a place or a day names a record.")
