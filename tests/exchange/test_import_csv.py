"""A table becomes sessions or contacts, as its mapping says: days are never guessed, and nothing comes twice."""

import json
import re
from pathlib import Path

import pytest

from calling import PRACTICE, Outcome, call, lay_out
from coachlog.errors import CoachlogError
from coachlog.exchange.first_mapping import first_mapping
from coachlog.exchange.mapping_file import What, read_mapping, refuse_missing
from coachlog.exchange.table_file import read_table
from typing_in import type_in

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "import.md"
SESSIONS, CONTACTS = (f"clients/jane-doe/{name}.yaml" for name in ("sessions", "contacts"))
FILES = {
    "coachlog.yaml": PRACTICE,
    "clients/jane-doe/client.yaml": "name: Jane Doe\nemail: jane@example.org\n",
    "clients/tom-reid/client.yaml": "name: Tóm Reid\n",
}
TABLE = "Who,When,State,Took,Note\nJane Doe,04/03/2026 15:00,Done,60,CANARY\n"
MAP = """what: sessions
client: Who
dates: d/m/Y H:M
fields:
  at: When
  status: {column: State, values: {Done: held, Off: cancelled}}
  minutes: Took
  notes: Note
"""


def bring_in(
    root: Path, table: str | bytes, mapping: str, *options: str, command: tuple[str, ...] = ("import", "csv")
) -> Outcome:
    """Bring a table in with a mapping."""
    lay_out({"map.yaml": mapping}, root)
    (root / "t.csv").write_bytes(table if isinstance(table, bytes) else table.encode())
    return call(*command, "t.csv", "--map", "map.yaml", *options, folder=root)


def records(root: Path, name: str) -> list[str]:
    """Give the records of a file, one a line, without their ids."""
    path = root / name
    text = path.read_text(encoding="utf-8").replace("\n    ", ", ") if path.exists() else ""
    return [re.sub(r"id: \w+, ", "", one[4:]) for one in text.splitlines() if one.startswith("  - ")]


def test_the_mappings_of_the_page_read_its_tables(tmp_path: Path) -> None:
    """docs/import.md shows two whole tables with their mappings: they come in as they stand, and once."""
    blocks = re.findall(r"^```(csv|yaml)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    tables = [text for kind, text in blocks if kind == "csv"]
    mappings = [text for kind, text in blocks if kind == "yaml"]
    root = lay_out(FILES, tmp_path)
    first = bring_in(root, tables[0], mappings[0])
    assert first.out.startswith("5 rows: 4 new sessions of 2 clients, 1 left out by the mapping\n")
    assert records(root, SESSIONS) == [
        "at: 2026-03-04 15:00, status: held, minutes: 60, via: video, notes: Two hard weeks; a plan.",
        "at: 2026-03-18 15:00, status: cancelled, length: 60 min, via: video, cancelled: {by: client}",
    ]
    assert records(root, SESSIONS.replace("jane-doe", "tom-reid")) == [
        "at: 2026-03-19 10:00, status: no-show, length: 45 min, via: video",
        "at: 2026-04-02 10:00, status: booked, length: 45 min, via: video",
    ]
    second = bring_in(root, tables[1], mappings[1], command=("contact", "import"))
    assert second.out.startswith("3 rows: 2 new contacts of 1 client, 1 of no client\n")
    assert second.err == "coachlog: t.csv, line 4: no client of the journal is called so.\n"
    assert records(root, CONTACTS) == [
        "at: 2026-03-05 09:10, from: client, via: phone, minutes: 4",
        "at: 2026-03-05 18:30, from: coach, via: text",
    ]
    for table, mapping in zip(tables, mappings, strict=True):
        assert " rows: no new " in bring_in(root, table, mapping).out


HEAD = "Who,When,State,Took,Note\n"
JANES = "Jane Doe,04/03/2026 15:00,Done,60,\n"
READ: list[tuple[str | bytes, str, list[str]]] = [
    (TABLE.encode("utf-8-sig"), "", ["at: 2026-03-04 15:00, status: held, minutes: 60, notes: CANARY"]),
    (TABLE.encode("utf-16"), "", ["at: 2026-03-04 15:00, status: held, minutes: 60, notes: CANARY"]),
    (
        TABLE.replace("CANARY", "é").encode("cp1252"),
        "encoding: cp1252\n",
        ["at: 2026-03-04 15:00, status: held, minutes: 60, notes: é"],
    ),
    (
        TABLE.replace(",", ";").replace("\n", "\r\n"),
        "",
        ["at: 2026-03-04 15:00, status: held, minutes: 60, notes: CANARY"],
    ),
    (TABLE.replace(",", "\t"), "", ["at: 2026-03-04 15:00, status: held, minutes: 60, notes: CANARY"]),
    (TABLE.replace(",", "^"), 'delimiter: "^"\n', ["at: 2026-03-04 15:00, status: held, minutes: 60, notes: CANARY"]),
    (
        f'{HEAD}"doe, jane",04/03/2026 15:00,off,1:05,"a, ""b"""\n\n,,,,\n',
        "",
        ['at: 2026-03-04 15:00, status: cancelled, length: 65 min, notes: a, "b"'],
    ),
    (
        f"{HEAD}jane-doe,04/03/2026 15:00,Done,1 h,=1\n",
        "",
        ["at: 2026-03-04 15:00, status: held, minutes: 60, notes: =1"],
    ),
    (f"{HEAD}{JANES}{JANES}", "", ["at: 2026-03-04 15:00, status: held, minutes: 60"]),
    (f"{HEAD}{JANES}", "zone: America/New_York\n", ["at: 2026-03-04 20:00, status: held, minutes: 60"]),
    (f"{HEAD}{JANES}", "skip: {State: [done]}\n", []),
    (f"sep=;\n{HEAD}{JANES}".replace(",", ";"), "", ["at: 2026-03-04 15:00, status: held, minutes: 60"]),
    (f"{HEAD}{JANES}".replace("60", "1.5 hrs"), "", ["at: 2026-03-04 15:00, status: held, minutes: 90"]),
    (f"{HEAD}{JANES}".replace("60", "45 mins"), "", ["at: 2026-03-04 15:00, status: held, minutes: 45"]),
]


@pytest.mark.parametrize(("table", "more", "said"), READ)
def test_a_table_is_read_however_it_was_exported(
    tmp_path: Path, table: str | bytes, more: str, said: list[str]
) -> None:
    """Encoding, delimiter, quotes, zone: what the file does not say itself, the mapping says."""
    root = lay_out(FILES, tmp_path)
    outcome = bring_in(root, table, MAP + more)
    assert (outcome.code, records(root, SESSIONS)) == (0, said), outcome.err


FIELDS: list[tuple[str, str, str]] = [
    ("at: [Day, Clock]", "dates: m/d/Y I:M p", "at: 2026-04-03 15:00, status: booked"),
    ("at: ISO", "dates: iso", "at: 2026-03-04 14:00, status: held"),
    ("at: ISO, end: Until", "dates: iso", "at: 2026-03-04 14:00, status: held, minutes: 50"),
    ("at: ISO, minutes: {column: Hours, unit: h}", "dates: iso", "at: 2026-03-04 14:00, status: held, minutes: 90"),
    (
        "at: ISO, status: {column: Day, values: {x: held}, otherwise: no-show}",
        "dates: iso",
        "at: 2026-03-04 14:00, status: no-show",
    ),
    (
        "at: ISO, length: {column: Hours, unit: min}",
        "dates: iso",
        "at: 2026-03-04 14:00, status: held, length: 2 min",
    ),
    ("at: [Day, Clock]", "dates: [iso, d/m/Y I:M p]", "at: 2026-03-04 15:00, status: held"),
    ("at: [Name, Clock]", 'dates: "a, b d Y I:M p"', "at: 2026-03-04 15:00, status: held"),
]


@pytest.mark.parametrize(("fields", "dates", "said"), FIELDS)
def test_a_field_comes_from_what_the_mapping_names(tmp_path: Path, fields: str, dates: str, said: str) -> None:
    """Columns are joined, moments read in their form, spans in their unit, and words through their table."""
    root = lay_out(FILES, tmp_path)
    head = "Day,Clock,ISO,Until,Hours,Name\n"
    table = f'{head}04/03/2026,3:00 PM,2026-03-04T15:00+01:00,2026-03-04T14:50Z,1.5,"Wed, Mar 4 2026"\n'
    outcome = bring_in(root, table, f"fields: {{{fields}}}\n{dates}\n", "--client", "jane")
    assert (outcome.code, records(root, SESSIONS)) == (0, [said]), outcome.err


def test_a_bad_row_is_named_by_its_line_alone(tmp_path: Path) -> None:
    """Without a word of what stands in it; the others come in, unless most are bad."""
    bad = [
        ("Jane Doe,2026-03-04 15:00,Done,60,CANARY", "`at` is no day and time as the mapping says"),
        ("Jane Doe,05/03/2026 15:00,Canary,60,CANARY", "`status` is none of the values of the mapping (map.yaml:6)."),
        ("Jane Doe,06/03/2026 15:00,Done,CANARY x,", "`minutes` is no whole number of minutes, such as 60,"),
        ("Jane Doe,07/03/2026 15:00,Done,60,a\x07b", "it holds a character that no file of a journal may hold."),
        ("Jane Doe,07/03/2026 15:00,Done,60,a,CANARY", "it has 6 cells where the head has 5."),
        ("Jane Doe,,Done,60,CANARY", "it has no day and time."),
        ("Jane Doe,08/03/2026 15:00,Done,1.5,CANARY", "`minutes` is no whole number of minutes, such as 60,"),
    ]
    good = [f"Jane Doe,{day:02}/02/2026 15:00,Done,60,\n" for day in range(1, 8)]
    root = lay_out(FILES, tmp_path)
    outcome = bring_in(root, HEAD + "".join(f"{row}\n" for row, _ in bad) + "".join(good), MAP)
    assert outcome.code == 0
    assert outcome.out.startswith("14 rows: 7 new sessions of 1 client, 7 not usable")
    for line, ((_, fault), said) in enumerate(zip(bad, outcome.err.splitlines(), strict=True), start=2):
        assert said.startswith(f"coachlog: t.csv:{line}: {fault}")
    assert "CANARY" not in f"{outcome}"
    worse = bring_in(root, HEAD + "".join(f"{row}\n" for row, _ in bad) + "".join(good[:6]), MAP)
    assert (worse.code, worse.out) == (3, "")
    assert "7 of 13 rows could not be used, so nothing was written." in worse.err


WRONG: list[tuple[str, str]] = [
    (MAP.replace("Took", "Tok"), "map.yaml:7: `Tok` is no column of t.csv. Did you mean `Took`?"),
    (MAP.replace("notes", "nots"), "map.yaml:8: `nots` is not known here. Did you mean `notes`?"),
    (MAP.replace("client", "cleint"), "map.yaml:2: `cleint` is not known here. Did you mean `client`?"),
    (MAP.replace("d/m/Y", "day/month"), "map.yaml:3: `dates` is made of letters for the parts of a day. Write d/m/Y"),
    (MAP.replace("Y H:M", "Y"), "map.yaml:3: `dates` lacks the hour, and it is not guessed. Write d/m/Y"),
    (MAP.replace("d/m/Y", "d/Y"), "map.yaml:3: `dates` lacks the month, and it is not guessed."),
    (
        MAP.replace("H:M", "I:M"),
        "map.yaml:3: `dates` has one of I (an hour of twelve) and p (am, pm) without the other.",
    ),
    (MAP.replace("H:M", "H:M p"), "map.yaml:3: `dates` has one of I"),
    (MAP.replace("at: When", "kind: When"), "map.yaml:4: `fields` lacks `at`. Name its column,"),
    (MAP.replace("at: When", "at: {from: When}"), "map.yaml:5: `from` is not known here."),
    (MAP.replace("at: When", "at: {unit: h}"), "map.yaml:5: `at` wants a column."),
    (MAP.replace("at: When", "at: fill-in"), "map.yaml:5: `fill-in` still stands here. Write what is meant,"),
    (MAP.replace("sessions", "session"), "map.yaml:1: `what` is one of sessions, contacts. Did you mean `sessions`?"),
    (MAP + "zone: Mars\n", "map.yaml:9: `zone` is no time zone. Write one such as Europe/London."),
    (MAP + "skip: Note\n", "map.yaml:9: `skip` names columns, and the values whose rows are left out."),
    (MAP + "skip: {Nte: [x]}\n", "map.yaml:9: `Nte` is no column of t.csv. Did you mean `Note`?"),
    (MAP + "delimiter: both\n", "map.yaml:9: `delimiter` is one character."),
    (MAP + "encoding: utf-99\n", "t.csv is not written in utf-99."),
    ("fields: [\n", "map.yaml:2: "),
    ("sessions\n", "map.yaml:1: a mapping begins with keys, such as what: and fields:."),
]


UNREADABLE: list[tuple[bytes, str, str]] = [
    (
        f'{HEAD}{JANES}Tom,1,"CANARY\n{JANES}{JANES}'.encode(),
        MAP,
        "t.csv:3: a quote that is opened here is never closed.",
    ),
    (b"PK\x03\x04\x00", MAP, "t.csv is a spreadsheet and no table of text. Save it as CSV (UTF-8)."),
    (
        f"{HEAD}{JANES}".encode(),
        MAP.replace("d/m/Y H:M", "[d/m/Y H:M, m/d/Y H:M]"),
        "t.csv:2: `at` is read differently by two of the ways",
    ),
    (
        f"{HEAD}{JANES}".replace("Done", "CANARY Doe").encode(),
        MAP.replace("{column: State, values: {Done: held, Off: cancelled}}", "State"),
        "t.csv:2: `status`: expected booked, held, cancelled or no-show.",
    ),
]


@pytest.mark.parametrize(("table", "mapping", "sentence"), UNREADABLE)
def test_what_is_no_table_is_refused_without_a_word_of_it(
    tmp_path: Path, table: bytes, mapping: str, sentence: str
) -> None:
    """Not a row of it is written: behind a quote that stays open, rows would become the notes of another one."""
    root = lay_out(FILES, tmp_path)
    outcome = bring_in(root, table, mapping)
    assert (outcome.code, outcome.out, records(root, SESSIONS)) == (3, "", [])
    assert outcome.err.startswith(f"coachlog: {sentence}")
    assert "canary" not in outcome.err.lower()


def fit(mapping: str, table: str) -> None:
    """Read a mapping and a table of the current folder, and hold one against the other."""
    read = read_mapping(Path(mapping))
    refuse_missing(read, read_table(Path(table), tuple(read.columns), read.encoding, read.delimiter).head, table)


@pytest.mark.parametrize(("mapping", "sentence"), WRONG)
def test_a_mistake_in_a_mapping_is_one_line_with_its_place(
    tmp_path: Path, mapping: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names the nearest word that would have been right."""
    monkeypatch.chdir(lay_out({"t.csv": TABLE, "map.yaml": mapping}, tmp_path))
    with pytest.raises(CoachlogError, match=re.escape(sentence)):
        fit("map.yaml", "t.csv")


def test_a_mapping_that_names_no_client_needs_one(tmp_path: Path) -> None:
    """All rows are then of the client whom the call names."""
    mapping, root = MAP.replace("client: Who\n", ""), lay_out(FILES, tmp_path)
    refused = bring_in(root, TABLE, mapping)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("coachlog: map.yaml does not say which column names the client. Write client: Column")
    assert bring_in(root, TABLE, mapping, "--client", "tom").out.startswith("1 row: 1 new session of 1 client")


def test_what_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    """A session at that time, and a contact that was logged by hand, each for one row alone."""
    there = {
        SESSIONS: "sessions: [{id: b3xew, at: 2026-03-04 15:00, status: booked}]\n",
        CONTACTS: "contacts: [{id: e4aaw, at: 2026-03-05 09:05, from: client, via: phone}]\n",
    }
    root = lay_out({**FILES, **there}, tmp_path)
    assert bring_in(root, TABLE, MAP).out.startswith("1 row: no new sessions, 1 already there")
    calls = "fields: {at: When, from: {always: client}, via: {always: phone}}\n"
    table = "When\n2026-03-05 09:10\n2026-03-05 09:10\n"
    twice = [bring_in(root, table, calls, "--what", "contacts", "--client", "jane").out for _ in range(2)]
    assert twice[0].startswith("2 rows: 1 new contact of 1 client, 1 already there\n")
    assert twice[1].startswith("2 rows: no new contacts, 2 already there\n")


def test_on_a_terminal_the_rows_are_shown_before_they_are_written(tmp_path: Path) -> None:
    """No leaves everything as it was; `--yes` does not ask; the notes are not shown."""
    root = lay_out({**FILES, "t.csv": TABLE, "map.yaml": MAP}, tmp_path)
    words = ("import", "csv", "t.csv", "--map", "map.yaml")
    refused = type_in(*words, answers=["no"], folder=root, NO_COLOR="1")
    assert re.search(r"CLIENT +AT +STATUS +KIND +MINUTES\nJane Doe +2026-03-04 15:00 +held +- +60\n", refused.shown)
    assert "Write 1 new session of 1 client [yes]: no\n" in refused.shown
    assert "Nothing was written." in refused.shown
    assert "CANARY" not in refused.shown
    assert records(root, SESSIONS) == []
    assert type_in(*words, answers=[""], folder=root).code == 0
    assert len(records(root, SESSIONS)) == 1


def test_programs_are_told_of_every_field(tmp_path: Path) -> None:
    """With what is derived; private words stand nowhere, in a dry run neither."""
    root = lay_out(FILES, tmp_path)
    mapping = MAP.replace("notes:", "private:")
    shown = bring_in(root, TABLE, mapping, "--dry-run")
    told = bring_in(root, TABLE, mapping, "--json")
    assert "CANARY" not in f"{shown}{told}"
    whole = json.loads(told.out)
    assert [(one["client"], one["minutes"], one["counted"]) for one in whole["sessions"]] == [("jane-doe", 60, True)]
    assert (whole["schema"], whole["written"], whole["new"], whole["bad"]) == (1, [SESSIONS], 1, 0)


HEADS: list[tuple[str, str, list[str]]] = [
    (
        "Session Date,Start Time,End Time,Client Name,Attendance\n4/3/26,9:00,9:45,A,Attended",
        "sessions",
        [
            "client: {column: Client Name, by: name}   # by: name, email or code",
            "  at: [Session Date, Start Time]",
            "  end: [Session Date, End Time]",
            "  status: {column: Attendance, values: {Attended: held}}   # booked, held, cancelled, no-show",
        ],
    ),
    (
        "Timestamp,First Name,Last Name,Channel\n1,A,B,SMS",
        "contacts",
        [
            "client: {columns: [First Name, Last Name], by: name}   # by: name, email or code",
            "  at: Timestamp",
            "  from: {always: fill-in}   # or its column",
            "  via: {column: Channel, values: {SMS: text}}",
        ],
    ),
    (
        "Start Date & Time,Invitee Email\n1,a@b.c",
        "sessions",
        ["client: {column: Invitee Email, by: email}   # by: name,"],
    ),
]


@pytest.mark.parametrize(("table", "what", "said"), HEADS)
def test_a_first_mapping_knows_how_platforms_head_their_columns(
    tmp_path: Path, table: str, what: What, said: list[str]
) -> None:
    """A day and a time in columns of their own belong together; who wrote is never taken for granted."""
    lay_out({"t.csv": f"{table}\n"}, tmp_path)
    lines = list(first_mapping(read_table(tmp_path / "t.csv"), what))
    assert all(any(line.startswith(one) for line in lines) for one in said), lines


def test_a_first_mapping_is_made_from_the_head(tmp_path: Path) -> None:
    """Completed by the coach where it says so, it can be used as it is."""
    table = "Booking ID,Client,Date,Time,Duration,Status,Colour\n7,Jane Doe,04/03/2026,15:00,60,Completed,red\n"
    root = lay_out({**FILES, "t.csv": table}, tmp_path)
    first = call("import", "csv", "t.csv", "--write-map", folder=root).out
    assert "status: {column: Status, values: {Completed: held}}" in first
    assert first.endswith("# not used: Colour\n")
    (root / "t.csv").write_bytes(table.replace("red", "grün").encode("cp1252"))
    assert "encoding: cp1252" in call("import", "csv", "t.csv", "--write-map", folder=root).out
    assert "map.yaml:5: `fill-in` still stands here." in bring_in(root, table, first).err
    done = bring_in(root, table, first.replace("fill-in", "d/m/Y H:M"))
    assert done.out.startswith("1 row: 1 new session of 1 client\n")
    assert records(root, SESSIONS) == ["at: 2026-03-04 15:00, status: held, minutes: 60"]
