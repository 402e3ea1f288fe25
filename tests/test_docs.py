"""The documents say what the program does: their examples are read and judged by it."""

import re
from pathlib import Path

import pytest

from calling import call
from coachlog.store.load import load_journal

ROOT = Path(__file__).resolve().parent.parent
PLACES = {
    "coachlog.yaml": "coachlog.yaml",
    "supervision.yaml": "supervision.yaml",
    **{f"{name}.yaml": f"clients/jane-doe/{name}.yaml" for name in ("client", "contract", "sessions", "actions")},
    **{f"{name}.yaml": f"clients/jane-doe/{name}.yaml" for name in ("contacts", "care")},
}


def blocks_of_the_format_page() -> list[tuple[str, str]]:
    """Give the YAML block of each file that the page describes."""
    text = (ROOT / "docs/format.md").read_text(encoding="utf-8")
    return re.findall(r"^## (\w+\.yaml)\n```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("name", "block"), blocks_of_the_format_page(), ids=lambda value: value[:16])
def test_every_field_on_the_format_page_is_read(name: str, block: str, tmp_path: Path) -> None:
    """Each block of the page is a whole legal file: a coach may copy it as it stands."""
    files = {"coachlog.yaml": "format: 1\ntimezone: Europe/London\n", PLACES["client.yaml"]: "name: Jane Doe\n"}
    for place, text in {**files, PLACES[name]: block}.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, encoding="utf-8")
    journal = load_journal(tmp_path)
    assert [(problem.place, problem.message) for problem in journal.problems] == []
    assert journal.supervision or journal.clients[0].record_count or name in {"coachlog.yaml", "client.yaml"}


def test_the_format_page_describes_every_file() -> None:
    """No file of a journal is left to guessing."""
    assert {name for name, _ in blocks_of_the_format_page()} == set(PLACES)


@pytest.mark.parametrize("page", sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))), ids=lambda page: page.name)
def test_links_between_the_documents_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that is there."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    ("page", "words"), [("rules.md", ("rule", "--all")), ("commands.md", ("help", "--all"))], ids=["rules", "commands"]
)
def test_a_page_is_printed_by_the_program(page: str, words: tuple[str, ...], tmp_path: Path) -> None:
    """`coachlog rule --all --format markdown` is the page of the rules to the letter; likewise that of the commands."""
    printed = call(*words, "--format", "markdown", folder=tmp_path)
    assert printed.out == (ROOT / "docs" / page).read_text(encoding="utf-8")
