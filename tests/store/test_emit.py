"""What is written for a text or a record reads back as the same in every tool."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coachlog.store.compose import compose
from coachlog.store.emit import Habit, UnwritableCharacter, Value, Word, fields, item, one_line, scalar
from coachlog.store.prove import plain

SCALARS: list[tuple[str, str, str]] = [
    ("Can the plan change?", "Can the plan change?", '"Can the plan change?"'),
    ("2026-01-14 15:00", "2026-01-14 15:00", "2026-01-14 15:00"),
    ("24 h", "24 h", "24 h"),
    ("2026a", "2026a", "2026a"),
    ("-75 GBP", "-75 GBP", "-75 GBP"),
    ("+44 20 7946 0202", "+44 20 7946 0202", "+44 20 7946 0202"),
    ("Lee, perhaps", "Lee, perhaps", '"Lee, perhaps"'),
    ("[brackets]", '"[brackets]"', '"[brackets]"'),
    ("a: b", '"a: b"', '"a: b"'),
    ("a #b", '"a #b"', '"a #b"'),
    ("a#b:c", "a#b:c", "a#b:c"),
    ('it\'s "so"', 'it\'s "so"', 'it\'s "so"'),
    ('"so" it is', '"\\"so\\" it is"', '"\\"so\\" it is"'),
    ("C:\\new", "C:\\new", "C:\\new"),
    ("C: \\new", '"C: \\\\new"', '"C: \\\\new"'),
    ("ends:", '"ends:"', '"ends:"'),
    (" space", '" space"', '" space"'),
    ("", '""', '""'),
    ("no", '"no"', '"no"'),
    ("NO", '"NO"', '"NO"'),
    ("~", '"~"', '"~"'),
    ("12", '"12"', '"12"'),
    ("18:00", '"18:00"', '"18:00"'),
    ("1e3", '"1e3"', '"1e3"'),
    ("2026-01-14", '"2026-01-14"', '"2026-01-14"'),
    ("---", '"---"', '"---"'),
    ("*", '"*"', '"*"'),
    ("Grüße 👩‍👧 — naïve", "Grüße 👩‍👧 — naïve", "Grüße 👩‍👧 — naïve"),
    ("next\x85line\u2028sep\u2029", '"next\\x85line\\u2028sep\\u2029"', '"next\\x85line\\u2028sep\\u2029"'),
    ("\ufeffmark", '"\\ufeffmark"', '"\\ufeffmark"'),
    ("right\u202eleft", '"right\\u202eleft"', '"right\\u202eleft"'),
    ("tab\there", '"tab\\there"', '"tab\\there"'),
    ("two\nlines", '"two\\nlines"', '"two\\nlines"'),
]
SLOW_READERS: list[Callable[[str], object]] = [
    YAML(typ="safe", pure=True).load,
    partial(yaml.load, Loader=yaml.BaseLoader),
    yaml.safe_load,
]
WORDS = ["12", "no", "2026-01-14", "18:00", "-75", "12.50"]

RECORD: Value = {
    "id": "b3xew",
    "at": "2026-01-14 15:00",
    "minutes": Word(65),
    "with": ["pat"],
    "cancelled": {"at": "2026-02-11 08:10", "by": "coach"},
    "insights": ["A long insight, of which there are several, and none is short", "so that a line is not enough"] * 2,
    "moved": [{"from": "2026-01-13 15:00", "by": "client"}],
    "waive": [],
    "notes": "First:\n  deeper\n\nlast\n",
    "private": "one\ntwo",
}
BLOCK = """\
-   id: b3xew
    at: 2026-01-14 15:00
    minutes: 65
    with: [pat]
    cancelled: {at: 2026-02-11 08:10, by: coach}
    insights:
    -   A long insight, of which there are several, and none is short
    -   so that a line is not enough
    -   A long insight, of which there are several, and none is short
    -   so that a line is not enough
    moved:
    -   {from: 2026-01-13 15:00, by: client}
    waive: []
    notes: |
        First:
          deeper

        last
    private: |-
        one
        two
"""
ALPHABETS = (
    "abc XYZ 019 äß",
    "-?:,[]{}#&*!|>'\"%@`~=<>+._ ab0\t\n",
    "\n\t\r  \\\"'ab:#-|>",
    "0123456789.:-+eExXoObBnN_TZ yf",
    (
        "\x85\u2028\u2029\ufeff\xa0\u200b\u200c\u200d\u200e\u202e\u202f\ufdd0\ufdef\ufffe\uffff\ufffd\U0001f469"
        "\U0010ffff a\n"
    ),
)
WORDLIST = [
    "null",
    "Yes",
    "off",
    "---",
    "...",
    ": ",
    " #",
    "- ",
    "? ",
    "<<",
    "%YAML",
    "<<<<<<<",
    "é",
    "=",
    "\n\n",
    "fdd0",
]


def some_text(chance: random.Random) -> str:
    """Make a text up: of awkward characters, of awkward words, or of any characters at all."""
    kind = chance.randrange(len(ALPHABETS) + 2)
    length = chance.choice((1, 2, 3, 5, 8, 30, 200))
    if kind == len(ALPHABETS):
        return "".join(chance.choice(WORDLIST) for _ in range(length))
    if kind > len(ALPHABETS):
        return "".join(some_character(chance) for _ in range(length))
    return "".join(chance.choice(ALPHABETS[kind]) for _ in range(length))


def some_character(chance: random.Random) -> str:
    """Pick any character that a file may hold."""
    while True:
        code = chance.choice((chance.randrange(0x20, 0x300), chance.randrange(0x20, 0x110000)))
        if not (0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF):
            return chr(code)


def record_of(texts: list[str]) -> dict[str, Value]:
    """Put texts where texts can stand: behind a key, in a list, in a mapping, and in lists of mappings."""
    one, two, three, four = texts
    return {
        "a": one,
        "list": [two, one],
        "inner": {"b": three, "c": [four]},
        "many": [{"d": two}, {"e": four}],
        "deep": [[three], [[one]]],
    }


@pytest.mark.parametrize("texts", [500, pytest.param(5_000, marks=pytest.mark.long)])
def test_every_text_reads_back_equal_everywhere(texts: int) -> None:
    """2,000 texts, and 20,000 in the long run, at every place of a record, by four readers and in two styles."""
    chance = random.Random(1)  # noqa: S311  (texts to try, and the same each time)
    for number in range(texts):
        record = record_of([some_text(chance) for _ in range(4)])
        habit = Habit(chance.randint(1, 8), chance.randint(0, 8), chance.randint(1, 4))
        for manner, lines in enumerate(
            (item(record, habit), [f"- {one_line(record)}"], item(record, habit, line=True))
        ):
            text = "records:\n" + "".join(f"  {line}\n" if line else "\n" for line in lines) + "z: last\n"
            expected = {"records": [record], "z": "last"}
            assert plain(compose(text.encode())) == expected
            assert yaml.load(text, Loader=yaml.CSafeLoader) == expected
            assert SLOW_READERS[(manner + number) % 3](text) == expected


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.booleans())
def test_any_text_reads_back_equal(text: str, braces: bool) -> None:  # noqa: FBT001  (either way)
    """A text of any length, in a list of either kind, as itself and not as a number."""
    written = f"[{scalar(text, braces=True)}]\n" if braces else f"- {scalar(text, braces=False)}\n"
    assert plain(compose(written.encode())) == [text]
    assert yaml.safe_load(written) == [text]


@pytest.mark.parametrize(("text", "alone", "in_braces"), SCALARS)
def test_quotes_stand_only_where_they_are_needed(text: str, alone: str, in_braces: str) -> None:
    """A coach sees plain words, and escapes where something could not be seen."""
    assert (scalar(text, braces=False), scalar(text, braces=True)) == (alone, in_braces)


@pytest.mark.parametrize("text", WORDS)
def test_numbers_days_and_yes_need_no_quotes(text: str) -> None:
    """They are text to the reader, and a field knows what they are."""
    assert scalar(Word(text), braces=True) == text
    assert plain(compose(f"a: {Word(text)}\n".encode())) == {"a": text}


def test_a_record_follows_the_habits_of_its_file() -> None:
    """Indentation is the file's own; a list of records has a line for each, a text of several lines is a block."""
    assert "".join(f"{line}\n" for line in item(RECORD, Habit(4, 0, 3))) == BLOCK


def test_a_short_record_is_one_line() -> None:
    """As its neighbours are; one that is too wide, or holds a text of several lines, is not."""
    short: Value = {"id": "b3xew", "minutes": Word(65), "note": "a, b"}
    assert item(short, Habit(), line=True) == ['- {id: b3xew, minutes: 65, note: "a, b"}']
    assert item({"id": "b3xew", "note": "word " * 50 + "."}, Habit(), line=True)[0] == "- id: b3xew"
    assert item({"id": "b3xew", "note": "two\nlines"}, Habit(), line=True) == [
        "- id: b3xew",
        "  note: |-",
        "    two",
        "    lines",
    ]
    assert fields({"note": "- a\n- b\n"}, Habit()) == ["note: |", "  - a", "  - b"]


@pytest.mark.parametrize("character", [*map(chr, [*range(9), 0xB, 0xC, 0x1B, 0x7F, 0x80, 0x84, 0x86, 0x9F]), "\ud83d"])
def test_control_characters_are_refused_by_name(character: str) -> None:
    """The sentence names the character and holds nothing of the text."""
    wrong: Any = f"secret {character} words"
    for write in (lambda: scalar(wrong, braces=True), lambda: item({"notes": f"{wrong}\n\n"}, Habit())):
        with pytest.raises(UnwritableCharacter, match=f"U\\+{ord(character):04X}") as caught:
            write()
        assert "secret" not in str(caught.value)


def test_a_byte_that_is_no_text_is_refused_as_what_it_is() -> None:
    """What Python can't decode of a call or of stdin comes as half of a character; the coach sees the byte."""
    with pytest.raises(UnwritableCharacter, match=r"a byte that is not UTF-8 \(FF\)"):
        scalar("bad \udcff", braces=False)
