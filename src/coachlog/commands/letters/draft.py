"""`coachlog draft`: a message ready to send, and the agreement as a document."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.options import DryRun
from coachlog.commands.letters.kinds import KINDS, kind_of
from coachlog.commands.letters.letter import ENDINGS, Addressed, Asked, addressed
from coachlog.commands.letters.mailing import mailed
from coachlog.commands.letters.remarks import remarks_on
from coachlog.commands.letters.sent import log_as_sent
from coachlog.errors import WrongCall
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.letter import Written
from coachlog.render.letter_text import lines
from coachlog.render.line import Line, Span, line, record
from coachlog.render.measure import table
from coachlog.render.output import Sheet, complain, screen, show
from coachlog.store.templates import built_in

Form = Literal["text", "md", "html"]


def draft(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    kind: Annotated[str | None, typer.Argument(metavar="[KIND]", help="Which letter; none lists them.")] = None,
    client: Annotated[
        str | None, typer.Argument(metavar="[CLIENT]", help="Code or name, or the beginning of it.")
    ] = None,
    *,
    about: Annotated[
        str | None, typer.Option("--about", metavar="ID", help="The record that it is about; default: what is due.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="SPONSOR", help="The sponsor whom it goes to.")] = None,
    form: Annotated[Form, typer.Option("--format", help="The agreement comes as all three.")] = "text",
    mail: Annotated[
        bool, typer.Option("--mail", help="Write it into drafts/ and open it in your mail program.")
    ] = False,
    sent: Annotated[
        str | None, typer.Option("--sent", metavar="[WHEN]", help="Log it as sent; default: it is just now.")
    ] = None,
    via: Annotated[
        str | None, typer.Option("--via", metavar="MEDIUM", help="How it was sent, with --sent; default: email.")
    ] = None,
    built_in: Annotated[bool, typer.Option("--built-in", help="Take the program's template, not your own.")] = False,
    template: Annotated[bool, typer.Option("--template", help="Print the template, as a start for your own.")] = False,
    dry_run: DryRun = False,
    as_json: Annotated[bool, typer.Option("--json", help="The letter, and what it is logged as.")] = False,
) -> None:
    """Draft a message that is ready to send; without a kind, list the letters that there are.

    Your own templates win: templates/reminder.txt in the journal, or templates/de/reminder.txt for clients whose
    language is de. With --mail the letter goes to your mail program as a file: what COACHLOG_MAIL names, else what your
    desktop has for it. With --sent it is logged as your contact, with the follow-up and session that it keeps.

    Examples:
      coachlog draft
      coachlog draft reminder jane
      coachlog draft booking jane --mail
      coachlog draft prep-form jane --sent
      coachlog draft agreement jane --format html
      coachlog draft leader-update jane --to pat
      coachlog draft reminder --template
    """
    sheet = screen(ctx.obj.color, quiet=ctx.obj.quiet)
    if kind is None:
        _show_kinds(sheet, as_json=as_json)
        return
    if template:
        _show_template(kind, form)
        return
    if client is None:
        what = f"Whom the {kind_of(kind).name} is for is missing."
        raise WrongCall(what, f"Name a client: coachlog draft {kind_of(kind).name} CLIENT.")
    _refuse_contradictions(mail=mail, sent=sent, via=via, form=form)
    letter = addressed(Desk.open(ctx.obj), kind_of(kind), client, Asked(about, to, built_in))
    letter.desk.remarks += remarks_on(letter)
    said = _masked(letter).mailed if mail else _masked(letter).in_form(form)
    path = mailed(letter) if mail and not dry_run else None
    if sent is None:
        _show_letter(letter, said, form, path, as_json=as_json)
        return
    if path:
        complain(_veiled(f"Written to {path}.", _veil(letter)))
    elif not as_json and not dry_run:
        show([*_lines(letter, said, form, sheet), line("")], sheet.of_a_document())
    log_as_sent(letter, sent, via, dry_run=dry_run, as_json=as_json)


def _refuse_contradictions(*, mail: bool, sent: str | None, via: str | None, form: Form) -> None:
    if via and sent is None:
        what = "--via says how a letter was sent, and nothing says that it was."
        raise WrongCall(what, "Add --sent, or leave --via out.")
    if mail and form != "text":
        what = "--mail writes the message in the formats that it has."
        raise WrongCall(what, "Leave --format out.")


def _show_kinds(sheet: Sheet, *, as_json: bool) -> None:
    if as_json:
        kinds = [{"kind": one.name, "for": one.for_, "to": one.to, "summary": one.summary} for one in KINDS]
        show(object_lines({"schema": SCHEMA, "kinds": kinds}), sheet)
    elif sheet.terminal:
        show(table([(Span(one.name), Span(one.summary, "dim")) for one in KINDS]), sheet)
    else:
        show((record(one.name, one.summary) for one in KINDS), sheet)


def _show_template(wanted: str, form: Form) -> None:
    """Print a template of a kind, or one that no kind is called by: the agreement's message, the statement's page."""
    found = built_in(f"{wanted}.{ENDINGS[form]}")
    name = wanted if found else kind_of(wanted).name
    found = found or built_in(f"{name}.{ENDINGS[form]}")
    if found is None:
        what = f"{name} has no built-in template as {form}."
        raise WrongCall(what, "Leave --format out.")
    show(map(line, found.text.rstrip("\n").split("\n")), Sheet())


def _show_letter(letter: Addressed, said: Written, form: Form, path: Path | None, *, as_json: bool) -> None:
    remark(letter.desk)
    wishes = letter.desk.wishes
    sheet = screen(wishes.color, quiet=wishes.quiet)
    if as_json:
        show(object_lines({"schema": SCHEMA, "letters": [_fields(letter, said, form, path)]}), sheet)
    elif path:
        show(
            [line(_veiled(f"wrote {path}: {letter.kind.name} to {letter.name} <{letter.email}>", _veil(letter)))], sheet
        )
    else:
        show(_lines(letter, said, form, sheet), sheet.of_a_document())


def _lines(letter: Addressed, said: Written, form: Form, sheet: Sheet) -> Iterator[Line]:
    veil = _veil(letter)
    masked = Written(_veiled(said.subject, veil), _veiled(said.text, veil))
    return lines(masked, sheet if form == "text" else Sheet())


def _fields(letter: Addressed, said: Written, form: Form, path: Path | None) -> dict[str, Any]:
    """Give a letter as JSON has it."""
    veil, about = _veil(letter), letter.about
    session = about.session
    return {
        "client": veil.mask.code(letter.file.code) if veil else letter.file.code,
        "kind": letter.kind.name,
        "format": form,
        "to": _veiled(letter.name, veil),
        "email": _veiled(letter.email, veil) or None,
        "subject": _veiled(said.subject, veil) or None,
        "text": _veiled(said.text, veil),
        "for": letter.kind.for_,
        "follow_up": about.follow_up,
        "session": session.label if session else None,
        "mail": _veiled(str(path), veil) if path else None,
    }


def _veil(letter: Addressed) -> Veil | None:
    wishes = letter.desk.wishes
    coach = letter.told("coach", "name")
    return veil_of(wishes, letter.file.records(), (coach,)) if wishes.incognito else None


def _masked(letter: Addressed) -> Addressed:
    """Give a letter as it is shown: incognito its facts are masked before a template escapes or joins them."""
    veil = _veil(letter)
    return replace(letter, facts=veil.plain(letter.facts)) if veil else letter


def _veiled(text: str, veil: Veil | None) -> str:
    return veil.text(text) if veil else text
