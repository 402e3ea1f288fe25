"""`coachlog`, `coachlog today`: what is owed and what is coming, what matters most first."""

import json
from pathlib import Path

import pytest

from calling import PRACTICE, call, call_on_terminal, lay_out
from coachlog.cli import COMMANDS
from coachlog.commands.desk.opening import Wishes
from coachlog.commands.judging.day import gathered
from coachlog.commands.judging.on_file import recalled

FILES = {
    "coachlog.yaml": PRACTICE,
    "clients/jane-doe/client.yaml": "name: Jane Doe\n",
    "clients/jane-doe/contract.yaml": """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    between_sessions: {via: {email: 24 h, text: }}
""",
    "clients/jane-doe/sessions.yaml": """sessions:
  - {id: s1, at: 2026-03-10 15:00, status: held}
  - {id: s2, at: 2026-03-30 15:00}
  - {id: s3, at: 2026-03-31 15:00, via: video, prep: {received: 2026-03-30 20:10}}
  - {id: s4, at: 2026-04-07 10:00}
  - {id: s5, at: 2026-04-08 10:00}
""",
    "clients/jane-doe/contacts.yaml": """contacts:
  - {id: c1, at: 2026-03-25 10:00, from: client, via: email}
  - {id: c2, at: 2026-03-30 16:00, from: client, via: email}
  - {id: c3, at: 2026-03-31 09:00, from: client, via: text}
  - {id: c4, at: 2026-03-31 10:00, from: client, via: email}
  - {id: c5, at: 2026-03-29 22:00, from: coach, via: text}
""",
    "clients/jane-doe/actions.yaml": """actions:
  - {id: a1, step: Send the article, kind: promise, due: 2026-03-20}
  - {id: a2, step: Ask Lee, due: 2026-03-28}
  - {id: a3, step: Write it down, due: 2026-03-25}
  - {id: a4, step: Rest, due: 2026-03-25, done: 2026-03-26}
  - {id: a5, step: Call Sam, due: 2026-03-31}
""",
}
"""A Tuesday at noon: one answer is overdue, one due today, one tomorrow, and for one no time was promised."""
DAY = (
    ("Now", "15:00  Jane Doe, session 3 of 6, video · prep form came Mon 30 Mar · 3 open steps", "brief jane"),
    ("Owed", "Jane Doe was promised an answer by Thu 26 Mar 10:00 (email, 6 days ago)", "draft reply-late jane"),
    ("Owed", "Jane Doe waits for an answer (text, 3 h ago; no time was promised)", "contact reply jane"),
    ("Owed", "Jane Doe wants an answer by 16:00 (email, 20 h ago)", "contact reply jane"),
    ("Owed", "Jane Doe wants an answer by Wed 1 Apr 10:00 (email, 2 h ago)", "contact reply jane"),
    ("Owed", "Jane Doe: 1 promise of yours overdue since Fri 20 Mar", "action done jane a1"),
    ("To close", "Mon 30 Mar 15:00, Jane Doe: still booked", "session log jane"),
    ("Waiting", "Jane Doe: 2 steps overdue since Wed 25 Mar", "action list jane"),
    ("Ahead", "Tue 7 Apr 10:00  Jane Doe, session 4 of 6", None),
    ("Breaches", "Jane Doe: 2 breaches", "check jane"),
)
"""Label, sentence and command of each line."""


@pytest.mark.parametrize("arguments", [(), ("today",)])
def test_a_pipe_gets_one_thing_a_line(journal: Path, arguments: tuple[str, ...]) -> None:
    """Label, client, sentence and command, in the order in which they matter; it exits with 0 whatever is owed."""
    outcome = call(*arguments, folder=journal)
    assert [tuple(line.split("\t")) for line in outcome.out.splitlines()] == [
        (label, "jane-doe", words, f"coachlog {command}" if command else "-") for label, words, command in DAY
    ]
    assert (outcome.code, outcome.err) == (0, "")


def test_a_terminal_gets_the_hour_each_label_once_and_what_to_type(journal: Path) -> None:
    """The sentences are the same as on a pipe."""
    shown = call_on_terminal("--color", "never", folder=journal, COLUMNS="120").out.splitlines()
    assert shown[0] == "Tue 31 Mar 2026 12:00 · office open until 17:00"
    rows = shown[1 : len(DAY) + 1]
    assert [row[9:].partition("   ")[0].partition("  coachlog")[0] for row in rows] == [words for _, words, _ in DAY]
    assert [row[:9].strip() for row in rows if row[:9].strip()] == list(dict.fromkeys(label for label, _, _ in DAY))
    assert {row.index("coachlog") for row in rows if "coachlog" in row} == {rows[0].index("coachlog")}
    assert shown[-1].startswith("coachlog check says")


@pytest.mark.parametrize(("days", "ahead"), [("0", []), ("6", []), ("7", ["s4"]), ("8", ["s4", "s5"])], ids=str)
def test_the_days_ahead_are_as_many_as_asked(journal: Path, days: str, ahead: list[str]) -> None:
    """The last of them counts to its end."""
    told = json.loads(call("today", "--days", days, "--json", folder=journal).out)["today"]
    assert [one["record"] for one in told if one["kind"] == "session"] == ["s3", *ahead]


def test_json_has_every_field_of_everything(journal: Path) -> None:
    """Absent ones too; an instant has its offset, and what stands for several records names none."""
    told = json.loads(call("today", "--json", folder=journal).out)
    assert list(told) == ["schema", "now", "office", "days", "today", "next"]
    assert told["now"] == "2026-03-31T12:00:00+01:00"
    assert told["office"] == {"closes": "2026-03-31T17:00:00+01:00", "opens": None}
    assert len({tuple(one) for one in told["today"]}) == 1
    by_kind = {one["kind"]: one for one in reversed(told["today"])}
    assert by_kind["reply"]["due"] == "2026-03-26T10:00:00+00:00"
    assert (by_kind["promise"]["record"], by_kind["promise"]["day"]) == ("a1", "2026-03-20")
    assert (by_kind["step"]["record"], by_kind["step"]["count"]) == (None, 2)
    assert (by_kind["session"]["number"], by_kind["session"]["of"], by_kind["session"]["count"]) == (3, 6, 3)
    assert (by_kind["session"]["prep"], by_kind["session"]["command"]) == ("received", "coachlog brief jane")
    assert (told["next"]["record"], told["next"]["at"]) == ("s5", "2026-04-08T10:00:00+01:00")


def test_a_client_whose_contract_is_over_is_owed_no_answer_and_no_step(journal: Path) -> None:
    """A promise is still a promise, and a session that nobody closed is still to be closed."""
    ended = "    ended: {date: 2026-03-30, by: both, reason: completed, explained: 2026-03-30}\n"
    lay_out({"clients/jane-doe/contract.yaml": FILES["clients/jane-doe/contract.yaml"] + ended}, journal)
    told = json.loads(call("today", "--json", folder=journal).out)["today"]
    assert {one["kind"] for one in told} & {"reply", "promise", "step", "to-close"} == {"promise", "to-close"}


@pytest.mark.parametrize(
    ("now", "office"),
    [
        ("2026-03-31 18:00", " · office closed until Wed 1 Apr 2026 09:00"),
        ("2026-03-31 08:00", " · office closed until Tue 31 Mar 2026 09:00"),
    ],
)
def test_a_quiet_day_says_so_and_when_the_office_opens(tmp_path: Path, now: str, office: str) -> None:
    """A practice without clients has a day, too."""
    lay_out({"coachlog.yaml": PRACTICE}, tmp_path)
    shown = call_on_terminal("--now", now, folder=tmp_path).out
    assert office in shown
    assert "Nothing is owed, and nothing is booked for these days. Enjoy them." in shown
    assert call("--now", now, folder=tmp_path).out == ""


@pytest.mark.parametrize(
    ("now", "labels"), [("2026-03-30", ["Owed"]), ("2026-04-03", ["Owed"]), ("2026-04-04", []), ("2026-05-20", [])]
)
def test_a_boundary_that_was_crossed_is_told_once_and_for_a_week(tmp_path: Path, now: str, labels: list[str]) -> None:
    """A reminder that was not sent stays a finding; it is no news of each day that is to come."""
    root = lay_out(
        {
            "coachlog.yaml": PRACTICE,
            "clients/jo-day/client.yaml": "name: Jo Day\n",
            "clients/jo-day/contract.yaml": "contracts:\n  - {id: a, agreed: 2026-01-12, welcome_pack: 2026-01-12,"
            " follow_up: [{id: f1, kind: reminder, when: 3 days after session}]}\n",
            "clients/jo-day/sessions.yaml": "sessions: [{id: s1, at: 2026-03-24 10:00, status: held}]\n",
        },
        tmp_path,
    )
    shown = call("--now", f"{now} 12:00", folder=root).out
    assert [one.partition("\t")[0] for one in shown.splitlines()] == labels
    assert "FUP101" in call("--now", f"{now} 12:00", "check", "--format", "concise", folder=root).out


def test_a_breach_of_the_practice_itself_is_its_own(tmp_path: Path) -> None:
    """What no client is concerned in stands under the practice."""
    lay_out({"coachlog.yaml": PRACTICE, "supervision.yaml": "supervision:\n  - {date: soon}\n"}, tmp_path)
    assert call(folder=tmp_path).out == "Breaches\tpractice\tThe practice: 1 breach\tcoachlog check\n"


def test_incognito_says_of_nobody_who_it_is(journal: Path) -> None:
    """Names and codes are masked in every line."""
    shown = call("--incognito", folder=journal).out
    assert "Client A" in shown
    assert "client-a" in shown
    assert "ane" not in shown


def test_a_practice_file_that_cannot_be_read_stops_it(journal: Path) -> None:
    """One line with file, line and what to do."""
    lay_out({"coachlog.yaml": "format: 1\ntimezone: Mars/Base\n"}, journal)
    outcome = call(folder=journal)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("coachlog: coachlog.yaml:2: `timezone`")
    assert outcome.err.endswith(" Mend that line, then try again.\n")
    assert outcome.err.count("\n") == 1


def test_a_narrow_terminal_has_each_command_at_the_end_or_below(journal: Path) -> None:
    """No line is wider than the screen, no word is broken, and no command is lost."""
    lay_out({"clients/jane-doe/client.yaml": "name: Jane Alexandra van der Doe-Montgomery\n"}, journal)
    shown = call_on_terminal("--color", "never", folder=journal, COLUMNS="50").out.splitlines()
    rows = shown[1 : shown.index("")]
    assert max(map(len, rows)) <= 50
    assert " ".join("".join(rows).split()).count("Montgomery") == len(DAY)
    assert all(row[8] == " " for row in rows)
    assert [row.rpartition("  ")[2] for row in rows if "coachlog" in row] == [
        f"coachlog {one}" for *_, one in DAY if one
    ]


KINDS = {
    "coachlog.yaml": PRACTICE
    + """currency: GBP
supervision: {every: 2 h}
absences: [{id: k2mdw, from: 2026-04-06, to: 2026-04-10}]
coach: {credential_expires: 2026-05-01}
rules: {SES112: off}
""",
    "clients/ana-ruiz/client.yaml": "name: Ana Ruiz\nsponsors: [{id: pat, name: Pat Lee}]\n",
    "clients/ana-ruiz/contract.yaml": """contracts:
  - id: 2026a
    agreed: 2026-03-20
    sessions: 6
    ends: 2026-04-09
    every: 2 weeks
    fee: {amount: 900 GBP, per: package, due: 7 days}
    cancellation: {notice: 24 h, late: counts}
    between_sessions: {via: {email: 24 h}}
    goals: [{id: g1, text: Lead}, {id: g2, text: Delegate, agreed: 2026-03-24, replaces: g1}]
    follow_up:
      - {id: f1, kind: reminder, when: 1 week after session, via: email}
      - {id: f2, kind: prep-form, when: 2 days before session, via: email}
      - {id: f3, kind: goals, from: client, when: 2026-03-30, via: email}
""",
    "clients/ana-ruiz/sessions.yaml": """sessions:
  - {id: s1, at: 2026-03-24 11:00, status: held, minutes: 90}
  - {id: s2, at: 2026-03-27 11:00, status: no-show}
  - {id: s3, at: 2026-04-02 15:00}
  - {id: s4, at: 2026-04-03 15:00, status: cancelled, cancelled: {at: 2026-03-31 09:00, by: coach, reason: illness}}
""",
    "clients/ana-ruiz/actions.yaml": """actions:
  - {id: a1, step: Canary one, session: s1, due: 2026-04-01}
  - {id: a2, step: Canary two, session: s1, follow_up: {every: day, by: 10:00, until: 2026-04-02, nudge: yes}}
""",
    "clients/ana-ruiz/contacts.yaml": """contacts:
  - {id: c1, at: 2026-03-31 10:00, from: client, via: email, for: work, about: canary}
  - {id: c2, at: 2026-03-30 10:00, from: sponsor, via: email, for: complaint}
""",
    "clients/ana-ruiz/care.yaml": """consents:
  - {id: n2vdw, given: 2026-01-12, form: written, to: pat, for: leader-update, until: 2026-04-05}
concerns:
  - {id: h1, noticed: 2026-03-30, kind: harm, note: canary}
  - {id: h2, noticed: 2026-03-30, kind: medical, note: canary, raised: 2026-03-30, decision: refer, decided: 2026-03-31}
  - {id: h3, noticed: 2026-03-30, kind: engagement}
""",
    "clients/ben-oak/client.yaml": "name: Ben Oak\n",
    "clients/ben-oak/contract.yaml": """contracts:
  - id: 2025a
    agreed: 2025-09-01
    sessions: 2
    welcome_pack: 2025-09-01
    fee: {amount: 100 GBP, per: session}
    pauses: [{id: p1, from: 2026-03-20, kind: hold, by: coach, reason: non-payment, discussed: 2026-03-20}]
""",
    "clients/ben-oak/sessions.yaml": """sessions:
  - {id: s1, at: 2026-03-02 11:00, status: held, minutes: 60}
  - {id: s2, at: 2026-02-02 11:00, status: held, minutes: 60}
""",
    "clients/cara-may/client.yaml": "name: Cara May\n",
    "clients/cara-may/contract.yaml": """contracts:
  - id: 2025a
    agreed: 2025-09-01
    sessions: 1
    welcome_pack: 2025-09-01
""",
    "clients/cara-may/sessions.yaml": "sessions: [{id: s1, at: 2026-03-02 11:00, status: held}]\n",
}
"""A Tuesday on which there is something of nearly every kind."""
TOLD = (
    ("Owed", "Ana Ruiz: concern (harm); act on it, by today", "concern decide ana h1"),
    ("Owed", "Ana Ruiz is to be told by Wed 1 Apr 09:00 that Fri 3 Apr 15:00 is off", "draft cancellation ana"),
    ("Owed", "Ana Ruiz wants an answer by Wed 1 Apr 10:00 (work sent in, email, 2 h ago)", "contact reply ana"),
    ("Owed", "Ana Ruiz: welcome pack, not sent yet (the first session was Tue 24 Mar)", "draft welcome ana"),
    ("Owed", "Ana Ruiz: reminder of two steps, due today", "draft reminder ana"),
    ("Owed", "Ana Ruiz: prep form, due today by 15:00", "draft prep-form ana"),
    ("Owed", "Supervision is due: 4 h 30 min coached, planned every 2 h", "supervision agenda"),
    ("Owed", "Ana Ruiz: a nudge that was asked for, due today (no update for today)", "draft nudge ana"),
    ("Owed", "You are away Mon 6 Apr to Fri 10 Apr; 3 clients to be told", "absence told k2mdw"),
    ("Owed", "Ana Ruiz: concern (medical); give two or three names, by Tue 14 Apr", "refer ana --concern h2"),
    (
        "To close",
        "Cara May: the one session is used, the last Mon 2 Mar; say goodbye, or agree on more",
        "contract end cara",
    ),
    ("To close", "Ana Ruiz: Fri 27 Mar 11:00 was missed; decide what it costs", "edit ana s2"),
    ("To close", "Ana Ruiz: Fri 3 Apr was cancelled, and nothing is booked in its place", "session book ana"),
    ("Waiting", "Ben Oak: 200 GBP overdue, the oldest since Mon 2 Feb", "draft payment-reminder ben"),
    ("Waiting", "Ana Ruiz: 900 GBP due since Fri 27 Mar", "draft invoice ana"),
    ("Waiting", "Ana Ruiz: goals by the client, expected yesterday, not come yet", "-"),
    ("Ahead", "Ana Ruiz: an open concern (engagement), noticed yesterday, nothing decided", "concern decide ana h3"),
    ("Ahead", "Ana Ruiz: 1 step due tomorrow", "action done ana a1"),
    ("Ahead", "Thu 2 Apr 15:00  Ana Ruiz, session 2 of 6 · prep form not sent yet · 2 open steps", "-"),
    ("Ahead", "Ana Ruiz: consent (leader update) runs out Sun 5 Apr", "consent add ana"),
    ("Ahead", "Ana Ruiz's contract ends in 9 days (Thu 9 Apr), 5 sessions left", "contract renew ana"),
    ("Ahead", "Ben Oak is on hold since Fri 20 Mar; look at it by Sun 19 Apr", "contract lift ben"),
    ("Ahead", "Ana Ruiz: the sponsor has not heard of the new goal; due Thu 23 Apr", "draft leader-update ana"),
    ("Ahead", "Your credential expires Fri 1 May", "-"),
)
"""Label, sentence and command of each: a dash where there is nothing to be done."""


def test_each_kind_has_its_sentence_and_its_command(tmp_path: Path) -> None:
    """Read aloud they are what a colleague would say; no text of the client's is among them."""
    out = call(folder=lay_out(KINDS, tmp_path)).out
    rows = [(label, words, command) for label, _, words, command in (line.split("\t") for line in out.splitlines())]
    assert rows == [(label, words, f"coachlog {does}" if does != "-" else does) for label, words, does in TOLD]
    assert "anary" not in out


AGREED = "contracts:\n  - {id: a, agreed: 2026-01-12, welcome_pack: 2026-01-12, "
RARER: tuple[tuple[dict[str, str], str], ...] = (
    (
        {"contacts": "contacts: [{id: c1, at: 2026-03-30 10:00, from: sponsor, via: email, for: complaint}]"},
        "Owed|Jo Day: a complaint came in by email; answer it, or note a concern by Mon 6 Apr|concern add jo",
    ),
    (
        {"contract": AGREED + "pauses: [{from: 2026-03-20, kind: hold}]}"},
        "Owed|Jo Day is on hold since Fri 20 Mar; talk about it|draft hold jo",
    ),
    (
        {"contract": AGREED + "pauses: [{from: 2026-02-01, kind: hold, discussed: 2026-02-01, lifted: 2026-03-01}]}"},
        "To close|Jo Day: the hold was lifted Sun 1 Mar; note what came of it|edit jo contract",
    ),
    (
        {"contract": AGREED + "pauses: [{from: 2026-03-20, to: 2026-04-05}]}"},
        "Ahead|Jo Day's pause ends Sun 5 Apr|session book jo",
    ),
    (
        {"contract": AGREED + "pauses: [{from: 2026-02-01}]}"},
        "Ahead|Jo Day is paused since Sun 1 Feb, until further notice|contract resume jo",
    ),
    (
        {"contract": AGREED + "pauses: [{from: 2026-03-01, to: 2026-03-20}]}"},
        "To close|Jo Day: the pause ended Fri 20 Mar, and nothing is booked|session book jo",
    ),
    (
        {"contract": AGREED + "sessions: 2}", "sessions": "sessions: [{at: 2026-03-02 10:00, status: held}]"},
        "Ahead|Jo Day: one session left of 2; close with it, or agree on more|contract renew jo",
    ),
    (
        {"contract": AGREED + "ended: {date: 2026-04-01, by: both, reason: completed, explained: 2026-03-20}}"},
        "Ahead|Jo Day's contract ends as agreed tomorrow|-",
    ),
    (
        {"contract": AGREED + "every: 2 weeks}", "sessions": "sessions: [{at: 2026-03-20 10:00, status: held}]"},
        "Ahead|Jo Day: nothing is booked; the agreed rhythm has the next one by Fri 3 Apr|session book jo",
    ),
    (
        {"contacts": "contacts: [{id: c1, at: 2026-03-02 10:00, from: sponsor, via: email, for: complaint}]"},
        "Owed|Jo Day: a complaint of Mon 2 Mar by email has no answer yet|contact reply jo --to c1",
    ),
    (
        {
            "contract": AGREED + "follow_up: [{id: f1, kind: reminder, when: 1 week after session, via: text}]}",
            "sessions": "sessions: [{at: 2026-03-24 10:00, status: held}]",
        },
        "Owed|Jo Day: reminder, was due 11:00|contact log jo text --from coach --for reminder",
    ),
    (
        {"contract": AGREED + "sessions: 3, ends: 2026-04-02}\n  - {id: b, sessions: 6}"},
        "Ahead|Jo Day's contract ends in 2 days (Thu 2 Apr), 3 sessions left|contract renew jo",
    ),
    (
        {"contract": AGREED + "sessions: 3, ends: 2026-04-02}\n  - {id: b, renews: a}"},
        "Ahead|Jo Day's contract ends in 2 days (Thu 2 Apr), 3 sessions left|contract agree jo",
    ),
    (
        {
            "client": "name: Jo Day\nsponsors: [{id: pat, name: Pat}]",
            "contract": AGREED + "goals: [{id: g1, text: Lead}, {id: g2, text: Go, agreed: 2026-03-10, replaces: g1}]}",
        },
        (
            "Ahead|Jo Day: the sponsor has not heard of the new goal; due Thu 9 Apr"
            "|sponsor update jo --by client --goal-change g2"
        ),
    ),
    (
        {
            "contract": AGREED + "ended: {date: 2026-03-30, by: both, reason: completed, explained: 2026-03-20}}",
            "sessions": "sessions: [{id: s1, at: 2026-05-06 10:00}]",
        },
        "To close|Wed 6 May 10:00, Jo Day: still booked after the ending|session cancel jo s1",
    ),
    (
        {
            "../../coachlog": PRACTICE + "absences: [{from: 2026-04-13, to: 2026-04-14, told: 2026-03-01}]",
            "sessions": "sessions: [{id: s1, at: 2026-04-14 10:00}]",
        },
        "Ahead|Tue 14 Apr 10:00  Jo Day, session · you are away then|session move jo s1",
    ),
    (
        {
            "client": "name: Jo Day\nsponsors: [{id: pat, name: Pat}]",
            "contract": AGREED + "sessions: 9}",
            "sessions": "sessions: [{at: 2026-03-02 10:00, status: held}, {at: 2026-03-16 10:00, status: held}]",
        },
        (
            "Ahead|Jo Day: the sponsor has not been met with the client yet; best by session 3"
            "|session book jo --kind three-way"
        ),
    ),
    (
        {
            "care": "concerns: [{id: h1, noticed: 2026-03-20, kind: psychological, raised: 2026-03-20,"
            " decision: refer, decided: 2026-03-28}]\n"
            "referrals: [{date: 2026-03-30, concern: h1, to: {name: Dr Sam, phone: '1'}}]",
        },
        (
            "Owed|Jo Day: concern (psychological); one name was given; give another to choose from, by today"
            "|refer jo --concern h1"
        ),
    ),
    (
        {"../../supervision": "supervision: [{date: 2026-04-02, with: Priya}]"},
        "Ahead|Supervision Thu 2 Apr|supervision agenda",
    ),
    (
        {"../../coachlog": PRACTICE + "absences: [{from: 2026-03-30, to: 2026-04-03, told: 2026-03-01}]"},
        "Now|You are away until Fri 3 Apr|-",
    ),
    (
        {"../../coachlog": PRACTICE + "absences: [{from: 2026-04-04, told: 2026-03-01}]"},
        "Ahead|You are away Sat 4 Apr until further notice|-",
    ),
    (
        {"../../coachlog": PRACTICE + "coach: {credential_expires: 2026-03-01}"},
        "Owed|Your credential expired Sun 1 Mar|-",
    ),
)
"""What is kept of a client, and the line of it."""


@pytest.mark.parametrize(("kept", "line"), RARER)
def test_what_is_rarer_has_its_sentence_too(tmp_path: Path, kept: dict[str, str], line: str) -> None:
    """Pauses and holds, endings, leave: each alone on a day."""
    laid = {f"clients/jo-day/{name}.yaml": f"{text}\n" for name, text in kept.items()}
    out = call(
        folder=lay_out({"coachlog.yaml": PRACTICE, "clients/jo-day/client.yaml": "name: Jo Day", **laid}, tmp_path)
    ).out
    rows = [(label, words, does.removeprefix("coachlog ")) for label, _, words, does in map(_parts, out.splitlines())]
    assert [row for row in rows if row[0] != "Breaches"] == [tuple(line.split("|"))]


def _parts(line: str) -> list[str]:
    return line.split("\t")


def test_every_command_that_is_offered_is_one() -> None:
    """What stands at the right can be typed."""
    names = sorted((name for name, *_ in COMMANDS), key=len, reverse=True)
    offered = [does for *_, does in (*TOLD, *DAY, *(line.split("|") for _, line in RARER)) if does and does != "-"]
    assert [one for one in offered if not any(f"{one} ".startswith(f"{name} ") for name in names)] == []


@pytest.mark.parametrize(
    ("practice", "gone"),
    [
        ("rules: {CON114: off, SUP102: off, PRA105: off}\n", {"welcome", "supervision", "credential"}),
        ("rules: {CTC106: off, SES108: off}\n", set()),
        ("waive: [{rule: SUP102, why: canary}]\n", {"supervision"}),
    ],
)
def test_what_the_coach_has_switched_off_or_waived_is_not_told(tmp_path: Path, practice: str, gone: set[str]) -> None:
    """A reminder that nobody wants is gone with its rule; a client who waits for an answer is told of all the same."""
    kinds = {**KINDS, "coachlog.yaml": KINDS["coachlog.yaml"].replace("rules: {SES112: off}\n", "")}
    root = lay_out(kinds, tmp_path)
    before = {one["kind"] for one in json.loads(call("today", "--json", folder=root).out)["today"]}
    lay_out({"coachlog.yaml": kinds["coachlog.yaml"] + practice}, root)
    after = {one["kind"] for one in json.loads(call("today", "--json", folder=root).out)["today"]}
    assert before - after == gone


def test_what_can_not_be_read_is_not_guessed(journal: Path) -> None:
    """Whether an answer came nobody knows while the contacts are unreadable; that something may be missing is said."""
    lay_out({"clients/jane-doe/contacts.yaml": "contacts: ["}, journal)
    outcome = call(folder=journal)
    assert "answer" not in outcome.out
    assert "session 3 of 6" in outcome.out
    assert outcome.err.startswith("coachlog: Not everything could be read")
    assert outcome.code == 0


MOMENTS = {
    "08:58": [("08:58", True), ("08:59", True), ("09:01", False)],
    "14:30": [("14:59", True), ("15:01", False)],
    "16:30": [("16:59", True), ("17:00", False)],
    "20:00": [("23:59", True)],
}
"""When a day was kept, and whether it still holds later: not once the office opens or closes, or a time has passed."""


@pytest.mark.parametrize("files", [FILES, KINDS], ids=["one client", "all kinds"])
@pytest.mark.parametrize("kept", MOMENTS)
def test_a_day_on_file_says_what_reading_again_would_say(files: dict[str, str], kept: str, tmp_path: Path) -> None:
    """It is kept for as long as it holds, and not a minute longer."""
    root = lay_out(files, tmp_path)
    gathered(root, Wishes(now=f"2026-03-31 {kept}"), 7)
    for later, holds in MOMENTS[kept]:
        warm = recalled(root, Wishes(now=f"2026-03-31 {later}"))
        assert (warm is not None) == holds
        if warm:
            (tmp_path / ".coachlog/index").rename(tmp_path / ".coachlog/aside")
            assert warm.day == gathered(root, Wishes(now=f"2026-03-31 {later}"), 7).day
            (tmp_path / ".coachlog/aside").rename(tmp_path / ".coachlog/index")
