"""The rule book: every rule, chapter by chapter, in one tuple."""

from coachlog.errors import NoSuchRule
from coachlog.rules import contact, contracts, journal, sessions
from coachlog.rules.announced import ANNOUNCED
from coachlog.rules.rule import Rule

CHAPTERS: dict[str, str] = {
    "CON": "Contracts",
    "SES": "Sessions",
    "CTC": "Contact between sessions",
    "JRN": "The journal itself",
}
"""The chapters that judge, with their titles."""

BOOK: tuple[Rule, ...] = (*contracts.RULES, *sessions.RULES, *contact.RULES, *journal.RULES)
"""Every rule that judges, in the order of the book."""

_CODES = {key: rule.code for rule in BOOK for key in (rule.code, rule.name)}
_CODES |= {key: code for code, name in ANNOUNCED for key in (code, name)}
_RULES = {rule.code: rule for rule in BOOK}


def code_of(key: str) -> str | None:
    """Give the code of a rule by its code or name; None where no rule has it. A chapter is no rule."""
    return _CODES.get(key.strip())


def rule_of(key: str) -> Rule:
    """Give a rule by its code or name. Raises NoSuchRule."""
    code = code_of(key) or code_of(key.upper())
    if code in _RULES:
        return _RULES[code]
    if code:
        what = f"{code} does not judge yet."
        raise NoSuchRule(what, "`coachlog rule` lists those that do.")
    what = "No rule has that code or name."
    raise NoSuchRule(what, "`coachlog rule` lists them all.")
