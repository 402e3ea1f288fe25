"""Terms of a contract as they are typed: refused before they are written where no contract can hold them."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from coachlog.errors import WrongCall
from coachlog.model.contract import Terms

FIELDS = tuple(Terms.model_fields)
"""What can be agreed, in the order in which a contract says it."""
OWN = "x-"
"""How the coach's own keys begin: kept, never read."""
_SAYABLE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_FORMS_OF_CLAUSE = frozenset({"clause", "none"})


def refuse_bad_terms(terms: Mapping[str, object], zone: ZoneInfo) -> None:
    """Refuse terms that no contract can hold. Raises WrongCall with the term and what it wants."""
    own = {key: value for key, value in terms.items() if not key.startswith(OWN)}
    unknown = next((key for key in own if key not in FIELDS), None)
    if unknown is not None:
        raise _no_term(unknown)
    try:
        Terms.model_validate(own, context={"zone": zone})
    except ValidationError as error:
        trouble = error.errors(include_url=False, include_input=False)[0]
        raise _refused(trouble["loc"], trouble["type"], trouble["msg"], trouble.get("ctx", {})) from None


def _no_term(key: str) -> WrongCall:
    near = get_close_matches(key, FIELDS, n=3, cutoff=0.5)
    what = f"`{key}` is no term of a contract." if _SAYABLE.fullmatch(key) else "That is no term of a contract."
    return WrongCall(what, f"The nearest: {', '.join(near)}." if near else f"There are {', '.join(FIELDS)}.")


def _refused(way: tuple[int | str, ...], kind: str, message: str, more: Mapping[str, object]) -> WrongCall:
    steps = [str(step + 1) if isinstance(step, int) else step for step in way]
    name = ".".join(step for step in steps if step not in _FORMS_OF_CLAUSE and re.fullmatch(r"[a-z0-9_-]{1,40}", step))
    if kind == "extra_forbidden":
        return WrongCall(f"`{name}` is no part of a contract.", "The file format says what is.")
    if kind == "missing":
        return WrongCall(f"`{name}` is missing.", "Say it, too.")
    wanted = f"expected {more['expected']}" if "expected" in more else message
    return WrongCall(f"`{name}`: {wanted}.")
