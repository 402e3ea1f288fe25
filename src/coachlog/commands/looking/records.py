"""Which record is meant: of a client, of the practice, or of the whole journal. Two that have one id are both meant."""

from collections.abc import Iterable, Sequence

from coachlog.commands.desk.naming import named
from coachlog.commands.looking.links import Held, held_by, held_by_practice
from coachlog.errors import CannotRead, NoSuchClient, SeveralClients, WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.model.problem import Problem
from coachlog.model.words import counted, listed
from coachlog.views.timeline import is_about, noun_of

MOST_SHOWN = 6
_TURNS = frozenset({"last", "next"})
_HOW = "An id, the beginning of one, last, next, or for sessions a place or a day names a record."


def of_client(file: ClientFile, wanted: str, problems: Iterable[Problem], now: Instant) -> list[Held]:
    """Give the records of a client that an id means; a place, a day, `last` and `next` mean a session.

    A place that no session has, of a record without an id, means the one record that stands there. Raises WrongCall,
    and CannotRead for a record that can't be read.
    """
    held = held_by(file)
    by_turn = _session(file, wanted, now) if wanted in _TURNS or wanted.isdigit() else []
    found = _exact(held, wanted) or by_turn or _at_place(held, wanted)
    found = found or _by_beginning(held, wanted) or _session(file, wanted, now) or _brought(file, wanted)
    if found:
        return found
    unread = next((one for one in problems if one.client == file.code and one.record == wanted), None)
    if unread:
        what = f"{unread.place.file}:{unread.place.line}: {unread.message}"
        raise CannotRead(what, "Mend that line, then try again.")
    what = f"No record of {file.code} is called `{wanted}`."
    raise WrongCall(what, _HOW)


def of_practice(journal: Journal, wanted: str) -> list[Held]:
    """Give the absence, the supervision or the person of the directory that an id means. Raises WrongCall."""
    held = held_by_practice(journal)
    found = _exact(held, wanted) or _by_beginning(held, wanted)
    if found:
        return found
    what = f"No record of the practice is called `{wanted}`."
    raise WrongCall(what, "`coachlog show practice` lists them.")


def anywhere(journal: Journal, wanted: str, refusal: NoSuchClient) -> list[Held]:
    """Give the record of the whole journal that an id means, where no client is called so. Raises WrongCall."""
    held = [*(one for file in journal.clients for one in held_by(file)), *held_by_practice(journal)]
    found = _exact(held, wanted)
    if not found and isinstance(refusal, SeveralClients):
        raise refusal  # none of their records is guessed at
    found = found or _by_beginning(held, wanted)
    if not found:
        what = f"No client and no record is called `{wanted}`."
        raise WrongCall(what, refusal.remedy)
    if len({one.code for one in found}) > 1:
        raise _of_several(wanted, found)
    return found


def _exact(held: Iterable[Held], wanted: str) -> list[Held]:
    """Give what is called so in full; else what lies in a record and is called so there."""
    if wanted.isdigit():
        return []
    found = [one for one in held if wanted in _names(one)]
    return [one for one in found if one.record.label == wanted] or found


def _at_place(held: Iterable[Held], wanted: str) -> list[Held]:
    """Give the one record without an id that stands at a place of its list."""
    found = [one for one in held if wanted.isdigit() and one.record.label == wanted]
    if len(found) > 1:
        what = f"`{wanted}` can mean {_listed(found)}."
        raise WrongCall(what, "Give one of them an id, coachlog fmt does it, and name that.")
    return found


def _brought(file: ClientFile, wanted: str) -> list[Held]:
    """Give the supervision that a client was brought to, which stands in their timeline."""
    return [Held(None, one) for one in file.supervision if is_about(one, file) and wanted in {one.id, one.label}]


def _by_beginning(held: Iterable[Held], wanted: str) -> list[Held]:
    """Give the one whose id begins so; behind a slash that of a record in another one."""
    whole = "/" in wanted
    found = [one for one in held if wanted and _names(one)[0 if whole else 1].startswith(wanted)]
    if len(found) > 1:
        raise _several(wanted, found)
    return found


def _names(held: Held) -> tuple[str, str]:
    """Give what a record is called from the client on, and in the record that it lies in."""
    return held.record.label or "", held.record.id or ""


def _session(file: ClientFile, wanted: str, now: Instant) -> list[Held]:
    try:
        return [Held(file, named(file.sessions, wanted, now))]
    except WrongCall:
        return []


def _several(wanted: str, found: Sequence[Held]) -> WrongCall:
    what = f"`{wanted}` can mean {_listed(found)}."
    return WrongCall(what, "Write more of the id.")


def _of_several(wanted: str, found: Sequence[Held]) -> WrongCall:
    what = f"`{wanted}` is {_listed(found)}."
    return WrongCall(what, f"Say whose: coachlog show {found[0].code or 'practice'} {wanted}.")


def _listed(found: Sequence[Held]) -> str:
    shown = [f"{noun_of(one.record)} {one.record.label} of {one.code or 'the practice'}" for one in found[:MOST_SHOWN]]
    more = len(found) - MOST_SHOWN
    return listed([*shown, counted(more, "other")] if more > 0 else shown)
