"""A rule's page as people read it: what it finds, why it matters, what to do, how to prevent it."""

from collections.abc import Iterator

from coachlog.render.line import EMPTY, Line, Span, line
from coachlog.render.measure import table, wrapped
from coachlog.render.output import Sheet
from coachlog.render.rule_told import Option, RuleTold, Shown

_TEXT_WIDTH = 100
_INDENT = 2


def lines(shown: tuple[RuleTold, ...], sheet: Sheet) -> Iterator[Line]:
    """Turn pages into lines."""
    width = sheet.width and min(sheet.width, _TEXT_WIDTH)
    for number, told in enumerate(shown):
        if number:
            yield EMPTY
        yield from _page(told, width)


def _page(told: RuleTold, width: int | None) -> Iterator[Line]:
    yield line(Span(f"{told.code} {told.name}", "bold"), f" · {told.severity}{'' if told.on else ' · off by default'}")
    yield line(told.title)
    yield from _section("Why it matters", _paragraphs(f"{told.why}\n\nSource: {told.source}.", width))
    yield from _section("What to do now", _paragraphs(told.do, width))
    yield from _section("What to say", _paragraphs(told.say, width))
    yield from _section("How to prevent it", [*_block(told.clause), *_paragraphs(told.sentence, width)])
    yield from _section("Options", list(table([_option(one) for one in told.options])))
    yield from _section("In this practice", [line(f"  {one}") for one in told.in_force])
    yield from _example("It finds", told.flags, width)
    yield from _example("It finds nothing in", told.passes, width)
    yield from _section("Crossed on purpose", [line(f"  {told.waiving}")])
    yield from _section("See also", _paragraphs(", ".join(told.related), width))


def _section(heading: str, body: list[Line]) -> Iterator[Line]:
    if body:
        yield from (EMPTY, line(Span(heading, "bold")), *body)


def _paragraphs(text: str, width: int | None) -> list[Line]:
    paragraphs = [" ".join(one.split()) for one in text.split("\n\n") if one.strip()]
    return [line(part) for one in paragraphs for part in wrapped(one, width, _INDENT)]


def _block(text: str) -> list[Line]:
    return [line(f"    {one}") for one in text.rstrip("\n").split("\n") if one.strip()]


def _option(option: Option) -> tuple[Span, ...]:
    differs = option.here is not None and option.here != option.default
    return (Span(f"  {option.name}"), Span(option.default), Span(f"(here: {option.here})" if differs else ""))


def _example(heading: str, shown: Shown | None, width: int | None) -> Iterator[Line]:
    if shown is None:
        return
    body = _paragraphs(f"{shown.what} (on {shown.now})", width)
    for name, text in shown.files:
        body += [line(Span(f"    {name}", "dim")), *[line(f"      {one}") for one in text.rstrip("\n").split("\n")]]
    for message in shown.messages:
        body += [line(Span(part, "breach")) for part in wrapped(f"→ {message}", width, 2 * _INDENT)]
    yield from _section(heading, body)
