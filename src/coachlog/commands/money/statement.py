"""`coachlog statement`: what a client was charged and has paid, and what is open and why."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

import typer

from coachlog.commands.contract.options import Which
from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import Client, FieldsAsJson
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.known import known
from coachlog.model.typed_time import read_typed
from coachlog.model.words import day_words
from coachlog.render import line_end, renderer
from coachlog.render.output import screen, show
from coachlog.render.statement_text import StatementPage, StatementSheet
from coachlog.store.templates import built_in, template
from coachlog.views.statement import Item, Span, Statement, Undecided, statements

DOCUMENTS = frozenset({"csv", "html"})
TEMPLATE = "statement.html"
NEEDED = ("contract", "sessions", "contacts")
"""What a statement is made of: where some of it can't be read, the sums may be wrong."""


def statement(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    *,
    contract: Which = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Only what came from then on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="As of then; default: today.")] = None,
    form: Annotated[
        Literal["text", "json", "csv", "html"], typer.Option("--format", help="html is a page to print.")
    ] = "text",
    ours: Annotated[bool, typer.Option("--built-in", help="Take the program's page, not your own.")] = False,
    as_json: FieldsAsJson = False,
) -> None:
    """Show what a client was charged and has paid, contract by contract, and what is open and why.

    Each charge says what it arose from: the package or a part of it, a session, a late cancellation, a contact that
    was charged. Payments cover the oldest charges first. What is neither charged nor given away stands at the end; as
    html it is a page that the client may have, and leaves that out. templates/statement.html in the journal wins.

    Examples:
      coachlog statement jane
      coachlog statement jane --since "1 jan" --until "31 mar"
      coachlog statement jane --contract 2026a --format csv
      coachlog statement jane --format html > statement.html
      coachlog statement jane --json
    """
    desk = Desk.open(ctx.obj)
    file = known(desk.file(desk.code(client)), desk.now)
    span = _span(desk, since, until)
    found = tuple(statements(file, _contracts(desk, file, contract, span.day), span))
    veil = veil_of(desk.wishes)
    page = StatementPage(
        client=veil.mask.code(file.code) if veil else file.code,
        name=veil.mask.name(file.code) if veil else file.client.name,
        day=day_words(span.day),
        statements=[_veiled(one, veil) for one in found] if veil else found,
        hidden=veil is not None,
    )
    _remark_gaps(desk, file)
    remark(desk)
    chosen = "json" if as_json else form
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    shown = _printed(desk, file, page, ours=ours) if chosen == "html" else page
    paper = sheet.of_a_document() if chosen in DOCUMENTS else sheet
    show(renderer("statement", chosen).lines(shown, paper), paper, line_end(chosen))


def _printed(desk: Desk, file: ClientFile, page: StatementPage, *, ours: bool) -> StatementSheet:
    """Put a statement with the template of its page: the coach's own, else ours. Raises CannotRead."""
    found = built_in(TEMPLATE) if ours else template(desk.root, TEMPLATE, file.client.language)
    coach = file.practice.coach
    name = coach.name if coach and coach.name and not page.hidden else ""
    return StatementSheet(page, name, found.text if found else "", (found and found.file) or TEMPLATE)


def _span(desk: Desk, since: str | None, until: str | None) -> Span:
    """Read which days are shown. Raises WrongCall, NotATime."""
    first = read_typed(since, desk.now, "fact").day if since else None
    last = read_typed(until, desk.now, "fact").day if until else desk.now.day
    if first and first > last:
        what = f"The first day, {day_words(first)}, comes after the last, {day_words(last)}."
        raise WrongCall(what, "Write the years: --since 2026-01-01 --until 2026-03-31.")
    return Span(first, last)


def _contracts(desk: Desk, file: ClientFile, wanted: str | None, day: date) -> Sequence[Contract]:
    """Give the contract that is named, else every one that is agreed by a day. Raises WrongCall."""
    if wanted is None:
        return [one for one in file.agreements.agreed if one.agreed and one.agreed <= day]
    contract = named(file.contracts, wanted, desk.now)
    if contract.agreed:
        return [contract]
    what = f"{contract.label} is a draft: nothing is charged under it."
    raise WrongCall(what, f"When the client has agreed: coachlog contract agree {file.code}.")


def _remark_gaps(desk: Desk, file: ClientFile) -> None:
    if any(gap.partition(".")[0] in NEEDED for gap in file.gaps):
        desk.remarks.append("Not everything can be read, so a sum may be missing here: coachlog check says why.")


def _veiled(one: Statement, veil: Veil) -> Statement:
    """Hide names and sums in what stands in words."""
    return replace(
        one,
        items=tuple(_item(item, veil) for item in one.items),
        open=tuple(_item(item, veil) for item in one.open),
        ahead=tuple(part._replace(what=veil.text(part.what)) for part in one.ahead),
        undecided=tuple(_decided(item, veil) for item in one.undecided),
    )


def _item(item: Item, veil: Veil) -> Item:
    return item._replace(what=veil.text(item.what))


def _decided(item: Undecided, veil: Veil) -> Undecided:
    return item._replace(what=veil.text(item.what), clause=veil.text(item.clause))
