"""Asking for what is missing: on a terminal with a default, elsewhere with an error that names the flag.

At every question `?` says what is accepted and `<` goes back to the one before: the command is run anew, and what was
answered before is answered again without a question (`coachlog.command_line`).
"""

import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from coachlog.commands.desk.answers import Answered, InputEnded, RunAgain, Unanswered
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.desk.veiling import veiled
from coachlog.errors import CoachlogError, WrongCall
from coachlog.model.record import Record
from coachlog.render.safe import safe

Answer = TypeVar("Answer")
TRIES = 3
"""How often an answer that can't be read is asked for again."""
SKIPS = "Enter skips"
"""What stands in place of a default where nothing need be said."""
BACK = "<"
"""The answer that goes back to the question before."""
HELP = "?"
"""The answer that asks what is accepted."""
ANY_WORDS = "Any words will do."
STDIN = "-"
"""What stands in place of a question where the whole of stdin was read."""
LONGEST_LINE = 1023 if sys.platform == "darwin" else 4095
"""How many bytes of a line the system takes from a terminal; it drops the rest without a word."""
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
    text = _taken_again(wishes, STDIN)
    if text is None:
        text = _typed(wishes, sys.stdin.read)
    wishes.typed.answers.append(Answered(STDIN, text))
    return text


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
    wrong = 0
    while True:
        try:
            return _parsed(wishes, Answered(prompt, _said(wishes, prompt, hint, parse)), parse)
        except Unanswered:
            raise
        except CoachlogError as error:
            wrong += 1
            if wrong == TRIES:
                raise Unanswered(error.what, error.remedy) from None
            _show(veiled(wishes, f"{error}\n"))


def _said(wishes: Wishes, prompt: str, hint: str, parse: Callable[[str], object]) -> str:
    """Give what is typed behind a prompt, once it is neither a question in return nor the wish to go back."""
    while (text := _line(wishes, prompt)) in {BACK, HELP}:
        if text == BACK:
            _go_back(wishes)
        else:
            _show(veiled(wishes, f"{_accepted(parse, hint)}\n"))
    return text


def _parsed(wishes: Wishes, answered: Answered, parse: Callable[[str], Answer]) -> Answer:
    """Read an answer, and note it where it can be read; what its reading asks for is noted behind it."""
    before = len(wishes.typed.answers)
    wishes.typed.answers.append(answered)
    try:
        return parse(answered.text)
    except CoachlogError:
        del wishes.typed.answers[before:]
        wishes.typed.ahead.clear()
        raise


def _accepted(parse: Callable[[str], object], hint: str) -> str:
    """Say what a question accepts, as its own reading does that refuses what is wrong."""
    enter = "Enter skips it. " if hint == SKIPS else f"Enter takes {hint}. " if hint else ""
    try:
        parse(HELP)
    except CoachlogError as error:
        accepted = error.remedy or error.what
    else:
        accepted = ANY_WORDS
    return f"{accepted} {enter}{BACK} goes back, Ctrl-C leaves."


def _go_back(wishes: Wishes) -> None:
    """Ask the question before again; where there is none, say so. Raises RunAgain."""
    answers = wishes.typed.answers
    last = next((at for at in reversed(range(len(answers))) if answers[at].question != STDIN), None)
    if wishes.typed.settled:
        _show("What was written stays, so there is no way back from here.\n")
    elif last is None:
        _show("This is the first question.\n")
    else:
        raise RunAgain(answers[:last])


def _line(wishes: Wishes, prompt: str) -> str:
    """Give what is typed behind a prompt, or was before the coach went back."""
    again = _taken_again(wishes, prompt)
    if again is not None:
        return again
    wishes.typed.asked = True
    try:
        _show(prompt)
        answer = _typed(wishes, sys.stdin.readline)
    except KeyboardInterrupt:
        _show("\n")
        raise
    if not answer:
        _show("\n")
        raise InputEnded
    if len(answer.encode(errors="replace")) > LONGEST_LINE:
        what = "That is longer than a terminal takes, so its end is lost."
        raise WrongCall(what, "Write a short text here; what is long goes in with --editor, or coachlog edit.")
    return answer.strip()


def _taken_again(wishes: Wishes, question: str) -> str | None:
    """Give the answer from before the coach went back; where another question comes now, the rest is asked anew."""
    ahead = wishes.typed.ahead
    if ahead and ahead[0].question == question:
        text = ahead.pop(0).text
        _hear(wishes, text)
        return text
    ahead.clear()
    return None


def _typed(wishes: Wishes, read: Callable[[], str]) -> str:
    try:
        text = read()
    except UnicodeDecodeError:
        what = "What was typed is not UTF-8."
        raise WrongCall(what, "Set the terminal to UTF-8.") from None
    _hear(wishes, text)
    return text


def _hear(wishes: Wishes, text: str) -> None:
    wishes.typed.heard += [text] if text.strip() not in {"", BACK, HELP} else []


def _show(text: str) -> None:
    """Show a question or what is wrong with an answer; what stands in it may come from a file."""
    sys.stderr.write("\n".join(map(safe, text.split("\n"))))
    sys.stderr.flush()
