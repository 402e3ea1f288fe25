"""Incognito: what a command shows without names, codes, texts and money, for sharing a screen or filing a bug."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from coachlog.commands.desk.names import name_of
from coachlog.commands.desk.opening import Wishes, journal_if_any
from coachlog.errors import CoachlogError
from coachlog.model.record import Record
from coachlog.store import nodes
from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.layout import CARE_FILE, CLIENT_FILE, CLIENTS, PRACTICE_FILE, client_folders
from coachlog.views.masking import HIDDEN, Mask, hidden
from coachlog.views.unsaid import without_words, words_of

WHO = frozenset({"addresses", "called", "email", "name", "organisation", "phone", "url"})
"""Keys that say who somebody is."""
_SHORTEST = 2
"""A text that is shorter says nothing, and would be masked everywhere."""
_WORDS = re.compile(r"[^\s-]+")
_AROUND = " \n\t.,;:!?"
"""What a sentence that tells of a text may leave out at its ends."""


class Veil(NamedTuple):
    """What hides the people of a journal, and texts that stand in what is told."""

    mask: Mask
    texts: tuple[str, ...] = ()

    def text(self, told: str) -> str:
        """Mask a sentence of the program's."""
        for one in self.texts:
            told = re.sub(_however_said(one), HIDDEN, told, flags=re.IGNORECASE)
        return self.mask.text(told)

    def plain(self, told: Any) -> Any:  # noqa: ANN401 — what JSON can hold
        """Mask every text in plain values."""
        return _plain(self, told)

    def diff(self, told: str) -> str:
        """Mask what a dry run shows: which files, and how many lines of each."""
        return "\n".join(self.text(one) if _is_head(one) else _line(one) for one in told.split("\n"))

    def record(self, record: Record) -> Record:
        """Mask what a record says."""
        return without_words(record)

    def fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Mask fields that stand in JSON."""
        return {key: self._value(key, value) for key, value in fields.items()}

    def _value(self, key: str, value: object) -> Any:  # noqa: ANN401 — what JSON can hold
        if key == "client" and isinstance(value, str):
            return self.mask.code(value)
        return value if key in {"record", "id"} else hidden(value)


def veil_of(wishes: Wishes, records: Iterable[Record] = (), names: Iterable[str] = ()) -> Veil | None:
    """Give what hides the people of the journal and these names, and what records say; None where nothing is hidden."""
    if not wishes.incognito:
        return None
    clients: dict[str, str] = {}
    others = [one for one in names if one]
    try:
        root = journal_if_any(wishes)
    except CoachlogError:
        root = None
    if root is not None:
        clients = {folder.name: name_of(root, folder.name) for folder in client_folders(root)}
        others += [one for file in _files(clients) for one in _people(root, file)]
    texts = {one.strip() for record in records for one in words_of(record)}
    longest_first = sorted((one for one in texts if len(one) >= _SHORTEST), key=len, reverse=True)
    return Veil(Mask(clients, others), tuple(longest_first))


def veiled(wishes: Wishes, told: str, about: Iterable[Record] = ()) -> str:
    """Give a question or a refusal as it may be shown."""
    veil = veil_of(wishes, about)
    return veil.text(told) if veil else told


def veiled_plain(wishes: Wishes, told: Any) -> Any:  # noqa: ANN401 — what JSON can hold
    """Give what stands in JSON with the people in it masked, and nothing else."""
    veil = veil_of(wishes)
    return _plain(veil, told) if veil else told


def _plain(veil: Veil, told: Any) -> Any:  # noqa: ANN401 — likewise
    if isinstance(told, str):
        return veil.text(told)
    if isinstance(told, Mapping):
        return {key: _plain(veil, one) for key, one in told.items()}
    return [_plain(veil, one) for one in told] if isinstance(told, list | tuple) else told


def veiled_diff(wishes: Wishes, told: str) -> str:
    """Give the diff of a dry run as it may be shown."""
    veil = veil_of(wishes)
    return veil.diff(told) if veil else told


def _files(clients: Iterable[str]) -> Iterator[str]:
    yield PRACTICE_FILE
    yield from (f"{CLIENTS}/{code}/{name}" for code in clients for name in (CLIENT_FILE, CARE_FILE))


def _people(root: Path, file: str) -> list[str]:
    return list(_said_of(_node(root, file)))


def _node(root: Path, file: str) -> nodes.Node | None:
    try:
        return compose(read_bytes(root / file))
    except (OSError, nodes.Unreadable):
        return None


def _said_of(node: nodes.Node | None, key: str = "") -> Iterator[str]:
    """Give what stands behind keys that say who somebody is, wherever they are."""
    if isinstance(node, nodes.Mapping):
        yield from (text for name, value in node.entries for text in _said_of(value, name.text))
    elif isinstance(node, nodes.Sequence):
        yield from (text for item in node.items for text in _said_of(item, key))
    elif isinstance(node, nodes.Scalar) and key in WHO and node.text:
        yield node.text


def _however_said(text: str) -> str:
    """Give a pattern for a text: on one line or several, with a capital or without, its hyphens as blanks or not."""
    words = _WORDS.findall(text.strip(_AROUND)) or [text]
    said = r"[\s-]+".join(map(re.escape, words))
    return rf"(?<!\w){said}(?!\w)" if words[0][0].isalnum() and words[-1][-1].isalnum() else said


def _is_head(told: str) -> bool:
    """Tell whether a line of a diff names the file, or the place in it."""
    return told.startswith(("--- ", "+++ ", "@@", "rename "))


def _line(told: str) -> str:
    """Keep a line's sign and margin, which say what changes and where."""
    margin = told[:1] + " " * (len(told[1:]) - len(told[1:].lstrip()))
    return f"{margin}{HIDDEN}" if told[1:].strip() else told
