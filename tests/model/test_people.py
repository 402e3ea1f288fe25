"""Who a referral leads to, which concern it is for, and why a consent does not stand."""

from collections.abc import Callable

import pytest

from coachlog.model.client_file import ClientFile

from .test_contract import day

Read = Callable[..., ClientFile]

DIRECTORY = (
    "directory: [{id: mw3xw, name: Dr Sam Okafor, phone: '0101'}, {id: gp, role: GP}, {id: pat, name: Pat Rowe}]\n"
)
CLIENT = "name: Jane Doe\nsponsors: [{id: pat, name: Pat Lee, email: pat@acme.example}, {id: pat, name: Pat Second}]\n"


@pytest.mark.parametrize(
    ("to", "names", "ways"),
    [
        ("mw3xw", ["Dr Sam Okafor"], ["0101"]),
        ("MW3XW", ["Dr Sam Okafor"], ["0101"]),
        ("dr sam okafor", ["Dr Sam Okafor"], ["0101"]),
        ("{name: Dr Sam Okafor, phone: '0155'}", ["Dr Sam Okafor", "Dr Sam Okafor"], ["0155", "0101"]),
        ("{role: psychologist}", [None], [None]),
        ("gp", [None], [None]),
        ("Kim Chu", ["Kim Chu"], [None]),
    ],
)
def test_what_is_known_of_a_person(to: str, names: list[str | None], ways: list[str | None], read_jane: Read) -> None:
    """What is said on the spot, and what stands in the directory under the id or the name; no id is a name."""
    file = read_jane(DIRECTORY, client=CLIENT, care=f"referrals: [{{date: 2026-03-05, to: {to}}}]")
    cards = list(file.people.cards(file.care.referrals[0].to))
    assert ([card.name for card in cards], [card.phone for card in cards]) == (names, ways)


def test_a_referral_to_nobody_leads_nowhere(read_jane: Read) -> None:
    """Nothing is known of nobody, and an empty name mentions nobody."""
    file = read_jane(DIRECTORY, care="referrals: [{date: 2026-03-05}, {date: 2026-03-05, to: {name: ' '}}]")
    assert [referral.mention for referral in file.care.referrals] == [None, None]
    assert list(file.people.cards(None)) == []


@pytest.mark.parametrize(
    ("mentions", "different"),
    [
        (["mw3xw", "Dr Sam Okafor", "MW3XW"], ["mw3xw"]),
        (["mw3xw", "gp"], ["mw3xw", "gp"]),
        (["pat", "Pat Lee", "Pat Rowe", "Pat Second"], ["pat", "Pat Second"]),  # a sponsor's id and the directory's
        ([], []),
    ],
)
def test_different_persons_are_counted_once(mentions: list[str], different: list[str], read_jane: Read) -> None:
    """However they are mentioned; of two with one id the first counts."""
    assert read_jane(DIRECTORY, client=CLIENT).people.different(mentions) == different


@pytest.mark.parametrize(
    ("concerns", "referrals", "expected"),
    [
        ("{id: h1, kind: other}", "{concern: h1}", [1]),
        ("{id: h1, kind: other}", "{}", [0]),
        ("{id: h1, kind: other, decision: refer}", "{}, {concern: h1}, {concern: h2}", [2]),
        ("{kind: other, decision: refer}", "{}, {concern: h1}", [1]),
        ("{id: h1, kind: other, decision: refer}, {id: h2, kind: other, decision: refer}", "{}, {concern: h2}", [0, 1]),
        ("{id: h1, kind: other, decision: refer}, {id: h1, kind: medical}", "{}, {concern: h1}", [2, 0]),
    ],
)
def test_which_referrals_are_for_a_concern(concerns: str, referrals: str, expected: list[int], read_jane: Read) -> None:
    """Those that name it, the first of its id; those that name none where it is the only one decided so."""
    care = f"concerns: [{concerns}]\nreferrals: [{referrals}]\n".replace("{}", "{why: sleep}")
    care = care.replace("kind:", "noticed: 2026-03-01, kind:").replace("{concern", "{date: 2026-03-05, concern")
    file = read_jane(care=care.replace("{why", "{date: 2026-03-05, why"))
    assert [len(file.care.referrals_for(concern)) for concern in file.care.concerns] == expected


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ("form: written", None),
        ("form: verbal", "is not in writing"),
        ("form: email, until: 2026-03-03", "ran out on Tue 3 Mar 2026"),
        ("form: email, until: 2026-03-04", None),
        ("form: signed, revoked: 2026-03-04, until: 2026-03-03", "was revoked on Wed 4 Mar 2026"),
        ("form: signed, revoked: 2026-03-05", None),
    ],
)
def test_why_a_consent_does_not_stand_on_a_day(fields: str, flaw: str | None, read_jane: Read) -> None:
    """One reason, in words that go on after the consent's id."""
    file = read_jane(care=f"consents: [{{given: 2026-01-12, to: pat, for: ai, {fields}}}]")
    assert file.care.consents[0].flaw(day("03-04")) == flaw
    later = read_jane(care="consents: [{given: 2026-03-05, to: pat, for: ai, form: email}]")
    assert later.care.consents[0].flaw(day("03-04")) == "was given on Thu 5 Mar 2026"
