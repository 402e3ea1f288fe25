"""Judging again and again: whenever a file changes that a check reads, or a deadline passes."""

import gc
from collections.abc import Callable
from functools import partial
from pathlib import Path

from coachlog.commands.desk.opening import Wishes
from coachlog.commands.judging.asking import Question
from coachlog.errors import CoachlogError
from coachlog.render.line import Span, line
from coachlog.render.output import complain, screen, show, turn_page
from coachlog.render.pager import print_plainly
from coachlog.store.watch import glance, pauses_of, wait_for_change
from coachlog.views.verdict import Verdict

LATER = 1.0
"""Seconds after a deadline: at its own instant it has not passed, and an instant is told to the second."""

Check = Callable[[], tuple[Verdict, bool]]


def watch_over(check: Check, root: Path, wishes: Wishes, asked: Question) -> None:
    """Check until Ctrl-C, or until nobody reads any more; on a terminal each check has a page of its own.

    What stops the first check stops the command; later it is said in one line, and the watch goes on.
    """
    gc.enable()  # this command lives for more than a second
    print_plainly()
    sheet = screen(wishes.color, quiet=wishes.quiet)
    look = partial(glance, root, (asked.baseline,) if asked.baseline else ())
    is_still = wishes.now is not None or asked.as_of is not None
    pauses = pauses_of(root)
    is_first = True
    while True:
        seen = look()
        turn_page(sheet)
        until, taken = _checked(check, is_first=is_first)
        if not taken:
            return
        if sheet.terminal and not sheet.quiet:
            show([line(Span("Watching for changes. Ctrl-C ends it.", "dim"))], sheet)
        wait_for_change(look, seen, pauses, None if is_still or until is None else until + LATER)
        is_first = False


def _checked(check: Check, *, is_first: bool) -> tuple[float | None, bool]:
    """Check once, and give until when it holds (UTC, in seconds), and whether it was read."""
    try:
        verdict, taken = check()
    except CoachlogError as error:
        if is_first:
            raise
        complain(str(error))
        return None, True
    return verdict.until, taken
