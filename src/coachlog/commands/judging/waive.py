"""`coachlog waive`: a boundary that was crossed on purpose, and why."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

import typer

from coachlog.commands.desk.asking_for import ask, read_text, some_words
from coachlog.commands.desk.boundaries import waived, waiver
from coachlog.commands.desk.days import written_day
from coachlog.commands.desk.desk import Change, Desk, Manner, Outcome
from coachlog.commands.desk.naming import named
from coachlog.commands.desk.options import AsJson, DryRun
from coachlog.commands.desk.telling import Telling, tell
from coachlog.commands.judging.choosing import rule_named
from coachlog.errors import NoSuchRule, WrongCall
from coachlog.model.action import Action
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.model.instant import Instant
from coachlog.model.record import Entry, Waivable, Waiver
from coachlog.model.session import Session
from coachlog.model.typed_time import read_typed
from coachlog.model.words import day_words
from coachlog.rules.announced import ANNOUNCED
from coachlog.rules.book import BY_CODE, code_of
from coachlog.rules.engine import Asked, judge
from coachlog.rules.finding import Finding
from coachlog.rules.waiving import carriers_of, carriers_of_practice
from coachlog.store.layout import CLIENT_FILE, PRACTICE_FILE, client_file
from coachlog.store.load import load_journal

PRACTICE = "practice"
"""What stands in the place of a client for the practice itself."""
TURNS = frozenset({"last", "next"})
KINDS: Mapping[str, type[Entry]] = {
    "CON": Contract,
    "END": Contract,
    "PAY": Contract,
    "SES": Session,
    "CAN": Session,
    "CTC": Contact,
    "FUP": Contact,
    "ACT": Action,
}
"""What a chapter's findings are mostly on."""
_REASON = some_words("A waiver without a reason waives nothing.", "Say why with --why REASON.")


class Ruled(NamedTuple):
    """The rule that is waived."""

    code: str
    name: str


class Target(NamedTuple):
    """Where a waiver goes: whose it is (None: the practice's), the file, and the record (None: the whole file).

    `number` is the place among all that may carry a waiver, which the waiver does not change.
    """

    code: str | None
    file: str
    number: int
    label: str | None


def waive(  # noqa: PLR0913 — each is an option of the command
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Code or name; `practice` for coachlog.yaml.")],
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[ID] RULE", help="Which record, and a rule's code or name.")
    ] = None,
    *,
    why: Annotated[str | None, typer.Option("--why", metavar="REASON", help="Why it was crossed on purpose.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="The last day that it covers.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Waive a finding: write into the record that a boundary was crossed on purpose, and why.

    Without an id the waiver stands in client.yaml and covers the client. `last` and `next` mean the records that the
    rule found something on. A waived finding is still told, and fails no check.

    Examples:
      coachlog waive jane f6juw out-of-hours-contact --why "agreed with Priya"
      coachlog waive jane last SES101 --why "a closing session, as a gift"
      coachlog waive jane CTC101 --why "we agreed on it by word" --until "1 month ago"
      coachlog waive practice no-supervisor --why "the new one begins in May"
    """
    desk = Desk.open(ctx.obj)
    wanted, rule = _read(words) if words else ask(desk.wishes, "The rule", "RULE, behind the client", _read_answer)
    target = _practice(desk, wanted) if client == PRACTICE else _target(desk, client, wanted, rule)
    typed = None if why is None else read_text(desk.wishes, [why]) or ""
    reason = ask(desk.wishes, "A reason", "--why REASON", _REASON) if typed is None else _REASON(typed)
    record = waiver(rule.name, reason, desk.now)
    last = read_typed(until, desk.now, "plan").day if until else None
    record |= {"until": written_day(last)} if last else {}
    change = Change(target.file, lambda data: waived(data, target.label, record))
    outcome = desk.carry_out(target.code, [change], Manner(dry_run=dry_run))
    carrier = _carriers_after(outcome)[target.number]
    covered = list(_covered(desk, target, carrier.waive[-1], rule)) if outcome.written else []
    where = f"{target.code or PRACTICE} {carrier.label or ''}".strip()
    lasts = f" until {day_words(last)}" if last else ""
    said = f"waived {rule.code} {rule.name} for {where}{lasts}: {_covers(rule, covered)}"
    tell(desk, outcome, Telling(said, "waivers", carrier.waive[-1:]), as_json=as_json)


def _read_answer(text: str) -> tuple[str | None, Ruled]:
    """Read an id, if there is one, and the rule. Raises NoSuchRule, and WrongCall for an answer of blanks."""
    if text.strip():
        return _read(text.split())
    what = "A waiver is one of a rule."
    raise WrongCall(what, "Write its code or name, and in front of it an id where it is for one record.")


def _read(words: Sequence[str]) -> tuple[str | None, Ruled]:
    """Tell the id, if there is one, from the rule behind it."""
    if len(words) > 2:  # noqa: PLR2004 — an id and a rule
        what = "More stands behind the client than an id and a rule."
        raise WrongCall(what, 'Put the reason in quotes: --why "agreed with Priya".')
    return (words[0] if len(words) > 1 else None), _rule(words[-1])


def _rule(key: str) -> Ruled:
    """Find a rule by its code or name, also one that does not judge yet. Raises NoSuchRule with the nearest."""
    code = code_of(key)
    if code and code not in BY_CODE:
        return Ruled(code, dict(ANNOUNCED)[code])
    try:
        found = rule_named(key)
    except NoSuchRule as refusal:
        raise NoSuchRule(refusal.what.replace("No rule and no chapter", "No rule"), refusal.remedy) from None
    return Ruled(found.code, found.name)


def _practice(desk: Desk, wanted: str | None) -> Target:
    """Find the practice, or one of the records of its file: an absence, a colleague."""
    carriers = list(carriers_of_practice(desk.practice, ()))
    if wanted is None:
        return Target(None, PRACTICE_FILE, 0, None)
    entry = named([one for one in carriers if isinstance(one, Entry)], wanted, desk.now)
    return Target(None, PRACTICE_FILE, _number(carriers, entry), entry.label)


def _target(desk: Desk, client: str, wanted: str | None, rule: Ruled) -> Target:
    """Find the client, or the record that is meant."""
    code = desk.code(client)
    carriers = list(carriers_of(desk.file(code)))
    if wanted is None:
        return Target(code, client_file(code, CLIENT_FILE), 0, None)
    entry = _meant(desk, code, [one for one in carriers if isinstance(one, Entry)], wanted, rule)
    return Target(code, entry.origin.place().file, _number(carriers, entry), entry.label)


def _number(carriers: Sequence[Waivable], entry: Entry) -> int:
    return next(number for number, one in enumerate(carriers) if one is entry)


def _meant(desk: Desk, code: str, entries: Sequence[Entry], wanted: str, rule: Ruled) -> Entry:
    """Find a record by its whole id; else among those that the rule found something on; else among all."""
    exact = [one for one in entries if one.label == wanted]
    if len(exact) == 1:
        return exact[0]
    places = {one.place for one in _findings(desk, code, rule)}
    found = [one for one in entries if one.origin.place() in places]
    kin = [one for one in entries if isinstance(one, KINDS.get(rule.code[:3], Entry))]
    for some in (found, kin):
        meant = _named_or_none(some, wanted, desk.now)
        if meant:
            return meant
    return named(kin if wanted in TURNS else entries, wanted, desk.now)


def _named_or_none(entries: Sequence[Entry], wanted: str, now: Instant) -> Entry | None:
    try:
        return named(entries, wanted, now)
    except WrongCall:
        return None


def _carriers_after(outcome: Outcome) -> list[Waivable]:
    if outcome.file is None:
        return list(carriers_of_practice(outcome.practice, ()))
    return list(carriers_of(outcome.file))


def _findings(desk: Desk, code: str | None, rule: Ruled) -> list[Finding]:
    """Judge the client, or the practice, by one rule as the files are on disk."""
    journal = load_journal(desk.root)
    asked = Asked(desk.now, clients=frozenset({code}) if code else None)
    return [one for one in judge(journal, asked).findings if one.client == code and one.code == rule.code]


def _covered(desk: Desk, target: Target, waiver: Waiver, rule: Ruled) -> Iterator[Finding]:
    """Give the findings that a new waiver covers."""
    place = waiver.origin.place()
    for finding in _findings(desk, target.code, rule):
        if finding.waived and (finding.waived.file, finding.waived.line) == (place.file, place.line):
            yield finding


def _covers(rule: Ruled, covered: Sequence[Finding]) -> str:
    if rule.code not in BY_CODE:
        return "the rule does not judge yet"
    if not covered:
        return "it covers no finding as of now"
    others = f" (and {len(covered) - 1} more)" if len(covered) > 1 else ""
    return f"it covers “{covered[-1].message}”{others}"
