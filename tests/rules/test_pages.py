"""The pages of the rules: each has all its parts, every command on it can be called, every clause can be pasted."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from calling import call, lay_out
from coachlog.cli import COMMANDS
from coachlog.rules.book import BOOK
from coachlog.rules.rule import Rule
from coachlog.store.casebook import CLIENT, read_cases
from coachlog.store.load import load_journal
from test_help import understood

JUDGING = [rule for rule in BOOK if rule.chapter != "JRN"]
"""The rules that judge coaching. Those on the journal itself have no source, and nothing to agree on with a client."""

CALLS = re.compile(r"`(coachlog(?: [^`]*)?)`")
PRACTICE = "format: 1\ntimezone: Europe/London\n"
OF_THE_PRACTICE = ("absences", "coach", "codes", "directory", "limits", "office_hours", "retention", "supervis")
"""How a clause begins that stands in coachlog.yaml; any other stands in a contract."""

LONGEST_PAGE = 120
"""In words, for what to do now: a coach reads it between two sessions."""


def told(rule: Rule) -> str:
    """Give all that a page says in sentences."""
    page = read_cases(rule.code)
    return " ".join(f"{rule.why} {page.do} {page.say} {page.sentence}".split())


def calls(text: str) -> list[str]:
    """Give the commands in a text, each a whole line as a shell takes it."""
    return CALLS.findall(" ".join(text.split()))


def named(rule: Rule) -> str:
    """Name a test after its rule."""
    return f"{rule.code} {rule.name}"


def waivers(rule: Rule) -> Iterator[list[str]]:
    """Give the waivings that a page advises for what the rule itself finds."""
    for line in calls(read_cases(rule.code).do):
        words = shlex.split(line)[1:]
        if words[0] == "waive" and {rule.code, rule.name} & set(words):
            yield words


WAIVINGS = [(rule, words) for rule in JUDGING for words in waivers(rule)]


@pytest.mark.parametrize("rule", JUDGING, ids=named)
def test_a_page_has_all_its_parts(rule: Rule) -> None:
    """What it finds, why and by which source, what to do and to say, a clause, its sentence, and its kin."""
    page = read_cases(rule.code)
    parts = {"title": rule.title, "why": rule.why, "source": rule.source, "do": page.do, "say": page.say}
    parts |= {"clause": page.clause, "sentence": page.sentence, "related": " ".join(page.related)}
    assert [name for name, text in parts.items() if not text] == []
    assert rule.code not in page.related
    assert len(page.do.split()) < LONGEST_PAGE


def test_every_command_on_a_page_can_be_called_so() -> None:
    """Arguments and options are accepted as they stand there; nothing is run."""
    known = {name for name, *_ in COMMANDS}
    lines = [(rule.code, line) for rule in BOOK for line in calls(told(rule))]
    assert [(code, line) for code, line in lines if understood(line) not in known] == []
    assert len(lines) > len(BOOK)


@pytest.mark.parametrize("rule", JUDGING, ids=named)
def test_a_page_names_a_command_for_what_to_do(rule: Rule) -> None:
    """A coach who reads it has something to type, if only to open the file."""
    page = read_cases(rule.code)
    assert calls(page.do)


@pytest.mark.parametrize("rule", JUDGING, ids=named)
def test_a_clause_can_be_pasted_as_it_stands(rule: Rule, tmp_path: Path) -> None:
    """It is read without a problem in a contract, or in coachlog.yaml where it is the practice's."""
    clause = read_cases(rule.code).clause
    of_the_practice = clause.startswith(OF_THE_PRACTICE)
    agreed = "" if "agreed:" in clause.split() else "agreed: 2026-01-12\n"
    terms = "".join(f"    {line}\n" for line in f"{agreed}{clause}".splitlines())
    files = {
        "coachlog.yaml": PRACTICE + (clause if of_the_practice else ""),
        f"clients/{CLIENT}/client.yaml": "name: Jane Doe\nsponsors: [{id: pat, name: Pat Lee}]\n",
        f"clients/{CLIENT}/contract.yaml": "" if of_the_practice else f"contracts:\n  - id: 2026z\n{terms}",
    }
    journal = load_journal(lay_out(files, tmp_path))
    assert [(problem.place.line, problem.message) for problem in journal.problems] == []


@pytest.mark.parametrize(("rule", "words"), WAIVINGS, ids=lambda value: value.code if isinstance(value, Rule) else "")
def test_a_waiver_typed_as_the_page_says_covers_what_it_shows(rule: Rule, words: list[str], tmp_path: Path) -> None:
    """Copied to the letter into the journal of the page's own example, it waives that finding."""
    shown = read_cases(rule.code).bites
    outcome = call(*words, folder=lay_out(shown.files, tmp_path), COACHLOG_NOW=shown.now)
    assert (outcome.code, outcome.err) == (0, "")
    assert "it covers “" in outcome.out
