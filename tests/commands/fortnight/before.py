"""The journal as it stands before the fortnight: eight clients, one of whom is to come for a first talk."""

from collections.abc import Mapping

PRACTICE = """format: 1
coach: {name: Rowan Ellis, email: rowan@ellis.example, credential: ICF ACC, credential_expires: 2028-03-31}
timezone: Europe/London
currency: GBP
office_hours: Mo-Fr 09:00-17:00
supervisor: {name: Joan Lister, email: joan@lister.example}
supervision: {every: 35 h, yearly: 4 h}
directory:
  - {id: okafor, name: Dr Sam Okafor, role: psychologist, phone: "+44 20 7946 0101", email: sam@okafor.example}
contract:
  length: 60 min
  every: 2 weeks
  media: [video, phone]
  fee: {amount: 900 GBP, per: package, due: 14 days}
  cancellation: {notice: 24 h, late: counts, no_show_after: 15 min, strikes: 2}
  between_sessions: {via: {email: 24 h, phone: 2 days, text: 1 day}, coach_may_start: no, free: 10 min}
  confidentiality: {code: ICF Code of Ethics, exceptions: [harm, subpoena, consent]}
  termination: {notice: 1 week}
"""
TERMS = """    form: email
    sessions: {sessions}
    length: 60 min
    every: 2 weeks
    media: [video, phone]
    goals: [{{id: g1, text: {goal}}}]
    fee: {fee}
    cancellation: {{notice: 24 h, late: counts, no_show_after: 15 min, strikes: 2}}
    between_sessions: {{via: {{email: 24 h, phone: 2 days, text: 1 day}}, coach_may_start: no, free: 10 min}}
    confidentiality: {{code: ICF Code of Ethics, exceptions: [harm, subpoena, consent]}}
    termination: {{notice: 1 week}}
"""
PACKAGE = "{amount: 900 GBP, per: package, due: 14 days}"


def contract(agreed: str, goal: str, fee: str = PACKAGE, sessions: int = 6, more: str = "") -> str:
    """Give a contract that was agreed on a day, with its welcome pack sent on that day."""
    terms = TERMS.format(goal=goal, fee=fee, sessions=sessions)
    return f"contracts:\n  - id: 2026a\n    agreed: {agreed}\n{terms}    welcome_pack: {agreed}\n{more}"


def held(times: str, to_come: str) -> dict[str, str]:
    """Give the sessions that were held, two steps of each that were done, and the sessions that are booked."""
    sessions, steps = "sessions:\n", "actions:\n"
    for number, at in enumerate(times.split(", "), 1):
        sessions += f"  - {{id: s{number}, at: {at}, status: held, minutes: 60, topic: What comes next, goal: g1}}\n"
        steps += "".join(
            f"  - {{id: a{number}{one}, step: {one}, session: s{number}, done: {at[:10]}}}\n" for one in "bc"
        )
    booked = (f"  - {{id: b{number}, at: {at}}}\n" for number, at in enumerate(to_come.split(", "), 1))
    return {"sessions.yaml": sessions + "".join(booked), "actions.yaml": steps}


def _paid(amount: str, date: str) -> str:
    return f"    payments: [{{id: y1, date: {date}, amount: {amount}}}]\n"


FOLLOWED = """    follow_up:
      - {id: f1, kind: reminder, when: 1 week after session, via: email}
      - {id: f2, kind: prep-form, when: 2 days before session, via: email}
"""
CLIENTS: Mapping[str, Mapping[str, str]] = {
    "ines-duarte": {
        "client.yaml": "name: Inês Duarte\nemail: ines@duarte.example\n",
        "contract.yaml": contract(
            "2026-02-02",
            "Decide about Lisbon",
            "{amount: 900 GBP, per: package, parts: 3, every: 1 month, due: 14 days}",
        )
        + _paid("300 GBP", "2026-02-10"),
        **held("2026-02-09 10:00, 2026-02-23 10:00", "2026-03-09 10:00"),
    },
    "ben-achter": {
        "client.yaml": "name: Ben Achter\nemail: ben@achter.example\n",
        "contract.yaml": contract("2025-12-10", "Hand the shop to his daughter") + _paid("900 GBP", "2025-12-20"),
        **held(
            "2025-12-17 11:00, 2026-01-07 11:00, 2026-01-21 11:00, 2026-02-04 11:00, 2026-02-18 11:00",
            "2026-03-04 11:00",
        ),
    },
    "carla-moretti": {
        "client.yaml": 'name: Carla Moretti\nphone: "+44 20 7946 0303"\n',
        "contract.yaml": contract(
            "2026-02-02", "Speak in the big meetings", "{amount: 160 GBP, per: session, due: 14 days}"
        )
        + _paid("320 GBP", "2026-02-20"),
        **held("2026-02-05 14:00, 2026-02-19 14:00", "2026-03-05 14:00, 2026-03-19 14:00"),
    },
    "dev-anand": {
        "client.yaml": "name: Dev Anand\nemail: dev@anand.example\n",
        "contract.yaml": contract("2026-02-02", "Lead without apology", more=FOLLOWED) + _paid("900 GBP", "2026-02-13"),
        **held("2026-02-17 10:00", "2026-03-03 10:00, 2026-03-17 10:00"),
        "contacts.yaml": "contacts:\n"
        "  - {at: 2026-02-13 10:00, from: coach, via: email, for: prep, follow_up: f2, session: s1}\n"
        "  - {at: 2026-02-15 18:20, from: client, via: email, for: prep, session: s1}\n"
        "  - {at: 2026-02-24 10:00, from: coach, via: email, for: reminder, follow_up: f1, session: s1}\n",
    },
    "elin-strand": {
        "client.yaml": "name: Elin Strand\nemail: elin@northbank.example\n"
        "sponsors: [{id: pat, name: Pat Quill, role: VP Product, organisation: Northbank}]\n",
        "contract.yaml": contract(
            "2026-02-04",
            "Build a second line",
            PACKAGE.replace("14", "30"),
            more="    sharing: {with: [pat], what: [attendance, goals], reported_by: client}\n",
        ),
        **held("2026-02-11 09:30, 2026-02-25 09:30", "2026-03-11 09:30"),
    },
    "farid-haddad": {
        "client.yaml": "name: Farid Haddad\nemail: farid@haddad.example\n",
        "contract.yaml": contract("2026-01-20", "Find work that lasts") + _paid("900 GBP", "2026-01-30"),
        **held("2026-01-28 16:00, 2026-02-11 16:00, 2026-02-25 16:00", "2026-03-11 16:00"),
    },
    "keel-board": {
        "client.yaml": "name: Keel Board\ngroup: {size: 6, name: Board team}\n",
        "contract.yaml": contract("2026-02-02", "Decide in half the time", sessions=4) + _paid("900 GBP", "2026-02-16"),
        **held("2026-02-17 13:00", "2026-03-03 13:00"),
    },
    "hal-okoro": {
        "client.yaml": "name: Hal Okoro\nemail: hal@okoro.example\nheard_from: a friend\n",
        "sessions.yaml": "sessions:\n  - {id: b1, at: 2026-03-02 14:00, kind: chemistry, length: 30 min}\n",
    },
}
BEFORE: Mapping[str, str] = {
    "coachlog.yaml": PRACTICE,
    "supervision.yaml": "supervision:\n  - {id: q1, date: 2026-02-06, with: Joan Lister, minutes: 90}\n",
    **{f"clients/{code}/{name}": text for code, files in CLIENTS.items() for name, text in files.items()},
}
"""Every file of the journal, by its path."""
