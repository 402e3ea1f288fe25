"""What a change brings: exactly what the full difference of two judgements says, though less than that is judged."""

import random
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from coachlog.commands.desk.desk import Alter, Change, Desk, Manner
from coachlog.commands.desk.opening import Wishes
from coachlog.model.instant import Instant
from coachlog.model.journal import Journal
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.store.compose import compose
from coachlog.store.emit import Value
from coachlog.store.files import read_bytes
from coachlog.store.identify import identified
from coachlog.store.layout import Folder
from coachlog.store.load import load_client, load_practice, load_supervision
from coachlog.store.nodes import Mapping as MappingNode
from coachlog.store.nodes import Sequence, Unreadable
from coachlog.store.prove import CannotProve
from coachlog.store.splice import cut_key, cut_record, insert_record

HARBOUR = Path(__file__).resolve().parent.parent.parent / "examples" / "harbour"
NOW = "2026-06-30 12:00"
SOME = 30
WAIVER: Value = {"rule": "CTC104", "why": "as a test"}


def changes(root: Path) -> Iterator[tuple[str, bytes, bytes]]:
    """Give files with their old and new bytes: each record cut, its waivers cut, one that waives nothing added."""
    for path in sorted(root.glob("clients/*/*.yaml")):
        old, name = path.read_bytes(), path.relative_to(root).as_posix()
        with suppress(Unreadable):
            node = compose(old)
            for key, value in node.entries if isinstance(node, MappingNode) else ():
                for at in range(len(value.items) if isinstance(value, Sequence) else 0):
                    yield from ((name, old, new) for new in changed(old, (key.text, at)))


def changed(old: bytes, way: tuple[str, int]) -> Iterator[bytes]:
    """Change one record in each of the three ways that can be proved."""
    with suppress(CannotProve):
        yield cut_record(old, way)
    with suppress(CannotProve):
        yield cut_key(old, (*way, "waive"))
    with suppress(CannotProve):
        yield insert_record(old, (*way, "waive"), WAIVER)


def altering(new: bytes) -> Alter:
    """Make new bytes of whatever was there."""
    return lambda _: new


def judged(root: Path, code: str, instead: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Judge one client by all rules, with other bytes in the place of some files."""

    def read(path: Path) -> bytes:
        return instead.get(path.relative_to(root).as_posix()) or read_bytes(path)

    practice, _ = load_practice(root, read)
    supervision, _, gaps = load_supervision(root, practice, read)
    file, problems = load_client(root, Folder(code, is_link=False), practice, supervision, read=read, gaps=gaps)
    now = Instant.parse(NOW, practice.timezone)
    assert now
    journal = Journal(practice=practice, clients=(file,), supervision=supervision, problems=problems, gaps=gaps)
    return judge(journal, Asked(now, clients=frozenset({code}))).findings


def named(finding: Finding) -> tuple[str, str | None, str, str | None, str | None]:
    """Say what a finding is about."""
    return finding.code, finding.client, finding.place.file, finding.record, finding.subject


def test_what_a_change_brings_is_the_whole_difference(tmp_path: Path) -> None:
    """On a practice that every rule touches, with waivers that come and go."""
    root = tmp_path / "harbour"
    shutil.copytree(HARBOUR, root)
    for path in root.glob("clients/*/sessions.yaml"):
        path.write_bytes(insert_record(path.read_bytes(), ("sessions", 0, "waive"), WAIVER))
    desk = Desk.open(Wishes(journal=str(root), now=NOW))
    tried = list(changes(root))
    codes: set[str] = set()
    for name, old, new in random.Random(3).sample(tried, SOME):  # noqa: S311  (some of them, and the same each time)
        code = name.split("/")[1]
        before = judged(root, code, {name: identified(old, name)})
        known = {named(one) for one in before if one.counts}
        after = judged(root, code, {name: identified(new, name)})
        brought = desk.carry_out(code, [Change(name, altering(new))], Manner(dry_run=True)).brought
        assert brought == tuple(one for one in after if named(one) not in known), (name, new.decode())
        codes |= {one.code for one in brought}
    assert {"JRN104", "JRN106", "CTC104"} <= codes
