"""What is asked on a terminal: each question, what Enter means, what is asked again, and how a coach leaves."""

from pathlib import Path

import pytest

from calling import JOURNAL, PRACTICE, lay_out
from typing_in import CTRL_C, CTRL_D, ENTER, type_in

OWN = "clients/jane-doe/"
FILES = {
    **JOURNAL,
    "coachlog.yaml": PRACTICE,
    f"{OWN}contract.yaml": (
        "contracts:\n  - id: 2026a\n    agreed: 2026-01-12\n    sessions: 6\n    media: [video]\n"
        "    goals: [{id: g1, text: Lead}]\n    between_sessions: {via: {email: 24 h}}\n"
        "    cancellation: {notice: 24 h, late: counts}\n"
    ),
    f"{OWN}sessions.yaml": (
        "sessions:\n  - {id: b3xew, at: 2026-03-31 10:00, booked: 2026-03-01 09:00}\n"
        "  - {id: d2nnw, at: 2026-04-01 10:00, booked: 2026-03-01 09:00}\n"
    ),
    f"{OWN}actions.yaml": 'actions:\n  - {id: a7kqw, step: "Hand \\u202eover", due: 2026-03-31}\n',
    f"{OWN}contacts.yaml": (
        "contacts:\n  - {id: f6juw, at: 2026-03-30 16:00, from: client, via: email, about: The plan}\n"
    ),
}


def texts(root: Path) -> dict[str, str]:
    """Give every file of the journal's own."""
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*.yaml")}


def test_a_log_asks_for_everything_and_enter_skips(journal: Path) -> None:
    """What is answered is written as one change; what the coach's files hold can't steer the terminal."""
    answers = ["sixty", "65", "Delegation", "g1", "c", "Ask the team", ENTER, "33", "3322", "y", "3 apr"]
    done = type_in("session", "log", "jane", answers=answers, folder=journal)
    assert done.code == 0
    for question in (
        "Minutes that it took [Enter skips]: sixty\nThe minutes are not understood. Write a whole number, such as ",
        "Topic [Enter skips]: Delegation\n",
        "Goal: g1 Lead [Enter skips]: g1\n",
        "Step a7kqw, Hand ⟨RLO⟩over: done, part, carry or drop [Enter skips]: c\n",
        "New step [Enter skips]: Ask the team\nAnother new step [Enter skips]: \n",
        "Ratings, four digits from 0 to 3: prepared, engaged, progress, your energy [Enter skips]: 33\n",
        "Was f6juw answered in it (email, Mon 30 Mar 2026 16:00, The plan)? yes or no [Enter skips]: y\n",
        'Book another beside Wed 1 Apr 2026 10:00, such as "in 2 weeks" or "fri 15:00" [Enter skips]: 3 apr\n',
        "1 step carried, 1 new step, due Wed 1 Apr 2026; answered f6juw in it; booked ",
    ):
        assert question in done.shown
    now = texts(journal)
    assert "status: held, minutes: 65, topic: Delegation, goal: g1, prepared: 3" in now[f"{OWN}sessions.yaml"]
    assert (
        "at: 2026-03-31 10:00, from: coach, via: video, reply_to: f6juw, session: b3xew}" in now[f"{OWN}contacts.yaml"]
    )
    assert "carried: [b3xew]" in now[f"{OWN}actions.yaml"]


def test_a_log_of_which_everything_is_skipped_closes_the_session(journal: Path) -> None:
    """Nothing but the status changes."""
    done = type_in("session", "log", "jane", answers=[ENTER] * 8, folder=journal)
    assert (done.code, done.shown.count("Enter skips")) == (0, 8), done.shown
    held = FILES[f"{OWN}sessions.yaml"].replace("09:00}", "09:00, status: held}", 1)
    assert texts(journal) == {**FILES, f"{OWN}sessions.yaml": held}


ASKED = {
    "a cancellation": (
        ("session", "cancel", "jane", "next"),
        ["c", "cl", "wo", "email", "waived", "she moved house", ENTER],
        (
            "That is none of the words that fit. Write client, coach, both, sponsor.",
            "The contract of 12 Jan 2026 asks",
            "late: counts. Charge (counts, fee, free, waived) [counts]: ",
        ),
        (f"{OWN}sessions.yaml", "via: email, charge: waived, note: she moved house}"),
    ),
    "a session that was not booked": (
        ("session", "log", "tom"),
        ["tomorrow 10:00", "yesterday", "15:00", *[ENTER] * 5],
        ("The session of Wed 1 Apr 2026 10:00 has not begun.", "The time of day: 15:00", "Mon 30 Mar 2026 15:00"),
        ("clients/tom-reid/sessions.yaml", "at: 2026-03-30 15:00"),
    ),
    "a rebooking": (
        ("session", "cancel", "jane", "next", "--by", "coach", "--reason", "illness"),
        [ENTER, ENTER, "3/4", "9 apr"],
        ("Book another instead", "3/4", "rebooked as "),
        (f"{OWN}sessions.yaml", "at: 2026-04-09 10:00"),
    ),
    "a contact of no medium": (
        ("contact", "log", "jane"),
        ["emial", ENTER],
        ("Did you mean email?\nThe medium [email]: \nlogged ",),
        (f"{OWN}contacts.yaml", "at: 2026-03-31 12:00, from: client, via: email"),
    ),
    "a session that is not named": (
        ("session", "move", "jane"),
        [ENTER, "2 apr", "client"],
        ("The session [next]: \nTo when: 2 apr\n", "moved d2nnw"),
        (f"{OWN}sessions.yaml", "at: 2026-04-02 10:00"),
    ),
    "an absence": (
        ("absence", "add"),
        ["?", "sooner", "3 aug to 14 aug"],
        ("Write 2026-03-04, today, ", "not understood. Write ", "noted absence "),
        ("coachlog.yaml", "from: 2026-08-03, to: 2026-08-14"),
    ),
    "a text that no terminal takes whole": (
        ("goal", "add", "jane"),
        ["Lead " * 900, "Lead the team"],
        ("That is longer than a terminal takes, so its end is lost.", "added "),
        (f"{OWN}contract.yaml", "text: Lead the team"),
    ),
    "a new client": (
        ("client", "add"),
        [ENTER, "Ana Ruiz"],
        ("A name is needed. Write one; it may be a pseudonym.", "added ana-ruiz"),
        ("clients/ana-ruiz/client.yaml", "name: Ana Ruiz"),
    ),
    "a dropped step": (
        ("action", "drop", "jane", "a7kqw"),
        ["no longer needed"],
        ("Why it was given up [Enter skips]: ",),
        (f"{OWN}actions.yaml", "why: no longer needed"),
    ),
    "a deletion": (
        ("delete", "jane", "f6juw"),
        ["perhaps", "YES"],
        ("? yes or no [no]: perhaps\nThat is neither yes nor no. Write yes or no; y and n serve too.",),
        (f"{OWN}contacts.yaml", "contacts:"),
    ),
    "a record to delete": (
        ("delete", "jane", "--yes"),
        ["zz", "a7kqw"],
        ("No record of jane-doe is called `zz`.", "The record: a7kqw\n", "deleted action a7kqw"),
        (f"{OWN}actions.yaml", "actions:"),
    ),
    "a rule to waive": (
        ("waive", "jane", "--why", "agreed on it"),
        [ENTER, "late-replyy", "f6juw late-reply"],
        ("The rule: \nA waiver is one of a rule.", "No rule", "waived CTC105 late-reply for jane-doe f6juw"),
        (f"{OWN}contacts.yaml", "why: agreed on it"),
    ),
    "a new code": (
        ("client", "rename", "tom"),
        ["jane-doe", "c07"],
        ("There is a client jane-doe already.", "renamed tom-reid to c07\n"),
        ("clients/c07/client.yaml", "name: Tom Reid"),
    ),
    "a new journal": (
        ("init", "new"),
        ["Alex", "Londn", "Europe/London", ENTER, ENTER, "gbp", "GBP"],
        (
            "Your time zone",
            "Write a time zone, such as Europe/London.",
            "Currency, such as GBP [Enter skips]: ",
            "started a journal in ",
        ),
        ("new/coachlog.yaml", "currency: GBP"),
    ),
}


@pytest.mark.parametrize(("arguments", "answers", "shown", "written"), ASKED.values(), ids=ASKED)
def test_what_is_missing_is_asked_for_and_asked_again(
    journal: Path, arguments: tuple[str, ...], answers: list[str], shown: tuple[str, ...], written: tuple[str, str]
) -> None:
    """An answer that can't be read is told what is accepted; the default shows."""
    done = type_in(*arguments, answers=answers, folder=journal)
    assert done.code == 0, done.shown
    assert all(one in done.shown for one in shown), done.shown
    assert written[1] in (journal / written[0]).read_text()


LEFT = {
    "a log": (("session", "log", "jane"), ["65", CTRL_C], 130),
    "a log whose input ends": (("session", "log", "jane"), ["65", CTRL_D], 130),
    "a contract that ends": (("contract", "end", "jane"), [CTRL_C], 130),
    "a deletion": (("delete", "jane", "f6juw"), [ENTER], 2),
    "a client": (("client", "add"), [CTRL_D], 130),
    "a journal": (("init", "new"), ["Alex", CTRL_C], 130),
}


@pytest.mark.parametrize(("arguments", "answers", "code"), LEFT.values(), ids=LEFT)
def test_who_leaves_at_a_question_has_changed_nothing(
    journal: Path, arguments: tuple[str, ...], answers: list[str], code: int
) -> None:
    """Ctrl-C and an input that ends are one line, and no is no."""
    left = type_in(*arguments, answers=answers, folder=journal)
    assert left.code == code, left.shown
    assert "Traceback" not in left.shown
    assert ("You left before everything was said: nothing was written.\n" in left.shown) is (code == 130)
    assert texts(journal) == FILES


BACK = {
    "over a step, to a topic, and on": (
        ("session", "log", "jane"),
        ["<", "65", "Delegatoin", "g1", "<", "<", "Delegation", "?", *[ENTER] * 6],
        (
            "skips]: <\nThis is the first question.\nMinutes that it took",
            "carry or drop [Enter skips]: <\nGoal: g1 Lead [Enter skips]: <\nTopic [Enter skips]: Delegation\n",
            "Goal: g1 Lead [Enter skips]: ?\nThere is 2026a/g1. Enter skips it. < goes back",
        ),
        (f"{OWN}sessions.yaml", "status: held, minutes: 65, topic: Delegation}"),
    ),
    "from the time of day to the day": (
        ("session", "log", "tom"),
        ["yesterday", "<", "3 days ago", "?", "15:00", *[ENTER] * 5],
        ("The time of day: <\nWhen it began", "The time of day: ?\nWrite 2026-03-04, today, "),
        ("clients/tom-reid/sessions.yaml", "at: 2026-03-28 15:00"),
    ),
}


@pytest.mark.parametrize(("arguments", "answers", "shown", "written"), BACK.values(), ids=BACK)
def test_less_than_goes_back_and_a_question_mark_says_what_is_accepted(
    journal: Path, arguments: tuple[str, ...], answers: list[str], shown: tuple[str, ...], written: tuple[str, str]
) -> None:
    """What was answered before the question that is asked again stands; the later answers are given anew."""
    done = type_in(*arguments, answers=answers, folder=journal)
    assert done.code == 0, done.shown
    assert all(one in done.shown for one in shown), done.shown
    assert written[1] in (journal / written[0]).read_text()


KEPT = {
    "three answers that can't be read": (
        ["65", "How to delegate the roadmap", "g7", "g8", "g9"],
        2,
        "There is 2026a/g1.",
    ),
    "Ctrl-C": (["65", "How to delegate the roadmap", CTRL_C], 130, "nothing was written."),
}


@pytest.mark.parametrize(("answers", "code", "said"), KEPT.values(), ids=KEPT)
def test_what_was_typed_is_kept_where_a_command_stops_at_a_question(
    journal: Path, answers: list[str], code: int, said: str
) -> None:
    """The last line names the draft, in which the call and every answer stand; the files are what they were."""
    left = type_in("session", "log", "jane", answers=answers, folder=journal)
    draft = next((journal / "drafts").glob("answers-*.txt"))
    assert (left.code, left.shown.endswith(f"{said} What was typed is kept in {draft}.\n")) == (code, True), left.shown
    assert draft.read_text().startswith("coachlog session log jane\n65\nHow to delegate the roadmap\n")
    assert texts(journal) == FILES


NEAR = {
    "a client": (
        ("contact", "log", "jnae", "email"),
        [ENTER],
        0,
        "Did you mean jane-doe (Jane Doe)? yes or no [yes]: \nlogged ",
    ),
    "neither client nor medium": (("contact", "log", "jnae", "emial"), ["y", "no"], 2, "Did you mean email?\n"),
    "one of several records": (
        ("session", "show", "jane", "d"),
        ["?", "2"],
        0,
        "  2 d3nnw (Wed 8 Apr 2026 10:00)\nIts number; 0 for none [0]: ?\nWrite one from 0 to 2.",
    ),
    "one of several to delete": (
        ("delete", "jane", "d", "--yes"),
        ["2"],
        0,
        "  2 session d3nnw, Wed 8 Apr 2026 10:00 (in 8 days)\nIts number; 0 for none [0]: 2\ndeleted session d3nnw, ",
    ),
}


@pytest.mark.parametrize(("arguments", "answers", "code", "said"), NEAR.values(), ids=NEAR)
def test_a_word_that_is_near_to_a_known_one_is_asked_about(
    journal: Path, arguments: tuple[str, ...], answers: list[str], code: int, said: str
) -> None:
    """One that fits is a question of yes or no, several are numbered; without a yes, it is the error that it was."""
    another = FILES[f"{OWN}sessions.yaml"] + "  - {id: d3nnw, at: 2026-04-08 10:00, booked: 2026-03-01 09:00}\n"
    lay_out({f"{OWN}sessions.yaml": another}, journal)
    done = type_in(*arguments, answers=answers, folder=journal)
    assert (done.code, said in done.shown) == (code, True), done.shown


def test_enter_takes_what_is_most_likely_meant(journal: Path) -> None:
    """The next session by the contracted rhythm, the client who cancels; a weekday with its time is another one."""
    rhythm = FILES[f"{OWN}contract.yaml"].replace("sessions: 6\n", "sessions: 6\n    every: 2 weeks\n")
    lay_out({f"{OWN}contract.yaml": rhythm}, journal)
    booked = type_in("session", "book", "jane", answers=[ENTER], folder=journal)
    assert "When [Wed 15 Apr 2026 10:00]: \nbooked " in booked.shown
    package = type_in("session", "book", "jane", "--every", "2 weeks", "--anyway", answers=[ENTER] * 2, folder=journal)
    assert "How many sessions [3]: \nbooked 3 sessions" in package.shown
    moved = type_in("session", "move", "jane", "d2nnw", "tue", answers=[ENTER], folder=journal)
    assert "[client]: \nmoved d2nnw: Jane Doe, from Wed 1 Apr 2026 10:00 to Tue 7 Apr 2026 10:00" in moved.shown
    came = type_in("contact", "log", "jane", "email", "--at", "tue", answers=["14:30"], folder=journal)
    assert "The time of day: 14:30\nlogged " in came.shown
    assert "Tue 24 Mar 2026 14:30 (7 days ago)" in came.shown
