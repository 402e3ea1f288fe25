"""When a contracted follow-up is due: so long before or after a session, or by the end of a day."""

from datetime import date
from typing import Annotated, Literal, NamedTuple

from coachlog.model.duration import Duration
from coachlog.model.fields import Expected, Reading
from coachlog.model.instant import parse_day


class BesideSession(NamedTuple):
    """So long before or after a session."""

    span: Duration
    side: Literal["before", "after"]


def _follow_up_time(value: object) -> object:
    if isinstance(value, str):
        if day := parse_day(value):
            return day
        words = value.rsplit(maxsplit=2)
        if len(words) == 3 and words[2] == "session" and words[1] in {"before", "after"}:  # noqa: PLR2004 — span, side, word
            span = Duration.parse(words[0])
            if span:
                return BesideSession(span, "before" if words[1] == "before" else "after")
    elif value is not None and not isinstance(value, (dict, list)):
        return value
    what = "expected a time such as 2 days before session, 1 week after session, or a day"
    raise Expected(what)


FollowUpTime = Annotated[date | BesideSession, Reading(_follow_up_time)]
"""`DURATION before session`, `DURATION after session`, or a day (by its end)."""
