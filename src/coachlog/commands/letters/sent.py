"""A letter that was sent, logged as the coach's contact: what it is for, and what it keeps, is filled in."""

from collections.abc import Sequence

from coachlog.commands.contact.made import Said, insertions, made, moment, tell_contacts
from coachlog.commands.contact.welcome import WELCOME, noting_the_welcome
from coachlog.commands.desk.desk import Change, Manner
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.media import medium
from coachlog.commands.letters.letter import Addressed
from coachlog.model.contract import FollowUp
from coachlog.model.session import Session
from coachlog.store.emit import Value
from coachlog.store.layout import CONTACTS_FILE

BY_MAIL = "email"


def log_as_sent(letter: Addressed, when: str, via: str | None, *, dry_run: bool, as_json: bool) -> None:
    """Log that a letter was sent, now or when the call says, and say so. Raises CannotWrite, CannotProve, WrongCall."""
    desk, about = letter.desk, letter.about
    file = desk.readable(letter.file.code, CONTACTS_FILE)
    at = moment(desk, when or None, "--sent")
    session = _session(letter)
    said: Said = {
        "from": "coach",
        "via": medium(via, file) if via else _usual_medium(letter),
        "to": (about.sponsor.id or about.sponsor.name) if about.sponsor else None,
        "for": None if letter.kind.for_ == "other" else letter.kind.for_,
        "reply_to": [lasting_id(desk, one) for one in about.answers[-1:]],
        "follow_up": lasting_id(desk, about.followed) if about.followed else about.follow_up,
        "session": lasting_id(desk, session) if session else None,
    }
    records: list[dict[str, Value]] = [made(file, at, said)]
    welcome = noting_the_welcome(desk, file, at.day) if letter.kind.for_ == WELCOME else []
    _remark(letter)
    outcome = desk.carry_out(file.code, _changes(letter, session, records, welcome), Manner(dry_run=dry_run))
    tell_contacts(desk, outcome, records, welcome=bool(welcome), as_json=as_json)


def _changes(
    letter: Addressed, session: Session | None, records: Sequence[dict[str, Value]], welcome: Sequence[Change]
) -> list[Change]:
    named = (session, letter.about.followed, *letter.about.answers[-1:])
    return [*insertions(letter.file.code, records, *named), *welcome]


def _session(letter: Addressed) -> Session | None:
    """Give the session that the contact names: a follow-up's own only where one is due."""
    names, about = letter.kind.names, letter.about
    return about.session if names == "session" or (names == "follow-up" and about.follow_up) else None


def _usual_medium(letter: Addressed) -> str:
    """Give the medium by which such a letter goes: that of what it answers or of its follow-up, else email."""
    if letter.about.answers:
        return letter.about.answers[-1].via
    if letter.about.step and letter.about.step.follow_up:
        return letter.about.step.follow_up.via or BY_MAIL
    agreed = _agreed(letter)
    return (agreed.via if agreed else None) or BY_MAIL


def _agreed(letter: Addressed) -> FollowUp | None:
    name, day = letter.about.follow_up, letter.desk.now.day
    return letter.file.agreements.follow_up(name, day) if name else None


def _remark(letter: Addressed) -> None:
    """Remark on what is to be noted beside the contact."""
    code = letter.file.code
    remarks = {
        "office-closed": "Once all clients know, note it: coachlog absence told.",
        "leader-update": f"Note what was told, too: coachlog sponsor update {code}.",
        "reply-late": f"It promises an answer: coachlog action add {code} WHAT --kind promise keeps an eye on it.",
    }
    letter.desk.remarks += [remarks[letter.kind.name]] if letter.kind.name in remarks else []
