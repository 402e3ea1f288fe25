"""Whom a record of care is about: a sponsor, somebody of the directory, or a person who is named on the spot."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.opening import Wishes
from coachlog.errors import WrongCall
from coachlog.model.client import Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.names import unaccented
from coachlog.model.practice import Colleague
from coachlog.model.words import listed
from coachlog.store.emit import Value, Word

Listed = Sponsor | Colleague


class Whom(NamedTuple):
    """A person: how a record mentions them, how they are called, and what is known of them if they are on file."""

    mention: str
    called: str
    card: Listed | None = None

    @property
    def value(self) -> Value:
        """What is written: an id where there is one, else the name."""
        return Word(self.mention) if self.card and self.card.id else self.mention


def whom(file: ClientFile, typed: str) -> Whom:
    """Find who is meant: by id or name, or the beginning of any word of a name; anybody else is named as typed.

    Case and accents do not matter. Raises WrongCall where several fit, or nobody is named.
    """
    asked = _folded(typed)
    known = _known(file)
    exact = [one for one in known if asked in {_folded(one.id or ""), _folded(one.name or "")}]
    found = exact or [one for one in known if any(start.startswith(asked) for start in _starts(one.name or ""))]
    if not asked:
        what = "Nobody is named."
        raise WrongCall(what, "Write an id or a name.")
    if len(found) > 1:
        what = f"`{typed}` can mean {listed([_told(one) for one in found])}."
        raise WrongCall(what, "Write more of the name, or the id.")
    return _of(found[0]) if found else Whom(typed.strip(), typed.strip())


def whom_said(wishes: Wishes, file: ClientFile, typed: str | None, question: str) -> Whom:
    """Find who is meant, and ask for it where nobody says so. Raises WrongCall."""
    if typed is not None:
        return whom(file, typed)
    return ask(wishes, f"{question} ({who_there_is(file)})", "--to", lambda answer: whom(file, answer))


def who_there_is(file: ClientFile) -> str:
    """Name the sponsors and the directory, for a question."""
    told = [_told(one) for one in _known(file)]
    return f"{', '.join(told)}, or a name" if told else "a name"


def _known(file: ClientFile) -> list[Listed]:
    return [*file.client.sponsors, *file.practice.directory]


def _of(card: Listed) -> Whom:
    called = card.name or card.id or ""
    return Whom(card.id or called, f"{called} ({card.role})" if card.role else called, card)


def _told(card: Listed) -> str:
    return " ".join(one for one in (card.id, card.name) if one)


def _folded(text: str) -> str:
    return " ".join(unaccented(text).split())


def _starts(name: str) -> Iterator[str]:
    """Give the name from any of its words on."""
    folded = _folded(name)
    return (folded[word.start() :] for word in re.finditer(r"[^ -]+", folded))
