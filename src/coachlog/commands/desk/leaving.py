"""Leaving at a question: what is said of it, and where what was typed until then is kept."""

from coachlog.commands.desk.answers import InputEnded, Unanswered
from coachlog.commands.desk.asking_for import typed_text
from coachlog.commands.desk.opening import Wishes, journal_if_any
from coachlog.errors import CoachlogError
from coachlog.store.draft import keep_somewhere

LABEL = "answers"
"""How the file is called in drafts/ that keeps what was typed."""
SOME_WORDS = 3
"""From how many words on an answer is kept when the coach leaves: less is typed again sooner than looked for."""


class Left(CoachlogError):
    """The coach left a question with Ctrl-C or Ctrl-D (exit 130)."""

    exit_code = InputEnded.exit_code


def left(wishes: Wishes) -> Left:
    """Say that the coach left, and where the longer texts are that were typed before."""
    what = "You left. What was told above is written, the rest is not." if wishes.typed.settled else _NOTHING
    long = any(len(one.split()) >= SOME_WORDS for one in (*wishes.typed.heard, *wishes.typed.texts))
    return Left(what, _kept(wishes) if long else "")


_NOTHING = "You left before everything was said: nothing was written."


def stopped(wishes: Wishes, error: Unanswered) -> CoachlogError:
    """Say that no answer could be read, or that none came, and where what was typed is kept."""
    if isinstance(error, InputEnded):
        return left(wishes)
    error.remedy = f"{error.remedy} {_kept(wishes)}".strip()
    return error


def _kept(wishes: Wishes) -> str:
    """Keep what was typed in drafts/, or elsewhere where that can't be written, and say where."""
    text = typed_text(wishes) if wishes.typed.heard or wishes.typed.texts else ""
    if not text:
        return ""
    try:
        root = journal_if_any(wishes)
        return f"What was typed is kept in {keep_somewhere(root, LABEL, text).path}." if root else ""
    except CoachlogError as refusal:
        return refusal.what
