"""`coachlog session book`: a session to come, or a package of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer

from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.boundaries import Planned
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Desk, Manner, Outcome
from coachlog.commands.desk.lasting import ids_of, lasting_id, naming
from coachlog.commands.desk.media import medium
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import Telling, tell, told_plainly
from coachlog.commands.session.appointments import (
    Booking,
    altered,
    by_id,
    file_of,
    inserted,
    length_of,
    moment_asked,
    number_words,
    plan,
    remark_holidays,
    to_come,
    when_words,
)
from coachlog.errors import WrongCall
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.duration import Duration
from coachlog.model.instant import Instant
from coachlog.model.practice import Practice
from coachlog.model.session import Session, SessionKind
from coachlog.model.words import counted, day_words, moment_words
from coachlog.store.layout import ACTIONS_FILE, CONTRACT_FILE, SESSIONS_FILE

MOST_SKIPPED = 60
"""After so many days that are closed in a row no package is looked for any further."""
MOST_TIMES = 60
"""The most sessions that one call books."""
A_DAY = Duration(days=1)


class Skipped(NamedTuple):
    """A day on which a package has no session, and why."""

    day: date
    why: str

    def __str__(self) -> str:
        """Say it as the line of the booking does."""
        return f"{day_words(self.day)} ({self.why})"


def book(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    when: Annotated[list[str] | None, typer.Argument(metavar="WHEN...", help="Day and time.")] = None,
    *,
    every: Annotated[
        str | None, typer.Option("--every", metavar="DURATION", help="From one to the next; default: the contract's.")
    ] = None,
    times: Annotated[
        int | None, typer.Option("--times", min=1, max=MOST_TIMES, metavar="N", help="How many to book.")
    ] = None,
    length: Annotated[str | None, typer.Option("--length", metavar="DURATION", help="Default: the contract's.")] = None,
    via: Annotated[str | None, typer.Option("--via", metavar="MEDIUM", help="How it is held.")] = None,
    kind: Annotated[SessionKind, typer.Option("--kind", help="What it is for.")] = "coaching",
    contract: Annotated[
        str | None, typer.Option("--contract", metavar="ID", help="Where the day alone does not tell.")
    ] = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Book a session, or with --every and --times a package; its public holidays and absences are skipped.

    A package has its full number: what is skipped is made up for at its end. Steps that were committed to in a session
    and have no due day yet become due on the day of the new one.

    Examples:
      coachlog session book jane 14 jan 15:00
      coachlog session book jane fri 3pm --via phone --length "30 min"
      coachlog session book jane 14 jan 15:00 --every "2 weeks" --times 6
      coachlog session book jane tomorrow 10:00 --waive "agreed to add one"
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = file_of(desk, code)
    first = _first(desk, file, " ".join(when or []))
    under = _contract(desk, code, contract)
    named_by = lasting_id(desk, under) if under else None
    booking = Booking(length_of(length) if length else None, via and medium(via, file), kind, named_by)
    starts, skipped = _starts(desk, file, first, every, times)
    taken = ids_of(file.sessions)
    records = {str(one["id"]): one for at in starts for one in [booking.record(at, desk.present, taken)]}
    planned = Planned(frozenset(records), _planned_words(starts))
    manner = plan(Manner(anyway=anyway, waive=waive, dry_run=dry_run, planned=planned))
    waiting = [one for one in file.actions if _waits_for_a_day(one)]
    due = [altered(code, ACTIONS_FILE, one, {"due": written_day(starts[0].day)}) for one in waiting]
    changes = [*naming(under), *(inserted(code, SESSIONS_FILE, one) for one in records.values()), *due]
    outcome = desk.carry_out(code, changes, manner)
    booked = by_id(outcome.file, records)
    remark_holidays(desk, booked)
    tell(desk, outcome, _telling(desk, outcome, booked, skipped, waiting), as_json=as_json)


def _waits_for_a_day(action: Action) -> bool:
    """Tell whether a step was committed to in a session after which none was booked, so that it has no due day yet."""
    last = action.due or (action.follow_up and action.follow_up.until)
    return action.is_open and not action.is_promise and last is None and bool(action.session or action.carried)


def _first(desk: Desk, file: ClientFile, words: str) -> Instant:
    """Read when it is to be, and ask for what is not said, with the day that follows in the contract's rhythm."""
    default = _by_the_rhythm(desk, file)
    return to_come(desk, moment_asked(desk, words, "plan", question="When", flag="WHEN", default=default))


def _planned_words(starts: Sequence[Instant]) -> str:
    first = moment_words(starts[0])
    return first if len(starts) == 1 else f"{counted(len(starts), 'session')} from {first} on"


def _contract(desk: Desk, code: str, wanted: str | None) -> Contract | None:
    return named(desk.readable(code, CONTRACT_FILE).contracts, wanted, desk.now) if wanted else None


def _starts(
    desk: Desk, file: ClientFile, first: Instant, every: str | None, times: int | None
) -> tuple[list[Instant], list[Skipped]]:
    """Give the starts of what is booked, and the days of a package that are skipped. Raises WrongCall."""
    if every is None and times in {None, 1}:
        return [first], []
    rhythm = length_of(every) if every else _contracted_rhythm(file, first)
    if rhythm.elapsed < A_DAY.elapsed:
        what = "The sessions of a package lie at least a day apart."
        raise WrongCall(what, "Say how far with --every, such as --every '2 weeks'.")
    number = times or ask(desk.wishes, "How many sessions", "--times", _number, _left(file, first))
    starts: list[Instant] = []
    skipped: list[Skipped] = []
    for at in _row(first, rhythm, number + MOST_SKIPPED):
        closed = _closed(desk.practice, at.day)
        if closed:
            skipped.append(Skipped(at.day, closed))
        else:
            starts.append(at)
        if len(starts) == number:
            return starts, skipped
    what = f"{counted(len(skipped), 'day')} of this package would be skipped."
    raise WrongCall(what, "Look at the absences in coachlog.yaml: one may lack its last day.")


def _by_the_rhythm(desk: Desk, file: ClientFile) -> Instant | None:
    """Give the start that follows the last session in the contracted rhythm, where that is to come and open."""
    last = next((one for one in reversed(file.attendance.sessions) if one.is_held or one.is_booked), None)
    terms = file.agreements.terms_on(last.day) if last else None
    if last is None or terms is None or terms.every is None or terms.every.elapsed < A_DAY.elapsed:
        return None
    row = (at for at in _row(last.at, terms.every, MOST_SKIPPED) if at > last.at and at > desk.now)
    return next((at for at in row if not _closed(desk.practice, at.day)), None)


def _left(file: ClientFile, first: Instant) -> str:
    """Say how many sessions of the contract are neither used nor booked; nothing where none is left."""
    contract, terms = file.agreements.on(first.day), file.agreements.terms_on(first.day)
    if contract is None or terms is None or terms.sessions is None:
        return ""
    taken = sum(one.counted or one.would_count for one in file.attendance.of(contract))
    return str(min(terms.sessions - taken, MOST_TIMES)) if terms.sessions > taken else ""


def _contracted_rhythm(file: ClientFile, first: Instant) -> Duration:
    terms = file.agreements.terms_on(first.day)
    if terms and terms.every:
        return terms.every
    what = "The contract does not say how far apart the sessions are."
    raise WrongCall(what, "Say it with --every, such as --every '2 weeks'.")


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_TIMES:
        return int(text)
    what = "The number of sessions is not understood."
    raise WrongCall(what, f"Write a number from 1 to {MOST_TIMES}.")


def _row(first: Instant, rhythm: Duration, number: int) -> Iterator[Instant]:
    """Give starts in a rhythm, each counted from the first, so that a short month moves none of the later ones."""
    for times in range(number):
        months, days = rhythm.months * times, (rhythm.days + rhythm.working_days) * times
        yield first.plus(Duration(months=months, days=days, minutes=rhythm.minutes * times))


def _closed(practice: Practice, day: date) -> str:
    """Say why the practice is closed on a day; nothing where it is not."""
    if practice.absent(day):
        return "absence"
    return "public holiday" if day in practice.holidays else ""


def _telling(
    desk: Desk, outcome: Outcome, booked: Sequence[Session], skipped: Sequence[Skipped], waiting: Sequence[Action]
) -> Telling:
    """Say what was booked and skipped, and how many steps that had no day yet got one; for people and for programs."""
    said, each = _said(outcome.file, booked, skipped, desk.now) if outcome.file else ("", [])
    said += f"; {counted(len(waiting), 'open step')} now due on the first day" if waiting and each else ""
    said += f"; {counted(len(waiting), 'open step')} now due then" if waiting and not each else ""
    places = {one.origin.position for one in waiting}
    steps = [one for one in (outcome.file.actions if outcome.file else ()) if one.origin.position in places]
    also = {
        "skipped": [{"day": one.day.isoformat(), "why": one.why} for one in skipped],
        "actions": told_plainly(steps, outcome, desk.wishes),
    }
    return Telling(said, "sessions", booked, each=each, also=also)


def _said(
    file: ClientFile, booked: Sequence[Session], skipped: Sequence[Skipped], now: Instant
) -> tuple[str, list[str]]:
    """Say what was booked: one session in the line itself, each of a package in one of its own."""
    name = file.client.name
    each = [(one.label, f"{when_words(one.at, now)}, {number_words(file, one)}") for one in booked]
    closed = f"; skipped {', '.join(map(str, skipped))}" if skipped else ""
    if len(each) == 1:
        label, words = each[0]
        return f"booked {label}: {name}, {words}{closed}", []
    rows = [f"{label}  {words}" for label, words in each]
    return f"booked {counted(len(each), 'session')} with {name}{closed}", rows
