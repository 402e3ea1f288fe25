"""The journal itself (JRN): what can't be read, contradicts itself, or waives nothing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import chain

from coachlog.clock import Clock
from coachlog.model.action import Action
from coachlog.model.care import Concern, Consent, Referral
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract, Pause, Terms
from coachlog.model.diary import Diary
from coachlog.model.fields import ID
from coachlog.model.instant import Instant
from coachlog.model.practice import Absence
from coachlog.model.record import Record, Waivable, Waiver
from coachlog.model.session import Session
from coachlog.model.supervision import Topic
from coachlog.model.words import day_words, listed, moment_words, ordinal, short_day
from coachlog.rules.references import CONCERN, dangling_in
from coachlog.rules.rule import Found, Rule, rule
from coachlog.rules.waiving import Ledger


@rule("JRN101", "breach", source="", scope="reading")
def unreadable_file(*_: object) -> Iterator[Found]:
    """A file of the journal can't be read.

    What can't be read can't be judged: while the file is as it is, every rule that would need it keeps silent
    about this client, and a boundary may be crossed without a word. The file is named with the line and column of
    the first thing that is in the way; the rest of the journal is judged as ever.
    """
    yield from ()


@rule("JRN102", "breach", source="", scope="reading")
def invalid_record(*_: object) -> Iterator[Found]:
    """A record holds a field that is missing, unknown, or not what it should be.

    A field that is misread is worse than one that is left out: a day that does not exist makes no deadline, and a
    misspelt word silently means nothing. So nothing is guessed. An unknown key is set aside alone; a value that is
    not understood sets aside its record, and everything else is judged.
    """
    yield from ()


def _repeated(listing: Iterable[Record]) -> Iterator[Found]:
    """Find every record of a list whose id an earlier one has."""
    first: dict[str, Record] = {}
    for record in listing:
        name = getattr(record, "id", None)
        if name in first:
            line = first[name].origin.place().line
            yield Found(
                record, f"The id {name} belongs to the record on line {line} already; a reference means that one."
            )
        elif name:
            first[name] = record


def _repeated_in_practice(diary: Diary, clock: Clock) -> Iterator[Found]:
    for listing in (diary.practice.absences, diary.practice.directory, diary.supervision):
        yield from _repeated(listing)


@rule("JRN103", "breach", source="", whole=True, in_practice=_repeated_in_practice)
def duplicate_id(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """Two records of one list have the same id.

    An id is how a reply finds its question and a step its session. Where two records share one, whatever names it
    means the first, and a command that changes or cancels may touch the record that the coach did not mean. It
    mostly happens when a record is copied to save typing.
    """
    inner = (listing for record in file.records() for listing in record.lists)
    for listing in (*file.lists, *inner):
        yield from _repeated(listing)


def _nobody(field: str, names: tuple[str, ...], noun: str) -> str:
    """Say that ids name nothing; what does not look like an id may be a name, and is not repeated."""
    shown = [name for name in names if ID.fullmatch(name) and noun != "sponsor"]
    told = listed(shown) if len(shown) == len(names) else "what is not there"
    return f"`{field}` names {told}: no {noun} on file has {'that id' if len(names) == 1 else 'those ids'}."


def _dangling_in_practice(diary: Diary, clock: Clock) -> Iterator[Found]:
    for topic in (topic for entry in diary.supervision for topic in entry.topics):
        if topic.client and topic.client not in diary.concerns:
            yield Found(topic, _nobody("client", (topic.client,), "client"), subject="client")
        elif topic.concern and not _concern_on_file(diary, topic):
            yield Found(topic, _nobody("concern", (topic.concern,), CONCERN.noun), subject="concern")


def _concern_on_file(diary: Diary, topic: Topic) -> bool:
    """Tell whether a topic's concern is one of its client's, or of anybody's where it names no client."""
    asked = [diary.concerns[topic.client]] if topic.client else diary.concerns.values()
    return any(concerns is None or topic.concern in concerns for concerns in asked)


@rule("JRN104", "breach", source="", whole=True, in_practice=_dangling_in_practice)
def dangling_reference(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """A field names a record that is not there.

    A step without its session, a reply without its question, an ending whose supervision nobody can find: the
    thread that would show what was done with care is cut, and rules that follow it find things missing that are
    there. Usually a letter is mistyped, or the record was deleted or never written.
    """
    for record, reference, names in dangling_in(file):
        yield Found(record, _nobody(reference.field, names, reference.named.noun), subject=reference.field)


@rule("JRN105", "breach", source="", passing=True)
def held_in_the_future(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """Something is on file as done that lies in the future.

    What has not happened can't be held, paid or told; almost always the year or the month is mistyped, or a booked
    session was closed too early. Until it is put right the record is left out, so that it neither uses up a session
    nor pays a bill.
    """
    for early in file.premature:
        when = early.when
        if isinstance(when, Instant):
            clock.begun(when)
        day, told = (when.day, moment_words(when)) if isinstance(when, Instant) else (when, day_words(when))
        yield Found(early.record, f"On file as {early.what} on {told}, which is still to come.", day=day)


def _each(carriers: Iterable[Waivable], asked: Callable[[Waiver], bool]) -> Iterator[tuple[Waivable, list[Waiver]]]:
    """Give every record with those of its waivers of which a question is true."""
    for carrier in carriers:
        waivers = [waiver for waiver in carrier.waive if asked(waiver)]
        if waivers:
            yield carrier, waivers


@rule("JRN106", "warning", source="", scope="waivers")
def unused_waiver(carriers: Iterable[Waivable], ledger: Ledger, lasting: frozenset[str]) -> Iterator[Found]:
    """A waiver covers nothing.

    A waiver says: this was crossed on purpose, and here is why. One that covers nothing is on the wrong record,
    names the wrong rule, or has outlived its reason, and it would quietly cover the next crossing, which nobody
    has thought about yet. A waiver of something that ends by itself once it is held or mended is left in peace.
    """

    def unused(waiver: Waiver) -> bool:
        return not ledger.fault(waiver) and ledger.code(waiver) in lasting and ledger.unused(waiver)

    for carrier, waivers in _each(carriers, unused):
        codes = listed([str(ledger.code(waiver)) for waiver in waivers])
        one = f"The waiver of {codes} covers nothing: no such finding lies in its scope."
        several = f"The waivers of {codes} cover nothing: no such finding lies in their scope."
        yield Found(carrier, one if len(waivers) == 1 else several)


@rule("JRN107", "warning", source="", scope="waivers")
def expired_waiver(carriers: Iterable[Waivable], ledger: Ledger, lasting: frozenset[str]) -> Iterator[Found]:
    """A waiver had run out when it was needed.

    An exception with a last day is a promise to look again. That day has gone by and the boundary was crossed once
    more, so the question is open again: is it still on purpose, or has the exception become the custom?
    """
    for carrier, waivers in _each(carriers, ledger.expired):
        told = [f"the waiver of {ledger.code(one)} (until {short_day(one.until or date.max)})" for one in waivers]
        what = "it was" if len(told) == 1 else "they were"
        yield Found(carrier, f"{_begun(listed(told))} had run out before what {what} to cover.")


@rule("JRN108", "breach", source="", scope="waivers")
def unexplained_waiver(carriers: Iterable[Waivable], ledger: Ledger, lasting: frozenset[str]) -> Iterator[Found]:
    """A waiver says no why, or names no rule.

    The why is the whole point of a waiver: in a year it is what tells a considered exception from a habit, to the
    coach, a supervisor, or an ethics board. Without it, or without a rule that exists, a waiver covers nothing.
    """
    for carrier, waivers in _each(carriers, lambda waiver: bool(ledger.fault(waiver))):
        told = [f"the {_which(waiver, ledger, carrier)} {ledger.fault(waiver)}" for waiver in waivers]
        what = "it waives" if len(told) == 1 else "they waive"
        yield Found(carrier, f"{_begun('; '.join(told))}: {what} nothing.")


def _which(waiver: Waiver, ledger: Ledger, carrier: Waivable) -> str:
    """Call a waiver by its rule, else by its place among the record's waivers."""
    code = ledger.code(waiver)
    if code:
        return f"waiver of {code}"
    return f"{ordinal(waiver.origin.position)} waiver" if len(carrier.waive) > 1 else "waiver"


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


ORDERED: tuple[tuple[type[Record], str, tuple[str, ...]], ...] = (
    (Pause, "from_", ("to", "lifted")),
    (Absence, "from_", ("to",)),
    (Consent, "given", ("until", "revoked")),
    (Concern, "noticed", ("raised", "decided", "resolved")),
    (Referral, "date", ("handover",)),
)
"""The days that can't come before another day of the same record."""


def _turned_around(record: Record) -> Iterator[str]:
    """Say which days of a record lie before the one that they follow from."""
    for early, fields in _ordered(type(record)):
        begins: date = getattr(record, early)
        shown = f"`{early.removesuffix('_')}`"
        days = ((name, getattr(record, name)) for name in fields)
        yield from (_before(f"`{name}`", day, shown, begins) for name, day in days if day and day < begins)


@cache
def _ordered(kind: type[Record]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the days of a kind of record that stand in an order."""
    return tuple((early, fields) for ordered, early, fields in ORDERED if issubclass(kind, ordered))


def _before(late: str, day: date, early: str, begins: date) -> str:
    return f"{late} ({day_words(day)}) is before {early} ({day_words(begins)})"


def _start(contract: Contract, terms: Terms) -> date | None:
    """Give the day on which a contract begins by some terms: the later of `agreed` and `starts`."""
    return max((day for day in (contract.agreed, terms.starts) if day), default=None)


def _ends_early(contract: Contract) -> Iterator[tuple[Record, str]]:
    """Find an end before the start: in the contract, in an amendment that sets either, in the ending."""
    ends: list[tuple[Record, str, date | None, Terms]] = [(contract, "`ends`", contract.ends, contract)]
    for amendment in contract.amendments:
        if amendment.set.model_fields_set & {"starts", "ends"}:
            amended = contract.terms(amendment.agreed)
            ends.append((amendment, "`ends`", amended.ends, amended))
    if contract.ended:
        ended = contract.ended.date
        ends.append((contract, "`ended.date`", ended, contract.terms(ended)))
    for record, name, day, terms in ends:
        start = _start(contract, terms)
        if day and start and day < start:
            yield record, _before(name, day, "the contract's start", start)


def _early_beside_another(file: ClientFile, record: Record) -> Iterator[str]:
    """Say what of a record lies before another record that it follows from."""
    if isinstance(record, Contact):
        for asked in file.correspondence.named(record):
            if record.at < asked.at:
                told = f"the contact that it answers ({moment_words(asked.at)})"
                yield f"the reply ({moment_words(record.at)}) is before {told}"
    if isinstance(record, Action):
        session = file.attendance.named(record.session)
        if session and record.done and record.done < session.day:
            yield _before("`done`", record.done, "the day of its session", session.day)
    if isinstance(record, Session) and record.is_held and record.cancelled:
        yield "`cancelled` stands on a session that was held"


def _contradictions(file: ClientFile) -> Iterator[tuple[Record, str]]:
    for record in file.records():
        if isinstance(record, Contract):
            yield from _ends_early(record)
        for words in chain(_turned_around(record), _early_beside_another(file, record)):
            yield record, words


def _turned_around_in_practice(diary: Diary, clock: Clock) -> Iterator[Found]:
    for absence in diary.practice.absences:
        for words in _turned_around(absence):
            yield Found(absence, f"{_begun(words)}.")


@rule("JRN109", "breach", source="", in_practice=_turned_around_in_practice)
def impossible_order(file: ClientFile, clock: Clock) -> Iterator[Found]:
    """Two times contradict each other.

    A reply can't come before the question, nor a contract end before it begins: one of the two is mistyped, and
    whichever it is, the rules that count with it judge something that never happened. Equal times are fine, and so
    are a day and a time on that day.
    """
    told: dict[int, tuple[Record, list[str]]] = {}
    for record, words in _contradictions(file):
        told.setdefault(id(record), (record, []))[1].append(words)
    for record, contradictions in told.values():
        yield Found(record, f"{_begun('; '.join(contradictions))}.")


RULES: tuple[Rule, ...] = (
    unreadable_file,
    invalid_record,
    duplicate_id,
    dangling_reference,
    held_in_the_future,
    unused_waiver,
    expired_waiver,
    unexplained_waiver,
    impossible_order,
)
