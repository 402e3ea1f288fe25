"""The coach's own settings: read alike with the YAML parser and without it; what is wrong is told with its line."""

import pytest

from coachlog.store.settings import understood

NOT_PLAIN = "\n# naïve\n"
"""What only the parser reads, and which says nothing."""
READ = {
    "nothing": ("", {}),
    "comments": ("# journal: /a\n\n#\n", {}),
    "every setting": (
        "journal: ~/practice\neditor: code --wait\ncolour: never\npager: less -R\nmail: xdg-open\n",
        {"journal": "~/practice", "editor": "code --wait", "colour": "never", "pager": "less -R", "mail": "xdg-open"},
    ),
    "aliases": ("aliases:\n  l: contact log\n  t: today --days 3\n", {"l": "contact log", "t": "today --days 3"}),
    "aliases in braces": (
        "editor: vi\naliases: {l: contact log, t: today}\n",
        {"editor": "vi", "l": "contact log", "t": "today"},
    ),
    "aliases between settings": ("aliases:\n  l: check\nmail: mutt\n", {"l": "check", "mail": "mutt"}),
    "no aliases": ("aliases:\njournal: a\n", {"journal": "a"}),
    "quotes": ('editor: "code --wait"   # mine\n', {"editor": "code --wait"}),
    "nothing behind a key": ("journal:\neditor: ~\npager: null\n", {}),
    "deeper aliases": ("aliases:\n    l: contact log\n", {"l": "contact log"}),
    "without a last line end": ("colour: always", {"colour": "always"}),
    "other letters": ("journal: /home/ana/Práctica\n", {"journal": "/home/ana/Práctica"}),
}


@pytest.mark.parametrize(("text", "said"), READ.values(), ids=READ)
def test_settings_are_read_alike_with_and_without_the_parser(text: str, said: dict[str, str]) -> None:
    """The short way is taken for plain lines of ASCII, and says what the parser says, on the same lines."""
    for whole in (text, f"{text}{NOT_PLAIN}"):
        entries, wrong = understood(whole.encode())
        assert ({one.key.removeprefix("aliases."): one.text for one in entries}, wrong) == (said, [])
        assert [one.line for one in entries] == [one.line for one in understood(text.encode())[0]]


WRONG = {
    "a near key": ("colur: never\n", 1, "`colur` is not known here; did you mean colour?"),
    "a key of somebody's own": ("\nwhat Jane said: x\n", 2, "this key is not known here; there are journal, "),
    "a colour": ("colour: red\n", 1, "expected one of auto, always, never."),
    "a list": ("editor: [vi]\n", 1, "expected a text on one line."),
    "no keys": ("- journal\n", 1, "expected keys and values, such as `journal: ~/practice`."),
    "twice": ("mail: a\nmail: b\n", 2, "the key mail is there twice"),
    "a command": (
        "aliases:\n  t: today\n  check: today\n",
        3,
        "check is a command of coachlog, so it can't be an alias",
    ),
    "an alias of capitals": ("aliases: {L: check}\n", 1, "an alias is made of a-z, 0-9 and -"),
    "no aliases": ("aliases: check\n", 1, "expected aliases, each with the words of a command behind it."),
    "a tab": ("aliases:\n\tl: check\n", 2, "tab"),
    "no text at all": ("\x00", 1, ""),
}


@pytest.mark.parametrize(("text", "line", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, said: str) -> None:
    """One sentence, and no value of the file in it."""
    first = understood(text.encode(), {"check", "today"})[1][0]
    assert (first.line, said in first.message) == (line, True), first
    assert "Jane" not in first.message
