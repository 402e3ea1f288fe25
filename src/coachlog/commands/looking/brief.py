"""`coachlog brief`: one screen before a session."""

from dataclasses import replace

import typer

from coachlog.clock import Clock
from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.options import Client, FieldsAsJson
from coachlog.commands.desk.veiling import veil_of
from coachlog.commands.judging.filing import judged
from coachlog.commands.judging.on_file import recalled
from coachlog.model.client_file import ClientFile
from coachlog.model.known import known
from coachlog.render import renderer
from coachlog.render.output import complain, screen, show
from coachlog.views.brief import Brief, brief_of
from coachlog.views.verdict import Verdict


def brief(
    ctx: typer.Context,
    client: Client,
    *,
    as_json: FieldsAsJson = False,
) -> None:
    """Show a client on one screen, before a session.

    Who comes and which session it is; the last one, what was committed to in it and what came of that; the prep form;
    the contacts since; open concerns; what is found; and what the contract says that matters today. What has no room
    on the screen is counted; a pipe and --json have all of it. Your private notes are never among it.

    Examples:
      coachlog brief jane
      coachlog brief jane --json
    """
    desk = Desk.open(ctx.obj)
    wishes = desk.wishes
    remark(desk)
    file = desk.file(desk.code(client))
    verdict = (recalled(desk.root, wishes) or judged(desk.root, wishes)).verdict
    shown = _brief(file, verdict, Clock(desk.now))
    sheet = screen(wishes.color, quiet=wishes.quiet)
    veil = veil_of(wishes)
    masked = shown.masked(veil.mask) if veil else shown
    show(renderer("brief", "json" if as_json else "text").lines(masked, sheet), sheet)
    if file.gaps and not sheet.quiet:
        complain("Not all of this client could be read, so something may be missing; coachlog check says what.")


def _brief(file: ClientFile, verdict: Verdict, clock: Clock) -> Brief:
    """Give the brief as of the clock's instant, with what a check lists of the client and is not waived."""
    seen = replace(known(file, clock.now), practice=file.practice.known_by(clock.today))
    own = (one for one in verdict.findings if one.client == file.code and one.waived is None)
    return brief_of(seen, [one for one in own if verdict.is_recent(one)], clock)
