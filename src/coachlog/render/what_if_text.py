"""What other terms would have changed, as people read it: + what would come, - what would go."""

from collections.abc import Iterator

from coachlog.model.words import counted, listed
from coachlog.render.line import EMPTY, Line, Span, Style, line, record
from coachlog.render.measure import wrapped
from coachlog.render.output import Sheet, relative
from coachlog.render.what_if_page import WhatIfPage
from coachlog.views.what_if import Change, WhatIf

_STYLES: dict[str, Style] = {"breach": "breach", "warning": "warning", "advice": "advice"}
_INDENT = 12
_WIDEST = 120
_PLURALS = {"breach": "breaches", "warning": "warnings", "advice": "pieces of advice"}
_SINGULARS = {"breach": "breach", "warning": "warning", "advice": "piece of advice"}


def lines(shown: WhatIfPage, sheet: Sheet) -> Iterator[Line]:
    """Turn a comparison into lines."""
    what_if = shown.what_if
    if sheet.terminal:
        yield line(Span(what_if.headline, "bold"), f": {listed(list(what_if.terms))} as proposed")
    for one in what_if.changes:
        yield from _on_terminal(shown, one, sheet) if sheet.terminal else [_record(shown, one)]
    if sheet.quiet:
        return
    if sheet.terminal and what_if.changes:
        yield EMPTY
    yield line(summary(what_if))


def _record(page: WhatIfPage, change: Change) -> Line:
    found = change.finding
    severity = Span(found.severity, _STYLES[found.severity])
    return record(_sign(change), severity, found.code, found.name, _place(page, change), found.message)


def _on_terminal(page: WhatIfPage, change: Change, sheet: Sheet) -> Iterator[Line]:
    found = change.finding
    verdict = Span(f"{found.severity:<7}", _STYLES[found.severity])
    yield line(f"{_sign(change)} ", verdict, f" {found.code} {found.name}  ", Span(_place(page, change), "dim"))
    width = sheet.width and min(sheet.width, _WIDEST)
    yield from (line(one) for one in wrapped(found.message, width, _INDENT))


def _sign(change: Change) -> str:
    return "+" if change.comes else "-"


def _place(page: WhatIfPage, change: Change) -> str:
    return f"{relative(page.root, change.finding.file, page.folder)}:{change.finding.line}"


def summary(what_if: WhatIf) -> str:
    """Say in one sentence what would come, go and stay, and that nothing was written."""
    come, go = (_counts(what_if, comes=comes) for comes in (True, False))
    told = f"{come or 'Nothing'} would come, {go or 'nothing'} would go"
    stays = f"{counted(what_if.stay, 'finding')} would stay"
    return f"{told}, {stays}. Nothing was written."


def _counts(what_if: WhatIf, *, comes: bool) -> str:
    counts = what_if.counts(comes=comes).items()
    found = [counted(number, _SINGULARS[kind], _PLURALS[kind]) for kind, number in counts if number]
    return listed(found) if found else ""
