"""What a letter is about: for each kind the record that is meant where the call names none."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from coachlog.commands.contact.follow_up_due import Kept, follow_up_kept
from coachlog.commands.desk.naming import named
from coachlog.commands.letters.sponsored import may_be_told, refuse_untold
from coachlog.errors import CannotRead, WrongCall
from coachlog.model.action import Action
from coachlog.model.client import Sponsor
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Pause
from coachlog.model.instant import Instant
from coachlog.model.record import Entry
from coachlog.model.session import Session
from coachlog.model.words import listed
from coachlog.views.letters.about import About
from coachlog.views.letters.owed import unpaid_of

Found = TypeVar("Found", bound=Entry)
FORM_GOES_BEFORE = frozenset({"coaching", "review"})
"""The kinds of session that a form prepares (rules.md, FUP102)."""

STILL_NAMED = timedelta(days=14)
"""For how long after an ending somebody may be named for it (rules.md, END103)."""
OF_MONEY = frozenset({"contract", "sessions", "contacts"})
"""The files on which it depends what a client owes."""


class Seeking(NamedTuple):
    """In which file to look, as of when, which record the call names, and which sponsor it is to go to."""

    file: ClientFile
    now: Instant
    wanted: str | None = None
    sponsor: Sponsor | None = None

    @property
    def today(self) -> date:
        """The day of the call."""
        return self.now.day

    @property
    def code(self) -> str:
        """The client's code."""
        return self.file.code

    def missing(self, what: str, command: str) -> WrongCall:
        """Say what the letter needs and is not on file, and the command that writes it down."""
        return WrongCall(f"{self.code} has {what}.", f"Write it down first: coachlog {command.format(self.code)}.")

    def one_of(self, entries: Sequence[Found], usual: Sequence[Found], none: WrongCall) -> Found:
        """Give the record that the call names, else the first of the usual ones. Raises WrongCall where none is."""
        if self.wanted is not None:
            return named(entries, self.wanted, self.now)
        if not usual:
            raise none
        return usual[0]


def welcome(seek: Seeking) -> About:
    """Welcome a client under the contract in force, else the one to come, else the draft."""
    contract = _contract(seek, draft_first=False)
    return About(contract=contract, session=_next(seek))


def agreement(seek: Seeking) -> About:
    """Write out the draft that is to be agreed on, else what is in force."""
    return About(contract=_contract(seek, draft_first=True))


def _contract(seek: Seeking, *, draft_first: bool) -> Contract:
    agreements = seek.file.agreements
    drafts = [one for one in reversed(seek.file.contracts) if one.agreed is None]
    counting = [one for one in (agreements.on(seek.today), agreements.agreed_ahead(seek.today)) if one]
    usual = [*drafts, *counting] if draft_first else [*counting, *drafts]
    none = seek.missing("neither a contract in force nor a draft", "contract new {}")
    return seek.one_of(seek.file.contracts, usual, none)


def booking(seek: Seeking) -> About:
    """Confirm the next session that is booked."""
    none = seek.missing("no session to come", "session book {} WHEN")
    return About(session=seek.one_of(seek.file.sessions, _booked(seek), none))


def _booked(seek: Seeking) -> list[Session]:
    return [one for one in seek.file.attendance.sessions if one.is_booked and one.at > seek.now]


def _next(seek: Seeking) -> Session | None:
    return next(iter(_booked(seek)), None)


def no_show(seek: Seeking) -> About:
    """Write about the last session that was missed; one that nobody has closed yet may be it."""
    begun = [one for one in reversed(seek.file.attendance.sessions) if one.at <= seek.now]
    usual = [one for one in begun if one.is_missed or one.is_booked]
    return About(
        session=seek.one_of(seek.file.sessions, usual, seek.missing("no missed session", "session no-show {}"))
    )


def cancellation(seek: Seeking) -> About:
    """Write about the session that was cancelled last."""
    cancelled = [one for one in seek.file.sessions if one.is_cancelled]
    usual = sorted(cancelled, key=lambda one: (one.cancelled and one.cancelled.at) or one.at, reverse=True)
    none = seek.missing("no cancelled session", "session cancel {}")
    return About(session=seek.one_of(cancelled, usual, none))


def invoice(seek: Seeking) -> About:
    """Ask for all that is open."""
    return _of_money(seek, overdue=False)


def payment_reminder(seek: Seeking) -> About:
    """Ask for what is overdue."""
    return _of_money(seek, overdue=True)


def _of_money(seek: Seeking, *, overdue: bool) -> About:
    if {one.partition(".")[0] for one in seek.file.gaps} & OF_MONEY:
        what = f"What {seek.code} owes can't be told: not all that it depends on can be read."
        raise CannotRead(what, f"coachlog check {seek.code} names the line; mend that first.")
    contract = named(seek.file.contracts, seek.wanted, seek.now) if seek.wanted else None
    unpaid = [one for one in unpaid_of(seek.file, contract, seek.today) if not overdue or one.due < seek.today]
    if not unpaid:
        what = f"Nothing that {seek.code} owes is {'overdue' if overdue else 'open'}."
        raise WrongCall(what, f"coachlog statement {seek.code} shows what was charged and paid.")
    return About(contract=contract, sponsor=seek.sponsor, shared=_shared(seek))


def _shared(seek: Seeking) -> frozenset[str]:
    return may_be_told(seek.file, seek.sponsor, seek.today) if seek.sponsor else frozenset()


def reminder(seek: Seeking) -> About:
    """Remind of the steps, or of the session, as the contracted reminder that is due says."""
    kept = follow_up_kept(seek.file, "reminder", seek.now)
    steps = any(one.is_open for one in seek.file.follow_through.steps)
    session = named(seek.file.sessions, seek.wanted, seek.now) if seek.wanted else _session_of(kept) or _next(seek)
    if not steps and (session is None or session.at <= seek.now):
        none = seek.missing("neither an open step nor a session to come", "action add {} WHAT")
        raise none
    is_kept = kept is not None and (seek.wanted is None or kept.session is session)
    return About(session=session, follow_up=kept.follow_up if kept and is_kept else None)


def _session_of(kept: Kept | None) -> Session | None:
    return kept.session if kept else None


def prep_form(seek: Seeking) -> About:
    """Send the form before the session that it is due for, else the next one that a form prepares."""
    kept = follow_up_kept(seek.file, "prep", seek.now)
    due = _session_of(kept)
    usual = [due] if due else [one for one in _booked(seek) if one.kind in FORM_GOES_BEFORE]
    none = seek.missing("no session to come that a form could prepare", "session book {} WHEN")
    session = seek.one_of(seek.file.sessions, usual, none)
    return About(session=session, follow_up=kept.follow_up if kept and due is session else None)


def nudge(seek: Seeking) -> About:
    """Nudge for the step of which an update is missing, where the client asked for it."""
    asking = [one for one in seek.file.actions if one.is_open and one.follow_up and one.follow_up.nudge]
    owing = [one for one in asking if _owes(seek, one)] or asking
    if len(owing) > 1 and seek.wanted is None:
        what = f"Several steps of {seek.code} ask for a nudge: {listed([one.label or '' for one in owing])}."
        raise WrongCall(what, "Say which one with --about ID.")
    none = seek.missing("no open step that asks for a nudge", "action add {} WHAT --every day --nudge")
    step = seek.one_of(asking, owing, none)
    session = seek.file.attendance.named(step.session)
    return About(session=session, step=step, follow_up=step.id, followed=step)


def _owes(seek: Seeking, step: Action) -> bool:
    """Tell whether an update is missing for which nobody nudged yet."""
    updates = seek.file.updates
    last = updates.owed(step, seek.today)[-1:]
    return any(not updates.came(one, seek.now) and not updates.nudged(one, seek.now) for one in last)


def reply_late(seek: Seeking) -> About:
    """Answer all that waits on the medium of the oldest, as a reply does."""
    waiting = seek.file.correspondence.waiting_at(seek.now)
    if seek.wanted is not None:
        return About(answers=(named(seek.file.contacts, seek.wanted, seek.now),))
    if not waiting:
        what = f"No message of {seek.code} waits for an answer."
        raise WrongCall(what, f"`coachlog contact list {seek.code}` lists them.")
    return About(answers=tuple(one for one in waiting if one.via == waiting[0].via))


def hold(seek: Seeking) -> About:
    """Write about the hold that runs or begins next."""
    return _stopped(seek, is_hold=True)


def pause(seek: Seeking) -> About:
    """Write about the pause that runs or begins next."""
    return _stopped(seek, is_hold=False)


def _stopped(seek: Seeking, *, is_hold: bool) -> About:
    own = [(one, contract) for contract in seek.file.contracts for one in contract.pauses if one.is_hold is is_hold]
    left = [one for one, _ in own if one.last_day is None or one.last_day >= seek.today]
    noun = "hold" if is_hold else "pause"
    none = seek.missing(f"no {noun} that runs or is to come", f"contract {noun} {{}}")
    usual = sorted(left, key=lambda one: (one.from_ > seek.today, abs((one.from_ - seek.today).days)))
    found: Pause = seek.one_of([one for one, _ in own], usual, none)
    contract = next(contract for one, contract in own if one is found)
    return About(stopped=found, contract=contract)


def referral(seek: Seeking) -> About:
    """Name all those whom the client was referred to for the same concern as last."""
    referrals = [one for one in seek.file.care.referrals if one.mention]
    usual = sorted(referrals, key=lambda one: one.date, reverse=True)
    none = seek.missing("no referral that names somebody", "refer {}")
    latest = seek.one_of(referrals, usual, none)
    return About(referrals=tuple(one for one in referrals if one is latest or one.concern == latest.concern))


def ending(seek: Seeking) -> About:
    """Write about the contract that was ended last, and name those whom the client was referred to in its time."""
    ended = [one for one in seek.file.contracts if one.ended]
    usual = sorted(ended, key=lambda one: one.ended.date if one.ended else date.min, reverse=True)
    contract = seek.one_of(ended, usual, seek.missing("no contract that was ended", "contract end {}"))
    since, last = contract.first_day, contract.last_day(seek.today) or seek.today
    referrals = (one for one in seek.file.care.referrals if since <= one.date <= last + STILL_NAMED)
    return About(contract=contract, referrals=tuple(referrals))


def closing(seek: Seeking) -> About:
    """Take leave under the contract that is in force, else the one that was over last."""
    agreements = seek.file.agreements
    usual = [one for one in (agreements.on(seek.today), agreements.last_over(seek.today)) if one]
    none = seek.missing("no contract that counts", "contract new {}")
    return About(contract=seek.one_of(seek.file.contracts, usual, none))


def office_closed(seek: Seeking) -> About:
    """Tell of the absence that runs or comes next."""
    absences = seek.file.practice.absences
    left = sorted((one for one in absences if one.to is None or one.to >= seek.today), key=lambda one: one.from_)
    none = WrongCall("No absence that runs or is to come is on file.", "Write it down first: coachlog absence add DAY.")
    return About(absence=seek.one_of(absences, left, none))


def leader_update(seek: Seeking) -> About:
    """Tell a sponsor what the client has agreed that they are told. Raises PlanRefused where that is nothing."""
    if seek.sponsor is None:
        what = f"{seek.code} has no sponsor on file to write to."
        raise WrongCall(what, f"Add one first: coachlog edit {seek.code} client.")
    shared = may_be_told(seek.file, seek.sponsor, seek.today)
    refuse_untold(seek.file, seek.sponsor, seek.today, shared)
    return About(sponsor=seek.sponsor, contract=seek.file.agreements.on(seek.today), shared=shared)
