"""A letter as it is about to be shown or sent: written from its template, with who it goes to."""

from dataclasses import dataclass

from coachlog.commands.desk.desk import Desk
from coachlog.commands.letters.kinds import Kind
from coachlog.commands.letters.seeking import Seeking
from coachlog.commands.letters.sponsored import sponsor_of
from coachlog.errors import WrongCall
from coachlog.model.client_file import ClientFile
from coachlog.model.known import known
from coachlog.render.letter import Written, written
from coachlog.store.templates import Template, built_in, template
from coachlog.views.letters.about import About
from coachlog.views.letters.facts import Letter, facts_of
from coachlog.views.letters.said import Fact

ENDINGS = {"text": "txt", "md": "md", "html": "html"}
"""Each format, and how the names of its templates end."""
BUILT_IN_LANGUAGE = "en"
DOCUMENTS = frozenset({"agreement"})
"""The kinds that are a document; the message that brings it has a template of its own."""


@dataclass(frozen=True)
class Asked:
    """What the call asks for: the record that it is about, the sponsor it goes to, and whose template is taken."""

    about: str | None = None
    to: str | None = None
    ours: bool = False


@dataclass(frozen=True)
class Addressed:
    """A letter whose facts are known: its kind, the client's file, what it is about, and whom it goes to."""

    desk: Desk
    kind: Kind
    file: ClientFile
    about: About
    facts: dict[str, Fact]
    ours: bool

    def in_form(self, form: str, name: str = "") -> Written:
        """Write it in a format, by its own template or one of another name. Raises WrongCall, FaultyTemplate."""
        found = self.template(form, name or self.kind.name)
        if found is None:
            what = f"{self.kind.name} has no template as {form}."
            raise WrongCall(what, f"Write templates/{self.kind.name}.{ENDINGS[form]}, or leave --format out.")
        return written(found.text, form, self.facts, found.file or found.name)

    def template(self, form: str, name: str) -> Template | None:
        """Find the template for a format: the coach's own for the client's language, else for all, else ours."""
        whole = f"{name}.{ENDINGS[form]}"
        return built_in(whole) if self.ours else template(self.desk.root, whole, self.file.client.language)

    @property
    def mailed(self) -> Written:
        """The message that goes out: the letter, or the one that brings the document."""
        return self.in_form("text", f"{self.kind.name}-letter" if self.kind.name in DOCUMENTS else "")

    @property
    def email(self) -> str:
        """The address that it goes to; empty where none is on file."""
        return self.told("to", "email")

    @property
    def name(self) -> str:
        """The name of whom it goes to."""
        return self.told("to", "name")

    def told(self, group: str, name: str) -> str:
        """Give one of its facts as text."""
        facts = self.facts[group]
        return str(facts[name]) if isinstance(facts, dict) else ""


def addressed(desk: Desk, kind: Kind, client: str, asked: Asked) -> Addressed:
    """Find what a letter is about, and all that it may say. Raises WrongCall where a fact is missing, PlanRefused."""
    file = known(desk.file(desk.code(client)), desk.now)
    sponsor = sponsor_of(file, asked.to) if asked.to or kind.to == "sponsor" else None
    if sponsor and kind.to == "client":
        what = f"{kind.name} goes to the client and to nobody else."
        raise WrongCall(what, "Leave --to out.")
    if file.gaps:
        desk.remarks.append(f"Not all that is on file of {file.code} can be read: coachlog check {file.code} says why.")
    about = kind.about(Seeking(file, desk.now, asked.about, sponsor))
    facts = facts_of(Letter(file, about, desk.now))
    letter = Addressed(desk, kind, file, about, facts, asked.ours)
    if not letter.told("coach", "name"):
        what = "coachlog.yaml does not say your name, with which a letter is signed."
        raise WrongCall(what, "Write it there: coach: {name: Alex Harbour}.")
    return letter
