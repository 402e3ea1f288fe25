"""What a day asks of the coach beside the clients: supervision, leave, the credential."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from coachlog.model.client_file import ClientFile
from coachlog.model.diary import appointments_of
from coachlog.model.duration import Duration
from coachlog.model.practice import Absence, Practice
from coachlog.model.supervision import Supervision
from coachlog.views.today_item import Item
from coachlog.views.today_outlook import A_WEEK, Items, Outlook

EVERY = Duration(minutes=35 * 60, text="35 h")
"""After how much coaching supervision is due, where the practice has set nothing (rules.md, SUP102)."""
RENEWED_BEFORE = timedelta(days=60)
"""How long before its last day a credential is worth a thought."""
_YOU = Item("supervision", "ahead", None, "You")


def practice_items(
    practice: Practice, files: Sequence[ClientFile], supervision: Iterable[Supervision], outlook: Outlook
) -> Items:
    """Give what is due for the practice itself; supervision that is planned is among what is given."""
    yield from _supervision(practice, files, tuple(supervision), outlook)
    active = sum(file.agreements.on(outlook.today) is not None for file in files)
    yield from (one for absence in practice.absences for one in _absence(absence, active, outlook))
    yield from _credential(practice, outlook)


def _supervision(
    practice: Practice, files: Sequence[ClientFile], supervision: tuple[Supervision, ...], outlook: Outlook
) -> Items:
    last = max((one.date for one in supervision if one.date <= outlook.today), default=None)
    planned = min((one.date for one in supervision if one.date > outlook.today), default=None)
    every = (practice.supervision.every if practice.supervision else None) or EVERY
    counting = [
        one for file in files for one in appointments_of(file) if one.coaching and not (last and one.day <= last)
    ]
    minutes = sum(one.took for one in counting if one.held)
    to_come = sum(one.took for one in counting if not one.held and outlook.today <= one.day <= outlook.last)
    item = replace(_YOU, minutes=minutes, of_minutes=every.total_minutes, day=last, until=planned)
    if minutes + to_come > every.total_minutes:
        group = outlook.group(outlook.today if minutes > every.total_minutes else outlook.last + A_WEEK)
        yield replace(item, group=group, state="due", rule="SUP102", does="supervision agenda")
    elif planned and planned <= outlook.last:
        yield replace(item, state="planned", does="supervision agenda")


def _absence(absence: Absence, active: int, outlook: Outlook) -> Items:
    """Give leave that the clients have not been told of, that is under way, or that begins soon."""
    item = replace(_YOU, kind="absence", record=absence.label, day=absence.from_, until=absence.to)
    if absence.to and absence.to < outlook.today:
        return
    told = absence.told is not None and absence.told <= outlook.today
    if not told and absence.from_ <= outlook.today + 2 * A_WEEK:
        yield replace(
            item,
            group="owed",
            state="untold",
            rule="PRA103",
            count=active or None,
            does="absence told",
            on=absence.label or "",
        )
    elif absence.covers(outlook.today):
        yield replace(item, group="now", state="away")
    elif absence.from_ <= outlook.last:
        yield replace(item, state="ahead")


def _credential(practice: Practice, outlook: Outlook) -> Items:
    expires = practice.coach.credential_expires if practice.coach else None
    if expires and expires <= outlook.today + RENEWED_BEFORE:
        yield replace(
            _YOU, kind="credential", rule="PRA105", group="owed" if expires < outlook.today else "ahead", day=expires
        )
