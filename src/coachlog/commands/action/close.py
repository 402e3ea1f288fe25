"""`coachlog action done`, `part`, `drop`, `carry` and `update`: what came of a step."""

from typing import Annotated

import typer

from coachlog.commands.action.step import (
    ALL,
    Did,
    Id,
    Step,
    When,
    day_of,
    due_day,
    latest_session,
    refuse_closed,
    step_of,
)
from coachlog.commands.desk.asking_for import offer, read_text
from coachlog.commands.desk.days import day_told, written_day
from coachlog.commands.desk.desk import Change, Desk
from coachlog.commands.desk.lasting import lasting_id, naming, session_named
from coachlog.commands.desk.naming import only
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.errors import WrongCall
from coachlog.model.session import Session
from coachlog.model.words import day_words
from coachlog.store.emit import Value, Word
from coachlog.store.layout import ACTIONS_FILE, SESSIONS_FILE

On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The day; default: today.")]
Reviewed = Annotated[
    str | None, typer.Option("--reviewed", metavar="SESSION", help="The session where you looked at it again.")
]


def done(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Id = None,
    when: When = None,
    *,
    learned: Annotated[str | None, typer.Option("--learned", metavar="TEXT", help="What came of it.")] = None,
    reviewed: Reviewed = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that a step is done.

    Examples:
      coachlog action done jane a7kqw
      coachlog action done jane a7kqw yesterday --learned "Lee wanted it all along"
      coachlog action done jane last --reviewed last
    """
    step = step_of(Desk.open(ctx.obj), client, wanted)
    refuse_closed(step.action)
    on = day_of(when, step.desk.now)
    session = session_named(step.desk, step.file.code, reviewed)
    changes = [*naming(session), step.setting("done", written_day(on)), *_looked_at(step, session)]
    changes += [step.setting("learned", learned)] if learned else []
    did = Did("done", f": {day_told(on, step.desk.now.day)}")
    step.carry_out(changes, did, dry_run=dry_run, as_json=as_json)


def part(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Id = None,
    when: When = None,
    *,
    reviewed: Reviewed = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that a step is partly done; it stays open.

    Examples:
      coachlog action part jane a7kqw
      coachlog action part jane a7kqw last fri
    """
    step = step_of(Desk.open(ctx.obj), client, wanted)
    refuse_closed(step.action)
    on = day_of(when, step.desk.now)
    session = session_named(step.desk, step.file.code, reviewed)
    changes = [*naming(session), step.setting("part", written_day(on)), *_looked_at(step, session)]
    did = Did("partly done", f": {day_told(on, step.desk.now.day)}")
    step.carry_out(changes, did, dry_run=dry_run, as_json=as_json)


def drop(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Id = None,
    why: Annotated[list[str] | None, typer.Argument(metavar="[WHY]...", help="Why it was given up.")] = None,
    *,
    on: On = None,
    reviewed: Reviewed = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that a step was given up, and why.

    Examples:
      coachlog action drop jane a7kqw no longer needed
      coachlog action drop jane a7kqw --on yesterday
    """
    step = step_of(Desk.open(ctx.obj), client, wanted)
    refuse_closed(step.action)
    when = day_of([on] if on else None, step.desk.now)
    dropped: dict[str, Value] = {"date": written_day(when)}
    reason = read_text(step.desk.wishes, why) or offer(step.desk.wishes, "Why it was given up", str)
    dropped |= {"why": reason} if reason else {}
    session = session_named(step.desk, step.file.code, reviewed)
    changes = [*naming(session), step.setting("dropped", dropped), *_looked_at(step, session)]
    did = Did("dropped", f": {day_told(when, step.desk.now.day)}")
    step.carry_out(changes, did, dry_run=dry_run, as_json=as_json)


def carry(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    wanted: Id = None,
    *,
    session: Annotated[
        str | None, typer.Option("--session", metavar="ID", help="Where it was carried over; default: the latest.")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DAY", help="Default: the day of the next booked session.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Carry a step over to the next session: it is due on that day.

    Examples:
      coachlog action carry jane a7kqw
      coachlog action carry jane a7kqw --session last --due fri
    """
    step = step_of(Desk.open(ctx.obj), client, wanted)
    refuse_closed(step.action)
    now = step.desk.now
    file = step.desk.readable(step.file.code, SESSIONS_FILE)
    where = session_named(step.desk, file.code, session) or latest_session(file, now)
    if where is None:
        what = "No session of this client has begun, at which the step could be carried over."
        raise WrongCall(what, "Name one with --session ID.")
    new_due = due_day(file, due, now)
    changes = [*naming(where), *_carried(step, where)]
    changes += [step.setting("due", written_day(new_due))] if new_due else []
    when = f"now due {day_told(new_due, now.day)}" if new_due else "its day stays, as nothing is booked"
    did = Did("carried", f" over at the session of {day_words(where.day)}, {when}")
    step.carry_out(changes, did, dry_run=dry_run, as_json=as_json)


def update(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[ID] [NOTE]...", help="Which step, and the news of it.")
    ] = None,
    *,
    on: On = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note news of a step; without an id, of the only open one that the client sends updates of.

    Where only one is meant, all words are the note unless the first is the whole id of a step.

    Examples:
      coachlog action update jane
      coachlog action update jane drafted the intro
      coachlog action update jane a7kqw half of it --on yesterday
    """
    desk = Desk.open(ctx.obj)
    step, note = _updated(desk, client, words or [])
    when = day_of([on] if on else None, desk.now)
    news: dict[str, Value] = {"date": written_day(when)}
    text = read_text(desk.wishes, note)
    news |= {"note": text} if text else {}
    did = Did("noted news of", f": {day_told(when, desk.now.day)}")
    step.carry_out([step.adding("updates", news)], did, dry_run=dry_run, as_json=as_json)


def _updated(desk: Desk, client: str, words: list[str]) -> tuple[Step, list[str]]:
    """Tell the id of a step from the note behind it."""
    file = desk.readable(desk.code(client), ACTIONS_FILE)
    if words and any(words[0] == one.id for one in file.actions):
        return step_of(desk, client, words[0]), words[1:]
    followed = [one for one in file.actions if one.is_open and one.follow_up]
    if len(followed) > 1 and words:
        return step_of(desk, client, words[0]), words[1:]
    return Step(desk, file, only(followed, "open step has a follow-up", ALL)), words


def _looked_at(step: Step, session: Session | None) -> list[Change]:
    return [step.setting("reviewed", Word(lasting_id(step.desk, session)))] if session else []


def _carried(step: Step, session: Session) -> list[Change]:
    """Note the session once, however often it is said."""
    name = lasting_id(step.desk, session)
    return [] if name in step.action.carried else [step.adding("carried", Word(name))]
