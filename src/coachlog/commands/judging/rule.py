"""`coachlog rule`: what a rule finds, why it matters, what to do."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Literal

import typer

from coachlog.commands.desk.opening import Wishes, journal_if_any
from coachlog.commands.judging.choosing import rule_named
from coachlog.errors import WrongCall
from coachlog.render import renderer
from coachlog.render.output import screen, show
from coachlog.render.rule_told import Here, Option, RuleTold, Shown
from coachlog.rules.book import BOOK, BY_CODE, CHAPTERS, code_of
from coachlog.rules.rule import Rule
from coachlog.rules.settings import Setting, Settings, read_settings
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

    Where a journal is found, the page says how the rule is set there.

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
    settings = _settings(wishes)
    rules = (rule_named(name),) if name else BOOK
    full = bool(name) or everything
    listed = (_listed(one, settings) for one in rules)
    told = tuple(map(_in_full, listed) if full else listed)
    sheet = screen(wishes.color, quiet=wishes.quiet)
    chosen = "json" if as_json else form
    show(renderer("rule" if full else "rules", chosen).lines(told, sheet), sheet)


def _settings(wishes: Wishes) -> Settings | None:
    """Read how the rules are set in the journal that is found; None without one, or where it can't be read."""
    root = journal_if_any(wishes)
    if root is None:
        return None
    try:
        practice, _ = load_practice(root)
    except PracticeUnreadable:
        return None
    return read_settings(practice, BOOK, code_of)


def _listed(rule: Rule, settings: Settings | None) -> RuleTold:
    """Tell of a rule what the list of rules needs."""
    setting = settings.of[rule.code] if settings else None
    return RuleTold(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        on=rule.on,
        chapter=CHAPTERS[rule.chapter],
        title=rule.title,
        why=rule.why,
        source=source_words(rule.source),
        options=tuple(_options(rule, setting)),
        here=Here(setting.on, setting.severity) if setting else None,
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


def _options(rule: Rule, setting: Setting | None) -> Iterable[Option]:
    for name, default in rule.options.items():
        yield Option(name, str(default), str(setting.options[name]) if setting else None)


def _example(case: Case) -> Shown:
    messages = (found.get("message", "") for found in case.found)
    return Shown(case.what, case.now, tuple(case.shown.items()), tuple(one for one in messages if one))
