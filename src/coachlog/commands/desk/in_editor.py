"""Text in the coach's own editor: a draft that is opened again, with the errors at their lines, until it is right."""

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from coachlog.commands.desk.opening import Wishes
from coachlog.errors import CannotWrite, CoachlogError, WrongCall
from coachlog.store.characters import LINE_BREAK, WHOLE_LINE
from coachlog.store.draft import Draft, keep_somewhere
from coachlog.store.files import read_bytes
from coachlog.store.nodes import Unreadable

MARK = "#>> "
"""What a comment begins with that tells an error in a draft; such lines are taken out again."""
FALLBACK = "vi"


class Wrong(NamedTuple):
    """What is wrong in a draft, and on which of its lines, counted from 1."""

    line: int
    message: str


class GaveUp(CannotWrite):
    """The coach closed the editor without an answer that can be read: nothing is written (exit 3)."""

    def __init__(self, draft: Path) -> None:
        """Say where the draft is."""
        super().__init__("Nothing was written.", f"The draft is kept in {draft}.")


class Shown(NamedTuple):
    """A draft in the editor: the text that was put there, and the lines that tell its errors."""

    draft: Draft
    text: str
    told: frozenset[str]


class EditedMeanwhile(CannotWrite):
    """What is in the editor was changed in its file at the same time (exit 3)."""

    def __init__(self, name: str) -> None:
        """Name the file."""
        super().__init__(f"{name} was changed while it was in the editor.", "Edit it again.")


class Work(NamedTuple):
    """What is put into the editor: the label of its draft, the text, and how an answer is judged.

    `said` gives what an answer says beside a template; where that is nothing, the coach gave up.
    """

    label: str
    text: str
    judge: Callable[[str], Sequence[Wrong]]
    said: Callable[[str], str] = str


@contextmanager
def edited(root: Path, editor: list[str], work: Work) -> Iterator[str]:
    """Give what becomes of a text in the editor; the very text where nothing was changed.

    The draft lies in drafts/ until what is done with the answer has succeeded; else the error says where it is. Raises
    GaveUp, and WrongCall where no editor can be opened.
    """
    shown, answer = _answered(root, editor, work)
    with _mentioned(shown.draft):
        yield answer
    shown.draft.discard()


@contextmanager
def _mentioned(draft: Draft) -> Iterator[None]:
    """Let what goes wrong say where the draft is."""
    try:
        yield
    except CoachlogError as error:
        error.remedy = f"{error.remedy} The draft is kept in {draft.path}.".strip()
        raise


def attended_editor(wishes: Wishes) -> list[str]:
    """Give the words by which the coach's editor is called. Raises WrongCall where nobody is there to use it."""
    if wishes.no_input:
        what = "An editor needs somebody to use it, and --no-input says that nobody is there."
        raise WrongCall(what, "Call the command without --no-input.")
    return editor_words(attended=True)


def editor_words(*, attended: bool) -> list[str]:
    """Give the words by which the editor is called; where nobody is there, only one that the environment names.

    Raises WrongCall.
    """
    called = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    if not called and not attended:
        what = "An editor needs somebody to use it, and nobody is there."
        raise WrongCall(what, "Leave --editor out, or set EDITOR to a program that edits by itself.")
    called = called or FALLBACK
    try:
        return shlex.split(called)
    except ValueError:
        what = "VISUAL or EDITOR holds a quote that is not closed."
        raise WrongCall(what, "Set it to the editor's command.") from None


def _answered(root: Path, editor: list[str], work: Work) -> tuple[Shown, str]:
    """Open the editor again and again, until what is in it is right or the coach gives up. Raises GaveUp."""
    shown = Shown(keep_somewhere(root, work.label, work.text), work.text, frozenset())
    while True:
        answer = _closed(editor, shown)
        if answer is None or not work.said(answer).strip():
            raise _given_up(root, work.label, shown, answer)
        if answer == work.text and not shown.told:
            return shown, answer
        if answer == shown.text:
            raise GaveUp(shown.draft.path)
        with _mentioned(shown.draft):
            wrong = work.judge(answer)
        if not wrong:
            return shown, answer
        shown = _again(root, work.label, shown, answer, wrong)


def _given_up(root: Path, label: str, shown: Shown, answer: str | None) -> CoachlogError:
    """Keep what was typed; a draft that was emptied gets its last text back, so that nothing is lost with it."""
    if answer is None:
        return GaveUp(shown.draft.path)
    shown.draft.discard()
    return GaveUp(keep_somewhere(root, label, shown.text).path)


def _closed(editor: list[str], shown: Shown) -> str | None:
    """Open the editor and read the draft when it is closed; None where the editor says that it failed."""
    path = shown.draft.path
    try:
        done = subprocess.run([*editor, str(path)], check=False)  # noqa: S603  (the coach's own editor)
    except OSError as error:
        shown.draft.discard()
        what = f"The editor `{editor[0]}` can't be started ({os.strerror(error.errno or 0)})."
        raise WrongCall(what, "Set VISUAL or EDITOR to the command of yours.") from None
    return None if done.returncode else _read(path, shown.told)


def _read(path: Path, told: frozenset[str]) -> str:
    """Read a draft without the lines that tell its errors."""
    try:
        text = read_bytes(path).decode()
    except FileNotFoundError:
        return ""
    except (Unreadable, UnicodeDecodeError):
        raise GaveUp(path) from None
    return "".join(one for one in WHOLE_LINE.findall(text) if one.strip() not in told)


def _again(root: Path, label: str, shown: Shown, answer: str, wrong: Sequence[Wrong]) -> Shown:
    """Put a new draft in the old one's place, with each error as a comment above its line."""
    lines = WHOLE_LINE.findall(answer)
    comments = [(min(one.line, len(lines)), f"{MARK}{_one_line(one.message)}") for one in wrong]
    told: list[str] = []
    for number, line in enumerate(lines, start=1):
        margin = line[: len(line) - len(line.lstrip(" "))]
        told += [f"{margin}{comment}\n" for at, comment in comments if at == number]
        told.append(line)
    draft = keep_somewhere(root, label, "".join(told))
    shown.draft.discard()
    return Shown(draft, answer, frozenset(comment for _, comment in comments))


def _one_line(message: str) -> str:
    return " ".join(LINE_BREAK.split(message)).strip()
