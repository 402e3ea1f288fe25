"""`coachlog session move`: a booking that changes its day keeps its record."""

from datetime import date
from typing import Annotated, Any, NamedTuple

import typer

from coachlog.commands.desk.asking_for import ask, one_of
from coachlog.commands.desk.days import written_day, written_moment
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import Telling, tell, told_plainly
from coachlog.commands.session.appointments import (
    Party,
    altered,
    booked_one_asked,
    by_id,
    file_of,
    is_taken_along,
    moment_asked,
    plan,
    remark_holidays,
    step_to,
    taken_along,
    to_come,
    when_words,
)
from coachlog.commands.session.cancelling import PARTIES, late_words
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import CancellationReason, Session
from coachlog.model.typed_time import TypedTime, read_typed
from coachlog.model.words import counted, moment_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import SESSIONS_FILE, client_file
from coachlog.store.splice import insert_record

DECIDED_AFTERWARDS = frozenset({"CAN104"})
"""A client who wants to move late may: what it costs is decided once it is moved."""


class _Moved(NamedTuple):
    """A session that has another start: its file and itself as they were, its id, the new start, and who wanted it."""

    file: ClientFile
    session: Session
    name: str
    at: Instant
    by: str

    def telling(self, desk: Desk, outcome: Outcome, along: int) -> Telling:
        """Say from when to when, whether that lies inside the notice, and how many steps were taken along."""
        late = late_words(self.file, self.session, desk.present)
        days = f"from {moment_words(self.session.at)} to {when_words(self.at, desk.now)}"
        said = f"moved {self.name}: {self.file.client.name}, {days}, by {self.by}"
        said += f"; {late}" if late else ""
        said += f"; {counted(along, 'open step')} now due then" if along else ""
        steps = _steps_along(desk, outcome, self.file, self.session.day) if along else []
        also = {"actions": steps, "inside_notice": bool(late)}
        return Telling(said, "sessions", by_id(outcome.file, [self.name]), also=also)


def move(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[str | None, typer.Argument(metavar="ID", help="Id, day, or `next`.")] = None,
    when: Annotated[list[str] | None, typer.Argument(metavar="WHEN...", help="New day and time.")] = None,
    *,
    by: Annotated[Party | None, typer.Option("--by", help="Who wanted it moved.")] = None,
    reason: Annotated[CancellationReason | None, typer.Option("--reason", help="Why.")] = None,
    told: Annotated[str | None, typer.Option("--told", metavar="WHEN", help="When the other side was told.")] = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Move a booked session; open steps that were due on its old day become due on the new one.

    A new day without a time keeps the time of day. A move of your own within the notice that you agreed on asks first,
    unless its --reason excuses it.

    Examples:
      coachlog session move jane next fri 15:00 --by client
      coachlog session move jane b3xew 21 jan --by coach --reason illness
      coachlog session move jane 2026-01-14 tomorrow 9am --by both
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = file_of(desk, code)
    found = booked_one_asked(desk, file, session)
    words = " ".join(when or [])
    at = to_come(desk, moment_asked(desk, words, "plan", question="To when", flag="WHEN", clock=found.at.clock))
    _refuse_same(found, at)
    who: str = by or ask(
        desk.wishes, "Who wanted it moved (client, coach, both, sponsor)", "--by", one_of(PARTIES), "client"
    )
    step = _step(desk, found, who, reason, told)
    along = taken_along(code, file, found.day, at.day)
    moved = _Moved(file, found, lasting_id(desk, found), at, who)
    manner = plan(Manner(anyway=anyway, waive=waive, dry_run=dry_run, told_only=DECIDED_AFTERWARDS))
    outcome = desk.carry_out(code, [_changed_start(code, found, at, step), *along], manner)
    remark_holidays(desk, by_id(outcome.file, [moved.name]))
    tell(desk, outcome, moved.telling(desk, outcome, len(along)), as_json=as_json)


def _steps_along(desk: Desk, outcome: Outcome, before: ClientFile, old: date) -> list[dict[str, Any]]:
    """Give the steps that were taken along, as they stand now."""
    places = {one.origin.position for one in before.actions if is_taken_along(one, old)}
    now = outcome.file.actions if outcome.file else ()
    return told_plainly((one for one in now if one.origin.position in places), outcome, desk.wishes)


def _refuse_same(session: Session, at: Instant) -> None:
    if session.at == at:
        what = f"{session.label} is booked for {moment_words(at)} already."
        raise WrongCall(what, "Say another day or time.")


def _step(desk: Desk, session: Session, by: str, reason: str | None, told: str | None) -> dict[str, Value]:
    """Write one move of a session: from which start, when, by whom."""
    fields = {
        "from": written_moment(session.at),
        "at": written_moment(desk.present),
        "by": Word(by),
        "told": told and _told(read_typed(told, desk.now, "fact")),
        "reason": reason and Word(reason),
    }
    return {key: value for key, value in fields.items() if value}


def _told(typed: TypedTime) -> Word:
    """Write when the other side was told: a day alone serves, too."""
    return written_moment(typed.moment) if typed.moment else written_day(typed.day)


def _changed_start(code: str, session: Session, at: Instant, step: dict[str, Value]) -> Change:
    new_start = altered(code, SESSIONS_FILE, session, {"at": written_moment(at)})

    def alter(data: bytes) -> bytes:
        return insert_record(new_start.alter(data), ("sessions", step_to(session), "moved"), step)

    return Change(client_file(code, SESSIONS_FILE), alter)
