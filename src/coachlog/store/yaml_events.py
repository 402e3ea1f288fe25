"""What a YAML parser reports as it goes through a text: told alike whichever parser it is, and PyYAML's libyaml first.

Only events are taken, never a loader: no type is resolved and no object built. libyaml 0.2.5 or later reads
10 MB a second; the slow one, ruamel.yaml's in pure Python, lives in slow_events.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

import yaml

from coachlog.store.nodes import START, Mark, Style

Kind: TypeAlias = Literal["scalar", "sequence", "mapping", "alias", "end", "document", "other"]

HAS_LIBYAML = yaml.__with_libyaml__

_KINDS: dict[str, Kind] = {
    "ScalarEvent": "scalar",
    "SequenceStartEvent": "sequence",
    "MappingStartEvent": "mapping",
    "AliasEvent": "alias",
    "SequenceEndEvent": "end",
    "MappingEndEvent": "end",
    "DocumentStartEvent": "document",
}
_BEGUN = frozenset({"sequence", "mapping"})
_STYLES: dict[str | None, Style] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}


class Event(NamedTuple):
    """One step of a parser: a text, an alias, the beginning of a list, mapping or document, or the end of a list."""

    kind: Kind
    start: Mark
    end: Mark
    text: str = ""
    style: Style = "plain"
    anchor: str | None = None
    flow: bool = False


_make = tuple.__new__


class Refused(Exception):
    """A parser does not take a text for YAML; its own words are for diagnosis alone, since they may quote the file."""

    def __init__(self, error: Exception, last: Event) -> None:
        """Take from a parser's error what it knows; any other exception is placed where the last event ended."""
        super().__init__("the parser refused the text")
        self.problem = str(getattr(error, "problem", None) or type(error).__name__)
        self.context = str(getattr(error, "context", None) or "")
        self.place = _mark(getattr(error, "problem_mark", None)) or last.end
        self.opened = _mark(getattr(error, "context_mark", None)) or self.place
        self.last = last


def fast_events(text: str) -> Iterator[Event]:
    """Report what libyaml finds in a text. Raises Refused, whatever goes wrong inside it."""
    return told(lambda: iter(yaml.CLoader(text).get_event, None))


def told(found: Callable[[], Iterable[Any]]) -> Iterator[Event]:
    """Tell the events of either parser in one form: of each what a tree is made of, and nothing that holds the text.

    A long file has thousands of events, so their tuples are made without the detour of their classes' signatures.
    """
    last = Event("other", START, START)
    try:
        for event in found():
            kind = _KINDS.get(type(event).__name__, "other")
            start, end = event.start_mark, event.end_mark
            begins = _make(Mark, (start.line, start.column, start.index))
            ends = _make(Mark, (end.line, end.column, end.index))
            if kind == "scalar":
                style = _STYLES.get(event.style, "plain")
                last = _make(Event, (kind, begins, ends, event.value, style, event.anchor, False))
            elif kind in _BEGUN:
                last = _make(Event, (kind, begins, ends, "", "plain", event.anchor, bool(event.flow_style)))
            else:
                last = Event(kind, begins, ends, anchor=getattr(event, "anchor", None))
            yield last
    except Exception as error:  # noqa: BLE001  (ten kinds of exception have been seen that are not the parsers' own)
        raise Refused(error, last) from None


def _mark(mark: Any) -> Mark | None:  # noqa: ANN401  (likewise)
    """Copy a parser's mark, which may hold the whole text."""
    return None if mark is None else Mark(mark.line, mark.column, mark.index)
