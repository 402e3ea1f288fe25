"""A record as the fields of a JSON object."""

import json
from collections.abc import Callable

from coachlog.model.client_file import ClientFile
from coachlog.views.fields import fields_of

CONTRACT = """
contracts:
  - id: 2026a
    agreed: 2026-01-12
    length: 60 min
    fee: {amount: 900 GBP, per: package}
    between_sessions: {via: {email: 24 h, phone: }, hours: Mo-Fr 09:00-17:00}
    follow_up: [{id: r, kind: reminder, when: 2 days before session}]
"""
SESSION = """
sessions:
  - {id: s1, at: 2026-03-04 15:00, status: held, notes: said, private: never shown}
"""


def test_every_field_is_there_under_its_own_name(read_jane: Callable[..., ClientFile]) -> None:
    """Absent ones too; durations and money stand as written, with their figures beside them."""
    contract = fields_of(read_jane(contract=CONTRACT).contracts[0])
    assert (contract["length"], contract["length_minutes"]) == ("60 min", 60)
    assert (contract["every"], contract["every_minutes"]) == (None, None)
    assert contract["fee"]["amount"] == "900 GBP"
    assert (contract["fee"]["amount_amount"], contract["fee"]["amount_currency"]) == ("900", "GBP")
    assert contract["between_sessions"]["via"] == {"email": "24 h", "phone": None}
    assert contract["follow_up"][0]["from"] == "coach"
    assert (contract["goals"], contract["ended"]) == ([], None)
    assert json.loads(json.dumps(contract)) == contract


def test_what_is_private_is_not_even_named(read_jane: Callable[..., ClientFile]) -> None:
    """The key is left out; moments are instants of the practice."""
    session = fields_of(read_jane(sessions=SESSION).sessions[0])
    assert "private" not in session
    assert (session["at"], session["notes"]) == ("2026-03-04T15:00:00+00:00", "said")
