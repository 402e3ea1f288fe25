"""Words in a text: how they are compared, and what of the text is shown."""

import pytest

from coachlog.views.found_text import Query, excerpt, one_line

FOUND = [
    (["deleg"], "Delegation", ["Deleg"]),
    (["cafe"], "Café, cafe\u0301!", ["Café", "cafe\u0301"]),
    (["strasse"], "STRASSE und Straße", ["STRASSE", "Straße"]),
    (["office"], "the oﬃce", ["oﬃce"]),
    (["dont"], "I don\u2019t", ["don\u2019t"]),
    (["a b"], "a\n   b", ["a\n   b"]),
    (["ab", "bc"], "abc", ["abc"]),
    (["ψυχησ"], "ΨΥΧΗΣ ψυχής", ["ΨΥΧΗΣ", "ψυχής"]),
    (["東京"], "東京へ", ["東京"]),
    (["one", "two"], "one alone", []),
    (['"one two" three'], "three, one two", ["three", "one two"]),
    (['"one two" three'], "three two one", []),
    ([""], "anything", []),
]


@pytest.mark.parametrize(("typed", "text", "expected"), FOUND)
def test_case_accents_and_spaces_do_not_matter(typed: list[str], text: str, expected: list[str]) -> None:
    """All words must occur; what is marked is the text as it was written."""
    assert [text[one.start : one.end] for one in Query.typed(typed).find(text)] == expected


def test_a_long_text_is_shown_around_what_was_found() -> None:
    """Between two words, on one line, with the marks where the words stand then."""
    text = f"{'before ' * 40}\n the needle \n{'after ' * 40}"
    shown, found = excerpt(text, Query.typed(["needle"]).find(text))
    assert [shown[one.start : one.end] for one in found] == ["needle"]
    assert (shown[:9], shown[-7:], "\n" in shown) == ("… before ", "after …", False)
    assert len(shown) < 150


def test_a_short_text_is_shown_whole() -> None:
    """Runs of spaces and line breaks are one space."""
    text = " a  needle\n\nhere "
    assert one_line(text, Query.typed(["needle"]).find(text)) == ("a needle here", ((2, 8),))
    assert excerpt(text, Query.typed(["needle"]).find(text)) == ("a needle here", ((2, 8),))
