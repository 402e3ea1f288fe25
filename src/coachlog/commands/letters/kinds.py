"""The kinds of letter: what each is for when it is logged, what it is about, and to whom it may go."""

from collections.abc import Callable
from difflib import get_close_matches
from typing import Literal, NamedTuple

from coachlog.commands.letters import seeking
from coachlog.commands.letters.seeking import Seeking
from coachlog.errors import WrongCall
from coachlog.model.contact import Purpose
from coachlog.views.letters.about import About

Way = Literal["client", "either", "sponsor"]
Names = Literal["", "session", "follow-up", "messages"]


class Kind(NamedTuple):
    """A kind of letter.

    `for_` is what its contact is for, `names` what that contact names: the session, the follow-up with its session
    where one is due, or the messages that it answers. `to` says whether it goes to the client, to a sponsor, or where
    the call says. `about` finds what it is about, and says what is missing.
    """

    name: str
    for_: Purpose
    names: Names
    to: Way
    about: Callable[[Seeking], About]
    summary: str


KINDS = (
    Kind("welcome", "welcome", "", "client", seeking.welcome, "How you work together, when the coaching begins."),
    Kind("booking", "logistics", "session", "client", seeking.booking, "Confirms the next session."),
    Kind("no-show", "logistics", "session", "client", seeking.no_show, "After a session that the client missed."),
    Kind("invoice", "admin", "", "either", seeking.invoice, "All that is open."),
    Kind("agreement", "admin", "", "client", seeking.agreement, "The contract in plain words, to read and sign."),
    Kind("reminder", "reminder", "follow-up", "client", seeking.reminder, "The open steps, and the next session."),
    Kind("prep-form", "prep", "follow-up", "client", seeking.prep_form, "Questions to prepare the next session with."),
    Kind("nudge", "nudge", "follow-up", "client", seeking.nudge, "For an update that did not come."),
    Kind("reply-late", "other", "messages", "client", seeking.reply_late, "When an answer takes longer than agreed."),
    Kind(
        "cancellation", "logistics", "session", "client", seeking.cancellation, "The session that was cancelled last."
    ),
    Kind("hold", "admin", "", "client", seeking.hold, "What it takes to go on."),
    Kind("pause", "admin", "", "client", seeking.pause, "Confirms a pause."),
    Kind("referral", "redirect", "", "client", seeking.referral, "Who may help, with names and details."),
    Kind("ending", "admin", "", "client", seeking.ending, "That the coaching ends, and why."),
    Kind("closing", "admin", "", "client", seeking.closing, "Thanks, and what the client takes along."),
    Kind("payment-reminder", "admin", "", "either", seeking.payment_reminder, "What is overdue."),
    Kind("office-closed", "admin", "", "client", seeking.office_closed, "Your next absence."),
    Kind("leader-update", "update", "", "sponsor", seeking.leader_update, "What a sponsor may be told."),
)
"""Every kind of letter, in the order in which a coaching meets them."""


def kind_of(wanted: str) -> Kind:
    """Find the kind that a name, or the beginning of one alone, means. Raises WrongCall."""
    exact = [one for one in KINDS if one.name == wanted]
    found = exact or [one for one in KINDS if one.name.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    near = [one.name for one in found] or get_close_matches(wanted, [one.name for one in KINDS], n=3, cutoff=0.5)
    what = f"`{wanted}` {'can mean several kinds' if found else 'is no kind'} of letter."
    raise WrongCall(what, f"The nearest: {', '.join(near)}." if near else "`coachlog draft` lists them.")
