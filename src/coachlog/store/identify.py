"""Giving an id to every record that was written by hand without one: one key, and nothing else in the file changes."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coachlog.model.client import Client
from coachlog.model.ids import derived_id
from coachlog.model.practice import Practice
from coachlog.model.record import Entry, Record
from coachlog.store.compose import REMEMBERED
from coachlog.store.layout import CLIENT_FILE, PRACTICE_FILE
from coachlog.store.load import CLIENT_LISTS, SUPERVISION
from coachlog.store.nodes import Mapping, Node, Scalar, Sequence, is_empty, place_of_first_key
from coachlog.store.page import Edit, Page
from coachlog.store.prove import CannotProve, Plain, Step
from coachlog.store.records import inner_kinds

WHOLE_FILES: dict[str, type[Record]] = {CLIENT_FILE: Client, PRACTICE_FILE: Practice}
LIST_FILES = {listing.name: listing for listing in (*CLIENT_LISTS, SUPERVISION)}


class Nameless(NamedTuple):
    """A record without an id: the way to it, its node, and the ids of its list."""

    path: tuple[Step, ...]
    node: Mapping
    taken: set[str]


@lru_cache(maxsize=REMEMBERED)
def identified(data: bytes, name: str) -> bytes:
    """Give every record of a file an id that has none; a file where that can't be proved stays as it is.

    The name says which file of a journal it is.
    """
    try:
        page = Page(data)
        nameless = list(_nameless(page, name.rsplit("/", maxsplit=1)[-1]))
        return _with_ids(page, nameless) if nameless else data
    except CannotProve:
        return data


def count_nameless(data: bytes, name: str) -> int:
    """Count the records of a file that have no id yet. Raises CannotProve where it can't be read."""
    return sum(1 for _ in _nameless(Page(data), name.rsplit("/", maxsplit=1)[-1]))


def _with_ids(page: Page, nameless: list[Nameless]) -> bytes:
    seen: Counter[tuple[tuple[Step, ...], str]] = Counter()
    edits: list[Edit] = []
    says = page.says
    for one in nameless:
        text = page.text[one.node.start.index : one.node.end.index]
        listing = one.path[:-1]
        made = derived_id(text, seen[listing, text], one.taken)
        seen[listing, text] += 1
        one.taken.add(made)
        edits.append(_edit(page, one.node, made))
        says = _named(says, one.path, made)
    return page.spliced(edits, says)


def _edit(page: Page, node: Mapping, made: str) -> Edit:
    """Put the id before the first key: in braces with a comma, else on a line of its own."""
    first = place_of_first_key(node)
    behind = ", " if node.flow else f"{page.line_end}{' ' * first.column}"
    return Edit(first.index, first.index, f"id: {made}{behind}")


def _named(says: Plain, path: tuple[Step, ...], made: str) -> Plain:
    if not path:
        return {"id": made, **says} if isinstance(says, dict) else says
    step, rest = path[0], path[1:]
    if isinstance(says, list):
        return [_named(one, rest, made) if at == step else one for at, one in enumerate(says)]
    if isinstance(says, dict):
        return {key: _named(one, rest, made) if key == step else one for key, one in says.items()}
    return says


def _nameless(page: Page, file: str) -> Iterator[Nameless]:
    if not isinstance(page.root, Mapping):
        return
    if file in WHOLE_FILES:
        yield from _inside(page, WHOLE_FILES[file], page.root, ())
    listing = LIST_FILES.get(file)
    for key, value in page.root.entries if listing else ():
        kind = listing.kinds.get(key.text) if listing else None
        if kind:
            yield from _in_list(page, kind, value, (key.text,))


def _inside(page: Page, kind: type[Record], node: Mapping, path: tuple[Step, ...]) -> Iterator[Nameless]:
    kinds = inner_kinds(kind)
    for key, value in node.entries:
        inner = kinds.get(key.text)
        if inner is None:
            continue
        if isinstance(value, Sequence):
            yield from _in_list(page, inner, value, (*path, key.text))
        elif isinstance(value, Mapping):
            yield from _inside(page, inner, value, (*path, key.text))


def _in_list(page: Page, kind: type[Record], node: Node, path: tuple[Step, ...]) -> Iterator[Nameless]:
    items = node.items if isinstance(node, Sequence) else ()
    ids = [_id_of(item) for item in items]
    taken = {one for one in ids if one}
    for at, item in enumerate(items):
        if not isinstance(item, Mapping) or not item.entries or page.is_shared(item):
            continue
        if ids[at] is None and issubclass(kind, Entry):
            yield Nameless((*path, at), item, taken)
        yield from _inside(page, kind, item, (*path, at))


def _id_of(item: Node) -> str | None:
    """Give the id of a record; an empty one stands there all the same, and is left to the coach."""
    if not isinstance(item, Mapping):
        return None
    for key, value in item.entries:
        if key.text == "id":
            return value.text if isinstance(value, Scalar) and not is_empty(value) else ""
    return None
