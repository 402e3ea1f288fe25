"""What else can be said of a session that was held: who was there, how it was held, and what came up in it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, NamedTuple

import typer

from coachlog.commands.care.whom import whom
from coachlog.commands.desk.media import medium
from coachlog.commands.session.appointments import length_of
from coachlog.commands.session.held import Held
from coachlog.model.client_file import ClientFile
from coachlog.model.session import SessionKind
from coachlog.store.emit import Value, Word

YesOrNo = Literal["yes", "no"]
Kind = Annotated[SessionKind | None, typer.Option("--kind", help="What it was for; default: as booked.")]
Via = Annotated[str | None, typer.Option("--via", metavar="MEDIUM", help="How it was held; default: as booked.")]
With = Annotated[
    list[str] | None, typer.Option("--with", metavar="WHOM", help="Who else was there: a sponsor, or a name.")
]
Late = Annotated[str | None, typer.Option("--late", metavar="TIME", help='By how much the client came late: "5 min".')]
Cut = Annotated[bool, typer.Option("--cut", help="A technical fault cut it short.")]
Compatible = Annotated[YesOrNo | None, typer.Option("--compatible", help="After a first talk: do you fit together?")]
ProBono = Annotated[bool, typer.Option("--pro-bono", help="It is not charged.")]
Counts = Annotated[YesOrNo | None, typer.Option("--counts", help="Against the number that is agreed.")]
OutcomeWanted = Annotated[str | None, typer.Option("--outcome", metavar="TEXT", help="What the client wanted from it.")]
Importance = Annotated[str | None, typer.Option("--importance", metavar="TEXT", help="Why that matters.")]
Insights = Annotated[list[str] | None, typer.Option("--insight", metavar="TEXT", help="What the client came to see.")]
Ways = Annotated[list[str] | None, typer.Option("--option", metavar="TEXT", help="A way that came up.")]


class Observed(NamedTuple):
    """What the call says of a session beside what was talked about."""

    kind: str | None = None
    via: str | None = None
    others: Sequence[str] = ()
    late: str | None = None
    cut: bool = False
    compatible: str | None = None
    pro_bono: bool = False
    counts: str | None = None


def observe(held: Held, said: Observed, came_up: "Mapping[str, Value | None]") -> None:
    """Note how a session was, and the texts of what came up in it by their fields. Raises WrongCall."""
    fields = {**_fields(held.file, said), **came_up}
    held.fields |= {key: value for key, value in fields.items() if value}


def _fields(file: ClientFile, said: Observed) -> "dict[str, Value | None]":
    """Give each field as it is written, in the order of the record; what is not said is empty."""
    return {
        "kind": said.kind and Word(said.kind),
        "cut": Word("technical") if said.cut else None,
        "via": said.via and Word(medium(said.via, file)),
        "with": [whom(file, one).value for one in said.others],
        "late": said.late and Word(str(length_of(said.late))),
        "compatible": said.compatible and Word(said.compatible),
        "pro_bono": Word("yes") if said.pro_bono else None,
        "counts": said.counts and Word(said.counts),
    }
