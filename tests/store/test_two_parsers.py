"""The fast and the slow parser held against each other, over the yaml-test-suite and the examples."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from coachlog.store.characters import read_text, source
from coachlog.store.compose import Parser, compose, compose_with, slow
from coachlog.store.nodes import Node, Unreadable
from coachlog.store.yaml_events import HAS_LIBYAML, Refused, fast_events

ROOT = Path(__file__).parents[2]
SUITE = ROOT.parent / "shared" / "yaml-test-suite" / "src"

needs_suite = pytest.mark.skipif(not SUITE.is_dir(), reason="the yaml-test-suite is not beside the repository")
needs_libyaml = pytest.mark.skipif(not HAS_LIBYAML, reason="this PyYAML has no libyaml")

ONLY_SLOW_READS = {
    "%-lines that it does not know": "2LFX-0 6LVF-0 MUS6-5 MUS6-6 ZYU8-0",
    "anchors of other characters": "2SXE-0 8XYN-0 W5VH-0",
    "a colon at the edge of text in brackets": "4ABK-0 58MP-0 5T43-0 DBG4-0 FRK4-0 HM87-0",
    "an entry without a key": "6M2F-0 NHX8-0 S3PD-0 SM9W-1 UKK6-0",
    "a top-level block text that is not indented": "DK3J-0 FP8R-0",
    "block text that begins with a tab": "96NN-0 96NN-1 Y79Y-1",
    "a tag with a comma behind it": "U99R-0",
}
ONLY_FAST_READS = {
    "block text after blank lines of spaces": "4QFQ-0 DWX9-0 S98Z-0 T26H-0",
    "tabs that separate": "DC7X-0 DK95-5 DK95-7 HS5T-0 J3BT-0 K54U-0 MUS6-3 NB6Z-0 UV7Q-0",
    "a tag on a key that is not written": "WZ62-0",
    "a comment without a space before it": "MUS6-0 X4QW-0",
}
READ_DIFFERENTLY = {
    "where a key that is not written stands": "DFF7-0",
    "a node with tag and anchor begins at the anchor for ruamel.yaml": "CUP7-0 F2C7-0 HMQ5-0",
    "a colon inside an anchor": "Y2GN-0",
}


def spelled(text: str) -> str:
    """Give the characters back that the suite makes visible."""
    text = re.sub("—*»", "\t", text).replace("∎\n", "").replace("↵", "")
    return text.translate(str.maketrans("␣←⇔", " \r\ufeff"))


def suite() -> Iterator[tuple[str, bytes]]:
    """Go through the suite's cases, each with its name and file."""
    for file in sorted(SUITE.glob("*.yaml")):
        for number, case in enumerate(yaml.load(file.read_text(), Loader=yaml.BaseLoader)):  # noqa: S506  (text only)
            if "yaml" in case:
                yield f"{file.stem}-{number}", spelled(case["yaml"]).encode()


def names(groups: dict[str, str]) -> set[str]:
    """List the cases of all groups."""
    return {name for group in groups.values() for name in group.split()}


def read(parser: Parser, data: bytes) -> Node | str | None:
    """Read with one parser; a refusal is told by its kind, since the two word and place it differently."""
    try:
        return compose_with(parser, source(read_text(data)))
    except Refused:
        return "refused"
    except Unreadable as error:
        return error.fault.reason


def is_answered(data: bytes) -> bool:
    """Read a file; a fault with a place is an answer too."""
    try:
        compose(data)
    except Unreadable as error:
        return error.fault.line >= 1 and error.fault.column >= 1
    return True


@needs_suite
def test_each_case_of_the_suite_is_nodes_or_a_fault_within_a_second() -> None:
    """All of them, the broken ones included."""
    cases = 0
    for name, data in suite():
        began = time.process_time()
        assert is_answered(data), name
        assert time.process_time() - began < 1, name
        cases += 1
    assert cases > 400


@needs_suite
@needs_libyaml
def test_the_parsers_agree_on_the_suite() -> None:
    """Equal nodes, styles and places, but for the cases that are listed here with the reason."""
    only_slow, only_fast, differ = set(), set(), set()
    for name, data in suite():
        quick, thorough = read(fast_events, data), read(slow, data)
        if quick == thorough or (isinstance(quick, str) and isinstance(thorough, str)):
            continue
        if quick == "refused":
            only_slow.add(name)
        elif thorough == "refused":
            only_fast.add(name)
        else:
            differ.add(name)
    assert only_slow == names(ONLY_SLOW_READS)
    assert only_fast == names(ONLY_FAST_READS)
    assert differ == names(READ_DIFFERENTLY)


@needs_libyaml
def test_the_parsers_agree_on_every_example() -> None:
    """What the coach is shown as a model is read alike, whichever parser there is."""
    for path in sorted((ROOT / "examples").rglob("*.yaml")):
        data = path.read_bytes()
        assert read(fast_events, data) == read(slow, data), path
