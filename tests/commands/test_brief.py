"""`coachlog brief`: a client on one screen before a session."""

import json
from pathlib import Path

import pytest

from calling import PRACTICE, call, call_on_terminal, lay_out

FILES = {
    "coachlog.yaml": PRACTICE + "currency: GBP\n",
    "clients/jane-doe/client.yaml": """name: Jane Doe
called: Janey
pronouns: she/her
timezone: America/New_York
sponsors: [{id: pat, name: Pat Lee}]
""",
    "clients/jane-doe/contract.yaml": """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 3
    ends: 2026-04-20
    media: [video, phone]
    fee: {amount: 300 GBP, per: package, due: 14 days}
    cancellation: {notice: 24 h, late: counts}
    between_sessions: {via: {email: 24 h}}
    goals: [{id: g1, text: Lead the team}, {id: g2, text: Delegate, replaces: g1, from: sponsor}]
    welcome_pack: 2026-01-13
    amendments: [{id: m1, agreed: 2026-03-20, set: {sessions: 2, length: 45 min}}]
""",
    "clients/jane-doe/sessions.yaml": """sessions:
  - id: s1
    at: 2026-03-10 15:00
    status: held
    topic: Delegation
    outcome: Know what to hand over
    insights: [I keep what I enjoy]
    notes: said
    private: PRIVATE CANARY
  - id: s2
    at: 2026-03-31 15:00
    topic: The roadmap
    private: PRIVATE CANARY
    prep: {sent: 2026-03-29 09:00, received: 2026-03-30 20:10, since: Two hard weeks, want: How to say no}
""",
    "clients/jane-doe/actions.yaml": """actions:
  - {id: a1, step: Hand the draft to Lee, session: s1, due: 2026-03-20, done: 2026-03-19, learned: Lee wanted it}
  - {id: a2, step: Say no once, session: s1, due: 2026-03-25}
  - {id: a3, step: An article, session: s1, kind: promise, due: 2026-04-02}
  - {id: a4, step: Long ago, done: 2026-02-01}
""",
    "clients/jane-doe/contacts.yaml": """contacts:
  - {id: c0, at: 2026-03-01 10:00, from: client, via: email, for: success, about: before}
  - {id: c1, at: 2026-03-12 10:00, from: client, via: email, for: success, about: It went well}
  - {id: c2, at: 2026-03-30 18:00, from: client, via: email, for: question, about: Can the plan change?}
""",
    "clients/jane-doe/care.yaml": """concerns:
  - {id: h1, noticed: 2026-03-10, kind: engagement, note: NOTE CANARY, raised: 2026-03-10}
  - {id: h2, noticed: 2026-02-10, kind: other, resolved: 2026-03-01}
""",
}
SHOWN = """Jane Doe (called Janey, she/her)
Session 2 of 2: today 15:00 (in 3 h), video, 45 min; 10:00 for the client
Last     Tue 10 Mar, 21 days ago: Delegation
         wanted: Know what to hand over
         insight: I keep what I enjoy
Steps    overdue  Say no once (due Wed 25 Mar)
         open     your promise: An article (due Thu 2 Apr)
         done     Hand the draft to Lee (Thu 19 Mar); learned: Lee wanted it
Prep     came Mon 30 Mar 20:10
         want: How to say no
         since: Two hard weeks
         topic: The roadmap
Contacts Mon 30 Mar 18:00  Janey, email, question: Can the plan change?; waits
           for an answer
         Thu 12 Mar 10:00  Janey, email, success: It went well
Concerns engagement, noticed Tue 10 Mar, raised Tue 10 Mar, undecided
"""
"""What comes first of a screen of 80 by 50."""


def briefed(folder: Path, *arguments: str) -> dict[str, object]:
    """Give the brief of Jane as programs get it."""
    told: dict[str, list[dict[str, object]]] = json.loads(
        call("brief", "jane", "--json", *arguments, folder=folder).out
    )
    return told["briefs"][0]


def test_a_screen_has_all_that_matters_in_order(journal: Path) -> None:
    """Who, which session and what time that is for the client; what came of the last one; and what is agreed."""
    shown = call_on_terminal("--color", "never", "brief", "jane", folder=journal, COLUMNS="80", LINES="50").out
    assert shown.startswith(SHOWN)
    rest = shown.removeprefix(SHOWN)
    assert "warning ACT105: Due on Wed 25 Mar 2026; 6 days later it is still open." in rest
    assert [line[9:] for line in rest[rest.index("Contract") :].splitlines()] == [
        "number: the last one of this contract: close, or agree on more",
        "ends: runs out on Mon 20 Apr 2026",
        "amended: length and sessions, agreed Fri 20 Mar 2026",
        "unpaid: 300 GBP, since Mon 26 Jan 2026",
        "goal: Delegate (from the sponsor)",
        "cancellation: 24 h notice, late counts",
        "media: video; if that fails, phone",
        "contact: email within 24 h",
    ]


@pytest.mark.parametrize("lines", [12, 16, 24])
def test_it_fits_the_screen_and_counts_the_rest(journal: Path, lines: int) -> None:
    """Every part has a line at least; nothing is wider than the screen, and the prompt still has its place."""
    shown = call_on_terminal(
        "--color", "never", "brief", "jane", folder=journal, COLUMNS="80", LINES=str(lines)
    ).out.splitlines()
    assert len(shown) < lines
    assert max(map(len, shown)) <= 80
    labels = [line[:9].strip() for line in shown[2:] if line[:9].strip()]
    assert labels == ["Last", "Steps", "Prep", "Contacts", "Concerns", "Findings", "Contract"]
    assert any(line.endswith(" more") for line in shown)


def test_a_pipe_gets_one_fact_a_line_and_nothing_is_cut(journal: Path) -> None:
    """Each begins with the part that it belongs to."""
    rows = [line.split("\t") for line in call("brief", "jane", folder=journal).out.splitlines()]
    assert rows[0] == ["client", "jane-doe", "Jane Doe (called Janey, she/her)"]
    assert ["steps", "done     Hand the draft to Lee (Thu 19 Mar); learned: Lee wanted it"] in rows
    assert not any(row[-1].endswith("…") for row in rows)


def test_json_has_every_field(journal: Path) -> None:
    """Days and moments as they stand in the files, the client's own time with its offset."""
    told = briefed(journal)
    session, steps = told["session"], told["steps"]
    assert isinstance(session, dict)
    assert isinstance(steps, list)
    assert (session["number"], session["of"], session["planned_minutes"]) == (2, 2, 45)
    assert session["at_client"] == "2026-03-31T10:00:00-04:00"
    assert [(one["record"], one["state"], one["overdue"]) for one in steps] == [
        ("a1", "done", False),
        ("a2", "open", True),
        ("a3", "open", False),
    ]
    assert [one["record"] for one in told["contacts"]] == ["c1", "c2"]  # type: ignore[attr-defined]
    assert [one["record"] for one in told["concerns"]] == ["h1"]  # type: ignore[attr-defined]
    assert {"code", "message", "severity"} <= set(told["findings"][0])  # type: ignore[index]


@pytest.mark.parametrize("arguments", [(), ("--json",)])
def test_private_words_and_the_words_of_a_concern_are_never_shown(journal: Path, arguments: tuple[str, ...]) -> None:
    """A screen may be seen by the client."""
    out = call("brief", "jane", *arguments, folder=journal).out
    assert "CANARY" not in out
    assert "private" not in out


def test_incognito_hides_who_it_is_and_what_was_said(journal: Path) -> None:
    """Days, numbers and media stay."""
    out = call("--incognito", "brief", "jane", folder=journal).out
    assert "client\tclient-a\tClient A" in out
    assert "session\tSession 2 of 2: today 15:00" in out
    words = ("ane", "Lee", "roadmap", "Delegat", "300", "New_York", "Two hard", "article", "pat")
    assert [word for word in words if word in out] == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {},
            [
                "session\tNo session is booked.",
                "last\tno session has been held yet",
                "contract\tin force: none, and none was agreed yet",
            ],
        ),
        (
            {"sessions": "sessions: [{at: 2026-03-20 10:00}]"},
            ["session\tSession: Fri 20 Mar 10:00 (11 days ago), 60 min"],
        ),
        (
            {"contract": "contracts: [{agreed: 2025-01-01, ends: 2025-06-01}]"},
            ["contract\tin force: none; the last was over on Sun 1 Jun 2025"],
        ),
        (
            {"contract": "contracts: [{agreed: 2026-01-01, pauses: [{from: 2026-03-01, kind: hold, steps: [pay]}]}]"},
            ["contract\thold: on hold from Sun 1 Mar 2026", "contract\tto resolve: pay"],
        ),
    ],
)
def test_a_client_of_whom_little_is_known_has_a_brief(tmp_path: Path, files: dict[str, str], said: list[str]) -> None:
    """What there is not is said, and nothing is made up."""
    laid = {f"clients/tom-reid/{name}.yaml": text for name, text in files.items()}
    lay_out({"coachlog.yaml": PRACTICE, "clients/tom-reid/client.yaml": "name: Tom Reid", **laid}, tmp_path)
    out = call("brief", "tom", folder=tmp_path).out.splitlines()
    assert [line for line in said if line not in out] == []


def test_a_broken_file_is_remarked_upon(journal: Path) -> None:
    """The rest is shown."""
    lay_out({"clients/jane-doe/contacts.yaml": "contacts: ["}, journal)
    outcome = call("brief", "jane", folder=journal)
    assert "Session 2 of 2" in outcome.out
    assert outcome.err.startswith("coachlog: Not all of this client could be read")
