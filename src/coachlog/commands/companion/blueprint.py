"""The blueprint of a session, step by step: prepare, envision, explore and experiment, commit (S4)."""

from typing import NamedTuple

from coachlog.commands.desk.asking_for import one_of
from coachlog.errors import WrongCall

FEWEST_STEPS, MOST_STEPS = 2, 3
"""How many small steps a client leaves a session with (S4)."""
NOTES, PRIVATE, STEPS = "notes", "private", "steps"
UPDATES = ("day", "week", "no")
"""How often the client sends news of a step."""


class Heading(NamedTuple):
    """One thing that is noted: the field it becomes, the part of the session, what is asked; `many` takes lines."""

    place: str
    part: str
    asks: str
    many: bool = False


BLUEPRINT = (
    Heading("topic", "prepare", "What is it about today?"),
    Heading("goal", "prepare", "Which goal does it serve?"),
    Heading("outcome", "envision", "What do they want to leave with?"),
    Heading("importance", "envision", "What makes it important, and how much, 0 to 10?"),
    Heading("insights", "explore", "What do they see now? A line each; Enter alone goes on.", many=True),
    Heading("options", "explore", "What could they try, and what else? A line each; Enter alone goes on.", many=True),
    Heading(NOTES, "explore", "Anything else worth noting? Enter alone goes on.", many=True),
    Heading(STEPS, "commit", "Two or three small steps before the next session, a line each.", many=True),
    Heading("follow_up", "commit", "Do they want to send you news of these steps: every day, every week, or no?"),
)
"""What is asked, in the order of a session; everything may be skipped, and gone back to."""
COMMITMENT = frozenset(one.place for one in BLUEPRINT if one.part == "commit")
HELP = (
    "Enter goes on, or takes what stands in [ ]. At any time:",
    "  + TEXT   a free note             ! TEXT   for yourself alone",
    "  .next    the next heading        .back    the one before",
    "  .show    what is noted           .drop    take the last line back",
    "  .done    end the session         .quit    leave, and go on later",
    "A line that begins with a blank is taken as it is. Ctrl-D goes on, too.",
)
COMMANDS = ("next", "back", "show", "drop", "done", "quit")


def heading_of(place: str) -> int:
    """Give the number of a heading; the first one where it is not known."""
    return next((number for number, one in enumerate(BLUEPRINT) if one.place == place), 0)


def how_often(text: str) -> str:
    """Read how often news comes. Raises WrongCall."""
    word = text.lower().removeprefix("every ")
    return one_of(UPDATES)({"daily": "day", "weekly": "week", "yes": "week", "none": "no"}.get(word, word))


def remark_on(steps: int) -> str:
    """Say kindly when steps are few or many; nothing where they are two or three."""
    if steps > MOST_STEPS:
        return f"{steps} steps: two or three small ones are easier to keep. .drop takes the last one back."
    if steps < FEWEST_STEPS:
        so_far = "One step" if steps else "No step"
        return f"{so_far} so far; two or three small ones carry furthest. Enter again goes on all the same."
    return ""


def command_of(line: str) -> str | None:
    """Read a command, such as `.next` or its beginning; None for any other line. Raises WrongCall."""
    word = line[1:].strip()
    if not line.startswith(".") or not word.isascii() or not word.isalpha():
        return None
    found = [one for one in COMMANDS if one.startswith(word.lower())]
    if len(found) == 1:
        return found[0]
    what = f"`.{word}` is no command here." if len(word) <= max(map(len, COMMANDS)) else "That is no command here."
    raise WrongCall(what, "Write ? to see them; a blank before the point makes it a note.")
