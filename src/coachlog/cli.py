"""The table of commands, and the one place where what stops a command becomes a line and an exit code.

Nothing is imported here before it is known what is asked: neither the command line's library nor any command.
"""

import errno
import gc
import os
import sys
from importlib import import_module

from coachlog import __version__
from coachlog.errors import CannotWrite, CoachlogError

COMMANDS = (
    ("init", "practice.init", "init", "Start", "Start a journal, empty or with the sample practice."),
    ("client add", "client.add", "add", "Start", "Add a client."),
    ("client list", "client.list", "list_clients", "Start", "Every client with where they stand."),
    ("client show", "client.show", "show_client", "Start", "Who a client is, and where they stand."),
    ("client edit", "client.edit", "edit", "Start", "Change what is known of a client."),
    ("client rename", "client.rename", "rename", "Start", "Give a client another code."),
    ("contract new", "contract.new", "new", "Start", "Write a new contract."),
    ("contract agree", "contract.agree", "agree", "Start", "Make a draft count."),
    ("contract show", "contract.show", "show_contract", "Start", "The terms in force on a day."),
    ("contract amend", "contract.amend", "amend", "Start", "Write down an agreed change."),
    ("contract renew", "contract.renew", "renew", "Start", "Follow on with a new contract."),
    ("contract pause", "contract.pause", "pause", "Start", "Pause the coaching."),
    ("contract resume", "contract.go_on", "resume", "Start", "Go on after a pause."),
    ("contract hold", "contract.pause", "hold", "Start", "Stop until something is resolved."),
    ("contract lift", "contract.go_on", "lift", "Start", "Lift a hold."),
    ("contract end", "contract.end", "end", "Start", "End a contract."),
    ("contract try", "contract.trying", "try_terms", "Start", "What other terms would have changed."),
    ("goal add", "contract.goal", "add", "Start", "Add a goal."),
    ("goal replace", "contract.goal", "replace", "Start", "Put another goal in the place of one."),
    ("goal reach", "contract.goal", "reach", "Start", "Note that a goal was reached."),
    ("absence add", "practice.absence", "add", "Start", "Note leave or illness."),
    ("absence told", "practice.absence", "told", "Start", "Note that the clients were told of it."),
    ("absence list", "practice.absence", "list_absences", "Start", "Leave and illness."),
    (
        "directory add",
        "practice.directory",
        "add",
        "Start",
        "Add somebody whom you refer clients to.",
    ),
    ("today", "judging.today", "today", "Judging", "What is owed and what is coming."),
    ("check", "judging.check", "check", "Judging", "Judge the journal by what was agreed."),
    ("rule", "judging.rule", "rule", "Judging", "The page of a rule; without one the list."),
    ("waive", "judging.waive", "waive", "Judging", "Waive a finding, and say why."),
    ("session book", "session.book", "book", "Sessions", "Book a session, or a package of them."),
    ("session move", "session.move", "move", "Sessions", "Move a booked session."),
    ("session cancel", "session.cancel", "cancel", "Sessions", "Cancel a session."),
    ("session no-show", "session.no_show", "no_show", "Sessions", "The client did not come."),
    ("session start", "companion.start", "start", "Sessions", "Note a session while it goes on."),
    ("session log", "session.log", "log", "Sessions", "Log what became of a session."),
    ("session list", "session.look", "list_sessions", "Sessions", "The sessions of a client."),
    ("session show", "session.look", "show_session", "Sessions", "One session, and what was noted."),
    ("brief", "looking.brief", "brief", "Sessions", "One screen before a session."),
    ("prep form", "prep.form", "form", "Sessions", "The form to prepare the next session with."),
    ("prep record", "prep.answers", "record", "Sessions", "Take in the form that came back."),
    ("contact log", "contact.log", "log", "Between sessions", "Log a contact."),
    ("contact reply", "contact.log", "reply", "Between sessions", "Log your reply."),
    ("contact list", "contact.list", "list_contacts", "Between sessions", "List contacts."),
    ("contact import", "contact.importing", "import_contacts", "Between sessions", "Bring in mail, never its text."),
    ("draft", "letters.draft", "draft", "Between sessions", "A message ready to send."),
    (
        "action add",
        "action.add",
        "add",
        "Between sessions",
        "Write down a step, or a promise of yours.",
    ),
    ("action done", "action.close", "done", "Between sessions", "Note that a step is done."),
    ("action part", "action.close", "part", "Between sessions", "Note that a step is partly done."),
    ("action drop", "action.close", "drop", "Between sessions", "Note that a step was given up."),
    ("action carry", "action.close", "carry", "Between sessions", "Carry a step over."),
    ("action update", "action.close", "update", "Between sessions", "Note news of a step."),
    (
        "action list",
        "action.list",
        "list_actions",
        "Between sessions",
        "List the steps that are open.",
    ),
    ("feedback add", "care.feedback", "add", "Duty of care", "Note what the client says of the coaching."),
    ("concern add", "care.concern", "add", "Duty of care", "Note a concern."),
    ("concern raise", "care.concern", "raise_", "Duty of care", "Note that you talked about it."),
    ("concern handover", "care.refer", "hand_over", "Duty of care", "Talk a client over with somebody."),
    ("concern decide", "care.concern", "decide", "Duty of care", "Note what you decided about it."),
    ("concern resolve", "care.concern", "resolve", "Duty of care", "Note that it has passed."),
    ("concern list", "care.concern", "list_concerns", "Duty of care", "The concerns that are open."),
    ("refer", "care.refer", "refer", "Duty of care", "Note whom you pointed a client to."),
    ("consent add", "care.consent", "add", "Duty of care", "Note what a client consents to."),
    ("consent revoke", "care.consent", "revoke", "Duty of care", "Note that a consent was taken back."),
    ("consent list", "care.consent", "list_consents", "Duty of care", "Consents, and which are valid."),
    ("disclose", "care.disclose", "disclose", "Duty of care", "Note what you tell somebody; checked first."),
    ("sponsor add", "care.sponsor", "add", "Duty of care", "Add a sponsor of a client."),
    ("sponsor update", "care.sponsor", "update", "Duty of care", "Note what a sponsor was told."),
    ("supervision log", "supervision.log", "log", "Duty of care", "Note a supervision, held or planned."),
    ("supervision list", "supervision.list", "list_supervision", "Duty of care", "Your supervision so far."),
    ("supervision agenda", "supervision.agenda", "agenda", "Duty of care", "What to bring; no names in it."),
    ("payment add", "money.payment", "add", "Duty of care", "Note a payment or a refund."),
    ("statement", "money.statement", "statement", "Duty of care", "Charges, payments, what is open."),
    ("show", "looking.show", "show_any", "Looking", "A client's timeline, or one record."),
    ("search", "looking.search", "search", "Looking", "Words anywhere in the journal."),
    ("import csv", "contact.importing_csv", "import_csv", "Looking", "Sessions or contacts from a table."),
    ("edit", "keeping.edit", "edit", "Keeping", "A file or a record in your editor."),
    ("delete", "keeping.delete", "delete", "Keeping", "Delete a record."),
    ("resume", "keeping.resume", "resume", "Keeping", "Write the rest of a change that was cut off."),
    ("fmt", "keeping.fmt", "fmt", "Keeping", "Ids for hand-written records, nothing else."),
    ("config list", "keeping.config", "list_settings", "Keeping", "Your settings, and where each comes from."),
    ("config set", "keeping.config", "set_setting", "Keeping", "Settle something for every journal."),
    ("config unset", "keeping.config", "unset_setting", "Keeping", "Take a setting out again."),
    ("config path", "keeping.config", "show_path", "Keeping", "The file that your settings stand in."),
    ("config edit", "keeping.config", "edit_settings", "Keeping", "Your settings in your editor."),
    ("completion", "keeping.completion", "completion", "Keeping", "Completion for bash, zsh and fish."),
    ("help", "keeping.help", "show_help", "Keeping", "How a command is called."),
    ("schema", "keeping.schema", "schema", "Keeping", "The form of each file, for editors."),
)
"""Every command: its name, the module and function that run it, the heading it stands under, and one line on it."""

GROUPS = (
    ("client", "Start", "The people and groups that you coach."),
    ("contract", "Start", "What is agreed with a client."),
    ("goal", "Start", "What the coaching is for."),
    ("absence", "Start", "Leave and illness."),
    ("directory", "Start", "The people whom you refer clients to."),
    ("session", "Sessions", "Sessions: booked, moved, cancelled, held."),
    ("prep", "Sessions", "The form that a client prepares with."),
    ("contact", "Between sessions", "Contact between sessions."),
    ("action", "Between sessions", "Steps, promises, and what came of them."),
    ("import", "Looking", "What other programs hold of the practice."),
    ("feedback", "Duty of care", "What clients say of the coaching."),
    ("concern", "Duty of care", "What you noticed, and what was done."),
    ("consent", "Duty of care", "What may be passed on, and to whom."),
    ("sponsor", "Duty of care", "The leaders who sent a client, or pay."),
    ("supervision", "Duty of care", "Your own supervision."),
    ("payment", "Duty of care", "What came in."),
    ("config", "Keeping", "Your settings for every journal on this computer."),
)
"""Every group of commands: its name, the heading it stands under, and one line on it."""

EXAMPLES = (
    "coachlog",
    "coachlog brief jane",
    "coachlog session start jane",
    "coachlog session book jane 14 jan 15:00",
    "coachlog contact log jane email asks about the plan",
    "coachlog contact reply jane",
    "coachlog action done jane a7kqw",
    "coachlog draft reminder jane",
    "coachlog check",
    "coachlog rule late-reply",
)
"""What help of the whole program shows as examples: a coach's day."""

EXAMPLES_OF_GROUPS = (
    "coachlog client add Jane Doe --email jane@example.com",
    "coachlog client list --tag executive",
    "coachlog contract new jane",
    'coachlog contract amend jane --sessions 8 --why "two more sessions"',
    "coachlog contract pause jane --by both --discussed yesterday --booked cancel",
    "coachlog goal add jane Lead the product team with confidence",
    "coachlog goal reach jane g1",
    "coachlog absence add 3 aug to 14 aug --reason leave --told today",
    'coachlog directory add Dr Sam Okafor --role psychologist --phone "+44 20 7946 0101"',
    'coachlog session book jane fri 3pm --via phone --length "30 min"',
    "coachlog session move jane next fri 15:00 --by client",
    "coachlog session cancel jane next --by client --reason work --via email",
    "coachlog session log jane",
    "coachlog prep form jane --sent",
    "coachlog prep record jane form.txt",
    "coachlog contact log jane email asks about the plan",
    'coachlog contact log jane phone --minutes 4 --at "today 14:10"',
    "coachlog contact reply jane",
    "coachlog action add jane hand the draft to Lee",
    "coachlog action add jane send the article --kind promise --due fri",
    "coachlog action done jane a7kqw",
    "coachlog import csv sessions.csv --map sessions-map.yaml --dry-run",
    "coachlog feedback add jane More challenge please",
    "coachlog concern add jane psychological sleepless for weeks",
    "coachlog concern raise jane",
    "coachlog consent add jane --to pat --for leader-update --form written --scope attendance,goals",
    "coachlog sponsor update jane progress on goals --by client",
    'coachlog supervision log --minutes 60 --client jane --about "my own workload"',
    "coachlog supervision agenda",
    "coachlog payment add jane 900 GBP",
    "coachlog config set journal ~/practice",
    "coachlog config set aliases.l contact log",
)
"""What help of a group shows as examples: those that begin with its name."""

DEFAULT_COMMAND = "today"
"""What `coachlog` alone means."""

DEFAULTS = {"config": "list"}
"""What a group alone means, where it means something."""

COMPLETING = "_COACHLOG_COMPLETE"
"""The environment variable by which a shell asks what can go on at the cursor."""

NO_PLUGINS = ("PYDANTIC_DISABLE_PLUGINS", "__all__")
"""No other package's plug-in is to see what a client said; to look for them took a tenth of a command's time."""

OTHERS_BITS = 0o077
"""What other people on this computer are denied, of all that the program and what it starts makes."""

OF_THE_DISK = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM})
"""What is no mistake of the program's, wherever it comes up: the disk, or the rights on it."""

DONE, CRASHED, INTERRUPTED = 0, 70, 130
"""Exit codes that no error has of its own: EX_SOFTWARE of sysexits.h, and what a shell says of SIGINT."""


def main() -> int:
    """Run the program and give its exit code."""
    os.umask(OTHERS_BITS)
    gc.disable()  # A command lives for a second: to look for cycles took a fifth of that, and freed nothing.
    os.environ.setdefault(*NO_PLUGINS)
    try:
        if sys.argv[1:] == ["--version"]:
            return _say_version()
        if COMPLETING in os.environ:
            return int(import_module("coachlog.commands.completing.answer").run(sys.argv[1:]))
        code: int = import_module("coachlog.command_line").run(sys.argv[1:])
    except CoachlogError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 — nothing may reach the terminal as a traceback
        code = _stopped(error)
    return code


def _stopped(error: Exception) -> int:
    """Say what stopped the program unforeseen, the disk or a mistake of its own, and give the exit code."""
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        _say(f"The disk refuses ({os.strerror(error.errno)}). Check it and the journal's folder, and try again.")
        return CannotWrite.exit_code
    _say(import_module("coachlog.crash").keep(error))
    return CRASHED


def _say_version() -> int:
    try:
        print(f"coachlog {__version__}", flush=True)  # noqa: T201 — the renderer would cost more than all the rest
    except OSError as error:
        import_module("coachlog.render.output").give_up(sys.stdout, error)
    return DONE


def _say(sentence: str) -> None:
    import_module("coachlog.render.output").complain(sentence)
