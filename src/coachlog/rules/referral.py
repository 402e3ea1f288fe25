"""Referral (REF): what is beyond coaching is noticed, talked about, and handed to somebody who can help.

Nothing here asks whether a coach was right to refer or to go on, only that it was decided, and that the client was not
left alone with it.
"""

from collections.abc import Iterator
from datetime import date

from coachlog.clock import Clock
from coachlog.model.care import BEYOND_COACHING, Concern, Referral
from coachlog.model.client_file import ClientFile
from coachlog.model.duration import Duration
from coachlog.model.instant import add_to_day
from coachlog.model.words import counted, day_words
from coachlog.rules.rule import Found, Rule, rule

TWO_WEEKS = Duration(days=14, text="14 days")
"""How long a concern may wait to be raised, decided and acted upon (rules.md, REF101, REF102, REF107)."""
WHO_IS_WHO = ("client.sponsors", "directory")
"""What tells whether an id and a name mean one person: the client's sponsors, and the directory of the practice."""


def _beyond_coaching(file: ClientFile) -> Iterator[Concern]:
    """Give the concerns that are beyond coaching and still open."""
    return (one for one in file.care.concerns if one.kind in BEYOND_COACHING and not one.resolved)


@rule(
    "REF101",
    "breach",
    source="S1",
    options={"after": TWO_WEEKS, "sessions": 2},
    needs=("contract.ended",),
    passing=True,
)
def referral_overdue(file: ClientFile, clock: Clock, after: Duration, sessions: int) -> Iterator[Found]:
    """You noticed something beyond coaching, and nothing was decided about it for too long.

    S1 leaves no doubt: where a client shows signs of needing a doctor, a psychologist or a counsellor, or an issue is
    more than you are able to coach, they are to be referred, and nobody is to bumble along. It asks for honesty with
    the client, and with yourself. Each session that is held meanwhile tells the client that this is the right place to
    bring it. Going on may be the right decision, too, but then it is one.
    """
    if file.agreements.all_over(clock.today):
        return
    for concern in _beyond_coaching(file):
        since = sum(session.day > concern.noticed for session in file.attendance.held_coaching)
        late = clock.today > add_to_day(concern.noticed, after)
        if concern.decided_on is None and (late or since >= sessions):
            waited = f"{counted((clock.today - concern.noticed).days, 'day')} and {counted(since, 'session')}"
            limit = f"more than {after} or {counted(sessions, 'session')} are too long"
            yield Found(concern, f"Noticed on {day_words(concern.noticed)} and undecided {waited} later; {limit}.")


@rule("REF102", "breach", source="S1", options={"after": TWO_WEEKS}, needs=("care.referrals",), passing=True)
def undelivered_referral(file: ClientFile, clock: Clock, after: Duration) -> Iterator[Found]:
    """You decided to refer the client, and no referral followed.

    S1 does not stop at the decision. The client is to be given contacts that could help, for to say "see someone else"
    is not enough. Somebody who has heard that they need other help, and then hears no more of it, is worse off than
    before: they know that you can't help, and have nobody yet who can.
    """
    for concern in file.care.concerns:
        decided = concern.decided_on
        if concern.decision != "refer" or decided is None or concern.resolved or file.care.referrals_for(concern):
            continue
        if clock.today > add_to_day(decided, after):
            waited = counted((clock.today - decided).days, "day")
            message = f"A referral was decided on {day_words(decided)}, and none is on file {waited} later"
            yield Found(concern, f"{message}; the limit is {after}.")


@rule("REF103", "breach", source="S1", needs=("care.consents", *WHO_IS_WHO))
def unconsented_handover(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You talked the client over with somebody else, without their consent in writing.

    S1 allows the conversation that eases a client's way to the next person, but only with the client's permission, and
    puts an exclamation mark behind it: do not break confidentiality. What they told you was told to you. Ask them what
    may be passed on and to whom, have it in writing, and the handover becomes something that you do together.
    """
    for referral in file.care.referrals:
        day, to = referral.handover, referral.mention
        if day and not (to and file.valid_consent(["referral"], to, day)):
            person = "to that person" if to else "to anybody, and the referral names nobody"
            message = f"Handed over on {day_words(day)} without a valid consent in writing {person}"
            yield Found(referral, f"{message}{_about_the_linked(file, referral, day)}.", day)


def _about_the_linked(file: ClientFile, referral: Referral, day: date) -> str:
    """Say why the consent that a referral names does not stand, where its day or its form is why."""
    linked = next((one for one in file.care.consents if referral.consent and one.id == referral.consent), None)
    flaw = linked and linked.flaw(day)
    return f"; {referral.consent} {flaw}" if flaw else ""


def _missing(file: ClientFile, referral: Referral) -> Iterator[str]:
    cards = list(file.people.cards(referral.to))
    if not any((card.name or "").strip() for card in cards):
        yield "a name"
    ways = (way for card in cards for way in (card.phone, card.email, getattr(card, "url", None)))
    if not any((way or "").strip() for way in ways):
        yield "a phone number, an email address or a page"


@rule("REF104", "warning", source="S1", needs=WHO_IS_WHO, passing=True)
def nameless_referral(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A referral does not say to whom, or how to reach them.

    S1 says it in so many words: names and details are important. For somebody who is unwell, to find a stranger's
    number is work that is not done today; a name and a number on a slip of paper are half the way. It also keeps you
    from sending a client to a profession instead of a person.
    """
    for referral in file.care.referrals:
        if missing := list(_missing(file, referral)):
            message = f"The referral of {day_words(referral.date)} lacks {' and '.join(missing)}."
            yield Found(referral, message, since=referral.date)


@rule("REF105", "advice", source="S1", options={"least": 2}, needs=("care.referrals",), passing=True)
def single_referral(file: ClientFile, clock: Clock, least: int) -> Iterator[Found]:
    """A client was given only one person to turn to.

    S1 speaks of a few contacts. One may be full, on leave, or simply not the right one, and then the client has to come
    back to you and ask again, which is what many never do. With two or three to choose from, the choice is theirs, and
    so is what comes of it.
    """
    for concern in file.care.concerns:
        referrals = file.care.referrals_for(concern)
        people = file.people.different(one.mention for one in referrals if one.mention)
        latest = max((one.date for one in referrals), default=clock.today)
        if latest < clock.today and len(people) < least:
            named = f"{counted(len(people), 'person', 'people')} by {day_words(latest)}"
            yield Found(concern, f"Referred to {named}; {least} are a choice.", since=latest)


@rule("REF106", "breach", source="ICF 2020, 12", passing=True)
def undisclosed_compensation(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """You were paid for a referral, and the client was not told by then.

    Standard 12 of the ICF code of 2020 asks a coach to disclose to clients what they may receive for referring them to
    somebody else. It need not be wrong to take it. But a client who follows your advice has to be able to see whose
    interest it serves, before they follow it; found out later, it casts doubt on everything else that you advised.
    """
    for referral in file.care.referrals:
        paid, told = referral.compensation, referral.compensation_told
        if paid and paid.amount > 0 and not (told and told <= referral.date):
            when = f"was told of it on {day_words(told)}" if told else "was not told of it"
            message = f"Paid for the referral of {day_words(referral.date)}; the client {when}."
            yield Found(referral, message, referral.date)


@rule("REF107", "warning", source="S1", options={"within": TWO_WEEKS}, passing=True)
def unraised_concern(file: ClientFile, clock: Clock, within: Duration) -> Iterator[Found]:
    """You noticed something beyond coaching, and have not talked about it with the client.

    S1 asks you to be honest with yourself, and with your client. The first is done, or there would be no note. The
    second is the harder one, and it does not grow easier: the client may have been waiting for somebody to see it.
    Nothing needs to be decided to say what you have noticed, and to ask.
    """
    for concern in _beyond_coaching(file):
        if concern.raised is None and clock.today > add_to_day(concern.noticed, within):
            waited = counted((clock.today - concern.noticed).days, "day")
            message = f"Noticed on {day_words(concern.noticed)} and not raised with the client {waited} later"
            yield Found(concern, f"{message}; the limit is {within}.")


def _consulted(file: ClientFile, concern: Concern, last: date) -> bool:
    """Tell whether it was brought to supervision by a day; an entry that is not on file has no day to be late."""
    entry = next((one for one in file.supervision if one.id == concern.consulted), None)
    return bool(concern.consulted) and (entry is None or entry.date <= last)


def _escalated(file: ClientFile, concern: Concern, last: date) -> bool:
    """Tell whether anything was done about it from the day on which it was noticed to a day."""
    told = any(concern.noticed <= one.date <= last for one in file.care.disclosures)
    decided = concern.decided_on is not None and concern.decided_on <= last
    return told or decided or _consulted(file, concern, last) or _referred(file, concern, last)


def _referred(file: ClientFile, concern: Concern, last: date) -> bool:
    """Tell whether a referral was made by a day that names it, or names no concern and was made since it."""
    return any(
        one.date <= last and (one.concern == concern.id if one.concern else concern.noticed <= one.date)
        for one in file.care.referrals
    )


@rule(
    "REF108",
    "breach",
    source="S4",
    options={"within": Duration(days=1, text="1 day")},
    needs=("care.disclosures", "care.referrals"),
    passing=True,
)
def unescalated_harm(file: ClientFile, clock: Clock, within: Duration) -> Iterator[Found]:
    """You feared for somebody's safety, and nothing on file says what you did by the next day.

    Concern for harm, to the client or to others, is the first reason for which S4 lets a coach break silence; the
    client has been told so from the start. It is also what nobody should carry alone overnight. To call your
    supervisor, to name a crisis line, to tell somebody who can act, or to decide with good reason that it was less than
    it seemed: any of these is an answer, and no note at all is none.
    """
    for concern in file.care.concerns:
        last = add_to_day(concern.noticed, within)
        if concern.kind == "harm" and clock.today > last and not _escalated(file, concern, last):
            message = f"Noticed on {day_words(concern.noticed)}; no disclosure, referral, consultation or decision"
            yield Found(concern, f"{message} by {day_words(last)}.", since=last)


RULES: tuple[Rule, ...] = (
    referral_overdue,
    undelivered_referral,
    unconsented_handover,
    nameless_referral,
    single_referral,
    undisclosed_compensation,
    unraised_concern,
    unescalated_harm,
)
