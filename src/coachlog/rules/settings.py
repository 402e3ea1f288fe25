"""What a practice has set for the rules: which are on, how grave they are, and by which numbers they judge."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from coachlog.model.duration import Duration
from coachlog.model.practice import Practice
from coachlog.model.problem import UNNAMED_KEY, Problem
from coachlog.model.severity import SEVERITIES, Profile, Severity
from coachlog.rules.rule import OptionValue, Rule

_PRINTABLE = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""A key of this form is printed; any other may be a text that lost its quotes."""
_WHOLE = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True)
class Setting:
    """How one rule is set in this practice."""

    on: bool
    severity: Severity
    options: Mapping[str, OptionValue]
    chosen: frozenset[str] = frozenset()
    """The options that the practice has set itself."""


@dataclass(frozen=True)
class Settings:
    """How every rule is set, and what of `rules:` could not be understood."""

    of: Mapping[str, Setting]
    problems: tuple[Problem, ...] = ()


@dataclass
class _Wish:
    """What the practice asks for one rule, as far as it can be understood."""

    off: bool = False
    severity: Severity | None = None
    options: dict[str, OptionValue] = field(default_factory=dict)


def read_settings(
    practice: Practice, book: Iterable[Rule], code_of: Callable[[str], str | None], profile: Profile | None = None
) -> Settings:
    """Read `rules:` and the profile; a mistake is named and the default judges in its place.

    A rule that has a code and does not judge yet may be set, too.
    """
    rules = {rule.code: rule for rule in book}
    keys = [key for rule in rules.values() for key in (rule.code, rule.name)]
    problems: list[Problem] = []
    wishes: dict[str, _Wish] = {}
    for key, wanted in practice.rules.items():
        code = code_of(key)
        rule = rules.get(code or "")
        if code is None:
            shown = f"`{key}`" if _PRINTABLE.fullmatch(key) else "A key of `rules:`"
            problems.append(_problem(practice, (key,), f"{shown} names no rule; {_nearest(key, keys)}"))
        elif rule:
            wishes[rule.code] = _wish(practice, key, rule, wanted, problems)
    chosen = profile or practice.profile
    set_rules = {rule.code: _setting(rule, wishes.get(rule.code), chosen) for rule in rules.values()}
    return Settings(set_rules, tuple(problems))


def _setting(rule: Rule, wish: _Wish | None, profile: Profile) -> Setting:
    wanted = wish or _Wish()
    severity = wanted.severity or rule.severity
    switched_on = rule.on or profile == "strict" or bool(wanted.severity or wanted.options)
    on = not wanted.off and switched_on and (profile != "basic" or severity == "breach")
    return Setting(on, severity, {**rule.options, **wanted.options}, frozenset(wanted.options))


def _wish(practice: Practice, key: str, rule: Rule, wanted: object, problems: list[Problem]) -> _Wish:
    fields = wanted if isinstance(wanted, dict) else {"severity": wanted}
    wish = _Wish()
    for name, value in fields.items():
        path = (key, name) if isinstance(wanted, dict) else (key,)
        complaint = _understand(rule, name, value, wish)
        if complaint:
            problems.append(_problem(practice, path, complaint))
    return wish


def _understand(rule: Rule, name: str, value: object, wish: _Wish) -> str | None:
    """Take one wish over; what can't be understood is returned as a sentence."""
    if name == "severity":
        return _understand_severity(value, wish)
    if name not in rule.options:
        known = ["severity", *rule.options]
        shown = f"`{name}`" if _PRINTABLE.fullmatch(name) else "A key"
        return f"{shown} is no option of {rule.code}; {_nearest(name, known)}"
    parsed = parse_option(value, rule.options[name])
    if parsed is None:
        return f"`{name}` of {rule.code} is not understood: expected {_kind(rule.options[name])}."
    wish.options[name] = parsed
    return None


def _understand_severity(value: object, wish: _Wish) -> str | None:
    word = str(value).lower() if isinstance(value, str) else ""
    if word in {"off", "no", "false"}:
        wish.off = True
    elif word in SEVERITIES:
        wish.severity = next(severity for severity in SEVERITIES if severity == word)
    elif word not in {"on", "yes", "true"}:
        return "Expected off, breach, warning, advice, or a mapping such as {severity: warning}."
    return None


def parse_option(value: object, default: OptionValue) -> OptionValue | None:
    """Read an option in the type of its default: a duration, a whole number, or a number such as 0.5 or 1/3."""
    if not isinstance(value, str):
        return None
    if isinstance(default, Duration):
        return Duration.parse(value)
    if isinstance(default, int):
        return int(value) if _WHOLE.fullmatch(value) else None
    try:
        number = Fraction(value)
    except (ValueError, ZeroDivisionError):
        return None
    return number if number >= 0 else None


def _kind(default: OptionValue) -> str:
    if isinstance(default, Duration):
        return f"a duration, such as {default}"
    return f"a whole number, such as {default}" if isinstance(default, int) else "a number, such as 0.5 or 1/3"


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean `{near[0]}`?" if near else "`coachlog rule` lists them all."


def _problem(practice: Practice, path: tuple[str, ...], message: str) -> Problem:
    place = practice.origin.place("rules", *path)
    shown = (key if _PRINTABLE.fullmatch(key) else UNNAMED_KEY for key in path)
    return Problem("JRN102", place, message, subject=".".join(("rules", *shown)))
