"""Masks for sharing a screen or filing a bug: no name, no code, no text and no money of anybody."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from coachlog.views.roster_row import RosterRow
from coachlog.views.verdict import ShownFinding, Verdict

HIDDEN = "…"
_MONEY = re.compile(r"-?\d[\d.,]*\s?[A-Z]{3}\b")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:[+-]\d{2}:\d{2})?)?")
_LETTERS = 26
_SHORTEST = 3
"""A word of a name that is shorter is no name by itself (de, van, la are mostly words)."""
_FREE = frozenset({"status", "contract_agreed", "next_session", "next_words", "since"})
"""Fields of a client that say nothing of who it is."""


class Mask:
    """One stand-in for each client of a journal: Client A, Client B, in the order of their codes."""

    def __init__(self, clients: Mapping[str, str], others: Iterable[str] = ()) -> None:
        """Take the names of the clients by their codes, and what says who others are."""
        self._letters = {code: _letter(number) for number, code in enumerate(sorted(clients))}
        stand_ins = {word: HIDDEN for other in others for word in (other, *_words(other))}
        stand_ins |= {code: self.code(code) for code in clients}
        for code, name in clients.items():
            whole = " ".join(name.split())
            stand_ins |= dict.fromkeys(_words(whole), HIDDEN)
            stand_ins[whole] = self.name(code)
        self._stand_ins = stand_ins
        longest_first = sorted(filter(None, stand_ins), key=len, reverse=True)
        self._known = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)") if stand_ins else None

    def code(self, code: str) -> str:
        """Give the stand-in of a code."""
        return f"client-{self._letters.get(code, HIDDEN).lower()}"

    def name(self, code: str) -> str:
        """Give the stand-in of a client's name."""
        return f"Client {self._letters.get(code, HIDDEN)}"

    def text(self, text: str) -> str:
        """Mask the names, codes and money in a sentence of the program's."""
        known = self._known.sub(lambda match: self._stand_ins[match[0]], text) if self._known else text
        return _MONEY.sub(HIDDEN, known)

    def verdict(self, verdict: Verdict) -> Verdict:
        """Mask what a check tells."""
        headlines = {code: self.text(words) for code, words in (verdict.headlines or {}).items()}
        return replace(
            verdict,
            findings=self.findings(verdict.findings),
            silences=tuple(
                one._replace(client=self.code(one.client) if one.client else None) for one in verdict.silences
            ),
            headlines={self.code(code): words for code, words in headlines.items()},
            codes=tuple(map(self.code, verdict.codes)),
            gone=tuple(one._replace(client=self.code(one.client) if one.client else None) for one in verdict.gone),
        )

    def findings(self, findings: Iterable[ShownFinding]) -> tuple[ShownFinding, ...]:
        """Mask what was found."""
        return tuple(map(self._finding, findings))

    def rows(self, rows: Iterable[RosterRow]) -> tuple[RosterRow, ...]:
        """Mask the roster."""
        return tuple(one._replace(code=self.code(one.code), name=self.name(one.code), tags=()) for one in rows)

    def fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Mask every field of a client that says who it is."""
        masked = {key: value if key in _FREE else hidden(value) for key, value in fields.items()}
        return masked | {"code": self.code(fields["code"]), "name": self.name(fields["code"])}

    def _finding(self, finding: ShownFinding) -> ShownFinding:
        waived, clause = finding.waived, finding.clause
        return finding._replace(
            client=self.code(finding.client) if finding.client else None,
            file=self.text(finding.file),
            message=self.text(finding.message),
            clause=clause and clause._replace(file=self.text(clause.file)),
            waived=waived and waived._replace(why=HIDDEN, file=self.text(waived.file)),
        )


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", name) if len(word) >= _SHORTEST]


def _letter(number: int) -> str:
    """Count A, B, …, Z, AA, AB."""
    higher, last = divmod(number, _LETTERS)
    return (_letter(higher - 1) if higher else "") + chr(ord("A") + last)


def hidden(value: Any) -> Any:  # noqa: ANN401 — what JSON can hold
    """Put a mask in place of every text in a value of JSON; days and moments stay."""
    if isinstance(value, str):
        return value if _MOMENT.fullmatch(value) else HIDDEN
    if isinstance(value, list):
        return [hidden(one) for one in value]
    return {key: hidden(one) for key, one in value.items()} if isinstance(value, dict) else value
