"""What else a record may say: its fields that are not there yet, each with a few words on what belongs behind it."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from coachlog.model.record import Record
from coachlog.views.schema import Schema, kind_schema

LONGEST = 72
"""How long the words on a field may be."""
NOT_OFFERED = frozenset({"id", "waive"})
"""What a command writes by itself."""


class Blank(NamedTuple):
    """A field that a record could have, and what is written behind it."""

    key: str
    hint: str

    def line(self, margin: str) -> str:
        """Give it as a comment: without the first # it is a line of the record."""
        return f"{margin}#{self.key}:   # {self.hint}"


def blanks(kind: type[Record], there: Collection[str]) -> tuple[Blank, ...]:
    """Give the fields of a kind of record but those that are there, in the order of its documentation."""
    told = kind_schema(kind)
    left = {key: one for key, one in told["properties"].items() if key not in {*there, *NOT_OFFERED}}
    return tuple(Blank(key, _short(_hint(one, told["definitions"]))) for key, one in left.items())


def _hint(told: Schema, kinds: Mapping[str, Any]) -> str:
    if "anyOf" in told:
        return _hint(told["anyOf"][0], kinds)
    if "enum" in told:
        return _words([one for one in told["enum"] if isinstance(one, str)])
    if "$ref" in told:
        fields = kinds[told["$ref"].rpartition("/")[2]]["properties"]
        return f"{{{', '.join(one for one in fields if one not in NOT_OFFERED)}}}"
    if "items" in told:
        return f"[{_hint(told['items'], kinds)}, …]"
    return str(told.get("description", "text")).partition(";")[0]


def _words(words: list[str]) -> str:
    """List the words that fit; of those for yes and no only these two."""
    return "yes or no" if "true" in words else ", ".join(words)


def _short(hint: str) -> str:
    return hint if len(hint) <= LONGEST else f"{hint[: LONGEST - 1].rpartition(' ')[0]} …"
