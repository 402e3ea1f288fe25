"""The one filter in front of every terminal and pipe: nothing invisible, nothing that steers the terminal.

Control, bidirectional and zero-width characters are shown as pictures. What joins letters or emoji passes.
"""

import re
import unicodedata
from functools import cache

_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
_HARMFUL = f"[{_UNSEEN}\ud800-\udfff]"
_NOT_IN_XML = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What a document of XML 1.0 may not hold, or had better not: controls, half characters, no characters at all."""
_STEERING = r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]"
"""What no document holds, and what can't be written."""
_JOINERS = "\u200c\u200d"
_JOINING_SYMBOLS = frozenset({"So", "Sk"})
_PICTURES_OF_CONTROLS = 0x2400
_DELETE = 0x7F
_UNDECODED = range(0xDC80, 0xDD00)
"""What stands for a byte of a file name that is no UTF-8."""
_NAMES = {
    0x00AD: "SHY",
    0x061C: "ALM",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LS",
    0x2029: "PS",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}


@cache
def _any_of(characters: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: most output is plain ASCII, and these take milliseconds."""
    return re.compile(characters)


def safe(text: str) -> str:
    """Show every character that can't be seen, or that steers a terminal, as a picture."""
    return text if text.isascii() and text.isprintable() else _any_of(_HARMFUL).sub(_pictured, text)


def as_written(text: str) -> str:
    """Give a text of a document, whose reader is no terminal: what joins, parts or turns its letters is kept."""
    return text if text.isascii() and text.isprintable() else _any_of(_STEERING).sub(_pictured, text)


def safe_in_json(text: str) -> str:
    r"""Write the same characters as `\u` escapes; JSON has them inside its strings alone, where that means the same."""
    return "\n".join(_any_of(_HARMFUL).sub(_escaped, one) for one in text.split("\n"))


def without_controls(text: str) -> str:
    """Leave out what a document of XML may not hold."""
    return _any_of(_NOT_IN_XML).sub("", text)


def _pictured(match: re.Match[str]) -> str:
    character = match[0]
    if character in _JOINERS and _joins(match.string[: match.start()][-1:], match.string[match.end() :][:1]):
        return character
    return _picture(ord(character))


def _picture(code: int) -> str:
    if code < ord(" "):
        return chr(_PICTURES_OF_CONTROLS + code)
    if code == _DELETE:
        return "␡"
    if code in _UNDECODED:
        return f"⟨{code - 0xDC00:02X}⟩"
    return f"⟨{_NAMES.get(code, f'U+{code:04X}')}⟩"


def _joins(before: str, after: str) -> bool:
    """Tell whether what stands on both sides are letters or emoji, so that a joiner belongs there."""
    return bool(before and after) and all(_joinable(unicodedata.category(one)) for one in (before, after))


def _joinable(category: str) -> bool:
    return category[0] in "LM" or category in _JOINING_SYMBOLS


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
