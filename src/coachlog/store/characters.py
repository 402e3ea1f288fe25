"""From a file's bytes to its text: UTF-8, nothing invisible that could command a terminal, no merge unfinished."""

import re
from functools import lru_cache
from typing import NamedTuple

from coachlog.store.limits import MAX_BYTES, MAX_TAG_LINES
from coachlog.store.nodes import START, Mark, Unreadable, unreadable

LINE_BREAK = re.compile(r"\r\n|\n|\r")
WHOLE_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
"""A line with its end; the last one of a text may have none."""

# All that YAML does not count as printable: C0 but tab, LF and CR; DEL; C1 but NEL; the two non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_CONTROL_OR_SURROGATE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
# The same control characters and half surrogate pairs as escapes; an escaped backslash is stepped over.
_LOW = r"(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]|8[0-46-9a-fA-F]|9[0-9a-fA-F])"
_CONTROL_ESCAPE = re.compile(rf"\\\\|\\([0abve]|x{_LOW}|(?:u|U0000)(?:00{_LOW}|[dD][89a-fA-F][0-9a-fA-F][0-9a-fA-F]))")

_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_WIDE_ASCII = re.compile(rb"\0{1,3}[^\0]|[^\0]\0{1,3}(?:[^\0]|\Z)")

_OURS = re.compile(r"^<{7}(?=[ \r\n]|\Z)", re.MULTILINE)
_THEIRS = re.compile(r"^>{7}(?=[ \r\n]|\Z)", re.MULTILINE)
_ANY_CONFLICT_MARK = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_TAG_LINE = re.compile(r"^%TAG", re.MULTILINE)

# Line breaks to YAML 1.1 and libyaml, plain characters to YAML 1.2, ruamel.yaml, editors and coaches; and a BOM that
# was pasted into the middle, which libyaml refuses.
_DISPUTED = "\x85\u2028\u2029\ufeff"
_STAND_INS = range(0xFDD0, 0xFDF0)


class Source(NamedTuple):
    """A file's text as it is given to the parsers, and how to give disputed characters back to what they read."""

    text: str
    stand_ins: dict[str, str]

    def restored(self, text: str) -> str:
        """Give a piece of the text back its disputed characters."""
        for stand_in, character in self.stand_ins.items():
            text = text.replace(stand_in, character)
        return text


@lru_cache(maxsize=2)
def read_text(data: bytes) -> str:
    """Decode a file and refuse what is no text, or no finished one; without its BOM.

    A change asks for the old and the new text several times.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    text = _decode(data).removeprefix("\ufeff")
    _refuse_unprintable(text)
    _refuse_conflict(text)
    _refuse_many_tag_lines(text)
    return text


def too_large() -> Unreadable:
    """Say that a file is beyond what a journal's file can be."""
    return unreadable(START, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "split it, or move it elsewhere")


def mark_at(text: str, index: int) -> Mark:
    """Find line and column of a character, counting lines as editors do."""
    line = text.count("\n", 0, index) + text.count("\r", 0, index) - text.count("\r\n", 0, index)
    begins = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    return Mark(line, index - begins, index)


def source(text: str) -> Source:
    """Let unused characters stand in for the ones that parsers disagree about, one for one, so that places stay."""
    disputed = [character for character in _DISPUTED if character in text]
    if not disputed:
        return Source(text, {})
    lowered = text.lower()
    # A stand-in that the text itself names in an escape ("\ufdd0") would come back as something else.
    unused = (chr(code) for code in _STAND_INS if chr(code) not in text and f"{code:x}" not in lowered)
    pairs = dict(zip(disputed, unused, strict=False))
    if len(pairs) < len(disputed):
        raise unreadable(
            mark_at(text, text.index(disputed[0])), "a line separator can't be told from text here", "use a line break"
        )
    for character, stand_in in pairs.items():
        text = text.replace(character, stand_in)
    return Source(text, {stand_in: character for character, stand_in in pairs.items()})


def escaped_control(written: str, read: str) -> int | None:
    """Find the escape in a double-quoted text, as it is written, that puts a control character into what is read."""
    if not _CONTROL_OR_SURROGATE.search(read):
        return None
    return next((found.start() for found in _CONTROL_ESCAPE.finditer(written) if found[1]), 0)


def conflict_mark(text: str) -> Mark | None:
    """Find the first mark of an unfinished merge in a text that is no YAML, the opening one being gone perhaps."""
    if not (_OURS.search(text) or _THEIRS.search(text)):
        return None  # A line of === alone is more likely somebody's underline.
    found = _ANY_CONFLICT_MARK.search(text)
    return mark_at(text, found.start()) if found else None


def unfinished_merge(place: Mark) -> Unreadable:
    """Say that both sides of a merge are still in the file."""
    return unreadable(
        place,
        "an unfinished merge: the file still holds conflict marks",
        "keep what is right of both sides and delete the lines of marks",
    )


def _decode(data: bytes) -> str:
    """Read bytes as UTF-8, and say so where they are another encoding."""
    if data.startswith(_WIDE_BOMS) or _WIDE_ASCII.match(data):
        raise unreadable(START, "the file is UTF-16 or UTF-32", "save it as UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode().removeprefix("\ufeff")
        place = mark_at(good, len(good))
        raise unreadable(place, "this character is not UTF-8", "save the file as UTF-8") from None


def _refuse_unprintable(text: str) -> None:
    """Refuse characters that no keyboard writes and a terminal may obey."""
    found = _UNPRINTABLE.search(text)
    if found:
        raise unreadable(
            mark_at(text, found.start()),
            f"a control character (U+{ord(found[0]):04X}) stands here, which can't be seen",
            "delete it",
        )


def _refuse_conflict(text: str) -> None:
    """Refuse a file in which a merge waits for its coach."""
    if "<<<<<<<" in text and _OURS.search(text):
        raise unfinished_merge(conflict_mark(text) or START)


def _refuse_many_tag_lines(text: str) -> None:
    """Refuse more `%TAG` lines than anybody writes."""
    lines = list(_TAG_LINE.finditer(text)) if "%TAG" in text else []
    if len(lines) > MAX_TAG_LINES:
        place = mark_at(text, lines[MAX_TAG_LINES].start())
        raise unreadable(place, f"there are more than {MAX_TAG_LINES} %TAG lines", "delete the lines that begin with %")
