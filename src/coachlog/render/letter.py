"""A letter from its template and its facts: in a sandbox, with nothing undefined passed over, and never without end.

A template is handed plain values alone. It reads no file and no other template, and may take neither long nor much.
"""

import re
import resource
import signal
import string
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from coachlog.errors import CannotRead
from coachlog.model.words import ordinal
from coachlog.views.letters.said import Fact, number_said

LONGEST = 1_000_000
"""How many characters a letter may have."""
SECONDS = 2
"""How long a template may take."""
BYTES = 2**28
"""How much more memory a template may take than the program had: a single filter could ask for gigabytes."""
_BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024
"""In what the system tells how much memory the program had at most."""
_LARGEST = 10**6
"""Up to which numbers a template may multiply; a text is not repeated."""
_GLOBALS = ("range", "namespace")
"""What a template may call beside its filters."""
_SUBJECT = re.compile(r"Subject:(.*)")
_GAP = re.compile(r"\n{3,}")
_NAMED = re.compile(r"'([A-Za-z_][A-Za-z0-9_]{0,39})' is undefined|has no attribute '([A-Za-z_][A-Za-z0-9_]{0,39})'")
_MARKDOWN = str.maketrans({one: f"\\{one}" for one in r"\`*_[]<>|"})


class Fault(NamedTuple):
    """What is wrong with a template, and on which of its lines, counted from 1; 0 where that is not known."""

    line: int
    reason: str


class FaultyTemplate(CannotRead):
    """A template can't be carried out; the built-in one is offered in its place (exit 3)."""

    def __init__(self, fault: Fault, file: str) -> None:
        """Name the file, the line and the reason."""
        where = f"{file}:{fault.line}" if fault.line else file
        remedy = "Mend it (docs/letters.md lists what a letter knows), or take the built-in one: --built-in."
        super().__init__(f"{where}: {fault.reason}.", remedy)


class Written(NamedTuple):
    """A letter: its subject, which a document has none of, and its text."""

    subject: str
    text: str


class TakesTooLong(Exception):
    """A template did not come to its end in time."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Where templates are carried out: they reach nothing but their facts, change none, and can't grow by a power."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 — any operands
        """Multiply small numbers. Raises SecurityError for anything else."""
        if not all(isinstance(one, int) and abs(one) <= _LARGEST for one in (left, right)) or operator == "**":
            raise SecurityError
        return super().call_binop(context, operator, left, right)


def written(text: str, form: str, facts: Mapping[str, Fact], file: str, seconds: float = SECONDS) -> Written:
    """Fill a template in: `form` is text, md or html, and `file` is what it is called. Raises FaultyTemplate."""
    whole = _filled(text, form, facts, file, seconds)
    if form == "html":
        return Written("", whole)
    lines = [" ".join(one.rstrip().split("\t")) for one in whole.strip("\n").split("\n")]
    subject = _SUBJECT.fullmatch(lines[0])
    body = "\n".join(lines[1:] if subject else lines).strip("\n")
    return Written(" ".join(subject[1].split()) if subject else "", _GAP.sub("\n\n", body) + "\n")


def _filled(text: str, form: str, facts: Mapping[str, Fact], file: str, seconds: float) -> str:
    environment = _environment(form)
    try:
        with _in_time(seconds), _within_memory():
            code = environment.compile(text, file, file)
            template = Template.from_code(environment, code, environment.make_globals(None))
            return _bounded(template.generate(**facts), file)
    except TemplateSyntaxError as error:
        raise FaultyTemplate(Fault(error.lineno, _syntax(error)), file) from None
    except TakesTooLong:
        raise FaultyTemplate(Fault(0, f"it has not come to its end after {seconds:g} seconds"), file) from None
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, SyntaxError, RecursionError) as error:
        raise FaultyTemplate(Fault(_line_of(error, file), _reason(error)), file) from None
    except MemoryError:
        raise FaultyTemplate(Fault(0, "it asks for too much memory"), file) from None


def _environment(form: str) -> Sandbox:
    environment = Sandbox(
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,
        undefined=StrictUndefined,
        autoescape=form == "html",
        finalize=_escaped_in_markdown if form == "md" else None,
    )
    environment.globals = {name: environment.globals[name] for name in _GLOBALS}
    environment.filters |= {"place": ordinal, "in_words": number_said, "written": _dated}
    return environment


def _escaped_in_markdown(value: Any) -> Any:  # noqa: ANN401 — whatever a template prints
    return value.translate(_MARKDOWN) if isinstance(value, str) else value


def _dated(iso: str, form: str) -> str:
    """Write a day in another manner: `{{ session.iso | written("%d.%m.%Y") }}`; nothing for no day."""
    return date.fromisoformat(iso[:10]).strftime(form) if iso else ""


@contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    """Let what is done inside take so many seconds at most. Raises TakesTooLong."""

    def stop(*_: object) -> None:
        raise TakesTooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _within_memory() -> Iterator[None]:
    """Let what is done inside take so much more memory at most, where the system keeps to that. Raises MemoryError."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES_PER_UNIT
    with suppress(ValueError, OSError):  # the limit of whoever started the program is lower still
        resource.setrlimit(resource.RLIMIT_DATA, (taken + BYTES, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def _bounded(pieces: Iterator[str], file: str) -> str:
    taken: list[str] = []
    length = 0
    for piece in pieces:
        taken.append(piece)
        length += len(piece)
        if length > LONGEST:
            raise FaultyTemplate(Fault(0, f"the letter grows beyond {LONGEST:,} characters"), file)
    return "".join(taken)


def _syntax(error: TemplateSyntaxError) -> str:
    """Say what can't be read; the message quotes the template alone, never a fact."""
    message = " ".join((error.message or "this can't be read").split()).rstrip(".")
    return f"{message[:1].lower()}{message[1:]}" if message[:1] in string.ascii_uppercase else message


def _line_of(error: BaseException, file: str) -> int:
    """Give the line of the template that was carried out last."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((one.lineno or 0 for one in reversed(frames) if one.filename == file), 0)


def _reason(error: BaseException) -> str:
    """Say what can't be carried out, and never with a value: it could be a client's word."""
    if isinstance(error, UndefinedError):
        named = _NAMED.search(str(error))
        name = (named[1] or named[2]) if named else ""
        return f"`{name}` is nothing that this letter knows" if name else "something here is not known to this letter"
    if isinstance(error, SecurityError):
        return "this reaches for what no template may use"
    if "no loader" in str(error):
        return "a template takes in no other file"
    return "this can't be carried out"
