"""What is private shows nowhere else, nothing steers the terminal, and nobody else can read what is written."""

import json
import os
import re
import shlex
import unicodedata
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path
from stat import S_IMODE

import pytest

from calling import call, call_on_terminal, lay_out
from coachlog.cli import COMMANDS
from commands.canaries import (
    CANARIES,
    IN_THE_EDITOR,
    LOOKING,
    OWN,
    SHOWING_PRIVATE,
    WITHOUT_TEXTS,
    WRITING,
)

FILES = CANARIES
NAMES = {name for name, *_ in COMMANDS}
PRIVATE = "PRIVATE"
"""What stands in the coach's own notes and in the texts of messages."""


def test_no_command_is_forgotten() -> None:
    """A new command finds its place among the calls that hunt for canaries."""
    called = {_name(shlex.split(one)) for text in (LOOKING, WRITING) for one in text.splitlines()}
    assert called | WITHOUT_TEXTS | IN_THE_EDITOR == NAMES


def _name(words: list[str]) -> str:
    whole = " ".join(words[:2])
    return whole if whole in NAMES else words[0]


PLAINLY = """show zorblax
show zorblax b3xew
session show zorblax b3xew
search canary
brief zorblax
"""
"""What shows most of a session to people; JSON has all that the others show."""


@pytest.mark.parametrize("command", [*(f"{one} --json" for one in LOOKING.splitlines()), *PLAINLY.splitlines()])
def test_what_is_private_shows_nowhere_else(journal: Path, command: str) -> None:
    """Neither on the screen, nor in JSON, nor in a message; commands that write show it as little (test_written.py)."""
    outcome = call(*shlex.split(command), folder=journal)
    assert outcome.code in {0, 1}, outcome.err
    assert PRIVATE not in f"{outcome.out}{outcome.err}"
    assert not [one for one in (journal / "drafts").glob("*") if PRIVATE in one.read_text(encoding="utf-8")]


@pytest.mark.parametrize("command", SHOWING_PRIVATE.splitlines())
def test_what_is_private_shows_where_it_is_asked_for(journal: Path, command: str) -> None:
    """By name, in either form."""
    assert all("PRIVATE, too" in call(*command.split(), *form, folder=journal).out for form in ([], ["--json"]))


@pytest.mark.parametrize("words", ["contact import letters --subject", "session log zorblax c2www --private PRIVATE"])
def test_what_is_private_shows_in_no_diff(journal: Path, words: str) -> None:
    """Nor in what is told of the change; the text of a message comes nowhere at all."""
    for form in ("--dry-run", "--json"):
        outcome = call(*words.split(), form, folder=journal)
        assert (outcome.code, PRIVATE in f"{outcome.out}{outcome.err}") == (0, False)
    if "import" in words:
        assert PRIVATE not in (journal / OWN / "contacts.yaml").read_text(encoding="utf-8")


BROKEN = {
    "client.yaml": ("since: canary day\n", "canary thing: 1\n"),
    "sessions.yaml": (
        "sessions: [{at: canary day, private: PRIVATE}]\n",
        "sessions: [{at: 2026-03-01 10:00, canary it}]\n",
    ),
    "contacts.yaml": (
        "contacts: [{at: 2026-03-01 10:00, from: canary one, via: email}]\n",
        'contacts: [{about: "canary\n',
    ),
    "care.yaml": ("concerns: [{noticed: canary day, kind: canary kind, note: canary}]\n", "concerns: {canary note\n"),
    "actions.yaml": ("actions: [{step: canary, due: canary day}]\n", "actions: canary\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_without_its_words(journal: Path, name: str) -> None:
    """The file and the line, by a check and by what is to write there."""
    told = ""
    for text in BROKEN[name]:
        lay_out({f"{OWN}{name}": f"name: Zorblax Quimby\n{text}" if name == "client.yaml" else text}, journal)
        told += call("check", "--select", "JRN", folder=journal).out
    told += call("session", "log", "zorblax", "--done", "a7kqw", "--dry-run", folder=journal).err
    assert OWN + name in told
    assert not re.search(r"canary|PRIVATE", told)


HOSTILE = r"\u202Egnp\u200Bz\u2028\u2066\uFEFFq"
"""What would turn the letters of a line, or hide in it, as YAML writes it; controls are refused in a journal."""
CONTROLS = "\x1b]52;c;aGk=\x07\x1b[31m\x9b31m\x00\x7fgnp"
"""What steers a terminal, in a template; a row of a table that holds it is refused."""
STEERED = {
    "coachlog.yaml": FILES["coachlog.yaml"]
    .replace("Halcyon Brook", f'"Halcyon{HOSTILE}"')
    .replace("reason: canary leave", f'reason: "{HOSTILE}"'),
    f"{OWN}client.yaml": FILES[f"{OWN}client.yaml"]
    .replace("Zorblax Quimby", f'"Zorblax{HOSTILE}Bcc: x@example.org"')
    .replace("Pimlico Vane", f'"Pat{HOSTILE}"'),
    f"{OWN}contract.yaml": FILES[f"{OWN}contract.yaml"].replace("lead <b>", f"<script>{HOSTILE}</script>"),
    f"{OWN}sessions.yaml": FILES[f"{OWN}sessions.yaml"].replace("canary next", f'"{HOSTILE}"'),
    f"{OWN}actions.yaml": FILES[f"{OWN}actions.yaml"].replace("canary promise", f'"=1+1{HOSTILE}"'),
    f"{OWN}contacts.yaml": FILES[f"{OWN}contacts.yaml"].replace("canary question", f'"{HOSTILE}"'),
    f"{OWN}care.yaml": FILES[f"{OWN}care.yaml"].replace("canary concern", f'"{HOSTILE}"'),
}
FROM_ELSEWHERE = {
    "templates/nudge.txt": f"Subject: {CONTROLS}\n\n{CONTROLS} {{{{ to.called }}}}\n",
    "letters/a.eml": FILES["letters/a.eml"].replace("canary subject", "=?utf-8?q?=1B[31m=00=C2=9Bgnp?="),
}
UNSEEN = frozenset("\u202e\u200b\u2028\u2066\ufeff")
PLAIN = """client list
client show zorblax
show zorblax
show practice
search gnp
today --days 60
brief zorblax
contact list zorblax
action list zorblax
concern list
prep record zorblax --want x --dry-run
contact reply zorblax
client show zorblax --json
draft referral zorblax --json
draft nudge zorblax
draft nudge zorblax --json
contact import letters --subject --dry-run
contact import letters --subject --json
"""


@pytest.mark.parametrize("command", PLAIN.splitlines())
def test_nothing_steers_the_terminal(journal: Path, command: str) -> None:
    """Neither a name nor a text: what can't be seen is a picture, in JSON an escape."""
    lay_out({**STEERED, **FROM_ELSEWHERE}, journal)
    outcome = call(*shlex.split(command), folder=journal)
    shown = f"{outcome.out}{outcome.err}"
    assert outcome.code in {0, 1}, outcome.err
    assert "gnp" in shown
    assert not [one for one in shown if (unicodedata.category(one) == "Cc" and one not in "\n\t") or one in UNSEEN]


LETTER = ("draft", "booking", "zorblax", "--about", "d2nnw")
OF_THE_COACH = {
    "coachlog.yaml": FILES["coachlog.yaml"].replace("Halcyon Brook", '"\\u05D0\\u200F! =Halcyon"'),
    "templates/booking.txt": "Subject: a\n\n{{ coach.name }} \x1b[31m\n",
}


def test_a_letter_keeps_its_letters_but_on_a_terminal(journal: Path) -> None:
    """What turns or joins letters goes into a pipe as it is; on a terminal it is a picture; controls go nowhere."""
    lay_out(OF_THE_COACH, journal)
    piped = call(*LETTER, folder=journal).out
    assert ("\u05d0\u200f! =Halcyon ␛[31m" in piped, "\x1b" in piped) == (True, False)
    shown = call_on_terminal(*LETTER, folder=journal, NO_COLOR="1").out
    assert ("\u05d0⟨RLM⟩! =Halcyon ␛[31m" in shown, "\x1b[31m" in shown) == (True, False)


def test_a_name_puts_nothing_into_the_head_of_a_message(journal: Path) -> None:
    """No line of its own, and no control; the page that comes with it runs nothing."""
    lay_out({**STEERED, "templates/agreement-letter.txt": f"Subject: {CONTROLS}\n\n{CONTROLS}\n"}, journal)
    outcome = call("draft", "agreement", "zorblax", "--mail", "--json", folder=journal)
    path = Path(json.loads(outcome.out)["letters"][0]["mail"])
    data = path.read_bytes()
    message = BytesParser(policy=policy.SMTP).parsebytes(data)
    assert set(message.keys()) >= {"From", "To", "Subject", "X-Unsent"}
    assert not set(message.keys()) & {"Bcc", "Cc"}
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]", data)
    page = call("draft", "agreement", "zorblax", "--format", "html", folder=journal).out
    assert ("<script" in page, "&lt;script&gt;" in page, "default-src 'none'" in page) == (False, True, True)


@pytest.fixture(params=[0o000, 0o077], ids=oct)
def any_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run with what a system may deny to others of new files."""
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("any_umask")
def test_nobody_else_can_read_what_is_written(journal: Path) -> None:
    """Messages, settings, notes that go on, what was typed: files 0600, folders 0700."""
    there = {*journal.rglob("*")}
    (journal / "locked").touch()
    calls = (
        ("draft", "agreement", "zorblax", "--mail"),
        ("config", "set", "colour", "never"),
        ("session", "start", "zorblax", "c2www"),
        ("concern", "add", "quimby-group", "ethics", "canary"),
        ("check", "--output", "check.txt"),
    )
    for one in calls:
        assert call(*one, folder=journal, XDG_CONFIG_HOME=str(journal / "settings")).code in {0, 1, 2}
    (journal / "locked").unlink()
    new = {*journal.rglob("*")} - there
    names = {one.relative_to(journal).parts[0] for one in new}
    assert names >= {"drafts", "settings", "check.txt", ".coachlog"}
    assert {S_IMODE(one.stat().st_mode) for one in new} == {0o600, 0o700}
