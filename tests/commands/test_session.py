"""`coachlog session`: booked, moved, cancelled, missed, held; and what is on file."""

import json
from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, call, call_on_terminal, lay_out

CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    length: 60 min
    every: 2 weeks
    goals: [{id: g1, text: Lead}]
    cancellation: {notice: 24 h, late: counts, no_show_after: 15 min}
    between_sessions: {via: {email: 24 h}}
"""
SESSIONS = """# Jane's

sessions:
    # the first
    - {id: b3xew, at: 2026-03-03 15:00, status: held, topic: "A, b"}

    - at: 2026-03-31 10:00   # by hand
      booked: 2026-03-01 09:00

    - {id: d2nnw, at: 2026-04-01 10:00}
"""
ACTIONS = """actions:
  - {id: a7kqw, step: Hand over, session: b3xew, due: 2026-04-01}
  - id: c2xxw
    step: Ask   # soon
    due: 2026-04-01
"""
OWN = "clients/jane-doe/"
ABSENCE = "absences: [{from: 2026-05-11, to: 2026-05-12, told: 2026-01-01}]\n"


FILES = {
    **JOURNAL,
    "coachlog.yaml": f"{PRACTICE}country: GB-ENG\n{ABSENCE}",
    f"{OWN}contract.yaml": CONTRACT,
    f"{OWN}sessions.yaml": SESSIONS,
    f"{OWN}actions.yaml": ACTIONS,
}
"""A practice in which Jane has one session behind her, one just begun, and one to come."""


def on_file(journal: Path, name: str) -> str:
    """Give what stands in a file of Jane's."""
    return (journal / OWN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("book", "jane", "tomorrow"), 2, "The time of day is needed"),
        (("book", "jane", "2026-03-30", "10:00"), 2, "Mon 30 Mar 2026 10:00 lies in the past."),
        (("book", "jane", "1", "apr", "10:30"), 4, "SES114 double-booking"),
        (
            ("book", "jane", "1", "apr", "12:00", "--every", "3 weeks", "--times", "5"),
            4,
            "the 7th of 6 agreed sessions",
        ),
        (("move", "jane", "next", "3", "apr"), 2, "Say it with --by."),
        (("move", "jane"), 2, "The session is needed, and there is nobody to ask. Say it with ID,"),
        (("cancel", "jane", "next", "--by", "client", "--reason", "work", "--via", "vidoe"), 2, "Did you mean video?"),
        (("move", "jane", "b3", "3", "apr"), 2, "No record here is called `b3`."),
        (("move", "jane", "b3xew", "3", "apr"), 2, "b3xew is held, not booked."),
        (("cancel", "jane", "next", "--by", "client"), 2, "Say it with --reason."),
        (("cancel", "jane", "last", "--now", "2026-03-30 9:00"), 2, "None of these has begun yet. There is "),
        (("no-show", "jane", "next"), 2, "waits 15 min, until Wed 1 Apr 2026 10:15."),
        (
            ("book", "jane", "4", "may", "9:00", "--every", "1 day", "--times", "9"),
            4,
            "(SES102 booking-over-count), and ",
        ),
        (("log", "jane", "next"), 2, "has not begun"),
        (("log", "jane", "--ratings", "34"), 2, "four digits from 0 to 3"),
        (("log", "tom"), 2, "No session of tom-reid that is booked has begun. Say when it was with --at"),
        (("log", "jane", "--done", "a7", "--drop", "a7"), 2, "a7kqw is named twice."),
    ],
)
def test_what_can_not_be_is_refused_in_one_line(
    journal: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    """A wrong call says what to do, a plan which boundary it would cross; nothing is written."""
    outcome = call("session", *arguments, folder=journal)
    assert (outcome.code, outcome.out) == (code, "")
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1
    assert (on_file(journal, "sessions.yaml"), on_file(journal, "actions.yaml")) == (SESSIONS, ACTIONS)


def test_a_package_skips_what_is_closed_and_says_which(journal: Path) -> None:
    """Holidays and absences are made up for at the end; nothing but the new records and a missing id changes."""
    package = ("13", "apr", "15:00", "--every", "1 week", "--times", "3", "--via", "video")
    first = call("session", "book", "jane", *package, folder=journal)
    assert first.code == 0
    assert first.out.startswith("booked 3 sessions with Jane Doe\n  ")
    assert "Mon 13 Apr 2026 15:00 (in 13 days), session 4 of 6" in first.out
    assert "skipped" not in first.out
    later = ("27", "apr", "16:30", "--every", "1 week", "--times", "2", "--waive", "two more")
    second = call("session", "book", "jane", *later, folder=journal)
    assert "skipped Mon 4 May 2026 (public holiday), Mon 11 May 2026 (absence)" in second.out
    text = on_file(journal, "sessions.yaml")
    assert "at: 2026-05-18 16:30" in text
    assert "why: two more" in text
    assert text.startswith(SESSIONS.partition("    - at:")[0])


def test_a_move_keeps_the_record_and_takes_the_steps_along(journal: Path) -> None:
    """It notes from which start, when and by whom; inside the notice it says so, and that a charge is to be decided."""
    outcome = call("session", "move", "jane", "next", "9", "apr", "--by", "client", folder=journal)
    assert outcome.code == 0
    said, _, brought = outcome.out.partition("\n")
    assert said == (
        "moved d2nnw: Jane Doe, from Wed 1 Apr 2026 10:00 to Thu 9 Apr 2026 10:00 (in 9 days), by client; inside the "
        "notice of 24 h (22 h before the start); 2 open steps now due then"
    )
    assert brought.startswith("  warning CAN104 unapplied-policy: ")
    assert brought.count("\n") == 1
    moved = "moved: [{from: 2026-04-01 10:00, at: 2026-03-31 12:00, by: client}]"
    assert on_file(journal, "sessions.yaml").endswith(f"    - {{id: d2nnw, at: 2026-04-09 10:00, {moved}}}\n")
    assert on_file(journal, "actions.yaml") == ACTIONS.replace("2026-04-01", "2026-04-09")


def test_a_cancellation_says_its_price_and_logs_the_telling(journal: Path) -> None:
    """The new session, the contact and the steps are one change with it."""
    said = ("--by", "client", "--reason", "work", "--via", "email", "--charge", "counts", "--rebook", "8 apr")
    outcome = call("session", "cancel", "jane", "next", *said, folder=journal)
    assert outcome.code == 0
    assert "asks for 24 h notice, this is 22 h before the start, late: counts; charge: counts" in outcome.out
    assert "Wed 8 Apr 2026 10:00 (in 8 days), with 2 open steps due then" in outcome.out
    contacts = on_file(journal, "contacts.yaml")
    assert "at: 2026-03-31 12:00, from: client, via: email, for: logistics, session: d2nnw, answer: no}" in contacts
    assert "status: cancelled, cancelled: {at: 2026-03-31 12:00, by: client" in on_file(journal, "sessions.yaml")
    assert on_file(journal, "actions.yaml") == ACTIONS.replace("2026-04-01", "2026-04-08")


def test_a_plan_that_is_refused_for_the_sake_of_another_session_is_named(journal: Path) -> None:
    """The booked one that would be past the number is not the one that was typed."""
    lay_out({f"{OWN}contract.yaml": CONTRACT.replace("sessions: 6", "sessions: 3")}, journal)
    refused = call("session", "book", "jane", "31 mar 15:00", folder=journal)
    assert refused.code == 4
    assert refused.err.startswith("coachlog: Not planned for Tue 31 Mar 2026 15:00: Wed 1 Apr 2026 ")
    several = call("session", "book", "jane", "31 mar 13:00", "--every", "1 day", "--times", "2", folder=journal)
    assert "Not planned: " in several.err


def test_a_cancellation_is_told_line_by_line_on_a_terminal(journal: Path) -> None:
    """What it costs, and when it was told, each have a line that fits; without another session it wants an answer."""
    said = ("--by", "client", "--reason", "work", "--via", "email", "--charge", "counts")
    shown = call_on_terminal("session", "cancel", "jane", "next", *said, folder=journal).out.splitlines()
    assert shown[0] == "cancelled d2nnw: Jane Doe, Wed 1 Apr 2026 10:00 (in 22 h), by client"
    assert shown[1].startswith("  the contract of 12 Jan 2026 asks for 24 h notice, this is ")
    assert "  charge: counts" in shown
    assert "reply due Wed 1 Apr 2026" in " ".join(shown)
    assert max(map(len, shown)) <= 80


def test_a_move_may_have_been_told_on_a_day(journal: Path) -> None:
    """A day alone serves as well as a moment."""
    moved = call("session", "move", "jane", "next", "2", "apr", "--by", "client", "--told", "today", folder=journal)
    assert (moved.code, "told: 2026-03-31}]" in on_file(journal, "sessions.yaml")) == (0, True)


def test_a_notice_in_working_days_passes_over_weekends_and_holidays(journal: Path) -> None:
    """Two working days before the Tuesday after Easter is the Wednesday before; the line says until when."""
    fee = CONTRACT.replace("notice: 24 h, late: counts", "notice: 2 working days, late: fee, late_fee: 75")
    session = "sessions: [{id: e2aaa, at: 2026-04-07 15:00}]\n"
    practice = (
        "format: 1\ntimezone: Europe/London\ncountry: GB-ENG\ncurrency: GBP\noffice_hours: Mo-Fr 09:00-17:00; PH off\n"
    )
    files = {f"{OWN}contract.yaml": fee, f"{OWN}sessions.yaml": session, "coachlog.yaml": practice}
    lay_out(files, journal)
    cancel = ("session", "cancel", "jane", "e2aaa", "--by", "client", "--reason", "work")
    late = call("--now", "2026-04-01 15:01", *cancel, folder=journal)
    terms = "asks for 2 working days notice, by Wed 1 Apr 2026 15:00, this is 5 days before the start"
    assert f"{terms}, late: fee (75 GBP)" in late.out
    assert "how it was told is not said (--via), so no contact is logged" in late.out
    lay_out(files, journal)
    assert "in time: free" in call("--now", "2026-04-01 15:00", *cancel, folder=journal).out
    lay_out(files, journal)
    moved = call(
        "--now", "2026-04-02 9:00", "session", "move", "jane", "next", "9 apr", "--by", "client", folder=journal
    )
    assert "inside the notice of 2 working days, to give by Wed 1 Apr 2026 15:00" in moved.out


def test_what_was_held_is_recorded_even_if_the_next_one_is_refused(journal: Path) -> None:
    """Facts are always recorded; the booking wants a word of its own."""
    said = ("--minutes", "65", "--done", "a7", "--carry", "c2", "--step", "Ask, soon", "--ratings", "3322")
    outcome = call("session", "log", "jane", *said, "--next", "1 apr 10:30", folder=journal)
    assert outcome.code == 4
    assert "session 2 of 6 with Jane Doe, Tue 31 Mar 2026 10:00 (2 h ago), 65 min" in outcome.out
    assert "1 step done, 1 step carried, 1 new step, due Wed 1 Apr 2026" in outcome.out
    assert "the next session is not booked" in outcome.err
    checked = json.loads(call("check", "jane", "--format", "json", folder=journal).out)
    assert not [one for one in checked["findings"] if one["code"] == "JRN104"]
    held = json.loads(call("session", "show", "jane", "--json", folder=journal).out)["sessions"][0]
    assert (held["status"], held["minutes"], held["prepared"], held["energy"]) == ("held", 65, 3, 2)
    actions = on_file(journal, "actions.yaml")
    assert f"done: 2026-03-31, reviewed: {held['id']}}}" in actions
    assert f"    carried: [{held['id']}]\n" in actions
    assert actions.endswith(f"    step: Ask, soon\n    session: {held['id']}\n    due: 2026-04-01\n")


def test_private_words_are_shown_to_who_asks_for_them(journal: Path) -> None:
    """Neither a dry run, nor JSON, nor the page has them unasked; a dry run writes nothing."""
    own = ("session", "log", "jane", "--private", "canary")
    dry = call(*own, "--dry-run", folder=journal)
    assert (dry.code, on_file(journal, "sessions.yaml")) == (0, SESSIONS)
    assert "…" in dry.out
    told = call(*own, "--json", folder=journal)
    assert json.loads(told.out)["sessions"][0]["status"] == "held"
    page = call("session", "show", "jane", folder=journal)
    assert not any("canary" in one for one in (dry.out, told.out, page.out))
    assert "private     canary\n" in call("session", "show", "jane", "last", "--private", folder=journal).out


def test_a_missed_session_and_the_list(journal: Path) -> None:
    """A no-show says what it costs; a broken file is named with its line."""
    outcome = call("session", "no-show", "jane", "--charge", "waived", "--note", "once", folder=journal)
    assert "Tue 31 Mar 2026 10:00 (2 h ago); by the contract of 12 Jan 2026: counts; charge: waived" in outcome.out
    rows = [one.split("\t")[1:3] for one in call("session", "list", "jane", folder=journal).out.splitlines()]
    assert rows[1:] == [["Tue 31 Mar 2026 10:00", "no-show"], ["Wed 1 Apr 2026 10:00", "booked"]]
    (journal / OWN / "sessions.yaml").write_text("sessions:\n  - {at: [\n", encoding="utf-8")
    broken = call("session", "log", "jane", folder=journal)
    assert broken.code == 3
    assert "clients/jane-doe/sessions.yaml:" in broken.err


ON_A_HOLIDAY = {
    "booked": ("book", "jane", "6", "apr", "15:00"),
    "moved": ("move", "jane", "next", "6", "apr", "--by", "client"),
    "rebooked": ("cancel", "jane", "next", "--by", "client", "--reason", "work", "--rebook", "6 apr"),
    "booked with the log": ("log", "jane", "--next", "6 apr"),
}


@pytest.mark.parametrize("words", ON_A_HOLIDAY.values(), ids=ON_A_HOLIDAY)
def test_a_session_on_a_public_holiday_is_remarked(journal: Path, words: tuple[str, ...]) -> None:
    """It says which holiday that is; a package skips such days, and says that in its line."""
    done = call("session", *words, "--anyway", folder=journal)
    assert done.code == 0, done.err
    assert "Mon 6 Apr 2026 is a public holiday: Easter Monday.\n" in done.err


def test_a_session_without_an_id_is_moved(journal: Path) -> None:
    """It is told by the id that it gets, with the steps that go along."""
    (journal / OWN / "sessions.yaml").write_text("sessions:\n  - {at: 2026-04-01 10:00}\n")
    done = call("session", "move", "jane", "next", "2", "apr", "--by", "both", "--json", folder=journal)
    told = json.loads(done.out)
    assert [one["record"] for one in told["actions"]] == ["a7kqw", "c2xxw"]
    assert f"id: {told['sessions'][0]['record']}, at: 2026-04-02 10:00" in on_file(journal, "sessions.yaml")


CALLED_OFF = {
    "cancelled": ("cancel", "jane", "next", "--by", "coach", "--reason", "illness"),
    "missed": ("no-show", "jane", "d2nnw", "--charge", "counts", "--now", "2026-04-01 10:20"),
}


@pytest.mark.parametrize("words", CALLED_OFF.values(), ids=CALLED_OFF)
def test_steps_due_at_a_session_that_falls_out_are_due_at_the_next_on_file(
    journal: Path, words: tuple[str, ...]
) -> None:
    """A day in bed makes no step overdue; where nothing else is booked, they stay as they are."""
    call("session", *words, folder=journal)
    assert on_file(journal, "actions.yaml") == ACTIONS
    following = f"{SESSIONS}\n    - {{id: e3mmw, at: 2026-04-15 10:00}}\n"
    lay_out({f"{OWN}sessions.yaml": following}, journal)
    told = call("session", *words, folder=journal)
    assert told.out.splitlines()[0].endswith("; 2 open steps due on Wed 15 Apr 2026 instead")
    assert on_file(journal, "actions.yaml") == ACTIONS.replace("2026-04-01", "2026-04-15")


def test_a_no_show_is_recorded_where_no_command_can_move_the_steps(journal: Path) -> None:
    """A promise of the coach's keeps its day; steps behind an alias keep theirs, and that is said."""
    promise = "  - {id: p2kqw, step: Send, kind: promise, due: 2026-03-31}\n"
    aliased = f"actions:\n  - &a {{id: a7kqw, step: Ask, due: 2026-03-31}}\n{promise}"
    lay_out({f"{OWN}actions.yaml": f"{aliased}x-also: *a\n"}, journal)
    done = call("session", "no-show", "jane", "--charge", "counts", folder=journal)
    assert (done.code, "status: no-show" in on_file(journal, "sessions.yaml")) == (0, True)
    assert done.err == "coachlog: The steps due then keep their day: clients/jane-doe/actions.yaml.\n"
    lay_out({f"{OWN}actions.yaml": aliased.replace("&a ", "")}, journal)
    lay_out({f"{OWN}sessions.yaml": SESSIONS}, journal)
    call("session", "no-show", "jane", "--charge", "counts", folder=journal)
    assert on_file(journal, "actions.yaml") == aliased.replace("&a ", "").replace("2026-03-31", "2026-04-01", 1)
