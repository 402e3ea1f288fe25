"""Colour, as plain terminal codes: a style has one meaning everywhere, and none is needed to understand a line."""

from collections.abc import Callable, Mapping

from coachlog.render.line import TAB, Line, Style
from coachlog.render.safe import as_written, safe

_CODES: Mapping[Style, str] = {
    "bold": "1",
    "dim": "2",
    "breach": "1;31",
    "warning": "33",
    "advice": "36",
    "waived": "2",
    "command": "2",
}


def painted(line: Line, *, colour: bool, document: bool = False) -> str:
    """Give a line as it is written: every piece through the filter, then coloured."""
    filtered = as_written if document else safe
    return "".join(_painted(_shown(span.text, filtered), span.style if colour else "") for span in line)


def _shown(text: str, filtered: Callable[[str], str]) -> str:
    """Pass a text through a filter; a tab that stands alone parts two fields and comes from no data."""
    return text if text == TAB else filtered(text)


def _painted(text: str, style: Style) -> str:
    return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and text else text


def wants_colour(wish: str, environment: Mapping[str, str], *, terminal: bool) -> bool:
    """Tell whether to colour: as the call says, else on a terminal that is not dumb, unless NO_COLOR is set."""
    if wish != "auto":
        return wish == "always"
    return terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
