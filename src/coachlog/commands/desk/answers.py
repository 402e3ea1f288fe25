"""Answers that were typed at questions, and how a coach leaves a question without one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from coachlog.errors import WrongCall


class Answered(NamedTuple):
    """A question that was asked, and what was typed in reply."""

    question: str
    text: str


@dataclass
class Typed:
    """What was typed in a call: the texts that it was given as words, and what it has read from stdin.

    `ahead` are answers from before the coach went back, which are taken again without a question; `asked` tells that
    somebody was asked, and `settled` that something is written already, so that nothing is asked a second time.
    """

    texts: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    answers: list[Answered] = field(default_factory=list)
    ahead: list[Answered] = field(default_factory=list)
    asked: bool = False
    settled: bool = False


class RunAgain(Exception):
    """The command is to be run anew: with these answers and no further, and with other words where some are given."""

    def __init__(self, answers: Sequence[Answered], arguments: Sequence[str] = ()) -> None:
        """Keep what was answered so far, and the words of the call that was meant."""
        super().__init__()
        self.answers = list(answers)
        self.arguments = list(arguments)


class Unanswered(WrongCall):
    """A question got no answer that can be read, three times (exit 2)."""


class InputEnded(Unanswered):
    """Nothing more is typed, and something is still to be asked (exit 130)."""

    exit_code = 130

    def __init__(self) -> None:
        """Say that nothing was written."""
        super().__init__("The input ended before everything was said, so nothing was written.")
