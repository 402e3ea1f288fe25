"""`coachlog check`: what it lists, what it counts, how it exits, in every format."""

import json
import os
import re
import stat
from pathlib import Path

import pytest

from calling import NOW, PRACTICE, Outcome, call, call_into, call_on_terminal, lay_out

CTC = ("--select", "CTC105")
"""One rule alone: what the others find is theirs to test."""


def codes(outcome: Outcome) -> list[str | None]:
    """Give the records that a JSON report names."""
    return [one["record"] for one in json.loads(outcome.out)["findings"]]


def test_text_on_a_pipe_is_one_finding_a_line_and_a_summary(journal: Path) -> None:
    """A pipe gets the same facts, unwrapped, without colour, and what is not listed is counted."""
    outcome = call("check", *CTC, folder=journal)
    message = "Replied after 55 h on Wed 4 Mar 2026"
    lines = [line.split("\t") for line in outcome.out.splitlines()]
    assert lines[0][:5] == ["breach", "CTC105", "late-reply", "jane-doe", "clients/jane-doe/contacts.yaml:3"]
    assert lines[0][5].startswith(message.split(" on ", maxsplit=1)[0])
    assert lines[1][:5] == ["waived", "CTC105", "late-reply", "tom-reid", "clients/tom-reid/contacts.yaml:5"]
    assert lines[1][5].endswith("Waived: agreed with Priya.")
    assert lines[2:] == [
        ["2 clients, 8 records, as of Tue 31 Mar 2026 12:00: 2 breaches, 1 waived."],
        ["and 1 older: --all"],
    ]
    assert (outcome.code, outcome.err) == (1, "")


def test_a_terminal_gets_clients_with_their_findings_within_its_width(journal: Path) -> None:
    """Each client stands above what was found, wrapped to 80 columns; the last line says how to read on."""
    outcome = call_on_terminal("check", *CTC, "--all", "--color", "never", folder=journal)
    lines = outcome.out.splitlines()
    assert lines[0] == "Jane Doe (jane-doe) · contract of 12 Jan 2026 · 0 sessions of 6"
    assert lines[1] == "  breach  CTC105 late-reply  clients/jane-doe/contacts.yaml:3"
    assert lines[2].startswith(" " * 10 + "Replied after ")
    assert "Tom Reid (tom-reid) · contract of 12 Jan 2025 · 0 sessions of 6" in lines
    assert lines[-1] == "coachlog rule CTC105 says why it matters and what to do."
    assert max(map(len, lines)) <= 80
    assert "\x1b" not in outcome.out


@pytest.mark.parametrize(
    ("arguments", "more", "coloured"),
    [
        ((), {}, True),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"TERM": "dumb"}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {}, False),
        ((), {"COACHLOG_COLOR": "never"}, False),
    ],
)
def test_colour_on_a_terminal_is_as_the_coach_wishes(
    journal: Path, arguments: tuple[str, ...], more: dict[str, str], *, coloured: bool
) -> None:
    """NO_COLOR and dumb terminals are respected, and --color has the last word."""
    assert ("\x1b[" in call_on_terminal("check", *arguments, folder=journal, **more).out) is coloured


@pytest.mark.parametrize(("arguments", "coloured"), [((), False), (("--color", "always"), True)])
def test_a_pipe_is_coloured_only_when_told_to(journal: Path, arguments: tuple[str, ...], *, coloured: bool) -> None:
    """What a program reads has no codes in it, unless it was asked for."""
    outcome = call("check", "--select", "CTC", *arguments, folder=journal)
    assert ("\x1b[" in outcome.out) is coloured


def test_json_has_every_field_and_everything(journal: Path) -> None:
    """The form is documented: nothing is left out, and files are named from the journal on."""
    outcome = call("-C", str(journal), "check", *CTC, "--json", folder=journal / "clients")
    report = json.loads(outcome.out)
    assert list(report) == ["schema", "now", "findings", "summary", "statistics"]
    assert report["now"] == "2026-03-31T12:00:00+01:00"
    message = report["findings"][0].pop("message")
    assert message.startswith("Replied after 55 h")
    assert report["findings"][0] == {
        "code": "CTC105",
        "name": "late-reply",
        "severity": "breach",
        "client": "jane-doe",
        "file": "clients/jane-doe/contacts.yaml",
        "line": 3,
        "column": 6,
        "record": "b2bbb",
        "subject": None,
        "date": "2026-03-04",
        "clause": {"file": "clients/jane-doe/contract.yaml", "line": 5},
        "judged_by": "contract",
        "waived": None,
    }
    assert report["findings"][2]["waived"] == {
        "why": "agreed\nwith Priya.",
        "date": "2026-03-04",
        "until": None,
        "file": "clients/tom-reid/contacts.yaml",
        "line": 10,
    }
    assert report["summary"] == {
        "breach": 2,
        "warning": 0,
        "advice": 0,
        "waived": 1,
        "clients": 2,
        "records": 8,
        "unreadable": 0,
        "before": 0,
        "judged": True,
        "silent": [],
        "profiles": None,
        "since": None,
        "baselined": 0,
        "gone": [],
    }


def test_json_lines_are_the_findings_and_the_summary_last(journal: Path) -> None:
    """A program can read them one by one, and they say the same as the object does."""
    whole = json.loads(call("check", *CTC, "--json", folder=journal).out)
    lines = [json.loads(line) for line in call("check", *CTC, "--format", "jsonl", folder=journal).out.splitlines()]
    assert lines[:-1] == whole["findings"]
    assert lines[-1] == {key: whole[key] for key in ("schema", "now", "summary", "statistics")}


def test_concise_is_what_editors_jump_to(journal: Path) -> None:
    """Every finding is there, old and waived ones too, named from the current folder on."""
    outcome = call("-C", "..", "check", *CTC, "--format", "concise", folder=journal / "clients")
    lines = outcome.out.splitlines()
    assert [re.sub(r": Replied.*", "", line) for line in lines] == [
        "jane-doe/contacts.yaml:3:6: breach CTC105 late-reply",
        "tom-reid/contacts.yaml:3:6: breach CTC105 late-reply",
        "tom-reid/contacts.yaml:5:5: waived CTC105 late-reply",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 1),
        (("tom",), 1),
        (("--fail-on", "never"), 0),
        (("--no-waivers", "--fail-on", "warning"), 1),
        (("--as-of", "2026-03-03"), 1),
        (("--as-of", "2026-03-03", "jane"), 0),
        (("--min-severity", "breach"), 1),
    ],
)
def test_the_exit_code_follows_all_that_is_not_waived(journal: Path, arguments: tuple[str, ...], code: int) -> None:
    """Listed or not, a breach fails the check; a waived one never does."""
    assert call("check", *CTC, *arguments, folder=journal).code == code


def test_a_check_of_what_is_waived_alone_passes(journal: Path) -> None:
    """A boundary that was crossed on purpose, with a reason, is shown and does not fail."""
    lay_out({"coachlog.yaml": PRACTICE + "judged_from: 2026-01-01\n"}, journal)
    outcome = call("check", "tom", *CTC, folder=journal)
    assert outcome.code == 0
    assert outcome.out.splitlines()[-2:] == [
        "1 client, 5 records, as of Tue 31 Mar 2026 12:00: 1 waived.",
        "1 of before the day that the practice is judged from (judged_from).",
    ]
    assert call("check", "tom", *CTC, "--no-waivers", folder=journal).code == 1


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("--select", "late-reply"), {"CTC105"}),
        (("--select", "ctc105,CON102"), {"CTC105"}),
        (("--select", "CTC105", "--select", "contract-without-fee"), {"CTC105", "CON106"}),
        (("--select", "CON,CTC105", "--ignore", "con"), {"CTC105"}),
        (("--select", "CTC105", "--ignore", "late-reply"), set()),
        (("--profile", "basic", "--select", "CON106,CTC105"), {"CTC105"}),
        (("--select", "CON106,CTC105", "--min-severity", "breach"), {"CTC105"}),
    ],
)
def test_rules_are_chosen_by_code_name_and_chapter(journal: Path, arguments: tuple[str, ...], found: set[str]) -> None:
    """They are repeated or parted by commas, and case does not matter."""
    report = json.loads(call("check", "--json", *arguments, folder=journal).out)
    assert {one["code"] for one in report["findings"]} == found


def test_what_is_selected_never_turns_on_what_is_off(journal: Path) -> None:
    """A rule that the practice has switched off stays off."""
    lay_out({"coachlog.yaml": PRACTICE + "rules: {late-reply: off}\n"}, journal)
    assert codes(call("check", *CTC, "--json", folder=journal)) == []


@pytest.mark.parametrize("arguments", [("--select", "late-replay"), ("--ignore", "late-replay"), ("--select", "XYZ")])
def test_a_rule_that_does_not_exist_is_a_wrong_call(journal: Path, arguments: tuple[str, ...]) -> None:
    """The nearest is named in one line, and nothing is judged."""
    outcome = call("check", *arguments, folder=journal)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"coachlog: No rule and no chapter is called `{arguments[1]}`.")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("2026-03-03", "2026-03-03T23:59:59+00:00"),
        ("yesterday", "2026-03-30T23:59:59+01:00"),
        ("today", "2026-03-31T12:00:00+01:00"),
        ("2026-03-29", "2026-03-29T23:59:59+01:00"),
        ("last fri 15:00", "2026-03-27T15:00:00+00:00"),
    ],
)
def test_as_of_a_day_judges_to_its_end(journal: Path, text: str, now: str) -> None:
    """What happened on that day was on file by then; today ends now."""
    assert json.loads(call("check", "--as-of", text, "--json", folder=journal).out)["now"] == now


def test_as_of_leaves_later_facts_out(journal: Path) -> None:
    """The reply that was late on the 4th was not on file on the 3rd."""
    assert codes(call("check", "jane", *CTC, "--as-of", "2026-03-04", "--json", folder=journal)) == ["b2bbb"]
    assert codes(call("check", "jane", *CTC, "--as-of", "2026-03-03", "--json", folder=journal)) == []


def test_statistics_count_the_findings_of_each_rule(journal: Path) -> None:
    """The table takes the place of the list, and JSON has both."""
    outcome = call("check", *CTC, "--statistics", folder=journal)
    assert outcome.out.splitlines()[0].split("\t") == ["2", "breach", "CTC105", "late-reply", "1 waived"]
    assert "--all" not in outcome.out
    assert call("check", *CTC, "--statistics", "--format", "concise", folder=journal).out == (
        "2 breach CTC105 late-reply 1 waived\n"
    )
    shown = call_on_terminal("check", *CTC, "--statistics", "--color", "never", folder=journal).out
    assert shown.splitlines()[:2] == ["2  breach  CTC105  late-reply  1 waived", ""]
    report = json.loads(call("check", *CTC, "--statistics", "--json", folder=journal).out)
    assert report["statistics"] == [
        {"code": "CTC105", "name": "late-reply", "severity": "breach", "findings": 2, "waived": 1}
    ]
    assert len(report["findings"]) == 3


@pytest.mark.parametrize(
    ("since", "found", "words"),
    [
        ("2026-03-03", ["b2bbb", "f2fff"], "Tue 3 Mar 2026 23:59"),
        ("2026-03-04", [], "Wed 4 Mar 2026 23:59"),
        ("2025-11-04", ["b2bbb", "d2ddd", "f2fff"], "Tue 4 Nov 2025 23:59"),
        ("4 mar 12:00", ["b2bbb", "f2fff"], "Wed 4 Mar 2026 12:00"),
    ],
)
def test_since_a_day_leaves_out_what_a_check_as_of_then_had(
    journal: Path, since: str, found: list[str], words: str
) -> None:
    """List, counts and exit code are over what is new, and the summary says since when."""
    outcome = call("check", *CTC, "--since", since, "--json", folder=journal)
    assert codes(outcome) == found
    assert outcome.code == int(found != [])
    assert f"2 clients, 8 records, as of Tue 31 Mar 2026 12:00, new since {words}: " in (
        call("check", *CTC, "--since", since, folder=journal).out
    )


@pytest.mark.parametrize("since", ["today", "2026-04-01", "HEAD~3", "1ace8f2", "3/4", ""])
def test_since_what_is_no_earlier_day_is_a_wrong_call(journal: Path, since: str) -> None:
    """A day that has not ended brings nothing new, and a revision of git is no day."""
    outcome = call("check", "--since", since, folder=journal)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("coachlog: --since ")
    assert outcome.err.count("\n") == 1


@pytest.mark.parametrize(
    ("files", "profiles"),
    [
        ({}, []),
        ({"coachlog.yaml": PRACTICE + "rules: {late-reply: warning}\n"}, ["basic"]),
        ({"coachlog.yaml": PRACTICE + "rules: {late-reply: advice}\nprofile: basic\n"}, ["basic"]),
        ({"coachlog.yaml": PRACTICE + "rules: {late-reply: off}\n"}, ["basic"]),
    ],
)
def test_a_check_says_which_profiles_the_journal_satisfies(
    journal: Path, files: dict[str, str], profiles: list[str]
) -> None:
    """By the rules of each, whichever are asked; JSON always says it, text where it is asked about rules."""
    lay_out(files, journal)
    assert json.loads(call("check", "--json", folder=journal).out)["summary"]["profiles"] == profiles
    words = "Satisfies the profile basic." if profiles else "Satisfies none of the profiles basic, ethics and strict."
    for asked in (("--statistics",), ("--profile", "strict")):
        assert call("check", *asked, folder=journal).out.splitlines()[-1] == words
    assert "Satisfies" not in call("check", folder=journal).out


def test_a_journal_without_any_finding_satisfies_every_profile(tmp_path: Path) -> None:
    """Each asks more than the one before; what is off by default is asked by the last alone."""
    quiet = {"coachlog.yaml": PRACTICE, "clients/jane-doe/client.yaml": "name: Jane Doe\n"}
    lay_out(quiet, tmp_path)
    report = json.loads(call("check", "--json", folder=tmp_path).out)
    assert (report["findings"], report["summary"]["profiles"]) == ([], ["basic", "ethics"])
    (tmp_path / "clients/jane-doe").rename(tmp_path / "clients/c17")
    assert call("check", "--statistics", folder=tmp_path).out.endswith(
        "Satisfies the profiles basic, ethics and strict.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "--format", "csv"),
        ("--statistics", "--format", "sarif"),
        ("--watch", "--json"),
        ("--write-baseline",),
        ("--dry-run",),
        ("--baseline", "b", "--write-baseline", "jane"),
        ("--baseline", "b", "--write-baseline", "--select", "CTC"),
        ("--baseline", "b", "--write-baseline", "--watch"),
        ("--baseline", "b", "--write-baseline", "--staged"),
        ("--baseline", "b", "--write-baseline", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_options_that_make_no_sense_together_are_a_wrong_call(journal: Path, arguments: tuple[str, ...]) -> None:
    """One line says which, and nothing is judged or written."""
    outcome = call("check", *arguments, folder=journal)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert not (journal / "b").exists()


@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl", "csv", "github", "junit"])
def test_a_practice_file_that_cannot_be_read_is_the_one_finding(journal: Path, form: str) -> None:
    """Nothing is judged, the finding is printed in the format that was asked for, and the exit code is 3."""
    lay_out({"coachlog.yaml": "format: 1\nname: [\n"}, journal)
    outcome = call("check", "--format", form, folder=journal)
    assert outcome.code == 3
    assert outcome.out.count("JRN101") == 1
    assert "coachlog.yaml" in outcome.out
    assert outcome.err == ""


def test_rules_that_could_not_speak_are_named(journal: Path) -> None:
    """The summary says what could not be read, and which rules were silent for whom."""
    lay_out({"clients/jane-doe/contacts.yaml": "contacts: [\n"}, journal)
    outcome = call("check", "--select", "CTC105,JRN101", folder=journal)
    assert outcome.out.splitlines()[-1] == "jane-doe: contacts can't be read in full, so CTC105 is silent."
    report = json.loads(call("check", "--select", "CTC105,JRN101", "--json", folder=journal).out)
    assert report["summary"]["silent"] == [{"client": "jane-doe", "gap": "contacts", "codes": ["CTC105"]}]
    assert report["summary"]["unreadable"] == 1


def test_output_goes_to_a_file_for_the_coach_alone(journal: Path) -> None:
    """The file is whole and private; the terminal gets the summary, and nothing at all where quiet is wished."""
    target = journal / "findings.json"
    target.write_text("old")
    target.chmod(0o644)
    outcome = call("check", *CTC, "--json", "--output", "findings.json", folder=journal)
    assert outcome.out == "2 clients, 8 records, as of Tue 31 Mar 2026 12:00: 2 breaches, 1 waived.\n"
    assert len(json.loads(target.read_text())["findings"]) == 3
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert call("--quiet", "check", *CTC, "--output", "findings.txt", folder=journal).out == ""
    assert not list(journal.glob(".*.tmp"))


@pytest.mark.parametrize(
    "target", ["missing/findings.json", ".", "/dev/null", "coachlog.yaml", "clients/tom-reid/x", "x" * 300]
)
def test_output_that_cannot_be_written_is_one_line(journal: Path, target: str) -> None:
    """Neither a folder, a device nor a file of the journal is written over."""
    before = (journal / "coachlog.yaml").read_bytes()
    outcome = call("check", "--output", target, folder=journal)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.count("\n") == 1
    assert (journal / "coachlog.yaml").read_bytes() == before
    assert Path("/dev/null").is_char_device()


def test_a_closed_pipe_is_silent(journal: Path) -> None:
    """`| head -1` ends without a word, and the exit code is still that of the check."""
    reading, writing = os.pipe()
    os.close(reading)
    outcome = call_into(writing, "check", *CTC, folder=journal)
    os.close(writing)
    assert (outcome.code, outcome.err) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is a Linux device")
def test_a_full_disk_is_one_line(journal: Path) -> None:
    """What can't be written is said, with exit code 3."""
    descriptor = os.open("/dev/full", os.O_WRONLY)
    outcome = call_into(descriptor, "check", folder=journal)
    os.close(descriptor)
    assert outcome.code == 3
    assert outcome.err.startswith("coachlog: The output can't be written")


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_output_is_utf_8_in_every_locale(journal: Path, locale: dict[str, str]) -> None:
    """A name from anywhere is written as it is, whatever the locale says."""
    lay_out({"clients/jane-doe/client.yaml": "name: Zoë Łuczak 李\n"}, journal)
    outcome = call_on_terminal("check", *CTC, "--color", "never", folder=journal, **locale)
    assert outcome.out.startswith("Zoë Łuczak 李 (jane-doe) · ")


def test_names_steer_no_terminal_and_are_read_as_no_markup(journal: Path) -> None:
    """Escape codes, reversed text and markup in names and folders are shown as what they are."""
    lay_out({"clients/jane-doe/client.yaml": 'name: "Ja\\u202Ene [/] [red]Doe :smile:"\n'}, journal)
    (journal / "clients" / "x\x1b[31m").mkdir()
    outcome = call_on_terminal("check", "--color", "never", folder=journal)
    assert "Ja⟨RLO⟩ne [/] [red]Doe :smile: (jane-doe)" in outcome.out
    assert "clients/x␛[31m" in outcome.out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", outcome.out)
    piped = call("check", "--json", folder=journal).out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", piped)
    assert "clients/x\x1b[31m" in {one["file"] for one in json.loads(piped)["findings"]}


def test_incognito_says_of_nobody_who_it_is(journal: Path) -> None:
    """Names, codes and reasons are masked in every format, so that a screen can be shared."""
    for form in ("text", "concise", "json", "jsonl", "csv", "github", "junit"):
        shown = call("--incognito", "check", "--format", form, folder=journal).out
        assert "client-a" in shown
        assert not re.search("jane|doe|tom-|reid|priya", shown, re.IGNORECASE)
    shown = call_on_terminal("check", folder=journal, COACHLOG_INCOGNITO="1").out
    assert "Client A (client-a)" in shown


@pytest.mark.parametrize("position", ["before", "behind", "environment"])
def test_options_of_the_program_stand_before_and_behind_the_command(journal: Path, position: str) -> None:
    """As in `git -C`: before the command, behind it, or in the environment."""
    elsewhere = lay_out({"readme": ""}, journal.parent / f"{journal.name}-elsewhere")
    own = ("--journal", str(journal), "--now", "2026-03-04 18:00")
    calls = {
        "before": ((*own, "check", "--json"), {}),
        "behind": (("check", "--json", *own), {}),
        "environment": (("check", "--json"), {"COACHLOG_JOURNAL": str(journal), "COACHLOG_NOW": "2026-03-04 18:00"}),
    }
    arguments, more = calls[position]
    assert json.loads(call(*arguments, folder=elsewhere, **more).out)["now"] == "2026-03-04T18:00:00+00:00"


def test_the_nearest_journal_above_is_meant(journal: Path) -> None:
    """Anywhere below a journal its commands work; where there is none, one line says how to start."""
    assert call("check", *CTC, folder=journal / "clients" / "jane-doe").code == 1
    outside = call("check", folder=lay_out({"readme": ""}, journal.parent / f"{journal.name}-outside"))
    assert (outside.code, outside.out) == (2, "")
    assert "coachlog init" in outside.err
    assert outside.err.count("\n") == 1


def test_the_instant_is_read_on_the_clock_of_the_practice(journal: Path) -> None:
    """--now takes what a person types, and an instant that is not understood is a wrong call."""
    assert NOW == "2026-03-31 12:00"
    later = json.loads(call("--now", "2026-06-01 09:00", "check", "--json", folder=journal).out)
    assert later["now"] == "2026-06-01T09:00:00+01:00"
    refused = call("--now", "3/4", "check", folder=journal)
    assert refused.code == 2
    assert refused.err == "coachlog: `3/4` can mean two days. Write 3 apr or 4 mar.\n"


@pytest.mark.parametrize(("argument", "shown"), [("\x1b[31mx", "␛[31mx"), ("caf\udce9", "caf⟨E9⟩")])
def test_what_was_typed_steers_no_terminal_either(journal: Path, argument: str, shown: str) -> None:
    """A complaint repeats what was typed through the same filter."""
    outcome = call("check", argument, folder=journal)
    assert outcome.err.startswith(f"coachlog: No client has the code or name `{shown}`.")
    assert outcome.code == 2


def test_a_narrow_terminal_gets_places_on_lines_of_their_own(journal: Path) -> None:
    """A path is never cut: it goes below what was found."""
    lines = call_on_terminal("check", "jane", *CTC, "--color", "never", folder=journal, COLUMNS="50").out.splitlines()
    assert lines[:2] == ["Jane Doe (jane-doe) · contract of 12 Jan 2026 · 0", "sessions of 6"]
    assert lines[2:4] == ["  breach  CTC105 late-reply", "          clients/jane-doe/contacts.yaml:3"]
