"""`coachlog client add`: a new client."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from coachlog.commands.client.code import code_from, neutral_code
from coachlog.commands.client.telling import tell_client
from coachlog.commands.desk.asking_for import ask
from coachlog.commands.desk.days import day_told, written_day
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.options import AsJson, DryRun
from coachlog.errors import CannotWrite, WrongCall
from coachlog.model.typed_time import read_typed
from coachlog.store.commit import drop_empty, make_folder
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CLIENT_FILE, CLIENTS, client_file, client_folders, is_code
from coachlog.store.new_journal import headed
from coachlog.store.splice import add_key

REMOVED = "removed"


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="The client's name.")] = None,
    *,
    code: Annotated[str | None, typer.Option("--code", help="The folder's name; default: from the name.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Where mail goes.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Where calls go.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", metavar="ZONE", help="Where it differs.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="The first contact.")] = None,
    heard_from: Annotated[str | None, typer.Option("--heard-from", metavar="TEXT", help="How they found you.")] = None,
    address: Annotated[
        list[str] | None, typer.Option("--address", help="Matched when mail is imported; repeat for more.")
    ] = None,
    called: Annotated[str | None, typer.Option("--called", help="How letters address the client.")] = None,
    pronouns: Annotated[str | None, typer.Option("--pronouns", help="Such as she/her.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Such as en.")] = None,
    group_size: Annotated[int | None, typer.Option("--group-size", min=1, help="For a group: how many.")] = None,
    group_name: Annotated[str | None, typer.Option("--group-name", metavar="TEXT", help="For a group.")] = None,
    tag: Annotated[list[str] | None, typer.Option("--tag", help="A tag; repeat for more.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add a client: a folder of their own, named by a code, with a client.yaml.

    The code is made from the name (jane-doe), or is c07 where coachlog.yaml says `codes: neutral`. It is the only name
    that shows in paths and commits.

    Examples:
      coachlog client add Jane Doe --email jane@example.com
      coachlog client add "Zoë O'Neill" --code zoe --since today --tag executive
      coachlog client add Keel Board --group-size 6 --group-name "Board team"
    """
    desk = Desk.open(ctx.obj)
    full_name = " ".join(name or ()) or ask(desk.wishes, "The client's name", "NAME", _named)
    day = read_typed(since, desk.now, "fact").day if since else None
    fields: dict[str, Any] = {
        "name": _named(full_name),
        "email": email,
        "phone": phone,
        "timezone": timezone,
        "since": written_day(day) if day else None,
        "heard_from": heard_from,
        "addresses": address,
        "called": called,
        "pronouns": pronouns,
        "language": language,
        "group": _group(group_size, group_name),
        "tags": tag,
    }
    chosen = _code(desk, full_name, code)
    outcome = _written(desk, chosen, {key: value for key, value in fields.items() if value}, dry_run=dry_run)
    began = f", since {day_told(day, desk.now.day)}" if day else ""
    said = f"added {chosen}: {fields['name']}{began}; the contract: coachlog contract new {chosen}"
    tell_client(desk, outcome, said, chosen, as_json=as_json)


def _group(size: int | None, name: str | None) -> dict[str, Value]:
    return {**({"size": Word(str(size))} if size else {}), **({"name": name} if name else {})}


def _named(text: str) -> str:
    if not text.strip():
        what = "A name is needed."
        raise WrongCall(what, "Write one; it may be a pseudonym.")
    return " ".join(text.split())


def _code(desk: Desk, name: str, wanted: str | None) -> str:
    """Take the code that the call names, or make one. Raises WrongCall where it can't be, or is taken."""
    taken = _taken(desk.root)
    if wanted is not None:
        return free_code(wanted, taken)
    if desk.practice.codes == "neutral":
        return neutral_code({*taken, *_names(desk.root / REMOVED)})
    made = code_from(name, taken)
    return made or ask(desk.wishes, "A code of a-z, 0-9 and -", "--code", lambda text: free_code(text, taken))


def free_code(wanted: str, taken: Collection[str]) -> str:
    """Give a code back that a client can have. Raises WrongCall."""
    if not is_code(wanted):
        what = f"`{wanted}` can't be a code."
        raise WrongCall(what, "It is made of a-z, 0-9 and - within, and stands for nothing else (practice, con).")
    if wanted in taken:
        what = f"There is a client {wanted} already."
        raise WrongCall(what, "Choose another code.")
    return wanted


def _taken(root: Path) -> set[str]:
    """Give the codes of all clients; an empty folder, which a call that was cut off left, is nobody's."""
    return {folder.name for folder in client_folders(root) if folder.is_link or _names(root / CLIENTS / folder.name)}


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def _written(desk: Desk, code: str, fields: Mapping[str, Value], *, dry_run: bool) -> Outcome:
    """Write the client's file into a folder of its own; a dry run makes no folder."""
    name = client_file(code, CLIENT_FILE)
    change = Change(name, lambda data: _begun(data, code, _file(name, fields)))
    with desk.finished([change], Manner(dry_run=dry_run)) as finished:
        if dry_run:
            return desk.carry_out(code, finished, Manner(dry_run=True))
        make_folder(desk.root, CLIENTS)
        make_folder(desk.root, f"{CLIENTS}/{code}")
        try:
            return desk.carry_out(code, finished, Manner())
        except CannotWrite:
            drop_empty(desk.root, f"{CLIENTS}/{code}")
            raise


def _begun(data: bytes, code: str, file: bytes) -> bytes:
    if not data:
        return file
    what = f"A client {code} was added by another command meanwhile."
    raise WrongCall(what, "Try again.")


def _file(name: str, fields: Mapping[str, Value]) -> bytes:
    data = headed(name, b"")
    for key, value in fields.items():
        data = add_key(data, (key,), value)
    return data
