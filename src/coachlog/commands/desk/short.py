"""How a command may call a client for short: the fewest words of the code that mean nobody else."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, islice, takewhile

from coachlog.commands.desk.opening import Known
from coachlog.model.names import unaccented


def short_calls(clients: Iterable[Known]) -> Mapping[str, str]:
    """Give for each client's code the shortest beginning of it, word by word, by which `client_of` finds the client."""
    known = tuple(clients)
    starts = sorted({(start, one.code) for one in known for start in _starts(one)})
    whole = {key: one.code for one in known for key in (_folded(one.code), _folded(one.name))}
    return {one.code: next(_unique(one.code, starts, whole), one.code) for one in known}


def _unique(code: str, starts: list[tuple[str, str]], whole: Mapping[str, str]) -> Iterator[str]:
    for short in accumulate(code.split("-"), lambda before, part: f"{before}-{part}"):
        if _meant(short, starts) == {code} and whole.get(short, code) == code:
            yield short


def _meant(short: str, starts: list[tuple[str, str]]) -> set[str]:
    """Give the codes of those who are called so, or whose code or name has a word on which it begins."""
    first = bisect_left(starts, (short, ""))
    return {code for _, code in takewhile(lambda one: one[0].startswith(short), islice(starts, first, None))}


def _starts(client: Known) -> set[str]:
    name = _folded(client.name)
    return {_folded(client.code), *(name[word.start() :] for word in re.finditer(r"[^ -]+", name))}


def _folded(text: str) -> str:
    return " ".join(unaccented(text).split())
