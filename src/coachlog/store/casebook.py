"""The cases that ship with the rules: small journals, the instant they are judged at, and what is found in them.

`rules/cases/CTC105.yaml` tells what to do about a finding, how to prevent it, and shows it biting and not biting.
The tests judge every case, `coachlog rule` shows the first pair.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from coachlog.store.compose import compose
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Node, Scalar

CLIENT = "jane-doe"
"""The client whose files a case shows; any other is named with its folder."""
DEFAULT_FILES = {
    "coachlog.yaml": "format: 1\ntimezone: Europe/London\noffice_hours: Mo-Fr 09:00-17:00\n",
    f"clients/{CLIENT}/client.yaml": "name: Jane Doe\n",
}
"""What a case does not need to say."""

Told = str | list["Told"] | dict[str, "Told"]


@dataclass(frozen=True)
class Mended:
    """How the advice is followed by the letter: the files as they stand then."""

    how: str
    files: Mapping[str, str]
    now: str


@dataclass(frozen=True)
class Case:
    """A small journal, and what is expected of a rule in it; an empty `found` expects silence."""

    code: str
    what: str
    now: str
    as_of: bool
    shown: Mapping[str, str]
    files: Mapping[str, str]
    found: tuple[Mapping[str, str], ...]
    mended: tuple[Mended, ...]


SAMPLE_CLIENT = "jane"
"""Whom the pages of the rules speak of."""
_COMMAND = re.compile(r"`coachlog [^`]*`")
_WORD = re.compile(r"[^\s`]+")


@dataclass(frozen=True)
class Casebook:
    """What a rule's page tells beside the rule itself, and its cases."""

    code: str
    do: str
    say: str
    clause: str
    sentence: str
    related: tuple[str, ...]
    cases: tuple[Case, ...]

    def first_advice(self, client: str | None, record: str | None) -> str:
        """Give the first thing that can be done now, its commands about this client and record.

        The page speaks of Jane and of the record that its own example finds. Without a client it stays so.
        """
        first = self.do.split(". ")[0].rstrip(".")
        return _COMMAND.sub(lambda told: self._about(told[0], client, record), f"{first}.")

    def _about(self, command: str, client: str | None, record: str | None) -> str:
        example = next((case.found[0].get("record") for case in self.cases if case.found), None)
        named = {example: record, SAMPLE_CLIENT: client}
        return _WORD.sub(lambda word: (client and named.get(word[0])) or word[0], command)

    @property
    def bites(self) -> Case:
        """The first case in which the rule finds something."""
        return next(case for case in self.cases if case.found)

    @property
    def silent(self) -> Case:
        """The first case in which it does not."""
        return next(case for case in self.cases if not case.found)


def read_cases(code: str) -> Casebook:
    """Read the page and the cases of a rule."""
    told = _told_mapping(compose(files("coachlog.rules").joinpath("cases", f"{code}.yaml").read_bytes()))
    base = _texts(told.get("base", {}))
    prevent = _texts(told.get("prevent", {}))
    return Casebook(
        code=code,
        do=str(told["do"]).strip(),
        say=str(told.get("say", "")).strip(),
        clause=prevent.get("clause", ""),
        sentence=prevent.get("sentence", "").strip(),
        related=tuple(str(one) for one in _list(told.get("related", []))),
        cases=tuple(_cases(code, told, base)),
    )


def _cases(code: str, told: dict[str, Told], base: Mapping[str, str]) -> Iterator[Case]:
    for item in _list(told["cases"]):
        one = cast("dict[str, Told]", item)
        now = str(one.get("now", told.get("now")))
        shown = _texts(one.get("files", {}))
        full = _in_place({**base, **shown})
        yield Case(
            code=code,
            what=str(one["what"]),
            now=now,
            as_of=one.get("as_of") == "yes",
            shown=shown,
            files=full,
            found=tuple(_texts(found) for found in _list(one.get("found", []))),
            mended=tuple(_mended(mended, full, now) for mended in _list(one.get("mended", []))),
        )


def _mended(told: Told, case_files: Mapping[str, str], now: str) -> Mended:
    one = cast("dict[str, Told]", told)
    changed = {**case_files, **_in_place(_texts(one.get("files", {})), defaults={})}
    return Mended(str(one["how"]), changed, str(one.get("now", now)))


def _in_place(texts: Mapping[str, str], defaults: Mapping[str, str] | None = None) -> dict[str, str]:
    """Put the files of the one client into its folder."""
    own = {"coachlog.yaml", "supervision.yaml"}
    placed = {name if name in own or "/" in name else f"clients/{CLIENT}/{name}": text for name, text in texts.items()}
    return {**(DEFAULT_FILES if defaults is None else defaults), **placed}


def _texts(told: Told) -> dict[str, str]:
    return {key: str(value) for key, value in cast("dict[str, Told]", told).items()}


def _list(told: Told) -> list[Told]:
    return told if isinstance(told, list) else []


def _told_mapping(node: Node | None) -> dict[str, Told]:
    if not isinstance(node, MappingNode):
        msg = "a case file is a mapping"
        raise TypeError(msg)
    return {key.text: _told(value) for key, value in node.entries}


def _told(node: Node) -> Told:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, MappingNode):
        return _told_mapping(node)
    return [_told(item) for item in node.items]
