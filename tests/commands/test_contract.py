"""`coachlog contract` and `coachlog goal`: what is agreed, changed, stopped and ended, each in the coach's own file."""

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, call, lay_out
from typing_in import ENTER, type_in

DEFAULTS = """contract:
  sessions: 8
  fee: {amount: 900 GBP, per: package, due: 14 days}  # the usual
  between_sessions: {via: {email: 24 h}, coach_may_start: no}
"""
HEAD = """# Jane, since January
contracts:

- id:   "2026a"     # by hand
  agreed: 2026-01-12
  goals:
  - {id: g1, text: "Lead, with confidence", from: client}
"""
TAIL = """  sessions: 6   # six
  between_sessions: {via: {email: 24 h}}
# until here
"""
UNREAD = "contracts:\n  - {id: 2026a, agreed: 2026-01-12, every: fortnight}\n"
DRAFT = "contracts:\n  - {id: d1, renews: 2026a, sessions: 6}\n"
CONTRACT = "clients/jane-doe/contract.yaml"
SESSIONS = "clients/jane-doe/sessions.yaml"
BOOKED = "sessions:\n  - {id: s1aaa, at: 2026-04-22 15:00}\n"
FILES = {**JOURNAL, "coachlog.yaml": PRACTICE + DEFAULTS, CONTRACT: HEAD + TAIL, "clients/jane-doe/contacts.yaml": ""}
A_PAUSE = "  pauses:\n  - {id: p1, from: 2026-03-20, kind: KIND, discussed: 2026-03-20}\n"


def without_ids(said: str, written: str) -> tuple[str, str]:
    """Put ID where an id was made at random."""
    made = re.compile("|".join({*re.findall(r"\bid: ([a-z][a-z2-9]{4})\b", written), "no id"}))
    return made.sub("ID", said), made.sub("ID", written)


@pytest.mark.parametrize(
    ("files", "command", "said", "written"),
    [
        (
            {CONTRACT: ""},
            'contract new jane --length "60 min" --fee "75 GBP per session"',
            "contract with Jane Doe, 8 sessions of 60 min; coachlog contract agree jane-doe makes it count",
            (
                "    sessions: 8\n    length: 60 min\n    fee: {amount: 75 GBP, per: session, due: 14 days}\n"
                "    between_sessions: {via: {email: 24 h}, coach_may_start: no}\n"
            ),
        ),
        (
            {CONTRACT: "", "coachlog.yaml": PRACTICE},
            'contract new jane --agreed fri --set "between_sessions.via.email=24 h"',
            "contract with Jane Doe, 6 sessions, agreed Fri 27 Mar 2026 (4 days ago)",
            "    agreed: 2026-03-27\n    sessions: 6\n    between_sessions: {via: {email: 24 h}}\n",
        ),
        (
            {CONTRACT: HEAD + TAIL + "- {renews: 2026a, starts: 2026-05-01, sessions: 6}\n"},
            "contract agree jane --form email",
            "by email, Tue 31 Mar 2026 (today), from Fri 1 May 2026 (in 31 days); 2026a ends Thu 30 Apr 2026",
            "  ended: {date: 2026-04-30, by: both, reason: completed, summary: Renewed as",
        ),
        (
            {},
            'contract amend jane --sessions 8 --set "between_sessions.via.phone=2 days" --why no',
            "sessions 8 instead of 6 and between_sessions, agreed Tue 31 Mar 2026 (today)",
            HEAD
            + TAIL.replace(
                "# until",
                '  amendments:\n  - {id: ID, agreed: 2026-03-31, why: "no", set: {sessions: 8, between_sessions: '
                "{via: {email: 24 h, phone: 2 days}}}}\n# until",
            ),
        ),
        (
            {CONTRACT: "contracts:\n- {id: d1, form: signed, sessions: 6}\n- {id: d2, sessions: 4}\n"},
            "contract agree jane --contract d2",
            "agreed d2: contract with Jane Doe, 4 sessions, Tue 31 Mar 2026 (today)\n",
            "- {id: d2, sessions: 4, agreed: 2026-03-31}\n",
        ),
        (
            {CONTRACT: "contracts:\n- {id: d1, form: signed, sessions: 6}\n"},
            "contract agree jane",
            "agreed d1: contract with Jane Doe, 6 sessions, signed, Tue 31 Mar 2026 (today)\n",
            "- {id: d1, form: signed, sessions: 6, agreed: 2026-03-31}\n",
        ),
        (
            {},
            'contract amend jane --set \'between_sessions.via.phone="2 days"\' --set "confidentiality.code=\'tis so"',
            (
                "between_sessions and confidentiality, agreed Tue 31 Mar 2026 (today); "
                "between_sessions: email within 24 h, phone within 2 days; confidentiality: 'tis so\n"
            ),
            '{between_sessions: {via: {email: 24 h, phone: 2 days}}, confidentiality: {code: "\'tis so"}}}\n',
        ),
        (
            {},
            'contract renew jane --agreed today --starts "1 may" --sessions 4 --anyway',
            "from Fri 1 May 2026 (in 31 days), renews 2026a; 2026a ends Thu 30 Apr 2026 (in 30 days)",
            (
                '  sessions: 4\n  goals:\n  - {id: g1, text: "Lead, with confidence", from: client}\n'
                "  between_sessions: {via: {email: 24 h}}\n  renews: 2026a\n"
            ),
        ),
        (
            {SESSIONS: BOOKED},
            'contract pause jane --from "20 apr" --to "11 may" --by both --anyway',
            "(in 20 days) to Mon 11 May 2026; still booked in that time: Wed 22 Apr 2026 15:00 (s1aaa)",
            "  - {id: ID, from: 2026-04-20, to: 2026-05-11, by: both}\n",
        ),
        (
            {CONTRACT: HEAD + TAIL + A_PAUSE.replace("KIND", "pause")},
            "contract resume jane --resolution back",
            "resumed from Tue 31 Mar 2026 (today): 2026a/p1, the pause of Fri 20 Mar 2026",
            "discussed: 2026-03-20, to: 2026-03-30, resolution: back}\n",
        ),
        (
            {},
            'contract hold jane --reason non-payment --discussed today --step "pay invoice 7"',
            "put on hold 2026a (ID): from Tue 31 Mar 2026 (today) until further notice",
            (
                "{id: ID, from: 2026-03-31, kind: hold, by: coach, reason: non-payment, discussed: 2026-03-31, "
                "steps: [pay invoice 7]}\n"
            ),
        ),
        (
            {CONTRACT: HEAD + TAIL + A_PAUSE.replace("KIND", "hold")},
            "contract lift jane p1 --on yesterday --resolution paid",
            "lifted on Mon 30 Mar 2026 (yesterday): 2026a/p1, the hold of Fri 20 Mar 2026",
            "discussed: 2026-03-20, lifted: 2026-03-30, resolution: paid}\n",
        ),
        (
            {SESSIONS: BOOKED},
            'contract end jane --on "10 apr" --by coach --reason relationship --explained fri --booked keep --anyway',
            (
                "ended 2026a: last day Fri 10 Apr 2026 (in 10 days), by coach, relationship; still booked after it: "
                "Wed 22 Apr 2026 15:00 (s1aaa); still missing: supervision, two referrals, "
                "a closing session and a summary"
            ),
            "  ended: {date: 2026-04-10, by: coach, reason: relationship, explained: 2026-03-27}\n",
        ),
        (
            {},
            'goal replace jane g1 "Delegate:" all --agreed "11 feb"',
            "replaced g1 by ID: a goal of Jane Doe in 2026a, agreed Wed 11 Feb 2026 (48 days ago)",
            '  - {id: ID, text: "Delegate: all", from: client, agreed: 2026-02-11, replaces: g1}\n' + TAIL,
        ),
        (
            {},
            "goal reach jane 1",
            "reached 2026a/g1: Tue 31 Mar 2026 (today)",
            "reached: 2026-03-31}\n" + TAIL,
        ),
    ],
)
def test_what_is_agreed_is_written_and_said(
    tmp_path: Path, files: Mapping[str, str], command: str, said: str, written: str
) -> None:
    """One line says what was done, with days spelled out; beside the change the file is as it was."""
    lay_out({**FILES, **files}, tmp_path)
    outcome = call(*shlex.split(command), folder=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    line, text = without_ids(outcome.out, (tmp_path / CONTRACT).read_text())
    assert said in line
    assert written in text
    assert text.startswith(HEAD.split("\n", 1)[0]) == files.get(CONTRACT, HEAD).startswith(HEAD)


@pytest.mark.parametrize(
    ("files", "command", "code", "told"),
    [
        (
            {SESSIONS: BOOKED},
            'pause jane --from "20 apr" --booked keep',
            4,
            "(SES104 session-during-pause). Add --anyway",
        ),
        (
            {SESSIONS: BOOKED},
            "hold jane",
            2,
            "Wed 22 Apr 2026 15:00 (s1aaa). Say what becomes of it: --booked cancel or",
        ),
        ({SESSIONS: BOOKED}, "end jane --by both --reason completed", 2, "1 session is booked for that time"),
        ({}, "end jane --by both --reason completed --closing last", 2, "--kind closing"),
        ({}, "new jane --agreed today", 4, "(2026a) is in force, and two contracts would count at once (CON112"),
        (
            {CONTRACT: HEAD + TAIL + "- {id: d1, sessions: 6}\n"},
            "agree jane --form email",
            4,
            "coachlog contract renew",
        ),
        ({}, 'pause jane --from "20 apr" --to "2 apr"', 2, "lies before"),
        ({}, "resume jane", 2, "No pause of Jane Doe runs today."),
        ({}, "amend jane --set every=soon", 2, "`every`: expected a duration"),
        ({}, "amend jane --set sesions=8", 2, "The nearest: sessions"),
        ({}, "amend jane --sessions 6", 2, "Nothing would change"),
        ({CONTRACT: UNREAD}, "amend jane --sessions 8", 3, f"{CONTRACT}:2: `every` is fortnight: expected a duration"),
        ({}, "end jane --by both", 2, "Say it with --reason."),
        (
            {CONTRACT: HEAD + TAIL.replace("# until", "  ended: {date: 2026-06-30, by: both}\n# until")},
            "end jane --by both",
            2,
            "2026a ends on Tue 30 Jun 2026 (in 91 days). Name another with --contract ID, or change the day:",
        ),
        ({}, "amend jane --set 'every=\"2 weeks'", 2, "can't be read: the quote that opens here is never closed."),
        ({}, "agree jane --form email", 2, "There is no draft to agree on."),
        ({CONTRACT: DRAFT}, "renew jane", 2, "d1 is a draft"),
        ({CONTRACT: ""}, "show jane", 2, "Write one: coachlog contract new jane-doe."),
        ({}, "show jane --contract 2027", 2, "No record here is called `2027`. There is 2026a."),
        ({CONTRACT: HEAD + "  - x: ["}, "end jane", 3, f"{CONTRACT}:9: "),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_written(
    tmp_path: Path, files: Mapping[str, str], command: str, code: int, told: str
) -> None:
    """One line says what is so and what to do."""
    lay_out({**FILES, **files}, tmp_path)
    before = (tmp_path / CONTRACT).read_bytes()
    outcome = call("contract", *shlex.split(command), folder=tmp_path)
    assert (outcome.code, outcome.out) == (code, "")
    assert told in outcome.err
    assert outcome.err.count("\n") == 1
    assert (tmp_path / CONTRACT).read_bytes() == before


def test_a_plan_that_is_waived_is_written_with_the_reason(tmp_path: Path) -> None:
    """The waiver stands on the session that falls into the pause."""
    lay_out({**FILES, SESSIONS: BOOKED}, tmp_path)
    outcome = call("contract", "pause", "jane", "--from", "20 apr", "--waive", "a review", folder=tmp_path)
    assert outcome.code == 0
    assert "waive: [{rule: session-during-pause, why: a review, date: 2026-03-31}]" in (tmp_path / SESSIONS).read_text()


def test_a_dry_run_shows_the_change_and_json_what_was_written(tmp_path: Path) -> None:
    """The first writes nothing; the second prints every field."""
    lay_out(FILES, tmp_path)
    dry = call("contract", "amend", "jane", "--ends", "31 dec", "--dry-run", folder=tmp_path)
    assert (tmp_path / CONTRACT).read_text() == HEAD + TAIL
    assert "+  amendments:\n" in dry.out
    report = json.loads(call("contract", "amend", "jane", "--ends", "31 dec", "--json", folder=tmp_path).out)
    assert (report["schema"], report["written"]) == (1, [CONTRACT])
    assert report["amendments"][0]["set"]["ends"] == "2026-12-31"


def test_the_terms_of_a_day_are_shown_with_what_amended_them(tmp_path: Path) -> None:
    """Before an amendment the old term stands; from its day on the new one, with the reason."""
    amendment = "  amendments:\n  - {id: m1, agreed: 2026-02-02, why: more, set: {sessions: 8}}\n"
    follow_up = "  follow_up: [{id: f1, kind: goals, from: client, when: 1 week after session, via: email}]\n"
    lay_out({**FILES, CONTRACT: HEAD + TAIL + follow_up + amendment}, tmp_path)
    now = call("contract", "show", "jane", folder=tmp_path).out.splitlines()
    assert "goals\t2026a/g1: Lead, with confidence, from the client\t-" in now
    assert "between_sessions\temail within 24 h\t-" in now
    assert "follow_up\t2026a/f1: goals by email, from the client, 1 week after the session\t-" in now
    assert now[0] == "contract\tThe contract of 12 Jan 2026 with Jane Doe (2026a)\tin force on Tue 31 Mar 2026"
    assert "sessions\t8\tsince Mon 2 Feb 2026 (2026a/m1): more" in now
    assert "sessions\t6\t-" in call("contract", "show", "jane", "--on", "1 feb", folder=tmp_path).out.splitlines()
    shown = json.loads(call("contract", "show", "jane", "--json", folder=tmp_path).out)["contracts"][0]
    assert (shown["sessions"], shown["amended"], shown["status"]) == (8, {"sessions": "m1"}, "in force")


def test_what_is_booked_meanwhile_is_cancelled_in_the_same_change(tmp_path: Path) -> None:
    """Each session says who cancelled it, when, why and when the other side heard; the ones beside it stay."""
    booked = BOOKED + "  - {id: s2bbb, at: 2026-04-29 15:00}\n  - {id: s3ccc, at: 2026-05-20 15:00}\n"
    lay_out({**FILES, SESSIONS: booked}, tmp_path)
    pause = ("pause", "jane", "--from", "20 apr", "--to", "11 may", "--by", "client", "--reason", "circumstances")
    outcome = call("contract", *pause, "--booked", "cancel", "--json", folder=tmp_path)
    assert outcome.code == 0
    report = json.loads(outcome.out)
    assert report["written"] == [SESSIONS, CONTRACT]
    assert [(one["record"], one["status"]) for one in report["sessions"]] == [
        ("s1aaa", "cancelled"),
        ("s2bbb", "cancelled"),
    ]
    text = (tmp_path / SESSIONS).read_text()
    said = "at: 2026-03-31 12:00, by: client, reason: circumstances, told: 2026-03-31 12:00"
    assert f"status: cancelled, cancelled: {{{said}, no_rebook: the coaching is paused}}}}" in text
    assert text.endswith("  - {id: s3ccc, at: 2026-05-20 15:00}\n")


def test_an_ending_walks_its_checklist(tmp_path: Path) -> None:
    """Without a flag each point is asked for on a terminal; what is said goes where it belongs, the ending last."""
    held = "  - {id: s0aaa, at: 2026-03-25 15:00, status: held}\n"
    supervision = "supervision: [{id: q8rtw, date: 2026-03-20, with: Priya}]\n"
    lay_out({**FILES, SESSIONS: BOOKED + held, "supervision.yaml": supervision}, tmp_path)
    answers = ("relationship", "coach", "today", "q8rtw", ENTER, "Dr Okafor", "Ola Brand", ENTER, "last", "cancel")
    typed = type_in("contract", "end", "jane", answers=answers, folder=tmp_path)
    assert typed.code == 0
    assert "2 referrals noted; cancelled: Wed 22 Apr 2026 15:00 (s1aaa); still missing: a summary" in typed.shown
    assert "explained: 2026-03-31, supervision: q8rtw}" in (tmp_path / CONTRACT).read_text()
    text = (tmp_path / SESSIONS).read_text()
    assert "by: coach, reason: relationship, told: 2026-03-31 12:00, no_rebook: the contract has ended}" in text
    assert held.replace("}", ", kind: closing}") in text
    assert "to: {name: Ola Brand}" in (tmp_path / "clients/jane-doe/care.yaml").read_text()


def test_an_ending_says_what_it_leaves_open(tmp_path: Path) -> None:
    """Steps, a promise, a contact, money and what is agreed for afterwards; steps may be dropped with the ending."""
    steps = "  - {id: a7kqw, step: Write}\n  - {id: b2pqw, step: Send the book, kind: promise}\n"
    terms = "  fee: {amount: 900 GBP, per: package}\n  after_end: {until: 2026-05-31, via: [email]}\n"
    files = {
        CONTRACT: HEAD + TAIL + terms,
        "clients/jane-doe/actions.yaml": f"actions:\n{steps}",
        "clients/jane-doe/contacts.yaml": "contacts: [{id: e4aaw, at: 2026-03-31 09:30, from: client, via: email}]\n",
    }
    lay_out({**FILES, **files}, tmp_path)
    end = ("contract", "end", "jane", "--reason", "completed", "--by", "both")
    typed = type_in(*end, answers=("today", "Goals met", "keep"), folder=tmp_path, COACHLOG_INCOGNITO="yes")
    assert "Open: 1 step (a7kqw). Keep or drop [Enter skips]: keep\n" in typed.shown
    assert (
        "  open: 1 step (a7kqw)\n  yours to keep: 1 promise (b2pqw)\n  1 contact waits for your answer: " in typed.shown
    )
    lay_out({CONTRACT: files[CONTRACT], SESSIONS: "sessions: [{id: s0aaa, at: 2026-03-30 15:00}]\n"}, tmp_path)
    ended = call(*end, "--steps", "drop", folder=tmp_path).out
    unclosed = "; still to close: the session of Mon 30 Mar 2026 15:00 (coachlog session log jane-doe)"
    assert f"; still missing: a closing session and a summary{unclosed}; yours to keep: 1 promise (b2pqw)" in ended
    assert "; 1 contact waits" in ended
    assert (
        "; not paid: 900 GBP (coachlog statement jane-doe); afterwards: contact until Sun 31 May 2026, by email"
        in ended
    )
    dropped = steps.replace("Write}", "Write, dropped: {date: 2026-03-31, why: the contract has ended}}")
    assert (tmp_path / "clients/jane-doe/actions.yaml").read_text() == f"actions:\n{dropped}"


def test_each_booked_session_can_be_decided_by_itself(tmp_path: Path) -> None:
    """A hold cancels one of two; the other one is kept, which wants to be said."""
    lay_out({**FILES, SESSIONS: BOOKED + "  - {id: s2bbb, at: 2026-04-29 15:00, kind: review}\n"}, tmp_path)
    hold = ("contract", "hold", "jane", "--reason", "non-payment", "--discussed", "today")
    typed = type_in(*hold, answers=("each", "cancel", "keep"), folder=tmp_path)
    assert typed.code == 0
    kept = "still booked in that time: Wed 29 Apr 2026 15:00 (s2bbb)"
    assert f"cancelled: Wed 22 Apr 2026 15:00 (s1aaa); {kept}" in typed.shown


def test_only_what_a_renewal_brings_can_refuse_it(tmp_path: Path) -> None:
    """What the old contract left open is told again, not held against the new one; a medium needs no response time."""
    gaps = HEAD + TAIL.replace("{email: 24 h}", "{email: , phone: 2 days}")
    renew = ("contract", "renew", "jane", "--agreed", "today")
    lay_out({**FILES, CONTRACT: gaps}, tmp_path)
    copied = call(*renew, "--starts", "1 may", folder=tmp_path)
    assert copied.code == 0
    assert "CON104 vague-contact-clause" in copied.out
    assert "between_sessions: {via: {email: , phone: 2 days}}\n  renews: 2026a\n" in (tmp_path / CONTRACT).read_text()
    over = HEAD + TAIL.replace("# until", "  ends: 2026-03-20\n# until").replace("{email: 24 h}", "{email: }")
    lay_out({CONTRACT: over}, tmp_path)
    assert call(*renew, folder=tmp_path).code == 0
    lay_out({CONTRACT: HEAD + TAIL}, tmp_path)
    worse = call(*renew, "--set", "between_sessions={via: {email: , phone: 2 days}}", folder=tmp_path)
    assert (worse.code, "CON104" in worse.err, "CON108" in worse.err) == (4, True, False)


def test_a_new_contract_asks_for_what_is_left_open(tmp_path: Path) -> None:
    """Enter skips, an answer that no contract can hold is asked again, and what is said already is not asked."""
    lay_out({**FILES, CONTRACT: "", "coachlog.yaml": PRACTICE}, tmp_path)
    answers = ["an hour", "50 min", "", "900 GBP", "24 h", "fee", "75 GBP", "email 24 h, phone", "y", ""]
    asked = type_in("contract", "new", "jane", "--sessions", "8", answers=answers, folder=tmp_path)
    assert asked.code == 0
    assert "How long is a session (60 min) [Enter skips]: an hour\n`length`: expected a duration" in asked.shown
    assert (tmp_path / CONTRACT).read_text().partition("sessions: 8\n")[2] == (
        "    length: 50 min\n"
        "    fee: {amount: 900 GBP, per: package}\n"
        "    cancellation: {notice: 24 h, late: fee, late_fee: 75 GBP}\n"
        "    between_sessions: {via: {email: 24 h, phone: }}\n"
        "    confidentiality: {exceptions: [harm, subpoena, consent]}\n"
    )
    lay_out(
        {**FILES, CONTRACT: "", "coachlog.yaml": f"{PRACTICE}contract: {{pro_bono: yes, every: 1 week}}\n"}, tmp_path
    )
    free = type_in("contract", "new", "jane", "--length", "1 h", answers=["", "none", "no", "", ""], folder=tmp_path)
    assert (free.code, "The fee" in free.shown, "How often" in free.shown) == (0, False, False)
    assert "    between_sessions: none\n" in (tmp_path / CONTRACT).read_text()
    assert "Skip this, and write them down: coachlog edit jane-doe contract." in free.shown


def test_two_contracts_at_once_are_wanted_or_waived(tmp_path: Path) -> None:
    """On a terminal the question comes first; a draft is written, with a word on renewing."""
    lay_out(FILES, tmp_path)
    new = ("contract", "new", "jane", "--agreed", "today")
    asked = type_in(*new, answers=("no",), folder=tmp_path)
    assert (asked.code, (tmp_path / CONTRACT).read_text()) == (2, HEAD + TAIL)
    assert "The contract of 12 Jan 2026 (2026a) is in force. Shall both count (yes, no) [no]: " in asked.shown
    draft = call("contract", "new", "jane", "--dry-run", folder=tmp_path)
    assert (draft.code, "To follow on from it: coachlog contract renew jane-doe." in draft.err) == (0, True)
    waived = call(*new, "--waive", "two teams", folder=tmp_path)
    assert (waived.code, "CON112" in waived.out) == (0, False)
    assert "{rule: overlapping-contracts, why: two teams, date: 2026-03-31}" in (tmp_path / CONTRACT).read_text()
