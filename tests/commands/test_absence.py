"""`coachlog absence` and `directory`: what the practice keeps for all clients."""

import re
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, call, call_on_terminal, lay_out

BY_HAND = f"""# mine
{PRACTICE}
absences:   # told two weeks before
- from: 2026-04-06
  to:   2026-04-10   # Easter

x-own: yes
"""
BOOKED = "sessions:\n  - {id: b3xew, at: 2026-08-05 15:00, booked: 2026-03-01 10:00}\n"


def test_an_absence_is_noted_in_the_manner_of_the_file(tmp_path: Path) -> None:
    """The line spells the days out; the sessions in it are named; what was written by hand stays, but for its id."""
    lay_out({**JOURNAL, "coachlog.yaml": BY_HAND, "clients/jane-doe/sessions.yaml": BOOKED}, tmp_path)
    made = call("absence", "add", "3", "aug", "to", "14", "aug", "--reason", "leave", folder=tmp_path)
    found = re.match(r"noted absence (\w{5}): Mon 3 Aug 2026 \(in 125 days\) to Fri 14 Aug 2026; when ", made.out)
    assert (made.code, made.err) == (0, "")
    assert found
    assert "SES117 session-in-absence (jane-doe): Booked for Wed 5 Aug 2026" in made.out.split("\n", 1)[1]
    written = (tmp_path / "coachlog.yaml").read_text()
    easter = re.search(r"^- id: (\w{5})$", written, re.MULTILINE)
    assert easter
    added = f"- id: {found[1]}\n  from: 2026-08-03\n  to: 2026-08-14\n  reason: leave\n"
    by_hand = BY_HAND.replace("- from:", f"- id: {easter[1]}\n  from:")
    assert written == by_hand.replace("# Easter\n", f"# Easter\n{added}")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("tomorrow", "--reason", "illness"), "{id: ID, from: 2026-04-01, to: 2026-04-01, reason: illness}"),
        (("yesterday", "--open"), "{id: ID, from: 2026-03-30}"),
        (("fri", "--to", "+1w", "--told", "today"), "{id: ID, from: 2026-04-03, to: 2026-04-07, told: 2026-03-31}"),
    ],
)
def test_a_day_alone_is_one_day_away(arguments: tuple[str, ...], line: str, tmp_path: Path) -> None:
    """An end that is not known has to be said."""
    lay_out({"coachlog.yaml": PRACTICE}, tmp_path)
    shown = call("absence", "add", *arguments, "--dry-run", folder=tmp_path)
    assert re.sub(r"id: \w{5}", "id: ID", shown.out).splitlines()[-1] == f"+  - {line}"
    assert (tmp_path / "coachlog.yaml").read_text() == PRACTICE


def test_telling_the_clients_is_noted_with_the_absence(tmp_path: Path) -> None:
    """Without a word it is the only one that is left to tell of; a place in the list serves too."""
    lay_out({"coachlog.yaml": BY_HAND}, tmp_path)
    made = call("absence", "told", folder=tmp_path)
    assert ", clients told Tue 31 Mar 2026 (today)\n" in made.out
    assert "to:   2026-04-10   # Easter\n  told: 2026-03-31\n" in (tmp_path / "coachlog.yaml").read_text()
    again = call("absence", "told", "1", "yesterday", "--json", folder=tmp_path)
    assert '"told": "2026-03-30"' in again.out
    listed = call("absence", "list", folder=tmp_path)
    assert listed.out.split("\t")[1:] == ["Mon 6 Apr 2026", "Fri 10 Apr 2026", "-", "Mon 30 Mar 2026\n"]
    assert "CLIENTS TOLD" in call_on_terminal("absence", "list", folder=tmp_path).out


def test_a_person_is_added_to_the_directory(tmp_path: Path) -> None:
    """Text that another tool would read as a number gets its quotes."""
    lay_out({"coachlog.yaml": PRACTICE}, tmp_path)
    made = call("directory", "add", "Dr", "Sam", "Okafor", "--role", "psychologist", "--phone", "441", folder=tmp_path)
    found = re.fullmatch(r"added (\w{5}) to the directory: Dr Sam Okafor, psychologist\n", made.out)
    assert found
    line = f'{{id: {found[1]}, name: Dr Sam Okafor, role: psychologist, phone: "441"}}'
    assert (tmp_path / "coachlog.yaml").read_text() == f"{PRACTICE}directory:\n  - {line}\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("absence", "add"), "is needed, and there is nobody to ask. Say it with DAY."),
        (
            ("absence", "add", "fri", "to", "1 apr"),
            "The last day, Wed 1 Apr 2026, comes before the first, Fri 3 Apr 2026.",
        ),
        (("absence", "add", "fri to 20 apr", "--open"), "An absence with a last day is not open."),
        (("absence", "told"), "No absence is left to tell of."),
        (("directory", "add"), "Their name is needed, and there is nobody to ask. Say it with NAME."),
    ],
)
def test_what_is_refused_is_said_in_one_line(arguments: tuple[str, ...], complaint: str, tmp_path: Path) -> None:
    """What is so, and what to do; the file stays."""
    lay_out({"coachlog.yaml": PRACTICE}, tmp_path)
    refused = call(*arguments, folder=tmp_path)
    assert (refused.code, refused.out) == (2, "")
    assert complaint in refused.err
    assert (tmp_path / "coachlog.yaml").read_text() == PRACTICE
