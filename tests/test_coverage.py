"""The page that walks through the sources: it names what there is, and leaves no rule with a source unexplained."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from coachlog.cli import COMMANDS
from coachlog.rules.announced import ANNOUNCED
from coachlog.rules.book import BOOK
from coachlog.rules.sources import SOURCES
from test_help import sections

DOCS = Path(__file__).resolve().parent.parent / "docs"
TEXTS = sorted(name for name in SOURCES if re.fullmatch(r"S\d", name))
"""The texts that the page walks through."""

PART = re.compile(r"^## (S\d) · (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"\b[A-Z]{3}\d{3}\b")
COMMAND = re.compile(r"`coachlog ([^`]+)`( \(later\))?")
SPAN = re.compile(r"`([^`]+)`")
HEADING = ["point", "answered by", "can't be judged"]


class Point(NamedTuple):
    """A row of the page."""

    point: str
    answered_by: str
    not_judged: str


def page() -> str:
    """Give the page."""
    return (DOCS / "coverage.md").read_text(encoding="utf-8")


def rows(text: str) -> list[Point]:
    """Give the points of a part of the page."""
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    return [Point(*one) for one in cells if one != HEADING and set(one) != {"---"}]


PARTS = {name: (title, rows(text)) for name, title, text in PART.findall(page())}
"""Each text by its short name: its title, and its points."""


def test_each_text_has_its_part() -> None:
    """They stand in order, under their own titles."""
    assert {name: title for name, (title, _) in PARTS.items()} == {name: SOURCES[name] for name in TEXTS}


@pytest.mark.parametrize("text", TEXTS)
def test_every_point_is_answered_or_says_why_not(text: str) -> None:
    """No row is left open, and none stands there twice."""
    _, points = PARTS[text]
    assert [one.point for one in points if not (one.answered_by or one.not_judged)] == []
    assert len({one.point for one in points}) == len(points) > 10


@pytest.mark.parametrize("text", TEXTS)
def test_every_rule_of_a_text_is_named_under_it(text: str) -> None:
    """A rule that cites it answers some point of it."""
    named = set(CODE.findall(" ".join(one.answered_by for one in PARTS[text][1])))
    citing = {rule.code for rule in BOOK if re.search(rf"\b{text}\b", rule.source)}
    assert sorted(citing - named) == []


def test_every_rule_that_is_named_exists() -> None:
    """A code that is misspelt would answer nothing."""
    known = {rule.code for rule in BOOK} | {code for code, _ in ANNOUNCED}
    assert sorted(set(CODE.findall(page())) - known) == []


def test_every_command_that_is_named_can_be_called_or_is_marked_as_coming() -> None:
    """One that has come loses its mark."""
    table = {name for name, *_ in COMMANDS}
    named = [(command.split(" --")[0], bool(later)) for command, later in COMMAND.findall(page())]
    assert [command for command, later in named if (command in table) == later] == []
    assert len(named) > 10


def test_every_option_that_is_named_is_one_of_its_command() -> None:
    """It stands in the command's part of the page of the commands."""
    parts = sections()
    lines = [line for line, later in COMMAND.findall(page()) if not later]
    options = [(line.split(" --")[0], word) for line in lines for word in line.split() if word.startswith("--")]
    assert [(command, option) for command, option in options if option not in parts[command]] == []
    assert options


def test_every_field_that_is_named_is_one_of_the_format() -> None:
    """It stands on the page of the format."""
    told = (DOCS / "format.md").read_text(encoding="utf-8")
    named = {one for one in SPAN.findall(page()) if not one.startswith("coachlog ")}
    assert sorted(field for field in named if not re.search(rf"\b{re.escape(field)}", told)) == []
