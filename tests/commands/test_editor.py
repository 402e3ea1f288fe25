"""--editor on the commands that write: what is put into the editor, what comes back, and where typed text lies."""

import fcntl
import json
import os
import resource
import stat
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from calling import CONTRACT, LATE, NOW, PRACTICE, PROGRAM, call, environment, lay_out
from commands.at_editor import drafts, editor

FOLDER = "clients/jane-doe"
SESSIONS = """# hand-made
sessions:
  -   id: s1    # the first
      at: 2026-03-30 15:00
      status: booked
"""
FILES: Mapping[str, str] = {
    "coachlog.yaml": PRACTICE,
    f"{FOLDER}/client.yaml": "name: Jane Doe\r\n",
    f"{FOLDER}/contract.yaml": CONTRACT,
    f"{FOLDER}/contacts.yaml": LATE,
    f"{FOLDER}/sessions.yaml": SESSIONS,
}
LOG = ("contact", "log", "jane", "email", "asks", "about", "it")


def text(root: Path, name: str) -> str:
    """Give the text of a client's file."""
    return (root / FOLDER / name).read_bytes().decode()


def test_the_record_is_shown_with_what_else_it_may_say(tmp_path: Path) -> None:
    """A comment of the coach stays, a line of the template that was filled in counts, the others go."""
    lay_out(FILES, tmp_path)
    program = editor(tmp_path, "s/#minutes:/minutes: 4/\ns/^  about: .*/  # hers\\n  about: asks twice/")
    done = call(*LOG, "--editor", folder=tmp_path, EDITOR=program)
    assert done.code == 0
    assert done.out.startswith("logged ")
    assert done.err == "coachlog: Changed in the editor: about, minutes.\n"
    seen = (tmp_path / "seen").read_text()
    assert "\n  from: client\n  via: email\n  about: asks about it\n  #to:   # text\n" in seen
    assert "  #answer:   # yes or no\n" in seen
    new = text(tmp_path, "contacts.yaml").removeprefix(LATE).splitlines()[1:]
    expected = ["at: 2026-03-31 12:00", "from: client", "via: email", "# hers", "about: asks twice", "minutes: 4"]
    assert new == [f"    {line}" for line in expected]
    assert not drafts(tmp_path)


KINDS = {
    "a session in its own style": (
        ("session", "log", "jane"),
        "s/#topic:/topic: Delegation/",
        "sessions.yaml",
        SESSIONS.replace("booked\n", "held\n      topic: Delegation\n"),
    ),
    "a record inside another": (
        ("contract", "amend", "jane", "--sessions", "8"),
        "s/#why:/why: two more/",
        "contract.yaml",
        "      - id: {id}\n        agreed: 2026-03-31\n        set: {sessions: 8}\n        why: two more\n",
    ),
    "a file that is one record": (
        ("client", "edit", "jane", "--set", "called=Jane"),
        "s/#language:/language: en/",
        "client.yaml",
        "name: Jane Doe\r\ncalled: Jane\r\nlanguage: en\n",
    ),
    "the record that a waiver is for": (
        ("waive", "jane", "b2bbb", "CTC105", "--why", "agreed"),
        "s/why: agreed/why: she knew/",
        "contacts.yaml",
        "    waive: [{rule: late-reply, why: she knew, date: 2026-03-31}]\n",
    ),
    "a day": (
        ("goal", "add", "jane", "Lead", "-e"),
        "s/^  agreed: .*/  agreed: 2026-03-02/",
        "contract.yaml",
        "        text: Lead\n        agreed: 2026-03-02\n",
    ),
}


@pytest.mark.parametrize(("words", "step", "name", "expected"), KINDS.values(), ids=KINDS)
def test_every_kind_of_record_can_be_finished(
    tmp_path: Path, words: tuple[str, ...], step: str, name: str, expected: str
) -> None:
    """New or changed, in braces or not, alone in its file or inside another; the rest stays byte for byte."""
    lay_out(FILES, tmp_path)
    done = call(*words, *(() if "-e" in words else ("--editor",)), folder=tmp_path, VISUAL=editor(tmp_path, step))
    assert done.code == 0, done.err
    written = text(tmp_path, name)
    made = next((line.rpartition(" ")[2] for line in written.splitlines() if line.startswith("      - id: ")), "")
    assert expected.replace("{id}", made) in written
    assert "#" not in written.replace("# hand-made", "").replace("# the first", "")
    if "agreed: 2026-03-02" in expected:
        assert "Changed in the editor: agreed (Mon 2 Mar 2026)." in done.err


def test_a_new_client_gets_no_folder_before_the_editor_is_closed(tmp_path: Path) -> None:
    """A dry run shows what the editor gave; an emptied text gives up, though its template is still there."""
    lay_out(FILES, tmp_path)
    words = ("client", "add", "Tom", "Reid", "-e")
    shown = call(*words, "--dry-run", folder=tmp_path, EDITOR=editor(tmp_path, "s/#email:/email: tom@example.org/"))
    assert shown.code == 0
    assert "+name: Tom Reid\n+email: tom@example.org\n" in shown.out
    gave_up = call(*words, folder=tmp_path, EDITOR=editor(tmp_path, "/^[^#]/d"))
    assert gave_up.code == 3
    assert "Nothing was written. The draft is kept in " in gave_up.err
    assert not (tmp_path / "clients" / "tom-reid").exists()
    assert "name: Tom Reid" in drafts(tmp_path)[0].read_text()


def test_two_records_are_finished_in_one_text(tmp_path: Path) -> None:
    """Each is put back in its place, and the one that was left alone stays as the command wrote it."""
    lay_out(FILES, tmp_path)
    program = editor(tmp_path, "s/^  reply_to: .*/&\\n  about: sent it/")
    done = call(*LOG, "--answered", "-e", "--json", folder=tmp_path, EDITOR=program)
    assert done.code == 0, done.err
    first, second = json.loads(done.out)["contacts"]
    assert (first["about"], second["about"], second["reply_to"]) == ("asks about it", "sent it", [first["id"]])
    assert f"  - {{id: {first['id']}, at: 2026-03-31 12:00, from: client" in text(tmp_path, "contacts.yaml")


WRONG = {
    "a value": (
        "s/via: email/via: e mail/",
        "s/e mail/email/",
        "  #>> `via`: expected one word of a-z, 0-9 and -.\n  via: e mail\n",
    ),
    "a field": (
        "s/#minutes:/minuets: 4/",
        "s/ minuets:/ minutes:/",
        "  #>> `minuets` is not known here; did you mean `minutes`?\n  minuets: 4",
    ),
    "no yaml": ("s/via: email/via: [/", "s/via: \\[/via: email/", "#>> "),
    "an anchor": ("s/via: email/via: \\&a email/", "s/&a //", "  #>> An anchor (&) is not taken here"),
    "a control character": ("s/asks/\\x07asks/", "s/\\x07//", "  #>> a control character (U+0007)"),
    "two records": ("$s/$/\\n- {id: x}/", "$d", "#>> One record is expected, each behind a dash."),
    "another id": ("s/^- id: ./- id: zz/", "s/^- id: zz/- id: {}/", "#>> The id stays "),
}


@pytest.mark.parametrize(("wrong", "right", "comment"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_opens_again_at_its_line(tmp_path: Path, wrong: str, right: str, comment: str) -> None:
    """One line says why; what is closed unchanged gives up, and the draft is the coach's own to read."""
    lay_out(FILES, tmp_path)
    if "{}" in right:
        gave_up = call(*LOG, "-e", folder=tmp_path, EDITOR=editor(tmp_path, wrong, ""))
        (draft,) = drafts(tmp_path)
        assert (gave_up.code, gave_up.out) == (3, "")
        assert gave_up.err == f"coachlog: Nothing was written. The draft is kept in {draft}.\n"
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
        assert comment in draft.read_text()
        assert text(tmp_path, "contacts.yaml") == LATE
        return
    done = call(*LOG, "-e", folder=tmp_path, EDITOR=editor(tmp_path, wrong, right))
    assert done.code == 0, done.err
    assert comment in (tmp_path / "seen").read_text()
    assert "#" not in text(tmp_path, "contacts.yaml")
    assert not drafts(tmp_path)


def test_a_plan_is_refused_after_it_was_edited(tmp_path: Path) -> None:
    """What the editor gave is judged, and lies in drafts/."""
    lay_out(FILES, tmp_path)
    program = editor(tmp_path, "s/2026-04-14 15:00/2026-03-30 15:30/\ns/#topic:/topic: Rest/")
    refused = call("session", "book", "jane", "14 apr 15:00", "-e", folder=tmp_path, EDITOR=program)
    assert (refused.code, refused.out) == (4, "")
    assert refused.err.startswith("coachlog: Not planned: ")
    (draft,) = drafts(tmp_path)
    assert refused.err.endswith(f"The draft is kept in {draft}.\n")
    assert "topic: Rest" in draft.read_text()
    assert text(tmp_path, "sessions.yaml") == SESSIONS


def test_without_anybody_there_only_a_named_editor_is_opened(tmp_path: Path) -> None:
    """A script may edit by itself; a screen for nobody is not opened."""
    lay_out(FILES, tmp_path)
    refused = call(*LOG, "-e", folder=tmp_path)
    assert refused.code == 2
    assert "nobody is there" in refused.err
    assert call("--no-input", *LOG, "-e", "--dry-run", folder=tmp_path, EDITOR="true").code == 0


UNPROVED = {
    "shared": f"contacts: &a\n{LATE.partition(chr(10))[2]}x-more: *a\n",
    "a list in brackets": "contacts: [{id: a1, at: 2026-03-02 10:00, from: client, via: email}]\n",
}


@pytest.mark.parametrize("file", UNPROVED.values(), ids=UNPROVED)
def test_what_cannot_be_proved_names_the_line_and_the_call_that_opens_the_file(tmp_path: Path, file: str) -> None:
    """And says where the typed text lies."""
    lay_out({**FILES, f"{FOLDER}/contacts.yaml": file}, tmp_path)
    refused = call(*LOG, *(("-e",) if "[" in file else ()), folder=tmp_path, EDITOR="true")
    (draft,) = drafts(tmp_path)
    assert (refused.code, refused.out, refused.err.count("\n")) == (3, "", 1)
    assert refused.err.startswith(f"coachlog: {FOLDER}/contacts.yaml, line 1: ")
    offer = "Make the change in an editor: coachlog edit jane-doe contacts."
    assert f"{offer} What was typed is kept in {draft}.\n" in refused.err
    assert draft.read_text() == "coachlog contact log jane email asks about it" + " -e" * ("[" in file) + "\n"
    assert text(tmp_path, "contacts.yaml") == file


def short_of_space(most: int, *arguments: str, folder: Path, **more: str) -> tuple[int, str]:
    """Run the program where no file can have more bytes than so many, which stands for a full disk."""
    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=environment(folder, **more),
        input=b"a long text\nof two lines\n",
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    return done.returncode, done.stderr.decode()


def test_a_full_disk_is_one_line_that_says_where_the_text_lies(tmp_path: Path) -> None:
    """Where it can be kept nowhere, that is said, too; the file stays as it was."""
    lay_out(FILES, tmp_path)
    code, said = short_of_space(200, "contact", "log", "jane", "email", "-", folder=tmp_path)
    (draft,) = drafts(tmp_path)
    assert (code, said.count("\n")) == (3, 1)
    assert said.startswith(f"coachlog: {FOLDER}/contacts.yaml can't be written: ")
    assert said.endswith(f"What was typed is kept in {draft}.\n")
    assert draft.read_text() == "coachlog contact log jane email -\na long text\nof two lines\n"
    code, said = short_of_space(0, *LOG, folder=tmp_path)
    assert (code, said.count("\n")) == (3, 1)
    assert said.endswith("What you typed is kept nowhere: copy it from here.\n")
    assert text(tmp_path, "contacts.yaml") == LATE


def test_where_drafts_can_not_be_written_the_text_lies_elsewhere(tmp_path: Path) -> None:
    """In the system's temporary folder, and as closed to others."""
    aside = tmp_path / "aside"
    aside.mkdir()
    root = lay_out({**FILES, "drafts": "a file in the way\n", f"{FOLDER}/contacts.yaml": UNPROVED["shared"]}, tmp_path)
    refused = call(*LOG, folder=root, TMPDIR=str(aside))
    (draft,) = aside.iterdir()
    assert refused.code == 3
    assert refused.err.endswith(f"What was typed is kept in {draft}.\n")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600


@pytest.mark.long
def test_a_lock_keeps_what_was_typed(tmp_path: Path) -> None:
    """It is waited for as long as it may take: ten seconds, which a run of every day can't spare."""
    lay_out(FILES, tmp_path)
    folder = os.open(tmp_path / FOLDER, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    held = call(*LOG, folder=tmp_path, COACHLOG_NOW=NOW)
    os.close(folder)
    (draft,) = drafts(tmp_path)
    assert held.code == 3
    assert held.err.startswith(f"coachlog: Another command is writing in {FOLDER}.")
    assert held.err.endswith(f"What was typed is kept in {draft}.\n")


def test_a_change_meanwhile_keeps_what_was_typed(tmp_path: Path) -> None:
    """It is found when the editor is closed."""
    lay_out(FILES, tmp_path)
    script = tmp_path / "meanwhile"
    script.write_text(f'#!/bin/sh\nsed -i s/held/cancelled/ "$1"\nsed -i s/15:00/16:00/ {FOLDER}/sessions.yaml\n')
    script.chmod(0o700)
    met = call("session", "log", "jane", "s1", "-e", folder=tmp_path, EDITOR=str(script))
    (draft,) = drafts(tmp_path)
    assert met.code == 3
    assert f"{FOLDER}/sessions.yaml was changed while it was in the editor." in met.err
    assert met.err.endswith(f"The draft is kept in {draft}.\n")
    assert "status: booked" in text(tmp_path, "sessions.yaml")


ANSWERED = {
    "now": (("--answered", "too"), "2026-03-31T12:00:00+01:00", "asks too"),
    "at the end": (("--at", "9:00", "--answered"), "2026-03-31T12:00:00+01:00", "asks"),
    "a time": (("--at", "9:00", "--answered", "9:30", "too"), "2026-03-31T09:30:00+01:00", "asks too"),
    "several words": (("--at", "2026-03-30 9:00", "--answered", "yesterday", "16:00"), "2026-03-30T16:00:00", "asks"),
    "joined": (("--at", "2026-03-30 9:00", "--answered=yesterday 16:00"), "2026-03-30T16:00:00", "asks"),
    "before an option": (("--answered", "--minutes", "3"), "2026-03-31T12:00:00", "asks"),
}


@pytest.mark.parametrize(("words", "replied", "about"), ANSWERED.values(), ids=ANSWERED)
def test_answered_takes_a_moment_or_none(tmp_path: Path, words: tuple[str, ...], replied: str, about: str) -> None:
    """What is no moment belongs to the text."""
    lay_out(FILES, tmp_path)
    done = call("contact", "log", "jane", "email", "asks", *words, "--json", folder=tmp_path)
    first, reply = json.loads(done.out)["contacts"]
    assert first["about"] == about
    assert reply["at"].startswith(replied)


def test_an_unclear_day_behind_answered_is_refused(tmp_path: Path) -> None:
    """It is never taken for a word of the text."""
    lay_out(FILES, tmp_path)
    refused = call(*LOG, "--answered", "3/4", folder=tmp_path)
    assert refused.code == 2
    assert "3/4` can mean two days" in refused.err
