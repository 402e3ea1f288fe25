"""Names as they are compared: in small letters, without accents."""

import unicodedata

_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "'": "", "\u2019": ""}
)
"""Letters that no rule of Unicode takes apart, and what joins two parts of a name."""


def unaccented_at_once(text: str) -> str:
    """Give a long text as `unaccented` does, letter by letter that is none of the plain ones."""
    folded = text.casefold().replace("'", "")
    for letter in () if folded.isascii() else {one for one in folded if not one.isascii()}:
        folded = folded.replace(letter, unaccented(letter))
    return folded


def unaccented(text: str) -> str:
    """Give a name in small letters, without accents, and without what joins two parts of it."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_WITHOUT_ACCENT))
    return "".join(part for part in parts if not unicodedata.combining(part))
