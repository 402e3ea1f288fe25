"""Not a byte beside the change: on files in every manner, and on the examples."""

import random
from collections import Counter
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

import pytest

from coachlog.store.compose import compose
from coachlog.store.emit import Value
from coachlog.store.prove import CannotProve
from coachlog.store.splice import add_key, cut_key, cut_record, insert_record, replace_value
from store.odd_files import LISTS, OddFile, some_value

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
RECORD: Value = {"id": "new", "at": "2026-03-01 10:00", "note": "a, b"}


class NothingToTry(Exception):
    """A file made up without what a change needs."""


def insert(file: OddFile, chance: random.Random) -> None:
    """A record comes behind all of the last one, and before the blank lines and comments that follow."""
    where = chance.choice(list(file.records))
    new = insert_record(file.data, (where,), RECORD)
    _, end = file.span(where)
    before, after = file.text_before(end), file.text_from(end)
    if not before.endswith(b"\n"):
        before += file.line_end.encode()
    assert new.startswith(before)
    assert new.endswith(after)
    assert len(new) > len(before) + len(after)


def begin(file: OddFile, chance: random.Random) -> None:
    """A new list comes behind everything but the comments at the end."""
    absent = chance.choice([*(name for name in LISTS if name not in file.records), "x-mine"])
    new = insert_record(file.data, (absent,), RECORD)
    assert changed_lines(new, file.data) == 0


def cut(file: OddFile, chance: random.Random) -> None:
    """A record goes with its comments; the blank lines below it may go too."""
    where = chance.choice(list(file.records))
    record = chance.choice(file.records[where])
    new = cut_record(file.data, (where, record))
    start, end = file.span(where, record)
    if len(file.records[where]) == 1:
        above = len(file.text_before(file.span(where, parts="key")[0]))
        new = new[:above] + new[above:].replace(b": []", b":", 1)
    kept = [file.text_before(start) + file.text_from(end)]
    rest = file.text_from(end)
    while rest.startswith((b"\n", b"\r\n")):
        rest = rest[1:] if rest.startswith(b"\n") else rest[2:]
        kept.append(file.text_before(start) + rest)
    assert new in kept


def replace(file: OddFile, chance: random.Random) -> None:
    """A value changes, and the comment behind it stays."""
    where, record, key = a_field(file, chance)
    new = replace_value(file.data, (where, record, key), some_value(chance))
    number = next(
        number for number, piece in enumerate(file.pieces) if (piece.record, piece.field) == (record, key) and key
    )
    assert new.startswith(file.text_before(number))
    assert new.endswith(file.text_from(number + 1))
    comments = [line for line in file.pieces[number].text.splitlines() if line.strip().startswith("# note")]
    assert all(comment.encode() in new for comment in comments)


def drop(file: OddFile, chance: random.Random) -> None:
    """A key goes, with its value and nothing else."""
    where, record, key = a_field(file, chance)
    new = cut_key(file.data, (where, record, key))
    number = next(number for number, piece in enumerate(file.pieces) if (piece.record, piece.field) == (record, key))
    assert new == file.text_before(number) + file.text_from(number + 1)


def add(file: OddFile, chance: random.Random) -> None:
    """A key comes at the end of its record."""
    where = chance.choice(list(file.records))
    record = chance.choice(file.records[where])
    new = add_key(file.data, (where, record, "x-more"), some_value(chance))
    start, end = file.span(where, record)
    assert new.startswith(file.text_before(start))
    assert new.endswith(file.text_from(end))
    assert changed_lines(new, file.data) <= (record in file.in_braces)


def nest(file: OddFile, chance: random.Random) -> None:
    """An item comes into a list inside a record, whether the list is there or not."""
    where = chance.choice(list(file.records))
    record = chance.choice(file.records[where])
    new = insert_record(file.data, (where, record, chance.choice(("moved", "with", "x-list"))), {"date": "today"})
    start, end = file.span(where, record)
    assert new.startswith(file.text_before(start))
    assert new.endswith(file.text_from(end))
    assert changed_lines(new, file.data) <= 1


CHANGES: tuple[Callable[[OddFile, random.Random], None], ...] = (insert, begin, cut, replace, drop, add, nest)


def a_field(file: OddFile, chance: random.Random) -> tuple[str, str, str]:
    """Choose a key of a record that is no flow mapping; `id` where there is no other."""
    fields = [piece for piece in file.pieces if piece.field and piece.field != "id"]
    if not fields:
        raise NothingToTry
    piece = chance.choice(fields)
    return piece.where, piece.record, piece.field


def changed_lines(new: bytes, old: bytes) -> int:
    """Count the lines of the old text between its first and its last that is not as it was."""
    before, after = old.splitlines(), new.splitlines()
    same = 0
    for lines in (zip(before, after, strict=False), zip(reversed(before), reversed(after), strict=False)):
        same += sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], lines))
    return max(len(before) - same, 0)


@pytest.mark.parametrize("files", [500, pytest.param(20_000, marks=pytest.mark.long)])
def test_not_a_byte_changes_beside_the_change(files: int) -> None:
    """500 files at every change, 20,000 in the long run; what is refused is counted, and it is little."""
    refused: Counter[str] = Counter()
    for seed in range(files):
        file = OddFile(seed)
        assert compose(file.data) is not None
        for change in CHANGES:
            try:
                change(file, random.Random(seed))  # noqa: S311  (changes to try, and the same each time)
            except CannotProve as refusal:
                refused[f"{change.__name__}: {refusal.what.partition(': ')[2]}"] += 1
            except NothingToTry:
                continue
            except AssertionError as error:
                raise AssertionError(seed, change.__name__) from error
    assert sum(refused.values()) < files * len(CHANGES) / 10, refused
