"""What refers to a record: every field, in the client's files and in the practice's, that would name nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from coachlog.commands.desk.desk import Desk
from coachlog.commands.keeping.on_paper import Paper
from coachlog.model.client_file import ClientFile
from coachlog.model.words import listed
from coachlog.rules.references import dangling_in

ADDRESSED = "to"
"""The field that names a sponsor or somebody in the directory, by id or by name."""


class Referring(NamedTuple):
    """A field that names a record: of whom, which record it stands in, and what it names."""

    client: str | None
    record: str
    field: str
    names: str

    def plain(self) -> dict[str, Any]:
        """Give it as JSON has it."""
        return self._asdict()

    def said(self, own: str | None) -> str:
        """Say it as a sentence does; the client only where it is another's."""
        whose = "" if self.client == own else f" of {self.client or 'the practice'}"
        return f"{self.record}{whose} ({self.field})"


def referring_to(desk: Desk, code: str | None, paper: Paper, after: ClientFile | None) -> list[Referring]:
    """Give what would name nothing once a record is gone; `after` is the client's file without it."""
    if code is None:
        return list(_to_practice(desk, paper.label))
    return list(_to_client(desk, desk.file(code), after)) if after else []


def told(paper: Paper, code: str | None, found: Sequence[Referring]) -> list[str]:
    """Say what refers to a record."""
    if not found:
        return []
    names = listed([one.said(code) for one in found])
    return [f"{paper.label} is named by {names}, which would then refer to nothing."]


def _to_client(desk: Desk, before: ClientFile, after: ClientFile) -> Iterator[Referring]:
    """Give what a client's record is named by: the client's own records, and topics of supervision."""
    yield from _lost(before, after)
    gone = {one.id for one in before.client.sponsors} - {one.id for one in after.client.sponsors}
    yield from _addressed(after, gone)
    concerns = {one.id for one in before.care.concerns} - {one.id for one in after.care.concerns}
    for meeting in desk.supervision:
        named = (topic.concern for topic in meeting.topics if topic.client == before.code and topic.concern in concerns)
        yield from (Referring(None, meeting.label or "", "topics", str(name)) for name in named)


def _to_practice(desk: Desk, label: str) -> Iterator[Referring]:
    """Give what a record of the practice is named by: contracts and concerns a supervision, and letters a helper."""
    for known in desk.clients:
        file = desk.file(known.code)
        without = replace(file, supervision=tuple(one for one in file.supervision if one.id != label))
        yield from _lost(file, without)
        if any(one.id == label for one in desk.practice.directory):
            yield from _addressed(file, {label})


def _lost(before: ClientFile, after: ClientFile) -> Iterator[Referring]:
    """Give what names nothing now and did not before; a field is known by what it names, as places may have shifted."""
    known = {(one.field, one.names) for one in _dangling(before)}
    return (one for one in _dangling(after) if (one.field, one.names) not in known)


def _dangling(file: ClientFile) -> Iterator[Referring]:
    for record, reference, names in dangling_in(file):
        yield from (Referring(file.code, record.label or "client", reference.field, name) for name in names)


def _addressed(file: ClientFile, ids: Iterable[str | None]) -> Iterator[Referring]:
    """Give the letters, consents, disclosures and referrals to somebody; leader updates are looked at already."""
    wanted = {one for one in ids if one}
    care = file.care
    for record in (*file.contacts, *care.consents, *care.disclosures, *care.referrals):
        name = getattr(record, ADDRESSED, None)
        if isinstance(name, str) and name in wanted:
            yield Referring(file.code, record.label or "", ADDRESSED, name)
