"""Reading the journal that a command can't do without."""

from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from coachlog.errors import CannotRead
from coachlog.model.journal import Journal
from coachlog.store.load import PracticeUnreadable, load_journal

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def read_journal(root: Path) -> Journal:
    """Read a whole journal. Raises CannotRead, with file and line, where coachlog.yaml can't be read."""
    return readable(load_journal, root)


def readable(read: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
    """Do what reads a journal. Raises CannotRead, with file and line, where coachlog.yaml can't be read."""
    try:
        return read(*given, **named)
    except PracticeUnreadable as refusal:
        place = refusal.problem.place
        what = f"{place.file}:{place.line}: {refusal.problem.message}"
        raise CannotRead(what, "Mend that line, then try again.") from None
