"""The first coachlog.yaml of a practice: what the coach answered, and what else could stand there, as comments."""

import re
from pathlib import Path
from typing import NamedTuple
from zoneinfo import available_timezones

from coachlog.errors import WrongCall
from coachlog.model.practice import FORMAT
from coachlog.store.emit import scalar
from coachlog.store.load import PracticeUnreadable, load_practice


class Answers(NamedTuple):
    """What a coach says of a new practice; what is empty stays a comment."""

    timezone: str
    name: str = ""
    country: str = ""
    office_hours: str = ""
    currency: str = ""


_BODY = """# The practice: what holds for every client unless a contract says otherwise.
# A line that begins with # is an example that does not count yet: take the # away to make it count.
format: 1

{coach}
  {hash}email: alex@example.org
  {hash}credential: ICF ACC
  {hash}credential_expires: 2028-03-31
  {hash}training_started: 2023-09-01    # coaching hours before this day do not count towards a credential

# All times are on the wall clock of this zone; the country says which days are public holidays.
{timezone}
{country}
{currency}
{office_hours}

# Leave and illness close the office: coachlog absence add 3 aug to 14 aug --told today
# absences:
#   - {{id: summer, from: 2026-08-03, to: 2026-08-14, reason: leave, told: 2026-06-30}}

# supervisor: {{name: Priya Nair, email: priya@example.org}}
# supervision: {{every: 35 h, yearly: 4 h}}
# limits: {{sessions_per_day: 5, sessions_per_week: 18, out_of_hours: 1 h per week}}

# What happened before this day is counted, not judged (for a practice that was kept elsewhere).
# judged_from: 2026-01-01

# codes: neutral          # c07 instead of jane-doe in folders, commits and the agenda
# profile: ethics         # basic, ethics or strict: which rules are on (coachlog rule lists them)
# retention: 7 years      # after a client's last session or contact

# People you refer clients to: coachlog directory add Dr Sam Okafor --role psychologist
# directory:
#   - {{id: okafor, name: Dr Sam Okafor, role: psychologist}}

# What each new contract begins with; the contract is what counts afterwards.
# contract:
#   sessions: 6
#   length: 60 min
#   cancellation: {{notice: 24 h, late: counts}}
#   between_sessions: {{via: {{email: 24 h}}, coach_may_start: no}}

# rules:
#   CTC105: {{severity: warning, grace: 2 h}}
"""


_MISFIT = re.compile(r"`\w+`(?: is (.*?))?: expected (.*?)( \(.*\))?\.")
"""What reading a journal says of a value that does not fit: the value, what would, and how far it was understood."""


def practice_text(answers: Answers) -> str:
    """Write the file of a new practice. Raises UnwritableCharacter."""
    return _BODY.format(
        coach=f"coach:\n  {_entry('name', answers.name)}" if answers.name else "# coach:\n#   name: Alex Harbour",
        hash="# " if answers.name else "#   ",
        timezone=_entry("timezone", answers.timezone),
        country=_entry("country", answers.country, "GB-ENG"),
        currency=_entry("currency", answers.currency, "GBP"),
        office_hours=_entry("office_hours", answers.office_hours, "Mo-Fr 09:00-17:00; PH off"),
    ).replace("\n  #   ", "\n#   ")


def accepted(key: str, text: str) -> str:
    """Give an answer back if coachlog.yaml can hold it there; the empty one it can. Raises WrongCall with why not."""
    if not text:
        return text
    zone = "" if key == "timezone" else "timezone: UTC\n"
    written = f"format: {FORMAT}\n{zone}{_entry(key, text)}\n".encode()
    try:
        problems = load_practice(Path(), lambda _: written)[1]
    except PracticeUnreadable as refusal:
        problems = (refusal.problem,)
    if problems:
        raise _refusal(key, text, problems[0].message)
    return text


def _refusal(key: str, text: str, message: str) -> WrongCall:
    """Say of an answer what it can't be, and what to write; a city alone is told its time zone."""
    found = _MISFIT.fullmatch(message)
    if not found:
        return WrongCall(message)
    what = f"`{key}` can't be {found[1] or 'that'}{found[3] or ''}."
    zones = _zones_of(text) if key == "timezone" else []
    return WrongCall(what, f"Write {' or '.join(zones) or found[2]}.")


def _zones_of(city: str) -> list[str]:
    end = f"/{city.replace(' ', '_')}".casefold()
    return sorted(one for one in available_timezones() if one.casefold().endswith(end))


def _entry(key: str, text: str, example: str = "") -> str:
    """Write a key with its value, or its example as a comment."""
    return f"{key}: {scalar(text, braces=False)}" if text else f"# {key}: {example}"
