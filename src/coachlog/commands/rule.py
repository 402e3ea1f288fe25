"""`coachlog rule`: what a rule finds, why it matters, what to do."""

from collections.abc import Iterable
from typing import Annotated, Literal

import typer

from coachlog.commands.choosing import rule_named
from coachlog.commands.opening import Wishes, journal_if_any
from coachlog.errors import WrongCall
from coachlog.render import renderer
from coachlog.render.output import screen, show
from coachlog.render.rule_told import Here, Option, RuleTold, Shown
from coachlog.rules.book import BOOK, CHAPTERS, code_of
from coachlog.rules.rule import Rule
from coachlog.rules.settings import Setting, Settings, read_settings
from coachlog.rules.sources import source_words
from coachlog.store.casebook import Case, Chapterpiece, read_cases
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
    told = tuple(_told(one, settings, full=full) for one in rules)
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


def _told(rule: Rule, settings: Settings | None, *, full: bool) -> RuleTold:
    setting = settings.of[rule.code] if settings else None
    piece = read_cases(rule.code) if full else None
    return RuleTold(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        on=rule.on,
        chapter=CHAPTERS[rule.chapter],
        title=rule.title,
        why=rule.why,
        source=source_words(rule.source),
        do=piece.do if piece else "",
        say=piece.say if piece else "",
        clause=piece.clause if piece else "",
        sentence=piece.sentence if piece else "",
        options=tuple(_options(rule, setting)),
        here=Here(setting.on, setting.severity) if setting else None,
        flags=_example(piece.bites) if piece else None,
        passes=_example(piece.silent) if piece else None,
        related=tuple(_related(piece)) if piece else (),
    )


def _options(rule: Rule, setting: Setting | None) -> Iterable[Option]:
    for name, default in rule.options.items():
        yield Option(name, str(default), str(setting.options[name]) if setting else None)


def _example(case: Case) -> Shown:
    messages = (found.get("message", "") for found in case.found)
    return Shown(case.what, case.now, tuple(case.shown.items()), tuple(one for one in messages if one))


def _related(piece: Chapterpiece) -> Iterable[str]:
    names = {one.code: one.name for one in BOOK}
    return (f"{code} {names[code]}" if code in names else code for code in piece.related)
