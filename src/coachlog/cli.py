"""The table of commands, and the one place where what stops a command becomes a line and an exit code.

Nothing is imported here before it is known what is asked: neither the command line's library nor any command.
"""

import sys
from importlib import import_module

from coachlog import __version__
from coachlog.errors import CoachlogError

COMMANDS = (
    ("today", "coachlog.commands.today", "today", "Judging", "What is owed and what is coming."),
    ("check", "coachlog.commands.check", "check", "Judging", "Judge the journal by what was agreed."),
    ("rule", "coachlog.commands.rule", "rule", "Judging", "The page of a rule; without one the list."),
    ("client list", "coachlog.commands.client", "list_clients", "Clients", "Every client with where they stand."),
)
"""Every command: its name, the module and function that run it, the heading it stands under, and one line on it."""

GROUPS = (("client", "Clients", "The people and groups that you coach."),)
"""Every group of commands: its name, the heading it stands under, and one line on it."""

EXAMPLES = (
    "coachlog",
    "coachlog check",
    "coachlog rule late-reply",
    "coachlog -C ~/practice client list",
    "coachlog client list --tag executive",
)
"""What help shows as examples; those of a group begin with its name."""

DEFAULT_COMMAND = "today"
"""What `coachlog` alone means."""

DONE, CRASHED, INTERRUPTED = 0, 70, 130
"""Exit codes that no error has of its own: EX_SOFTWARE of sysexits.h, and what a shell says of SIGINT."""


def main() -> int:
    """Run the program and give its exit code."""
    if sys.argv[1:] == ["--version"]:
        return _say_version()
    try:
        code: int = import_module("coachlog.command_line").run(sys.argv[1:])
    except CoachlogError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 — nothing may reach the terminal as a traceback
        _say(import_module("coachlog.crash").keep(error))
        return CRASHED
    return code


def _say_version() -> int:
    print(f"coachlog {__version__}")  # noqa: T201 — the renderer would cost more than all the rest
    return DONE


def _say(sentence: str) -> None:
    import_module("coachlog.render.output").complain(sentence)
