"""`coachlog session start`: noted line by line, cut off anywhere, taken up, and logged once."""

import json
import signal
from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out
from commands.at_session import BELL, Terminal, drafts, open_pipe, piped, until
from typing_in import CTRL_C, CTRL_D, ENTER, type_in

OWN = "clients/jane-doe/"
FILES = {
    "coachlog.yaml": PRACTICE,
    f"{OWN}client.yaml": "name: Jane Doe\n",
    f"{OWN}contract.yaml": (
        "contracts:\n  - id: 2026a\n    agreed: 2026-01-12\n    sessions: 2\n    length: 60 min\n    media: [video]\n"
        "    goals: [{id: g1, text: Lead}]\n    between_sessions: {via: {email: 24 h}}\n    welcome_pack: 2026-01-13\n"
    ),
    f"{OWN}sessions.yaml": (
        "sessions:\n"
        "  - {id: b3xew, at: 2026-03-31 11:55, booked: 2026-03-01 09:00, options: [Wait], notes: Before,\n"
        "     prep: {want: To delegate, since: CANARY}}\n"
        "  - {id: d2nnw, at: 2026-04-07 10:00, booked: 2026-03-01 09:00}\n"
    ),
    f"{OWN}actions.yaml": "actions:\n  - {id: a7kqw, step: Hand it over, due: 2026-03-31}\n",
}
START = ("session", "start", "jane")
LINES = [
    *(ENTER, "g1", "Knows what to hand over", "8 - the team waits"),
    *("Keeps what is fun", "! Tired myself", ENTER, "Pair", "Ask", "+ Laughed", ENTER, ENTER),
    *("Write the list", "Ask Lee", ENTER, "week"),
]
"""A session, line by line: what stands in the form is taken as the topic."""
HELD = {
    "status": "held",
    "topic": "To delegate",
    "goal": "g1",
    "outcome": "Knows what to hand over",
    "importance": "8 - the team waits",
    "insights": ["Keeps what is fun"],
    "options": ["Wait", "Pair", "Ask"],
    "notes": "Before\nLaughed",
}


def noted(root: Path) -> list[str]:
    """Give the texts that the open notes hold, in order."""
    return [json.loads(one)["text"] for one in drafts(root)]


def held(root: Path, name: str = "b3xew") -> dict[str, object]:
    """Give a session as it is on file, with its private notes."""
    shown = call("session", "show", "jane", name, "--private", "--json", folder=root)
    told: dict[str, object] = json.loads(shown.out)["sessions"][0]
    return told


def steps(root: Path) -> list[tuple[str, str, object]]:
    """Give the steps that were committed to in it: what, by when, and how often news comes."""
    told = json.loads(call("action", "list", "jane", "--json", folder=root).out)["actions"]
    new = [one for one in told if one["session"]]
    return [(one["step"], one["due"], one["follow_up"] and one["follow_up"]["every"]) for one in new]


def test_a_session_is_logged_as_it_was_noted(journal: Path) -> None:
    """What the record said before stays beside it; the steps are due at the next session; the notes are gone."""
    done = piped(*START, lines=LINES, folder=journal)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("logged b3xew: session 1 of 2 with Jane Doe, Tue 31 Mar 2026 11:55 (5 min ago); 2 new ")
    told = held(journal)
    assert told == {**told, **HELD, "private": "Tired myself", "minutes": None}
    assert steps(journal) == [("Write the list", "2026-04-07", "week"), ("Ask Lee", "2026-04-07", "week")]
    assert drafts(journal) == []


ASIDE = {
    "what is taken back": ((".drop", "One", ".drop", "Two", ".done"), {"topic": "Two"}),
    "a heading gone back to": (("One", ".back", ".b", "Two", ".back", "Three", ".done"), {"topic": "Three"}),
    "a heading passed over": ((".n", ".next", "Three", ".done"), {"topic": None, "goal": None, "outcome": "Three"}),
    "a line that looks like a command": ((" .done", "g1", "...", " !", ".done"), {"topic": ".done", "outcome": "..."}),
    "a goal that is none": (
        ("One", "CANARY", "CANARY", "CANARY", "Four", ".done"),
        {"goal": None, "outcome": "Four"},
    ),
    "an unknown command": ((".dance", "One", "?", ".show", ".done"), {"topic": "One"}),
    "what a terminal sends for arrows": (("O\x1b[Dn\x07e\x1bOA", ".done"), {"topic": "One"}),
    "nothing": ((ENTER, ".done"), {"topic": "To delegate", "notes": "Before"}),
    "an input that ends within the steps": ((*[ENTER] * 7, "Walk"), {"topic": "To delegate"}),
}


@pytest.mark.parametrize(("lines", "fields"), ASIDE.values(), ids=ASIDE)
def test_what_is_typed_beside_the_headings(journal: Path, lines: tuple[str, ...], fields: dict[str, object]) -> None:
    """Commands are no notes, and a client's words stand in no error."""
    done = piped(*START, lines=lines, folder=journal)
    assert done.code == 0, done.err
    assert "CANARY" not in done.err
    told = held(journal)
    assert told == {**told, "status": "held", **fields}


LEFT = {
    "left": (("One", ".quit"), 0, ["One"]),
    "an input that ends before the steps": (("One", "g1"), 0, ["One", "g1"]),
    "no input": ((), 0, []),
}


@pytest.mark.parametrize(("lines", "code", "kept"), LEFT.values(), ids=LEFT)
def test_what_is_left_is_gone_on_with(journal: Path, lines: tuple[str, ...], code: int, kept: list[str]) -> None:
    """Nothing is written until the session is over, and what was noted is there again."""
    left = piped(*START, lines=lines, folder=journal)
    assert (left.code, left.out, noted(journal)) == (code, "", kept)
    assert "): coachlog session start jane-doe goes on.\n" in left.err
    assert (journal / OWN / "sessions.yaml").read_text() == FILES[f"{OWN}sessions.yaml"]
    done = piped(*START, lines=["+ Later", ".done"], folder=journal, COACHLOG_NOW="2026-03-31 12:50")
    assert f"Taking up the session begun Tue 31 Mar 2026 12:00: {len(kept)} line" in done.err
    told = held(journal)
    assert told == {**told, "topic": kept[0] if kept else None, "notes": "Before\nLater", "minutes": 50}


def test_notes_that_are_open_are_told_of_in_the_day(journal: Path) -> None:
    """In place of the session that is to be closed, with what goes on; no word of them, incognito no name."""
    piped(*START, lines=["CANARY", ".quit"], folder=journal)
    line = (
        "To close\tjane-doe\tJane Doe: the notes of the session of Tue 31 Mar 11:55 are open (1 line)\tcoachlog session"
    )
    for now in ("2026-03-31 12:10", "2026-03-31 12:10", "2026-03-31 14:00"):
        shown = call("today", folder=journal, COACHLOG_NOW=now)
        assert f"{line} start jane\n" in shown.out, shown.out
        assert all(one not in shown.out for one in ("CANARY", "still booked"))
    hidden = call("--incognito", "today", folder=journal).out
    assert [one for one in ("Jane", "jane") if one in hidden] == []
    resumed = call("resume", folder=journal).out
    assert f"{journal}/drafts/session.jane-doe.b3xew.jsonl; coachlog session start jane-doe goes on\n" in resumed


def rest_of(root: Path) -> list[str]:
    """Give what is still to be typed, by what is noted: each text once, and Enter where one was the last."""
    there = noted(root)
    place = next((json.loads(one)["to"] for one in reversed(events(root)) if '"to"' in one), "topic")
    texts: dict[str, list[str]] = {
        "topic": ["To delegate"],
        "goal": ["g1"],
        "outcome": ["Knows what to hand over"],
        "importance": ["8 - the team waits"],
        "insights": ["Keeps what is fun", "! Tired myself"],
        "options": ["Pair", "Ask", "+ Laughed"],
        "notes": [],
        "steps": ["Write the list", "Ask Lee"],
        "follow_up": ["week"],
    }
    many = {"insights", "options", "notes", "steps"}
    lines = []
    for here in list(texts)[list(texts).index(place) :]:
        left = [one for one in texts[here] if one.lstrip("!+ ") not in there]
        lines += [*left, *([ENTER] if here in many or not left else [])]
    return lines


def events(root: Path) -> list[str]:
    """Give every line of the open notes that is whole."""
    return [
        line
        for one in (root / "drafts").glob("session.*")
        for line in one.read_text().split("\n")
        if line.startswith("{") and line.endswith("}")
    ]


def killed_after(root: Path, texts: int) -> None:
    """Kill a session as soon as so many of its lines are on the disk, whatever it does then; and end it."""
    with open_pipe(*START, lines=LINES, folder=root) as running:
        until(lambda: len(drafts(root)) >= texts or "status: held" in (root / OWN / "sessions.yaml").read_text())
        running.process.kill()
        running.outcome()
    call("resume", folder=root)
    if "status: held" not in (root / OWN / "sessions.yaml").read_text():
        piped(*START, lines=rest_of(root), folder=root)
    again = call(*START, folder=root)
    assert again.code in {0, 2}, again.err
    told = held(root)
    assert told == {**told, **HELD, "private": "Tired myself"}
    assert [one for one, *_ in steps(root)] == ["Write the list", "Ask Lee"]
    assert drafts(root) == []


@pytest.mark.parametrize("texts", [1, 6, 10, 13])
def test_a_session_that_is_killed_loses_nothing_and_doubles_nothing(journal: Path, texts: int) -> None:
    """Each line stands in the journal once, wherever the power went."""
    killed_after(journal, texts)


@pytest.mark.long
@pytest.mark.parametrize("turn", range(300))
def test_a_session_that_is_killed_again_and_again(journal: Path, turn: int) -> None:
    """As above, at more moments."""
    killed_after(journal, turn % 14)


def test_a_session_is_noted_in_one_terminal_at_a_time(journal: Path) -> None:
    """The second one is told, and so is a log by hand, which leaves the notes where they are."""
    with open_pipe(*START, lines=["One"], folder=journal):
        until(lambda: bool(drafts(journal)))
        second = call(*START, folder=journal)
        assert (second.code, second.err.count("\n")) == (3, 1)
        assert "open in another terminal" in second.err
        log = call("session", "log", "jane", "--with-notes", folder=journal)
        assert log.code == 0
        assert "open in another terminal" in log.err
    assert noted(journal) == ["One"]
    later = call(*START, folder=journal)
    assert "was closed without its notes. They are kept in " in later.err


def test_a_log_by_hand_takes_the_notes_in(journal: Path) -> None:
    """Where it is asked to; else it says where they are, and the steps that were noted are not lost."""
    piped(*START, lines=["One", *[ENTER] * 6, "Walk", "+ Free", ".quit"], folder=journal)
    without = call("session", "log", "jane", "--dry-run", folder=journal)
    assert "(3 lines) are not in this log. They are kept in " in without.err
    log = call("session", "log", "jane", "--with-notes", "--minutes", "55", "--notes", "More", folder=journal)
    assert "55 min; 1 new step, due Tue 7 Apr 2026\n" in log.out
    told = held(journal)
    assert told == {**told, "topic": "One", "notes": "Before\nFree\nMore", "minutes": 55}
    assert drafts(journal) == []


AT = {
    "an hour before it": ("2026-03-31 10:56", "b3xew"),
    "within an hour of its end": ("2026-03-31 13:50", "b3xew"),
    "before the next one": ("2026-04-07 09:30", "d2nnw"),
}


@pytest.mark.parametrize(("now", "name"), AT.values(), ids=AT)
def test_the_session_that_is_booked_for_now_is_the_one(journal: Path, now: str, name: str) -> None:
    """An older one that nobody closed is not."""
    done = piped(*START, lines=[".done"], folder=journal, COACHLOG_NOW=now)
    assert done.code == 0, done.err
    told = held(journal, name)
    assert told["status"] == "held"
    assert str(told["at"])[:16].replace("T", " ") in {now, "2026-03-31 11:55", "2026-04-07 09:30"}


def test_one_that_was_not_booked_is_told_of_before_it_begins(journal: Path) -> None:
    """It asks for the option where nobody can answer, says what the session crosses, and logs it as held."""
    morning = "2026-04-02 09:00"
    refused = call(*START, folder=journal, COACHLOG_NOW=morning)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert "No session is booked for now; the next is on Tue 7 Apr 2026 10:00." in refused.err
    assert drafts(journal) == []
    left = piped(*START, "--unbooked", lines=["One", ".quit"], folder=journal, COACHLOG_NOW=morning)
    assert "A session now: Tue 7 Apr 2026 would be the 3rd of 2 agreed sessions (SES102 " in left.err
    done = piped(*START, lines=[".done"], folder=journal, COACHLOG_NOW="2026-04-02 09:45")
    assert "with Jane Doe, Thu 2 Apr 2026 09:00 (45 min ago), 45 min" in done.out
    assert call(*START, "b3xew", folder=journal, COACHLOG_NOW="2026-04-02 10:00").code == 0


def test_a_session_that_somebody_closed_meanwhile_is_not_written_over(journal: Path) -> None:
    """The notes are kept, and it is said how to use them."""
    piped(*START, lines=["One", ".quit"], folder=journal)
    call("session", "no-show", "jane", "b3xew", folder=journal, COACHLOG_NOW="2026-03-31 12:20")
    later = call(*START, folder=journal)
    assert "put them in with coachlog edit jane-doe b3xew, and delete that file." in later.err
    assert noted(journal) == ["One"]


def test_a_goal_that_is_gone_meanwhile_stays_in_the_notes(journal: Path) -> None:
    """Nothing that was typed keeps the session from being logged."""
    piped(*START, lines=["One", "g1", ".quit"], folder=journal)
    lay_out({f"{OWN}contract.yaml": FILES[f"{OWN}contract.yaml"].replace("id: g1", "id: g2")}, journal)
    done = piped(*START, lines=[".done"], folder=journal)
    assert (done.code, "The goal that was noted stands in the notes." in done.err) == (0, True)
    told = held(journal)
    assert told == {**told, "goal": None, "notes": "Before\ngoal: g1"}


def test_notes_go_with_a_client_who_is_renamed(journal: Path) -> None:
    """They are found by their session; another client has none."""
    lay_out({"clients/tom-reid/client.yaml": "name: Tom Reid\n"}, journal)
    piped(*START, lines=["One", ".quit"], folder=journal)
    assert "No session is booked" in call("session", "start", "tom", folder=journal).err
    call("client", "rename", "jane", "c07", folder=journal)
    done = piped("session", "start", "c07", lines=[".done"], folder=journal)
    assert (done.code, drafts(journal)) == (0, []), done.err
    assert "topic: One" in (journal / "clients/c07/sessions.yaml").read_text()


def test_a_dry_run_shows_the_log_and_keeps_the_notes(journal: Path) -> None:
    """No private word is in it; as JSON the log is told with all it wrote."""
    shown = piped(*START, "--dry-run", lines=["! SECRET", "One", ".done"], folder=journal)
    assert (shown.code, "SECRET" in shown.out) == (0, False)
    assert all(one in shown.out for one in ("status: held, topic: One", "private: …"))
    assert noted(journal) == ["SECRET", "One"]
    told = json.loads(piped(*START, "--json", lines=[".done"], folder=journal).out)
    assert (told["sessions"][0]["topic"], told["sessions"][0]["status"]) == ("One", "held")


def test_a_coach_is_led_from_heading_to_heading(journal: Path) -> None:
    """What is asked stands above the prompt with its clock; Ctrl-C leaves, and the rest is asked at the end."""
    left = type_in(*START, answers=[ENTER, "g9", "?", "! own", ".show", ".drop", CTRL_C], folder=journal, LINES="24")
    assert left.code == 130
    for shown in (
        "Session 1 of 2: today 11:55 (5 min ago)",
        "Hand it over (due Tue 31 Mar)",
        "\nUntil 12:55. The prompt: time, minutes gone/left. Enter goes on; ? shows more.\n",
        "  What is it about today? [To delegate]\n12:00 0/55 prepare> \n",
        "  Which goal does it serve? g1 Lead\n12:00 0/55 prepare> g9\nThat is no goal of this contract.",
        "! TEXT   for yourself alone",
        "  topic: To delegate\n  for yourself: 1 line\n",
        "  Taken back: …\n",
        "^C\nThe notes are kept (1 line): coachlog session start jane-doe goes on.\n",
    ):
        assert shown in left.shown, left.shown
    answers = [".done", "Walk", CTRL_D, "Run", ENTER, "no", "45", "<", "50", "d", ENTER, ENTER]
    done = type_in(*START, answers=answers, folder=journal, LINES="24", COACHLOG_NOW="2026-03-31 12:50")
    assert done.code == 0, done.shown
    for shown in (
        "Taking up the session begun Tue 31 Mar 2026 12:00: 1 line.",
        "One step so far; two or three small ones carry furthest.",
        "Minutes that it took [50]: 45\nStep a7kqw, Hand it over: done, part, carry or drop [Enter skips]: <\nMinutes ",
        "Minutes that it took [50]: 50\nStep a7kqw, Hand it over: done, part, carry or drop [Enter skips]: d\n",
        "50 min; 1 step done, 2 new steps, due Tue 7 Apr 2026",
    ):
        assert shown in done.shown, done.shown
    assert steps(journal) == [("Walk", "2026-04-07", None), ("Run", "2026-04-07", None)]


def test_a_log_by_hand_offers_the_notes(journal: Path) -> None:
    """Enter takes them in, and what they say is not asked again."""
    piped(*START, lines=["One", "g1", ".quit"], folder=journal)
    done = type_in("session", "log", "jane", answers=[ENTER, "50", *[ENTER] * 4], folder=journal)
    assert done.code == 0, done.shown
    offered = (
        "Take in what session start noted, Tue 31 Mar 2026 11:55 (2 lines)? yes or no [yes]: \nMinutes that it took"
    )
    assert offered in done.shown
    assert "Topic" not in done.shown
    assert (held(journal)["topic"], held(journal)["goal"], drafts(journal)) == ("One", "g1", [])


def test_a_session_that_was_not_booked_is_asked_about(journal: Path) -> None:
    """What it would cross stands in the question, and Enter begins nothing."""
    left = type_in(*START, answers=[ENTER], folder=journal, COACHLOG_NOW="2026-04-02 09:00")
    assert left.code == 2
    assert "A session now: Tue 7 Apr 2026 would be the 3rd of 2 agreed sessions (SES102 " in left.shown
    assert "Start one that was not booked? yes or no [no]: \ncoachlog: Nothing was begun." in left.shown


def test_nobody_is_named_incognito(journal: Path) -> None:
    """Neither who it is nor a word that was noted shows; what is typed, the terminal itself shows."""
    lay_out({f"{OWN}sessions.yaml": FILES[f"{OWN}sessions.yaml"].replace("To delegate", "CANARY")}, journal)
    answers = [ENTER, ".show", ".drop", ".quit"]
    shown = type_in("--incognito", *START, answers=answers, folder=journal, LINES="24").shown
    assert [one for one in ("Jane", "jane-doe", "CANARY", "Hand it", "Lead") if one in shown] == []


@pytest.mark.parametrize(("kind", "below"), [("xterm", True), ("dumb", False)])
def test_the_time_is_told_below_the_line_that_is_typed(journal: Path, kind: str, *, below: bool) -> None:
    """With a bell, and again at the next prompt; a terminal that can't only rings. Closing it loses that line alone."""
    terminal = Terminal(*START, folder=journal, TERM=kind, COACHLOG_NOW="2026-03-31 12:44:59")
    terminal.wait_for(b"prepare> ")
    terminal.type("One and")
    terminal.wait_for(BELL)
    assert (b"\x1b[51C10 minutes left, until 12:55." in terminal.shown) is below
    terminal.type(" more\n")
    terminal.wait_for(b"prepare> ", 2)
    assert b"\n10 minutes left, until 12:55.\r\n12:45 50/" in terminal.shown
    assert (b"\x1b[J" in terminal.shown) is below
    terminal.go_on()
    terminal.wait_for(b"prepare> ", 3)
    terminal.type(".next\n")
    terminal.wait_for(b"envision> ")
    terminal.type(f"{'Long ' * 900}\n")
    terminal.wait_for(b"end may be missing. .show shows it; type\r\nthe rest anew.\r\n12:45 50/")
    terminal.type("8\n")
    terminal.wait_for(b"explore> ")
    terminal.type("lost")
    assert terminal.hang_up() == -signal.SIGHUP
    assert [one[:12] for one in noted(journal)] == ["One and more", "Long Long Lo", "8"]
