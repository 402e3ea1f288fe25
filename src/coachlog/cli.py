"""The table of commands, and the one place where what stops a command becomes a line and an exit code.

Nothing is imported here before it is known what is asked: neither the command line's library nor any command.
"""

import gc
import sys
from importlib import import_module

from coachlog import __version__
from coachlog.errors import CoachlogError

COMMANDS = (
    ("init", "coachlog.commands.init", "init", "Start", "Start a journal, empty or with the sample practice."),
    ("client add", "coachlog.commands.client_add", "add", "Start", "Add a client."),
    ("client list", "coachlog.commands.client", "list_clients", "Start", "Every client with where they stand."),
    ("client show", "coachlog.commands.client_show", "show_client", "Start", "Who a client is, and where they stand."),
    ("client edit", "coachlog.commands.client_edit", "edit", "Start", "Change what is known of a client."),
    ("client rename", "coachlog.commands.client_rename", "rename", "Start", "Give a client another code."),
    ("contract new", "coachlog.commands.contract_new", "new", "Start", "Write a new contract."),
    ("contract agree", "coachlog.commands.contract_agree", "agree", "Start", "Make a draft count."),
    ("contract show", "coachlog.commands.contract_show", "show_contract", "Start", "The terms in force on a day."),
    ("contract amend", "coachlog.commands.contract_amend", "amend", "Start", "Write down an agreed change."),
    ("contract renew", "coachlog.commands.contract_renew", "renew", "Start", "Follow on with a new contract."),
    ("contract pause", "coachlog.commands.contract_pause", "pause", "Start", "Pause the coaching."),
    ("contract resume", "coachlog.commands.contract_pause", "resume", "Start", "Go on after a pause."),
    ("contract hold", "coachlog.commands.contract_pause", "hold", "Start", "Stop until something is resolved."),
    ("contract lift", "coachlog.commands.contract_pause", "lift", "Start", "Lift a hold."),
    ("contract end", "coachlog.commands.contract_end", "end", "Start", "End a contract."),
    ("goal add", "coachlog.commands.goal", "add", "Start", "Add a goal."),
    ("goal replace", "coachlog.commands.goal", "replace", "Start", "Put another goal in the place of one."),
    ("goal reach", "coachlog.commands.goal", "reach", "Start", "Note that a goal was reached."),
    ("absence add", "coachlog.commands.absence", "add", "Start", "Note leave or illness."),
    ("absence told", "coachlog.commands.absence", "told", "Start", "Note that the clients were told of it."),
    ("absence list", "coachlog.commands.absence", "list_absences", "Start", "Leave and illness."),
    ("directory add", "coachlog.commands.directory", "add", "Start", "Add somebody whom you refer clients to."),
    ("today", "coachlog.commands.today", "today", "Judging", "What is owed and what is coming."),
    ("check", "coachlog.commands.check", "check", "Judging", "Judge the journal by what was agreed."),
    ("rule", "coachlog.commands.rule", "rule", "Judging", "The page of a rule; without one the list."),
    ("waive", "coachlog.commands.waive", "waive", "Judging", "Waive a finding, and say why."),
    ("session book", "coachlog.commands.session_book", "book", "Sessions", "Book a session, or a package of them."),
    ("session move", "coachlog.commands.session_move", "move", "Sessions", "Move a booked session."),
    ("session cancel", "coachlog.commands.session_cancel", "cancel", "Sessions", "Cancel a session."),
    ("session no-show", "coachlog.commands.session_cancel", "no_show", "Sessions", "The client did not come."),
    ("session log", "coachlog.commands.session_log", "log", "Sessions", "Log what became of a session."),
    ("session list", "coachlog.commands.session_look", "list_sessions", "Sessions", "The sessions of a client."),
    ("session show", "coachlog.commands.session_look", "show_session", "Sessions", "One session, and what was noted."),
    ("contact log", "coachlog.commands.contact", "log", "Between sessions", "Log a contact."),
    ("contact reply", "coachlog.commands.contact", "reply", "Between sessions", "Log your reply."),
    ("contact list", "coachlog.commands.contact_list", "list_contacts", "Between sessions", "List contacts."),
    ("action add", "coachlog.commands.action", "add", "Between sessions", "Write down a step, or a promise of yours."),
    ("action done", "coachlog.commands.action_close", "done", "Between sessions", "Note that a step is done."),
    ("action part", "coachlog.commands.action_close", "part", "Between sessions", "Note that a step is partly done."),
    ("action drop", "coachlog.commands.action_close", "drop", "Between sessions", "Note that a step was given up."),
    ("action carry", "coachlog.commands.action_close", "carry", "Between sessions", "Carry a step over."),
    ("action update", "coachlog.commands.action_close", "update", "Between sessions", "Note news of a step."),
    ("action list", "coachlog.commands.action", "list_actions", "Between sessions", "List the steps that are open."),
    ("edit", "coachlog.commands.edit", "edit", "Keeping", "A file or a record in your editor."),
    ("delete", "coachlog.commands.delete", "delete", "Keeping", "Delete a record."),
    ("resume", "coachlog.commands.resume", "resume", "Keeping", "Write the rest of a change that was cut off."),
    ("fmt", "coachlog.commands.fmt", "fmt", "Keeping", "Ids for hand-written records, nothing else."),
    ("schema", "coachlog.commands.schema", "schema", "Keeping", "The form of each file, for editors."),
)
"""Every command: its name, the module and function that run it, the heading it stands under, and one line on it."""

GROUPS = (
    ("client", "Start", "The people and groups that you coach."),
    ("contract", "Start", "What is agreed with a client."),
    ("goal", "Start", "What the coaching is for."),
    ("absence", "Start", "Leave and illness."),
    ("directory", "Start", "The people whom you refer clients to."),
    ("session", "Sessions", "Sessions: booked, moved, cancelled, held."),
    ("contact", "Between sessions", "Contact between sessions."),
    ("action", "Between sessions", "Steps, promises, and what came of them."),
)
"""Every group of commands: its name, the heading it stands under, and one line on it."""

EXAMPLES = (
    "coachlog",
    "coachlog check",
    "coachlog rule late-reply",
    "coachlog -C ~/practice client list",
    "coachlog client list --tag executive",
    "coachlog contract new jane --sessions 8",
    "coachlog contract amend jane --sessions 8",
    "coachlog goal add jane Delegate the roadmap",
    "coachlog client add Jane Doe",
    "coachlog absence add 3 aug to 14 aug --told today",
    "coachlog directory add Dr Sam Okafor --role psychologist",
)
"""What help shows as examples; those of a group begin with its name."""

DEFAULT_COMMAND = "today"
"""What `coachlog` alone means."""

DONE, CRASHED, INTERRUPTED = 0, 70, 130
"""Exit codes that no error has of its own: EX_SOFTWARE of sysexits.h, and what a shell says of SIGINT."""


def main() -> int:
    """Run the program and give its exit code."""
    gc.disable()  # A command lives for a second: to look for cycles took a fifth of that, and freed nothing.
    try:
        if sys.argv[1:] == ["--version"]:
            return _say_version()
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
    try:
        print(f"coachlog {__version__}", flush=True)  # noqa: T201 — the renderer would cost more than all the rest
    except OSError as error:
        import_module("coachlog.render.output").give_up(sys.stdout, error)
    return DONE


def _say(sentence: str) -> None:
    import_module("coachlog.render.output").complain(sentence)
