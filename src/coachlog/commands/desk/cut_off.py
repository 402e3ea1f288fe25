"""What the next command says after a change of several files was cut off."""

from importlib import import_module
from pathlib import Path

from coachlog.commands.desk.opening import Wishes
from coachlog.errors import CannotRead
from coachlog.render.output import complain
from coachlog.store.unfinished import plans_in

CUT_OFF = "A change of several files was cut off: coachlog resume writes the rest."
READING = "coachlog.store.draft"
"""What knows whether another command is still writing; imported only where there is something to know."""


def tell_cut_off(root: Path, wishes: Wishes) -> None:
    """Say on stderr that a change waits for its rest; what judges or lists goes on all the same."""
    if wishes.quiet or not plans_in(root):
        return
    try:
        if import_module(READING).pending(root):
            complain(CUT_OFF)
    except CannotRead as error:
        complain(str(error))
