"""`coachlog rule`: the list, the pages, the book."""

import json
from pathlib import Path

import pytest

from calling import PRACTICE, call, call_on_terminal, lay_out
from coachlog.rules.book import BOOK, CHAPTERS


def test_the_list_names_every_rule(tmp_path: Path) -> None:
    """Chapter by chapter on a terminal, one rule a line on a pipe."""
    lines = [line.split("\t") for line in call("rule", folder=tmp_path).out.splitlines()]
    assert [line[:2] for line in lines] == [[rule.code, rule.name] for rule in BOOK]
    shown = call_on_terminal("rule", "--color", "never", folder=tmp_path).out
    assert all(f"\n{title}\n" in f"\n{shown}" for title in {CHAPTERS[rule.chapter] for rule in BOOK})


@pytest.mark.parametrize("key", ["CTC105", "ctc105", "late-reply", "Late-Reply"])
def test_a_page_tells_what_why_and_what_to_do(tmp_path: Path, key: str) -> None:
    """A rule is found by code and name, case ignored, and its page has its parts in order."""
    outcome = call("rule", key, folder=tmp_path)
    parts = ["Why it matters", "What to do now", "Options", "It finds", "It finds nothing in", "Crossed on purpose"]
    assert outcome.out.startswith("CTC105 late-reply · breach\n")
    assert [line for line in outcome.out.splitlines() if line in parts] == parts
    assert 'waive: [{rule: CTC105, why: "…"}]' in outcome.out
    assert outcome.code == 0


def test_a_page_says_what_is_in_force_here(tmp_path: Path) -> None:
    """Where there is a journal, its settings stand beside the defaults."""
    lay_out({"coachlog.yaml": PRACTICE + "rules: {late-reply: {severity: warning, grace: 2 h}}\n"}, tmp_path)
    shown = call("rule", "CTC105", folder=tmp_path).out
    assert "(here: 2 h)" in shown
    assert "\n  on, as warning, set in coachlog.yaml:4\n  grace 2 h, set in coachlog.yaml:4\n" in shown
    assert "\n  profile ethics, the default\n" in shown
    told = json.loads(call("rule", "CTC105", "--json", folder=tmp_path).out)["rules"][0]
    assert told["here"] == {
        "on": True,
        "severity": "warning",
        "why": "rules",
        "severity_at": "coachlog.yaml:4",
        "profile": "ethics",
        "profile_at": None,
    }
    assert told["options"] == [{"name": "grace", "default": "0 min", "here": "2 h", "at": "coachlog.yaml:4"}]


SET = """profile: basic
supervision: {every: 20 h}
rules:
  ses101: off
  SES102: warning
  sup102: breach
  CTC105:
    grace: 2 h
"""


@pytest.mark.parametrize(
    ("practice", "code", "told"),
    [
        (SET, "SES101", ["off by `rules:`, set in ../coachlog.yaml:7", "profile basic, set in ../coachlog.yaml:4"]),
        (SET, "SES102", ["off by the profile basic; severity warning, set in ../coachlog.yaml:8"]),
        (SET, "SUP102", ["on, as breach, set in ../coachlog.yaml:9", "every 20 h, set in ../coachlog.yaml:5"]),
        (SET, "CTC105", ["on, as breach", "grace 2 h, set in ../coachlog.yaml:11"]),
        (SET, "ACT101", ["off by the profile basic", "profile basic, set in ../coachlog.yaml:4"]),
        ("", "PRV106", ["off by default", "profile ethics, the default"]),
        ("profile: strict\n", "PRV106", ["on, as advice", "profile strict, set in ../coachlog.yaml:4"]),
        ("rules: {late-reply: {grace: soon}}\n", "CTC105", ["on, as breach", "profile ethics, the default"]),
    ],
)
def test_a_page_says_where_it_was_set(tmp_path: Path, practice: str, code: str, told: list[str]) -> None:
    """Off, severity, options and profile, each with file and line from where the coach stands; or the default."""
    lay_out({"coachlog.yaml": PRACTICE + practice, "clients/jane-doe/client.yaml": "name: Jane Doe\n"}, tmp_path)
    shown = call("rule", code, folder=tmp_path / "clients").out
    section = shown.partition("\nIn this practice\n")[2].partition("\n\n")[0]
    assert [line.strip() for line in section.splitlines()][: len(told)] == told


def test_outside_a_journal_a_page_tells_the_defaults(tmp_path: Path) -> None:
    """Nothing is in force there."""
    shown = call("rule", "CTC109", folder=tmp_path).out
    assert ("In this practice" in shown, "\n  run  3\n" in shown) == (False, True)
    assert json.loads(call("rule", "CTC109", "--format", "json", folder=tmp_path).out)["rules"][0]["here"] is None


def test_a_broken_practice_file_hides_no_page(tmp_path: Path) -> None:
    """The page of JRN101 is wanted most when coachlog.yaml can't be read."""
    lay_out({"coachlog.yaml": "["}, tmp_path)
    assert call("rule", "late-reply", folder=tmp_path).code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("late-replay",), "The nearest: late-reply"),
        (("XYZ999",), "No rule"),
        (("CTC105", "--all"), "--all"),
        (("CTC105", "--format", "yaml"), "'markdown'"),
    ],
)
def test_a_rule_that_is_not_there_is_a_wrong_call(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    """One line names the nearest."""
    outcome = call("rule", *arguments, folder=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1


def test_the_book_has_every_rule_under_its_chapter(tmp_path: Path) -> None:
    """`rule --all` prints the whole book, as Markdown and as JSON."""
    book = call("rule", "--all", "--format", "markdown", folder=tmp_path)
    headings = [line for line in book.out.splitlines() if line.startswith("### ")]
    assert headings == [f"### {rule.code} {rule.name}" for rule in BOOK]
    told = json.loads(call("rule", "--all", "--json", folder=tmp_path).out)["rules"]
    assert [one["code"] for one in told] == [rule.code for rule in BOOK]
    assert all(one["do"] and one["flags"] and one["passes"] for one in told)


def test_a_page_as_markdown_is_that_of_the_book_under_a_heading_of_its_own(tmp_path: Path) -> None:
    """What the practice has set stands behind the default."""
    lay_out({"coachlog.yaml": PRACTICE + "rules: {late-reply: {grace: 2 h}}\n"}, tmp_path)
    page = call("rule", "late-reply", "--format", "markdown", folder=tmp_path).out
    assert page.startswith("# CTC105 late-reply\n")
    assert "- `grace`: 0 min (here: 2 h)\n" in page
    book = call("rule", "--all", "--format", "markdown", "-C", str(tmp_path), folder=tmp_path).out
    assert page.partition("\n")[2] in book


def test_the_list_says_what_is_off_here(tmp_path: Path) -> None:
    """On a terminal in the place of the severity, on a pipe in a field of its own."""
    lay_out({"coachlog.yaml": PRACTICE + "rules: {late-reply: off}\n"}, tmp_path)
    piped = [line.split("\t") for line in call("rule", folder=tmp_path).out.splitlines()]
    assert {code: standing for code, _, _, standing, _ in piped}["CTC105"] == "off"
    shown = call_on_terminal("rule", "--color", "never", folder=tmp_path).out
    assert [line.split()[2] for line in shown.splitlines() if "CTC105" in line] == ["off"]


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_the_list_breaks_no_word_on_a_narrow_terminal(tmp_path: Path, columns: str) -> None:
    """What a rule finds gets lines of its own there."""
    shown = call_on_terminal("rule", folder=tmp_path, COLUMNS=columns, NO_COLOR="1").out.splitlines()
    assert max(map(len, shown)) <= int(columns)
    assert any(line.startswith("         ") for line in shown) == (columns != "200")
