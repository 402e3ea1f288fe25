"""What one record says of another: it names one that can be read, by an id that is there once it is written."""

from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out

OWN = "clients/jane-doe/"
FILES = {
    "coachlog.yaml": PRACTICE,
    f"{OWN}client.yaml": "name: Jane Doe\n",
    f"{OWN}contract.yaml": "contracts:\n  - agreed: 2026-01-12\n    sessions: 6\n    goals:\n      - {text: Lead}\n",
    f"{OWN}sessions.yaml": "sessions:\n  - {at: 2026-03-30 15:00, status: booked}\n",
    f"{OWN}actions.yaml": "actions:\n  - {step: Ask, due: 2026-04-01}\n",
    f"{OWN}contacts.yaml": "contacts:\n  - {at: 2026-03-30 10:00, from: client, via: email}\n",
    "supervision.yaml": "supervision:\n  - {date: 2026-03-20, minutes: 50}\n",
}
ENDING = "contract end jane --reason relationship --by coach --explained today --supervision 1 --anyway"
UNCLOSED = '  - {id: a9kqw, about: "CANARY}\n'


def path(name: str) -> str:
    """Give the path of a file of Jane's, or of the practice's supervision log."""
    return "supervision.yaml" if name == "supervision" else f"{OWN}{name}.yaml"


OVERLOOKED = {
    "steps of which the only one is meant": ("action done jane", "actions"),
    "steps of which one is named": ("action drop jane a9kqw no longer", "actions"),
    "steps with news": ("action update jane drafted it", "actions"),
    "the session where a step was committed to": ("action add jane Ask --session last", "sessions"),
    "the next session, at which a step is due": ("action add jane Ask", "sessions"),
    "the session where a step is carried over": ("action carry jane 1", "sessions"),
    "the goal that a step serves": ("action add jane Ask --goal 1", "contract"),
    "contacts of which the open one is answered": ("contact reply jane sent it", "contacts"),
    "contacts of which one is named": ("contact log jane email --from coach --reply-to 1", "contacts"),
    "the session that a contact is about": ("contact log jane email --session last", "sessions"),
    "the contract of a session": ("session book jane 7 apr 15:00 --contract 1", "contract"),
    "the goal of a session": ("session log jane --goal 1", "contract"),
    "the follow-up of a contact": ("contact log jane email --from coach --follow-up 1", "actions"),
}


@pytest.mark.parametrize(("typed", "broken"), OVERLOOKED.values(), ids=OVERLOOKED)
def test_a_record_is_not_looked_for_in_a_broken_file(tmp_path: Path, typed: str, broken: str) -> None:
    """The line that is wrong is named, and not that there is no such record; nothing is written."""
    name = f"{OWN}{broken}.yaml"
    files = {**FILES, name: FILES[name] + UNCLOSED}
    outcome = call(*typed.split(), folder=lay_out(files, tmp_path))
    line = files[name].count("\n")
    assert (outcome.code, outcome.out) == (3, "")
    assert f"{name}:{line}: the quote that opens here is never closed." in outcome.err
    assert "CANARY" not in outcome.err
    assert {one: (tmp_path / one).read_text() for one in files} == files


NAMED = {
    "the goal of a session": ("session log jane --goal 1", "contract", "{id: ", ", text: Lead}", "sessions", "goal: "),
    "the goal of a step": ("action add jane Ask --goal 1", "contract", "{id: ", ", text: Lead}", "actions", "goal: "),
    "the contract of a session": (
        "session book jane 7 apr 15:00 --contract 1", "contract", "  - id: ", "\n", "sessions", "contract: ",
    ),
    "the session of a step": ("action add jane Ask --session 1", "sessions", "{id: ", ", at", "actions", "session: "),
    "the session of a contact": (
        "contact log jane email --session 1", "sessions", "{id: ", ", at", "contacts", "session: ",
    ),
    "the contact of a reply": ("contact reply jane sent it", "contacts", "{id: ", ", at", "contacts", "reply_to: "),
    "the follow-up of a contact": (
        "contact log jane email --from coach --follow-up 1", "actions", "{id: ", ", step", "contacts", "follow_up: ",
    ),
    "the goal that another one replaces": (
        "goal replace jane 1 Delegate", "contract", "{id: ", ", text: Lead}", "contract", "replaces: ",
    ),
    "the contract that another one renews": (
        "contract renew jane --agreed today --anyway", "contract", "  - id: ", "\n", "contract", "renews: ",
    ),
    "the supervision of an ending": (ENDING, "supervision", "{id: ", ", date", "contract", "supervision: "),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "named", "before", "behind", "naming", "key"), NAMED.values(), ids=NAMED)
def test_a_record_without_an_id_gets_the_one_it_is_named_by(  # noqa: PLR0913, PLR0917 — what is typed and written
    tmp_path: Path, typed: str, named: str, before: str, behind: str, naming: str, key: str
) -> None:
    """The id stands in both files, written in one change."""
    outcome = call(*typed.split(), folder=lay_out(FILES, tmp_path))
    given = (tmp_path / path(named)).read_text().partition(before)[2].partition(behind)[0]
    assert (outcome.code, given.isalnum(), len(given)) == (0, True, 5)
    assert f"{key}{given}" in (tmp_path / path(naming)).read_text()


UNNAMEABLE = {
    "a session, by a step": ("action add jane Ask --session 1", "sessions"),
    "a step's session, by a review": ("action done jane 1 --reviewed 1", "sessions"),
    "a session, by a contact": ("contact log jane email --session 1", "sessions"),
    "a contact, by a reply": ("contact reply jane sent it", "contacts"),
    "a goal, by a session": ("session log jane --goal 1", "contract"),
    "a step, by the contact that follows it up": ("contact log jane email --from coach --follow-up 1", "actions"),
    "a goal, by another one": ("goal replace jane 1 Delegate", "contract"),
    "a contract, by another one": ("contract renew jane --agreed today", "contract"),
    "a supervision, by an ending": (ENDING, "supervision"),
}


@pytest.mark.parametrize(("typed", "named"), UNNAMEABLE.values(), ids=UNNAMEABLE)
def test_a_record_that_can_be_given_no_id_is_named_by_none(tmp_path: Path, typed: str, named: str) -> None:
    """A file that begins with directives is not edited: the command says which record needs an id by hand."""
    name = path(named)
    files = {**FILES, name: f"%YAML 1.2\n---\n{FILES[name]}"}
    outcome = call(*typed.split(), folder=lay_out(files, tmp_path))
    assert (outcome.code, outcome.out) == (3, "")
    assert f"{name}:" in outcome.err
    assert "this record has no id" in outcome.err
    assert {one: (tmp_path / one).read_text() for one in files} == files


@pytest.mark.parametrize(("typed", "broken"), [("action list", "actions"), ("contact list jane", "contacts")])
def test_a_list_says_that_it_may_lack_something(tmp_path: Path, typed: str, broken: str) -> None:
    """A list of what can't all be read is no empty list: it says where to look."""
    name = f"{OWN}{broken}.yaml"
    outcome = call(*typed.split(), folder=lay_out({**FILES, name: FILES[name] + UNCLOSED}, tmp_path))
    assert (outcome.code, outcome.out) == (0, "")
    assert f"Not every {broken.removesuffix('s')} can be read: coachlog check says why." in outcome.err
