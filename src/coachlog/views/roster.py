"""The roster: one row for each client, in plain values, with what a coach asks first."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from coachlog.clock import Clock
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.known import known
from coachlog.model.session import Session
from coachlog.model.words import counted, moment_words, short_day
from coachlog.views.roster_row import RosterRow

Status = Literal["prospect", "draft", "active", "paused", "on hold", "used up", "over"]


class Standing(NamedTuple):
    """The contract that a client stands under, with its terms of the day, and what became of its number."""

    contract: Contract
    used: int


def row_of(file: ClientFile, clock: Clock, breaches: int = 0) -> RosterRow:
    """Sum up a client as of the clock's instant; the breaches are counted by whoever judges."""
    seen = known(file, clock.now)
    standing = standing_of(seen, clock)
    coming = next_session(seen, clock)
    return RosterRow(
        code=file.code,
        name=file.client.name,
        status=status_of(seen, clock),
        contract_agreed=standing.contract.agreed.isoformat() if standing and standing.contract.agreed else None,
        sessions_used=standing.used if standing else None,
        sessions_contracted=standing.contract.sessions if standing else None,
        next_session=coming.at.aware.isoformat() if coming else None,
        next_words=moment_words(coming.at) if coming else None,
        open_steps=sum(1 for action in seen.actions if action.is_open and not action.is_promise),
        breaches=breaches,
        tags=file.client.tags,
    )


def rows_of(files: tuple[ClientFile, ...], clock: Clock, breaches: Mapping[str, int]) -> tuple[RosterRow, ...]:
    """Sum up every client, in the order of their codes."""
    return tuple(row_of(file, clock, breaches.get(file.code, 0)) for file in files)


def status_of(file: ClientFile, clock: Clock) -> Status:
    """Say in a word where a client stands.

    A contract that is agreed and begins later counts as active; a draft after the last contract is over, as draft.
    """
    today, agreements = clock.today, file.agreements
    contract = agreements.on(today)
    if contract is None:
        if agreements.agreed_ahead(today):
            return "active"
        drafted = any(one.agreed is None for one in file.contracts)
        return "draft" if drafted else "over" if agreements.last_over(today) else "prospect"
    pause = contract.paused(today)
    if pause:
        return "on hold" if pause.is_hold else "paused"
    number = contract.terms(today).sessions
    return "used up" if number is not None and used_of(file, contract, clock) >= number else "active"


def standing_of(file: ClientFile, clock: Clock) -> Standing | None:
    """Give the contract in force, else the one to come, else the last that is over."""
    today, agreements = clock.today, file.agreements
    contract = agreements.on(today) or agreements.agreed_ahead(today) or agreements.last_over(today)
    return Standing(contract.terms(today), used_of(file, contract, clock)) if contract else None


def used_of(file: ClientFile, contract: Contract, clock: Clock) -> int:
    """Count the sessions that are used up; a booking that has begun is one until it is closed."""
    return sum(
        1
        for session in file.attendance.of(contract)
        if session.counted or (session.would_count and clock.begun(session.at))
    )


def next_session(file: ClientFile, clock: Clock) -> Session | None:
    """Give the next booked session that has not begun."""
    ahead = (one for one in file.attendance.sessions if one.is_booked and not clock.begun(one.at))
    return next(ahead, None)


def headline_of(file: ClientFile, clock: Clock) -> str:
    """Say what stands above a client's findings: `contract of 12 Jan 2026 · 7 sessions of 6`."""
    standing = standing_of(known(file, clock.now), clock)
    if standing is None or standing.contract.agreed is None:
        return "no contract"
    number = standing.contract.sessions
    used = f"{counted(standing.used, 'session')}{f' of {number}' if number else ''}"
    return f"contract of {short_day(standing.contract.agreed)} · {used}"
