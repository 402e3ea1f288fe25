"""Asking for what is missing: on a terminal with a default, elsewhere with an error that names the flag."""

import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from coachlog.commands.desk.incognito import veiled
from coachlog.commands.desk.opening import Wishes
from coachlog.errors import CoachlogError, WrongCall
from coachlog.model.record import Record
from coachlog.render.safe import safe

Answer = TypeVar("Answer")
TRIES = 3
"""How often an answer that can't be read is asked for again."""
SKIPS = "Enter skips"
"""What stands in place of a default where nothing need be said."""
PROGRAM = "coachlog"
DRY_RUN = "--dry-run"
_YES_NO = {"y": True, "yes": True, "n": False, "no": False}


def can_ask(wishes: Wishes) -> bool:
    """Tell whether somebody is there to answer."""
    return not wishes.no_input and sys.stdin is not None and sys.stdin.isatty()


def ask(wishes: Wishes, question: str, flag: str, parse: Callable[[str], Answer], default: str = "") -> Answer:
    """Ask for a value that is needed. Raises WrongCall where nobody can answer, or three answers can't be read."""
    if not can_ask(wishes):
        what = f"{question} is needed, and there is nobody to ask."
        raise WrongCall(what, f"Say it with {flag}.")
    return _answer(wishes, veiled(wishes, question), default, lambda text: parse(text or default))


def offer(wishes: Wishes, question: str, parse: Callable[[str], Answer], about: Iterable[Record] = ()) -> Answer | None:
    """Ask for what may be left out, where somebody can answer; Enter skips it, and gives None.

    What records it is about say in the question is masked incognito.
    """
    if not can_ask(wishes):
        return None
    return _answer(wishes, veiled(wishes, question, about), SKIPS, lambda text: parse(text) if text else None)


def yes_or_no(text: str) -> bool:
    """Read yes or no, or its first letter. Raises WrongCall."""
    if text.lower() in _YES_NO:
        return _YES_NO[text.lower()]
    what = "That is neither yes nor no."
    raise WrongCall(what, "Write yes or no; y and n serve too.")


def some_words(what: str, remedy: str) -> Callable[[str], str]:
    """Give the reading of a text that can't be empty; where it is, WrongCall is raised with these two sentences."""

    def read(text: str) -> str:
        if text.strip():
            return text.strip()
        raise WrongCall(what, remedy)

    return read


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """Give the reading of an answer that is one of a few words, or the beginning of one alone."""

    def read(text: str) -> str:
        found = [one for one in words if text and one.startswith(text.lower())]
        if text in words or len(found) == 1:
            return text if text in words else found[0]
        what = "That is none of the words that fit."
        raise WrongCall(what, f"Write {', '.join(words)}.")

    return read


def read_text(wishes: Wishes, words: list[str] | None) -> str | None:
    """Join the words of a text that takes the rest of the line; a lone `-` reads it from stdin. Blanks are no text."""
    if words == ["-"]:
        text = _whole_input(wishes).rstrip("\n")
    else:
        text = " ".join(words or ())
        wishes.typed.texts += [text] if text else []
    return text if text.strip() else None


def _whole_input(wishes: Wishes) -> str:
    """Read stdin to its end. Raises WrongCall where it is closed."""
    if sys.stdin is None:
        what = "`-` reads the text from stdin, which is closed."
        raise WrongCall(what, "Pipe the text in, or write it behind the command.")
    return _typed(wishes, sys.stdin.read)


def typed_text(wishes: Wishes) -> str:
    """Give what was typed in this call if any of it is text: the call itself, and below it what was read from stdin.

    A dry run writes nothing, and so keeps nothing.
    """
    called, typed = sys.argv[1:], wishes.typed
    if DRY_RUN in called or not (typed.heard or typed.texts or any(" " in one for one in called)):
        return ""
    return "\n".join([shlex.join([PROGRAM, *called]), *(one.rstrip("\n") for one in typed.heard)]) + "\n"


def _answer(wishes: Wishes, question: str, hint: str, parse: Callable[[str], Answer]) -> Answer:
    """Ask, and ask again while the answer can't be read, saying why."""
    prompt = f"{question}{f' [{hint}]' if hint else ''}: "
    for _ in range(TRIES - 1):
        try:
            return parse(_line(wishes, prompt))
        except InputEnded:
            raise
        except CoachlogError as error:
            _show(f"{error}\n")
    return parse(_line(wishes, prompt))


class InputEnded(WrongCall):
    """Nothing more is typed, and something is still to be asked (exit 2)."""

    def __init__(self) -> None:
        """Say that nothing was written."""
        super().__init__("The input ended before everything was said, so nothing was written.")


def _line(wishes: Wishes, prompt: str) -> str:
    _show(prompt)
    try:
        answer = _typed(wishes, sys.stdin.readline)
    except KeyboardInterrupt:
        _show("\n")
        raise
    if not answer:
        _show("\n")
        raise InputEnded
    return answer.strip()


def _typed(wishes: Wishes, read: Callable[[], str]) -> str:
    try:
        text = read()
    except UnicodeDecodeError:
        what = "What was typed is not UTF-8."
        raise WrongCall(what, "Set the terminal to UTF-8.") from None
    wishes.typed.heard += [text] if text.strip() else []
    return text


def _show(text: str) -> None:
    """Show a question or what is wrong with an answer; what stands in it may come from a file."""
    sys.stderr.write("\n".join(map(safe, text.split("\n"))))
    sys.stderr.flush()
