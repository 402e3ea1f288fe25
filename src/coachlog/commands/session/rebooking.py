"""Facts and a plan in one call: what happened is recorded in any case, the booking only where it crosses nothing."""

from collections.abc import Sequence

from coachlog.commands.desk.boundaries import PlanRefused, crossed, crossed_words, known_by, with_waiver
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.rules.finding import Finding


def record_and_plan(
    desk: Desk, code: str, facts: Sequence[Change], planned: Sequence[Change], manner: Manner
) -> tuple[Outcome, PlanRefused | None]:
    """Record facts together with a booking; where that would cross a boundary the facts alone, with the refusal.

    `planned` is the whole change with the booking in it.
    """
    recorded = Manner(dry_run=manner.dry_run, everyone=True)
    try:
        with desk.finished(planned, recorded) as finished:
            return _planned(desk, code, facts, finished, manner), None
    except PlanRefused as refusal:
        return desk.carry_out(code, facts, recorded), refusal


def _planned(desk: Desk, code: str, facts: Sequence[Change], planned: Sequence[Change], manner: Manner) -> Outcome:
    """Record facts together with a booking. Raises PlanRefused where it would cross a boundary."""
    trial = Manner(dry_run=True, everyone=True)
    known = {known_by(one) for one in desk.carry_out(code, facts, trial).brought}
    crossing = [one for one in crossed(desk.carry_out(code, planned, trial).brought) if known_by(one) not in known]
    if crossing and not manner.anyway and manner.waive is None:
        raise _not_booked(crossing)
    waivers = [_waived(desk, one, manner.waive) for one in crossing if manner.waive]
    return desk.carry_out(code, [*planned, *waivers], Manner(dry_run=manner.dry_run, everyone=True))


def _waived(desk: Desk, finding: Finding, why: str) -> Change:
    return Change(finding.place.file, lambda data: with_waiver(data, finding, why, desk.now))


def _not_booked(crossing: Sequence[Finding]) -> PlanRefused:
    remedy = "Book it with coachlog session book CLIENT WHEN and --anyway, or --waive REASON to note why."
    return PlanRefused(f"The rest is recorded, the next session is not booked: {crossed_words(crossing)}", remedy)
