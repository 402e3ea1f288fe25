"""`coachlog sponsor`: the leaders who sent a client or pay, and what they hear of the coaching."""

from datetime import date
from typing import Annotated, get_args

import typer

from coachlog.commands.care.checked_first import On, asking_for_consent, carried_out, flaws_of, manner_of
from coachlog.commands.care.kept import Did, Kept, Said, new_record, one_or_several, parts, tell_care
from coachlog.commands.care.whom import Whom, who_there_is, whom
from coachlog.commands.desk.asking_for import ask, offer, one_of, some_words
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.lasting import lasting_id, naming
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import Anyway, AsJson, Client, DryRun, Waive
from coachlog.commands.desk.telling import Telling, tell
from coachlog.errors import WrongCall
from coachlog.model.care import Reporter
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Goal
from coachlog.model.fields import ID, READ_AS_NUMBER
from coachlog.model.names import unaccented
from coachlog.store.emit import Word
from coachlog.store.layout import CLIENT_FILE, CONTRACT_FILE, client_file
from coachlog.store.splice import insert_record

SPONSORS, UPDATES = "sponsors", "leader_updates"
REPORTERS = get_args(Reporter)
_NAME = some_words("A name is needed.", "Write who it is.")


def add(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME...", help="Who it is.")] = None,
    *,
    role: Annotated[str | None, typer.Option("--role", metavar="TEXT", help="VP Product, head of HR, …")] = None,
    organisation: Annotated[str | None, typer.Option("--organisation", metavar="TEXT", help="Whose leader.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Where mail goes.")] = None,
    phone: Annotated[str | None, typer.Option("--phone", help="Where calls go.")] = None,
    id_: Annotated[str | None, typer.Option("--id", metavar="ID", help="How other records name them: pat.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Add a sponsor to client.yaml: a leader who sent the client, or pays for the coaching.

    What a sponsor is told, and by whom, is agreed in the contract.

    Examples:
      coachlog sponsor add jane Pat Lee --role "VP Product" --organisation Acme --email pat@acme.example
      coachlog sponsor add jane Pat Lee --id pat
    """
    desk = Desk.open(ctx.obj)
    file = desk.readable(desk.code(client), CLIENT_FILE)
    called = " ".join(name or ()).strip() or ask(desk.wishes, "Their name", "NAME, behind the client", _NAME)
    _refuse_twice(file, called, id_)
    said: Said = {"name": called, "role": role, "organisation": organisation, "email": email, "phone": phone}
    record = new_record(file.client.sponsors, said)
    record |= {"id": Word(id_)} if id_ else {}
    change = Change(
        client_file(file.code, CLIENT_FILE), lambda data: insert_record(data, (SPONSORS,), record, line=True)
    )
    outcome = desk.carry_out(file.code, [change], Manner(dry_run=dry_run))
    records = [one for one in outcome.file.client.sponsors if one.id == record["id"]] if outcome.file else []
    line = f"added {record['id']}: {called}{f', {role}' if role else ''}, a sponsor of {file.client.name}"
    tell(desk, outcome, Telling(line, SPONSORS, records), as_json=as_json)


def update(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WHAT]...", help="What they heard; several with commas between.")
    ] = None,
    *,
    to: Annotated[str | None, typer.Option("--to", metavar="WHOM", help="Which sponsor; default: all of them.")] = None,
    by: Annotated[Reporter | None, typer.Option("--by", help="Who told them.")] = None,
    what: Annotated[str | None, typer.Option("--what", metavar="WORDS", help="What they heard, as an option.")] = None,
    goal_change: Annotated[
        str | None, typer.Option("--goal-change", metavar="ID", help="The goal that changed, where one did.")
    ] = None,
    on: On = None,
    anyway: Anyway = False,
    waive: Waive = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Note that a sponsor was told how it goes; it is the client who tells, unless you agreed otherwise.

    Where you tell it yourself, today, it is checked first that a consent or the contract allows it.

    Examples:
      coachlog sponsor update jane progress on goals --by client
      coachlog sponsor update jane --to pat --by client --goal-change g2 --on "20 mar"
      coachlog sponsor update jane attendance --to pat --by coach
    """
    kept = Kept.open(ctx.obj, client, CLIENT_FILE, CONTRACT_FILE)
    wishes, day = kept.desk.wishes, kept.day(on)
    person = _sponsor(kept, to)
    teller: str = by or ask(wishes, f"Who told them ({', '.join(REPORTERS)})", "--by", one_of(REPORTERS), "client")
    typed = what if what is not None else kept.text(words)
    heard = parts(typed if typed is not None else offer(wishes, "What they heard", str))
    goal = _goal(kept, goal_change, day)
    said: Said = {
        "date": written_day(day),
        "to": person.value if person else None,
        "by": Word(teller),
        "what": one_or_several(heard),
        "goal_change": Word(lasting_id(kept.desk, goal)) if goal else None,
    }
    record = new_record(kept.file.care.leader_updates, said)
    manner = manner_of(kept, day, anyway=anyway, waive=waive, dry_run=dry_run)
    changes = [*naming(goal), kept.adding(UPDATES, record)]
    outcome = carried_out(kept, changes, manner, _what_would_do(kept, person, day))
    who = person.called if person else "every sponsor"
    more = f": {who} told about {kept.name} by {_teller(teller)}, {kept.told(day)}"
    tell_care(kept, outcome, UPDATES, Did("noted update", more), record["id"], as_json=as_json)


def _refuse_twice(file: ClientFile, name: str, id_: str | None) -> None:
    """Refuse a sponsor who is there already, and an id that is none or is taken. Raises WrongCall."""
    sponsors = file.client.sponsors
    if any(unaccented(one.name or "") == unaccented(name) for one in sponsors):
        what = "A sponsor of that name is there already."
        raise WrongCall(what, f"Change what is known of them: coachlog edit {file.code} client.")
    if id_ and (not ID.fullmatch(id_) or READ_AS_NUMBER.fullmatch(id_.replace("_", ""))):
        what = f"`{id_}` can't be an id."
        raise WrongCall(what, "Take letters and digits that no tool reads as a number, such as pat.")
    if id_ in {one.id for one in sponsors}:
        what = f"{id_} is another sponsor's id."
        raise WrongCall(what, "Take another, or leave it out.")


def _sponsor(kept: Kept, typed: str | None) -> Whom | None:
    """Find the sponsor who is told; None means all of them. Raises WrongCall where there is none."""
    sponsors = kept.file.client.sponsors
    if not sponsors:
        what = f"{kept.name} has no sponsor."
        raise WrongCall(what, f"Add one first: coachlog sponsor add {kept.code} NAME.")
    if typed is not None:
        return whom(kept.file, typed)
    if len(sponsors) == 1:
        return whom(kept.file, sponsors[0].id or sponsors[0].name or "")
    question = f"Who was told ({who_there_is(kept.file)}; Enter: all of them)"
    return offer(kept.desk.wishes, question, lambda answer: whom(kept.file, answer))


def _goal(kept: Kept, wanted: str | None, day: date) -> Goal | None:
    """Find the goal that is named, in the contract of the day, else in any. Raises WrongCall."""
    if wanted is None:
        return None
    terms = kept.file.agreements.terms_on(day)
    goals = [goal for one in ((terms,) if terms else kept.file.contracts) for goal in one.goals]
    return named(goals, wanted, kept.desk.now)


def _teller(by: str) -> str:
    return {"client": "the client", "coach": "you", "both": "the client and you"}[by]


def _what_would_do(kept: Kept, person: Whom | None, day: date) -> str:
    """Say what would let the coach tell a sponsor."""
    one = person or whom(kept.file, kept.file.client.sponsors[0].id or kept.file.client.sponsors[0].name or "")
    return f"{flaws_of(kept, one, day)}{asking_for_consent(kept, one, 'leader-update')}"
