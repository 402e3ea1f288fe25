"""`coachlog search`: words anywhere in the journal."""

import json
from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out
from on_terminal import call_on_warm_terminal

JANE = "clients/jane-doe/"
SESSIONS = """sessions:
  - id: b3xew
    at: 2026-01-14 15:00
    status: held
    via: video
    topic: Délégation und Straße
    prep: {want: How to delegate}
    insights: [The ﬁrst step, a second]
    notes: |
      The roadmap
      draft goes to Lee.
    private: secret roadmap
  - {id: c2bad, at: never, notes: roadmap again, x-mine: roadmap}
"""
FILES = {
    "coachlog.yaml": PRACTICE + "absences: [{id: k2mdw, from: 2026-08-03, reason: roadmap leave}]\n",
    "supervision.yaml": "supervision: [{id: q8rtw, date: 2026-03-06, notes: whose roadmap is it}]\n",
    f"{JANE}client.yaml": "name: Jane Doe\nheard_from: Zoë\nsponsors: [{id: pat, name: Pat Roadmap}]\n",
    f"{JANE}contract.yaml": "contracts: [{id: 2026a, agreed: 2026-01-12, goals: [{id: g1, text: A roadmap}],\n"
    "  amendments: [{id: m1, agreed: 2026-02-02, why: more roadmap, set: {sessions: 8}}]}]\n",
    f"{JANE}sessions.yaml": SESSIONS,
    f"{JANE}contacts.yaml": "contacts: [{id: e4aaw, at: 2026-03-02 10:00, from: client, via: email, about: road}]\n",
    f"{JANE}care.yaml": "feedback: [{id: u3bbw, date: 2026-03-25, text: More roadmap}]\n",
    "clients/tom-reid/client.yaml": "name: Tom Reid\n",
    "clients/tom-reid/actions.yaml": "actions: [{id: a7kqw, step: Hand over the roadmap draft, due: 2026-03-20}]\n",
    "clients/zed/client.yaml": "name: Zed\n",
    "clients/zed/contacts.yaml": "contacts: [{about: a roadmap of Zed's Straße\n",
    "clients/zed/actions.yaml": r"""actions: [{step: 'Zed''s café', id: a8caf}, {step: "c\u0041f\xe9", id: a9caf}]""",
}
ANYWHERE = {"pat name", "c2bad notes", "2026a/g1 text", "2026a/m1 why", "b3xew notes", "u3bbw text", "a7kqw step"}
FOUND = {
    ("roadmap",): ANYWHERE | {"k2mdw reason", "q8rtw notes"},
    ("roadmap", "draft"): {"b3xew notes", "a7kqw step"},
    ("roadmap draft",): {"b3xew notes", "a7kqw step"},
    ('"draft goes"',): {"b3xew notes"},
    ('draft "goes to"',): {"b3xew notes"},
    ("draft roadmap",): set(),
    ("DELEGATION", "strasse"): {"b3xew topic"},
    ("first",): {"b3xew insights"},
    ("zoe",): {"- heard_from"},
    ("cafe",): {"a8caf step", "a9caf step"},
    ("zeds", "café"): {"a8caf step"},
    ("delegate",): {"b3xew prep.want"},
    ("held",): set(),
    ("roadmap", "--client", "tom"): {"a7kqw step"},
    ("roadmap", "--client", "practice"): {"k2mdw reason", "q8rtw notes"},
    ("roadmap", "--field", "notes"): {"c2bad notes", "b3xew notes", "q8rtw notes"},
    ("roadmap", "--in", "care", "--in", "actions"): {"u3bbw text", "a7kqw step"},
    ("roadmap", "--in", "contract"): {"2026a/g1 text", "2026a/m1 why"},
    ("roadmap", "--in", "practice"): {"k2mdw reason"},
    ("roadmap", "--since", "2026-03-06", "--until", "2026-03-25"): {"u3bbw text", "a7kqw step", "q8rtw notes"},
    ("secret",): set(),
    ("secret", "--private"): {"b3xew private"},
    ("secret", "--private", "--field", "private"): {"b3xew private"},
}
"""What is found for which words, each as its record and field."""


@pytest.mark.parametrize("words", FOUND, ids=" ".join)
def test_words_are_found_wherever_they_stand(journal: Path, words: tuple[str, ...]) -> None:
    """Case, accents and line breaks do not matter; a record that can't be read as a whole still gives its texts."""
    outcome = call("search", *words, folder=journal)
    rows = [one.split("\t") for one in outcome.out.splitlines()]
    assert (outcome.code, {f"{row[3]} {row[4]}" for row in rows}) == (0, FOUND[words])
    assert ("No text on file holds all of these words." in outcome.err) == (not FOUND[words])
    assert "--private" in words or "secret" not in outcome.out


def test_what_can_not_be_searched_is_said(journal: Path) -> None:
    """In one line with its file; the rest is searched."""
    outcome = call("search", "zed", folder=journal)
    assert outcome.out.startswith("zed\t-\tclient\t-\tname\tclients/zed/client.yaml:1\tZed\n")
    assert (outcome.err.count("\n"), "clients/zed/contacts.yaml:" in outcome.err) == (1, True)
    assert "It was not searched." in outcome.err


def test_a_terminal_shows_whose_it_is_and_marks_the_words(journal: Path) -> None:
    """Grouped by client, with what was looked for in bold."""
    shown = call_on_warm_terminal("search", "ROADMAP", "--field", "notes", "--client", "jane", folder=journal).out
    assert shown.splitlines() == [
        "\x1b[1mJane Doe (jane-doe)\x1b[0m",
        "  session c2bad, notes\x1b[2m  clients/jane-doe/sessions.yaml:13\x1b[0m",
        "      \x1b[1mroadmap\x1b[0m again",
        "  Wed 14 Jan 2026 15:00, session b3xew, notes\x1b[2m  clients/jane-doe/sessions.yaml:9\x1b[0m",
        "      The \x1b[1mroadmap\x1b[0m draft goes to Lee.",
        "",
        "2 texts, 1 client.",
    ]


def test_programs_get_the_text_and_where_the_words_stand(journal: Path) -> None:
    """In characters of the text as it is written."""
    told = json.loads(call("search", "strasse", "--json", folder=journal).out)
    (found,) = told["texts"]
    assert [found["text"][start:end] for start, end in found["found"]] == ["Straße"]
    assert (found["client"], found["record"], found["date"]) == ("jane-doe", "b3xew", "2026-01-14")
    assert [one["file"] for one in told["unread"]] == ["clients/zed/contacts.yaml"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("",), "There is no word to look for."),
        (("x", "--in", "sesions"), "There is no list `sesions` to look in. Did you mean sessions?"),
        (("x", "--field", "topc"), "No field `topc` holds text. Did you mean topic?"),
        (("x", "--field", "private"), "Your own notes are looked into with --private alone."),
        (("x", "--client", "nobody"), "No client has the code or name `nobody`."),
    ],
    ids=str,
)
def test_a_search_that_makes_no_sense_is_one_line(journal: Path, words: tuple[str, ...], sentence: str) -> None:
    """It says what there is instead."""
    outcome = call("search", *words, folder=journal)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert sentence in outcome.err


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """What lies behind it may be no part of the journal."""
    root = lay_out({"coachlog.yaml": PRACTICE}, tmp_path / "practice")
    lay_out({"client.yaml": "name: Roadmap\n"}, tmp_path / "elsewhere")
    (root / "clients").mkdir()
    (root / "clients/away").symlink_to(tmp_path / "elsewhere")
    outcome = call("search", "roadmap", folder=root)
    assert (outcome.code, outcome.out) == (0, "")
    assert "clients/away:1: This folder is a symbolic link" in outcome.err
