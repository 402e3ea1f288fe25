"""Reading a journal: what is good is there, and what is not is named once, with its place and none of its words."""

from pathlib import Path
from typing import NamedTuple

import pytest

from calling import lay_out
from coachlog.model.client import Client
from coachlog.model.journal import Journal
from coachlog.model.practice import Practice
from coachlog.model.problem import Problem
from coachlog.model.record import Record
from coachlog.store.casebook import DEFAULT_FILES
from coachlog.store.load import CLIENT_LISTS, SUPERVISION, PracticeUnreadable, load_journal

JANE = "clients/jane-doe"
PRACTICE = "format: 1\ntimezone: Europe/London\n"


class Told(NamedTuple):
    """A problem as it is expected: code, file, line, column, record, field, and a part of its sentence."""

    code: str
    file: str
    line: int
    column: int
    record: str | None
    field: str | None
    part: str


class Faulty(NamedTuple):
    """A file with faults: what is told of it, what is still read, and what is known to be missing."""

    what: str
    file: str
    text: str
    told: tuple[Told, ...]
    kept: tuple[str, ...] = ()
    gaps: frozenset[str] = frozenset()


def wrong(file: str, line: int, column: int, record: str | None, field: str | None, part: str) -> Told:  # noqa: PLR0913, PLR0917 — a row of the table
    """Expect an invalid record in a file of the one client, or of the practice."""
    place = file if file in {"coachlog.yaml", "supervision.yaml"} else f"{JANE}/{file}"
    return Told("JRN102", place, line, column, record, field, part)


QUOTES = "put that text in double quotes"
FAULTY = (
    Faulty(
        "a moment that does not exist",
        "sessions.yaml",
        "sessions:\n  - {id: a1x, at: 2026-02-30 10:00}\n  - {id: b1x, at: 2026-03-01 10:00}\n",
        (wrong("sessions.yaml", 2, 15, "a1x", "at", "`at` is 2026-02-30 10:00: expected a day and a time"),),
        ("b1x",),
        frozenset({"sessions"}),
    ),
    Faulty(
        "a date is no instant",
        "sessions.yaml",
        "sessions:\n  - id: a1x\n    at: 2026-03-01\n",
        (wrong("sessions.yaml", 3, 5, "a1x", "at", "`at` is 2026-03-01: expected a day and a time"),),
        gaps=frozenset({"sessions"}),
    ),
    Faulty(
        "an instant is no date",
        "actions.yaml",
        "actions:\n  - {id: a1x, step: Draft, due: 2026-03-01 10:00}\n",
        (wrong("actions.yaml", 2, 28, "a1x", "due", "without a time"),),
        gaps=frozenset({"actions"}),
    ),
    Faulty(
        "each field is found once, in a record without an id by its place",
        "sessions.yaml",
        "sessions:\n  - {at: 2026-03-01 10:00}\n  - statsu: held\n    minutes: many\n    length: 60\n",
        (
            wrong("sessions.yaml", 3, 5, "2", "at", "`at` is missing"),
            wrong("sessions.yaml", 3, 5, "2", "statsu", "did you mean `status`?"),
            wrong("sessions.yaml", 4, 5, "2", "minutes", "`minutes` is many: expected a whole number"),
            wrong("sessions.yaml", 5, 5, "2", "length", "`length` is 60: expected a duration"),
        ),
        ("1",),
        frozenset({"sessions"}),
    ),
    Faulty(
        "an unknown key is set aside alone, also one that differs by its capital, also a merge key",
        "sessions.yaml",
        "sessions:\n"
        "  - {id: a1x, at: 2026-03-01 10:00, weather: fine}\n"
        "  - {id: b1x, at: 2026-03-01 10:00, Status: held}\n"
        "  - {id: c1x, at: 2026-03-01 10:00, <<: {minutes: 5}}\n",
        (
            wrong(
                "sessions.yaml",
                2,
                37,
                "a1x",
                "weather",
                "`weather` is not known here; a key of your own begins with x-",
            ),
            wrong("sessions.yaml", 3, 37, "b1x", "a key", "A key is not known here; did you mean `status`?"),
            wrong("sessions.yaml", 4, 37, "c1x", "a key", "write the fields out"),
        ),
        ("a1x", "b1x", "c1x"),
    ),
    Faulty(
        "a comma in a text without quotes, at any depth",
        "sessions.yaml",
        "sessions:\n"
        "  - {id: a1x, at: 2026-03-01 10:00, topic: work, and grief, at home}\n"
        "  - {id: b1x, at: 2026-03-01 10:00, status: cancelled, cancelled: {by: client, note: ill, again}}\n"
        "  - {id: c1x, at: 2026-03-01 10:00, waive: [{rule: SES101, why: agreed, in writing}]}\n",
        (
            wrong("sessions.yaml", 2, 50, "a1x", "a key", QUOTES),
            wrong("sessions.yaml", 3, 91, "b1x", "cancelled.a key", QUOTES),
            wrong("sessions.yaml", 4, 73, "c1x/1", "a key", QUOTES),
        ),
        ("a1x", "b1x", "c1x"),
    ),
    Faulty(
        "words that are none of the list",
        "sessions.yaml",
        "sessions:\n  - {id: a1x, at: 2026-03-01 10:00, status: done, kind: Coaching, prepared: 4, counts: maybe}\n",
        (
            wrong(
                "sessions.yaml", 2, 37, "a1x", "status", "`status` is done: expected booked, held, cancelled or no-show"
            ),
            wrong("sessions.yaml", 2, 51, "a1x", "kind", "`kind` is Coaching: expected chemistry, coaching"),
            wrong("sessions.yaml", 2, 67, "a1x", "prepared", "`prepared` is 4: expected a rating from 0 to 3"),
            wrong("sessions.yaml", 2, 80, "a1x", "counts", "`counts` is maybe: expected yes or no"),
        ),
        gaps=frozenset({"sessions"}),
    ),
    Faulty(
        "ids that a YAML tool would read as something else",
        "sessions.yaml",
        "sessions:\n  - {id: 12, at: 2026-03-01 10:00}\n  - {id: 2e345, at: 2026-03-01 10:00}\n"
        "  - {id: 2026a, at: 2026-03-01 10:00}\n  - {id: not this, at: 2026-03-01 10:00}\n",
        (
            wrong("sessions.yaml", 2, 6, "12", "id", "`id` is 12: expected an id"),
            wrong("sessions.yaml", 3, 6, "2e345", "id", "`id` is 2e345: expected an id"),
            wrong("sessions.yaml", 5, 6, "4", "id", "`id`: expected an id"),
        ),
        ("2026a",),
        frozenset({"sessions"}),
    ),
    Faulty(
        "a mapping inside a record spoils the record, a record of a list inside it only itself",
        "sessions.yaml",
        "sessions:\n"
        "  - {id: a1x, at: 2026-03-01 10:00, cancelled: {by: me}}\n"
        "  - {id: b1x, at: 2026-03-01 10:00, moved: [{from: 2026-02-01}, {from: 2026-02-01 10:00}]}\n",
        (
            wrong("sessions.yaml", 2, 49, "a1x", "cancelled.by", "`by` is me: expected client, coach, both or sponsor"),
            wrong("sessions.yaml", 3, 46, "b1x/1", "from", "`from` is 2026-02-01: expected a day and a time"),
        ),
        ("b1x",),
        frozenset({"sessions", "sessions.moved"}),
    ),
    Faulty(
        "text that is none, a list that is none: nothing of it is repeated",
        "sessions.yaml",
        "sessions:\n"
        "  - {id: a1x, at: 2026-03-01 10:00, notes: {grief: yes}}\n"
        "  - {id: b1x, at: 2026-03-01 10:00, insights: grief}\n"
        "  - {id: c1x, at: 2026-03-01 10:00, insights: [fine, {grief: yes}, [grief]]}\n"
        "  - {id: d1x, at: 2026-03-01 10:00, prep: grief}\n",
        (
            wrong("sessions.yaml", 2, 37, "a1x", "notes", "`notes`: expected text"),
            wrong("sessions.yaml", 3, 37, "b1x", "insights", "`insights`: expected a list"),
            wrong("sessions.yaml", 4, 37, "c1x", "insights", "`insights`: expected text"),
            wrong("sessions.yaml", 5, 37, "d1x", "prep", "`prep`: expected a mapping"),
        ),
        gaps=frozenset({"sessions"}),
    ),
    Faulty(
        "a file of another shape",
        "sessions.yaml",
        "- {at: 2026-03-01 10:00}\n",
        (wrong("sessions.yaml", 1, 1, None, None, "The file is no mapping"),),
        gaps=frozenset({"sessions"}),
    ),
    Faulty(
        "a list that is no list, and records that are none",
        "care.yaml",
        "consents: none\nconcerns:\n  - grief\n  - {id: h1x, noticed: 2026-03-01, kind: other}\n",
        (
            wrong("care.yaml", 1, 11, None, "consents", "`consents` is no list"),
            wrong("care.yaml", 3, 5, "1", None, "The record is no mapping"),
        ),
        ("h1x",),
        frozenset({"care.concerns", "care.consents"}),
    ),
    Faulty(
        "a list under a name that is not known",
        "sessions.yaml",
        "sesions:\n  - {id: a1x, at: 2026-03-01 10:00}\nx-mine: [1]\nMy Notes: fine\n",
        (
            wrong("sessions.yaml", 1, 1, None, "sesions", "did you mean `sessions`?"),
            wrong("sessions.yaml", 4, 1, None, "a key", "A key is not known here"),
        ),
        gaps=frozenset({"sessions"}),
    ),
    Faulty(
        "what lies in a contract is left out alone; an amendment takes the terms with it",
        "contract.yaml",
        "contracts:\n"
        "  - id: 2026a\n"
        "    goals: [{id: g1}, {id: g2, text: Lead}]\n"
        "    pauses: [{to: 2026-01-01}]\n"
        "    payments: [{id: y1, date: 2026-01-12, amount: 900 gbp}]\n"
        "    amendments:\n"
        "      - {id: m1, agreed: 2026-02-01, set: {sessions: 0}}\n"
        "      - {id: m2, agreed: 2026-02-01, set: {goals: [{}]}}\n",
        (
            wrong("contract.yaml", 3, 14, "2026a/g1", "text", "`text` is missing"),
            wrong("contract.yaml", 4, 15, "2026a/1", "from", "`from` is missing"),
            wrong("contract.yaml", 5, 43, "2026a/y1", "amount", "`amount`: expected an amount, such as 900 GBP"),
            wrong(
                "contract.yaml",
                7,
                44,
                "2026a/m1",
                "set.sessions",
                "`sessions` is 0: expected a whole number of at least 1",
            ),
            wrong("contract.yaml", 8, 52, "2026a/m2/1", "text", "`text` is missing"),
        ),
        ("2026a",),
        frozenset({"contract", "contract.goals", "contract.pauses", "contract.payments"}),
    ),
    Faulty(
        "a clause on contact",
        "contract.yaml",
        "contracts:\n"
        "  - id: a1x\n"
        "    between_sessions: {via: {When she calls: 24 h, phone: soon}, hours: Mo-Fr 9, limit: 2, free: yes}\n"
        "  - {id: b1x, between_sessions: maybe}\n"
        "  - {id: c1x, between_sessions: none}\n",
        (
            wrong(
                "contract.yaml",
                3,
                30,
                "a1x",
                "between_sessions.via.a key",
                "A key here is not understood: expected one word",
            ),
            wrong("contract.yaml", 3, 52, "a1x", "between_sessions.via.phone", "`phone` is soon: expected a duration"),
            wrong("contract.yaml", 3, 66, "a1x", "between_sessions.hours", "(not understood from character 7 on)"),
            wrong(
                "contract.yaml",
                3,
                82,
                "a1x",
                "between_sessions.limit",
                "`limit` is 2: expected a limit, such as 2 per week",
            ),
            wrong("contract.yaml", 3, 92, "a1x", "between_sessions.free", "`free` is yes: expected a duration"),
            wrong(
                "contract.yaml",
                4,
                15,
                "b1x",
                "between_sessions",
                "expected the clause on contact, as a mapping, or none",
            ),
        ),
        ("c1x",),
        frozenset({"contract"}),
    ),
    Faulty(
        "somebody who is neither an id nor a person",
        "care.yaml",
        "referrals:\n  - {id: r1x, date: 2026-03-01, to: [x]}\n  - {id: r2x, date: 2026-03-01, to: {nam: Dr X}}\n",
        (
            wrong("care.yaml", 2, 33, "r1x", "to", "expected a directory id, or a person"),
            wrong("care.yaml", 3, 38, "r2x", "to.nam", "did you mean `name`?"),
        ),
        ("r2x",),
        frozenset({"care.referrals"}),
    ),
    Faulty(
        "a bad field of the client is left out alone",
        "client.yaml",
        "name: Jane\nsince: 2026-02-30\nsponsors:\n  - {id: pat, nmae: x}\n  - {id: 12}\ntags: vip\n",
        (
            wrong("client.yaml", 2, 1, None, "since", "`since` is 2026-02-30"),
            wrong("client.yaml", 4, 15, "pat", "nmae", "did you mean `name`?"),
            wrong("client.yaml", 5, 6, "12", "id", "`id` is 12"),
            wrong("client.yaml", 6, 1, None, "tags", "`tags`: expected a list"),
        ),
        gaps=frozenset({"client.since", "client.sponsors", "client.tags"}),
    ),
    Faulty(
        "a client without a name, and one whose name is a list",
        "client.yaml",
        "name: [Jane, Doe]\n",
        (wrong("client.yaml", 1, 1, None, "name", "`name`: expected text"),),
        gaps=frozenset({"client", "client.name"}),
    ),
    Faulty(
        "a fixed word that is misspelt has a nearest",
        "coachlog.yaml",
        PRACTICE + "profile: ethcs\n",
        (wrong("coachlog.yaml", 3, 1, None, "profile", "basic, ethics or strict; did you mean `ethics`?"),),
    ),
    Faulty(
        "a bad field of the practice, whose default is used",
        "coachlog.yaml",
        PRACTICE + "profile: lax\ncoach: Alex\nabsences: [{to: 2026-01-01}]\nlimits: {out_of_hours: 1 h per day}\n"
        "office_hours: Mo-Fr 25:00\ncountry: XX\ngit: yes\nfoo: 1\n",
        (
            wrong("coachlog.yaml", 3, 1, None, "profile", "`profile` is lax: expected basic, ethics or strict"),
            wrong("coachlog.yaml", 4, 1, None, "coach", "`coach`: expected a mapping"),
            wrong("coachlog.yaml", 5, 13, "1", "from", "`from` is missing"),
            wrong(
                "coachlog.yaml",
                6,
                10,
                None,
                "limits.out_of_hours",
                "`out_of_hours` is 1 h per day: expected a duration",
            ),
            wrong("coachlog.yaml", 7, 1, None, "office_hours", "expected opening hours"),
            wrong("coachlog.yaml", 8, 1, None, "country", "`country` is XX: expected a country"),
            wrong("coachlog.yaml", 9, 1, None, "git", "`git`: expected a mapping"),
            wrong("coachlog.yaml", 10, 1, None, "foo", "`foo` is not known here"),
        ),
    ),
    Faulty(
        "a practice file without its format",
        "coachlog.yaml",
        "timezone: Europe/London\n",
        (wrong("coachlog.yaml", 1, 1, None, "format", "`format` is missing"),),
    ),
    Faulty(
        "a format that is no number",
        "coachlog.yaml",
        "timezone: Europe/London\nformat: one\n",
        (wrong("coachlog.yaml", 2, 1, None, "format", "`format` is one: expected a whole number"),),
    ),
    Faulty(
        "the supervision log: what is missing there is missing for each client",
        "supervision.yaml",
        "supervision:\n  - {id: q1x, date: soon}\n  - {id: q2x, date: 2026-01-01, topics: [{clint: jane-doe}, [x]]}\n",
        (
            wrong("supervision.yaml", 2, 15, "q1x", "date", "`date` is soon"),
            wrong("supervision.yaml", 3, 33, "q2x", "topics", "`topics`: expected a mapping"),
            wrong("supervision.yaml", 3, 43, "q2x/1", "clint", "did you mean `client`?"),
        ),
        gaps=frozenset({"supervision", "supervision.topics"}),
    ),
    Faulty(
        "a file that can't be read at all has one fault, whatever else it holds",
        "contacts.yaml",
        "contacts:\n  - {id: a1x, at: soon}\n  - {id: b1x\n\tat: x}\n",
        (Told("JRN101", f"{JANE}/contacts.yaml", 4, 1, None, None, "tab"),),
        gaps=frozenset({"contacts"}),
    ),
    Faulty("an empty file", "sessions.yaml", "", ()),
    Faulty("a file of comments", "sessions.yaml", "---\n# nothing yet\n", ()),
    Faulty(
        "empty values are no keys, and x- is the coach's own",
        "sessions.yaml",
        "\ufeffsessions:\r\n  - id: a1x\r\n    at: 2026-03-01 10:00\r\n"
        "    statsu:\r\n    minutes: ~\r\n    x-room: [blue]\r\n  -\r\n",
        (),
        ("a1x",),
    ),
)


def read(folder: Path, files: dict[str, str]) -> Journal:
    """Lay a journal out and read it."""
    lay_out({**DEFAULT_FILES, **files}, folder)
    return load_journal(folder)


def in_place(file: str) -> str:
    """Put a client's file into the folder of the one client."""
    return file if file in {"coachlog.yaml", "supervision.yaml"} else f"{JANE}/{file}"


def kept(journal: Journal) -> list[str | None]:
    """Name every record of a client's lists that was read."""
    return [entry.label for client in journal.clients for listing in client.lists for entry in listing]


@pytest.mark.parametrize("faulty", FAULTY, ids=lambda faulty: faulty.what)
def test_what_is_faulty_is_named_and_the_rest_is_read(faulty: Faulty, tmp_path: Path) -> None:
    """Each fault is told once, at its line and column; the records without one are there, and so are the gaps."""
    journal = read(tmp_path, {in_place(faulty.file): faulty.text})
    told = sorted(
        journal.problems, key=lambda problem: (problem.place.line, problem.place.column, problem.subject or "")
    )
    assert [(p.code, *p.place, p.record, p.subject) for p in told] == [expected[:6] for expected in faulty.told]
    assert [p.message for p, expected in zip(told, faulty.told, strict=True) if expected.part not in p.message] == []
    assert kept(journal) == list(faulty.kept)
    assert journal.clients[0].gaps == faulty.gaps


FATAL = (
    ("format: 1\n", "JRN102", 1, "timezone", "`timezone` is missing"),
    ("", "JRN102", 1, "timezone", "`timezone` is missing"),
    (
        "format: 1\ntimezone: Europe/Londn\n",
        "JRN102",
        2,
        "timezone",
        "`timezone` is Europe/Londn: expected a time zone",
    ),
    ("format: 1\ntimezone: [Europe/London]\n", "JRN102", 2, "timezone", "`timezone`: expected a time zone"),
    ("format: 1\ntimezone: ../../etc/passwd\n", "JRN102", 2, "timezone", "expected a time zone"),
    ("profile: lax\ntimezone: Mars/Base\n", "JRN102", 2, "timezone", "expected a time zone"),
    ("- format: 1\n", "JRN102", 1, None, "The file is no mapping"),
    ("format: 1\ntimezone: [\n", "JRN101", 3, None, "A value is missing here"),
    ("novelty: 1\nformat: 2\ntimezone: Mars/Base\n", "JRN102", 2, "format", "this program reads 1 at most"),
)


@pytest.mark.parametrize(("text", "code", "line", "field", "part"), FATAL, ids=lambda value: str(value)[:30])
def test_without_a_practice_nothing_is_judged(  # noqa: PLR0913, PLR0917 — a row of the table
    text: str, code: str, line: int, field: str | None, part: str, tmp_path: Path
) -> None:
    """One problem is told where coachlog.yaml can't be read, is of a newer format, or lacks its time zone."""
    with pytest.raises(PracticeUnreadable) as refused:
        read(tmp_path, {"coachlog.yaml": text, f"{JANE}/sessions.yaml": "sessions: [\n"})
    problem = refused.value.problem
    assert (problem.code, problem.place.file, problem.place.line, problem.subject) == (
        code,
        "coachlog.yaml",
        line,
        field,
    )
    assert part in problem.message


SESSIONS = "sessions:\n  - {id: a1x, at: 2026-03-01 10:00}\n"
FOLDERS = (
    (
        "a folder without client.yaml",
        "tom-reid",
        {"sessions.yaml": SESSIONS},
        "JRN102",
        "client.yaml",
        "has no client.yaml",
    ),
    (
        "an empty client.yaml",
        "tom-reid",
        {"client.yaml": "# later\n", "sessions.yaml": SESSIONS},
        "JRN102",
        "client.yaml",
        "has no",
    ),
    ("a capital", "Tom", {"client.yaml": "name: T\n", "sessions.yaml": SESSIONS}, "JRN102", None, "no client's code"),
    (
        "a space",
        "tom reid",
        {"client.yaml": "name: T\n", "sessions.yaml": SESSIONS},
        "JRN102",
        None,
        "no client's code",
    ),
    (
        "a reserved name",
        "practice",
        {"client.yaml": "name: T\n", "sessions.yaml": SESSIONS},
        "JRN102",
        None,
        "reserved",
    ),
    (
        "a hyphen at the end",
        "tom-",
        {"client.yaml": "name: T\n", "sessions.yaml": SESSIONS},
        "JRN102",
        None,
        "no client's code",
    ),
)


@pytest.mark.parametrize(
    ("code", "files", "rule", "field", "part"), [row[1:] for row in FOLDERS], ids=[row[0] for row in FOLDERS]
)
def test_a_strange_folder_is_named_and_its_other_files_are_read(  # noqa: PLR0913, PLR0917 — a row of the table
    code: str, files: dict[str, str], rule: str, field: str | None, part: str, tmp_path: Path
) -> None:
    """A folder of clients/ without client.yaml, or whose name is no code, is one problem on that folder."""
    journal = read(tmp_path, {f"clients/{code}/{name}": text for name, text in files.items()})
    (problem,) = journal.problems
    assert (problem.code, *problem.place, problem.client) == (rule, f"clients/{code}", 1, 1, code)
    assert (problem.record, problem.subject) == (None, field)
    assert part in problem.message
    assert [client.code for client in journal.clients if client.sessions] == [code]


def test_files_with_other_names_are_ignored(tmp_path: Path) -> None:
    """Only what journal.md names is read; a hidden folder, a loose file and a file of another name are nobody's."""
    other = {"clients/.trash/client.yaml": "[", "clients/notes.yaml": "[", f"{JANE}/session.yaml": "[", "notes.md": "["}
    journal = read(tmp_path, other)
    assert journal.problems == ()
    assert [client.code for client in journal.clients] == ["jane-doe"]


def test_a_link_in_place_of_a_folder_or_a_file_is_not_followed(tmp_path: Path) -> None:
    """A link may lead out of the journal: it is named, and nothing behind it is read."""
    outside = tmp_path / "outside"
    lay_out({"client.yaml": "name: Tom\n", "sessions.yaml": SESSIONS}, outside)
    root = tmp_path / "journal"
    lay_out(DEFAULT_FILES, root)
    (root / "clients" / "tom-reid").symlink_to(outside)
    (root / JANE / "sessions.yaml").symlink_to(outside / "sessions.yaml")
    journal = load_journal(root)
    assert [(one.code, one.place.file, one.client) for one in journal.problems] == [
        ("JRN101", f"{JANE}/sessions.yaml", "jane-doe"),
        ("JRN101", "clients/tom-reid", "tom-reid"),
    ]
    assert kept(journal) == []
    assert {"client", "contract", "sessions", "actions", "contacts", "care"} <= journal.clients[1].gaps


@pytest.mark.parametrize("target", ["tom-reid", "../not-mounted"])
def test_a_link_that_leads_nowhere_hides_nobody(target: str, tmp_path: Path) -> None:
    """It may have led to a client yesterday, so it is named. A link to a file stands for nobody."""
    lay_out({**DEFAULT_FILES, "clients/notes.yaml": "["}, tmp_path)
    (tmp_path / "clients" / "tom-reid").symlink_to(target)
    (tmp_path / "clients" / "readme").symlink_to("notes.yaml")
    journal = load_journal(tmp_path)
    assert [(one.code, one.place.file) for one in journal.problems] == [("JRN101", "clients/tom-reid")]
    assert [client.code for client in journal.clients] == ["jane-doe", "tom-reid"]


def test_one_clients_faults_are_not_anothers(tmp_path: Path) -> None:
    """Every other file and client is read as if the broken one were not there."""
    tom = {"clients/tom-reid/client.yaml": "name: Tom\n", "clients/tom-reid/sessions.yaml": SESSIONS}
    journal = read(tmp_path, {f"{JANE}/sessions.yaml": "sessions: [\n", **tom})
    assert [problem.client for problem in journal.problems] == ["jane-doe"]
    assert [client.gaps for client in journal.clients] == [frozenset({"sessions"}), frozenset()]
    assert kept(journal) == ["a1x"]


CANARY = "Canary weeps 7weeks"
"""Three words that no message would hold by itself; one has a digit, as a value of a typed field has."""
SHAPES = (
    "{v}",
    '"{v}"',
    "[{v}]",
    "[[{v}]]",
    "{{{v}: yes}}",
    "{{{v}}}",
    "{{name: {v}, date: {v}}}",
    "[{{text: x, {v}}}]",
    "[{{{v}: {v}}}]",
    "x, {v}",
    "x, {v}: {v}",
    "{{{v}: a, {v}: b}}",
    "{v}: {v}",
    "&a {{{v}: *a}}",
)
"""The ways in which a sentence can come to stand where it does not belong; doubled braces are braces."""


class Planted(NamedTuple):
    """A field in which a client's words may come to stand: its file, the list (empty: the whole file), its name."""

    file: str
    listing: str
    field: str

    def written(self, value: str) -> tuple[str, str]:
        """Write a value into the field of the one record, and in place of the record."""
        head = PRACTICE if self.file == "coachlog.yaml" else ""
        if not self.listing:
            return f"{head}{self.field}: {value}\n", f"{head}{value}\n"
        return f"{self.listing}:\n  - {{{self.field}: {value}}}\n", f"{self.listing}:\n  - {value}\n"


def names(kind: type[Record]) -> list[str]:
    """Give the fields of a record as they are written."""
    return [info.alias or name for name, info in kind.model_fields.items()]


FIELDS = [
    *(
        Planted(listing.name, key, field)
        for listing in (*CLIENT_LISTS, SUPERVISION)
        for key, kind in listing.kinds.items()
        for field in names(kind)
    ),
    *(Planted("client.yaml", "", field) for field in names(Client)),
    *(Planted("coachlog.yaml", "", field) for field in names(Practice) if field not in {"format", "timezone"}),
]


def problems(folder: Path, files: dict[str, str]) -> tuple[Problem, ...]:
    """Give all that is told of a journal, also where it is only that the practice can't be read."""
    try:
        return read(folder, files).problems
    except PracticeUnreadable as refused:
        return (refused.problem,)


@pytest.mark.parametrize("planted", FIELDS, ids=lambda planted: f"{planted.file} {planted.listing} {planted.field}")
def test_a_clients_words_are_in_no_message(planted: Planted, tmp_path: Path) -> None:
    """Whatever a coach writes, and wherever it ends up, no sentence of it comes back in a problem."""
    texts = [text for shape in SHAPES for text in planted.written(shape.format(v=CANARY))]
    told = [problem for text in texts for problem in problems(tmp_path, {in_place(planted.file): text})]
    assert len(told) > len(SHAPES)
    said = [f"{problem.message} {problem.record} {problem.subject}" for problem in told]
    assert [words for words in said if any(word in words for word in CANARY.split())] == []


def test_a_bad_field_of_a_file_that_is_one_record_spoils_only_itself(tmp_path: Path) -> None:
    """What stands beside it in the same braces is kept, and the default takes its place."""
    practice = "limits: {sessions_per_day: 0, sessions_per_week: 10}\nprofile: lax\n"
    client = "name: Jane Doe\ngroup: {size: some, name: Board}\nsponsors: [{id: pat}, {id: 12}]\n"
    journal = read(tmp_path, {"coachlog.yaml": PRACTICE + practice, f"{JANE}/client.yaml": client})
    limits, group = journal.practice.limits, journal.clients[0].client.group
    assert limits is not None
    assert (limits.sessions_per_day, limits.sessions_per_week, journal.practice.profile) == (None, 10, "ethics")
    assert group is not None
    assert (group.size, group.name) == (None, "Board")
    assert [sponsor.id for sponsor in journal.clients[0].client.sponsors] == ["pat"]
    assert len(journal.problems) == 4
