"""The filter in front of every terminal: what it shows, and what it lets pass."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.render.colour import painted
from coachlog.render.line import line, record
from coachlog.render.measure import padded, width_of, wrapped
from coachlog.render.safe import safe, safe_in_json

FAMILY = "👩‍👩‍👧"
HARMLESS = frozenset("\u200c\u200d")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, with ümläuts, 李 and 🙂", "plain, with ümläuts, 李 and 🙂"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\tb\r\nc\x00", "a␉b␍␊c␀"),
        ("\x7f", "␡"),
        ("\x9b31m\x85", "⟨U+009B⟩31m⟨U+0085⟩"),
        ("\u202egnp.exe\u202c", "⟨RLO⟩gnp.exe⟨PDF⟩"),
        ("\u2066a\u2069\u200f", "⟨LRI⟩a⟨PDI⟩⟨RLM⟩"),
        ("zero\u200bwidth\ufeff\u00ad", "zero⟨ZWSP⟩width⟨BOM⟩⟨SHY⟩"),
        ("a\u2028b", "a⟨LS⟩b"),
        (FAMILY, FAMILY),
        ("می‌خواهم", "می‌خواهم"),
        ("क्‍ष", "क्‍ष"),
        ("\u200da\u200d", "⟨ZWJ⟩a⟨ZWJ⟩"),
        ("1\u200d2", "1⟨ZWJ⟩2"),
        ("a\u200d\u200db", "a⟨ZWJ⟩⟨ZWJ⟩b"),
        ("caf\udce9", "caf⟨E9⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("[/] [bold]x[/bold] :smile:", "[/] [bold]x[/bold] :smile:"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_a_picture(text: str, shown: str) -> None:
    """Nothing steers the terminal, nothing hides; what joins letters and emoji passes."""
    assert safe(text) == shown


@given(st.text(st.characters(), max_size=30))
def test_no_text_brings_a_control_character_to_the_terminal(text: str) -> None:
    """Whatever a file holds, what is written is printable and can be encoded."""
    shown = safe(text)
    assert not [one for one in shown if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")
    assert shown.encode().decode() == shown
    assert safe(shown) == shown or set(shown) & HARMLESS


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("\u05d0\u200f! a\u200bb\u2066", "\u05d0\u200f! a\u200bb\u2066"),
        ("\x1b[31m\x9b\t\ud800", "␛[31m⟨U+009B⟩␉⟨U+D800⟩"),
    ],
)
def test_a_document_keeps_what_turns_and_joins_letters(text: str, kept: str) -> None:
    """A letter or a table is read by no terminal; what steers one is a picture there, too."""
    assert painted(line(text), colour=False, document=True) == kept


@given(st.text(st.characters(), max_size=30))
def test_json_says_the_same_without_the_characters_themselves(text: str) -> None:
    """A program reads back every character; a terminal sees none that harms."""
    written = safe_in_json(json.dumps({"text": text}, ensure_ascii=False, indent=2))
    assert json.loads(written) == {"text": text}
    assert not [
        one for one in written if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} - {"\n"} and one != "\n"
    ]


def test_a_tab_parts_the_fields_of_a_record_and_nothing_else() -> None:
    """A tab in a name is shown, so that the number of fields is always the same."""
    assert painted(record("a\tb", "c"), colour=False) == "a␉b\tc"


def test_only_the_program_colours() -> None:
    """The codes of a style stand around the text; those in the text are shown."""
    breach = line("x ")[0]._replace(text="\x1b[0m!", style="breach")
    assert painted((breach,), colour=True) == "\x1b[1;31m␛[0m!\x1b[0m"
    assert painted((breach,), colour=False) == "␛[0m!"


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("李", 2), ("é", 1), ("e\u0301", 1), ("\x1b", 1), ("", 0)])
def test_width_is_counted_in_columns(text: str, width: int) -> None:
    """Wide characters take two, accents none, a picture as much as it shows."""
    assert width_of(text) == width
    assert width_of(padded(text, 5)) == 5


def test_wrapping_keeps_words_whole() -> None:
    """A word that is too long stays in one piece; without a width nothing is wrapped."""
    assert list(wrapped("one two three clients/jane-doe/contacts.yaml", 12, 2)) == [
        "  one two",
        "  three",
        "  clients/jane-doe/contacts.yaml",
    ]
    assert list(wrapped("one two three", None, 2)) == ["  one two three"]
