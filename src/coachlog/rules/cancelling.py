"""Cancelling and missing (CAN): what was called off, how soon it was said, what it costs, and what it tells.

A client may cancel, and may miss; what is judged is what the coach did about it. What both wanted is nobody's doing.
A move within the notice is a cancellation of the start that was booked before it.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from coachlog.clock import Clock
from coachlog.model.attendance import Attendance
from coachlog.model.cancelling import EMERGENCIES, STRIKES, WINDOW, CalledOff, Late, last_run
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract
from coachlog.model.diary import CancelledByCoach, Diary
from coachlog.model.duration import MINUTES_A_DAY, Duration
from coachlog.model.instant import Instant, add_to_day
from coachlog.model.session import Session
from coachlog.model.words import contract_words, counted, day_words, listed, moment_words, span_words
from coachlog.rules.rule import Found, Rule, rule

AGREED = "contract.ended"
"""What tells which contract a session belongs to, and by which terms: the contracts, with how they ended."""
AGREED_UNREAD = frozenset({"contract", AGREED})
"""The gaps that leave open which contract a session belongs to."""
EXCUSED = EMERGENCIES | {"work", "wellbeing", "circumstances", "ethics", "technical"}
"""Reasons for which a coach may cancel at short notice (rules.md, CAN103)."""
CHARGED = frozenset({"counts", "fee"})
"""What costs the client something."""


def _named(one: CalledOff) -> str:
    return f"The session of {moment_words(one.start)} was {'moved' if one.moved else 'cancelled'}"


def _once_each(founds: Iterable[Found]) -> Iterable[Found]:
    """Keep one finding for each session: of one that was moved and then cancelled, what was last."""
    return {id(found.record): found for found in founds}.values()


@rule("CAN101", "warning", source="S0", passing=True)
def unexplained_cancellation(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A session was cancelled, and it is not noted by whom, when or why.

    Who cancelled, when and for what reason decides what a session costs and whether the notice was kept. S0 has both
    sides keep to what they agreed on cancelling, and that can only be told of a cancellation that was written down. A
    few of them side by side also show what no single one does: a line that fails, a week that is too full, a client
    who is about to leave.
    """
    for one in file.cancelling.cancelled:
        asked = {"by whom": one.by, "when": one.at, "why": one.reason}
        missing = [words for words, answer in asked.items() if answer is None]
        if missing:
            message = f"The session of {day_words(one.session.day)} was cancelled; it is not noted {listed(missing)}."
            yield Found(one.session, message)


def _by_coach(file: ClientFile) -> Iterator[CalledOff]:
    """Give what the coach cancelled, or moved within the notice; by the contract, as far as that could be read."""
    if not file.gaps & AGREED_UNREAD:
        yield from (one for one in file.cancelling.moved if one.by == "coach" and file.cancelling.late(one))
    yield from (one for one in file.cancelling.cancelled if one.by == "coach")


def _to_be_told(one: CalledOff, within: Duration) -> Instant:
    """Give the moment by which the client is to be told: soon after the decision, and not after the start."""
    return min(one.start, one.at.plus(within)) if one.at else one.start


def _told_late(one: CalledOff, told: Instant, within: Duration) -> Found:
    when = day_words(told.day) if isinstance(one.told, date) else moment_words(told)
    after = "after its start" if told > one.start else f"more than {within} later"
    decided = f" on {moment_words(one.at)}" if one.at else ""
    message = f"{_named(one)} by the coach{decided}, and the client was told on {when}, {after}."
    return Found(one.session, message, one.session.day)


def _untold(file: ClientFile, clock: Clock, within: Duration) -> Iterator[Found]:
    for one in _by_coach(file):
        due, told = _to_be_told(one, within), one.told_at
        if told is None or not clock.begun(told):
            if clock.passed(due):
                message = f"{_named(one)} by the coach, and it is not noted when the client was told."
                yield Found(one.session, message)
        elif told > due:
            yield _told_late(one, told, within)


@rule(
    "CAN102",
    "breach",
    source="S0",
    options={"within": Duration(minutes=MINUTES_A_DAY, text="24 h")},
    passing=True,
)
def client_not_told(file: ClientFile, clock: Clock, within: Duration) -> Iterator[Found]:
    """You cancelled a session, and the client was told late or not at all.

    S0 grants a coach many good reasons to cancel, and asks for one thing with all of them: to tell the client promptly
    and, where possible, to offer another time. Nobody minds a coach with a fever. What is remembered is half an hour
    before an empty screen, or a day kept free for a session that you had long given up.
    """
    yield from _once_each(_untold(file, clock, within))


def _before_words(one: CalledOff) -> str:
    """Say how long before its start, or after it, a session was called off."""
    if one.at is None or one.at == one.start:
        return "at its start"
    span = span_words(abs(one.start - one.at))
    return f"{span} before its start" if one.at < one.start else f"{span} after its start"


def _notice_words(missed: Late) -> str:
    until = f", which gave until {moment_words(missed.latest)}" if missed.notice.working_days else ""
    return f"{contract_words(missed.contract)} asks for {missed.notice} notice{until}"


def _short_notice(file: ClientFile) -> Iterator[Found]:
    for one in _by_coach(file):
        missed = file.cancelling.late(one)
        if missed and one.reason not in EXCUSED:
            reason = f"for the reason {one.reason}" if one.reason else "and no reason is noted"
            message = f"{_named(one)} by the coach {_before_words(one)}, {reason}; {_notice_words(missed)}."
            clause = missed.terms.clause("cancellation", "notice")
            yield Found(one.session, message, one.session.day, clause, contract=missed.contract)


@rule("CAN103", "warning", source="S0", needs=(AGREED,))
def late_cancelling_coach(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You cancelled or moved a session at shorter notice than you ask of the client.

    S0 lists what takes a session from a coach without warning: illness, family, work that can't wait, a mind that is
    not up to it, a line that fails. None of these is asked about here. But the notice in the contract binds both of
    you, and S0 wants the decision made with the client's time in mind: a coach who moves a session because another
    date suits better does what costs a client their session.
    """
    yield from _once_each(_short_notice(file))


def _costs(terms: Contract, contract: Contract) -> str:
    costs = "counts as held" if terms.cancellation and terms.cancellation.late == "counts" else "costs a fee"
    return f"no charge is decided; by {contract_words(contract)} it {costs}"


def _uncharged(contract: Contract, session: Session, what: str, day: date) -> Iterator[Found]:
    """Find a session for which the contract of its day has a charge, and nobody decided on one."""
    terms = contract.terms(day)
    if session.charge is None and terms.cancellation and terms.cancellation.late in CHARGED:
        clause = terms.clause("cancellation", "late")
        yield Found(session, f"{what}, and {_costs(terms, contract)}.", clause=clause, contract=contract)


def _undecided(file: ClientFile) -> Iterator[Found]:
    for one in (*file.cancelling.moved, *file.cancelling.cancelled):
        missed = file.cancelling.late(one) if one.by == "client" else None
        if missed:
            what = f"{_named(one)} by the client {_before_words(one)}"
            yield from _uncharged(missed.contract, one.session, what, one.start.day)
    for session in file.attendance.sessions:
        contract = file.attendance.contract_of(session)
        if session.is_missed and contract:
            what = f"The client did not come on {moment_words(session.at)}"
            yield from _uncharged(contract, session, what, session.day)


@rule("CAN104", "warning", source="S0, S2", needs=(AGREED,), passing=True)
def unapplied_policy(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A client missed a session or cancelled late, and nothing was decided about the charge.

    S0 counts the terms on cancelling among what both of you uphold, and S2 reminds you that you are entitled to be
    paid for your time. To waive the charge is a decision, often a good one, and it takes one word in the journal. Where
    nothing is decided the clause fades: the client who missed learns that it is not meant, and the one who kept to it
    has paid for that.
    """
    yield from _once_each(_undecided(file))


def _charged(session: Session) -> str | None:
    return session.charge if session.charge in CHARGED else None


@rule("CAN105", "breach", source="S0")
def client_charged_for_coach(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A client is charged for a session that you cancelled, or that a technical fault took.

    S0 asks a coach who has to cancel to respect the client's time, to keep the disruption small and to stand by what
    was agreed. A client who did nothing but be there owes nothing: neither a fee nor one of their sessions. The same
    goes for a line that breaks down, whoever's it was.
    """
    for session in file.attendance.sessions:
        says, charge = session.cancelled, _charged(session)
        if says is None or charge is None or session.status not in {"cancelled", "no-show"}:
            continue
        by_coach = says.by == "coach" and session.is_cancelled
        if by_coach or says.reason == "technical":
            why = "was cancelled by the coach" if by_coach else "fell to a technical fault"
            message = f"The session of {day_words(session.day)} {why}, and its charge is noted as {charge}."
            yield Found(session, message, session.day)


def _made_up_for(attendance: Attendance, session: Session) -> bool:
    """Tell whether something took the place of a cancelled session, or it was said why nothing does."""
    says = session.cancelled
    settled = says and (says.charge == "counts" or says.rebooked or (says.no_rebook or "").strip())
    later = (one for one in attendance.sessions if one.is_held or one.is_booked)
    return bool(settled) or any(one.at > session.at for one in later)


@rule(
    "CAN106",
    "warning",
    source="S0",
    options={"after": Duration(days=7, text="7 days")},
    needs=(AGREED, "contract.pauses", "sessions"),
    passing=True,
)
def unrebooked_session(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """A session was cancelled, and nothing was booked in its place.

    In S0 rescheduling belongs to cancelling: where a session can't be held, it is offered for another time. A client
    who cancelled may be shy to ask for a new one, and one whose coach cancelled may wait to be asked. A week later it
    is still a small question; a month later the coaching has ended without anybody having decided so.
    """
    for one in file.cancelling.cancelled:
        contract = file.attendance.contract_of(one.session)
        goes_on = contract and contract.in_force(clock.today) and not contract.paused(clock.today)
        since = max(one.start, one.at or one.start).day
        if goes_on and clock.today > add_to_day(since, after) and not _made_up_for(file.attendance, one.session):
            on = "" if since == one.start.day else f" on {day_words(since)}"
            later = counted((clock.today - since).days, "day")
            message = f"The session of {day_words(one.start.day)} was cancelled{on}, and {later} later nothing"
            yield Found(one.session, f"{message} is booked in its place.")


@rule(
    "CAN107",
    "warning",
    source="S0",
    options={"window": WINDOW, "strikes": STRIKES},
    needs=(AGREED, "contract.pauses", "sessions", "care.concerns"),
    passing=True,
)
def repeated_missing(file: ClientFile, clock: Clock, window: int, strikes: int) -> Iterator[Found]:
    """A client keeps missing sessions or cancelling them late, and you have not talked about it.

    S0 lets a coach cancel what is to come where sessions are missed again and again without notice, until that is
    resolved, and has the two of you speak of the reasons and of what could help. Once is life. Twice may say that the
    hour, the pace or the coaching itself does not fit, and the client may be glad not to have to bring it up. Illness,
    family and a death are no strikes.
    """
    contract = file.agreements.on(clock.today)
    missed = file.cancelling.repeated_missing(contract, window, strikes) if contract else None
    if contract and missed and not file.discussed_since(missed.last.day):
        times = counted(len(missed.sessions), "no-show or late cancellation", "no-shows or late cancellations")
        says = f"; {contract_words(contract)} says {counted(missed.strikes, 'strike')}" if missed.strikes else ""
        message = f"{times} by the client within the last {counted(window, 'session')}, the last one on"
        clause = contract.terms(missed.last.day).clause("cancellation", "strikes") if missed.strikes else None
        told = f"{message} {day_words(missed.last.day)}{says}."
        yield Found(missed.last, told, missed.last.day, clause, contract=contract)


def _counting(diary: Diary) -> list[CancelledByCoach]:
    """Give what the coach cancelled, in order of when; what an absence explains is left out."""

    def explained(one: CancelledByCoach) -> bool:
        return any(diary.practice.absent(day) for day in (one.at.day, one.appointment.start.day))

    return sorted((one for one in diary.cancelled_by_coach if not explained(one)), key=lambda one: one.at)


@rule(
    "CAN108",
    "warning",
    source="S0",
    options={"times": 3, "within": Duration(days=60, text="60 days")},
    needs=("supervision",),
    scope="practice",
    passing=True,
)
def repeated_coach_cancelling(diary: Diary, clock: Clock, times: int, within: Duration) -> Iterator[Found]:
    """You have cancelled on several days within a short time, and have not been to supervision since.

    S0 asks coaches to look after themselves: to cancel when they can't be fully there is right, and burnout is among
    the reasons it names. Three days in two months are more than bad luck often enough to be looked at with somebody:
    the load, the hours, or the clients it falls to.
    """
    cancelled = _counting(diary)
    days = sorted({one.at.day for one in cancelled})
    end = last_run(days, times, within)
    if end is None or any(one.date >= days[end] for one in diary.supervision):
        return
    row = [day for day in days[: end + 1] if days[end] <= add_to_day(day, within)]
    last = [one for one in cancelled if one.at.day == days[end]][-1]
    message = f"The coach cancelled on {counted(len(row), 'day')} from {day_words(row[0])} to {day_words(row[-1])}"
    yield Found(last.appointment, f"{message}, and no supervision is on file from then on.", days[end])


@rule("CAN109", "advice", source="S0")
def charged_emergency(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A client who cancelled for illness, family or a death is charged.

    S0 wants a coach to be empathetic about what befalls a client: health, the family, a death. The contract may well
    give you the fee, and taking it may be right. But it is the session after it that pays for it, and a client who had
    to be at a bedside remembers what you did. Think it over once, and then stay with what you decided.
    """
    for one in file.cancelling.cancelled:
        charge = _charged(one.session)
        if charge and one.by == "client" and one.reason in EMERGENCIES:
            why = f"cancelled by the client for {one.reason}, and its charge is noted as {charge}"
            yield Found(one.session, f"The session of {day_words(one.session.day)} was {why}.", one.session.day)


@rule("CAN110", "advice", source="S0", passing=True)
def unexplained_waiver_of_charge(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A charge is waived, and no note says why.

    S0 asks for cancelling to be handled by the agreement, and openly. An exception is part of that as long as both of
    you know that it is one, and what for. Half a year on, when the same client misses again or another one asks, you
    will want to know whether this was a kindness, a first time, or an awkward moment.
    """
    for session in file.sessions:
        if session.charge == "waived" and session.cancelled and not (session.cancelled.note or "").strip():
            message = f"The charge for the session of {day_words(session.day)} is waived, and no note says why."
            yield Found(session, message)


def _medium(file: ClientFile, session: Session) -> str | None:
    """Give the medium of a session: its own, else the first that the contract names, as far as that could be read."""
    terms = None if file.gaps & AGREED_UNREAD else file.attendance.terms_of(session)
    return session.via or (terms.media[0] if terms and terms.media else None)


def _by_medium(file: ClientFile) -> dict[str, list[Session]]:
    """Give the sessions that fell to a technical fault, medium by medium."""
    fallen: dict[str, list[Session]] = {}
    for one in file.cancelling.cancelled:
        medium = _medium(file, one.session) if one.reason == "technical" else None
        if medium:
            fallen.setdefault(medium, []).append(one.session)
    return fallen


@rule(
    "CAN111",
    "advice",
    source="S0",
    options={"times": 3, "within": Duration(days=90, text="90 days")},
    passing=True,
)
def failing_medium(file: ClientFile, clock: Clock, times: int, within: Duration) -> Iterator[Found]:
    """The same medium keeps failing a client's sessions.

    S0 names the line that breaks, the power that is out and the call that can't be heard among the reasons to cancel,
    and advises to meet again when they are resolved. Where they are not, it is the medium that has to go. A second one
    that was agreed beforehand turns a lost hour into a telephone call.
    """
    for medium, sessions in _by_medium(file).items():
        end = last_run([session.day for session in sessions], times, within)
        if end is not None:
            last = sessions[end]
            row = [one for one in sessions[: end + 1] if last.day <= add_to_day(one.day, within)]
            span = f"from {day_words(row[0].day)} to {day_words(last.day)}"
            message = f"{counted(len(row), 'session')} by {medium} fell to a technical fault {span}."
            yield Found(last, message, last.day)


RULES: tuple[Rule, ...] = (
    unexplained_cancellation,
    client_not_told,
    late_cancelling_coach,
    unapplied_policy,
    client_charged_for_coach,
    unrebooked_session,
    repeated_missing,
    repeated_coach_cancelling,
    charged_emergency,
    unexplained_waiver_of_charge,
    failing_medium,
)
