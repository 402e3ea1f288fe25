"""A statement as a page to print or send: by a template, escaped, and without anything from elsewhere.

What nobody has decided about is the coach's own question, and not on it.
"""

from collections.abc import Iterator
from dataclasses import replace

from coachlog.render.letter import written
from coachlog.render.line import Line, line
from coachlog.render.output import Sheet
from coachlog.render.statement_text import StatementPage, StatementSheet, in_all_words, why_words
from coachlog.views.letters.said import Fact, day_facts
from coachlog.views.statement import Item, Statement


def lines(shown: StatementSheet, sheet: Sheet) -> Iterator[Line]:  # noqa: ARG001 — the form is the same everywhere
    """Turn a statement into the lines of a page. Raises FaultyTemplate."""
    whole = written(shown.template, "html", facts_of(shown), shown.file)
    yield from map(line, whole.text.rstrip("\n").split("\n"))


def facts_of(shown: StatementSheet) -> dict[str, Fact]:
    """Give all that the template of a statement may speak of."""
    page = shown.page
    return {
        "coach": {"name": shown.coach},
        "client": {"name": page.name},
        "day": page.day,
        "accounts": [_account(page, one) for one in page.statements],
        "in_all": list[Fact](in_all_words(page)),
    }


def _account(page: StatementPage, one: Statement) -> Fact:
    return {
        "name": f"{one.name[:1].upper()}{one.name[1:]}",
        "forward": page.sum(one.forward, one.currency) if one.forward else "",
        "rows": [_item(page, one, item) for item in one.items],
        "sentences": list[Fact](why_words(page, replace(one, undecided=()))),
        "charged": page.sum(one.charged, one.currency),
        "paid": page.sum(one.paid, one.currency),
        "balance": page.sum(one.balance, one.currency),
        "overdue": page.sum(one.overdue_sum, one.currency) if one.overdue else "",
    }


def _item(page: StatementPage, one: Statement, item: Item) -> Fact:
    what = page.what(item)
    return {
        **day_facts("day", item.day),
        "what": f"{what[:1].upper()}{what[1:]}",
        "amount": page.sum(item.money, one.currency),
        "balance": page.sum(item.balance, one.currency),
        **day_facts("due", item.due),
    }
