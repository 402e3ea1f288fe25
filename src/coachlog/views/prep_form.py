"""The form that a client prepares a session with: its questions, and the answers found again in what comes back.

The first three questions are those of the journal's `prep`; the others are what S4 asks a client to think about before
a session. A mark stands before each, so that the answers are found however a mail program has quoted and wrapped them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import NamedTuple

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.session import Session
from coachlog.views.letters.said import day_said, moment_said, zone_of
from coachlog.views.unsaid import without_words

WIDTH = 72
"""The columns of a form: what is wider would be wrapped by the mail programs through which it goes."""
END = "[end]"
"""What stands before the last line of a form, behind which no answer is looked for."""
BULLET = "  - "


class Question(NamedTuple):
    """One question: the field of `prep` that its answer goes to, and by which words it stands in that field.

    `otherwise` are other wordings of it, in letters.
    """

    field: str
    asks: str
    label: str = ""
    otherwise: tuple[str, ...] = ()


QUESTIONS = (
    Question(
        "since",
        "Since we last met: what has come of your steps, and what else has happened?",
        otherwise=("Since we last met: what has happened?",),
    ),
    Question("well", "What went well?"),
    Question("want", "What do you want from this session? Name one topic or question."),
    Question("want", "Why does it matter to you?", "Matters"),
    Question("want", "What would you like to have reached by the end of it?", "Reached"),
    Question("want", "What could you try that you have never tried?", "Might try"),
)
"""What a form asks. The last three may stay empty (S4: importance, the goal to hone, new approaches)."""
MARKS = tuple(f"[{number}/{len(QUESTIONS)}]" for number in range(1, len(QUESTIONS) + 1))
"""What stands before each question."""
FURTHER = "If you like to go further:"
"""What stands above the questions that may stay empty."""
OPTIONAL = 3
"""So many questions come first; the others are for those who like to go further."""

_PLACE = r"^[ \t*_•-]*"
_QUOTED = re.compile(r"^(?:[ \t]*>)+[ \t]?", re.MULTILINE)
_NOTHING = re.compile(r"[\s._…–—*-]*")  # noqa: RUF001 — what people put where nothing stands
_ENDINGS = re.compile(
    r"""
    ^--[ ]?$                                                # a signature
    |^Sent\ from\ my\b
    |^-+[ ]?Original\ Message
    |^(?:On|Am|Le|El|Op|Il)\b[^\n]*(?:\n[^\n]+)?(?:wrote|schrieb|écrit|escribió|schreef|scritto)[^\n]*:[ \t]*$
    |^If\ a\ step\ is\ not\ done\ yet,
    |^Thank\ you\ for\ taking\ the\ time\.
    """,
    re.VERBOSE | re.MULTILINE,
)


class Form(NamedTuple):
    """A form for a session: the steps that are open until then, and the text to send."""

    session: Session
    steps: tuple[Action, ...]
    text: str


def form_for(file: ClientFile, session: Session, *, hidden: bool = False) -> Form:
    """Make the form for a session, with the steps that the client still has open; `hidden` leaves their words out."""
    still = (one for one in file.actions if one.is_open and not one.is_promise)
    steps = tuple(without_words(one) if hidden else one for one in still)
    return Form(session, steps, "\n".join(_lines(file, session, steps)) + "\n")


def _lines(file: ClientFile, session: Session, steps: Sequence[Action]) -> Iterator[str]:
    when = moment_said(session.at, zone_of(file.client.timezone))
    yield from wrap(f"To prepare for our session on {when}.", WIDTH)
    yield ""
    yield from wrap(
        "Please write below each question, in as few words as you like, and leave the marks in brackets where they are."
        " What you leave empty is fine.",
        WIDTH,
    )
    for number, (mark, question) in enumerate(zip(MARKS, QUESTIONS, strict=True)):
        yield ""
        if number == OPTIONAL:
            yield from (FURTHER, "")
        yield from wrap(f"{mark} {_asked(question, steps)}", WIDTH)
        if number == 0:
            yield from (row for one in steps for row in _step(one))
        yield ""
    yield ""
    yield from wrap(f"{END} Thank you. Send it back before we meet.", WIDTH)


def _asked(question: Question, steps: Sequence[Action]) -> str:
    """Give a question; where no step is open, none is asked after."""
    return question.otherwise[0] if question.otherwise and not steps else question.asks


def _step(action: Action) -> Sequence[str]:
    due = f" (by {day_said(action.due)})" if action.due else ""
    return wrap(
        f"{' '.join(action.step.split())}{due}", WIDTH, initial_indent=BULLET, subsequent_indent=" " * len(BULLET)
    )


def answers_in(text: str, steps: Iterable[Action] = ()) -> Mapping[str, str] | None:
    """Find the answers in a form that came back, by the fields of `prep`; what is empty is left out.

    It may be quoted, wrapped, above or below the form that was sent, and hold that form twice: the first answer to a
    question counts. Steps that stand in it as they were sent are no answer. None where no question is found.
    """
    plain = _QUOTED.sub("", _one_kind_of_lines(text))
    found = list(_QUESTION.finditer(plain))
    if not any(one.lastgroup != "end" for one in found):
        return None
    given: dict[int, str] = {}
    for at, one in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(plain)
        answer = _cleaned(plain[one.end() : end], steps)
        if one.lastgroup != "end" and answer:
            given.setdefault(int(str(one.lastgroup).removeprefix("q")), answer)
    return _by_field(given)


def _one_kind_of_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")


def _by_field(given: Mapping[int, str]) -> Mapping[str, str]:
    """Put the answers together: those that go further stand below what the client wants, each with its word."""
    fields: dict[str, list[str]] = {}
    for number, question in enumerate(QUESTIONS):
        if number in given:
            label = f"{question.label}: " if question.label else ""
            fields.setdefault(question.field, []).append(f"{label}{given[number]}")
    return {field: "\n".join(parts) for field, parts in fields.items()}


def _cleaned(block: str, steps: Iterable[Action]) -> str:
    ending = _ENDINGS.search(block)
    own = block[: ending.start()] if ending else block
    own = own.replace(FURTHER, "")
    for step in steps:
        sent = rf"^[ \t]*[-*•][ \t]+{_flexible(step.step)}\s*(?:\([^()]*\))?[ \t]*$"
        own = re.sub(sent, "", own, flags=re.MULTILINE)
    lines = [line.rstrip() for line in own.strip().split("\n")]
    answer = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return "" if _NOTHING.fullmatch(answer) else answer


def _flexible(text: str) -> str:
    """Give a pattern for a text that may have been wrapped."""
    return r"\s+".join(map(re.escape, text.split()))


def _patterns() -> Iterator[str]:
    """Give the patterns of the questions: the mark with the words, either alone."""
    for number, (mark, question) in enumerate(zip(MARKS, QUESTIONS, strict=True)):
        wordings = "|".join(map(_flexible, (question.asks, *question.otherwise)))
        digits = re.escape(mark).replace("/", r"\s*/\s*")
        yield rf"(?P<q{number}>{digits}\s*(?:{wordings})|{digits}[^\n]*|(?:{wordings}))"
    yield rf"(?P<end>{re.escape(END)}[^\n]*)"


_QUESTION = re.compile(rf"{_PLACE}(?:{'|'.join(_patterns())})", re.MULTILINE | re.IGNORECASE)


def topic_wanted(session: Session | None) -> str:
    """Give what the client wants to talk about, in one line: the first of what the form says of it."""
    said = session.prep.want if session and session.prep else None
    first = next((line.strip() for line in (said or "").splitlines() if line.strip()), "")
    return "" if first.startswith(tuple(f"{one.label}: " for one in QUESTIONS if one.label)) else first
