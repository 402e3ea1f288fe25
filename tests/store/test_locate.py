"""The way to a record by what it is called."""

import pytest

from coachlog.store.compose import compose
from coachlog.store.locate import locate, records
from coachlog.store.prove import Step

FILE = b"""contracts:
  - id: 2026a
    goals: [{id: g1, text: Lead}, {text: Delegate}]
    waive: [{rule: CTC105, why: agreed}]
    pauses:
      - {id: p1, from: 2026-04-20}
  - agreed: 2027-01-01
    amendments:
      - {id: m1, agreed: 2027-02-01, set: {goals: [{id: g9, text: Rest}]}}
  - just a text
x-mine: {own: [{id: z1}]}
"""
WAYS: dict[str, tuple[Step, ...] | None] = {
    "2026a": ("contracts", 0),
    "2": ("contracts", 1),
    "2026a/g1": ("contracts", 0, "goals", 0),
    "2026a/2": ("contracts", 0, "goals", 1),
    "2026a/p1": ("contracts", 0, "pauses", 0),
    "2/m1/g9": ("contracts", 1, "amendments", 0, "set", "goals", 0),
    "1": None,
    "3": None,
    "2026b": None,
    "p1": None,
    "2026a/p2": None,
    "": None,
}


@pytest.mark.parametrize(("label", "path"), WAYS.items())
def test_a_label_leads_to_its_record(label: str, path: tuple[Step, ...] | None) -> None:
    """An id, or the place of a record without one; behind a slash what lies inside it."""
    way = locate(compose(FILE), label)
    assert (way and way.path) == path


def test_every_record_is_walked_over_under_the_label_that_finds_it() -> None:
    """In the file's order, nested ones behind their record; waivers are none."""
    found = {label: way.path for label, way in records(compose(FILE))}
    assert list(found) == ["2026a", "2026a/g1", "2026a/2", "2026a/p1", "2", "2/m1", "2/m1/g9", "z1"]
    for label, path in found.items():
        way = locate(compose(FILE), label)
        assert way
        assert way.path == path


@pytest.mark.parametrize("data", [b"", b"- {id: a}\n", b"text\n"])
def test_a_file_without_lists_has_no_records(data: bytes) -> None:
    """Nothing is found, and nothing fails."""
    assert list(records(compose(data))) == []
    assert locate(compose(data), "a") is None
