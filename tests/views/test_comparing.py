"""What is known already and what is new: compared by rule, client, record and subject, each finding once."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from coachlog.model.accepted import Accepted
from coachlog.views.comparing import accepted_in, new_since, was_asked, without
from coachlog.views.verdict import ShownFinding, ShownSilence, ShownWaiver, Verdict

LATE = ShownFinding(
    code="CTC105",
    name="late-reply",
    severity="breach",
    client="jane-doe",
    file="clients/jane-doe/contacts.yaml",
    line=3,
    column=5,
    record="b2bbb",
    subject=None,
    date="2026-03-04",
    message="Replied after 55 h.",
    clause=None,
    judged_by="contract",
    waived=None,
)
MOVED = LATE._replace(line=90, message="Replied after 56 h.", severity="warning")
LATER = LATE._replace(date="2026-03-06", message="Replied after 30 h.")
WAIVED = LATE._replace(waived=ShownWaiver("agreed", None, None, "clients/jane-doe/contacts.yaml", 9))
OTHERS = [
    LATE._replace(code="CTC104"),
    LATE._replace(client="tom-reid"),
    LATE._replace(client=None),
    LATE._replace(record="c2ccc"),
    LATE._replace(subject="a2aaa"),
]
ENTRY = Accepted("CTC105", "jane-doe", "b2bbb", None)


def verdict(*findings: ShownFinding) -> Verdict:
    """Give what a check found."""
    return Verdict(now="2026-03-31T12:00:00+01:00", now_words="Tue 31 Mar 2026 12:00", findings=findings)


@pytest.mark.parametrize(
    ("found", "accepted", "left", "gone"),
    [
        ([LATE], [ENTRY], [], []),
        ([MOVED], [ENTRY], [], []),
        ([LATE, LATER], [ENTRY], [LATER], []),
        ([LATE, LATER], [ENTRY, ENTRY], [], []),
        ([LATE], [ENTRY, ENTRY], [], [ENTRY]),
        ([], [ENTRY], [], [ENTRY]),
        ([WAIVED], [ENTRY], [WAIVED], [ENTRY]),
        (OTHERS, [ENTRY], OTHERS, [ENTRY]),
    ],
)
def test_a_baseline_takes_each_entry_once_and_nothing_else(
    found: Sequence[ShownFinding],
    accepted: Sequence[Accepted],
    left: Sequence[ShownFinding],
    gone: Sequence[Accepted],
) -> None:
    """Lines, messages and severity do not matter; a second finding, another one, and a waived one stay."""
    compared = without(verdict(*found), accepted)
    assert compared.findings == tuple(left)
    assert compared.gone == tuple(gone)
    assert compared.baselined == len(found) - len(left)


@pytest.mark.parametrize(
    "more",
    [
        {"unasked": ("CTC105",)},
        {"partial": True},
        {"silences": (ShownSilence("jane-doe", "contacts", ("CTC105",)),)},
    ],
    ids=str,
)
def test_an_entry_is_missed_only_where_its_rule_could_speak(more: dict[str, object]) -> None:
    """A rule that is off, a client who was not asked about, and a file that can't be read say nothing of it."""
    compared = without(replace(verdict(), **more), [ENTRY])  # type: ignore[arg-type]  # each has the type of its field
    assert compared.gone == ()
    assert not was_asked(compared, ENTRY)


def test_a_baseline_is_made_of_what_is_not_waived_in_an_order_of_its_own() -> None:
    """So one more finding is one more line."""
    made = accepted_in(verdict(LATE, WAIVED, *OTHERS))
    assert made == tuple(sorted(made, key=Accepted.sort_key))
    assert len(made) == 1 + len(OTHERS)


@pytest.mark.parametrize(
    ("now", "then", "new"),
    [
        ([LATE, LATER], [], [LATE, LATER]),
        ([LATE, LATER], [LATE], [LATER]),
        ([LATE, LATER], [LATER], [LATE]),
        ([MOVED], [LATE], []),
        ([LATER], [LATE], []),
        ([LATE], [LATE, LATER], []),
        ([WAIVED], [LATE], []),
        (OTHERS, [LATE], OTHERS),
    ],
)
def test_new_is_what_the_earlier_check_did_not_have(
    now: Sequence[ShownFinding], then: Sequence[ShownFinding], new: Sequence[ShownFinding]
) -> None:
    """Of two findings about the same, the one that happened on another day is new; a day that moved is not."""
    assert new_since(verdict(*now), verdict(*then)).findings == tuple(new)
