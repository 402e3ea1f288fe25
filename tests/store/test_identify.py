"""Ids for hand-written records: one key each, and not a byte beside it."""

import pytest

from coachlog.model.fields import ID
from coachlog.store.compose import compose
from coachlog.store.identify import count_nameless, identified
from coachlog.store.nodes import Mapping, Scalar, Sequence

UNTOUCHED = {
    "every record has an id": ("sessions.yaml", "sessions:\n  - {id: b3xew, at: 2026-01-14 15:00}\n"),
    "an absent file": ("sessions.yaml", ""),
    "only comments": ("sessions.yaml", "# nothing yet\n"),
    "a list of another file": ("sessions.yaml", "actions:\n  - step: Call Lee\n"),
    "a waiver is no record of a list": ("client.yaml", "name: Jane\nwaive: [{rule: CTC105, why: agreed}]\n"),
    "an empty id is the coach's to mend": ("actions.yaml", "actions:\n  - id:\n    step: Call Lee\n"),
    "a file that can't be read": ("actions.yaml", "actions: [\n"),
    "a file with directives": ("actions.yaml", "%YAML 1.2\n---\nactions:\n  - step: Call Lee\n"),
}
GIVEN = {
    "a block": ("actions.yaml", "actions:\n  # soon\n  - step: Call Lee   # him\n    due: 2026-02-01\n"),
    "in braces": ("actions.yaml", "actions:\n- { step: Call Lee }\n"),
    "Windows line ends": ("actions.yaml", "actions:\r\n  - step: Call Lee\r\n"),
    "no last line end": ("actions.yaml", "actions:\n  - step: Call Lee"),
    "inside another record": (
        "contract.yaml",
        "contracts:\n  - id: 2026a\n    goals: [{text: Lead}]\n    pauses:\n      - from: 2026-01-01\n",
    ),
    "in an amendment": (
        "contract.yaml",
        "contracts:\n  - {id: 2026a, amendments: [{id: m1, agreed: 2026-01-01, set: {goals: [{text: Lead}]}}]}\n",
    ),
    "of the practice": ("coachlog.yaml", "timezone: UTC\nabsences:\n  - from: 2026-08-03\n"),
    "of a client": ("clients/jane-doe/client.yaml", "name: Jane\nsponsors: [{name: Pat}]\n"),
    "of supervision": ("supervision.yaml", "supervision:\n  - date: 2026-03-06\n"),
}


def ids(data: bytes) -> list[str]:
    """Give every id of a file in its order."""
    found: list[str] = []
    waiting = [compose(data)]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Mapping):
            found += [value.text for key, value in node.entries if key.text == "id" and isinstance(value, Scalar)]
            waiting += [value for _, value in node.entries]
        elif isinstance(node, Sequence):
            waiting += node.items
    return found


@pytest.mark.parametrize(("name", "text"), UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_needs_no_id_stays_as_it_is(name: str, text: str) -> None:
    """Byte for byte."""
    assert identified(text.encode(), name) == text.encode()


@pytest.mark.parametrize(("name", "text"), GIVEN.values(), ids=GIVEN)
def test_an_id_goes_before_the_first_key_and_nothing_else_changes(name: str, text: str) -> None:
    """Without the ids the file is what it was; a second time changes nothing; the ids are always the same."""
    old = text.encode()
    new = identified(old, name)
    given = [one for one in ids(new) if one not in ids(old)]
    assert len(given) == count_nameless(old, name) > 0
    assert count_nameless(new, name) == 0
    assert all(ID.fullmatch(one) and len(one) == 5 and one[0].isalpha() for one in given)
    end = "\r\n" if "\r\n" in text else "\n"
    stripped = new.decode()
    for one in given:
        stripped = stripped.replace(f"id: {one}, ", "")
        for margin in ("        ", "    "):
            stripped = stripped.replace(f"id: {one}{end}{margin}", "")
    assert stripped.encode() == old
    assert identified(new, name) == new
    assert identified(old, name) == new


def test_equal_records_get_different_ids() -> None:
    """They are told apart by their place among equal ones."""
    new = identified(b"actions:\n  - step: Call Lee\n  - step: Call Lee\n  - step: Call Lee\n", "actions.yaml")
    assert len(set(ids(new))) == 3


def test_an_id_depends_on_the_record_alone() -> None:
    """Two machines that each add another record give the hand-written one the same id."""
    one = identified(b"actions:\n  - step: Call Lee\n  - {id: a7kqw, step: Rest}\n", "actions.yaml")
    other = identified(b"# mine\nactions:\n  - {id: b7kqw, step: Run}\n  - step: Call Lee\n", "actions.yaml")
    assert set(ids(one)) & set(ids(other))
