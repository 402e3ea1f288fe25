"""The terms of a contract in plain words, as one says them to a client: what is paid, what is late, who may write."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from coachlog.model.contract import (
    AfterEnd,
    CancellationTerms,
    Confidentiality,
    ContactClause,
    Fee,
    FollowUp,
    Goal,
    Sharing,
    Termination,
    Terms,
)
from coachlog.model.words import counted, day_words, listed


def agreed_words(terms: Terms, name: str) -> list[str]:
    """Say a term in words: each record of a list by itself. Nothing where it is not agreed."""
    value = getattr(terms, name)
    if value is None or value == ():
        return []
    say = _CLAUSES.get(name)
    if say is None or isinstance(value, str):
        return [_plainly(value)]
    clauses = value if isinstance(value, tuple) else (value,)
    return [words for one in clauses if (words := ", ".join(say(one)))]


def _plainly(value: object) -> str:
    """Say a number, a span, a word, a day, yes or no; the words of a list one behind the other."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _goal(goal: Goal) -> Iterator[str]:
    yield f"{goal.label}: {goal.text}"
    if goal.from_:
        yield f"from the {goal.from_}"
    if goal.measure:
        yield f"measured by: {goal.measure}"
    if goal.replaces:
        yield f"in place of {goal.replaces}"
    if goal.reached:
        yield f"reached {day_words(goal.reached)}"


def _fee(fee: Fee) -> Iterator[str]:
    yield " per ".join(str(one) for one in (fee.amount, fee.per) if one)
    if fee.parts:
        yield f"in {counted(fee.parts, 'part')}"
    if fee.every:
        yield f"one every {fee.every}"
    if fee.due:
        yield f"due within {fee.due}"


def _cancellation(terms: CancellationTerms) -> Iterator[str]:
    if terms.notice:
        yield f"{terms.notice} notice"
    if terms.late:
        costs = terms.late_fee or "one session"
        yield (
            f"late costs {costs}" if terms.late == "fee" else f"late {'is free' if terms.late == 'free' else 'counts'}"
        )
    if terms.no_show_after:
        yield f"no-show after {terms.no_show_after}"
    if terms.strikes:
        yield counted(terms.strikes, "strike")


def _contact(clause: ContactClause) -> Iterator[str]:
    yield from (f"{medium} within {time}" if time else medium for medium, time in clause.via.items())
    if clause.hours:
        yield str(clause.hours)
    if clause.coach_may_start is not None:
        yield f"the coach {'may' if clause.coach_may_start else 'does not'} start"
    if clause.limit:
        yield "without limit" if isinstance(clause.limit, str) else f"at most {clause.limit.text}"
    if clause.free:
        yield f"{clause.free} free"
    if clause.rate:
        yield clause.rate.text


def _follow_up(one: FollowUp) -> Iterator[str]:
    yield f"{one.label}: {one.kind}{f' by {one.via}' if one.via else ''}"
    if one.from_ == "client":
        yield "from the client"
    yield day_words(one.when) if isinstance(one.when, date) else f"{one.when.span} {one.when.side} the session"


def _confidentiality(clause: Confidentiality) -> Iterator[str]:
    if clause.code:
        yield clause.code
    if clause.exceptions:
        yield f"except {listed([*clause.exceptions])}"


def _sharing(clause: Sharing) -> Iterator[str]:
    if clause.what:
        yield listed([*clause.what])
    if clause.with_:
        yield f"with {listed([*clause.with_])}"
    if clause.reported_by:
        yield f"by {clause.reported_by}"


def _termination(clause: Termination) -> Iterator[str]:
    if clause.notice:
        yield f"{clause.notice} notice"


def _after_end(clause: AfterEnd) -> Iterator[str]:
    if clause.until:
        yield f"until {day_words(clause.until)}"
    if clause.via:
        yield f"by {listed([*clause.via])}"
    if clause.for_:
        yield f"for {clause.for_}"


_CLAUSES: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "goals": _goal,
    "fee": _fee,
    "cancellation": _cancellation,
    "between_sessions": _contact,
    "follow_up": _follow_up,
    "confidentiality": _confidentiality,
    "sharing": _sharing,
    "termination": _termination,
    "after_end": _after_end,
}
