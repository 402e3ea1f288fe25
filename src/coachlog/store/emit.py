"""From values to YAML that every tool reads alike: without quotes where that is safe, as a block, or in double quotes.

Lines are made at the left margin and without line ends; splice puts them where they belong.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from coachlog.errors import WrongCall

Value: TypeAlias = "str | Sequence[Value] | Mapping[str, Value]"
"""What a record may hold: texts, lists and mappings; the order of a mapping is the order in the file."""

WIDEST_VALUE = 120
"""Characters of a line up to which a list or mapping inside a record stays on that line."""
WIDEST_RECORD = 200
"""Characters of a line up to which a record is written as one line, where its neighbours are."""

# Lines and paragraphs to YAML 1.1, a byte order mark, and what no terminal should be handed unseen.
_JOINERS = frozenset("\u200c\u200d")
_HIDDEN_KINDS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_TAG_CHARACTERS = range(0xE0020, 0xE0080)

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BARE = re.compile(
    r"""
    (?!---|\.\.\.)                              # what begins or ends a document
    (?:-(?=[A-Za-z0-9])|[^-\s?:,\[\]{}\#&*!|>'"%@`])
    (?:[^\s:\#]|:(?=\S)|(?<!\s)\#|[^\S\t\n\r](?!\Z))*
    """,
    re.VERBOSE,
)
_NOT_BARE_IN_BRACES = re.compile(r"[,\[\]{}?]")
_SPECIAL_TO_OTHERS = re.compile(
    r"""
    ~|null|true|false|yes|no|on|off|y|n|<<|=    # null, truth, merge and default value
    |[-+]?[0-9_.][0-9_.:]*(?:e[-+]?[0-9]+)?     # numbers, also in base 60 (18:00)
    |[-+]?0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)
    |[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:t|\s+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_AWKWARD_IN_A_BLOCK = re.compile(r"\A\s|\r|^\t|[^\S\n]$|\n\n\Z", re.MULTILINE)
_ONE_BYTE, _TWO_BYTES = 0xFF, 0xFFFF
# How Python gives a byte of a call or of stdin that is no part of a UTF-8 character.
_UNDECODED = range(0xDC80, 0xDD00)


class Word(str):
    """A number, a day, a time of day, yes or no: it stands without quotes, though another tool may give it a type.

    The empty one is a key with nothing behind it, such as a medium that promises no response time: `{email: }`.
    Any other text is put in quotes where YAML 1.1 or 1.2 would read it as something else: `"12"`, `"no"`.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """How a file is indented: all in spaces."""

    step: int = 2
    """How much deeper a mapping stands than the key above it."""
    dash: int = 2
    """How much deeper a list's dashes stand than the key above them; 0 for `sessions:` with `- id` right below."""
    gap: int = 1
    """The spaces behind a dash."""


class UnwritableCharacter(WrongCall):
    """A text holds a character that no file of a journal may hold (exit 2)."""

    def __init__(self, character: str) -> None:
        """Name the character by its number, never the text around it."""
        if ord(character) in _UNDECODED:
            named = f"a byte that is not UTF-8 ({ord(character) & _ONE_BYTE:02X})"
        else:
            kind = "half of a character" if unicodedata.category(character) == "Cs" else "a control character"
            named = f"{kind} (U+{ord(character):04X})"
        super().__init__(f"The text holds {named}.", "Delete it, and try again.")


def refuse_unwritable(text: str) -> None:
    """Refuse control characters and lone surrogates, as early as a text comes in. Raises UnwritableCharacter."""
    found = _REFUSED.search(text)
    if found:
        raise UnwritableCharacter(found[0])


def scalar(text: str, *, braces: bool) -> str:
    """Write a text on one line; `braces` where it stands inside `{ }` or `[ ]`. Raises UnwritableCharacter."""
    refuse_unwritable(text)
    return str(text) if _is_bare(text, braces=braces) or _is_nothing(text) else _in_quotes(text)


def one_line(value: Value, *, braces: bool = False) -> str:
    """Write a value on one line: a text, or a list or mapping in brackets."""
    if isinstance(value, str):
        return scalar(value, braces=braces)
    if isinstance(value, Mapping):
        pairs = (f"{scalar(key, braces=True)}: {one_line(one, braces=True)}" for key, one in value.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(one_line(one, braces=True) for one in value)}]"


def entry(key: str, value: Value, habit: Habit) -> list[str]:
    """Write a key and its value as lines: on one line where it fits, else below the key."""
    name = scalar(key, braces=False)
    head, lines = value_lines(value, habit, len(name) + 2)
    return [f"{name}: {head}" if head else f"{name}:", *lines]


def value_lines(value: Value, habit: Habit, column: int) -> tuple[str, list[str]]:
    """Write a value as what stands behind its key's colon, and the lines below the key, indented against it."""
    if isinstance(value, str):
        block = _block(value)
        return (block[0], _indented(block[1], habit.step)) if block else (scalar(value, braces=False), [])
    if _fits(value, column):
        return one_line(value), []
    if isinstance(value, Mapping):
        return "", _indented(fields(value, habit), habit.step)
    items = (line for one in value for line in item(one, habit, line=isinstance(one, Mapping)))
    return "", _indented(items, habit.dash)


def fields(record: Mapping[str, Value], habit: Habit) -> list[str]:
    """Write a mapping as lines, one key after the other."""
    return [line for key, value in record.items() for line in entry(key, value, habit)]


def item(value: Value, habit: Habit, *, line: bool = False) -> list[str]:
    """Write an item of a list as lines that begin with its dash; on one line if so wanted and it fits."""
    return _behind_dash(_item_body(value, habit, line=line), habit)


def holds_records(value: Value) -> bool:
    """Tell whether a value is a list with mappings in it."""
    return not isinstance(value, str | Mapping) and any(isinstance(one, Mapping) for one in value)


def fits_on_a_line(value: Value) -> bool:
    """Tell whether a record can be one line: not too wide, and without a text of several lines."""
    return not _has_block(value) and len(one_line(value)) <= WIDEST_RECORD


def _item_body(value: Value, habit: Habit, *, line: bool) -> list[str]:
    if isinstance(value, str):
        block = _block(value)
        return [block[0], *_indented(block[1], habit.step)] if block else [scalar(value, braces=False)]
    if not value or (line and fits_on_a_line(value)):
        return [one_line(value)]
    if isinstance(value, Mapping):
        return fields(value, habit)
    return [one for inner in value for one in item(inner, habit)]


def _behind_dash(lines: list[str], habit: Habit) -> list[str]:
    first, *others = lines
    return [f"-{' ' * habit.gap}{first}", *_indented(others, habit.gap + 1)]


def _indented(lines: Iterable[str], width: int) -> list[str]:
    return indented(lines, " " * width)


def indented(lines: Iterable[str], margin: str) -> list[str]:
    """Move lines to the right; an empty one stays empty."""
    return [f"{margin}{line}" if line else "" for line in lines]


def _fits(value: Value, column: int) -> bool:
    """Tell whether a list or mapping stays on its key's line; records inside a record each have their own."""
    if not value:
        return True
    if _has_block(value) or holds_records(value):
        return False
    return column + len(one_line(value)) <= WIDEST_VALUE


def _has_block(value: Value) -> bool:
    if isinstance(value, str):
        return _block(value) is not None
    return any(map(_has_block, value.values() if isinstance(value, Mapping) else value))


def _block(text: str) -> tuple[str, list[str]] | None:
    """Write a text of several lines as a block, where nothing in it could be lost or read differently."""
    if "\n" not in text or not text.strip() or _AWKWARD_IN_A_BLOCK.search(text):
        return None
    if any(map(_is_hidden, text.replace("\n", "").replace("\t", ""))):
        return None
    return ("|" if text.endswith("\n") else "|-"), text.removesuffix("\n").split("\n")


def _is_nothing(text: str) -> bool:
    return isinstance(text, Word) and not text


def _is_bare(text: str, *, braces: bool) -> bool:
    return (
        _BARE.fullmatch(text) is not None
        and not (braces and _NOT_BARE_IN_BRACES.search(text))
        and (isinstance(text, Word) or not _SPECIAL_TO_OTHERS.fullmatch(text))
        and not any(map(_is_hidden, text))
    )


def _in_quotes(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if not _is_hidden(character):
        return character
    number = ord(character)
    if number <= _ONE_BYTE:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= _TWO_BYTES else f"\\U{number:08x}"


def _is_hidden(character: str) -> bool:
    """Tell whether a character can't be seen, and so is written as an escape; letters and emoji may be joined."""
    if character.isprintable() or character in _JOINERS or ord(character) in _TAG_CHARACTERS:
        return False
    return unicodedata.category(character) in _HIDDEN_KINDS
