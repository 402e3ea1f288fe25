"""fmt, resume, edit and delete: what they say, and what stands in the files afterwards."""

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from calling import PRACTICE, call, lay_out
from coachlog.store.commit import digest
from commands.at_editor import drafts, editor
from typing_in import type_in

SESSIONS = """# Jane's sessions
sessions:

  # the first
  -   at: 2026-01-14 15:00    # came late
      status: held
      private: |
        CANARY one
        CANARY two

        CANARY three
        CANARY four
      topic: Delegation
  # the second
  - {id: c8fhw, at: 2026-02-11 15:00, status: held, private: "CANARY, five"}
"""
ACTIONS = "actions:\n  - {id: a7kqw, step: Hand over, session: c8fhw}\n  - {id: a8xxx, step: Rest}\n"
FOLDER = "clients/jane-doe"
FILES: Mapping[str, str] = {
    "coachlog.yaml": PRACTICE,
    f"{FOLDER}/client.yaml": "name: Jane Doe\n",
    f"{FOLDER}/sessions.yaml": SESSIONS,
    f"{FOLDER}/actions.yaml": ACTIONS,
    "clients/tom-reid/client.yaml": "name: Tom Reid\n",
}
BROKEN = {"clients/tom-reid/actions.yaml": "actions:\n  - {step: [\n"}


def texts(root: Path) -> dict[str, str]:
    """Give every file of the journal's own."""
    found = (path for path in root.rglob("*.yaml") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in found}


def test_fmt_gives_ids_and_changes_nothing_else(tmp_path: Path) -> None:
    """A check counts, a dry run shows, the real one writes, and then there is nothing left to do."""
    lay_out(FILES, tmp_path)
    checked = call("fmt", "--check", folder=tmp_path)
    assert (checked.code, checked.out) == (1, f"No id yet: 1 record in {FOLDER}/sessions.yaml\n")
    shown = call("fmt", "--dry-run", folder=tmp_path)
    assert shown.code == 0
    assert "+  -   id: " in shown.out
    assert "CANARY" not in shown.out
    assert texts(tmp_path) == FILES
    done = call("fmt", folder=tmp_path)
    assert (done.code, done.out, done.err) == (0, f"gave an id to 1 record in {FOLDER}/sessions.yaml\n", "")
    written = texts(tmp_path)
    new = [line for line in written[f"{FOLDER}/sessions.yaml"].splitlines() if "  -   id: " in line]
    assert written[f"{FOLDER}/sessions.yaml"].replace(f"{new[0].strip(' -')}\n      ", "") == SESSIONS
    assert {**written, f"{FOLDER}/sessions.yaml": SESSIONS} == FILES
    again = call("fmt", "--check", "--json", folder=tmp_path)
    assert (again.code, json.loads(again.out)) == (0, {"schema": 1, "files": [], "written": []})


def test_a_broken_file_keeps_no_other_from_its_ids(tmp_path: Path) -> None:
    """It is named with its line, left as it is, and the exit code is 3."""
    lay_out({**FILES, **BROKEN}, tmp_path)
    done = call("fmt", folder=tmp_path)
    assert (done.code, done.out) == (3, f"gave an id to 1 record in {FOLDER}/sessions.yaml\n")
    assert "clients/tom-reid/actions.yaml, line 3: the file can't be read" in done.err
    assert texts(tmp_path)["clients/tom-reid/actions.yaml"] == BROKEN["clients/tom-reid/actions.yaml"]


def cut_off(root: Path) -> None:
    """Leave a change of two files behind, of which the first is written."""
    (root / "drafts").mkdir()
    files = [
        {"name": f"{FOLDER}/{name}", "before": digest(FILES[f"{FOLDER}/{name}"].encode()), "text": text}
        for name, text in (("client.yaml", "name: Jane Roe\n"), ("actions.yaml", ACTIONS.replace("Rest", "Sleep")))
    ]
    held = {"layout": 1, "renamed": None, "files": files}
    (root / "drafts" / "plan-0123456789abcdef.json").write_text(json.dumps(held))
    (root / FOLDER / "client.yaml").write_text("name: Jane Roe\n")


def test_resume_writes_the_rest_once(tmp_path: Path) -> None:
    """The next command says that a change was cut off; afterwards nothing is left of it."""
    lay_out(FILES, tmp_path)
    assert call("resume", folder=tmp_path).out == "Nothing was cut off: every change is complete.\n"
    cut_off(tmp_path)
    for command in (("fmt", "--check"), ("check",), ("today",), ("client", "list")):
        assert "A change of several files was cut off" in call(*command, folder=tmp_path).err
    shown = call("resume", "--dry-run", folder=tmp_path)
    assert "+  - {id: a8xxx, step: Sleep}" in shown.out
    assert "Roe" not in shown.out
    assert call("resume", folder=tmp_path).out == f"resumed 1 change: wrote {FOLDER}/actions.yaml\n"
    assert texts(tmp_path)[f"{FOLDER}/actions.yaml"] == ACTIONS.replace("Rest", "Sleep")
    assert not list((tmp_path / "drafts").glob("plan-*"))


def test_resume_stops_at_a_file_that_was_edited_since(tmp_path: Path) -> None:
    """Nothing is overwritten, and the plan is named."""
    lay_out(FILES, tmp_path)
    cut_off(tmp_path)
    (tmp_path / FOLDER / "actions.yaml").write_text("actions: []\n")
    refused = call("resume", folder=tmp_path)
    assert refused.code == 3
    assert f"written: {FOLDER}/client.yaml; changed since: {FOLDER}/actions.yaml.\n" in refused.err
    assert f"{FOLDER}/actions.yaml was changed after" in refused.err
    assert refused.err.endswith("(coachlog resume --dry-run shows it), then: coachlog resume --forget.\n")
    assert "+  - {id: a8xxx, step: Sleep}" in call("resume", "--dry-run", folder=tmp_path).out
    assert list((tmp_path / "drafts").glob("plan-*"))
    assert (tmp_path / FOLDER / "actions.yaml").read_text() == "actions: []\n"


def test_resume_lists_what_lies_there_and_gives_up_what_is_to_be_forgotten(tmp_path: Path) -> None:
    """Files stay as they are, and a text that was typed and never written is named by its path."""
    lay_out(FILES, tmp_path)
    cut_off(tmp_path)
    text = tmp_path / "drafts" / "jane-doe-sessions-0123abcd.txt"
    text.write_text("typed\n")
    before = texts(tmp_path)
    told = json.loads(call("resume", "--dry-run", "--json", folder=tmp_path).out)
    plan = "drafts/plan-0123456789abcdef.json"
    left = {"written": [f"{FOLDER}/client.yaml"], "left": [f"{FOLDER}/actions.yaml"], "changed": []}
    assert (told["changes"], told["drafts"], told["written"]) == ([{"plan": plan, **left}], [str(text)], [])
    no = type_in("resume", answers=["n"], folder=tmp_path)
    assert "not written: clients/jane-doe/actions.yaml.\nWrite the rest? yes or no [yes]: n\n" in no.shown
    assert (no.code, (tmp_path / plan).exists(), texts(tmp_path)) == (0, True, before)
    forgot = call("resume", "--forget", folder=tmp_path)
    said = f"gave up 1 change: the files stay as they are\ntyped, and not written: {text}\n"
    assert (forgot.code, forgot.out) == (0, said)
    assert (texts(tmp_path), (tmp_path / plan).exists(), text.read_text()) == (before, False, "typed\n")


def test_what_was_edited_is_told_to_programs(tmp_path: Path) -> None:
    """JSON has the record with all its fields but the coach's own notes."""
    lay_out(FILES, tmp_path)
    done = call("edit", "jane", "c8fhw", "--json", folder=tmp_path, EDITOR=editor(tmp_path, "s/15:00/16:00/"))
    told = json.loads(done.out)
    (session,) = told["records"]
    assert (session["record"], session["at"]) == ("c8fhw", "2026-02-11T16:00:00+00:00")
    assert (told["written"], "CANARY" in done.out) == ([f"{FOLDER}/sessions.yaml"], False)


EDITS = {
    "a record": (
        ("jane", "c8fhw"),
        "s/15:00/16:00/",
        "sessions.yaml",
        ("11 15:00", "11 16:00"),
        "session c8fhw, Wed 11",
    ),
    "the last session": (("jane", "last"), "s/15:00/16:00/", "sessions.yaml", ("11 15:00", "11 16:00"), "session c8"),
    "by the beginning": (("jane", "a8"), "s/Rest/Sleep/", "actions.yaml", ("Rest", "Sleep"), "action a8xxx, in"),
    "a file": (("jane", "actions"), "s/Rest/Sleep/", "actions.yaml", ("Rest", "Sleep"), f"{FOLDER}/actions.yaml"),
    "the client": (("jane",), "s/Doe/Roe/", "client.yaml", ("Doe", "Roe"), f"{FOLDER}/client.yaml"),
}


@pytest.mark.parametrize(("words", "step", "name", "change", "said"), EDITS.values(), ids=EDITS)
def test_what_is_edited_is_put_back_in_its_place(  # noqa: PLR0913, PLR0917 — a row of the table
    tmp_path: Path, words: tuple[str, ...], step: str, name: str, change: tuple[str, str], said: str
) -> None:
    """The rest of the file stays byte for byte, and no draft is left."""
    files = {**FILES, f"{FOLDER}/sessions.yaml": SESSIONS.replace("-   at", "-   id: b3xew\n      at")}
    lay_out(files, tmp_path)
    done = call("edit", *words, folder=tmp_path, EDITOR=editor(tmp_path, step))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"edited {said}")
    assert texts(tmp_path) == {**files, f"{FOLDER}/{name}": files[f"{FOLDER}/{name}"].replace(*change)}
    assert not drafts(tmp_path)


def test_a_wrong_draft_is_opened_again_with_its_errors_and_kept(tmp_path: Path) -> None:
    """The errors stand as comments above their lines; who closes it unchanged finds the draft in drafts/."""
    lay_out(FILES, tmp_path)
    program = editor(tmp_path, "s/status: held/status: hled/", "")
    gave_up = call("edit", "jane", "2026-01-14", folder=tmp_path, EDITOR=program)
    (draft,) = drafts(tmp_path)
    assert (gave_up.code, gave_up.out) == (3, "")
    assert f"The draft is kept in {draft}." in gave_up.err
    assert stat.S_IMODE(os.stat(draft).st_mode) == 0o600  # noqa: PTH116 — as the system says it
    comment, wrong = draft.read_text().splitlines()[2:4]
    assert comment == "    #>> `status` is hled: expected booked, held, cancelled or no-show; did you mean `held`?"
    assert wrong == "    status: hled"
    assert texts(tmp_path) == FILES
    mended = call(
        *("edit", "jane", "2026-01-14"),
        folder=tmp_path,
        EDITOR=editor(tmp_path, "s/status: held/status: [/", "s/status: \\[/status: no-show/"),
    )
    assert (mended.code, mended.err) == (0, "")
    now = texts(tmp_path)[f"{FOLDER}/sessions.yaml"]
    assert "status: no-show" in now
    assert "#>>" not in now


def test_an_emptied_draft_and_an_unchanged_one_write_nothing(tmp_path: Path) -> None:
    """The one gives up, the other has nothing to do; no editor at all is a wrong call."""
    lay_out(FILES, tmp_path)
    emptied = call("edit", "jane", "sessions", folder=tmp_path, EDITOR=editor(tmp_path, "d"))
    assert emptied.code == 3
    assert drafts(tmp_path)[0].read_text() == SESSIONS
    same = call("edit", "practice", folder=tmp_path, EDITOR="true")
    assert (same.code, same.out) == (0, "Nothing was changed in coachlog.yaml.\n")
    for more in ({"EDITOR": "no-such-editor"}, {"EDITOR": 'a "b'}):
        assert call("edit", "jane", folder=tmp_path, **more).code == 2
    assert call("edit", "jane", "--no-input", folder=tmp_path, EDITOR="true").code == 2
    assert texts(tmp_path) == FILES


@pytest.mark.parametrize(
    ("words", "name", "broken"),
    [
        (("jane", "actions"), f"{FOLDER}/actions.yaml", ACTIONS.replace("}", "")),
        (("practice",), "coachlog.yaml", "format: 1\ntimezone: [\n"),
    ],
)
def test_a_broken_file_is_mended_in_the_editor(tmp_path: Path, words: tuple[str, ...], name: str, broken: str) -> None:
    """It is shown as it is; what a command would refuse, an edit may put right."""
    lay_out({**FILES, name: broken}, tmp_path)
    program = editor(tmp_path, "s/Hand.*/Hand over, session: c8fhw}/\ns/Rest/Rest}/\ns/\\[/Europe\\/London/")
    done = call("edit", *words, folder=tmp_path, EDITOR=program)
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "seen").read_text() == broken
    assert "[" not in texts(tmp_path)[name]


def test_a_record_is_deleted_with_its_comments_after_what_refers_to_it_is_named(tmp_path: Path) -> None:
    """Without anybody to ask it needs --yes; the coach's own notes are not shown."""
    lay_out(FILES, tmp_path)
    asked = call("delete", "jane", "c8fhw", folder=tmp_path)
    assert asked.code == 2
    assert "c8fhw is named by a7kqw (session), which would then refer to nothing." in asked.err
    assert asked.err.rstrip().endswith("Add --yes.")
    shown = call("delete", "jane", "c8fhw", "--dry-run", folder=tmp_path)
    assert "-  - {id: c8fhw, at: 2026-02-11 15:00, status: held, private: …}" in shown.out
    assert "CANARY" not in shown.out
    assert texts(tmp_path) == FILES
    done = call("delete", "jane", "c8fhw", "--yes", folder=tmp_path)
    said = f"deleted session c8fhw, Wed 11 Feb 2026 15:00 (48 days ago), from {FOLDER}/sessions.yaml"
    assert (done.code, done.out.splitlines()[0]) == (0, said)
    assert "JRN104" in done.out
    now = texts(tmp_path)[f"{FOLDER}/sessions.yaml"]
    assert "second" not in now
    assert "CANARY four" in now


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("jane", "a"), "`a` can mean action a7kqw, action a8xxx."),
        (("jane", "zz"), "No record of jane-doe is called `zz`."),
        (("practice", "zz"), "No record of the practice is called `zz`."),
    ],
)
def test_a_record_is_never_guessed(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    """Several that fit are listed; none is said so."""
    lay_out(FILES, tmp_path)
    refused = call("delete", *words, "--yes", folder=tmp_path)
    assert refused.code == 2
    assert sentence in refused.err
    assert texts(tmp_path) == FILES
