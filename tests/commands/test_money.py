"""`coachlog payment` and `coachlog statement`: each charge says where it comes from, a payment what it settles."""

# ruff: noqa: E501 — what is printed on a pipe stands here as it is

import csv
import json
import re
import shlex
from io import StringIO
from pathlib import Path

import pytest

from calling import call

JANE = "clients/jane-doe"
MANY = "contracts:\n- {id: c1, agreed: 2026-01-02, "
FILES = {
    "coachlog.yaml": "format: 1\ntimezone: Europe/London\ncurrency: GBP\noffice_hours: Mo-Fr 09:00-17:00\n",
    f"{JANE}/client.yaml": "name: Jane Doe\n",
    f"{JANE}/contract.yaml": """contracts:
  - id: 2026a   # three parts
    agreed: 2026-01-12
    sessions: 6
    fee: {amount: 900 GBP, per: package, due: 14 days, parts: 3, every: 6 weeks}
    cancellation: {notice: 24 h, late: fee, late_fee: 75 GBP}
    between_sessions: {via: {email: 24 h, phone: 2 days}, free: 5 min, rate: 60 GBP per h}
    payments: [{id: y1, date: 2026-01-20, amount: 300 GBP, for: "part 1, thanks"}]
""",
    f"{JANE}/sessions.yaml": """sessions:
  - {id: b3xew, at: 2026-01-14 15:00, status: held}
  - {id: c8fhw, at: 2026-02-11 15:00, status: cancelled,
     cancelled: {at: 2026-02-11 08:10, by: client, reason: work, charge: fee}}
  - {id: d2nnw, at: 2026-02-25 15:00, status: no-show}
""",
    f"{JANE}/contacts.yaml": """contacts:
  - {id: f6juw, at: 2026-03-03 14:10, from: client, via: phone, minutes: 17, charged: 12 GBP}
  - {id: g7kvx, at: 2026-03-10 14:10, from: client, via: phone, minutes: 11}
""",
    "clients/kofi-mensah/client.yaml": "name: Kofi Mensah\n",
    "clients/kofi-mensah/contract.yaml": MANY
    + "fee: {amount: 120 EUR, per: hour}, payments: [{id: y1, date: 2026-02-01, amount: 100 GBP}]}\n",
    "clients/kofi-mensah/sessions.yaml": "sessions:\n- {id: k1, at: 2026-02-04 10:00, status: held, minutes: 65}\n",
    "clients/lena-fischer/client.yaml": "name: Lena Fischer\n",
    "clients/lena-fischer/contract.yaml": MANY
    + "fee: {amount: 640, per: package}, payments: [{id: y1, date: 2026-01-09, amount: 640},"
    " {id: y2, date: 2026-02-09, amount: -240, for: k1}],\n  ended: {date: 2026-02-06, by: both}}\n"
    "- {id: c2, agreed: 2026-03-02, fee: {amount: 95, per: session}}\n",
    "clients/lena-fischer/sessions.yaml": "sessions:\n- {id: k1, at: 2026-03-04 10:00, status: held}\n",
    "clients/tom-reid/client.yaml": "name: Tom Reid\n",
    "clients/tom-reid/contract.yaml": "contracts:\n- {id: d1, fee: {amount: 95, per: session}}\n",
}
"""Jane owes parts, a late fee and a call; Kofi's money is in two currencies; Lena had some of it back; Tom's is a draft."""

STATEMENTS = {
    "jane": """2026a|Mon 12 Jan 2026|package|-|part 1 of 3 of the package|300 GBP|300 GBP
2026a|Tue 20 Jan 2026|payment|2026a/y1|payment: part 1, thanks|-300 GBP|0 GBP
2026a|Wed 11 Feb 2026|late|c8fhw|late fee for the session of Wed 11 Feb 2026 15:00, cancelled Wed 11 Feb 2026 08:10 (notice 24 h)|75 GBP|75 GBP
2026a|Mon 23 Feb 2026|package|-|part 2 of 3 of the package|300 GBP|375 GBP
2026a|Tue 3 Mar 2026|contact|f6juw|phone of Tue 3 Mar 2026 14:10, 17 min: 12 min over the free 5 min at 60 GBP per h|12 GBP|387 GBP
2026a|387 GBP is open, all of it overdue.
2026a|Overdue: 75 GBP, due Wed 25 Feb 2026, 34 days ago: late fee for the session of Wed 11 Feb 2026 15:00, cancelled Wed 11 Feb 2026 08:10 (notice 24 h).
2026a|Overdue: 300 GBP, due Mon 9 Mar 2026, 22 days ago: part 2 of 3 of the package.
2026a|Overdue: 12 GBP, due Tue 17 Mar 2026, 14 days ago: phone of Tue 3 Mar 2026 14:10, 17 min: 12 min over the free 5 min at 60 GBP per h.
2026a|To come Mon 6 Apr 2026: 300 GBP, part 3 of 3 of the package, due Mon 20 Apr 2026.
2026a|Not decided: session of Wed 25 Feb 2026 15:00 (d2nnw): missed, no charge decided yet.
2026a|Not decided: phone of Tue 10 Mar 2026 14:10, 11 min (g7kvx): 6 min over the free 5 min at 60 GBP per h is 6 GBP; neither charged nor given away.
""",
    "jane --since '1 mar' --until '10 mar'": """2026a|Tue 3 Mar 2026|contact|f6juw|phone of Tue 3 Mar 2026 14:10, 17 min: 12 min over the free 5 min at 60 GBP per h|12 GBP|387 GBP
2026a|387 GBP is open, 375 GBP of it overdue.
2026a|Overdue: 75 GBP, due Wed 25 Feb 2026, 13 days ago: late fee for the session of Wed 11 Feb 2026 15:00, cancelled Wed 11 Feb 2026 08:10 (notice 24 h).
2026a|Overdue: 300 GBP, due Mon 9 Mar 2026, 1 day ago: part 2 of 3 of the package.
2026a|Due Tue 17 Mar 2026: 12 GBP, phone of Tue 3 Mar 2026 14:10, 17 min: 12 min over the free 5 min at 60 GBP per h.
2026a|To come Mon 6 Apr 2026: 300 GBP, part 3 of 3 of the package, due Mon 20 Apr 2026.
2026a|Not decided: session of Wed 25 Feb 2026 15:00 (d2nnw): missed, no charge decided yet.
2026a|Not decided: phone of Tue 10 Mar 2026 14:10, 11 min (g7kvx): 6 min over the free 5 min at 60 GBP per h is 6 GBP; neither charged nor given away.
""",
    "kofi": """c1|Wed 4 Feb 2026|hour|k1|session of Wed 4 Feb 2026 10:00, 65 min at 120 EUR per hour|130 EUR|130 EUR
c1|130 EUR is open, all of it overdue.
c1|Overdue: 130 EUR, due Wed 4 Feb 2026, 55 days ago: session of Wed 4 Feb 2026 10:00, 65 min at 120 EUR per hour.
c1|Sun 1 Feb 2026|payment|c1/y1|payment|-100 GBP|-100 GBP
c1|100 GBP is paid ahead.
""",
    "lena": """c1|Fri 2 Jan 2026|package|-|package|640 GBP|640 GBP
c1|Fri 9 Jan 2026|payment|c1/y1|payment|-640 GBP|0 GBP
c1|Mon 9 Feb 2026|refund|c1/y2|refund after the ending for the session of Wed 4 Mar 2026 10:00|240 GBP|0 GBP
c1|Nothing is open.
c2|Wed 4 Mar 2026|session|k1|session of Wed 4 Mar 2026 10:00|95 GBP|95 GBP
c2|95 GBP is open, all of it overdue.
c2|Overdue: 95 GBP, due Wed 4 Mar 2026, 27 days ago: session of Wed 4 Mar 2026 10:00.
In all 95 GBP is open.
""",
    "tom": "",
}


@pytest.mark.parametrize("called", STATEMENTS)
def test_a_statement_says_of_each_sum_where_it_comes_from(journal: Path, called: str) -> None:
    """On a pipe one charge or payment a line, and below them what is open and why."""
    outcome = call("statement", *shlex.split(called), folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.replace("\t", "|") == STATEMENTS[called]


def test_a_statement_agrees_with_the_rule_on_payment(journal: Path) -> None:
    """What it calls overdue is what `check` finds, once its week has passed."""
    told = json.loads(call("statement", "jane", "--json", folder=journal).out)["statements"][0]
    found = json.loads(call("check", "jane", "--select", "PAY101", "--json", folder=journal).out)["findings"][0]
    assert found["message"].startswith(f"{told['overdue']} GBP is overdue; the oldest of it was due on Wed 25 Feb 2026")
    assert (told["overdue_since"], told["balance"], told["charged"], told["paid"]) == (
        "2026-02-25",
        "387",
        "687",
        "300",
    )


def test_a_statement_is_a_table_for_a_spreadsheet(journal: Path) -> None:
    """Figures stay figures, whatever their sign."""
    rows = list(csv.DictReader(StringIO(call("statement", "lena", "--format", "csv", folder=journal).out)))
    assert [(one["kind"], one["amount"], one["balance"], one["currency"]) for one in rows] == [
        ("package", "640", "640", "GBP"),
        ("payment", "-640", "0", "GBP"),
        ("refund", "240", "0", "GBP"),
        ("session", "95", "95", "GBP"),
    ]


def test_incognito_no_sum_and_no_word_is_shown(journal: Path) -> None:
    """Neither in the table nor in JSON, and not in the words of what a charge arose from."""
    for form in ("text", "json", "csv"):
        shown = call("statement", "jane", "--format", form, "--incognito", folder=journal).out
        assert "late fee" in shown
        assert not re.search(r"Jane|thanks|GBP per|\b(?:300|387|75|12 GBP)\b", shown)


NEW = "[a-z][a-z2-9]{4}"
UNDER = "under the contract of 12 Jan 2026"
TODAY = "Tue 31 Mar 2026 (today)"
PAID = [
    (
        "jane 75 --for c8fhw",
        (
            f"payment 2026a/NEW: 75 GBP from Jane Doe, {TODAY}, {UNDER}; settles the late fee for the session of Wed 11 Feb 2026"
            " 15:00; 312 GBP is open, overdue since Mon 9 Mar 2026 (22 days ago)"
        ),
        "{id: NEW, date: 2026-03-31, amount: 75 GBP, for: c8fhw}",
    ),
    (
        "jane 300 gbp --date '2 mar' --for 'part 2, thanks'",
        (
            f"payment 2026a/NEW: 300 GBP from Jane Doe, Mon 2 Mar 2026 (29 days ago), {UNDER}; settles the late fee for the"
            " session of Wed 11 Feb 2026 15:00 and leaves 75 GBP of part 2 of 3 of the package open; 87 GBP is open,"
            " overdue since Mon 9 Mar 2026 (22 days ago)"
        ),
        '{id: NEW, date: 2026-03-02, amount: 300 GBP, for: "part 2, thanks"}',
    ),
    (
        "jane 400.00 --contract 2026a",
        (
            f"payment 2026a/NEW: 400 GBP from Jane Doe, {TODAY}, {UNDER}; settles the late fee for the session of Wed 11 Feb"
            " 2026 15:00, part 2 of 3 of the package and the phone of Tue 3 Mar 2026 14:10; nothing is open, 13 GBP is paid"
            " ahead"
        ),
        "{id: NEW, date: 2026-03-31, amount: 400.00 GBP}",
    ),
    (
        "jane 300 --refund",
        (
            f"refund 2026a/NEW: 300 GBP to Jane Doe, {TODAY}, {UNDER}; 687 GBP is open, overdue since Mon 26 Jan 2026"
            " (64 days ago)"
        ),
        "{id: NEW, date: 2026-03-31, amount: -300 GBP}",
    ),
    (
        "lena 95",
        (
            f"payment c2/NEW: 95 GBP from Lena Fischer, {TODAY}, under the contract of 2 Mar 2026; settles the session of Wed 4"
            " Mar 2026 10:00; nothing is open"
        ),
        "{id: NEW, date: 2026-03-31, amount: 95 GBP}",
    ),
    (
        "kofi 130 EUR",
        (
            f"payment c1/NEW: 130 EUR from Kofi Mensah, {TODAY}, under the contract of 2 Jan 2026; settles the session of Wed 4"
            " Feb 2026 10:00; nothing is open"
        ),
        "{id: NEW, date: 2026-03-31, amount: 130 EUR}",
    ),
]


@pytest.mark.parametrize(("typed", "told", "written"), PAID, ids=[one for one, *_ in PAID])
def test_a_payment_says_what_it_settles(journal: Path, typed: str, told: str, written: str) -> None:
    """It goes to the contract in which such a sum is open, and one line tells what is open after it."""
    before = {path: path.read_text() for path in journal.rglob("contract.yaml")}
    outcome = call("payment", "add", *shlex.split(typed), folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    first = outcome.out.splitlines()[0]
    assert re.fullmatch(f"noted {re.escape(told)}".replace("NEW", NEW), first), first
    changed = [path for path, text in before.items() if path.read_text() != text]
    assert len(changed) == 1
    assert re.search(re.escape(written).replace("NEW", NEW), changed[0].read_text())


REFUSED = {
    "jane": "The sum is needed, and there is nobody to ask.",
    "jane 1,000": "The sum is not understood. Write digits, a point and a currency",
    "jane 0 GBP": "Nothing was paid.",
    "jane 20 --date 2026-04-02": "Thu 2 Apr 2026 is still to come. Note a payment when it has come in.",
    "jane 20 --contract 2020x": "No record here is called `2020x`. There is 2026a.",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_a_payment_that_is_none_is_refused(journal: Path, typed: str) -> None:
    """One line says why, and nothing is written."""
    before = (journal / JANE / "contract.yaml").read_bytes()
    outcome = call("payment", "add", *shlex.split(typed), folder=journal)
    assert (outcome.code, outcome.out) == (2, "")
    assert REFUSED[typed] in outcome.err
    assert (journal / JANE / "contract.yaml").read_bytes() == before


def test_a_sum_in_which_currency_nobody_can_tell_is_asked_for(journal: Path) -> None:
    """A client who is charged in others than the practice's is never given it by mistake."""
    (journal / "coachlog.yaml").write_text("format: 1\ntimezone: Europe/London\ncurrency: CHF\n")
    outcome = call("payment", "add", "jane", "75", folder=journal)
    assert outcome.code == 2
    assert "Jane Doe is charged in GBP, and your practice reckons in CHF. Say which it was: 75 GBP." in outcome.err


def test_a_statement_is_a_page_to_print_as_well(journal: Path) -> None:
    """Escaped, with nothing from elsewhere, and without what nobody has decided about; the coach's own page wins."""
    (journal / JANE / "client.yaml").write_text("name: Jane <b>Doe\n", encoding="utf-8")
    page = call("statement", "jane", "--since", "2 mar", "--format", "html", folder=journal)
    assert (page.code, page.err) == (0, "")
    for said in (
        "for <strong>Jane &lt;b&gt;Doe</strong>",
        "default-src 'none'",
        "brought forward",
        "375 GBP",
        "<td>Phone of",
    ):
        assert said in page.out
    assert not re.search(r"Not decided|g7kvx|src=|http", page.out.replace("http-equiv", ""))
    own = journal / "templates" / "statement.html"
    own.parent.mkdir()
    own.write_text("{{ accounts[0].balance }}\n{{ nothing }}\n", encoding="utf-8")
    faulty = call("statement", "jane", "--format", "html", folder=journal)
    assert (faulty.code, faulty.err.startswith("coachlog: templates/statement.html:2: `nothing` is")) == (3, True)
    own.write_text("{{ accounts[0].balance }}\n", encoding="utf-8")
    assert call("statement", "jane", "--format", "html", folder=journal).out == "387 GBP\n"
    assert "<h1>" in call("statement", "jane", "--format", "html", "--built-in", folder=journal).out
