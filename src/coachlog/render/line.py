"""A line of output: pieces of text, each with its style, before anything is known of a terminal."""

from typing import Literal, NamedTuple

Style = Literal["", "bold", "dim", "breach", "warning", "advice", "waived", "command"]

TAB = "\t"
"""What parts the fields of a record on a pipe; a tab inside a field is shown as a picture, so it parts nothing."""


class Span(NamedTuple):
    """A piece of a line in one style."""

    text: str
    style: Style = ""


Line = tuple[Span, ...]
"""A line without its end; a style never reaches over one."""


def record(*fields: str | Span) -> Line:
    """Put the fields of a record on one line for a pipe."""
    return line(*(piece for at, field in enumerate(fields) for piece in ((TAB, field) if at else (field,))))


EMPTY: Line = ()


def line(*pieces: str | Span) -> Line:
    """Put a line together of plain texts and styled pieces."""
    return tuple(Span(piece) if isinstance(piece, str) else piece for piece in pieces)
