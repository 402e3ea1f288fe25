"""A practice with a canary in every text of every record, and calls of every command that may let one out."""

from collections.abc import Mapping

OWN = "clients/zorblax/"
PRACTICE = """format: 1
coach: {name: Halcyon Brook, email: halcyon@example.org, phone: "+44 555", credential: canary}
timezone: Europe/London
country: GB-ENG
currency: GBP
office_hours: Mo-Fr 09:00-17:00
absences: [{id: aw2ay, from: 2026-04-20, to: 2026-04-24, reason: canary leave}]
supervisor: {name: Wendeline Oster, email: oster@example.org, phone: "+44 555"}
directory:
  - {id: mw3xw, name: Dr Sam Okafor, role: canary-healer, phone: "555", email: okafor@example.org}
waive: [{rule: SUP101, why: canary, date: 2026-03-01}]
"""
CLIENT = """name: Zorblax Quimby
email: zorblax@example.org
phone: "+44 555"
heard_from: canary friend
addresses: [quimby@example.org]
called: Quimby
pronouns: canary
sponsors:
  - {id: pat, name: Pimlico Vane, role: canary, organisation: Pimlico Ltd, email: pimlico@example.org, phone: "+44 555"}
tags: [canary]
waive: [{rule: REF101, why: canary, date: 2026-03-01}]
"""
CONTRACT = r"""contracts:
  - id: 2025a
    agreed: 2025-06-02
    sessions: 4
    fee: {amount: 987 GBP, per: session}
    after_end: {until: 2026-01-31, via: [email], for: canary plans}
    ended: {date: 2025-12-01, by: coach, reason: relationship, explained: 2025-11-20, summary: canary summary}
    waive: [{rule: END103, why: canary}]
  - id: 2026a
    agreed: 2026-01-12
    form: email
    ends: 2026-07-12
    sessions: 6
    length: 60 min
    goals:
      - {id: g1, text: "canary:\nlead <b>", from: client, measure: canary said so}
      - {id: g2, text: The canary *sings*., from: sponsor, agreed: 2026-02-11}
    fee: {amount: 987 GBP, per: package, due: 14 days, parts: 3, every: 1 month}
    cancellation: {notice: 2 working days, late: fee, late_fee: 987}
    between_sessions: {via: {email: 24 h, phone: 2 days}, free: 5 min, rate: 987 GBP per h}
    follow_up:
      - {id: f1, kind: reminder, when: 1 week after session, via: email}
      - {id: f2, kind: prep-form, when: 2 days before session, via: email}
    confidentiality: {code: canary code, exceptions: [harm, canary-exception]}
    sharing: {with: [pat], what: [attendance, goals, canary shared], reported_by: both}
    after_end: {until: 2026-08-12, via: [email], for: canary plans}
    pauses:
      - {id: p1, from: 2026-03-30, to: 2026-03-30, by: client, reason: circumstances, discussed: 2026-03-30}
      - {id: p2, from: 2026-03-30, kind: hold, by: coach, reason: non-payment, steps: [canary step], resolution: canary}
    payments: [{id: y1, date: 2026-01-20, amount: 98.70 GBP, for: canary paid}]
    amendments: [{id: m1, agreed: 2026-02-02, why: canary asked, set: {sessions: 8}}]
"""
SESSIONS = r"""# canary's sessions
sessions:
  - id: b3xew
    at: 2026-03-03 15:00
    status: held
    via: video
    with: [canary]
    prep: {received: 2026-03-02 09:00, since: canary since, well: canary well, want: canary want}
    topic: "canary\ntopic"
    goal: g1
    outcome: canary outcome
    importance: canary importance
    insights: [canary insight]
    options: [canary option]
    notes: canary notes
    waive: [{rule: SES106, why: canary}]
    private: |
      PRIVATE canary
      PRIVATE, too
  - {id: c3xew, at: 2026-03-10 15:00, status: no-show, private: PRIVATE, cancelled: {charge: fee, note: canary missed}}
  - id: e6xew
    at: 2026-03-25 15:00
    status: cancelled
    cancelled: {at: 2026-03-25 08:10, by: coach, reason: illness, no_rebook: canary, charge: waived, note: canary note}
    private: PRIVATE
  - {id: c2www, at: 2026-03-30 10:00, private: "PRIVATE, canary"}
  - {id: d2nnw, at: 2026-04-01 10:00, topic: canary next, prep: {want: canary wish}, private: PRIVATE}
"""
ACTIONS = r"""actions:
  - {step: canary without an id}
  - id: a7kqw
    step: "canary:\nstep & rest"
    session: b3xew
    due: 2026-04-01
    follow_up: {via: email, every: day, by: 18:00, until: 2026-04-01, nudge: yes}
    updates: [{date: 2026-03-20, note: canary update}]
  - {id: c7kqw, step: canary promise, session: b3xew, kind: promise, due: 2026-03-30}
  - {id: d7kqw, step: canary done, session: b3xew, done: 2026-03-20, learned: canary learned}
  - {id: e7kqw, step: canary dropped, session: b3xew, dropped: {date: 2026-03-20, why: canary why}}
"""
CONTACTS = """contacts:
  - {id: g6juw, at: 2026-03-20 19:40, from: coach, via: email, to: pat, about: canary, minutes: 9, uncharged: canary}
  - {id: h6juw, at: 2026-03-21 10:40, from: client, via: phone, for: crisis, about: canary crisis, charged: 987 GBP}
  - {id: e4aaw, at: 2026-03-31 09:30, from: client, via: email, about: canary question}
"""
CARE = """consents: [{id: n2vdw, given: 2026-03-02, form: email, to: pat, for: leader-update, scope: [canary]}]
concerns:
  - {id: h5ttw, noticed: 2026-03-01, kind: psychological, note: canary concern, raised: 2026-03-04, decision: refer}
  - {id: j5ttw, noticed: 2026-03-02, kind: ethics, note: canary gift}
referrals: [{id: z4ppw, date: 2026-03-05, concern: h5ttw, to: {name: Dr Quimby Okafor, role: canary}, why: canary}]
disclosures: [{id: w9kkw, date: 2026-03-02, to: pat, basis: harm, note: canary, reference: canary, what: canary}]
leader_updates: [{id: x7aaw, date: 2026-03-20, to: pat, by: client, what: canary said}]
feedback: [{id: u3bbw, date: 2026-03-25, text: canary feedback}]
"""
SUPERVISION = """supervision:
  - id: q8rtw
    date: 2026-03-06
    with: Wendeline Oster
    topics: [{client: zorblax, concern: h5ttw}, {about: canary workload}]
    notes: canary advice
"""
MAIL = """From: zorblax@example.org
To: halcyon@example.org
Date: Mon, 30 Mar 2026 10:00:00 +0000
Message-ID: <a@example.org>
Subject: canary subject

PRIVATE canary
"""
ROW = "zorblax,2026-03-29 10:00,canary\n"
MAPPING = "what: contacts\nclient: {column: who, by: code}\nfields: {at: when, from: {always: client}, about: what}\n"
CANARIES: Mapping[str, str] = {
    "coachlog.yaml": PRACTICE,
    "supervision.yaml": SUPERVISION,
    f"{OWN}client.yaml": CLIENT,
    f"{OWN}contract.yaml": CONTRACT,
    f"{OWN}sessions.yaml": SESSIONS,
    f"{OWN}actions.yaml": ACTIONS,
    f"{OWN}contacts.yaml": CONTACTS,
    f"{OWN}care.yaml": CARE,
    "clients/quimby-group/client.yaml": "name: Quimby Okafor\n",
    "clients/quimby-group/contract.yaml": "contracts: [{id: n3new, sessions: 6}]\n",
    "letters/a.eml": MAIL,
    "letters/b.eml": MAIL.replace("Mon, 30 Mar 2026", "canary"),
    "letters/c.eml": MAIL.replace("30 Mar", "31 Mar").replace("a@ex", "c@ex"),
    "table.csv": f"who,when,what\n{ROW}zorblax,canary,canary\n{ROW.replace('10:00', '14:00')}",
    "mapping.yaml": MAPPING.replace("about: what", "via: {always: phone}, about: what"),
    ".config/coachlog/config.yaml": "aliases: {z: session log zorblax}\n",
}
"""The practice on Tuesday 31 March 2026. PRIVATE stands in the coach's own notes and in the texts of messages alone."""

LOOKING = """client list
client show zorblax
contract show zorblax
contract try zorblax --set between_sessions.free="10 min"
session list zorblax
session show zorblax b3xew
contact list zorblax
action list zorblax
absence list
concern list --all
consent list zorblax
supervision list
supervision agenda
statement zorblax
show zorblax
show zorblax 2026a
show zorblax b3xew
show e6xew
show a7kqw
show z4ppw
show practice
show practice mw3xw
show q8rtw
search canary
search zorblax
search pimlico --client zorblax
today --days 60
brief zorblax
check
prep form zorblax
draft welcome zorblax
draft agreement zorblax
draft invoice zorblax --to pat
draft reminder zorblax
draft hold zorblax
draft referral zorblax
draft leader-update zorblax
draft booking zorblax --mail
config list
"""
IN_FORMS = """draft agreement zorblax --format md
draft agreement zorblax --format html
statement zorblax --format csv
supervision agenda --format md
check --format csv
check --format concise
check --format junit
check --format github
"""
"""Calls that look, and what comes in a format of its own."""
SHOWING_PRIVATE = """session show zorblax b3xew --private
search PRIVATE --private
"""
WRITING = """client add Zorblax Okafor --code okafor
client edit zorblax --set called=Zorblax
client rename zorblax okafor
contract new zorblax --agreed today
contract agree quimby-group --form email
contract amend zorblax --fee "987 EUR" --why "canary again"
contract renew zorblax --starts "1 may"
contract pause zorblax --from "1 apr" --to "1 apr" --booked cancel
contract resume zorblax p1
contract hold zorblax --from today --booked cancel --anyway
contract lift zorblax p2 --resolution canary
contract end zorblax --on today --by coach --reason relationship --refer "Dr Pimlico" --booked cancel --summary canary
goal add zorblax the canary sings
goal replace zorblax g1 canary
goal reach zorblax g1
session book zorblax 9 apr 15:00
session move zorblax next 10 apr --by client
session cancel zorblax d2nnw --by client --reason work --note "canary note" --via email
session log zorblax c2www --topic "a canary" --done a7 --step "feed the canary" --private "PRIVATE canary"
session no-show zorblax c2www --note "canary note"
session start zorblax c2www
contact log zorblax email about the canary --charged "987 GBP"
contact reply zorblax
contact import letters --subject
import csv table.csv --map mapping.yaml --yes
prep form zorblax --sent
prep record zorblax --want canary
draft booking zorblax --sent
action add zorblax teach a canary
action done zorblax a7kqw --learned "canaries sing"
action part zorblax a7kqw
action drop zorblax a7kqw the canary flew
action carry zorblax a7kqw
action update zorblax a7kqw canary
absence add 1 jun to 2 jun --reason "canary trip"
absence told aw2ay
directory add Dr Zorblax Okafor --role canary --phone 555
feedback add zorblax more canary
concern add zorblax ethics canary again
concern raise zorblax
concern handover zorblax
concern decide zorblax pause
concern resolve zorblax j5ttw
refer zorblax --to "Pimlico Oster" --phone 555 --why "a canary" --compensation "987 GBP"
consent add zorblax --to okafor --for ai --form email --scope canary
consent revoke zorblax
disclose zorblax canary --to pat --basis consent
sponsor add zorblax Quimby Oster --role canary
sponsor update zorblax --by client --what canary
supervision log --client zorblax --about canary --with "Wendeline Oster" --notes canary
payment add zorblax 987 GBP --for canary
waive zorblax e4aaw late-reply --why "canary asked"
delete zorblax d2nnw --yes
resume
fmt
config set aliases.q contact list quimby
config unset aliases.z
"""
WITHOUT_TEXTS = frozenset({"init", "rule", "help", "schema", "completion", "config path"})
"""Commands that show nothing of a journal."""
IN_THE_EDITOR = frozenset({"edit", "config edit"})
"""Commands that show a file in the coach's own editor."""
