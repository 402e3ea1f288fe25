"""`coachlog contact list`: who wrote or called, and what still waits for an answer."""

from collections.abc import Iterator
from typing import Annotated

import typer

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.listing import Listed, files_of, show_list
from coachlog.commands.desk.options import FieldsAsJson, OneOrEvery
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.instant import Instant
from coachlog.model.typed_time import moment_of, read_typed
from coachlog.model.words import moment_words
from coachlog.views.derived import of_contact

HEADINGS = ("ID", "WHEN", "FROM", "VIA", "FOR", "ANSWER")


def list_contacts(
    ctx: typer.Context,
    client: OneOrEvery = None,
    *,
    since: Annotated[str | None, typer.Option("--since", metavar="WHEN", help="Only contacts from then on.")] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only what waits for an answer.")] = False,
    as_json: FieldsAsJson = False,
) -> None:
    """List contacts in order of time, with what became of those that want an answer.

    Examples:
      coachlog contact list jane
      coachlog contact list --open
      coachlog contact list jane --since "2 weeks ago" --json
    """
    desk = Desk.open(ctx.obj)
    start = moment_of(read_typed(since, desk.now, "fact"), desk.now) if since else None
    listed = (one for file in files_of(desk, client, "contacts") for one in _contacts(file, start, desk.now))
    shown = [one for one in listed if one.derived["open"] or not open_only]
    show_list(desk, "contacts", HEADINGS, shown, of_one=client is not None, as_json=as_json)


def _contacts(file: ClientFile, since: Instant | None, now: Instant) -> Iterator[Listed]:
    for contact in file.correspondence.contacts:
        if since is None or contact.at >= since:
            yield _listed(file, contact, now)


def _listed(file: ClientFile, contact: Contact, now: Instant) -> Listed:
    letters = file.correspondence
    answer = letters.reply_to_anybody(contact)
    waits = letters.waits_for_answer(contact)
    due = letters.deadline(contact) if waits else None
    is_open = waits and answer is None
    state = f"answered by {answer.label}" if answer else _waiting(due.at if due else None, now) if is_open else ""
    cells = (contact.label or "", moment_words(contact.at), contact.from_, contact.via, contact.for_, state)
    return Listed(file.code, contact, cells, contact.about or "", of_contact(contact, file))


def _waiting(due: Instant | None, now: Instant) -> str:
    """Say by when an answer is due, or that it is late."""
    if due is None:
        return "waits"
    return f"due {moment_words(due)}" if now <= due else f"late since {moment_words(due)}"
