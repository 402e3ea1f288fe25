"""What goes to and fro between sessions: answers, reminders, prep forms, nudges, the welcome pack."""

from dataclasses import replace
from datetime import date

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.model.follow_ups import Due
from coachlog.model.instant import Instant
from coachlog.model.updates import OwedUpdate
from coachlog.model.when import BesideSession
from coachlog.views.today_item import Item, Kind
from coachlog.views.today_outlook import A_WEEK, Items, Outlook, can_tell, of_client

HANDED_IN = frozenset({"work", "goals"})
"""What a client hands in, and wants to see acknowledged (rules.md, FUP106)."""
SENT = {"reminder": "FUP101", "prep-form": "FUP102"}
"""The rules on what the contract has the coach send."""
URGENT = frozenset({"complaint", "crisis"})
"""What is to be followed even where no answer is wanted (rules.md, CTC114)."""


def messages(file: ClientFile, outlook: Outlook) -> Items:
    """Give what is to be written to a client, and what is to come from them."""
    if not can_tell(file, "contract.ended", "contract.pauses", "sessions", "contacts"):
        return
    yield from _replies(file, outlook)
    yield from _complaints(file, outlook)
    yield from _follow_ups(file, outlook)
    yield from _nudges(file, outlook)
    yield from _welcome(file, outlook)


def _replies(file: ClientFile, outlook: Outlook) -> Items:
    letters = file.correspondence
    if file.agreements.all_over(outlook.today):
        return
    for contact in letters.contacts:
        if letters.waits_for_answer(contact) and letters.reply_to_anybody(contact) is None:
            deadline = letters.deadline(contact)
            yield _answered_with(_from(file, "reply", contact), deadline and deadline.at, outlook)


def _answered_with(item: Item, due: Instant | None, outlook: Outlook) -> Item:
    """Say how a client is answered: once the time has passed, with a letter that says sorry."""
    late = due is not None and outlook.clock.passed(due)
    rule = "FUP106" if item.what in HANDED_IN else "CTC106"
    urgent = "CTC114" if item.what in URGENT else None
    return replace(item, rule=rule if due else urgent, due=due, does="draft reply-late" if late else "contact reply")


def _from(file: ClientFile, kind: Kind, contact: Contact) -> Item:
    item = replace(of_client(file, kind, "owed"), record=contact.label, at=contact.at, via=contact.via)
    return replace(item, what=None if contact.for_ == "other" else contact.for_)


def _complaints(file: ClientFile, outlook: Outlook) -> Items:
    """Give the complaints and cries for help that want no answer, or are a sponsor's, and that nobody followed."""
    letters = file.correspondence
    for contact in letters.contacts:
        ours = contact.for_ in URGENT and contact.from_ in {"client", "sponsor"}
        last = contact.day + A_WEEK
        noticed = any(contact.day <= one.noticed <= last for one in file.care.concerns)
        told = letters.waits_for_answer(contact) and not file.agreements.all_over(outlook.today)
        followed = noticed or told or letters.reply_to_anybody(contact)
        if ours and not followed:
            item = replace(_from(file, "complaint", contact), day=last, rule="CTC114", does="concern add")
            answer = replace(item, does="contact reply", on=f"--to {contact.label or ''}")
            yield answer if last < outlook.today else item


def _follow_ups(file: ClientFile, outlook: Outlook) -> Items:
    """Give what the contract has the coach send, and the client, and what was not sent yet."""
    for due in file.follow_ups.owed:
        if _is_awaited(due, outlook) and not file.follow_ups.was_kept(due, outlook.clock.now):
            if not due.by_coach:
                yield _awaited(file, due, outlook)
            elif not _is_superseded(file, due, outlook):
                yield _to_send(file, due, outlook)


def _is_awaited(due: Due, outlook: Outlook) -> bool:
    """Tell whether it is about time for a follow-up, and not yet so late that it is of no use."""
    begun = due.session and due.session.is_booked and outlook.clock.passed(due.session.at)
    return due.day <= outlook.last and not begun and not outlook.is_stale(due.day)


def _is_superseded(file: ClientFile, due: Due, outlook: Outlook) -> bool:
    """Tell whether the session that it was for has come, or the next one: then it helps nobody any more."""
    if due.session is None or not isinstance(due.follow_up.when, BesideSession):
        return False
    if due.follow_up.when.side == "before":
        return outlook.clock.passed(due.session.at)
    return any(one.at > due.session.at for one in file.attendance.held_coaching)


def _to_send(file: ClientFile, due: Due, outlook: Outlook) -> Item:
    kind: Kind = due.follow_up.kind if due.follow_up.kind in {"reminder", "prep-form"} else "follow-up"
    has_letter = kind == "prep-form" or (kind == "reminder" and _reminds_of_something(file, outlook))
    purpose = " --for reminder" if kind == "reminder" else ""
    return replace(
        of_client(file, kind, outlook.group(due.day)),
        record=due.session.label if due.session else due.contract.label,
        what=due.follow_up.kind,
        rule=SENT.get(kind),
        due=due.at,
        day=due.day,
        via=due.follow_up.via,
        count=_steps_of(file, due) if kind == "reminder" else None,
        does=f"draft {kind}" if has_letter else "contact log",
        on="" if has_letter else f"{due.follow_up.via or 'email'} --from coach{purpose}",
    )


def _reminds_of_something(file: ClientFile, outlook: Outlook) -> bool:
    """Tell whether there is an open step, or a session to come, that a letter can remind of."""
    ahead = any(one.is_booked and not outlook.clock.begun(one.at) for one in file.sessions)
    return ahead or any(step.is_open for step in file.follow_through.steps)


def _steps_of(file: ClientFile, due: Due) -> int | None:
    """Count the open steps that a reminder is about: those of its session, else all."""
    steps = file.follow_through.of(due.session) if due.session and due.session.is_held else file.follow_through.steps
    return sum(step.is_open for step in steps) or None


def _awaited(file: ClientFile, due: Due, outlook: Outlook) -> Item:
    item = replace(of_client(file, "awaited", outlook.group(due.day, late="waiting")), what=due.follow_up.kind)
    record = due.session.label if due.session else due.contract.label
    return replace(item, record=record, rule="FUP105", due=due.at, day=due.day, via=due.follow_up.via)


def _nudges(file: ClientFile, outlook: Outlook) -> Items:
    """Give the steps of which no news came, and after which the client wants to be asked."""
    if file.agreements.all_over(outlook.today) or not can_tell(file, "actions.updates"):
        return
    for action in file.actions:
        owed = _unheard(file, action, outlook)
        by = file.updates.nudge_by(owed) if owed else None
        if owed and by and not outlook.is_stale(by.day):
            item = replace(of_client(file, "nudge", "owed"), record=action.label, day=owed.day, due=by)
            yield replace(
                item, via=action.follow_up.via if action.follow_up else None, rule="FUP103", does="draft nudge"
            )


def _unheard(file: ClientFile, action: Action, outlook: Outlook) -> OwedUpdate | None:
    """Give the last update that should have come by now, where it did not and nobody asked after it."""
    asked = action.is_open and action.follow_up and action.follow_up.nudge
    owed = file.updates.owed(action, outlook.today) if asked else ()
    late = [one for one in owed if outlook.clock.passed(file.updates.late_from(one))][-1:]
    now = outlook.clock.now
    return next((one for one in late if not (file.updates.came(one, now) or file.updates.nudged(one, now))), None)


def _welcome(file: ClientFile, outlook: Outlook) -> Items:
    """Give a first contract whose welcome pack was not sent, until a week after the first session."""
    for contract, terms in file.agreements.standing(outlook.today):
        first = _first_day(file, contract)
        written = any(one.for_ == "welcome" for one in file.correspondence.by_coach)
        if not (written or terms.welcome_pack or contract.renews) and not (first and outlook.is_stale(first)):
            item = replace(of_client(file, "welcome", "owed"), record=contract.label, day=first)
            yield replace(item, rule="CON114", does="draft welcome")


def _first_day(file: ClientFile, contract: Contract) -> date | None:
    takes_place = (one for one in file.attendance.of(contract) if one.is_coaching and (one.is_held or one.is_booked))
    return next((one.day for one in takes_place), None)
