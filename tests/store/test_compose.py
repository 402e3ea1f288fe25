"""What the reader makes of a file: nodes with their places, or one sentence with a line and a column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachlog.store.compose import compose
from coachlog.store.nodes import Mapping, Mark, Node, Scalar, Sequence, Unreadable, is_empty, place_of_first_key

RECORDS = """\
# the sessions
sessions:
- id: s1   # a comment
  at: 2026-02-11 08:10
  note: |
    Two lines,
      one deeper.

  with: {name: "Ann", tel: +4930123}
- id: 'no'
  tags: [a, b]
"""


def plain(node: Node | None) -> object:
    """Show nodes as the lists and dicts that they look like."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries} if node else None


def places(node: Node | None) -> list[tuple[int, int, int, int]]:
    """List lines and columns of all beginnings and ends, in order."""
    if node is None:
        return []
    inner: list[Node] = []
    if isinstance(node, Sequence):
        inner = list(node.items)
    if isinstance(node, Mapping):
        inner = [part for entry in node.entries for part in entry]
    return [(*node.start[:2], *node.end[:2]), *(place for part in inner for place in places(part))]


def fault_of(data: bytes) -> tuple[int, int, str]:
    """Read what can't be read, and give place and reason."""
    with pytest.raises(Unreadable) as caught:
        compose(data)
    fault = caught.value.fault
    return fault.line, fault.column, f"{fault.reason}; {fault.remedy}"


def test_every_scalar_is_text() -> None:
    """Times, numbers, no and + stay as they are written; a field decides later what they mean."""
    assert plain(compose(RECORDS.encode())) == {
        "sessions": [
            {
                "id": "s1",
                "at": "2026-02-11 08:10",
                "note": "Two lines,\n  one deeper.\n",
                "with": {"name": "Ann", "tel": "+4930123"},
            },
            {"id": "no", "tags": ["a", "b"]},
        ]
    }


def test_nodes_know_their_places_and_styles() -> None:
    """A splice needs where each thing begins and ends, and how it is written."""
    root = compose(RECORDS.encode())
    assert isinstance(root, Mapping)
    sessions = root.entries[0][1]
    assert isinstance(sessions, Sequence)
    first, second = sessions.items
    assert isinstance(first, Mapping)
    assert isinstance(second, Mapping)
    assert (root.start, sessions.start, sessions.flow) == (Mark(1, 0, 15), Mark(2, 0, 25), False)
    assert (first.start[:2], first.end[:2], first.flow) == ((2, 2), (8, 36), False)
    assert sessions.end == root.end == second.end == Mark(10, 14, len(RECORDS) - 1)
    note, braces = first.entries[2][1], first.entries[3][1]
    assert isinstance(note, Scalar)
    assert isinstance(braces, Mapping)
    assert (note.style, note.start[:2], note.end[:2]) == ("literal", (4, 8), (8, 0))
    assert braces.flow
    assert RECORDS[braces.start.index : braces.end.index] == '{name: "Ann", tel: +4930123}'
    name, quoted = braces.entries[0][1], second.entries[0][1]
    assert isinstance(name, Scalar)
    assert isinstance(quoted, Scalar)
    assert (name.style, quoted.style) == ("double", "single")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_do_not_move_a_place(ends: str) -> None:
    """A file from Windows has the same lines, columns and texts as one from here."""
    here, there = compose(RECORDS.encode()), compose(RECORDS.replace("\n", ends).encode())
    assert plain(there) == plain(here)
    assert places(there) == places(here)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("\n\n", None),
        ("# only a comment", None),
        ("---\n# nothing\n...\n", None),
        ("\ufeff", None),
        ("\ufeffa: b", {"a": "b"}),
        ("%YAML 1.2\n---\na: b\n...\n# after\n", {"a": "b"}),
        ("a: !!int 1\nb: !mine x\nc: !!map {d: e}\n", {"a": "1", "b": "x", "c": {"d": "e"}}),
        ("a: ~\nb: null\nc:\n", {"a": "~", "b": "null", "c": ""}),
        ("<<: {a: b}\n", {"<<": {"a": "b"}}),
        ("at: {at: 2026-02-11 08:10, by: coach}", {"at": {"at": "2026-02-11 08:10", "by": "coach"}}),
        ("a: {b: c?}", {"a": {"b": "c?"}}),
        ("a: [::x]", {"a": ["::x"]}),  # libyaml refuses it, the slow parser reads it
        ("? a\n: b\n", {"a": "b"}),
        ("a: |\n  Title\n  =======\n  >>>>>>> quoted\n", {"a": "Title\n=======\n>>>>>>> quoted\n"}),
        ("# =======\na: b", {"a": "b"}),
        ("a: one\u2028two\u2029three\x85four \ufefffive", {"a": "one\u2028two\u2029three\x85four \ufefffive"}),
        ('a: "one\u2028two \\ufdd0"', {"a": "one\u2028two \ufdd0"}),
        ('a: "\\t\\N\\L\\xa0\\uFFFE"', {"a": "\t\x85\u2028\xa0\ufffe"}),
        ("a: \U0001f642\nb: c", {"a": "\U0001f642", "b": "c"}),
        ("*a : b\n".replace("*a", "&a x"), {"x": "b"}),
        ("a: &x [1]\nb: *x\n", {"a": ["1"], "b": ["1"]}),
        ("- &k key\n- {*k : v}\n", ["key", {"key": "v"}]),
    ],
)
def test_what_is_fine_is_read(text: str, expected: object) -> None:
    """Comments, a BOM, a leading ---, tags and aliases do no harm, and odd characters stay text."""
    assert plain(compose(text.encode())) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\nb: c\n", (0, 2)),
        ("a :  # c\n\n", (0, 3)),
        ("{a: , b: c}", (0, 3)),
        ("{\n  a:\n}", (1, 4)),
        ("? a\n", (0, 3)),
    ],
)
def test_a_value_that_is_not_written_stands_behind_its_colon(text: str, place: tuple[int, int]) -> None:
    """There a coach would write it, whatever follows."""
    root = compose(text.encode())
    assert isinstance(root, Mapping)
    value = root.entries[0][1]
    assert is_empty(value)
    assert value.start == value.end
    assert value.start[:2] == place


def test_an_alias_is_the_anchored_node_itself() -> None:
    """It has the anchor's place, while the list around it ends where the alias ends."""
    root = compose(b"a: &x {k: v}\nb: [1, *x]\nc:\n- *x\n")
    assert isinstance(root, Mapping)
    anchored, flow, block = (value for _, value in root.entries)
    assert isinstance(flow, Sequence)
    assert isinstance(block, Sequence)
    assert flow.items[1] is anchored
    assert block.items[0] is anchored
    assert (anchored.anchor, flow.end[:2], block.end[:2], root.end[:2]) == ("x", (1, 10), (3, 4), (3, 4))


@pytest.mark.parametrize(
    ("text", "empty"),
    [("~", True), ("null", True), ("!!str", True), ("''", False), ("'null'", False), ("[]", False), ("Null", False)],
)
def test_no_value_is_told_from_an_empty_text(text: str, empty: bool) -> None:  # noqa: FBT001 — a column of the table
    """A key with ~, null or nothing has no value; one with quotes has."""
    root = compose(f"a: {text}".encode())
    assert isinstance(root, Mapping)
    assert is_empty(root.entries[0][1]) is empty


def test_a_record_begins_with_its_first_key() -> None:
    """An anchor or tag in the line above is not where a coach looks."""
    root = compose(b"a: &x\n  b: c\nd: []\n")
    assert isinstance(root, Mapping)
    record, empty = (value for _, value in root.entries)
    assert (record.start, place_of_first_key(record)) == (Mark(0, 3, 3), Mark(1, 2, 8))
    assert place_of_first_key(empty) == empty.start


ODD = [
    # What is no text, or no finished one.
    ("a: b\n".encode("utf-16"), 1, 1, "UTF-16"),
    ("a: b\n".encode("utf-16-le"), 1, 1, "UTF-16"),
    ("a: b\n".encode("utf-32"), 1, 1, "UTF-16 or UTF-32"),
    (b"\xef\xbb\xbfa: b\r\nc: J\xfcrgen\r\n", 2, 5, "not UTF-8"),
    (b"a: b\nc: d\xe2\x82", 2, 5, "not UTF-8"),
    (b"a: b\n\nc: \xed\xa0\x80", 3, 4, "not UTF-8"),
    (b"a: b\nc: x\0y", 2, 5, "U+0000"),
    (b"a: \x1b[31m", 1, 4, "U+001B"),
    ("a: b\r\nc: \x9b".encode(), 2, 4, "U+009B"),
    (b"a: \x7f", 1, 4, "U+007F"),
    ("a: \ufffe".encode(), 1, 4, "U+FFFE"),
    (b'a: "x\n  y \\e"', 2, 5, "escape in this text stands for a control character"),
    (b'a: "\\\\e \\\\\\x1B"', 1, 11, "control character"),
    (b'a: "\\ud83d\\ude00"', 1, 5, "control character"),
    (b'a: "\\U0000009f"', 1, 5, "control character"),
    (b"a: b\n<<<<<<< ours\nc: d\n=======\nc: e\n>>>>>>> theirs\n", 2, 1, "unfinished merge"),
    (b"a: b\r\n<<<<<<<\r\nc: d\r\n", 2, 1, "unfinished merge"),
    (b"a: b\nc: d\n=======\nc: e\n>>>>>>> theirs\n", 3, 1, "unfinished merge"),
    (b"a: b\n||||||| base\nc: d\n>>>>>>> theirs\n", 2, 1, "unfinished merge"),
    (b"a: b\n=======\nc: d\n", 2, 1, "neither a key"),
    (b"a: b\n---\nc: d\n", 2, 1, "second document"),
    (b"---\na: b\n---\n", 3, 1, "second document"),
    # What YAML allows and the journal does not.
    (b"a: 1\nb:\n  x: 2\n  y: 3\n  x: 4\n", 5, 3, "the key x is there twice, in lines 3 and 5"),
    (b"{a: 1, a: 2}", 1, 8, "the key a is there twice, in lines 1 and 1"),
    (b'a: 1\n"a": 2', 2, 1, "the key a is there twice"),
    (b"Jane Doe: 1\nJane Doe: 2\n", 2, 1, "a key is there twice, in lines 1 and 2"),
    (b"? [a]\n: b\n", 1, 3, "where a key is expected"),
    (b"a: &x {}\n*x : b\n", 2, 1, "where a key is expected"),
    (b"a: *b\n", 1, 4, "anchor that does not exist"),
    (b"a: *b* c\n", 1, 4, "anchor that does not exist"),
    (b"a: &x\n  b: *x\n", 2, 6, "itself a part of"),
    (b"[" * 41 + b"]" * 41, 1, 41, "more than 40 deep"),
    (b"- &a " + b"[" * 30 + b"]" * 30 + b"\n- " + b"[" * 15 + b"*a" + b"]" * 15, 2, 18, "more than 40 deep"),
    (b"- &a x\n" + b"- *a\n" * 201, 202, 3, "more than 200 aliases"),
    (b"- &a [x, x, x]\n- &b [*a, *a, *a, *a]\n- &c [*b, *b, *b, *b]\n- [*c, *c]\n", 3, 19, "more than 10 times"),
    # What is often mistyped.
    (b"a: b\nnote: see: this\n", 2, 10, "holds a colon and a space"),
    (b"- note: he said: yes\n", 1, 16, "holds a colon and a space"),
    (b"a: {note: call: later}\n", 1, 15, "inside brackets holds a colon and a space"),
    (b"a: call # 3\n  and more\nb: c\n", 1, 9, "begins a comment"),
    (b"a: b\nname:Jane\nc: d\n", 2, 6, "space is missing behind the colon"),
    (b'"name":Jane\n', 1, 8, "space is missing behind the colon"),
    (b"- a\n-b\n- c\n", 2, 2, "space is missing behind the dash"),
    (b"a: b\nmore words\nc: d\n", 2, 1, "neither a key"),
    (b"a\nb: c\n", 1, 1, "neither a key"),
    (b"a: b\n  c: d\n", 2, 3, "indentation of this line"),
    (b"a:\n    b: c\n  d: e\n", 3, 3, "indentation of this line"),
    (b"a:\n  - b: c\n    d: e\n   f: g\n", 4, 4, "indentation of this line"),
    (b"a: |\n  text\n more\nb: c\n", 3, 2, "indentation of this line"),
    (b"a: b\n- c\n", 2, 1, "list item stands here among keys"),
    (b"a: - b\n", 1, 4, "a list can't begin in the line of its key"),
    (b"a:\n\tb: c\n", 2, 1, "a tab stands"),
    (b"a:\n  b: c\n \td: e\n", 3, 2, "a tab stands"),
    (b'a: b\nc: "open\nd: e\n', 2, 4, "never closed"),
    (b"a: 'open\n---\n", 1, 4, "never closed"),
    (b'a: "open\nb: "c"\n', 1, 4, "closes only in line 2"),
    (b'a: "b" c\n', 1, 8, "behind its closing quote"),
    (b"a: 'it's'\n", 1, 8, "behind its closing quote"),
    (b"a: [b] c\n", 1, 8, "behind its closing quote or bracket"),
    (b"a: b\nc: [d, e\nf: g\n", 2, 4, "bracket that opens here is not closed"),
    (b"a: b\nc: {d: e", 2, 4, "bracket that opens here is not closed"),
    (b"a: {b: c]}\n", 1, 9, "does not match"),
    (b"a: {b: c}}\n", 1, 10, "closes what was never opened"),
    (b"a: ]\n", 1, 4, "closes what was never opened"),
    (b'a: [\n  "b"\n  "c"\n]\n', 3, 3, "comma is missing"),
    (b"a: [b, , c]\n", 1, 8, "value is missing"),
    (b"a: @home\n", 1, 4, "can't begin with this character"),
    (b"a: `b`\n", 1, 4, "can't begin with this character"),
    (b"a: ? b\n", 1, 4, "can't begin with this character"),
    (b"a: & b\n", 1, 4, "can't begin with & or *"),
    (b"a: !x!y b\n", 1, 4, "can't begin with !"),
    (b'a: "C:\\dir"\n', 1, 8, "backslash"),
    (b"a: | text\n", 1, 6, "line of | or >"),
    (b"%YAML 9.9\n---\na: b\n", 1, 1, "begin with %"),
    (b"".join(b"%%TAG !a%d! b\n" % number for number in range(30)) + b"---\n", 21, 1, "%TAG lines"),
]


@pytest.mark.parametrize(("data", "line", "column", "reason"), ODD)
def test_each_fault_has_its_place_and_sentence(data: bytes, line: int, column: int, reason: str) -> None:
    """A coach is told where to look, what is wrong there, and what to do."""
    told_line, told_column, told = fault_of(data)
    assert (told_line, told_column) == (line, column)
    assert reason in told


@pytest.mark.parametrize("data", [data for data, *_ in ODD])
def test_a_fault_never_repeats_what_the_file_says(data: bytes) -> None:
    """With each word of the file changed, the sentence is the same (but for a key of the journal's own kind)."""
    assert fault_of(data.replace(b"J\xfcrgen", b"K\xfcrgen").replace(b"Jane", b"Mary")) == fault_of(data)


@pytest.mark.parametrize(
    "text",
    [
        "{mark}: 1\n{mark}: 2\n",
        "a: *{mark}\n",
        "a: !{mark}!x y\n",
        "%{mark}\n---\n@\n",
        'a: "{mark}\n',
        "a: b: {mark}\n",
        "a: {mark}\n - {mark}: {mark}\n@{mark}\n",
        "{mark}\n{mark}: x\n",
        "a: @{mark}",
        'a: "\\{mark}"',
        "a: [{mark}\n",
        '{mark} "{mark}": {mark}: {mark}',
    ],
)
def test_no_word_of_a_file_is_in_its_fault(text: str) -> None:
    """Not a key, an anchor, a tag, a directive or a text is repeated."""
    _, _, told = fault_of(text.replace("{mark}", "Sorrow").encode())
    assert "orrow" not in told


def answered(data: bytes) -> bool:
    """Read whatever it is; only a fault with a place may be raised."""
    try:
        return compose(data) is None or True
    except Unreadable as error:
        return error.fault.line >= 1 and error.fault.column >= 1 and bool(error.fault.reason and error.fault.remedy)


@given(st.binary(max_size=300))
def test_any_bytes_are_nodes_or_a_fault(data: bytes) -> None:
    """Whatever a disk gives back."""
    assert answered(data)


@given(
    st.lists(st.sampled_from([*"ab \n\t-?:,[]{}#&*!|>'\"%@`~\\=<\r\u2028", "- ", ": ", "\n  ", "&a ", "*a "])).map(
        "".join
    )
)
def test_any_text_is_nodes_or_a_fault(text: str) -> None:
    """Whatever a coach can type by mistake."""
    assert answered(text.encode())


@pytest.mark.parametrize(("data", "line", "column", "reason"), ODD)
def test_without_libyaml_the_sentences_are_the_same(
    data: bytes, line: int, column: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML was built without libyaml, the slow parser serves alone and tells the same."""
    monkeypatch.setattr("coachlog.store.compose.HAS_LIBYAML", False)
    told_line, told_column, told = fault_of(data)
    assert (told_line, told_column) == (line, column)
    assert reason in told
