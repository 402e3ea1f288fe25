"""`coachlog session log`: what became of a session, of the steps before it, and what comes next."""

from datetime import time
from functools import partial
from typing import Annotated

import typer

from coachlog.commands.companion.closing import cleared_once_written
from coachlog.commands.companion.left_notes import notes_offered
from coachlog.commands.desk.asking_for import ask, can_ask, read_text
from coachlog.commands.desk.days import written_moment
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.lasting import ids_of, lasting_id
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.session.appointments import (
    booked_one,
    file_of,
    moment_asked,
    oldest_begun,
)
from coachlog.commands.session.debrief import answer, begin, fill, fit, next_session, rate, settle
from coachlog.commands.session.held import Held
from coachlog.commands.session.logged import write_log
from coachlog.commands.session.observed import (
    Compatible,
    Counts,
    Cut,
    Importance,
    Insights,
    Kind,
    Late,
    Observed,
    OutcomeWanted,
    ProBono,
    Via,
    Ways,
    With,
    observe,
)
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.ids import new_id
from coachlog.model.instant import Instant
from coachlog.model.words import moment_words


def log(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Id or day; default: the oldest booking that has begun.")
    ] = None,
    *,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="Log one that was not booked.")] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", min=0, metavar="N", help="How long it took.")] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TEXT", help="What it was about.")] = None,
    goal: Annotated[str | None, typer.Option("--goal", metavar="ID", help="The goal that it served.")] = None,
    done: Annotated[list[str] | None, typer.Option("--done", metavar="ID", help="A step that is done.")] = None,
    part: Annotated[list[str] | None, typer.Option("--part", metavar="ID", help="One that is partly done.")] = None,
    carry: Annotated[list[str] | None, typer.Option("--carry", metavar="ID", help="One that goes on.")] = None,
    drop: Annotated[list[str] | None, typer.Option("--drop", metavar="ID", help="One that is given up.")] = None,
    step: Annotated[
        list[str] | None, typer.Option("--step", metavar="TEXT", help="A new step, due at the next session.")
    ] = None,
    ratings: Annotated[
        str | None, typer.Option("--ratings", metavar="3322", help="Prepared, engaged, progress, your energy: 0 to 3.")
    ] = None,
    answered: Annotated[
        list[str] | None, typer.Option("--answered", metavar="ID", help="A message that was answered in the session.")
    ] = None,
    notes: Annotated[str | None, typer.Option("--notes", metavar="TEXT", help="May be shared; - reads it.")] = None,
    private: Annotated[
        str | None, typer.Option("--private", metavar="TEXT", help="Your own notes; - reads them.")
    ] = None,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Take in what session start has noted.")] = False,
    kind: Kind = None,
    via: Via = None,
    others: With = None,
    late: Late = None,
    cut: Cut = False,
    compatible: Compatible = None,
    pro_bono: ProBono = False,
    counts: Counts = None,
    outcome: OutcomeWanted = None,
    importance: Importance = None,
    insight: Insights = None,
    option: Ways = None,
    following: Annotated[str | None, typer.Option("--next", metavar="WHEN", help="Book the next one.")] = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Log a session: closes the oldest booking that has begun, or with --at one that was not booked.

    On a terminal it asks for the rest in turn; Enter skips. New steps, and those that are carried over, are due on the
    day of the next booked session. What was answered in the session is logged as a contact that replies to it. --anyway
    and --waive are for the booking of --next alone; what was held is recorded.

    Examples:
      coachlog session log jane
      coachlog session log jane --minutes 65 --topic Delegation --goal g1 --done a7kqw --ratings 3322
      coachlog session log jane --step "Hand over the draft" --step "Ask the team" --next "28 jan 15:00"
      coachlog session log jane --at "yesterday 15:00" --minutes 50 --answered f6juw
      coachlog session log jane --kind three-way --with pat --outcome "What Pat hopes for"
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    held = _held(desk, code, session, at)
    running = notes_offered(held, wanted=with_notes)
    there = Observed(kind, via, others or (), late, cut=cut, compatible=compatible, pro_bono=pro_bono, counts=counts)
    came_up = {"outcome": outcome, "importance": importance, "insights": insight, "options": option}
    observe(held, there, came_up)
    fill(held, minutes, topic, goal)
    fit(held)
    settle(held, {"done": done or (), "part": part or (), "carry": carry or (), "drop": drop or ()})
    begin(held, step or ())
    rate(held, ratings)
    answer(held, answered or ())
    _note(held, notes=notes, private=private)
    following_at = next_session(held, following)
    manner = Manner(anyway=anyway, waive=waive, dry_run=dry_run)
    with cleared_once_written(running, manner):
        write_log(held, following_at, manner, as_json=as_json)


def _held(desk: Desk, code: str, wanted: str | None, at: str | None) -> Held:
    """Find which session is logged: the one that is named, one at a moment, else the oldest booking that has begun."""
    file = file_of(desk, code)
    found = booked_one(file, wanted, desk.now) if wanted else None
    if found is None and at is None:
        found = oldest_begun(file, desk.now)
    if found and at is None:
        return Held(desk, code, file, found, _past(desk, found.at), lasting_id(desk, found))
    read = partial(_start, desk, found.at.clock if found else None)
    if at is None and not can_ask(desk.wishes):
        what = f"No session of {code} that is booked has begun."
        raise WrongCall(what, "Say when it was with --at: --at 'mon 15:00'.")
    when = read(at) if at else ask(desk.wishes, 'When it began, such as "mon 15:00"', "--at", read)
    found = found or next((one for one in file.sessions if one.is_booked and one.at == when), None)
    if found is None:
        desk.remarks.extend(_still_booked(file, when))
        return Held(desk, code, file, None, when, new_id(ids_of(file.sessions)))
    held = Held(desk, code, file, found, when, lasting_id(desk, found))
    if when != found.at:
        held.fields["at"] = written_moment(when)
    return held


def _start(desk: Desk, clock: time | None, text: str) -> Instant:
    """Read when a session began; a day alone means the time of day that was booked. Raises WrongCall."""
    return _past(desk, moment_asked(desk, text, "fact", question="When it began", flag="--at", clock=clock))


def _past(desk: Desk, at: Instant) -> Instant:
    if at <= desk.now:
        return at
    what = f"The session of {moment_words(at)} has not begun."
    raise WrongCall(what, "It can be moved or cancelled: coachlog session move, coachlog session cancel.")


def _still_booked(file: ClientFile, at: Instant) -> list[str]:
    same_day = (one for one in file.sessions if one.is_booked and one.day == at.day)
    return [f"{one.label} is still booked for {moment_words(one.at)}." for one in same_day]


def _note(held: Held, **texts: str | None) -> None:
    for key, text in texts.items():
        words = read_text(held.desk.wishes, [text] if text else None)
        before = [str(held.fields[key])] if key in held.fields else []
        held.fields |= {key: "\n".join([*before, words])} if words else {}
