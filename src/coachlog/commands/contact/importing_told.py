"""Writing what was brought in, as one change of all clients, and telling of it by client and in all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coachlog.commands.desk.asking_for import ask, can_ask, yes_or_no
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome, nodes_of
from coachlog.commands.desk.incognito import veil_of
from coachlog.commands.desk.telling import Telling, tell, told_of, veiled_outcome, whole
from coachlog.errors import CannotRead, CannotWrite, WrongCall
from coachlog.exchange.arrived import Arrived
from coachlog.exchange.mapping_file import What
from coachlog.model.client_file import ClientFile
from coachlog.model.instant import Instant
from coachlog.model.severity import SEVERITIES, Severity
from coachlog.model.words import counted, day_words, listed
from coachlog.render.as_json import object_lines
from coachlog.render.line import Line, Span, record
from coachlog.render.measure import table
from coachlog.render.output import complain, screen, show
from coachlog.rules.finding import Finding
from coachlog.store.emit import Value
from coachlog.store.layout import CONTACTS_FILE, SESSIONS_FILE, client_file
from coachlog.store.nodes import Sequence as ListNode
from coachlog.store.nodes import behind, text_behind
from coachlog.store.splice import insert_records

FILES: Mapping[What, str] = {"contacts": CONTACTS_FILE, "sessions": SESSIONS_FILE}
MOST_IN_A_FILE: Mapping[What, int] = {"contacts": 4_000, "sessions": 2_000}
"""How many records of its kind a file holds without trouble (store.limits)."""
MOST_FAULTS = 20
"""How many faults are named; the others are counted."""
MOST_PREVIEWED = 20
"""How many rows are shown before the coach is asked."""
MOST_NAMED = 6
"""How many clients the call that tells of the findings names; of more it tells all."""
_SHOWN: Mapping[What, tuple[str, ...]] = {
    "contacts": ("at", "from", "via", "for"),
    "sessions": ("at", "status", "kind", "minutes"),
}
_PLURALS = {"breach": "breaches", "advice": "pieces of advice"}
_SINGULARS = {"advice": "piece of advice"}


def carry_in(  # noqa: PLR0913 — what came in, for whom, and how the call wants it
    desk: Desk,
    files: Mapping[str, ClientFile],
    arrived: Arrived,
    what: What,
    *,
    ask_first: bool = False,
    dry_run: bool = False,
    as_json: bool = False,
) -> None:
    """Write what is new as one change, unless most of what was read is bad, and tell of it.

    Raises CannotRead, CannotWrite and WrongCall.
    """
    _remark_faults(desk, arrived)
    for code in arrived.new:
        _refuse_half_known(desk, files[code], arrived, what)
    if ask_first and not (dry_run or as_json) and arrived.count and can_ask(desk.wishes):
        _preview(desk, files, arrived, what)
        if not ask(desk.wishes, f"Write {_new(arrived, what)}", "--yes", yes_or_no, "yes"):
            complain("Nothing was written.")
            return
    told = _told_for_programs(desk, arrived, what) if as_json else []
    outcome = _carried_out(desk, arrived, what, dry_run=dry_run)
    if as_json:
        _tell_programs(desk, arrived, what, outcome, told)
    else:
        _tell(desk, files, arrived, what, outcome)


def _carried_out(desk: Desk, arrived: Arrived, what: What, *, dry_run: bool) -> Outcome:
    changes = [_change(code, records, what) for code, records in sorted(arrived.new.items())]
    if not changes:
        return Outcome(None, desk.practice)
    return desk.carry_out(None, changes, Manner(dry_run=dry_run))


def _change(code: str, records: Sequence[Mapping[str, Value]], what: What) -> Change:
    name = client_file(code, FILES[what])

    def alter(data: bytes) -> bytes:
        """Add what is new to the file as it is by now: another call may have brought in the same."""
        listing = behind(nodes_of(name, data), what)
        there = {text_behind(one, "id") for one in listing.items} if isinstance(listing, ListNode) else set()
        return insert_records(data, (what,), [one for one in records if str(one["id"]) not in there])

    return Change(name, alter)


def _remark_faults(desk: Desk, arrived: Arrived) -> None:
    """Name what could not be used. Raises CannotRead where that is more than half: nothing of it is to be trusted."""
    named = arrived.faults[:MOST_FAULTS]
    more = len(arrived.faults) - len(named)
    desk.remarks += [*named, *([f"{counted(more, f'other {arrived.noun}')} could not be used either."] if more else [])]
    if not arrived.is_mostly_bad:
        desk.remarks += arrived.remarks
        return
    _say_remarks(desk)
    what = f"{len(arrived.faults)} of {counted(arrived.read, arrived.noun)} could not be used, so nothing was written."
    raise CannotRead(what, "Is this the right file, in the form that was said?")


def _say_remarks(desk: Desk) -> None:
    """Say now what there is to remark, and not once more afterwards."""
    veil = veil_of(desk.wishes)
    for one in () if desk.wishes.quiet else desk.remarks:
        complain(veil.text(one) if veil else one)
    desk.remarks.clear()


def _refuse_half_known(desk: Desk, file: ClientFile, arrived: Arrived, what: What) -> None:
    """Refuse to add to a list of which a record can't be read, since that one could be the same; or to a full file."""
    desk.readable(file.code, FILES[what])
    name = client_file(file.code, FILES[what])
    if what in file.gaps:
        complaint = f"{name} holds a record that can't be read, so nobody can say what is there already."
        raise CannotWrite(complaint, f"`coachlog check {file.code}` says where; mend it, and try again.")
    there = len(file.contacts if what == "contacts" else file.sessions)
    if there + len(arrived.new[file.code]) > MOST_IN_A_FILE[what]:
        complaint = f"{name} would hold more than {MOST_IN_A_FILE[what]} {what}, which is more than one file takes."
        raise WrongCall(complaint, "Bring in fewer with --since DAY.")


def _preview(desk: Desk, files: Mapping[str, ClientFile], arrived: Arrived, what: What) -> None:
    """Show on a terminal what would be written, without a word of what somebody said."""
    _say_remarks(desk)
    sheet = screen(desk.wishes.color, quiet=desk.wishes.quiet)
    veil = veil_of(desk.wishes)
    rows = [
        (veil.text(files[code].client.name) if veil else files[code].client.name, *_cells(one, what))
        for code, records in sorted(arrived.new.items())
        for one in records
    ]
    shown = rows[:MOST_PREVIEWED]
    head = tuple(Span(one.upper(), "dim") for one in ("client", *_SHOWN[what]))
    lines: list[Line] = list(table([head, *(tuple(map(Span, row)) for row in shown)]))
    if not sheet.terminal:
        lines = [record(*row) for row in shown]
    more = len(rows) - len(shown)
    show([*lines, *([record(f"and {more} more")] if more else [])], sheet)


def _cells(one: Mapping[str, Value], what: What) -> tuple[str, ...]:
    return tuple(str(one.get(key, "-")) for key in _SHOWN[what])


def _new(arrived: Arrived, what: What) -> str:
    """Say how much is new: `38 new contacts of 5 clients`."""
    if not arrived.count:
        return f"no new {what}"
    return f"{counted(arrived.count, f'new {what[:-1]}')} of {counted(len(arrived.new), 'client')}"


def _summary(arrived: Arrived, what: What) -> str:
    """Say what became of all that was read."""
    others = [f"{number} {why}" for why, number in arrived.others.most_common()]
    bad = [f"{len(arrived.faults)} not usable"] if arrived.faults else []
    return f"{counted(arrived.read, arrived.noun)}: {', '.join([_new(arrived, what), *others, *bad])}"


def _tell(desk: Desk, files: Mapping[str, ClientFile], arrived: Arrived, what: What, outcome: Outcome) -> None:
    each = [*_of_clients(files, arrived, what, outcome.brought), *_advice(outcome.brought)]
    said = _summary(arrived, what)
    if outcome.diff:
        desk.remarks += [f"{said}.", *(f"{one}." for one in each)]
    tell(desk, replace(outcome, brought=()), Telling(said, what, each=each))


def _of_clients(
    files: Mapping[str, ClientFile], arrived: Arrived, what: What, brought: Sequence[Finding]
) -> Iterator[str]:
    """Say of each client how much is new, of which days, and how many findings it brings."""
    for code, records in sorted(arrived.new.items()):
        count = counted(len(records), what[:-1])
        parts = [f"{files[code].client.name}: {count}{_directions(records)}, {_days(arrived.moments[code])}"]
        counts = Counter(one.severity for one in brought if one.client == code and one.counts)
        parts += [f"brings {_counted_findings(counts)}"] if counts else []
        yield "; ".join(parts)
    others = Counter(one.severity for one in brought if one.client not in arrived.new and one.counts)
    if others:
        yield f"the practice: brings {_counted_findings(others)}"


def _directions(records: Sequence[Mapping[str, Value]]) -> str:
    """Say how many contacts went which way."""
    sent = sum(one.get("from") == "coach" for one in records)
    return f" ({len(records) - sent} received, {sent} sent)" if "from" in records[0] else ""


def _days(moments: Sequence[Instant]) -> str:
    first, last = min(moments).day, max(moments).day
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def _counted_findings(counts: Mapping[Severity, int]) -> str:
    words = [
        counted(counts[one], _SINGULARS.get(one, one), _PLURALS.get(one, "")) for one in SEVERITIES if counts.get(one)
    ]
    return listed(words)


def _advice(brought: Sequence[Finding]) -> Iterator[str]:
    """Name the call that tells of the findings."""
    codes = sorted({one.client for one in brought if one.client and one.counts})
    if any(one.counts for one in brought):
        yield f"what it brings: {' '.join(['coachlog check', *(codes if len(codes) <= MOST_NAMED else ())])}"


def _told_for_programs(desk: Desk, arrived: Arrived, what: What) -> list[dict[str, object]]:
    """Give every new record with all its fields, and what is derived from the file as it will be."""
    veil = veil_of(desk.wishes)
    told: list[dict[str, object]] = []
    for code, records in sorted(arrived.new.items()):
        file = desk.carry_out(code, [_change(code, records, what)], Manner(dry_run=True)).file
        ids = {str(one["id"]) for one in records}
        entries = () if file is None else file.contacts if what == "contacts" else file.sessions
        told += [told_of(one, file, desk.now, veil) for one in entries if one.id in ids]
    return told


def _tell_programs(
    desk: Desk, arrived: Arrived, what: What, outcome: Outcome, told: Sequence[Mapping[str, object]]
) -> None:
    veil = veil_of(desk.wishes)
    _say_remarks(desk)
    counts = {"read": arrived.read, "new": arrived.count, "left_out": dict(arrived.others), "bad": len(arrived.faults)}
    shown = veiled_outcome(outcome, veil) if veil else outcome
    show(object_lines({**whole(shown, what, told), **counts}), screen(desk.wishes.color, quiet=desk.wishes.quiet))
