"""`coachlog edit`: a file or a record in the coach's own editor, judged when it is closed."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from coachlog.commands.desk.desk import Change, Desk, Manner
from coachlog.commands.desk.in_editor import EditedMeanwhile, Work, Wrong, attended_editor, edited
from coachlog.commands.desk.options import AsJson, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.commands.keeping.on_paper import code_or_practice, described, files_of, paper_of
from coachlog.errors import CannotWrite
from coachlog.model.client_file import ClientFile
from coachlog.model.record import Record
from coachlog.store.commit import read
from coachlog.store.draft import draft_label
from coachlog.store.layout import CLIENT_FILE, PRACTICE_FILE, client_file
from coachlog.store.lift import lift_record, put_record
from coachlog.store.nodes import Unreadable
from coachlog.store.prove import CannotProve, Step


class Piece(NamedTuple):
    """What is put into the editor: a whole file, or the lines of one record of it."""

    file: str
    said: str
    text: str
    path: tuple[Step, ...] = ()
    line: int = 1

    def put_back(self, data: bytes, answer: str) -> bytes:
        """Give the file with the answer in its place. Raises Unreadable, CannotProve, and EditedMeanwhile."""
        if _text_of(self.file, data, self.path) != (self.text, self.line):
            raise EditedMeanwhile(self.file)
        return put_record(data, self.path, answer) if self.path else answer.encode()


def edit(
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Code or name; practice for coachlog.yaml.")],
    what: Annotated[
        str | None, typer.Argument(metavar="[FILE or ID]", help="A file such as sessions, or a record's id.")
    ] = None,
    *,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Open a client's file or one record in your editor ($VISUAL or $EDITOR), and judge it when you close it.

    What can't be read opens again, with the errors as comments at their lines. Closing it unchanged gives up: nothing
    is written, and the draft stays in drafts/.

    Examples:
      coachlog edit jane
      coachlog edit jane sessions
      coachlog edit jane b3xew
      coachlog edit jane last
      coachlog edit practice
    """
    desk = Desk.open(ctx.obj)
    code = code_or_practice(desk, client)
    piece = _piece(desk, code, what)
    turn = _turn(_records(desk.file(code), piece.file), piece) if as_json and code else slice(0)
    editor = attended_editor(desk.wishes)
    work = Work(draft_label(piece.file), piece.text, lambda answer: _wrong(desk, piece, answer))
    with edited(desk.root, editor, work) as answer:
        change = Change(piece.file, lambda data: piece.put_back(data, answer))
        outcome = desk.carry_out(code, [change] if answer != piece.text else [], Manner(dry_run=dry_run, mends=True))
    said = f"edited {piece.said}" if answer != piece.text else f"Nothing was changed in {piece.said}."
    records = _records(outcome.file, piece.file)[turn] if outcome.file else []
    tell(desk, outcome, Telling(said, "records", records), as_json=as_json)


def _piece(desk: Desk, code: str | None, what: str | None) -> Piece:
    """Find what is to be edited; a file that is absent begins empty."""
    default = client_file(code, CLIENT_FILE) if code else PRACTICE_FILE
    names = {name.rpartition("/")[2]: name for name in files_of(code)}
    file = default if what is None else names.get(what) or names.get(f"{what}.yaml")
    if file:
        return Piece(file, file, *_text_of(file, read(desk.root, file)[0], ())[:1])
    paper = paper_of(desk, code, what or "")
    text, line = _text_of(paper.file, read(desk.root, paper.file)[0], paper.path)
    return Piece(paper.file, f"{described(paper, desk)}, in {paper.file}", text, paper.path, line)


def _text_of(name: str, data: bytes, path: tuple[Step, ...]) -> tuple[str, int]:
    """Give the text that is put into the editor, and the number of its first line."""
    try:
        return lift_record(data, path) if path else (data.decode(), 1)
    except UnicodeDecodeError:
        what = f"{name} is not UTF-8, so it can't be edited here."
        raise CannotWrite(what, "Save it as UTF-8 with a program that reads its encoding.") from None
    except CannotProve as refusal:
        raise refusal.in_file(name) from None


def _wrong(desk: Desk, piece: Piece, answer: str) -> Sequence[Wrong]:
    """Tell what can't be read of the answer, on its own lines."""
    try:
        data = piece.put_back(read(desk.root, piece.file)[0], answer)
    except Unreadable as refusal:
        return [Wrong(refusal.fault.line, f"{refusal.fault.reason}; {refusal.fault.remedy}")]
    except CannotProve as refusal:
        return [Wrong(max(refusal.line - piece.line + 1, 1), refusal.what.partition(": ")[2])]
    last = piece.line + len(answer.splitlines())
    found = desk.problems(piece.file, data)
    return [Wrong(one.place.line - piece.line + 1, one.message) for one in found if piece.line <= one.place.line < last]


def _records(file: ClientFile, name: str) -> list[Record]:
    """Give the records that stand in one of a client's files, nested ones too."""
    return [one for one in file.records() if one.origin.place().file == name]


def _turn(records: Sequence[Record], piece: Piece) -> slice:
    """Tell which of a file's records are edited, by their turn: lines shift where others get their ids meanwhile."""
    if not piece.path:
        return slice(None)
    lines = range(piece.line, piece.line + len(piece.text.splitlines()))
    first = next((turn for turn, one in enumerate(records) if one.origin.place().line in lines), 0)
    return slice(first, first + 1)
