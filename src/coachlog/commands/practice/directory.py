"""`coachlog directory`: the people whom the coach refers clients to."""

from typing import Annotated, Any

import typer

from coachlog.commands.desk.asking_for import ask, some_words
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.lasting import ids_of
from coachlog.commands.desk.options import AsJson, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.model.ids import new_id
from coachlog.store.emit import Value, Word
from coachlog.store.layout import PRACTICE_FILE
from coachlog.store.splice import insert_record

LIST = "directory"
_NAME = some_words("A name is needed.", "Write who it is.")


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="Who it is.")] = None,
    *,
    role: Annotated[str | None, typer.Option("--role", metavar="TEXT", help="psychologist, counsellor, …")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Where calls go.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Where mail goes.")] = None,
    url: Annotated[str | None, typer.Option("--url", help="Their page.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add somebody to the directory in coachlog.yaml: a person whom you refer clients to.

    Examples:
      coachlog directory add Dr Sam Okafor --role psychologist --phone "+44 20 7946 0101"
      coachlog directory add "Maeve Brennan" --role counsellor --url https://brennan.example
    """
    desk = Desk.open(ctx.obj)
    full_name = " ".join(name or ()).strip() or ask(desk.wishes, "Their name", "NAME", _NAME)
    fields: dict[str, Any] = {
        "id": Word(new_id(ids_of(desk.practice.directory))),
        "name": full_name,
        "role": role,
        "phone": phone,
        "email": email,
        "url": url,
    }
    made: dict[str, Value] = {key: value for key, value in fields.items() if value}
    change = Change(PRACTICE_FILE, lambda data: insert_record(data, (LIST,), made, line=True))
    outcome = desk.carry_out(None, [change], Manner(dry_run=dry_run))
    records = [one for one in outcome.practice.directory if one.id == made["id"]]
    said = f"added {made['id']} to the directory: {full_name}{f', {role}' if role else ''}"
    tell(desk, outcome, Telling(said, "colleagues", records), as_json=as_json)
