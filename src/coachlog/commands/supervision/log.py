"""`coachlog supervision log`: a meeting with a supervisor, and what was brought to it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Literal, NamedTuple

import typer

from coachlog.commands.desk.asking_for import can_ask, offer, read_text
from coachlog.commands.desk.days import day_told, written_day
from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.lasting import ids_of, lasting_id, naming
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import AsJson, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.commands.session.appointments import step_to
from coachlog.commands.session.debrief import minutes_of
from coachlog.errors import WrongCall
from coachlog.model.care import Concern
from coachlog.model.ids import new_id
from coachlog.model.supervision import Supervision, Topic
from coachlog.model.typed_time import read_typed
from coachlog.model.words import listed
from coachlog.store.emit import Value, Word
from coachlog.store.identify import identified
from coachlog.store.layout import CARE_FILE, SUPERVISION_FILE, client_file
from coachlog.store.splice import insert_record, set_value

KEY = "supervision"
Form = Literal["individual", "group", "peer"]


class _Topic(NamedTuple):
    """What is brought: a client, by the code, one of their concerns, or something in words."""

    client: str | None = None
    concern: Concern | None = None
    about: str | None = None

    def record(self, desk: Desk) -> dict[str, Value]:
        """Give it as it stands in a file. Raises CannotWrite where the concern can be given no id."""
        concern = Word(lasting_id(desk, self.concern)) if self.concern else None
        fields = {"client": self.client and Word(self.client), "concern": concern, "about": self.about}
        return {key: value for key, value in fields.items() if value}


def log(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    day: Annotated[list[str] | None, typer.Argument(metavar="[DAY]...", help="When; default: today.")] = None,
    *,
    supervisor: Annotated[
        str | None, typer.Option("--with", metavar="NAME", help="Default: your supervisor; in a group, nobody.")
    ] = None,
    minutes: Annotated[int | None, typer.Option("--minutes", min=0, metavar="N", help="How long it took.")] = None,
    form: Annotated[Form | None, typer.Option("--format", help="Alone, in a group, or among peers.")] = None,
    client: Annotated[
        list[str] | None, typer.Option("--client", metavar="CLIENT", help="A client whom you brought; repeatable.")
    ] = None,
    concern: Annotated[
        list[str] | None,
        typer.Option("--concern", metavar="[CLIENT/]ID", help="A concern that you brought; repeatable."),
    ] = None,
    about: Annotated[
        list[str] | None, typer.Option("--about", metavar="TEXT", help="Something else that you brought; repeatable.")
    ] = None,
    notes: Annotated[str | None, typer.Option("--notes", metavar="TEXT", help="Your notes; - reads them.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Log a meeting with your supervisor, or plan one, with what you brought.

    A concern that was brought is noted as consulted on in the same change. A meeting that is still to come counts for
    nothing until its day.

    Examples:
      coachlog supervision log --minutes 60 --client jane --about "my own workload"
      coachlog supervision log last fri --minutes 90 --format group --with "the spring group"
      coachlog supervision log yesterday --concern jane/h5ttw --notes -
      coachlog supervision log in 2 weeks
    """
    desk = Desk.open(ctx.obj)
    on = read_typed(" ".join(day), desk.now, "fact").day if day else desk.now.day
    took = minutes if minutes is not None else _minutes_asked(desk, on)
    topics = list(_topics(desk, client or (), concern or (), about or ()))
    topics = topics or (list(_topics_asked(desk)) if on <= desk.now.day else [])
    words = read_text(desk.wishes, [notes] if notes else None)
    whom = supervisor or (_usual(desk) if form in {None, "individual"} else None)
    meeting = _Meeting(new_id(ids_of(desk.supervision)), on, whom, took, form, tuple(topics), words)
    outcome = desk.carry_out(None, list(_changes(desk, meeting)), Manner(dry_run=dry_run))
    records = [one for one in Desk(desk.root, desk.wishes).supervision if one.id == meeting.id]
    tell(desk, outcome, Telling(_said(desk, meeting), KEY, records), as_json=as_json)


class _Meeting(NamedTuple):
    """A supervision that is to be written: `took` are its minutes, `whom` the supervisor."""

    id: str
    on: date
    whom: str | None
    took: int | None
    form: Form | None
    topics: tuple[_Topic, ...]
    notes: str | None

    def record(self, desk: Desk) -> dict[str, Value]:
        """Give it as it stands in a file. Raises CannotWrite."""
        fields: dict[str, Value | None] = {
            "id": Word(self.id),
            "date": written_day(self.on),
            "with": self.whom,
            "minutes": None if self.took is None else Word(str(self.took)),
            "format": self.form and Word(self.form),
            "topics": [one.record(desk) for one in self.topics],
            "notes": self.notes,
        }
        return {key: value for key, value in fields.items() if value}

    def new_on(self, today: date) -> list[_Topic]:
        """Give the concerns that are consulted on here for the first time; a meeting to come has none."""
        brought = (one for one in self.topics if one.concern and not one.concern.consulted)
        return list(brought) if self.on <= today else []


def _changes(desk: Desk, meeting: _Meeting) -> Iterator[Change]:
    """Give the whole change: first what the rest names, the concerns and the meeting, then where it is named."""
    for one in meeting.topics:
        yield from naming(one.concern)
    written = meeting.record(desk)
    yield Change(SUPERVISION_FILE, lambda data: insert_record(data, (KEY,), written))
    yield from (_consulted(one, meeting.id) for one in meeting.new_on(desk.now.day))


def _usual(desk: Desk) -> str | None:
    supervisor = desk.practice.supervisor
    return supervisor.name if supervisor else None


def _minutes_asked(desk: Desk, on: date) -> int | None:
    return offer(desk.wishes, "Minutes that it took", minutes_of) if on <= desk.now.day else None


def _topics(desk: Desk, clients: Sequence[str], concerns: Sequence[str], about: Sequence[str]) -> Iterator[_Topic]:
    """Read what was brought; a client whose concern is named needs no topic of their own. Raises WrongCall."""
    codes = list(dict.fromkeys(desk.code(one) for one in clients))
    raised = [_concern(desk, one, codes) for one in concerns]
    yield from raised
    yield from (_Topic(client=code) for code in codes if code not in {one.client for one in raised})
    yield from (_Topic(about=text.strip()) for text in about if text.strip())


def _concern(desk: Desk, wanted: str, codes: Sequence[str]) -> _Topic:
    """Find a concern by its id behind its client (`jane/h5ttw`), or alone where only one client has such a concern."""
    client, slash, name = wanted.rpartition("/")
    if slash:
        code = desk.code(client)
        return _Topic(code, named(desk.readable(code, CARE_FILE).care.concerns, name, desk.now))
    where = codes or [one.code for one in desk.clients]
    found = [_Topic(code, one) for code in where for one in desk.file(code).care.concerns if one.id == wanted]
    if len(found) == 1:
        return found[0]
    several = listed(sorted(str(one.client) for one in found)) if found else ""
    what = f"{several} each have a concern {wanted}." if found else f"No client has a concern {wanted}."
    raise WrongCall(what, "Name it with its client: --concern jane/h5ttw; `coachlog concern list` shows them.")


def _topics_asked(desk: Desk) -> Iterator[_Topic]:
    """Ask what was brought: clients one by one, of each which concern, and then anything else."""
    if not can_ask(desk.wishes):
        return
    while code := offer(desk.wishes, "A client whom you brought", desk.code):
        yield _Topic(code, _concern_asked(desk, code))
    while about := offer(desk.wishes, "Something else that you brought", str):
        yield _Topic(about=about)


def _concern_asked(desk: Desk, code: str) -> Concern | None:
    waiting = [one for one in desk.file(code).care.concerns if one.resolved is None]
    if not waiting:
        return None
    shown = ", ".join(f"{one.label} {one.kind}" for one in waiting)
    return offer(desk.wishes, f"Which concern ({shown})", lambda wanted: named(waiting, wanted, desk.now))


def _consulted(topic: _Topic, made: str) -> Change:
    """Note on a concern which supervision it was brought to."""
    name = client_file(topic.client or "", CARE_FILE)
    concern = topic.concern

    def alter(data: bytes) -> bytes:
        data = data if concern is None or concern.id else identified(data, name)
        return set_value(data, ("concerns", step_to(concern), "consulted"), Word(made)) if concern else data

    return Change(name, alter)


def _said(desk: Desk, meeting: _Meeting) -> str:
    """Say when it was, with whom and how long, and what was brought."""
    today = desk.now.day
    verb = "planned" if meeting.on > today else "logged"
    parts = [f"{verb} supervision {meeting.id}: {day_told(meeting.on, today)}"]
    parts += [f" with {meeting.whom}"] if meeting.whom else []
    parts += [f", {meeting.took} min"] if meeting.took is not None else []
    parts += [f", {meeting.form}"] if meeting.form else []
    parts += [f"; brought {listed([_brought(one) for one in meeting.topics])}"] if meeting.topics else []
    new = meeting.new_on(today)
    parts += [f"; that is noted on the concern{'s' if len(new) > 1 else ''}"] if new else []
    return "".join(parts)


def _brought(topic: _Topic) -> str:
    if topic.concern:
        return f"{topic.client}'s concern {topic.concern.label} ({topic.concern.kind})"
    return topic.client or f"“{topic.about}”"


def topics_of(supervision: Supervision) -> str:
    """Say what was brought to a supervision: the clients by their codes, and what else, in the coach's words."""
    return ", ".join(map(_topic_words, supervision.topics))


def _topic_words(topic: Topic) -> str:
    named_ = "/".join(part for part in (topic.client, topic.concern) if part)
    return ": ".join(part for part in (named_, topic.about) if part)
