"""`--incognito`: no name, no code, no text and no money on the screen, whatever a command says."""

import re
import shlex
from pathlib import Path

import pytest

from calling import call, lay_out
from typing_in import ENTER, type_in

CANARIES = re.compile(r"zorblax|quimby|halcyon|oster|pimlico|okafor|canary|987|555", re.IGNORECASE)
"""Words of the people, the texts and the sums that stand in the journal below."""
PRACTICE = """format: 1
timezone: Europe/London
currency: GBP
office_hours: Mo-Fr 09:00-17:00
coach: {name: Halcyon Brook, email: halcyon@example.org}
supervisor: {name: Wendeline Oster}
absences: [{id: aw2ay, from: 2026-08-03, to: 2026-08-14, reason: canary leave}]
directory: [{id: mw3xw, name: Dr Sam Okafor, role: canary-healer, phone: "555"}]
"""
CLIENT = """name: Zorblax Quimby
email: zorblax@example.org
called: Quimby
heard_from: canary friend
sponsors: [{id: pat, name: Pimlico Vane, organisation: Pimlico Ltd}]
tags: [canary]
"""
CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    goals: [{id: g1, text: "canary: lead", measure: canary said so}]
    fee: {amount: 987 GBP, per: package}
    cancellation: {notice: 2 working days, late: fee, late_fee: 987}
    between_sessions: {via: {email: , phone: 2 days}, rate: 987 GBP per h}
    sharing: {with: [pat], what: [canary]}
    amendments: [{id: m1, agreed: 2026-02-02, why: canary asked, set: {sessions: 8}}]
"""
SESSIONS = """# canary's sessions
sessions:
  - {id: b3xew, at: 2026-03-03 15:00, status: held, topic: "canary topic", notes: "canary notes", private: canary own}
  - {id: c2www, at: 2026-03-30 10:00}
  - {id: d2nnw, at: 2026-04-01 10:00, topic: canary next}
"""
ACTIONS = "actions: [{step: canary without an id}, {id: a7kqw, step: canary step, session: b3xew, due: 2026-04-01}]\n"
CONTACTS = "contacts: [{id: e4aaw, at: 2026-03-31 09:30, from: client, via: email, about: canary question}]\n"
OWN = "clients/zorblax/"
FILES = {
    "coachlog.yaml": PRACTICE,
    f"{OWN}client.yaml": CLIENT,
    f"{OWN}contract.yaml": CONTRACT,
    f"{OWN}sessions.yaml": SESSIONS,
    f"{OWN}actions.yaml": ACTIONS,
    f"{OWN}contacts.yaml": CONTACTS,
    f"{OWN}care.yaml": "referrals: [{id: z4ppw, date: 2026-03-05, to: {name: Dr Quimby Okafor}, why: canary}]\n",
}
LOOKING = """client list
client show zorblax
contract show zorblax
session list zorblax
session show zorblax b3xew --private
contact list zorblax
action list zorblax
absence list
show zorblax
show zorblax 2026a
show zorblax b3xew
show a7kqw
show z4ppw
show practice
show practice mw3xw
search canary --private
search zorblax
search pimlico --client zorblax
today
brief zorblax
check
"""
WRITING = """client add Zorblax Okafor --code okafor
contract new zorblax
contract new zorblax --agreed today
contract amend zorblax --fee "987 EUR" --why "canary again"
contract renew zorblax --starts "1 may"
contract pause zorblax --from "1 apr" --to "1 apr" --booked cancel
contract end zorblax --on today --by coach --reason relationship --refer "Dr Pimlico" --booked cancel --summary canary
goal add zorblax the canary sings
goal reach zorblax g1
session book zorblax 9 apr 15:00
session move zorblax next 10 apr --by client
session cancel zorblax d2nnw --by client --reason work --note "canary note" --via email
session log zorblax c2www --topic "a canary" --done a7 --step "feed the canary" --private "canary own"
session no-show zorblax c2www --note "canary note"
contact log zorblax email about the canary --charged "987 GBP"
contact reply zorblax
action add zorblax teach a canary
action done zorblax a7kqw --learned "canaries sing"
action drop zorblax a7kqw the canary flew
absence add 1 jun to 2 jun --reason "canary trip"
absence told aw2ay
directory add Dr Zorblax Okafor --role canary --phone 555
concern add zorblax ethics canary again
refer zorblax --to "Pimlico Oster" --phone 555 --why "a canary" --compensation "987 GBP"
consent add zorblax --to okafor --for ai --form email --scope canary
disclose zorblax canary --to pimlico --basis consent
sponsor add zorblax Quimby Oster --role canary
waive zorblax e4aaw late-reply --why "canary asked"
delete zorblax d2nnw --yes
client rename zorblax okafor
fmt
fmt --check
"""


@pytest.mark.parametrize("command", [*LOOKING.splitlines(), *WRITING.splitlines()])
def test_nothing_tells_who_it_is_or_what_was_said(tmp_path: Path, command: str) -> None:
    """Neither what is printed, nor the diff of a dry run, nor JSON, nor an error; what is written is whole."""
    forms = [["--json"], []] if command in LOOKING else [["--dry-run"], ["--json"], []]
    for form in forms:
        folder = lay_out(FILES, tmp_path / "".join(form))
        outcome = call("--incognito", *shlex.split(command), *form, folder=folder)
        assert outcome.code in {0, 1, 4}, outcome.err
        assert not CANARIES.search(f"{outcome.out}{outcome.err}")


def test_a_question_tells_no_more_than_an_answer(tmp_path: Path) -> None:
    """What is asked of a step, a goal or a message is asked by its id; what is typed stands there all the same."""
    lay_out(FILES, tmp_path)
    answers = (ENTER,) * 12
    logged = type_in("--incognito", "session", "log", "zorblax", "c2www", answers=answers, folder=tmp_path)
    assert (logged.code, "a7kqw, …: done" in logged.shown, "g1 …" in logged.shown) == (0, True, True)
    cancel = ("session", "cancel", "zorblax", "d2nnw", "--by", "client", "--reason", "work")
    cancelled = type_in("--incognito", *cancel, answers=(ENTER,) * 5, folder=tmp_path)
    assert (cancelled.code, "late: fee (…)" in cancelled.shown) == (0, True)
    assert not CANARIES.search(logged.shown + cancelled.shown)


def test_a_wrong_call_names_nobody_either(tmp_path: Path) -> None:
    """The client that two names could mean, the booked sessions, the file that is broken."""
    lay_out({**FILES, "clients/zorba/client.yaml": "name: Zorblax Oster\n"}, tmp_path)
    calls = ("client show zorb", "contract resume zorblax", "contract pause zorblax")
    outcomes = [call("--incognito", *one.split(), folder=tmp_path) for one in calls]
    (tmp_path / OWN / "sessions.yaml").write_text("sessions: [{", encoding="utf-8")
    outcomes.append(call("--incognito", "session", "log", "zorblax", folder=tmp_path))
    assert [one.code for one in outcomes] == [2, 2, 2, 3]
    told = [outcome.err.replace("zorb` ", "") for outcome in outcomes]
    assert not [one for one in told if CANARIES.search(one)]
