"""A session from heading to heading: what is asked, what is typed, and what the coach does beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from coachlog.commands.companion.at_the_keys import Gone, Keys, Screen
from coachlog.commands.companion.blueprint import (
    BLUEPRINT,
    COMMITMENT,
    FEWEST_STEPS,
    HELP,
    MOST_STEPS,
    NOTES,
    PRIVATE,
    STEPS,
    Heading,
    command_of,
    heading_of,
    remark_on,
)
from coachlog.commands.companion.time_left import TimeLeft
from coachlog.commands.desk.asking_for import TRIES
from coachlog.errors import CoachlogError
from coachlog.model.session_notes import Noted
from coachlog.model.words import counted
from coachlog.store.running_notes import RunningNotes
from coachlog.views.masking import HIDDEN

ASIDE = {"+": NOTES, "!": PRIVATE}
"""How a line begins that stands under no heading of the blueprint."""
MOST_AGAIN = 8
"""How many lines of a heading are shown when the coach comes back to it: the questions stay on the screen."""
Check = Callable[[str], object]


@dataclass
class Walk:
    """A session that goes on.

    `defaults` are what Enter takes, `hints` what is shown with a question, `checks` read what is typed under some
    headings, and a heading in `left_out` is not asked about. With `masked` no word of a note is shown again.

    `_at` is the heading that is open, and `_tries` how often its answer was not understood. `_remarked` says that few
    steps were remarked on, `_heard` that any line came at all. `_over` is None while the session goes on; then True at
    its end, and False where the coach leaves for later.
    """

    running: RunningNotes
    screen: Screen
    keys: Keys
    clock: TimeLeft
    defaults: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    masked: bool = False
    _at: int = 0
    _tries: int = 0
    _remarked: bool = False
    _over: bool | None = None
    _heard: bool = False

    def to_the_end(self) -> bool:
        """Walk on from where the notes are; False where the coach leaves for later. Raises CannotWrite."""
        self._go(heading_of(self.running.notes.place), +1)
        while self._over is None:
            self._take(self._line())
        return self._over

    @property
    def _heading(self) -> Heading:
        return BLUEPRINT[self._at]

    def _say(self, text: str) -> None:
        if self.screen.attended:
            self.screen.say(text)

    def _line(self) -> str | None:
        try:
            return self.keys.line(lambda: f"{self.clock.words} {self._heading.part}> ")
        except Gone:
            self._over = False
            return ""

    def _take(self, line: str | None) -> None:
        if self._over is not None:
            return
        self._heard = self._heard or line is not None
        if line is None:
            self._input_ended()
        elif not line.strip():
            self._enter()
        elif line.strip() == "?":
            self._help()
        else:
            self._read(line)

    def _input_ended(self) -> None:
        """Take Ctrl-D as the end of the heading; a pipe that ends before the steps leaves the notes for later."""
        if self.screen.attended or (self._heard and self._heading.place in COMMITMENT):
            self._next()
        else:
            self._over = False

    def _enter(self) -> None:
        default = self._default()
        if default:
            self._add(self._heading.place, default)
        self._next()

    def _default(self) -> str:
        """Give what Enter takes: what is known from before, unless something is noted in its place."""
        place = self._heading.place
        noted = self._heading.many or self.running.notes.latest(place)
        return "" if noted else self.defaults.get(place, "")

    def _read(self, line: str) -> None:
        try:
            command = command_of(line)
        except CoachlogError as error:
            self.screen.say(str(error))
            return
        self._by_command[command]() if command else self._note(line)

    @property
    def _by_command(self) -> Mapping[str, Callable[[], None]]:
        return {
            "next": self._next,
            "back": self._back,
            "show": self._show,
            "drop": self._drop,
            "done": self._done,
            "quit": self._quit,
        }

    def _note(self, line: str) -> None:
        """Put a line on the disk before anything else is done with it."""
        aside = ASIDE.get(line[0])
        text = (line[1:] if aside else line).strip()
        if aside is None:
            self._under_the_heading(text)
        elif text:
            self._add(aside, text)

    def _under_the_heading(self, text: str) -> None:
        here = self._heading
        self._add(here.place, text)
        if here.place in self.checks:
            try:
                self.checks[here.place](text)
            except CoachlogError as error:
                self._not_understood(error)
                return
        if not here.many:
            self._next()
        elif here.place == STEPS and self._count(STEPS) == MOST_STEPS + 1:
            self._say(f"  {remark_on(MOST_STEPS + 1)}")

    def _not_understood(self, error: CoachlogError) -> None:
        """Ask again, three times in all; then go on, and say where it is kept."""
        self.running.take_back(self.clock.now)
        self._tries += 1
        self.screen.say(str(error))
        if self._tries == TRIES:
            self.screen.say(f"It is left open; what you typed is kept in {self.running.path}.")
            self._next()

    def _add(self, place: str, text: str) -> None:
        self.running.add(Noted(self.clock.now, place, text))

    def _count(self, place: str) -> int:
        return len(self.running.notes.under(place))

    def _next(self) -> None:
        if self._heading.place == STEPS and self._few_steps():
            return
        if self._at + 1 == len(BLUEPRINT):
            self._over = True
        else:
            self._go(self._at + 1, +1)

    def _few_steps(self) -> bool:
        """Remark once that steps are few, and stay for more."""
        steps = self._count(STEPS)
        if steps >= FEWEST_STEPS or self._remarked or not self.screen.attended:
            return False
        self._remarked = True
        self._say(f"  {remark_on(steps)}")
        return True

    def _back(self) -> None:
        self._go(max(self._at - 1, 0), -1)

    def _go(self, number: int, onward: int) -> None:
        """Go to a heading, or past it where there is nothing to ask."""
        while BLUEPRINT[number].place in self._nothing_to_ask():
            number += onward
            if number == len(BLUEPRINT):
                self._over = True
                return
        self._at, self._tries = number, 0
        self.running.go_to(self._heading.place, self.clock.now)
        self._ask()

    def _nothing_to_ask(self) -> frozenset[str]:
        return self.left_out if self._count(STEPS) else self.left_out | {"follow_up"}

    def _ask(self) -> None:
        here = self._heading
        hint = self.hints.get(here.place, "")
        default = self._default()
        shown = f" [{HIDDEN if self.masked else default.splitlines()[0]}]" if default else ""
        self._say(f"  {here.asks}{f' {hint}' if hint else ''}{shown}")
        noted = self.running.notes.under(here.place)
        last = noted[-(MOST_AGAIN if here.many else 1) :]
        if here.many and len(noted) > len(last):
            self._say(f"    … {counted(len(noted) - len(last), 'line')} before these (.show shows all)")
        for one in last:
            self._say(f"    {HIDDEN if self.masked else one}")

    def _show(self) -> None:
        """Show what is noted, heading by heading; of what is the coach's own only how much it is."""
        notes = self.running.notes
        for one in BLUEPRINT:
            lines = notes.under(one.place) if one.many else [notes.latest(one.place)]
            for text in filter(None, lines):
                self._say(f"  {one.place.replace('_', ' ')}: {HIDDEN if self.masked else text}")
        own = self._count(PRIVATE)
        if own:
            self._say(f"  for yourself: {counted(own, 'line')}")
        if not notes.lines:
            self._say("  Nothing is noted yet.")

    def _drop(self) -> None:
        back = self.running.take_back(self.clock.now)
        if back is None:
            self._say("  There is nothing to take back.")
        else:
            hidden = self.masked or back.place == PRIVATE
            self._say(f"  Taken back: {HIDDEN if hidden else back.text}")
            if back.place not in {self._heading.place, *ASIDE.values()}:
                self._go(heading_of(back.place), +1)

    def _done(self) -> None:
        if self._at < heading_of(STEPS) and not self._count(STEPS) and self.screen.attended:
            self._go(heading_of(STEPS), +1)  # what is committed to is asked for, whatever else is skipped
        else:
            self._over = True

    def _quit(self) -> None:
        self._over = False

    def _help(self) -> None:
        for one in HELP:
            self._say(f"  {one}")
