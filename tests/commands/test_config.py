"""The coach's own settings: set, taken out, listed with where they come from, and what they do to a call."""

import json
import stat
from pathlib import Path

import pytest

from calling import JOURNAL, call, call_on_terminal, lay_out
from commands.at_editor import drafts, editor

FILE = ".config/coachlog/config.yaml"
HEAD = "# What holds for every journal on this computer: coachlog config lists it.\n"
FILES = {f"practice/{name}": text for name, text in JOURNAL.items()}
"""The journal lies below the home of the coach, so that it is not found from there."""


def settle(home: Path, *lines: str) -> Path:
    """Write the settings of the coach at whose home the calls are made."""
    return lay_out({FILE: "".join(f"{one}\n" for one in lines)}, home)


CHANGES = [
    (("set", "journal", "practice"), "journal: {home}/practice\n"),
    (("set", "editor", "code --wait"), "editor: code --wait\n"),
    (("set", "aliases.l", "contact", "log"), "aliases: {{l: contact log}}\n"),
    (("set", "aliases.mine", "today --days 3"), "aliases: {{l: contact log, mine: today --days 3}}\n"),
    (("set", "colour", "never"), "colour: never\n"),
    (("set", "editor", "vi"), "editor: vi\n"),
    (("unset", "aliases.l"), "aliases: {{mine: today --days 3}}\n"),
    (("unset", "aliases.mine"), "colour: never\n"),
    (("unset", "journal"), f"{HEAD}editor: vi\ncolour: never\n"),
]


def test_a_setting_is_one_line_in_or_out(journal: Path) -> None:
    """The file is made with its folder, for its owner alone; what else stands in it stays, comments too."""
    for arguments, line in CHANGES:
        shown = call("config", *arguments, "--dry-run", folder=journal)
        done = call("config", *arguments, folder=journal)
        assert (shown.code, done.code) == (0, 0), done.err
        assert shown.out.startswith("--- a/config.yaml\n")
        assert line.format(home=journal) in (journal / FILE).read_text()
    assert stat.S_IMODE((journal / FILE).stat().st_mode) == 0o600
    assert call("config", "path", folder=journal).out == f"{journal / FILE}\n"


REFUSED = {
    "an unknown key": (("set", "editr", "vi"), "`editr` is not known here; did you mean editor? "),
    "a colour": (("set", "colour", "red"), "colour: expected one of auto, always, never."),
    "no journal": (("set", "journal", "nowhere"), "is no journal: it holds no coachlog.yaml."),
    "a command's name": (("set", "aliases.check", "today"), "check is a command of coachlog, so it can't be an alias"),
    "no command": (("set", "aliases.l", "contcat log"), "aliases.l: `contcat` is no command of coachlog."),
    "an open quote": (("set", "pager", "less '"), "pager: there is a quote that is not closed."),
    "nothing": (("set", "pager", " "), "pager: a value is needed;"),
    "what is not settled": (("unset", "mail"), "mail is not settled in "),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_setting_is_refused(journal: Path, arguments: tuple[str, ...], said: str) -> None:
    """One line, and nothing is written."""
    done = call("config", *arguments, folder=journal)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err
    assert not (journal / FILE).exists()


def test_the_list_says_where_each_value_comes_from(journal: Path) -> None:
    """A flag, the environment, the current folder, the file, or what coachlog does by itself."""
    settle(journal, "journal: ~/practice", "editor: vi", "colour: always", "aliases: {j: contact log jane}")
    for more, origins in (
        ({}, {"journal": "file", "editor": "file", "colour": "file", "pager": "default", "aliases.j": "file"}),
        (
            {"EDITOR": "nano", "COACHLOG_COLOR": "never"},
            {"editor": "environment EDITOR", "colour": "environment COACHLOG_COLOR"},
        ),
    ):
        told = json.loads(call("config", "list", "--json", folder=journal, **more).out)
        found = {one["key"]: one["from"] for one in told["settings"]}
        assert {key: found[key] for key in origins} == origins
    shown = call("config", "--color", "never", folder=journal).out
    assert "colour\tnever\tflag --color\n" in shown
    assert (
        f"journal\t{journal / 'practice'}\tcurrent folder\n"
        in call("config", folder=journal / "practice", HOME=str(journal)).out
    )
    assert "aliases.j\t…\tfile\n" in call("--incognito", "config", folder=journal).out


def test_settings_stand_in_for_what_a_call_does_not_say(journal: Path) -> None:
    """The journal of the settings is the last that is looked for; an alias is its words; colours are as it pleases."""
    without = call("client", "list", folder=journal)
    assert (without.code, "There is no journal here" in without.err) == (2, True)
    settle(journal, "journal: ~/practice", "colour: never", "aliases:", "  l: contact log", "  cl: --quiet client list")
    assert "jane-doe\tJane Doe" in call("cl", folder=journal).out
    assert "\x1b[" in call_on_terminal("check", folder=journal, COACHLOG_COLOR="auto").out
    assert "\x1b[" not in call_on_terminal("check", folder=journal).out
    logged = call("-C", "practice", "l", "jane", "email", "l", folder=journal)
    assert "email from Jane Doe" in logged.out
    assert "about: l" in (journal / "practice/clients/jane-doe/contacts.yaml").read_text()
    settle(journal, "journal: ~/gone")
    gone = call("client", "list", folder=journal)
    assert (gone.code, "the one of your settings is not there" in gone.err) == (2, True)
    assert call("client", "list", folder=journal / "practice", HOME=str(journal)).code == 0


def test_settings_that_cannot_be_read_stop_all_but_what_mends_them(journal: Path) -> None:
    """The file and the line are named; `config edit` opens it with the error, by the editor that it names itself."""
    settle(journal, "editor: vi", "colur: never")
    path = journal / FILE
    for arguments in (("client", "list"), ("config",), ("config", "set", "mail", "mutt")):
        done = call(*arguments, folder=journal / "practice", HOME=str(journal))
        assert (done.code, done.err.count("\n")) == (3, 1)
        assert f"{path}:2: `colur` is not known here; did you mean colour? `coachlog config edit` opens it." in done.err
    assert call("help", "config", "set", folder=journal).code == 0
    own = editor(journal, "s/never/always/", "s/^colur/colour/")
    path.write_text(path.read_text().replace("vi", own))
    done = call("config", "edit", folder=journal)
    assert (done.code, done.out) == (0, f"edited {path}\n"), done.err
    assert path.read_text() == f"editor: {own}\ncolour: always\n"
    assert drafts(path.parent) == []
