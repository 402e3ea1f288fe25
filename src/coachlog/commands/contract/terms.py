"""Terms of a contract as text: copied from where they stand, changed by what is typed, and written as they were."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from coachlog.errors import WrongCall
from coachlog.model.contract import Contract
from coachlog.model.instant import Instant
from coachlog.model.typed_terms import FIELDS, OWN, refuse_bad_terms
from coachlog.model.typed_time import read_typed
from coachlog.store import nodes
from coachlog.store.compose import compose
from coachlog.store.emit import Value, Word
from coachlog.store.locate import locate
from coachlog.store.prove import as_plain

TEXTS = frozenset({"text", "measure", "code", "what", "for"})
"""Terms that hold the coach's own words; every other one is a number, a day, an id or a fixed word."""
DAYS = frozenset({"starts", "ends"})
"""Terms whose flag takes a day as a coach types it."""
Typed: TypeAlias = tuple[tuple[str, ...], Value]
"""A term that was typed: the way to it, and its value."""
_YAML = ("[", "{", "'", '"')
"""What a value begins with that is read as YAML, and not as it stands."""


def default_terms(data: bytes) -> dict[str, Value]:
    """Copy the terms that coachlog.yaml keeps for new contracts."""
    return _terms(nodes.behind(compose(data), "contract"))


def terms_as_written(data: bytes, contract: Contract, day: date) -> dict[str, Value]:
    """Copy the terms of a contract from its file, with every amendment agreed by a day in place."""
    root = compose(data)
    terms = _terms(_record(root, contract.label))
    for amendment in sorted((one for one in contract.amendments if one.agreed <= day), key=lambda one: one.agreed):
        terms |= _terms(nodes.behind(_record(root, amendment.label), "set"))
    return terms


def terms_in(node: nodes.Node | None) -> dict[str, Value]:
    """Copy the terms that a mapping holds, whatever else stands in it."""
    return _terms(node)


def with_typed(terms: Mapping[str, Value], typed: Iterable[Typed]) -> dict[str, Value]:
    """Change terms by what was typed; a fee and `pro_bono: yes` stand in each other's place."""
    changed = dict(terms)
    for path, value in typed:
        changed = _assigned(changed, path, value)
        if path[0] == "fee":
            changed.pop("pro_bono", None)
            changed["fee"] = _with_unit(changed["fee"])
        elif path == ("pro_bono",) and value in {"yes", "true"}:
            changed.pop("fee", None)
    return changed


def typed_terms(sets: Iterable[str] | None, now: Instant, **flags: str | int | None) -> list[Typed]:
    """Read the flags of the common terms, and each `--set KEY=VALUE` after them."""
    common = (one for name, value in flags.items() if value is not None for one in _flag(name, str(value), now))
    return [*common, *(_assignment(one) for one in sets or ())]


def ready(terms: Mapping[str, Value], zone: ZoneInfo) -> dict[str, Value]:
    """Put terms in the order in which a contract says them, checked. Raises WrongCall for what none can hold."""
    kept = {key: _without_empty(key, value) for key, value in terms.items() if value != ""}
    refuse_bad_terms({key: as_plain(value) for key, value in kept.items()}, zone)
    return dict(sorted(kept.items(), key=lambda one: FIELDS.index(one[0]) if one[0] in FIELDS else len(FIELDS)))


def _flag(name: str, text: str, now: Instant) -> list[Typed]:
    if name == "fee":
        return _fee(text)
    value = read_typed(text, now, "plan").day.isoformat() if name in DAYS else text
    return [((name,), Word(value))]


def _fee(text: str) -> list[Typed]:
    """Read `900 GBP`, `75 GBP per session`."""
    amount, per, what = text.partition(" per ")
    named: list[Typed] = [(("fee", "amount"), Word(amount.strip()))]
    return [*named, (("fee", "per"), Word(what.strip()))] if per else named


def _with_unit(fee: Value) -> Value:
    """Say what a fee is for: the package, where nothing else is said."""
    is_amount = isinstance(fee, Mapping) and "amount" in fee and "per" not in fee
    return {**fee, "per": Word("package")} if is_amount and isinstance(fee, Mapping) else fee


def _assignment(text: str) -> Typed:
    """Read `between_sessions.via.email=24 h`; a value in brackets or in quotes is read as in the file."""
    key, equals, value = text.partition("=")
    path = tuple(step.strip() for step in key.split("."))
    if not equals or not all(path):
        what = "--set wants a term, an equals sign and a value."
        raise WrongCall(what, 'Write it such as --set between_sessions.via.email="24 h".')
    return path, _value(value.strip(), path)


def _value(text: str, path: tuple[str, ...]) -> Value:
    if not text:
        what = f"--set {'.'.join(path)} has no value."
        raise WrongCall(what, "Write it behind the equals sign.")
    if text.startswith(_YAML):
        try:
            return as_value(compose(text.encode()), path[-1])
        except nodes.Unreadable as refusal:
            if path[-1] in TEXTS:
                return text
            what = f"The value of --set {'.'.join(path)} can't be read: {refusal.fault.reason}."
            raise WrongCall(what, f"{refusal.fault.remedy[:1].upper()}{refusal.fault.remedy[1:]}.") from None
    return text if path[-1] in TEXTS else Word(text)


def _assigned(terms: Mapping[str, Value], path: tuple[str, ...], value: Value) -> dict[str, Value]:
    step, *rest = path
    held = terms.get(step)
    if not rest:
        return {**terms, step: value}
    if isinstance(held, (list, tuple)):
        what = f"`{step}` is a list."
        raise WrongCall(what, f"Write it as a whole: --set {step}=[…].")
    inner: Mapping[str, Value] = held if isinstance(held, Mapping) else {}
    return {**terms, step: _assigned(inner, tuple(rest), value)}


def as_value(node: nodes.Node | None, key: str = "") -> Value:
    """Give what a node says so that it can be written again; what stood without quotes does so again."""
    if isinstance(node, nodes.Mapping):
        return {inner.text: as_value(value, inner.text) for inner, value in node.entries}
    if isinstance(node, nodes.Sequence):
        return [as_value(item, key) for item in node.items]
    if node is None or nodes.is_empty(node):
        return ""
    return Word(node.text) if node.style == "plain" and key not in TEXTS else node.text


def _without_empty(key: str, value: Value) -> Value:
    """Leave out keys with nothing behind them; but a medium is agreed by its name alone, so it stays: `{email: }`."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        return [_without_empty(key, one) for one in value]
    if key == "via":
        return {medium: one or Word("") for medium, one in value.items()}
    return {inner: _without_empty(inner, one) for inner, one in value.items() if one != ""}


def _record(root: nodes.Node | None, label: str | None) -> nodes.Node | None:
    way = locate(root, label) if label else None
    return way.node if way else None


def _terms(node: nodes.Node | None) -> dict[str, Value]:
    told: Any = as_value(node)
    terms = told if isinstance(told, dict) else {}
    return {key: value for key, value in terms.items() if key in FIELDS or key.startswith(OWN)}
