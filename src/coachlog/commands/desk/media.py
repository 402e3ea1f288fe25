"""A medium as it is typed: a word of the coach's own, and no slip of the pen for one that is known."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches

from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.opening import Wishes
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Terms
from coachlog.model.media import KNOWN

NO_SLIP = frozenset({"imessage", "messenger"})
"""Media of their own that only look like a slip for one of these."""
SLIP = 0.75
"""From which likeness on a word is taken for a slip: `emial`, `txet`, `vidoe`."""
_MEDIUM = re.compile(r"[a-z0-9-]{1,40}")


def medium(text: str, file: ClientFile) -> str:
    """Read a medium: one word, which may be new unless it is near to one that is known. Raises WrongCall."""
    word = text.lower()
    if not _MEDIUM.fullmatch(word):
        what = "A medium is one word of a-z, 0-9 and -."
        raise WrongCall(what, f"Such as {', '.join(KNOWN[:-1])} or {KNOWN[-1]}.")
    if word in KNOWN or word in NO_SLIP or word in (used := {*_in_use(file)}):
        return word
    near = get_close_matches(word, [*KNOWN, *sorted(used)], n=1, cutoff=SLIP)
    if near:
        what = f"`{word}` is no medium that is in use here."
        raise WrongCall(what, f"Did you mean {near[0]}?").meaning(text, [(near[0], near[0])])
    return word


def medium_asked(wishes: Wishes, file: ClientFile, day: date) -> str:
    """Ask for a medium; the first one that is agreed on a day is offered. Raises WrongCall where nobody can answer."""
    terms = file.agreements.terms_on(day)
    agreed = [*terms.contact_clause.via] if terms and terms.contact_clause else []
    default = agreed[0] if agreed else KNOWN[0]
    return ask(wishes, "The medium", "MEDIUM, behind the client", medium_of(file), default)


def medium_of(file: ClientFile) -> Callable[[str], str]:
    """Give the reading of a medium as an answer to a question."""
    return lambda text: medium(text, file)


def _in_use(file: ClientFile) -> Iterator[str]:
    """Give every medium that a contract names, and that a contact or a session went by."""
    for contract in file.contracts:
        for terms in (contract, *(one.set for one in contract.amendments)):
            yield from _agreed(terms)
    yield from (one.via for one in file.contacts)
    yield from (one.via for one in file.sessions if one.via)


def _agreed(terms: Terms) -> Iterator[str]:
    yield from terms.media
    yield from terms.contact_clause.via if terms.contact_clause else ()
    yield from terms.after_end.via if terms.after_end else ()
    yield from (one.via for one in terms.follow_up if one.via)
