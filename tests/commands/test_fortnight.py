"""An ordinary fortnight of eight clients, written down as it happens by a coach who has read no rules."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from calling import Outcome, call
from commands.fortnight.before import BEFORE, CLIENTS

FILES = BEFORE
FACTS = Path(__file__).with_name("fortnight") / "facts.txt"
"""Days, and on each the moment, what was so, the codes that it is meant to bring, and what is typed of it."""
LINE = re.compile(
    r"\w{3} (?P<day>\d+) Mar 2026"
    r"|(?P<time>\d\d:\d\d)  (?P<words>.+?\.?)(?: \((?P<brings>[A-Z]{3}\d{3})\))?"
    r"| {7}(?P<typed>\S.*)"
)
EVENING = "2026-03-13 17:30"
"""The Friday on which the fortnight ends."""


class Fact(NamedTuple):
    """What happened at a moment, the rule that it is meant to break, if any, and what the coach types of it."""

    at: str
    words: str
    brings: str | None
    typed: list[str]


def facts() -> Iterator[Fact]:
    """Give the facts in the order of the page, whose first line is its title."""
    day, fact = "", None
    for line in filter(None, FACTS.read_text(encoding="utf-8").splitlines()[1:]):
        found = LINE.fullmatch(line)
        assert found, line
        day = f"2026-03-{found['day']:0>2}" if found["day"] else day
        if found["time"]:
            yield from [fact] if fact else []
            fact = Fact(f"{day} {found['time']}", found["words"], found["brings"], [])
        elif found["typed"] and fact:
            fact.typed.append(found["typed"])
    yield from [fact] if fact else []


def said(outcome: Outcome) -> list[str]:
    """Give the lines that say what was done, behind a letter if there is one; findings stand indented below."""
    return [line for line in outcome.out.rpartition("\n\n")[2].splitlines() if not line.startswith("  ")]


@pytest.fixture
def lived(journal: Path) -> Path:
    """Type every fact at its moment; each is written, and told in one line that names what it brings."""
    for fact in facts():
        outcomes = [call(*shlex.split(one), folder=journal, COACHLOG_NOW=fact.at) for one in fact.typed]
        assert [one.code for one in outcomes] == [0] * len(fact.typed), (fact, outcomes)
        assert [len(said(one)) for one in outcomes] == [1] * len(fact.typed), (fact, outcomes)
        assert (fact.brings or "") in outcomes[0].out, (fact, outcomes)
    return journal


def test_a_fortnight_brings_what_was_put_in_and_nothing_else(lived: Path) -> None:
    """A check that lists even advice finds three things, each where it was done; eight clients had their facts."""
    checked = call("check", "--json", "--min-severity", "advice", folder=lived, COACHLOG_NOW=EVENING)
    found = [(one["code"], one["client"]) for one in json.loads(checked.out)["findings"]]
    assert found == [("CTC103", "carla-moretti"), ("CTC105", "farid-haddad"), ("SES106", "ines-duarte")]
    assert sorted(code for code, _ in found) == sorted(fact.brings for fact in facts() if fact.brings)
    assert {code for code in CLIENTS if f" {code.partition('-')[0]}" in FACTS.read_text(encoding="utf-8")} == {*CLIENTS}
    assert all(len(fact.typed) in {1, 2} for fact in facts())
