"""`coachlog feedback`: what a client says about the coaching."""

from typing import Annotated

import typer

from coachlog.commands.care.kept import Did, Kept, new_record, tell_care
from coachlog.commands.desk.asking_for import ask, some_words
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Manner
from coachlog.commands.desk.options import AsJson, Client, DryRun

LIST = "feedback"
_TEXT = some_words("Feedback needs words.", "Write what the client said.")


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    text: Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="What was said; - reads it.")] = None,
    *,
    on: Annotated[str | None, typer.Option("--on", metavar="DAY", help="When it was said; default: today.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note what the client said about the coaching.

    Examples:
      coachlog feedback add jane More challenge please
      coachlog feedback add jane The pauses help --on "25 mar"
    """
    kept = Kept.open(ctx.obj, client)
    day = kept.day(on)
    words = kept.text(text) or ask(kept.desk.wishes, "What was said", "TEXT, behind the client", _TEXT)
    record = new_record(kept.file.care.feedback, {"date": written_day(day), "text": words})
    outcome = kept.desk.carry_out(kept.code, [kept.adding(LIST, record)], Manner(dry_run=dry_run))
    more = f": feedback of {kept.name}, {kept.told(day)}"
    tell_care(kept, outcome, LIST, Did("noted", more), record["id"], as_json=as_json)
