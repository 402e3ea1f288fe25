"""Which rules a call is about: codes, names and chapters, as they are typed."""

from collections.abc import Callable, Iterable
from difflib import get_close_matches

from coachlog.errors import NoSuchRule
from coachlog.rules.announced import ANNOUNCED
from coachlog.rules.book import BOOK, BY_CODE, CHAPTERS, code_of
from coachlog.rules.rule import Rule

_CHAPTERS = {*CHAPTERS, *(code[:3] for code, _ in ANNOUNCED)}


def chosen(select: Iterable[str], ignore: Iterable[str]) -> Callable[[Rule], bool]:
    """Read --select and --ignore: nothing selected means every rule that is on. Raises NoSuchRule."""
    wanted = {_judging(one) for one in _named(select)}
    unwanted = {_prefix(one) for one in _named(ignore)}

    def is_chosen(rule: Rule) -> bool:
        return (not wanted or _in(rule, wanted)) and not _in(rule, unwanted)

    return is_chosen


def rule_named(key: str) -> Rule:
    """Give a rule by its code or name, case ignored. Raises NoSuchRule with the nearest."""
    code = code_of(key)
    if code and code in BY_CODE:
        return BY_CODE[code]
    raise _not_yet(code) if code else _unknown(key, (name for rule in BOOK for name in (rule.code, rule.name)))


def _named(texts: Iterable[str]) -> list[str]:
    return [name for text in texts for one in text.split(",") if (name := one.strip())]


def _in(rule: Rule, prefixes: set[str]) -> bool:
    return rule.code in prefixes or rule.chapter in prefixes


def _judging(name: str) -> str:
    """Give the code or chapter that is selected; one that judges nothing yet is refused, or silence would mislead."""
    prefix = _prefix(name)
    if not any(_in(rule, {prefix}) for rule in BOOK):
        raise _not_yet(prefix)
    return prefix


def _prefix(name: str) -> str:
    if name.upper() in _CHAPTERS:
        return name.upper()
    code = code_of(name)
    if code:
        return code
    raise _unknown(name, _every_name())


def _every_name() -> Iterable[str]:
    yield from sorted(_CHAPTERS)
    yield from (key for rule in BOOK for key in (rule.code, rule.name))
    yield from (key for announced in ANNOUNCED for key in announced)


def _not_yet(code: str) -> NoSuchRule:
    return NoSuchRule(f"{code} does not judge yet.", "`coachlog rule` lists what does.")


def _unknown(name: str, known: Iterable[str]) -> NoSuchRule:
    by_key = {one.lower(): one for one in known}
    near = [by_key[key] for key in get_close_matches(name.lower(), by_key, n=3, cutoff=0.5)]
    remedy = f"The nearest: {', '.join(near)}." if near else "`coachlog rule` lists them all."
    return NoSuchRule(f"No rule and no chapter is called `{name}`.", remedy)
