"""Notes that the companion left open, as `session log` offers them."""

from coachlog.commands.companion.closing import take_in
from coachlog.commands.companion.which import Left, left_open
from coachlog.commands.desk.asking_for import ask, can_ask, yes_or_no
from coachlog.commands.session.held import Held
from coachlog.store.running_notes import OpenElsewhere, RunningNotes


def notes_offered(held: Held, *, wanted: bool) -> RunningNotes | None:
    """Offer the notes of a session that is logged, and fill in what they say; None where they are not taken."""
    left = next((one for one in left_open(held.desk, held.file) if _are_of(one, held)), None)
    if left is None:
        return None
    if wanted or _agreed(held, left):
        return _taken_in(held, left)
    where = held.desk.root / left.name
    held.desk.remarks.append(f"The notes of {left.words} are not in this log. They are kept in {where}.")
    return None


def _are_of(left: Left, held: Held) -> bool:
    opened = left.notes.opened
    unbooked = left.session is None and held.session is None and opened.starts.day == held.at.day
    return unbooked or opened.session == held.name


def _agreed(held: Held, left: Left) -> bool:
    """Ask whether they are to be taken in; where nobody can answer, --with-notes says so."""
    wishes = held.desk.wishes
    question = f"Take in what session start noted, {left.words}? yes or no"
    return can_ask(wishes) and ask(wishes, question, "--with-notes", yes_or_no, "yes")


def _taken_in(held: Held, left: Left) -> RunningNotes | None:
    """Fill in what notes say, unless they are open in another terminal."""
    try:
        running = RunningNotes.take_up(held.desk.root, left.name, held.desk.practice.timezone, held.desk.now)
    except OpenElsewhere as open_there:
        held.desk.remarks.append(str(open_there))
        return None
    if running:
        take_in(held, running.notes)
    return running
