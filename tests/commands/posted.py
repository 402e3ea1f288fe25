"""A client about whom every letter can be written, with a canary in each text that none may hold."""

from collections.abc import Mapping

OWN = "clients/jane-doe/"
PRACTICE = """format: 1
coach: {name: Alex Harbour, email: alex@harbour.example, phone: "+44 20 7946 0001", credential: CANARY}
timezone: Europe/London
country: GB-ENG
currency: GBP
office_hours: Mo-Fr 09:00-17:00; PH off
absences: [{id: k2mdw, from: 2026-04-20, to: 2026-04-24, reason: CANARY}]
supervisor: {name: CANARY, email: CANARY}
directory:
  - {id: mw3xw, name: Dr Sam Okafor, role: psychologist, phone: "+44 20 7946 0101", email: sam@okafor.example}
"""
CLIENT = """name: Jane Doe
email: jane@example.com
phone: CANARY
timezone: America/New_York
heard_from: CANARY
called: Jane
pronouns: she/her
sponsors:
  - {id: pat, name: Pat Lee, role: CANARY, organisation: Acme, email: pat@acme.example, phone: CANARY}
tags: [CANARY]
"""
CONTRACT = """contracts:
  - id: 2025a
    agreed: 2025-06-02
    sessions: 4
    fee: {amount: 100 GBP, per: session}
    after_end: {until: 2026-01-31, via: [email], for: one question on the plan}
    ended: {date: 2025-12-01, by: coach, reason: relationship, explained: 2025-11-20, summary: CANARY}
    waive: [{rule: END103, why: CANARY}]
  - id: 2026a
    agreed: 2026-01-12
    form: email
    starts: 2026-01-12
    ends: 2026-07-12
    sessions: 6
    length: 60 min
    every: 2 weeks
    media: [video, phone]
    goals:
      - {id: g1, text: Lead the team, from: client, measure: the team says so in June, reached: 2026-03-20}
      - {id: g2, text: Delegate the roadmap, from: sponsor, agreed: 2026-02-11}
    fee: {amount: 900 GBP, per: package, due: 14 days, parts: 3, every: 1 month}
    cancellation: {notice: 24 h, late: fee, late_fee: 75 GBP, no_show_after: 15 min, strikes: 2}
    between_sessions:
      via: {email: 24 h, phone: 2 days}
      hours: Mo-Fr 09:00-17:00; PH off
      coach_may_start: no
      limit: 2 per week
      free: 5 min
      rate: 60 GBP per h
    follow_up:
      - {id: f1, kind: reminder, when: 1 week after session, via: email}
      - {id: f2, kind: prep-form, when: 2 days before session, via: email}
      - {id: f3, kind: goals, from: client, when: 2026-01-20, via: email}
    welcome_pack: 2026-01-13
    confidentiality: {code: ICF Code of Ethics, exceptions: [harm, subpoena, consent]}
    sharing: {with: [pat], what: [attendance, goals], reported_by: both}
    termination: {notice: 1 week}
    after_end: {until: 2026-08-12, via: [email], for: one follow-up on the delegation plan}
    pauses:
      - {id: p1, from: 2026-04-27, to: 2026-05-25, by: client, reason: circumstances, discussed: 2026-03-30}
      - {id: p2, from: 2026-06-01, kind: hold, by: coach, reason: non-payment, discussed: 2026-03-30,
         steps: [Pay the second part], resolution: CANARY}
    payments: [{id: y1, date: 2026-01-20, amount: 300 GBP, for: CANARY}]
    amendments: [{id: m1, agreed: 2026-02-02, why: CANARY, set: {length: 60 min}}]
"""
SESSIONS = """sessions:
  - id: b3xew
    at: 2026-01-14 15:00
    status: held
    via: video
    prep: {since: CANARY, well: CANARY, want: CANARY}
    topic: CANARY
    outcome: CANARY
    importance: CANARY
    insights: [CANARY]
    options: [CANARY]
    notes: CANARY
    private: |
      CANARY
  - id: c4xew
    at: 2026-03-04 15:00
    status: no-show
    via: video
    private: CANARY
    cancelled: {charge: fee, note: CANARY}
  - {id: d5xew, at: 2026-03-18 15:00, status: held, via: video, private: CANARY}
  - id: e6xew
    at: 2026-03-25 15:00
    status: cancelled
    private: CANARY
    cancelled: {at: 2026-03-25 08:10, by: coach, reason: illness, rebooked: g8xew, charge: free, note: CANARY}
  - {id: g8xew, at: 2026-04-01 15:00, via: video, booked: 2026-03-25 09:00, private: CANARY}
  - {id: h9xew, at: 2026-04-22 15:00, via: video, moved: [{from: 2026-04-21 15:00, reason: work}]}
  - {id: j2xew, at: 2026-05-27 15:00, via: video}
"""
ACTIONS = """actions:
  - id: a7kqw
    step: Hand the roadmap draft to Lee
    session: d5xew
    due: 2026-04-01
    follow_up: {via: email, every: day, by: 18:00, until: 2026-04-01, nudge: yes}
    updates: [{date: 2026-03-20, note: CANARY}]
  - {id: b7kqw, step: Ask the team what they would decide, session: d5xew, due: 2026-04-01, part: 2026-03-25}
  - {id: c7kqw, step: Send the article on delegation, kind: promise, session: d5xew, due: 2026-04-03}
  - {id: d7kqw, step: CANARY, session: b3xew, done: 2026-01-20, learned: CANARY}
"""
CONTACTS = "contacts: [{id: f6juw, at: 2026-03-26 19:40, from: client, via: email, about: CANARY}]\n"
CARE = """concerns:
  - {id: h5ttw, noticed: 2026-03-01, kind: psychological, note: CANARY, decision: refer, decided: 2026-03-05}
referrals:
  - {id: z4ppw, date: 2026-03-05, concern: h5ttw, to: mw3xw, why: works with sleep and anxiety}
  - id: z5ppw
    date: 2026-03-05
    concern: h5ttw
    to: {name: Maeve Brennan, role: counsellor, phone: "+44 20 7946 0102", url: "https://brennan.example"}
  - {id: x4ppw, date: 2025-11-25, to: mw3xw}
  - {id: x5ppw, date: 2025-11-25, to: {name: Ada Moss, role: coach, email: ada@moss.example}}
disclosures: [{id: w9kkw, date: 2026-03-02, to: pat, basis: harm, note: CANARY, reference: CANARY, what: CANARY}]
feedback: [{id: u3bbw, date: 2026-03-25, text: CANARY}]
"""
POSTED: Mapping[str, str] = {
    "coachlog.yaml": PRACTICE,
    "supervision.yaml": "supervision: [{id: q8rtw, date: 2026-03-06, notes: CANARY, topics: [{about: CANARY}]}]\n",
    f"{OWN}client.yaml": CLIENT,
    f"{OWN}contract.yaml": CONTRACT,
    f"{OWN}sessions.yaml": SESSIONS,
    f"{OWN}actions.yaml": ACTIONS,
    f"{OWN}contacts.yaml": CONTACTS,
    f"{OWN}care.yaml": CARE,
}
"""The practice on Tuesday 31 March 2026, with a session tomorrow."""

BARE: Mapping[str, str] = {
    "coachlog.yaml": "format: 1\ncoach: {name: Alex Harbour}\ntimezone: Europe/London\n"
    "absences: [{from: 2026-03-30}]\n",
    "clients/ben-ode/client.yaml": "name: Ben Ode\nsponsors: [{id: kim, name: Dr. Kim Rao}]\n",
    "clients/ben-ode/contract.yaml": "contracts:\n"
    "  - {id: c1, agreed: 2026-01-01, fee: {amount: 80, per: session}, ended: {date: 2026-04-30}, pauses: "
    "[{from: 2026-03-01}, {from: 2026-03-01, kind: hold}], sharing: {with: [kim], what: goals, reported_by: coach}}\n",
    "clients/ben-ode/sessions.yaml": "sessions:\n"
    "  - {at: 2026-03-01 10:00, status: held}\n"
    "  - {at: 2026-03-02 10:00, status: no-show}\n"
    "  - {at: 2026-03-03 10:00, status: cancelled}\n"
    "  - {at: 2026-06-03 10:00, kind: chemistry}\n"
    "  - {at: 2026-06-04 10:00}\n",
    "clients/ben-ode/actions.yaml": "actions: [{step: Ask, follow_up: {nudge: yes}}]\n",
    "clients/ben-ode/contacts.yaml": "contacts: [{at: 2026-03-31 11:00, from: client, via: email}]\n",
    "clients/ben-ode/care.yaml": "referrals: [{date: 2026-03-05, to: Somebody}]\n",
}
"""A client of whom little more is on file than each letter needs; what was left open in the contract is many."""
