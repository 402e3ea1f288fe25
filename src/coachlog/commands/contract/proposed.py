"""Terms that are proposed: in a file, as a mapping of terms or a whole contract.yaml, and as they are typed."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coachlog.commands.contract.at_hand import AtHand
from coachlog.commands.contract.terms import Typed, ready, terms_as_written, terms_in, with_typed
from coachlog.errors import CannotRead, WrongCall
from coachlog.model.contract import Contract, Terms
from coachlog.model.problem import Problem
from coachlog.model.typed_terms import FIELDS
from coachlog.store import nodes
from coachlog.store.compose import compose
from coachlog.store.emit import Value, one_line
from coachlog.store.files import read_bytes
from coachlog.store.layout import CONTRACT_FILE, client_file
from coachlog.store.records import Subject, read_record, record_label

CONTRACTS = "contracts"
FACTS = frozenset({"form", "starts", "ends", "goals", "welcome_pack"})
"""What a whole contract leaves as it is where it names none: its form, its days, and what is more fact than term."""
DAYS = frozenset({"starts", "ends"})
"""What a whole contract is never asked for: another contract's days are none of this one's."""


class Proposal(NamedTuple):
    """Terms that are proposed, and the names of all that they replace; of those that it lacks nothing is left."""

    terms: Terms
    names: frozenset[str]
    differing: tuple[str, ...]

    def instead(self, contract: Contract) -> Contract:
        """Give a contract as if it had held them from its beginning."""
        return contract.as_if_agreed(self.terms, self.names)


class _InFile(NamedTuple):
    """What a file proposes; a whole contract stands in the place of all terms."""

    terms: Mapping[str, Value]
    is_whole: bool = False

    @property
    def names(self) -> frozenset[str]:
        """What it replaces."""
        return frozenset(self.terms) | (frozenset(FIELDS) - FACTS if self.is_whole else frozenset())


def proposal_for(at: AtHand, file: Path | None, typed: Iterable[Typed]) -> Proposal:
    """Put together what is proposed for a contract; what is typed stands above what the file says.

    Raises WrongCall, and CannotRead with the line where the file can't be read.
    """
    typed, zone = tuple(typed), at.desk.practice.timezone
    proposed = _read(file, at, zone) if file else _InFile({})
    before = terms_as_written(at.data, at.contract, at.today)
    kept = {name: value for name, value in before.items() if not (proposed.is_whole and name in proposed.names)}
    after = ready(with_typed({**kept, **proposed.terms}, typed), zone)
    replaced = proposed.names | {path[0] for path, _ in typed} | (before.keys() - after.keys())
    names = frozenset(replaced & set(FIELDS))
    if not names:
        what = "No terms are proposed."
        raise WrongCall(what, 'Name a file that holds some, or say --set KEY="VALUE".')
    differing = tuple(name for name in FIELDS if name in names and after.get(name) != before.get(name))
    return Proposal(_as_terms(after, names, at, zone), names, differing or tuple(sorted(names)))


def _as_terms(after: Mapping[str, Value], names: frozenset[str], at: AtHand, zone: ZoneInfo) -> Terms:
    node = compose(one_line({name: value for name, value in after.items() if name in names}).encode())
    if not isinstance(node, nodes.Mapping):
        return Terms()
    subject = Subject(client_file(at.code, CONTRACT_FILE), zone, at.code)  # so that a goal of both is the same finding
    outcome = read_record(Terms, node, subject, label=at.contract.label)
    if outcome.problems or outcome.record is None:
        raise WrongCall(outcome.problems[0].message)
    return outcome.record


def _read(path: Path, at: AtHand, zone: ZoneInfo) -> _InFile:
    node = _mapping(path)
    listed = next((value for key, value in node.entries if key.text == CONTRACTS), None)
    if listed is None:
        _refuse_wrong(read_record(Terms, node, Subject(str(path), zone), whole_file=True).problems)
        return _InFile(terms_in(node))
    position, item = _chosen(path, listed, at.contract.id)
    label = record_label(item, position)
    outcome = read_record(Contract, item, Subject(str(path), zone), label=label, position=position)
    _refuse_wrong(outcome.problems)
    terms = terms_as_written(read_bytes(path), outcome.record, date.max) if outcome.record else {}
    return _InFile({name: value for name, value in terms.items() if name not in DAYS}, is_whole=True)


def _mapping(path: Path) -> nodes.Mapping:
    """Read the mapping that a file holds. Raises WrongCall where there is none, CannotRead for what can't be read."""
    try:
        node = compose(read_bytes(path))
    except FileNotFoundError:
        what = f"There is no file {path}."
        raise WrongCall(what, "Name one that holds terms of a contract.") from None
    except nodes.Unreadable as refusal:
        fault = refusal.fault
        if path.is_dir():
            what = f"{path} is a folder."
            raise CannotRead(what, "Name a file that holds terms of a contract.") from None
        what = f"{path}:{fault.line}: {fault.reason[:1].upper()}{fault.reason[1:]}."
        raise CannotRead(what, f"{fault.remedy[:1].upper()}{fault.remedy[1:]}.") from None
    if isinstance(node, nodes.Mapping):
        return node
    what = f"{path} holds no terms."
    raise WrongCall(what, "Write some, such as between_sessions: {via: {email: 24 h}}.")


def _chosen(path: Path, listed: nodes.Node, wanted: str | None) -> tuple[int, nodes.Mapping]:
    """Find the contract in a contract.yaml: the only one, else the one of the same id. Raises WrongCall."""
    items = listed.items if isinstance(listed, nodes.Sequence) else ()
    contracts = [(place, one) for place, one in enumerate(items, start=1) if isinstance(one, nodes.Mapping)]
    same = [(place, one) for place, one in contracts if wanted and record_label(one, place) == wanted]
    found = contracts if len(contracts) == 1 else same
    if found:
        return found[0]
    if not contracts:
        what = f"{path} holds no contract below `{CONTRACTS}`."
        raise WrongCall(what, "Write one there, or the terms alone.")
    what = f"{path} holds {len(contracts)} contracts, and none of them is called {wanted}."
    raise WrongCall(what, "Leave the proposed one alone in it.")


def _refuse_wrong(problems: Iterable[Problem]) -> None:
    for problem in problems:
        what = f"{problem.place.file}:{problem.place.line}: {problem.message}"
        raise CannotRead(what, "Mend that line, then try again.")
