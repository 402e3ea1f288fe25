"""What every command that writes tells programs, and that none shows what is private."""

import json
import shlex
from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out
from coachlog.cli import COMMANDS

OWN = "clients/jane-doe/"
LATER = "coach: {name: Alex Harbour}\nabsences: [{id: aw2ay, from: 2026-08-03, to: 2026-08-14}]\n"
CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 8
    length: 60 min
    goals: [{id: g1, text: Lead}]
    fee: {amount: 900 GBP, per: package}
    cancellation: {notice: 24 h, late: fee, late_fee: 75 GBP}
    between_sessions: {via: {email: 24 h, phone: 2 days}}
    pauses: [{id: p1, from: 2026-03-30, by: client}, {id: p2, from: 2026-03-30, kind: hold, by: coach}]
"""
SESSIONS = """sessions:
  - {id: b3xew, at: 2026-03-03 15:00, status: held, private: CANARY one}
  - {id: c2www, at: 2026-03-31 10:00, private: "CANARY, two"}
  - id: d2nnw
    at: 2026-04-01 10:00
    private: |
      CANARY three
"""
CARE = """consents: [{id: n2vdw, given: 2026-03-02, form: email, to: pat, for: referral}]
concerns: [{id: h5ttw, noticed: 2026-03-30, kind: ethics, note: a gift}]
referrals: [{id: z4ppw, date: 2026-03-30, to: pat}]
"""
FILES = {
    "coachlog.yaml": PRACTICE + LATER,
    f"{OWN}client.yaml": "name: Jane Doe\nsponsors: [{id: pat, name: Pat Lee}]\n",
    f"{OWN}care.yaml": CARE,
    f"{OWN}contract.yaml": CONTRACT,
    f"{OWN}sessions.yaml": SESSIONS,
    f"{OWN}actions.yaml": "actions: [{id: a7kqw, step: Write, due: 2026-04-01, follow_up: {every: day}}]\n",
    f"{OWN}contacts.yaml": "contacts: [{id: e4aaw, at: 2026-03-31 09:30, from: client, via: email}]\n",
    "clients/sam-lee/client.yaml": "name: Sam Lee\n",
    "clients/sam-lee/contract.yaml": "contracts: [{id: n3new, sessions: 6}]\n",
}
SESSION = {"counted", "belongs_to", "planned_minutes", "planned_end", "moved", "cancelled", "length_minutes", "prep"}
CONTACT = {"open", "reply_due", "answered_by", "reply_to", "follow_up", "charged_amount", "charged_currency"}
ACTION = {"open", "overdue", "follow_up", "updates", "carried", "learned"}
CONCERN = {"noticed", "kind", "raised", "consulted", "decision", "decided", "resolved"}
CONTRACTS = {"agreed", "fee", "between_sessions", "amendments", "pauses", "payments", "ended", "renews", "after_end"}
WRITING = {
    "client add Kofi Mensah": {"clients": {"code", "name", "addresses", "sponsors", "group", "tags"}},
    "client edit jane --set called=Jane": {"clients": {"code", "called"}},
    "client rename sam-lee c07": {"clients": {"code", "name"}},
    "contract new jane": {"contracts": CONTRACTS},
    "contract agree sam --form email": {"contracts": CONTRACTS},
    "contract amend jane --sessions 9": {"amendments": {"agreed", "set", "why"}},
    "contract renew jane --starts tomorrow --agreed today --anyway": {"contracts": CONTRACTS},
    "contract pause jane --from +31d --to +32d": {"pauses": {"from", "steps", "discussed"}, "sessions": set()},
    "contract resume jane p1": {"pauses": {"from", "to", "steps", "lifted"}},
    "contract hold jane --from today --booked cancel --anyway": {"pauses": {"kind", "lifted"}, "sessions": SESSION},
    "contract lift jane p2 --resolution paid": {"pauses": {"kind", "lifted", "resolution"}},
    "contract end jane --by client --reason completed --booked cancel": {"contracts": CONTRACTS, "sessions": SESSION},
    "goal add jane Delegate": {"goals": {"text", "from", "measure", "reached", "replaces"}},
    "goal replace jane g1 Delegate": {"goals": {"text", "replaces"}},
    "goal reach jane g1": {"goals": {"reached"}},
    "absence add 1 jun to 2 jun": {"absences": {"from", "to", "reason", "told"}},
    "absence told": {"absences": {"told"}},
    "directory add Dr Sam Okafor": {"colleagues": {"name", "role", "phone", "email", "url"}},
    "waive jane e4aaw late-reply --why agreed": {"waivers": {"rule", "why", "date", "until"}},
    "session book jane 9 apr 15:00 --anyway": {"sessions": SESSION, "skipped": set()},
    "session move jane d2nnw 2 apr --by client --anyway": {"sessions": SESSION, "actions": ACTION},
    "session cancel jane d2nnw --by client --reason work --via email": {"sessions": SESSION, "contacts": CONTACT},
    "session no-show jane c2www": {"sessions": SESSION},
    "session log jane c2www --done a7kqw --answered e4aaw --private CANARY": {
        "sessions": SESSION,
        "actions": ACTION,
        "contacts": CONTACT,
    },
    "contact log jane post --from coach --for welcome": {"contacts": CONTACT, "contracts": CONTRACTS},
    "contact reply jane": {"contacts": CONTACT, "contracts": set()},
    "draft booking jane --sent": {"contacts": CONTACT, "contracts": set()},
    "action add jane Ask": {"actions": ACTION},
    "action done jane a7kqw": {"actions": ACTION},
    "action part jane a7kqw": {"actions": ACTION},
    "action drop jane a7kqw": {"actions": ACTION},
    "action carry jane a7kqw": {"actions": ACTION},
    "action update jane drafted": {"actions": ACTION},
    "prep form jane --sent": {"sessions": SESSION, "contacts": CONTACT},
    "prep record jane --want Delegation": {"sessions": SESSION},
    "feedback add jane More challenge": {"feedback": {"date", "text"}},
    "concern add jane harm": {"concerns": CONCERN},
    "concern raise jane": {"concerns": CONCERN},
    "concern handover jane": {"referrals": {"handover", "consent"}},
    "concern decide jane pause": {"concerns": CONCERN},
    "concern resolve jane": {"concerns": CONCERN},
    "refer jane --to Ola --phone 44": {"referrals": {"to", "compensation_amount", "answer"}, "concerns": CONCERN},
    "consent add jane --to pat --for ai --form email": {"consents": {"given", "scope", "revoked", "valid"}},
    "consent revoke jane": {"consents": {"revoked", "valid"}},
    "disclose jane attendance --to pat --basis consent": {"disclosures": {"to", "basis", "consent", "what"}},
    "sponsor add jane Kim Park": {"sponsors": {"name", "role", "organisation", "email", "phone"}},
    "sponsor update jane --by client": {"leader_updates": {"to", "by", "what", "goal_change"}},
    "payment add jane 100 GBP": {"payments": {"date", "amount", "amount_currency", "for"}},
    "supervision log --client jane --about workload": {"supervision": {"date", "with", "minutes", "topics", "notes"}},
    "delete jane c2www --yes": {"records": SESSION},
}
"""Each command that writes a record, and under which plurals its records stand, with some of their fields."""
OTHERS = frozenset(
    {"init", "edit", "resume", "fmt", "session start", "contact import", "import csv"}
    | {f"config {one}" for one in ("set", "unset", "edit")}
)
"""Commands that write and tell of files, and one that tells of its log at the end of a session."""
LOOKING = frozenset(
    {"client list", "client show", "contract show", "absence list", "today", "brief", "check", "rule", "session list"}
    | {"show", "search", "contract try", "session show", "contact list", "action list", "help", "schema"}
    | {"config list", "config path", "completion"}
    | {"concern list", "consent list", "statement", "supervision list", "supervision agenda"}
)


@pytest.mark.parametrize("command", WRITING)
def test_a_command_tells_programs_of_all_that_it_wrote(tmp_path: Path, command: str) -> None:
    """Each record stands under its plural with every field and what is derived; private words stand nowhere."""
    root = lay_out(FILES, tmp_path)
    shown = call(*shlex.split(command), "--dry-run", folder=root)
    told = call(*shlex.split(command), "--json", folder=root)
    assert (shown.code, told.code) == (0, 0), told.err
    assert "CANARY" not in f"{shown}{told}"
    whole = json.loads(told.out)
    assert (whole["schema"], bool(whole["written"])) == (1, True)
    for plural, fields in WRITING[command].items():
        assert all(fields <= set(one) for one in whole[plural])
        assert bool(whole[plural]) is bool(fields)


def test_no_command_that_writes_is_forgotten() -> None:
    """A new command finds its place here."""
    known = {" ".join(one.split()[: 2 if " ".join(one.split()[:2]) in NAMES else 1]) for one in WRITING}
    assert known | OTHERS | LOOKING == NAMES


NAMES = {name for name, *_ in COMMANDS}
