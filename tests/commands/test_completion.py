"""Completion: what is offered at TAB, in which shell, and what is shown of anybody there."""

import shutil
import subprocess
from pathlib import Path

import pytest

from calling import JOURNAL, PROGRAM, call, environment, lay_out
from coachlog.commands.completing.answer import TABLE

OWN = "clients/jane-doe/"
FILES = {
    **JOURNAL,
    "coachlog.yaml": JOURNAL["coachlog.yaml"] + "absences: [{id: aw2ay, from: 2026-08-03, to: 2026-08-14}]\n",
    f"{OWN}contract.yaml": JOURNAL[f"{OWN}contract.yaml"]
    + "    goals: [{id: g1, from: client, text: Lead, private: CANARY}]\n",
    f"{OWN}sessions.yaml": (
        "sessions:\n  - {id: b3xew, at: 2026-03-03 15:00, status: held, topic: Delegation, private: CANARY}\n"
        '  - {id: d2nnw, at: 2026-04-01 10:00, via: "vi\\u202edeo"}\n  - {id: "odd id", at: 2026-04-02 10:00}\n'
    ),
    f"{OWN}actions.yaml": (
        'actions:\n  - {id: a7kqw, step: "Hand \\u202eover", due: 2026-04-01}\n'
        "  - {id: a8kqw, step: Ask, status: done}\n"
    ),
    f"{OWN}care.yaml": "concerns: [{id: h1, noticed: 2026-03-03, kind: counselling, about: CANARY, private: CANARY}]\n",
    "clients/zoë/client.yaml": "name: not a client\n",
}
TAB = {"_COACHLOG_COMPLETE": "bash"}
PEOPLE = ["jane-doe\tJane Doe", "tom-reid\tTom Reid"]

OFFERED = {
    "commands": (("ch",), ["check\tJudge the journal by what was agreed."]),
    "the commands of a group": (("session", "no"), ["no-show\tThe client did not come."]),
    "behind the options of the program": (
        ("--now", "fri", "--quiet", "fm"),
        ["fmt\tIds for hand-written records, nothing else."],
    ),
    "options": (("session", "log", "jane", "--min"), ["--minutes\tHow long it took."]),
    "the words of an option": (("check", "--fail-on", "b"), ["breach"]),
    "the words that bash parts": (("check", "--fail-on", "=", "b"), ["breach"]),
    "clients by code": (("client", "show", "j"), PEOPLE[:1]),
    "clients by their last name": (("client", "show", "REI"), PEOPLE[1:]),
    "clients by a name with accents": (("client", "show", "Réi"), PEOPLE[1:]),
    "the practice, too": (("waive", "pr"), ["practice\tcoachlog.yaml"]),
    "booked sessions": (("session", "move", "jane", ""), ["d2nnw\t2026-04-01 10:00, vi⟨RLO⟩deo"]),
    "all sessions": (
        ("session", "show", "doe", ""),
        ["d2nnw\t2026-04-01 10:00, vi⟨RLO⟩deo", "b3xew\t2026-03-03 15:00, Delegation"],
    ),
    "open steps": (("action", "done", "jane", "a"), ["a7kqw\t2026-04-01, Hand ⟨RLO⟩over"]),
    "steps behind an option": (("session", "log", "jane", "--done", ""), ["a7kqw\t2026-04-01, Hand ⟨RLO⟩over"]),
    "what the client wrote": (("contact", "reply", "jane", "--to", ""), ["a2aaa\t2026-03-02 10:00, email"]),
    "goals": (("session", "log", "jane", "--goal", ""), ["g1\tLead"]),
    "nested records": (("delete", "jane", "2026a/"), ["2026a/g1\tLead"]),
    "concerns by their kind": (("concern", "raise", "jane", "h"), ["h1\tcounselling"]),
    "absences": (("absence", "told", ""), ["aw2ay\t2026-08-03"]),
    "media": (("contact", "log", "jane", "em"), ["email"]),
    "rules by code": (("rule", "CTC105"), ["CTC105\tlate-reply"]),
    "rules by name": (
        ("waive", "jane", "a2aaa", "late-r"),
        ["late-reply\tA reply came later than the contract promises."],
    ),
    "kinds of letter": (("draft", "agr"), ["agreement\t"]),
    "the client of a letter": (("draft", "reminder", "tom"), PEOPLE[1:]),
    "settings": (("config", "set", "col"), ["colour"]),
    "topics of help": (("help", "exit"), ["exit-codes\t"]),
    "nothing for a text": (("contact", "log", "jane", "email", ""), []),
    "nothing for nobody": (("session", "move", "nobody", ""), []),
    "nothing for no command": (("chek", ""), []),
}


def offered(*words: str, folder: Path, **more: str) -> list[str]:
    """Give what a shell is told behind the kind of answer."""
    done = call(*words, folder=folder, **TAB, **more)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(("words\n", "files\n"))
    return done.out.splitlines()[1:]


def test_what_can_go_on_is_offered(journal: Path) -> None:
    """Words that begin as is typed, with a few words about each: none is private, none steers the terminal."""
    call("check", folder=journal)
    for what, (words, expected) in OFFERED.items():
        found = offered(*words, folder=journal)
        assert len(found) == len(expected), (what, found)
        assert all(one.startswith(start) for one, start in zip(found, expected, strict=True)), (what, found)
        assert "CANARY" not in "".join(found)


def test_a_place_for_a_file_is_left_to_the_shell(tmp_path: Path) -> None:
    """The first line says so, where there is no journal, too."""
    assert call("-C", "", folder=tmp_path, **TAB).out == "files\n"
    assert call("client", "show", "", folder=tmp_path, **TAB).out == "words\n"


def test_incognito_no_name_is_shown(journal: Path) -> None:
    """Neither codes nor names nor words; ids alone say nothing of anybody."""
    for words, more in ((("--incognito",), {}), ((), {"COACHLOG_INCOGNITO": "1"})):
        assert offered(*words, "session", "move", "", folder=journal, **more) == []
        assert offered(*words, "session", "show", "jane", "", folder=journal, **more) == ["d2nnw", "b3xew"]
    lay_out({".config/coachlog/config.yaml": "aliases: {j: contact log jane}\n"}, journal)
    assert offered("--incognito", "config", "unset", "al", folder=journal) == ["aliases.j"]


def test_settings_and_the_environment_count_at_tab(journal: Path) -> None:
    """An alias is completed as its words are; the journal is found as by every command; `.` is the default client."""
    lay_out({"home/.config/coachlog/config.yaml": f"journal: {journal}\naliases: {{l: contact log}}\n"}, journal)
    home = journal / "home"
    assert offered("l", "", folder=Path("/"), HOME=str(home)) == PEOPLE
    assert offered("l", ".", "em", folder=Path("/"), HOME=str(home), COACHLOG_CLIENT="jane") == ["email"]
    assert offered("-C", str(journal), "client", "show", "j", folder=Path("/")) == PEOPLE[:1]
    lay_out({"clients/jane-doe/client.yaml": "name: Jane Dow\n"}, journal)
    assert offered("client", "show", "dow", folder=journal) == ["jane-doe\tJane Dow"]


def test_the_table_is_the_one_that_the_commands_make(tmp_path: Path) -> None:
    """Print it anew when a command changes: `coachlog completion words > …/commands/completing/table.json`."""
    assert TABLE.read_text(encoding="utf-8") == call("completion", "words", folder=tmp_path).out


TRIES = """
try coachlog session show jane ""
try coachlog client show ja
"""
IN_BASH = """
source <(coachlog completion bash)
try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _coachlog; printf "%s\\n" "${COMPREPLY[@]}"; }
"""
IN_ZSH = """
compdef() { }
_describe() { print -l -- ${(P)3} }
source <(coachlog completion zsh)
try() { words=("$@"); CURRENT=$#; _coachlog }
"""
IN_FISH = """
coachlog completion fish | source
function try; complete -C "$argv"; end
"""
SHELLS = {
    "bash": (
        ["bash", "--norc", "-c", IN_BASH + TRIES],
        ["d2nnw  (2026-04-01 10:00, vi⟨RLO⟩deo)", "b3xew  (2026-03-03 15:00, Delegation)", "jane-doe"],
    ),
    "zsh": (
        ["zsh", "-f", "-c", IN_ZSH + TRIES],
        ["d2nnw:2026-04-01 10:00, vi⟨RLO⟩deo", "b3xew:2026-03-03 15:00, Delegation", "jane-doe:Jane Doe"],
    ),
    "fish": (
        ["fish", "--no-config", "-c", IN_FISH + TRIES],
        ["d2nnw\t2026-04-01 10:00, vi⟨RLO⟩deo", "b3xew\t2026-03-03 15:00, Delegation", "jane-doe\tJane Doe"],
    ),
}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_shows_what_is_offered(journal: Path, shell: str) -> None:
    """The script runs in the shell itself, asks, and hands over ids with a few words; a lone word is completed."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    command, shown = SHELLS[shell]
    done = subprocess.run(
        command,
        cwd=journal,
        env={**environment(journal), "PATH": f"{Path(PROGRAM).parent}:{environment(journal)['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.decode().splitlines() == shown, done.stderr.decode()
