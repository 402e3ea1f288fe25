"""Mail as it lies on a disk: an mbox, a Maildir, a file with one message, or folders of them; of each only the head.

A mailbox is never read as a whole: 200 MB of attachments cost no more than looking for where messages begin.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from coachlog.errors import CannotRead
from coachlog.model.names import unaccented

LONGEST_HEADER = 256_000
"""Bytes of a header; more is no mail that a person sent."""
BEYOND_HEADER = 16_000
"""Bytes of a body that are looked at for what kind of parts it has; they are neither kept nor shown."""
_FIRST_READ = 8_000
_CHUNK = 4_000_000
_MARGIN = 1_000
"""Bytes that a line between two messages and the first field below it take at most."""
_BETWEEN = re.compile(
    rb"From (?:[^\r\n]{0,300}\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [^\r\n]{1,30}\d:\d\d[^\r\n]{0,40})?\r?\n"
    rb"(?=[!-9;-~]{1,100}[ \t]*:|>From )"
)
"""The line between two messages has a weekday and a time of day, or nothing, and a field below it.

`From here on` is none. Newer versions of Thunderbird write nothing behind `From`.
"""
_ANY_BETWEEN = re.compile(rb"\n" + _BETWEEN.pattern)
_FIELD = re.compile(rb"(?:\d{1,12}[ \t]*\r?\n)?(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,100}[ \t]*:")
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_MAILDIR_PARTS = ("cur", "new")
_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)\Z")
_UNSENT = frozenset("DT")
"""What Maildir calls a draft, and what was thrown away."""
PUT_ASIDE = frozenset(
    {"draft", "drafts", "entwurfe", "brouillons", "borradores", "bozze", "rascunhos", "concepten", "utkast", "kladder"}
    | {"templates", "outbox", "unsent messages", "trash", "bin", "deleted", "deleted items", "deleted messages"}
    | {"papierkorb", "geloschte elemente", "corbeille", "elements supprimes", "papelera", "elementos eliminados"}
    | {"cestino", "posta eliminata", "lixeira", "prullenbak", "verwijderde items", "papirkurv", "papperskorgen"}
    | {"junk", "junk e-mail", "junk email", "spam", "spamverdacht", "courrier indesirable"}
)
"""What mail programs call a folder whose messages nobody sent, or nobody wants, without accents."""
_PUT_ASIDE = re.compile(rf"\.?(?:.*\.)?(?:{'|'.join(sorted(PUT_ASIDE))})(?:\.mbox|\.sbd)?")
"""Such a folder or mailbox on the disk: a Maildir's begin with a point, Apple's and Thunderbird's end with a word."""
_SINGLE = frozenset({".eml", ".emlx"})
"""How the name of a file with one message ends; in Apple's the first line is a number."""
_BEFORE_MAIL = b"\xef\xbb\xbf\r\n"
"""What may stand before the first line: a mark of its encoding, and empty lines."""


class Raw(NamedTuple):
    """A message as it lies there: its place in its mailbox (from 1), its header, and how its body begins."""

    mailbox: str
    number: int
    header: bytes
    body: bytes = b""
    fault: str = ""
    is_unsent: bool = False


def is_mail(path: Path) -> bool:
    """Tell whether a path leads to mail: a folder, or a file that begins as an mbox or a message does."""
    if path.is_dir():
        return True
    start = _start_of(path)
    is_named_so = path.suffix.lower() in {*_SINGLE, ".mbox"}
    return not start or is_named_so or any(form.match(start) for form in (_BETWEEN, _FIELD))


def messages_in(path: Path, shown: str = "") -> Iterator[Raw]:
    """Give every message below a path, as a mailbox of the name that is shown. Raises CannotRead."""
    name = shown or str(path)
    if path.is_dir():
        yield from _numbered(name, _in_folder(path))
    elif not path.exists():
        what = f"{name} is not there."
        raise CannotRead(what, "Name a mailbox (mbox), a Maildir, an .eml file or a folder of them.")
    elif not is_mail(path):
        what = f"{name} is no mail: it begins neither as a mailbox (mbox) nor as a message."
        raise CannotRead(what, "Export the mail as mbox or .eml; a table needs --map FILE.")
    else:
        yield from _numbered(name, _in_file(path))


def _numbered(name: str, found: Iterator[Raw]) -> Iterator[Raw]:
    return (one._replace(mailbox=name, number=number) for number, one in enumerate(found, start=1))


def _start_of(path: Path) -> bytes:
    """Read how a file begins. Raises CannotRead where it can't be opened or is no file."""
    if path.exists() and not path.is_file():
        what = f"{path} is no file."
        raise CannotRead(what, "Name a mailbox (mbox), a Maildir, an .eml file or a folder of them.")
    try:
        with path.open("rb") as file:
            return file.read(_MARGIN).lstrip(_BEFORE_MAIL)
    except OSError as error:
        what = f"{path} can't be read ({os.strerror(error.errno or 0)})."
        raise CannotRead(what, "Check its name and your right to read it.") from None


def _in_folder(folder: Path) -> Iterator[Raw]:
    """Give what lies in a folder: a Maildir, message files, mailboxes, and what lies in the folders below."""
    parts = [folder / one for one in _MAILDIR_PARTS]
    is_maildir = any(part.is_dir() for part in parts)
    try:
        below = sorted(folder.iterdir())
    except OSError:
        yield Raw("", 0, b"", fault="the folder can't be opened")
        return
    for part in parts if is_maildir else ():
        yield from _in_maildir(part)
    for one in below:
        if one.is_symlink() or one in parts or one.name == "tmp":
            continue
        found = _in_folder(one) if one.is_dir() else () if is_maildir or not one.is_file() else _in_file_of_folder(one)
        is_unsent = _PUT_ASIDE.fullmatch(unaccented(one.name)) is not None
        yield from (raw._replace(is_unsent=True) for raw in found) if is_unsent else found


def _in_maildir(part: Path) -> Iterator[Raw]:
    for path in sorted(part.iterdir()) if part.is_dir() else ():
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            flags = _FLAGS.search(path.name)
            yield _one(path)._replace(is_unsent=bool(flags and _UNSENT & set(flags[1])))


def _in_file_of_folder(path: Path) -> Iterator[Raw]:
    """Take an .eml or .emlx for a message whatever it holds, a mailbox for what it is, and leave other files alone."""
    try:
        start = _start_of(path)
    except CannotRead:
        yield Raw("", 0, b"", fault="the file can't be opened")
        return
    if path.suffix.lower() in _SINGLE or _BETWEEN.match(start):
        yield from _in_file(path)


def _in_file(path: Path) -> Iterator[Raw]:
    if _BETWEEN.match(_start_of(path)):
        yield from _in_mbox(path)
    elif _start_of(path):
        yield _one(path)


def _one(path: Path) -> Raw:
    try:
        with path.open("rb") as file:
            return _read_at(file, 0, None)
    except OSError:
        return Raw("", 0, b"", fault="the file can't be opened")


def _in_mbox(path: Path) -> Iterator[Raw]:
    with path.open("rb") as looked_through, path.open("rb") as file:
        starts = _starts(looked_through)
        start = next(starts, None)
        while start is not None:
            following = next(starts, None)
            yield _read_at(file, start, following)
            start = following


def _starts(file: BinaryIO) -> Iterator[int]:
    """Find where each message of a mailbox begins, holding no more of it than a chunk."""
    begins, held = -1, b"\n"
    while True:
        chunk = file.read(_CHUNK)
        held += chunk
        certain = len(held) - (_MARGIN if chunk else 0)
        for found in _ANY_BETWEEN.finditer(held):
            if found.start() >= certain:
                break
            yield begins + found.start() + 1
        if not chunk:
            return
        dropped = max(certain, 0)
        begins, held = begins + dropped, held[dropped:]


def _read_at(file: BinaryIO, start: int, end: int | None) -> Raw:
    """Read the header of the message at a place, and as much of its body as shows what kind of parts it has."""
    file.seek(start)
    most = LONGEST_HEADER if end is None else min(LONGEST_HEADER, end - start)
    data = file.read(min(_FIRST_READ, most))
    blank = _END_OF_HEADER.search(data)
    if blank is None and len(data) < most:
        data += file.read(most - len(data))
        blank = _END_OF_HEADER.search(data)
    if blank is None:
        is_long = len(data) >= LONGEST_HEADER
        return Raw("", 0, data, fault="its header is too long" if is_long else "")
    return Raw("", 0, data[: blank.start()], _beginning(file, data, blank.end(), start, end))


def _beginning(file: BinaryIO, data: bytes, blank: int, start: int, end: int | None) -> bytes:
    """Give how a body begins, where the header says that it has parts."""
    if b"multipart/" not in data[:blank].lower():
        return b""
    file.seek(start + blank)
    return file.read(BEYOND_HEADER if end is None else min(BEYOND_HEADER, end - start - blank))
