"""Lists of records: a table on a terminal, one record a line on a pipe, and everything as JSON."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.veiling import veiled
from coachlog.model.client_file import ClientFile
from coachlog.model.record import Entry
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import Line, Span, line, record
from coachlog.render.listed import listed_lines
from coachlog.render.output import Sheet, complain, screen, show
from coachlog.views.fields import fields_of
from coachlog.views.masking import HIDDEN, Mask


class Listed(NamedTuple):
    """A record as a list shows it: whose it is, its cells in the program's words, its own text, and what is derived."""

    client: str
    entry: Entry
    cells: tuple[str, ...]
    text: str
    derived: dict[str, Any]


def files_of(desk: Desk, client: str | None, noun: str, gaps: Collection[str] = ()) -> list[ClientFile]:
    """Read what is kept of the client that is meant, or of every client.

    `noun` is the plural of what is to be shown of it: where not all of that can be read, the desk remarks on it.
    `gaps` are by what names a file says so, where the noun is none of them.
    """
    codes = [desk.code(client)] if client else [one.code for one in desk.clients]
    files = [desk.file(code) for code in codes]
    if not all(file.gaps.isdisjoint(gaps or {noun}) for file in files):
        desk.remarks.append(f"Not every {noun.removesuffix('s')} can be read: coachlog check says why.")
    return files


def remark(desk: Desk) -> None:
    """Say beside the list what the desk has to remark."""
    for one in () if desk.wishes.quiet else desk.remarks:
        complain(veiled(desk.wishes, one))


def show_list(  # noqa: PLR0913 — what a list is made of
    desk: Desk, noun: str, headings: Sequence[str], shown: Sequence[Listed], *, of_one: bool = False, as_json: bool
) -> None:
    """Print records; `noun` is their plural, `headings` name their cells between the client's code and the text.

    On a terminal a list of one client, who was asked for by name, does not name the client in each row.
    """
    remark(desk)
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    mask = Mask({one.code: one.name for one in desk.clients}) if desk.wishes.incognito else None
    if as_json:
        show(object_lines({"schema": SCHEMA, noun: [_fields(one, mask) for one in shown]}), sheet)
        return
    rows = [("CLIENT", *headings, "TEXT"), *(_row(one, mask) for one in shown)]
    show(_lines(noun, [row[of_one:] for row in rows] if sheet.terminal else rows, sheet), sheet)


def _lines(noun: str, table: Sequence[tuple[str, ...]], sheet: Sheet) -> Iterator[Line]:
    headings, *rows = table
    if not sheet.terminal:
        yield from (record(*row) for row in rows)
    elif not rows:
        yield line(f"No {noun} to show.")
    else:
        top = tuple(Span(heading, "dim") for heading in headings)
        yield from listed_lines([top, *(tuple(map(Span, row)) for row in rows)], sheet.width)


def _row(listed: Listed, mask: Mask | None) -> tuple[str, ...]:
    """Give the cells of a record; the coach's text on one line, an empty cell as a dash."""
    text = HIDDEN if mask and listed.text else " ".join(listed.text.split())
    cells = (listed.client, *listed.cells)
    return tuple(one or "-" for one in (*(map(mask.text, cells) if mask else cells), text))


def _fields(listed: Listed, mask: Mask | None) -> dict[str, Any]:
    fields = {"client": listed.client, "record": listed.entry.label, **fields_of(listed.entry), **listed.derived}
    if mask is None:
        return fields
    open_words = {"record", "id", *listed.derived}
    return {key: _masked(key, value, mask, open_words) for key, value in fields.items()}


def _masked(key: str, value: object, mask: Mask, open_words: set[str]) -> object:
    if key == "client":
        return mask.code(str(value))
    return HIDDEN if isinstance(value, (str, list, dict)) and value and key not in open_words else value
