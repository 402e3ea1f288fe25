"""What a practice has set for the rules: which are on, how grave they are, and by which numbers they judge."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from typing import NamedTuple

from coachlog.model.duration import Duration
from coachlog.model.practice import Practice
from coachlog.model.problem import UNNAMED_KEY, Problem
from coachlog.model.record import Place
from coachlog.model.severity import SEVERITIES, Profile, Severity
from coachlog.model.words import listed
from coachlog.rules.rule import OptionValue, Rule

_PRINTABLE = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""A key of this form is printed; any other may be a text that lost its quotes."""
_WHOLE = re.compile(r"[0-9]{1,6}")
_CHAPTER = 3
"""How many letters of a code name its chapter."""
OF_THE_PRACTICE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("PRV104", "keep"): ("retention",),
    ("SUP102", "every"): ("supervision", "every"),
    ("SUP103", "yearly"): ("supervision", "yearly"),
}
"""Options that a field of coachlog.yaml wins over (rules.md, Options)."""


class Setting(NamedTuple):
    """How one rule is set in this practice.

    `set_at` says where each thing that the practice has set itself stands: `severity` (off, too) and options.
    """

    on: bool
    severity: Severity
    options: Mapping[str, OptionValue]
    chosen: frozenset[str] = frozenset()
    """The options that the practice has set itself."""
    off: bool = False
    """Whether the practice has switched it off by name."""
    set_at: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """How every rule is set, and what of `rules:` could not be understood."""

    of: Mapping[str, Setting]
    problems: tuple[Problem, ...] = ()
    profile: Profile = "ethics"
    profile_at: Place | None = None
    """Where the practice has chosen its profile; None where it is the default, or the call's."""


@dataclass
class _Wish:
    """What the practice asks for one rule, as far as it can be understood."""

    off: bool = False
    severity: Severity | None = None
    options: dict[str, OptionValue] = field(default_factory=dict)
    set_at: dict[str, Place] = field(default_factory=dict)


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
            problems.append(_problem(practice, (key,), _no_rule(key, keys)))
        elif code in wishes:
            problems.append(_problem(practice, (key,), f"{code} is set a second time here; keep one of the two."))
        elif rule:
            wishes[rule.code] = _wish(practice, key, rule, wanted, problems)
    chosen = profile or practice.profile
    set_rules = {rule.code: _setting(rule, wishes.get(rule.code), chosen) for rule in rules.values()}
    by_practice = profile is None and "profile" in practice.model_fields_set
    return Settings(set_rules, tuple(problems), chosen, practice.origin.place("profile") if by_practice else None)


def _setting(rule: Rule, wish: _Wish | None, profile: Profile) -> Setting:
    wanted = wish or _Wish()
    severity = wanted.severity or rule.severity
    switched_on = rule.on or profile == "strict" or bool(wanted.severity or wanted.options)
    on = not wanted.off and switched_on and (profile != "basic" or severity == "breach")
    options = {**rule.options, **wanted.options}
    return Setting(on, severity, options, frozenset(wanted.options), wanted.off, wanted.set_at)


def _wish(practice: Practice, key: str, rule: Rule, wanted: object, problems: list[Problem]) -> _Wish:
    fields = wanted if isinstance(wanted, dict) else {"severity": wanted}
    wish = _Wish()
    for name, value in fields.items():
        path = (key, name) if isinstance(wanted, dict) else (key,)
        complaint = _understand(rule, name, value, wish)
        if complaint:
            problems.append(_problem(practice, path, complaint))
        elif wish.off or wish.severity or name != "severity":
            wish.set_at[name] = practice.origin.place("rules", *path)
    return wish


def _understand(rule: Rule, name: str, value: object, wish: _Wish) -> str | None:
    """Take one wish over; what can't be understood is returned as a sentence."""
    if name == "severity":
        return _understand_severity(value, wish)
    if name not in rule.options:
        known = ["severity", *rule.options]
        shown = f"`{name}`" if _PRINTABLE.fullmatch(name) else "A key"
        return f"{shown} is no option of {rule.code}; {_nearest(name, known, _written(rule, name))}"
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
        near = get_close_matches(word, ["off", *SEVERITIES], n=1, cutoff=0.5)
        advice = f"; did you mean `{near[0]}`?" if near else "."
        return f"Expected off, breach, warning, advice, or a mapping such as {{severity: warning}}{advice}"
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


def _no_rule(key: str, keys: Iterable[str]) -> str:
    if key == "profile":
        return "`profile` is no rule; it stands by itself in coachlog.yaml, outside `rules:`."
    known = list(keys)
    if any(key.upper() == one[:_CHAPTER] for one in known if one.isupper()):
        return f"`{key}` is a chapter; rules are set one by one, by code or name."
    shown = f"`{key}`" if _PRINTABLE.fullmatch(key) else "A key of `rules:`"
    return f"{shown} names no rule; {_nearest(key, known)}"


def _written(rule: Rule, name: str) -> str:
    """Say how a rule is set by one who has written something else."""
    if name == "off":
        return f"to switch it off: {{{rule.code}: off}}."
    return f"it has {listed(['severity', *rule.options])}."


def _nearest(name: str, known: Iterable[str], otherwise: str = "`coachlog rule` lists them all.") -> str:
    by_key = {one.lower(): one for one in known}
    near = get_close_matches(name.lower(), by_key, n=1, cutoff=0.5)
    return f"did you mean `{by_key[near[0]]}`?" if near else otherwise


def practice_says(practice: Practice, code: str, option: str) -> tuple[OptionValue, Place] | None:
    """Give the field of coachlog.yaml that wins over an option of a rule, where it is filled in."""
    outer, *inner = OF_THE_PRACTICE.get((code, option), ("",))
    holder = getattr(practice, outer, None)
    value = getattr(holder, inner[0], None) if inner and holder else holder
    return (value, practice.origin.place(outer, *inner)) if isinstance(value, Duration | int) else None


def _problem(practice: Practice, path: tuple[str, ...], message: str) -> Problem:
    place = practice.origin.place("rules", *path)
    shown = (key if _PRINTABLE.fullmatch(key) else UNNAMED_KEY for key in path)
    return Problem("JRN102", place, message, subject=".".join(("rules", *shown)))
