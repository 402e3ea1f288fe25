"""Steps and promises of a day: what is due, and what is past its day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from operator import itemgetter

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.views.today_item import Group, Item, Kind
from coachlog.views.today_outlook import Items, Outlook, can_tell, of_client
from coachlog.views.today_sessions import coming


def steps(file: ClientFile, outlook: Outlook) -> Items:
    """Give the coach's promises and the client's steps by the day on which they are due.

    What is overdue stands together. A step that is due on the day of a session is looked at in it, and told with it.
    """
    yield from _due("promise", file, file.follow_through.promises, outlook)
    if can_tell(file, "contract.ended") and not file.agreements.all_over(outlook.today):
        met = {one.day for one in coming(file, outlook) if one.day <= outlook.last}
        yield from _due("step", file, (one for one in file.follow_through.steps if one.due not in met), outlook)


def _due(kind: Kind, file: ClientFile, actions: Iterable[Action], outlook: Outlook) -> Items:
    yesterday = outlook.today - timedelta(days=1)
    due = [(max(one.due, yesterday), one) for one in actions if one.is_open and one.due and one.due <= outlook.last]
    for _, group in groupby(sorted(due, key=itemgetter(0)), key=itemgetter(0)):
        yield _together(kind, file, [action for _, action in group], outlook)


def _together(kind: Kind, file: ClientFile, group: list[Action], outlook: Outlook) -> Item:
    late: Group = "owed" if kind == "promise" else "waiting"
    day = min(one.due for one in group if one.due)
    item = replace(of_client(file, kind, outlook.group(day, late=late)), day=day, count=len(group))
    item = replace(item, rule="ACT109" if kind == "promise" else "ACT105")
    if len(group) > 1:
        return replace(item, does="action list")
    label = group[0].label
    return replace(item, record=label, does="action done", on=label or "")
