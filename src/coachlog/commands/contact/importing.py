"""`coachlog contact import`: mail, or a table of contacts, brought in as contacts."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from coachlog.commands.contact.importing_csv import Mapped, Table, Unasked, bring_in_table
from coachlog.commands.contact.importing_told import carry_in
from coachlog.commands.contact.made import purpose
from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.lasting import lasting_id
from coachlog.commands.desk.opening import clients_of
from coachlog.commands.desk.options import AsJson, DryRun
from coachlog.errors import WrongCall
from coachlog.exchange.correspondents import Correspondents
from coachlog.exchange.mailbox_files import Raw, messages_in
from coachlog.exchange.post import Post, Purpose, Wanted
from coachlog.model.names import unaccented
from coachlog.model.typed_time import end_of, moment_of, read_typed
from coachlog.render.progress import counting
from coachlog.store.layout import PRACTICE_FILE

TABLES = frozenset({".csv", ".tsv"})
"""How the name of a table ends."""
NOT_FROM_COACH = (
    "None of these messages is from you: bring in your sent mail, too, before you believe that an answer is missing."
)
NOTHING_THERE = "No message was found there: name an mbox, a Maildir, or a folder of .eml files (not of .msg)."


def import_contacts(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="mbox, Maildir, .eml, a folder of them, or one CSV.")
    ],
    *,
    mine: Annotated[
        list[str] | None,
        typer.Option("--mine", metavar="ADDRESS", help="Your own, beside the one in coachlog.yaml. Repeatable."),
    ] = None,
    client: Annotated[
        list[str] | None, typer.Option("--client", metavar="CLIENT", help="Only this client. Repeatable.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="WHEN", help="Only what was sent from then on.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="WHEN", help="Only what was sent until then.")] = None,
    subject: Annotated[bool, typer.Option("--subject", help="Keep the subject, as what it was about.")] = False,
    for_: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="PURPOSE=WORDS", help="What yours with these words in the subject are for."),
    ] = None,
    mapping: Mapped = None,
    yes: Unasked = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Bring in who wrote to whom, and when, from your mail or a table: never the text of a message.

    Messages are matched by the addresses in client.yaml (`email`, `addresses`, those of `sponsors`) and yours in
    coachlog.yaml. An answer names what it answers. Lists, automatic replies, bounces, drafts and answers to
    invitations are left out and counted. Run it again, and nothing is added twice.
    `--for reminder="your steps"` says what those of yours are for that answer nothing and whose subject holds these
    words; a single contracted follow-up of that kind is named with it. docs/import.md has the rest.

    Examples:
      coachlog contact import ~/mail/inbox.mbox ~/mail/sent.mbox --dry-run
      coachlog contact import ~/Maildir --since "1 jan 2026" --client jane
      coachlog contact import letters/ --mine alex@old.example --subject
      coachlog contact import ~/mail/sent.mbox --for reminder="your steps" --for admin=invoice --dry-run
      coachlog contact import contacts.csv --map contacts-map.yaml
    """
    desk = Desk.open(ctx.obj)
    if mapping or Path(paths[0]).suffix.lower() in TABLES:
        _refuse_of_mail({"--mine": mine, "--subject": subject, "--for": for_})
        asked = Table(_only(paths), mapping, "contacts", client=_one(client), since=since, until=until)
        bring_in_table(desk, asked, yes=yes, dry_run=dry_run, as_json=as_json)
        return
    files = {one.code: desk.file(one.code) for one in desk.clients}
    wanted = Wanted(
        now=desk.now,
        clients=clients_of(client or (), desk.clients),
        since=moment_of(read_typed(since, desk.now, "fact"), desk.now) if since else None,
        until=end_of(read_typed(until, desk.now, "fact"), desk.now) if until else None,
        subject=subject,
        purposes=[_purpose(one) for one in for_ or ()],
    )
    people = Correspondents(files.values(), _mine(desk, mine or ()))
    post = Post(files, people, wanted, lambda contact: lasting_id(desk, contact))
    arrived = post.sort(counting(_raws(paths), "messages", quiet=desk.wishes.quiet))
    if arrived.count and not post.from_coach:
        arrived.remarks.append(NOT_FROM_COACH)
    arrived.remarks += [] if arrived.read else [NOTHING_THERE]
    carry_in(desk, files, arrived, "contacts", dry_run=dry_run, as_json=as_json)


def _raws(paths: Sequence[str]) -> Iterator[Raw]:
    for path in paths:
        yield from messages_in(Path(path).expanduser(), path)


def _mine(desk: Desk, named: Sequence[str]) -> list[str]:
    """Give the coach's own addresses. Raises WrongCall where none is known: every answer would seem to be missing."""
    coach = desk.practice.coach
    own = [one for one in (coach.email if coach else None, *named) if one]
    if own:
        return own
    what = f"Which address is yours is not known: {PRACTICE_FILE} has no `email` under `coach`."
    raise WrongCall(what, "Write it there, or say --mine ADDRESS.")


def _purpose(said: str) -> Purpose:
    """Read what messages are for, and the words of their subject. Raises WrongCall."""
    name, _, words = said.partition("=")
    if not (words := " ".join(unaccented(words).split())):
        what = "--for says what messages are for, and words that their subject holds."
        raise WrongCall(what, 'Write it as --for reminder="your steps".')
    return Purpose(purpose(name.strip()) or "", words)


def _refuse_of_mail(options: Mapping[str, object]) -> None:
    for name in (name for name, said in options.items() if said):
        what = f"{name} is for mail, and this is a table."
        raise WrongCall(what, "Leave it out: the mapping says what each column is.")


def _only(paths: Sequence[str]) -> str:
    if len(paths) == 1:
        return paths[0]
    what = "A table is brought in alone, with its own mapping."
    raise WrongCall(what, "Name one CSV file at a time.")


def _one(clients: Sequence[str] | None) -> str | None:
    if clients and len(clients) > 1:
        what = "A table can be brought in for one client, or for all that it names."
        raise WrongCall(what, "Say --client once, or not at all.")
    return clients[0] if clients else None
