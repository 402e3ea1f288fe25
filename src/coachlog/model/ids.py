"""Ids of records: short, readable aloud, and made so that two machines can add records at the same time."""

import secrets
from collections.abc import Container
from hashlib import blake2b

LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""What an id begins with: no i, l or o, which are read as digits."""
CHARACTERS = f"{LETTERS}23456789"
"""What an id is made of: no 0 and 1 either."""
LENGTH = 5
"""Thirty million ids: among a thousand records of one list two new ones meet once in thirty thousand times."""


def new_id(taken: Container[str]) -> str:
    """Make an id at random that no record of its list has."""
    while True:
        made = secrets.choice(LETTERS) + "".join(secrets.choice(CHARACTERS) for _ in range(LENGTH - 1))
        if made not in taken:
            return made


def derived_id(text: str, place_among_equals: int, taken: Container[str]) -> str:
    """Make the id of a record that was written by hand, from its text and its place among equal ones.

    Two machines that hold the same record give it the same id.
    """
    attempt = 0
    while True:
        made = id_from(f"{place_among_equals}\n{attempt}\n{text}".encode())
        if made not in taken:
            return made
        attempt += 1


def id_from(source: bytes, length: int = LENGTH) -> str:
    """Make an id from what it stands for: always the same for the same."""
    number, first = divmod(int.from_bytes(blake2b(source, digest_size=8).digest()), len(LETTERS))
    made = LETTERS[first]
    for _ in range(length - 1):
        number, one = divmod(number, len(CHARACTERS))
        made += CHARACTERS[one]
    return made
