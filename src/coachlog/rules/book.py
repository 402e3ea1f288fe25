"""The rule book: every rule, chapter by chapter, in one tuple."""

from collections.abc import Mapping

from coachlog.rules import (
    actions,
    cancelling,
    confidentiality,
    contact,
    contracts,
    endings,
    follow_up,
    journal,
    payments,
    practice,
    referral,
    sessions,
    sponsors,
    supervision,
)
from coachlog.rules.announced import ANNOUNCED
from coachlog.rules.rule import Rule

CHAPTERS: dict[str, str] = {
    "CON": "Contracts",
    "SES": "Sessions",
    "CAN": "Cancelling and missing",
    "ACT": "Steps and follow-through",
    "CTC": "Contact between sessions",
    "FUP": "Contracted follow-up",
    "PAY": "Payment",
    "END": "Endings",
    "REF": "Referral",
    "PRV": "Confidentiality",
    "SPN": "Sponsors",
    "SUP": "Supervision",
    "PRA": "The practice and your own limits",
    "JRN": "The journal itself",
}
"""The chapters that judge, with their titles."""

BOOK: tuple[Rule, ...] = (
    *contracts.RULES,
    *sessions.RULES,
    *cancelling.RULES,
    *actions.RULES,
    *contact.RULES,
    *follow_up.RULES,
    *payments.RULES,
    *endings.RULES,
    *referral.RULES,
    *confidentiality.RULES,
    *sponsors.RULES,
    *supervision.RULES,
    *practice.RULES,
    *journal.RULES,
)
"""Every rule that judges, in the order of the book."""

BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in BOOK}
"""The same, by their codes."""

_CODES = {key.lower(): rule.code for rule in BOOK for key in (rule.code, rule.name)}
_CODES |= {key.lower(): code for code, name in ANNOUNCED for key in (code, name)}


def code_of(key: str) -> str | None:
    """Give the code of a rule by its code or name, in any case; None where no rule has it. A chapter is no rule."""
    return _CODES.get(key.strip().lower())
