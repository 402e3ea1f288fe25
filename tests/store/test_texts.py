"""The texts of a journal: which fields hold somebody's words, and which words the format knows."""

import pytest

from coachlog.model.care import Referral
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract, Ending, Goal
from coachlog.model.practice import Practice
from coachlog.model.record import Record, Waiver
from coachlog.model.session import Session
from coachlog.store.texts import known_fields, text_fields

FIELDS: dict[type[Record], str] = {
    Contact: "about to uncharged",
    Contract: "",
    Ending: "summary",
    Goal: "measure text",
    Practice: "country currency",
    Referral: "to why",
    Session: "importance insights notes options outcome private topic with",
    Waiver: "why",
}


@pytest.mark.parametrize("kind", FIELDS)
def test_a_text_is_what_somebody_wrote(kind: type[Record]) -> None:
    """A status, a medium, an id of another record and a number are none."""
    assert " ".join(sorted(text_fields(kind))) == FIELDS[kind]


def test_every_field_is_known_by_its_name() -> None:
    """Those of records that lie in other ones, too."""
    assert {"notes", "no_rebook", "measure", "organisation", "why", "step"} <= known_fields()
    assert not {"id", "status", "via", "waive"} & known_fields()
