"""One client: who it is and where they stand, a line for each fact."""

from collections.abc import Iterator, Mapping
from typing import Any

from coachlog.render.line import Line, Span, line, record
from coachlog.render.measure import table
from coachlog.render.output import Sheet

_DERIVED_IN_WORDS = frozenset({"sessions_used", "sessions_contracted", "next_session", "next_words", "contract_agreed"})
_HEAD = frozenset({"code", "name"})


def lines(shown: Mapping[str, Any], sheet: Sheet) -> Iterator[Line]:
    """Turn the fields of a client into lines; what is not known is left out."""
    facts = list(_facts(shown))
    if not sheet.terminal:
        yield from (record(key, value) for key, value in [("name", shown["name"]), ("code", shown["code"]), *facts])
        return
    yield line(Span(str(shown["name"]), "bold"), f" ({shown['code']})")
    yield from table([(Span(key, "dim"), Span(value)) for key, value in facts])


def _facts(shown: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in shown.items():
        if key == "contract_agreed":
            yield from _standing(shown)
        elif key not in _HEAD | _DERIVED_IN_WORDS and (words := _words(value)):
            yield key.replace("_", " "), words


def _standing(shown: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Say how many sessions are used of those that were agreed, and when the next one is."""
    used, agreed = shown["sessions_used"], shown["sessions_contracted"]
    if used is not None:
        of = "" if agreed is None else f" of {agreed}"
        since = f", contract of {shown['contract_agreed']}" if shown["contract_agreed"] else ""
        yield "sessions", f"{used}{of}{since}"
    if shown["next_words"]:
        yield "next session", str(shown["next_words"])


def _words(value: object) -> str:
    """Say a value, a list with commas and a record by its fields; nothing for what is absent."""
    if isinstance(value, Mapping):
        return ", ".join(words for key, one in value.items() if key != "id" and (words := _words(one)))
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_words, value)) if any(isinstance(one, Mapping) for one in value) else ", ".join(value)
    return "" if value is None else str(value)
