"""What a change looks like in the text: where a record goes, what a value becomes, what is cut, and what is refused."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from coachlog.store.compose import compose
from coachlog.store.emit import Value, Word
from coachlog.store.nodes import Mapping, Sequence, Unreadable
from coachlog.store.prove import CannotProve, as_plain, plain, prove
from coachlog.store.splice import (
    add_key,
    cut_key,
    cut_record,
    insert_record,
    insert_records,
    replace_value,
    set_value,
)

Change: TypeAlias = Callable[[bytes], bytes]
EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
NEW: Value = {"id": "q1", "at": "2026-03-01 10:00"}


def insert(*path: str | int, record: Value = NEW, line: bool | None = None) -> Change:
    """Insert a record at a path."""
    return lambda data: insert_record(data, path, record, line=line)


def put(*path: str | int, value: Value) -> Change:
    """Replace the value at a path."""
    return lambda data: replace_value(data, path, value)


def add(*path: str | int, value: Value) -> Change:
    """Add a key at a path."""
    return lambda data: add_key(data, path, value)


def drop(*path: str | int) -> Change:
    """Cut the key at a path."""
    return lambda data: cut_key(data, path)


def cut(*path: str | int) -> Change:
    """Cut the record at a path."""
    return lambda data: cut_record(data, path)


S = insert("sessions")
INSERTED: list[tuple[str, Change, str]] = [
    ("", S, "sessions:\n  - id: q1\n    at: 2026-03-01 10:00\n"),
    ("# mine", S, "# mine\nsessions:\n  - id: q1\n    at: 2026-03-01 10:00\n"),
    ("---\n# mine\n", S, "---\n# mine\nsessions:\n  - id: q1\n    at: 2026-03-01 10:00\n"),
    (
        "# mine\n---\n# b\n...\n# end\n",
        S,
        "# mine\n---\n# b\nsessions:\n  - id: q1\n    at: 2026-03-01 10:00\n...\n# end\n",
    ),
    ("---\n...", S, "---\nsessions:\n  - id: q1\n    at: 2026-03-01 10:00\n..."),
    ("\ufeff# mine\r\n", S, "\ufeff# mine\r\nsessions:\r\n  - id: q1\r\n    at: 2026-03-01 10:00\r\n"),
    ("sessions:\nx-a: 1\n", S, "sessions:\n  - id: q1\n    at: 2026-03-01 10:00\nx-a: 1\n"),
    ("sessions: [] # none\n", S, "sessions: # none\n  - id: q1\n    at: 2026-03-01 10:00\n"),
    ("sessions: ~\n  # none\n", S, "sessions:\n  # none\n  - id: q1\n    at: 2026-03-01 10:00\n"),
    ("sessions: [\n  # none\n]\n", S, "sessions: [\n  # none\n{id: q1, at: 2026-03-01 10:00}]\n"),
    ("sessions:\n- {id: a}\n", S, "sessions:\n- {id: a}\n- {id: q1, at: 2026-03-01 10:00}\n"),
    ("sessions: [{id: a}] # c\n", S, "sessions: [{id: a}, {id: q1, at: 2026-03-01 10:00}] # c\n"),
    ("sessions: [{id: a,}, ]\n", S, "sessions: [{id: a,}, {id: q1, at: 2026-03-01 10:00} ]\n"),
    (
        "sessions: [\n  {id: a}, # 1\n  {id: b} # 2\n]\n",
        S,
        "sessions: [\n  {id: a}, # 1\n  {id: b}, # 2\n  {id: q1, at: 2026-03-01 10:00}\n]\n",
    ),
    (
        "sessions: [\n  {id: a}, # 1\n]\n",
        S,
        "sessions: [\n  {id: a}, # 1\n  {id: q1, at: 2026-03-01 10:00},\n]\n",
    ),
    ("{sessions: [], x-a: {}}\n", S, "{sessions: [{id: q1, at: 2026-03-01 10:00}], x-a: {}}\n"),
    ("{x-a: }\n", S, "{x-a: , sessions: [{id: q1, at: 2026-03-01 10:00}] }\n"),
    (
        "'sessions':\n-   id: a\n    x: 1\n\n# next\nx-a: 1\n",
        S,
        "'sessions':\n-   id: a\n    x: 1\n-   id: q1\n    at: 2026-03-01 10:00\n\n# next\nx-a: 1\n",
    ),
    (
        "sessions:\n  - id: a  #\t1\n    # of a\n\n    # of a too\n\n  # of none\nx-a: 1\n",
        S,
        (
            "sessions:\n  - id: a  #\t1\n    # of a\n\n    # of a too\n"
            "  - id: q1\n    at: 2026-03-01 10:00\n\n  # of none\nx-a: 1\n"
        ),
    ),
    (
        "sessions:\n  - id: a\n\n  # b\n  - id: b\n\nx-a: 1\n",
        S,
        "sessions:\n  - id: a\n\n  # b\n  - id: b\n\n  - id: q1\n    at: 2026-03-01 10:00\n\nx-a: 1\n",
    ),
    (
        "sessions:\n  - id: a\n    notes: |\n      one\n\n      two\n\n\n# next\nx-a: 1\n",
        S,
        (
            "sessions:\n  - id: a\n    notes: |\n      one\n\n      two\n"
            "  - id: q1\n    at: 2026-03-01 10:00\n\n\n# next\nx-a: 1\n"
        ),
    ),
    (
        "sessions:\n  - id: a\n    notes: |+\n      one\n\n...\n",
        S,
        "sessions:\n  - id: a\n    notes: |+\n      one\n\n  - id: q1\n    at: 2026-03-01 10:00\n...\n",
    ),
    (
        "sessions:\r\n  - id: a\r\n    notes: |\r\n      one",
        S,
        "sessions:\r\n  - id: a\r\n    notes: |\r\n      one\r\n  - id: q1\r\n    at: 2026-03-01 10:00\r\n",
    ),
    (
        "sessions:\n  - &a {id: a}\n  - *a\n",
        S,
        "sessions:\n  - &a {id: a}\n  - *a\n  - {id: q1, at: 2026-03-01 10:00}\n",
    ),
    ("x-a: !!str no\n", S, "x-a: !!str no\nsessions:\n  - id: q1\n    at: 2026-03-01 10:00\n"),
    ("sessions: []\n", insert("sessions", line=True), "sessions:\n  - {id: q1, at: 2026-03-01 10:00}\n"),
    (
        "contracts:\n  - id: a\n    fee:\n        amount: 9 GBP\n    # of a\n",
        insert("contracts", "a", "payments"),
        (
            "contracts:\n  - id: a\n    fee:\n        amount: 9 GBP\n"
            "    payments:\n      - {id: q1, at: 2026-03-01 10:00}\n    # of a\n"
        ),
    ),
    (
        "contracts:\n  - id: a\n    payments:\n      - {id: y}  # paid\n    x-a: 1\n",
        insert("contracts", 0, "payments"),
        (
            "contracts:\n  - id: a\n    payments:\n      - {id: y}  # paid\n"
            "      - {id: q1, at: 2026-03-01 10:00}\n    x-a: 1\n"
        ),
    ),
    (
        "contracts:\n  - {id: a, payments: [{id: y}]}\n",
        insert("contracts", "a", "payments"),
        "contracts:\n  - {id: a, payments: [{id: y}, {id: q1, at: 2026-03-01 10:00}]}\n",
    ),
    (
        "actions:\n  - {id: a}\n",
        insert("actions", "a", "carried", record="d2nnw"),
        "actions:\n  - {id: a, carried: [d2nnw]}\n",
    ),
    (
        "actions:\n  - id: a\n    carried: [x]   # twice\n",
        insert("actions", "a", "carried", record="a, b"),
        'actions:\n  - id: a\n    carried: [x, "a, b"]   # twice\n',
    ),
]
CHANGED: list[tuple[str, Change, str]] = [
    ("a: 1 # c\n", put("a", value=Word(2)), "a: 2 # c\n"),
    ("a: # c\nb: 1", put("a", value="x"), "a: x # c\nb: 1"),
    ("a: '1' # c\n", put("a", value="x: y"), 'a: "x: y" # c\n'),
    ("a: 1 # c\nb: 2\n", put("a", value="x\ny\n"), "a: | # c\n  x\n  y\nb: 2\n"),
    ("a: 1\n   # below\n", put("a", value="x\ny\n"), 'a: "x\\ny\\n"\n   # below\n'),
    ("a: |  # c\n  1\n\n  2\n\n# d\nb: 2\n", put("a", value="x"), "a: x  # c\n\n# d\nb: 2\n"),
    ("a: >+\n  1\n\n", put("a", value="x\ny"), "a: |-\n  x\n  y\n\n"),
    ("a: [1,\n  2] # c\n", put("a", value=["x"]), "a: [x] # c\n"),
    ("a: none # c\n", put("a", value={"via": {"email": "24 h"}}), "a: {via: {email: 24 h}} # c\n"),
    ("a: none # c\n", put("a", value=[{"b": "c"}]), "a: # c\n  - {b: c}\n"),
    ("a: {b: 1, c: }\n", put("a", "c", value="x\ny"), 'a: {b: 1, c: "x\\ny" }\n'),
    ("a:\n  - x # c\n  - y\n", put("a", 0, value="z"), "a:\n  - z # c\n  - y\n"),
    ("a: {b: 1}\n", add("a", "c", value="x"), "a: {b: 1, c: x}\n"),
    ("a: {}\n", add("a", "c", "d", value="x"), "a: {c: {d: x}}\n"),
    ("a:\n", add("a", "c", value="x"), "a: {c: x}\n"),
    ("", add("a", "c", value="x"), "a: {c: x}\n"),
    ("a:\n    b: 1 # c\n    # end\n# z", add("a", "c", value="x"), "a:\n    b: 1 # c\n    c: x\n    # end\n# z"),
    ("a: 1\n\n# b\nb: 2 # c\n", add("c", value="x"), "a: 1\n\n# b\nb: 2 # c\n\nc: x\n"),
    ("a: 1", add("b", value="x\ny\n"), "a: 1\nb: |\n  x\n  y\n"),
    ("a: 1\n", partial(set_value, path=("a",), value="x"), "a: x\n"),
    ("a: 1\n", partial(set_value, path=("b",), value="x"), "a: 1\nb: x\n"),
    ("a: 1 # c\n# d\nb: 2\n", drop("a"), "# d\nb: 2\n"),
    ("a: |\n  1\n  # of a\n # too\n\nb: 2\n", drop("a"), "\nb: 2\n"),
    ("l:\n- a: 1 # c\n  b: 2\n", drop("l", 0, "a"), "l:\n- b: 2\n"),
    ("a: {b: 1, c: 2, d: 3}\n", drop("a", "c"), "a: {b: 1, d: 3}\n"),
    ("a: {b: 1, c: 2}\n", drop("a", "c"), "a: {b: 1}\n"),
    ("a: {b: 1, # b\n  c: 2}\n", drop("a", "c"), "a: {b: 1, # b\n  }\n"),
    ("a: {b: 1}\n", drop("a", "b"), "a: {}\n"),
    ("l:\n  # a\n  - {id: a} # c\n    # a\n  # b\n  - {id: b}\n", cut("l", "a"), "l:\n  # b\n  - {id: b}\n"),
    ("l:\n- {id: a}\n- {id: b}\n\n# next\nm: 1\n", cut("l", "b"), "l:\n- {id: a}\n\n# next\nm: 1\n"),
    ("l:\n- {id: a}\n\n- {id: b}\n\n# next\nm: 1\n", cut("l", "b"), "l:\n- {id: a}\n\n# next\nm: 1\n"),
    ("l:\n- {id: a}\n\n# of two\n\n# b\n- {id: b}\n", cut("l", "b"), "l:\n- {id: a}\n\n# of two\n\n"),
    ("l: # c\n  # a\n  - id: a\n    n: |\n      x\n\n# end\n", cut("l", 0), "l: [] # c\n\n# end\n"),
    ("l: [{id: a}, {id: b}, {id: c}]\n", cut("l", "b"), "l: [{id: a}, {id: c}]\n"),
    ("l: [\n  {id: a}, # a\n  {id: b}, # b\n]\n", cut("l", "b"), "l: [\n  {id: a}, # a\n   # b\n]\n"),
]
REFUSED: list[tuple[str, Change, int, str]] = [
    ("a: 1\n---\nb: 1\n", S, 2, "second document"),
    ("a: [\n", S, 2, "can't be read"),
    ("# c\n%YAML 1.1\n---\na: 1\n", S, 1, "directives"),
    ("a: 1\nsessions: !!seq\n  - {id: a}\n", S, 2, "a tag"),
    ("a: 1\nsessions: &a\n  - {id: a}\n", S, 2, "an anchor"),
    ("a: &a\n  - {id: a}\nsessions: *a\n", S, 1, "another place"),
    ("a: 1\nsessions: none\n", S, 2, "no list"),
    ("- a\n", S, 1, "not there"),
    ("~\n", S, 1, "no mapping"),
    ("a: &a x\nl: [*a]\n", insert("l", record="y"), 1, "alias"),
    ("l:\n  - {id: a}\n", put("l", "a", 0, value="b"), 2, "not there"),
    ("- {id: a}\n", cut(0), 1, "only item"),
    ("no words\n", S, 1, "a list or mapping is expected"),
    ("l:\n  - &a {id: a}\n  - *a\n", put("l", 0, "id", value="b"), 2, "another place"),
    ("l:\n  - {id: a}\n  - {id: a}\n", put("l", "a", "id", value="b"), 2, "share this id"),
    ("l:\n  - {id: a}\n", put("l", "b", "id", value="b"), 2, "not there"),
    ("l:\n  - {id: a}\n", put("l", 1, "id", value="b"), 2, "not there"),
    ("l:\n  - {id: a}\n", put("l", "a", "x", value="b"), 2, "not there"),
    ("a: 1\nl:\n  - {id: a}\n", put("l", value="b"), 3, "lines of its own"),
    ("l:\n  - {id: a}\n", add("l", 0, "id", value="b"), 2, "there already"),
    ("a: x\n", add("a", "b", value="b"), 1, "a list or mapping is expected"),
    ("l:\n  - id: a\n    # of b\n    b: 1\n", drop("l", 0, "id"), 2, "around it"),
    ("l:\n  - id: a\n", drop("l", 0, "id"), 2, "around it"),
    ("l:\n  - a\n", drop("l", 0), 2, "no key"),
    ("l:\n  - a\n", cut("l"), 2, "no record"),
    ("l:\n  - &a {id: a}\n  - *a\n  - {id: c}\n", cut("l", "c"), 2, "alias"),
    ("l:\n  - - a\n    - b\n", cut("l", 0, 0), 2, "line of its own"),
    ("l: [{id: a}, # a\n  # b\n  {id: b}]\n", cut("l", "a"), 1, "comment"),
    ("l: {a: 1, b: &x 2, c: *x}\n", drop("l", "b"), 1, "another place"),
    ("a: |+\n  x\nb: 1\n\n\nc: 1\n", drop("b"), 3, "around it"),
    ("a: 1\n", add("b", value="x" * 5_000_000), 2, "larger than 5 MB"),
]


def lists_of(path: Path) -> Iterator[tuple[str, Sequence]]:
    """Find the lists of records that a file holds."""
    try:
        root = compose(path.read_bytes())
    except Unreadable:
        root = None
    for key, value in root.entries if isinstance(root, Mapping) else ():
        if isinstance(value, Sequence) and any(isinstance(item, Mapping) for item in value.items):
            yield key.text, value


def left_of_one_stretch(longer: bytes, shorter: bytes) -> bytes | None:
    """Give the one stretch that must go from a text to make it another one; None if it takes more than that."""
    start = next((at for at, pair in enumerate(zip(longer, shorter, strict=False)) if pair[0] != pair[1]), len(shorter))
    width = len(longer) - len(shorter)
    for begin in range(start, max(start - width, 0) - 1, -1):
        if longer[:begin] + longer[begin + width :] == shorter:
            return longer[begin : begin + width]
    return None


@pytest.mark.parametrize(("before", "change", "after"), INSERTED)
def test_a_record_goes_to_the_end_of_its_list(before: str, change: Change, after: str) -> None:
    """In the list's own manner, behind what belongs to the last record and before what belongs to the next section."""
    assert change(before.encode()).decode() == after


@pytest.mark.parametrize("before", [before for before, change, _ in INSERTED if change is S])
def test_several_records_go_in_as_one_after_the_other(before: str) -> None:
    """At once is quicker, and writes the same lines; how far they are apart is decided once."""
    data, path, other = before.encode(), ("sessions",), {"id": "q2", "notes": "a, b"}
    one_by_one = insert_record(insert_record(data, path, NEW), path, other)
    at_once = insert_records(data, path, [NEW, other])
    assert plain(compose(at_once)) == plain(compose(one_by_one))
    assert at_once.split() == one_by_one.split()
    assert insert_records(data, path, []) == data


@pytest.mark.parametrize(("before", "change", "after"), CHANGED)
def test_a_change_touches_its_own_lines_alone(before: str, change: Change, after: str) -> None:
    """A value, a key, a record: comments stay with what they are about."""
    assert change(before.encode()).decode() == after


@pytest.mark.parametrize(("before", "change", "line", "reason"), REFUSED)
def test_what_is_better_done_by_hand_is_refused(before: str, change: Change, line: int, reason: str) -> None:
    """One line names the place and the reason, and offers the editor; no word of the file is in it."""
    with pytest.raises(CannotProve, match=reason) as caught:
        change(before.encode())
    assert caught.value.line == line
    assert "\n" not in str(caught.value)
    assert str(caught.value.in_file("care.yaml")).startswith(f"care.yaml, line {line}: ")


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda path: "-".join(path.parts[-3:]))
def test_every_record_of_the_examples_can_be_added_to_changed_and_cut(path: Path) -> None:
    """Nothing is refused, and a change is one stretch of the file."""
    data = path.read_bytes()
    for name, records in lists_of(path):
        assert left_of_one_stretch(insert_record(data, (name,), NEW), data)
        for place, record in enumerate(records.items):
            assert isinstance(record, Mapping)
            assert left_of_one_stretch(add_key(data, (name, place, "x-more"), "a, b"), data)
            emptied = len(records.items) == 1
            assert left_of_one_stretch(data, cut_record(data, (name, place)).replace(b": []", b":", emptied))
            others = record.entries[1:]
            for key, value in others[place % max(len(others), 1) :][:2]:
                assert left_of_one_stretch(data, cut_key(data, (name, place, key.text)))
                if not isinstance(value, Sequence | Mapping) or value.flow:
                    new, text = replace_value(data, (name, place, key.text), "else").decode(), data.decode()
                    assert new.startswith(f"{text[: value.start.index].rstrip()} else")
                    assert new.endswith(text[value.end.index :])


def test_nothing_is_proved_that_is_not_exactly_intended() -> None:
    """Neither another value, nor another order, nor a text that can't be read."""
    old, intended = b"a: 1\nb: 2\n", as_plain({"a": "1", "b": "2", "c": "3"})
    prove(old, b"a: 1\nb: 2\nc: 3\n", intended)
    for new in (
        b"a: 1\nb: 2\n",
        b"b: 2\na: 1\nc: 3\n",
        b"a: 1\nb: 2\nc: 4\n",
        b"a: 1\nb: 2\nc: [\n",
        b"a: 1\nb: 2\nc:\n",
    ):
        with pytest.raises(CannotProve, match="Line"):
            prove(old, new, intended)
    assert plain(compose(b"a: ~\nb: '~'\nc:\n")) == {"a": None, "b": "~", "c": None}
