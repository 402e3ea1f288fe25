"""What a coach has most likely mistyped where a parser gave up: one sentence, a place and a remedy.

The parsers' own words ("did not find expected key") are read as hints and never shown, because they may quote the file.
Each cause is a question to the scene; the first that has an answer is told.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from coachlog.store.characters import LINE_BREAK, conflict_mark, unfinished_merge
from coachlog.store.nodes import Mark, Unreadable, too_deep, unreadable
from coachlog.store.yaml_events import Event, Refused

_QUOTE_TEXT = "put the whole text in double quotes"
_SPACE = "put a space there"
_LINE_UP = "line it up with the keys or list items that it belongs to"

_KEY_WITHOUT_SPACE = re.compile(r"[ ]*(?:- +)*[^\W\d][\w-]*:(?=[^\s:/])")
_DASH_WITHOUT_SPACE = re.compile(r"[ ]*-(?=[^\s-])")
_KEY = re.compile(r"[ ]*(?:- +)*(?:[^\s'\"#][^:]*|'[^']*'|\"[^\"]*\"):(?=\s)")
_COMMENT = re.compile(r"\s#")


@dataclass(frozen=True)
class Scene:
    """A text that was refused, and what the parser knew when it gave up."""

    text: str
    refused: Refused

    @property
    def place(self) -> Mark:
        """Where the parser gave up."""
        return self.refused.place

    @property
    def opened(self) -> Mark:
        """Where that began which it was reading: a quote, a bracket, a key."""
        return self.refused.opened

    @property
    def last(self) -> Event:
        """What it had read last."""
        return self.refused.last

    @cached_property
    def character(self) -> str:
        """The character at which the parser gave up; empty at the end of the file."""
        return self.text[self.place.index : self.place.index + 1]

    @cached_property
    def line(self) -> str:
        """The line in which the parser gave up."""
        return self.line_of(self.place)

    def line_of(self, mark: Mark) -> str:
        """Give the whole line in which a place lies."""
        begins = mark.index - mark.column
        ends = LINE_BREAK.search(self.text, begins)
        return self.text[begins : ends.start() if ends else None]

    def says(self, *hints: str) -> bool:
        """Tell whether the parser's problem holds one of these words."""
        return any(hint in self.refused.problem for hint in hints)

    def reads(self, *hints: str) -> bool:
        """Tell whether the parser was reading one of these things."""
        return any(hint in self.refused.context for hint in hints)

    def begins_line(self, mark: Mark) -> bool:
        """Tell whether nothing but spaces stands before a place in its line."""
        return not self.line_of(mark)[: mark.column].strip()


Cause: TypeAlias = Callable[[Scene], Unreadable | None]


def diagnose(text: str, refused: Refused) -> Unreadable:
    """Say in a coach's words why a text is no YAML."""
    scene = Scene(text, refused)
    return next(
        (answer for cause in _CAUSES if (answer := cause(scene))),
        unreadable(
            scene.place,
            "what stands here can't be read as YAML",
            "check indentation, quotes and brackets here and in the line above",
        ),
    )


def _unfinished_merge(scene: Scene) -> Unreadable | None:
    place = conflict_mark(scene.text)
    return unfinished_merge(place) if place else None


def _tab(scene: Scene) -> Unreadable | None:
    indentation = scene.line[: len(scene.line) - len(scene.line.lstrip())]
    column = indentation.find("\t")
    if column < 0 and not (scene.character == "\t" or scene.says("tab character")):
        return None
    place = _along(scene.place, column - scene.place.column) if column >= 0 else scene.place
    return unreadable(place, "a tab stands where YAML allows only spaces", "replace the tab by spaces")


def _too_deep(scene: Scene) -> Unreadable | None:
    return too_deep(scene.place) if scene.says("nesting depth", "nesting level", "RecursionError") else None


def _open_quote(scene: Scene) -> Unreadable | None:
    if not (scene.reads("quoted scalar") and scene.says("end of stream", "document")):
        return None
    return unreadable(scene.opened, "the quote that opens here is never closed", "add the closing quote")


def _runaway_quote(scene: Scene) -> Unreadable | None:
    quote = scene.last
    if quote.style not in {"single", "double"} or not quote.start.line < quote.end.line == scene.place.line:
        return None
    return unreadable(
        quote.start,
        f"the quote that opens here closes only in line {quote.end.line + 1}, in the middle of other text",
        "add the closing quote where the text ends",
    )


def _bad_escape(scene: Scene) -> Unreadable | None:
    if not scene.says("escape", "hexdecimal", "hexadecimal"):
        return None
    return unreadable(
        scene.place,
        "a backslash in double quotes begins an escape, and this one is unknown",
        "write the backslash twice",
    )


def _anchor(scene: Scene) -> Unreadable | None:
    if not scene.reads("an anchor", "an alias") and not scene.says("duplicate anchor"):
        return None
    return unreadable(scene.opened, "text can't begin with & or * unless it is in quotes", _QUOTE_TEXT)


def _tag(scene: Scene) -> Unreadable | None:
    if not scene.reads("a tag") and not scene.says("tag handle"):
        return None
    return unreadable(scene.opened, "text can't begin with ! unless it is in quotes", _QUOTE_TEXT)


def _directive(scene: Scene) -> Unreadable | None:
    begins = re.search(r"^%", scene.text, re.MULTILINE)
    if not (scene.reads("directive") or (begins and scene.says("<document start>", "YAML", "TAG", "version"))):
        return None
    place = scene.opened if scene.reads("directive") else scene.place
    return unreadable(
        place, "the lines at the top that begin with % can't be understood", "delete the lines that begin with %"
    )


def _block_header(scene: Scene) -> Unreadable | None:
    if not scene.reads("block scalar"):
        return None
    return unreadable(
        scene.place,
        "only the text's layout may stand in the line of | or >",
        "begin the text in the next line, indented; or put text that begins with | or > in quotes",
    )


def _forbidden_beginning(scene: Scene) -> Unreadable | None:
    if not scene.says("cannot start any token", "mapping keys are not allowed"):
        return None
    return unreadable(scene.place, "text can't begin with this character unless it is in quotes", _QUOTE_TEXT)


def _list_beside_key(scene: Scene) -> Unreadable | None:
    if not scene.says("sequence entries are not allowed"):
        return None
    return unreadable(
        scene.place,
        "a list can't begin in the line of its key, nor text with a dash and a space",
        "begin the list in the next line, or put the text in double quotes",
    )


def _open_bracket(scene: Scene) -> Unreadable | None:
    if not scene.reads("flow sequence", "flow mapping"):
        return None
    escapes = scene.place.line > scene.opened.line and _indentation(scene.line) <= _indentation(
        scene.line_of(scene.opened)
    )
    if scene.character and not (escapes and scene.character not in "]}"):
        return None
    return unreadable(scene.opened, "the bracket that opens here is not closed", "add the closing bracket")


def _inside_brackets(scene: Scene) -> Unreadable | None:
    if not scene.reads("flow sequence", "flow mapping"):
        return None
    if scene.character == ":":
        return unreadable(scene.place, "text inside brackets holds a colon and a space", _QUOTE_TEXT)
    if scene.character in "]}":
        return unreadable(
            scene.place, "this bracket does not match the one that is open", "close [ with ] and { with }"
        )
    return unreadable(
        scene.place,
        "a comma is missing before this, or text goes on behind its closing quote",
        "add the comma, or put the whole text in double quotes",
    )


def _colon_inside_brackets(scene: Scene) -> Unreadable | None:
    if not scene.says("unexpected ':'"):
        return None
    return unreadable(scene.place, "text inside brackets holds a colon where it can't", _QUOTE_TEXT)


def _missing_value(scene: Scene) -> Unreadable | None:
    if not scene.says("node content"):
        return None
    if scene.character in {"]", "}"}:
        return _unopened_bracket(scene)
    return unreadable(
        scene.place,
        "a value is missing here, or text begins with a character that needs quotes",
        "write the value, or put the whole text in double quotes",
    )


def _unopened_bracket(scene: Scene) -> Unreadable:
    return unreadable(scene.place, "this bracket closes what was never opened", "delete it, or add the opening one")


def _missing_space(scene: Scene) -> Unreadable | None:
    if not scene.says("could not find expected ':'", "mapping values are not allowed", "expected <document start>"):
        return None
    for mark in (scene.opened, scene.last.start):
        line = scene.line_of(mark)
        for missing, sign in ((_KEY_WITHOUT_SPACE, "colon"), (_DASH_WITHOUT_SPACE, "dash")):
            found = missing.match(line)
            if found:
                place = _along(mark, found.end() - mark.column)
                return unreadable(place, f"a space is missing behind the {sign}", _SPACE)
    return None


def _space_behind_quoted_key(scene: Scene) -> Unreadable | None:
    if not scene.says("document start") or scene.character != ":":
        return None
    return unreadable(_along(scene.place, 1), "a space is missing behind the colon", _SPACE)


def _line_without_colon(scene: Scene) -> Unreadable | None:
    if scene.says("could not find expected ':'"):
        return _no_key(scene.opened)
    if not scene.says("mapping values are not allowed"):
        return None
    above = scene.last
    lonely = above.kind == "scalar" and above.start.line < scene.place.line and scene.begins_line(above.start)
    return _no_key(above.start) if lonely else None


def _no_key(place: Mark) -> Unreadable:
    return unreadable(
        place,
        "this line is neither a key with its value nor a part of the text above",
        "write it as key: value, or indent it below the text that it belongs to",
    )


def _colon_in_text(scene: Scene) -> Unreadable | None:
    if not scene.says("mapping values are not allowed"):
        return None
    if _KEY.match(scene.line[: scene.place.column]):
        return unreadable(scene.place, "the text holds a colon and a space", _QUOTE_TEXT)
    return _indented_wrongly(scene)


def _cut_by_comment(scene: Scene) -> Unreadable | None:
    last = scene.last
    if not (last.kind == "scalar" and last.style == "plain" and last.end.line < scene.place.line):
        return None
    found = _COMMENT.search(scene.line_of(last.end), last.end.column)
    if not found or ":" in scene.line or not scene.begins_line(scene.place):
        return None
    place = _along(last.end, found.end() - 1 - last.end.column)
    return unreadable(place, "a # behind a space begins a comment, and the text goes on below it", _QUOTE_TEXT)


def _list_among_keys(scene: Scene) -> Unreadable | None:
    if not (scene.begins_line(scene.place) and scene.character == "-" and scene.says(*_BLOCK)):
        return None
    return unreadable(scene.place, "a list item stands here among keys", "indent it like the other items of its list")


def _behind_the_end(scene: Scene) -> Unreadable | None:
    if scene.begins_line(scene.place) or not scene.says(*_BLOCK, "document start"):
        return None
    if scene.character in {"]", "}"}:
        return _unopened_bracket(scene)
    return unreadable(
        scene.place,
        "text goes on behind its closing quote or bracket",
        "put the whole text in double quotes, with a backslash before each double quote inside it",
    )


def _wrong_indentation(scene: Scene) -> Unreadable | None:
    return _indented_wrongly(scene) if scene.says(*_BLOCK, "document start") else None


def _indented_wrongly(scene: Scene) -> Unreadable:
    place = _along(scene.place, _indentation(scene.line) - scene.place.column)
    return unreadable(place, "the indentation of this line fits none of the lines above", _LINE_UP)


def _along(mark: Mark, characters: int) -> Mark:
    """Go along the line of a place by so many characters, back if negative."""
    return Mark(mark.line, mark.column + characters, mark.index + characters)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_BLOCK = ("expected key", "'-' indicator", "<block end>")

_CAUSES: tuple[Cause, ...] = (
    _unfinished_merge,
    _tab,
    _too_deep,
    _open_quote,
    _bad_escape,
    _runaway_quote,
    _directive,
    _anchor,
    _tag,
    _block_header,
    _forbidden_beginning,
    _list_beside_key,
    _open_bracket,
    _inside_brackets,
    _colon_inside_brackets,
    _missing_value,
    _space_behind_quoted_key,
    _missing_space,
    _line_without_colon,
    _colon_in_text,
    _cut_by_comment,
    _list_among_keys,
    _behind_the_end,
    _wrong_indentation,
)
