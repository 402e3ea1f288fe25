"""Asking for what is missing: on a terminal with a default, elsewhere with an error that names the flag."""

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from coachlog.commands.desk.opening import Wishes
from coachlog.errors import CoachlogError, WrongCall

Answer = TypeVar("Answer")
TRIES = 3
"""How often an answer that can't be read is asked for again."""


def can_ask(wishes: Wishes) -> bool:
    """Tell whether somebody is there to answer."""
    return not wishes.no_input and sys.stdin is not None and sys.stdin.isatty()


def ask(wishes: Wishes, question: str, flag: str, parse: Callable[[str], Answer], default: str = "") -> Answer:
    """Ask for a value that is needed. Raises WrongCall where nobody can answer, or three answers can't be read."""
    if not can_ask(wishes):
        what = f"{question} is needed, and there is nobody to ask."
        raise WrongCall(what, f"Say it with {flag}.")
    for left in range(TRIES - 1, -1, -1):
        sys.stderr.write(f"{question}{f' [{default}]' if default else ''}: ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
        if not answer:
            what = "The input ended before everything was said."
            raise WrongCall(what)
        try:
            return parse(answer.strip() or default)
        except CoachlogError as error:
            if not left:
                raise
            sys.stderr.write(f"{error}\n")
    raise AssertionError


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """Give the reading of an answer that is one of a few words."""

    def read(text: str) -> str:
        if text in words:
            return text
        what = "That is none of the words that fit."
        raise WrongCall(what, f"Write {', '.join(words)}.")

    return read


def read_text(words: list[str] | None) -> str | None:
    """Join the words of a text that takes the rest of the line; a lone `-` reads it from stdin."""
    if words == ["-"]:
        return sys.stdin.read().rstrip("\n")
    return " ".join(words) if words else None
