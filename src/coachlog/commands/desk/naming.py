"""Which record of a list is meant: by its id, `last`, `next`, the beginning of an id, its place, or a session's day."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from coachlog.errors import WrongCall
from coachlog.model.instant import Instant
from coachlog.model.record import Entry
from coachlog.model.session import Session
from coachlog.model.typed_time import Meant, NotATime, read_typed
from coachlog.model.words import listed, moment_words

Named = TypeVar("Named", bound=Entry)
MOST_SHOWN = 6
"""How many records an error names of those that could be meant."""
_NONE_BY_TURN = {"last": "None of these has begun yet.", "next": "None of these is to come."}


def label_of(entry: Entry) -> str:
    """Give what a record is called."""
    return entry.label or ""


def named(entries: Sequence[Named], wanted: str, now: Instant) -> Named:
    """Find the one record that is meant: an exact id wins, then `last` and `next`, then any unique beginning of an id.

    A number is the place in the list, counted from 1; for sessions a day or a moment serves too. Raises WrongCall with
    what it could mean, never guesses.
    """
    for look in _LOOKS:
        found = look(entries, wanted, now)
        if len(found) == 1:
            return found[0]
        if found:
            raise _several(wanted, found)
    unknown = f"No record here is called `{wanted}`."
    what = _NONE_BY_TURN.get(wanted, unknown) if entries else unknown
    raise WrongCall(what, f"There is {_listed(entries)}." if entries else "There is none to name.")


def only(entries: Sequence[Named], what: str, remedy: str, told: Callable[[Named], str] = label_of) -> Named:
    """Give the one record that could be meant where none is named.

    Raises WrongCall where there is none, with the remedy, or which there are.
    """
    if len(entries) == 1:
        return entries[0]
    if not entries:
        none = f"No {what}."
        raise WrongCall(none, remedy)
    several = f"More than one {what}: {listed([told(one) for one in entries])}."
    raise WrongCall(several, "Write its id behind the client.")


def _exact(entries: Sequence[Named], wanted: str, _: Instant) -> list[Named]:
    return [one for one in entries if one.id == wanted]


def _by_turn(entries: Sequence[Named], wanted: str, now: Instant) -> list[Named]:
    """Read `last` (that has begun; in a list without moments the last one) and `next` (to come, and not cancelled)."""
    if wanted == "last":
        begun = [one for one in entries if (at := _moment(one)) is None or at <= now]
        return sorted(begun, key=lambda one: _moment(one) or now)[-1:]
    if wanted == "next":
        ahead = [one for one in entries if (at := _moment(one)) and at > now and _stands(one)]
        return sorted(ahead, key=lambda one: _moment(one) or now)[:1]
    return []


def _by_beginning(entries: Sequence[Named], wanted: str, _: Instant) -> list[Named]:
    return [one for one in entries if wanted and (one.id or "").startswith(wanted)]


def _by_place(entries: Sequence[Named], wanted: str, _: Instant) -> list[Named]:
    place = int(wanted) if wanted.isascii() and wanted.isdigit() else 0
    return [one for one in entries if one.origin.position == place]


def _by_day(entries: Sequence[Named], wanted: str, now: Instant) -> list[Named]:
    """Read a session's day or moment, past or to come."""
    sessions = [one for one in entries if isinstance(one, Session)]
    readings: tuple[Meant, ...] = ("plan", "fact")
    found = [one for meant in readings for one in sessions if _is_on(one, wanted, now, meant)]
    return list({one.origin.position: one for one in found}.values())


_LOOKS: tuple[Callable[[Sequence[Named], str, Instant], list[Named]], ...] = (
    _exact,
    _by_turn,
    _by_beginning,
    _by_place,
    _by_day,
)


def _is_on(session: Session, wanted: str, now: Instant, meant: Meant) -> bool:
    try:
        typed = read_typed(wanted, now, meant)
    except NotATime:
        return False
    return session.at == typed.moment if typed.moment else session.day == typed.day


def _moment(entry: Entry) -> Instant | None:
    at = getattr(entry, "at", None)
    return at if isinstance(at, Instant) else None


def _stands(entry: Entry) -> bool:
    return not isinstance(entry, Session) or entry.is_booked


def _several(wanted: str, found: Sequence[Entry]) -> WrongCall:
    what = f"`{wanted}` can mean {_listed(found)}."
    near = [(one.id or f"{one.label}", _name(one)) for one in found] if len(found) <= MOST_SHOWN else []
    return WrongCall(what, "Write more of the id.").meaning(wanted, near)


def _listed(entries: Sequence[Entry]) -> str:
    """Name records by id and moment, without a word of what the coach wrote in them."""
    names = [_name(one) for one in entries[-MOST_SHOWN:]]
    return listed(names if len(entries) <= MOST_SHOWN else [*names, "others"])


def _name(entry: Entry) -> str:
    at = _moment(entry)
    return f"{entry.label} ({moment_words(at)})" if at else f"{entry.label}"
