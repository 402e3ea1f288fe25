"""What a day's items say: one short sentence each, the same on a terminal and in a pipe."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from coachlog.model.duration import Duration
from coachlog.model.instant import Instant
from coachlog.model.words import counted, money_words, span_words
from coachlog.render.near import from_today, near_day, near_moment
from coachlog.views.today_item import Item

Say = Callable[[Item, Instant], str]


def item_words(item: Item, now: Instant) -> str:
    """Say what is owed or coming, as of an instant."""
    return _WORDS[item.kind](item, now)


def _session(item: Item, now: Instant) -> str:
    assert item.at is not None  # noqa: S101 — a session has a start
    when = f"{item.at.wall:%H:%M}" if item.at.day == now.day else near_moment(item.at, now)
    kind = f"{item.what} session" if item.what else "session"
    number = f"{kind} {item.number}" if item.number else kind
    number = f"{number} of {item.of}" if item.of else number
    said = ", ".join(part for part in (item.name, number, item.via or "") if part)
    away = "you are away then" if item.state == "away" else ""
    parts = [f"{when}  {said}", away, _prep(item, now), counted(item.count, "open step") if item.count else ""]
    return " · ".join(part for part in parts if part)


def _prep(item: Item, now: Instant) -> str:
    if item.prep_received:
        return f"prep form came {near_day(item.prep_received.day, now)}"
    return {"sent": "prep form sent, not back yet", "due": "prep form not sent yet"}.get(item.prep or "", "")


def _to_close(item: Item, now: Instant) -> str:
    return f"{near_moment(item.at, now)}, {item.name}: still booked" if item.at else item.name


def _notes(item: Item, now: Instant) -> str:
    of = f" of the session of {near_moment(item.at, now)}" if item.at else ""
    return f"{item.name}: the notes{of} are open ({counted(item.count or 0, 'line')})"


def _to_cancel(item: Item, now: Instant) -> str:
    return f"{near_moment(item.at, now)}, {item.name}: still booked after the ending" if item.at else item.name


def _reply(item: Item, now: Instant) -> str:
    assert item.at is not None  # noqa: S101 — a contact has a moment
    what = {"work": "work sent in, ", "goals": "goals sent in, ", "complaint": "a complaint, ", "crisis": "a crisis, "}
    asked = f"{what.get(item.what or '', '')}{item.via}, {_ago(item.at, now)}"
    if item.due is None:
        return f"{item.name} waits for an answer ({asked}; no time was promised)"
    if item.due < now:
        return f"{item.name} was promised an answer by {_moment(item.due, now)} ({asked})"
    return f"{item.name} wants an answer by {_moment(item.due, now)} ({asked})"


def _complaint(item: Item, now: Instant) -> str:
    if item.day and item.at and item.day < now.day:
        return f"{item.name}: a {item.what} of {near_day(item.at.day, now)} by {item.via} has no answer yet"
    by = f" by {_day(item.day, now)}" if item.day else ""
    return f"{item.name}: a {item.what} came in by {item.via}; answer it, or note a concern{by}"


def _telling(item: Item, now: Instant) -> str:
    due = f" by {_moment(item.due, now)}" if item.due and item.due >= now else " at once"
    return f"{item.name} is to be told{due} that {near_moment(item.at, now)} is off" if item.at else item.name


def _to_send(item: Item, now: Instant) -> str:
    kind = {"prep-form": "prep form"}.get(item.what or "", item.what or item.kind)
    of = f" of {_number(item.count)} {'step' if item.count == 1 else 'steps'}" if item.count else ""
    return f"{item.name}: {kind}{of}, {_when(item, now)}"


def _when(item: Item, now: Instant) -> str:
    """Say when a message is due: by the day, with the time where the time is what matters."""
    due = item.due
    if due is None:
        return "due"
    if due < now:
        return f"was due {_moment(due, now)}"
    timed = item.kind in {"prep-form", "nudge"} and due.day == now.day
    return f"due today by {due.wall:%H:%M}" if timed else f"due {_day(item.day or due.day, now)}"


def _nudge(item: Item, now: Instant) -> str:
    missing = f" (no update for {_day(item.day, now)})" if item.day else ""
    return f"{item.name}: a nudge that was asked for, {_when(item, now)}{missing}"


def _welcome(item: Item, now: Instant) -> str:
    if item.day is None:
        return f"{item.name}: welcome pack, not sent yet"
    was = "the first session was" if item.day < now.day else "first session"
    first = f"{was} {_day(item.day, now)}"
    return f"{item.name}: welcome pack, not sent yet ({first})"


def _awaited(item: Item, now: Instant) -> str:
    what = {"prep-form": "prep form"}.get(item.what or "", item.what or "message")
    if item.due and item.due < now:
        return f"{item.name}: {what} by the client, expected {_day(item.day, now)}, not come yet"
    return f"{item.name}: {what} by the client, expected {_day(item.day, now)}"


def _due_together(noun: str, whose: str = "") -> Say:
    def say(item: Item, now: Instant) -> str:
        what = f"{counted(item.count or 1, noun)}{whose}"
        if item.day and item.day < now.day:
            return f"{item.name}: {what} overdue since {near_day(item.day, now)}"
        return f"{item.name}: {what} due {_day(item.day, now)}"

    return say


def _charge(item: Item, now: Instant) -> str:
    what = {"missed": "was missed", "cancelled-late": "was cancelled late", "moved-late": "was moved late"}
    on = near_moment(item.at, now) if item.at else "a session"
    return f"{item.name}: {on} {what.get(item.state or '', '')}; decide what it costs"


def _rebooking(item: Item, now: Instant) -> str:
    on = near_day(item.at.day, now) if item.at else "a session"
    return f"{item.name}: {on} was cancelled, and nothing is booked in its place"


def _booking(item: Item, now: Instant) -> str:
    return f"{item.name}: nothing is booked; the agreed rhythm has the next one by {_day(item.day, now)}"


def _payment(item: Item, now: Instant) -> str:
    owed = _money(item)
    if item.day and item.day < now.day:
        oldest = ", the oldest" if (item.count or 1) > 1 else ""
        return f"{item.name}: {owed} {item.state}{oldest} since {near_day(item.day, now)}"
    return f"{item.name}: {owed} due {_day(item.day, now)}"


def _money(item: Item) -> str:
    amount = item.amount
    return money_words(amount, item.currency) if isinstance(amount, Decimal) else str(amount)


def _contract(item: Item, now: Instant) -> str:
    if item.state == "used-up":
        last = f", the last {_day(item.day, now)}" if item.day else ""
        used = "the one session is used" if item.of == 1 else f"all {item.of} sessions are used"
        return f"{item.name}: {used}{last}; say goodbye, or agree on more"
    if item.state == "last-session":
        return f"{item.name}: one session left of {item.of}; close with it, or agree on more"
    left = "" if item.count is None else f", {counted(item.count, 'session') if item.count else 'no session'} left"
    ends = "ends as agreed" if item.state == "ended" else "ends"
    return f"{item.name}'s contract {ends} {_in(item.day, now)}{left}"


def _hold(item: Item, now: Instant) -> str:
    if item.state == "unresolved":
        return f"{item.name}: the hold was lifted {_day(item.day, now)}; note what came of it"
    if item.state == "undiscussed":
        return f"{item.name} is on hold since {near_day(item.day, now)}; talk about it" if item.day else item.name
    since = f" since {near_day(item.until, now)}" if item.until else ""
    return f"{item.name} is on hold{since}; look at it by {_day(item.day, now)}"


def _pause(item: Item, now: Instant) -> str:
    if item.state == "over":
        return f"{item.name}: the pause ended {_day(item.day, now)}, and nothing is booked"
    if item.state == "open":
        return f"{item.name} is paused since {_day(item.day, now)}, until further notice"
    return f"{item.name}'s pause {item.state} {_day(item.day, now)}"


def _concern(item: Item, now: Instant) -> str:
    kind = (item.what or "").replace("-", " ")
    if item.state == "open" or item.day is None:
        return f"{item.name}: an open concern ({kind}), noticed {_day(item.day, now)}, nothing decided"
    wants = {
        "act": "act on it",
        "decide": "decide what to do",
        "raise": "talk about it",
        "refer": "give two or three names",
        "choice": "one name was given; give another to choose from",
        "supervise": "bring it to supervision",
    }
    by = f"by {_day(item.day, now)}" if item.day >= now.day else f"overdue since {near_day(item.day, now)}"
    return f"{item.name}: concern ({kind}); {wants.get(item.state or '', '')}, {by}"


def _consent(item: Item, now: Instant) -> str:
    return f"{item.name}: consent ({(item.what or '').replace('-', ' ')}) runs out {_day(item.day, now)}"


def _leader_update(item: Item, now: Instant) -> str:
    return f"{item.name}: the sponsor has not heard of the new goal; {_due_word(item, now)}"


def _three_way(item: Item, _: Instant) -> str:
    when = "best by" if (item.count or 0) < (item.of or 0) else "it was best by"
    return f"{item.name}: the sponsor has not been met with the client yet; {when} session {item.of}"


def _due_word(item: Item, now: Instant) -> str:
    return f"due {_day(item.day, now)}" if item.day and item.day >= now.day else f"was due {_day(item.day, now)}"


def _supervision(item: Item, now: Instant) -> str:
    if item.state == "planned":
        return f"Supervision {_day(item.until, now)}"
    coached = f"{Duration(minutes=item.minutes or 0)} coached"
    since = f" since {near_day(item.day, now)}" if item.day else ""
    planned = f"; the next is {_day(item.until, now)}" if item.until else ""
    return f"Supervision is due: {coached}{since}, planned every {Duration(minutes=item.of_minutes or 0)}{planned}"


def _absence(item: Item, now: Instant) -> str:
    if item.state == "away":
        return f"You are away{_until(item, now) or ' until further notice'}"
    to = _until(item, now).replace("until", "to") or " until further notice"
    away = f"You are away {near_day(item.day, now) if item.day else ''}{'' if item.until == item.day else to}"
    if item.state != "untold":
        return away
    return f"{away}; {counted(item.count, 'client')} to be told" if item.count else f"{away}; nobody has been told"


def _until(item: Item, now: Instant) -> str:
    return f" until {near_day(item.until, now)}" if item.until else ""


def _credential(item: Item, now: Instant) -> str:
    return f"Your credential {'expired' if item.day and item.day < now.day else 'expires'} {_day(item.day, now)}"


def _breach(item: Item, _: Instant) -> str:
    return f"{item.name}: {counted(item.count or 1, 'breach', 'breaches')}"


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _ago(moment: Instant, now: Instant) -> str:
    return f"{span_words(now - moment)} ago"


def _moment(moment: Instant, now: Instant) -> str:
    return f"{moment.wall:%H:%M}" if moment.day == now.day else near_moment(moment, now)


def _day(day: date | None, now: Instant) -> str:
    """Say a day as it lies from today: `today`, `tomorrow`, `yesterday`, else with its weekday."""
    return from_today(day, now) if day else "soon"


def _in(day: date | None, now: Instant) -> str:
    """Say how far a day to come lies away: `today`, `tomorrow`, `in 9 days (Thu 9 Apr 2026)`."""
    days = (day - now.day).days if day else 0
    return f"in {days} days ({near_day(day, now)})" if day and days > 1 else _day(day, now)


_WORDS: Mapping[str, Say] = {
    "session": _session,
    "to-close": _to_close,
    "notes": _notes,
    "reply": _reply,
    "complaint": _complaint,
    "telling": _telling,
    "reminder": _to_send,
    "prep-form": _to_send,
    "follow-up": _to_send,
    "nudge": _nudge,
    "welcome": _welcome,
    "promise": _due_together("promise", " of yours"),
    "step": _due_together("step"),
    "awaited": _awaited,
    "charge": _charge,
    "rebooking": _rebooking,
    "booking": _booking,
    "payment": _payment,
    "contract": _contract,
    "hold": _hold,
    "pause": _pause,
    "concern": _concern,
    "consent": _consent,
    "leader-update": _leader_update,
    "three-way": _three_way,
    "to-cancel": _to_cancel,
    "supervision": _supervision,
    "absence": _absence,
    "credential": _credential,
    "breach": _breach,
}
