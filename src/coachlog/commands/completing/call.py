"""A line that is being typed: which command it calls, what it has said so far, and what comes now."""

import os
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

JOURNAL = frozenset({"--journal", "-C"})
INCOGNITO = "--incognito"
CLIENT = "CLIENT"
PRACTICE = "practice"
"""What stands where a client does, and means none of them."""
PART = re.compile(r"\[[^]]*\](?:\.\.\.)?|[^][ ]+(?: or [^][ ]+)*")
"""One argument in what help shows of several."""
HIDES = "COACHLOG_INCOGNITO"
NO = frozenset({"", "0", "false", "no", "off", "n", "f"})
"""What an environment variable says where it does not ask for anything."""


class Offer(NamedTuple):
    """A word that can go on here, a few words about it, and by what else it may be looked up."""

    word: str
    about: str = ""
    starts: tuple[str, ...] = ()

    def fits(self, typed: str) -> bool:
        """Tell whether what is typed begins the word, or another name of it."""
        return self.word.casefold().startswith(typed) or any(one.startswith(typed) for one in self.starts)


class Wanted(NamedTuple):
    """An argument or the value of an option: how help calls it, the words that alone serve, and what it is."""

    metavar: str = ""
    choices: Sequence[str] = ()
    about: str = ""

    @property
    def kinds(self) -> Sequence[str]:
        """What may be typed: CLIENT, ID, RULE, …; the words of help that say no such thing are among them."""
        return self.metavar.replace("[", "").replace("]", "").replace("CLIENT/", "").rstrip(".").split(" or ")


class Table(NamedTuple):
    """Every command with its arguments and options, each as a list: metavar, choices, about."""

    options: Mapping[str, Sequence[object]]
    groups: Mapping[str, str]
    commands: Mapping[str, Mapping[str, object]]
    topics: Mapping[str, str]
    letters: Sequence[Sequence[str]]
    rules: Sequence[Sequence[str]]


class Call(NamedTuple):
    """What is typed so far: the command, the client it names, and what the word at the cursor can be.

    `wanted` is the value of the option `option`, or an argument; where it is None, `offered` are the words that serve.
    """

    typed: str
    command: str = ""
    client: str = ""
    wanted: Wanted | None = None
    option: str = ""
    offered: Sequence[Offer] = ()
    journal: str = ""
    hides: bool = False
    table: Table | None = None


def call_of(table: Table, words: Sequence[str], aliases: Mapping[str, str]) -> Call:
    """Read a line up to the cursor."""
    *before, typed = [one.strip("'\"") for one in words] or [""]
    said = _Said(table)
    for word in _in_full(before, aliases):
        said.take(word)
    return said.call(typed)


def _in_full(words: Sequence[str], aliases: Mapping[str, str]) -> Iterator[str]:
    """Put an alias in full where it stands at the beginning; what bash parts at `=` belongs together."""
    for at, word in enumerate(one for one in words if one != "="):
        full = [word]
        if at == 0 and word in aliases:
            with suppress(ValueError):
                full = shlex.split(aliases[word])
        yield from full


class _Said:
    """The words of a line, taken one after the other.

    `path` is the command so far, `options` are those that serve with it. `open` is an option whose value comes next;
    with `plain`, behind `--`, nothing is an option any more.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.path: list[str] = []
        self.arguments: list[str] = []
        self.options: dict[str, Wanted] = {name: _wanted(one) for name, one in table.options.items()}
        self.open = ""
        self.plain = False
        self.journal = ""
        self.hides = os.environ.get(HIDES, "").casefold() not in NO

    @property
    def name(self) -> str:
        return " ".join(self.path)

    def take(self, word: str) -> None:
        if self.open:
            self.journal = word if self.open in JOURNAL else self.journal
            self.open = ""
        elif word == "--":
            self.plain = True
        elif word.startswith("-") and not self.plain:
            self._take_option(word)
        elif self.name in self.table.commands:
            self.arguments.append(word)
        else:
            self._go_down(word)

    def _take_option(self, word: str) -> None:
        self.hides = self.hides or word == INCOGNITO
        wanted = self.options.get(word)
        self.open = word if wanted and (wanted.metavar or wanted.choices) else ""

    def _go_down(self, word: str) -> None:
        self.path.append(word)
        command = self.table.commands.get(self.name)
        if command:
            options: Mapping[str, Sequence[object]] = command["options"]  # type: ignore[assignment]
            self.options |= {name: _wanted(one) for name, one in options.items()}

    def call(self, typed: str) -> Call:
        wanted, offered = self._here(typed)
        return Call(typed, self.name, self._client(), wanted, self.open, offered, self.journal, self.hides, self.table)

    def _here(self, typed: str) -> tuple[Wanted | None, Sequence[Offer]]:
        if self.open:
            return self.options[self.open], ()
        if typed.startswith("-") and not self.plain:
            return None, self._own_options()
        if self.name in self.table.commands:
            return self._argument(), ()
        return None, [*self._next_words()]

    def _own_options(self) -> list[Offer]:
        """Give the options of the command; before one is named, those of the whole program."""
        command = self.table.commands.get(self.name)
        own: Mapping[str, Sequence[object]] = command["options"] if command else self.table.options  # type: ignore[assignment]
        return [Offer(name, _wanted(one).about) for name, one in own.items() if name.startswith("--")]

    def _places(self) -> list[Wanted]:
        """Give the arguments of the command one by one; `[ID] RULE` is two, and either may come first."""
        arguments: Sequence[Sequence[object]] = self.table.commands[self.name]["arguments"]  # type: ignore[assignment]
        places: list[Wanted] = []
        for one in map(_wanted, arguments):
            parts = PART.findall(one.metavar) or [""]
            either = len(parts) > 1 and parts[0].startswith("[")
            places.append(one._replace(metavar=" or ".join(parts[:2]) if either else parts[0]))
            places += [one._replace(metavar=part) for part in parts[1:]]
        return places

    def _argument(self) -> Wanted | None:
        places, at = self._places(), len(self.arguments)
        if at < len(places):
            return places[at]
        return places[-1] if places and places[-1].metavar.endswith("...") else None

    def _client(self) -> str:
        if self.name not in self.table.commands:
            return ""
        at = next((at for at, one in enumerate(self._places()) if CLIENT in one.kinds), len(self.arguments))
        return self.arguments[at] if at < len(self.arguments) else ""

    def _next_words(self) -> Iterator[Offer]:
        """Give the words that name a group or a command from here on."""
        prefix = f"{self.name} " if self.path else ""
        seen: dict[str, str] = {}
        for name, command in self.table.commands.items():
            if name.startswith(prefix):
                word = name.removeprefix(prefix).split()[0]
                about = command["about"] if f"{prefix}{word}" == name else self.table.groups.get(word, "")
                seen.setdefault(word, str(about))
        yield from (Offer(word, about) for word, about in seen.items())


def _wanted(said: Sequence[object]) -> Wanted:
    metavar, choices, about = said
    return Wanted(str(metavar), [str(one) for one in choices] if isinstance(choices, list) else (), str(about))
