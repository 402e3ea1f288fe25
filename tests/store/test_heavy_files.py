"""Files made to be slow or large: each is answered within a second and 200 MB, in a process that may have no more."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from calling import lay_out
from coachlog.store.casebook import DEFAULT_FILES
from coachlog.store.limits import MAX_FAULTS
from coachlog.store.load import load_journal

MOST = 4_999_980
TWICE = 90_000


def filled(unit: str, size: int = MOST) -> str:
    """Repeat something until a file of that size is full."""
    return unit * (size // len(unit.encode()))


# One piece of text, repeated until the file is full.
ONLY = (
    *("[", "{", "a: ", "- ", "&a", "&a ", "*a ", "x", "x y ", ":", ": ", '"a\n', "? ", "?\n", "#", "\n", "\t", "%a\n"),
    *("'", '"', "!", "[]", '{"a":', "- ? ", "---\n", "\U0001f642", "a\n", "- a\n", "- - a\n", "\u2028"),
)


def files_of_one_piece() -> Iterator[tuple[str, str]]:
    """Make each file when it is wanted, for together they fill a good part of a gigabyte."""
    for number, unit in enumerate(ONLY):
        yield f"only {number}", filled(unit)


def files_of_many_pieces() -> Iterator[tuple[str, str]]:
    """Likewise."""
    yield "lists in brackets", "[" + filled("[],")
    yield "mappings", "[" + filled("{a: b},")
    yield "records", filled("- id: abcde\n  at: 2026-02-11 08:10\n  note: hello there\n")
    yield "keys", "".join(f"k{number}: v\n" for number in range(400_000))
    yield "aliases", "a: &a x\nb: [" + filled("*a,")
    yield "bomb", "a: &a0 [x]\n" + "".join(f"b{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 22))
    yield "staircase", "\n".join(" " * depth + "a:" for depth in range(2_900))
    yield "anchors", "".join(f"- &a{number} x\n" for number in range(300_000))
    yield "block", "a: |\n" + filled(" x\n")
    yield "folded", "a: >\n" + filled(" x\n\n")
    yield "spaces", "a: |\n" + filled("  \n")
    yield "tags", "".join(f"%TAG !a{number}! b\n" for number in range(300_000))
    yield "escapes", 'a: "' + filled("\\n") + '\\e"'
    yield "backslashes", 'a: "' + filled("\\\\") + '\\e"'
    yield "control at the end", filled("\n") + "\x01"
    yield "separators", 'a: "' + filled("x\u2028\u2029\x85\ufeff") + '"'
    yield "twice keys", "".join(f"k{number}: v\n" for number in range(8_000)) + "- @"
    yield "twice questions", filled("- ? a\n", TWICE) + "- @"
    yield "twice brackets", "[" + filled("[],", TWICE) + "b: c: d]"
    yield "twice depth", filled("- [[[[[[[[[[]]]]]]]]]]\n", TWICE) + "- @"
    yield "twice text", "- |\n" + filled(" x\n", TWICE) + "- @"
    yield "twice plain", "- " + filled("x\n  ", TWICE) + "\n- @"
    yield "twice open", filled("[", TWICE)


# The peak is VmHWM where there is one: Linux hands ru_maxrss down from the process that started this one.
READER = """
import resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
from coachlog.store.compose import compose
from coachlog.store.files import read_bytes
from coachlog.store.nodes import Unreadable

def seconds(path):
    began = time.process_time()
    try:
        compose(read_bytes(path))
    except Unreadable as error:
        assert "can't be read as YAML" not in error.fault.reason, path.name
    return time.process_time() - began

for path in sorted(Path(sys.argv[1]).iterdir()):
    took = seconds(path)
    print(path.name, took if took < 1 else min(took, seconds(path), seconds(path)), sep="\\t")
status = Path("/proc/self/status")
peak = next((line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")), 0) \
    if status.exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("peak", int(peak) // 1024, sep="\\t")
"""


@pytest.mark.parametrize("heavy_files", [files_of_one_piece, files_of_many_pieces])
def test_the_heaviest_files_are_answered_in_time_and_room(
    tmp_path: Path, heavy_files: Callable[[], Iterator[tuple[str, str]]]
) -> None:
    """A planted file must not stop a check: it takes under a second of processor time and 200 MB."""
    names = set()
    for name, text in heavy_files():
        names.add(name)
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    run = subprocess.run(
        [sys.executable, "-c", READER, str(tmp_path)], capture_output=True, text=True, timeout=300, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    told = {name: float(value) for name, value in (line.split("\t") for line in run.stdout.splitlines())}
    assert told.pop("peak") < 200
    assert set(told) == names
    assert {name: seconds for name, seconds in told.items() if seconds >= 1.5} == {}


HEAVY_RECORDS = {
    "wrong records": "contacts:\n" + "  - {at: x, via: y, zz: 1}\n" * 7_000,
    "wrong items of a list": "contacts:\n  - {reply_to: [" + "{a: b}, " * 9_000 + "]}\n",
    "unknown keys": "contacts:\n  - {"
    + ", ".join(f"k{chr(97 + n % 26) * (n // 26 + 1)}: 1" for n in range(1_500))
    + "}\n",
    "unknown lists": "".join(f"k{chr(97 + n % 26) * (n // 26 + 1)}: [1]\n" for n in range(2_000)),
    "words without a colon": "contacts:\n" + "  - {a, b, c, d, e, f}\n" * 4_000,
    "waivers": "contacts:\n  - {waive: [" + "{rule: CTC105, why: x}, " * 9_000 + "]}\n",
    "waivers with words": "contacts:\n  - {waive: [" + "{rule: CTC105, why: x, y}, " * 6_000 + "]}\n",
}


@pytest.mark.parametrize("what", HEAVY_RECORDS)
def test_records_that_are_wrong_by_the_thousand_are_answered_in_time(what: str, tmp_path: Path) -> None:
    """YAML that is sound and holds no sound record: its first faults are told, then that there are more."""
    lay_out({**DEFAULT_FILES, "clients/jane-doe/contacts.yaml": HEAVY_RECORDS[what]}, tmp_path)
    load_journal(tmp_path)  # so that what is worked out once is
    began = time.process_time()
    journal = load_journal(tmp_path)
    assert time.process_time() - began < 1.5
    assert 0 < len(journal.problems) <= MAX_FAULTS + 10
    assert "contacts" in journal.clients[0].gaps
