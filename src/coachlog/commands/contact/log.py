"""`coachlog contact`: contact between sessions, as it comes and as it is answered."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Literal, NamedTuple

import typer

from coachlog.commands.contact.follow_up_due import follow_up_kept, names_to_follow_up
from coachlog.commands.contact.made import (
    Said,
    amount,
    insertions,
    made,
    moment,
    purpose,
    tell_contacts,
)
from coachlog.commands.contact.welcome import WELCOME, noting_the_welcome
from coachlog.commands.desk.asking_for import read_text
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.lasting import lasting_id, session_named
from coachlog.commands.desk.media import medium, medium_asked
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.errors import WrongCall
from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import FollowUp
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.store.emit import Value
from coachlog.store.layout import ACTIONS_FILE, CONTACTS_FILE, CONTRACT_FILE

From = Literal["client", "coach", "sponsor", "other"]
LATER_MESSAGE = timedelta(hours=24)
"""Within this time after a reply another message belongs to it (commands.md, Between sessions)."""

Words = Annotated[list[str] | None, typer.Argument(metavar="[TEXT]...", help="What it was about; - reads it.")]
Minutes = Annotated[int | None, typer.Option("--minutes", min=0, metavar="N", help="Your own time, in minutes.")]
About = Annotated[str | None, typer.Option("--session", metavar="ID", help="The session that it is about.")]
Charged = Annotated[str | None, typer.Option("--charged", metavar="AMOUNT", help="What you charge for it.")]
Uncharged = Annotated[str | None, typer.Option("--uncharged", metavar="WHY", help="Why you do not charge for it.")]


class Wanted(NamedTuple):
    """What a contact is to belong to, as it is typed; `kept` is what the coach's own one is for: it may be due."""

    kept: str | None
    follow_up: str | None
    session: str | None
    reply_to: tuple[str, ...]


class Links(NamedTuple):
    """What a contact belongs to: a follow-up, a session, and the contacts that it answers; `followed` is named."""

    follow_up: str | None = None
    followed: FollowUp | Action | None = None
    session: Session | None = None
    reply_to: tuple[str, ...] = ()


def log(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    via: Annotated[
        str | None, typer.Argument(metavar="MEDIUM", help="email, phone, text, message, video, in-person, …")
    ] = None,
    text: Words = None,
    *,
    sender: Annotated[From, typer.Option("--from", help="Who wrote or called.")] = "client",
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it began; default: now.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="WHOM", help="Whom you wrote to instead.")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="WHAT", help="What it was for.")] = None,
    minutes: Minutes = None,
    answer: Annotated[Literal["yes", "no"] | None, typer.Option("--answer", help="Is an answer wanted?")] = None,
    answered: Annotated[
        str | None, typer.Option("--answered", metavar="[WHEN]", help="Log your reply, too; default: it is just now.")
    ] = None,
    reply_to: Annotated[
        list[str] | None, typer.Option("--reply-to", metavar="ID", help="The contact that it answers; repeatable.")
    ] = None,
    follow_up: Annotated[
        str | None, typer.Option("--follow-up", metavar="ID", help="The follow-up or action that it belongs to.")
    ] = None,
    session: About = None,
    charged: Charged = None,
    uncharged: Uncharged = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Log a contact between sessions; it is from the client and just now unless you say otherwise.

    Where exactly one contracted follow-up of its kind is due, your reminder, prep form (`--for prep`) or nudge is
    logged as that one, with its session. The day of a welcome pack is noted in the contract, too.

    Examples:
      coachlog contact log jane email asks about the plan
      coachlog contact log jane phone --minutes 4 --at "today 14:10"
      coachlog contact log jane email thanks --for success
      coachlog contact log jane email --from coach --for reminder
      coachlog contact log jane post --from coach --for welcome
      coachlog contact log jane email --from coach --to pat --for admin the invoice
      coachlog contact log jane email asks for a book --at 9:00 --answered
      coachlog contact log jane email asks for a book --at 9:00 --answered 9:20
    """
    desk = Desk.open(ctx.obj)
    code, about = desk.code(client), read_text(desk.wishes, text)
    file = desk.readable(code, CONTACTS_FILE)
    when = moment(desk, at, "--at")
    _refuse_contradictions(sender, to=to, charged=charged, uncharged=uncharged, answered=answered is not None)
    what_for = purpose(for_)
    wanted = Wanted(what_for if sender == "coach" else None, follow_up, session, tuple(reply_to or ()))
    links = _links(desk, file, when, wanted)
    by = medium(via, file) if via is not None else medium_asked(desk.wishes, file, when.day)
    said = {"from": sender, "via": by, "to": to, "for": for_, "about": about, "answer": answer}
    logged = made(file, when, {**said, **_worth(minutes, charged, uncharged), **_linked(desk, links)})
    records = [logged, *_answer(desk, file, logged, by, answered)]
    welcome = noting_the_welcome(desk, file, when.day) if sender == "coach" and for_ == WELCOME and not to else []
    changes = [*insertions(code, records, links.session, links.followed), *welcome]
    outcome = desk.carry_out(code, changes, Manner(dry_run=dry_run))
    tell_contacts(desk, outcome, records, welcome=bool(welcome), as_json=as_json)


def reply(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    text: Words = None,
    *,
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="ID", help="Which contact; default: the open ones. Repeatable.")
    ] = None,
    via: Annotated[
        str | None, typer.Option("--via", metavar="MEDIUM", help="Default: the medium of the oldest.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When you replied; default: now.")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="WHAT", help="What it was for.")] = None,
    minutes: Minutes = None,
    session: About = None,
    charged: Charged = None,
    uncharged: Uncharged = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Log your reply: to the latest open contact on the medium of the oldest, which answers all of them.

    Where none is open and your last reply is less than a day old, it is a later message of that reply; where a sponsor
    wrote last, it answers the sponsor.

    Examples:
      coachlog contact reply jane
      coachlog contact reply jane sent the book list --at 16:20
      coachlog contact reply jane --to f6juw --via phone --minutes 6
    """
    desk = Desk.open(ctx.obj)
    code, words = desk.code(client), read_text(desk.wishes, text)
    file = desk.readable(code, CONTACTS_FILE)
    when = moment(desk, at, "--at")
    _refuse_contradictions("coach", to=None, charged=charged, uncharged=uncharged, answered=False)
    asked, by = _asked(desk, file, when, to or (), medium(via, file) if via else None)
    about = session_named(desk, code, session)
    said = {"from": "coach", "via": by, "for": purpose(for_), "about": words, "reply_to": asked}
    said |= {**_worth(minutes, charged, uncharged), "session": lasting_id(desk, about) if about else None}
    records = [made(file, when, said)]
    outcome = desk.carry_out(code, insertions(code, records, about), Manner(dry_run=dry_run))
    tell_contacts(desk, outcome, records, as_json=as_json)


def _worth(minutes: int | None, charged: str | None, uncharged: str | None) -> dict[str, str | None]:
    """Say what a contact took of the coach's time, and what is charged for it. Raises WrongCall."""
    return {"minutes": None if minutes is None else str(minutes), "charged": amount(charged), "uncharged": uncharged}


def _answer(
    desk: Desk, file: ClientFile, logged: Mapping[str, Value], via: str, when: str | None
) -> list[dict[str, Value]]:
    """Make the reply to a contact that is logged with it; an empty word means just now, None that there is none."""
    if when is None:
        return []
    asked = [str(logged["id"])]
    said: Said = {"from": "coach", "via": via, "reply_to": asked}
    return [made(file, moment(desk, when or None, "--answered"), said, asked)]


def _refuse_contradictions(
    sender: str, *, to: str | None, charged: str | None, uncharged: str | None, answered: bool
) -> None:
    if to and sender != "coach":
        what = "--to names whom you wrote to, and this contact is not from you."
        raise WrongCall(what, "Add --from coach, or leave --to out.")
    if answered and sender == "coach":
        what = "--answered logs your reply to a contact, and this one is from you."
        raise WrongCall(what, "Leave --from coach or --answered out.")
    if charged and uncharged is not None:
        what = "A contact is either charged or uncharged."
        raise WrongCall(what, "Leave one of --charged and --uncharged out.")


def _links(desk: Desk, file: ClientFile, when: Instant, wanted: Wanted) -> Links:
    """Find what a contact belongs to; where exactly one follow-up of its kind is due, it is that one's."""
    about = session_named(desk, file.code, wanted.session)
    asked = tuple(lasting_id(desk, named(file.contacts, one, desk.now)) for one in wanted.reply_to)
    if wanted.follow_up:
        followed = _followed(desk, file, when, wanted.follow_up)
        return Links(lasting_id(desk, followed), followed, about, asked)
    due = None if asked else follow_up_kept(file, wanted.kept, when)
    if due is None or (about is not None and about is not due.session):
        return Links(None, None, about, asked)
    return Links(due.follow_up, None, due.session)


def _followed(desk: Desk, file: ClientFile, when: Instant, wanted: str) -> FollowUp | Action:
    """Find the follow-up or step that is named. Raises WrongCall, and CannotWrite where they can't be read."""
    desk.readable(file.code, CONTRACT_FILE, ACTIONS_FILE)
    return named(names_to_follow_up(file, when.day), wanted, desk.now)


def _linked(desk: Desk, links: Links) -> dict[str, str | Sequence[str] | None]:
    session = lasting_id(desk, links.session) if links.session else None
    return {"reply_to": links.reply_to, "follow_up": links.follow_up, "session": session}


def _asked(desk: Desk, file: ClientFile, now: Instant, to: Sequence[str], via: str | None) -> tuple[Sequence[str], str]:
    """Find what a reply answers, and by which medium it goes."""
    if to:
        answered = [named(file.contacts, one, desk.now) for one in to]
        return [lasting_id(desk, one) for one in answered], via or answered[0].via
    every = file.correspondence.waiting_at(now)
    waiting = [one for one in every if one.via == via] or list(every)
    if waiting:
        latest = [one for one in waiting if one.via == waiting[0].via][-1]
        return [lasting_id(desk, latest)], via or latest.via
    newest = _newest_if_not_of_the_client(file, now)
    if newest:
        return [lasting_id(desk, newest)], via or newest.via
    last = next((one for one in reversed(file.correspondence.replies) if one.at <= now), None)
    if last and now - last.at < LATER_MESSAGE:
        return last.reply_to, via or last.via
    what = "No contact of this client waits for an answer."
    remedy = "Name the one that you answered with --to ID, or log it: coachlog contact log … --from coach."
    raise WrongCall(what, remedy)


def _newest_if_not_of_the_client(file: ClientFile, now: Instant) -> Contact | None:
    """Give the newest contact where it is a sponsor's, or somebody else's: nobody has written since."""
    newest = next((one for one in reversed(file.correspondence.contacts) if one.at <= now), None)
    return newest if newest and newest.from_ in {"sponsor", "other"} else None
