"""`coachlog rule`: what a rule finds, why it matters, what to do."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Annotated, Literal, NamedTuple

import typer

from coachlog.commands.desk.opening import Wishes, here_or, journal_if_any
from coachlog.commands.judging.choosing import rule_named
from coachlog.errors import WrongCall
from coachlog.model.practice import Practice
from coachlog.model.record import Place
from coachlog.render import renderer
from coachlog.render.output import relative, screen, show
from coachlog.render.rule_told import Here, Option, RuleTold, Shown
from coachlog.rules.book import BOOK, BY_CODE, CHAPTERS, code_of
from coachlog.rules.rule import Rule
from coachlog.rules.settings import Settings, practice_says, read_settings
from coachlog.rules.sources import source_words
from coachlog.store.casebook import Case, read_cases
from coachlog.store.load import PracticeUnreadable, load_practice

Form = Literal["text", "markdown", "json"]


def rule(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[RULE]", help="A code or a name; without one the list.")
    ] = None,
    *,
    form: Annotated[Form, typer.Option("--format", help="How to print it.")] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="The page of every rule: the whole book.")] = False,
) -> None:
    """Show the page of a rule: what it finds, why it matters, what to do now, how to prevent it.

    Where a journal is found, the page says how the rule is set there: on or off, how grave, by which numbers and by
    which profile, and in which line of coachlog.yaml that stands. Elsewhere it tells the defaults.

    Examples:
      coachlog rule
      coachlog rule late-reply
      coachlog rule CTC105 --json
      coachlog rule --all --format markdown
    """
    wishes: Wishes = ctx.obj
    if name and everything:
        what = "A rule and --all were named at once."
        raise WrongCall(what, "Leave one of them out.")
    chosen = "json" if as_json else form
    practice = _practice(wishes, from_here=chosen == "text")
    rules = (rule_named(name),) if name else BOOK
    full = bool(name) or everything
    listed = (_listed(one, practice) for one in rules)
    told = tuple(map(_in_full, listed) if full else listed)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    show(renderer("rule" if full else "rules", chosen).lines(told, sheet), sheet)


def pages_of(codes: Iterable[str]) -> tuple[RuleTold, ...]:
    """Give the pages of rules, each as it is by default."""
    return tuple(_in_full(_listed(BY_CODE[code], None)) for code in codes)


class _Here(NamedTuple):
    """The practice that is looked at: how it sets the rules, and how a place in it is named."""

    practice: Practice
    settings: Settings
    name: Callable[[Place], str]


def _practice(wishes: Wishes, *, from_here: bool) -> _Here | None:
    """Read how the rules are set in the journal that is found; None without one, or where it can't be read.

    Places are named from the current folder, so that they can be clicked, or from the journal.
    """
    root = journal_if_any(wishes)
    if root is None:
        return None
    try:
        practice, _ = load_practice(root)
    except PracticeUnreadable:
        return None
    folder = here_or(root) if from_here else root
    settings = read_settings(practice, BOOK, code_of)
    return _Here(practice, settings, lambda place: f"{relative(root, place.file, folder)}:{place.line}")


def _listed(rule: Rule, practice: _Here | None) -> RuleTold:
    """Tell of a rule what the list of rules needs."""
    return RuleTold(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        on=rule.on,
        chapter=CHAPTERS[rule.chapter],
        title=rule.title,
        why=rule.why,
        source=source_words(rule.source),
        options=tuple(_options(rule, practice)),
        here=_here(rule, practice) if practice else None,
    )


def _here(rule: Rule, practice: _Here) -> Here:
    """Tell how a rule is set, and what has it on or off: the practice by name, the profile, or the default."""
    settings, setting = practice.settings, practice.settings.of[rule.code]
    by_name, severity = setting.off or bool(setting.set_at), setting.set_at.get("severity")
    outvoted = by_name and not setting.off and not setting.on
    why = "rules" if by_name and not outvoted else "profile" if outvoted or setting.on != rule.on else "default"
    return Here(
        on=setting.on,
        severity=setting.severity,
        why=why,
        severity_at=practice.name(severity) if severity else None,
        profile=settings.profile,
        profile_at=practice.name(settings.profile_at) if settings.profile_at else None,
    )


def _in_full(told: RuleTold) -> RuleTold:
    """Add what the page of a rule tells beside that: what to do, how to prevent it, and its first pair of cases."""
    casebook = read_cases(told.code)
    return replace(
        told,
        do=casebook.do,
        say=casebook.say,
        clause=casebook.clause,
        sentence=casebook.sentence,
        flags=_example(casebook.bites),
        passes=_example(casebook.silent),
        related=tuple(f"{code} {BY_CODE[code].name}" for code in casebook.related),
    )


def _options(rule: Rule, here: _Here | None) -> Iterable[Option]:
    for name, default in rule.options.items():
        yield _option(rule, name, str(default), here) if here else Option(name, str(default), None)


def _option(rule: Rule, name: str, default: str, here: _Here) -> Option:
    """Tell what an option is in a practice; a field of its own in coachlog.yaml wins over `rules:`."""
    setting = here.settings.of[rule.code]
    said = practice_says(here.practice, rule.code, name)
    value, place = said or (setting.options[name], setting.set_at.get(name))
    return Option(name, default, str(value), here.name(place) if place else None)


def _example(case: Case) -> Shown:
    messages = (found.get("message", "") for found in case.found)
    return Shown(case.what, case.now, tuple(case.shown.items()), tuple(one for one in messages if one))
