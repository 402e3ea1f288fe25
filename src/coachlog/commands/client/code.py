"""The code of a new client: the one name of a client that reaches a path."""

import re
from collections.abc import Collection

from coachlog.model.names import unaccented
from coachlog.store.layout import is_code

LONGEST = 60
"""Letters of a code that is made from a name; a number may follow."""
_NEUTRAL = re.compile(r"c([0-9]+)")


def code_from(name: str, taken: Collection[str]) -> str:
    """Make a code from a name, without accents: `jane-doe`, or `jane-doe-2`; empty where no letter of it can stay."""
    code = re.sub(r"[^a-z0-9]+", "-", unaccented(name)).strip("-")[:LONGEST].strip("-")
    return _free(code, taken) if code else ""


def neutral_code(taken: Collection[str]) -> str:
    """Give the next code that says nothing of who it is: `c07`."""
    numbers = [int(found[1]) for one in taken if (found := _NEUTRAL.match(one))]
    return f"c{max(numbers, default=0) + 1:02}"


def _free(code: str, taken: Collection[str]) -> str:
    candidates = (code, *(f"{code}-{number}" for number in range(2, len(taken) + 4)))
    return next(one for one in candidates if is_code(one) and one not in taken)
