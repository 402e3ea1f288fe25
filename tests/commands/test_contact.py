"""`coachlog contact`: what is logged, what a reply answers, and that the file beside it stays as it was."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from calling import PRACTICE, PROGRAM, call, environment, lay_out

CONTRACT = """contracts:
  - id: 2026a
    agreed: 2026-01-12
    sessions: 6
    between_sessions: {via: {email: 24 h, phone: 2 days}}
    follow_up:
      - {id: f1, kind: reminder, when: 1 week after session, via: email}
      - {id: f2, kind: prep-form, when: 2 days before session, via: email}
"""
SESSIONS = "sessions:\n- id: b3xew   # the first\n  at: 2026-03-24 15:00\n  status: held\n\n- at: 2026-04-07 15:00\n"
ACTIONS = "actions:\n  - {id: a8kqw, step: Write, follow_up: {every: day, until: 2026-04-04, nudge: yes}}\n"
CONTACTS = """# what came
contacts:
  - {id: a2aaa, at: 2026-03-02 10:00, from: client, via: email, about: "Hello, you"}  # first
  - {at: 2026-03-30 22:00, from: client,   via: email}
"""
JANE = "clients/jane-doe"
FILES = {
    "coachlog.yaml": PRACTICE,
    f"{JANE}/client.yaml": "name: Jane Doe\n",
    f"{JANE}/contract.yaml": CONTRACT,
    f"{JANE}/sessions.yaml": SESSIONS,
    f"{JANE}/actions.yaml": ACTIONS,
    f"{JANE}/contacts.yaml": CONTACTS,
    "clients/janet-roe/client.yaml": "name: Janet Roe\n",
}
"""Jane was met a week ago and is met again in a week; the second session and the mail of last night have no id."""
LIMIT = 60
"""The most keystrokes that logging a contact may take."""
TUESDAY = "Tue 31 Mar 2026"


def says(told: str, actual: str) -> bool:
    """Tell whether a text is what is told, with any id where that says NEW."""
    return re.fullmatch(re.escape(told).replace("NEW", "[a-z][a-z2-9]{4}"), actual) is not None


def contacts(root: Path) -> str:
    """Give the contacts as they are on disk."""
    return (root / JANE / "contacts.yaml").read_bytes().decode()


LOGGED = {
    "from the client, and now": (
        "jane-d email asks about the plan",
        f"logged NEW: email from Jane Doe, {TUESDAY} 12:00 (now), reply due Wed 1 Apr 2026 12:00",
        "at: 2026-03-31 12:00, from: client, via: email, about: asks about the plan",
    ),
    "no answer wanted, of that session, for nothing": (
        "jane-d email --answer no --session last --uncharged gift --minutes 12 --at 9:00",
        f"logged NEW: email from Jane Doe, {TUESDAY} 09:00 (3 h ago)",
        "at: 2026-03-31 09:00, from: client, via: email, minutes: 12, answer: no, session: b3xew, uncharged: gift",
    ),
    "to somebody else, and charged": (
        "jane-d Email --from coach --to pat --charged 12.50 --for admin",
        f"logged NEW: email to pat about Jane Doe, {TUESDAY} 12:00 (now)",
        "at: 2026-03-31 12:00, from: coach, via: email, to: pat, for: admin, charged: 12.50",
    ),
    "the one reminder that is due": (
        "jane-d email --from coach --for reminder",
        f"logged NEW: email to Jane Doe, {TUESDAY} 12:00 (now), follow-up f1 for session b3xew",
        "at: 2026-03-31 12:00, from: coach, via: email, for: reminder, follow_up: f1, session: b3xew",
    ),
    "the form for a session that gets its id with it": (
        "jane-d email --from coach --for prep",
        f"logged NEW: email to Jane Doe, {TUESDAY} 12:00 (now), follow-up f2 for session NEW",
        "at: 2026-03-31 12:00, from: coach, via: email, for: prep, follow_up: f2, session: NEW",
    ),
    "the nudge that was asked for": (
        "jane-d email --from coach --for nudge",
        f"logged NEW: email to Jane Doe, {TUESDAY} 12:00 (now), follow-up a8kqw",
        "at: 2026-03-31 12:00, from: coach, via: email, for: nudge, follow_up: a8kqw",
    ),
}


@pytest.mark.parametrize(("typed", "said", "written"), LOGGED.values(), ids=LOGGED)
def test_a_contact_is_logged_in_one_line_at_the_end_of_the_file(
    journal: Path, typed: str, said: str, written: str
) -> None:
    """Every line of before stays; the one without an id gets it."""
    outcome = call("contact", "log", *typed.split(), folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    assert says(said, outcome.out.splitlines()[0])
    before = CONTACTS.replace("{at: 2026-03-30", "{id: NEW, at: 2026-03-30")
    assert says(f"{before}  - {{id: NEW, {written}}}\n", contacts(journal))


def test_the_session_that_is_named_has_the_id_that_the_contact_names(journal: Path) -> None:
    """The other file is written with it, and is otherwise as it was."""
    call("contact", "log", "jane-d", "email", "--from", "coach", "--for", "prep", folder=journal)
    name = re.findall(r"session: (\w+)}", contacts(journal))[0]
    written = (journal / JANE / "sessions.yaml").read_text()
    assert written == SESSIONS.replace("- at: 2026-04", f"- id: {name}\n  at: 2026-04")


@pytest.mark.parametrize("command", [("contact", "log", "jane-d", "email", "--for", "prep"), ("draft", "prep-form")])
def test_a_form_is_for_the_next_session_though_it_was_agreed_on_too_late_to_be_owed(
    journal: Path, command: tuple[str, ...]
) -> None:
    """It is not taken for that of the session after; and once it is sent, the day says so."""
    sessions = "sessions:\n- {id: s1, at: 2026-04-01 10:00}\n- {id: s2, at: 2026-04-15 10:00}\n"
    late = {f"{JANE}/contract.yaml": CONTRACT.replace("2026-01-12", "2026-03-31"), f"{JANE}/sessions.yaml": sessions}
    lay_out({**late, "coachlog.yaml": f"{PRACTICE}coach: {{name: Alex Harbour}}\n"}, journal)
    how = ("jane-d", "--sent") if command[0] == "draft" else ("--from", "coach")
    outcome = call(*command, *how, folder=journal)
    assert (outcome.code, outcome.err) == (0, "")
    assert "follow_up: f2, session: s1}" in contacts(journal)
    assert "session 1 of 6 · prep form sent, not back yet" in call("today", folder=journal).out


def test_the_day_of_the_welcome_pack_is_noted_in_the_contract(journal: Path) -> None:
    """In the same change, once, and not where it went to somebody else; a contract that no command can change is left.

    What was done is recorded all the same.
    """
    command = ("contact", "log", "jane-d", "post", "--from", "coach", "--for", "welcome")
    call(*command, "--to", "pat", folder=journal)
    assert (journal / JANE / "contract.yaml").read_text() == CONTRACT
    first = call(*command, "--at", "Tue 13 Jan 2026 10:00", folder=journal)
    assert first.out.splitlines()[0].endswith("; the day is noted in the contract of 12 Jan 2026")
    noted = f"{CONTRACT}    welcome_pack: 2026-01-13\n"
    assert (journal / JANE / "contract.yaml").read_text() == noted
    again = call(*command, folder=journal)
    assert (again.code, "noted" in again.out, (journal / JANE / "contract.yaml").read_text()) == (0, False, noted)
    flow = "contracts: [&a {id: 2026a, agreed: 2026-01-12, sessions: 6}, *a]\n"
    lay_out({f"{JANE}/contract.yaml": flow}, journal)
    left = call(*command, folder=journal)
    assert (left.code, "write welcome_pack: 2026-03-31 into" in left.err) == (0, True)
    assert (journal / JANE / "contract.yaml").read_text() == flow


def test_a_reply_by_another_medium_answers_what_waits(journal: Path) -> None:
    """Who answers a mail by phone need not name it; a message that came by that medium comes first."""
    called = call("contact", "reply", "jane-d", "--via", "phone", folder=journal)
    assert says(f"logged NEW: phone to Jane Doe, {TUESDAY} 12:00 (now), in reply to NEW", called.out.splitlines()[0])


def test_a_follow_up_that_was_sent_is_not_due_again(journal: Path) -> None:
    """A second reminder is a contact like any other, and what it brings is said."""
    command = ("contact", "log", "jane-d", "email", "--from", "coach", "--for", "reminder")
    call(*command, folder=journal)
    again = call(*command, folder=journal)
    assert again.code == 0
    assert "follow-up" not in again.out.splitlines()[0]
    assert "CTC103 uncontracted-check-in" in again.out
    assert contacts(journal).count("follow_up: f1") == 1


def test_a_reply_answers_the_open_ones_and_then_goes_on(journal: Path) -> None:
    """The latest open mail is named by the id that it gets; a message soon after belongs to the same reply."""
    first = call("contact", "reply", "jane-d", "on", "it", folder=journal)
    assert says(f"logged NEW: email to Jane Doe, {TUESDAY} 12:00 (now), in reply to NEW", first.out.splitlines()[0])
    asked = re.findall(r"reply_to: (\w+)", contacts(journal))
    assert f"{{id: {asked[0]}, at: 2026-03-30 22:00" in contacts(journal)
    second = call("contact", "reply", "jane-d", "--via", "phone", "--minutes", "3", folder=journal)
    assert f"in reply to {asked[0]}" in second.out
    assert re.findall(r"reply_to: (\w+)", contacts(journal)) == asked * 2
    later = call("contact", "reply", "jane-d", "--now", "2026-04-02 12:01", folder=journal)
    assert (later.code, later.out) == (2, "")
    assert "waits for an answer" in later.err


def test_an_answer_is_logged_with_the_question(journal: Path) -> None:
    """JSON gives every field of both, and what they bring."""
    typed = "contact log jane-d phone a book --at 9:00 --answer yes --answered 9:30 --json"
    told = json.loads(call(*typed.split(), folder=journal).out)
    question, reply = told["contacts"]
    assert (question["from"], question["answer"], question["about"]) == ("client", True, "a book")
    assert (reply["from"], reply["at"], reply["reply_to"]) == ("coach", "2026-03-31T09:30:00+01:00", [question["id"]])
    assert told["written"] == [f"{JANE}/contacts.yaml"]


def test_a_word_that_looks_like_a_slip_is_a_medium_where_it_is_in_use(journal: Path) -> None:
    """A contract may name it, an earlier contact may have gone by it; and one that resembles nothing may be new."""
    in_use = {
        f"{JANE}/contract.yaml": CONTRACT.replace("phone: 2 days", "txt: 2 days"),
        f"{JANE}/contacts.yaml": CONTACTS + "  - {at: 2026-03-03 10:00, from: coach, via: emails}\n",
    }
    lay_out(in_use, journal)
    for medium in ("txt", "emails", "whatsapp", "imessage"):
        logged = call("contact", "log", "jane-d", medium, folder=journal)
        assert (logged.code, f": {medium} from Jane Doe" in logged.out) == (0, True)


def test_a_text_from_a_stdin_that_is_closed_is_a_wrong_call(journal: Path) -> None:
    """It is said in one line, and nothing is logged."""
    closed = ["sh", "-c", 'exec "$@" <&-', "sh", PROGRAM, "contact", "log", "jane-d", "email", "-"]
    refused = subprocess.run(closed, cwd=journal, env=environment(journal), capture_output=True, check=False)
    assert (refused.returncode, refused.stdout, refused.stderr.count(b"\n")) == (2, b"", 1)
    assert b"`-` reads the text from stdin, which " in refused.stderr
    assert contacts(journal) == CONTACTS


def test_the_list_says_what_waits(journal: Path) -> None:
    """One a line; with --open and --since only some; as JSON with what is derived."""
    everything = call("contact", "list", folder=journal).out.splitlines()
    assert [one.split("\t")[1] for one in everything] == ["a2aaa", "2"]
    assert everything[0].endswith("\tlate since Tue 3 Mar 2026 10:00\tHello, you")
    typed = "contact list jane-d --open --since yesterday --json"
    told = json.loads(call(*typed.split(), folder=journal).out)["contacts"]
    assert [(one["record"], one["reply_due"], one["client"]) for one in told] == [
        ("2", "2026-04-01T09:00:00+01:00", "jane-doe")
    ]
    hidden = call("--incognito", "contact", "list", folder=journal).out
    assert "ello" not in hidden
    assert "client-a" in hidden


REFUSED = {
    "two clients": ("log jane email", 2, "`jane` can mean several clients"),
    "no such record": ("log jane-d email --session zz", 2, "No record here is called `zz`."),
    "a day without a time": ("log jane-d email --at yesterday", 2, "Say it with --at 'yesterday 14:30'."),
    "an unknown purpose": ("log jane-d email --for fun", 2, "It can be for question,"),
    "a slip for a medium": ("log jane-d emial hi", 2, "`emial` is no medium that is in use here. Did you mean email?"),
    "a slip in a reply": ("reply jane-d --via phnoe", 2, "Did you mean phone?"),
    "no medium": ("log jane-d", 2, "The medium is needed, and there is nobody to ask. Say it with MEDIUM,"),
    "no number": ("log jane-d email --minutes ten", 2, "'ten' is not a whole number."),
    "no amount": ("log jane-d email --charged much", 2, "`much` is no amount."),
    "to whom, of a client's": ("log jane-d email --to pat", 2, "Add --from coach"),
}


@pytest.mark.parametrize(("typed", "code", "told"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_understood_is_refused_in_one_line(journal: Path, typed: str, code: int, told: str) -> None:
    """Nothing is written."""
    outcome = call("contact", *typed.split(), folder=journal)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (code, "", 1)
    assert told in outcome.err
    assert contacts(journal) == CONTACTS


def test_a_file_that_can_not_be_read_is_not_written(journal: Path) -> None:
    """The line is named, and the exit code is 3."""
    broken = f"{CONTACTS}  - {{at: 2026\n"
    lay_out({f"{JANE}/contacts.yaml": broken}, journal)
    outcome = call("contact", "log", "jane-d", "email", folder=journal)
    assert (outcome.code, outcome.out) == (3, "")
    assert f"{JANE}/contacts.yaml:" in outcome.err
    assert contacts(journal) == broken
    trial = call("contact", "log", "jane-d", "email", "hello", "--dry-run", folder=journal)
    assert (trial.code, "kept" in trial.err, (journal / "drafts").exists()) == (3, False, False)
    for command in (("contact", "log", "jane-d", "email"), ("contact", "reply", "jane-d")):
        kept = re.search(r"What was typed is kept in (.*)\.$", call(*command, "hello", folder=journal).err.strip())
        assert kept
        assert "hello" in (journal / kept[1]).read_text()


def test_a_dry_run_shows_the_change_and_writes_nothing(journal: Path) -> None:
    """As git shows it."""
    outcome = call("contact", "log", "jane-d", "email", "--dry-run", folder=journal)
    assert outcome.out.startswith(f"--- a/{JANE}/contacts.yaml\n+++ b/{JANE}/contacts.yaml\n@@")
    assert contacts(journal) == CONTACTS


def test_logging_a_contact_takes_few_keystrokes(journal: Path) -> None:
    """The whole line, with what it was about, is shorter than sixty keystrokes; help shows it."""
    typed = "coachlog contact log jane-d email asks about the plan"
    assert len(f"{typed}\n") < LIMIT
    assert call(*typed.split()[1:], folder=journal).code == 0
    assert "coachlog contact log jane email asks about the plan" in call("contact", "log", "-h", folder=journal).out


def test_a_reminder_of_a_meeting_with_the_sponsor_is_not_taken_for_that_of_the_coaching_after_it(journal: Path) -> None:
    """Each of the two is logged with its own session, and neither is a check-in that nobody contracted."""
    (journal / JANE / "contract.yaml").write_text(CONTRACT.replace("1 week after session", "1 day before session"))
    three_way = "- {id: d2nnw, at: 2026-04-01 15:00, kind: three-way}\n"
    (journal / JANE / "sessions.yaml").write_text(f"{SESSIONS}{three_way}")
    command = ("contact", "log", "jane-d", "email", "--from", "coach", "--for", "reminder")
    logged = [call(*command, folder=journal).out for _ in range(2)]
    assert "follow-up f1 for session d2nnw" in logged[0]
    assert says(
        f"logged NEW: email to Jane Doe, {TUESDAY} 12:00 (now), follow-up f1 for session NEW", logged[1].split("\n")[0]
    )
    assert "CTC103" not in "".join(logged)


def test_a_reply_to_the_sponsor_who_wrote_last_is_with_the_sponsor(journal: Path) -> None:
    """Where the client waits for nothing it answers the sponsor, and the line says so; it is no contact with Jane."""
    call("contact", "reply", "jane-d", folder=journal)
    asked = call("contact", "log", "jane-d", "email", "how is it going", "--from", "sponsor", folder=journal).out
    answered = call("contact", "reply", "jane-d", "she will tell you", folder=journal).out
    assert "email to a sponsor of Jane Doe, " in answered
    assert f"in reply to {asked.split()[1].rstrip(':')}\n" in answered
