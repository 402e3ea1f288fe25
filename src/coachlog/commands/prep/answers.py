"""`coachlog prep record`: the form that came back, from a file, from stdin or from the editor."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from coachlog.commands.contact.made import moment
from coachlog.commands.desk.asking_for import can_ask, read_text
from coachlog.commands.desk.days import written_moment
from coachlog.commands.desk.desk import Desk, Manner
from coachlog.commands.desk.in_editor import Work, Wrong, attended_editor, edited
from coachlog.commands.desk.options import AsJson, Client, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.commands.prep.which import KEY, prep_noted, session_for, sessions_in
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.session import Session
from coachlog.model.words import ago_words, listed, moment_words
from coachlog.store.draft import draft_label
from coachlog.store.files import read_bytes
from coachlog.store.layout import SESSIONS_FILE, client_file
from coachlog.store.nodes import Unreadable
from coachlog.views.prep_form import MARKS, answers_in, form_for

ACCEPTED = f"Each answer stands below its question; the marks {MARKS[0]} to {MARKS[-1]} say where."
FIELDS = ("since", "well", "want")
STDIN = "-"


def record(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Client,
    source: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="What came back; - reads stdin. Default: your editor.")
    ] = None,
    *,
    session: Annotated[
        str | None, typer.Option("--session", metavar="ID", help="Which session; default: the next one.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="WHEN", help="When it came; default: now.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="TEXT", help="What has happened since.")] = None,
    well: Annotated[str | None, typer.Option("--well", metavar="TEXT", help="What went well.")] = None,
    want: Annotated[str | None, typer.Option("--want", metavar="TEXT", help="What the client wants.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in the form that came back: the answers are noted on the session, with the moment at which it came.

    A mail may be handed over as it is, quoted or not: the answers are found by the questions and their marks. What the
    client left empty is left out. `session log` offers what the client wants as the topic.

    Examples:
      coachlog prep record jane form.txt
      coachlog prep record jane - --at "yesterday 20:10"
      coachlog prep record jane --want "How to delegate" --well "Said no once"
      coachlog prep record jane
    """
    desk = Desk.open(ctx.obj)
    code = desk.code(client)
    file = desk.readable(code, SESSIONS_FILE)
    when = moment(desk, at, "--at")
    meant = session_for(file, session, desk.now, when)
    said = {"since": since, "well": well, "want": want}
    typed = {key: text.strip() for key, text in said.items() if text and text.strip()}
    came = _Came(desk, file, meant, when, dry_run=dry_run, as_json=as_json)
    if source is None and not typed:
        _edited(came)
    else:
        read = _read(desk, file, source) if source is not None else {}
        _note(came, {**read, **typed})


@dataclass(frozen=True)
class _Came:
    """A form that came back: for which session, and when; and how it is to be noted."""

    desk: Desk
    file: ClientFile
    session: Session
    when: Instant
    dry_run: bool
    as_json: bool


def _edited(came: _Came) -> None:
    """Open the form in the editor, and note what was written into it. Raises WrongCall where nobody is there."""
    desk, file = came.desk, came.file
    if not can_ask(desk.wishes):
        what = "What the client answered is needed, and there is nobody to ask."
        raise WrongCall(what, "Name the file that came back, or - for stdin; or say it with --since, --well, --want.")
    text = form_for(file, came.session).text
    label = draft_label(client_file(file.code, SESSIONS_FILE))
    work = Work(label, text, lambda answer: _wrong(file, answer))
    with edited(desk.root, attended_editor(desk.wishes), work) as answer:
        _note(came, _answers(file, answer))


def _wrong(file: ClientFile, answer: str) -> list[Wrong]:
    return [Wrong(1, ACCEPTED)] if not answers_in(answer, file.actions) else []


def _read(desk: Desk, file: ClientFile, source: str) -> Mapping[str, str]:
    """Read what came back. Raises WrongCall."""
    return _answers(file, (read_text(desk.wishes, [STDIN]) or "") if source == STDIN else _text_of(Path(source)))


def _text_of(path: Path) -> str:
    """Read a file of the coach's; its text is named in no error. Raises WrongCall."""
    remedy = "Name the file that came back, or - for stdin."
    try:
        return read_bytes(path).decode()
    except FileNotFoundError:
        what = f"There is no file {path}."
    except UnicodeDecodeError:
        what, remedy = f"{path} is not UTF-8.", "Save it as UTF-8, and try again."
    except Unreadable as refusal:
        what = f"{path} can't be read: {refusal.fault.reason}."
    raise WrongCall(what, remedy)


def _answers(file: ClientFile, text: str) -> Mapping[str, str]:
    """Find the answers, or say what is accepted; never a word of what was read. Raises WrongCall."""
    found = answers_in(text, file.actions)
    if found:
        return found
    what = "No question of the form stands in it." if found is None else "The form came back empty."
    remedy = f"{ACCEPTED} Or say it with --since, --well and --want."
    raise WrongCall(what, remedy)


def _note(came: _Came, answers: Mapping[str, str]) -> None:
    """Write the answers down, and say which there are and which are missing."""
    desk, file = came.desk, came.file
    values = {"received": written_moment(came.when), **{key: answers[key] for key in FIELDS if key in answers}}
    outcome = desk.carry_out(file.code, [prep_noted(file.code, came.session, values)], Manner(dry_run=came.dry_run))
    telling = Telling(_said(came, answers), KEY, sessions_in(outcome.file, came.session))
    tell(desk, outcome, telling, as_json=came.as_json)


def _said(came: _Came, answers: Mapping[str, str]) -> str:
    at, now = came.session.at, came.desk.now
    session = f"{moment_words(at)} ({ago_words(at, now)})"
    when = f"it came {moment_words(came.when)} ({ago_words(came.when, now)})"
    given = listed([key for key in FIELDS if key in answers])
    empty = [key for key in FIELDS if key not in answers]
    rest = f"; {listed(empty)} left empty" if empty else ""
    return f"noted the prep form of {came.file.client.name} for {session}: {when}; {given} answered{rest}"
