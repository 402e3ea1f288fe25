"""`coachlog search`: words anywhere in the journal, with whom they stand, and when it was."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, NamedTuple

import typer

from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.incognito import Veil, veil_of
from coachlog.commands.desk.listing import remark
from coachlog.commands.desk.options import FieldsAsJson
from coachlog.commands.keeping.on_paper import PRACTICE, code_or_practice
from coachlog.errors import WrongCall
from coachlog.model.typed_time import read_typed
from coachlog.render import renderer
from coachlog.render.as_json import SCHEMA, object_lines
from coachlog.render.line import line
from coachlog.render.measure import wrapped
from coachlog.render.output import Sheet, complain, screen, show
from coachlog.store.layout import CLIENT_FILES, PRACTICE_FILE, SUPERVISION_FILE, client_folders
from coachlog.store.load import CLIENT_LISTS
from coachlog.store.nodes import Unreadable
from coachlog.store.texts import PRIVATE, MayHold, Said, known_fields, texts_of_client, texts_of_practice
from coachlog.views.found_text import FoundText, Query
from coachlog.views.masking import HIDDEN
from coachlog.views.timeline import NOUNS

_NOTHING = "No text on file holds all of these words."
_WITHOUT_PRIVATE = "Your private notes were left out; --private looks there, too."
_NOUNS = {
    "actions": "step",
    "care": "care",
    "client": "client",
    "coachlog": "practice",
    "concerns": "concern",
    "consents": "consent",
    "contacts": "contact",
    "contracts": "contract",
    "disclosures": "disclosure",
    "feedback": "feedback",
    "leader_updates": "leader update",
    "referrals": "referral",
    "sessions": "session",
    "supervision": "supervision",
}
"""What a record of each list is called."""
_CARE = next(listing for listing in CLIENT_LISTS if len(listing.kinds) > 1)


class Within(NamedTuple):
    """Where is looked: in which lists and field, between which days, and in the coach's own notes or not."""

    lists: frozenset[str] | None = None
    field: str | None = None
    since: date | None = None
    until: date | None = None
    private: bool = False

    def holds(self, said: Said) -> bool:
        """Tell whether a text lies within it."""
        field = said.field.rpartition(".")[2]
        if field == PRIVATE and not self.private:
            return False
        fits = self.field in {None, field, said.field}
        return fits and (self.lists is None or said.list in self.lists) and self._on(said.day)

    def _on(self, day: date | None) -> bool:
        if self.since is None and self.until is None:
            return True
        return day is not None and (self.since or day) <= day <= (self.until or day)


class Unread(NamedTuple):
    """A file that could not be searched, and why."""

    file: str
    line: int
    message: str


def search(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="All of them must occur; quotes: a phrase.")],
    *,
    client: Annotated[
        str | None, typer.Option("--client", metavar="CLIENT", help="Only this one, or practice.")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--in", metavar="LIST", help="Only there: sessions, contacts, care, …")
    ] = None,
    field: Annotated[
        str | None, typer.Option("--field", metavar="NAME", help="Only in this field: notes, topic, …")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Only from that day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Only up to that day.")] = None,
    private: Annotated[bool, typer.Option("--private", help="In your own notes, too.")] = False,
    as_json: FieldsAsJson = False,
) -> None:
    """Look for words in every text of the journal: notes, topics, steps, messages, contracts, supervision, and names.

    Case and accents do not matter, and a part of a word will do. All the words must occur in one text; words in quotes
    must stand together.

    Examples:
      coachlog search roadmap
      coachlog search "hard conversation" union --client jane
      coachlog search sleep --in sessions --in concerns --since "1 jan"
      coachlog search delegate --field notes --json
    """
    desk = Desk.open(ctx.obj)
    query = _query(words)
    first, last = (read_typed(one, desk.now, "fact").day if one else None for one in (since, until))
    within = Within(_lists(where), _field(field, private=private), first, last, private)
    unread: list[Unread] = []
    found = list(_found(desk, query, within, _owners(desk, client), unread))
    veil = veil_of(desk.wishes)
    shown = [_veiled(one, veil) if veil else one for one in found]
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    told_unread = [_veiled_unread(one, veil) if veil else one for one in unread]
    desk.remarks += [f"{one.file}:{one.line}: {one.message} It was not searched." for one in told_unread]
    remark(desk)
    if as_json:
        told = {"texts": list(map(_fields, shown)), "unread": [one._asdict() for one in told_unread]}
        show(object_lines({"schema": SCHEMA, **told}), sheet)
        return
    show(renderer("found-text", "text").lines(shown, sheet), sheet)
    if not shown and not desk.wishes.quiet:
        _say_nothing(_NOTHING if private else f"{_NOTHING} {_WITHOUT_PRIVATE}", sheet)


def _say_nothing(sentence: str, sheet: Sheet) -> None:
    """Say that nothing was found; a pipe has no line for it."""
    if sheet.terminal:
        show(map(line, wrapped(sentence, sheet.width, 0)), sheet)
    else:
        complain(sentence)


def _query(words: Sequence[str]) -> Query:
    query = Query.typed(words)
    if not query.terms:
        what = "There is no word to look for."
        raise WrongCall(what, "Write one: coachlog search roadmap.")
    return query


def _lists(where: Iterable[str] | None) -> frozenset[str] | None:
    """Give the lists that are meant: by their names, those of their files, or what one of their records is called."""
    return frozenset(one for wanted in where for one in _list(wanted)) if where else None


def _list(wanted: str) -> frozenset[str]:
    known = {name: {name} for name in _NOUNS if name != _CARE.gap}
    known |= {noun: {name} for name, noun in _NOUNS.items()}
    known |= {_CARE.gap: set(_CARE.kinds)}
    key = wanted.casefold().removesuffix(".yaml").replace("-", "_")
    if key in known:
        return frozenset(known[key])
    near = get_close_matches(key, sorted(known), n=1)
    what = f"There is no list `{wanted}` to look in.{f' Did you mean {near[0]}?' if near else ''}"
    raise WrongCall(what, f"These are: {', '.join([*sorted(set(_NOUNS) - {'coachlog'}), PRACTICE])}.")


def _field(wanted: str | None, *, private: bool) -> str | None:
    if wanted is None:
        return None
    name = wanted.replace(" ", "_")
    if name == PRIVATE and not private:
        what = "Your own notes are looked into with --private alone."
        raise WrongCall(what, "Add it, and mind who can see your screen.")
    if name.rpartition(".")[2] not in known_fields():
        near = get_close_matches(name, sorted(known_fields()), n=1)
        what = f"No field `{wanted}` holds text."
        raise WrongCall(what, f"Did you mean {near[0]}?" if near else "Such as notes, topic, step, about or why.")
    return name


def _owners(desk: Desk, client: str | None) -> list[str | None]:
    """Give the codes of the clients who are searched; None stands for the practice."""
    if client is not None:
        return [code_or_practice(desk, client)]
    return [*(one.code for one in desk.clients), None]


def _found(
    desk: Desk, query: Query, within: Within, owners: Iterable[str | None], unread: list[Unread]
) -> Iterator[FoundText]:
    names = {one.code: one.name for one in desk.clients}
    for code in owners:
        said = [one for one in _said(desk, code, query.may_stand_in, unread) if within.holds(one)]
        name = names[code] if code else "The practice"
        yield from (_text(one, code, name, hits) for one in sorted(said, key=_order) if (hits := query.find(one.text)))


def _said(desk: Desk, code: str | None, may_hold: MayHold, unread: list[Unread]) -> Iterator[Said]:
    """Give the texts of a client, or with None of the practice, file by file; what can't be read is noted."""
    linked = {one.name for one in client_folders(desk.root) if one.is_link}
    if code in linked:
        unread.append(Unread(f"clients/{code}", 1, "This folder is a symbolic link, which is not followed."))
        return
    zone = desk.practice.timezone
    for file in CLIENT_FILES if code else (PRACTICE_FILE, SUPERVISION_FILE):
        try:
            yield from (
                texts_of_client(desk.root, code, zone, file, may_hold)
                if code
                else texts_of_practice(desk.root, zone, file, may_hold)
            )
        except Unreadable as refusal:
            reason = refusal.fault.reason
            name = f"clients/{code}/{file}" if code else file
            unread.append(Unread(name, refusal.fault.line, f"{reason[:1].upper()}{reason[1:]}."))


def _order(said: Said) -> tuple[bool, date, float]:
    return said.day is not None, said.day or date.min, said.at.utc.timestamp() if said.at else 0


def _text(said: Said, code: str | None, name: str, found: tuple[Any, ...]) -> FoundText:
    return FoundText(
        client=code,
        name=name,
        noun=NOUNS.get(said.kind) or _NOUNS[said.list],
        record=said.label,
        field=said.field,
        day=said.day,
        at=said.at,
        file=said.file,
        line=said.line,
        text=said.text,
        found=found,
    )


def _veiled(found: FoundText, veil: Veil) -> FoundText:
    return found._replace(
        client=veil.mask.code(found.client) if found.client else None,
        name=veil.mask.name(found.client) if found.client else found.name,
        file=veil.text(found.file),
        text=HIDDEN,
        found=(),
    )


def _veiled_unread(one: Unread, veil: Veil) -> Unread:
    return one._replace(file=veil.text(one.file))


def _fields(found: FoundText) -> dict[str, Any]:
    return {
        "client": found.client,
        "noun": found.noun,
        "record": found.record or None,
        "field": found.field,
        "date": found.day.isoformat() if found.day else None,
        "at": found.at.aware.isoformat() if found.at else None,
        "file": found.file,
        "line": found.line,
        "text": found.text,
        "found": [list(one) for one in found.found],
    }
