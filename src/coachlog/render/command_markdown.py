"""The commands as Markdown: every page under its heading, the options of the whole program first."""

from collections.abc import Iterator
from itertools import groupby

from coachlog.render.command_told import Book, CommandTold, Said
from coachlog.render.line import EMPTY, Line, line
from coachlog.render.markdown import escaped
from coachlog.render.output import Sheet


def lines(shown: Book, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn the book of commands into Markdown."""
    yield line("# The commands")
    yield EMPTY
    yield line(escaped(shown.about))
    yield EMPTY
    yield line(
        "These options of the whole program stand before the command, or behind it where it has none of that name:"
    )
    yield EMPTY
    yield from map(_said, shown.options)
    for heading, pages in groupby(shown.pages, key=lambda one: one.heading):
        yield from (EMPTY, line(f"## {escaped(heading)}"))
        for page in pages:
            yield from _page(shown.program, page)


def _page(program: str, page: CommandTold) -> Iterator[Line]:
    yield from (EMPTY, line(f"### {program} {page.name}"), EMPTY)
    yield line(f"`{page.usage}`")
    for paragraph in page.about.split("\n\n"):
        yield from (EMPTY, line(escaped(" ".join(paragraph.split()))))
    if page.arguments or page.options:
        yield EMPTY
        yield from map(_said, (*page.arguments, *page.options))
    yield from (EMPTY, line("```sh"), *map(line, page.examples), line("```"))


def _said(one: Said) -> Line:
    note = f" (`{one.note}`)" if one.note else ""
    return line(f"- `{one.name}`: {escaped(one.about)}{note}")
