"""Questions that concern more than one part of a client's file: what was discussed, consents, and who is who."""

from collections.abc import Callable

import pytest

from coachlog.model.client_file import ClientFile

from .test_contract import day

Read = Callable[..., ClientFile]

PAUSED = "contracts: [{agreed: 2026-01-12, pauses: [{from: 2026-03-01, discussed: 2026-03-04}]}]"
REVIEW = "sessions: [{at: 2026-03-04 10:00, status: held, kind: review}]"
TALK = "concerns: [{noticed: 2026-03-01, kind: engagement, raised: 2026-03-04}]"


@pytest.mark.parametrize(
    ("files", "discussed"),
    [
        ({"contract": PAUSED}, True),
        ({"contract": PAUSED.replace(", discussed: 2026-03-04", "")}, False),
        ({"sessions": REVIEW}, True),
        ({"sessions": REVIEW.replace("held", "booked")}, False),
        ({"sessions": REVIEW.replace("review", "coaching")}, False),
        ({"care": TALK}, True),
        ({"care": TALK.replace("engagement", "relationship")}, False),
        ({"care": TALK.replace(", raised: 2026-03-04", "")}, False),
        ({}, False),
    ],
)
def test_what_was_discussed_since_a_day(files: dict[str, str], *, discussed: bool, read_jane: Read) -> None:
    """A pause with `discussed`, a concern on engagement with `raised`, a review held, on or after that day."""
    file = read_jane(**files)
    assert [file.discussed_since(day(on)) for on in ("03-01", "03-04", "03-05")] == [discussed, discussed, False]


CONSENT = "given: 2026-01-12, form: written, to: pat, for: leader-update"


@pytest.mark.parametrize(
    ("consent", "valid", "invalid"),
    [
        (CONSENT, "01-12 2099-01-01", "01-11"),
        (f"{CONSENT}, until: 2026-07-12", "07-12", "07-13"),
        (f"{CONSENT}, revoked: 2026-06-01", "05-31", "06-01 06-02"),
        (f"{CONSENT}, until: 2026-07-12, revoked: 2026-08-01", "07-12", "07-13"),
        (CONSENT.replace("written", "email"), "01-12", "01-11"),
        (CONSENT.replace("written", "signed"), "01-12", "01-11"),
        (CONSENT.replace("written", "verbal"), "", "01-12"),
        (CONSENT.replace("form: written, ", ""), "", "01-12"),
    ],
)
def test_a_consent_is_valid_while_it_lasts_and_only_in_writing(
    consent: str, valid: str, invalid: str, read_jane: Read
) -> None:
    """Given on or before the day, not run out, not revoked on or before it, and in writing."""
    file = read_jane(care=f"consents: [{{{consent}}}]")
    for days, expected in ((valid, True), (invalid, False)):
        for on in days.split():
            assert bool(file.valid_consent(["leader-update"], "pat", day(on))) == expected, on


@pytest.mark.parametrize(
    ("scope", "what", "covered"),
    [
        ("", ["attendance", "anything"], True),
        (", scope: [attendance, goals]", [], True),
        (", scope: [attendance, goals]", ["Goals"], True),
        (", scope: [attendance, goals]", ["attendance", "notes"], False),
        (", scope: attendance", ["attendance"], True),
    ],
)
def test_a_consent_covers_what_its_scope_names(scope: str, what: list[str], *, covered: bool, read_jane: Read) -> None:
    """Each word of what is passed on, case ignored; without a scope everything."""
    file = read_jane(care=f"consents: [{{{CONSENT}{scope}}}]")
    assert bool(file.valid_consent([], "pat", day("03-04"), what)) == covered


def test_any_consent_that_serves_is_found(read_jane: Read) -> None:
    """An earlier one that has run out, is for something else or covers less, does not hide it."""
    file = read_jane(
        care="consents:\n"
        f"  - {{id: n1, {CONSENT}, until: 2026-02-01}}\n"
        f"  - {{id: n2, {CONSENT}, scope: [attendance]}}\n"
        f"  - {{id: n3, {CONSENT.replace('leader-update', 'disclosure')}, scope: [goals]}}\n"
    )

    def found(purposes: list[str], what: list[str]) -> str | None:
        consent = file.valid_consent(purposes, "pat", day("03-04"), what)
        return consent.id if consent else None

    assert [found(["leader-update"], []), found(["leader-update", "disclosure"], ["goals"]), found([], ["goals"])] == [
        "n2",
        "n3",
        "n3",
    ]
    assert [found(["leader-update"], ["goals"]), found(["referral"], [])] == [None, None]
    assert [consent.id for consent in file.valid_consents([], "pat", day("03-04"))] == ["n2", "n3"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("pat", "pat", True),
        ("pat", "Pat Lee", True),
        ("PAT LEE", "pat lee", True),
        ("Pat Lee", "Pat Leigh", False),
        ("pat", "kim", False),
        ("mw3xw", "Dr Sam Okafor", True),
        ("mw3xw", "pat", False),
        ("mw3xw", "DR SAM OKAFOR", True),
        ("nn", "NN", True),
        ("kim", "Kim Chu", False),  # a sponsor without a name is nobody else
        ("Straße", "STRASSE", True),
        ("someone", "Some One", False),
    ],
)
def test_two_mentions_mean_one_person_by_id_or_name(one: str, other: str, *, same: bool, read_jane: Read) -> None:
    """A sponsor's or a directory id stands for its name, case ignored; what is no id is a name."""
    file = read_jane(
        "directory: [{id: mw3xw, name: Dr Sam Okafor}]\n",
        client="name: Jane Doe\nsponsors: [{id: pat, name: Pat Lee}, {id: kim}, {name: No Id}]\n",
    )
    assert (file.same_person(one, other), file.same_person(other, one)) == (same, same)
