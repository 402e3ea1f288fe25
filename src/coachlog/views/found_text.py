"""Looking for words in a text: case, accents and the breaks of lines do not matter, and all words must occur in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from coachlog.model.instant import Instant
from coachlog.model.names import unaccented, unaccented_at_once

_TYPED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_AROUND = 60
"""How many characters of a text are shown before and after what was found."""


class Stretch(NamedTuple):
    """A part of a text, from one character to another (the last not included)."""

    start: int
    end: int


class FoundText(NamedTuple):
    """A text in which all words occur: whose it is (None: the practice's), where it stands, and where they occur."""

    client: str | None
    name: str
    noun: str
    record: str
    field: str
    day: date | None
    at: Instant | None
    file: str
    line: int
    text: str
    found: tuple[Stretch, ...]


class Query(NamedTuple):
    """The words and phrases that are looked for, as they are compared."""

    terms: tuple[str, ...]

    @classmethod
    def typed(cls, words: Iterable[str]) -> "Query":
        """Read what was typed: each argument is a word or a phrase, and so is each part of one that is in quotes."""
        parts = (part for word in words for part in _parts(word))
        return cls(tuple(dict.fromkeys(term for part in parts if (term := _folded(part)))))

    def may_stand_in(self, written: str) -> bool:
        """Tell whether the words can occur in what is written in a file, however its lines are broken."""
        folded = unaccented_at_once(written)
        return all(word in folded for term in self.terms for word in term.split())

    def find(self, text: str) -> tuple[Stretch, ...]:
        """Give where the words occur in a text, joined where they overlap; nothing unless all of them occur."""
        folded = _folded(text)
        if not self.terms or any(term not in folded for term in self.terms):
            return ()
        letters, places = _spelled(text)
        hits = (hit for term in self.terms for hit in _occurrences(term, letters))
        return _joined(sorted(Stretch(places[start], _end(places, end, text)) for start, end in hits))


def excerpt(text: str, found: Sequence[Stretch]) -> tuple[str, tuple[Stretch, ...]]:
    """Give a text on one line, shortened to what stands around the words that were found, and where they are in it."""
    start = max(found[0].start - _AROUND, 0) if found else 0
    end = next((one.end for one in reversed(found) if one.end <= start + 4 * _AROUND), found[0].end if found else 0)
    start, end = _at_a_word(text, start, min(end + _AROUND, len(text)))
    front = "… " if start else ""
    shown = f"{front}{text[start:end]}{' …' if end < len(text) else ''}"
    moved = (Stretch(one.start - start + len(front), one.end - start + len(front)) for one in found if one.end <= end)
    return one_line(shown, tuple(moved))


def one_line(text: str, found: Sequence[Stretch]) -> tuple[str, tuple[Stretch, ...]]:
    """Give a text with single spaces in place of line breaks and runs of spaces, and where the words are then."""
    kept: list[str] = []
    places = [0]
    for letter in text:
        is_space = letter.isspace()
        if not is_space or (kept and kept[-1] != " "):
            kept.append(" " if is_space else letter)
        places.append(len(kept))
    whole = "".join(kept).rstrip()
    moved = (Stretch(places[one.start], min(places[one.end], len(whole))) for one in found)
    return whole, tuple(moved)


def _parts(word: str) -> list[str]:
    """Take a word apart where it has quotes in it; one without is one word, or one phrase if a shell made it so."""
    if '"' not in word:
        return [word]
    return [match[1] if match[1] is not None else match[2] for match in _TYPED.finditer(word)]


def _folded(text: str) -> str:
    return " ".join(unaccented(text).split())


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    return " " if letter.isspace() else unaccented(letter)


def _spelled(text: str) -> tuple[str, list[int]]:
    """Give a text as it is compared, and for each of its letters the place in the text that it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in _letter(letter):
            if one != " " or (letters and letters[-1] != " "):
                letters.append(one)
                places.append(place)
    return "".join(letters), places


def _occurrences(term: str, letters: str) -> Iterator[tuple[int, int]]:
    at = letters.find(term)
    while at >= 0:
        yield at, at + len(term)
        at = letters.find(term, at + len(term))


def _end(places: Sequence[int], end: int, text: str) -> int:
    """Give the place behind the last letter; marks that belong to it are taken along."""
    last = places[end - 1]
    after = last + 1
    while after < len(text) and not text[after].isspace() and not _letter(text[after]):
        after += 1
    return after


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for one in stretches:
        if joined and one.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return tuple(joined)


def _at_a_word(text: str, start: int, end: int) -> tuple[int, int]:
    """Begin and end a part of a text between two words, as far as there is a space near by."""
    if start:
        start = next((at + 1 for at in range(start, min(start + _AROUND // 2, end)) if text[at].isspace()), start)
    if end < len(text):
        end = next((at for at in range(end, max(end - _AROUND // 2, start), -1) if text[at].isspace()), end)
    return start, end
