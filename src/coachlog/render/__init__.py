"""One module per output format. A module is imported when something is to be printed in its format.

Each has a function `lines(shown, sheet)` that turns values into lines; `output` writes them.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol

from coachlog.render.line import Line
from coachlog.render.output import LINE_END, Sheet

FORMATS: Mapping[str, Mapping[str, str]] = {
    "check": {
        "text": "coachlog.render.check_text",
        "concise": "coachlog.render.check_concise",
        "json": "coachlog.render.check_json",
        "jsonl": "coachlog.render.check_jsonl",
        "csv": "coachlog.render.check_csv",
        "github": "coachlog.render.check_github",
        "junit": "coachlog.render.check_junit",
        "sarif": "coachlog.render.check_sarif",
    },
    "rules": {
        "text": "coachlog.render.rule_list",
        "markdown": "coachlog.render.rule_markdown",
        "json": "coachlog.render.rule_json",
    },
    "rule": {
        "text": "coachlog.render.rule_page",
        "markdown": "coachlog.render.rule_markdown",
        "json": "coachlog.render.rule_json",
    },
    "today": {
        "text": "coachlog.render.today_text",
        "json": "coachlog.render.today_json",
    },
    "brief": {
        "text": "coachlog.render.brief_text",
        "json": "coachlog.render.brief_json",
    },
    "clients": {
        "text": "coachlog.render.client_list",
        "json": "coachlog.render.client_json",
    },
    "help": {
        "markdown": "coachlog.render.command_markdown",
    },
    "topic": {
        "text": "coachlog.render.topic_page",
    },
    "what-if": {
        "text": "coachlog.render.what_if_text",
        "json": "coachlog.render.what_if_json",
    },
    "timeline": {
        "text": "coachlog.render.timeline_text",
    },
    "record": {
        "text": "coachlog.render.record_text",
    },
    "found-text": {
        "text": "coachlog.render.found_text",
    },
    "contract": {
        "text": "coachlog.render.contract_text",
        "json": "coachlog.render.contract_json",
    },
    "statement": {
        "text": "coachlog.render.statement_text",
        "json": "coachlog.render.statement_json",
        "csv": "coachlog.render.statement_csv",
        "html": "coachlog.render.statement_html",
    },
    "agenda": {
        "text": "coachlog.render.agenda_text",
        "md": "coachlog.render.agenda_markdown",
        "json": "coachlog.render.agenda_json",
    },
}
"""What is shown, in which format, by which module."""

LINE_ENDS: Mapping[str, str] = {"csv": "\r\n"}
"""How the lines of a format end where its own document says so (RFC 4180)."""


class Renderer(Protocol):
    """What a module of a format offers."""

    def lines(self, shown: Any, sheet: Sheet) -> Iterator[Line]:  # noqa: ANN401 — each knows the value that it shows
        """Turn a value into lines."""


def renderer(shown: str, form: str) -> Renderer:
    """Give the module that shows something in a format."""
    module: Renderer = import_module(FORMATS[shown][form])
    return module


def line_end(form: str) -> str:
    """Give what ends the lines of a format."""
    return LINE_ENDS.get(form, LINE_END)
