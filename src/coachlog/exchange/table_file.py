"""A table as another program exports it: its encoding, what parts its cells, its head and its rows."""

import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from coachlog.errors import CannotRead

LARGEST = 50_000_000
"""Bytes of a table that is read: a practice of a hundred years."""
OLD_ENCODING = "cp1252"
"""What spreadsheets on Windows write that know no better."""
_LONGEST_CELL = 1_000_000
_DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How the files of a spreadsheet begin, which are no text."""
_SAID_ON_TOP = re.compile(r"sep=(.)(?=\r?\n)", re.IGNORECASE)
"""A first line that tells Excel what parts the cells."""
_END = "\ue000"
"""A row put below the last one: where it is not found again, a quote before it was never closed."""
_REMEDY = "Export it again as CSV in UTF-8, or say in the mapping how it is written, such as encoding: cp1252."


class NotSoEncoded(CannotRead):
    """A table is not written in the encoding that was said (exit 3)."""


class Row(NamedTuple):
    """A row of a table: the line on which it begins, and its cells by the names of their columns."""

    line: int
    cells: dict[str, str]
    fault: str = ""


class Table(NamedTuple):
    """A table that is read: how it is called, the names of its columns, and its rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""


def read_any_table(path: Path) -> Table:
    """Read a table of which nothing is known yet: one that is not UTF-8 is taken for cp1252. Raises CannotRead."""
    try:
        return read_table(path)
    except NotSoEncoded:
        return read_table(path, encoding=OLD_ENCODING)


def read_table(path: Path, wanted: Sequence[str] = (), encoding: str = "", delimiter: str = "") -> Table:
    """Read a table. Without a word on it the delimiter is the one that gives the head most of the wanted columns.

    Raises CannotRead.
    """
    text = _text(path, encoding)
    csv.field_size_limit(_LONGEST_CELL)
    if on_top := _SAID_ON_TOP.match(text):
        text, delimiter = text[on_top.end() :], delimiter or on_top[1]
    parted_by = delimiter or max(_DELIMITERS, key=lambda one: _fits(text, one, wanted))
    try:
        *lines, (last, end) = _lines(f"{text}\n{_END}", parted_by)
    except csv.Error:
        what = f"{path} can't be read as a table."
        raise CannotRead(what, _REMEDY) from None
    if end != [_END]:
        what = f"{path}:{last}: a quote that is opened here is never closed."
        raise CannotRead(what, "Close it, or take it away; nothing was written.")
    if not lines:
        what = f"{path} is empty: it has no line with the names of its columns."
        raise CannotRead(what, "Export it again, with its head.")
    head = tuple(one.strip() for one in lines[0][1])
    return Table(str(path), head, tuple(_row(line, head, cells) for line, cells in lines[1:]), encoding)


def _text(path: Path, encoding: str) -> str:
    data = _data(path)
    if data.startswith(_SPREADSHEETS):
        what = f"{path} is a spreadsheet and no table of text."
        raise CannotRead(what, "Save it as CSV (UTF-8).")
    known = next((one for mark, one in _BOMS if data.startswith(mark)), "")
    try:
        return data.decode(known or encoding or "utf-8")
    except (UnicodeDecodeError, LookupError):
        what = f"{path} is not written in {encoding or 'UTF-8'}."
        raise NotSoEncoded(what, _REMEDY) from None


def _data(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            what = f"{path} is no file."
            raise CannotRead(what, "Name a table (CSV).")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        what = f"{path} can't be read ({os.strerror(error.errno or 0)})."
        raise CannotRead(what, "Check its name and your right to read it.") from None
    if len(data) > LARGEST:
        what = f"{path} is larger than {LARGEST // 1_000_000} MB."
        raise CannotRead(what, "Export fewer years at a time.")
    return data


def _fits(text: str, delimiter: str, wanted: Sequence[str]) -> tuple[int, int]:
    """Count the wanted columns that the head has with a delimiter, and its columns in all."""
    try:
        head = [one.strip() for one in next(iter(_lines(text, delimiter)), (0, []))[1]]
    except csv.Error:
        return (0, 0)
    return len(set(head) & set(wanted)), len(head)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give the rows that are not empty, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if any(one.strip() for one in cells):
            yield line, cells
        line = reader.line_num + 1


def _row(line: int, head: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) > len(head) and any(one.strip() for one in cells[len(head) :]):
        return Row(line, {}, f"it has {len(cells)} cells where the head has {len(head)}")
    filled = [*cells, *[""] * (len(head) - len(cells))]
    texts = ("\n".join(one.strip().splitlines()) for one in filled)
    return Row(line, dict(zip(head, texts, strict=False)))
