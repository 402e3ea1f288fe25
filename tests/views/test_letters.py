"""What letters speak of: the agreement holds every term, days and hours are said in full."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calling import NOW, lay_out
from coachlog.commands.desk.desk import Desk
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.letters.kinds import KINDS
from coachlog.commands.letters.letter import Asked, addressed
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Terms
from coachlog.model.duration import Duration
from coachlog.model.instant import Instant
from coachlog.render.statement_html import facts_of
from coachlog.render.statement_text import StatementPage, StatementSheet
from coachlog.views.letters.agreement import clauses_of
from coachlog.views.letters.facts import greeted
from coachlog.views.letters.said import hours_said, moment_said, span_said
from coachlog.views.statement import Span, statements
from commands.posted import POSTED

AS_OF = date(2026, 3, 31)
LONDON = ZoneInfo("Europe/London")
PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "letters.md"
CLAUSES = {
    "form": ("signed", "in writing"),
    "starts": ("2026-02-01", "Sunday 1 February 2026"),
    "ends": ("2026-12-31", "Thursday 31 December 2026"),
    "sessions": ("7", "7 sessions"),
    "length": ("90 min", "90 minutes"),
    "every": ("3 weeks", "every 3 weeks"),
    "media": (["in-person", "video"], "in person; if that fails, by video"),
    "goals": ([{"id": "g1", "text": "Lead"}, {"text": "Lead well", "replaces": "g1"}], "Lead well (in place of"),
    "fee": (
        {"amount": "120 USD", "per": "hour", "due": "10 days"},
        "120 USD for each hour. It is due within 10 days of the session.",
    ),
    "pro_bono": ("yes", "free of charge"),
    "cancellation": (
        {"notice": "2 days", "late": "counts", "no_show_after": "20 min", "strikes": "3"},
        "I take it that you are not coming. If three sessions are missed or cancelled late, we talk",
    ),
    "between_sessions": (
        {"via": {"phone": None}, "coach_may_start": "yes", "limit": "unlimited", "rate": "60 GBP per h"},
        "to ask how it goes. You may get in touch as often as you wish. My time for it",
    ),
    "follow_up": ([{"kind": "work", "from": "client", "when": "1 day before session"}], "1 day before each session"),
    "welcome_pack": ("2026-02-03", "Tuesday 3 February 2026"),
    "confidentiality": ({"exceptions": ["harm", "tax-audit"]}, "come to harm or it is a case of tax audit"),
    "sharing": (
        {"with": ["pat"], "what": "goals", "reported_by": "client"},
        "goals, and nothing else; you tell it yourself",
    ),
    "termination": ({}, "at any time"),
    "after_end": ({"until": "2026-12-31", "for": "one question"}, "until Thursday 31 December 2026 for one question"),
}
"""Each term, a value, and what the agreement says of it."""


def written_out(file: ClientFile, terms: dict[str, object]) -> str:
    """Give the agreement of some terms as one text."""
    contract = Contract.model_validate({"agreed": "2026-01-12", **terms}, context={"zone": LONDON})
    return " ".join(sentence for clause in clauses_of(file, contract, AS_OF) for sentence in clause.sentences)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> ClientFile:
    """Give a client of a practice without office hours."""
    root = lay_out(POSTED, tmp_path_factory.mktemp("posted"))
    found = Desk.open(Wishes(journal=str(root), now=NOW)).file("jane-doe")
    return replace(found, practice=found.practice.model_copy(update={"office_hours": None}))


@pytest.mark.parametrize("name", Terms.model_fields)
def test_every_term_of_a_contract_is_in_the_agreement(file: ClientFile, name: str) -> None:
    """In words of its own, and only where it is agreed."""
    value, words = CLAUSES[name]
    assert words in written_out(file, {name: value})
    assert words not in written_out(file, {})


TOGETHER = [
    ({"cancellation": {"late": "free"}}, "A session that you cancel late costs you nothing."),
    ({"cancellation": {"late": "counts"}}, "cancel late, or do not come to, counts as if it had taken place."),
    ({"cancellation": {"strikes": "1"}}, "If a session is missed or cancelled late, we talk"),
    (
        {"cancellation": {}, "sessions": "6", "fee": {"amount": "90", "per": "session"}},
        "you pay nothing for that session, and",
    ),
    (
        {"cancellation": {}, "sessions": "6", "pro_bono": "yes"},
        "I can, and that session does not count as one of those",
    ),
    ({"cancellation": {}, "pro_bono": "yes"}, "I tell you as soon as I can, and we find another time."),
    ({"cancellation": {}, "fee": {"amount": "90", "per": "hour"}}, "I can, and you pay nothing for that session."),
    ({"media": ["video", "phone", "in-person"]}, "We meet by video; if that fails, by phone or in person."),
    ({"sessions": "1", "length": "60 min", "every": "1 week"}, "We meet for one session of 60 minutes."),
    ({"length": "60 min", "every": "6 weeks"}, "We meet for 60 minutes, every 6 weeks."),
    ({"every": "6 weeks"}, "We meet every 6 weeks."),
    (
        {"fee": {"amount": "900", "parts": "2", "due": "1 week"}},
        "then one every month. Each is due within 1 week of that day.",
    ),
    ({"termination": {"notice": "1 month"}}, "with 1 month's notice."),
    ({"termination": {"notice": "14 days"}}, "with 14 days' notice."),
    (
        {"sharing": {"reported_by": "both"}, "confidentiality": {"exceptions": ["harm"]}},
        "Beyond what we have agreed to share, I",
    ),
    ({"between_sessions": {"via": {"phone": None}}}, "You may reach me by phone; I promise no time"),
    ({"renews": "2025a"}, "It follows on from our agreement of Monday 2 June 2025."),
    (
        {"pauses": [{"from": "2026-04-20"}, {"from": "2026-05-20", "kind": "hold"}]},
        "a pause from Monday 20 April 2026.",
    ),
    ({"ends": "2026-07-12", "ended": {"date": "2026-03-01"}}, "from Monday 12 January 2026 to Sunday 1 March 2026."),
    (
        {"amendments": [{"agreed": day, "set": {}} for day in ("2026-02-02", "2026-02-02", "2026-04-02")]},
        "What we changed on Monday 2 February 2026 is part",
    ),
]
"""Terms that bear on each other, and the sentence that says so."""


@pytest.mark.parametrize(("terms", "said"), TOGETHER)
def test_an_agreement_reads_as_one_text(file: ClientFile, terms: dict[str, object], said: str) -> None:
    """No sentence leans on one that is not there, contradicts another, or promises what was not agreed."""
    assert said in written_out(file, terms)


def test_what_is_agreed_as_none_is_said(file: ClientFile) -> None:
    """No contact is an agreement, too."""
    assert "between them we are only in touch to arrange them" in written_out(file, {"between_sessions": "none"})


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("Mo-Fr 09:00-17:00; PH off", "Monday to Friday, 09:00 to 17:00, except on public holidays"),
        ("Mo,We 08:00-12:00,13:00-18:00", "Monday and Wednesday, 08:00 to 12:00 and 13:00 to 18:00"),
        ("Mo-Th 09:00-17:00; Fr 09:00-13:00", "Monday to Thursday, 09:00 to 17:00 and Friday, 09:00 to 13:00"),
        ("24/7", "24/7"),
        ("Mo-Fr sunrise-17:00", "Mo-Fr sunrise-17:00"),
        ("PH off", "PH off"),
        (None, ""),
    ],
)
def test_hours_are_said_in_words(hours: str | None, said: str) -> None:
    """What is intricate stays as it was written."""
    assert hours_said(hours) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ("60 min", "60 minutes"),
        ("1 h 30 min", "1 hour 30 minutes"),
        ("2 working days", "2 working days"),
        ("1 week", "1 week"),
    ],
)
def test_a_span_is_said_in_full(span: str, said: str) -> None:
    """No letter has `min` or `h` in it."""
    assert span_said(Duration.parse(span)) == said


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        (None, "Tuesday 31 March 2026 at 22:30"),
        ("Europe/Lisbon", "Tuesday 31 March 2026 at 22:30"),
        ("America/New_York", "Tuesday 31 March 2026 at 22:30 London time (17:30 in New York)"),
        ("Asia/Tokyo", "Tuesday 31 March 2026 at 22:30 London time (Wednesday 1 April 2026 at 06:30 in Tokyo)"),
    ],
)
def test_a_moment_is_told_by_both_clocks_where_they_differ(theirs: str | None, said: str) -> None:
    """With the day, where that differs as well."""
    moment = Instant.parse("2026-03-31 22:30", LONDON)
    assert moment is not None
    assert moment_said(moment, ZoneInfo(theirs) if theirs else None) == said


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Jane Doe", "Jane"),
        ("Doe, Jane", "Jane"),
        ("Dr. Kim Rao", "Dr. Kim Rao"),
        ("Sade", "Sade"),
        ("Ms Lee", "Ms Lee"),
    ],
)
def test_who_did_not_say_how_is_greeted_by_the_first_name(name: str, called: str) -> None:
    """Behind a title stands the whole name."""
    assert greeted(name) == called


def names(facts: object, way: str = "") -> Iterator[str]:
    """Give every name that leads to a fact; of several records of a list one stands for all."""
    if isinstance(facts, dict):
        for name, value in facts.items():
            yield f"{way}.{name}".lstrip(".")
            yield from names(value, f"{way}.{name}".lstrip("."))
    elif isinstance(facts, list):
        yield from (name for one in facts for name in names(one, way))


def _part(heading: str) -> str:
    """Give what the page on letters says below one of its headings."""
    return PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]


def test_the_page_on_letters_lists_what_the_page_of_a_statement_knows(file: ClientFile) -> None:
    """All of it, and nothing else."""
    found = tuple(statements(file, file.agreements.agreed, Span(None, AS_OF)))
    page = StatementPage("jane-doe", "Jane Doe", "", found)
    known = {name.rpartition(".")[2] for name in names(facts_of(StatementSheet(page, "Alex", "", "")))}
    listed = {name.rpartition(".")[2] for name in re.findall(r"`([a-z_.]+)`", _part("The statement as a page"))}
    assert listed - {"html"} == known - {"coach", "client"}


def test_the_page_on_letters_lists_what_a_letter_knows(tmp_path: Path) -> None:
    """Every name of the facts stands on it, whole or by its last part, and it lists none that is not there."""
    root = lay_out(POSTED, tmp_path)
    desk = Desk.open(Wishes(journal=str(root), now=NOW))
    facts = [addressed(desk, kind, "jane", Asked()).facts for kind in KINDS]
    groups = {name for one in facts for name, value in one.items() if isinstance(value, dict)}
    known = {name for one in facts for name in names(one)}
    listed = re.findall(r"`([a-z_.]+)`", _part("What a letter knows"))
    last = {name.rpartition(".")[2] for name in known}
    words = {
        "counts",
        "fee",
        "free",
        "attendance",
        "goals",
        "progress",
        "client",
        "private",
        "package",
        "hour",
        "month",
    }
    assert {name for name in known - groups if name not in listed and name.rpartition(".")[2] not in listed} == set()
    assert {one for one in listed if one not in known | last | words} == set()
