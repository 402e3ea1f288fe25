"""The duty of care: what is noticed, decided, referred, consented to and told, each in a line."""

import json
import re
import shlex
from pathlib import Path

import pytest

from calling import PRACTICE, call
from typing_in import ENTER, type_in

OWN = "clients/jane-doe/"
CARE = f"""{OWN}care.yaml"""
DIRECTORY = """directory:
  - {id: okafor, name: Dr Sam Okafor, role: psychologist, phone: "+44 20 7946 0101"}
  - {id: west, name: Mary West, role: counsellor, url: https://west.example}
"""
CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    goals: [{id: g1, text: Lead}, {id: g2, text: Delegate, replaces: g1, agreed: 2026-03-02}]
    confidentiality: {exceptions: [harm, subpoena, consent, required-by-law]}
    sharing: {with: [pat], what: [attendance], reported_by: client}
"""
KEPT = """consents:
  - {id: n2vdw, given: 2026-01-12, form: written, to: pat, for: leader-update, scope: [attendance, goals]}
  - {id: n3old, given: 2026-01-12, form: email, to: west, for: referral, until: 2026-03-20}
concerns:
  - {id: h5ttw, noticed: 2026-03-20, kind: psychological, note: CANARY sleepless}
  - {id: h6old, noticed: 2026-02-02, kind: boundary, note: CANARY late mails, resolved: 2026-02-20}
referrals:
  - {id: z4ppw, date: 2026-03-24, to: west}
"""
FILES = {
    "coachlog.yaml": PRACTICE + DIRECTORY,
    "supervision.yaml": "supervision:\n  - {id: q8rtw, date: 2026-03-25, with: Priya Nair, minutes: 60}\n",
    f"{OWN}client.yaml": "name: Jane Doe\nsponsors:\n  - {id: pat, name: Pat Lee, role: VP Product}\n",
    f"{OWN}contract.yaml": CONTRACT,
    CARE: KEPT,
    "clients/sam-lee/client.yaml": "name: Sam Lee\n",
}
"""Jane's care is kept, one record a line; nothing of Sam's is yet. It is Tue 31 Mar 2026."""

FACTS = [
    (
        "concern add jane dependency writes each night --noticed fri --consulted q8rtw",
        "{id: ID, noticed: 2026-03-27, kind: dependency, note: writes each night, consulted: q8rtw}",
        "noted ID: a concern of kind dependency about Jane Doe, noticed Fri 27 Mar 2026 (4 days ago)",
    ),
    (
        "concern add jane --kind harm what he said",
        "{id: ID, noticed: 2026-03-31, kind: harm, note: what he said}",
        "(today); by Wed 1 Apr 2026: coachlog refer jane-doe, coachlog disclose jane-doe, or coachlog concern decide",
    ),
    (
        "concern raise jane",
        "note: CANARY sleepless, raised: 2026-03-31}",
        "raised h5ttw (psychological) with Jane Doe: ",
    ),
    ("concern raise jane yesterday", "raised: 2026-03-30}", "Mon 30 Mar 2026 (yesterday)"),
    (
        "concern decide jane refer",
        "note: CANARY sleepless, decision: refer, decided: 2026-03-31}",
        "decided h5ttw (psychological, Jane Doe): refer, Tue 31 Mar 2026 (today); next, give them names: coachlog",
    ),
    ("concern decide jane h5 --decision end --on fri --consulted last", "consulted: q8rtw, decision: end", "27 Mar"),
    ("concern decide jane --consulted q8rtw", "sleepless, consulted: q8rtw}", "talked over in supervision"),
    (
        "concern resolve jane h5ttw 29 mar",
        "sleepless, resolved: 2026-03-29}",
        "resolved h5ttw (psychological, Jane Doe)",
    ),
    ("refer jane west --answer declined", "to: west, answer: declined", "noted on z4ppw (a referral of Jane Doe)"),
    (
        "concern handover jane west 19 mar",
        "to: west, consent: n3old, handover: 2026-03-19",
        "Thu 19 Mar 2026 (12 days ago)",
    ),
    (
        "refer jane --to okafor",
        "{id: ID, date: 2026-03-31, concern: h5ttw, to: okafor}",
        "for h5ttw, Tue 31 Mar 2026 (today); h5ttw: decided to refer; one person so far; two or three are a choice",
    ),
    ("refer jane --to okafor --concern h5", "sleepless, decision: refer, decided: 2026-03-31}", "decided to refer"),
    (
        'refer jane --to "Dr Lee" --phone 44 --why sleep --compensation "50 GBP" --compensation-told mon --on mon',
        '{name: Dr Lee, phone: "44"}, why: sleep, compensation: 50 GBP, compensation_told: 2026-03-30}',
        "referred to Dr Lee for h5ttw, Mon 30 Mar 2026 (yesterday)",
    ),
    (
        "refer jane z4ppw --answer taken --answered yesterday --concern h5ttw",
        "{id: z4ppw, date: 2026-03-24, to: west, concern: h5ttw, answer: taken, answered: 2026-03-30}",
        "noted on z4ppw (a referral of Jane Doe): concern, answer and answered",
    ),
    (
        'refer jane 1 --to "Ann Hill" --email ann@hill.example',
        "{id: z4ppw, date: 2026-03-24, to: {name: Ann Hill, email: ann@hill.example}}",
        "noted on z4ppw (a referral of Jane Doe): to",
    ),
    (
        "consent add jane --to sam --for referral --form email --scope attendance,goals --until 2026-07-12 --given fri",
        "given: 2026-03-27, form: email, to: okafor, for: referral, scope: [attendance, goals], until: 2026-07-12}",
        "Jane Doe lets Dr Sam Okafor (psychologist) be told, for referral, on attendance and goals, given Fri 27 Mar",
    ),
    (
        'consent add jane --to "Ann Hill" --for ai --form verbal',
        "{id: ID, given: 2026-03-31, form: verbal, to: Ann Hill, for: ai}",
        "it is not valid before it is in writing",
    ),
    ("consent revoke jane", "scope: [attendance, goals], revoked: 2026-03-31}", "revoked consent n2vdw (Jane Doe, for"),
    (
        "disclose jane attendance --to pat --basis consent",
        "to: pat\n    basis: consent\n    consent: n2vdw\n    what: attendance\n",
        "noted disclosure ID: Pat Lee (VP Product) told about Jane Doe, on the basis consent (n2vdw), Tue 31 Mar 2026",
    ),
    (
        'disclose jane risk, plan --to Police --basis harm --note "spoke of tonight"',
        "to: Police\n    basis: harm\n    what: [risk, plan]\n    note: spoke of tonight\n",
        "Police told about Jane Doe, on the basis harm,",
    ),
    ("disclose jane --to Court --basis required-by-law", "basis: required-by-law\n", "Court told about Jane Doe"),
    (
        "disclose jane money --to pat --basis consent --on 2026-03-02",
        "date: 2026-03-02\n    to: pat\n    basis: consent\n    what: money\n",
        "breach  PRV102 invalid-consent: Disclosed by consent on Mon 2 Mar 2026; no valid consent",
    ),
    (
        'disclose jane money --to pat --basis consent --waive "asked on the phone"',
        "waive:\n      - {rule: invalid-consent, why: asked on the phone, date: 2026-03-31}\n",
        "noted disclosure",
    ),
    (
        "concern handover jane --anyway",
        "{id: z4ppw, date: 2026-03-24, to: west, handover: 2026-03-31}",
        "REF103 unconsented-handover: Handed over on Tue 31 Mar 2026",
    ),
    (
        "sponsor update jane progress on goals --by client --goal-change g2 --on 2026-03-20",
        "date: 2026-03-20\n    to: pat\n    by: client\n    what: progress on goals\n    goal_change: g2\n",
        "Pat Lee (VP Product) told about Jane Doe by the client, Fri 20 Mar 2026 (11 days ago)",
    ),
    ("sponsor update jane --by coach", "to: pat\n    by: coach\n", "told about Jane Doe by you"),
    (
        "feedback add jane More challenge please",
        "date: 2026-03-31\n    text: More challenge please\n",
        "feedback of Jane",
    ),
]
"""What is said, what then stands in care.yaml, and a part of the line."""


@pytest.mark.parametrize(("said", "stands", "line"), FACTS, ids=[said for said, *_ in FACTS])
def test_what_is_said_stands_in_the_file(journal: Path, said: str, stands: str, line: str) -> None:
    """The record is complete, a line spells its day out, and no other record is touched."""
    outcome = call(*shlex.split(said), folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    assert line in _without_ids(outcome.out)
    written = (journal / CARE).read_text()
    assert stands in _without_ids(written)
    assert "CANARY" not in outcome.out
    kept = [one for one in KEPT.splitlines() if one not in written]
    assert len(kept) <= 1 + ("--to okafor" in said)


REFUSED = [
    (
        "disclose jane money --to pat --basis consent",
        "(PRV102 invalid-consent). On file: n2vdw does not cover all of it. Ask Jane Doe in writing, then note it: ",
    ),
    (
        "disclose jane money --to west --basis consent --consent n3old",
        "n3old ran out on Fri 20 Mar 2026 (PRV102 invalid-consent). On file: n3old ran out on Fri 20 Mar 2026.",
    ),
    ("disclose jane money --to pat --basis harm", "Say what called for it with --reference or --note."),
    (
        "disclose jane money --to pat --basis gossip",
        "Name a basis that stands (consent, harm, subpoena, required-by-law), or agree on it in the contract first.",
    ),
    (
        "concern handover jane z4ppw",
        "coachlog consent add jane-doe --to west --for referral --form email. Otherwise add --anyway, or --waive",
    ),
    (
        'sponsor update jane how it goes --to "Kim Park" --by both',
        "neither a valid consent nor the sharing in the contract of 12 Jan 2026 allows it (PRV103 coach-reported-",
    ),
]
"""What would be told today, and what is said instead."""


@pytest.mark.parametrize(("said", "why"), REFUSED, ids=[said for said, _ in REFUSED])
def test_what_nothing_allows_is_refused_before_it_is_told(journal: Path, said: str, why: str) -> None:
    """One line names the rule and what would make it right, and the file stays."""
    outcome = call(*shlex.split(said), folder=journal)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (4, "", 1)
    assert outcome.err.startswith("coachlog: Not written: ")
    assert why in outcome.err
    assert (journal / CARE).read_text() == KEPT


WRONG = [
    ("concern add jane CANARY said it", "That is no kind of concern. Write harm, medical,"),
    ("concern add jane harm --noticed 2026-04-03", "is still to come. Note it once it has happened."),
    ("concern raise jane 1 mar", "lies before the day on which it was noticed, Fri 20 Mar 2026."),
    ("concern raise sam", "No concern is left to raise. `coachlog concern list --all` shows them all."),
    ("concern decide jane", "is needed, and there is nobody to ask. Say it with --decision."),
    ("concern decide jane h5ttw h6old end", "More is said than which concern and what was decided."),
    ("refer jane", "Say it with --to."),
    ("refer jane --to okafor --phone 44", "are of one person who is not in the directory."),
    ("refer jane z4ppw", "Nothing is said of z4ppw."),
    ("refer jane z4ppw --phone 44", "z4ppw names somebody who is on file."),
    ('refer jane --to okafor --compensation "a lot"', "is no amount."),
    ("consent add jane --to m --for ai", "is needed, and there is nobody to ask. Say it with --form."),
    ("consent add jane --to pat --for ai --form email --until 2026-04-01 --given 2026-04-02", "is still to come."),
    ("consent revoke sam", "No consent is valid."),
    ("disclose jane --to pat --basis consent", "Say it with --what, or behind the client."),
    ('disclose jane --to pat --basis "CANARY felt so"', "A basis is one word of a-z, 0-9 and -."),
    ("concern handover sam", "No referral is left to hand over. Note it first: coachlog refer sam-lee --to WHO."),
    ("sponsor add jane pat LEE", "A sponsor of that name is there already."),
    ("sponsor add jane Kim --id 12e3", "`12e3` can't be an id."),
    ("sponsor update sam --by client", "Sam Lee has no sponsor. Add one first: coachlog sponsor add sam-lee NAME."),
    ("feedback add jane", "What was said is needed, and there is nobody to ask."),
]


@pytest.mark.parametrize(("said", "complaint"), WRONG, ids=[said for said, _ in WRONG])
def test_what_can_not_be_understood_is_said_in_one_line(journal: Path, said: str, complaint: str) -> None:
    """What is so, and what to do, without a word of a client; the file stays."""
    outcome = call(*shlex.split(said), folder=journal)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert complaint in outcome.err
    assert "CANARY" not in outcome.err
    assert (journal / CARE).read_text() == KEPT


def test_a_sponsor_is_added_and_what_they_may_hear_is_asked_for(journal: Path) -> None:
    """The contract says nothing yet, which is told at once."""
    root = journal / OWN
    (root / "contract.yaml").write_text(CONTRACT.partition("    sharing")[0])
    (root / "client.yaml").write_text("name: Jane Doe\n")
    typed = "sponsor add jane Pat Lee --id pat --role VP --organisation Acme --email pat@acme.example"
    outcome = call(*shlex.split(typed), folder=journal)
    assert outcome.out.startswith(
        "added pat: Pat Lee, VP, a sponsor of Jane Doe\n  warning SPN101 sponsor-without-terms"
    )
    line = "{id: pat, name: Pat Lee, role: VP, organisation: Acme, email: pat@acme.example}"
    assert (root / "client.yaml").read_text() == f"name: Jane Doe\nsponsors:\n  - {line}\n"


LISTED = {
    "concern list": ["jane-doe\th5ttw\tFri 20 Mar 2026\tpsychological\tnot raised\tCANARY sleepless"],
    "concern list jane --all": [
        "jane-doe\th5ttw\tFri 20 Mar 2026\tpsychological\tnot raised\tCANARY sleepless",
        "jane-doe\th6old\tMon 2 Feb 2026\tboundary\tresolved Fri 20 Feb 2026\tCANARY late mails",
    ],
    "consent list": [
        "jane-doe\tn2vdw\tMon 12 Jan 2026\tpat\tleader-update\tvalid\tattendance, goals",
        "jane-doe\tn3old\tMon 12 Jan 2026\twest\treferral\tran out on Fri 20 Mar 2026\tall",
    ],
    "consent list --valid": ["jane-doe\tn2vdw\tMon 12 Jan 2026\tpat\tleader-update\tvalid\tattendance, goals"],
    "--incognito concern list": ["client-a\th5ttw\tFri 20 Mar 2026\tpsychological\tnot raised\t…"],
    "--incognito consent list --valid": ["client-a\tn2vdw\tMon 12 Jan 2026\t…\tleader-update\tvalid\t…"],
}


@pytest.mark.parametrize("said", LISTED)
def test_a_list_has_one_record_a_line(journal: Path, said: str) -> None:
    """What was done last about a concern, and whether a consent is valid today; incognito without a name or a text."""
    assert call(*shlex.split(said), folder=journal) == (0, "".join(f"{one}\n" for one in LISTED[said]), "")


def test_a_referral_tells_programs_of_the_concern_that_it_decides(journal: Path) -> None:
    """Both stand under their plurals; a consent says whether it is valid."""
    told = json.loads(call("refer", "jane", "--to", "okafor", "--to", "west", "--json", folder=journal).out)
    assert [one["to"] for one in told["referrals"]] == ["okafor", "west"]
    assert [(one["id"], one["decision"], one["decided"]) for one in told["concerns"]] == [
        ("h5ttw", "refer", "2026-03-31")
    ]
    listed = json.loads(call("consent", "list", "--json", folder=journal).out)
    assert [(one["id"], one["valid"], one["scope"]) for one in listed["consents"]] == [
        ("n2vdw", True, ["attendance", "goals"]),
        ("n3old", False, []),
    ]


def test_what_is_missing_is_asked_for(journal: Path) -> None:
    """Whom, several of them, and how to reach the one who is not on file; a wrong answer is asked for again."""
    typed = type_in("refer", "sam", answers=["oka", "Dr Lee", ENTER, "44", ENTER], folder=journal)
    assert "Whom you pointed the client to (okafor Dr Sam Okafor, west Mary West, or a name): oka\n" in typed.shown
    assert "Sam Lee referred to Dr Sam Okafor (psychologist) and Dr Lee, Tue 31 Mar 2026 (today)" in typed.shown
    assert 'to: {name: Dr Lee, phone: "44"}' in (journal / "clients/sam-lee/care.yaml").read_text()
    typed = type_in("disclose", "jane", answers=["pat", "gossip", "cons", "attendance"], folder=journal)
    assert "On which basis (consent, harm, subpoena, required-by-law): gossip\nThat is none of the words" in typed.shown
    assert "on the basis consent (n2vdw)" in typed.shown


def test_a_concern_is_followed_to_its_end_without_a_finding(journal: Path) -> None:
    """Noticed, raised, taken to supervision, referred by consent, handed over, taken up, resolved: a line each."""
    life = {
        "2 mar": "concern add sam psychological sleepless",
        "3 mar": "concern raise sam",
        "4 mar": "concern decide sam refer",
        "5 mar": "refer sam --to okafor --to west",
        "6 mar": "consent add sam --to okafor --for referral --form email",
        "9 mar": "concern handover sam 1",
        "10 mar": "refer sam 1 --answer taken",
        "26 mar": "concern decide sam 1 --consulted q8rtw",
        "30 mar": "concern resolve sam",
    }
    for day, step in life.items():
        outcome = call("--now", f"{day} 12:00", *shlex.split(step), folder=journal)
        assert (outcome.code, outcome.err, outcome.out.count("\n")) == (0, "", 1), step
    written = (journal / "clients/sam-lee/care.yaml").read_text()
    assert re.search(r"consent: \w+\n    handover: 2026-03-09\n    answer: taken\n    answered: 2026-03-10\n", written)
    assert call("check", "sam", folder=journal).code == 0


def _without_ids(text: str) -> str:
    """Put ID in place of the id that a new record was given."""
    made = re.search(r"(?<=noted )(?:disclosure |update |consent )?([a-z][a-z0-9]{4})(?=:)", text)
    text = text.replace(made[1], "ID") if made else text
    known = "|".join(re.findall(r"(?:id: |- \{id: )(\w+)", KEPT))
    return re.sub(rf"id: (?!(?:{known})\b)[a-z][a-z0-9]{{4}}(?=,)", "id: ID", text)


def test_referrals_are_told_apart_by_whom_they_are_to(journal: Path) -> None:
    """Where several could be handed over each is named with its person, but incognito by its id alone."""
    call("refer", "jane", "--to", "okafor", folder=journal)
    refused = call("concern", "handover", "jane", folder=journal)
    assert "More than one referral is left to hand over: z4ppw to " in refused.err
    assert "Okafor" in refused.err
    assert "Okafor" not in call("--incognito", "concern", "handover", "jane", folder=journal).err
