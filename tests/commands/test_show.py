"""`coachlog show`: a client's timeline, and one record with all that belongs to it."""

import json
from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out
from on_terminal import call_on_warm_terminal

JANE = "clients/jane-doe/"
CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    form: email
    starts: 2026-01-14
    sessions: 6
    goals: [{id: g1, text: Lead, reached: 2026-03-20}]
    fee: {amount: 900 GBP, per: package}
    between_sessions: {via: {email: 24 h}}
    follow_up: [{id: f1, kind: update, from: client, when: 1 week after session, via: email}]
    amendments: [{id: m1, agreed: 2026-02-02, why: more to do, set: {sessions: 8, ends: 2026-09-30}}]
    pauses:
      - {id: p1, from: 2026-02-10, to: 2026-02-12, by: client, reason: circumstances}
      - {id: p2, from: 2026-03-05, kind: hold, by: coach, steps: [pay it], lifted: 2026-03-09, resolution: paid}
    payments: [{id: y1, date: 2026-01-20, amount: 500 GBP, for: a part}, {id: y2, date: 2026-03-01, amount: -50 GBP}]
  - {id: draft, sessions: 3}
  - {id: 2025a, agreed: 2025-01-10, ended: {date: 2025-06-01, by: both, reason: completed, summary: all met}}
"""
SESSIONS = """sessions:
  - id: b3xew
    at: 2026-01-14 15:00
    status: held
    minutes: 65
    via: video
    topic: Delegation
    goal: g1
    with: [pat]
    insights: [I keep what I enjoy, I hand over too late]
    prep: {received: 2026-01-13 20:10, want: How to delegate}
    private: CANARY
  - {id: c8fhw, at: 2026-02-11 15:00, status: cancelled, cancelled: {at: 2026-02-11 08:10, by: coach, reason: illness,
      told: 2026-02-11 08:15, rebooked: d2nnw, charge: free}}
  - {id: n4nsh, at: 2026-02-18 15:00, status: no-show, cancelled: {charge: counts}}
  - {id: d2nnw, at: 2026-03-30 10:00}
  - {id: e6nxt, at: 2026-04-07 10:00, kind: review}
"""
ACTIONS = """actions:
  - {id: a7kqw, step: Hand it over, session: b3xew, due: 2026-01-28, done: 2026-01-27, learned: he wanted it}
  - {id: a8ppp, step: Write the plan, session: b3xew, due: 2026-04-07, updates: [{date: 2026-02-01, note: drafted}],
     part: 2026-02-03}
  - {id: a9mmm, step: Send the book, kind: promise, session: b3xew, dropped: {date: 2026-02-20, why: out of print}}
  - {id: a5zzz, step: Some day}
"""
CONTACTS = """contacts:
  - {id: e4aaw, at: 2026-03-02 10:00, from: client, via: email, for: question, about: the plan}
  - {id: f6juw, at: 2026-03-04 17:00, from: coach, via: email, reply_to: e4aaw}
  - {id: g7juw, at: 2026-03-31 09:00, from: client, via: email}
"""
CARE = """consents: [{id: n2vdw, given: 2026-01-12, form: written, to: pat, for: leader-update, revoked: 2026-06-01}]
disclosures: [{id: w9kkw, date: 2026-03-02, to: pat, basis: consent, consent: n2vdw, what: attendance}]
concerns: [{id: h5ttw, noticed: 2026-03-01, kind: psychological, note: sleepless, raised: 2026-03-04,
  consulted: q8rtw, decision: refer, decided: 2026-03-05, resolved: 2026-03-28}]
referrals: [{id: z4ppw, date: 2026-03-05, concern: h5ttw, to: mw3xw, why: works with sleep, handover: 2026-03-09,
  answer: taken, answered: 2026-03-10}]
leader_updates: [{id: x7aaw, date: 2026-03-20, to: pat, by: client, what: progress}]
feedback: [{id: u3bbw, date: 2026-03-25, text: More challenge}]
"""
FILES = {
    "coachlog.yaml": PRACTICE
    + "absences: [{id: k2mdw, from: 2026-08-03, to: 2026-08-14, reason: leave}]\n"
    + "directory: [{id: mw3xw, name: Dr Sam Okafor}]\n",
    "supervision.yaml": "supervision: [{id: q8rtw, date: 2026-03-06, with: Priya Nair, minutes: 60,"
    " topics: [{client: jane-doe, concern: h5ttw}]}]\n",
    f"{JANE}client.yaml": "name: Jane Doe\nsince: 2026-01-05\nsponsors: [{id: pat, name: Pat Lee}]\n",
    f"{JANE}contract.yaml": CONTRACT,
    f"{JANE}sessions.yaml": SESSIONS,
    f"{JANE}actions.yaml": ACTIONS,
    f"{JANE}contacts.yaml": CONTACTS,
    f"{JANE}care.yaml": CARE,
    "clients/tom-reid/client.yaml": "name: Tom Reid\n",
    "clients/tom-reid/sessions.yaml": "sessions: [{id: b3xew, at: 2026-03-03 10:00}, {id: t2bad, at: never}]\n",
}
STREAM = """Mon 5 Jan 2026|client|-|a client since then|-
Mon 12 Jan 2026|contract|2026a|contract agreed, email: 6 sessions|-
Mon 12 Jan 2026|consent|n2vdw|consent to leader-update, written|to pat
Wed 14 Jan 2026|contract|2026a|contract begins|-
Wed 14 Jan 2026 15:00|session|b3xew|session held, video, 65 min|Delegation
Wed 14 Jan 2026|step|a7kqw|step committed to, due Wed 28 Jan 2026|Hand it over
Wed 14 Jan 2026|step|a8ppp|step committed to, due Tue 7 Apr 2026|Write the plan
Wed 14 Jan 2026|promise|a9mmm|promise made|Send the book
Tue 20 Jan 2026|payment|2026a/y1|paid|500 GBP for a part
Tue 27 Jan 2026|step|a7kqw|step done|he wanted it
Sun 1 Feb 2026|step|a8ppp|news of the step|drafted
Mon 2 Feb 2026|amendment|2026a/m1|contract amended: ends and sessions|more to do
Tue 3 Feb 2026|step|a8ppp|step partly done|Write the plan
Tue 10 Feb 2026|pause|2026a/p1|pause begins by the client: circumstances|-
Wed 11 Feb 2026 15:00|session|c8fhw|session cancelled by the coach: illness, charge free, rebooked as d2nnw|-
Thu 12 Feb 2026|pause|2026a/p1|last day of the pause|-
Wed 18 Feb 2026 15:00|session|n4nsh|session missed, charge counts|-
Fri 20 Feb 2026|promise|a9mmm|promise dropped|out of print
Sun 1 Mar 2026|payment|2026a/y2|refunded|-50 GBP
Sun 1 Mar 2026|concern|h5ttw|concern noticed: psychological|sleepless
Mon 2 Mar 2026|disclosure|w9kkw|disclosure under consent n2vdw|to pat (consent): attendance
Mon 2 Mar 2026 10:00|contact|e4aaw|email from the client, question|the plan
Wed 4 Mar 2026|concern|h5ttw|concern raised with the client|-
Wed 4 Mar 2026 17:00|contact|f6juw|email from the coach, answers e4aaw|-
Thu 5 Mar 2026|hold|2026a/p2|hold begins by the coach|pay it
Thu 5 Mar 2026|concern|h5ttw|concern decided on: refer|-
Thu 5 Mar 2026|referral|z4ppw|referral|to mw3xw: works with sleep
Fri 6 Mar 2026|supervision|q8rtw|supervision, 60 min|with Priya Nair
Mon 9 Mar 2026|hold|2026a/p2|hold lifted|paid
Mon 9 Mar 2026|referral|z4ppw|referral handed over|to mw3xw
Tue 10 Mar 2026|referral|z4ppw|referral taken|to mw3xw
Fri 20 Mar 2026|goal|2026a/g1|goal reached|Lead
Fri 20 Mar 2026|leader update|x7aaw|leader update by the client|to pat: progress
Wed 25 Mar 2026|feedback|u3bbw|feedback from the client|More challenge
Sat 28 Mar 2026|concern|h5ttw|concern resolved|-
Mon 30 Mar 2026 10:00|session|d2nnw|session still booked|-
Tue 31 Mar 2026 09:00|contact|g7juw|email from the client, waits for an answer|-
Tue 7 Apr 2026|step|a8ppp|step due|Write the plan
Tue 7 Apr 2026 10:00|session|e6nxt|review session booked|-
Mon 1 Jun 2026|consent|n2vdw|consent to leader-update revoked|to pat
Wed 30 Sep 2026|contract|2026a|last day of the contract|-
-|contract|draft|draft of a contract: 3 sessions|-
-|step|a5zzz|step|Some day
"""
"""Jane's timeline from 2026 on, as a pipe gets it, without findings and without her code."""
VERDICTS = {"breach", "warning", "advice", "waived"}


def cells(out: str) -> list[list[str]]:
    """Take the lines for a pipe apart."""
    return [one.split("\t") for one in out.splitlines()]


def test_a_timeline_has_every_record_in_one_stream(journal: Path) -> None:
    """By day, what has a time by its time, a step behind its session, and what has no day at the end."""
    rows = cells(call("show", "jane", folder=journal).out)
    assert {row[0] for row in rows} == {"jane-doe"}
    events = ["|".join(row[1:]) for row in rows if row[2] not in VERDICTS and "2025" not in row[1]]
    found = {(row[3], row[4][:6]) for row in rows if row[2] in VERDICTS}
    assert events == STREAM.splitlines()
    assert {("f6juw", "CTC105"), ("d2nnw", "SES108")} <= found


def test_a_finding_stands_under_its_record_on_its_day(journal: Path) -> None:
    """The late reply under the reply; one about an earlier record has a line of its own on its day."""
    rows = cells(call("show", "jane", folder=journal).out)
    at = next(number for number, row in enumerate(rows) if row[4].startswith("CTC105"))
    assert (rows[at][1:4], rows[at - 1][3]) == (["Wed 4 Mar 2026 17:00", "breach", "f6juw"], "f6juw")


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (["--since", "2026-03-28"], "h5ttw", "2026a"),
        (["--until", "2025-12-31"], "2025a", "2025a"),
        (["--since", "2 mar", "--until", "2026-03-02"], "w9kkw", "e4aaw"),
    ],
    ids=str,
)
def test_a_window_keeps_both_its_days(journal: Path, window: list[str], first: str, last: str) -> None:
    """What has no day lies in none."""
    rows = [row for row in cells(call("show", "jane", *window, folder=journal).out) if row[2] not in VERDICTS]
    assert (rows[0][3], rows[-1][3]) == (first, last)


def test_a_terminal_shows_each_day_once_and_parts_what_is_to_come(journal: Path) -> None:
    """Nothing is wider than the screen, and nothing private stands on it."""
    shown = call_on_warm_terminal("show", "jane", "--color", "never", folder=journal).out
    lines = shown.splitlines()
    assert lines[0].startswith("Jane Doe (jane-doe) · contract of 12 Jan 2026")
    assert sum("Wed 14 Jan 2026  " in one for one in lines) == 1
    assert max(map(len, lines)) <= 80
    assert lines.index("Tue 31 Mar 2026 12:00, and from here on what is to come:") < next(
        number for number, one in enumerate(lines) if "step due" in one
    )
    assert "CANARY" not in shown


PAGES = {
    ("jane", "b3xew"): [
        ["session", "b3xew", "jane-doe", "clients/jane-doe/sessions.yaml:2"],
        ["at", "Wed 14 Jan 2026 15:00"],
        ["insights", "I hand over too late"],
        ["prep", "received Tue 13 Jan 2026 20:10, want How to delegate"],
        ["counted", "counts, belongs to contract 2026a"],
        ["names", "goal", "goal 2026a/g1", "jane-doe", "-", "Lead"],
        ["names", "with", "sponsor pat", "jane-doe", "-", "Pat Lee"],
        ["named by", "session", "step a7kqw", "jane-doe", "Wed 14 Jan 2026", "Hand it over"],
    ],
    ("f6juw",): [
        ["reply to", "e4aaw"],
        ["names", "reply_to", "contact e4aaw", "jane-doe", "Mon 2 Mar 2026 10:00", "the plan"],
    ],
    ("e4aaw",): [
        ["answered", "by f6juw, Wed 4 Mar 2026 17:00"],
        ["named by", "reply_to", "contact f6juw", "jane-doe", "Wed 4 Mar 2026 17:00", "-"],
    ],
    ("g7juw",): [["answered", "not yet, due Wed 1 Apr 2026 09:00"]],
    ("a8p",): [["state", "open"], ["updates", "date Sun 1 Feb 2026, note drafted"]],
    ("jane", "2026a"): [
        ["fee", "900 GBP per package"],
        ["follow up", "2026a/f1: update by email, from the client, 1 week after the session"],
        ["amendments", "m1: agreed Mon 2 Feb 2026, set ends Wed 30 Sep 2026, sessions 8, why more to do"],
    ],
    ("jane", "2026a/g1"): [
        ["named by", "goal", "session b3xew", "jane-doe", "Wed 14 Jan 2026 15:00", "Delegation"],
    ],
    ("jane", "next"): [["kind", "review"]],
    ("jane", "2026-02-18"): [["status", "no-show"], ["cancelled", "charge counts"]],
    ("z4ppw",): [
        ["names", "concern", "concern h5ttw", "jane-doe", "Sun 1 Mar 2026", "sleepless"],
        ["names", "to", "colleague mw3xw of the practice", "practice", "-", "Dr Sam Okafor"],
    ],
    ("practice", "q8rtw"): [
        ["supervision", "q8rtw", "practice", "supervision.yaml:1"],
        ["names", "topics", "concern h5ttw of jane-doe", "jane-doe", "Sun 1 Mar 2026", "sleepless"],
        ["named by", "consulted", "concern h5ttw of jane-doe", "jane-doe", "Sun 1 Mar 2026", "sleepless"],
    ],
    ("mw3xw",): [
        ["named by", "to", "referral z4ppw of jane-doe", "jane-doe", "Thu 5 Mar 2026", "to mw3xw: works with sleep"]
    ],
    ("practice",): [["practice", "Mon 3 Aug 2026", "absence", "k2mdw", "away until Fri 14 Aug 2026", "leave"]],
}


@pytest.mark.parametrize("words", PAGES, ids=" ".join)
def test_one_record_has_all_its_fields_and_what_belongs_to_it(journal: Path, words: tuple[str, ...]) -> None:
    """In plain words, with its file and line; never what is private."""
    outcome = call("show", *words, folder=journal)
    rows = cells(outcome.out)
    assert (outcome.code, [one for one in PAGES[words] if one not in rows]) == (0, [])
    assert "CANARY" not in outcome.out


def test_a_page_on_a_terminal_names_the_finding_below(journal: Path) -> None:
    """Names in a column of their own, and the finding with its sentence."""
    lines = call_on_warm_terminal("show", "f6juw", "--color", "never", folder=journal).out.splitlines()
    assert lines[:3] == [
        "Contact f6juw · Jane Doe (jane-doe)",
        "clients/jane-doe/contacts.yaml:3",
        "at        Wed 4 Mar 2026 17:00",
    ]
    assert "names     contact e4aaw, Mon 2 Mar 2026 10:00 (reply_to): the plan" in lines
    assert "breach CTC105 late-reply" in lines


REFUSALS = {
    ("b3xew",): (
        2,
        "`b3xew` is session b3xew of jane-doe and session b3xew of tom-reid. Say whose: coachlog show jane-doe b3xew.",
    ),
    ("nobody",): (2, "No client and no record is called `nobody`."),
    ("jane", "zzz"): (2, "No record of jane-doe is called `zzz`."),
    ("practice", "zzz"): (2, "No record of the practice is called `zzz`."),
    ("jane", "a"): (2, "`a` can mean step a7kqw of jane-doe, step a8ppp of jane-doe, promise a9mmm of jane-doe"),
    ("tom", "t2bad"): (3, "clients/tom-reid/sessions.yaml:1: `at` is never: expected a day and a time"),
    ("f6juw", "--since", "today"): (2, "--since and --until are for a timeline."),
}


@pytest.mark.parametrize("words", REFUSALS, ids=" ".join)
def test_what_is_not_one_record_is_one_line(journal: Path, words: tuple[str, ...]) -> None:
    """It names what it could mean, and whose it is."""
    code, sentence = REFUSALS[words]
    outcome = call("show", *words, folder=journal)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (code, "", 1)
    assert sentence in outcome.err


def test_programs_get_every_field(journal: Path) -> None:
    """An event with its record and findings; a record with what belongs to it."""
    events = json.loads(call("show", "jane", "--json", folder=journal).out)["events"]
    reply = next(one for one in events if one["record"] == "f6juw")
    assert (reply["date"], reply["event"]) == ("2026-03-04", "email from the coach, answers e4aaw")
    assert (reply["fields"]["reply_to"], [one["code"] for one in reply["findings"]]) == (["e4aaw"], ["CTC105"])
    assert all(set(one) == set(reply) for one in events)
    told = call("show", "jane", "b3xew", "--json", folder=journal).out
    assert ("CANARY" in told, "private" in told) == (False, False)
    (record,) = json.loads(call("show", "f6juw", "--json", folder=journal).out)["records"]
    assert record["names"] == [{"field": "reply_to", "client": "jane-doe", "noun": "contact", "record": "e4aaw"}]


def test_two_records_of_one_client_with_one_id_are_both_shown(tmp_path: Path) -> None:
    """An id need be unique in its own list alone."""
    twin = {f"{JANE}actions.yaml": "actions: [{id: b3xew, step: Twin}]\n"}
    outcome = call("show", "jane", "b3xew", folder=lay_out({**FILES, **twin}, tmp_path))
    assert [row[0] for row in cells(outcome.out) if row[1] == "b3xew"] == ["session", "step"]
