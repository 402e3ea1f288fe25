"""What refers to a record that is deleted: in the client's files, and in the practice's."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out

JANE, TOM = "clients/jane-doe/", "clients/tom-reid/"
FILES: Mapping[str, str] = {
    "coachlog.yaml": f"{PRACTICE}directory:\n  - {{id: mw3xw, name: Dr Sam Okafor}}\n  - {{id: nn3xw, name: Dr Lee}}\n",
    "supervision.yaml": (
        "supervision:\n  - {id: q8rtw, date: 2026-03-06, topics: [{client: jane-doe, concern: h5ttw}, {about: load}]}\n"
        "  - {id: q9rtw, date: 2026-03-07, topics: [{client: tom-reid, concern: h5ttw}]}\n"
    ),
    f"{JANE}client.yaml": "name: Jane Doe\nsponsors:\n  - {id: pat, name: Pat Lee}\n  - {id: kim, name: Kim}\n",
    f"{JANE}contacts.yaml": "contacts:\n  - {id: f6juw, at: 2026-03-02 10:00, from: coach, via: email, to: pat}\n",
    f"{JANE}care.yaml": (
        "concerns:\n"
        "  - {id: h5ttw, noticed: 2026-03-01, kind: psychological, note: sleepless}\n"
        "  - {id: h6ttw, noticed: 2026-03-01, kind: ethics, consulted: q8rtw}\n"
        "referrals:\n"
        "  - {id: z4ppw, date: 2026-03-05, concern: h5ttw, to: mw3xw}\n"
    ),
    f"{TOM}client.yaml": "name: Tom Reid\n",
    f"{TOM}care.yaml": "concerns:\n  - {id: h5ttw, noticed: 2026-03-01, kind: ethics}\n",
}
REFERRED = {
    "a concern": (
        ("jane", "h5ttw"),
        "h5ttw is named by z4ppw (concern) and q8rtw of the practice (topics)",
        [("jane-doe", "z4ppw", "concern"), (None, "q8rtw", "topics")],
        {"kind": "psychological", "note": "sleepless"},
    ),
    "a sponsor": (("jane", "pat"), "pat is named by f6juw (to)", [("jane-doe", "f6juw", "to")], {"name": "Pat Lee"}),
    "a supervision": (
        ("practice", "q8rtw"),
        "q8rtw is named by h6ttw of jane-doe (consulted)",
        [("jane-doe", "h6ttw", "consulted")],
        {"date": "2026-03-06"},
    ),
    "somebody in the directory": (
        ("practice", "mw3xw"),
        "mw3xw is named by z4ppw of jane-doe (to)",
        [("jane-doe", "z4ppw", "to")],
        {"name": "Dr Sam Okafor"},
    ),
    "what nothing refers to": (("practice", "nn3xw"), "", [], {"name": "Dr Lee"}),
}


@pytest.mark.parametrize(("words", "sentence", "referring", "fields"), REFERRED.values(), ids=REFERRED)
def test_what_refers_to_a_record_is_said_and_told_to_programs(
    tmp_path: Path,
    words: tuple[str, ...],
    sentence: str,
    referring: list[tuple[str | None, str, str]],
    fields: Mapping[str, str],
) -> None:
    """Without anybody to ask it wants --yes; JSON has the record as it was, and what named it."""
    lay_out(FILES, tmp_path)
    asked = call("delete", *words, folder=tmp_path)
    assert (asked.code, asked.out) == (2, "")
    assert sentence in asked.err
    told = json.loads(call("delete", *words, "--yes", "--json", folder=tmp_path).out)
    (record,) = told["records"]
    assert (record["record"], {key: record[key] for key in fields}) == (words[1], fields)
    assert [(one["client"], one["record"], one["field"]) for one in told["referred_by"]] == referring
    assert len(told["written"]) == 1
