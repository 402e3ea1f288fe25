"""The rules as Markdown: one page, or the whole book."""

from collections.abc import Iterator
from itertools import groupby

from coachlog.render.line import EMPTY, Line, line
from coachlog.render.markdown import escaped
from coachlog.render.output import Sheet
from coachlog.render.rule_told import Option, RuleTold, Shown


def lines(shown: tuple[RuleTold, ...], sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn the rules into Markdown; several stand under their chapters."""
    if len(shown) == 1:
        yield from _page(shown[0], "#")
        return
    yield line("# The rules")
    for chapter, rules in groupby(shown, key=lambda one: one.chapter):
        yield from (EMPTY, line(f"## {escaped(chapter)}"))
        for told in rules:
            yield EMPTY
            yield from _page(told, "###")


def _page(told: RuleTold, level: str) -> Iterator[Line]:
    yield line(f"{level} {told.code} {told.name}")
    yield EMPTY
    yield line(f"**{told.severity}**{'' if told.on else ' (off by default)'} · {escaped(told.title)}")
    yield from _section("Why it matters", f"{_running(told.why)} Source: {escaped(told.source)}.")
    yield from _section("What to do now", _running(told.do))
    yield from _section("What to say", _running(told.say))
    yield from _section("How to prevent it", _running(told.sentence), told.clause)
    if told.options:
        yield from (EMPTY, line("**Options**"), EMPTY, *(line(_option(one)) for one in told.options))
    yield from _example("It finds", told.flags)
    yield from _example("It finds nothing in", told.passes)
    if told.related:
        yield from (EMPTY, line(f"See also: {', '.join(told.related)}."))


def _section(heading: str, text: str, clause: str = "") -> Iterator[Line]:
    if text:
        yield from (EMPTY, line(f"**{heading}.** {text}"))
    if clause:
        yield EMPTY
        yield from _fenced(clause)


def _option(option: Option) -> str:
    here = f" (here: {option.here})" if option.here is not None and option.here != option.default else ""
    return f"- `{option.name}`: {option.default}{here}"


def _example(heading: str, shown: Shown | None) -> Iterator[Line]:
    if shown is None:
        return
    yield from (EMPTY, line(f"**{heading}:** {escaped(shown.what)} (on {shown.now})"))
    for name, text in shown.files:
        yield EMPTY
        yield from _fenced(f"# {name}\n{text}")
    yield from (part for message in shown.messages for part in (EMPTY, line(f"> {escaped(message)}")))


def _fenced(text: str) -> Iterator[Line]:
    yield line("```yaml")
    yield from (line(one) for one in text.rstrip("\n").split("\n"))
    yield line("```")


def _running(text: str) -> str:
    return escaped(" ".join(text.split()))
