"""A word of the call that was not understood and is near to one that is: on a terminal the coach is asked which."""

from collections.abc import Callable, Sequence

from coachlog.commands.desk.answers import RunAgain
from coachlog.commands.desk.asking_for import ask, can_ask, yes_or_no
from coachlog.commands.desk.opening import Wishes
from coachlog.errors import WrongCall


def put_right(wishes: Wishes, arguments: Sequence[str], error: WrongCall) -> None:
    """Ask which word was meant, and have the call run anew with it in the place of the one that was typed.

    A call that has written something already is not run again, and one that nobody can be asked about stays as it is.
    Raises RunAgain, and Unanswered where no answer can be read.
    """
    if not error.near or error.typed not in arguments or wishes.typed.settled or not can_ask(wishes):
        return
    answers = [*wishes.typed.answers]
    meant = _confirmed(wishes, error) if len(error.near) == 1 else _chosen(wishes, error)
    if meant is not None:
        at = list(arguments).index(error.typed)
        raise RunAgain(answers, [*arguments[:at], meant, *arguments[at + 1 :]])


def _confirmed(wishes: Wishes, error: WrongCall) -> str | None:
    (meant, told), *_ = error.near
    question = f"{error.what} Did you mean {told}? yes or no"
    return meant if ask(wishes, question, meant, yes_or_no, "yes") else None


def _chosen(wishes: Wishes, error: WrongCall) -> str | None:
    told = "".join(f"\n  {number} {one}" for number, (_, one) in enumerate(error.near, start=1))
    question = f"{error.what} Which one is meant?{told}\nIts number; 0 for none"
    number = ask(wishes, question, error.near[0][0], _number_up_to(len(error.near)), "0")
    return error.near[number - 1][0] if number else None


def _number_up_to(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdigit() and int(text) <= most:
            return int(text)
        what = "That is none of the numbers."
        raise WrongCall(what, f"Write one from 0 to {most}.")

    return read
