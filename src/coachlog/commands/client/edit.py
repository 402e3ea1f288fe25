"""`coachlog client edit`: what is known of a client changes."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from coachlog.commands.client.telling import tell_client
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Alter, Change, Desk, Manner
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.errors import WrongCall
from coachlog.model.instant import Instant
from coachlog.model.typed_time import read_typed
from coachlog.store.emit import Value, Word
from coachlog.store.layout import CLIENT_FILE, client_file
from coachlog.store.splice import cut_key, set_value

Read = Callable[[str, Instant], Value]


def _text(text: str, _: Instant) -> Value:
    return text


def _day(text: str, now: Instant) -> Value:
    return written_day(read_typed(text, now, "fact").day)


def _words(text: str, _: Instant) -> Value:
    return [word.strip() for word in text.split(",") if word.strip()]


def _size(text: str, _: Instant) -> Value:
    if text.isascii() and text.isdigit() and int(text):
        return Word(text)
    what = f"`{text}` is no number of people."
    raise WrongCall(what, "Write it in digits: --set group.size=6.")


FIELDS: Mapping[str, Read] = {
    **dict.fromkeys(("name", "email", "phone", "timezone", "heard_from", "called", "pronouns", "language"), _text),
    **dict.fromkeys(("addresses", "tags"), _words),
    "since": _day,
    "group.size": _size,
    "group.name": _text,
}
"""What can be set, and how each is read."""


def edit(
    ctx: typer.Context,
    client: Client,
    *,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Repeat for more; KEY= takes the key away.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Change what is known of a client, key by key; the rest of client.yaml stays as you wrote it.

    Keys: name, email, phone, timezone, since, heard_from, addresses and tags (several, with commas between), called,
    pronouns, language, group.size, group.name.

    Examples:
      coachlog client edit jane --set email=jane@example.com
      coachlog client edit jane --set called=Jane --set tags=executive,board
      coachlog client edit jane --set phone=
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    if not set_:
        what = "Nothing is said to change."
        raise WrongCall(what, "Say it with --set KEY=VALUE.")
    changes = [Change(client_file(code, CLIENT_FILE), _alter(one, desk.now)) for one in set_]
    outcome = desk.carry_out(code, changes, Manner(dry_run=dry_run))
    keys = ", ".join(dict.fromkeys(one.partition("=")[0].strip() for one in set_))
    tell_client(desk, outcome, f"changed {code}: {keys}", code, as_json=as_json)


def _alter(assignment: str, now: Instant) -> Alter:
    """Read one assignment; an empty value takes the key away. Raises WrongCall."""
    key, sign, text = (part.strip() for part in assignment.partition("="))
    if not sign or key not in FIELDS:
        what = f"`{key}` is nothing that can be set." if sign else "--set wants a key and a value."
        raise WrongCall(what, f"Write KEY=VALUE, where KEY is one of {', '.join(FIELDS)}.")
    path = tuple(key.split("."))
    if text:
        value = FIELDS[key](text, now)
        return lambda data: set_value(data, path, value)
    if key == "name":
        what = "A client can't be without a name."
        raise WrongCall(what, "It may be a pseudonym.")
    return lambda data: cut_key(data, path)
