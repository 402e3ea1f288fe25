"""Waivers: which of them covers a finding, and which covers nothing."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date

from coachlog.model.action import Action
from coachlog.model.client_file import ClientFile
from coachlog.model.contact import Contact
from coachlog.model.contract import Contract
from coachlog.model.practice import Practice
from coachlog.model.record import Waivable, Waiver
from coachlog.model.session import Session
from coachlog.model.supervision import Supervision
from coachlog.rules.finding import Waived
from coachlog.rules.rule import Found, Rule, waivers_of

ALSO_COVERS: Mapping[str, frozenset[str]] = {
    "SES101": frozenset({"SES102"}),
    "SES105": frozenset({"END106"}),
}
"""A waiver given when the session was booked still covers it once it is held (rules.md, Waivers)."""


class Ledger:
    """Keeps account of the waivers of one client, or of the practice: which were used, and which came too late."""

    def __init__(self, codes: Callable[[str], str | None], today: date) -> None:
        """Take a way to tell the code of a rule by its code or name, and the day of the check."""
        self._code_of = codes
        self._today = today
        self._used: set[int] = set()
        self._expired: dict[int, Waiver] = {}

    def waived(self, rule: Rule, found: Found, carriers: Iterable[object]) -> Waived | None:
        """Give the waiver that covers a finding: the nearest to its record; all that could have are used."""
        own = {rule.code, *ALSO_COVERS.get(rule.code, ())}
        candidates = list(self._matching(found.record, own))
        candidates += [one for carrier in carriers for one in self._matching(carrier, {rule.code})]
        candidates += [one for record, code in found.also_waived_on for one in self._matching(record, {code})]
        day = found.day or self._today
        covering = [(carrier, waiver) for carrier, waiver in candidates if waiver.covers(day)]
        if not covering:
            self._expired.update((id(waiver), waiver) for _, waiver in candidates)
            return None
        self._used.update(id(waiver) for _, waiver in candidates)  # one that ran out had the finding in its scope, too
        _, waiver = covering[0]
        place = waiver.origin.place()
        return Waived((waiver.why or "").strip(), waiver.date, waiver.until, place.file, place.line)

    def _matching(self, carrier: object, codes: Container[object]) -> Iterator[tuple[object, Waiver]]:
        for waiver in waivers_of(carrier):
            if not self.fault(waiver) and self.code(waiver) in codes:
                yield carrier, waiver

    def code(self, waiver: Waiver) -> str | None:
        """Give the code of the rule that a waiver names, by its code or name; None where there is no such rule."""
        return self._code_of(waiver.rule or "")

    def fault(self, waiver: Waiver) -> str | None:
        """Say why a waiver waives nothing: it has no rule, one that does not exist, or no reason."""
        nameless = not (waiver.rule or "").strip()
        faults = ["names no rule"] if nameless else [] if self.code(waiver) else ["names a rule that does not exist"]
        if not (waiver.why or "").strip():
            faults.append("says no why")
        return " and ".join(faults) or None

    def expired(self, waiver: Waiver) -> bool:
        """Tell whether a finding was covered by this waiver alone, which had passed when it happened."""
        return id(waiver) in self._expired

    def unused(self, waiver: Waiver) -> bool:
        """Tell whether nothing was found that a waiver would cover."""
        return id(waiver) not in self._used and id(waiver) not in self._expired


def carriers_of(file: ClientFile) -> Iterator[Waivable]:
    """Walk over every record of a client that may carry a waiver, in the order of the files."""
    return (record for record in file.records() if isinstance(record, Waivable))


def carriers_of_practice(practice: Practice, supervision: Iterable[Supervision]) -> Iterator[Waivable]:
    """Walk over every record of the practice's own files that may carry a waiver."""
    records = (inner for record in (practice, *supervision) for inner in record.within())
    return (record for record in records if isinstance(record, Waivable))


def contract_behind(file: ClientFile, record: object) -> Contract | None:
    """Give the contract that a record is judged by: its session's, the one in force on its day, the one it lies in."""
    if isinstance(record, Contract):
        return next((one for one in file.contracts if one.origin is record.origin), None)
    if isinstance(record, Session):
        return file.attendance.contract_of(record)
    if isinstance(record, Contact):
        return file.agreements.on(record.day)
    if isinstance(record, Action):
        session = file.attendance.named(record.session)
        return file.attendance.contract_of(session) if session else None
    return next((one for one in file.contracts if any(inner is record for inner in one.within())), None)
