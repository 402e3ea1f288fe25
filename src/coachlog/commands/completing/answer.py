"""What a shell is told at TAB: `files` or `words` on the first line, then each word, a tab, and a few words about it.

Neither the command line's library nor any command is imported, and no record is made: TAB has to be quick. Whatever
goes wrong, there is nothing to complete: an error in the middle of a line helps nobody.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from coachlog.commands.completing.call import Call, Offer, Table, call_of
from coachlog.commands.completing.offers import FILES, offers
from coachlog.errors import CoachlogError
from coachlog.model.names import unaccented
from coachlog.render.safe import safe
from coachlog.store.settings import Settings, read_settings, settings_path

TABLE = Path(__file__).with_name("table.json")
"""Every command with its arguments and options, as `coachlog completion words` prints them."""
MOST_SHOWN = 300
"""No list that is longer helps anybody."""
ABOUT = 60
"""How many characters are said about a word."""


def run(words: Sequence[str]) -> int:
    """Answer for the words of a line up to the cursor, the last one of which is being typed."""
    with suppress(CoachlogError, OSError, ValueError, UnicodeError):
        _say(_lines(words))
    return 0


def table() -> Table:
    """Read the table of all commands."""
    said: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return Table(**said)


def _lines(words: Sequence[str]) -> Iterator[str]:
    settings = _settings()
    call = call_of(table(), words, settings.aliases)
    found = _found(call, settings)
    yield "files" if found is FILES else "words"
    for one in () if found is FILES else _fitting(call, found):
        yield f"{one.word}\t{_short(one.about)}".rstrip("\t")


def _found(call: Call, settings: Settings) -> Sequence[Offer]:
    """Give what can go on; nothing where there is no journal, or a file of it can't be read."""
    try:
        return offers(call, settings)
    except (CoachlogError, OSError):
        return ()


def _fitting(call: Call, found: Sequence[Offer]) -> Sequence[Offer]:
    """Leave out what can't be typed as one word, and what does not begin with what is typed."""
    typed = {call.typed.casefold(), unaccented(call.typed)}
    fitting = [one for one in found if any(map(one.fits, typed)) and safe(one.word) == one.word and " " not in one.word]
    return fitting[:MOST_SHOWN]


def _short(about: str) -> str:
    text = " ".join(safe(about.replace("\n", " ").replace("\t", " ")).split())
    return text if len(text) <= ABOUT else f"{text[: ABOUT - 1].rstrip()}…"


def _settings() -> Settings:
    try:
        return read_settings(settings_path())
    except CoachlogError:
        return Settings(settings_path())


def _say(lines: Iterator[str]) -> None:
    """Write UTF-8, whatever the locale says; a shell that has gone on waits for nothing."""
    data = "".join(f"{one}\n" for one in lines).encode(errors="replace")
    if sys.stdout is not None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
