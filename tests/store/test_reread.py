"""A text that came of another by an edit is read from the edit on, and reads exactly as it does from its beginning."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachlog.store.compose import REMEMBERED, compose
from coachlog.store.nodes import Mapping, Node, Sequence, Unreadable
from coachlog.store.reread import same_until

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
HAND_MADE = (
    "contacts:\n- {id: a}\n- {id: b}\n- {id: c}\n",
    "x-a:\n  - 1\n  - 2\ncontacts:\n  - id: a\n    about: |\n      one\n\n      - two\n\n  # b\n  - id: b\n\n",
    "contacts:\n  - about: 'it''s\n      - three'\n\n  - id: c  # last\n  - d\n\n# behind\nx-b: {c: [1, 2]}\n",
    "contacts:\r\n  -   id: a\r\n      at:\r\n  -\r\n  - {id: b,\r\n  via: [a]}\r\n  - - c\r\n    - d\r\n  - ? e\r\n",
    '---\ncontacts: !!seq\n  - a\n  - "b\n   - c"\n  - >-\n    d\n\n\n  - e: &x 1\n    f: 2\n  - g\n...\n',
    "a:\n  - &one {id: a}\n  - *one\n  - {id: b}\n  - {id: c}\n",
    "\ufeffa: [1, 2]\nb:\n    - c\n    - d\n    -\n    - e\n    - ''\n\n",
    "a:\n  - b: {c: ?}\n  - d\n  - e\n  - f\n",
    "- a\n- b\n- c\n",
)
MARKS = "-:#&*!|>'\"{}[],?% \n\r\t\u2028"
PIECES = (*MARKS, "\n- ", "\n  - ", "\n  - id: z\n", "\n---\n", "  # one\n", "&a ", "*a", "a: b\n")


def texts() -> Iterator[str]:
    """Give what hands have written, and what the examples hold."""
    yield from HAND_MADE
    for file in sorted(EXAMPLES.rglob("*.yaml")):
        yield file.read_bytes().decode()


def edited(text: str, chance: random.Random) -> str:
    """Put a piece at some place of a text in place of a few characters, often near its end."""
    start = chance.randrange(len(text) + 1) if chance.random() < 0.7 else max(len(text) - chance.randrange(40), 0)
    piece: str = chance.choice(PIECES)
    return text[:start] + piece + text[start + chance.choice((0, 0, 1, 3, 20)) :]


def read(data: bytes, came_of: bytes = b"") -> Node | str | None:
    """Read a file, or say why it can't be read, and where."""
    try:
        return compose(data, came_of=came_of)
    except Unreadable as refusal:
        return str(refusal)


def read_alone(data: bytes) -> Node | str | None:
    """Read a file after everything else that was read is forgotten."""
    for number in range(REMEMBERED):
        compose(f"a: {number}".encode())
    return read(data)


@pytest.mark.parametrize(
    ("seed", "share"), [(0, 0.1), (1, 0.1), *(pytest.param(seed, 1, marks=pytest.mark.long) for seed in range(9))]
)
def test_an_edited_text_reads_as_it_does_alone(seed: int, share: float) -> None:
    """Whatever the edit, the nodes, their places, and the fault of one that can't be read are the same."""
    chance = random.Random(seed)  # noqa: S311  (edits to try, and the same each time)
    for text in texts():
        if text not in HAND_MADE and chance.random() > share:
            continue
        for _ in range(60 if len(text) < 1000 else 8):
            new = edited(text, chance)
            if new != text:
                alone = read_alone(new.encode())
                read_alone(text.encode())
                assert read(new.encode(), came_of=text.encode()) == alone, (text, new)


def test_what_stands_ahead_of_an_edit_is_not_read_again() -> None:
    """The records before the one at the edit are the very same; that one and those behind it are read anew."""
    records = [f"  - {{id: r{number}}}\n" for number in range(9)]
    old = "contacts:\n" + "".join(records) + "x-a: 1\n"
    new = old.replace("id: r6", "id: other")
    before, after = (records_of(read(old.encode())), records_of(read(new.encode(), came_of=old.encode())))
    same = [one is other for one, other in zip(before, after, strict=True)]
    assert same == [True] * 6 + [False] * 3


def records_of(root: Node | str | None) -> tuple[Node, ...]:
    """Give the records of a file's first list."""
    listing = root.entries[0][1] if isinstance(root, Mapping) else None
    return listing.items if isinstance(listing, Sequence) else ()


def test_two_texts_are_the_same_until_their_first_difference() -> None:
    """The first difference is found wherever it is, and the end of the shorter one is one."""
    for old, new, same in (("", "", 0), ("a", "", 0), ("abc", "abd", 2), ("abc", "abcd", 3), ("xbc", "abc", 0)):
        assert same_until(old, new) == same_until(new, old) == same
