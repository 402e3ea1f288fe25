"""How far something has come that takes more than a second: a count on a terminal, and nothing anywhere else."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")
PATIENCE = 1.0
"""Seconds for which nothing need be said, and that pass between one count and the next."""


def counting(items: Iterable[Item], noun: str, *, quiet: bool = False) -> Iterator[Item]:
    """Pass items on, and say on standard error how many there were, as long as a person is waiting."""
    said, latest = "", time.monotonic()
    watched = not quiet and sys.stderr is not None and sys.stderr.isatty()
    for number, item in enumerate(items, start=1):
        if watched and time.monotonic() - latest > PATIENCE:
            latest, said = time.monotonic(), f"{number} {noun} so far"
            _say(f"\r{said}")
        yield item
    if said:
        _say(f"\r{' ' * len(said)}\r")


def _say(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
