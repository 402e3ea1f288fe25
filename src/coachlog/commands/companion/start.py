"""`coachlog session start`: the companion of a session that goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer

from coachlog.commands.companion.at_the_keys import Keys, Screen
from coachlog.commands.companion.blueprint import how_often
from coachlog.commands.companion.closing import closed, planned_end
from coachlog.commands.companion.time_left import TimeLeft
from coachlog.commands.companion.walk import Walk
from coachlog.commands.companion.which import Chosen, choose, cleared, left_open, now_booked
from coachlog.commands.desk.answers import Unanswered
from coachlog.commands.desk.asking_for import can_ask
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.incognito import veiled
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.looking.brief import brief
from coachlog.commands.session.debrief import goal_of, goals_told
from coachlog.commands.session.held import Held
from coachlog.errors import CoachlogError, WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Goal
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.words import counted, moment_words
from coachlog.store.draft import pending
from coachlog.store.layout import ACTIONS_FILE, CONTRACT_FILE, SESSIONS_FILE
from coachlog.store.running_notes import RunningNotes

THE_PROMPT = "The prompt: time, minutes gone/left. Enter goes on; ? shows more."


def start(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    session: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Id or day; default: the one that is booked for now.")
    ] = None,
    *,
    unbooked: Annotated[bool, typer.Option("--unbooked", help="Start one that was not booked.")] = False,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note a session while it goes on: prepare, envision, explore, commit; and log it at its end.

    Each line is on the disk before the next is asked for, and the time is told 10, 5 and 0 minutes before the planned
    end. The prompt shows the time, the minutes gone and left, and the part of the session; ? shows what can be typed.
    Whatever cuts it off, called again it goes on where it stopped. It ends as coachlog session log does; from a pipe,
    lines are read alike, and nothing is asked. --anyway and --waive are for the booking of the next session.

    Examples:
      coachlog session start jane
      coachlog session start jane --unbooked
      coachlog session start jane d2nnw
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    if pending(desk.root):
        what = "A change of several files was cut off."
        raise WrongCall(what, "Write its rest first: coachlog resume.")
    file = desk.readable(code, SESSIONS_FILE, CONTRACT_FILE, ACTIONS_FILE)
    screen = Screen.of(attended=can_ask(desk.wishes))
    left = left_open(desk, file)
    said = [*cleared(desk, file, left)]
    for one in said:
        screen.say(veiled(desk.wishes, one))
    if said and not (session or unbooked or now_booked(file, desk.now) or any(one.is_open for one in left)):
        return
    chosen = choose(desk, file, left, session, unbooked=unbooked)
    with _kept(desk, code, screen, chosen.running):
        if screen.attended and not (chosen.again or as_json or desk.wishes.quiet):
            brief(ctx, code)
        over = _walked(desk, file, chosen, screen)
        if over is None:
            screen.say(_goes_on(desk, code, chosen.running))
            return
        manner = Manner(anyway=anyway, waive=waive, dry_run=dry_run)
        closed(desk, code, over, chosen.running, manner, as_json=as_json)


def _walked(desk: Desk, file: ClientFile, chosen: Chosen, screen: Screen) -> Instant | None:
    """Note the session, and tell when it was over; None where the coach leaves for later."""
    notes, masked = chosen.running.notes, desk.wishes.incognito
    end = planned_end(file, chosen.session, notes.begun_at())
    clock = TimeLeft(desk.wishes, desk.now, notes.begun_at(), end)
    for one in desk.remarks:
        screen.say(veiled(desk.wishes, one))
    if chosen.again:
        begun = f"the session begun {moment_words(notes.opened.begun)}"
        screen.say(f"Taking up {begun}: {counted(len(notes.lines), 'line')}.")
    if screen.attended:
        screen.say(f"Until {end.wall:%H:%M}. {THE_PROMPT}")
    held = Held(desk, file.code, file, chosen.session, notes.opened.starts, notes.opened.session)
    goals = held.terms.goals if held.terms else ()
    walk = Walk(
        chosen.running,
        screen,
        Keys(screen, clock),
        clock,
        defaults=_known(chosen.session),
        hints={} if masked else {"goal": goals_told(goals)},
        checks={"goal": partial(_goal_read, held), "follow_up": how_often},
        left_out=frozenset() if goals else frozenset({"goal"}),
        masked=masked,
    )
    return clock.now if walk.to_the_end() else None


def _goal_read(held: Held, text: str) -> Goal:
    """Read a goal, and never say again what was typed in its place. Raises WrongCall."""
    try:
        return goal_of(held, text)
    except WrongCall:
        what = "That is no goal of this contract."
        raise WrongCall(what, "Write what it is called, as it stands above; Enter goes on without one.") from None


def _known(session: Session | None) -> dict[str, str]:
    """Give what is known of a session before it begins: its booking, and what the client wants of it."""
    if session is None:
        return {}
    topic = session.topic or (session.prep and session.prep.want)
    known = {"topic": topic, "goal": session.goal, "outcome": session.outcome, "importance": session.importance}
    return {key: " ".join(text.split()) for key, text in known.items() if text}


@contextmanager
def _kept(desk: Desk, code: str, screen: Screen, running: RunningNotes) -> Iterator[None]:
    """Keep the notes whatever comes, and say how to go on."""
    try:
        yield
    except (KeyboardInterrupt, Unanswered):
        screen.say(_goes_on(desk, code, running))
        raise
    except CoachlogError as error:
        if running.is_open:
            error.remedy = f"{error.remedy} {_goes_on(desk, code, running)}".strip()
        raise
    finally:
        running.close()


def _goes_on(desk: Desk, code: str, running: RunningNotes) -> str:
    kept = len(running.notes.lines)
    how = f"coachlog session start {code} goes on"
    return veiled(desk.wishes, f"The notes are kept ({counted(kept, 'line')}): {how}.")
