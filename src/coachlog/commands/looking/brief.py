"""`coachlog brief`: one screen before a session."""

from dataclasses import replace

import typer

from coachlog.clock import Clock
from coachlog.commands.desk.cut_off import tell_cut_off
from coachlog.commands.desk.opening import Wishes, client_of, journal_of, now_of
from coachlog.commands.desk.options import Client, FieldsAsJson
from coachlog.commands.judging.day import judged_journal
from coachlog.commands.judging.judgement import known_clients, mask_of
from coachlog.model.client_file import ClientFile
from coachlog.model.journal import Journal
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
    wishes: Wishes = ctx.obj
    root = journal_of(wishes)
    tell_cut_off(root, wishes)
    journal, verdict = judged_journal(root, wishes)
    file = _file(journal, client_of(client, known_clients(journal)).code)
    shown = _brief(file, verdict, Clock(now_of(wishes, journal.practice.timezone)))
    sheet = screen(wishes.color, quiet=wishes.quiet)
    masked = shown.masked(mask_of(journal)) if wishes.incognito else shown
    show(renderer("brief", "json" if as_json else "text").lines(masked, sheet), sheet)
    if file.gaps and not sheet.quiet:
        complain("Not all of this client could be read, so something may be missing; coachlog check says what.")


def _file(journal: Journal, code: str) -> ClientFile:
    return next(one for one in journal.clients if one.code == code)


def _brief(file: ClientFile, verdict: Verdict, clock: Clock) -> Brief:
    """Give the brief as of the clock's instant, with what a check lists of the client and is not waived."""
    seen = replace(known(file, clock.now), practice=file.practice.known_by(clock.today))
    own = (one for one in verdict.findings if one.client == file.code and one.waived is None)
    return brief_of(seen, [one for one in own if verdict.is_recent(one)], clock)
