"""What a rule is: a function with a code, and what it found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from inspect import getdoc
from typing import Literal, NamedTuple, Protocol

from coachlog.model.contract import Clause, Contract
from coachlog.model.duration import Duration
from coachlog.model.record import Origin, Waiver
from coachlog.model.severity import Severity

JudgedBy = Literal["contract", "practice", "default"]
Scope = Literal["client", "practice", "reading", "waivers"]
OptionValue = Duration | int | Fraction


class Judged(Protocol):
    """What a finding can be on: a record, or what the practice's diary keeps of one."""

    @property
    def label(self) -> str | None:
        """What the record is called; None for a whole file."""

    @property
    def origin(self) -> Origin:
        """Where the record stands."""


class Found(NamedTuple):
    """What a rule found, before the engine stamps it with code, severity, place and waiver.

    - `day` is the day it happened; None for what is standing: a contract, something missing or overdue.
    - `clause` is what it was judged by; `judged_by` says so where it can't be told from the clause and the options.
    - `since` is the day of what it is about where neither it nor its record has one: of what came before the practice
      is judged it is only counted.
    - `contract` is the contract that it was judged by where that is not the record's own; its waivers count.
    - `also_waived_on` names records whose waivers cover it too, under the code of another rule.
    """

    record: Judged
    message: str
    day: date | None = None
    clause: Clause | None = None
    judged_by: JudgedBy | None = None
    subject: str | None = None
    contract: Contract | None = None
    since: date | None = None
    also_waived_on: tuple[tuple[Judged, str], ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule of the book.

    - `needs` names what must have been read for it to speak: files, lists, lists inside a record (`ClientFile.gaps`).
    - `passing` says that what it finds ends when something is held, mended or done: a waiver of it is never unused.
    - `scope`: it looks at one client's file, at the practice's diary, or it names what reading or waivers brought.
    - `measured`: it holds something against a number; where it only finds a gap, nothing is what it was judged by.
    - `whole`: it looks at the file with what lies in the future, too.
    - `in_practice`: a rule on clients' files may look at the practice's own lists, too.
    """

    code: str
    name: str
    severity: Severity
    source: str
    title: str
    why: str
    find: Callable[..., Iterator[Found]]
    options: Mapping[str, OptionValue] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    scope: Scope = "client"
    passing: bool = False
    whole: bool = False
    on: bool = True
    in_practice: Callable[..., Iterator[Found]] | None = None
    measured: bool = True

    @property
    def chapter(self) -> str:
        """The three letters that the code begins with."""
        return self.code[:3]

    def looks_at(self, scope: str) -> bool:
        """Tell whether it looks at a client's file, the practice's diary, what reading brought, or waivers."""
        return scope == self.scope or (scope == "practice" and self.in_practice is not None)

    def silenced_by(self, gaps: frozenset[str]) -> str | None:
        """Give a gap that would let the rule speak wrongly; what is missing of a list is missing of its parts."""
        return next((gap for gap in sorted(gaps) for need in self.needs if f"{need}.".startswith(f"{gap}.")), None)


def rule(  # noqa: PLR0913 — what a function can't say of itself, each by name
    code: str,
    severity: Severity,
    *,
    source: str,
    options: Mapping[str, OptionValue] | None = None,
    needs: tuple[str, ...] = (),
    scope: Scope = "client",
    passing: bool = False,
    whole: bool = False,
    on: bool = True,
    in_practice: Callable[..., Iterator[Found]] | None = None,
    measured: bool = True,
) -> Callable[[Callable[..., Iterator[Found]]], Rule]:
    """Make a rule of a function: its name is the rule's, its docstring the title and the reason why it matters."""

    def made(function: Callable[..., Iterator[Found]]) -> Rule:
        title, _, why = (getdoc(function) or "").partition("\n")
        return Rule(
            code=code,
            name=function.__name__.replace("_", "-"),
            severity=severity,
            source=source,
            title=title,
            why=why.strip(),
            find=function,
            options=options or {},
            needs=frozenset(needs),
            scope=scope,
            passing=passing,
            whole=whole,
            on=on,
            measured=measured,
            in_practice=in_practice,
        )

    return made


def waivers_of(record: object) -> tuple[Waiver, ...]:
    """Give the waivers that a record carries."""
    return getattr(record, "waive", ())
