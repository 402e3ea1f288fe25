"""What is told of a command: its page, before anything is known of the format."""

from typing import NamedTuple


class Said(NamedTuple):
    """An argument or option as help names it, what it is for, and its default, limits or environment variable."""

    name: str
    about: str
    note: str = ""


class CommandTold(NamedTuple):
    """The page of a command: the heading it stands under, how it is called, what it does."""

    name: str
    heading: str
    usage: str
    about: str
    arguments: tuple[Said, ...]
    options: tuple[Said, ...]
    examples: tuple[str, ...]


class Book(NamedTuple):
    """The program with the options that every command takes, and pages of commands in their order."""

    program: str
    about: str
    options: tuple[Said, ...]
    pages: tuple[CommandTold, ...]
