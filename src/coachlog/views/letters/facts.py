"""The facts of one letter by the names that a template knows them by; every name is always there.

What is absent is empty: `""`, `[]`, or an empty mapping, which a template can ask for. Nothing private is among them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from coachlog.model.action import Action
from coachlog.model.care import Referral
from coachlog.model.client_file import ClientFile
from coachlog.model.contract import Contract, Goal
from coachlog.model.instant import Instant
from coachlog.model.people import Card
from coachlog.model.session import Session
from coachlog.views.letters.about import About
from coachlog.views.letters.agreement import (
    after_end_said,
    cancelling_said,
    clauses_of,
    confidence_said,
    contact_said,
    falls_away,
    follow_up_said,
    sessions_said,
    sharing_said,
    sponsor_said,
)
from coachlog.views.letters.called_off import cancellation_facts, ending_facts, stop_facts
from coachlog.views.letters.owed import money_facts
from coachlog.views.letters.said import (
    Fact,
    by_medium,
    day_facts,
    day_said,
    hours_said,
    medium_said,
    moment_facts,
    moment_said,
    number_said,
    one_line,
    place_of,
    span_said,
    sum_said,
    zone_of,
)

TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame"})
"""What stands before a name and is none."""
KINDS = {"chemistry": "first conversation", "three-way": "three-way meeting", "closing": "closing session"}
"""What a session is called in a letter, where it is none of coaching alone."""


@dataclass(frozen=True)
class Letter:
    """One letter that is to be written: to whom, about what, and when."""

    file: ClientFile
    about: About
    now: Instant

    @property
    def theirs(self) -> ZoneInfo | None:
        """The time zone of the client, where it is known; a sponsor's is not."""
        return None if self.about.sponsor else zone_of(self.file.client.timezone)

    @property
    def today(self) -> date:
        """The day on which it is written, on the practice's calendar."""
        return self.now.day

    @property
    def terms(self) -> Contract | None:
        """The terms that it speaks of: of the contract that it is about, else of the one in force or to come."""
        contract = self.about.contract or self._session_contract or self._current
        return contract and contract.terms(self.terms_day(contract))

    def terms_day(self, contract: Contract) -> date:
        """Give the day whose terms it speaks of: its own, the first where the contract is still to begin."""
        return max(self.today, contract.begins(self.today) or self.today)

    @property
    def goals(self) -> list[Goal]:
        """The goals as they stand, without those that another one has replaced."""
        goals = self.terms.goals if self.terms else ()
        replaced = {one.replaces for one in goals if one.replaces}
        return [one for one in goals if not (one.id and one.id in replaced)]

    @property
    def _session_contract(self) -> Contract | None:
        return self.file.attendance.contract_of(self.about.session) if self.about.session else None

    @property
    def _current(self) -> Contract | None:
        agreements = self.file.agreements
        day = self.today
        return agreements.on(day) or agreements.agreed_ahead(day) or agreements.last_over(day)


def facts_of(letter: Letter) -> dict[str, Fact]:
    """Give all that a template may speak of."""
    facts: dict[str, Fact] = {
        **day_facts("today", letter.today),
        "coach": _coach(letter),
        "client": _client(letter),
        "to": _addressee(letter),
        "session": _session(letter, letter.about.session),
        "last_session": _session(letter, _last_held(letter)),
        "ahead": _ahead(letter),
        "held": len(_held(letter)),
        "steps": [_step(letter, one) for one in _open_steps(letter)],
        "promises": [_step(letter, one) for one in letter.file.follow_through.promises if one.is_open],
        "step": _step(letter, letter.about.step) if letter.about.step else {},
        "is_agreed_follow_up": letter.about.follow_up is not None,
        "messages": _messages(letter),
        "answer_by": _answer_by(letter),
        "agreement": _agreement(letter),
        "goals": [_goal(one) for one in letter.goals],
        **money_facts(letter.file, letter.about.contract, letter.today, itemised=_is_itemised(letter)),
        "cancellation": cancellation_facts(letter.file, letter.about.session),
        "stop": _stop(letter),
        "ending": _ending(letter),
        "people": list(_people(letter)),
        "is_about_health": _is_about(letter, HEALTH),
        "is_about_us": _is_about(letter, BETWEEN_US),
        "closed": _closed(letter),
        "shared": list[Fact](sorted(letter.about.shared)),
        "attendance": _attendance(letter),
        "is_going_on": _is_going_on(letter),
    }
    return {**facts, **withheld(letter, facts)} if letter.about.sponsor else facts


def withheld(letter: Letter, facts: dict[str, Fact]) -> dict[str, Fact]:
    """Empty what a sponsor is not to be told, whatever the template asks for."""
    shared, agreement = letter.about.shared, facts["agreement"]
    told = dict(BETWEEN_THE_TWO)
    if "attendance" not in shared:
        told |= {"attendance": {}, "session": {}, "last_session": {}, "ahead": [], "held": 0}
    if isinstance(agreement, dict) and agreement:
        told["agreement"] = {**agreement, "clauses": [], "after_end": []}
    return {**told, "goals": [_told(one, shared) for one in letter.goals] if shared & {"goals", "progress"} else []}


def _told(goal: Goal, shared: frozenset[str]) -> Fact:
    """Say a goal to a sponsor: its words where goals are shared, that it was reached where progress is."""
    hidden = {name: None for name, needs in (("measure", "goals"), ("reached", "progress")) if needs not in shared}
    text = goal.text if "goals" in shared else ""
    return _goal(goal.model_copy(update={**hidden, "text": text}))


BETWEEN_THE_TWO: Mapping[str, Fact] = {
    **{name: list[Fact]() for name in ("steps", "promises", "messages", "people")},
    **{name: dict[str, Fact]() for name in ("step", "cancellation", "stop", "ending")},
    **dict.fromkeys(("is_about_health", "is_about_us"), False),
    "answer_by": "",
}
"""What stands in no letter to anybody but the client, as an empty fact."""


def greeted(name: str) -> str:
    """Give the first name, by which a letter greets where nobody said how; behind a title the whole name."""
    first, *others = name.split() or [""]
    if first.endswith(",") and others:
        return others[0]
    return name if first.casefold().rstrip(".") in TITLES or not others else first


def _coach(letter: Letter) -> dict[str, Fact]:
    practice = letter.file.practice
    coach = practice.coach
    return {
        "name": one_line(coach.name) if coach else "",
        "email": one_line(coach.email) if coach else "",
        "phone": one_line(coach.phone) if coach else "",
        "hours": hours_said(practice.office_hours),
        "place": place_of(practice.timezone),
    }


def _client(letter: Letter) -> dict[str, Fact]:
    client = letter.file.client
    name = one_line(client.name)
    group = client.group
    called = one_line(client.called) or (one_line(group.name) or name if group else greeted(name))
    return {"name": name, "called": called, "pronouns": one_line(client.pronouns), "is_group": group is not None}


def _addressee(letter: Letter) -> dict[str, Fact]:
    """Say whom it goes to: the client, else the sponsor."""
    sponsor, client = letter.about.sponsor, letter.file.client
    if sponsor is None:
        return {"name": one_line(client.name), "called": _client(letter)["called"], "email": one_line(client.email)}
    name = one_line(sponsor.name) or sponsor.id or ""
    return {"name": name, "called": greeted(name), "email": one_line(sponsor.email)}


def _session(letter: Letter, session: Session | None) -> dict[str, Fact]:
    """Say when a session is, how it is held, and which of how many."""
    if session is None:
        return {}
    attendance = letter.file.attendance
    number, of = _number(letter, session)
    latest = letter.file.cancelling.latest_in_time(session)
    terms = attendance.terms_of(session)
    media = terms.media if terms else ()
    via = session.via or (media[0] if media else "")
    moved = [one.from_ for one in session.moved if one.from_]
    begun = session.at <= letter.now
    return {
        **moment_facts(session.at, letter.theirs),
        "until": f"{attendance.planned_end(session).wall:%H:%M}",
        "length": span_said(attendance.planned_length(session)),
        "via": medium_said(via),
        "otherwise": next((by_medium(one) for one in media if one != via), ""),
        "before": moment_said(moved[-1], letter.theirs) if moved else "",
        "others": list[Fact](_named(letter, one) for one in session.with_),
        "kind": KINDS.get(session.kind, "session"),
        "number": number,
        "of": of,
        "latest": moment_said(latest, letter.theirs) if latest and latest > letter.now else "",
        "is_coaching": session.is_coaching,
        "is_over": begun,
        "is_today": session.day == letter.today,
        "in_days": (session.day - letter.today).days,
    }


def _named(letter: Letter, mention: str) -> str:
    """Name somebody who takes part: an id stands for a name."""
    return next((one_line(one.name) for one in letter.file.people.cards(mention) if one.name), mention)


def _number(letter: Letter, session: Session) -> tuple[int, int]:
    """Tell which session of how many it is; noughts where it counts for none."""
    contract = letter.file.attendance.contract_of(session)
    terms = letter.file.attendance.terms_of(session)
    if contract is None or terms is None or not (session.counted or session.would_count):
        return 0, 0
    before = (one for one in letter.file.attendance.of(contract) if one.at < session.at)
    number = 1 + sum(1 for one in before if one.counted or one.would_count)
    return (number, terms.sessions) if terms.sessions and number <= terms.sessions else (0, 0)


def _booked(letter: Letter) -> list[Session]:
    return [one for one in letter.file.attendance.sessions if one.is_booked and one.at > letter.now]


def _ahead(letter: Letter) -> list[Fact]:
    """Give the sessions that are booked, without the one that the letter is about."""
    return [_session(letter, one) for one in _booked(letter) if one is not letter.about.session]


def _held(letter: Letter) -> list[Session]:
    """Give the coaching sessions that were held under the contract that it speaks of."""
    contract = letter.about.contract or letter.file.agreements.on(letter.today)
    every = letter.file.attendance.held_coaching_of(contract) if contract else letter.file.attendance.held_coaching
    return [one for one in every if one.at <= letter.now]


def _last_held(letter: Letter) -> Session | None:
    held = (one for one in reversed(letter.file.attendance.held_coaching) if one.at <= letter.now)
    return next(held, None)


def _is_going_on(letter: Letter) -> bool:
    """Tell whether another session may be offered: nothing is paused, on hold or over."""
    agreements, day = letter.file.agreements, letter.today
    contract = agreements.on(day)
    return contract.paused(day) is None if contract else agreements.last_over(day) is None


def _open_steps(letter: Letter) -> list[Action]:
    return [one for one in letter.file.follow_through.steps if one.is_open]


def _step(letter: Letter, action: Action) -> dict[str, Fact]:
    """Say a step: its words, the day that it is due, and whether part of it is done."""
    soon, last = action.due is not None and action.due >= letter.today, _last_held(letter)
    return {
        "text": one_line(action.step),
        **day_facts("due", action.due),
        "is_ahead": soon,
        "is_part_done": action.part is not None,
        "is_of_last_time": last is not None and last.id is not None and last.id in {action.session, *action.carried},
    }


def _messages(letter: Letter) -> list[Fact]:
    """Say which messages wait for an answer: when each came, by what, and what was promised."""
    letters = letter.file.correspondence
    return [
        {
            **moment_facts(one.at, None),
            "via": medium_said(one.via),
            "promised": span_said(due.promised) if (due := letters.deadline(one)) else "",
            "is_late": due is not None and due.at < letter.now,
        }
        for one in letter.about.answers
    ]


def _answer_by(letter: Letter) -> str:
    """Give the next day on which the practice is open: by its end a late reply is answered in full."""
    practice = letter.file.practice
    hours = practice.hours_under(letter.file.agreements.terms_on(letter.today))
    day = hours.working_day(letter.today, 1) if hours else letter.today + timedelta(days=1)
    return day_said(day) if day and not practice.absent(day) else ""


def _agreement(letter: Letter) -> dict[str, Fact]:
    """Say what was agreed: as sentences for the letters, and clause by clause for the document."""
    terms, practice = letter.terms, letter.file.practice
    if terms is None:
        return {}
    clause, lost = terms.cancellation, falls_away(terms)
    lasts = terms.after_end is not None and (terms.after_end.until or letter.today) >= letter.today
    return {
        "is_draft": terms.agreed is None,
        **day_facts("agreed", terms.agreed),
        **day_facts("ends", terms.ends),
        "number": terms.sessions or 0,
        "sessions": list(sessions_said(terms)),
        "fee_per": (terms.fee.per or "") if terms.fee and not terms.pro_bono else "",
        "is_pro_bono": bool(terms.pro_bono),
        "one_lost": lost.said("it", "It does"),
        "several_lost": lost.said("them", "They do"),
        "contact": list(contact_said(letter.file, terms)),
        "follow_up": list(follow_up_said(terms)),
        "no_contact": terms.between_sessions == "none",
        "cancelling": list(cancelling_said(terms, practice.currency)),
        "notice": span_said(clause.notice) if clause else "",
        "late": clause.late or "" if clause else "",
        "late_fee": sum_said(clause.late_fee, practice.currency) if clause else "",
        "confidence": list(confidence_said(terms)),
        "sharing": list(sharing_said(letter.file, terms)),
        "after_end": list(after_end_said(terms)) if lasts else [],
        "clauses": [
            {"heading": one.heading, "sentences": list(one.sentences)}
            for one in clauses_of(letter.file, terms, letter.terms_day(terms))
        ],
        "sponsors": [sponsor_said(one) for one in letter.file.client.sponsors],
    }


def _goal(goal: Goal) -> dict[str, Fact]:
    return {"text": one_line(goal.text), "measure": one_line(goal.measure), **day_facts("reached", goal.reached)}


def _people(letter: Letter) -> Iterable[Fact]:
    """Name those whom the client was referred to, with all that is known of how to reach them, each once."""
    named: set[str] = set()
    for referral in letter.about.referrals:
        cards = list(letter.file.people.cards(referral.to))
        key = (referral.mention or "").casefold()
        if key and cards and key not in named:
            named.add(key)
            is_told = referral.handover is not None and referral.handover <= letter.today
            paid = referral.compensation
            yield {
                **_card(cards),
                "why": one_line(referral.why),
                "is_told": is_told,
                "is_allowed": is_told and _was_allowed(letter.file, referral),
                "pays_me": sum_said(paid, letter.file.practice.currency) if paid and paid.amount else "",
            }


def _was_allowed(file: ClientFile, referral: Referral) -> bool:
    """Tell whether the client had consented in writing on the day on which the coach spoke with somebody."""
    mention, day = referral.mention, referral.handover
    return bool(mention and day and file.valid_consent(("referral",), mention, day))


def _card(cards: list[Card]) -> dict[str, Fact]:
    known = {name: next((text for one in cards if (text := getattr(one, name, None))), "") for name in CARD}
    return {name: one_line(text) for name, text in known.items()}


def _is_about(letter: Letter, kinds: frozenset[str]) -> bool:
    """Tell whether a concern of some kinds is why others were named; the letter never says which."""
    named = {one.concern for one in letter.about.referrals if one.concern}
    return any(one.id in named and one.kind in kinds for one in letter.file.care.concerns)


HEALTH = frozenset({"harm", "medical", "psychological", "counselling"})
"""The concerns with which somebody may be in need before the first appointment."""
BETWEEN_US = frozenset(
    {"dependency", "exclusive-attachment", "relationship", "dual-relationship", "boundary", "conflict-of-interest"}
)
"""The concerns that lie in how the two work together: another coach is called for, not another profession (S1)."""
CARD = ("name", "role", "phone", "email", "url")
"""What a letter may say of somebody else."""


def _stop(letter: Letter) -> dict[str, Fact]:
    """Say a pause or hold, the sessions that are booked in it, and the first one after it."""
    stopped = letter.about.stopped
    if stopped is None:
        return {}
    touched = [one for one in _booked(letter) if stopped.covers(one.day)]
    after = [one for one in _booked(letter) if stopped.last_day and one.day > stopped.last_day]
    return {
        **stop_facts(stopped, letter.today),
        "sessions": [_session(letter, one) for one in touched],
        "next_session": _session(letter, after[0]) if after else {},
    }


def _ending(letter: Letter) -> dict[str, Fact]:
    """Say an ending, and the sessions that are booked after it under no other contract."""
    facts = ending_facts(letter.about.contract, letter.today)
    ended = letter.about.contract.ended if letter.about.contract else None
    if ended is None:
        return facts
    late = [one for one in _booked(letter) if one.day > ended.date and letter.file.agreements.on(one.day) is None]
    return {**facts, "sessions": [_session(letter, one) for one in late]}


def _closed(letter: Letter) -> dict[str, Fact]:
    """Say from when to when the practice is closed, when it opens again, and which sessions that touches."""
    absence = letter.about.absence
    if absence is None:
        return {}
    back = _opens_after(letter, absence.to) if absence.to else None
    touched = [one for one in _booked(letter) if absence.covers(one.day)]
    after = [one for one in _booked(letter) if absence.to and one.day > absence.to]
    return {
        **day_facts("start", absence.from_),
        **day_facts("end", absence.to),
        **day_facts("back", back),
        "is_one_day": absence.to == absence.from_,
        "has_begun": absence.from_ <= letter.today,
        "sessions": [_session(letter, one) for one in touched],
        "next_session": _session(letter, after[0]) if after else {},
    }


def _opens_after(letter: Letter, day: date) -> date:
    """Give the first day after an absence on which the practice is open."""
    hours = letter.file.practice.hours_under(letter.file.agreements.terms_on(letter.today))
    return (hours.working_day(day, 1) if hours else None) or day + timedelta(days=1)


def _attendance(letter: Letter) -> dict[str, Fact]:
    """Count what a sponsor may be told of attendance."""
    contract = letter.about.contract
    own = [one for one in (letter.file.attendance.of(contract) if contract else ()) if one.is_coaching]
    counted = {"held": "held", "cancelled": "cancelled", "missed": "no-show"}
    numbers = {name: sum(one.status == status for one in own) for name, status in counted.items()}
    last = max((one.day for one in own if one.is_held), default=None)
    words = {f"{name}_words": number_said(number) for name, number in numbers.items()}
    return {**numbers, **words, **day_facts("last", last)}


def _is_itemised(letter: Letter) -> bool:
    """Tell whether single sessions may be named: to the client always, to a sponsor where attendance is shared."""
    return letter.about.sponsor is None or "attendance" in letter.about.shared
