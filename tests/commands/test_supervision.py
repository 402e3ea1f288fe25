"""`coachlog supervision`: what was brought is on file where the rules look for it, and the agenda names nobody."""

import json
import re
from pathlib import Path

import pytest

from calling import call
from typing_in import ENTER, type_in

JANE = "clients/jane-doe"
CANARY = "CANARY"
FILES = {
    "coachlog.yaml": """format: 1
timezone: Europe/London
office_hours: Mo-Fr 09:00-17:00
supervisor: {name: Priya}
supervision: {every: 3 h, yearly: 2 h}
""",
    "supervision.yaml": f"""supervision:   # mine
  - {{id: q8rtw, date: 2026-02-06, with: Priya, minutes: 75, notes: {CANARY},
     topics: [{{client: jane-doe, concern: h1aaa}}]}}
  - {{id: q9rtw, date: 2026-04-10, topics: [{{about: {CANARY}}}]}}
""",
    f"{JANE}/client.yaml": "name: Jane Doe\n",
    f"{JANE}/contract.yaml": """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    cancellation: {notice: 24 h, late: counts, strikes: 2}
    between_sessions: {via: {email: 24 h}}
""",
    f"{JANE}/sessions.yaml": f"""sessions:
  - {{id: b3xew, at: 2026-01-14 15:00, status: held, notes: {CANARY}}}
  - {{id: c8fhw, at: 2026-02-11 15:00, status: held, minutes: 90, energy: 1, topic: {CANARY}}}
  - {{id: d2nnw, at: 2026-02-25 15:00, status: no-show, cancelled: {{charge: counts}}}}
  - {{id: e2nnw, at: 2026-03-11 15:00, status: no-show, cancelled: {{charge: counts}}}}
  - {{id: f2nnw, at: 2026-03-25 15:00, status: held, minutes: 100, energy: 2, private: {CANARY}}}
""",
    f"{JANE}/contacts.yaml": f"""contacts:
  - {{id: a2aaa, at: 2026-03-02 10:00, from: client, via: email, about: {CANARY}}}
  - {{id: b2bbb, at: 2026-03-04 17:00, from: coach, via: email, reply_to: a2aaa}}
""",
    f"{JANE}/care.yaml": f"""concerns:
  - {{id: h1aaa, noticed: 2026-02-01, kind: dependency, note: {CANARY}, raised: 2026-02-11}}
  - {{id: h2bbb, noticed: 2026-03-05, kind: boundary, note: {CANARY}, decision: continue, decided: 2026-03-06}}
  - {{noticed: 2026-03-06, kind: ethics, note: {CANARY}}}
  - {{id: h4ddd, noticed: 2026-01-20, kind: other, resolved: 2026-02-02}}
""",
    "clients/tom-reid/client.yaml": "name: Tom Reid\n",
    "clients/tom-reid/care.yaml": """concerns:
  - {id: h2bbb, noticed: 2026-03-20, kind: wellbeing}
  - {id: h5eee, noticed: 2026-01-10, kind: harm, decision: continue, decided: 2026-01-15, resolved: 2026-01-20}
""",
}
"""Jane missed two sessions in a row and got a late reply; three of her concerns are open, one has no id yet.

What was decided too late about Tom in January belonged to the supervision of February.
"""

AGENDA = """hours|3 h 10 min of coaching since the supervision of Fri 6 Feb 2026 (53 days ago); it is due after 3 h.
hours|1 h 15 min of supervision in the past year; 2 h is planned.
Client A|concern|dependency, noticed Sun 1 Feb 2026 (58 days ago); raised on Wed 11 Feb 2026; brought here on Fri 6 Feb 2026|-
Client A|concern|boundary, noticed Thu 5 Mar 2026 (26 days ago); not raised with the client yet; not brought here yet; decided on Fri 6 Mar 2026: continue|-
Client A|concern|ethics, noticed Fri 6 Mar 2026 (25 days ago); not raised with the client yet; not brought here yet|-
Client A|pattern|sessions missed or cancelled late, the last on Wed 11 Mar 2026|-
Client A|breach|A reply came later than the contract promises: Wed 4 Mar 2026|CTC105
Client B|concern|wellbeing, noticed Fri 20 Mar 2026 (11 days ago); not raised with the client yet; not brought here yet|-
You|energy|your energy was 0 or 1 in 1 of 2 sessions that you rated|-
"""  # noqa: E501 — as it is printed on a pipe


def test_the_agenda_is_made_of_what_is_open_and_names_nobody(journal: Path) -> None:
    """Kinds, figures and days since the last supervision; the key, and only the key, says who is who."""
    outcome = call("supervision", "agenda", folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.replace("\t", "|") == AGENDA
    keyed = call("supervision", "agenda", "--key", folder=journal).out.removeprefix(outcome.out)
    assert keyed == "key\tClient A is Jane Doe (jane-doe).\nkey\tClient B is Tom Reid (tom-reid).\n"


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_no_form_of_the_agenda_holds_a_name_or_a_note(journal: Path, form: str) -> None:
    """Whatever is handed to a supervisor, nobody is to be found in it."""
    shown = call("supervision", "agenda", "--format", form, "--since", "2025-01-01", folder=journal)
    assert shown.code == 0
    assert "dependency" in shown.out
    assert not re.search(rf"{CANARY}|(?i:jane|doe|tom|reid|priya)", shown.out + shown.err)


def test_the_agenda_tells_programs_what_is_on_it(journal: Path) -> None:
    """With the minutes, the days, and who is who where that is asked for."""
    told = json.loads(call("supervision", "agenda", "--json", "--key", folder=journal).out)
    minutes = (told["coached_minutes"], told["every_minutes"], told["supervised_minutes"], told["yearly_minutes"])
    assert minutes == (190, 180, 75, 120)
    assert told["last_supervision"] == "2026-02-06"
    assert told["key"] == {"Client A": "jane-doe", "Client B": "tom-reid"}
    assert told["clients"][0]["points"][-1]["dates"] == ["2026-03-04"]


def test_a_quiet_practice_has_nothing_to_bring(journal: Path) -> None:
    """It says so kindly; who is who is not told incognito."""
    for path in (journal / "clients").rglob("*.yaml"):
        path.unlink() if path.name != "client.yaml" else None
    assert "Nothing presses" in call("supervision", "agenda", "--format", "md", folder=journal).out
    assert call("supervision", "agenda", "--key", "--incognito", folder=journal).code == 2


CONSULTED = "; that is noted on the concern"
LOGGED = {
    "--minutes 60 --client jane --about workload": (
        "Tue 31 Mar 2026 (today) with Priya, 60 min; brought jane-doe and “workload”",
        "date: 2026-03-31, with: Priya, minutes: 60, topics: [{client: jane-doe}, {about: workload}]",
        "",
    ),
    "yesterday --client jane --concern h2bbb": (
        f"Mon 30 Mar 2026 (yesterday) with Priya; brought jane-doe's concern h2bbb (boundary){CONSULTED}",
        "date: 2026-03-30, with: Priya, topics: [{client: jane-doe, concern: h2bbb}]",
        "decided: 2026-03-06, consulted: NEW}",
    ),
    "--concern jane/3 --format group": (
        f"Tue 31 Mar 2026 (today), group; brought jane-doe's concern 3 (ethics){CONSULTED}",
        "date: 2026-03-31, format: group, topics: [{client: jane-doe, concern: NEW}]",
        "consulted: NEW, id: NEW}|id: NEW, noticed: 2026-03-06, kind: ethics, note: CANARY, consulted: NEW}",
    ),
    "in 2 weeks --concern h1aaa": (
        "Tue 14 Apr 2026 (in 14 days) with Priya; brought jane-doe's concern h1aaa (dependency)",
        "date: 2026-04-14, with: Priya, topics: [{client: jane-doe, concern: h1aaa}]",
        "raised: 2026-02-11}",
    ),
}


@pytest.mark.parametrize("typed", LOGGED)
def test_a_supervision_is_logged_with_what_was_brought(journal: Path, typed: str) -> None:
    """The line says it, the file holds it, and a concern that was brought is consulted on from then on."""
    told, written, noted = LOGGED[typed]
    outcome = call("supervision", "log", *typed.split(), folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    verb = "planned" if "in 14 days" in told else "logged"
    assert re.fullmatch(f"{verb} supervision NEW: {re.escape(told)}\n".replace("NEW", NEW), outcome.out), outcome.out
    assert re.search(re.escape(written).replace("NEW", NEW), (journal / "supervision.yaml").read_text())
    care = (journal / JANE / "care.yaml").read_text()
    assert any(re.search(re.escape(one).replace("NEW", NEW), care) for one in noted.split("|"))


NEW = "[a-z][a-z2-9]{4}"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("--concern h2bbb", "jane-doe and tom-reid each have a concern h2bbb. Name it with its client"),
        ("--concern zzz", "No client has a concern zzz."),
        ("--concern jane/zzz", "No record here is called `zzz`."),
        ("--client nobody", "No client has the code or name `nobody`."),
    ],
)
def test_what_was_brought_is_never_guessed(journal: Path, typed: str, sentence: str) -> None:
    """Nothing is written where it is not clear whose concern it is."""
    before = (journal / "supervision.yaml").read_bytes()
    outcome = call("supervision", "log", *typed.split(), folder=journal)
    assert (outcome.code, outcome.out) == (2, "")
    assert sentence in outcome.err
    assert (journal / "supervision.yaml").read_bytes() == before


def test_on_a_terminal_it_asks_what_was_brought(journal: Path) -> None:
    """Minutes, clients one by one with their open concerns, and anything else; Enter skips each."""
    answers = ["60", "jane", "h2", "tom", ENTER, ENTER, "my own workload", ENTER]
    shown = type_in("supervision", "log", answers=answers, folder=journal).shown
    assert "Which concern (h1aaa dependency, h2bbb boundary, 3 ethics)" in shown
    assert "brought jane-doe's concern h2bbb (boundary), tom-reid and “my own workload”" in shown
    assert CANARY not in shown


def test_the_first_one_begins_the_log_and_is_listed(journal: Path) -> None:
    """Without a file there is one afterwards; the list shows what is planned, and incognito no word."""
    (journal / "supervision.yaml").unlink()
    assert call("supervision", "log", "in", "1", "week", "--about", CANARY, folder=journal).code == 0
    listed = call("supervision", "list", folder=journal).out
    assert re.fullmatch(rf"{NEW}\tTue 7 Apr 2026 \(planned\)\t-\t-\tPriya\t{CANARY}\n", listed)
    hidden = [call("supervision", "list", *more, "--incognito", folder=journal).out for more in ([], ["--json"])]
    assert not re.search(f"{CANARY}|Priya", "".join(hidden))
