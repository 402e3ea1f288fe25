"""What is planned is judged by every chapter before it is written, and refused only for what it crosses itself."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, call, lay_out

OWN = "clients/jane-doe/"
TERMS = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    length: 60 min
    cancellation: {notice: 24 h, late: counts}
    between_sessions: {via: {email: 24 h}}
    confidentiality: {code: ICF, exceptions: [harm, subpoena, consent]}
    fee: {amount: 900 GBP, per: package}
    termination: {notice: 2 weeks}
"""
TOMORROW = "sessions: [{id: s1aaa, at: 2026-04-01 10:00}]\n"
LATER = "sessions: [{id: s1aaa, at: 2026-04-22 15:00}]\n"
SPONSORED = "name: Jane Doe\nsponsors: [{id: kwame, name: Kwame Boateng, role: manager}]\n"
SHARED = TERMS + "    sharing: {with: [kwame], what: [dates], reported_by: client}\n"
BUSY = "sessions:\n" + "".join(f"  - {{id: t{n}aaa, at: 2026-04-08 {8 + n:02}:00, length: 30 min}}\n" for n in range(5))
ENDED = TERMS + "    ended: {date: 2026-04-10, by: both, reason: completed}\n"
COACH_ENDS = "contract end jane --by coach --reason relationship --explained today"


@pytest.mark.parametrize(
    ("files", "command", "code", "told"),
    [
        ({"sessions.yaml": TOMORROW}, "session move jane next 9 apr --by coach", 4, "CAN103 late-cancelling-coach"),
        ({"sessions.yaml": TOMORROW}, "session move jane next 9 apr --by coach --reason illness", 0, "moved s1aaa"),
        ({"sessions.yaml": TOMORROW}, "session move jane next 9 apr --by client", 0, "warning CAN104"),
        ({"sessions.yaml": TOMORROW}, "session cancel jane next --by coach --reason other", 0, "warning CAN103"),
        ({"sessions.yaml": TOMORROW}, "contract hold jane --booked cancel", 4, "CAN103 late-cancelling-coach"),
        ({"sessions.yaml": TOMORROW}, "contract pause jane --by client --booked cancel", 0, "warning CAN104"),
        ({"contract.yaml": ENDED}, "session book jane 22 apr 15:00", 4, "END106 still-booked-after-ending"),
        ({"contract.yaml": ENDED}, "session book jane 9 apr 15:00", 0, "booked"),
        ({"sessions.yaml": LATER}, "contract end jane --by both --reason completed --booked keep", 4, "END106"),
        ({"sessions.yaml": LATER}, "contract end jane --by both --reason completed --booked cancel", 0, "cancelled: "),
        ({}, COACH_ENDS, 4, "gives a notice of 2 weeks, until Tue 14 Apr 2026 (END105 short-notice-ending)"),
        ({}, f"{COACH_ENDS} --on '13 apr'", 4, "END105 short-notice-ending). Say a later day with --on"),
        ({}, f"{COACH_ENDS} --on '13 apr' --anyway", 0, "still missing: supervision, two referrals, a closing session"),
        ({}, f"{COACH_ENDS} --on '14 apr'", 0, "still missing: supervision, two referrals, a closing session"),
        (
            {"contract.yaml": TERMS.replace("2 weeks", "0 days")},
            f"{COACH_ENDS} --refer Ola",
            0,
            "warning END103 stranded-client",
        ),
        ({}, "contract end jane --on 'last fri' --by coach --reason other", 0, "warning END101 unexplained-ending"),
        ({}, "contract hold jane --reason engagement", 0, "warning END108 unresolved-hold"),
        ({"client.yaml": SPONSORED}, "contract renew jane --agreed today --starts '1 may'", 0, "renews 2026a"),
        (
            {"client.yaml": SPONSORED, "contract.yaml": SHARED},
            "contract renew jane --agreed today --set sharing=[]",
            2,
            "`sharing`",
        ),
        ({"../tom-reid/sessions.yaml": BUSY}, "session book jane 8 apr 15:00", 0, "advice  PRA102 overloaded-day"),
        ({"../tom-reid/sessions.yaml": BUSY}, "session book jane 8 apr 10:00", 4, "SES114 double-booking"),
    ],
)
def test_a_plan_asks_first_and_a_fact_is_told(
    tmp_path: Path, files: Mapping[str, str], command: str, code: int, told: str
) -> None:
    """Refused is what the plan itself crosses; what an ending or a hold still lacks, and what is a fact, is told."""
    base = {**JOURNAL, "coachlog.yaml": PRACTICE, f"{OWN}contract.yaml": TERMS, f"{OWN}contacts.yaml": ""}
    lay_out({**base, **{f"{OWN}{name}": text for name, text in files.items()}}, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    outcome = call(*shlex.split(command), folder=tmp_path)
    assert (outcome.code, told in (outcome.err if code else outcome.out)) == (code, True), outcome
    written = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}
    assert (written == before) == bool(code)


def test_a_short_notice_that_is_still_to_come_is_waived_on_its_day(tmp_path: Path) -> None:
    """Until then nothing would be found, and a waiver would be one of nothing."""
    lay_out({**JOURNAL, f"{OWN}contract.yaml": TERMS}, tmp_path)
    outcome = call(*shlex.split(f"{COACH_ENDS} --on '13 apr' --waive 'she asked for it'"), folder=tmp_path)
    assert outcome.code == 0
    assert "waive it then: coachlog waive jane-doe 2026a END105." in outcome.err
    assert "JRN106" not in outcome.out
